noinst_LTLIBRARIES += libwp_data.la
libwp_data_la_SOURCES = mod_waterportal/data/query_file.h mod_waterportal/data/db.h mod_waterportal/data/migrate.h
