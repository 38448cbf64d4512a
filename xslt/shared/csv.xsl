<?xml version="1.0" encoding="UTF-8"?>
<!-- Cells of a CSV file (RFC 4180, UTF-8 with its mark). The filter's fields say how numbers are written: decimal = dot or comma,
     separator = comma or semicolon (not RFC 4180: what spreadsheets in Latvian open without asking).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:strip-space elements="*"/>

  <xsl:variable name="comma" select="/page/filter/field[@name = 'decimal']/@value = 'comma'"/>
  <xsl:variable name="semicolon" select="/page/filter/field[@name = 'separator']/@value = 'semicolon'"/>
  <xsl:variable name="s"><xsl:choose><xsl:when test="$semicolon">;</xsl:when><xsl:otherwise>,</xsl:otherwise></xsl:choose></xsl:variable>
  <!-- a decimal comma among commas needs quotes -->
  <xsl:variable name="q"><xsl:if test="$comma and not($semicolon)">"</xsl:if></xsl:variable>
  <xsl:variable name="d"><xsl:choose><xsl:when test="$comma">,</xsl:when><xsl:otherwise>.</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="end"><xsl:text>&#13;&#10;</xsl:text></xsl:variable>

  <!-- Text as it is, quoted; what a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not
       show as part of the text. Our own numbers, also negative ones, are no text and go through the modes below. -->
  <xsl:template match="*|@*" mode="cell">
    <xsl:text>"</xsl:text>
    <xsl:if test="string(.) and translate(substring(., 1, 1), '=+-@&#9;&#10;&#13;', '') = ''">'</xsl:if>
    <xsl:call-template name="csv.quoted"><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
    <xsl:text>"</xsl:text>
    <xsl:value-of select="$s"/>
  </xsl:template>
  <!-- Each quote twice. In halves, so that a text of quotes alone does not go deep. -->
  <xsl:template name="csv.quoted">
    <xsl:param name="text"/>
    <xsl:variable name="half" select="floor(string-length($text) div 2)"/>
    <xsl:choose>
      <xsl:when test="not(contains($text, '&quot;'))"><xsl:value-of select="$text"/></xsl:when>
      <xsl:when test="$half = 0">""</xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="csv.quoted"><xsl:with-param name="text" select="substring($text, 1, $half)"/></xsl:call-template>
        <xsl:call-template name="csv.quoted"><xsl:with-param name="text" select="substring($text, $half + 1)"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- the canonical text of dates, months and codes of our own -->
  <xsl:template match="*|@*" mode="plain"><xsl:value-of select="."/><xsl:value-of select="$s"/></xsl:template>
  <xsl:template match="*|@*" mode="m3"><xsl:value-of select="concat($q, translate(format-number(. div 1000, '0.000'), '.', $d), $q, $s)"/></xsl:template>
  <xsl:template match="*|@*" mode="eur"><xsl:value-of select="concat($q, translate(format-number(. div 100, '0.00'), '.', $d), $q, $s)"/></xsl:template>
</xsl:stylesheet>
