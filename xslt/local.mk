# Stylesheets, texts and the page grammar, installed below $(pkgdatadir)/xslt with their folders; a site's theme directory
# overrides them. Sections' stylesheets are listed by build/gen-sections.sh: adding a section touches nothing here.
xsltrootdir = $(pkgdatadir)
nobase_dist_xsltroot_DATA = xslt/page.xsl xslt/error.xsl xslt/page.rng xslt/l10n/lv.xml xslt/l10n/en.xml \
  xslt/shared/contact-fields.xsl xslt/shared/contracts.xsl xslt/shared/controls.xsl xslt/shared/csv.xsl xslt/shared/filter.xsl xslt/shared/footer.xsl \
  xslt/shared/format.xsl xslt/shared/header.xsl xslt/shared/invoice-rows.xsl xslt/shared/invoice-state.xsl xslt/shared/messages.xsl \
  xslt/shared/notices.xsl xslt/shared/paper.xsl xslt/shared/payment-parts.xsl xslt/shared/reading-history.xsl \
  xslt/shared/registration-fields.xsl xslt/shared/request.xsl xslt/shared/table.xsl xslt/shared/window.xsl \
  xslt/shared/year-filter.xsl \
  xslt/sections/invoices-ubl.xsl xslt/sections/overview-consumption.xsl xslt/sections/overview-invoices.xsl \
  xslt/messages/parts.xsl xslt/messages/subject.xsl xslt/messages/text.xsl xslt/messages/html.xsl xslt/messages/sms.xsl \
  $(section_stylesheets)
EXTRA_DIST += xslt/README.md
