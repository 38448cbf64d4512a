# files of sql/ that are installed or packed
sqldir = $(pkgdatadir)/sql
dist_sql_DATA = sql/core.sql sql/billing.sql sql/demo.sql sql/portal.sql sql/meters.sql $(section_sql)
