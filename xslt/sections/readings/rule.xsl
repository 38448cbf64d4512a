<?xml version="1.0" encoding="UTF-8"?>
<!-- The numbers of the rule behind a question, as a small table: one row for each number that explains something.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="ask" mode="rule">
    <table class="wp-rule">
      <caption class="govuk-visually-hidden"><wp:text key="rule.caption"/></caption>
      <tbody>
        <xsl:apply-templates select="arg[@name = 'last']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'use']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'zero_days']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'usual']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'season']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'limit']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'maybe']" mode="rule"/>
        <xsl:apply-templates select="arg[@name = 'maybe_use']" mode="rule"/>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template match="arg" mode="rule">
    <tr><th scope="row"><xsl:apply-templates select="." mode="rule-label"/></th><td><xsl:apply-templates select="." mode="rule-value"/></td></tr>
  </xsl:template>
  <xsl:template match="arg" mode="rule-value"><xsl:apply-templates select="." mode="value"/></xsl:template>
  <xsl:template match="arg[@name = 'limit']" mode="rule-value">&gt;&#160;<xsl:apply-templates select="." mode="value"/></xsl:template>
  <xsl:template match="ask[@code = 'low' or @code = 'season_low']/arg[@name = 'limit']" mode="rule-value" priority="1">
    <xsl:text>&lt;&#160;</xsl:text><xsl:apply-templates select="." mode="value"/>
  </xsl:template>

  <xsl:template match="arg[@name = 'last']" mode="rule-label"><wp:text key="rule.last"/></xsl:template>
  <xsl:template match="arg[@name = 'use']" mode="rule-label"><wp:text key="rule.use" n="../arg[@name = 'days']"/></xsl:template>
  <xsl:template match="arg[@name = 'zero_days']" mode="rule-label"><wp:text key="rule.zero-days"/></xsl:template>
  <xsl:template match="arg[@name = 'usual']" mode="rule-label"><wp:text key="rule.usual" n="../arg[@name = 'days']"/></xsl:template>
  <xsl:template match="arg[@name = 'season']" mode="rule-label"><wp:text key="rule.season"/></xsl:template>
  <xsl:template match="arg[@name = 'maybe']" mode="rule-label"><wp:text key="rule.maybe"/></xsl:template>
  <xsl:template match="arg[@name = 'maybe_use']" mode="rule-label"><wp:text key="rule.maybe-use"/></xsl:template>

  <!-- the label of the limit says where it comes from; without a percentage it is the smallest use that raises a question -->
  <xsl:template match="arg[@name = 'limit']" mode="rule-label"><wp:text key="rule.limit"/></xsl:template>
  <xsl:template match="ask[@code = 'high']/arg[@name = 'limit'][../arg/@name = 'percent']" mode="rule-label" priority="1">
    <wp:text key="rule.limit.usual"><wp:with name="times"><xsl:apply-templates select="../arg[@name = 'percent']" mode="times"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="ask[@code = 'season_high']/arg[@name = 'limit'][../arg/@name = 'percent']" mode="rule-label" priority="1">
    <wp:text key="rule.limit.season"><wp:with name="times"><xsl:apply-templates select="../arg[@name = 'percent']" mode="times"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="ask[@code = 'high_first']/arg[@name = 'limit'][../arg/@name = 'per_day']" mode="rule-label" priority="1">
    <wp:text key="rule.limit.per-day"><wp:with name="use"><xsl:apply-templates select="../arg[@name = 'per_day']" mode="volume"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="ask[@code = 'low']/arg[@name = 'limit']" mode="rule-label" priority="1">
    <wp:text key="rule.limit.low"><wp:with name="percent"><xsl:value-of select="../arg[@name = 'percent']"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="ask[@code = 'season_low']/arg[@name = 'limit']" mode="rule-label" priority="1">
    <wp:text key="rule.limit.season-low"><wp:with name="percent"><xsl:value-of select="../arg[@name = 'percent']"/></wp:with></wp:text>
  </xsl:template>
  <!-- 300 percent: 3 times -->
  <xsl:template match="arg" mode="times"><xsl:value-of select="translate(format-number(. div 100, '0.##'), '.', substring($separators, 2))"/></xsl:template>

  <!-- another meter of the form is identified by its place -->
  <xsl:template match="arg[@name = 'other']" mode="value" priority="1">
    <xsl:apply-templates select="key('meter', .)" mode="name"/>, <xsl:apply-templates select="key('meter', .)/serial" mode="serial"/>
  </xsl:template>
</xsl:stylesheet>
