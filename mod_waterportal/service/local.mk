noinst_LTLIBRARIES += libwp_service.la
libwp_service_la_SOURCES = \
  mod_waterportal/service/act.c mod_waterportal/service/act.h \
  mod_waterportal/service/attach.c mod_waterportal/service/attach.h \
  mod_waterportal/service/case.c mod_waterportal/service/case.h \
  mod_waterportal/service/day_close.c mod_waterportal/service/day_close.h \
  mod_waterportal/service/hand_over.c mod_waterportal/service/hand_over.h \
  mod_waterportal/service/movement.c mod_waterportal/service/movement.h \
  mod_waterportal/service/once.c mod_waterportal/service/once.h \
  mod_waterportal/service/payment.c mod_waterportal/service/payment.h \
  mod_waterportal/service/payment_order.c \
  mod_waterportal/service/payment_news.c mod_waterportal/service/payment_news.h \
  mod_waterportal/service/reconcile.c mod_waterportal/service/reconcile.h \
  mod_waterportal/service/result.h \
  mod_waterportal/service/session.c mod_waterportal/service/session.h
# a person's own things
libwp_service_la_SOURCES += \
  mod_waterportal/service/access_token.c mod_waterportal/service/access_token.h \
  mod_waterportal/service/account.c mod_waterportal/service/account.h \
  mod_waterportal/service/consent.c mod_waterportal/service/consent.h \
  mod_waterportal/service/contact.c mod_waterportal/service/contact.h \
  mod_waterportal/service/erasure.c mod_waterportal/service/erasure.h \
  mod_waterportal/service/own_account.c mod_waterportal/service/own_account.h
libwp_service_la_SOURCES += \
  mod_waterportal/service/delegation.c mod_waterportal/service/delegation.h \
  mod_waterportal/service/delegation_answer.c mod_waterportal/service/delegation_change.c \
  mod_waterportal/service/delegation_found.c mod_waterportal/service/delegation_found.h
libwp_service_la_SOURCES += \
  mod_waterportal/service/submission.c mod_waterportal/service/submission.h
