<?xml version="1.0" encoding="UTF-8"?>
<!-- What an invoice is: the words for its state (sql/store/clauses.sql, invoice_state). Sums and days are not compared here.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="state" mode="invoice"><strong class="govuk-tag"><xsl:value-of select="."/></strong></xsl:template>
  <xsl:template match="state[. = 'credit']" mode="invoice">
    <strong class="govuk-tag govuk-tag--green"><wp:text key="money.credit"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'credited']" mode="invoice">
    <strong class="govuk-tag govuk-tag--green"><wp:text key="invoice.credited"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'paid']" mode="invoice">
    <strong class="govuk-tag govuk-tag--green"><wp:text key="money.state.paid"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'paying']" mode="invoice">
    <strong class="govuk-tag govuk-tag--turquoise"><wp:text key="money.state.paying"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'overdue']" mode="invoice">
    <strong class="govuk-tag govuk-tag--red"><wp:text key="money.state.overdue"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'part']" mode="invoice">
    <strong class="govuk-tag govuk-tag--yellow"><wp:text key="money.state.part"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'open']" mode="invoice"><strong class="govuk-tag"><wp:text key="money.state.open"/></strong></xsl:template>

  <!-- where invoices are listed to be paid: how many days are left -->
  <xsl:template match="state" mode="due"><xsl:apply-templates select="." mode="invoice"/></xsl:template>
  <xsl:template match="state[. = 'open' or . = 'part']" mode="due">
    <strong class="govuk-tag govuk-tag--yellow"><xsl:apply-templates select="../@days" mode="left"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'overdue']" mode="due">
    <strong class="govuk-tag govuk-tag--red"><wp:text key="home.invoice.late" n="- ../@days"/></strong>
  </xsl:template>
  <xsl:template match="@days" mode="left"><wp:text key="home.invoice.left" n="."/></xsl:template>
  <xsl:template match="@days[. = 0]" mode="left"><wp:text key="home.invoice.today"/></xsl:template>
</xsl:stylesheet>
