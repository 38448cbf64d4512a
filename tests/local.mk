# Unit tests: one program per subject, cmocka. Add yours to unit_tests and give its sources.
include tests/unit/local.mk
include tests/vectors/local.mk
include tests/fuzz/local.mk
include tests/http/local.mk
include tests/asan/local.mk
include tests/load/local.mk

# waterportalctl as an admin runs it
TEST_EXTENSIONS += .py
PY_LOG_COMPILER = /usr/bin/python3
ctl_tests = tests/ctl/test_demo_data.py tests/ctl/test_check.py tests/ctl/test_check_pgsql.py tests/ctl/test_views.py tests/ctl/test_outbox.py tests/ctl/test_erasures.py tests/ctl/test_cases.py tests/ctl/test_reconcile.py tests/ctl/test_statements.py tests/ctl/test_credits.py tests/ctl/test_close.py tests/ctl/test_sessions.py tests/ctl/test_plans.py \
  tests/ctl/test_manuals.py
TESTS += $(ctl_tests)
EXTRA_DIST += $(ctl_tests) tests/ctl/support.py tests/ctl/ledger.py tests/ctl/plans.txt tests/rig/lib/statements.py tests/rig/lib/plans.py tests/rig/lib/vmsteps.py
message_tests = tests/ctl/test_send.py tests/ctl/test_senders.py
TESTS += $(message_tests)
EXTRA_DIST += $(message_tests) tests/ctl/counterparts.py tests/rig/mail/mail.py tests/rig/sms/sms.py
EXTRA_DIST += tests/rig/idp/people.json tests/rig/idp/issuers.json tests/rig/idp/idp.mjs tests/rig/idp/pages.mjs tests/rig/idp/people.mjs \
  tests/rig/idp/make-tls tests/rig/idp/package.json tests/rig/idp/package-lock.json

# over HTTP, and what holds for all files
TESTS += tests/guards/format
EXTRA_DIST += tests/guards/run tests/guards/planted tests/guards/format tests/guards/scopes.txt tests/guards/rooms.txt tests/guards/circles.txt
EXTRA_DIST += tests/guards/guards/__init__.py tests/guards/guards/archive.py tests/guards/guards/banned.py tests/guards/guards/citations.py tests/guards/guards/copies.py tests/guards/guards/directives.py tests/guards/guards/documents.py tests/guards/guards/enums.py tests/guards/guards/house.py tests/guards/guards/lengths.py tests/guards/guards/limits.py \
  tests/guards/guards/log.py tests/guards/guards/readings.py tests/guards/guards/retention.py tests/guards/guards/rooms.py tests/guards/guards/routes.py tests/guards/guards/security.py tests/guards/guards/statements.py tests/guards/guards/stylesheets.py tests/guards/guards/texts.py
EXTRA_DIST += tests/rig/idp/lies.mjs tests/load/reloads.py
EXTRA_DIST += tests/http/access-matrix.json tests/http/bank.py tests/http/en16931.py tests/http/routes.py
EXTRA_DIST += tests/http/steps.py tests/http/test_access.py tests/http/test_account.py tests/http/test_acts.py
EXTRA_DIST += tests/http/test_allowances.py tests/http/test_api.py tests/http/test_api_submit.py tests/http/test_bank_calls.py
EXTRA_DIST += tests/http/test_banks.py tests/http/test_bodies.py tests/http/test_compare.py
EXTRA_DIST += tests/http/test_contracts.py tests/http/test_costs.py tests/http/test_database.py tests/http/test_delegations.py tests/http/test_delegations_at_once.py
EXTRA_DIST += tests/http/test_documents.py tests/http/test_e_invoices.py tests/http/test_faults.py
EXTRA_DIST += tests/http/test_home.py tests/http/test_identity.py tests/http/test_ids.py tests/http/test_input.py
EXTRA_DIST += tests/http/test_invoice_states.py tests/http/test_meter_states.py
EXTRA_DIST += tests/http/test_messages.py
EXTRA_DIST += tests/http/test_invoices.py tests/http/test_limits.py tests/http/test_overview.py
EXTRA_DIST += tests/http/test_payment_faults.py tests/http/test_payment_orders.py tests/http/test_payments.py tests/http/test_readings.py
EXTRA_DIST += tests/http/test_registration.py tests/http/test_scopes.py tests/http/test_server.py
EXTRA_DIST += tests/http/test_search.py tests/http/test_session_store.py tests/http/test_sessions.py tests/http/test_startup.py
EXTRA_DIST += tests/http/test_stepup.py tests/http/test_swaps.py tests/http/test_tidy.py

# the bank of demo and tests; tools/check runs its own tests (pytest)
EXTRA_DIST += tests/bank/control.py tests/rig/bank/agreements.json tests/rig/bank/bank.json tests/rig/bank/keys tests/rig/bank/pytest.ini tests/rig/bank/bank.py tests/rig/bank/book.py \
  tests/rig/bank/control.py tests/rig/bank/desk.py tests/rig/bank/forms.py tests/rig/bank/initiation.py tests/rig/bank/merchant.py tests/rig/bank/pages.py tests/rig/bank/pushes.py \
  tests/rig/bank/seal.py tests/rig/bank/statement.py tests/rig/bank/test_bank.py

# tools/demo and other releases of Debian; tools/check runs these
EXTRA_DIST += tests/tools/pytest.ini tests/tools/test_demo.py tests/debian/run

# page documents: grammar, rendering, HTML (skipped where xmllint is missing)
TESTS += tests/xslt/run
EXTRA_DIST += tests/xslt/run tests/xslt/overview.py tests/xslt/fixtures tests/browser/package.json tests/browser/package-lock.json \
  tests/browser/run tests/browser/flow.mjs tests/browser/pages.mjs tests/browser/papers.mjs tests/browser/.htmlvalidate.json

# what tests leave behind, so that distcheck finds nothing
clean-local: clean-tests
clean-tests:
	rm -rf tests/xslt/out tests/out
.PHONY: clean-tests
