# Stylesheets, texts and the page grammar, installed below $(pkgdatadir)/xslt; a site's theme directory overrides them.
xsltdir = $(pkgdatadir)/xslt
xsltpartsdir = $(xsltdir)/parts
xsltsectionsdir = $(xsltdir)/sections
xsltl10ndir = $(xsltdir)/l10n
dist_xslt_DATA = xslt/page.xsl xslt/error.xsl xslt/page.rng
dist_xsltparts_DATA = xslt/parts/account-contact.xsl xslt/parts/account-erasure.xsl xslt/parts/account-reminders.xsl \
  xslt/parts/account-tokens.xsl xslt/parts/audit-log.xsl xslt/parts/delegation-form.xsl xslt/parts/delegation-list.xsl xslt/parts/notices.xsl xslt/parts/act-paper.xsl xslt/parts/certificate.xsl xslt/parts/contract-meters.xsl xslt/parts/contract-page.xsl \
  xslt/parts/contract-paper.xsl xslt/parts/filter.xsl xslt/parts/paper.xsl xslt/parts/contracts.xsl xslt/parts/controls.xsl xslt/parts/footer.xsl xslt/parts/format.xsl \
  xslt/parts/header.xsl xslt/parts/home-tasks.xsl xslt/parts/home-filter.xsl xslt/parts/hero.xsl xslt/parts/messages.xsl xslt/parts/reading-history.xsl xslt/parts/reading-meter.xsl \
  xslt/parts/reading-questions.xsl xslt/parts/reading-receipt.xsl xslt/parts/reading-rule.xsl xslt/parts/reading-script.xsl xslt/parts/registration-fields.xsl \
  xslt/parts/request.xsl xslt/parts/window.xsl
# listed by build/gen-sections.sh: adding a section touches nothing here
dist_xsltsections_DATA = $(section_stylesheets)
dist_xsltsections_DATA += xslt/sections/overview-consumption.xsl xslt/sections/overview-invoices.xsl xslt/sections/invoices-ubl.xsl
dist_xsltparts_DATA += xslt/parts/periods.xsl xslt/parts/chart.xsl xslt/parts/chart-narrow.xsl xslt/parts/csv.xsl \
  xslt/parts/overview-filter.xsl xslt/parts/overview-water.xsl xslt/parts/overview-compare.xsl xslt/parts/overview-money.xsl xslt/parts/money-compare.xsl xslt/parts/payment-parts.xsl xslt/parts/invoice-rows.xsl xslt/parts/invoice-page.xsl xslt/parts/invoice-paper.xsl
dist_xsltl10n_DATA = xslt/l10n/lv.xml xslt/l10n/en.xml
