module_LTLIBRARIES = mod_waterportal.la
mod_waterportal_la_SOURCES = mod_waterportal/httpd/mod_waterportal.c mod_waterportal/httpd/config.c mod_waterportal/httpd/config.h \
  mod_waterportal/httpd/directives.c mod_waterportal/httpd/glue.h mod_waterportal/httpd/log.c mod_waterportal/httpd/dbd.c \
  mod_waterportal/httpd/address.c mod_waterportal/httpd/identity.c mod_waterportal/httpd/request.c mod_waterportal/httpd/respond.c mod_waterportal/httpd/shared.c mod_waterportal/httpd/stepup.c \
  mod_waterportal/httpd/login_error.c mod_waterportal/httpd/body.c mod_waterportal/httpd/session_store.c
mod_waterportal_la_CPPFLAGS = $(AM_CPPFLAGS) $(HTTPD_CFLAGS) -DWP_PKGDATADIR='"$(pkgdatadir)"'
mod_waterportal_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -Wl,-z,nodelete -export-symbols-regex '^waterportal_module$$'
mod_waterportal_la_LIBADD = $(wp_layers)
