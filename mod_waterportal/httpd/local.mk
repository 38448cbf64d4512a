module_LTLIBRARIES = mod_waterportal.la
mod_waterportal_la_SOURCES = mod_waterportal/httpd/mod_waterportal.c
mod_waterportal_la_CPPFLAGS = $(AM_CPPFLAGS) $(HTTPD_CFLAGS)
mod_waterportal_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -export-symbols-regex '^waterportal_module$$'
mod_waterportal_la_LIBADD = $(wp_layers)
