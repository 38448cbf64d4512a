# What an admin includes in a virtual host (docs/admin.md). The .in files know only where this build is installed.
conf_made = conf/waterportal.conf conf/dbd-sqlite.conf conf/dbd-pgsql.conf conf/oidc.conf
conf_kept = conf/issuers.json conf/agreements.json conf/waterportal-send.service conf/waterportal-tidy.service conf/waterportal-tidy.timer
EXTRA_DIST += $(conf_made:=.in)
CLEANFILES += $(conf_made)

pkgconfdir = $(pkgdatadir)/conf
nodist_pkgconf_DATA = $(conf_made)
dist_pkgconf_DATA = $(conf_kept)

$(conf_made): conf/%: conf/%.in Makefile
	$(AM_V_GEN)$(MKDIR_P) conf && sed -e 's|@pkgdatadir[@]|$(pkgdatadir)|' -e 's|@pkgsysconfdir[@]|$(sysconfdir)/waterportal|' \
	  -e 's|@pkglocalstatedir[@]|$(localstatedir)/lib/waterportal|' '$(srcdir)/$@.in' >$@.tmp && mv $@.tmp $@
