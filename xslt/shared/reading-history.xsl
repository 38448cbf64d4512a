<?xml version="1.0" encoding="UTF-8"?>
<!-- The history of a contract's meters, newest first.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'history']/data">
    <h1 class="govuk-heading-l"><wp:text key="history.title"/></h1>
    <xsl:apply-templates select="meter" mode="history"/>
    <xsl:apply-templates select="." mode="history-empty"/>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="/page/context" mode="to-readings"/>
    <xsl:apply-templates select="*[not(self::meter or self::paging)]"/>
  </xsl:template>
  <xsl:template match="data" mode="history-empty"/>
  <xsl:template match="data[not(meter)]" mode="history-empty">
    <section class="wp-card"><p class="govuk-body"><wp:text key="history.empty"/></p></section>
  </xsl:template>
  <xsl:template match="context" mode="to-readings">
    <div class="wp-buttons">
      <a class="govuk-button govuk-button--secondary"><xsl:apply-templates select="." mode="readings-address"/><wp:text key="readings.title"/></a>
    </div>
  </xsl:template>

  <xsl:template match="meter" mode="history">
    <section class="wp-card wp-card--long wp-dense">
      <h2 class="govuk-heading-m">
        <xsl:apply-templates select="." mode="name"/>, <span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span>
      </h2>
      <xsl:apply-templates select="." mode="history-table"/>
    </section>
  </xsl:template>
  <xsl:template match="meter|readings" mode="history-table"><p class="govuk-body"><wp:text key="history.none"/></p></xsl:template>
  <xsl:template match="meter[entry]|readings[entry]" mode="history-table">
    <xsl:apply-templates select="." mode="as-figures"/>
  </xsl:template>
  <xsl:template match="meter|readings" mode="caption"><wp:text key="history.title"/>: <xsl:apply-templates select="." mode="name"/></xsl:template>
  <xsl:template match="meter|readings" mode="columns">
    <th xsl:use-attribute-sets="plain-column"><wp:text key="history.on"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="history.value"/></th>
    <th xsl:use-attribute-sets="plain-column-number"><wp:text key="history.use"/></th>
  </xsl:template>
  <xsl:template match="meter|readings" mode="rows"><xsl:apply-templates select="entry" mode="history"/></xsl:template>
  <xsl:template match="entry" mode="history">
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header">
        <span class="nw"><xsl:apply-templates select="on" mode="date"/></span>
        <br/><span class="wp-when"><xsl:apply-templates select="." mode="kind"/></span>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="." mode="history-value"/></td>
      <td class="govuk-table__cell govuk-table__cell--numeric"><xsl:apply-templates select="." mode="history-use"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="entry" mode="history-value">–</xsl:template>
  <xsl:template match="entry[value]" mode="history-value"><xsl:apply-templates select="value" mode="cubic"/></xsl:template>
  <xsl:template match="entry[value][withdrawn]" mode="history-value" priority="1"><s><xsl:apply-templates select="value" mode="cubic"/></s></xsl:template>
  <xsl:template match="entry" mode="history-use">–</xsl:template>
  <xsl:template match="entry[use]" mode="history-use"><xsl:apply-templates select="use" mode="cubic"/></xsl:template>
  <xsl:template match="entry[use][estimated]" mode="history-use" priority="1">≈&#160;<xsl:apply-templates select="use" mode="cubic"/></xsl:template>

  <!-- the source of the value, and anything special about it -->
  <xsl:template match="entry" mode="kind">
    <xsl:apply-templates select="kind"/>
    <xsl:apply-templates select="corrected|swap|rollover|withdrawn" mode="mark"/>
  </xsl:template>
  <xsl:template match="entry[missing or kind = 'missing']" mode="kind">
    <strong class="govuk-tag govuk-tag--yellow"><wp:text key="kind.missing"/></strong>
  </xsl:template>
  <xsl:template match="entry[estimated or kind = 'estimated']" mode="kind">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="kind.estimated"/></strong>
  </xsl:template>
  <xsl:template match="kind[. = 'staff']"><wp:text key="kind.staff"/></xsl:template>
  <xsl:template match="kind[. = 'customer' or . = 'read']"><wp:text key="kind.customer"/></xsl:template>
  <xsl:template match="kind[. = 'remote']"><wp:text key="kind.remote"/></xsl:template>
  <xsl:template match="kind[. = 'swap' or . = 'swap_start']"><wp:text key="kind.swap"/></xsl:template>
  <xsl:template match="kind[. = 'swap_end']"><wp:text key="kind.swap-end"/></xsl:template>
  <xsl:template match="corrected" mode="mark"><xsl:text> </xsl:text><strong class="govuk-tag"><wp:text key="mark.corrected"/></strong></xsl:template>
  <xsl:template match="swap" mode="mark"><xsl:text> </xsl:text><strong class="govuk-tag govuk-tag--yellow"><wp:text key="mark.swap"/></strong></xsl:template>
  <xsl:template match="rollover" mode="mark"><xsl:text> </xsl:text><strong class="govuk-tag"><wp:text key="mark.rollover"/></strong></xsl:template>
  <xsl:template match="withdrawn" mode="mark">
    <xsl:text> </xsl:text><strong class="govuk-tag govuk-tag--grey"><wp:text key="receipt.state.withdrawn"/></strong>
  </xsl:template>
</xsl:stylesheet>
