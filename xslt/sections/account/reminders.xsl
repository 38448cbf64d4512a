<?xml version="1.0" encoding="UTF-8"?>
<!-- Account: language, reminders, quiet hours, and the log of every consent and refusal.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'reminders']" mode="title"><wp:text key="account.reminders"/></xsl:template>
  <xsl:template match="page[@route = 'consents']" mode="title"><wp:text key="account.consents"/></xsl:template>

  <xsl:template match="account" mode="reminders">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="account.reminders"/></h2>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.language"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="language" mode="language"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.reminders"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select=".." mode="chosen"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.quiet"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="quiet" mode="hours"/></dd>
        </div>
      </dl>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/account/reminders"><wp:text key="account.reminders.change"/></a></p>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/account/consents"><wp:text key="account.consents"/></a></p>
    </section>
  </xsl:template>

  <xsl:template match="*" mode="language"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="*[. = 'lv']" mode="language"><wp:text key="language.lv"/></xsl:template>
  <xsl:template match="*[. = 'en']" mode="language"><wp:text key="language.en"/></xsl:template>
  <xsl:template match="*" mode="hours"><wp:text key="registration.quiet.none"/></xsl:template>
  <xsl:template match="*[. = '21-8']" mode="hours"><wp:text key="registration.quiet.21"/></xsl:template>
  <xsl:template match="*[. = '22-7']" mode="hours"><wp:text key="registration.quiet.22"/></xsl:template>

  <xsl:template match="data" mode="chosen"><wp:text key="account.reminders.none"/></xsl:template>
  <xsl:template match="data[consent/given = 1]" mode="chosen">
    <ul class="govuk-list"><xsl:apply-templates select="consent[given = 1]" mode="chosen"/></ul>
  </xsl:template>
  <xsl:template match="consent" mode="chosen">
    <li><xsl:apply-templates select="kind" mode="kind"/> – <xsl:apply-templates select="channel" mode="channel"/></li>
  </xsl:template>

  <xsl:template match="*" mode="kind"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="kind[. = 'readings']" mode="kind"><wp:text key="registration.remind.readings"/></xsl:template>
  <xsl:template match="kind[. = 'invoices']" mode="kind"><wp:text key="registration.remind.invoices"/></xsl:template>
  <xsl:template match="kind[. = 'outages']" mode="kind"><wp:text key="registration.remind.outages"/></xsl:template>
  <xsl:template match="channel" mode="channel"><wp:text key="registration.by-email"/></xsl:template>
  <xsl:template match="channel[. = 'sms']" mode="channel"><wp:text key="registration.by-sms"/></xsl:template>

  <!-- the form -->
  <xsl:template match="page[@route = 'reminders']/data" mode="before-form">
    <p class="wp-lead"><wp:text key="registration.reminders.text"/></p>
    <xsl:apply-templates select="account" mode="channels"/>
  </xsl:template>
  <xsl:template match="account" mode="channels"/>
  <xsl:template match="account[email_proved = 0 or phone_proved = 0]" mode="channels">
    <section class="wp-notice wp-notice--warn" aria-labelledby="channels">
      <h2 class="wp-notice__title" id="channels"><wp:text key="account.channels"/></h2>
      <p>
        <wp:text key="registration.email"/>: <xsl:apply-templates select="." mode="email-value"/>
        <xsl:text> </xsl:text><a class="govuk-link" href="{$base}/account/email"><wp:text key="account.prove.email"/></a>
      </p>
      <p>
        <wp:text key="account.phone"/>: <xsl:apply-templates select="." mode="phone-value"/>
        <xsl:text> </xsl:text><a class="govuk-link" href="{$base}/account/phone"><wp:text key="account.prove.phone"/></a>
      </p>
    </section>
  </xsl:template>
  <xsl:template match="form[@name = 'reminders']" mode="fields">
    <section class="wp-card">
      <xsl:apply-templates select="field[@name = 'language']" mode="select"/>
      <xsl:apply-templates select="field[@name = 'remind-readings-email' or @name = 'remind-invoices-email' or @name = 'remind-outages-email']" mode="kind"/>
      <xsl:apply-templates select="field[@name = 'quiet']" mode="select"/>
    </section>
    <p class="wp-small"><wp:text key="account.reminders.logged"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="account.reminders.save"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>

  <!-- every consent and refusal -->
  <xsl:template match="page[@route = 'consents']/data" mode="after-form">
    <section class="wp-card"><p class="govuk-body"><wp:text key="consents.empty"/></p></section>
  </xsl:template>
  <xsl:template match="page[@route = 'consents']/data[consent]" mode="after-form" priority="1">
    <p class="wp-lead"><wp:text key="consents.lead"/></p>
    <section class="wp-card">
      <xsl:apply-templates select="consent[1]" mode="as-table"/>
    </section>
    <xsl:apply-templates select="paging"/>
  </xsl:template>
  <xsl:template match="data/consent" mode="caption"><wp:text key="account.consents"/></xsl:template>
  <xsl:template match="data/consent" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="consents.at"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="consents.kind"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="consents.channel"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="consents.given"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="consents.version"/></th>
  </xsl:template>
  <xsl:template match="data/consent" mode="rows"><xsl:apply-templates select="../consent"/></xsl:template>
  <xsl:template match="data/consent">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><time datetime="{at}"><xsl:apply-templates select="at" mode="time"/></time></th>
      <td class="govuk-table__cell" role="cell" data-l="[[consents.kind]]"><span><xsl:apply-templates select="kind" mode="kind"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[consents.channel]]"><span><xsl:apply-templates select="channel" mode="channel"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[consents.given]]"><span><xsl:apply-templates select="given" mode="yes"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[consents.version]]"><span><xsl:value-of select="text_version"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="given" mode="yes"><strong class="govuk-tag govuk-tag--grey"><wp:text key="consents.no"/></strong></xsl:template>
  <xsl:template match="given[. = 1]" mode="yes"><strong class="govuk-tag govuk-tag--green"><wp:text key="consents.yes"/></strong></xsl:template>
</xsl:stylesheet>
