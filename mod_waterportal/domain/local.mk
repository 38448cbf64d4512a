# libc only: none of the other layers' flags are given
noinst_LTLIBRARIES += libwp_domain.la
libwp_domain_la_CPPFLAGS = $(WP_CPPFLAGS) -I$(srcdir)/mod_waterportal
libwp_domain_la_SOURCES = mod_waterportal/domain/date.c mod_waterportal/domain/date.h \
  mod_waterportal/domain/retention.c mod_waterportal/domain/retention.h
libwp_domain_la_SOURCES += mod_waterportal/domain/volume.c mod_waterportal/domain/volume.h
libwp_domain_la_SOURCES += mod_waterportal/domain/meter.c mod_waterportal/domain/meter.h
libwp_domain_la_SOURCES += mod_waterportal/domain/reading/case.c mod_waterportal/domain/reading/case.h mod_waterportal/domain/reading/check.c mod_waterportal/domain/reading/check.h \
  mod_waterportal/domain/reading/rules.c mod_waterportal/domain/reading/rules.h mod_waterportal/domain/reading/leak.c mod_waterportal/domain/reading/leak.h \
  mod_waterportal/domain/reading/names.c mod_waterportal/domain/reading/names.h mod_waterportal/domain/reading/policy.c mod_waterportal/domain/reading/policy.h
libwp_domain_la_SOURCES += mod_waterportal/domain/agent.c mod_waterportal/domain/agent.h
libwp_domain_la_SOURCES += mod_waterportal/domain/text.c mod_waterportal/domain/text.h
libwp_domain_la_SOURCES += mod_waterportal/domain/decimal.c mod_waterportal/domain/decimal.h
libwp_domain_la_SOURCES += mod_waterportal/domain/person_code.c mod_waterportal/domain/person_code.h
libwp_domain_la_SOURCES += mod_waterportal/domain/person_name.c mod_waterportal/domain/person_name.h
libwp_domain_la_SOURCES += mod_waterportal/domain/contact.c mod_waterportal/domain/contact.h
libwp_domain_la_SOURCES += mod_waterportal/domain/reminder.c mod_waterportal/domain/reminder.h
libwp_domain_la_SOURCES += mod_waterportal/domain/window.c mod_waterportal/domain/window.h
libwp_domain_la_SOURCES += mod_waterportal/domain/money.c mod_waterportal/domain/money.h
libwp_domain_la_SOURCES += mod_waterportal/domain/e_invoice.c mod_waterportal/domain/e_invoice.h
libwp_domain_la_SOURCES += mod_waterportal/domain/reference.c mod_waterportal/domain/reference.h
libwp_domain_la_SOURCES += mod_waterportal/domain/month.c mod_waterportal/domain/month.h
libwp_domain_la_SOURCES += mod_waterportal/domain/consumption.c mod_waterportal/domain/consumption.h
libwp_domain_la_SOURCES += mod_waterportal/domain/meter_period.c mod_waterportal/domain/meter_period.h
libwp_domain_la_SOURCES += mod_waterportal/domain/payment_state.c mod_waterportal/domain/payment_state.h
libwp_domain_la_SOURCES += mod_waterportal/domain/day_close.c mod_waterportal/domain/day_close.h
libwp_domain_la_SOURCES += mod_waterportal/domain/payment_money.c mod_waterportal/domain/payment_money.h
libwp_domain_la_SOURCES += mod_waterportal/domain/bank_message.c mod_waterportal/domain/bank_message.h
libwp_domain_la_SOURCES += mod_waterportal/domain/tariff.c mod_waterportal/domain/tariff.h mod_waterportal/domain/epc.c mod_waterportal/domain/epc.h
libwp_domain_la_SOURCES += mod_waterportal/domain/billing_id.c mod_waterportal/domain/billing_id.h
libwp_domain_la_SOURCES += mod_waterportal/domain/contract_number.c mod_waterportal/domain/contract_number.h
libwp_domain_la_SOURCES += mod_waterportal/domain/limits.c mod_waterportal/domain/limits.h mod_waterportal/domain/rights.c mod_waterportal/domain/rights.h
libwp_domain_la_SOURCES += mod_waterportal/domain/delegation.c mod_waterportal/domain/delegation.h
libwp_domain_la_SOURCES += mod_waterportal/domain/message_kind.c mod_waterportal/domain/message_kind.h
libwp_domain_la_SOURCES += mod_waterportal/domain/message_state.c mod_waterportal/domain/message_state.h
libwp_domain_la_SOURCES += mod_waterportal/domain/sms_text.c mod_waterportal/domain/sms_text.h
libwp_domain_la_SOURCES += mod_waterportal/domain/mail_server.c mod_waterportal/domain/mail_server.h
