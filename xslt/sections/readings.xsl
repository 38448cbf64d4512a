<?xml version="1.0" encoding="UTF-8"?>
<!-- Meter readings: the choice of a contract, the form, the receipt, the history.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="readings/meter.xsl"/>
  <xsl:include href="readings/questions.xsl"/>
  <xsl:include href="readings/script.xsl"/>
  <xsl:include href="readings/receipt.xsl"/>
  <xsl:include href="../shared/reading-history.xsl"/>

  <wp:messages prefix="flag." match="flag"/>
  <!-- one line for each meter: the line about its value also covers a missing answer -->
  <xsl:template match="problem[@code = 'reading_what']" mode="summary"/>

  <xsl:template match="problem[@code = 'reading_closed'][/page/data/ended]" mode="text"><wp:text key="error.contract_ended"/></xsl:template>

  <xsl:template match="page" mode="title"><wp:text key="readings.title"/></xsl:template>
  <xsl:template match="page[@route = 'choose']" mode="title"><wp:text key="readings.choose"/></xsl:template>
  <xsl:template match="page[@route = 'receipt']" mode="title"><xsl:apply-templates select="data" mode="receipt-title"/></xsl:template>
  <xsl:template match="page[@route = 'history']" mode="title"><wp:text key="history.title"/></xsl:template>

  <!-- the script computes while a person types -->
  <xsl:template match="asset[@name = 'readings.js']" mode="head">
    <xsl:if test="/page/@route = 'form' and /page/form"><script type="module" src="{@href}"/></xsl:if>
  </xsl:template>

  <!-- several contracts -->
  <xsl:template match="page[@route = 'choose']/data">
    <h1 class="govuk-heading-l"><wp:text key="readings.choose"/></h1>
    <section class="wp-card"><xsl:apply-templates select="." mode="contracts"/></section>
    <xsl:apply-templates select="*[not(self::contract)]"/>
  </xsl:template>

  <!-- the meters of one contract -->
  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="readings.title"/></h1>
    <xsl:apply-templates select="window" mode="lead"/>
    <xsl:apply-templates select="." mode="meters"/>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="/page/context" mode="history-link"/>
    <xsl:apply-templates select="*[not(self::window or self::ended or self::premises or self::meter or self::paging)]"/>
  </xsl:template>

  <xsl:template match="window" mode="lead">
    <p class="wp-lead">
      <wp:text key="readings.lead">
        <wp:with name="month"><xsl:apply-templates select="@month" mode="month"/></wp:with>
        <wp:with name="range"><b><xsl:apply-templates select="." mode="range"/></b></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="window[@open = 'false']" mode="lead">
    <p class="wp-lead"><wp:text key="readings.closed"/><xsl:apply-templates select="@next-from" mode="lead"/></p>
  </xsl:template>
  <xsl:template match="@next-from" mode="lead">
    <xsl:text> </xsl:text>
    <wp:text key="readings.closed.next"><wp:with name="from"><b class="nw"><xsl:apply-templates select="." mode="date"/></b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="window[../ended]" mode="lead" priority="2">
    <p class="wp-lead">
      <wp:text key="readings.ended"><wp:with name="date"><b class="nw"><xsl:apply-templates select="../ended" mode="date"/></b></wp:with></wp:text>
    </p>
  </xsl:template>
  <xsl:template match="window[../meter][not(../meter[@remote = 'false'])]" mode="lead" priority="1">
    <p class="wp-lead"><wp:text key="readings.all-remote"/></p>
  </xsl:template>

  <!-- nothing to fill in, so there is no form -->
  <xsl:template match="data" mode="meters"><xsl:apply-templates select="premises" mode="card"/></xsl:template>
  <xsl:template match="data[window/@open = 'true'][meter/@remote = 'false']" mode="meters"><xsl:apply-templates select="/page/form"/></xsl:template>

  <xsl:template match="form[@name = 'readings']" mode="fields">
    <xsl:apply-templates select="/page/data/premises" mode="card"/>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit" name="do" value="submit"><wp:text key="readings.submit"/></button>
      <button class="govuk-button govuk-button--secondary" type="submit" name="do" value="compute"><wp:text key="readings.compute"/></button>
    </div>
    <p class="wp-small"><span data-compute=""><wp:text key="readings.compute.text"/></span><xsl:apply-templates select="/page/data/paging" mode="note"/></p>
  </xsl:template>
  <xsl:template match="paging" mode="note"><xsl:text> </xsl:text><wp:text key="readings.page-only"/></xsl:template>

  <xsl:template match="premises" mode="card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><xsl:value-of select="address"/></h2>
      <xsl:apply-templates select="../meter"/>
      <xsl:apply-templates select="self::*[not(../meter)]" mode="no-meters"/>
    </section>
  </xsl:template>
  <xsl:template match="premises" mode="no-meters"><p class="govuk-body"><wp:text key="readings.no-meters"/></p></xsl:template>

  <xsl:template match="context" mode="history-link">
    <p class="govuk-body wp-noprint"><a class="govuk-link"><xsl:apply-templates select="." mode="history-address"/><wp:text key="history.title"/></a></p>
  </xsl:template>
  <xsl:template match="context" mode="history-address">
    <xsl:attribute name="href"><xsl:value-of select="$own"/>/history?contract=<xsl:value-of select="str:encode-uri(@contract, true())"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="context" mode="readings-address">
    <xsl:attribute name="href"><xsl:value-of select="$own"/>?contract=<xsl:value-of select="str:encode-uri(@contract, true())"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="contract" mode="history-address">
    <xsl:attribute name="href"><xsl:value-of select="$own"/>/history?contract=<xsl:value-of select="str:encode-uri(contract_no, true())"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="contract" mode="readings-address">
    <xsl:attribute name="href"><xsl:value-of select="$own"/>?contract=<xsl:value-of select="str:encode-uri(contract_no, true())"/></xsl:attribute>
  </xsl:template>
</xsl:stylesheet>
