# Unit tests: one program per subject, cmocka. Add yours to unit_tests and give its sources.
include tests/unit/local.mk
include tests/vectors/local.mk
include tests/http/local.mk

# waterportalctl as an admin runs it
TEST_EXTENSIONS += .py
PY_LOG_COMPILER = /usr/bin/python3
ctl_tests = tests/ctl/test_demo_data.py
TESTS += $(ctl_tests)
EXTRA_DIST += $(ctl_tests)
