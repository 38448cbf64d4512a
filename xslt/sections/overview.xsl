<?xml version="1.0" encoding="UTF-8"?>
<!-- The overview: consumption and money over the years.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="overview/periods.xsl"/>
  <xsl:include href="overview/chart.xsl"/>
  <xsl:include href="overview/chart-narrow.xsl"/>
  <xsl:include href="../shared/reading-history.xsl"/>
  <xsl:include href="../shared/filter.xsl"/>
  <xsl:include href="overview/filter.xsl"/>
  <xsl:include href="overview/water.xsl"/>
  <xsl:include href="overview/compare.xsl"/>
  <xsl:include href="../shared/invoice-rows.xsl"/>
  <xsl:include href="overview/money.xsl"/>
  <xsl:include href="overview/money-compare.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="overview.title"/></xsl:template>
  <xsl:template match="page[@route = 'money']" mode="title"><wp:text key="overview.money.title"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="overview.title"/></h1>
    <xsl:apply-templates select="scope"/>
    <xsl:apply-templates select="/page/filter"/>
    <xsl:apply-templates select="period"/>
    <xsl:apply-templates select="." mode="computed"/>
    <xsl:apply-templates select="." mode="table"/>
    <xsl:apply-templates select="comparison"/>
    <xsl:apply-templates select="." mode="parts"/>
    <xsl:apply-templates select="readings"/>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="." mode="none"/>
    <xsl:apply-templates select="scope" mode="files"/>
    <xsl:apply-templates select="*[not(self::scope or self::choice or self::period or self::bar or self::computed or self::comparison or self::part or
                                 self::readings or self::paging)]"/>
  </xsl:template>

  <!-- a contract without meters, meters without readings -->
  <xsl:template match="data" mode="none"/>
  <xsl:template match="data[not(period/@days &gt; 0 or period/@missing &gt; 0)][not(/page/problems)]" mode="none">
    <section class="wp-card"><p class="govuk-body"><wp:text key="overview.empty"/></p></section>
  </xsl:template>

  <!-- what is shown, and what else could be -->
  <xsl:template match="scope">
    <p class="govuk-body wp-noprint">
      <xsl:apply-templates select="/page/context[@contracts &gt; 1]" mode="all"/>
      <xsl:apply-templates select="@money"/>
      <xsl:apply-templates select="@water"/>
    </p>
  </xsl:template>
  <xsl:template match="scope[not(@money or @water)][not(/page/context/@contracts &gt; 1)]"/>
  <xsl:template match="context" mode="all">
    <a class="govuk-link" href="{$base}/overview"><wp:text key="overview.all"/></a>
    <xsl:text> · </xsl:text>
  </xsl:template>
  <xsl:template match="page[@route = 'money']/context" mode="all">
    <a class="govuk-link" href="{$base}/overview/money"><wp:text key="overview.all"/></a>
    <xsl:text> · </xsl:text>
  </xsl:template>
  <xsl:template match="@money"><a class="govuk-link" href="{$base}/overview/money?{../@query}"><wp:text key="overview.money.title"/></a></xsl:template>
  <xsl:template match="@water"><a class="govuk-link" href="{$base}/overview?{../@query}"><wp:text key="overview.title"/></a></xsl:template>

  <xsl:template match="scope" mode="files">
    <div class="wp-buttons">
      <a class="govuk-button govuk-button--secondary">
        <xsl:attribute name="href">
          <xsl:value-of select="$base"/>
          <xsl:apply-templates select="." mode="file"/>
          <xsl:value-of select="@query"/>
          <wp:text key="overview.csv.options"/>
        </xsl:attribute>
        <wp:text key="overview.csv"/>
      </a>
      <a class="govuk-link">
        <xsl:attribute name="href"><xsl:value-of select="$base"/><xsl:apply-templates select="." mode="file"/><xsl:value-of select="@query"/></xsl:attribute>
        <wp:text key="overview.csv.plain"/>
      </a>
      <a class="govuk-link">
        <xsl:attribute name="href">
          <xsl:value-of select="$base"/>
          <xsl:apply-templates select="." mode="file"/>
          <xsl:value-of select="@query"/><xsl:text>view=xml</xsl:text>
        </xsl:attribute>
        <xsl:text>XML</xsl:text>
      </a>
    </div>
    <p class="wp-small wp-noprint"><wp:text key="overview.csv.text"/></p>
  </xsl:template>
  <xsl:template match="scope" mode="file">/overview/consumption.csv?</xsl:template>
  <xsl:template match="page[@route = 'money']/data/scope" mode="file">/overview/invoices.csv?</xsl:template>
</xsl:stylesheet>
