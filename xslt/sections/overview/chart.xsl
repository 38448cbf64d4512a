<?xml version="1.0" encoding="UTF-8"?>
<!-- A bar chart of period/bar as SVG.  SPDX-License-Identifier: Apache-2.0
     A wide drawing from 960 px and for printing, and a narrow one with horizontal bars below that; CSS shows one of them.
     The length of a bar is litres (water) or cents (money: invoiced, and next to it paid). Both drawings and the table are
     made from the same attributes. The section supplies the words: modes "chart-title", "chart-text", "unit", "key" of
     period, "axis" of @step, "amount", "amount-short". -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:math="http://exslt.org/math" exclude-result-prefixes="wp math">

  <!-- the scale has four steps -->
  <xsl:variable name="top" select="4 * /page/data/period/@step"/>
  <xsl:variable name="bars" select="/page/data/period/@bars"/>
  <xsl:variable name="slot" select="960 div $bars"/>
  <xsl:variable name="bar-width" select="2 * round($slot * 0.33 * ($slot &lt;= 96) + 32 * ($slot &gt; 96) + 0.2)"/>

  <!-- on top of a bar that is partly unknown: an open box, since the true height is unknown -->
  <xsl:variable name="gap" select="14"/>

  <xsl:template match="period" mode="chart">
    <figure class="wp-chart">
      <svg class="wp-chart__wide" viewBox="0 0 1000 310" role="img" aria-labelledby="cw-t cw-d">
        <title id="cw-t"><xsl:apply-templates select="." mode="chart-title"/></title>
        <desc id="cw-d"><xsl:apply-templates select="." mode="chart-text"/></desc>
        <defs><xsl:call-template name="wp.hatch"><xsl:with-param name="id">hw</xsl:with-param></xsl:call-template></defs>
        <xsl:apply-templates select="." mode="grid"/>
        <text class="q" x="14" y="16"><xsl:apply-templates select="." mode="unit"/></text>
        <xsl:apply-templates select="../bar" mode="wide"/>
        <xsl:apply-templates select="self::*[../bar/@usual]" mode="usual"/>
        <xsl:apply-templates select="../bar[$bars &lt; 27]" mode="wide-text"/>
      </svg>
      <xsl:apply-templates select="." mode="narrow"/>
      <xsl:apply-templates select="." mode="key"/>
    </figure>
  </xsl:template>

  <!-- a pattern in a drawing that is not displayed is not painted, so each drawing has its own -->
  <xsl:template name="wp.hatch">
    <xsl:param name="id"/>
    <pattern id="{$id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="bg" width="7" height="7"/>
      <rect class="bar" width="3" height="7"/>
    </pattern>
  </xsl:template>

  <xsl:template match="period" mode="grid">
    <line class="axis" x1="40" x2="1000" y1="258" y2="258"/>
    <text class="q" x="34" y="262" text-anchor="end">0</text>
    <line class="grid" x1="40" x2="1000" y1="203.5" y2="203.5"/>
    <text class="q" x="34" y="207.500" text-anchor="end">
      <xsl:apply-templates select="@step" mode="axis"><xsl:with-param name="times" select="1"/></xsl:apply-templates>
    </text>
    <line class="grid" x1="40" x2="1000" y1="149" y2="149"/>
    <text class="q" x="34" y="153" text-anchor="end">
      <xsl:apply-templates select="@step" mode="axis"><xsl:with-param name="times" select="2"/></xsl:apply-templates>
    </text>
    <line class="grid" x1="40" x2="1000" y1="94.5" y2="94.5"/>
    <text class="q" x="34" y="98.500" text-anchor="end">
      <xsl:apply-templates select="@step" mode="axis"><xsl:with-param name="times" select="3"/></xsl:apply-templates>
    </text>
    <line class="grid" x1="40" x2="1000" y1="40" y2="40"/>
    <text class="q" x="34" y="44" text-anchor="end">
      <xsl:apply-templates select="@step" mode="axis"><xsl:with-param name="times" select="4"/></xsl:apply-templates>
    </text>
  </xsl:template>

  <!-- one bar of the wide drawing: x is the left edge of its slot -->
  <xsl:template match="bar" mode="wide">
    <xsl:variable name="x" select="40 + (position() - 1) * $slot"/>
    <xsl:apply-templates select="." mode="bar-wide"><xsl:with-param name="x" select="round($x + ($slot - $bar-width) div 2)"/></xsl:apply-templates>
    <!-- the first year is labelled only if the next one is not too close -->
    <xsl:if test="substring(@from, 6) = '01' or (position() = 1 and $slot * (13 - substring(@from, 6)) div (1 + 2 * ($by = 'quarter')) &gt; 40)">
      <xsl:apply-templates select="@from" mode="year"><xsl:with-param name="x" select="round($x)"/></xsl:apply-templates>
    </xsl:if>
    <xsl:if test="@swap-on">
      <xsl:apply-templates select="@swap-on" mode="wide">
        <xsl:with-param name="x" select="round($x)"/>
        <xsl:with-param name="before" select="position() &gt; last() div 2"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:template>
  <!-- the value, above everything drawn in the slot, and the name, if there is room -->
  <xsl:template match="bar" mode="wide-text">
    <xsl:variable name="mid" select="round(40 + (position() - 0.5) * $slot)"/>
    <text x="{$mid}" y="{round(252 - math:max(@litres|@usual|@total[. &gt; 0]|@paid) * 218 div $top) - $gap * boolean(@missing or @state = 'partial')}"
        text-anchor="middle">
      <xsl:apply-templates select="." mode="amount-short"/>
    </text>
    <text class="q" x="{$mid}" y="276" text-anchor="middle"><xsl:apply-templates select="@from" mode="tick"/></text>
  </xsl:template>
  <!-- where a year begins; bars that are years say so themselves -->
  <xsl:template match="@from" mode="year">
    <xsl:param name="x"/>
    <text class="b" x="{$x + 4}" y="298"><xsl:value-of select="substring(., 1, 4)"/></text>
    <xsl:if test="$x &gt; 40"><line class="grid" x1="{$x}" x2="{$x}" y1="40" y2="304"/></xsl:if>
  </xsl:template>
  <xsl:template match="bar[../period[@by = 'year' and @bars &lt; 27]]/@from" mode="year"/>

  <!-- the read part at the bottom, the computed part on top of it; in tenths of a pixel -->
  <xsl:template match="bar" mode="bar-wide">
    <xsl:param name="x"/>
    <xsl:variable name="height" select="round(@litres * 2180 div $top) div 10"/>
    <xsl:choose>
      <xsl:when test="@estimated">
        <xsl:variable name="computed" select="round(@estimated * 2180 div $top) div 10"/>
        <xsl:if test="@litres != @estimated">
          <rect class="bar" x="{$x}" y="{258 - $height + $computed}" width="{$bar-width}" height="{$height - $computed}"/>
        </xsl:if>
        <rect class="est" x="{$x}" y="{258 - $height}" width="{$bar-width}" height="{$computed}" fill="url(#hw)"/>
      </xsl:when>
      <xsl:when test="@litres != 0"><rect class="bar" x="{$x}" y="{258 - $height}" width="{$bar-width}" height="{$height}"/></xsl:when>
    </xsl:choose>
    <xsl:if test="@missing or @state = 'partial'"><rect class="gap" x="{$x}" y="{258 - $height - $gap}" width="{$bar-width}" height="{$gap}"/></xsl:if>
  </xsl:template>
  <!-- money: the invoiced sum, and next to it the paid one -->
  <xsl:template match="bar[@total]" mode="bar-wide" priority="1">
    <xsl:param name="x"/>
    <xsl:variable name="height" select="round(@total * 2180 div $top * (@total &gt; 0)) div 10"/>
    <xsl:variable name="paid" select="round(@paid * 2180 div $top * (@paid &gt; 0)) div 10"/>
    <rect class="bar" x="{$x}" y="{258 - $height}" width="{$bar-width div 2}" height="{$height}"/>
    <rect class="bar2" x="{$x + $bar-width div 2}" y="{258 - $paid}" width="{$bar-width div 2}" height="{$paid}"/>
  </xsl:template>

  <!-- the usual use: a step for each bar that has one -->
  <xsl:template match="period" mode="usual">
    <path class="usual">
      <xsl:attribute name="d">
        <xsl:for-each select="../bar">
          <xsl:if test="@usual">
            <xsl:value-of
                select="concat('M', round(40 + (position() - 1) * $slot), ' ', round(258 - @usual * 218 div $top), 'H', round(40 + position() * $slot))"/>
          </xsl:if>
        </xsl:for-each>
      </xsl:attribute>
    </path>
  </xsl:template>
  <xsl:template match="@swap-on" mode="wide">
    <xsl:param name="x"/>
    <xsl:param name="before"/>
    <line class="swap" x1="{$x}" x2="{$x}" y1="24" y2="258"/>
    <circle class="swapdot" cx="{$x}" cy="20" r="4"/>
    <xsl:if test="/page/data/scope/@of = 'meter' and $before">
      <text class="b" x="{$x - 10}" y="24" text-anchor="end"><xsl:apply-templates select="." mode="swap"/></text>
    </xsl:if>
    <xsl:if test="/page/data/scope/@of = 'meter' and not($before)">
      <text class="b" x="{$x + 10}" y="24"><xsl:apply-templates select="." mode="swap"/></text>
    </xsl:if>
  </xsl:template>
  <xsl:template match="@swap-on" mode="swap"><wp:text key="overview.swap"/><xsl:text> </xsl:text><xsl:apply-templates select="." mode="date"/></xsl:template>
</xsl:stylesheet>
