<?xml version="1.0" encoding="UTF-8"?>
<!-- A printed act of any kind: parts that it does not have print nothing. Below it, on screen only, links to what it changed.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="act" mode="title">
    <wp:text key="act.title">
      <wp:with name="kind"><xsl:apply-templates select="kind" mode="kind"/></wp:with>
      <wp:with name="act"><xsl:value-of select="act_no"/></wp:with>
    </wp:text>
  </xsl:template>

  <xsl:template match="page[@route = 'act']" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/acts"><wp:text key="acts.all"/></a></nav>
  </xsl:template>

  <xsl:template match="page[@route = 'act']/data">
    <xsl:apply-templates select="/page" mode="paper-lead"/>
    <xsl:apply-templates select="act" mode="paper"/>
    <xsl:apply-templates select="act" mode="links"/>
    <xsl:apply-templates select="*[not(self::act)]"/>
  </xsl:template>

  <xsl:template match="act" mode="paper">
    <article class="wp-paper" aria-labelledby="paper">
      <xsl:apply-templates select="/page" mode="paper-head"/>
      <h2 class="wp-doctitle" id="paper"><xsl:apply-templates select="." mode="title"/></h2>
      <p><xsl:apply-templates select="drawn_up" mode="paper"/><xsl:apply-templates select="." mode="when"/></p>
      <table class="kv">
        <caption class="govuk-visually-hidden"><wp:text key="act.head"/></caption>
        <tbody>
          <tr><th scope="row"><wp:text key="contract.object"/></th><td><xsl:apply-templates select="." mode="premises-line"/></td></tr>
          <tr><th scope="row"><wp:text key="contract.holder"/></th><td><xsl:value-of select="holder"/></td></tr>
          <tr><th scope="row"><wp:text key="contract.number"/></th><td><span class="wp-id"><xsl:value-of select="contract_no"/></span></td></tr>
          <tr><th scope="row"><wp:text key="acts.registered"/></th><td><xsl:apply-templates select="registered_on" mode="date"/></td></tr>
          <xsl:apply-templates select="reason" mode="paper"/>
          <xsl:apply-templates select="person[1]" mode="present"/>
        </tbody>
      </table>
      <xsl:apply-templates select="meter[1]" mode="part"/>
      <xsl:apply-templates select="findings" mode="part"/>
      <xsl:apply-templates select="self::*[to_mend or mend_by]" mode="to-mend"/>
      <xsl:apply-templates select="remarks" mode="part"/>
      <xsl:apply-templates select="person[signed = 1][1]" mode="signatures"/>
    </article>
  </xsl:template>
  <xsl:template match="drawn_up" mode="paper"><xsl:value-of select="."/>, </xsl:template>
  <xsl:template match="act" mode="when"><xsl:apply-templates select="registered_on" mode="date-long"/></xsl:template>
  <xsl:template match="act[visited_at]" mode="when"><xsl:apply-templates select="visited_at" mode="time-long"/></xsl:template>
  <xsl:template match="reason" mode="paper"><tr><th scope="row"><wp:text key="act.reason"/></th><td><xsl:value-of select="."/></td></tr></xsl:template>
  <xsl:template match="person" mode="present">
    <tr><th scope="row"><wp:text key="act.present"/></th><td><xsl:apply-templates select="../person" mode="name"/></td></tr>
  </xsl:template>
  <xsl:template match="person" mode="name"><xsl:if test="position() &gt; 1">; </xsl:if><xsl:apply-templates select="." mode="with-post"/></xsl:template>
  <xsl:template match="person" mode="with-post"><xsl:value-of select="name"/><xsl:apply-templates select="." mode="post"/></xsl:template>
  <xsl:template match="person" mode="post"/>
  <xsl:template match="person[post]" mode="post" priority="1">, <xsl:value-of select="post"/></xsl:template>
  <xsl:template match="person[role = 'customer']" mode="post">, <wp:text key="act.customer"/></xsl:template>
  <xsl:template match="person[role = 'witness']" mode="post">, <wp:text key="act.witness"/></xsl:template>

  <!-- numbered in document order -->
  <xsl:template match="act/meter" mode="part">
    <h3>1. <xsl:apply-templates select="../kind" mode="meters-title"/></h3>
    <xsl:apply-templates select="." mode="as-paper-table"/>
  </xsl:template>
  <xsl:template match="act/meter" mode="paper-caption"><xsl:apply-templates select="../kind" mode="meters-title"/></xsl:template>
  <xsl:template match="act/meter" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="acts.meter"/></th>
    <xsl:apply-templates select="../kind" mode="part-header"/>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.place"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="act.value"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="act.seal"/></th>
  </xsl:template>
  <xsl:template match="act/meter" mode="paper-rows"><xsl:apply-templates select="../meter" mode="paper"/></xsl:template>
  <xsl:template match="kind" mode="meters-title"><wp:text key="contract.meters-seals"/></xsl:template>
  <xsl:template match="kind[. = 'meter_swap']" mode="meters-title"><wp:text key="act.swap"/></xsl:template>
  <xsl:template match="kind" mode="part-header"/>
  <xsl:template match="kind[. = 'meter_swap']" mode="part-header"><th xsl:use-attribute-sets="paper-column"><wp:text key="act.part"/></th></xsl:template>

  <xsl:template match="meter" mode="paper">
    <tr role="row">
      <th scope="row" role="rowheader">
        <span><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span><xsl:apply-templates select="size" mode="paper"/></span>
      </th>
      <xsl:apply-templates select="self::*[../kind = 'meter_swap']/part" mode="cell"/>
      <td role="cell" data-l="[[contract.place]]"><span><xsl:value-of select="place"/></span></td>
      <td class="num" role="cell" data-l="[[act.value]]"><span><xsl:apply-templates select="value" mode="cubic"/></span></td>
      <td role="cell" data-l="[[act.seal]]"><span><xsl:apply-templates select="seal_no|seal_state" mode="paper"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="size" mode="paper">, <span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="part" mode="cell"><td role="cell" data-l="[[act.part]]"><span><wp:text key="act.part.checked"/></span></td></xsl:template>
  <xsl:template match="part[. = 'removed']" mode="cell"><td role="cell" data-l="[[act.part]]"><span><wp:text key="act.part.removed"/></span></td></xsl:template>
  <xsl:template match="part[. = 'installed']" mode="cell">
    <td role="cell" data-l="[[act.part]]"><span><wp:text key="act.part.installed"/></span></td>
  </xsl:template>
  <xsl:template match="part[. = 'sealed']" mode="cell"><td role="cell" data-l="[[act.part]]"><span><wp:text key="act.part.sealed"/></span></td></xsl:template>
  <xsl:template match="seal_no" mode="paper"><span class="wp-id"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="seal_state[. = 'whole']" mode="paper">, <wp:text key="act.seal.whole"/></xsl:template>
  <xsl:template match="seal_state[. = 'broken']" mode="paper">, <wp:text key="act.seal.broken"/></xsl:template>
  <xsl:template match="seal_state[. = 'set']" mode="paper">, <wp:text key="act.seal.set"/></xsl:template>
  <xsl:template match="seal_state[. = 'removed']" mode="paper">, <wp:text key="act.seal.removed"/></xsl:template>

  <xsl:template match="findings" mode="part">
    <h3><xsl:value-of select="1 + count(../meter[1])"/>. <xsl:apply-templates select="../kind" mode="findings-title"/></h3>
    <xsl:apply-templates select="." mode="paragraphs"/>
  </xsl:template>
  <xsl:template match="kind" mode="findings-title"><wp:text key="act.findings"/></xsl:template>
  <xsl:template match="kind[. = 'meter_swap' or . = 'sealing']" mode="findings-title"><wp:text key="act.work"/></xsl:template>
  <xsl:template match="kind[. = 'service_boundary']" mode="findings-title"><wp:text key="act.boundary"/></xsl:template>
  <xsl:template match="act" mode="to-mend">
    <h3><xsl:value-of select="1 + count(meter[1]) + count(findings)"/>. <wp:text key="act.to-mend"/></h3>
    <xsl:apply-templates select="to_mend" mode="paragraphs"/>
    <xsl:apply-templates select="mend_by" mode="paper"/>
  </xsl:template>
  <xsl:template match="mend_by" mode="paper">
    <p><wp:text key="act.mend-by"><wp:with name="date"><b class="nw"><xsl:apply-templates select="." mode="date"/></b></wp:with></wp:text></p>
  </xsl:template>
  <xsl:template match="remarks" mode="part">
    <h3><xsl:value-of select="1 + count(../meter[1]) + count(../findings) + count(parent::*[to_mend or mend_by])"/>. <wp:text key="act.remarks"/></h3>
    <xsl:apply-templates select="." mode="paragraphs"/>
  </xsl:template>
  <!-- line feeds separate paragraphs -->
  <xsl:template match="*" mode="paragraphs">
    <xsl:param name="text" select="concat(., '&#10;')"/>
    <xsl:variable name="first" select="normalize-space(substring-before($text, '&#10;'))"/>
    <xsl:variable name="rest" select="substring-after($text, '&#10;')"/>
    <xsl:if test="$first"><p><xsl:value-of select="$first"/></p></xsl:if>
    <xsl:if test="$rest"><xsl:apply-templates select="." mode="paragraphs"><xsl:with-param name="text" select="$rest"/></xsl:apply-templates></xsl:if>
  </xsl:template>

  <xsl:template match="person" mode="signatures">
    <div class="wp-sign"><xsl:apply-templates select="../person[signed = 1]" mode="signature"/></div>
  </xsl:template>
  <xsl:template match="person" mode="signature"><p><xsl:apply-templates select="." mode="with-post"/></p></xsl:template>

  <!-- links to what the act changed -->
  <xsl:template match="act" mode="links">
    <section class="wp-card wp-noprint">
      <h2 class="govuk-heading-m"><wp:text key="act.touched"/></h2>
      <ul class="wp-files">
        <li>
          <a class="govuk-link" href="{$base}/contracts/{str:encode-uri(contract_no, true())}">
            <wp:text key="contract.title"><wp:with name="contract"><xsl:value-of select="contract_no"/></wp:with></wp:text>
          </a>
        </li>
        <xsl:apply-templates select="meter[here = 1]" mode="link"/>
        <li><a class="govuk-link" href="{$base}/readings/history?contract={str:encode-uri(contract_no, true())}"><wp:text key="history.title"/></a></li>
      </ul>
    </section>
  </xsl:template>
  <xsl:template match="meter" mode="link">
    <xsl:variable name="contract" select="str:encode-uri(../contract_no, true())"/>
    <xsl:variable name="meter" select="str:encode-uri(meter_id, true())"/>
    <li>
      <a class="govuk-link" href="{$base}/contracts/{$contract}?meter={$meter}">
        <wp:text key="act.meter"><wp:with name="serial"><xsl:apply-templates select="serial" mode="serial"/></wp:with></wp:text>
      </a>
      <xsl:text> · </xsl:text>
      <a class="govuk-link" href="{$base}/overview?contract={$contract}&amp;meter={$meter}">
        <wp:text key="act.meter-readings"/>
        <span class="govuk-visually-hidden"><xsl:text> – </xsl:text><xsl:apply-templates select="serial" mode="serial"/></span>
      </a>
    </li>
  </xsl:template>
</xsl:stylesheet>
