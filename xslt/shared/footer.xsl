<?xml version="1.0" encoding="UTF-8"?>
<!-- Footer: all sections and where to get help.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page" mode="footer">
    <footer class="wp-footer">
      <div class="govuk-width-container wp-footer__cols">
        <nav aria-labelledby="all"><xsl:apply-templates select="." mode="footer-list"/></nav>
        <xsl:apply-templates select="site/help"/>
      </div>
      <div class="govuk-width-container"><xsl:apply-templates select="." mode="footer-about"/></div>
    </footer>
  </xsl:template>

  <!-- on every page, including error pages -->
  <xsl:template match="page" mode="footer-about">
    <nav class="wp-footer__about" aria-label="[[footer.about]]">
      <ul>
        <li><a href="{$base}/public/outages"><wp:text key="start.works"/></a></li>
        <li><a href="{$base}/public/accessibility"><wp:text key="accessibility.title"/></a></li>
        <li><a href="{$base}/public/privacy"><wp:text key="privacy.title"/></a></li>
        <xsl:call-template name="user.footer.links"/>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template match="page" mode="footer-list">
    <h2 id="all" tabindex="-1"><wp:text key="footer.public"/></h2>
    <ul>
      <li><a href="{$base}/home"><wp:text key="shell.login"/></a></li>
    </ul>
  </xsl:template>
  <xsl:template match="page[menu]" mode="footer-list">
    <h2 id="all" tabindex="-1"><wp:text key="footer.sections"/></h2>
    <ul><xsl:apply-templates select="menu/entry" mode="footer"/></ul>
  </xsl:template>
  <xsl:template match="entry" mode="footer"><li><xsl:apply-templates select="." mode="link"/></li></xsl:template>

  <xsl:template match="help">
    <div>
      <h2><wp:text key="footer.help"/></h2>
      <xsl:apply-templates select="@outage-phone" mode="footer"/>
      <xsl:apply-templates select="@service-phone" mode="footer"/>
    </div>
  </xsl:template>
  <xsl:template match="help[not(@outage-phone|@service-phone)]"/>
  <xsl:template match="@outage-phone" mode="footer">
    <p><wp:text key="footer.outage"/><xsl:text> </xsl:text><xsl:apply-templates select="." mode="phone-link"/></p>
  </xsl:template>
  <xsl:template match="@service-phone" mode="footer">
    <p><wp:text key="footer.service"/><xsl:apply-templates select="../@service-hours" mode="footer"/>: <xsl:apply-templates select="." mode="phone-link"/></p>
  </xsl:template>
  <xsl:template match="@service-hours" mode="footer">
    <xsl:text> </xsl:text><wp:text key="footer.hours"><wp:with name="hours"><xsl:value-of select="."/></wp:with></wp:text>
  </xsl:template>
</xsl:stylesheet>
