<?xml version="1.0" encoding="UTF-8"?>
<!-- The meters of a contract: one line each, which expands to all details.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="data" mode="meters-card">
    <section class="wp-card wp-card--long" id="meters">
      <h2 class="govuk-heading-m"><wp:text key="contract.meters"/><xsl:apply-templates select="meters/meters[. &gt; 1]" mode="count"/></h2>
      <xsl:apply-templates select="meters/expired[. &gt; 0]" mode="notice"/>
      <xsl:apply-templates select="." mode="meters"/>
      <xsl:apply-templates select="only|paging"/>
    </section>
  </xsl:template>
  <xsl:template match="meters/meters" mode="count"><xsl:text> </xsl:text><span class="wp-when">(<xsl:value-of select="."/>)</span></xsl:template>
  <xsl:template match="data" mode="meters"><p class="govuk-body"><wp:text key="contract.no-meters"/></p></xsl:template>
  <xsl:template match="data[meter]" mode="meters"><div class="wp-dense"><xsl:apply-templates select="meter" mode="contract"/></div></xsl:template>

  <xsl:template match="only">
    <p class="govuk-body"><a class="govuk-link"><xsl:apply-templates select="/page/context" mode="contract-href"/><wp:text key="contract.all-meters"/></a></p>
  </xsl:template>

  <xsl:template match="expired" mode="notice">
    <section class="wp-notice wp-notice--warn" aria-labelledby="expired">
      <h3 class="wp-notice__title" id="expired"><wp:text key="contract.expired" n="."/></h3>
      <p><wp:text key="contract.expired.text"/></p>
    </section>
  </xsl:template>

  <xsl:template match="meter" mode="contract">
    <details class="wp-obj" id="meter-{count(preceding-sibling::meter) + 1}">
      <xsl:if test="count(../meter) = 1"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>
        <b><xsl:apply-templates select="." mode="name"/><br/><span class="wp-when wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></b>
        <span><xsl:apply-templates select="last" mode="summary"/><xsl:apply-templates select="verified_until" mode="tag"/></span>
      </summary>
      <div>
        <dl class="govuk-summary-list wp-flush">
          <xsl:apply-templates select="serial|place|size|digits|remote|installed_on|verified_on|verified_until" mode="row"/>
          <xsl:apply-templates select="last" mode="row"/>
          <xsl:apply-templates select="seal[1]" mode="row"/>
        </dl>
        <xsl:apply-templates select="device[1]" mode="history"/>
      </div>
    </details>
  </xsl:template>
  <xsl:template match="meter" mode="name"><wp:text key="meter.unnamed"/></xsl:template>
  <xsl:template match="meter[string(place)]" mode="name"><xsl:value-of select="place"/></xsl:template>
  <xsl:template match="last" mode="summary">
    <span class="nw"><xsl:apply-templates select="." mode="volume"/> (<xsl:apply-templates select="../last_on" mode="day"/>)</span>
    <br/>
  </xsl:template>

  <xsl:template match="verified_until" mode="tag">
    <strong class="govuk-tag govuk-tag--green">
      <wp:text key="contract.verified"><wp:with name="until"><xsl:apply-templates select="." mode="date"/></wp:with></wp:text>
    </strong>
  </xsl:template>
  <xsl:template match="meter[expired = 1]/verified_until" mode="tag">
    <strong class="govuk-tag govuk-tag--yellow">
      <wp:text key="contract.verified.ended"><wp:with name="until"><xsl:apply-templates select="." mode="date"/></wp:with></wp:text>
    </strong>
  </xsl:template>

  <!-- a row with a name and a value -->
  <xsl:template match="*" mode="row">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><xsl:apply-templates select="." mode="key"/></dt>
      <dd class="govuk-summary-list__value"><xsl:apply-templates select="." mode="row-value"/></dd>
    </div>
  </xsl:template>
  <xsl:template match="*" mode="row-value"><xsl:apply-templates select="." mode="value"/></xsl:template>

  <xsl:template match="meter/serial" mode="key"><wp:text key="contract.serial"/></xsl:template>
  <xsl:template match="meter/serial" mode="row-value"><span class="wp-id"><xsl:apply-templates select="." mode="serial"/></span></xsl:template>
  <xsl:template match="meter/place" mode="key"><wp:text key="contract.place"/></xsl:template>
  <xsl:template match="meter/size" mode="key"><wp:text key="contract.size"/></xsl:template>
  <xsl:template match="meter/digits" mode="key"><wp:text key="contract.digits"/></xsl:template>
  <xsl:template match="meter/digits" mode="row-value">
    <wp:text key="contract.digits.text">
      <wp:with name="digits"><xsl:value-of select="."/></wp:with>
      <wp:with name="decimals"><xsl:value-of select="../decimals"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="meter/remote" mode="key"><wp:text key="contract.reading-by"/></xsl:template>
  <xsl:template match="meter/remote" mode="row-value"><wp:text key="contract.by-customer"/></xsl:template>
  <xsl:template match="meter/remote[. = 1]" mode="row-value"><wp:text key="contract.by-remote"/></xsl:template>
  <xsl:template match="meter/installed_on" mode="key"><wp:text key="contract.installed"/></xsl:template>
  <xsl:template match="meter/verified_on" mode="key"><wp:text key="contract.verified-on"/></xsl:template>
  <xsl:template match="meter/verified_until" mode="key"><wp:text key="contract.verified-until"/></xsl:template>
  <xsl:template match="meter/last" mode="key"><wp:text key="contract.last"/></xsl:template>
  <xsl:template match="meter/last" mode="row-value">
    <span class="nw"><xsl:apply-templates select="." mode="volume"/></span>, <xsl:apply-templates select="../last_on" mode="date"/>
  </xsl:template>
  <xsl:template match="seal" mode="key"><wp:text key="contract.seals"/></xsl:template>
  <xsl:template match="seal" mode="row-value"><xsl:apply-templates select="../seal" mode="item"/></xsl:template>
  <xsl:template match="seal" mode="item">
    <xsl:if test="position() &gt; 1"><br/></xsl:if>
    <span class="wp-id"><xsl:value-of select="seal_no"/></span>
    <xsl:text>, </xsl:text><wp:text key="contract.seal-set"><wp:with name="on"><xsl:apply-templates select="set_on" mode="date"/></wp:with></wp:text>
  </xsl:template>

  <!-- the meters that were there before -->
  <xsl:template match="device" mode="history">
    <h3 class="govuk-heading-s"><wp:text key="contract.devices"/></h3>
    <ul class="wp-files"><xsl:apply-templates select="../device" mode="item"/></ul>
  </xsl:template>
  <xsl:template match="device" mode="item">
    <li>
      <wp:text key="contract.device">
        <wp:with name="serial"><b class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></b></wp:with>
        <wp:with name="from"><span class="nw"><xsl:apply-templates select="installed_on" mode="date"/></span></wp:with>
        <wp:with name="until"><span class="nw"><xsl:apply-templates select="removed_on" mode="date"/></span></wp:with>
      </wp:text>
      <xsl:apply-templates select="end|act_no" mode="device"/>
    </li>
  </xsl:template>
  <xsl:template match="end" mode="device">
    <xsl:text> </xsl:text>
    <wp:text key="contract.device.end"><wp:with name="value"><span class="nw"><xsl:apply-templates select="." mode="volume"/></span></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="act_no" mode="device">
    <xsl:text> </xsl:text>
    <a class="govuk-link" href="{$base}/acts/{str:encode-uri(., true())}">
      <wp:text key="contract.act"><wp:with name="act"><xsl:value-of select="."/></wp:with></wp:text>
    </a>
  </xsl:template>
</xsl:stylesheet>
