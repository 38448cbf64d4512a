<?xml version="1.0" encoding="UTF-8"?>
<!-- A message as HTML: one column, readable on a narrow and on a dark screen, with the text first. The styles stand in the
     letter, because it has nothing else to refer to; a program that ignores them shows the same text.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="parts.xsl"/>
  <xsl:output method="html"/>

  <xsl:template match="/message">
    <html lang="{@lang}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title><xsl:apply-templates select="." mode="subject"/></title>
        <xsl:call-template name="styles"/>
      </head>
      <body class="page">
        <div class="column">
          <p class="site"><xsl:value-of select="arg[@name='site']"/></p>
          <div class="letter"><xsl:call-template name="letter"/></div>
          <div class="foot"><xsl:call-template name="foot"/></div>
        </div>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="letter">
    <h1><xsl:apply-templates select="." mode="subject"/></h1>
    <p><wp:text key="message.hello"/></p>
    <p><xsl:apply-templates select="." mode="text"/></p>
    <xsl:apply-templates select="arg[@name='code']" mode="line"/>
    <p><xsl:apply-templates select="." mode="advice"/></p>
    <p class="last">
      <wp:text key="message.portal"/>
      <xsl:text> </xsl:text>
      <a href="{arg[@name='portal']}"><xsl:value-of select="arg[@name='portal']"/></a>
    </p>
  </xsl:template>

  <xsl:template name="foot">
    <p><xsl:call-template name="sender"/></p>
    <xsl:if test="arg[@name='phone']">
      <p><xsl:call-template name="phone"/></p>
    </xsl:if>
    <p><xsl:apply-templates select="." mode="why"/></p>
  </xsl:template>

  <xsl:template match="arg[@name='code']" mode="line">
    <p class="code"><xsl:value-of select="."/></p>
  </xsl:template>

  <!-- the colours of the portal -->
  <xsl:template name="styles">
    <style>
      :root { color-scheme: light dark; }
      .page { margin: 0; padding: 0; background: #f2f7f9; color: #0c2432; }
      .page { font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
      .column { max-width: 34em; margin: 0 auto; padding: 16px; }
      .site { margin: 0; padding: 14px 20px; background: #0a4664; color: #ffffff; font-weight: 700; border-radius: 12px 12px 0 0; }
      .letter { padding: 20px; background: #ffffff; border: 1px solid #c9d9e1; border-top: 0; border-radius: 0 0 12px 12px; overflow-wrap: anywhere; }
      h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25; }
      p { margin: 0 0 16px; }
      .last { margin: 0; }
      .code { margin: 0 0 16px; padding: 12px; background: #e4f0f5; border-radius: 8px; text-align: center; }
      .code { font-size: 30px; font-weight: 700; letter-spacing: 4px; }
      a { color: #075a8c; }
      .foot { padding: 16px 20px; color: #48606e; font-size: 15px; overflow-wrap: anywhere; }
      .foot p { margin: 0 0 8px; }
      @media (prefers-color-scheme: dark) {
        .page { background: #07171f; color: #e6f0f4; }
        .letter { background: #10262f; border-color: #2b4653; }
        .code { background: #1a3744; }
        a { color: #8fd0ee; }
        .foot { color: #a9c0cb; }
      }
    </style>
  </xsl:template>
</xsl:stylesheet>
