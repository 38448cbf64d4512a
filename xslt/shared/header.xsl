<?xml version="1.0" encoding="UTF-8"?>
<!-- Header with the language switch, menu, context bar.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page" mode="header">
    <header class="wp-header">
      <div class="govuk-width-container wp-header__row">
        <a class="wp-brand">
          <xsl:attribute name="href"><xsl:apply-templates select="." mode="home-address"/></xsl:attribute>
          <svg viewBox="0 0 30 38" aria-hidden="true" focusable="false">
            <path class="a" d="M15 1C9 10 3 16.500 3 24a12 12 0 0 0 24 0C27 16.500 21 10 15 1z"/>
            <path class="b" d="M5 25c3.500-3.200 6.500-3.200 10 0s6.500 3.200 10 0a10 10 0 0 1-20 0z"/>
          </svg>
          <span><xsl:value-of select="site/@name"/><small><wp:text key="shell.portal"/></small></span>
        </a>
        <xsl:apply-templates select="languages[language]"/>
      </div>
    </header>
  </xsl:template>

  <xsl:template match="page" mode="home-address"><xsl:value-of select="$base"/>/</xsl:template>
  <xsl:template match="page[menu]" mode="home-address"><xsl:value-of select="$base"/>/home</xsl:template>

  <xsl:template match="languages">
    <nav aria-label="[[shell.language]]"><ul class="wp-lang"><xsl:apply-templates select="language"/></ul></nav>
  </xsl:template>
  <xsl:template match="language">
    <li><a href="{@href}" lang="{@code}" hreflang="{@code}"><xsl:apply-templates select="." mode="label"/></a></li>
  </xsl:template>
  <xsl:template match="language[@current]">
    <li><span aria-current="true"><xsl:apply-templates select="." mode="label"/></span></li>
  </xsl:template>
  <xsl:template match="language" mode="label">
    <xsl:value-of select="translate(@code, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"/>
    <span class="govuk-visually-hidden"> – <xsl:apply-templates select="." mode="text"/></span>
  </xsl:template>

  <!-- on a phone the first three entries remain; the others are in the footer -->
  <xsl:template match="menu">
    <nav class="wp-menu" aria-label="[[shell.menu]]">
      <div class="govuk-width-container">
        <ul>
          <xsl:apply-templates select="entry"/>
          <xsl:apply-templates select="entry[4]" mode="more"/>
        </ul>
      </div>
    </nav>
  </xsl:template>
  <xsl:template match="entry"><li><xsl:apply-templates select="." mode="link"/></li></xsl:template>
  <xsl:template match="entry[position() &gt; 3]"><li class="wide"><xsl:apply-templates select="." mode="link"/></li></xsl:template>
  <xsl:template match="entry" mode="link">
    <a href="{@href}">
      <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="text"/>
    </a>
  </xsl:template>
  <xsl:template match="entry" mode="more">
    <li class="more">
      <a href="#all">
        <xsl:if test="@current or following-sibling::entry/@current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
        <wp:text key="shell.menu.more"/>
      </a>
    </li>
  </xsl:template>

  <!-- whose contract, and who is logged in -->
  <xsl:template match="page" mode="context"/>
  <xsl:template match="page[person]" mode="context">
    <section class="wp-context" aria-label="[[shell.context]]">
      <div class="govuk-width-container wp-context__row">
        <xsl:apply-templates select="context"/>
        <p>
          <xsl:value-of select="person/name"/>
          <xsl:apply-templates select="logout"/>
        </p>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="context">
    <p>
      <b><xsl:value-of select="@address"/></b>
      <xsl:text> · </xsl:text>
      <span class="wp-id"><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="@contract"/></wp:with></wp:text></span>
      <xsl:apply-templates select="@holder" mode="acting"/>
      <xsl:if test="@contracts &gt; 1">
        <xsl:text> </xsl:text>
        <a class="govuk-link">
          <xsl:attribute name="href"><xsl:apply-templates select=".." mode="change-address"/></xsl:attribute>
          <wp:text key="shell.change"/>
          <span class="govuk-visually-hidden"><xsl:text> </xsl:text><wp:text key="shell.change.what"/></span>
        </a>
      </xsl:if>
    </p>
  </xsl:template>
  <!-- where another contract can be chosen -->
  <xsl:template match="page" mode="change-address"><xsl:value-of select="$base"/>/readings</xsl:template>
  <xsl:template match="@holder" mode="acting">
    <xsl:text> · </xsl:text><span class="wp-acting"><wp:text key="shell.acting"><wp:with name="holder"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
  <xsl:template match="logout"> · <a class="govuk-link" href="{@href}"><wp:text key="shell.logout"/></a></xsl:template>
</xsl:stylesheet>
