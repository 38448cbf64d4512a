<?xml version="1.0" encoding="UTF-8"?>
<!-- Paying: the chosen invoices and the bank, the way there, one payment, all payments.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/invoice-rows.xsl"/>
  <xsl:include href="../shared/payment-parts.xsl"/>

  <xsl:key name="field" match="form/field" use="@name"/>
  <xsl:key name="amount" match="form/field[@name = 'amount']" use="@for"/>

  <xsl:template match="page" mode="title"><wp:text key="payment.list"/></xsl:template>
  <xsl:template match="page[@route = 'new']" mode="title"><wp:text key="payment.new"/></xsl:template>
  <xsl:template match="page[@route = 'bank']" mode="title"><wp:text key="payment.leave"/></xsl:template>
  <xsl:template match="page[@route = 'payment']" mode="title">
    <wp:text key="payment.number"><wp:with name="number">WP<xsl:value-of select="data/payment/stamp"/></wp:with></wp:text>
  </xsl:template>

  <!-- one payment -->
  <xsl:template match="page[@route = 'payment']/data">
    <xsl:apply-templates select="payment" mode="panel"/>
    <xsl:apply-templates select="self::*[credit]" mode="credits"/>
    <xsl:apply-templates select="." mode="items"/>
    <div class="wp-buttons">
      <xsl:apply-templates select="payment/state" mode="next"/>
      <a class="govuk-link" href="{$base}/payments"><wp:text key="payment.list"/></a>
    </div>
    <xsl:apply-templates select="payment/state" mode="small"/>
  </xsl:template>
  <xsl:template match="data" mode="credits">
    <section class="wp-notice wp-notice--good" aria-label="[[payment.credit.title]]">
      <p><b><wp:text key="payment.credit.title"/></b></p>
      <xsl:apply-templates select="credit"/>
    </section>
  </xsl:template>
  <xsl:template match="credit">
    <p>
      <wp:text key="payment.credit">
        <wp:with name="sum"><b class="nw"><xsl:apply-templates select="amount" mode="money"/></b></wp:with>
        <wp:with name="date"><xsl:apply-templates select="paid_on" mode="date"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="credit[state = 'refunded']">
    <p>
      <wp:text key="payment.credit.refunded">
        <wp:with name="sum"><b class="nw"><xsl:apply-templates select="amount" mode="money"/></b></wp:with>
        <wp:with name="date"><xsl:apply-templates select="paid_on" mode="date"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>

  <xsl:template match="state" mode="next"><a class="govuk-button" href="{$base}/home"><wp:text key="shell.to-home"/></a></xsl:template>
  <xsl:template match="state[. = 'redirected' or . = 'pending']" mode="next">
    <a class="govuk-button" href="{$base}/payments/{../payment}"><wp:text key="payment.look-again"/></a>
  </xsl:template>
  <xsl:template match="state[. = 'created']" mode="next">
    <a class="govuk-button" href="{$base}/payments/{../payment}/bank"><wp:text key="payment.go-on"/></a>
  </xsl:template>
  <xsl:template match="state[. = 'cancelled' or . = 'failed' or . = 'expired']" mode="next">
    <a class="govuk-button">
      <xsl:attribute name="href"><xsl:value-of select="$base"/>/payments/new?<xsl:apply-templates select="../../item" mode="pick"/></xsl:attribute>
      <wp:text key="payment.try-again"/>
    </a>
  </xsl:template>
  <xsl:template match="item" mode="pick">pick=<xsl:value-of select="str:encode-uri(invoice_no, true())"/>&amp;</xsl:template>
  <xsl:template match="state" mode="small"/>
  <xsl:template match="state[. = 'cancelled' or . = 'failed' or . = 'expired']" mode="small">
    <p class="wp-small"><wp:text key="payment.money-wins"/></p>
  </xsl:template>
  <xsl:template match="state[. = 'redirected']" mode="small">
    <p class="wp-small">
      <wp:text key="payment.went-away"/>
      <xsl:text> </xsl:text><a class="govuk-link" href="{$base}/payments/{../payment}/bank"><wp:text key="payment.go-on"/></a>
    </p>
  </xsl:template>

  <!-- on the way to the bank: a form that the browser submits there, or a link -->
  <xsl:template match="page[@route = 'bank']/data">
    <h1 class="govuk-heading-l"><wp:text key="payment.leave"/></h1>
    <p class="wp-lead">
      <wp:text key="payment.leave.text">
        <wp:with name="bank"><b><xsl:value-of select="bank_name"/></b></wp:with>
        <wp:with name="sum"><b class="nw"><xsl:apply-templates select="payment/amount" mode="money"/></b></wp:with>
      </wp:text>
    </p>
    <xsl:apply-templates select="leave"/>
    <xsl:apply-templates select="." mode="items"/>
  </xsl:template>
  <xsl:template match="leave">
    <div class="wp-buttons"><a class="govuk-button" id="leave" href="{@href}" data-once="{../payment/payment}"><wp:text key="payment.go-on"/></a></div>
  </xsl:template>
  <xsl:template match="leave[field]">
    <form id="leave" method="post" action="{@href}" accept-charset="UTF-8" data-once="{../payment/payment}">
      <xsl:apply-templates select="field" mode="hidden"/>
      <div class="wp-buttons"><button class="govuk-button" type="submit"><wp:text key="payment.go-on"/></button></div>
    </form>
  </xsl:template>
  <xsl:template match="leave/field" mode="hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:template>
  <!-- adds up the sums and continues to the bank by itself; everything works without it -->
  <xsl:template match="asset[@name = 'payments.js']" mode="head">
    <xsl:if test="/page[@route = 'bank' or (@route = 'new' and form)]"><script type="module" src="{@href}"/></xsl:if>
  </xsl:template>

  <!-- the choice: sums, bank. The sum that the person saw is a hidden field; the error links to the sum displayed -->
  <xsl:template match="problem[@control = 'sum']" mode="summary"><li><a href="#total"><xsl:apply-templates select="." mode="sentence"/></a></li></xsl:template>
  <xsl:template match="page[@route = 'new']/data">
    <h1 class="govuk-heading-l"><wp:text key="payment.new"/></h1>
    <xsl:apply-templates select="self::*[total/@invoices = 0]" mode="none"/>
    <xsl:apply-templates select="self::*[total/@invoices &gt; 0][not(bank)]" mode="no-bank"/>
    <xsl:apply-templates select="/page/form[/page/data[total/@invoices &gt; 0][bank]]"/>
  </xsl:template>
  <xsl:template match="data" mode="none">
    <section class="wp-card" id="bank" tabindex="-1">
      <p class="govuk-body"><wp:text key="payment.none"/></p>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/invoices"><wp:text key="invoices.title"/></a></p>
    </section>
  </xsl:template>
  <xsl:template match="data" mode="no-bank">
    <section class="wp-card" id="bank" tabindex="-1"><p class="govuk-body"><wp:text key="payment.no-bank"/></p></section>
  </xsl:template>

  <xsl:template match="form[@name = 'payment']" mode="fields">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="payment.items"/></h2>
      <xsl:apply-templates select="/page/data/invoice[1]" mode="as-table"><xsl:with-param name="class"> wp-pick</xsl:with-param></xsl:apply-templates>
      <p class="wp-small"><wp:text key="payment.amount.text"/></p>
    </section>
    <section class="wp-card"><xsl:apply-templates select="key('field', 'bank')" mode="radios"/></section>
    <xsl:apply-templates select="/page/data/total[@paying]" mode="again"/>
    <input type="hidden" name="sum" id="sum" value="{format-number(/page/data/total/@cents div 100, '0.00')}"/>
    <input type="hidden" name="seen" value="{/page/data/total/@seen}"/>
    <div class="wp-sum">
      <p>
        <wp:text key="payment.chosen" n="/page/data/total/@invoices"/>
        <b class="nw" id="total" tabindex="-1" aria-live="polite"><xsl:apply-templates select="/page/data/total/@cents" mode="money"/></b>
      </p>
      <div class="wp-sum__act">
        <button class="govuk-button" type="submit" name="do" value="pay"><wp:text key="payment.pay"/></button>
        <button class="govuk-button govuk-button--secondary" type="submit" name="do" value="compute"><wp:text key="payment.compute"/></button>
      </div>
    </div>
  </xsl:template>
  <xsl:template match="data/invoice" mode="caption"><wp:text key="payment.items"/></xsl:template>
  <xsl:template match="data/invoice" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="money.invoice"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.for"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.due"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="payment.left"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.amount"/></th>
  </xsl:template>
  <xsl:template match="data/invoice" mode="rows"><xsl:apply-templates select="../invoice"/></xsl:template>
  <xsl:template match="data/invoice">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><span class="wp-id"><xsl:value-of select="invoice_no"/></span></th>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.for]]">
        <span><xsl:apply-templates select="period" mode="of-month"/>, <xsl:value-of select="address"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.due]]">
        <span>
          <xsl:if test="state != 'paying'"><xsl:attribute name="class">nw</xsl:attribute></xsl:if>
          <span class="nw"><xsl:apply-templates select="due" mode="date"/></span>
          <xsl:apply-templates select="state[. = 'paying' or . = 'overdue']" mode="below"/>
        </span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[payment.left]]">
        <span class="nw"><xsl:apply-templates select="open" mode="money"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.amount]]">
        <xsl:apply-templates select="self::*[not(key('amount', @key))]/@cents" mode="money"/>
        <xsl:apply-templates select="key('amount', @key)" mode="amount"><xsl:with-param name="invoice" select="invoice_no"/></xsl:apply-templates>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="state" mode="below"><br/><xsl:apply-templates select="." mode="invoice"/></xsl:template>
  <xsl:template match="field" mode="amount">
    <xsl:param name="invoice"/>
    <div>
      <xsl:apply-templates select="." mode="group-class"/>
      <label class="govuk-visually-hidden" for="{@control}">
        <wp:text key="payment.amount.of"><wp:with name="invoice"><xsl:value-of select="$invoice"/></wp:with></wp:text>
      </label>
      <xsl:apply-templates select="." mode="problems"/>
      <input class="govuk-input govuk-input--width-5" id="{@control}" name="{@name}.{@for}" type="text" inputmode="decimal" autocomplete="off" value="{@value}">
        <xsl:apply-templates select="." mode="described"/>
      </input>
    </div>
  </xsl:template>
  <xsl:template match="field[@name = 'amount']" mode="label"><wp:text key="payment.amount"/></xsl:template>
  <xsl:template match="field[@name = 'bank']" mode="label"><wp:text key="payment.bank"/></xsl:template>
  <xsl:template match="field[@name = 'bank']" mode="answers"><xsl:apply-templates select="/page/data/bank"/></xsl:template>
  <xsl:template match="bank">
    <xsl:apply-templates select="key('field', 'bank')" mode="answer">
      <xsl:with-param name="value" select="@key"/>
      <xsl:with-param name="label" select="string(@name)"/>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="bank[1]">
    <xsl:apply-templates select="key('field', 'bank')" mode="answer">
      <xsl:with-param name="value" select="@key"/>
      <xsl:with-param name="id">bank</xsl:with-param>
      <xsl:with-param name="label" select="string(@name)"/>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="total" mode="again">
    <section class="wp-notice wp-notice--warn" aria-label="[[money.state.paying]]">
      <p><wp:text key="payment.again.text"/></p>
      <div class="govuk-checkboxes">
        <xsl:apply-templates select="key('field', 'again')" mode="problems"/>
        <xsl:apply-templates select="key('field', 'again')" mode="tick"/>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="field[@name = 'again']" mode="label"><wp:text key="payment.again"/></xsl:template>

  <!-- all payments -->
  <xsl:template match="page[@route = 'list']/data">
    <h1 class="govuk-heading-l"><wp:text key="payment.list"/></h1>
    <section class="wp-card wp-card--long"><xsl:apply-templates select="." mode="list"/></section>
    <xsl:apply-templates select="paging"/>
  </xsl:template>
  <xsl:template match="data" mode="list"><p class="govuk-body"><wp:text key="payment.list.empty"/></p></xsl:template>
  <xsl:template match="data[payment]" mode="list">
    <xsl:apply-templates select="payment[1]" mode="as-table"/>
  </xsl:template>
  <xsl:template match="payment" mode="caption"><wp:text key="payment.list"/></xsl:template>
  <xsl:template match="payment" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="payment.which"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.when"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.state"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.sum"/></th>
  </xsl:template>
  <xsl:template match="payment" mode="rows"><xsl:apply-templates select="../payment"/></xsl:template>
  <xsl:template match="payment">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span class="wp-id"><a class="govuk-link" href="{$base}/payments/{payment}">WP<xsl:value-of select="stamp"/></a></span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.when]]"><span class="nw"><xsl:apply-templates select="created" mode="day-time"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.state]]"><span><xsl:apply-templates select="state" mode="tag"/></span></td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.sum]]">
        <span class="nw"><xsl:apply-templates select="amount" mode="money"/></span>
      </td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
