<?xml version="1.0" encoding="UTF-8"?>
<!-- A GET form: its fields in a row, and the button. A section supplies a field's label and, in the mode "control", its kind:
     input or select (shared/controls.xsl).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="filter">
    <form class="wp-filter" method="get" action="{@action}" novalidate="novalidate">
      <xsl:apply-templates select="." mode="before"/>
      <xsl:apply-templates select="field" mode="control"/>
      <button class="govuk-button govuk-button--secondary" type="submit"><wp:text key="filter.show"/></button>
    </form>
  </xsl:template>
  <xsl:template match="problems[../filter]" mode="summary-title"><wp:text key="filter.problems"/></xsl:template>
  <!-- years are chosen, not typed -->
  <xsl:template match="problem[@control = 'year'][@code = 'count']" mode="text"><wp:text key="error.choice"/></xsl:template>

  <xsl:template match="filter" mode="before"/>
  <xsl:template match="field" mode="control"><xsl:apply-templates select="." mode="select"/></xsl:template>

  <!-- a day: the browser's date control, unless something was typed that the control could not show again -->
  <xsl:template match="field" mode="day-attributes">
    <xsl:if test="@value = '' or translate(@value, '123456789', '000000000') = '0000-00-00'"><xsl:attribute name="type">date</xsl:attribute></xsl:if>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
  </xsl:template>
</xsl:stylesheet>
