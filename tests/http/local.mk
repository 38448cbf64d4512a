# the rig for a real Apache with a real login; tools/check runs it (pytest), make check does not: it needs root
EXTRA_DIST += tests/rig/idp/people.json tests/rig/idp/issuers.json tests/rig/idp/idp.mjs tests/rig/idp/pages.mjs tests/rig/idp/people.mjs \
  tests/rig/idp/make-tls tests/rig/idp/package.json tests/rig/idp/package-lock.json \
  tests/http/pytest.ini tests/http/conftest.py tests/http/portal.py tests/http/test_login.py
