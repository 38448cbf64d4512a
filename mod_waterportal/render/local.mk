noinst_LTLIBRARIES += libwp_render.la
libwp_render_la_SOURCES = mod_waterportal/render/xml.h mod_waterportal/render/theme.h mod_waterportal/render/html.h \
  mod_waterportal/render/xml.c
