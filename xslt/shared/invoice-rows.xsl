<?xml version="1.0" encoding="UTF-8"?>
<!-- Invoices in a table, wherever they are listed: number, dates, sum, state.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:include href="invoice-state.xsl"/>

  <xsl:template match="data" mode="invoice-table">
    <xsl:apply-templates select="invoice[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="invoice" mode="caption"><wp:text key="money.invoices"/></xsl:template>
  <xsl:template match="invoice" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="money.invoice"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.issued"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.due"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.sum"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.state"/></th>
  </xsl:template>
  <xsl:template match="invoice" mode="rows"><xsl:apply-templates select="../invoice"/></xsl:template>
  <xsl:template match="invoice">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><xsl:apply-templates select="invoice_no" mode="link"/></th>
      <td class="govuk-table__cell" role="cell" data-l="[[money.issued]]"><span class="nw"><xsl:apply-templates select="issued_on" mode="date"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.due]]"><span class="nw"><xsl:apply-templates select="due_on" mode="date"/></span></td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.sum]]">
        <span><xsl:apply-templates select="total" mode="money"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.state]]"><span><xsl:apply-templates select="state"/></span></td>
    </tr>
  </xsl:template>
  <!-- a number may contain a slash -->
  <xsl:template match="invoice_no" mode="link">
    <a class="govuk-link" href="{$base}/invoices/invoice?no={str:encode-uri(., true())}"><xsl:apply-templates select="." mode="number"/></a>
  </xsl:template>
  <xsl:template match="invoice_no" mode="number"><span class="nw"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="invoice_no[string-length(.) &gt; 20]" mode="number"><span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="invoice/state"><xsl:apply-templates select="." mode="invoice"/></xsl:template>
  <xsl:template match="invoice/state[. = 'paid']">
    <xsl:apply-templates select="." mode="invoice"/>
    <xsl:apply-templates select="../paid_on"/>
  </xsl:template>
  <xsl:template match="invoice/state[. = 'part' or . = 'overdue']">
    <xsl:apply-templates select="." mode="invoice"/>
    <xsl:apply-templates select="../open[. != ../total]" mode="left"/>
  </xsl:template>
  <xsl:template match="paid_on"><xsl:text> </xsl:text><span class="wp-when nw"><xsl:apply-templates select="." mode="date"/></span></xsl:template>
  <xsl:template match="open" mode="left">
    <br/>
    <span class="wp-when">
      <wp:text key="money.left"><wp:with name="sum"><span class="nw"><xsl:apply-templates select="." mode="money"/></span></wp:with></wp:text>
    </span>
  </xsl:template>
  <!-- "2026. g. okt.": the month in which a billing period begins -->
  <xsl:template match="period" mode="of-month">
    <wp:text key="overview.month-year">
      <wp:with name="year"><xsl:value-of select="substring(., 1, 4)"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(., 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
</xsl:stylesheet>
