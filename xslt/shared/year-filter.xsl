<?xml version="1.0" encoding="UTF-8"?>
<!-- A filter by the available years.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="field[@name = 'year']" mode="label"><wp:text key="filter.year"/></xsl:template>
  <xsl:template match="field[@name = 'year']" mode="options">
    <option value=""><wp:text key="acts.all-years"/></option>
    <xsl:apply-templates select="/page/data/year" mode="option"/>
  </xsl:template>
  <xsl:template match="data/year" mode="option">
    <option value="{year}">
      <xsl:if test="year = /page/filter/field[@name = 'year']/@value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:value-of select="year"/>
    </option>
  </xsl:template>
</xsl:stylesheet>
