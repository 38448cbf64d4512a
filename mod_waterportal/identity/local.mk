noinst_LTLIBRARIES += libwp_identity.la
libwp_identity_la_SOURCES = \
  mod_waterportal/identity/claims.c mod_waterportal/identity/claims.h \
  mod_waterportal/identity/identity.c mod_waterportal/identity/identity.h \
  mod_waterportal/identity/issuers.c mod_waterportal/identity/issuers.h
