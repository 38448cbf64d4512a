<?xml version="1.0" encoding="UTF-8"?>
<!-- The fields e-mail and language, for registration and for the account page.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="field[@name = 'email']" mode="label"><wp:text key="registration.email"/></xsl:template>
  <xsl:template match="field[@name = 'email']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-20</xsl:attribute>
    <xsl:attribute name="inputmode">email</xsl:attribute>
    <xsl:attribute name="autocomplete">email</xsl:attribute>
    <xsl:attribute name="spellcheck">false</xsl:attribute>
  </xsl:template>
  <xsl:template match="field[@name = 'language']" mode="label"><wp:text key="registration.language"/></xsl:template>
  <xsl:template match="field[@name = 'language']" mode="options">
    <option value="lv"><xsl:apply-templates select="@value[. = 'lv']" mode="selected"/><wp:text key="language.lv"/></option>
    <option value="en"><xsl:apply-templates select="@value[. = 'en']" mode="selected"/><wp:text key="language.en"/></option>
  </xsl:template>
</xsl:stylesheet>
