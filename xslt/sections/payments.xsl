<?xml version="1.0" encoding="UTF-8"?>
<!-- Paying: the titles of its pages, and all payments.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/invoice-rows.xsl"/>
  <xsl:include href="../shared/payment-parts.xsl"/>
  <xsl:include href="payments/new.xsl"/>
  <xsl:include href="payments/receipt.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="payment.list"/></xsl:template>
  <xsl:template match="page[@route = 'new']" mode="title"><wp:text key="payment.new"/></xsl:template>
  <xsl:template match="page[@route = 'bank']" mode="title"><wp:text key="payment.leave"/></xsl:template>
  <xsl:template match="page[@route = 'payment']" mode="title">
    <wp:text key="payment.number"><wp:with name="number">WP<xsl:value-of select="data/payment/stamp"/></wp:with></wp:text>
  </xsl:template>

  <!-- adds up the sums and continues to the bank by itself; everything works without it -->
  <xsl:template match="asset[@name = 'payments.js']" mode="head">
    <xsl:if test="/page[@route = 'bank' or (@route = 'new' and form)]"><script type="module" src="{@href}"/></xsl:if>
  </xsl:template>

  <!-- all payments -->
  <xsl:template match="page[@route = 'list']/data">
    <h1 class="govuk-heading-l"><wp:text key="payment.list"/></h1>
    <section class="wp-card wp-card--long"><xsl:apply-templates select="." mode="list"/></section>
    <xsl:apply-templates select="paging"/>
  </xsl:template>
  <xsl:template match="data" mode="list"><p class="govuk-body"><wp:text key="payment.list.empty"/></p></xsl:template>
  <xsl:template match="data[payment]" mode="list">
    <xsl:apply-templates select="payment[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="payment" mode="caption"><wp:text key="payment.list"/></xsl:template>
  <xsl:template match="payment" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="payment.which"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.debtor"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.when"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.state"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.sum"/></th>
  </xsl:template>
  <xsl:template match="payment" mode="rows"><xsl:apply-templates select="../payment"/></xsl:template>
  <xsl:template match="payment">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span class="wp-id"><a class="govuk-link" href="{$base}/payments/{payment}">WP<xsl:value-of select="stamp"/></a></span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.debtor]]"><span><xsl:apply-templates select="debtor"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.when]]"><span class="nw"><xsl:apply-templates select="created" mode="day-time"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.state]]"><span><xsl:apply-templates select="state" mode="tag"/></span></td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.sum]]">
        <span class="nw"><xsl:apply-templates select="amount" mode="money"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="debtor"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="name"/></xsl:template>
</xsl:stylesheet>
