<?xml version="1.0" encoding="UTF-8"?>
<!-- A printed contract: an extract of what is in force on the day.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'print']/data">
    <xsl:apply-templates select="/page" mode="paper-lead"/>
    <article class="wp-paper" aria-labelledby="paper">
      <xsl:apply-templates select="/page" mode="paper-head"/>
      <h2 class="wp-doctitle" id="paper">
        <wp:text key="contract.paper"><wp:with name="contract"><xsl:value-of select="contract/contract_no"/></wp:with></wp:text>
      </h2>
      <p><wp:text key="contract.paper.as-of"><wp:with name="date"><xsl:apply-templates select="/page/@today" mode="date-long"/></wp:with></wp:text></p>
      <xsl:apply-templates select="contract" mode="paper"/>
      <xsl:apply-templates select="." mode="paper-services"/>
      <xsl:apply-templates select="." mode="paper-meters"/>
      <xsl:apply-templates select="document[1]" mode="paper"/>
      <div class="wp-sign">
        <p><xsl:value-of select="/page/site/@name"/></p>
        <p><xsl:value-of select="contract/holder"/></p>
      </div>
    </article>
    <xsl:apply-templates select="*[not(self::contract or self::meter or self::service or self::document)]"/>
  </xsl:template>

  <!-- the title already contains the contract's number -->
  <xsl:template match="page[@route = 'print']/context" mode="running"/>

  <xsl:template match="contract" mode="paper">
    <h3>1. <wp:text key="contract.object"/></h3>
    <table class="kv">
      <caption class="govuk-visually-hidden"><wp:text key="contract.object"/></caption>
      <tbody>
        <tr><th scope="row"><wp:text key="contract.holder"/></th><td><xsl:apply-templates select="." mode="holder-line"/></td></tr>
        <tr><th scope="row"><wp:text key="contract.object"/></th><td><xsl:apply-templates select="." mode="premises-line"/></td></tr>
        <xsl:apply-templates select="signed_on|ended_on|boundary|payment_reference" mode="paper-row"/>
        <xsl:apply-templates select="delivery" mode="paper-row"/>
      </tbody>
    </table>
  </xsl:template>
  <xsl:template match="*" mode="paper-row">
    <tr><th scope="row"><xsl:apply-templates select="." mode="paper-key"/></th><td><xsl:apply-templates select="." mode="paper-value"/></td></tr>
  </xsl:template>
  <xsl:template match="*" mode="paper-key"><xsl:apply-templates select="." mode="key"/></xsl:template>
  <xsl:template match="payment_reference" mode="paper-key"><wp:text key="paper.reference"/></xsl:template>
  <xsl:template match="delivery" mode="paper-key"><wp:text key="paper.delivery"/></xsl:template>
  <xsl:template match="*" mode="paper-value"><xsl:apply-templates select="." mode="value"/></xsl:template>
  <xsl:template match="delivery" mode="paper-value">
    <xsl:apply-templates select="." mode="row-value"/>
    <xsl:apply-templates select="../delivery_to" mode="paper-value"/>
  </xsl:template>
  <xsl:template match="delivery_to" mode="paper-value">, <xsl:value-of select="."/></xsl:template>
  <xsl:template match="boundary" mode="paper-value"><xsl:value-of select="."/><xsl:apply-templates select="../boundary_act" mode="paper-value"/></xsl:template>
  <xsl:template match="boundary_act" mode="paper-value">
    <xsl:text>, </xsl:text><wp:text key="contract.boundary-act"><wp:with name="act"><xsl:value-of select="."/></wp:with></wp:text>
  </xsl:template>

  <xsl:template match="data" mode="paper-services">
    <h3>2. <wp:text key="contract.services"/></h3>
    <p><wp:text key="contract.no-services"/></p>
  </xsl:template>
  <xsl:template match="data[service]" mode="paper-services">
    <h3>2. <wp:text key="contract.services"/></h3>
    <xsl:apply-templates select="service[1]" mode="as-paper-table"/>
  </xsl:template>
  <xsl:template match="data/service" mode="paper-caption"><wp:text key="contract.services"/></xsl:template>
  <xsl:template match="data/service" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.service"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="contract.net"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="contract.gross"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.tariff-since"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.connected"/></th>
  </xsl:template>
  <xsl:template match="data/service" mode="paper-rows"><xsl:apply-templates select="../service" mode="paper"/></xsl:template>
  <xsl:template match="data/service" mode="paper">
    <tr role="row">
      <th scope="row" role="rowheader"><xsl:apply-templates select="service" mode="name"/></th>
      <td class="num" role="cell" data-l="[[contract.net]]"><span><xsl:apply-templates select="." mode="net"/></span></td>
      <td class="num" role="cell" data-l="[[contract.gross]]"><span><xsl:apply-templates select="." mode="gross"/></span></td>
      <td role="cell" data-l="[[contract.tariff-since]]"><span class="nw"><xsl:apply-templates select="tariff_since" mode="date"/></span></td>
      <td role="cell" data-l="[[contract.connected]]">
        <span><xsl:apply-templates select="since" mode="date"/><xsl:apply-templates select="until" mode="connected"/></span>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="data" mode="paper-meters">
    <h3>3. <wp:text key="contract.meters-seals"/></h3>
    <p><wp:text key="contract.no-meters"/></p>
  </xsl:template>
  <xsl:template match="data[meter]" mode="paper-meters">
    <h3>3. <wp:text key="contract.meters-seals"/></h3>
    <xsl:apply-templates select="meter[1]" mode="as-paper-table"/>
  </xsl:template>
  <xsl:template match="meter" mode="paper-caption"><wp:text key="contract.meters-seals"/></xsl:template>
  <xsl:template match="meter" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.serial"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.place"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.size"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.installed"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.verified-until"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.seals"/></th>
  </xsl:template>
  <xsl:template match="meter" mode="paper-rows"><xsl:apply-templates select="../meter" mode="paper"/></xsl:template>
  <xsl:template match="meter" mode="paper">
    <tr role="row">
      <th scope="row" role="rowheader"><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></th>
      <td role="cell" data-l="[[contract.place]]"><span><xsl:value-of select="place"/></span></td>
      <td role="cell" data-l="[[contract.size]]"><span><xsl:value-of select="size"/></span></td>
      <td role="cell" data-l="[[contract.installed]]"><span class="nw"><xsl:apply-templates select="installed_on" mode="date"/></span></td>
      <td role="cell" data-l="[[contract.verified-until]]"><span class="nw"><xsl:apply-templates select="verified_until" mode="date"/></span></td>
      <td role="cell" data-l="[[contract.seals]]"><span><xsl:apply-templates select="seal" mode="paper"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="seal" mode="paper"><xsl:if test="position() &gt; 1">, </xsl:if><span class="wp-id"><xsl:value-of select="seal_no"/></span></xsl:template>

  <xsl:template match="document" mode="paper">
    <h3>4. <wp:text key="contract.documents"/></h3>
    <xsl:apply-templates select="." mode="as-paper-table"/>
  </xsl:template>
  <xsl:template match="document" mode="paper-caption"><wp:text key="contract.documents"/></xsl:template>
  <xsl:template match="document" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.document"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="paper.number"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="paper.date"/></th>
  </xsl:template>
  <xsl:template match="document" mode="paper-rows"><xsl:apply-templates select="../document" mode="paper-line"/></xsl:template>
  <xsl:template match="document" mode="paper-line">
    <tr role="row">
      <th scope="row" role="rowheader"><xsl:value-of select="title"/></th>
      <td role="cell" data-l="[[paper.number]]"><span><xsl:value-of select="number"/></span></td>
      <td role="cell" data-l="[[paper.date]]"><span class="nw"><xsl:apply-templates select="issued_on" mode="date"/></span></td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
