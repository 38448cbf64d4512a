# AddressSanitizer and UBSan (configure --enable-sanitize), made to see into APR's pools; tools/check sanitize runs the HTTP suite so
EXTRA_DIST += tests/asan/leaks.supp tests/asan/run tests/asan/http tests/asan/test_instrument.py
if SANITIZE
# without the sanitizers' own flags: it stands between them and APR
noinst_LTLIBRARIES += tests/asan/pools.la tests/asan/mod_misuse.la
tests_asan_pools_la_SOURCES = tests/asan/pools.c
tests_asan_pools_la_CFLAGS = $(WP_CFLAGS)
tests_asan_pools_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
tests_asan_pools_la_LIBADD = $(APR_LIBS)

# what the instrument must catch, in the stock httpd and in a program
tests_asan_mod_misuse_la_SOURCES = tests/asan/mod_misuse.c tests/asan/misuse.c tests/asan/misuse.h
tests_asan_mod_misuse_la_CPPFLAGS = $(AM_CPPFLAGS) $(HTTPD_CFLAGS)
tests_asan_mod_misuse_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
tests_asan_mod_misuse_la_LIBADD = $(APR_LIBS)
check_PROGRAMS += tests/asan/misuse
tests_asan_misuse_SOURCES = tests/asan/misuse_main.c tests/asan/misuse.c tests/asan/misuse.h
tests_asan_misuse_LDADD = $(APR_LIBS)
TESTS += tests/asan/test_instrument.py

# what to preload: for tests/asan/run and for the WP_PRELOAD of tools/demo
noinst_DATA += tests/asan/preload
tests/asan/preload: tests/asan/pools.la
	$(AM_V_GEN)echo '$(SANITIZE_RUNTIME):$(abs_builddir)/tests/asan/.libs/pools.so' >$@
CLEANFILES += tests/asan/preload

LOG_COMPILER = $(top_srcdir)/tests/asan/run
AM_TESTS_ENVIRONMENT = ASAN_OPTIONS=$${ASAN_OPTIONS-detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1}; \
  UBSAN_OPTIONS=$${UBSAN_OPTIONS-print_stacktrace=1}; export ASAN_OPTIONS UBSAN_OPTIONS;
endif
