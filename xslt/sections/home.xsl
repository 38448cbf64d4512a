<?xml version="1.0" encoding="UTF-8"?>
<!-- The customer's start page: what to do first, current events, and the contracts.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/invoice-state.xsl"/>
  <xsl:include href="home/tasks.xsl"/>
  <xsl:include href="home/filter.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="home.title"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><xsl:apply-templates select="/page/person" mode="hello"/></h1>
    <xsl:apply-templates select="notice[position() &lt;= 5]"/>
    <xsl:apply-templates select="notice[6]" mode="more"/>
    <xsl:apply-templates select="filter" mode="progress"/>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.tasks"/></h2>
      <xsl:apply-templates select="." mode="tasks"/>
    </section>
    <xsl:apply-templates select="filter"/>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.contracts"/></h2>
      <xsl:apply-templates select="." mode="list"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/registration"><wp:text key="home.add"/></a></p>
    </section>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="verification[1]" mode="card"/>
    <xsl:apply-templates select="/page/menu" mode="short-cuts"/>
    <xsl:apply-templates select="*[not(self::window or self::contract or self::paging or self::notice or self::invoice or self::due or self::totals or
                                 self::filter or self::verification)]"/>
  </xsl:template>

  <xsl:template match="person" mode="hello"><wp:text key="home.hello.unnamed"/></xsl:template>
  <xsl:template match="person[name or given]" mode="hello">
    <wp:text key="home.hello"><wp:with name="name"><xsl:apply-templates select="." mode="greeted"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="person" mode="greeted"><xsl:value-of select="name"/></xsl:template>
  <xsl:template match="person[given]" mode="greeted"><xsl:value-of select="given"/></xsl:template>

  <xsl:template match="menu" mode="short-cuts">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.short-cuts"/></h2>
      <ul class="govuk-list wp-shortcuts"><xsl:apply-templates select="entry[not(@current)]" mode="short-cut"/></ul>
    </section>
  </xsl:template>
  <xsl:template match="entry" mode="short-cut"><li><a class="govuk-link" href="{@href}"><xsl:apply-templates select="." mode="text"/></a></li></xsl:template>

  <!-- at the person's premises: the water is off, or will be -->
  <xsl:template match="data/notice">
    <section class="wp-notice" aria-labelledby="notice-{position()}">
      <xsl:attribute name="class">
        <xsl:text>wp-notice</xsl:text>
        <xsl:if test="kind = 'outage'"> wp-notice--bad</xsl:if>
        <xsl:if test="kind = 'planned'"> wp-notice--warn</xsl:if>
      </xsl:attribute>
      <h2 class="wp-notice__title" id="notice-{position()}"><xsl:value-of select="title"/></h2>
      <p><b><xsl:value-of select="place"/></b><xsl:apply-templates select="." mode="own"/><xsl:apply-templates select="text" mode="notice"/></p>
      <p><xsl:apply-templates select="." mode="when"/></p>
    </section>
  </xsl:template>
  <xsl:template match="notice" mode="more">
    <p class="govuk-body"><a class="govuk-link" href="{$base}/public/outages"><wp:text key="home.notice.more"/></a></p>
  </xsl:template>
  <!-- which of several premises -->
  <xsl:template match="notice" mode="own"/>
  <xsl:template match="notice[../totals/@contracts &gt; 1]" mode="own">
    <xsl:text> · </xsl:text><wp:text key="home.notice.own"><wp:with name="address"><xsl:value-of select="address"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="text" mode="notice"><br/><xsl:value-of select="."/></xsl:template>
  <xsl:template match="notice" mode="when">
    <wp:text key="home.notice.from"><wp:with name="time"><b class="nw"><xsl:apply-templates select="starts" mode="day-time"/></b></wp:with></wp:text>
    <xsl:apply-templates select="ends" mode="notice"/>
  </xsl:template>
  <xsl:template match="ends" mode="notice">
    <xsl:text> </xsl:text>
    <wp:text key="home.notice.until"><wp:with name="time"><b class="nw"><xsl:apply-templates select="." mode="day-time"/></b></wp:with></wp:text>
  </xsl:template>

  <!-- nothing that the customer has to do -->
  <xsl:template match="verification" mode="card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.know"/></h2>
      <ul class="govuk-list govuk-list--bullet"><xsl:apply-templates select="../verification[position() &lt;= 3]"/></ul>
      <xsl:if test="../verification[4]"><p class="govuk-body"><wp:text key="home.verification.more"/></p></xsl:if>
    </section>
  </xsl:template>
  <xsl:template match="verification">
    <li>
      <wp:text key="home.verification.soon">
        <wp:with name="meter"><xsl:apply-templates select="." mode="meter"/></wp:with>
        <wp:with name="date"><xsl:apply-templates select="until" mode="date"/></wp:with>
      </wp:text>
    </li>
  </xsl:template>
  <xsl:template match="verification[expired = 1]">
    <li>
      <wp:text key="home.verification.ended">
        <wp:with name="meter"><xsl:apply-templates select="." mode="meter"/></wp:with>
        <wp:with name="date"><xsl:apply-templates select="until" mode="date"/></wp:with>
      </wp:text>
    </li>
  </xsl:template>
  <xsl:template match="verification" mode="meter">
    <span class="nw"><xsl:apply-templates select="serial" mode="serial"/></span>
    <xsl:text> (</xsl:text><xsl:apply-templates select="place" mode="before"/><xsl:value-of select="address"/><xsl:text>)</xsl:text>
  </xsl:template>
  <xsl:template match="place" mode="before"><xsl:value-of select="."/>, </xsl:template>

  <!-- the contracts; having none differs from finding none -->
  <xsl:template match="data[contract]" mode="list"><xsl:apply-templates select="." mode="contracts"/></xsl:template>
  <xsl:template match="data" mode="list"><p class="govuk-body"><wp:text key="home.empty"/></p></xsl:template>
  <xsl:template match="data[filter][not(contract)]" mode="list"><p class="govuk-body"><wp:text key="home.none-found"/></p></xsl:template>
</xsl:stylesheet>
