<?xml version="1.0" encoding="UTF-8"?>
<!-- Consumption: the chart, why something is computed, the same numbers as a table, the parts of a sum, the readings.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="period"/>
  <xsl:template match="period[@days &gt; 0 or @missing &gt; 0]">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><xsl:apply-templates select="." mode="heading"/></h2>
      <xsl:apply-templates select="@average"/>
      <xsl:apply-templates select="." mode="chart"/>
    </section>
  </xsl:template>
  <xsl:template match="period" mode="heading"><wp:text key="overview.by-month"/></xsl:template>
  <xsl:template match="period[@by = 'quarter']" mode="heading"><wp:text key="overview.by-quarter"/></xsl:template>
  <xsl:template match="period[@by = 'year']" mode="heading"><wp:text key="overview.by-year"/></xsl:template>

  <xsl:template match="@average">
    <p class="govuk-body">
      <xsl:apply-templates select="." mode="words"/>
      <xsl:apply-templates select="../@whole[. &lt; ../@bars]"/>
      <xsl:apply-templates select="../../bar[@extreme = 'high']" mode="extremes"/>
    </p>
  </xsl:template>
  <!-- what the average is based on, if that is not the whole period -->
  <xsl:template match="period/@whole">
    <xsl:text> </xsl:text>
    <wp:text key="overview.average-whole">
      <wp:with name="whole"><xsl:value-of select="."/></wp:with>
      <wp:with name="bars"><xsl:value-of select="../@bars"/></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="@average" mode="words">
    <wp:text key="overview.average-month"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="m3"/>&#160;m³</b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="period[@by = 'quarter']/@average" mode="words">
    <wp:text key="overview.average-quarter"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="m3"/>&#160;m³</b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="period[@by = 'year']/@average" mode="words">
    <wp:text key="overview.average-year"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="m3"/>&#160;m³</b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="bar" mode="extremes">
    <xsl:text> </xsl:text>
    <wp:text key="overview.extremes">
      <wp:with name="most"><xsl:apply-templates select="." mode="period"/></wp:with>
      <wp:with name="high"><xsl:apply-templates select="@litres" mode="m3"/></wp:with>
      <wp:with name="least"><xsl:apply-templates select="../bar[@extreme = 'low']" mode="period"/></wp:with>
      <wp:with name="low"><xsl:apply-templates select="../bar[@extreme = 'low']/@litres" mode="m3"/></wp:with>
    </wp:text>
  </xsl:template>

  <!-- the chart's words -->
  <xsl:template match="period" mode="chart-title"><wp:text key="overview.title"/>, <xsl:apply-templates select="." mode="range"/></xsl:template>
  <xsl:template match="period" mode="chart-text">
    <wp:text key="overview.chart" n="@bars"/>
    <xsl:apply-templates select="../bar[@extreme = 'high']" mode="extremes"/>
    <xsl:if test="@computed &gt; 0"><xsl:text> </xsl:text><wp:text key="overview.chart.computed" n="@computed"/></xsl:if>
    <xsl:apply-templates select="self::*[../bar[@state = 'partial' or @missing]]" mode="incomplete"/>
    <xsl:for-each select="../bar/@swap-on[/page/data/scope/@of = 'meter']"><xsl:text> </xsl:text><xsl:apply-templates select="." mode="swap"/></xsl:for-each>
    <xsl:text> </xsl:text><wp:text key="overview.chart.table"/>
  </xsl:template>
  <xsl:template match="period" mode="incomplete">
    <xsl:variable name="incomplete" select="count(../bar[@state = 'partial' or @missing])"/>
    <xsl:text> </xsl:text><wp:text key="overview.chart.incomplete" n="$incomplete"/>
  </xsl:template>
  <xsl:template match="period" mode="unit">m³</xsl:template>

  <!-- in front of a number: at least, or about -->
  <xsl:template match="*" mode="about"/>
  <xsl:template match="*[@estimated]" mode="about">≈</xsl:template>
  <xsl:template match="*[@state = 'partial']" mode="about" priority="1">≥</xsl:template>
  <xsl:template match="@step" mode="axis">
    <xsl:param name="times"/>
    <xsl:value-of select="translate(format-number(. * $times div 1000, '#,##0.###'), ',.', $separators)"/>
  </xsl:template>

  <xsl:template match="bar" mode="amount">
    <xsl:choose>
      <xsl:when test="@days &gt; 0">
        <xsl:choose><xsl:when test="@state = 'partial'">≥</xsl:when><xsl:when test="@estimated">≈</xsl:when></xsl:choose>
        <xsl:value-of select="translate(format-number(@litres div 1000, '#,##0.000'), ',.', $separators)"/>
      </xsl:when>
      <xsl:when test="@missing"><wp:text key="overview.no-data"/></xsl:when>
      <xsl:otherwise>–</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- above a bar: only significant decimals -->
  <xsl:variable name="short"
      select="concat(substring('#,##0', 1, 5 * ($top &gt;= 100000)), substring('0.00', 1, ($top &lt; 100000) * (3 + ($top &lt; 4000))))"/>
  <xsl:template match="bar" mode="amount-short">
    <xsl:choose>
      <xsl:when test="@days &gt; 0">
        <xsl:choose><xsl:when test="@state = 'partial'">≥</xsl:when><xsl:when test="@estimated">≈</xsl:when></xsl:choose>
        <xsl:value-of select="translate(format-number(@litres div 1000, $short), ',.', $separators)"/>
      </xsl:when>
      <xsl:when test="@missing"><wp:text key="overview.no-data"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="period" mode="key">
    <ul class="wp-key">
      <li><svg viewBox="0 0 22 16" aria-hidden="true"><rect class="bar" width="22" height="16" rx="3"/></svg><wp:text key="overview.key.read"/></li>
      <xsl:if test="../bar/@estimated">
        <li>
          <svg viewBox="0 0 22 16" aria-hidden="true">
            <defs><xsl:call-template name="wp.hatch"><xsl:with-param name="id">hk</xsl:with-param></xsl:call-template></defs>
            <rect class="est" x="1" y="1" width="20" height="14" rx="3" fill="url(#hk)"/>
          </svg>
          <wp:text key="overview.key.computed"/>
        </li>
      </xsl:if>
      <xsl:apply-templates select="self::*[../bar[@state = 'partial' or @missing]]" mode="key-gap"/>
      <xsl:if test="../bar/@usual">
        <li><svg viewBox="0 0 22 16" aria-hidden="true"><line class="usual" x1="0" x2="22" y1="8" y2="8"/></svg><wp:text key="overview.key.usual"/></li>
      </xsl:if>
      <xsl:if test="../bar/@swap-on">
        <li><svg viewBox="0 0 22 16" aria-hidden="true"><line class="swap" x1="11" x2="11" y1="0" y2="16"/></svg><wp:text key="overview.swap"/></li>
      </xsl:if>
    </ul>
  </xsl:template>

  <xsl:template match="period" mode="key-gap">
    <li><svg viewBox="0 0 22 16" aria-hidden="true"><rect class="gap" x="1" y="1" width="20" height="14"/></svg><wp:text key="overview.key.incomplete"/></li>
  </xsl:template>

  <!-- why something is computed or missing -->
  <xsl:template match="data" mode="computed"/>
  <xsl:template match="data[period/@computed &gt; 0 or computed]" mode="computed">
    <section class="wp-notice" aria-labelledby="computed">
      <h2 class="wp-notice__title" id="computed"><xsl:apply-templates select="period" mode="why"/></h2>
      <xsl:apply-templates select="computed"/>
      <xsl:if test="not(computed)"><p><wp:text key="computed.some"/></p></xsl:if>
    </section>
  </xsl:template>
  <xsl:template match="period" mode="why"><wp:text key="computed.title" n="@computed"/></xsl:template>
  <xsl:template match="period[@by != 'month']" mode="why"><wp:text key="computed.title-part"/></xsl:template>
  <xsl:template match="period[@computed = 0]" mode="why" priority="1"><wp:text key="computed.title-missing"/></xsl:template>
  <xsl:template match="computed">
    <p>
      <wp:text key="computed.between">
        <wp:with name="from"><xsl:apply-templates select="@from-on" mode="date"/></wp:with>
        <wp:with name="to"><xsl:apply-templates select="@to-on" mode="date"/></wp:with>
        <wp:with name="use"><span class="nw"><xsl:apply-templates select="@litres" mode="m3"/>&#160;m³</span></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="computed[@kind = 'after']">
    <p>
      <wp:text key="computed.after">
        <wp:with name="from"><xsl:apply-templates select="@from-on" mode="date"/></wp:with>
        <wp:with name="use"><span class="nw"><xsl:apply-templates select="@litres" mode="m3"/>&#160;m³</span></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="computed[@kind = 'unknown']">
    <p>
      <wp:text key="computed.unknown">
        <wp:with name="from"><xsl:apply-templates select="@from-on" mode="date"/></wp:with>
        <wp:with name="to"><xsl:apply-templates select="@to-on" mode="date"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>

  <!-- the same numbers as the chart -->
  <xsl:template match="data" mode="table"/>
  <xsl:template match="data[period/@days &gt; 0 or period/@missing &gt; 0]" mode="table">
    <section class="wp-card wp-card--long wp-dense wp-wide">
      <h2 class="govuk-heading-m"><wp:text key="overview.table"/></h2>
      <xsl:apply-templates select="period" mode="as-figures"/>
      <p class="wp-small"><wp:text key="overview.method"/></p>
    </section>
  </xsl:template>
  <xsl:template match="period" mode="caption"><wp:text key="overview.title"/>, <xsl:apply-templates select="." mode="range"/></xsl:template>
  <xsl:template match="period" mode="columns">
    <th xsl:use-attribute-sets="plain-column"><wp:text key="overview.period"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="overview.use"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="overview.per-day"/></th>
    <th class="govuk-table__header govuk-table__header--numeric wp-roomy" xsl:use-attribute-sets="plain-column-number"><wp:text key="overview.usual"/></th>
  </xsl:template>
  <xsl:template match="period" mode="rows"><xsl:apply-templates select="../bar" mode="row"/></xsl:template>
  <xsl:template match="period" mode="foot">
    <tfoot><xsl:apply-templates select="." mode="row"/></tfoot>
  </xsl:template>
  <!-- numbers are formatted in place: finding a template costs more than the formatting -->
  <xsl:template match="bar" mode="row">
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header">
        <span class="nw"><xsl:apply-templates select="." mode="period"/></span>
        <xsl:if test="@share or @missing or @swap-on or @state = 'partial'">
          <xsl:apply-templates select="@share|@missing|@swap-on|@state[. = 'partial'][not(../@missing)]" mode="mark"/>
        </xsl:if>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="." mode="amount"/></td>
      <td class="govuk-table__cell govuk-table__cell--numeric">
        <xsl:choose>
          <xsl:when test="@per-day"><xsl:value-of select="translate(format-number(@per-day, '#,##0'), ',', $separators)"/></xsl:when>
          <xsl:otherwise>–</xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric wp-roomy">
        <xsl:choose>
          <xsl:when test="@usual"><xsl:value-of select="translate(format-number(@usual div 1000, '#,##0.000'), ',.', $separators)"/></xsl:when>
          <xsl:otherwise>–</xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="period" mode="row">
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header"><wp:text key="overview.total"/></th>
      <td class="govuk-table__cell govuk-table__cell--numeric">
        <xsl:apply-templates select="." mode="about"/>
        <xsl:apply-templates select="@litres" mode="m3"/>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="@per-day" mode="int"/><xsl:if test="not(@per-day)">–</xsl:if></td>
      <td class="govuk-table__cell govuk-table__cell--numeric wp-roomy"><xsl:text> </xsl:text></td>
    </tr>
  </xsl:template>
  <!-- anything special about a month -->
  <xsl:template match="@share" mode="mark">
    <br/><span class="wp-when"><wp:text key="overview.share"><wp:with name="percent"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
  <xsl:template match="@missing" mode="mark"><br/><span class="wp-when"><wp:text key="overview.missing" n="."/></span></xsl:template>
  <xsl:template match="@swap-on" mode="mark"><br/><span class="wp-when"><xsl:apply-templates select="." mode="swap"/></span></xsl:template>
  <xsl:template match="@state" mode="mark"><br/><span class="wp-when"><wp:text key="overview.partial" n="../@days"/></span></xsl:template>

  <!-- the parts of the sum -->
  <xsl:template match="data" mode="parts"/>
  <xsl:template match="data[part]" mode="parts">
    <section class="wp-card wp-card--long wp-dense wp-wide">
      <h2 class="govuk-heading-m"><xsl:apply-templates select="scope" mode="parts"/></h2>
      <xsl:apply-templates select="part[1]" mode="as-figures"/>
    </section>
  </xsl:template>
  <xsl:template match="part" mode="caption">
    <xsl:apply-templates select="../scope" mode="parts"/>, <xsl:apply-templates select="../period" mode="range"/>
  </xsl:template>
  <xsl:template match="part" mode="columns">
    <th xsl:use-attribute-sets="plain-column"><xsl:apply-templates select="../scope" mode="part"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="overview.use"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="overview.per-day"/></th>
  </xsl:template>
  <xsl:template match="part" mode="rows"><xsl:apply-templates select="../part"/></xsl:template>
  <xsl:template match="scope" mode="parts"><wp:text key="overview.meters"/></xsl:template>
  <xsl:template match="scope[@of = 'all']" mode="parts"><wp:text key="overview.contracts"/></xsl:template>
  <xsl:template match="scope" mode="part"><wp:text key="meter.serial"/></xsl:template>
  <xsl:template match="scope[@of = 'all']" mode="part"><wp:text key="contracts.number"/></xsl:template>
  <xsl:template match="part">
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header">
        <a class="govuk-link" href="{@href}"><xsl:apply-templates select="." mode="name"/></a>
        <xsl:apply-templates select="@share|@missing|@swap-on|@state[. = 'partial'][not(../@missing)]" mode="mark"/>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="." mode="use"/></td>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="@per-day" mode="int"/><xsl:if test="not(@per-day)">–</xsl:if></td>
    </tr>
  </xsl:template>
  <!-- without data: that is not 0 -->
  <xsl:template match="part" mode="use"><xsl:apply-templates select="." mode="about"/><xsl:apply-templates select="@litres" mode="m3"/></xsl:template>
  <xsl:template match="part[@state = 'none']" mode="use">–</xsl:template>
  <xsl:template match="part[contract_no]" mode="name" priority="2">
    <xsl:value-of select="address"/>, <span class="wp-id"><xsl:value-of select="contract_no"/></span>
  </xsl:template>

  <!-- the readings from which it was computed; a meter of whole m³ has no decimals -->
  <xsl:variable name="reading-pattern" select="concat('#,##0', substring('.000', 1, /page/data/readings/decimals + (/page/data/readings/decimals &gt; 0)))"/>
  <xsl:template match="readings/entry/value|readings/entry/use" mode="cubic">
    <xsl:value-of select="translate(format-number(. div 1000, $reading-pattern), ',.', $separators)"/>
  </xsl:template>
  <xsl:template match="readings">
    <section class="wp-card wp-card--long wp-dense">
      <h2 class="govuk-heading-m"><wp:text key="overview.readings"/></h2>
      <xsl:apply-templates select="." mode="history-table"/>
    </section>
  </xsl:template>
</xsl:stylesheet>
