<?xml version="1.0" encoding="UTF-8"?>
<!-- Two periods side by side.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="comparison">
    <section class="wp-card wp-card--long wp-dense wp-wide">
      <h2 class="govuk-heading-m"><wp:text key="compare.title"/></h2>
      <xsl:apply-templates select="/page/filter" mode="compare"/>
      <xsl:apply-templates select="." mode="words"/>
      <xsl:apply-templates select="self::*[pair]" mode="table"/>
    </section>
  </xsl:template>

  <xsl:template match="comparison" mode="words"><p class="govuk-body"><wp:text key="compare.nothing"/></p></xsl:template>
  <xsl:template match="comparison[not(this)]" mode="words"/>
  <xsl:template match="comparison[@difference]" mode="words">
    <xsl:apply-templates select="@counted[. &lt; ../@pairs]"/>
    <p class="govuk-body">
      <wp:text key="compare.sums">
        <wp:with name="this"><xsl:apply-templates select="this" mode="range"/></wp:with>
        <wp:with name="use"><b class="nw"><xsl:apply-templates select="this/@litres" mode="m3"/>&#160;m³</b></wp:with>
        <wp:with name="that"><xsl:apply-templates select="that" mode="range"/></wp:with>
        <wp:with name="other"><b class="nw"><xsl:apply-templates select="that/@litres" mode="m3"/>&#160;m³</b></wp:with>
      </wp:text>
      <xsl:text> </xsl:text><xsl:apply-templates select="@difference" mode="words"/>
      <xsl:text> </xsl:text>
      <wp:text key="compare.days">
        <wp:with name="use"><b class="nw"><xsl:apply-templates select="this/@per-day" mode="int"/>&#160;l</b></wp:with>
        <wp:with name="other"><b class="nw"><xsl:apply-templates select="that/@per-day" mode="int"/>&#160;l</b></wp:with>
      </wp:text>
      <xsl:apply-templates select="@per-day-percent" mode="words"/>
    </p>
  </xsl:template>
  <!-- a month with a gap on one side is omitted on both -->
  <xsl:template match="@counted">
    <p class="govuk-body">
      <wp:text key="compare.counted">
        <wp:with name="counted"><xsl:value-of select="."/></wp:with>
        <wp:with name="pairs"><xsl:value-of select="../@pairs"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="@difference" mode="words"><wp:text key="compare.same"/></xsl:template>
  <xsl:template match="@difference[. &gt; 0]" mode="words">
    <wp:text key="compare.more">
      <wp:with name="use">
        <b class="nw"><xsl:apply-templates select="." mode="m3-size"/>&#160;m³</b>
        <xsl:apply-templates select="../@percent" mode="brackets"/>
      </wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="@difference[. &lt; 0]" mode="words">
    <wp:text key="compare.less">
      <wp:with name="use">
        <b class="nw"><xsl:apply-templates select="." mode="m3-size"/>&#160;m³</b>
        <xsl:apply-templates select="../@percent" mode="brackets"/>
      </wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="@percent" mode="brackets"> (<xsl:apply-templates select="." mode="percent-size"/>&#160;%)</xsl:template>
  <xsl:template match="@per-day-percent" mode="words"/>
  <xsl:template match="@per-day-percent[. &gt; 0]" mode="words">
    <xsl:text> </xsl:text><wp:text key="compare.more-days"><wp:with name="percent"><xsl:apply-templates select="." mode="percent-size"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="@per-day-percent[. &lt; 0]" mode="words">
    <xsl:text> </xsl:text><wp:text key="compare.less-days"><wp:with name="percent"><xsl:apply-templates select="." mode="percent-size"/></wp:with></wp:text>
  </xsl:template>

  <xsl:template match="comparison" mode="table">
    <xsl:apply-templates select="." mode="as-figures"/>
  </xsl:template>
  <xsl:template match="comparison" mode="caption"><wp:text key="compare.caption"/></xsl:template>
  <xsl:template match="comparison" mode="columns">
    <th xsl:use-attribute-sets="plain-column"><wp:text key="compare.month"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><xsl:apply-templates select="that" mode="range"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><xsl:apply-templates select="this" mode="range"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="compare.difference"/></th>
  </xsl:template>
  <xsl:template match="comparison" mode="rows"><xsl:apply-templates select="pair"/></xsl:template>
  <xsl:template match="comparison" mode="foot">
    <tfoot>
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header"><wp:text key="overview.per-day"/></th>
        <td class="govuk-table__cell govuk-table__cell--numeric">
          <xsl:apply-templates select="that/@per-day" mode="int"/>
          <xsl:if test="not(that/@per-day)">–</xsl:if>
        </td>
        <td class="govuk-table__cell govuk-table__cell--numeric">
          <xsl:apply-templates select="this/@per-day" mode="int"/>
          <xsl:if test="not(this/@per-day)">–</xsl:if>
        </td>
        <td class="govuk-table__cell govuk-table__cell--numeric">
          <xsl:apply-templates select="@per-day" mode="int-signed"/>
          <xsl:if test="not(@per-day)">–</xsl:if>
        </td>
      </tr>
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header"><wp:text key="overview.total"/></th>
        <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="that" mode="counted"/></td>
        <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="this" mode="counted"/></td>
        <td class="govuk-table__cell govuk-table__cell--numeric">
          <xsl:apply-templates select="@difference" mode="m3-signed"/>
          <xsl:if test="not(@difference)">–</xsl:if>
        </td>
      </tr>
    </tfoot>
  </xsl:template>
  <xsl:template match="this|that" mode="counted"><xsl:if test="@estimated">≈</xsl:if><xsl:apply-templates select="@litres" mode="m3"/></xsl:template>
  <xsl:template match="*[@days = 0]" mode="counted">–</xsl:template>
  <xsl:template match="@*" mode="int-signed"><xsl:value-of select="translate(format-number(., '+#,##0;−#,##0'), ',.', $separators)"/></xsl:template>
  <xsl:template match="@*[. = 0]" mode="int-signed">0</xsl:template>

  <xsl:template match="pair">
    <tr class="govuk-table__row">
      <xsl:if test="@left-out"><xsl:attribute name="class">govuk-table__row wp-out</xsl:attribute></xsl:if>
      <th scope="row" class="govuk-table__header">
        <xsl:choose>
          <xsl:when test="substring(@this-month, 6) = substring(@that-month, 6)">
            <xsl:value-of select="substring-before(substring-after($months-short, concat(';', substring(@this-month, 6, 2))), ';')"/>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="month"/></xsl:otherwise>
        </xsl:choose>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric">
        <xsl:choose><xsl:when test="@that-partial">≥</xsl:when><xsl:when test="@that-computed">≈</xsl:when></xsl:choose>
        <xsl:choose>
          <xsl:when test="@that"><xsl:value-of select="translate(format-number(@that div 1000, '#,##0.000'), ',.', $separators)"/></xsl:when>
          <xsl:otherwise>–</xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric">
        <xsl:choose><xsl:when test="@this-partial">≥</xsl:when><xsl:when test="@this-computed">≈</xsl:when></xsl:choose>
        <xsl:choose>
          <xsl:when test="@this"><xsl:value-of select="translate(format-number(@this div 1000, '#,##0.000'), ',.', $separators)"/></xsl:when>
          <xsl:otherwise>–</xsl:otherwise>
        </xsl:choose>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric">
        <xsl:choose>
          <xsl:when test="@difference != 0">
            <xsl:value-of select="translate(format-number(@difference div 1000, '+#,##0.000;−#,##0.000'), ',.', $separators)"/>
          </xsl:when>
          <xsl:when test="@difference">0</xsl:when>
          <xsl:when test="@left-out"><wp:text key="compare.left-out"/></xsl:when>
          <xsl:otherwise>–</xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>
  <!-- if both are the same month of two years, it is named only once -->
  <xsl:template match="pair" mode="month">
    <xsl:apply-templates select="@that-month" mode="month-year"/>
    <xsl:if test="@that-month and @this-month"> / </xsl:if>
    <xsl:apply-templates select="@this-month" mode="month-year"/>
  </xsl:template>
</xsl:stylesheet>
