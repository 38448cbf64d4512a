<?xml version="1.0" encoding="UTF-8"?>
<!-- A contract on paper: an extract of what is in force on the day.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'print']/data">
    <xsl:apply-templates select="/page" mode="paper-lead"/>
    <article class="wp-paper" aria-labelledby="paper">
      <xsl:apply-templates select="/page" mode="paper-head"/>
      <h2 class="wp-doctitle" id="paper"><wp:text key="contract.paper"><wp:with name="contract"><xsl:value-of select="contract/contract_no"/></wp:with></wp:text></h2>
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
  <xsl:template match="*" mode="paper-row"><tr><th scope="row"><xsl:apply-templates select="." mode="key"/></th><td><xsl:apply-templates select="." mode="paper-value"/></td></tr></xsl:template>
  <xsl:template match="*" mode="paper-value"><xsl:apply-templates select="." mode="value"/></xsl:template>
  <xsl:template match="delivery" mode="paper-value"><xsl:apply-templates select="." mode="row-value"/><xsl:apply-templates select="../delivery_to" mode="paper-value"/></xsl:template>
  <xsl:template match="delivery_to" mode="paper-value">, <xsl:value-of select="."/></xsl:template>
  <xsl:template match="boundary" mode="paper-value"><xsl:value-of select="."/><xsl:apply-templates select="../boundary_act" mode="paper-value"/></xsl:template>
  <xsl:template match="boundary_act" mode="paper-value">, <wp:text key="contract.boundary-act"><wp:with name="act"><xsl:value-of select="."/></wp:with></wp:text></xsl:template>

  <xsl:template match="data" mode="paper-services">
    <h3>2. <wp:text key="contract.services"/></h3>
    <p><wp:text key="contract.no-services"/></p>
  </xsl:template>
  <xsl:template match="data[service]" mode="paper-services">
    <h3>2. <wp:text key="contract.services"/></h3>
    <table>
      <caption class="govuk-visually-hidden"><wp:text key="contract.services"/></caption>
      <thead><tr><th scope="col"><wp:text key="contract.service"/></th><th scope="col" class="num"><wp:text key="contract.net"/></th><th scope="col" class="num"><wp:text key="contract.gross"/></th><th scope="col"><wp:text key="contract.tariff-since"/></th><th scope="col"><wp:text key="contract.connected"/></th></tr></thead>
      <tbody><xsl:apply-templates select="service" mode="paper"/></tbody>
    </table>
  </xsl:template>
  <xsl:template match="data/service" mode="paper">
    <tr><th scope="row"><xsl:apply-templates select="service" mode="name"/></th><td class="num"><xsl:apply-templates select="." mode="net"/></td><td class="num"><xsl:apply-templates select="." mode="gross"/></td><td><xsl:apply-templates select="tariff_since" mode="date"/></td><td><xsl:apply-templates select="since" mode="date"/><xsl:apply-templates select="until" mode="connected"/></td></tr>
  </xsl:template>

  <xsl:template match="data" mode="paper-meters">
    <h3>3. <wp:text key="contract.meters-seals"/></h3>
    <p><wp:text key="contract.no-meters"/></p>
  </xsl:template>
  <xsl:template match="data[meter]" mode="paper-meters">
    <h3>3. <wp:text key="contract.meters-seals"/></h3>
    <table>
      <caption class="govuk-visually-hidden"><wp:text key="contract.meters-seals"/></caption>
      <thead><tr><th scope="col"><wp:text key="contract.serial"/></th><th scope="col"><wp:text key="contract.place"/></th><th scope="col"><wp:text key="contract.size"/></th><th scope="col"><wp:text key="contract.installed"/></th><th scope="col"><wp:text key="contract.verified-until"/></th><th scope="col"><wp:text key="contract.seals"/></th></tr></thead>
      <tbody><xsl:apply-templates select="meter" mode="paper"/></tbody>
    </table>
  </xsl:template>
  <xsl:template match="meter" mode="paper">
    <tr><th scope="row"><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></th><td><xsl:value-of select="place"/></td><td><xsl:value-of select="size"/></td><td><xsl:apply-templates select="installed_on" mode="date"/></td><td><xsl:apply-templates select="verified_until" mode="date"/></td><td><xsl:apply-templates select="seal" mode="paper"/></td></tr>
  </xsl:template>
  <xsl:template match="seal" mode="paper"><xsl:if test="position() &gt; 1">, </xsl:if><span class="nw"><xsl:value-of select="seal_no"/></span></xsl:template>

  <xsl:template match="document" mode="paper">
    <h3>4. <wp:text key="contract.documents"/></h3>
    <table>
      <caption class="govuk-visually-hidden"><wp:text key="contract.documents"/></caption>
      <thead><tr><th scope="col"><wp:text key="contract.document"/></th><th scope="col"><wp:text key="paper.number"/></th><th scope="col"><wp:text key="paper.date"/></th></tr></thead>
      <tbody><xsl:apply-templates select="../document" mode="paper-line"/></tbody>
    </table>
  </xsl:template>
  <xsl:template match="document" mode="paper-line"><tr><th scope="row"><xsl:value-of select="title"/></th><td><xsl:value-of select="number"/></td><td><xsl:apply-templates select="issued_on" mode="date"/></td></tr></xsl:template>
</xsl:stylesheet>
