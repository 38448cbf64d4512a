unit_tests = tests/unit/test_utf8 tests/unit/test_fold tests/unit/test_date
unit_tests += tests/unit/test_volume tests/unit/test_money tests/unit/test_reference tests/unit/test_window
unit_tests += tests/unit/test_xml
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

tests_unit_test_utf8_SOURCES = tests/unit/test_utf8.c
tests_unit_test_utf8_LDADD = libwp_base.la $(CMOCKA_LIBS)

unit_tests += tests/unit/test_billing_id
tests_unit_test_billing_id_SOURCES = tests/unit/test_billing_id.c
tests_unit_test_billing_id_LDADD = libwp_domain.la $(CMOCKA_LIBS)

unit_tests += tests/unit/test_rights
tests_unit_test_rights_SOURCES = tests/unit/test_rights.c
tests_unit_test_rights_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_fold_SOURCES = tests/unit/test_fold.c
tests_unit_test_fold_LDADD = libwp_base.la $(CMOCKA_LIBS)

tests_unit_test_date_SOURCES = tests/unit/test_date.c tests/unit/random.h
tests_unit_test_date_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_date_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_volume_SOURCES = tests/unit/test_volume.c tests/unit/random.h
tests_unit_test_volume_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_volume_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_xml_SOURCES = tests/unit/test_xml.c

tests_unit_test_xml_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)

unit_tests += tests/unit/test_reading
tests_unit_test_reading_SOURCES = tests/unit/test_reading.c tests/unit/random.h \
  tests/fuzz/reading_laws.c tests/fuzz/reading_laws.h tests/fuzz/bytes.c tests/fuzz/bytes.h
tests_unit_test_reading_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_reading_LDADD = libwp_domain.la $(CMOCKA_LIBS)

data_tests = tests/unit/test_query_file tests/unit/test_clock tests/unit/test_pgsql_params tests/unit/test_db_sqlite tests/unit/test_db_pgsql
check_PROGRAMS += $(data_tests)
TESTS += $(data_tests)
data_test_libs = libwp_store.la libwp_data.la libwp_crypto.la libwp_domain.la libwp_base.la $(CMOCKA_LIBS) $(APR_LIBS)

tests_unit_test_query_file_SOURCES = tests/unit/test_query_file.c
tests_unit_test_query_file_CPPFLAGS = $(AM_CPPFLAGS) -DSQL_DIR='"$(abs_srcdir)/sql"'
tests_unit_test_query_file_LDADD = $(data_test_libs)

tests_unit_test_clock_SOURCES = tests/unit/test_clock.c
tests_unit_test_clock_LDADD = $(data_test_libs)
tests_unit_test_pgsql_params_SOURCES = tests/unit/test_pgsql_params.c
tests_unit_test_pgsql_params_LDADD = $(data_test_libs)

db_test_sources = tests/unit/db_cases.c tests/unit/migrate_cases.c tests/unit/db_fixture.c tests/unit/db_fixture.h
tests_unit_test_db_sqlite_SOURCES = tests/unit/test_db_sqlite.c $(db_test_sources)
tests_unit_test_db_sqlite_CPPFLAGS = $(AM_CPPFLAGS) -DSQL_DIR='"$(abs_srcdir)/sql"'
tests_unit_test_db_sqlite_LDADD = $(data_test_libs)

unit_tests += tests/unit/test_file
tests_unit_test_file_SOURCES = tests/unit/test_file.c
tests_unit_test_file_LDADD = libwp_base.la $(JANSSON_LIBS) $(CMOCKA_LIBS) $(APR_LIBS)

unit_tests += tests/unit/test_random
tests_unit_test_random_SOURCES = tests/unit/test_random.c
tests_unit_test_random_LDADD = $(data_test_libs)

unit_tests += tests/unit/test_demo
tests_unit_test_demo_SOURCES = tests/unit/test_demo.c
tests_unit_test_demo_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools
tests_unit_test_demo_LDADD = libwp_town.la libwp_domain.la $(APR_LIBS) $(CMOCKA_LIBS)

tests_unit_test_db_pgsql_SOURCES = tests/unit/test_db_pgsql.c tests/unit/pgsql_cluster.c tests/unit/pgsql_cluster.h \
  tests/unit/pgsql_servers.c $(db_test_sources)
tests_unit_test_db_pgsql_CPPFLAGS = $(AM_CPPFLAGS) -DSQL_DIR='"$(abs_srcdir)/sql"' -DPGSQL_SCRIPT='"$(abs_srcdir)/tests/rig/lib/pgsql"'
tests_unit_test_db_pgsql_LDADD = $(data_test_libs)
EXTRA_DIST += tests/rig/lib/pgsql

# the portal's mechanism, without httpd
portal_unit_tests = tests/unit/test_form tests/unit/test_secret tests/unit/test_identity tests/unit/test_script_data tests/unit/test_heavy tests/unit/test_chart_step \
  tests/unit/test_bank_line
tests_unit_test_chart_step_SOURCES = tests/unit/test_chart_step.c
tests_unit_test_chart_step_LDADD = $(wp_layers) $(CMOCKA_LIBS)
check_PROGRAMS += $(portal_unit_tests)
TESTS += $(portal_unit_tests)
tests_unit_test_bank_line_SOURCES = tests/unit/test_bank_line.c
tests_unit_test_bank_line_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_heavy_SOURCES = tests/unit/test_heavy.c
tests_unit_test_heavy_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_form_SOURCES = tests/unit/test_form.c
tests_unit_test_form_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_secret_SOURCES = tests/unit/test_secret.c
tests_unit_test_secret_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_identity_SOURCES = tests/unit/test_identity.c
# no portal and no page
tests_unit_test_identity_LDADD = libwp_identity.la libwp_crypto.la libwp_domain.la libwp_base.la $(CMOCKA_LIBS) $(CRYPTO_LIBS) $(JANSSON_LIBS) $(APR_LIBS)
tests_unit_test_script_data_SOURCES = tests/unit/test_script_data.c
tests_unit_test_script_data_LDADD = $(wp_layers) $(CMOCKA_LIBS)

tests_unit_test_money_SOURCES = tests/unit/test_money.c tests/unit/random.h
tests_unit_test_money_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_money_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_reference_SOURCES = tests/unit/test_reference.c tests/unit/random.h
tests_unit_test_reference_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_reference_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_window_SOURCES = tests/unit/test_window.c tests/unit/random.h
tests_unit_test_window_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_window_LDADD = libwp_domain.la $(CMOCKA_LIBS)

unit_tests += tests/unit/test_html tests/unit/test_theme tests/unit/test_kept
tests_unit_test_kept_SOURCES = tests/unit/test_kept.c
tests_unit_test_kept_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(CRYPTO_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)
tests_unit_test_html_SOURCES = tests/unit/test_html.c
tests_unit_test_html_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)
tests_unit_test_theme_SOURCES = tests/unit/test_theme.c
tests_unit_test_theme_CPPFLAGS = $(AM_CPPFLAGS) -DXSLT_DIR='"$(abs_srcdir)/xslt"'
tests_unit_test_theme_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)
unit_tests += tests/unit/test_meter_period
tests_unit_test_meter_period_SOURCES = tests/unit/test_meter_period.c
tests_unit_test_meter_period_LDADD = libwp_domain.la $(CMOCKA_LIBS)
unit_tests += tests/unit/test_lists
tests_unit_test_lists_SOURCES = tests/unit/test_lists.c
tests_unit_test_lists_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(JANSSON_LIBS) $(ARCHIVE_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)

unit_tests += tests/unit/test_consumption
tests_unit_test_consumption_SOURCES = tests/unit/test_consumption.c
tests_unit_test_consumption_LDADD = libwp_domain.la $(CMOCKA_LIBS)

unit_tests += tests/unit/test_contact
tests_unit_test_contact_SOURCES = tests/unit/test_contact.c
tests_unit_test_contact_LDADD = libwp_domain.la $(CMOCKA_LIBS)

# payments
pay_unit_tests = tests/unit/test_payment_state tests/unit/test_e_invoice tests/unit/test_tariff tests/unit/test_bank_form tests/unit/test_jws
pay_unit_tests += tests/unit/test_bank_vectors tests/unit/test_payment_laws
check_PROGRAMS += $(pay_unit_tests)
TESTS += $(pay_unit_tests)
tests_unit_test_payment_state_SOURCES = tests/unit/test_payment_state.c
tests_unit_test_payment_state_LDADD = libwp_domain.la $(CMOCKA_LIBS)
tests_unit_test_e_invoice_SOURCES = tests/unit/test_e_invoice.c
tests_unit_test_e_invoice_LDADD = libwp_domain.la $(CMOCKA_LIBS)
tests_unit_test_tariff_SOURCES = tests/unit/test_tariff.c tests/unit/random.h
tests_unit_test_tariff_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_tariff_LDADD = libwp_domain.la $(CMOCKA_LIBS)
key_folder = tests/unit/key_folder.c tests/unit/key_folder.h
tests_unit_test_bank_form_SOURCES = tests/unit/test_bank_form.c $(key_folder)
tests_unit_test_bank_form_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_jws_SOURCES = tests/unit/test_jws.c $(key_folder)
tests_unit_test_jws_LDADD = $(wp_layers) $(CMOCKA_LIBS)
# what the openssl command line signed (tests/vectors/make-bank-macs)
tests_unit_test_bank_vectors_SOURCES = tests/unit/test_bank_vectors.c $(key_folder)
tests_unit_test_bank_vectors_CPPFLAGS = $(AM_CPPFLAGS) -DBANK_VECTORS='"$(abs_srcdir)/tests/vectors/bank_mac.json"'
tests_unit_test_bank_vectors_LDADD = $(wp_layers) $(CMOCKA_LIBS)
tests_unit_test_payment_laws_SOURCES = tests/unit/test_payment_laws.c tests/unit/random.h
tests_unit_test_payment_laws_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_payment_laws_LDADD = libwp_domain.la $(CMOCKA_LIBS)

# services, without a page, on both databases: a test for each, and its name in service_unit_tests
service_unit_tests = tests/unit/test_service_act tests/unit/test_service_account tests/unit/test_service_contact \
  tests/unit/test_service_access_token tests/unit/test_service_erasure
service_unit_tests += tests/unit/test_service_delegation tests/unit/test_service_delegation_answers \
  tests/unit/test_service_delegation_races
service_unit_tests += tests/unit/test_service_submission
service_unit_tests += tests/unit/test_service_payment tests/unit/test_service_payment_races
service_unit_tests += tests/unit/test_dispatch
service_unit_tests += tests/unit/test_service_money
check_PROGRAMS += $(service_unit_tests)
TESTS += $(service_unit_tests)
service_fixture = tests/unit/service_fixture.c tests/unit/service_fixture.h tests/unit/pgsql_cluster.c \
  tests/unit/pgsql_cluster.h tests/unit/db_fixture.c tests/unit/db_fixture.h
service_flags = $(AM_CPPFLAGS) -DSQL_DIR='"$(abs_srcdir)/sql"' -DPGSQL_SCRIPT='"$(abs_srcdir)/tests/rig/lib/pgsql"' \
  -DSERVICE_TOWN='"$(abs_srcdir)/tests/unit/service_town.sql"'
# neither portal nor page: a service that needed one would not link
service_libs = libwp_service.la libwp_notify.la libwp_identity.la libwp_bank.la $(data_test_libs) $(XSLT_LIBS) \
  $(CRYPTO_LIBS) $(JANSSON_LIBS) $(CURL_LIBS)
EXTRA_DIST += tests/unit/service_town.sql
tests_unit_test_service_act_SOURCES = tests/unit/test_service_act.c $(service_fixture)
tests_unit_test_service_act_CPPFLAGS = $(service_flags)
tests_unit_test_service_act_LDADD = $(service_libs)
tests_unit_test_service_account_SOURCES = tests/unit/test_service_account.c $(service_fixture)
tests_unit_test_service_account_CPPFLAGS = $(service_flags)
tests_unit_test_service_account_LDADD = $(service_libs)
tests_unit_test_service_contact_SOURCES = tests/unit/test_service_contact.c $(service_fixture)
tests_unit_test_service_contact_CPPFLAGS = $(service_flags)
tests_unit_test_service_contact_LDADD = $(service_libs)
tests_unit_test_service_access_token_SOURCES = tests/unit/test_service_access_token.c $(service_fixture)
tests_unit_test_service_access_token_CPPFLAGS = $(service_flags)
tests_unit_test_service_access_token_LDADD = $(service_libs)
tests_unit_test_service_erasure_SOURCES = tests/unit/test_service_erasure.c $(service_fixture)
tests_unit_test_service_erasure_CPPFLAGS = $(service_flags)
tests_unit_test_service_erasure_LDADD = $(service_libs)
delegation_acts = tests/unit/delegation_acts.c tests/unit/delegation_acts.h $(service_fixture)
tests_unit_test_service_delegation_SOURCES = tests/unit/test_service_delegation.c $(delegation_acts)
tests_unit_test_service_delegation_CPPFLAGS = $(service_flags)
tests_unit_test_service_delegation_LDADD = $(service_libs)
tests_unit_test_service_delegation_answers_SOURCES = tests/unit/test_service_delegation_answers.c $(delegation_acts)
tests_unit_test_service_delegation_answers_CPPFLAGS = $(service_flags)
tests_unit_test_service_delegation_answers_LDADD = $(service_libs)
tests_unit_test_service_delegation_races_SOURCES = tests/unit/test_service_delegation_races.c $(delegation_acts)
tests_unit_test_service_delegation_races_CPPFLAGS = $(service_flags)
tests_unit_test_service_delegation_races_LDADD = $(service_libs)
tests_unit_test_service_submission_SOURCES = tests/unit/test_service_submission.c $(service_fixture)
tests_unit_test_service_submission_CPPFLAGS = $(service_flags)
tests_unit_test_service_submission_LDADD = $(service_libs)
payment_acts = tests/unit/payment_acts.c tests/unit/payment_acts.h
tests_unit_test_service_payment_SOURCES = tests/unit/test_service_payment.c $(payment_acts) $(service_fixture)
tests_unit_test_service_payment_CPPFLAGS = $(service_flags)
tests_unit_test_service_payment_LDADD = $(service_libs)
tests_unit_test_service_payment_races_SOURCES = tests/unit/test_service_payment_races.c $(payment_acts) $(service_fixture)
tests_unit_test_service_payment_races_CPPFLAGS = $(service_flags)
tests_unit_test_service_payment_races_LDADD = $(service_libs)

tests_unit_test_dispatch_SOURCES = tests/unit/test_dispatch.c $(service_fixture)
tests_unit_test_dispatch_CPPFLAGS = $(service_flags)
tests_unit_test_dispatch_LDADD = $(service_libs)

# messages
message_unit_tests = tests/unit/test_message_state tests/unit/test_sms_text
check_PROGRAMS += $(message_unit_tests)
TESTS += $(message_unit_tests)
tests_unit_test_message_state_SOURCES = tests/unit/test_message_state.c
tests_unit_test_message_state_LDADD = libwp_domain.la $(CMOCKA_LIBS)
tests_unit_test_sms_text_SOURCES = tests/unit/test_sms_text.c
tests_unit_test_sms_text_LDADD = libwp_domain.la libwp_base.la $(APR_LIBS) $(CMOCKA_LIBS)
tests_unit_test_service_money_SOURCES = tests/unit/test_service_money.c $(service_fixture)
tests_unit_test_service_money_CPPFLAGS = $(service_flags)
tests_unit_test_service_money_LDADD = $(service_libs)
