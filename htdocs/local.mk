# Static files. `make` copies them to htdocs/assets/NAME.HASH.EXT and lists the names in htdocs/assets/assets.list.
# portal.css is made from theme/ by `npm ci && npm run css` and committed: the build needs no npm.
# reading-rules.js is served as a part of readings.js, which imports it
asset_parts = htdocs/js/reading-rules.js
asset_sources = htdocs/css/portal.css htdocs/js/readings.js htdocs/js/payments.js htdocs/icon.svg
EXTRA_DIST += $(asset_sources) $(asset_parts) build/hash-assets.sh htdocs/theme/theme.scss htdocs/theme/package.json htdocs/theme/package-lock.json

noinst_DATA += htdocs/assets/assets.list
htdocs/assets/assets.list: $(asset_sources) $(asset_parts) build/hash-assets.sh
	$(AM_V_GEN)$(SHELL) $(srcdir)/build/hash-assets.sh htdocs/assets $(asset_sources:%=$(srcdir)/%)
CLEANFILES += htdocs/assets/*

install-data-local: install-assets
install-assets: htdocs/assets/assets.list
	$(MKDIR_P) $(DESTDIR)$(pkgdatadir)/assets
	$(INSTALL_DATA) htdocs/assets/* $(DESTDIR)$(pkgdatadir)/assets
uninstall-local: uninstall-assets
uninstall-assets:
	rm -rf $(DESTDIR)$(pkgdatadir)/assets
.PHONY: install-assets uninstall-assets
