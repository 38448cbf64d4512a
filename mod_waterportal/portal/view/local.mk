noinst_LTLIBRARIES += libwp_view.la
libwp_view_la_SOURCES = \
  mod_waterportal/portal/view/offered_rights.c mod_waterportal/portal/view/offered_rights.h \
  mod_waterportal/portal/view/outages.c mod_waterportal/portal/view/outages.h \
  mod_waterportal/portal/view/reading_form.c mod_waterportal/portal/view/reading_form.h \
  mod_waterportal/portal/view/reading_view.c mod_waterportal/portal/view/reading_view.h \
  mod_waterportal/portal/view/reminder_fields.c mod_waterportal/portal/view/reminder_fields.h
