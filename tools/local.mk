# files of tools/ that are installed or packed
dist_sbin_SCRIPTS = tools/waterportal-issuers
EXTRA_DIST += .ci/run tools/check tools/demo tools/lib/packages tools/lib/common.sh tools/lib/process.sh tools/lib/bank.sh tools/lib/httpd.conf

# the generator of demo data: waterportalctl and its tests link it
noinst_LTLIBRARIES += libwp_demo.la
libwp_demo_la_SOURCES = tools/demo_random.c tools/demo_random.h tools/demo_series.c tools/demo_series.h \
  tools/demo_names.c tools/demo_names.h tools/demo_people.c tools/demo_bulk.c tools/demo_customers.h \
  tools/demo_delegations.c tools/demo_accounts.c tools/demo_write.c tools/demo_write.h tools/demo_papers.c tools/demo_papers.h tools/demo_invoices.c tools/demo_invoices.h tools/demo_fill.c tools/demo_fill.h

# the second front end on the portal's libraries; a command is one file tools/ctl_<name>.c and one row in waterportalctl.c
bin_PROGRAMS = waterportalctl
waterportalctl_SOURCES = tools/waterportalctl.c tools/ctl.h tools/ctl_conf.c tools/ctl_upgrade.c tools/ctl_check.c tools/ctl_ids.c tools/ctl_demo_data.c tools/ctl_outbox.c tools/ctl_erasures.c tools/ctl_export.c tools/ctl_reconcile.c tools/ctl_sessions.c tools/ctl_cases.c tools/ctl_tidy.c
waterportalctl_CPPFLAGS = $(AM_CPPFLAGS) -DWP_PKGDATADIR='"$(pkgdatadir)"'
waterportalctl_LDADD = libwp_demo.la $(wp_layers)

noinst_PROGRAMS += tools/render-page
tools_render_page_SOURCES = tools/render-page.c
tools_render_page_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS)

dist_man_MANS = tools/waterportalctl.8 tools/waterportal-issuers.8
