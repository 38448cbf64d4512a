# linked by waterportalctl and its tests alone: the module sends nothing, and needs no GMime
noinst_LTLIBRARIES += libwp_delivery.la
libwp_delivery_la_CPPFLAGS = $(AM_CPPFLAGS) $(GMIME_CFLAGS)
libwp_delivery_la_SOURCES = mod_waterportal/delivery/document.c mod_waterportal/delivery/document.h \
  mod_waterportal/delivery/letter.c mod_waterportal/delivery/letter.h \
  mod_waterportal/delivery/smtp.c mod_waterportal/delivery/smtp.h \
  mod_waterportal/delivery/gateway.c mod_waterportal/delivery/gateway.h \
  mod_waterportal/delivery/carrier.c mod_waterportal/delivery/carrier.h
