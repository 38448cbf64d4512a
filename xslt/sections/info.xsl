<?xml version="1.0" encoding="UTF-8"?>
<!-- Public pages linked from every footer: outages, accessibility, privacy. A site replaces their texts (docs/admin.md).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/notices.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="start.works"/></xsl:template>
  <xsl:template match="page[@route = 'accessibility']" mode="title"><wp:text key="accessibility.title"/></xsl:template>
  <xsl:template match="page[@route = 'privacy']" mode="title"><wp:text key="privacy.title"/></xsl:template>

  <xsl:template match="page" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/"><wp:text key="shell.to-start"/></a></nav>
  </xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="start.works"/></h1>
    <xsl:apply-templates select="notice[kind = 'outage' and state = 'active']" mode="banner"/>
    <section class="wp-card" aria-label="[[start.works]]"><xsl:apply-templates select="." mode="works"/></section>
    <p class="govuk-body"><wp:text key="outages.time"><wp:with name="time"><xsl:apply-templates select="/page/@now" mode="time"/></wp:with></wp:text></p>
    <xsl:apply-templates select="$site/help/@outage-phone" mode="report"/>
  </xsl:template>
  <xsl:template match="@outage-phone" mode="report">
    <p class="govuk-body"><wp:text key="outages.report"/><xsl:text> </xsl:text><xsl:apply-templates select="." mode="phone-link"/></p>
  </xsl:template>

  <!-- a heading and its paragraph -->
  <xsl:template match="page[@route = 'accessibility']/data">
    <h1 class="govuk-heading-l"><wp:text key="accessibility.title"/></h1>
    <p class="wp-lead"><wp:text key="accessibility.lead"><wp:with name="name"><xsl:value-of select="$site/@name"/></wp:with></wp:text></p>
    <section class="wp-card wp-measure">
      <h2 class="govuk-heading-m"><wp:text key="accessibility.state"/></h2>
      <p class="govuk-body"><wp:text key="accessibility.state.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="accessibility.limits"/></h2>
      <p class="govuk-body"><wp:text key="accessibility.limits.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="accessibility.how"/></h2>
      <p class="govuk-body"><wp:text key="accessibility.how.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="accessibility.contact"/></h2>
      <p class="govuk-body"><wp:text key="accessibility.contact.text"/></p>
      <xsl:apply-templates select="$site/help" mode="contact"/>
      <h2 class="govuk-heading-m"><wp:text key="accessibility.complaint"/></h2>
      <p class="govuk-body"><wp:text key="accessibility.complaint.text"/></p>
    </section>
    <xsl:call-template name="user.accessibility"/>
  </xsl:template>

  <xsl:template match="page[@route = 'privacy']/data">
    <h1 class="govuk-heading-l"><wp:text key="privacy.title"/></h1>
    <p class="wp-lead"><wp:text key="privacy.lead"><wp:with name="name"><xsl:value-of select="$site/@name"/></wp:with></wp:text></p>
    <section class="wp-card wp-measure">
      <h2 class="govuk-heading-m"><wp:text key="privacy.what"/></h2>
      <p class="govuk-body"><wp:text key="privacy.what.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="privacy.why"/></h2>
      <p class="govuk-body"><wp:text key="privacy.why.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="privacy.who"/></h2>
      <p class="govuk-body"><wp:text key="privacy.who.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="privacy.long"/></h2>
      <p class="govuk-body"><wp:text key="erasure.keeps.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="privacy.cookies"/></h2>
      <p class="govuk-body"><wp:text key="privacy.cookies.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="privacy.rights"/></h2>
      <p class="govuk-body"><wp:text key="privacy.rights.text"/></p>
      <xsl:apply-templates select="$site/help" mode="contact"/>
    </section>
    <xsl:call-template name="user.privacy"/>
  </xsl:template>

  <xsl:template match="help" mode="contact"/>
  <xsl:template match="help[@service-phone]" mode="contact">
    <p class="govuk-body">
      <wp:text key="footer.service"/>
      <xsl:apply-templates select="@service-hours" mode="footer"/>: <xsl:apply-templates select="@service-phone" mode="phone-link"/>
    </p>
  </xsl:template>

  <!-- hooks for a site's theme: additional text below the portal's -->
  <xsl:template name="user.accessibility"/>
  <xsl:template name="user.privacy"/>
</xsl:stylesheet>
