noinst_LTLIBRARIES += libwp_bank.la
libwp_bank_la_SOURCES = \
  mod_waterportal/bank/agreement.c mod_waterportal/bank/agreement.h \
  mod_waterportal/bank/bank.c mod_waterportal/bank/bank.h \
  mod_waterportal/bank/banks.c \
  mod_waterportal/bank/bank_form.c \
  mod_waterportal/bank/bank_swedbank.c \
  mod_waterportal/bank/statement.c mod_waterportal/bank/statement.h \
  mod_waterportal/bank/wire.c mod_waterportal/bank/wire.h
