<?xml version="1.0" encoding="UTF-8"?>
<!-- Questions about a typed reading: those to confirm, with the numbers of their rule; what happened, if it is lower than the
     last one; a hint of a leak. Codes and numbers: docs/reading-rules.md.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:include href="rule.xsl"/>

  <wp:messages prefix="ask." suffix=".title" match="ask" mode="title"/>
  <wp:messages prefix="ask." suffix=".text" match="ask" mode="text"/>
  <wp:messages prefix="choice." suffix=".label" match="choice" mode="label"/>
  <wp:messages prefix="choice." suffix=".hint" match="choice[arg]" mode="hint"/>
  <wp:messages prefix="leak." match="leak" by="certainty"/>

  <xsl:template match="meter" mode="questions">
    <xsl:apply-templates select="self::*[choice]" mode="what-control"/>
    <xsl:apply-templates select="self::*[ask]" mode="confirm"/>
    <xsl:apply-templates select="leak"/>
  </xsl:template>

  <!-- one tick box confirms the question about this meter: this question about this value only -->
  <xsl:template match="meter" mode="confirm">
    <xsl:variable name="confirm" select="key('meter-field', concat('confirm.', @id))"/>
    <div class="wp-notice wp-notice--warn" role="group" aria-labelledby="ask-{@key}">
      <xsl:apply-templates select="ask"/>
      <div class="govuk-form-group">
        <xsl:apply-templates select="$confirm" mode="group-class"/>
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><wp:text key="confirm.title"/></legend>
          <xsl:apply-templates select="$confirm" mode="problems"/>
          <div class="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input class="govuk-checkboxes__input" id="confirm-{@key}" name="confirm.{@id}" type="checkbox" value="{ask[1]/@confirm}">
                <xsl:apply-templates select="$confirm/@value[. = current()/ask[1]/@confirm]" mode="checked"/>
                <xsl:apply-templates select="$confirm" mode="described"/>
              </input>
              <label class="govuk-label govuk-checkboxes__label" for="confirm-{@key}">
                <wp:text key="confirm.yes"><wp:with name="value"><xsl:apply-templates select="ask[1]/arg[@name = 'value']" mode="value"/></wp:with></wp:text>
              </label>
            </div>
          </div>
        </fieldset>
      </div>
      <xsl:apply-templates select="." mode="reason-control"/>
    </div>
  </xsl:template>
  <xsl:template match="ask">
    <h4 class="wp-notice__title">
      <xsl:if test="position() = 1"><xsl:attribute name="id">ask-<xsl:value-of select="../@key"/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="title"/>
    </h4>
    <p><xsl:apply-templates select="." mode="text"/></p>
    <xsl:apply-templates select="." mode="rule"/>
  </xsl:template>

  <!-- only possible reasons: if nothing was mistyped, a mistyped value needs no reason -->
  <xsl:template match="meter" mode="reason-control"/>
  <xsl:template mode="reason-control"
      match="meter[contains(' high high_first season_high slip_up use_after_zero rollover_unlikely low season_low slip_down same zero_after_use ',
                            concat(' ', ask[1]/@code, ' '))]">
    <xsl:variable name="reason" select="key('meter-field', concat('reason.', @id))/@value"/>
    <div class="govuk-form-group">
      <label class="govuk-label" for="reason-{@key}"><wp:text key="reason.label"/></label>
      <select class="govuk-select" id="reason-{@key}" name="reason.{@id}">
        <option value="none"><wp:text key="reason.none"/></option>
        <xsl:apply-templates select="." mode="reasons"><xsl:with-param name="reason" select="$reason"/></xsl:apply-templates>
        <option value="other"><xsl:apply-templates select="$reason[. = 'other']" mode="selected"/><wp:text key="reason.other"/></option>
      </select>
    </div>
  </xsl:template>
  <!-- for low use, for high use -->
  <xsl:template match="meter" mode="reasons">
    <xsl:param name="reason"/>
    <option value="away"><xsl:apply-templates select="$reason[. = 'away']" mode="selected"/><wp:text key="reason.away"/></option>
    <option value="fewer"><xsl:apply-templates select="$reason[. = 'fewer']" mode="selected"/><wp:text key="reason.fewer"/></option>
  </xsl:template>
  <xsl:template match="meter[contains(' high high_first season_high slip_up use_after_zero rollover_unlikely ', concat(' ', ask[1]/@code, ' '))]"
      mode="reasons">
    <xsl:param name="reason"/>
    <option value="pool"><xsl:apply-templates select="$reason[. = 'pool']" mode="selected"/><wp:text key="reason.pool"/></option>
    <option value="leak"><xsl:apply-templates select="$reason[. = 'leak']" mode="selected"/><wp:text key="reason.leak"/></option>
    <option value="people"><xsl:apply-templates select="$reason[. = 'people']" mode="selected"/><wp:text key="reason.people"/></option>
  </xsl:template>

  <!-- lower than the last reading: what happened -->
  <xsl:template match="meter" mode="what-control">
    <xsl:variable name="what" select="key('meter-field', concat('what.', @id))"/>
    <div class="wp-why">
      <div class="govuk-form-group">
        <xsl:apply-templates select="$what" mode="group-class"/>
        <fieldset class="govuk-fieldset">
          <xsl:if test="$what/problem"><xsl:attribute name="aria-describedby">what-<xsl:value-of select="@key"/>-error</xsl:attribute></xsl:if>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s"><wp:text key="what.title"/></legend>
          <xsl:apply-templates select="$what" mode="problems"/>
          <div class="govuk-radios"><xsl:apply-templates select="choice"><xsl:with-param name="chosen" select="$what/@value"/></xsl:apply-templates></div>
        </fieldset>
      </div>
    </div>
  </xsl:template>
  <!-- the first choice has the control's own id, to which the error summary links -->
  <xsl:template match="choice">
    <xsl:param name="chosen"/>
    <xsl:variable name="id"><xsl:apply-templates select="." mode="id"/></xsl:variable>
    <div class="govuk-radios__item">
      <input class="govuk-radios__input" id="{$id}" name="what.{../@id}" type="radio" value="{@code}" aria-describedby="{$id}-hint">
        <xsl:apply-templates select="$chosen[. = current()/@code]" mode="checked"/>
      </input>
      <label class="govuk-label govuk-radios__label" for="{$id}"><xsl:apply-templates select="." mode="label"/></label>
      <div class="govuk-hint govuk-radios__hint" id="{$id}-hint"><xsl:apply-templates select="." mode="hint"/><xsl:apply-templates select="unlikely"/></div>
    </div>
    <xsl:apply-templates select="." mode="conditional"/>
  </xsl:template>
  <xsl:template match="choice" mode="id">what-<xsl:value-of select="../@key"/>-<xsl:value-of select="@code"/></xsl:template>
  <xsl:template match="choice[not(preceding-sibling::choice)]" mode="id">what-<xsl:value-of select="../@key"/></xsl:template>
  <xsl:template match="unlikely"><xsl:text> </xsl:text><wp:text key="what.unlikely"/></xsl:template>
  <!-- the record of a meter swap is more reliable than this number, since the new meter may not have started at it -->
  <xsl:template match="choice[@code = 'swapped']/unlikely" priority="1">
    <xsl:text> </xsl:text>
    <wp:text key="what.swapped.unlikely">
      <wp:with name="use"><span class="nw"><xsl:apply-templates select="../arg[@name = 'use']" mode="value"/></span></wp:with>
    </wp:text>
  </xsl:template>

  <!-- hints of choices without numbers -->
  <xsl:template match="choice" mode="hint"/>
  <xsl:template match="choice[@code = 'mistyped']" mode="hint"><wp:text key="what.mistyped"/></xsl:template>
  <xsl:template match="choice[@code = 'last_wrong'][not(arg)]" mode="hint"><wp:text key="what.last_wrong"/></xsl:template>
  <xsl:template match="choice[@code = 'swapped']" mode="hint" priority="2"><wp:text key="what.swapped"/></xsl:template>

  <xsl:template match="choice" mode="conditional"/>
  <xsl:template match="choice[@code = 'swapped']" mode="conditional">
    <div class="govuk-radios__conditional">
      <xsl:apply-templates select=".." mode="swap-date"/>
      <xsl:apply-templates select=".." mode="swap-end"/>
      <xsl:apply-templates select=".." mode="swap-start"/>
    </div>
  </xsl:template>
  <xsl:template match="meter" mode="swap-date">
    <xsl:variable name="field" select="key('meter-field', concat('swap-date.', @id))"/>
    <div class="govuk-form-group">
      <xsl:apply-templates select="$field" mode="group-class"/>
      <label class="govuk-label" for="swap-date-{@key}"><wp:text key="swap.date"/></label>
      <xsl:apply-templates select="$field" mode="problems"/>
      <input class="govuk-input govuk-input--width-10" id="swap-date-{@key}" name="swap-date.{@id}" type="date" max="{/page/@today}" autocomplete="off"
          value="{$field/@value}">
        <xsl:apply-templates select="$field" mode="described"/>
      </input>
    </div>
  </xsl:template>
  <xsl:template match="meter" mode="swap-end">
    <xsl:apply-templates select="." mode="swap-reading">
      <xsl:with-param name="name">swap-end</xsl:with-param>
      <xsl:with-param name="label"><wp:text key="swap.end"/></xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="meter" mode="swap-start">
    <xsl:apply-templates select="." mode="swap-reading">
      <xsl:with-param name="name">swap-start</xsl:with-param>
      <xsl:with-param name="label"><wp:text key="swap.start"/></xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="meter" mode="swap-reading">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <xsl:variable name="field" select="key('meter-field', concat($name, '.', @id))"/>
    <div class="govuk-form-group">
      <xsl:apply-templates select="$field" mode="group-class"/>
      <label class="govuk-label" for="{$name}-{@key}"><xsl:copy-of select="$label"/></label>
      <xsl:apply-templates select="$field" mode="problems"/>
      <input class="govuk-input govuk-input--width-10" id="{$name}-{@key}" name="{$name}.{@id}" type="text" inputmode="decimal" autocomplete="off"
          value="{$field/@value}">
        <xsl:apply-templates select="$field" mode="described"/>
      </input>
    </div>
  </xsl:template>

  <xsl:template match="leak">
    <div class="wp-notice" role="group" aria-labelledby="leak-{../@key}">
      <h4 class="wp-notice__title" id="leak-{../@key}"><wp:text key="leak-title"/></h4>
      <p><xsl:apply-templates select="." mode="text"/></p>
      <p><wp:text key="leak-advice"/></p>
    </div>
  </xsl:template>
</xsl:stylesheet>
