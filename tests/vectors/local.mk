# Cases of the rules, worked out by hand. A file that stands here runs in `make check`; has the format.
vector_files = tests/vectors/volume.json tests/vectors/volume_text.json tests/vectors/date.json \
  tests/vectors/window.json tests/vectors/person_code.json tests/vectors/person_name.json tests/vectors/contact.json tests/vectors/readings.json tests/vectors/money.json \
  tests/vectors/iban.json tests/vectors/rf.json tests/vectors/check731.json tests/vectors/consumption.json \
  tests/vectors/tariff.json tests/vectors/bank_mac.json tests/vectors/clean.json tests/vectors/clean_volume.json \
  tests/vectors/contract_number.json tests/vectors/search.json

check_PROGRAMS += tests/vectors/vectors
tests_vectors_vectors_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_vectors_vectors_LDADD = libwp_domain.la libwp_base.la $(JANSSON_LIBS) $(APR_LIBS)
tests_vectors_vectors_SOURCES = tests/vectors/vectors.c tests/vectors/subjects.h \
  tests/vectors/subject_volume.c tests/vectors/subject_date.c \
  tests/vectors/subject_window.c tests/vectors/subject_person_code.c tests/vectors/subject_person_name.c tests/vectors/subject_contact.c \
  tests/vectors/subject_money.c tests/vectors/subject_reference.c tests/vectors/subject_readings.c \
  tests/vectors/subject_consumption.c tests/vectors/subject_tariff.c tests/vectors/subject_bank.c tests/vectors/subject_clean.c \
  tests/vectors/subject_search.c

TEST_EXTENSIONS += .json
JSON_LOG_COMPILER = tests/vectors/vectors
TESTS += $(vector_files)

# the same files through the browser's code
EXTRA_DIST += docs/vectors.md tests/run-vectors tests/vectors/differential tests/vectors/mutate tests/vectors/make-bank-macs tests/vectors/run-js.mjs tests/vectors/subjects.mjs $(vector_files)
