<?xml version="1.0" encoding="UTF-8"?>
<!-- Who did what: a timeline of the latest events, and the whole log as a table.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <!-- what was done; a view has its own code, "section_route" -->
  <wp:messages prefix="did." match="event" mode="did"/>
  <wp:messages prefix="looked." match="event" by="what" mode="looked"/>
  <wp:messages prefix="actor." match="event" by="kind" mode="actor-kind"/>

  <xsl:template match="event" mode="sentence"><xsl:apply-templates select="." mode="did"/></xsl:template>
  <!-- a page that no longer exists has no words: the sentence then only says that something was viewed -->
  <xsl:template match="event[@what]" mode="sentence">
    <xsl:variable name="looked"><xsl:apply-templates select="." mode="looked"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="starts-with($looked, '???')"><xsl:apply-templates select="." mode="did"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$looked"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="event" mode="timeline">
    <li>
      <h3><xsl:apply-templates select="." mode="sentence"/></h3>
      <p class="wp-when">
        <xsl:apply-templates select="at" mode="time"/>
        <xsl:text>, </xsl:text>
        <span class="wp-id"><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="contract_no"/></wp:with></wp:text></span>
      </p>
    </li>
  </xsl:template>

  <xsl:template match="data" mode="log-table">
    <xsl:apply-templates select="event[1]" mode="as-table"><xsl:with-param name="class"> wp-words</xsl:with-param></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="event" mode="caption"><wp:text key="log.title"/></xsl:template>
  <xsl:template match="event" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="log.what"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="log.who"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="log.when"/></th>
  </xsl:template>
  <xsl:template match="event" mode="rows"><xsl:apply-templates select="../event" mode="log-row"/></xsl:template>
  <xsl:template match="event" mode="log-row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><span><xsl:apply-templates select="." mode="sentence"/></span></th>
      <td class="govuk-table__cell" role="cell" data-l="[[log.who]]"><span><xsl:apply-templates select="@kind"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[log.when]]"><span class="nw"><xsl:apply-templates select="at" mode="time"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="event/@kind"><xsl:apply-templates select=".." mode="actor-kind"/></xsl:template>
  <xsl:template match="event/@kind[. = 'delegate' or . = 'staff']">
    <strong class="govuk-tag"><xsl:apply-templates select=".." mode="actor-kind"/></strong>
  </xsl:template>
</xsl:stylesheet>
