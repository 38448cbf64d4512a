<?xml version="1.0" encoding="UTF-8"?>
<!-- For customers with many meters: progress of this month's readings, search and states.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="filter" mode="progress"/>
  <xsl:template match="filter[../window/@open = 'true']" mode="progress">
    <xsl:variable name="all" select="../totals/@meters + ../totals/@remote"/>
    <xsl:variable name="sent" select="../totals/@meters - ../totals/@missing"/>
    <section class="wp-card">
      <div class="wp-card__head">
        <h2 class="govuk-heading-m">
          <wp:text key="home.progress">
            <wp:with name="done"><xsl:value-of select="$sent + ../totals/@remote"/></wp:with>
            <wp:with name="all"><xsl:value-of select="$all"/></wp:with>
          </wp:text>
        </h2>
        <div><xsl:apply-templates select="../window" mode="left"/></div>
      </div>
      <svg class="wp-progress" viewBox="0 0 {$all} 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="p1" x="0" width="{$sent}" height="14"/>
        <rect class="p2" x="{$sent}" width="{../totals/@remote}" height="14"/>
        <rect class="p0" x="{$sent + ../totals/@remote}" width="{../totals/@missing}" height="14"/>
      </svg>
      <ul class="wp-key">
        <li>
          <svg viewBox="0 0 22 16" aria-hidden="true"><rect class="bar" width="22" height="16" rx="3"/></svg>
          <wp:text key="home.progress.sent" n="$sent"/>
        </li>
        <li>
          <svg viewBox="0 0 22 16" aria-hidden="true"><rect class="bar2" width="22" height="16" rx="3"/></svg>
          <wp:text key="home.progress.remote" n="../totals/@remote"/>
        </li>
        <li>
          <svg viewBox="0 0 22 16" aria-hidden="true"><rect x="1" y="1" width="20" height="14" rx="3" fill="none" stroke="currentColor"/></svg>
          <wp:text key="home.progress.missing" n="../totals/@missing"/>
        </li>
      </ul>
    </section>
  </xsl:template>

  <xsl:template match="filter">
    <form class="wp-filter" id="list" role="search" aria-label="[[home.filter]]" action="{$base}/home#list" method="get">
      <div class="govuk-form-group">
        <label class="govuk-label" for="q"><wp:text key="home.filter.q"/></label>
        <input class="govuk-input" id="q" name="q" type="text" maxlength="60" autocomplete="off" value="{@q}"/>
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label" for="state"><wp:text key="home.filter.state"/></label>
        <select class="govuk-select" id="state" name="state">
          <xsl:apply-templates select="." mode="option"><xsl:with-param name="state">all</xsl:with-param></xsl:apply-templates>
          <xsl:apply-templates select="." mode="option"><xsl:with-param name="state">missing</xsl:with-param></xsl:apply-templates>
          <xsl:apply-templates select="." mode="option"><xsl:with-param name="state">done</xsl:with-param></xsl:apply-templates>
          <xsl:apply-templates select="." mode="option"><xsl:with-param name="state">remote</xsl:with-param></xsl:apply-templates>
        </select>
      </div>
      <button class="govuk-button govuk-button--secondary" type="submit"><wp:text key="home.filter.find"/></button>
    </form>
    <p class="govuk-body"><wp:text key="home.filter.found" n="@found"><wp:with name="all"><xsl:value-of select="../totals/@contracts"/></wp:with></wp:text></p>
  </xsl:template>
  <xsl:template match="filter" mode="option">
    <xsl:param name="state"/>
    <option value="{$state}">
      <xsl:if test="@state = $state"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="$state = 'missing'"><wp:text key="home.filter.missing"/></xsl:when>
        <xsl:when test="$state = 'done'"><wp:text key="home.filter.done"/></xsl:when>
        <xsl:when test="$state = 'remote'"><wp:text key="home.filter.remote"/></xsl:when>
        <xsl:otherwise><wp:text key="home.filter.all"/></xsl:otherwise>
      </xsl:choose>
    </option>
  </xsl:template>
</xsl:stylesheet>
