noinst_LTLIBRARIES += libwp_pay.la
libwp_pay_la_SOURCES = mod_waterportal/pay/agreement.c mod_waterportal/pay/agreement.h mod_waterportal/pay/bank.c mod_waterportal/pay/bank.h \
  mod_waterportal/pay/bank_form.c mod_waterportal/pay/bank_swedbank.c mod_waterportal/pay/wire.c mod_waterportal/pay/wire.h \
  mod_waterportal/pay/statement.c mod_waterportal/pay/statement.h
