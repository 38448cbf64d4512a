<?xml version="1.0" encoding="UTF-8"?>
<!-- Account: e-mail and telephone, and the codes that prove them.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'email' or @route = 'email_code']" mode="title"><wp:text key="account.email.title"/></xsl:template>
  <xsl:template match="page[@route = 'phone' or @route = 'phone_code']" mode="title"><wp:text key="account.phone.title"/></xsl:template>

  <xsl:template match="account" mode="contact">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="registration.contact"/></h2>
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="registration.email"/></dt>
          <dd class="govuk-summary-list__value">
            <xsl:apply-templates select="." mode="email-value"/>
            <xsl:apply-templates select="../change[channel = 'email']" mode="waiting"/>
          </dd>
          <dd class="govuk-summary-list__actions">
            <a class="govuk-link" href="{$base}/account/email">
              <wp:text key="shell.change"/>
              <span class="govuk-visually-hidden"><xsl:text> </xsl:text><wp:text key="account.change.email"/></span>
            </a>
          </dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="account.phone"/></dt>
          <dd class="govuk-summary-list__value">
            <xsl:apply-templates select="." mode="phone-value"/>
            <xsl:apply-templates select="../change[channel = 'sms']" mode="waiting"/>
          </dd>
          <dd class="govuk-summary-list__actions">
            <a class="govuk-link" href="{$base}/account/phone">
              <wp:text key="shell.change"/>
              <span class="govuk-visually-hidden"><xsl:text> </xsl:text><wp:text key="account.change.phone"/></span>
            </a>
          </dd>
        </div>
      </dl>
      <xsl:apply-templates select="." mode="unproved"/>
    </section>
  </xsl:template>

  <xsl:template match="account" mode="email-value">
    <xsl:apply-templates select="email" mode="address"/>
    <xsl:apply-templates select="self::*[email]/email_proved" mode="proof"/>
    <xsl:apply-templates select="self::*[not(email)]" mode="no-address"/>
  </xsl:template>
  <xsl:template match="account" mode="phone-value">
    <xsl:apply-templates select="phone" mode="address"/>
    <xsl:apply-templates select="self::*[phone]/phone_proved" mode="proof"/>
    <xsl:apply-templates select="self::*[not(phone)]" mode="no-address"/>
  </xsl:template>
  <xsl:template match="account" mode="no-address"><wp:text key="account.none"/></xsl:template>
  <xsl:template match="*" mode="address"><span class="wp-id"><xsl:value-of select="."/></span><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="phone" mode="address"><span class="nw"><xsl:apply-templates select="." mode="phone"/></span><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="*" mode="proof"><strong class="govuk-tag govuk-tag--yellow"><wp:text key="account.unproved"/></strong></xsl:template>
  <xsl:template match="*[. = 1]" mode="proof"><strong class="govuk-tag govuk-tag--green"><wp:text key="account.proved"/></strong></xsl:template>

  <!-- reminders that wait for the proof of an address: mentioned next to the address -->
  <xsl:template match="account" mode="unproved"/>
  <xsl:template match="account[(email and email_proved = 0) or (phone and phone_proved = 0)]" mode="unproved">
    <p class="wp-small"><wp:text key="account.unproved.text"/></p>
  </xsl:template>

  <xsl:template match="change" mode="waiting">
    <br/>
    <wp:text key="account.waiting">
      <wp:with name="value"><b class="wp-id"><xsl:apply-templates select="." mode="what"/></b></wp:with>
      <wp:with name="until"><xsl:apply-templates select="expires" mode="clock"/></wp:with>
    </wp:text>
    <xsl:text> </xsl:text>
    <a class="govuk-link">
      <xsl:attribute name="href"><xsl:apply-templates select="." mode="code-address"/></xsl:attribute>
      <wp:text key="account.enter-code"/>
    </a>
  </xsl:template>
  <xsl:template match="change" mode="what"><wp:text key="account.removal"/></xsl:template>
  <xsl:template match="change[string(value)]" mode="what"><xsl:apply-templates select="value" mode="phone"/></xsl:template>
  <xsl:template match="change" mode="code-address"><xsl:value-of select="$base"/>/account/phone/code</xsl:template>
  <xsl:template match="change[channel = 'email']" mode="code-address"><xsl:value-of select="$base"/>/account/email/code</xsl:template>

  <!-- a new address -->
  <xsl:template match="page[@route = 'email' or @route = 'phone']/data" mode="before-form">
    <p class="wp-lead"><wp:text key="account.change.lead"/></p>
    <xsl:apply-templates select="account" mode="now"/>
  </xsl:template>
  <xsl:template match="account" mode="now">
    <p class="govuk-body">
      <wp:text key="account.now"/>
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="/page/@route = 'email'"><xsl:apply-templates select="." mode="email-value"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="phone-value"/></xsl:otherwise>
      </xsl:choose>
    </p>
    <xsl:apply-templates select="." mode="old-asked"/>
  </xsl:template>
  <xsl:template match="account" mode="old-asked"/>
  <xsl:template match="account[(/page/@route = 'email' and email and email_proved = 1) or (/page/@route = 'phone' and phone and phone_proved = 1)]"
      mode="old-asked">
    <p class="govuk-body"><wp:text key="account.old-asked"/></p>
  </xsl:template>

  <xsl:template match="form[@name = 'email']" mode="fields">
    <section class="wp-card"><xsl:apply-templates select="field[@name = 'email']" mode="input"/></section>
    <xsl:apply-templates select="." mode="send-code"/>
  </xsl:template>
  <xsl:template match="form[@name = 'phone']" mode="fields">
    <section class="wp-card">
      <xsl:apply-templates select="field[@name = 'phone']" mode="input"/>
      <xsl:apply-templates select="field[@name = 'remove'][/page/data/account/phone or problem]" mode="boxed"/>
    </section>
    <xsl:apply-templates select="." mode="send-code"/>
  </xsl:template>
  <xsl:template match="form" mode="send-code">
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="account.send-code"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>
  <xsl:template match="field[@name = 'remove']" mode="label"><wp:text key="account.phone.remove"/></xsl:template>
  <xsl:template match="field" mode="boxed">
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <xsl:apply-templates select="." mode="problems"/>
      <div class="govuk-checkboxes"><xsl:apply-templates select="." mode="tick"/></div>
    </div>
  </xsl:template>
  <xsl:template match="form[@name = 'email']/field[@name = 'email']" mode="label" priority="2"><wp:text key="account.email.new"/></xsl:template>
  <xsl:template match="form[@name = 'email']/field[@name = 'email']" mode="hint" priority="2"/>
  <xsl:template match="form[@name = 'phone']/field[@name = 'phone']" mode="label" priority="2"><wp:text key="account.phone.new"/></xsl:template>

  <!-- the codes -->
  <xsl:template match="page[@route = 'email_code' or @route = 'phone_code']/data" mode="before-form">
    <section class="wp-notice" aria-label="[[shell.notice]]">
      <p><wp:text key="code.none"/></p>
      <p>
        <a class="govuk-link">
          <xsl:attribute name="href"><xsl:value-of select="concat($base, '/account/', substring-before(/page/@route, '_'))"/></xsl:attribute>
          <wp:text key="code.again"/>
        </a>
      </p>
    </section>
  </xsl:template>
  <xsl:template match="page[@route = 'email_code' or @route = 'phone_code']/data[change]" mode="before-form" priority="1">
    <xsl:apply-templates select="change" mode="sent"/>
  </xsl:template>
  <xsl:template match="change" mode="sent">
    <p class="wp-lead"><wp:text key="code.sent"><wp:with name="until"><xsl:apply-templates select="expires" mode="clock"/></wp:with></wp:text></p>
    <xsl:apply-templates select="old" mode="why"/>
  </xsl:template>
  <xsl:template match="old" mode="why"><p class="govuk-body"><wp:text key="code.both"/></p></xsl:template>

  <xsl:template match="form[@name = 'code']" mode="fields">
    <section class="wp-card">
      <xsl:apply-templates select="field[@name = 'code'][not(/page/data/change) or string(/page/data/change/value) or problem]" mode="input"/>
      <xsl:apply-templates select="field[@name = 'old-code'][/page/data/change/old or problem]" mode="input"/>
    </section>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="code.confirm"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
    <p class="wp-small"><wp:text key="code.missing"/><xsl:apply-templates select="/page/data/change/old" mode="lost"/></p>
  </xsl:template>
  <xsl:template match="old" mode="lost"><xsl:text> </xsl:text><wp:text key="code.lost"/></xsl:template>
  <xsl:template match="field[@name = 'code']" mode="label"><wp:text key="code.label"/></xsl:template>
  <xsl:template match="field[@name = 'code'][/page/data/change/value]" mode="label" priority="1">
    <wp:text key="code.new">
      <wp:with name="address"><span class="wp-id"><xsl:apply-templates select="/page/data/change/value" mode="phone"/></span></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="field[@name = 'old-code']" mode="label"><wp:text key="code.label"/></xsl:template>
  <xsl:template match="field[@name = 'old-code'][/page/data/change/old]" mode="label" priority="1">
    <wp:text key="code.old">
      <wp:with name="address"><span class="wp-id"><xsl:apply-templates select="/page/data/change/old" mode="phone"/></span></wp:with>
    </wp:text>
  </xsl:template>
  <xsl:template match="field[@name = 'code' or @name = 'old-code']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-10</xsl:attribute>
    <xsl:attribute name="inputmode">numeric</xsl:attribute>
    <xsl:attribute name="autocomplete">one-time-code</xsl:attribute>
    <xsl:attribute name="spellcheck">false</xsl:attribute>
  </xsl:template>
</xsl:stylesheet>
