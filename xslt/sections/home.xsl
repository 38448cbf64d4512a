<?xml version="1.0" encoding="UTF-8"?>
<!-- The customer's own start: what to do first, and the contracts.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">
  <xsl:import href="../page.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="home.title"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="home.hello"><wp:with name="name"><xsl:apply-templates select="/page/person" mode="greeted"/></wp:with></wp:text></h1>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.tasks"/></h2>
      <xsl:apply-templates select="." mode="tasks"/>
    </section>
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="home.contracts"/></h2>
      <xsl:apply-templates select="." mode="list"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/registration"><wp:text key="home.add"/></a></p>
    </section>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="*[not(self::window or self::contract or self::paging)]"/>
  </xsl:template>

  <xsl:template match="person" mode="greeted"><xsl:value-of select="name"/></xsl:template>
  <xsl:template match="person[given]" mode="greeted"><xsl:value-of select="given"/></xsl:template>

  <!-- nothing to do now -->
  <xsl:template match="data" mode="tasks">
    <p class="govuk-body"><wp:text key="home.nothing"/><xsl:apply-templates select="window[@next-from]" mode="next"/></p>
  </xsl:template>
  <xsl:template match="window" mode="next"><xsl:text> </xsl:text><wp:text key="home.next"><wp:with name="range"><xsl:apply-templates select="." mode="next-range"/></wp:with></wp:text></xsl:template>

  <xsl:template match="data[window/@open = 'true'][contract/missing &gt; 0]" mode="tasks">
    <ul class="govuk-task-list"><xsl:apply-templates select="contract[missing &gt; 0][position() &lt;= 5]" mode="task"/></ul>
    <xsl:apply-templates select="contract[missing &gt; 0][6]" mode="more"/>
  </xsl:template>
  <xsl:template match="contract" mode="task">
    <li class="govuk-task-list__item govuk-task-list__item--with-link">
      <div class="govuk-task-list__name-and-hint">
        <a class="govuk-link govuk-task-list__link" aria-describedby="task-{position()}-hint task-{position()}-state">
          <xsl:apply-templates select="." mode="readings-address"/>
          <wp:text key="home.submit" n="missing"/>
        </a>
        <div id="task-{position()}-hint" class="govuk-task-list__hint"><xsl:apply-templates select="." mode="address"/>, <wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="contract_no"/></wp:with></wp:text>. <wp:text key="home.window"><wp:with name="range"><xsl:apply-templates select="../window" mode="range"/></wp:with></wp:text></div>
      </div>
      <div class="govuk-task-list__status" id="task-{position()}-state"><xsl:apply-templates select="../window" mode="left"/></div>
    </li>
  </xsl:template>
  <xsl:template match="contract" mode="more"><p class="govuk-body"><wp:text key="home.more" n="count(../contract[missing &gt; 0]) - 5"/></p></xsl:template>

  <xsl:template match="data[contract]" mode="list"><xsl:apply-templates select="." mode="contracts"/></xsl:template>
  <xsl:template match="data" mode="list"><p class="govuk-body"><wp:text key="home.empty"/></p></xsl:template>
</xsl:stylesheet>
