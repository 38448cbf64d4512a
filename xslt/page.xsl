<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every page: head, skip link, header, menu, context, main, footer.  SPDX-License-Identifier: Apache-2.0
     A section's stylesheet imports this one and supplies the mode "title" (of page) and the default mode (of data and its
     elements). A site's theme imports a section's stylesheet and overrides templates; the user.* hooks are empty for the theme
     to fill. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <!-- imported, because shared/format.xsl already includes it -->
  <xsl:import href="shared/table.xsl"/>
  <xsl:include href="shared/format.xsl"/>
  <xsl:include href="shared/messages.xsl"/>
  <xsl:include href="shared/header.xsl"/>
  <xsl:include href="shared/footer.xsl"/>
  <xsl:include href="shared/controls.xsl"/>
  <xsl:include href="shared/window.xsl"/>
  <xsl:include href="shared/contracts.xsl"/>
  <xsl:include href="shared/request.xsl"/>
  <!-- render/html.c writes the HTML; for libxslt the result is a plain tree, without a register of ids that nobody uses -->
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:strip-space elements="*"/>

  <xsl:variable name="site" select="/page/site"/>
  <xsl:variable name="base" select="$site/@base"/>
  <!-- where this section is: below $base, or the location at which it is mounted alone -->
  <xsl:variable name="own" select="$site/@own"/>

  <xsl:template match="page">
    <html lang="{@lang}" class="govuk-template">
      <xsl:apply-templates select="." mode="running"/>
      <head>
        <meta charset="utf-8"/>
        <title><xsl:apply-templates select="." mode="head-title"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="theme-color" content="#083a55"/>
        <xsl:apply-templates select="$site/asset" mode="head"/>
        <xsl:call-template name="user.head"/>
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link"><wp:text key="shell.skip"/></a>
        <xsl:call-template name="user.header.before"/>
        <xsl:apply-templates select="." mode="header"/>
        <xsl:apply-templates select="menu"/>
        <xsl:apply-templates select="." mode="context"/>
        <xsl:apply-templates select="." mode="body"/>
        <xsl:apply-templates select="." mode="footer"/>
        <xsl:call-template name="user.footer.after"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="page" mode="head-title">
    <xsl:apply-templates select="problems[problem]" mode="head-title"/>
    <xsl:apply-templates select="." mode="title"/>
    <xsl:text> – </xsl:text>
    <xsl:value-of select="site/@name"/>
  </xsl:template>
  <xsl:template match="problems" mode="head-title"><wp:text key="problems.prefix"/><xsl:text> </xsl:text></xsl:template>

  <xsl:template match="asset" mode="head"/>
  <xsl:template match="asset[@name='portal.css']" mode="head"><link rel="stylesheet" href="{@href}"/></xsl:template>
  <xsl:template match="asset[@name='icon.svg']" mode="head"><link rel="icon" href="{@href}" type="image/svg+xml"/></xsl:template>

  <!-- between header and footer; the start page has a body of its own -->
  <xsl:template match="page" mode="body">
    <div class="wp-page">
      <div class="govuk-width-container">
        <xsl:apply-templates select="." mode="back"/>
        <main class="govuk-main-wrapper" id="main" tabindex="-1"><xsl:apply-templates select="." mode="main"/></main>
      </div>
    </div>
  </xsl:template>

  <xsl:template match="page" mode="main">
    <xsl:call-template name="user.main.before"/>
    <xsl:apply-templates select="problems[problem]"/>
    <xsl:apply-templates select="notices/notice"/>
    <xsl:apply-templates select="data"/>
    <xsl:call-template name="user.main.after"/>
  </xsl:template>

  <xsl:template match="page" mode="back"/>
  <!-- attributes of the root element for the running header and footer of printed pages (shared/paper.xsl) -->
  <xsl:template match="page" mode="running" priority="-1"/>
  <xsl:template match="page" mode="title"><wp:text key="shell.portal"/></xsl:template>

  <!-- an element without a template is shown, so that somebody notices it; the test of the fixtures finds it -->
  <xsl:template match="data//*" priority="-0.9"><span class="wp-unmatched">???<xsl:value-of select="name()"/>???</span></xsl:template>

  <!-- hooks for a site's theme -->
  <xsl:template name="user.head"/>
  <xsl:template name="user.header.before"/>
  <xsl:template name="user.main.before"/>
  <xsl:template name="user.main.after"/>
  <xsl:template name="user.footer.links"/>
  <xsl:template name="user.footer.after"/>
</xsl:stylesheet>
