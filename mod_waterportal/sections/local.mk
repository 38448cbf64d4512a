# listed by build/gen-sections.sh: adding a section touches nothing here
noinst_LTLIBRARIES += libwp_sections.la
libwp_sections_la_SOURCES = $(section_sources)
