<?xml version="1.0" encoding="UTF-8"?>
<!-- The id of the request, for reporting a problem by telephone.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:template match="request" mode="number">
    <p class="wp-small">
      <wp:text key="shell.request">
        <wp:with name="number"><b class="nw"><xsl:value-of select="@id"/></b></wp:with>
        <wp:with name="time"><xsl:apply-templates select="../@now" mode="time"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>
</xsl:stylesheet>
