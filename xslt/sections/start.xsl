<?xml version="1.0" encoding="UTF-8"?>
<!-- The public start page: what the portal is for, outages and planned works.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="start/hero.xsl"/>
  <xsl:include href="../shared/notices.xsl"/>

  <xsl:template match="page" mode="body">
    <div class="wp-page">
      <main id="main" tabindex="-1">
        <xsl:apply-templates select="." mode="hero"/>
        <div class="govuk-width-container govuk-main-wrapper"><xsl:apply-templates select="." mode="main"/></div>
      </main>
    </div>
  </xsl:template>

  <xsl:template match="data">
    <xsl:apply-templates select="notice[kind = 'outage' and state = 'active']" mode="banner"/>
    <h2 class="govuk-heading-l" id="what"><wp:text key="start.what"/></h2>
    <div class="wp-cards wp-cards--3">
      <section class="wp-card">
        <h3 class="govuk-heading-m"><wp:text key="start.submit"/></h3>
        <p class="govuk-body"><wp:text key="start.submit.text"/></p>
      </section>
      <section class="wp-card">
        <h3 class="govuk-heading-m"><wp:text key="start.correct"/></h3>
        <p class="govuk-body"><wp:text key="start.correct.text"/></p>
      </section>
      <section class="wp-card">
        <h3 class="govuk-heading-m"><wp:text key="start.history"/></h3>
        <p class="govuk-body"><wp:text key="start.history.text"/></p>
      </section>
    </div>
    <div class="wp-split">
      <div>
        <section class="wp-card" id="works">
          <h2 class="govuk-heading-m"><wp:text key="start.works"/></h2>
          <xsl:apply-templates select="." mode="works"/>
        </section>
        <xsl:apply-templates select="$site/help/@sms-number" mode="card"/>
      </div>
      <div><xsl:apply-templates select="." mode="first-time"/></div>
    </div>
  </xsl:template>

  <xsl:template match="@sms-number" mode="card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="start.sms"/></h2>
      <p class="govuk-body">
        <wp:text key="start.sms.to"/>
        <xsl:text> </xsl:text><span class="nw"><xsl:value-of select="translate(., ' ', '&#160;')"/></span>:<br/><b class="nw">RU 41207736 44</b>
      </p>
      <p class="wp-small"><wp:text key="start.sms.text"/></p>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="first-time">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="start.first"/></h2>
      <ol class="wp-steps">
        <li><wp:text key="start.first.1"/></li>
        <li><wp:text key="start.first.2"/></li>
        <li><wp:text key="start.first.3"/></li>
      </ol>
    </section>
  </xsl:template>
</xsl:stylesheet>
