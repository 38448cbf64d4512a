<?xml version="1.0" encoding="UTF-8"?>
<!-- A message as SMS: one piece of 160 characters, without names, addresses or links.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="parts.xsl"/>
  <xsl:output method="text"/>

  <xsl:template match="/message"><xsl:apply-templates select="." mode="sms"/></xsl:template>
</xsl:stylesheet>
