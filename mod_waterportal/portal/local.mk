noinst_LTLIBRARIES += libwp_portal.la
libwp_portal_la_SOURCES = $(section_sources)
nodist_libwp_portal_la_SOURCES = mod_waterportal/portal/section_list.c
