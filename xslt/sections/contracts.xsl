<?xml version="1.0" encoding="UTF-8"?>
<!-- Contracts: the list, one contract, its printed documents.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/filter.xsl"/>
  <xsl:include href="../shared/paper.xsl"/>
  <xsl:include href="contracts/meters.xsl"/>
  <xsl:include href="contracts/page.xsl"/>
  <xsl:include href="contracts/paper.xsl"/>
  <xsl:include href="contracts/certificate.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="register.title"/></xsl:template>
  <xsl:template match="page[@route = 'contract']" mode="title">
    <wp:text key="contract.title"><wp:with name="contract"><xsl:value-of select="context/@contract"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="page[@route = 'print']" mode="title">
    <wp:text key="contract.paper"><wp:with name="contract"><xsl:value-of select="context/@contract"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="page[@route = 'certificate']" mode="title"><wp:text key="certificate.title"/></xsl:template>

  <xsl:template match="page" mode="change-address"><xsl:value-of select="$base"/>/contracts</xsl:template>

  <!-- back to the contract -->
  <xsl:template match="page[@route = 'print' or @route = 'certificate']" mode="back">
    <nav aria-label="[[shell.back]]">
      <a class="govuk-back-link">
        <xsl:apply-templates select="context" mode="contract-href"/>
        <wp:text key="contract.title"><wp:with name="contract"><xsl:value-of select="context/@contract"/></wp:with></wp:text>
      </a>
    </nav>
  </xsl:template>
  <xsl:template match="context" mode="contract-address">
    <xsl:value-of select="$base"/>/contracts/<xsl:value-of select="str:encode-uri(@contract, true())"/>
  </xsl:template>
  <xsl:template match="context" mode="contract-href">
    <xsl:attribute name="href"><xsl:apply-templates select="." mode="contract-address"/></xsl:attribute>
  </xsl:template>

  <!-- the list -->
  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="register.title"/></h1>
    <xsl:apply-templates select="/page/filter[../data/all &gt; 0]"/>
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="register.count" n="found"/></h2>
      <xsl:apply-templates select="." mode="register"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/registration"><wp:text key="contract.add"/></a></p>
    </section>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="*[not(self::contract or self::all or self::found or self::paging)]"/>
  </xsl:template>

  <xsl:template match="field[@name = 'find']" mode="label"><wp:text key="register.find"/></xsl:template>
  <xsl:template match="field[@name = 'find']" mode="control"><xsl:apply-templates select="." mode="input"/></xsl:template>

  <xsl:template match="data" mode="register"><p class="govuk-body"><wp:text key="register.empty"/></p></xsl:template>
  <xsl:template match="data[all &gt; 0]" mode="register">
    <p class="govuk-body">
      <wp:text key="register.nothing"><wp:with name="find"><xsl:value-of select="/page/filter/field[@name = 'find']/@value"/></wp:with></wp:text>
    </p>
  </xsl:template>
  <xsl:template match="data[contract]" mode="register" priority="1">
    <xsl:apply-templates select="contract[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="contract" mode="caption"><wp:text key="register.title"/></xsl:template>
  <xsl:template match="contract" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.address"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contracts.number"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="register.holder"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="register.meters"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="register.state"/></th>
  </xsl:template>
  <xsl:template match="contract" mode="rows"><xsl:apply-templates select="../contract" mode="register"/></xsl:template>
  <xsl:template match="contract" mode="register">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span><a class="govuk-link" href="{$base}/contracts/{str:encode-uri(contract_no, true())}"><xsl:apply-templates select="." mode="address"/></a></span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[contracts.number]]"><xsl:apply-templates select="contract_no"/></td>
      <td class="govuk-table__cell" role="cell" data-l="[[register.holder]]">
        <span><xsl:value-of select="holder"/><xsl:apply-templates select="role[. = 'delegate']" mode="register"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[register.meters]]"><span><xsl:value-of select="meters"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[register.state]]"><span><xsl:apply-templates select="." mode="register-state"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="contract" mode="register-state"><strong class="govuk-tag govuk-tag--green"><wp:text key="contract.active"/></strong></xsl:template>
  <xsl:template match="contract[translate(ended_on, '-', '') &lt; translate(/page/@today, '-', '')]" mode="register-state">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="register.ended"/></strong>
    <br/><span class="wp-when nw"><xsl:apply-templates select="ended_on" mode="date"/></span>
  </xsl:template>
  <xsl:template match="role" mode="register"><br/><span class="wp-when"><wp:text key="register.delegate"/></span></xsl:template>
</xsl:stylesheet>
