noinst_LTLIBRARIES += libwp_service.la
libwp_service_la_SOURCES = \
  mod_waterportal/service/movement.c mod_waterportal/service/movement.h
