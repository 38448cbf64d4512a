# files of tools/ that are installed or packed
dist_sbin_SCRIPTS = tools/ctl/waterportal-issuers
EXTRA_DIST += .ci/run tools/check tools/demo tools/lib/packages tools/lib/common.sh tools/lib/process.sh tools/lib/bank.sh tools/lib/messages.sh tests/rig/httpd.conf

# the generator of demo data: waterportalctl and its tests link it
noinst_LTLIBRARIES += libwp_town.la
libwp_town_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools
libwp_town_la_SOURCES = tools/town/random.c tools/town/random.h tools/town/series.c tools/town/series.h \
  tools/town/names.c tools/town/names.h tools/town/people.c tools/town/bulk.c tools/town/customers.h \
  tools/town/delegations.c tools/town/accounts.c tools/town/write.c tools/town/write.h tools/town/papers.c tools/town/papers.h tools/town/invoices.c tools/town/invoices.h tools/town/fill.c tools/town/fill.h

# the second front end to the portal's libraries; a command is one file tools/ctl/NAME.c and one row in main.c
bin_PROGRAMS = waterportalctl
waterportalctl_SOURCES = tools/ctl/main.c tools/ctl/open.c tools/ctl/ctl.h tools/ctl/httpd_conf.c tools/ctl/upgrade.c tools/ctl/check.c tools/ctl/dump.c tools/ctl/ids.c tools/ctl/demo_data.c tools/ctl/outbox.c tools/ctl/erasures.c tools/ctl/export.c tools/ctl/reconcile.c tools/ctl/sessions.c tools/ctl/cases.c tools/ctl/close.c tools/ctl/tidy.c
waterportalctl_SOURCES += tools/ctl/send.c tools/ctl/probe.c tools/ctl/carriers.c tools/ctl/carriers.h
waterportalctl_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tools -DWP_PKGDATADIR='"$(pkgdatadir)"'
waterportalctl_LDADD = libwp_town.la libwp_delivery.la $(wp_layers) $(GMIME_LIBS)

noinst_PROGRAMS += tools/render-page
tools_render_page_SOURCES = tools/render-page.c
tools_render_page_LDADD = libwp_render.la libwp_base.la $(XSLT_LIBS) $(APR_LIBS)

dist_man_MANS = tools/ctl/waterportalctl.8 tools/ctl/waterportal-issuers.8
