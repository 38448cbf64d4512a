<?xml version="1.0" encoding="UTF-8"?>
<!-- One contract: premises, meters, services; beside them invoices, people, documents.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="page[@route = 'contract']/data">
    <h1 class="govuk-heading-l"><wp:text key="contract.title"><wp:with name="contract"><xsl:value-of select="contract/contract_no"/></wp:with></wp:text></h1>
    <div class="wp-split">
      <div>
        <xsl:apply-templates select="contract" mode="object-card"/>
        <xsl:apply-templates select="." mode="meters-card"/>
        <xsl:apply-templates select="." mode="services-card"/>
      </div>
      <div>
        <xsl:apply-templates select="contract" mode="invoices-card"/>
        <xsl:apply-templates select="contract" mode="people-card"/>
        <xsl:apply-templates select="contract" mode="documents-card"/>
        <xsl:apply-templates select="/page/context" mode="others-card"/>
      </div>
    </div>
    <xsl:apply-templates select="*[not(self::contract or self::meters or self::meter or self::service or self::tariff or self::document or
                                 self::representative or self::delegate or self::only or self::paging)]"/>
  </xsl:template>

  <xsl:template match="contract" mode="contract-state"><strong class="govuk-tag govuk-tag--green"><wp:text key="contract.active"/></strong></xsl:template>
  <xsl:template match="contract[ended = 1]" mode="contract-state" priority="1">
    <strong class="govuk-tag govuk-tag--grey">
      <wp:text key="contract.ended"><wp:with name="on"><xsl:apply-templates select="ended_on" mode="date"/></wp:with></wp:text>
    </strong>
  </xsl:template>

  <xsl:template match="contract" mode="object-card">
    <section class="wp-card">
      <div class="wp-card__head">
        <h2 class="govuk-heading-m"><wp:text key="contract.object"/></h2>
        <div><xsl:apply-templates select="." mode="contract-state"/></div>
      </div>
      <dl class="govuk-summary-list wp-flush">
        <xsl:apply-templates select="contract_no|address|cadastre_no|holder|reg_no|signed_on|ended_on|boundary" mode="row"/>
        <xsl:apply-templates select="self::*[not(boundary)]/boundary_act" mode="row"/>
      </dl>
    </section>
  </xsl:template>
  <xsl:template match="contract/contract_no" mode="key"><wp:text key="contract.number"/></xsl:template>
  <xsl:template match="contract/contract_no" mode="row-value"><span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="contract/address" mode="key"><wp:text key="contract.address"/></xsl:template>
  <xsl:template match="contract/address" mode="row-value">
    <xsl:value-of select="."/>, <xsl:value-of select="../locality"/>
    <xsl:apply-templates select="../postcode" mode="premises-line"/>
  </xsl:template>
  <xsl:template match="contract/cadastre_no" mode="key"><wp:text key="contract.cadastre"/></xsl:template>
  <xsl:template match="contract/holder" mode="key"><wp:text key="contract.holder"/></xsl:template>
  <xsl:template match="contract/reg_no" mode="key"><wp:text key="contract.reg-no"/></xsl:template>
  <xsl:template match="contract/signed_on" mode="key"><wp:text key="contract.signed"/></xsl:template>
  <xsl:template match="contract/ended_on" mode="key"><wp:text key="contract.until"/></xsl:template>
  <xsl:template match="contract/boundary|contract/boundary_act" mode="key"><wp:text key="contract.boundary"/></xsl:template>
  <xsl:template match="contract/boundary" mode="row-value"><xsl:value-of select="."/><xsl:apply-templates select="../boundary_act" mode="after"/></xsl:template>
  <xsl:template match="boundary_act" mode="after">, <xsl:apply-templates select="." mode="row-value"/></xsl:template>
  <xsl:template match="boundary_act" mode="row-value">
    <a class="govuk-link" href="{$base}/acts/{str:encode-uri(., true())}">
      <wp:text key="contract.boundary-act"><wp:with name="act"><xsl:value-of select="."/></wp:with></wp:text>
    </a>
  </xsl:template>

  <!-- services: current prices; past and future ones can be expanded -->
  <xsl:template match="data" mode="services-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="contract.services"/></h2>
      <xsl:apply-templates select="." mode="services"/>
    </section>
  </xsl:template>
  <xsl:template match="data" mode="services"><p class="govuk-body"><wp:text key="contract.no-services"/></p></xsl:template>
  <xsl:template match="data[service]" mode="services">
    <xsl:apply-templates select="service[1]" mode="as-table"/>
    <xsl:apply-templates select="tariff[1]" mode="history"/>
  </xsl:template>
  <xsl:template match="data/service" mode="caption"><wp:text key="contract.services"/></xsl:template>
  <xsl:template match="data/service" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="contract.service"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="contract.net"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="contract.gross"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contract.tariff-since"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="contract.connected"/></th>
  </xsl:template>
  <xsl:template match="data/service" mode="rows"><xsl:apply-templates select="../service" mode="row"/></xsl:template>
  <xsl:template match="data/service" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><xsl:apply-templates select="service" mode="name"/></th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[contract.net]]">
        <span><xsl:apply-templates select="." mode="net"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[contract.gross]]">
        <span><xsl:apply-templates select="." mode="gross"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[contract.tariff-since]]">
        <span class="nw"><xsl:apply-templates select="tariff_since" mode="date"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[contract.connected]]">
        <span><span class="nw"><xsl:apply-templates select="since" mode="date"/></span><xsl:apply-templates select="until" mode="connected"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="until" mode="connected">&#8203;–<span class="nw"><xsl:apply-templates select="." mode="date"/></span></xsl:template>
  <xsl:template match="*" mode="net">–</xsl:template>
  <xsl:template match="*[price]" mode="net"><xsl:apply-templates select="price" mode="price"/>/m³</xsl:template>
  <xsl:template match="*" mode="gross">–</xsl:template>
  <xsl:template match="*[gross]" mode="gross"><xsl:apply-templates select="gross" mode="money"/>/m³</xsl:template>
  <xsl:template match="service/service|tariff/service" mode="name"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="service[. = 'water']" mode="name" priority="1"><wp:text key="service.water"/></xsl:template>
  <xsl:template match="service[. = 'sewage']" mode="name" priority="1"><wp:text key="service.sewage"/></xsl:template>
  <xsl:template match="service[. = 'rain']" mode="name" priority="1"><wp:text key="service.rain"/></xsl:template>

  <xsl:template match="tariff" mode="history">
    <details class="govuk-details wp-flush">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text"><wp:text key="contract.tariffs"/></span></summary>
      <div class="govuk-details__text wp-dense">
        <xsl:apply-templates select="." mode="as-table"/>
      </div>
    </details>
  </xsl:template>
  <xsl:template match="tariff" mode="caption"><wp:text key="contract.tariffs"/></xsl:template>
  <xsl:template match="tariff" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="contract.tariff-since"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="contract.net"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="contract.gross"/></th>
  </xsl:template>
  <xsl:template match="tariff" mode="rows"><xsl:apply-templates select="../tariff" mode="row"/></xsl:template>
  <xsl:template match="data/tariff" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span>
          <span class="nw"><xsl:apply-templates select="since" mode="date"/></span>
          <br/><span class="wp-when"><xsl:apply-templates select="service" mode="name"/><xsl:apply-templates select="coming[. = 1]" mode="mark"/></span>
        </span>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[contract.net]]">
        <span><xsl:apply-templates select="." mode="net"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[contract.gross]]">
        <span><xsl:apply-templates select="." mode="gross"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="coming" mode="mark">, <wp:text key="contract.coming"/></xsl:template>

  <!-- how invoices are sent -->
  <xsl:template match="contract" mode="invoices-card"/>
  <xsl:template match="contract[delivery or payment_reference]" mode="invoices-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="contract.invoices"/></h2>
      <dl class="govuk-summary-list wp-flush"><xsl:apply-templates select="delivery|delivery_to|payment_reference" mode="row"/></dl>
    </section>
  </xsl:template>
  <xsl:template match="delivery" mode="key"><wp:text key="contract.delivery"/></xsl:template>
  <xsl:template match="delivery[. = 'paper']" mode="row-value"><wp:text key="contract.delivery.paper"/></xsl:template>
  <xsl:template match="delivery[. = 'email']" mode="row-value"><wp:text key="contract.delivery.email"/></xsl:template>
  <xsl:template match="delivery[. = 'e-invoice']" mode="row-value"><wp:text key="contract.delivery.e-invoice"/></xsl:template>
  <xsl:template match="delivery_to" mode="key"><wp:text key="contract.delivery-to"/></xsl:template>
  <xsl:template match="delivery_to|payment_reference" mode="row-value"><span class="wp-iban"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="payment_reference" mode="key"><wp:text key="contract.reference"/></xsl:template>

  <xsl:template match="contract" mode="people-card"/>
  <xsl:template match="contract[../representative or ../delegate]" mode="people-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="contract.people"/></h2>
      <ul class="wp-files"><xsl:apply-templates select="../representative|../delegate" mode="person"/></ul>
      <xsl:apply-templates select="/page/menu/entry[@section = 'delegations']" mode="people"/>
    </section>
  </xsl:template>
  <xsl:template match="entry" mode="people">
    <p class="govuk-body"><a class="govuk-link" href="{@href}"><wp:text key="contract.delegations"/></a></p>
  </xsl:template>
  <xsl:template match="representative" mode="person">
    <li>
      <xsl:apply-templates select="." mode="person-name"/>
      <br/>
      <span class="wp-when">
        <wp:text key="contract.representative"><wp:with name="since"><xsl:apply-templates select="since" mode="date"/></wp:with></wp:text>
        <xsl:apply-templates select="until" mode="person"/>
      </span>
    </li>
  </xsl:template>
  <xsl:template match="delegate" mode="person">
    <li>
      <xsl:apply-templates select="." mode="person-name"/>
      <br/>
      <span class="wp-when">
        <xsl:apply-templates select="level" mode="person"/>
        <xsl:apply-templates select="serial" mode="person"/>
        <xsl:apply-templates select="until" mode="person"/>
      </span>
    </li>
  </xsl:template>
  <xsl:template match="representative" mode="person-name"><wp:text key="contract.person-unknown"/></xsl:template>
  <xsl:template match="delegate" mode="person-name"><wp:text key="contract.delegate-unknown"/></xsl:template>
  <xsl:template match="*[name]" mode="person-name" priority="1"><b><xsl:value-of select="name"/></b></xsl:template>
  <xsl:template match="until" mode="person">
    <xsl:text>, </xsl:text>
    <wp:text key="contract.person-until"><wp:with name="until"><span class="nw"><xsl:apply-templates select="." mode="date"/></span></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="serial" mode="person">
    <xsl:text>, </xsl:text><wp:text key="contract.person-meter"><wp:with name="serial"><xsl:apply-templates select="." mode="serial"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="level[. = 'read']" mode="person"><wp:text key="contract.level.read"/></xsl:template>
  <xsl:template match="level[. = 'submit']" mode="person"><wp:text key="contract.level.submit"/></xsl:template>
  <xsl:template match="level[. = 'pay']" mode="person"><wp:text key="contract.level.pay"/></xsl:template>
  <xsl:template match="level[. = 'full']" mode="person"><wp:text key="contract.level.full"/></xsl:template>

  <xsl:template match="contract" mode="documents-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="contract.documents"/></h2>
      <ul class="wp-files">
        <xsl:apply-templates select="../document" mode="item"/>
        <li>
          <a class="govuk-link" href="{$base}/acts?contract={str:encode-uri(contract_no, true())}">
            <wp:text key="contract.acts"><wp:with name="acts"><xsl:value-of select="acts"/></wp:with></wp:text>
          </a>
        </li>
        <li><a class="govuk-link" href="{$base}/contracts/{str:encode-uri(contract_no, true())}/print"><wp:text key="contract.print"/></a></li>
        <li><a class="govuk-link" href="{$base}/contracts/{str:encode-uri(contract_no, true())}/certificate"><wp:text key="certificate.title"/></a></li>
      </ul>
    </section>
  </xsl:template>
  <xsl:template match="document" mode="item">
    <li>
      <xsl:value-of select="title"/>
      <xsl:apply-templates select="number" mode="document"/>
      <br/>
      <span class="wp-when">
        <xsl:apply-templates select="kind" mode="document"/>, <span class="nw"><xsl:apply-templates select="issued_on" mode="date"/></span>
      </span>
    </li>
  </xsl:template>
  <xsl:template match="number" mode="document">
    <xsl:text>, </xsl:text>
    <span class="wp-id"><wp:text key="contract.document-number"><wp:with name="number"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>
  <xsl:template match="kind" mode="document"><wp:text key="document.other"/></xsl:template>
  <xsl:template match="kind[. = 'contract']" mode="document"><wp:text key="document.contract"/></xsl:template>
  <xsl:template match="kind[. = 'agreement']" mode="document"><wp:text key="document.agreement"/></xsl:template>
  <xsl:template match="kind[. = 'annex']" mode="document"><wp:text key="document.annex"/></xsl:template>

  <xsl:template match="context" mode="others-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="contract.others"/></h2>
      <ul class="wp-files">
        <xsl:apply-templates select="@contracts[. &gt; 1]" mode="others"/>
        <li><a class="govuk-link" href="{$base}/registration"><wp:text key="contract.add"/></a></li>
      </ul>
    </section>
  </xsl:template>
  <xsl:template match="@contracts" mode="others"><li><a class="govuk-link" href="{$base}/contracts"><wp:text key="contract.all"/></a></li></xsl:template>
</xsl:stylesheet>
