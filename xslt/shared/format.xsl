<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns canonical values into what a person reads: litres, cents, ISO dates and local times. Mode "value" goes by the type
     t; the other modes can be applied to any element or attribute.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <!-- page.xsl imports it too, but a page.xsl that a site wrote for an earlier release includes this file and knows no tables -->
  <xsl:include href="table.xsl"/>

  <!-- as strings: a tree would be converted to one at each use -->
  <!-- thousands and decimal separators, for "," and "." of format-number -->
  <xsl:variable name="separators-text"><wp:text key="format.separators"/></xsl:variable>
  <xsl:variable name="separators" select="string($separators-text)"/>
  <!-- ";01january;02february;" … -->
  <xsl:variable name="months-text"><wp:text key="format.months"/></xsl:variable>
  <xsl:variable name="months" select="string($months-text)"/>
  <!-- as in "an invoice for" a month -->
  <xsl:variable name="months-of-text"><wp:text key="format.months-of"/></xsl:variable>
  <xsl:variable name="months-of" select="string($months-of-text)"/>
  <xsl:variable name="months-short-text"><wp:text key="format.months-short"/></xsl:variable>
  <xsl:variable name="months-short" select="string($months-short-text)"/>
  <xsl:variable name="months-window-text"><wp:text key="format.months-window"/></xsl:variable>
  <xsl:variable name="months-window" select="string($months-window-text)"/>

  <!-- one template: a pattern for each type would be tried for every element of the page -->
  <xsl:template match="*" mode="value">
    <xsl:choose>
      <xsl:when test="@t = 'volume'"><xsl:apply-templates select="." mode="volume"/></xsl:when>
      <xsl:when test="@t = 'money'"><xsl:apply-templates select="." mode="money"/></xsl:when>
      <xsl:when test="@t = 'price'"><xsl:apply-templates select="." mode="price"/></xsl:when>
      <xsl:when test="@t = 'date'"><xsl:apply-templates select="." mode="date"/></xsl:when>
      <xsl:when test="@t = 'time'"><xsl:apply-templates select="." mode="time"/></xsl:when>
      <xsl:when test="@t = 'int'"><xsl:apply-templates select="." mode="int"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- litres as m³ with the decimals of their meter; a meter of whole m³ still shows the tenths of an average -->
  <xsl:template name="cubic" match="*|@*" mode="cubic">
    <xsl:param name="decimals" select="substring(concat(../decimals, ancestor::meter/@decimals, ancestor::meter/decimals, '3'), 1, 1)"/>
    <xsl:value-of select="translate(format-number(. div 1000, substring-before(substring-after('0#,##0.#;1#,##0.0;2#,##0.00;3#,##0.000;', $decimals), ';')),
                          ',.', $separators)"/>
  </xsl:template>
  <!-- a problem is not inside its meter's element, so it needs a key; a separate template, since a key means a walk through
       the document -->
  <xsl:template match="problem/arg" mode="cubic">
    <xsl:call-template name="cubic">
      <xsl:with-param name="decimals" select="substring(concat(key('meter', key('field-by-control', ../@control)/@for)/@decimals, '3'), 1, 1)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="*|@*" mode="volume"><xsl:apply-templates select="." mode="cubic"/>&#160;m³</xsl:template>

  <xsl:template match="*|@*" mode="money"><xsl:value-of select="translate(format-number(. div 100, '#,##0.00'), ',.', $separators)"/>&#160;EUR</xsl:template>
  <!-- ten-thousandths of a euro: cents, with more decimals only if there are any -->
  <xsl:template match="*|@*" mode="price">
    <xsl:value-of select="translate(format-number(. div 10000, '#,##0.00##'), ',.', $separators)"/><xsl:text>&#160;EUR</xsl:text>
  </xsl:template>
  <xsl:template match="*|@*" mode="int"><xsl:value-of select="translate(format-number(., '#,##0'), ',.', $separators)"/></xsl:template>

  <xsl:template match="*|@*" mode="date">
    <wp:text key="format.date">
      <wp:with name="year"><xsl:value-of select="substring(., 1, 4)"/></wp:with>
      <wp:with name="mm"><xsl:value-of select="substring(., 6, 2)"/></wp:with>
      <wp:with name="dd"><xsl:value-of select="substring(., 9, 2)"/></wp:with>
      <wp:with name="day"><xsl:value-of select="number(substring(., 9, 2))"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(., 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
  <!-- without the year -->
  <xsl:template match="*|@*" mode="day">
    <wp:text key="format.day">
      <wp:with name="mm"><xsl:value-of select="substring(., 6, 2)"/></wp:with>
      <wp:with name="dd"><xsl:value-of select="substring(., 9, 2)"/></wp:with>
      <wp:with name="day"><xsl:value-of select="number(substring(., 9, 2))"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(., 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="*|@*" mode="clock">
    <wp:text key="format.clock">
      <wp:with name="hour"><xsl:value-of select="number(substring(., 12, 2))"/></wp:with>
      <wp:with name="minute"><xsl:value-of select="substring(., 15, 2)"/></wp:with>
    </wp:text>
  </xsl:template>
  <!-- the end of a time span -->
  <xsl:template match="*|@*" mode="clock-bare">
    <wp:text key="format.clock-bare">
      <wp:with name="hour"><xsl:value-of select="number(substring(., 12, 2))"/></wp:with>
      <wp:with name="minute"><xsl:value-of select="substring(., 15, 2)"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="*|@*" mode="time">
    <xsl:apply-templates select="." mode="date"/>
    <xsl:text> </xsl:text><xsl:apply-templates select="." mode="clock"/>
  </xsl:template>
  <xsl:template match="*|@*" mode="day-time">
    <xsl:apply-templates select="." mode="day"/>
    <xsl:text> </xsl:text><xsl:apply-templates select="." mode="clock"/>
  </xsl:template>
  <!-- as in a sentence of a printed document -->
  <xsl:template match="*|@*" mode="time-long">
    <wp:text key="format.time-long">
      <wp:with name="year"><xsl:value-of select="substring(., 1, 4)"/></wp:with>
      <wp:with name="day"><xsl:value-of select="number(substring(., 9, 2))"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months, concat(';', substring(., 6, 2))), ';')"/></wp:with>
      <wp:with name="clock"><xsl:apply-templates select="." mode="clock"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="*|@*" mode="date-long">
    <wp:text key="format.date-long">
      <wp:with name="year"><xsl:value-of select="substring(., 1, 4)"/></wp:with>
      <wp:with name="day"><xsl:value-of select="number(substring(., 9, 2))"/></wp:with>
      <wp:with name="month"><xsl:value-of select="substring-before(substring-after($months, concat(';', substring(., 6, 2))), ';')"/></wp:with>
    </wp:text>
  </xsl:template>
  <!-- YYYY-MM: the month after which a window is named -->
  <xsl:template match="@*" mode="month">
    <xsl:value-of select="substring-before(substring-after($months-window, concat(';', substring(., 6, 2))), ';')"/>
  </xsl:template>

  <!-- 41207736 as 41 207 736; anything but a plain number unchanged -->
  <xsl:template match="*" mode="serial">
    <xsl:choose>
      <xsl:when test="string(number(.)) = string(.)"><xsl:value-of select="translate(format-number(., '#,##0'), ',', '&#160;')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- +371 and eight digits as two groups of four -->
  <xsl:template match="*|@*" mode="phone">
    <xsl:choose>
      <xsl:when test="starts-with(., '+371') and string-length(.) = 12">
        <xsl:value-of select="concat(substring(., 5, 4), '&#160;', substring(., 9))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="@*" mode="phone-link"><a href="tel:{translate(., ' ', '')}" class="nw"><xsl:apply-templates select="." mode="phone"/></a></xsl:template>
</xsl:stylesheet>
