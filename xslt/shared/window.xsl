<?xml version="1.0" encoding="UTF-8"?>
<!-- The reading window in words.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <!-- 20.11.–30.11.2026. -->
  <xsl:template match="window" mode="range">
    <span class="nw"><xsl:apply-templates select="@from" mode="day"/>–<xsl:apply-templates select="@until" mode="date"/></span>
  </xsl:template>
  <xsl:template match="window" mode="next-range">
    <span class="nw"><xsl:apply-templates select="@next-from" mode="day"/>–<xsl:apply-templates select="@next-until" mode="day"/></span>
  </xsl:template>

  <xsl:template match="window[@days-left]" mode="left">
    <strong class="govuk-tag govuk-tag--yellow"><wp:text key="window.left" n="@days-left"/></strong>
  </xsl:template>
  <xsl:template match="window[@days-left = 0]" mode="left">
    <strong class="govuk-tag govuk-tag--yellow"><wp:text key="window.last-day"/></strong>
  </xsl:template>
  <xsl:template match="window" mode="left"/>
</xsl:stylesheet>
