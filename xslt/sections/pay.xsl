<?xml version="1.0" encoding="UTF-8"?>
<!-- Back from the bank: what its message says, and the link to the payment. This page contains nothing personal.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/payment-parts.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="payment.back"/></xsl:template>
  <xsl:template match="page[data/payment/@state = 'confirmed' or data/payment/@state = 'reconciled']" mode="title"><wp:text key="payment.paid"/></xsl:template>
  <xsl:template match="page[data/payment/@state = 'cancelled' or data/payment/@state = 'failed']" mode="title"><wp:text key="payment.unpaid"/></xsl:template>

  <xsl:template match="data">
    <xsl:apply-templates select="payment" mode="panel"/>
    <xsl:apply-templates select="self::*[not(payment)]" mode="nothing"/>
    <div class="wp-buttons"><a class="govuk-button" href="{$base}/payments"><xsl:apply-templates select="payment/@id"/><wp:text key="payment.on"/></a></div>
    <xsl:apply-templates select="*[not(self::payment)]"/>
  </xsl:template>
  <xsl:template match="@id"><xsl:attribute name="href"><xsl:value-of select="concat($base, '/payments/', .)"/></xsl:attribute></xsl:template>
  <xsl:template match="data" mode="nothing">
    <section class="wp-panel wp-panel--wait" aria-labelledby="state">
      <h1 class="govuk-heading-l" id="state"><wp:text key="payment.back"/></h1>
      <p><wp:text key="payment.back.text"/></p>
    </section>
  </xsl:template>
</xsl:stylesheet>
