noinst_LTLIBRARIES += libwp_crypto.la
libwp_crypto_la_SOURCES = \
  mod_waterportal/crypto/digest.c mod_waterportal/crypto/digest.h \
  mod_waterportal/crypto/jws.c mod_waterportal/crypto/jws.h \
  mod_waterportal/crypto/random.c mod_waterportal/crypto/random.h \
  mod_waterportal/crypto/secret.c mod_waterportal/crypto/secret.h \
  mod_waterportal/crypto/sign.c mod_waterportal/crypto/sign.h
