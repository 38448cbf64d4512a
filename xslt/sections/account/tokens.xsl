<?xml version="1.0" encoding="UTF-8"?>
<!-- Account: access tokens for programs.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'tokens']" mode="title"><wp:text key="account.tokens.manage"/></xsl:template>
  <xsl:template match="page[@route = 'token']" mode="title"><wp:text key="token.title"/></xsl:template>

  <xsl:template match="tokens" mode="card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="account.tokens"/></h2>
      <p class="govuk-body"><wp:text key="account.tokens.text"/></p>
      <xsl:apply-templates select="active[. &gt; 0]" mode="count"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/account/tokens"><wp:text key="account.tokens.manage"/></a></p>
    </section>
  </xsl:template>
  <xsl:template match="active" mode="count"><p class="govuk-body"><wp:text key="account.tokens.active" n="."/></p></xsl:template>

  <xsl:template match="page[@route = 'tokens']/data" mode="before-form">
    <xsl:apply-templates select="created"/>
    <p class="wp-lead"><wp:text key="account.tokens.text"/></p>
    <p class="govuk-body"><a class="govuk-link" href="{$base}/api/v1"><wp:text key="token.how"/></a></p>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="token.list"/></h2>
      <xsl:apply-templates select="." mode="token-list"/>
    </section>
    <xsl:apply-templates select="paging"/>
  </xsl:template>

  <!-- shown only once -->
  <xsl:template match="created">
    <section class="wp-panel wp-panel--good" aria-labelledby="created">
      <h2 class="govuk-heading-m" id="created"><wp:text key="token.created"/></h2>
      <p><code class="wp-secret"><xsl:value-of select="."/></code></p>
      <p><wp:text key="token.created.text"/></p>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="token-list"><p class="govuk-body"><wp:text key="token.empty"/></p></xsl:template>
  <xsl:template match="data[token]" mode="token-list">
    <xsl:apply-templates select="token[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="token" mode="caption"><wp:text key="token.list"/></xsl:template>
  <xsl:template match="token" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="token.name"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="token.scopes"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="token.expires"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="token.used"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="token.state"/></th>
  </xsl:template>
  <xsl:template match="token" mode="rows"><xsl:apply-templates select="../token" mode="row"/></xsl:template>
  <xsl:template match="token" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <a class="govuk-link" href="{$base}/account/tokens/{token_id}"><xsl:value-of select="name"/></a>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[token.scopes]]"><span><xsl:apply-templates select="scopes" mode="scopes"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[token.expires]]"><span class="nw"><xsl:apply-templates select="expires" mode="date"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[token.used]]"><span><xsl:apply-templates select="." mode="used-on"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[token.state]]">
        <span><xsl:apply-templates select="state" mode="token"/><xsl:apply-templates select="." mode="action"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="token" mode="used"><wp:text key="token.never"/></xsl:template>
  <xsl:template match="token[used]" mode="used"><time datetime="{used}"><xsl:apply-templates select="used" mode="time"/></time></xsl:template>
  <xsl:template match="token" mode="used-on"><xsl:apply-templates select="." mode="used"/></xsl:template>
  <xsl:template match="token[used]" mode="used-on"><span class="nw"><xsl:apply-templates select="used" mode="date"/></span></xsl:template>
  <xsl:template match="token" mode="action"/>
  <xsl:template match="token[state = 'active']" mode="action">
    <xsl:text> </xsl:text>
    <a class="govuk-link nw" href="{$base}/account/tokens/{token_id}">
      <wp:text key="token.revoke"/>
      <span class="govuk-visually-hidden"><xsl:text> </xsl:text><xsl:value-of select="name"/></span>
    </a>
  </xsl:template>
  <xsl:template match="state" mode="token"><strong class="govuk-tag govuk-tag--green"><wp:text key="token.state.active"/></strong></xsl:template>
  <xsl:template match="state[. = 'expired']" mode="token"><strong class="govuk-tag govuk-tag--grey"><wp:text key="token.state.expired"/></strong></xsl:template>
  <xsl:template match="state[. = 'revoked']" mode="token"><strong class="govuk-tag govuk-tag--grey"><wp:text key="token.state.revoked"/></strong></xsl:template>

  <!-- "readings invoices" in words -->
  <xsl:template match="scopes" mode="scopes">
    <xsl:variable name="all" select="concat(' ', ., ' ')"/>
    <xsl:if test="contains($all, ' readings ')"><span class="nw"><wp:text key="token.scope.readings"/></span><br/></xsl:if>
    <xsl:if test="contains($all, ' consumption ')"><span class="nw"><wp:text key="token.scope.consumption"/></span><br/></xsl:if>
    <xsl:if test="contains($all, ' invoices ')"><span class="nw"><wp:text key="token.scope.invoices"/></span><br/></xsl:if>
    <xsl:if test="contains($all, ' submit ')"><span class="nw"><wp:text key="token.scope.submit"/></span></xsl:if>
  </xsl:template>

  <xsl:template match="form[@name = 'token']" mode="fields">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="token.new"/></h2>
      <xsl:apply-templates select="field[@name = 'name']" mode="input"/>
      <div>
        <xsl:apply-templates select="field[@name = 'scope-readings']" mode="group-class"/>
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><wp:text key="token.scopes"/></legend>
          <xsl:apply-templates select="field[@name = 'scope-readings']" mode="problems"/>
          <div class="govuk-checkboxes"><xsl:apply-templates select="field[starts-with(@name, 'scope-')]" mode="tick"/></div>
        </fieldset>
      </div>
      <xsl:apply-templates select="field[@name = 'days']" mode="select"/>
    </section>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="token.make"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>
  <xsl:template match="field[@name = 'name']" mode="label"><wp:text key="token.name"/></xsl:template>
  <xsl:template match="field[@name = 'name']" mode="hint"><div class="govuk-hint" id="{@control}-hint"><wp:text key="token.name.hint"/></div></xsl:template>
  <xsl:template match="field[@name = 'name']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-20</xsl:attribute>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
  </xsl:template>
  <xsl:template match="field[@name = 'scope-readings']" mode="label"><wp:text key="token.scope.readings"/></xsl:template>
  <xsl:template match="field[@name = 'scope-consumption']" mode="label"><wp:text key="token.scope.consumption"/></xsl:template>
  <xsl:template match="field[@name = 'scope-invoices']" mode="label"><wp:text key="token.scope.invoices"/></xsl:template>
  <xsl:template match="field[@name = 'scope-submit']" mode="label"><wp:text key="token.scope.submit"/></xsl:template>
  <xsl:template match="field[@name = 'days']" mode="label"><wp:text key="token.days"/></xsl:template>
  <xsl:template match="field[@name = 'days']" mode="options">
    <option value="30"><xsl:apply-templates select="@value[. = '30']" mode="selected"/><wp:text key="token.days.30"/></option>
    <option value="90"><xsl:apply-templates select="@value[. = '90' or . = '']" mode="selected"/><wp:text key="token.days.90"/></option>
    <option value="180"><xsl:apply-templates select="@value[. = '180']" mode="selected"/><wp:text key="token.days.180"/></option>
    <option value="365"><xsl:apply-templates select="@value[. = '365']" mode="selected"/><wp:text key="token.days.365"/></option>
  </xsl:template>

  <!-- one token, to revoke -->
  <xsl:template match="page[@route = 'token']/data" mode="before-form"><xsl:apply-templates select="token" mode="one"/></xsl:template>
  <xsl:template match="token" mode="one">
    <section class="wp-card">
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.name"/></dt>
          <dd class="govuk-summary-list__value"><xsl:value-of select="name"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.scopes"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="scopes" mode="scopes"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.made"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="created" mode="time"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.expires"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="expires" mode="date"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.used"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="." mode="used"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="token.state"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="state" mode="token"/></dd>
        </div>
      </dl>
    </section>
  </xsl:template>
  <xsl:template match="form[@name = 'revoke']" mode="fields">
    <xsl:if test="/page/data/token/state = 'active'">
      <p class="govuk-body"><wp:text key="token.revoke.text"/></p>
      <div class="wp-buttons">
        <button class="govuk-button" type="submit"><wp:text key="token.revoke.button"/></button>
        <xsl:apply-templates select="/page" mode="cancel"/>
      </div>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
