<?xml version="1.0" encoding="UTF-8"?>
<!-- Where the person is logged in.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="sessions.title"/></xsl:template>
  <xsl:template match="page" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/account"><wp:text key="account.back"/></a></nav>
  </xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="sessions.title"/></h1>
    <p class="wp-lead"><wp:text key="sessions.text"/></p>
    <xsl:apply-templates select="/page/form"/>
  </xsl:template>

  <xsl:template match="form[@name = 'sessions']" mode="fields">
    <section class="wp-card">
      <xsl:apply-templates select="/page/data/session[1]" mode="as-table"/>
    </section>
    <xsl:if test="/page/data/session[own = 0]">
      <div class="wp-buttons">
        <button class="govuk-button govuk-button--secondary" type="submit" name="end" value="others"><wp:text key="sessions.end-others"/></button>
      </div>
    </xsl:if>
  </xsl:template>
  <xsl:template match="session" mode="caption"><wp:text key="sessions.title"/></xsl:template>
  <xsl:template match="session" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="sessions.device"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="sessions.where"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="sessions.began"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="sessions.action"/></th>
  </xsl:template>
  <xsl:template match="session" mode="rows"><xsl:apply-templates select="../session"/></xsl:template>

  <xsl:template match="session">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><xsl:apply-templates select="." mode="device"/></th>
      <td class="govuk-table__cell" role="cell" data-l="[[sessions.where]]"><span><xsl:apply-templates select="." mode="where"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[sessions.began]]">
        <time class="nw" datetime="{began}"><xsl:apply-templates select="began" mode="time"/></time>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[sessions.action]]"><xsl:apply-templates select="own"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="session" mode="device">
    <xsl:apply-templates select="browser"/><xsl:text>, </xsl:text><xsl:apply-templates select="system"/>
  </xsl:template>
  <xsl:template match="session" mode="where"><xsl:value-of select="issuer"/></xsl:template>
  <xsl:template match="session[where]" mode="where"><xsl:value-of select="where"/></xsl:template>

  <xsl:template match="own"><strong class="govuk-tag govuk-tag--green"><wp:text key="sessions.this"/></strong></xsl:template>
  <xsl:template match="own[. = 0]">
    <button class="wp-mini" type="submit" name="end" value="{../session_id}">
      <wp:text key="sessions.end"/>
      <span class="govuk-visually-hidden"><xsl:text> </xsl:text><xsl:apply-templates select=".." mode="device"/></span>
    </button>
  </xsl:template>

  <!-- names of programs are not translated -->
  <xsl:template match="browser"><wp:text key="sessions.browser.other"/></xsl:template>
  <xsl:template match="browser[. = 'firefox']">Firefox</xsl:template>
  <xsl:template match="browser[. = 'edge']">Edge</xsl:template>
  <xsl:template match="browser[. = 'opera']">Opera</xsl:template>
  <xsl:template match="browser[. = 'samsung']">Samsung Internet</xsl:template>
  <xsl:template match="browser[. = 'chrome']">Chrome</xsl:template>
  <xsl:template match="browser[. = 'safari']">Safari</xsl:template>
  <xsl:template match="system"><wp:text key="sessions.system.other"/></xsl:template>
  <xsl:template match="system[. = 'android']">Android</xsl:template>
  <xsl:template match="system[. = 'ios']">iOS</xsl:template>
  <xsl:template match="system[. = 'windows']">Windows</xsl:template>
  <xsl:template match="system[. = 'macos']">macOS</xsl:template>
  <xsl:template match="system[. = 'linux']">Linux</xsl:template>
</xsl:stylesheet>
