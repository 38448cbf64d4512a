# the rig for a real Apache with a real login; tools/check runs it (pytest), make check does not: it needs root
EXTRA_DIST += tests/idp/people.json tests/idp/issuers.json tests/idp/idp.mjs tests/idp/pages.mjs tests/idp/people.mjs \
  tests/idp/make-tls tests/idp/package.json tests/idp/package-lock.json \
  tests/http/pytest.ini tests/http/conftest.py tests/http/portal.py tests/http/test_login.py
