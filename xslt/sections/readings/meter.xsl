<?xml version="1.0" encoding="UTF-8"?>
<!-- One meter of the readings form: what is known on the left, the field on the right, questions below. A meter's control has
     the name "field.METER" and the id "field-KEY"; its typed value is looked up in the form.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:key name="meter-field" match="form/field[@for]" use="concat(@name, '.', @for)"/>

  <xsl:template match="meter">
    <div class="wp-reading" role="group" aria-labelledby="meter-{@key}">
      <xsl:apply-templates select="check" mode="data"/>
      <div>
        <h3 class="govuk-heading-s" id="meter-{@key}"><xsl:apply-templates select="." mode="name"/></h3>
        <p class="wp-reading__meta">
          <wp:text key="meter.serial"/><xsl:text> </xsl:text><b class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></b>
          <xsl:apply-templates select="previous"/>
        </p>
        <xsl:apply-templates select="verification-expired|missing-since"/>
      </div>
      <div><xsl:apply-templates select="." mode="entry"/></div>
      <xsl:apply-templates select="." mode="questions"/>
    </div>
  </xsl:template>

  <xsl:template match="field[@for]" mode="label"><xsl:apply-templates select="key('meter', @for)" mode="name"/></xsl:template>

  <!-- for readings.js -->
  <xsl:template match="check" mode="data">
    <xsl:attribute name="data-meter"><xsl:value-of select="../@id"/></xsl:attribute>
    <xsl:attribute name="data-check"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <xsl:template match="meter" mode="name"><wp:text key="meter.unnamed"/></xsl:template>
  <xsl:template match="meter[string(place)]" mode="name"><xsl:value-of select="place"/></xsl:template>

  <xsl:template match="previous">
    <br/><wp:text key="meter.previous"/><xsl:text> </xsl:text><b class="nw"><xsl:apply-templates select="." mode="volume"/></b>
    <xsl:apply-templates select="../previous-on|../previous-kind"/>
  </xsl:template>
  <xsl:template match="previous-on">, <span class="nw"><xsl:apply-templates select="." mode="date"/></span></xsl:template>
  <xsl:template match="previous-kind"/>
  <xsl:template match="previous-kind[. = 'estimated']"> (<wp:text key="kind.estimated"/>)</xsl:template>
  <xsl:template match="previous-kind[. = 'swap' or . = 'swap_start']"> (<wp:text key="kind.swap"/>)</xsl:template>
  <xsl:template match="verification-expired">
    <p class="wp-reading__meta">
      <wp:text key="meter.verification"><wp:with name="until"><xsl:apply-templates select="../verified-until" mode="date"/></wp:with></wp:text>
    </p>
  </xsl:template>
  <xsl:template match="missing-since">
    <p class="wp-reading__meta"><wp:text key="meter.missing"><wp:with name="since"><xsl:apply-templates select="." mode="date"/></wp:with></wp:text></p>
  </xsl:template>

  <!-- window closed: the last submission -->
  <xsl:template match="meter" mode="entry">
    <p class="govuk-body"><strong class="govuk-tag govuk-tag--grey"><wp:text key="meter.closed"/></strong></p>
    <xsl:apply-templates select="current"/>
  </xsl:template>
  <!-- read by the utility -->
  <xsl:template match="meter[@remote = 'true']" mode="entry" priority="3">
    <p class="govuk-body"><strong class="govuk-tag"><wp:text key="meter.remote"/></strong></p>
    <xsl:apply-templates select="current"/>
    <p class="wp-reading__meta"><xsl:apply-templates select="use" mode="remote"/><wp:text key="meter.remote.nothing"/></p>
  </xsl:template>
  <xsl:template match="use" mode="remote">
    <wp:text key="meter.remote.use"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="volume"/></b></wp:with></wp:text>
    <xsl:text> </xsl:text>
  </xsl:template>
  <!-- window open -->
  <xsl:template match="data[window/@open = 'true']/meter" mode="entry" priority="2">
    <xsl:apply-templates select="." mode="value-control"/>
    <xsl:apply-templates select="." mode="later-control"/>
  </xsl:template>
  <xsl:template match="data[window/@open = 'true']/meter[@state = 'submitted']" mode="entry" priority="2.5">
    <xsl:apply-templates select="current"/>
    <xsl:apply-templates select="." mode="value-control"/>
  </xsl:template>

  <!-- the utility has a reading of this window: another one may be sent, and none is missing -->
  <xsl:template match="data[window/@open = 'true']/meter[@window = 'read']" mode="entry" priority="2.2">
    <p class="wp-use"><wp:text key="meter.known"/></p>
    <xsl:apply-templates select="." mode="value-control"/>
  </xsl:template>

  <xsl:template match="current">
    <p class="wp-use">
      <xsl:apply-templates select=".." mode="current-words"/>
      <xsl:apply-templates select="../current-at"/>: <b class="nw"><xsl:apply-templates select="." mode="volume"/></b>
    </p>
    <xsl:apply-templates select="../receipt"/>
  </xsl:template>
  <xsl:template match="meter" mode="current-words"><wp:text key="meter.submitted"/></xsl:template>
  <xsl:template match="meter[@remote = 'true']" mode="current-words"><wp:text key="meter.read"/></xsl:template>
  <xsl:template match="current-at"><xsl:text> </xsl:text><xsl:apply-templates select="." mode="day-time"/></xsl:template>
  <xsl:template match="meter/receipt">
    <p class="wp-reading__meta">
      <a class="govuk-link" href="{$own}/receipt/{.}"><wp:text key="meter.receipt"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></a>
    </p>
  </xsl:template>

  <xsl:template match="meter" mode="value-control">
    <xsl:variable name="field" select="key('meter-field', concat('value.', @id))"/>
    <!-- if somebody else submits meanwhile, the portal asks before it replaces that -->
    <xsl:if test="@seen"><input type="hidden" name="seen.{@id}" value="{@seen}"/></xsl:if>
    <div class="govuk-form-group">
      <xsl:apply-templates select="$field" mode="group-class"/>
      <label class="govuk-label" for="value-{@key}"><xsl:apply-templates select="." mode="value-label"/></label>
      <div class="govuk-hint" id="value-{@key}-hint"><xsl:apply-templates select="." mode="value-hint"/></div>
      <xsl:apply-templates select="$field" mode="problems"/>
      <div class="govuk-input__wrapper">
        <input class="govuk-input" id="value-{@key}" name="value.{@id}" type="text" inputmode="decimal" autocomplete="off"
            value="{$field/@value}" aria-describedby="value-{@key}-hint">
          <xsl:apply-templates select="$field[problem]" mode="value-error"/>
        </input>
        <div class="govuk-input__suffix" aria-hidden="true">m³</div>
      </div>
    </div>
    <output class="wp-use" id="use-{@key}" for="value-{@key}"><xsl:apply-templates select="use" mode="computed"/></output>
    <xsl:apply-templates select="flag" mode="meta"/>
  </xsl:template>
  <xsl:template match="field" mode="value-error">
    <xsl:attribute name="class">govuk-input govuk-input--error</xsl:attribute>
    <xsl:attribute name="aria-invalid">true</xsl:attribute>
    <xsl:attribute name="aria-describedby"><xsl:value-of select="concat(@control, '-hint ', @control, '-error')"/></xsl:attribute>
  </xsl:template>

  <xsl:template match="meter" mode="value-label"><wp:text key="meter.value"/></xsl:template>
  <xsl:template match="meter[@state = 'submitted']" mode="value-label"><wp:text key="meter.corrected"/></xsl:template>
  <xsl:template match="meter" mode="value-hint"><wp:text key="meter.hint"/></xsl:template>
  <xsl:template match="meter[@decimals = 0]" mode="value-hint"><wp:text key="meter.hint.whole"/></xsl:template>
  <xsl:template match="meter[@state = 'submitted']" mode="value-hint" priority="1"><wp:text key="meter.hint.corrected"/></xsl:template>

  <xsl:template match="use" mode="computed">
    <wp:text key="meter.use"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="volume"/></b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="use[../days]" mode="computed">
    <wp:text key="meter.use-days" n="../days"><wp:with name="use"><b class="nw"><xsl:apply-templates select="." mode="volume"/></b></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="flag" mode="meta"><p class="wp-reading__meta"><xsl:apply-templates select="." mode="text"/></p></xsl:template>

  <xsl:template match="meter" mode="later-control">
    <div class="govuk-form-group">
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input class="govuk-checkboxes__input" id="later-{@key}" name="later.{@id}" type="checkbox" value="1">
            <xsl:apply-templates select="key('meter-field', concat('later.', @id))/@value[. = '1']" mode="checked"/>
          </input>
          <label class="govuk-label govuk-checkboxes__label" for="later-{@key}"><wp:text key="meter.later"/></label>
        </div>
      </div>
    </div>
  </xsl:template>
</xsl:stylesheet>
