<?xml version="1.0" encoding="UTF-8"?>
<!-- The account page: an overview, and a page for each thing that can be changed.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/registration-fields.xsl"/>
  <xsl:include href="account/contact.xsl"/>
  <xsl:include href="account/reminders.xsl"/>
  <xsl:include href="account/tokens.xsl"/>
  <xsl:include href="account/erasure.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="account.title"/></xsl:template>
  <xsl:template match="page" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/account"><wp:text key="account.back"/></a></nav>
  </xsl:template>
  <xsl:template match="page[@route = 'account']" mode="back"/>

  <!-- a page with one form -->
  <xsl:template match="data">
    <h1 class="govuk-heading-l"><xsl:apply-templates select="/page" mode="title"/></h1>
    <xsl:apply-templates select="." mode="before-form"/>
    <xsl:apply-templates select="/page/form"/>
    <xsl:apply-templates select="." mode="after-form"/>
  </xsl:template>
  <xsl:template match="data" mode="before-form"/>
  <xsl:template match="data" mode="after-form"/>
  <xsl:template match="page" mode="cancel"><a class="govuk-link" href="{$base}/account"><wp:text key="shell.cancel"/></a></xsl:template>

  <xsl:template match="page[@route = 'account']/data">
    <h1 class="govuk-heading-l"><wp:text key="account.title"/></h1>
    <div class="wp-split">
      <div>
        <xsl:apply-templates select="account" mode="contact"/>
        <xsl:apply-templates select="account" mode="reminders"/>
      </div>
      <div>
        <xsl:apply-templates select="tokens" mode="card"/>
        <section class="wp-card">
          <h2 class="govuk-heading-m"><wp:text key="account.sessions"/></h2>
          <p class="govuk-body"><wp:text key="account.sessions.text"/></p>
          <p class="govuk-body"><a class="govuk-link" href="{$base}/account/sessions"><wp:text key="account.sessions.manage"/></a></p>
        </section>
        <section class="wp-card">
          <h2 class="govuk-heading-m"><wp:text key="account.data"/></h2>
          <p class="govuk-body"><wp:text key="account.data.text"/></p>
          <p class="govuk-body"><a class="govuk-link" href="{$base}/account/export.zip" download="download"><wp:text key="account.data.get"/></a></p>
        </section>
        <xsl:apply-templates select="." mode="erasure-card"/>
      </div>
    </div>
    <xsl:apply-templates select="*[not(self::account or self::change or self::consent or self::tokens or self::erasure)]"/>
  </xsl:template>
</xsl:stylesheet>
