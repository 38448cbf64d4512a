<?xml version="1.0" encoding="UTF-8"?>
<!-- Outages and planned works: a banner for current outages, and the table of all.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <!-- the water is off now -->
  <xsl:template match="notice" mode="banner">
    <section class="wp-notice wp-notice--bad" aria-labelledby="outage-{position()}">
      <h2 class="wp-notice__title" id="outage-{position()}"><xsl:value-of select="title"/></h2>
      <p><b><xsl:value-of select="place"/></b><xsl:apply-templates select="text" mode="banner"/></p>
      <p>
        <wp:text key="start.since">
          <wp:with name="time"><time datetime="{starts}"><xsl:apply-templates select="starts" mode="day-time"/></time></wp:with>
        </wp:text>
        <xsl:apply-templates select="ends" mode="banner"/>
      </p>
    </section>
  </xsl:template>

  <xsl:template match="text" mode="banner"><br/><xsl:value-of select="."/></xsl:template>
  <xsl:template match="ends" mode="banner">
    <xsl:text> </xsl:text>
    <wp:text key="start.back"><wp:with name="time"><b><time datetime="{.}"><xsl:apply-templates select="." mode="day-time"/></time></b></wp:with></wp:text>
  </xsl:template>

  <xsl:template match="data" mode="works"><p class="govuk-body"><wp:text key="start.works.none"/></p></xsl:template>
  <xsl:template match="data[notice]" mode="works">
    <xsl:apply-templates select="notice[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="data/notice" mode="caption"><wp:text key="start.works"/></xsl:template>
  <xsl:template match="data/notice" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="start.works.place"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="start.works.when"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="start.works.state"/></th>
  </xsl:template>
  <xsl:template match="data/notice" mode="rows"><xsl:apply-templates select="../notice"/></xsl:template>
  <xsl:template match="data/notice">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><xsl:value-of select="place"/></th>
      <td class="govuk-table__cell" role="cell" data-l="[[start.works.when]]"><span><xsl:apply-templates select="." mode="when"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[start.works.state]]"><span><xsl:apply-templates select="state"/></span></td>
    </tr>
  </xsl:template>

  <!-- 25.11. 9.00 – 15.00; with the day of the end only if it differs -->
  <xsl:template match="notice" mode="when">
    <time datetime="{starts}"><xsl:apply-templates select="starts" mode="day-time"/></time>
    <xsl:apply-templates select="ends"/>
  </xsl:template>
  <xsl:template match="ends"> – <time datetime="{.}"><xsl:apply-templates select="." mode="day-time"/></time></xsl:template>
  <!-- within a day "plkst." is written only once -->
  <xsl:template match="ends[substring(., 1, 10) = substring(../starts, 1, 10)]">
    <xsl:text>–</xsl:text><time datetime="{.}"><xsl:apply-templates select="." mode="clock-bare"/></time>
  </xsl:template>

  <xsl:template match="state[. = 'planned']"><strong class="govuk-tag"><wp:text key="start.state.planned"/></strong></xsl:template>
  <xsl:template match="state[. = 'active']"><strong class="govuk-tag govuk-tag--yellow"><wp:text key="start.state.now"/></strong></xsl:template>
  <xsl:template match="state[. = 'active' and ../kind = 'outage']" priority="1">
    <strong class="govuk-tag govuk-tag--red"><wp:text key="start.state.outage"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'done']"><strong class="govuk-tag govuk-tag--green"><wp:text key="start.state.done"/></strong></xsl:template>
</xsl:stylesheet>
