<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns codes into sentences: problems (in the error summary and at the field), notices.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <wp:messages prefix="error." match="problem"/>
  <wp:messages prefix="notice." match="notice"/>
  <wp:messages prefix="language." match="language"/>
  <wp:messages prefix="menu." match="entry" by="section"/>

  <xsl:key name="field-by-control" match="form/field|filter/field" use="@control"/>
  <xsl:key name="meter" match="data/meter" use="@id"/>

  <xsl:template match="problems">
    <div class="govuk-error-summary" tabindex="-1">
      <div role="alert">
        <h2 class="govuk-error-summary__title"><xsl:apply-templates select="." mode="summary-title"/></h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list"><xsl:apply-templates select="problem" mode="summary"/></ul>
        </div>
      </div>
    </div>
  </xsl:template>
  <xsl:template match="problems" mode="summary-title"><wp:text key="problems.title"/></xsl:template>
  <!-- nothing was submitted -->
  <xsl:template match="page[@status = 200]/problems" mode="summary-title"><wp:text key="problems.title.computed"/></xsl:template>
  <xsl:template match="problem" mode="summary"><li><xsl:apply-templates select="." mode="sentence"/></li></xsl:template>
  <xsl:template match="problem[@control]" mode="summary">
    <li><a href="#{@control}"><xsl:apply-templates select="." mode="sentence"/></a></li>
  </xsl:template>
  <!-- on a page with several meters the sentence names its meter -->
  <xsl:template match="problem" mode="sentence">
    <xsl:apply-templates select="key('meter', key('field-by-control', @control)/@for)" mode="name-before"/>
    <xsl:apply-templates select="." mode="text"/>
  </xsl:template>
  <!-- problems that any field can have need the field's name -->
  <xsl:template match="problem[@code = 'choice' or @code = 'count' or @code = 'too_long' or @code = 'one_line' or @code = 'not_a_key']" mode="sentence">
    <xsl:apply-templates select="key('field-by-control', @control)" mode="label"/><xsl:text>: </xsl:text>
    <xsl:apply-templates select="." mode="text"/>
  </xsl:template>
  <xsl:template match="meter" mode="name-before"><xsl:value-of select="place"/>: </xsl:template>

  <!-- at the field: all its problems in one paragraph, to which aria-describedby of the control refers -->
  <xsl:template match="field" mode="problems"/>
  <xsl:template match="field[problem]" mode="problems">
    <p class="govuk-error-message" id="{@control}-error">
      <span class="govuk-visually-hidden"><wp:text key="problems.prefix"/></span>
      <xsl:apply-templates select="problem" mode="at-field"/>
    </p>
  </xsl:template>
  <xsl:template match="problem" mode="at-field"><xsl:text> </xsl:text><xsl:apply-templates select="." mode="text"/></xsl:template>

  <xsl:template match="notice">
    <section class="wp-notice wp-notice--good" aria-labelledby="notice-{position()}">
      <p id="notice-{position()}"><xsl:apply-templates select="." mode="text"/></p>
      <xsl:apply-templates select="arg[@name = 'href']" mode="link"/>
    </section>
  </xsl:template>
  <xsl:template match="notice[@code = 'offer_waiting']/arg" mode="link"><p><a class="govuk-link" href="{.}"><wp:text key="offer.look"/></a></p></xsl:template>
  <xsl:template match="arg" mode="link"><p><a class="govuk-link" href="{.}"><wp:text key="notice-receipt"/></a></p></xsl:template>
</xsl:stylesheet>
