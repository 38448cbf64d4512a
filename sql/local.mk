# files of sql/ that are installed, all in one folder
sqldir = $(pkgdatadir)/sql
dist_sql_DATA = sql/schema/billing.sql sql/schema/core.sql sql/store/account_store.sql \
  sql/store/cases.sql sql/store/clauses.sql sql/store/contract_search.sql sql/store/credits.sql sql/store/erasure.sql \
  sql/store/limits.sql sql/store/meters.sql sql/store/movements.sql sql/store/orders.sql sql/store/outbox.sql \
  sql/store/own_data.sql sql/store/payment_store.sql sql/store/portal.sql sql/store/submissions.sql \
  sql/ctl/billing_ids.sql sql/ctl/hand_over.sql sql/ctl/reconcile.sql sql/ctl/tidy.sql $(section_sql)
dist_sql_DATA += sql/store/closes.sql sql/store/delegation_store.sql
# apart from the others: it writes billing tables, so it is read by "waterportalctl demo-data" only
sqldemodir = $(sqldir)/demo
dist_sqldemo_DATA = sql/demo/demo.sql sql/demo/bulk.sql
