<?xml version="1.0" encoding="UTF-8"?>
<!-- The person's contracts as a table, and paging.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="data" mode="contracts">
    <xsl:apply-templates select="contract[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="contract" mode="caption"><wp:text key="contracts.caption"/></xsl:template>
  <xsl:template match="contract" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.address"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.number"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.meters"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.state"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.history"/></th>
  </xsl:template>
  <xsl:template match="contract" mode="rows"><xsl:apply-templates select="../contract" mode="row"/></xsl:template>

  <xsl:template match="contract" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span>
          <a class="govuk-link"><xsl:apply-templates select="." mode="readings-address"/><xsl:apply-templates select="." mode="address"/></a>
          <xsl:apply-templates select="role"/>
        </span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[contracts.number]]"><xsl:apply-templates select="contract_no"/></td>
      <td class="govuk-table__cell" role="cell" data-l="[[contracts.meters]]"><span><xsl:apply-templates select="." mode="meters"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[contracts.state]]"><span><xsl:apply-templates select="." mode="state"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[contracts.history]]">
        <span>
          <a class="govuk-link">
            <xsl:apply-templates select="." mode="history-address"/>
            <wp:text key="contracts.show"/>
            <span class="govuk-visually-hidden">: <xsl:apply-templates select="." mode="address"/></span>
          </a>
        </span>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="contract" mode="meters"><xsl:value-of select="meters"/></xsl:template>
  <xsl:template match="contract[ended]" mode="meters">–</xsl:template>

  <xsl:template match="contract" mode="readings-address">
    <xsl:attribute name="href"><xsl:value-of select="$base"/>/readings?contract=<xsl:value-of select="str:encode-uri(contract_no, true())"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="contract" mode="history-address">
    <xsl:attribute name="href">
      <xsl:value-of select="$base"/>/readings/history?contract=<xsl:value-of select="str:encode-uri(contract_no, true())"/>
    </xsl:attribute>
  </xsl:template>

  <xsl:template match="contract_no"><span class="nw"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="contract_no[string-length(.) &gt; 16]"><span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="contract" mode="address"><xsl:value-of select="address"/><xsl:apply-templates select="locality"/></xsl:template>
  <xsl:template match="locality">, <xsl:value-of select="."/></xsl:template>

  <xsl:template match="role"/>
  <xsl:template match="role[. = 'representative']"><br/><span class="wp-when"><wp:text key="contracts.representative"/></span></xsl:template>
  <xsl:template match="role[. = 'delegate']">
    <br/><span class="wp-when"><wp:text key="contracts.delegate"><wp:with name="holder"><xsl:value-of select="../holder"/></wp:with></wp:text></span>
  </xsl:template>

  <xsl:template match="contract" mode="state"><strong class="govuk-tag govuk-tag--green"><wp:text key="contracts.complete"/></strong></xsl:template>
  <xsl:template match="contract[missing &gt; 0]" mode="state">
    <strong class="govuk-tag govuk-tag--yellow"><wp:text key="contracts.missing" n="missing"/></strong>
  </xsl:template>
  <xsl:template match="data[window/@open = 'false']/contract" mode="state" priority="2">–</xsl:template>
  <xsl:template match="contract[ended]" mode="state" priority="4">
    <strong class="govuk-tag govuk-tag--grey">
      <wp:text key="contracts.ended"><wp:with name="date"><xsl:apply-templates select="ended" mode="date"/></wp:with></wp:text>
    </strong>
  </xsl:template>
  <xsl:template match="contract[meters = 0]" mode="state" priority="3">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="contracts.remote"/></strong>
  </xsl:template>

  <xsl:template match="paging">
    <nav class="govuk-pagination" aria-label="[[paging.label]]">
      <xsl:apply-templates select="@href-previous"/>
      <ul class="govuk-pagination__list"><xsl:apply-templates select="number"/></ul>
      <xsl:apply-templates select="@href-next"/>
    </nav>
  </xsl:template>
  <xsl:template match="paging/number">
    <xsl:if test="@page - preceding-sibling::number[1]/@page &gt; 1"><li class="govuk-pagination__item govuk-pagination__item--ellipsis">…</li></xsl:if>
    <li class="govuk-pagination__item"><xsl:apply-templates select="." mode="link"/></li>
  </xsl:template>
  <xsl:template match="paging/number[@page = ../@page]">
    <li class="govuk-pagination__item govuk-pagination__item--current"><xsl:apply-templates select="." mode="link"/></li>
  </xsl:template>
  <xsl:template match="number" mode="link">
    <a class="govuk-link govuk-pagination__link" href="{@href}">
      <xsl:attribute name="aria-label"><wp:text key="paging.number"><wp:with name="page"><xsl:value-of select="@page"/></wp:with></wp:text></xsl:attribute>
      <xsl:if test="@page = ../@page"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
      <xsl:value-of select="@page"/>
    </a>
  </xsl:template>
  <xsl:template match="@href-previous">
    <div class="govuk-pagination__prev">
      <a class="govuk-link govuk-pagination__link" href="{.}" rel="prev"><span class="govuk-pagination__link-title"><wp:text key="paging.previous"/></span></a>
    </div>
  </xsl:template>
  <xsl:template match="@href-next">
    <div class="govuk-pagination__next">
      <a class="govuk-link govuk-pagination__link" href="{.}" rel="next"><span class="govuk-pagination__link-title"><wp:text key="paging.next"/></span></a>
    </div>
  </xsl:template>
</xsl:stylesheet>
