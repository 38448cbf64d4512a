<?xml version="1.0" encoding="UTF-8"?>
<!-- Words and special attributes of the registration form's fields, shared with the account page.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="contact-fields.xsl"/>

  <xsl:template match="field[@name = 'contract']" mode="label"><wp:text key="registration.number"/></xsl:template>
  <xsl:template match="field[@name = 'contract']" mode="hint">
    <div class="govuk-hint" id="{@control}-hint"><wp:text key="registration.number.hint"/></div>
  </xsl:template>
  <xsl:template match="field[@name = 'contract']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-10</xsl:attribute>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
    <xsl:attribute name="spellcheck">false</xsl:attribute>
  </xsl:template>

  <xsl:template match="field[@name = 'email']" mode="hint">
    <div class="govuk-hint" id="{@control}-hint"><wp:text key="registration.email.hint"/></div>
  </xsl:template>

  <xsl:template match="field[@name = 'phone']" mode="label"><wp:text key="registration.phone"/></xsl:template>
  <xsl:template match="field[@name = 'phone']" mode="hint">
    <div class="govuk-hint" id="{@control}-hint"><wp:text key="registration.phone.hint"/></div>
  </xsl:template>
  <xsl:template match="field[@name = 'phone']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-20</xsl:attribute>
    <xsl:attribute name="inputmode">tel</xsl:attribute>
    <xsl:attribute name="autocomplete">tel</xsl:attribute>
  </xsl:template>

  <xsl:template match="field[@name = 'remind-readings-email']" mode="kind-label"><wp:text key="registration.remind.readings"/></xsl:template>
  <xsl:template match="field[@name = 'remind-invoices-email']" mode="kind-label"><wp:text key="registration.remind.invoices"/></xsl:template>
  <xsl:template match="field[@name = 'remind-outages-email']" mode="kind-label"><wp:text key="registration.remind.outages"/></xsl:template>
  <xsl:template match="field[starts-with(@name, 'remind-')]" mode="label"><wp:text key="registration.by-email"/></xsl:template>
  <xsl:template match="field[starts-with(@name, 'remind-') and substring-after(substring-after(@name, '-'), '-') = 'sms']" mode="label" priority="1">
    <wp:text key="registration.by-sms"/>
  </xsl:template>
  <xsl:template match="field[@name = 'remind-outages-sms']" mode="hint">
    <div class="govuk-hint govuk-checkboxes__hint" id="{@control}-hint"><wp:text key="registration.outages.hint"/></div>
  </xsl:template>

  <xsl:template match="field[@name = 'quiet']" mode="label"><wp:text key="registration.quiet"/></xsl:template>
  <xsl:template match="field[@name = 'quiet']" mode="options">
    <option value="21-8"><xsl:apply-templates select="@value[. = '21-8']" mode="selected"/><wp:text key="registration.quiet.21"/></option>
    <option value="22-7"><xsl:apply-templates select="@value[. = '22-7']" mode="selected"/><wp:text key="registration.quiet.22"/></option>
    <option value="none"><xsl:apply-templates select="@value[. = 'none']" mode="selected"/><wp:text key="registration.quiet.none"/></option>
  </xsl:template>

  <xsl:template match="field[@name = 'declare']" mode="label"><wp:text key="registration.declare"/></xsl:template>
  <xsl:template match="field[@name = 'declare']" mode="hint">
    <div class="govuk-hint govuk-checkboxes__hint" id="{@control}-hint"><wp:text key="registration.declare.hint"/></div>
  </xsl:template>

  <!-- one kind of reminder: by e-mail, by text message -->
  <xsl:template match="field" mode="kind">
    <xsl:variable name="sms" select="../field[@name = concat(substring-before(current()/@name, '-email'), '-sms')]"/>
    <div>
      <xsl:apply-templates select="(. | $sms[problem])[last()]" mode="group-class"/>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><xsl:apply-templates select="." mode="kind-label"/></legend>
        <xsl:apply-templates select="." mode="problems"/>
        <xsl:apply-templates select="$sms" mode="problems"/>
        <div class="govuk-checkboxes">
          <xsl:apply-templates select="." mode="tick"/>
          <xsl:apply-templates select="$sms" mode="tick"/>
        </div>
      </fieldset>
    </div>
  </xsl:template>
</xsl:stylesheet>
