<?xml version="1.0" encoding="UTF-8"?>
<!-- For people who write programs: where the data are and how to request them. The data themselves are JSON, not pages
     (docs/api.md).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="api.title"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="api.title"/></h1>
    <p class="wp-lead"><wp:text key="api.lead"/></p>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="api.addresses"/></h2>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><code>/readings</code></dt>
          <dd class="govuk-summary-list__value"><wp:text key="api.readings"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><code>/consumption</code></dt>
          <dd class="govuk-summary-list__value"><wp:text key="api.consumption"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><code>/invoices</code></dt>
          <dd class="govuk-summary-list__value"><wp:text key="api.invoices"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><code>POST /readings</code></dt>
          <dd class="govuk-summary-list__value"><wp:text key="api.submit"/></dd>
        </div>
      </dl>
      <p class="govuk-body"><wp:text key="api.inputs"/></p>
      <p class="govuk-body"><wp:text key="api.units"/></p>
    </section>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="api.example"/></h2>
      <pre class="wp-code" tabindex="0" role="region" aria-label="[[api.example]]">
        <code>
          <xsl:text>curl -H "Authorization: Bearer wpt_…" "https://</xsl:text><xsl:value-of select="$site/@host"/>
          <xsl:value-of select="$base"/><xsl:text>/api/v1/readings?from=2026-01-01"</xsl:text>
        </code>
      </pre>
      <p class="govuk-body"><wp:text key="api.token"/></p>
      <div class="wp-buttons"><a class="govuk-button" href="{$base}/account/tokens"><wp:text key="account.tokens.manage"/></a></div>
    </section>
  </xsl:template>
</xsl:stylesheet>
