# The parts of tests/load that are compiled; tests/load/run makes them. Nothing of this is installed or run by make check.
check_LTLIBRARIES += tests/load/mod_load_memory.la
tests_load_mod_load_memory_la_SOURCES = tests/load/mod_load_memory.c
tests_load_mod_load_memory_la_CPPFLAGS = $(AM_CPPFLAGS) $(HTTPD_CFLAGS)
tests_load_mod_load_memory_la_LDFLAGS = $(AM_LDFLAGS) -rpath /nowhere -module -avoid-version -shared -export-symbols-regex '^load_memory_module$$'
check_PROGRAMS += tests/load/write_readings
tests_load_write_readings_SOURCES = tests/load/write_readings.c
tests_load_write_readings_LDADD = libwp_store.la libwp_data.la libwp_crypto.la libwp_domain.la libwp_base.la $(APR_LIBS)
EXTRA_DIST += tests/load/run tests/load/measure.py tests/load/payments.py tests/load/heavy.py tests/load/size.py tests/load/forms.lua tests/load/submit.lua
