<?xml version="1.0" encoding="UTF-8"?>
<!-- The choice of how to log in, and the page after logging out.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="login.title"/></xsl:template>
  <xsl:template match="page[@route = 'goodbye']" mode="title"><wp:text key="goodbye.title"/></xsl:template>

  <xsl:template match="page" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/"><wp:text key="shell.to-start"/></a></nav>
  </xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="login.title"/></h1>
    <xsl:apply-templates select="cancelled|stepup"/>
    <p class="wp-lead"><wp:text key="login.lead"/></p>
    <div class="wp-split">
      <div>
        <xsl:apply-templates select="." mode="means"/>
        <xsl:apply-templates select="." mode="without"/>
      </div>
      <div>
        <section class="wp-card">
          <h2 class="govuk-heading-m"><wp:text key="login.what"/></h2>
          <p class="govuk-body"><wp:text key="login.what.text"/></p>
          <p class="govuk-body"><wp:text key="login.what.means"/><xsl:apply-templates select="idle"/></p>
        </section>
        <section class="wp-card">
          <h2 class="govuk-heading-m"><wp:text key="login.address"/></h2>
          <p class="govuk-body">
            <wp:text key="login.address.text"><wp:with name="host"><b class="nw"><xsl:value-of select="$site/@host"/></b></wp:with></wp:text>
          </p>
        </section>
      </div>
    </div>
  </xsl:template>

  <xsl:template match="cancelled"><section class="wp-notice" aria-label="[[shell.notice]]"><p><wp:text key="login.cancelled"/></p></section></xsl:template>
  <xsl:template match="stepup"><section class="wp-notice" aria-label="[[shell.notice]]"><p><wp:text key="login.stepup"/></p></section></xsl:template>
  <xsl:template match="idle"><xsl:text> </xsl:text><wp:text key="login.idle" n="@minutes"/></xsl:template>

  <!-- opened directly: the login starts from the person's start page, which redirects here with the addresses -->
  <xsl:template match="data" mode="means">
    <div class="wp-buttons"><a class="govuk-button" href="{$base}/home"><wp:text key="login.begin"/></a></div>
  </xsl:template>
  <xsl:template match="data[issuer/@href]" mode="means">
    <xsl:apply-templates select="issuer[@level = 'eid'][1]" mode="group"/>
    <xsl:apply-templates select="issuer[@level = 'bank'][1]" mode="group"/>
    <xsl:apply-templates select="issuer[@level = 'staff'][1]" mode="group"/>
  </xsl:template>
  <xsl:template match="issuer" mode="group">
    <h2 class="govuk-heading-m"><xsl:apply-templates select="@level"/></h2>
    <ul class="wp-tiles"><xsl:apply-templates select="../issuer[@level = current()/@level and @href]"/></ul>
  </xsl:template>
  <xsl:template match="@level[. = 'eid']"><wp:text key="login.eid"/></xsl:template>
  <xsl:template match="@level[. = 'bank']"><wp:text key="login.bank"/></xsl:template>
  <xsl:template match="@level[. = 'staff']"><wp:text key="login.staff"/></xsl:template>

  <xsl:template match="issuer">
    <li>
      <a class="wp-tile" href="{@href}">
        <span class="wp-mono" aria-hidden="true"><xsl:value-of select="@mark"/></span>
        <span><b><xsl:value-of select="name"/></b><small><xsl:apply-templates select="." mode="hint"/></small></span>
      </a>
    </li>
  </xsl:template>
  <xsl:template match="issuer" mode="hint"/>
  <xsl:template match="issuer[@level = 'bank']" mode="hint"><wp:text key="login.bank.hint"/></xsl:template>
  <xsl:template match="issuer[string(hint)]" mode="hint" priority="1"><xsl:value-of select="hint"/></xsl:template>

  <xsl:template match="data" mode="without">
    <details class="govuk-details">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text"><wp:text key="login.without"/></span></summary>
      <div class="govuk-details__text">
        <p><wp:text key="login.without.text"/></p>
        <xsl:apply-templates select="$site/help" mode="without"/>
      </div>
    </details>
  </xsl:template>
  <xsl:template match="help" mode="without"/>
  <xsl:template match="help[@service-phone]" mode="without">
    <p>
      <wp:text key="footer.service"/>
      <xsl:apply-templates select="@service-hours" mode="footer"/>: <xsl:apply-templates select="@service-phone" mode="phone-link"/>
      <xsl:apply-templates select="@office" mode="without"/>
    </p>
  </xsl:template>
  <xsl:template match="@office" mode="without">
    <br/><wp:text key="login.office"><wp:with name="office"><xsl:value-of select="."/></wp:with></wp:text>
  </xsl:template>

  <!-- logged out -->
  <xsl:template match="page[@route = 'goodbye']/data">
    <section class="wp-panel wp-panel--good" aria-labelledby="goodbye">
      <h1 class="govuk-heading-l" id="goodbye"><wp:text key="goodbye.title"/></h1>
      <p><wp:text key="goodbye.lead"/></p>
    </section>
    <section class="wp-card">
      <p class="govuk-body"><wp:text key="goodbye.text"/></p>
      <div class="wp-buttons">
        <a class="govuk-button" href="{$base}/"><wp:text key="shell.to-start"/></a>
        <a class="govuk-link" href="{$base}/home"><wp:text key="goodbye.again"/></a>
      </div>
    </section>
  </xsl:template>
</xsl:stylesheet>
