<?xml version="1.0" encoding="UTF-8"?>
<!-- A printable document on screen and on A4: its head, its tables of names and values, the signatures. Attributes of the root
     element hold the running header and footer of each printed page, from where the print rules of the CSS take them.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page" mode="running">
    <xsl:attribute name="data-running"><xsl:apply-templates select="." mode="title"/><xsl:apply-templates select="context" mode="running"/></xsl:attribute>
    <xsl:attribute name="data-origin">
      <xsl:value-of select="site/@name"/>, <xsl:value-of select="site/@host"/>, <xsl:apply-templates select="@now" mode="time"/>
    </xsl:attribute>
  </xsl:template>
  <xsl:template match="context" mode="running">
    <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="@contract"/></wp:with></wp:text>
  </xsl:template>

  <!-- heading and actions, on screen only -->
  <xsl:template match="page" mode="paper-lead">
    <div class="wp-noprint">
      <h1 class="govuk-heading-l"><xsl:apply-templates select="." mode="title"/></h1>
      <p class="wp-small"><wp:text key="paper.hint"/></p>
    </div>
  </xsl:template>

  <xsl:template match="page" mode="paper-head">
    <div class="wp-paper__head">
      <p>
        <b><xsl:value-of select="site/@name"/></b>
        <xsl:apply-templates select="site/help/@office" mode="paper"/>
        <xsl:apply-templates select="site/help/@service-phone" mode="paper"/>
      </p>
      <p class="num"><xsl:apply-templates select="context" mode="paper-number"/></p>
    </div>
  </xsl:template>
  <xsl:template match="@office" mode="paper">
    <br/><wp:text key="paper.office"><wp:with name="office"><xsl:value-of select="."/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="@service-phone" mode="paper"><br/><wp:text key="footer.service"/>: <xsl:apply-templates select="." mode="phone"/></xsl:template>
  <xsl:template match="context" mode="paper-number">
    <wp:text key="paper.contract"><wp:with name="contract"><xsl:value-of select="@contract"/></wp:with></wp:text>
  </xsl:template>

  <!-- Stokholmas iela 24, Rīga, LV-1014, kad. Nr. 01000872219 -->
  <xsl:template match="*" mode="premises-line">
    <xsl:value-of select="address"/>, <xsl:value-of select="locality"/><xsl:apply-templates select="postcode|cadastre_no" mode="premises-line"/>
  </xsl:template>
  <xsl:template match="postcode" mode="premises-line">, <span class="nw"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="cadastre_no" mode="premises-line">
    <xsl:text>, </xsl:text><span class="nw"><wp:text key="paper.cadastre"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>

  <xsl:template match="contract" mode="holder-line"><xsl:value-of select="holder"/><xsl:apply-templates select="reg_no" mode="holder-line"/></xsl:template>
  <xsl:template match="reg_no" mode="holder-line">
    <xsl:text>, </xsl:text><span class="nw"><wp:text key="paper.reg-no"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
</xsl:stylesheet>
