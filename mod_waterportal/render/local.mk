noinst_LTLIBRARIES += libwp_render.la
libwp_render_la_SOURCES = mod_waterportal/render/xml.h mod_waterportal/render/theme.h mod_waterportal/render/html.h \
  mod_waterportal/render/xml.c mod_waterportal/render/html.c mod_waterportal/render/theme.c \
  mod_waterportal/render/xmlfile.c mod_waterportal/render/xmlfile.h \
  mod_waterportal/render/catalogue.c mod_waterportal/render/catalogue.h \
  mod_waterportal/render/specialise.c mod_waterportal/render/specialise.h \
  mod_waterportal/render/kept.c mod_waterportal/render/kept.h \
  mod_waterportal/render/stylesheet.c mod_waterportal/render/stylesheet.h \
  mod_waterportal/render/former_names.c mod_waterportal/render/former_names.h \
  mod_waterportal/render/lists.c mod_waterportal/render/lists.h mod_waterportal/render/json.c mod_waterportal/render/json.h \
  mod_waterportal/render/csv.c mod_waterportal/render/csv.h mod_waterportal/render/zip.c mod_waterportal/render/zip.h mod_waterportal/render/qr.c mod_waterportal/render/qr.h
