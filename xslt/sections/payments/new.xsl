<?xml version="1.0" encoding="UTF-8"?>
<!-- Choosing what to pay, and ordering it.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:key name="field" match="form/field" use="@name"/>
  <xsl:key name="amount" match="form/field[@name = 'amount']" use="@for"/>

  <!-- the choice: sums, bank. The sum that the person saw is a hidden field; the error links to the sum displayed -->
  <xsl:template match="problem[@control = 'sum']" mode="summary"><li><a href="#total"><xsl:apply-templates select="." mode="sentence"/></a></li></xsl:template>
  <xsl:template match="page[@route = 'new']/data">
    <h1 class="govuk-heading-l"><wp:text key="payment.new"/></h1>
    <xsl:apply-templates select="self::*[total/@invoices = 0]" mode="none"/>
    <xsl:apply-templates select="self::*[total/@invoices &gt; 0][not(bank)]" mode="no-bank"/>
    <xsl:apply-templates select="/page/form[/page/data[total/@invoices &gt; 0][bank]]"/>
    <xsl:apply-templates select="others[../bank]"/>
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
    <xsl:apply-templates select="/page/data/total[@repeats]" mode="again"/>
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
        <span>
          <xsl:apply-templates select="period" mode="of-month"/>, <xsl:value-of select="address"/>
          <br/><span class="wp-when"><xsl:value-of select="holder"/></span>
        </span>
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
  <xsl:template match="state[. = 'paying']" mode="below">
    <br/><xsl:apply-templates select="." mode="invoice"/>
    <xsl:apply-templates select=".." mode="since"/>
  </xsl:template>
  <xsl:template match="invoice" mode="since"><br/><span class="wp-when"><xsl:apply-templates select="paying_since" mode="day-time"/></span></xsl:template>
  <xsl:template match="invoice[mine = 1]" mode="since">
    <br/><a class="govuk-link" href="{$base}/payments/{order}"><xsl:apply-templates select="paying_since" mode="day-time"/></a>
  </xsl:template>
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
      <p><xsl:apply-templates select="@repeats"/></p>
      <div class="govuk-checkboxes">
        <xsl:apply-templates select="key('field', 'again')" mode="problems"/>
        <xsl:apply-templates select="key('field', 'again')" mode="tick"/>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="@repeats"><wp:text key="payment.again.text"/></xsl:template>
  <xsl:template match="@repeats[. = 'unsent']"><wp:text key="payment.unsent.text"/></xsl:template>
  <xsl:template match="field[@name = 'again']" mode="label"><wp:text key="payment.again"/></xsl:template>
  <!-- it was ticked for what was seen; if that has changed, it is to be ticked anew -->
  <xsl:template match="field[@name = 'again']/@value" mode="checked" priority="1">
    <xsl:if test="key('field', 'seen')/@value = /page/data/total/@seen"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
  </xsl:template>
  <xsl:template match="field[@name = 'again'][/page/data/total/@repeats = 'unsent']" mode="label"><wp:text key="payment.anew"/></xsl:template>

  <!-- invoices of others, which nobody pays by mistake: apart, with whose they are, and none is ticked -->
  <xsl:template match="others">
    <form action="{$base}/payments/new" method="get">
      <section class="wp-card" id="others">
        <h2 class="govuk-heading-m"><wp:text key="payment.others"/></h2>
        <p class="govuk-body"><wp:text key="payment.others.text"/></p>
        <xsl:apply-templates select="/page/context/@contract" mode="kept"/>
        <xsl:apply-templates select="../total/@all" mode="kept"/>
        <xsl:apply-templates select="../invoice[not(../total/@all) or @picked]/invoice_no" mode="kept"/>
        <xsl:apply-templates select="invoice[1]" mode="as-table"><xsl:with-param name="class"> wp-pick</xsl:with-param></xsl:apply-templates>
        <xsl:apply-templates select="@more"/>
        <div class="wp-buttons"><button class="govuk-button govuk-button--secondary" type="submit"><wp:text key="payment.others.add"/></button></div>
      </section>
    </form>
  </xsl:template>
  <xsl:template match="@more"><p class="govuk-body"><wp:text key="invoices.more"/></p></xsl:template>
  <xsl:template match="@contract" mode="kept"><input type="hidden" name="contract" value="{.}"/></xsl:template>
  <xsl:template match="@all" mode="kept"><input type="hidden" name="all" value="1"/></xsl:template>
  <xsl:template match="invoice_no" mode="kept"><input type="hidden" name="pick" value="{.}"/></xsl:template>
  <xsl:template match="others/invoice" mode="caption"><wp:text key="payment.others"/></xsl:template>
  <xsl:template match="others/invoice" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="payment.debtor"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.for"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.invoice"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.due"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="payment.left"/></th>
  </xsl:template>
  <xsl:template match="others/invoice" mode="rows"><xsl:apply-templates select="../invoice"/></xsl:template>
  <xsl:template match="others/invoice">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <div class="govuk-checkboxes govuk-checkboxes--small wp-tick"><div class="govuk-checkboxes__item">
          <input class="govuk-checkboxes__input" id="other-{position()}" name="pick" type="checkbox" value="{invoice_no}"/>
          <label class="govuk-label govuk-checkboxes__label" for="other-{position()}">
            <xsl:value-of select="holder"/>
            <span class="govuk-visually-hidden">, <xsl:value-of select="invoice_no"/></span>
          </label>
        </div></div>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.for]]">
        <span><xsl:apply-templates select="period" mode="of-month"/>, <xsl:value-of select="address"/></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.invoice]]"><span class="wp-id"><xsl:value-of select="invoice_no"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.due]]">
        <span><span class="nw"><xsl:apply-templates select="due" mode="date"/></span>
          <xsl:apply-templates select="state[. = 'paying' or . = 'overdue']" mode="below"/></span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[payment.left]]">
        <span class="nw"><xsl:apply-templates select="open" mode="money"/></span>
      </td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
