<?xml version="1.0" encoding="UTF-8"?>
<!-- Controls of the forms about rights: to whom, which level, for what, until when.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="../../shared/contact-fields.xsl"/>

  <xsl:template match="field[@name = 'how']" mode="label"><wp:text key="delegation.how"/></xsl:template>
  <xsl:template match="field[@name = 'how']" mode="answers">
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'code'"/>
      <xsl:with-param name="id" select="@control"/>
      <xsl:with-param name="label"><wp:text key="delegation.how.code"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.how.code.hint"/></xsl:with-param>
    </xsl:apply-templates>
    <div class="govuk-radios__conditional"><xsl:apply-templates select="key('field', 'receiver')" mode="input"/></div>
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'link'"/>
      <xsl:with-param name="label"><wp:text key="delegation.how.link"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.how.link.hint"/></xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="field[@name = 'receiver']" mode="label"><wp:text key="delegation.receiver"/></xsl:template>
  <xsl:template match="field[@name = 'receiver']" mode="hint">
    <div class="govuk-hint" id="{@control}-hint"><wp:text key="delegation.receiver.hint"/></div>
  </xsl:template>
  <xsl:template match="field[@name = 'receiver']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-10</xsl:attribute>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
    <xsl:attribute name="spellcheck">false</xsl:attribute>
  </xsl:template>

  <xsl:template match="field[@name = 'who']" mode="label"><wp:text key="delegation.who"/></xsl:template>
  <xsl:template match="field[@name = 'who']" mode="hint"><div class="govuk-hint" id="{@control}-hint"><wp:text key="delegation.who.hint"/></div></xsl:template>
  <xsl:template match="field[@name = 'who']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-20</xsl:attribute>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
  </xsl:template>

  <xsl:template match="field[@name = 'level']" mode="label"><wp:text key="delegation.level"/></xsl:template>
  <xsl:template match="field[@name = 'level']" mode="answers">
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'read'"/>
      <xsl:with-param name="id" select="@control"/>
      <xsl:with-param name="label"><wp:text key="delegation.level.read"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.level.read.hint"/></xsl:with-param>
    </xsl:apply-templates>
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'submit'"/>
      <xsl:with-param name="label"><wp:text key="delegation.level.submit"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.level.submit.hint"/></xsl:with-param>
    </xsl:apply-templates>
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'pay'"/>
      <xsl:with-param name="label"><wp:text key="delegation.level.pay"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.level.pay.hint"/></xsl:with-param>
    </xsl:apply-templates>
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'full'"/>
      <xsl:with-param name="label"><wp:text key="delegation.level.full"/></xsl:with-param>
      <xsl:with-param name="hint"><wp:text key="delegation.level.full.hint"/></xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="field[@name = 'point']" mode="label"><wp:text key="delegation.on"/></xsl:template>
  <xsl:template match="field[@name = 'point']" mode="options">
    <option value=""><wp:text key="delegation.whole"><wp:with name="contract"><xsl:value-of select="/page/context/@contract"/></wp:with></wp:text></option>
    <xsl:apply-templates select="/page/data/point" mode="option"><xsl:with-param name="chosen" select="@value"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="point" mode="option">
    <xsl:param name="chosen"/>
    <option value="{id}"><xsl:apply-templates select="$chosen[. = current()/id]" mode="selected"/><xsl:apply-templates select="." mode="meter-name"/></option>
  </xsl:template>

  <xsl:template match="field[@name = 'term']" mode="label"><wp:text key="delegation.term"/></xsl:template>
  <xsl:template match="field[@name = 'term']" mode="answers">
    <xsl:apply-templates select="/page/data/term"><xsl:with-param name="field" select="."/></xsl:apply-templates>
    <xsl:apply-templates select="." mode="answer">
      <xsl:with-param name="value" select="'date'"/>
      <xsl:with-param name="label"><wp:text key="delegation.term.date"/></xsl:with-param>
    </xsl:apply-templates>
    <div class="govuk-radios__conditional"><xsl:apply-templates select="key('field', 'until')" mode="input"/></div>
  </xsl:template>
  <xsl:template match="term">
    <xsl:param name="field"/>
    <xsl:apply-templates select="$field" mode="answer">
      <xsl:with-param name="value" select="@months"/>
      <xsl:with-param name="id"><xsl:apply-templates select="." mode="id"><xsl:with-param name="field" select="$field"/></xsl:apply-templates></xsl:with-param>
      <xsl:with-param name="label">
        <xsl:apply-templates select="." mode="length"/>
        <xsl:text>, </xsl:text><wp:text key="delegation.to"><wp:with name="until"><xsl:apply-templates select="@until" mode="date"/></wp:with></wp:text>
      </xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="term" mode="id"><xsl:param name="field"/><xsl:value-of select="concat($field/@control, '-', @months)"/></xsl:template>
  <xsl:template match="term[1]" mode="id"><xsl:param name="field"/><xsl:value-of select="$field/@control"/></xsl:template>
  <xsl:template match="term" mode="length"><wp:text key="delegation.months" n="@months"/></xsl:template>
  <xsl:template match="term[@months = 12]" mode="length"><wp:text key="delegation.year"/></xsl:template>

  <xsl:template match="field[@name = 'until']" mode="label"><wp:text key="delegation.until"/></xsl:template>
  <xsl:template match="field[@name = 'until']" mode="hint">
    <div class="govuk-hint" id="{@control}-hint"><wp:text key="delegation.until.hint"/></div>
  </xsl:template>
  <xsl:template match="field[@name = 'until']" mode="attributes">
    <xsl:attribute name="class">govuk-input govuk-input--width-10</xsl:attribute>
    <xsl:attribute name="type">date</xsl:attribute>
    <xsl:attribute name="min"><xsl:value-of select="/page/@today"/></xsl:attribute>
    <xsl:attribute name="autocomplete">off</xsl:attribute>
  </xsl:template>

  <!-- for a person who has no account yet -->
  <xsl:template match="field[@name = 'email']" mode="hint"><div class="govuk-hint" id="{@control}-hint"><wp:text key="offer.email.hint"/></div></xsl:template>
</xsl:stylesheet>
