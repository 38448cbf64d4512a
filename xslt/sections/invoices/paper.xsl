<?xml version="1.0" encoding="UTF-8"?>
<!-- A printed invoice with everything it must show: both parties, numbers, dates, lines, VAT by rate, how to pay.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'print']/data">
    <xsl:apply-templates select="/page" mode="paper-lead"/>
    <article class="wp-paper" aria-labelledby="paper">
      <xsl:apply-templates select="/page" mode="paper-head"/>
      <h2 class="wp-doctitle" id="paper"><xsl:apply-templates select="/page" mode="title"/></h2>
      <table class="kv">
        <caption class="govuk-visually-hidden"><wp:text key="invoice.parties"/></caption>
        <tbody>
          <tr><th scope="row"><wp:text key="invoice.seller"/></th><td><xsl:apply-templates select="seller" mode="line"/></td></tr>
          <tr>
            <th scope="row"><wp:text key="invoice.buyer"/></th>
            <td><xsl:value-of select="invoice/buyer"/><xsl:apply-templates select="invoice/reg_no" mode="holder-line"/></td>
          </tr>
          <tr><th scope="row"><wp:text key="contract.object"/></th><td><xsl:apply-templates select="invoice" mode="premises-line"/></td></tr>
          <tr><th scope="row"><wp:text key="money.issued"/></th><td><xsl:apply-templates select="invoice/issued_on" mode="date"/></td></tr>
          <tr>
            <th scope="row"><wp:text key="invoice.period"/></th>
            <td><xsl:apply-templates select="invoice/period_from" mode="date"/> – <xsl:apply-templates select="invoice/period_until" mode="date"/></td>
          </tr>
          <xsl:apply-templates select="invoice[total &gt;= 0]/due_on" mode="paper"/>
        </tbody>
      </table>
      <xsl:apply-templates select="line[1]" mode="as-paper-table"/>
      <table class="kv">
        <caption class="govuk-visually-hidden"><wp:text key="invoice.total"/></caption>
        <tbody>
          <tr><th scope="row"><wp:text key="invoice.net-sum"/></th><td class="num"><xsl:apply-templates select="invoice/net" mode="money"/></td></tr>
          <xsl:apply-templates select="vat" mode="paper"/>
          <xsl:apply-templates select="interest" mode="paper"/>
          <tr><th scope="row"><wp:text key="invoice.total"/></th><td class="num"><b><xsl:apply-templates select="invoice/total" mode="money"/></b></td></tr>
          <xsl:apply-templates select="e-invoice/@prepaid" mode="paper"/>
          <xsl:apply-templates select="invoice/open[. != ../total]" mode="paper"/>
        </tbody>
      </table>
      <xsl:apply-templates select="qr" mode="paper"/>
    </article>
  </xsl:template>
  <xsl:template match="line" mode="paper-caption"><wp:text key="invoice.lines"/></xsl:template>
  <xsl:template match="line" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.service"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="invoice.quantity"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="invoice.price"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="invoice.vat-rate"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="invoice.net"/></th>
  </xsl:template>
  <xsl:template match="line" mode="paper-rows"><xsl:apply-templates select="../line" mode="paper"/></xsl:template>
  <xsl:template match="seller" mode="line">
    <xsl:value-of select="@name"/>
    <xsl:apply-templates select="@registration|@vat" mode="line"/>
    <xsl:apply-templates select="@street" mode="line"/>
    <xsl:apply-templates select="@iban" mode="line"/>
  </xsl:template>
  <xsl:template match="seller[not(@name)]" mode="line"><xsl:value-of select="/page/site/@name"/></xsl:template>
  <xsl:template match="@registration" mode="line">
    <xsl:text>, </xsl:text><span class="nw"><wp:text key="paper.reg-no"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
  <xsl:template match="@vat" mode="line">
    <xsl:text>, </xsl:text><span class="nw"><wp:text key="invoice.vat-no"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
  <xsl:template match="@street" mode="line">
    <br/><xsl:value-of select="."/>, <xsl:value-of select="../@city"/>, <span class="nw"><xsl:value-of select="../@postcode"/></span>
  </xsl:template>
  <xsl:template match="@iban" mode="line">
    <br/><span class="wp-iban"><xsl:value-of select="."/></span>
    <xsl:apply-templates select="../@bic" mode="line"/>
  </xsl:template>
  <xsl:template match="@bic" mode="line">, <span class="nw"><xsl:value-of select="."/></span></xsl:template>

  <xsl:template match="line" mode="paper">
    <tr role="row">
      <th scope="row" role="rowheader"><span><xsl:apply-templates select="." mode="what"/><xsl:apply-templates select="serial" mode="below"/></span></th>
      <td class="num" role="cell" data-l="[[invoice.quantity]]">
        <span class="nw"><xsl:apply-templates select="quantity" mode="volume"/><xsl:if test="not(quantity)">–</xsl:if></span>
      </td>
      <td class="num" role="cell" data-l="[[invoice.price]]">
        <span class="nw"><xsl:apply-templates select="price" mode="price"/><xsl:if test="not(price)">–</xsl:if></span>
      </td>
      <td class="num" role="cell" data-l="[[invoice.vat-rate]]"><span class="nw"><xsl:apply-templates select="vat_rate" mode="rate"/></span></td>
      <td class="num" role="cell" data-l="[[invoice.net]]"><span class="nw"><xsl:apply-templates select="net" mode="money"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="vat" mode="paper">
    <tr>
      <th scope="row">
        <wp:text key="invoice.vat">
          <wp:with name="rate"><xsl:apply-templates select="@rate" mode="rate"/></wp:with>
          <wp:with name="net"><xsl:apply-templates select="@net" mode="money"/></wp:with>
        </wp:text>
      </th>
      <td class="num"><xsl:apply-templates select="@vat" mode="money"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="vat[@category = 'E']" mode="paper">
    <tr><th scope="row"><wp:text key="invoice.vat-none"/></th><td class="num"><xsl:apply-templates select="@net" mode="money"/></td></tr>
  </xsl:template>
  <xsl:template match="due_on" mode="paper">
    <tr><th scope="row"><wp:text key="money.due"/></th><td><b><xsl:apply-templates select="." mode="date"/></b></td></tr>
  </xsl:template>
  <xsl:template match="interest" mode="paper">
    <tr><th scope="row"><wp:text key="invoice.interest"/></th><td class="num"><xsl:apply-templates select="." mode="money"/></td></tr>
  </xsl:template>
  <xsl:template match="@prepaid" mode="paper">
    <tr><th scope="row"><wp:text key="invoice.prepaid"/></th><td class="num"><xsl:apply-templates select="." mode="money"/></td></tr>
  </xsl:template>
  <xsl:template match="open" mode="paper">
    <tr><th scope="row"><wp:text key="payment.left"/></th><td class="num"><b><xsl:apply-templates select="." mode="money"/></b></td></tr>
  </xsl:template>
  <xsl:template match="qr" mode="paper">
    <h3><wp:text key="invoice.qr"/></h3>
    <xsl:apply-templates select="."/>
    <p><wp:text key="invoice.reference"/>: <span class="wp-id"><xsl:value-of select="@reference"/></span></p>
  </xsl:template>
</xsl:stylesheet>
