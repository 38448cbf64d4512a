noinst_LTLIBRARIES += libwp_portal.la
libwp_portal_la_SOURCES = \
  mod_waterportal/portal/audit.c \
  mod_waterportal/portal/bank_call.c mod_waterportal/portal/bank_call.h \
  mod_waterportal/portal/bank_line.c mod_waterportal/portal/bank_line.h \
  mod_waterportal/portal/filter.c \
  mod_waterportal/portal/flash.c \
  mod_waterportal/portal/form.c mod_waterportal/portal/form.h \
  mod_waterportal/portal/language.c \
  mod_waterportal/portal/page.c mod_waterportal/portal/page.h \
  mod_waterportal/portal/page_act.c \
  mod_waterportal/portal/paging.c \
  mod_waterportal/portal/places.c mod_waterportal/portal/places.h \
  mod_waterportal/portal/portal.h \
  mod_waterportal/portal/request.h \
  mod_waterportal/portal/row_spool.c mod_waterportal/portal/row_spool.h \
  mod_waterportal/portal/rows.c \
  mod_waterportal/portal/section.h
