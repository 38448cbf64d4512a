<?xml version="1.0" encoding="UTF-8"?>
<!-- Forms: the hidden fields, and a control for each declared field. A section supplies the words in the modes "label" and
     "hint", special attributes of an input in "attributes", and the choices of a select in "options".
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="form">
    <form method="post" action="{@action}" novalidate="novalidate">
      <xsl:apply-templates select="." mode="hidden"/>
      <xsl:apply-templates select="." mode="fields"/>
    </form>
  </xsl:template>
  <xsl:template match="form" mode="hidden">
    <input type="hidden" name="form-key" value="{@key}"/>
    <input type="hidden" name="form-token" value="{@token}"/>
  </xsl:template>

  <xsl:template match="field" mode="input">
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <label class="govuk-label" for="{@control}"><xsl:apply-templates select="." mode="label"/></label>
      <xsl:apply-templates select="." mode="hint"/>
      <xsl:apply-templates select="." mode="problems"/>
      <input class="govuk-input" id="{@control}" name="{@name}" type="text" value="{@value}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:apply-templates select="." mode="described"/>
      </input>
    </div>
  </xsl:template>

  <xsl:template match="field" mode="select">
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <label class="govuk-label" for="{@control}"><xsl:apply-templates select="." mode="label"/></label>
      <xsl:apply-templates select="." mode="hint"/>
      <xsl:apply-templates select="." mode="problems"/>
      <select class="govuk-select" id="{@control}" name="{@name}">
        <xsl:apply-templates select="." mode="described"/>
        <xsl:apply-templates select="." mode="options"/>
      </select>
    </div>
  </xsl:template>

  <!-- one tick box; the section writes the fieldset and legend around it -->
  <xsl:template match="field" mode="tick">
    <div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" id="{@control}" name="{@name}" type="checkbox" value="1">
        <xsl:apply-templates select="@value[. = '1']" mode="checked"/>
        <xsl:apply-templates select="." mode="described"/>
      </input>
      <label class="govuk-label govuk-checkboxes__label" for="{@control}"><xsl:apply-templates select="." mode="label"/></label>
      <xsl:apply-templates select="." mode="hint"/>
    </div>
  </xsl:template>

  <!-- one of several answers: the section lists them in mode "answers", by applying mode "answer" to the field for each -->
  <xsl:template match="field" mode="radios">
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <fieldset class="govuk-fieldset">
        <xsl:if test="problem"><xsl:attribute name="aria-describedby"><xsl:value-of select="@control"/>-error</xsl:attribute></xsl:if>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><xsl:apply-templates select="." mode="label"/></legend>
        <xsl:apply-templates select="." mode="problems"/>
        <div class="govuk-radios"><xsl:apply-templates select="." mode="answers"/></div>
      </fieldset>
    </div>
  </xsl:template>
  <!-- id: the first answer has the control's own, to which the error summary links -->
  <xsl:template match="field" mode="answer">
    <xsl:param name="value"/>
    <xsl:param name="id" select="concat(@control, '-', $value)"/>
    <xsl:param name="label"/>
    <xsl:param name="hint"/>
    <div class="govuk-radios__item">
      <input class="govuk-radios__input" id="{$id}" name="{@name}" type="radio" value="{$value}">
        <xsl:apply-templates select="@value[. = $value]" mode="checked"/>
        <xsl:if test="string($hint)"><xsl:attribute name="aria-describedby"><xsl:value-of select="$id"/>-hint</xsl:attribute></xsl:if>
      </input>
      <label class="govuk-label govuk-radios__label" for="{$id}"><xsl:copy-of select="$label"/></label>
      <xsl:if test="string($hint)"><div class="govuk-hint govuk-radios__hint" id="{$id}-hint"><xsl:copy-of select="$hint"/></div></xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="field" mode="group-class"><xsl:attribute name="class">govuk-form-group</xsl:attribute></xsl:template>
  <xsl:template match="field[problem]" mode="group-class"><xsl:attribute name="class">govuk-form-group govuk-form-group--error</xsl:attribute></xsl:template>
  <xsl:template match="field" mode="attributes"/>
  <xsl:template match="field" mode="hint"/>

  <!-- hint and problem, if any -->
  <xsl:template match="field" mode="described">
    <xsl:variable name="hint"><xsl:apply-templates select="." mode="hint"/></xsl:variable>
    <xsl:variable name="ids">
      <xsl:if test="string($hint)"><xsl:value-of select="@control"/>-hint </xsl:if>
      <xsl:if test="problem"><xsl:value-of select="@control"/>-error</xsl:if>
    </xsl:variable>
    <xsl:if test="string($ids)"><xsl:attribute name="aria-describedby"><xsl:value-of select="normalize-space($ids)"/></xsl:attribute></xsl:if>
    <xsl:if test="problem"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if>
  </xsl:template>

  <xsl:template match="@*" mode="checked"><xsl:attribute name="checked">checked</xsl:attribute></xsl:template>
  <xsl:template match="@*" mode="selected"><xsl:attribute name="selected">selected</xsl:attribute></xsl:template>
</xsl:stylesheet>
