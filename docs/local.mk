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
