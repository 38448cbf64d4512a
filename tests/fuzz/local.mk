# Fuzz targets: tests/fuzz/TARGET.c claims what must hold for any input. `make check` replays the corpus of each with the
# program replay-TARGET, built by any compiler; after `configure CC=clang --enable-fuzz` `make fuzz` runs fuzz-TARGET,
# FUZZ_SECONDS each: make fuzz FUZZ_SECONDS=600 FUZZ_TARGETS='number date'
FUZZ_SECONDS = 60
FUZZ_TARGETS = number date utf8 form query_file person_code reference window contact html reading bank_form statement agreement jws redact

fuzz_support = tests/fuzz/fuzz.h tests/fuzz/support.c tests/fuzz/bytes.h tests/fuzz/bytes.c
fuzz_replay = tests/fuzz/replay.c $(fuzz_support)
fuzz_keys = tests/fuzz/keys.c tests/fuzz/keys.h
fuzz_cppflags = $(AM_CPPFLAGS) -I$(srcdir)/tests -DCORPUS_DIR='"$(abs_srcdir)/tests/fuzz/corpus"'

fuzz_replays = tests/fuzz/replay-number
tests_fuzz_replay_number_SOURCES = tests/fuzz/number.c $(fuzz_replay)
tests_fuzz_replay_number_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_number_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-date
tests_fuzz_replay_date_SOURCES = tests/fuzz/date.c $(fuzz_replay)
tests_fuzz_replay_date_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_date_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-utf8
tests_fuzz_replay_utf8_SOURCES = tests/fuzz/utf8.c $(fuzz_replay)
tests_fuzz_replay_utf8_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_utf8_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-form
tests_fuzz_replay_form_SOURCES = tests/fuzz/form.c $(fuzz_replay)
tests_fuzz_replay_form_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_form_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-query_file
tests_fuzz_replay_query_file_SOURCES = tests/fuzz/query_file.c $(fuzz_replay)
tests_fuzz_replay_query_file_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_query_file_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-person_code
tests_fuzz_replay_person_code_SOURCES = tests/fuzz/person_code.c $(fuzz_replay)
tests_fuzz_replay_person_code_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_person_code_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-reference
tests_fuzz_replay_reference_SOURCES = tests/fuzz/reference.c $(fuzz_replay)
tests_fuzz_replay_reference_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_reference_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-window
tests_fuzz_replay_window_SOURCES = tests/fuzz/window.c $(fuzz_replay)
tests_fuzz_replay_window_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_window_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-contact
tests_fuzz_replay_contact_SOURCES = tests/fuzz/contact.c $(fuzz_replay)
tests_fuzz_replay_contact_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_contact_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-html
tests_fuzz_replay_html_SOURCES = tests/fuzz/html.c $(fuzz_replay)
tests_fuzz_replay_html_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_html_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-reading
tests_fuzz_replay_reading_SOURCES = tests/fuzz/reading.c tests/fuzz/reading_laws.c tests/fuzz/reading_laws.h $(fuzz_replay)
tests_fuzz_replay_reading_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_reading_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-bank_form
tests_fuzz_replay_bank_form_SOURCES = tests/fuzz/bank_form.c $(fuzz_keys) $(fuzz_replay)
tests_fuzz_replay_bank_form_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_bank_form_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-statement
tests_fuzz_replay_statement_SOURCES = tests/fuzz/statement.c $(fuzz_replay)
tests_fuzz_replay_statement_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_statement_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-agreement
tests_fuzz_replay_agreement_SOURCES = tests/fuzz/agreement.c $(fuzz_replay)
tests_fuzz_replay_agreement_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_agreement_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-jws
tests_fuzz_replay_jws_SOURCES = tests/fuzz/jws.c $(fuzz_keys) $(fuzz_replay)
tests_fuzz_replay_jws_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_jws_LDADD = $(wp_layers)

fuzz_replays += tests/fuzz/replay-redact
tests_fuzz_replay_redact_SOURCES = tests/fuzz/redact.c $(fuzz_replay)
tests_fuzz_replay_redact_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_replay_redact_LDADD = $(wp_layers)

check_PROGRAMS += $(fuzz_replays)
TESTS += $(fuzz_replays)

EXTRA_DIST += tests/fuzz/run tests/fuzz/corpus tests/fuzz/dictionaries

.PHONY: fuzz
if FUZZ
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer

fuzz_programs = tests/fuzz/fuzz-number
tests_fuzz_fuzz_number_SOURCES = tests/fuzz/number.c $(fuzz_support)
tests_fuzz_fuzz_number_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_number_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_number_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-date
tests_fuzz_fuzz_date_SOURCES = tests/fuzz/date.c $(fuzz_support)
tests_fuzz_fuzz_date_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_date_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_date_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-utf8
tests_fuzz_fuzz_utf8_SOURCES = tests/fuzz/utf8.c $(fuzz_support)
tests_fuzz_fuzz_utf8_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_utf8_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_utf8_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-form
tests_fuzz_fuzz_form_SOURCES = tests/fuzz/form.c $(fuzz_support)
tests_fuzz_fuzz_form_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_form_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_form_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-query_file
tests_fuzz_fuzz_query_file_SOURCES = tests/fuzz/query_file.c $(fuzz_support)
tests_fuzz_fuzz_query_file_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_query_file_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_query_file_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-person_code
tests_fuzz_fuzz_person_code_SOURCES = tests/fuzz/person_code.c $(fuzz_support)
tests_fuzz_fuzz_person_code_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_person_code_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_person_code_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-reference
tests_fuzz_fuzz_reference_SOURCES = tests/fuzz/reference.c $(fuzz_support)
tests_fuzz_fuzz_reference_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_reference_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_reference_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-window
tests_fuzz_fuzz_window_SOURCES = tests/fuzz/window.c $(fuzz_support)
tests_fuzz_fuzz_window_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_window_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_window_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-contact
tests_fuzz_fuzz_contact_SOURCES = tests/fuzz/contact.c $(fuzz_support)
tests_fuzz_fuzz_contact_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_contact_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_contact_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-html
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/html.c $(fuzz_support)
tests_fuzz_fuzz_html_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_html_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_html_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-reading
tests_fuzz_fuzz_reading_SOURCES = tests/fuzz/reading.c tests/fuzz/reading_laws.c $(fuzz_support)
tests_fuzz_fuzz_reading_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_reading_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_reading_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-bank_form
tests_fuzz_fuzz_bank_form_SOURCES = tests/fuzz/bank_form.c $(fuzz_keys) $(fuzz_support)
tests_fuzz_fuzz_bank_form_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_bank_form_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_bank_form_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-statement
tests_fuzz_fuzz_statement_SOURCES = tests/fuzz/statement.c $(fuzz_support)
tests_fuzz_fuzz_statement_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_statement_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_statement_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-agreement
tests_fuzz_fuzz_agreement_SOURCES = tests/fuzz/agreement.c $(fuzz_support)
tests_fuzz_fuzz_agreement_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_agreement_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_agreement_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-jws
tests_fuzz_fuzz_jws_SOURCES = tests/fuzz/jws.c $(fuzz_keys) $(fuzz_support)
tests_fuzz_fuzz_jws_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_jws_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_jws_LDADD = $(wp_layers)

fuzz_programs += tests/fuzz/fuzz-redact
tests_fuzz_fuzz_redact_SOURCES = tests/fuzz/redact.c $(fuzz_support)
tests_fuzz_fuzz_redact_CPPFLAGS = $(fuzz_cppflags)
tests_fuzz_fuzz_redact_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_redact_LDADD = $(wp_layers)

EXTRA_PROGRAMS = $(fuzz_programs)
CLEANFILES += $(fuzz_programs)

fuzz: $(fuzz_programs)
	$(srcdir)/tests/fuzz/run $(FUZZ_SECONDS) $(FUZZ_TARGETS)
else
fuzz:
	@echo "make fuzz needs: configure CC=clang --enable-fuzz" >&2; exit 1
endif
