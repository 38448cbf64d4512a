<?xml version="1.0" encoding="UTF-8"?>
<!-- The receipt: what was accepted, and until when it can be corrected or withdrawn.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'receipt']/data">
    <xsl:apply-templates select="receipt"/>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="receipt.what"/></h2>
      <xsl:apply-templates select="." mode="receipt-table"/>
    </section>
    <xsl:apply-templates select="reading/leak"/>
    <xsl:apply-templates select="receipt/@correctable-until"/>
    <div class="wp-buttons">
      <a class="govuk-button" href="{$base}/home"><wp:text key="shell.to-home"/></a>
      <xsl:apply-templates select="/page/context" mode="history-button"/>
    </div>
    <xsl:apply-templates select="*[not(self::receipt or self::reading)]"/>
  </xsl:template>
  <xsl:template match="context" mode="history-button">
    <a class="govuk-link"><xsl:apply-templates select="." mode="history-address"/><wp:text key="history.title"/></a>
  </xsl:template>

  <xsl:template match="data/receipt">
    <section class="wp-panel wp-panel--good" aria-labelledby="receipt">
      <h1 class="govuk-heading-l" id="receipt"><xsl:apply-templates select=".." mode="receipt-title"/></h1>
      <p><wp:text key="receipt.number"/><xsl:text> </xsl:text><b class="nw"><xsl:value-of select="@no"/></b></p>
      <p><time datetime="{@at}"><xsl:apply-templates select="@at" mode="time-long"/></time></p>
    </section>
  </xsl:template>
  <!-- no part of it counts any more: all withdrawn, or corrected by later receipts -->
  <xsl:template match="data[not(reading[state != 'withdrawn' and state != 'replaced'])]/receipt" priority="1">
    <section class="wp-panel wp-panel--wait" aria-labelledby="receipt">
      <h1 class="govuk-heading-l" id="receipt"><xsl:apply-templates select=".." mode="receipt-title"/></h1>
      <p><wp:text key="receipt.number"/><xsl:text> </xsl:text><b class="nw"><xsl:value-of select="@no"/></b></p>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="receipt-title"><wp:text key="receipt.title"/></xsl:template>
  <xsl:template match="data[not(reading[state != 'withdrawn' and state != 'replaced'])]" mode="receipt-title"><wp:text key="receipt.replaced"/></xsl:template>
  <xsl:template match="data[reading/state = 'withdrawn'][not(reading[state != 'withdrawn' and state != 'replaced'])]" mode="receipt-title" priority="1">
    <wp:text key="receipt.withdrawn"/>
  </xsl:template>

  <xsl:template match="data" mode="receipt-table">
    <xsl:apply-templates select="reading[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="reading" mode="caption"><wp:text key="receipt.what"/></xsl:template>
  <xsl:template match="reading" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="meter.serial"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="receipt.value"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="receipt.previous"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="receipt.use"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="receipt.note"/></th>
  </xsl:template>
  <xsl:template match="reading" mode="rows"><xsl:apply-templates select="../reading"/></xsl:template>
  <xsl:template match="reading">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span><xsl:apply-templates select="place"/><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></span>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[receipt.value]]">
        <span><xsl:apply-templates select="value" mode="volume"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[receipt.previous]]">
        <span><xsl:apply-templates select="." mode="previous"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[receipt.use]]">
        <span><xsl:apply-templates select="." mode="use"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[receipt.note]]">
        <span><xsl:apply-templates select="." mode="note"/><xsl:apply-templates select="flag" mode="note"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="place"><xsl:value-of select="."/>, </xsl:template>
  <xsl:template match="*" mode="previous">–</xsl:template>
  <xsl:template match="*[previous]" mode="previous"><xsl:apply-templates select="previous" mode="volume"/></xsl:template>
  <xsl:template match="*" mode="use">–</xsl:template>
  <xsl:template match="*[use]" mode="use"><xsl:apply-templates select="use" mode="volume"/></xsl:template>

  <xsl:template match="reading" mode="note">–</xsl:template>
  <xsl:template match="reading[flag]" mode="note"/>
  <xsl:template match="reading[state = 'remote']" mode="note" priority="1"><strong class="govuk-tag"><wp:text key="receipt.remote"/></strong></xsl:template>
  <xsl:template match="reading[state = 'withdrawn']" mode="note" priority="1">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="receipt.state.withdrawn"/></strong>
  </xsl:template>
  <xsl:template match="reading[state = 'replaced']" mode="note" priority="1">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="receipt.state.replaced"/></strong>
  </xsl:template>
  <xsl:template match="reading[state = 'corrected']" mode="note" priority="1">
    <wp:text key="receipt.corrected">
      <wp:with name="at"><xsl:apply-templates select="corrected-at" mode="clock"/></wp:with>
      <wp:with name="was"><span class="nw"><xsl:apply-templates select="was" mode="cubic"/></span></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="flag" mode="note">
    <xsl:if test="position() &gt; 1 or ../state != 'new'"><br/></xsl:if>
    <xsl:apply-templates select="." mode="text"/>
  </xsl:template>

  <!-- until the window closes -->
  <xsl:template match="@correctable-until">
    <section class="wp-card wp-noprint">
      <h2 class="govuk-heading-m"><wp:text key="receipt.mistake"/></h2>
      <p class="govuk-body">
        <wp:text key="receipt.until"><wp:with name="until"><span class="nw"><xsl:apply-templates select="." mode="time"/></span></wp:with></wp:text>
      </p>
      <xsl:apply-templates select="/page/context" mode="correct"/>
      <xsl:apply-templates select="/page/form"/>
    </section>
  </xsl:template>
  <xsl:template match="context" mode="correct">
    <p class="govuk-body"><a class="govuk-link"><xsl:apply-templates select="." mode="readings-address"/><wp:text key="receipt.correct"/></a></p>
  </xsl:template>
  <xsl:template match="form[@name = 'withdraw']" mode="fields">
    <details class="govuk-details wp-flush">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text"><wp:text key="receipt.withdraw"/></span></summary>
      <div class="govuk-details__text">
        <p><wp:text key="receipt.withdraw.text"/></p>
        <button class="govuk-button govuk-button--secondary wp-flush" type="submit" name="do" value="withdraw"><wp:text key="receipt.withdraw.button"/></button>
      </div>
    </details>
  </xsl:template>
</xsl:stylesheet>
