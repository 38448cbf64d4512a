# files of sql/ that are installed or packed
sqldir = $(pkgdatadir)/sql
dist_sql_DATA = sql/core.sql sql/billing.sql sql/portal.sql sql/meters.sql sql/outbox.sql sql/erasure.sql sql/hand_over.sql sql/billing_ids.sql sql/reconcile.sql sql/own_data.sql sql/payment_store.sql sql/limits.sql sql/cases.sql sql/tidy.sql $(section_sql)
# apart from the others: it writes billing tables, so it is read by "waterportalctl demo-data" only
sqldemodir = $(sqldir)/demo
dist_sqldemo_DATA = sql/demo/demo.sql sql/demo/bulk.sql
