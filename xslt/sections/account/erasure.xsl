<?xml version="1.0" encoding="UTF-8"?>
<!-- Account: the request for erasure, and what the law requires to be kept.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'erasure']" mode="title"><wp:text key="erasure.title"/></xsl:template>

  <xsl:template match="data" mode="erasure-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="erasure.title"/></h2>
      <xsl:apply-templates select="erasure[1]" mode="state"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/account/erasure"><wp:text key="erasure.read"/></a></p>
    </section>
  </xsl:template>
  <xsl:template match="erasure" mode="state">
    <p class="govuk-body">
      <strong class="govuk-tag govuk-tag--grey"><wp:text key="erasure.withdrawn"/></strong>
      <xsl:text> </xsl:text><xsl:apply-templates select="at" mode="date"/>
    </p>
  </xsl:template>
  <xsl:template match="erasure[state = 'asked']" mode="state">
    <p class="govuk-body">
      <strong class="govuk-tag govuk-tag--yellow"><wp:text key="erasure.asked"/></strong>
      <xsl:text> </xsl:text><xsl:apply-templates select="at" mode="date"/>
    </p>
  </xsl:template>
  <xsl:template match="erasure[state = 'done']" mode="state">
    <p class="govuk-body">
      <strong class="govuk-tag govuk-tag--green"><wp:text key="erasure.done"/></strong>
      <xsl:text> </xsl:text><xsl:apply-templates select="at" mode="date"/>
    </p>
  </xsl:template>

  <xsl:template match="page[@route = 'erasure']/data" mode="before-form">
    <section class="wp-card wp-measure">
      <h2 class="govuk-heading-m"><wp:text key="erasure.erases"/></h2>
      <p class="govuk-body"><wp:text key="erasure.erases.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="erasure.keeps"/></h2>
      <p class="govuk-body"><wp:text key="erasure.keeps.text"/></p>
      <h2 class="govuk-heading-m"><wp:text key="erasure.then"/></h2>
      <p class="govuk-body"><wp:text key="erasure.then.text"/></p>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/account/export.zip" download="download"><wp:text key="account.data.get"/></a></p>
    </section>
    <xsl:apply-templates select="." mode="requests"/>
  </xsl:template>
  <xsl:template match="data" mode="requests"/>
  <xsl:template match="data[erasure]" mode="requests">
    <section class="wp-card wp-measure">
      <h2 class="govuk-heading-m"><wp:text key="erasure.requests"/></h2>
      <xsl:apply-templates select="erasure" mode="state"/>
    </section>
  </xsl:template>

  <xsl:template match="form[@name = 'erasure']" mode="fields">
    <xsl:apply-templates select="field[@name = 'understood']" mode="boxed"/>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit" name="do" value="ask"><wp:text key="erasure.ask"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>
  <xsl:template match="form[@name = 'erasure'][/page/data/erasure/state = 'asked']" mode="fields" priority="1">
    <p class="govuk-body"><wp:text key="erasure.under-way"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit" name="do" value="withdraw"><wp:text key="erasure.withdraw"/></button>
      <xsl:apply-templates select="/page" mode="cancel"/>
    </div>
  </xsl:template>
  <xsl:template match="field[@name = 'understood']" mode="label"><wp:text key="erasure.understood"/></xsl:template>
</xsl:stylesheet>
