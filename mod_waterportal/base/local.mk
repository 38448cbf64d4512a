noinst_LTLIBRARIES += libwp_base.la
libwp_base_la_SOURCES = mod_waterportal/base/log.c mod_waterportal/base/log.h mod_waterportal/base/log_events.h \
  mod_waterportal/base/codes.c mod_waterportal/base/codes.h mod_waterportal/base/clock.c mod_waterportal/base/clock.h \
  mod_waterportal/base/utf8.c mod_waterportal/base/utf8.h mod_waterportal/base/fold.c mod_waterportal/base/fold.h \
  mod_waterportal/base/translit.c mod_waterportal/base/translit.h \
  mod_waterportal/base/search.c mod_waterportal/base/search.h \
  mod_waterportal/base/file.c mod_waterportal/base/file.h \
  mod_waterportal/base/json_pool.c mod_waterportal/base/json_pool.h \
  mod_waterportal/base/clean.c mod_waterportal/base/clean.h mod_waterportal/base/urlencoded.c mod_waterportal/base/urlencoded.h \
  mod_waterportal/base/banned.h
libwp_base_la_LIBADD = $(UNISTRING_LIBS)
