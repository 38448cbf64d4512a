<?xml version="1.0" encoding="UTF-8"?>
<!-- Months, quarters and years in words, and the numbers of an overview: cheaper than mode "cubic", since each page has
     hundreds.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:variable name="by" select="string(/page/data/period/@by)"/>

  <!-- litres as m³, cents as EUR, both without the unit -->
  <xsl:template match="@*" mode="m3"><xsl:value-of select="translate(format-number(. div 1000, '#,##0.000'), ',.', $separators)"/></xsl:template>
  <xsl:template match="@*" mode="eur"><xsl:value-of select="translate(format-number(. div 100, '#,##0.00'), ',.', $separators)"/></xsl:template>
  <!-- with a sign: more, less or the same -->
  <xsl:template match="@*" mode="m3-signed">
    <xsl:value-of select="translate(format-number(. div 1000, '+#,##0.000;−#,##0.000'), ',.', $separators)"/>
  </xsl:template>
  <xsl:template match="@*[. = 0]" mode="m3-signed"><xsl:value-of select="translate('0.000', '.', substring($separators, 2))"/></xsl:template>
  <!-- without a sign: the words say it -->
  <xsl:template match="@*" mode="m3-size"><xsl:value-of select="translate(format-number(. div 1000, '#,##0.000;#,##0.000'), ',.', $separators)"/></xsl:template>
  <xsl:template match="@*" mode="int-size"><xsl:value-of select="translate(format-number(., '#,##0;#,##0'), ',.', $separators)"/></xsl:template>
  <!-- tenths of a per cent -->
  <xsl:template match="@*" mode="percent-size"><xsl:value-of select="translate(format-number(. div 10, '#,##0.0;#,##0.0'), ',.', $separators)"/></xsl:template>

  <!-- below a bar -->
  <xsl:template match="@from" mode="tick">
    <xsl:choose>
      <xsl:when test="$by = 'month'"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(., 6, 2))), ';')"/></xsl:when>
      <xsl:when test="$by = 'quarter'">
        <wp:text key="overview.quarter"><wp:with name="n"><xsl:value-of select="ceiling(substring(., 6, 2) div 3)"/></wp:with></wp:text>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="substring(., 1, 4)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- in a table or sentence -->
  <xsl:template match="@*" mode="month-year">
    <wp:text key="overview.month-year">
      <wp:with name="year"><xsl:value-of select="substring(., 1, 4)"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(., 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="bar" mode="period">
    <xsl:choose>
      <xsl:when test="$by = 'month'">
        <wp:text key="overview.month-year">
          <wp:with name="year"><xsl:value-of select="substring(@from, 1, 4)"/></wp:with>
          <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(@from, 6, 2))), ';')"/></wp:with>
        </wp:text>
      </xsl:when>
      <xsl:when test="$by = 'quarter'">
        <wp:text key="overview.quarter-year">
          <wp:with name="year"><xsl:value-of select="substring(@from, 1, 4)"/></wp:with>
          <wp:with name="n"><xsl:value-of select="ceiling(substring(@from, 6, 2) div 3)"/></wp:with>
        </wp:text>
      </xsl:when>
      <xsl:otherwise><wp:text key="overview.year"><wp:with name="year"><xsl:value-of select="substring(@from, 1, 4)"/></wp:with></wp:text></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- from the first to the last month -->
  <xsl:template match="*" mode="range">
    <xsl:apply-templates select="@from" mode="month-year"/>
    <xsl:text> – </xsl:text><xsl:apply-templates select="@until" mode="month-year"/>
  </xsl:template>
  <xsl:template match="*[substring(@from, 1, 4) = substring(@until, 1, 4)]" mode="range">
    <wp:text key="overview.months-year">
      <wp:with name="year"><xsl:value-of select="substring(@from, 1, 4)"/></wp:with>
      <wp:with name="from"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(@from, 6, 2))), ';')"/></wp:with>
      <wp:with name="until"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(@until, 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="*[@from = @until]" mode="range" priority="1"><xsl:apply-templates select="@from" mode="month-year"/></xsl:template>
</xsl:stylesheet>
