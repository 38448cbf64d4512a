# files of tools/ that are installed or packed
dist_sbin_SCRIPTS = tools/ctl/waterportal-issuers
EXTRA_DIST += .ci/run tools/check tools/demo tools/lib/packages tools/lib/common.sh tools/lib/process.sh tools/lib/bank.sh tools/lib/httpd.conf

# the generator of demo data: waterportalctl and its tests link it
noinst_LTLIBRARIES += libwp_demo.la
libwp_demo_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools
libwp_demo_la_SOURCES = tools/demo_random.c tools/demo_random.h tools/demo_series.c tools/demo_series.h \
  tools/demo_names.c tools/demo_names.h tools/demo_people.c tools/demo_bulk.c tools/demo_customers.h \
  tools/demo_delegations.c tools/demo_accounts.c tools/demo_write.c tools/demo_write.h tools/demo_papers.c tools/demo_papers.h tools/demo_invoices.c tools/demo_invoices.h tools/demo_fill.c tools/demo_fill.h

# the second front end on the portal's libraries; a command is one file tools/ctl/NAME.c and one row in main.c
bin_PROGRAMS = waterportalctl
waterportalctl_SOURCES = tools/ctl/main.c tools/ctl/ctl.h tools/ctl/httpd_conf.c tools/ctl/upgrade.c tools/ctl/check.c tools/ctl/ids.c tools/ctl/demo_data.c tools/ctl/outbox.c tools/ctl/erasures.c tools/ctl/export.c tools/ctl/reconcile.c tools/ctl/sessions.c tools/ctl/cases.c tools/ctl/tidy.c
waterportalctl_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools -DWP_PKGDATADIR='"$(pkgdatadir)"'
waterportalctl_LDADD = libwp_demo.la $(wp_layers)

noinst_PROGRAMS += tools/render-page
tools_render_page_SOURCES = tools/render-page.c
tools_render_page_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS)

dist_man_MANS = tools/ctl/waterportalctl.8 tools/ctl/waterportal-issuers.8
