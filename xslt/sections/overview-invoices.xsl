<?xml version="1.0" encoding="UTF-8"?>
<!-- Invoices as a CSV file.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../shared/csv.xsl"/>

  <xsl:template match="/">
    <xsl:text>&#xFEFF;</xsl:text>
    <wp:text key="csv.contract"/><xsl:value-of select="$s"/><wp:text key="csv.invoice"/><xsl:value-of select="$s"/>
    <wp:text key="csv.issued"/><xsl:value-of select="$s"/><wp:text key="csv.due"/><xsl:value-of select="$s"/>
    <wp:text key="csv.from"/><xsl:value-of select="$s"/><wp:text key="csv.until"/><xsl:value-of select="$s"/>
    <wp:text key="money.water"/><xsl:value-of select="$s"/><wp:text key="money.sewage"/><xsl:value-of select="$s"/>
    <wp:text key="money.rain"/><xsl:value-of select="$s"/><wp:text key="money.other"/><xsl:value-of select="$s"/>
    <wp:text key="csv.net"/><xsl:value-of select="$s"/><wp:text key="money.vat"/><xsl:value-of select="$s"/>
    <wp:text key="csv.total"/><xsl:value-of select="$s"/><wp:text key="money.paid"/><xsl:value-of select="$s"/>
    <wp:text key="csv.open"/><xsl:value-of select="$end"/>
    <xsl:apply-templates select="/page/data/invoice|/page/data/left_out"/>
  </xsl:template>

  <!-- in the first of fifteen columns -->
  <xsl:template match="left_out">
    <xsl:text>"</xsl:text><wp:text key="csv.left-out"><wp:with name="shown"><xsl:value-of select="@shown"/></wp:with></wp:text><xsl:text>"</xsl:text>
    <xsl:value-of select="concat($s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $s, $end)"/>
  </xsl:template>

  <xsl:template match="invoice">
    <xsl:apply-templates select="contract_no|invoice_no" mode="cell"/>
    <xsl:apply-templates select="issued_on|due_on|period_from|period_until" mode="plain"/>
    <xsl:apply-templates select="water" mode="eur"/>
    <xsl:apply-templates select="sewage" mode="eur"/>
    <xsl:apply-templates select="rain" mode="eur"/>
    <xsl:apply-templates select="other" mode="eur"/>
    <xsl:apply-templates select="net" mode="eur"/>
    <xsl:apply-templates select="vat" mode="eur"/>
    <xsl:apply-templates select="total" mode="eur"/>
    <xsl:apply-templates select="paid" mode="eur"/>
    <xsl:value-of select="concat($q, translate(format-number(open div 100, '0.00'), '.', $d), $q, $end)"/>
  </xsl:template>
</xsl:stylesheet>
