noinst_LTLIBRARIES += libwp_notify.la
libwp_notify_la_SOURCES = mod_waterportal/notify/outbox.c mod_waterportal/notify/outbox.h \
  mod_waterportal/notify/dispatch.c mod_waterportal/notify/dispatch.h
