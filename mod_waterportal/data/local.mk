noinst_LTLIBRARIES += libwp_data.la
libwp_data_la_SOURCES = \
  mod_waterportal/data/args.c mod_waterportal/data/args.h \
  mod_waterportal/data/check_queries.c \
  mod_waterportal/data/clause.c mod_waterportal/data/clause.h \
  mod_waterportal/data/connection.c mod_waterportal/data/connection.h \
  mod_waterportal/data/connections.c mod_waterportal/data/connections.h \
  mod_waterportal/data/date_text.c mod_waterportal/data/date_text.h \
  mod_waterportal/data/db.c mod_waterportal/data/db.h \
  mod_waterportal/data/db_internal.h \
  mod_waterportal/data/db_statement.c \
  mod_waterportal/data/db_unit.h \
  mod_waterportal/data/gate.c mod_waterportal/data/gate.h \
  mod_waterportal/data/migrate.c mod_waterportal/data/migrate.h \
  mod_waterportal/data/native.c mod_waterportal/data/native.h \
  mod_waterportal/data/pgsql_params.c mod_waterportal/data/pgsql_params.h \
  mod_waterportal/data/query_file.c mod_waterportal/data/query_file.h \
  mod_waterportal/data/query_load.c \
  mod_waterportal/data/rows.c mod_waterportal/data/rows.h \
  mod_waterportal/data/sql_scan.c mod_waterportal/data/sql_scan.h \
  mod_waterportal/data/upkeep.c mod_waterportal/data/upkeep.h \
  mod_waterportal/data/write_gate.c mod_waterportal/data/write_gate.h
