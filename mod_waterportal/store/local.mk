noinst_LTLIBRARIES += libwp_store.la
libwp_store_la_SOURCES = \
  mod_waterportal/store/accounts.c mod_waterportal/store/accounts.h \
  mod_waterportal/store/allowance.c mod_waterportal/store/allowance.h \
  mod_waterportal/store/audit.c mod_waterportal/store/audit.h \
  mod_waterportal/store/cases.c mod_waterportal/store/cases.h \
  mod_waterportal/store/contract_search.c mod_waterportal/store/contract_search.h \
  mod_waterportal/store/credits.c mod_waterportal/store/credits.h \
  mod_waterportal/store/history.c mod_waterportal/store/history.h \
  mod_waterportal/store/messages.c mod_waterportal/store/messages.h \
  mod_waterportal/store/meters.c mod_waterportal/store/meters.h \
  mod_waterportal/store/movements.c mod_waterportal/store/movements.h \
  mod_waterportal/store/payments.c mod_waterportal/store/payments.h \
  mod_waterportal/store/saved_forms.c mod_waterportal/store/saved_forms.h \
  mod_waterportal/store/sessions.c mod_waterportal/store/sessions.h \
  mod_waterportal/store/tidy.c mod_waterportal/store/tidy.h \
  mod_waterportal/store/tokens.c mod_waterportal/store/tokens.h \
  mod_waterportal/store/usage.c mod_waterportal/store/usage.h
