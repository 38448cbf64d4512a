<?xml version="1.0" encoding="UTF-8"?>
<!-- Money: what is unpaid, what was invoiced and paid over time, the invoices.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'money']/data">
    <h1 class="govuk-heading-l"><wp:text key="overview.money.title"/></h1>
    <xsl:apply-templates select="scope"/>
    <xsl:apply-templates select="balance"/>
    <xsl:apply-templates select="/page/filter"/>
    <xsl:apply-templates select="period"/>
    <xsl:apply-templates select="self::*[period/@invoices &gt; 0 or period/@paid != 0]" mode="money-table"/>
    <xsl:apply-templates select="money-comparison"/>
    <xsl:apply-templates select="self::*[invoice]" mode="invoices"/>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="scope" mode="files"/>
    <xsl:apply-templates select="*[not(self::scope or self::balance or self::period or self::bar or self::money-comparison or self::invoice or self::paging)]"/>
  </xsl:template>

  <xsl:template match="balance">
    <div class="wp-cards wp-cards--3">
      <section class="wp-card">
        <h2 class="govuk-heading-s"><wp:text key="money.open"/></h2>
        <p class="wp-big"><xsl:apply-templates select="open" mode="money"/></p>
      </section>
      <xsl:apply-templates select="overdue[. &gt; 0]"/>
      <xsl:apply-templates select="credit[. &gt; 0]"/>
    </div>
    <xsl:apply-templates select="../scope/@pay"/>
  </xsl:template>
  <xsl:template match="scope/@pay">
    <div class="wp-buttons">
      <a class="govuk-button" href="{$base}/payments/new?all=1&amp;{.}"><wp:text key="home.pay"/></a>
      <a class="govuk-link" href="{$base}/payments"><wp:text key="payment.list"/></a>
    </div>
  </xsl:template>
  <xsl:template match="overdue">
    <section class="wp-card">
      <div class="wp-card__head">
        <h2 class="govuk-heading-s"><wp:text key="money.overdue"/></h2>
        <div><strong class="govuk-tag govuk-tag--red"><wp:text key="money.state.overdue"/></strong></div>
      </div>
      <p class="wp-big"><xsl:apply-templates select="." mode="money"/></p>
    </section>
  </xsl:template>
  <xsl:template match="credit">
    <section class="wp-card">
      <h2 class="govuk-heading-s"><wp:text key="money.credit"/></h2>
      <p class="wp-big"><xsl:apply-templates select="." mode="money"/></p>
    </section>
  </xsl:template>

  <xsl:template match="period[@total]" priority="1">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="money.chart"/></h2>
      <xsl:apply-templates select="." mode="money-chart"/>
    </section>
  </xsl:template>
  <xsl:template match="period" mode="money-chart"><xsl:apply-templates select="." mode="chart"/></xsl:template>
  <xsl:template match="period[@invoices = 0 and @paid = 0]" mode="money-chart"><p class="govuk-body"><wp:text key="money.empty"/></p></xsl:template>
  <xsl:template match="period[@total]" mode="chart-title"><wp:text key="overview.money.title"/>, <xsl:apply-templates select="." mode="range"/></xsl:template>
  <xsl:template match="period[@total]" mode="chart-text">
    <wp:text key="overview.chart" n="@bars"/><xsl:text> </xsl:text>
    <wp:text key="money.chart.text">
      <wp:with name="total"><xsl:apply-templates select="@total" mode="money"/></wp:with>
      <wp:with name="paid"><xsl:apply-templates select="@paid" mode="money"/></wp:with>
    </wp:text>
    <xsl:text> </xsl:text><wp:text key="overview.chart.table"/>
  </xsl:template>
  <xsl:template match="period[@total]" mode="unit">EUR</xsl:template>
  <xsl:template match="period[@total]/@step" mode="axis">
    <xsl:param name="times"/>
    <xsl:value-of select="translate(format-number(. * $times div 100, '#,##0.##'), ',.', $separators)"/>
  </xsl:template>
  <xsl:template match="bar[@total]" mode="amount" priority="3"><xsl:apply-templates select="@total" mode="eur"/></xsl:template>
  <xsl:template match="bar[@total]" mode="amount-short" priority="3">
    <xsl:if test="@total != 0"><xsl:value-of select="translate(format-number(@total div 100, '#,##0'), ',.', $separators)"/></xsl:if>
  </xsl:template>
  <xsl:template match="period[@total]" mode="key">
    <ul class="wp-key">
      <li><svg viewBox="0 0 22 16" aria-hidden="true"><rect class="bar" width="22" height="16" rx="3"/></svg><wp:text key="money.invoiced"/></li>
      <li><svg viewBox="0 0 22 16" aria-hidden="true"><rect class="bar2" width="22" height="16" rx="3"/></svg><wp:text key="money.paid"/></li>
    </ul>
  </xsl:template>

  <!-- by service, VAT, total, paid; columns without a sum are omitted -->
  <xsl:variable name="has-rain" select="boolean(/page/data/period[@rain != 0] or /page/data/bar[@rain != 0])"/>
  <xsl:variable name="has-other" select="boolean(/page/data/period[@other != 0] or /page/data/bar[@other != 0])"/>
  <xsl:template match="data" mode="money-table">
    <section class="wp-card wp-card--long wp-wide">
      <h2 class="govuk-heading-m"><wp:text key="money.table"/></h2>
      <xsl:apply-templates select="period" mode="as-table"/>
      <p class="wp-small"><wp:text key="money.method"/></p>
    </section>
  </xsl:template>
  <xsl:template match="period[@total]" mode="caption"><wp:text key="overview.money.title"/>, <xsl:apply-templates select="." mode="range"/></xsl:template>
  <xsl:template match="period[@total]" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="overview.period"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.water"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.sewage"/></th>
    <xsl:if test="$has-rain"><th xsl:use-attribute-sets="column-number"><wp:text key="money.rain"/></th></xsl:if>
    <xsl:if test="$has-other"><th xsl:use-attribute-sets="column-number"><wp:text key="money.other"/></th></xsl:if>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.vat"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.invoiced"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.paid"/></th>
  </xsl:template>
  <xsl:template match="period[@total]" mode="rows"><xsl:apply-templates select="../bar" mode="money-row"/></xsl:template>
  <xsl:template match="period[@total]" mode="foot">
    <tbody class="govuk-table__body" role="rowgroup"><xsl:apply-templates select="." mode="money-row"/></tbody>
  </xsl:template>
  <xsl:template match="bar|period" mode="money-row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><span><xsl:apply-templates select="." mode="money-name"/></span></th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.water]]">
        <span><xsl:apply-templates select="@water" mode="eur"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.sewage]]">
        <span><xsl:apply-templates select="@sewage" mode="eur"/></span>
      </td>
      <xsl:if test="$has-rain">
        <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.rain]]">
          <span><xsl:apply-templates select="@rain" mode="eur"/></span>
        </td>
      </xsl:if>
      <xsl:if test="$has-other">
        <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.other]]">
          <span><xsl:apply-templates select="@other" mode="eur"/></span>
        </td>
      </xsl:if>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.vat]]">
        <span><xsl:apply-templates select="@vat" mode="eur"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.invoiced]]">
        <b><xsl:apply-templates select="@total" mode="eur"/></b>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.paid]]">
        <span><xsl:apply-templates select="@paid" mode="eur"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="bar" mode="money-name"><xsl:apply-templates select="." mode="period"/></xsl:template>
  <xsl:template match="period" mode="money-name"><wp:text key="overview.total"/></xsl:template>

  <xsl:template match="data" mode="invoices">
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="money.invoices"/></h2>
      <xsl:apply-templates select="." mode="invoice-table"/>
    </section>
  </xsl:template>
</xsl:stylesheet>
