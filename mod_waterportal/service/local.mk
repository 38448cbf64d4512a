noinst_LTLIBRARIES += libwp_service.la
libwp_service_la_SOURCES = \
  mod_waterportal/service/act.c mod_waterportal/service/act.h \
  mod_waterportal/service/attach.c mod_waterportal/service/attach.h \
  mod_waterportal/service/movement.c mod_waterportal/service/movement.h \
  mod_waterportal/service/once.c mod_waterportal/service/once.h \
  mod_waterportal/service/payment_news.c mod_waterportal/service/payment_news.h \
  mod_waterportal/service/reconcile.c mod_waterportal/service/reconcile.h \
  mod_waterportal/service/result.h \
  mod_waterportal/service/session.c mod_waterportal/service/session.h
