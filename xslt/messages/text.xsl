<?xml version="1.0" encoding="UTF-8"?>
<!-- A message as plain text, for who reads e-mails that way. Lines are not broken: programs that show them do it.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="parts.xsl"/>
  <xsl:output method="text"/>

  <xsl:template match="/message">
    <wp:text key="message.hello"/>
    <xsl:text>&#10;&#10;</xsl:text>
    <xsl:apply-templates select="." mode="text"/>
    <xsl:text>&#10;&#10;</xsl:text>
    <xsl:apply-templates select="arg[@name='code']" mode="line"/>
    <xsl:apply-templates select="." mode="advice"/>
    <xsl:text>&#10;&#10;</xsl:text>
    <wp:text key="message.portal"/>
    <xsl:text> </xsl:text>
    <xsl:value-of select="arg[@name='portal']"/>
    <xsl:text>&#10;&#10;-- &#10;</xsl:text>
    <xsl:call-template name="sender"/>
    <xsl:text>&#10;</xsl:text>
    <xsl:if test="arg[@name='phone']">
      <xsl:call-template name="phone"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:if>
    <xsl:apply-templates select="." mode="why"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="arg[@name='code']" mode="line">
    <xsl:text>    </xsl:text>
    <xsl:value-of select="."/>
    <xsl:text>&#10;&#10;</xsl:text>
  </xsl:template>
</xsl:stylesheet>
