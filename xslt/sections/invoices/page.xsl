<?xml version="1.0" encoding="UTF-8"?>
<!-- One invoice: its state, its lines and the explanation of their sums, VAT, payments, the payment code.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="page[@route = 'invoice']/data">
    <h1 class="govuk-heading-l"><xsl:apply-templates select="/page" mode="title"/></h1>
    <xsl:apply-templates select="invoice" mode="standing"/>
    <div class="wp-buttons">
      <xsl:apply-templates select="payable"/>
      <a class="govuk-button govuk-button--secondary" href="{$base}/invoices/print?no={str:encode-uri(invoice/invoice_no, true())}">
        <wp:text key="invoice.print"/>
      </a>
      <xsl:apply-templates select="e-invoice" mode="ubl"/>
      <a class="govuk-link" href="{$base}/invoices/invoice?no={str:encode-uri(invoice/invoice_no, true())}&amp;view=xml">XML</a>
    </div>
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="invoice.lines"/></h2>
      <xsl:apply-templates select="." mode="lines"/>
      <xsl:apply-templates select="." mode="sums"/>
    </section>
    <xsl:apply-templates select="self::*[line/computed]" mode="why"/>
    <xsl:apply-templates select="." mode="payments"/>
    <xsl:apply-templates select="qr" mode="card"/>
    <p class="govuk-body">
      <a class="govuk-link" href="{$base}/invoices?contract={str:encode-uri(invoice/contract_no, true())}"><wp:text key="invoices.all"/></a>
    </p>
  </xsl:template>
  <xsl:template match="payable">
    <a class="govuk-button" href="{$base}/payments/new?pick={str:encode-uri(../invoice/invoice_no, true())}"><wp:text key="invoice.pay"/></a>
  </xsl:template>
  <xsl:template match="e-invoice" mode="ubl">
    <a class="govuk-link" href="{$base}/invoices/ubl.xml?no={str:encode-uri(../invoice/invoice_no, true())}"><wp:text key="invoice.ubl"/></a>
  </xsl:template>

  <!-- its state -->
  <xsl:template match="invoice" mode="standing">
    <section class="wp-card">
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="money.state"/></dt>
          <dd class="govuk-summary-list__value"><xsl:apply-templates select="." mode="stands"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><xsl:apply-templates select="open" mode="left-key"/></dt>
          <dd class="govuk-summary-list__value">
            <b class="nw"><xsl:value-of
              select="translate(format-number(open * (1 - 2 * (state = 'credit')) div 100, '#,##0.00'), ',.', $separators)"/>&#160;EUR</b>
            <xsl:apply-templates select="excess[. &gt; 0]" mode="excess"/>
          </dd>
        </div>
        <xsl:apply-templates select="self::*[total &gt;= 0]/due_on" mode="row"/>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="money.issued"/></dt>
          <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="issued_on" mode="date"/></dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="invoice.period"/></dt>
          <dd class="govuk-summary-list__value">
            <xsl:apply-templates select="period_from" mode="date"/> – <xsl:apply-templates select="period_until" mode="date"/>
          </dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key"><wp:text key="invoice.buyer"/></dt>
          <dd class="govuk-summary-list__value"><xsl:value-of select="buyer"/><br/><xsl:apply-templates select="." mode="premises-line"/></dd>
        </div>
      </dl>
    </section>
  </xsl:template>
  <!-- a credit note is never due -->
  <xsl:template match="due_on" mode="row">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><wp:text key="money.due"/></dt>
      <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="." mode="date"/></dd>
    </div>
  </xsl:template>
  <xsl:template match="excess" mode="excess">
    <br/><wp:text key="invoice.excess"><wp:with name="sum"><span class="nw"><xsl:apply-templates select="." mode="money"/></span></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="invoice" mode="stands"><xsl:apply-templates select="state" mode="invoice"/></xsl:template>
  <xsl:template match="invoice[state = 'paying']" mode="stands">
    <xsl:apply-templates select="state" mode="invoice"/>
    <xsl:text> </xsl:text><wp:text key="payment.no-twice"/>
  </xsl:template>
  <xsl:template match="open" mode="left-key"><wp:text key="payment.left"/></xsl:template>
  <xsl:template match="open[../state = 'credit']" mode="left-key"><wp:text key="money.credit"/></xsl:template>

  <!-- lines -->
  <xsl:template match="data" mode="lines">
    <xsl:apply-templates select="line[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="line" mode="caption"><wp:text key="invoice.lines"/></xsl:template>
  <xsl:template match="line" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="contract.service"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="invoice.quantity"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="invoice.price"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="invoice.vat-rate"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="invoice.net"/></th>
  </xsl:template>
  <xsl:template match="line" mode="rows"><xsl:apply-templates select="../line"/></xsl:template>
  <xsl:template match="line">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span><xsl:apply-templates select="." mode="what"/><xsl:apply-templates select="serial" mode="below"/></span>
      </th>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[invoice.quantity]]">
        <span class="nw"><xsl:apply-templates select="quantity" mode="volume"/><xsl:if test="not(quantity)">–</xsl:if></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[invoice.price]]">
        <span class="nw"><xsl:apply-templates select="price" mode="price"/><xsl:if test="not(price)">–</xsl:if></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[invoice.vat-rate]]">
        <span class="nw"><xsl:apply-templates select="vat_rate" mode="rate"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[invoice.net]]">
        <span class="nw"><xsl:apply-templates select="net" mode="money"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="line" mode="what"><xsl:apply-templates select="service" mode="line-service"/></xsl:template>
  <xsl:template match="line[text]" mode="what"><xsl:value-of select="text"/></xsl:template>
  <xsl:template match="service" mode="line-service"><wp:text key="money.other"/></xsl:template>
  <xsl:template match="service[. = 'water']" mode="line-service"><wp:text key="money.water"/></xsl:template>
  <xsl:template match="service[. = 'sewage']" mode="line-service"><wp:text key="money.sewage"/></xsl:template>
  <xsl:template match="service[. = 'rain']" mode="line-service"><wp:text key="money.rain"/></xsl:template>
  <xsl:template match="service[. = 'penalty']" mode="line-service"><wp:text key="invoice.penalty"/></xsl:template>
  <xsl:template match="serial" mode="below">
    <br/><span class="wp-when"><xsl:apply-templates select="../place" mode="line"/><span class="wp-id"><xsl:value-of select="."/></span></span>
  </xsl:template>
  <xsl:template match="place" mode="line"><xsl:value-of select="."/>, </xsl:template>
  <xsl:template match="*|@*" mode="rate"><xsl:value-of select="translate(. div 100, '.', substring($separators, 2, 1))"/>&#160;%</xsl:template>

  <!-- net, VAT of each rate, total -->
  <xsl:template match="data" mode="sums">
    <dl class="govuk-summary-list">
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="invoice.net-sum"/></dt>
        <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="invoice/net" mode="money"/></dd>
      </div>
      <xsl:apply-templates select="vat"/>
      <xsl:apply-templates select="interest"/>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="invoice.total"/></dt>
        <dd class="govuk-summary-list__value nw"><b><xsl:apply-templates select="invoice/total" mode="money"/></b></dd>
      </div>
    </dl>
    <xsl:apply-templates select="self::*[sum(vat/@vat) != invoice/vat]" mode="vat-differs"/>
  </xsl:template>
  <xsl:template match="vat">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">
        <wp:text key="invoice.vat">
          <wp:with name="rate"><xsl:apply-templates select="@rate" mode="rate"/></wp:with>
          <wp:with name="net"><xsl:apply-templates select="@net" mode="money"/></wp:with>
        </wp:text>
      </dt>
      <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="@vat" mode="money"/></dd>
    </div>
  </xsl:template>
  <xsl:template match="vat[@category = 'E']">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><wp:text key="invoice.vat-none"/></dt>
      <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="@net" mode="money"/></dd>
    </div>
  </xsl:template>
  <!-- what billing includes in the total but in no line -->
  <xsl:template match="interest">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><wp:text key="invoice.interest"/></dt>
      <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="." mode="money"/></dd>
    </div>
  </xsl:template>
  <xsl:template match="data" mode="vat-differs">
    <p class="govuk-body">
      <wp:text key="invoice.vat-differs"><wp:with name="billed"><b class="nw"><xsl:apply-templates select="invoice/vat" mode="money"/></b></wp:with></wp:text>
    </p>
  </xsl:template>

  <!-- the explanation of a sum -->
  <xsl:template match="data" mode="why">
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="invoice.why"/></h2>
      <ul class="govuk-list govuk-list--bullet"><xsl:apply-templates select="line[computed]" mode="why"/></ul>
      <p class="wp-small"><wp:text key="invoice.why.method"/></p>
    </section>
  </xsl:template>
  <xsl:template match="line" mode="why">
    <li>
      <b><xsl:apply-templates select="." mode="what"/></b>
      <xsl:apply-templates select="serial" mode="why"/>: <xsl:apply-templates select="@readings" mode="why"/>
      <xsl:apply-templates select="part" mode="why"/> = <b class="nw"><xsl:apply-templates select="computed" mode="money"/></b>
      <xsl:apply-templates select="computed[. != ../net]" mode="differs"/>
    </li>
  </xsl:template>
  <xsl:template match="serial" mode="why">, <span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="@readings" mode="why">
    <wp:text key="invoice.why.readings">
      <wp:with name="from">
        <span class="nw"><xsl:apply-templates select="../from" mode="volume"/></span>
        <xsl:text> (</xsl:text><xsl:apply-templates select="../from_on" mode="date"/>
        <xsl:text>)</xsl:text>
      </wp:with>
      <wp:with name="to">
        <span class="nw"><xsl:apply-templates select="../to" mode="volume"/></span> (<xsl:apply-templates select="../to_on" mode="date"/>
        <xsl:apply-templates select="../to_kind[. = 'estimated']" mode="why"/><xsl:text>)</xsl:text>
      </wp:with>
    </wp:text>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="to_kind" mode="why">, <wp:text key="invoice.why.estimated"/></xsl:template>
  <xsl:template match="part" mode="why">
    <xsl:if test="position() &gt; 1"> + </xsl:if>
    <span class="nw"><xsl:apply-templates select="quantity" mode="volume"/> × <xsl:apply-templates select="price" mode="price"/></span>
    <xsl:if test="../part[2]"> (<xsl:apply-templates select="from" mode="date"/> – <xsl:apply-templates select="until" mode="date"/>)</xsl:if>
  </xsl:template>
  <xsl:template match="computed" mode="differs">
    <xsl:text>. </xsl:text>
    <wp:text key="invoice.why.differs"><wp:with name="billed"><b class="nw"><xsl:apply-templates select="../net" mode="money"/></b></wp:with></wp:text>
  </xsl:template>

  <!-- payments -->
  <xsl:template match="data" mode="payments"/>
  <xsl:template match="data[payment]" mode="payments">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><xsl:apply-templates select="invoice" mode="payments-title"/></h2>
      <dl class="govuk-summary-list"><xsl:apply-templates select="payment" mode="row"/></dl>
    </section>
  </xsl:template>
  <xsl:template match="invoice" mode="payments-title"><wp:text key="invoice.payments"/></xsl:template>
  <xsl:template match="invoice[total &lt; 0]" mode="payments-title"><wp:text key="invoice.payments-back"/></xsl:template>
  <xsl:template match="payment" mode="row">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key nw"><xsl:apply-templates select="paid_on" mode="date"/></dt>
      <dd class="govuk-summary-list__value">
        <b class="nw"><xsl:apply-templates select="amount" mode="money"/></b>
        <xsl:if test="pending = 1"><xsl:text> </xsl:text><wp:text key="invoice.through-portal"/></xsl:if>
      </dd>
    </div>
  </xsl:template>

  <!-- the payment code, and the same in words -->
  <xsl:template match="qr" mode="card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="invoice.qr"/></h2>
      <xsl:apply-templates select="."/>
      <xsl:apply-templates select="." mode="words"/>
    </section>
  </xsl:template>
  <xsl:template match="qr">
    <svg class="wp-qr" role="img" aria-labelledby="qr-title" width="180" height="180" viewBox="-4 -4 {@size + 8} {@size + 8}" shape-rendering="crispEdges">
      <title id="qr-title"><wp:text key="invoice.qr"/></title>
      <rect x="-4" y="-4" width="{@size + 8}" height="{@size + 8}" fill="#fff"/>
      <path d="{@path}" fill="#000"/>
    </svg>
  </xsl:template>
  <xsl:template match="qr" mode="words">
    <dl class="govuk-summary-list">
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="invoice.receiver"/></dt>
        <dd class="govuk-summary-list__value"><xsl:value-of select="../seller/@name"/></dd>
      </div>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">IBAN</dt>
        <dd class="govuk-summary-list__value nw"><xsl:value-of select="../seller/@iban"/></dd>
      </div>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="money.sum"/></dt>
        <dd class="govuk-summary-list__value nw"><xsl:apply-templates select="../invoice/open" mode="money"/></dd>
      </div>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="invoice.reference"/></dt>
        <dd class="govuk-summary-list__value"><span class="wp-id"><xsl:value-of select="@reference"/></span></dd>
      </div>
    </dl>
  </xsl:template>
</xsl:stylesheet>
