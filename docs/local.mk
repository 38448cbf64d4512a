# The documents, and the README of each folder of source: in the source archive, not installed.
EXTRA_DIST += \
  docs/images/overview.png \
  docs/images/readings.png \
  CONTRIBUTING.md \
  docs/adding.md \
  docs/admin.md \
  docs/api.md \
  docs/architecture.md \
  docs/database.md \
  docs/decisions.md \
  docs/directives.md \
  docs/identity.md \
  docs/limits.md \
  docs/log-messages.md \
  docs/page-document.md \
  docs/performance.md \
  docs/platform.md \
  docs/reading-rules.md \
  docs/security.md \
  docs/style.md \
  docs/trying-out.md \
  docs/vectors.md

EXTRA_DIST += \
  build/README.md \
  conf/README.md \
  docs/README.md \
  htdocs/README.md \
  mod_waterportal/README.md \
  mod_waterportal/bank/README.md \
  mod_waterportal/base/README.md \
  mod_waterportal/crypto/README.md \
  mod_waterportal/data/README.md \
  mod_waterportal/domain/README.md \
  mod_waterportal/domain/reading/README.md \
  mod_waterportal/httpd/README.md \
  mod_waterportal/identity/README.md \
  mod_waterportal/notify/README.md \
  mod_waterportal/portal/README.md \
  mod_waterportal/portal/engine/README.md \
  mod_waterportal/portal/view/README.md \
  mod_waterportal/render/README.md \
  mod_waterportal/sections/README.md \
  mod_waterportal/service/README.md \
  mod_waterportal/store/README.md \
  sql/README.md \
  sql/demo/README.md \
  tests/README.md \
  tests/asan/README.md \
  tests/bank/README.md \
  tests/browser/README.md \
  tests/ctl/README.md \
  tests/debian/README.md \
  tests/fuzz/README.md \
  tests/guards/README.md \
  tests/http/README.md \
  tests/load/README.md \
  tests/rig/README.md \
  tests/rig/bank/README.md \
  tests/rig/idp/README.md \
  tests/tools/README.md \
  tests/unit/README.md \
  tests/vectors/README.md \
  tests/xslt/README.md \
  tools/README.md \
  tools/ctl/README.md \
  tools/town/README.md
