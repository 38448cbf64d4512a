<?xml version="1.0" encoding="UTF-8"?>
<!-- Invoices: those due first, then all; one invoice, on screen and printed.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="../shared/filter.xsl"/>
  <xsl:include href="../shared/year-filter.xsl"/>
  <xsl:include href="../shared/paper.xsl"/>
  <xsl:include href="../shared/invoice-rows.xsl"/>
  <xsl:include href="invoices/page.xsl"/>
  <xsl:include href="invoices/paper.xsl"/>

  <xsl:template match="page" mode="title"><wp:text key="invoices.title"/></xsl:template>
  <xsl:template match="page[@route = 'invoice' or @route = 'print']" mode="title">
    <wp:text key="invoice.title"><wp:with name="number"><xsl:value-of select="data/invoice/invoice_no"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="page[data/invoice/total &lt; 0][@route = 'invoice' or @route = 'print']" mode="title">
    <wp:text key="invoice.credit-note"><wp:with name="number"><xsl:value-of select="data/invoice/invoice_no"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="page" mode="change-address"><xsl:value-of select="$base"/>/invoices</xsl:template>

  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="invoices.title"/></h1>
    <xsl:apply-templates select="balance"/>
    <xsl:apply-templates select="." mode="due"/>
    <section class="wp-card wp-card--long">
      <h2 class="govuk-heading-m"><wp:text key="invoices.history"/></h2>
      <xsl:apply-templates select="/page/filter[../data/year]"/>
      <xsl:apply-templates select="." mode="history"/>
    </section>
    <xsl:apply-templates select="paging"/>
    <p class="govuk-body"><a class="govuk-link" href="{$base}/payments"><wp:text key="payment.list"/></a></p>
    <xsl:apply-templates select="*[not(self::scope or self::balance or self::due or self::to_pay or self::more)]
      [not(self::year or self::invoice or self::paging)]"/>
  </xsl:template>

  <xsl:template match="balance"/>
  <xsl:template match="balance[credit &gt; 0]">
    <section class="wp-notice wp-notice--good" aria-label="[[money.credit]]">
      <p><wp:text key="money.credit"/>: <b class="nw"><xsl:apply-templates select="credit" mode="money"/></b></p>
    </section>
  </xsl:template>

  <!-- due: the ticked ones go into one payment -->
  <xsl:template match="data" mode="due">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="invoices.due"/></h2>
      <p class="govuk-body"><wp:text key="invoices.due.none"/></p>
    </section>
  </xsl:template>
  <xsl:template match="data[due]" mode="due">
    <section class="wp-card"><h2 class="govuk-heading-m"><wp:text key="invoices.due"/></h2><xsl:apply-templates select="." mode="due-table"/></section>
  </xsl:template>
  <xsl:template match="data[due][scope/@pay]" mode="due">
    <form action="{$base}/payments/new" method="get">
      <section class="wp-card">
        <h2 class="govuk-heading-m"><wp:text key="invoices.due"/></h2>
        <xsl:apply-templates select="." mode="due-table"/>
        <p class="wp-small"><wp:text key="invoices.pick"/></p>
      </section>
      <div class="wp-sum">
        <xsl:apply-templates select="to_pay"/>
        <div class="wp-sum__act">
          <xsl:apply-templates select="scope[../to_pay]/@pay" mode="all"/>
          <button class="govuk-button govuk-button--secondary" type="submit"><wp:text key="invoices.pay-picked"/></button>
        </div>
      </div>
    </form>
  </xsl:template>
  <xsl:template match="@pay" mode="all"><a class="govuk-button" href="{$base}/payments/new?all=1&amp;{.}"><wp:text key="home.pay"/></a></xsl:template>
  <!-- what "pay all" includes: neither invoices being paid nor those of others -->
  <xsl:template match="to_pay"><p><wp:text key="invoices.sum"/><b class="nw"><xsl:apply-templates select="sum" mode="money"/></b></p></xsl:template>
  <xsl:template match="data" mode="due-table">
    <xsl:apply-templates select="due[own = 1 or ../scope/@of = 'contract'][1]" mode="as-table">
      <xsl:with-param name="class"> wp-pick</xsl:with-param>
    </xsl:apply-templates>
    <xsl:apply-templates select="self::*[scope/@of = 'all']/due[own = 0][1]" mode="others"/>
    <xsl:apply-templates select="more"/>
  </xsl:template>
  <!-- those of others apart, with whose they are -->
  <xsl:template match="due" mode="others">
    <h3 class="govuk-heading-s"><wp:text key="payment.others"/></h3>
    <xsl:apply-templates select="." mode="as-table"><xsl:with-param name="class"> wp-pick</xsl:with-param></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="due" mode="caption"><wp:text key="invoices.due"/></xsl:template>
  <xsl:template match="due" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="payment.for"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="invoices.number"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.due"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="money.state"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="payment.left"/></th>
  </xsl:template>
  <xsl:template match="due" mode="rows"><xsl:apply-templates select="../due[own = current()/own]"/></xsl:template>
  <xsl:template match="more"><p class="govuk-body"><wp:text key="invoices.more"/></p></xsl:template>
  <xsl:template match="due">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <xsl:apply-templates select="." mode="tick"><xsl:with-param name="id" select="count(preceding-sibling::due) + 1"/></xsl:apply-templates>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[invoices.number]]"><span><xsl:apply-templates select="invoice_no" mode="link"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.due]]"><span class="nw"><xsl:apply-templates select="due_on" mode="date"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[money.state]]"><span><xsl:apply-templates select="state" mode="due"/></span></td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[payment.left]]">
        <span><b class="nw"><xsl:apply-templates select="open" mode="money"/></b><xsl:apply-templates select="total[. != ../open]" mode="of"/></span>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="total" mode="of">
    <br/>
    <span class="wp-when">
      <wp:text key="invoices.of"><wp:with name="sum"><span class="nw"><xsl:apply-templates select="." mode="money"/></span></wp:with></wp:text>
    </span>
  </xsl:template>
  <xsl:template match="due" mode="tick"><span><xsl:apply-templates select="." mode="name"/></span></xsl:template>
  <xsl:template match="due[../scope/@pay][may_pay = 1]" mode="tick">
    <xsl:param name="id"/>
    <div class="govuk-checkboxes govuk-checkboxes--small wp-tick"><div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" id="pick-{$id}" name="pick" type="checkbox" value="{invoice_no}">
        <xsl:if test="state != 'paying' and (own = 1 or ../scope/@of = 'contract')"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
      </input>
      <label class="govuk-label govuk-checkboxes__label" for="pick-{$id}">
        <xsl:apply-templates select="." mode="name"/>
        <span class="govuk-visually-hidden">, <xsl:apply-templates select="open" mode="money"/></span>
      </label>
    </div></div>
  </xsl:template>
  <xsl:template match="due" mode="name">
    <xsl:apply-templates select="period" mode="of-month"/>
    <xsl:apply-templates select="self::*[../scope/@of = 'all']/address" mode="after"/>
  </xsl:template>
  <xsl:template match="address" mode="after">, <xsl:value-of select="."/></xsl:template>
  <xsl:template match="due[own = 0][../scope/@of = 'all']" mode="name">
    <xsl:value-of select="holder"/>: <xsl:apply-templates select="period" mode="of-month"/>
    <xsl:apply-templates select="address" mode="after"/>
  </xsl:template>

  <!-- all invoices -->
  <xsl:template match="data" mode="history"><p class="govuk-body"><wp:text key="invoices.none"/></p></xsl:template>
  <xsl:template match="data[invoice]" mode="history"><xsl:apply-templates select="." mode="invoice-table"/></xsl:template>
  <xsl:template match="filter" mode="before"><xsl:apply-templates select="/page/context/@contract" mode="hidden"/></xsl:template>
  <xsl:template match="@contract" mode="hidden"><input type="hidden" name="contract" value="{.}"/></xsl:template>
</xsl:stylesheet>
