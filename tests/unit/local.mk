unit_tests = tests/unit/test_utf8 tests/unit/test_date
unit_tests += tests/unit/test_volume
unit_tests += tests/unit/test_xml
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

tests_unit_test_utf8_SOURCES = tests/unit/test_utf8.c
tests_unit_test_utf8_LDADD = libwp_base.la $(CMOCKA_LIBS)

tests_unit_test_date_SOURCES = tests/unit/test_date.c
tests_unit_test_date_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_volume_SOURCES = tests/unit/test_volume.c
tests_unit_test_volume_LDADD = libwp_domain.la $(CMOCKA_LIBS)

tests_unit_test_xml_SOURCES = tests/unit/test_xml.c
tests_unit_test_xml_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS) $(CMOCKA_LIBS)
