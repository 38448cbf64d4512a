<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of a message (mod_waterportal/delivery/document.h): what is said, what to do about it, and why it came.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:strip-space elements="*"/>

  <wp:messages prefix="message." suffix=".subject" match="message" by="kind" mode="subject"/>
  <wp:messages prefix="message." suffix=".text" match="message" by="kind" mode="text"/>
  <wp:messages prefix="message." suffix=".advice" match="message" by="kind" mode="advice"/>
  <wp:messages prefix="message." suffix=".why" match="message" by="kind" mode="why"/>
  <wp:messages prefix="message." suffix=".sms" match="message" by="kind" mode="sms"/>
  <wp:messages prefix="message.change." match="arg[@name='change']" by="code" mode="value"/>
  <wp:messages prefix="message.channel." match="arg[@name='channel']" by="code" mode="value"/>

  <xsl:template match="arg" mode="value" priority="-1"><xsl:value-of select="."/></xsl:template>

  <xsl:template name="phone">
    <wp:text key="message.phone">
      <wp:with name="phone"><xsl:value-of select="arg[@name='phone']"/></wp:with>
    </wp:text>
    <xsl:if test="arg[@name='hours']">
      <xsl:text>, </xsl:text>
      <xsl:value-of select="arg[@name='hours']"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="sender">
    <wp:text key="message.sender">
      <wp:with name="site"><xsl:value-of select="arg[@name='site']"/></wp:with>
    </wp:text>
  </xsl:template>
</xsl:stylesheet>
