<?xml version="1.0" encoding="UTF-8"?>
<!-- Money of two periods side by side.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="money-comparison">
    <section class="wp-card wp-card--long wp-wide">
      <h2 class="govuk-heading-m"><wp:text key="compare.title"/></h2>
      <xsl:apply-templates select="/page/filter" mode="compare"/>
      <xsl:apply-templates select="self::*[this]" mode="compared"/>
    </section>
  </xsl:template>

  <xsl:template match="money-comparison" mode="compared">
    <xsl:apply-templates select="@counted[. &lt; ../@pairs]"/>
    <p class="govuk-body">
      <wp:text key="compare.sums">
        <wp:with name="this"><xsl:apply-templates select="this" mode="range"/></wp:with>
        <wp:with name="use"><b class="nw"><xsl:apply-templates select="this/@total" mode="money"/></b></wp:with>
        <wp:with name="that"><xsl:apply-templates select="that" mode="range"/></wp:with>
        <wp:with name="other"><b class="nw"><xsl:apply-templates select="that/@total" mode="money"/></b></wp:with>
      </wp:text>
      <xsl:text> </xsl:text><xsl:apply-templates select="measure[@of = 'total']" mode="words"/>
    </p>
    <xsl:apply-templates select="." mode="as-table"/>
    <p class="wp-small"><wp:text key="money.compare.method"/></p>
  </xsl:template>
  <xsl:template match="money-comparison" mode="caption"><wp:text key="money.compare.caption"/></xsl:template>
  <xsl:template match="money-comparison" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="money.compare.what"/></th>
    <th xsl:use-attribute-sets="column-number"><xsl:apply-templates select="that" mode="range"/></th>
    <th xsl:use-attribute-sets="column-number"><xsl:apply-templates select="this" mode="range"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="compare.difference"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.compare.per-day"/></th>
  </xsl:template>
  <xsl:template match="money-comparison" mode="rows"><xsl:apply-templates select="measure"/></xsl:template>

  <xsl:template match="money-comparison[not(measure)]" mode="compared"><p class="govuk-body"><wp:text key="money.compare.nothing"/></p></xsl:template>
  <xsl:template match="money-comparison/@counted" priority="1">
    <p class="govuk-body">
      <wp:text key="money.compare.counted">
        <wp:with name="counted"><xsl:value-of select="."/></wp:with>
        <wp:with name="pairs"><xsl:value-of select="../@pairs"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>

  <!-- services that were billed in neither period are omitted, but sums are not -->
  <xsl:template match="measure[(@of = 'rain' or @of = 'other') and @this = 0 and @that = 0]" priority="1"/>
  <xsl:template match="measure">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><span><xsl:apply-templates select="@of"/></span></th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell">
        <xsl:attribute name="data-l"><xsl:apply-templates select="../that" mode="range"/></xsl:attribute>
        <span><xsl:apply-templates select="@that" mode="eur"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell">
        <xsl:attribute name="data-l"><xsl:apply-templates select="../this" mode="range"/></xsl:attribute>
        <span><xsl:apply-templates select="@this" mode="eur"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[compare.difference]]">
        <span class="nw"><xsl:apply-templates select="@difference" mode="eur-signed"/><xsl:apply-templates select="@percent" mode="brackets-signed"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.compare.per-day]]">
        <span class="nw">
          <xsl:apply-templates select="@that-day" mode="eur"/> → <xsl:apply-templates select="@this-day" mode="eur"/>
          <xsl:apply-templates select="@per-day-percent" mode="brackets-signed"/>
        </span>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="@of[. = 'water']"><wp:text key="money.water"/></xsl:template>
  <xsl:template match="@of[. = 'sewage']"><wp:text key="money.sewage"/></xsl:template>
  <xsl:template match="@of[. = 'rain']"><wp:text key="money.rain"/></xsl:template>
  <xsl:template match="@of[. = 'other']"><wp:text key="money.other"/></xsl:template>
  <xsl:template match="@of[. = 'vat']"><wp:text key="money.vat"/></xsl:template>
  <xsl:template match="@of[. = 'total']"><b><wp:text key="money.invoiced"/></b></xsl:template>
  <xsl:template match="@of[. = 'paid']"><b><wp:text key="money.paid"/></b></xsl:template>

  <xsl:template match="@*" mode="eur-signed">
    <xsl:value-of select="translate(format-number(. div 100, '+#,##0.00;−#,##0.00'), ',.', $separators)"/>
  </xsl:template>
  <xsl:template match="@*[. = 0]" mode="eur-signed">0</xsl:template>
  <xsl:template match="@*" mode="brackets-signed">
    <xsl:text> (</xsl:text><xsl:value-of select="translate(format-number(. div 10, '+#,##0.0;−#,##0.0'), ',.', $separators)"/><xsl:text>&#160;%)</xsl:text>
  </xsl:template>
  <xsl:template match="@*[. = 0]" mode="brackets-signed"/>

  <xsl:template match="@*" mode="money-size">
    <xsl:value-of select="translate(format-number(. div 100, '#,##0.00;#,##0.00'), ',.', $separators)"/><xsl:text>&#160;EUR</xsl:text>
  </xsl:template>
  <xsl:template match="measure" mode="words"><wp:text key="money.compare.same"/></xsl:template>
  <xsl:template match="measure[@difference &gt; 0]" mode="words">
    <wp:text key="compare.more"><wp:with name="use"><b class="nw"><xsl:apply-templates select="@difference" mode="money"/></b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="measure[@difference &lt; 0]" mode="words">
    <wp:text key="compare.less"><wp:with name="use"><b class="nw"><xsl:apply-templates select="@difference" mode="money-size"/></b></wp:with></wp:text>
  </xsl:template>
</xsl:stylesheet>
