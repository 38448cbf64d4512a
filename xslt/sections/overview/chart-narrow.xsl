<?xml version="1.0" encoding="UTF-8"?>
<!-- The narrow drawing of sections/overview/chart.xsl: horizontal bars, the newest on top, at most the last 24; text of 14 px
     at a width of 320 px.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:variable name="drawn" select="/page/data/bar[position() &gt; $bars - 24]"/>
  <xsl:variable name="newest-year" select="substring($drawn[last()]/@until, 1, 4)"/>
  <!-- a row for each bar, each year and each month with a swap -->
  <xsl:variable name="has-years" select="number($by != 'year')"/>
  <xsl:variable name="years" select="$has-years * ($newest-year - substring($drawn[1]/@from, 1, 4) + 1)"/>

  <xsl:template match="period" mode="narrow">
    <svg class="wp-chart__narrow" viewBox="0 0 256 {26 * (count($drawn) + $years + count($drawn/@swap-on)) + 8}" role="img" aria-labelledby="cn-t cn-d">
      <title id="cn-t"><xsl:apply-templates select="." mode="chart-title"/></title>
      <desc id="cn-d">
        <wp:text key="overview.chart.newest"/>
        <xsl:if test="$bars &gt; 24"><xsl:text> </xsl:text><wp:text key="overview.chart.last24"/></xsl:if>
        <xsl:text> </xsl:text><xsl:apply-templates select="." mode="chart-text"/>
      </desc>
      <defs><xsl:call-template name="wp.hatch"><xsl:with-param name="id">hn</xsl:with-param></xsl:call-template></defs>
      <xsl:apply-templates select="$drawn" mode="narrow"/>
    </svg>
  </xsl:template>

  <xsl:variable name="has-swaps" select="boolean($drawn/@swap-on)"/>

  <!-- y is the top of the bar's row: below all newer bars, years and swaps. A year's row is below its December -->
  <xsl:template match="bar" mode="narrow">
    <xsl:variable name="y" select="26 * (last() - position() + $has-years * ($newest-year - substring(@from, 1, 4) + 1) +
                                   count(self::*[$has-swaps]/following-sibling::bar/@swap-on))"/>
    <xsl:if test="$has-years and (position() = last() or substring(@until, 6) = '12')">
      <text class="b" x="0" y="{$y - 6}"><xsl:value-of select="substring(@from, 1, 4)"/></text>
      <line class="grid" x1="56" x2="256" y1="{$y - 11}" y2="{$y - 11}"/>
    </xsl:if>
    <text class="q" x="0" y="{$y + 20}"><xsl:apply-templates select="@from" mode="tick"/></text>
    <xsl:apply-templates select="." mode="bar-narrow"><xsl:with-param name="y" select="$y + 6"/></xsl:apply-templates>
    <text class="b" x="256" y="{$y + 20}" text-anchor="end"><xsl:apply-templates select="." mode="amount"/></text>
    <xsl:if test="@swap-on"><xsl:apply-templates select="@swap-on" mode="narrow"><xsl:with-param name="y" select="$y + 39"/></xsl:apply-templates></xsl:if>
  </xsl:template>

  <xsl:template match="bar" mode="bar-narrow">
    <xsl:param name="y"/>
    <xsl:variable name="width" select="round(@litres * 1240 div $top) div 10"/>
    <xsl:choose>
      <xsl:when test="@estimated">
        <xsl:variable name="computed" select="round(@estimated * 1240 div $top) div 10"/>
        <xsl:if test="@litres != @estimated"><rect class="bar" x="56" y="{$y}" width="{$width - $computed}" height="18"/></xsl:if>
        <rect class="est" x="{56 + $width - $computed}" y="{$y}" width="{$computed}" height="18" fill="url(#hn)"/>
      </xsl:when>
      <xsl:when test="@litres != 0"><rect class="bar" x="56" y="{$y}" width="{$width}" height="18"/></xsl:when>
    </xsl:choose>
    <xsl:if test="@missing or @state = 'partial'"><rect class="gap" x="{56 + $width}" y="{$y}" width="{$gap}" height="18"/></xsl:if>
    <xsl:if test="@usual"><path class="usual" d="M{round(56 + @usual * 124 div $top)} {$y - 3}v24"/></xsl:if>
  </xsl:template>
  <xsl:template match="bar[@total]" mode="bar-narrow" priority="1">
    <xsl:param name="y"/>
    <rect class="bar" x="56" y="{$y}" width="{round(@total * 1240 div $top * (@total &gt; 0)) div 10}" height="9"/>
    <rect class="bar2" x="56" y="{$y + 9}" width="{round(@paid * 1240 div $top * (@paid &gt; 0)) div 10}" height="9"/>
  </xsl:template>

  <xsl:template match="@swap-on" mode="narrow">
    <xsl:param name="y"/>
    <line class="swap" x1="0" x2="256" y1="{$y - 8}" y2="{$y - 8}"/>
    <circle class="swapdot" cx="6" cy="{$y + 5}" r="4"/>
    <text x="16" y="{$y + 10}"><xsl:apply-templates select="." mode="swap"/></text>
  </xsl:template>
</xsl:stylesheet>
