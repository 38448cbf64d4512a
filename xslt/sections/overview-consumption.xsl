<?xml version="1.0" encoding="UTF-8"?>
<!-- Consumption as a CSV file: a line for each meter and period.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../shared/csv.xsl"/>

  <xsl:template match="/">
    <xsl:text>&#xFEFF;</xsl:text>
    <wp:text key="csv.contract"/><xsl:value-of select="$s"/><wp:text key="csv.address"/><xsl:value-of select="$s"/>
    <wp:text key="csv.place"/><xsl:value-of select="$s"/><wp:text key="csv.serial"/><xsl:value-of select="$s"/>
    <wp:text key="csv.from"/><xsl:value-of select="$s"/><wp:text key="csv.until"/><xsl:value-of select="$s"/>
    <wp:text key="csv.use"/><xsl:value-of select="$s"/><wp:text key="csv.computed"/><xsl:value-of select="$s"/>
    <wp:text key="csv.usual"/><xsl:value-of select="$s"/><wp:text key="csv.days"/><xsl:value-of select="$s"/>
    <wp:text key="csv.missing"/><xsl:value-of select="$s"/><wp:text key="csv.complete"/><xsl:value-of select="$end"/>
    <xsl:apply-templates select="/page/data/series/bar"/>
  </xsl:template>

  <xsl:template match="bar">
    <xsl:apply-templates select="../contract_no" mode="cell"/>
    <xsl:apply-templates select="../address" mode="cell"/>
    <xsl:apply-templates select="../place" mode="cell"/><xsl:if test="not(../place)"><xsl:value-of select="$s"/></xsl:if>
    <xsl:apply-templates select="../serial" mode="cell"/>
    <xsl:apply-templates select="@from" mode="plain"/>
    <xsl:apply-templates select="@until" mode="plain"/>
    <xsl:apply-templates select="." mode="use"/>
    <xsl:apply-templates select="@usual" mode="m3"/><xsl:if test="not(@usual)"><xsl:value-of select="$s"/></xsl:if>
    <xsl:value-of select="@days"/><xsl:value-of select="$s"/>
    <xsl:value-of select="@missing"/><xsl:if test="not(@missing)">0</xsl:if><xsl:value-of select="$s"/>
    <xsl:apply-templates select="@state" mode="complete"/>
    <xsl:value-of select="$end"/>
  </xsl:template>
  <xsl:template match="@state" mode="complete"><wp:text key="csv.no"/></xsl:template>
  <xsl:template match="@state[. = 'whole']" mode="complete"><wp:text key="csv.yes"/></xsl:template>
  <xsl:template match="bar" mode="use">
    <xsl:apply-templates select="@litres" mode="m3"/>
    <xsl:apply-templates select="@estimated" mode="m3"/>
    <xsl:if test="not(@estimated)"><xsl:value-of select="concat($q, '0', $d, '000', $q, $s)"/></xsl:if>
  </xsl:template>
  <!-- without data: empty, not 0 -->
  <xsl:template match="bar[@state = 'none']" mode="use"><xsl:value-of select="concat($s, $s)"/></xsl:template>
</xsl:stylesheet>
