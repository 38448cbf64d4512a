<?xml version="1.0" encoding="UTF-8"?>
<!-- An error page: page/@code names its texts.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="page.xsl"/>

  <wp:messages prefix="page." suffix=".title" match="page" mode="title"/>
  <wp:messages prefix="page." suffix=".text" match="page" mode="text"/>

  <xsl:template match="page" mode="main">
    <section class="wp-card">
      <h1 class="govuk-heading-l"><xsl:apply-templates select="." mode="title"/></h1>
      <p class="govuk-body"><xsl:apply-templates select="." mode="text"/></p>
      <xsl:apply-templates select="." mode="sms"/>
      <xsl:apply-templates select="." mode="what-now"/>
      <xsl:apply-templates select="request" mode="number"/>
    </section>
  </xsl:template>

  <xsl:template match="page" mode="sms"/>
  <xsl:template match="page[@status = 503][@code != 'bank_away']" mode="sms">
    <xsl:apply-templates select="site/help/@sms-number" mode="sms"/>
  </xsl:template>
  <xsl:template match="@sms-number" mode="sms">
    <p class="govuk-body">
      <wp:text key="error-page.sms"/>
      <xsl:text> </xsl:text><span class="nw"><xsl:value-of select="translate(., ' ', '&#160;')"/></span>: <b class="nw">RU 41207736 44</b>
    </p>
  </xsl:template>

  <!-- the one thing to do next: send the form again, log in again, log out, try again, or go to the start page -->
  <xsl:template match="page" mode="what-now">
    <div class="wp-buttons">
      <xsl:apply-templates select="." mode="start-button"/>
      <xsl:apply-templates select="." mode="login-link"/>
    </div>
  </xsl:template>
  <xsl:template match="page[@status &gt;= 500]" mode="what-now">
    <div class="wp-buttons"><a class="govuk-button" href="{request/@url}"><wp:text key="error-page.again"/></a></div>
  </xsl:template>
  <!-- with this login every page gives the same error: only another login helps -->
  <xsl:template match="page[logout][@code = 'staff_no_customer' or @code = 'foreign_issuer' or @code = 'no_person_code' or @code = 'no_subject' or
                                    @code = 'unsigned_login' or @code = 'person_code_case' or @code = 'session_unbound' or @code = 'session_closed' or
                                    @code = 'account_conflict']" mode="what-now">
    <div class="wp-buttons"><a class="govuk-button" href="{logout/@href}"><wp:text key="shell.logout"/></a></div>
  </xsl:template>
  <xsl:template match="page[data/continue]" mode="what-now" priority="1">
    <div class="wp-buttons"><a class="govuk-button" href="{data/continue/@href}"><wp:text key="error-page.continue"/></a></div>
  </xsl:template>
  <xsl:template match="page[data/kept/value]" mode="what-now" priority="2">
    <p class="govuk-body"><wp:text key="error-page.kept"/></p>
    <form method="post" action="{request/@url}">
      <xsl:apply-templates select="data/kept/value"/>
      <div class="wp-buttons"><button class="govuk-button" type="submit"><wp:text key="error-page.send-again"/></button></div>
    </form>
  </xsl:template>
  <xsl:template match="kept/value"><input type="hidden" name="{@name}" value="{@text}"/></xsl:template>

  <xsl:template match="page" mode="start-button"><a class="govuk-button" href="{$base}/"><wp:text key="shell.to-start"/></a></xsl:template>
  <xsl:template match="page[person]" mode="start-button"><a class="govuk-button" href="{$base}/home"><wp:text key="shell.to-home"/></a></xsl:template>
  <xsl:template match="page" mode="login-link"><a class="govuk-link" href="{$base}/home"><wp:text key="shell.login"/></a></xsl:template>
  <xsl:template match="page[person]" mode="login-link"/>
</xsl:stylesheet>
