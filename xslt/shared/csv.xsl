<?xml version="1.0" encoding="UTF-8"?>
<!-- Cells of a CSV file (RFC 4180, UTF-8 with a byte order mark). Fields of the filter determine how numbers are written:
     decimal = dot or comma, separator = comma or semicolon (not RFC 4180, but spreadsheets in Latvia open it directly).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:strip-space elements="*"/>

  <xsl:variable name="comma" select="/page/filter/field[@name = 'decimal']/@value = 'comma'"/>
  <xsl:variable name="semicolon" select="/page/filter/field[@name = 'separator']/@value = 'semicolon'"/>
  <xsl:variable name="s"><xsl:choose><xsl:when test="$semicolon">;</xsl:when><xsl:otherwise>,</xsl:otherwise></xsl:choose></xsl:variable>
  <!-- between commas as separators, a number with a decimal comma needs quotes -->
  <xsl:variable name="q"><xsl:if test="$comma and not($semicolon)">"</xsl:if></xsl:variable>
  <xsl:variable name="d"><xsl:choose><xsl:when test="$comma">,</xsl:when><xsl:otherwise>.</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="end"><xsl:text>&#13;&#10;</xsl:text></xsl:variable>

  <!-- Text, quoted. If a spreadsheet would take it for a formula, an apostrophe precedes it, which spreadsheets do not show as
       part of the text. The portal's own numbers, including negative ones, are not text and use the modes below. -->
  <xsl:template match="*|@*" mode="cell">
    <xsl:text>"</xsl:text>
    <xsl:if test="string(.) and translate(substring(., 1, 1), '=+-@&#9;&#10;&#13;', '') = ''">'</xsl:if>
    <xsl:call-template name="csv.quoted"><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
    <xsl:text>"</xsl:text>
    <xsl:value-of select="$s"/>
  </xsl:template>
  <!-- Doubles each quote. It splits the text in halves, so that even a text of quotes only does not recurse deeply. -->
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
  <!-- the canonical text of dates, months and the portal's own codes -->
  <xsl:template match="*|@*" mode="plain"><xsl:value-of select="."/><xsl:value-of select="$s"/></xsl:template>
  <xsl:template match="*|@*" mode="m3"><xsl:value-of select="concat($q, translate(format-number(. div 1000, '0.000'), '.', $d), $q, $s)"/></xsl:template>
  <xsl:template match="*|@*" mode="eur"><xsl:value-of select="concat($q, translate(format-number(. div 100, '0.00'), '.', $d), $q, $s)"/></xsl:template>
</xsl:stylesheet>
