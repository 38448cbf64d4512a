<?xml version="1.0" encoding="UTF-8"?>
<!-- Acts: the list with its filters, and one act.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/filter.xsl"/>
  <xsl:include href="../shared/year-filter.xsl"/>
  <xsl:include href="../shared/paper.xsl"/>
  <xsl:include href="acts/paper.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="acts.title"/></xsl:template>
  <xsl:template match="page[@route = 'act']" mode="title"><xsl:apply-templates select="data/act" mode="title"/></xsl:template>
  <xsl:template match="page" mode="change-address"><xsl:value-of select="$base"/>/acts</xsl:template>

  <xsl:template match="kind[. = 'inspection']" mode="kind"><wp:text key="acts.kind.inspection"/></xsl:template>
  <xsl:template match="kind[. = 'meter_swap']" mode="kind"><wp:text key="acts.kind.meter_swap"/></xsl:template>
  <xsl:template match="kind[. = 'sealing']" mode="kind"><wp:text key="acts.kind.sealing"/></xsl:template>
  <xsl:template match="kind[. = 'service_boundary']" mode="kind"><wp:text key="acts.kind.service_boundary"/></xsl:template>
  <xsl:template match="kind" mode="kind" priority="-0.6"><wp:text key="acts.kind.other"/></xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="acts.title"/></h1>
    <xsl:apply-templates select="year[last()]/first" mode="lead"/>
    <xsl:apply-templates select="/page/filter[../data/year]"/>
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="acts.count" n="found"/></h2>
      <xsl:apply-templates select="." mode="acts"/>
    </section>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="*[not(self::premises or self::year or self::found or self::act or self::paging)]"/>
  </xsl:template>
  <xsl:template match="first" mode="lead">
    <p class="wp-lead">
      <wp:text key="acts.lead"><wp:with name="first"><span class="nw"><xsl:apply-templates select="." mode="date"/></span></wp:with></wp:text>
    </p>
  </xsl:template>

  <!-- filters: a choice of premises, if there are several -->
  <xsl:template match="filter" mode="before"><xsl:apply-templates select="/page/data[premises[2]]" mode="premises-select"/></xsl:template>
  <xsl:template match="data" mode="premises-select">
    <div class="govuk-form-group">
      <label class="govuk-label" for="contract"><wp:text key="contracts.address"/></label>
      <select class="govuk-select" id="contract" name="contract">
        <option value=""><wp:text key="acts.all-premises"/></option>
        <xsl:apply-templates select="premises" mode="option"/>
      </select>
    </div>
  </xsl:template>
  <xsl:template match="premises" mode="option">
    <option value="{contract_no}">
      <xsl:if test="contract_no = /page/context/@contract"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:value-of select="address"/>, <xsl:value-of select="locality"/> (<xsl:value-of select="contract_no"/><xsl:text>)</xsl:text>
    </option>
  </xsl:template>
  <xsl:template match="field[@name = 'kind']" mode="label"><wp:text key="acts.kind"/></xsl:template>
  <xsl:template match="field[@name = 'kind']" mode="options">
    <option value=""><wp:text key="acts.all-kinds"/></option>
    <option value="inspection"><xsl:apply-templates select="@value[. = 'inspection']" mode="selected"/><wp:text key="acts.kind.inspection"/></option>
    <option value="meter_swap"><xsl:apply-templates select="@value[. = 'meter_swap']" mode="selected"/><wp:text key="acts.kind.meter_swap"/></option>
    <option value="sealing"><xsl:apply-templates select="@value[. = 'sealing']" mode="selected"/><wp:text key="acts.kind.sealing"/></option>
    <option value="service_boundary">
      <xsl:apply-templates select="@value[. = 'service_boundary']" mode="selected"/>
      <wp:text key="acts.kind.service_boundary"/>
    </option>
  </xsl:template>

  <xsl:template match="data" mode="acts"><p class="govuk-body"><wp:text key="acts.empty"/></p></xsl:template>
  <xsl:template match="data[year]" mode="acts">
    <p class="govuk-body"><wp:text key="acts.nothing"/><xsl:text> </xsl:text><a class="govuk-link" href="{$base}/acts"><wp:text key="acts.show-all"/></a></p>
  </xsl:template>
  <xsl:template match="data[act]" mode="acts" priority="1">
    <xsl:apply-templates select="act[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="act" mode="caption"><wp:text key="acts.title"/></xsl:template>
  <xsl:template match="act" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="acts.number"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="acts.kind"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="acts.registered"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="acts.meter"/></th>
  </xsl:template>
  <xsl:template match="act" mode="rows"><xsl:apply-templates select="../act" mode="row"/></xsl:template>
  <xsl:template match="act" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span class="wp-id"><a class="govuk-link" href="{$base}/acts/{str:encode-uri(act_no, true())}"><xsl:value-of select="act_no"/></a></span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[acts.kind]]">
        <span><xsl:apply-templates select="kind" mode="kind"/><xsl:apply-templates select="self::*[../premises[2]]/address" mode="below"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[acts.registered]]">
        <span class="nw"><xsl:apply-templates select="registered_on" mode="date"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[acts.meter]]"><span><xsl:apply-templates select="." mode="meters"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="address" mode="below"><br/><span class="wp-when"><xsl:value-of select="."/>, <xsl:value-of select="../locality"/></span></xsl:template>
  <!-- old → new; only the first few if there are many -->
  <xsl:template match="act" mode="meters">–</xsl:template>
  <xsl:template match="act[meter]" mode="meters">
    <xsl:apply-templates select="meter[position() &lt;= 4]" mode="list"/>
    <xsl:if test="meter[5]"> …</xsl:if>
  </xsl:template>
  <xsl:template match="meter" mode="list">
    <xsl:if test="position() &gt; 1">, </xsl:if>
    <span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span>
  </xsl:template>
  <xsl:template match="meter[part = 'installed']" mode="list">
    <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
    <span aria-hidden="true">→ </span>
    <span class="govuk-visually-hidden"><wp:text key="acts.replaced-by"/><xsl:text> </xsl:text></span>
    <span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span>
  </xsl:template>
</xsl:stylesheet>
