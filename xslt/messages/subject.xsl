<?xml version="1.0" encoding="UTF-8"?>
<!-- The subject of an e-mail. It is shown on locked screens: no names, no codes.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="parts.xsl"/>
  <xsl:output method="text"/>

  <xsl:template match="/message"><xsl:apply-templates select="." mode="subject"/></xsl:template>
</xsl:stylesheet>
