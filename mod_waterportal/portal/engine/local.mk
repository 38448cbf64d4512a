noinst_LTLIBRARIES += libwp_engine.la
libwp_engine_la_SOURCES = \
  mod_waterportal/portal/engine/access.c \
  mod_waterportal/portal/engine/access_token.c \
  mod_waterportal/portal/engine/body_gate.c \
  mod_waterportal/portal/engine/error_page.c \
  mod_waterportal/portal/engine/exchange.h \
  mod_waterportal/portal/engine/failed_request.c \
  mod_waterportal/portal/engine/form_token.c \
  mod_waterportal/portal/engine/frame.c \
  mod_waterportal/portal/engine/gates.c \
  mod_waterportal/portal/engine/heavy.c mod_waterportal/portal/engine/heavy.h \
  mod_waterportal/portal/engine/login_gate.c \
  mod_waterportal/portal/engine/prepare.c \
  mod_waterportal/portal/engine/problem_json.c \
  mod_waterportal/portal/engine/program_form.c \
  mod_waterportal/portal/engine/read_unit.c \
  mod_waterportal/portal/engine/response.c \
  mod_waterportal/portal/engine/route.c \
  mod_waterportal/portal/engine/route_gate.c \
  mod_waterportal/portal/engine/saved_form.c \
  mod_waterportal/portal/engine/session.c \
  mod_waterportal/portal/engine/stylesheets.c \
  mod_waterportal/portal/engine/values.c \
  mod_waterportal/portal/engine/who.c \
  mod_waterportal/portal/engine/write_unit.c
# made by autogen.sh, and packed: an archive is built without it
libwp_engine_la_SOURCES += mod_waterportal/portal/engine/section_list.c
