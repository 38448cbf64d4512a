<?xml version="1.0" encoding="UTF-8"?>
<!-- Registration: the first contract with contact details and reminders, a further contract, and the confirmation.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/registration-fields.xsl"/>

  <xsl:key name="field" match="form[@name = 'registration']/field" use="@name"/>

  <xsl:template match="page" mode="title"><wp:text key="registration.title"/></xsl:template>
  <xsl:template match="page[data/mode = 'further']" mode="title"><wp:text key="registration.further"/></xsl:template>
  <xsl:template match="page[@route = 'done']" mode="title"><wp:text key="registration.done"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><xsl:apply-templates select="/page" mode="title"/></h1>
    <xsl:apply-templates select="mode" mode="lead"/>
    <div class="wp-split wp-split--form">
      <div><xsl:apply-templates select="/page/form"/></div>
      <div>
        <xsl:apply-templates select="identity"/>
        <section class="wp-card">
          <h2 class="govuk-heading-m"><wp:text key="registration.know"/></h2>
          <p class="govuk-body"><wp:text key="registration.know.text"/></p>
        </section>
      </div>
    </div>
    <xsl:apply-templates select="*[not(self::identity or self::mode)]"/>
  </xsl:template>

  <xsl:template match="mode" mode="lead">
    <p class="wp-lead"><wp:text key="registration.lead"><wp:with name="name"><xsl:value-of select="../identity/name"/></wp:with></wp:text></p>
  </xsl:template>
  <xsl:template match="data[not(identity/name)]/mode" mode="lead"><p class="wp-lead"><wp:text key="registration.lead.unnamed"/></p></xsl:template>
  <xsl:template match="mode[. = 'further']" mode="lead" priority="1"><p class="wp-lead"><wp:text key="registration.further.lead"/></p></xsl:template>

  <xsl:template match="form" mode="fields">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="registration.contract"/></h2>
      <xsl:apply-templates select="key('field', 'contract')" mode="input"/>
      <details class="govuk-details">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text"><wp:text key="registration.where"/></span></summary>
        <div class="govuk-details__text"><p><wp:text key="registration.where.text"/></p></div>
      </details>
    </section>
    <xsl:apply-templates select="/page/data[mode = 'first']" mode="contact"/>
    <xsl:apply-templates select="/page/data[mode = 'first']" mode="reminders"/>
    <xsl:apply-templates select="key('field', 'declare')" mode="declare"/>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="registration.submit"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>
  <xsl:template match="page" mode="cancel"><a class="govuk-link" href="{$base}/"><wp:text key="shell.cancel"/></a></xsl:template>
  <xsl:template match="page[menu]" mode="cancel"><a class="govuk-link" href="{$base}/home"><wp:text key="shell.cancel"/></a></xsl:template>

  <xsl:template match="data" mode="contact">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="registration.contact"/></h2>
      <xsl:apply-templates select="key('field', 'email')" mode="input"/>
      <xsl:apply-templates select="key('field', 'phone')" mode="input"/>
      <xsl:apply-templates select="key('field', 'language')" mode="select"/>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="reminders">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="registration.reminders"/></h2>
      <p class="govuk-body"><wp:text key="registration.reminders.text"/></p>
      <xsl:apply-templates select="key('field', 'remind-readings-email')" mode="kind"/>
      <xsl:apply-templates select="key('field', 'remind-invoices-email')" mode="kind"/>
      <xsl:apply-templates select="key('field', 'remind-outages-email')" mode="kind"/>
      <xsl:apply-templates select="key('field', 'quiet')" mode="select"/>
    </section>
  </xsl:template>

  <xsl:template match="field" mode="declare">
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><wp:text key="registration.declare.title"/></legend>
        <xsl:apply-templates select="." mode="problems"/>
        <div class="govuk-checkboxes"><xsl:apply-templates select="." mode="tick"/></div>
      </fieldset>
    </div>
  </xsl:template>

  <xsl:template match="identity">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="registration.identity"/></h2>
      <dl class="govuk-summary-list">
        <xsl:apply-templates select="name" mode="identity"/>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.code"/></dt>
          <dd class="govuk-summary-list__value nw"><xsl:value-of select="code"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.issuer"/></dt>
          <dd class="govuk-summary-list__value"><xsl:value-of select="issuer"/></dd>
        </div>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="name" mode="identity">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><wp:text key="registration.name"/></dt>
      <dd class="govuk-summary-list__value"><xsl:value-of select="."/></dd>
    </div>
  </xsl:template>

  <!-- the confirmation -->
  <xsl:template match="page[@route = 'done']/data">
    <section class="wp-panel wp-panel--good" aria-labelledby="done">
      <h1 class="govuk-heading-l" id="done"><wp:text key="registration.done"/></h1>
      <p>
        <xsl:apply-templates select="contract[1]" mode="address"/>
        <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="contract[1]/contract_no"/></wp:with></wp:text>
      </p>
    </section>
    <xsl:apply-templates select="change[1]" mode="proof"/>
    <div class="wp-buttons">
      <a class="govuk-button"><xsl:apply-templates select="contract[1]" mode="readings-address"/><wp:text key="registration.done.readings"/></a>
      <a class="govuk-button govuk-button--secondary" href="{$base}/registration"><wp:text key="home.add"/></a>
      <a class="govuk-link" href="{$base}/home"><wp:text key="shell.to-home"/></a>
    </div>
  </xsl:template>

  <!-- codes were sent to the typed addresses -->
  <xsl:template match="change" mode="proof">
    <section class="wp-notice" aria-label="[[shell.notice]]">
      <p><wp:text key="registration.done.proof"/></p>
      <p><a class="govuk-link" href="{$base}/account"><wp:text key="registration.done.account"/></a></p>
    </section>
  </xsl:template>
</xsl:stylesheet>
