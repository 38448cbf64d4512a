<?xml version="1.0" encoding="UTF-8"?>
<!-- One payment, and the way to its bank.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

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

  <!-- an order leaves for its bank only while its invoices are open as they were ordered -->
  <xsl:template match="state" mode="next"><a class="govuk-button" href="{$base}/home"><wp:text key="shell.to-home"/></a></xsl:template>
  <xsl:template match="state[. = 'redirected' or . = 'pending']" mode="next">
    <a class="govuk-button" href="{$base}/payments/{../payment}"><wp:text key="payment.look-again"/></a>
  </xsl:template>
  <xsl:template match="state[. = 'created']" mode="next">
    <a class="govuk-button" href="{$base}/payments/{../payment}/bank"><wp:text key="payment.go-on"/></a>
  </xsl:template>
  <xsl:template match="state[. = 'created'][../../item[stands = 0]]" mode="next"><xsl:apply-templates select=".." mode="anew"/></xsl:template>
  <xsl:template match="state[. = 'cancelled' or . = 'failed' or . = 'expired']" mode="next"><xsl:apply-templates select=".." mode="anew"/></xsl:template>
  <xsl:template match="payment" mode="anew"><a class="govuk-button" href="{$base}/invoices"><wp:text key="payment.to-invoices"/></a></xsl:template>
  <xsl:template match="payment[../item[open &gt; 0]]" mode="anew">
    <a class="govuk-button">
      <xsl:attribute name="href"><xsl:value-of select="$base"/>/payments/new?<xsl:apply-templates select="../item[open &gt; 0]" mode="pick"/></xsl:attribute>
      <wp:text key="payment.try-again"/>
    </a>
  </xsl:template>
  <xsl:template match="item" mode="pick">pick=<xsl:value-of select="str:encode-uri(invoice_no, true())"/>&amp;</xsl:template>
  <xsl:template match="state" mode="small"/>
  <xsl:template match="state[. = 'cancelled' or . = 'failed' or . = 'expired'][../left = 1]" mode="small">
    <p class="wp-small"><wp:text key="payment.money-wins"/></p>
  </xsl:template>
  <xsl:template match="state[. = 'redirected'][../../item[stands = 0]]" mode="small" priority="1">
    <p class="wp-small"><wp:text key="payment.changed.left"/></p>
  </xsl:template>
  <xsl:template match="state[. = 'redirected']" mode="small">
    <p class="wp-small">
      <wp:text key="payment.went-away"/>
      <xsl:text> </xsl:text><a class="govuk-link" href="{$base}/payments/{../payment}/bank"><wp:text key="payment.go-on"/></a>
    </p>
  </xsl:template>

  <!-- of an order that never left for its bank, the portal itself says why -->
  <xsl:template match="page[@route = 'payment']/data/payment[left = 0]/state[. = 'cancelled' or . = 'expired']" mode="panel-class" priority="2">
    <xsl:attribute name="class">wp-panel wp-panel--wait</xsl:attribute>
  </xsl:template>
  <xsl:template match="page[@route = 'payment']/data/payment[left = 0]/state[. = 'cancelled' or . = 'expired']" mode="panel-title" priority="2">
    <wp:text key="payment.unsent"/>
  </xsl:template>
  <xsl:template match="page[@route = 'payment']/data/payment[left = 0]/state[. = 'expired']" mode="panel-text" priority="2">
    <p><wp:text key="payment.ended.text"/></p>
  </xsl:template>
  <xsl:template match="page[@route = 'payment']/data/payment[left = 0]/state[. = 'cancelled']" mode="panel-text" priority="2">
    <p><wp:text key="payment.changed.text"/></p>
  </xsl:template>
  <xsl:template match="page[@route = 'payment']/data/payment[left = 0][repeated = 1]/state[. = 'cancelled']" mode="panel-text" priority="3">
    <p><wp:text key="payment.replaced.text"/></p>
  </xsl:template>
  <xsl:template match="page[@route = 'payment']/data[item/stands = 0]/payment/state[. = 'created']" mode="panel-text" priority="2">
    <p><wp:text key="payment.changed.text"/></p>
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
</xsl:stylesheet>
