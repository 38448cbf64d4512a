<?xml version="1.0" encoding="UTF-8"?>
<!-- The filter of an overview: meter, months and how they are grouped.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="filter" mode="before">
    <xsl:apply-templates select="/page/context/@contract" mode="hidden"/>
    <xsl:apply-templates select="/page/data" mode="choices"/>
  </xsl:template>
  <xsl:template match="field[@name = 'from' or @name = 'until']" mode="control"><xsl:apply-templates select="." mode="input"/></xsl:template>
  <xsl:template match="field[starts-with(@name, 'this-') or starts-with(@name, 'that-')]" mode="control"/>

  <!-- keeps what the page's other form asks for -->
  <xsl:template match="filter" mode="compare">
    <form class="wp-filter" action="{@action}" method="get" novalidate="novalidate">
      <xsl:apply-templates select="/page/context/@contract" mode="hidden"/>
      <xsl:apply-templates select="/page/data/choice[@current]/@meter" mode="hidden"/>
      <xsl:apply-templates select="field[@name = 'from' or @name = 'until' or @name = 'by']" mode="hidden"/>
      <xsl:apply-templates select="field[starts-with(@name, 'this-') or starts-with(@name, 'that-')]" mode="input"/>
      <button class="govuk-button govuk-button--secondary" type="submit"><wp:text key="compare.do"/></button>
    </form>
  </xsl:template>

  <xsl:template match="@contract" mode="hidden"><input type="hidden" name="contract" value="{.}"/></xsl:template>
  <xsl:template match="@meter" mode="hidden"><input type="hidden" name="meter" value="{.}"/></xsl:template>
  <xsl:template match="field" mode="hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:template>

  <xsl:template match="data" mode="choices"/>
  <xsl:template match="data[choice[2]]" mode="choices">
    <div class="govuk-form-group">
      <label class="govuk-label" for="meter"><wp:text key="overview.meter"/></label>
      <select class="govuk-select" id="meter" name="meter">
        <option value=""><wp:text key="overview.meter.all"/></option>
        <xsl:apply-templates select="choice"/>
      </select>
    </div>
  </xsl:template>
  <xsl:template match="choice">
    <option value="{@meter}"><xsl:apply-templates select="@current" mode="selected"/><xsl:apply-templates select="." mode="name"/></option>
  </xsl:template>
  <xsl:template match="choice|part|readings" mode="name">
    <wp:text key="meter.unnamed"/>
    <xsl:text> </xsl:text><xsl:apply-templates select="serial" mode="serial"/>
  </xsl:template>
  <xsl:template match="choice[place]|part[place]|readings[place]" mode="name" priority="1">
    <xsl:value-of select="place"/>, <xsl:apply-templates select="serial" mode="serial"/>
  </xsl:template>

  <!-- the browser's month control, unless something was typed that the control could not show again -->
  <xsl:template match="filter/field[not(problem)][@value = '' or translate(@value, '123456789', '000000000') = '0000-00']" mode="attributes">
    <xsl:attribute name="type">month</xsl:attribute>
    <xsl:attribute name="max"><xsl:value-of select="substring(/page/@today, 1, 7)"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="field[@name = 'from']" mode="label"><wp:text key="overview.from"/></xsl:template>
  <xsl:template match="field[@name = 'until']" mode="label"><wp:text key="overview.until"/></xsl:template>
  <xsl:template match="field[@name = 'by']" mode="label"><wp:text key="overview.by"/></xsl:template>
  <xsl:template match="field[@name = 'this-from']" mode="label"><wp:text key="compare.this-from"/></xsl:template>
  <xsl:template match="field[@name = 'this-until']" mode="label"><wp:text key="compare.this-until"/></xsl:template>
  <xsl:template match="field[@name = 'that-from']" mode="label"><wp:text key="compare.that-from"/></xsl:template>
  <xsl:template match="field[@name = 'that-until']" mode="label"><wp:text key="compare.that-until"/></xsl:template>

  <xsl:template match="field[@name = 'by']" mode="options">
    <option value="month"><xsl:apply-templates select="@value[. = 'month']" mode="selected"/><wp:text key="overview.by.month"/></option>
    <option value="quarter"><xsl:apply-templates select="@value[. = 'quarter']" mode="selected"/><wp:text key="overview.by.quarter"/></option>
    <option value="year"><xsl:apply-templates select="@value[. = 'year']" mode="selected"/><wp:text key="overview.by.year"/></option>
  </xsl:template>
</xsl:stylesheet>
