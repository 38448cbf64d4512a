<?xml version="1.0" encoding="UTF-8"?>
<!-- What a payment is for, and its state: one panel for each state, with the same words everywhere.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <!-- @state of a bank's report, state of the person's payment -->
  <xsl:template match="*" mode="panel"><xsl:apply-templates select="@state|state" mode="panel"/></xsl:template>
  <xsl:template match="@state|state" mode="panel">
    <section class="wp-panel" aria-labelledby="state">
      <xsl:apply-templates select="." mode="panel-class"/>
      <h1 class="govuk-heading-l" id="state"><xsl:apply-templates select="." mode="panel-title"/></h1>
      <xsl:apply-templates select="." mode="panel-text"/>
      <xsl:apply-templates select="." mode="which"/>
    </section>
  </xsl:template>

  <xsl:template match="@state|state" mode="panel-class"><xsl:attribute name="class">wp-panel wp-panel--wait</xsl:attribute></xsl:template>
  <xsl:template match="@state[. = 'created']|state[. = 'created']" mode="panel-class"/>
  <xsl:template match="@state[. = 'confirmed' or . = 'reconciled']|state[. = 'confirmed' or . = 'reconciled']" mode="panel-class">
    <xsl:attribute name="class">wp-panel wp-panel--good</xsl:attribute>
  </xsl:template>
  <xsl:template match="@state[. = 'cancelled' or . = 'failed']|state[. = 'cancelled' or . = 'failed']|@state[. = 'reversed']|state[. = 'reversed']"
      mode="panel-class">
    <xsl:attribute name="class">wp-panel wp-panel--bad</xsl:attribute>
  </xsl:template>

  <xsl:template match="@state|state" mode="panel-title"><wp:text key="payment.pending"/></xsl:template>
  <xsl:template match="@state[. = 'created']|state[. = 'created']" mode="panel-title"><wp:text key="payment.created"/></xsl:template>
  <xsl:template match="@state[. = 'confirmed' or . = 'reconciled']|state[. = 'confirmed' or . = 'reconciled']" mode="panel-title">
    <wp:text key="payment.paid"/>
  </xsl:template>
  <xsl:template match="@state[. = 'cancelled' or . = 'failed']|state[. = 'cancelled' or . = 'failed']" mode="panel-title">
    <wp:text key="payment.unpaid"/>
  </xsl:template>
  <xsl:template match="@state[. = 'expired']|state[. = 'expired']" mode="panel-title"><wp:text key="payment.expired"/></xsl:template>
  <xsl:template match="@state[. = 'review']|state[. = 'review']" mode="panel-title"><wp:text key="payment.review"/></xsl:template>
  <xsl:template match="@state[. = 'reversed']|state[. = 'reversed']" mode="panel-title"><wp:text key="payment.reversed"/></xsl:template>

  <!-- a payment that may have been made must not be made again -->
  <xsl:template match="@state|state" mode="panel-text">
    <p><b><wp:text key="payment.no-twice"/></b><xsl:text> </xsl:text><wp:text key="payment.pending.text"/></p>
  </xsl:template>
  <xsl:template match="@state[. = 'review']|state[. = 'review']" mode="panel-text">
    <p><b><wp:text key="payment.no-twice"/></b><xsl:text> </xsl:text><wp:text key="payment.review.text"/></p>
  </xsl:template>
  <xsl:template match="@state[. = 'confirmed' or . = 'reconciled']|state[. = 'confirmed' or . = 'reconciled']" mode="panel-text">
    <xsl:apply-templates select="../paid_on" mode="received"/>
  </xsl:template>
  <xsl:template match="@state[. = 'created']|state[. = 'created']" mode="panel-text"><p><wp:text key="payment.created.text"/></p></xsl:template>
  <xsl:template match="@state[. = 'cancelled' or . = 'failed']|state[. = 'cancelled' or . = 'failed']" mode="panel-text">
    <p><wp:text key="payment.unpaid.text"/></p>
  </xsl:template>
  <xsl:template match="@state[. = 'expired']|state[. = 'expired']" mode="panel-text"><p><wp:text key="payment.expired.text"/></p></xsl:template>
  <xsl:template match="@state[. = 'reversed']|state[. = 'reversed']" mode="panel-text"><p><wp:text key="payment.reversed.text"/></p></xsl:template>

  <xsl:template match="paid_on" mode="received">
    <p>
      <wp:text key="payment.received">
        <wp:with name="sum"><b class="nw"><xsl:apply-templates select="../amount" mode="money"/></b></wp:with>
        <wp:with name="date"><xsl:apply-templates select="." mode="date"/></wp:with>
      </wp:text>
    </p>
  </xsl:template>
  <xsl:template match="@state" mode="which"/>
  <xsl:template match="state" mode="which">
    <p>
      <wp:text key="payment.number"><wp:with name="number"><b class="wp-id">WP<xsl:value-of select="../stamp"/></b></wp:with></wp:text>
      <xsl:text>, </xsl:text><span class="nw"><xsl:apply-templates select="../created" mode="day-time"/></span>
    </p>
  </xsl:template>

  <!-- short, for lists -->
  <xsl:template match="state" mode="tag"><strong class="govuk-tag govuk-tag--yellow"><wp:text key="payment.tag.pending"/></strong></xsl:template>
  <xsl:template match="state[. = 'confirmed' or . = 'reconciled']" mode="tag">
    <strong class="govuk-tag govuk-tag--green"><wp:text key="payment.tag.paid"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'cancelled' or . = 'failed' or . = 'expired']" mode="tag">
    <strong class="govuk-tag govuk-tag--grey"><wp:text key="payment.tag.unpaid"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'reversed']" mode="tag"><strong class="govuk-tag govuk-tag--red"><wp:text key="payment.tag.reversed"/></strong></xsl:template>

  <xsl:template match="data" mode="items">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="payment.items"/></h2>
      <xsl:apply-templates select="item[1]" mode="as-table"/>
      <p class="govuk-body"><wp:text key="overview.total"/>: <b class="nw"><xsl:apply-templates select="payment/amount" mode="money"/></b></p>
    </section>
  </xsl:template>
  <xsl:template match="item" mode="caption"><wp:text key="payment.items"/></xsl:template>
  <xsl:template match="item" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="money.invoice"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.debtor"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="payment.for"/></th>
    <th xsl:use-attribute-sets="column-number"><wp:text key="money.sum"/></th>
  </xsl:template>
  <!-- it is not open any more as it was ordered -->
  <xsl:template match="stands"><br/><span class="wp-when"><wp:text key="payment.item.paid"/></span></xsl:template>
  <xsl:template match="stands[../open &gt; 0]">
    <br/>
    <span class="wp-when">
      <wp:text key="payment.item.open"><wp:with name="sum"><span class="nw"><xsl:apply-templates select="../open" mode="money"/></span></wp:with></wp:text>
    </span>
  </xsl:template>
  <xsl:template match="item" mode="rows"><xsl:apply-templates select="../item"/></xsl:template>
  <xsl:template match="item">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader"><span class="wp-id"><xsl:apply-templates select="invoice_no" mode="link"/></span></th>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.debtor]]"><span><xsl:value-of select="debtor"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[payment.for]]">
        <span>
          <xsl:apply-templates select="period" mode="of-month"/>
          <xsl:apply-templates select="stands[. = 0][../../payment/state[. = 'created' or . = 'redirected' or . = 'cancelled' or . = 'expired']]"/>
        </span>
      </td>
      <td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-l="[[money.sum]]">
        <span class="nw"><xsl:apply-templates select="amount" mode="money"/></span>
      </td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
