<?xml version="1.0" encoding="UTF-8"?>
<!-- The certificate of consumption for a year or any other period.  SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page[@route = 'certificate']/data">
    <div class="wp-noprint">
      <h1 class="govuk-heading-l"><wp:text key="certificate.title"/></h1>
      <xsl:apply-templates select="/page/filter"/>
      <p class="wp-small"><wp:text key="certificate.choose"/><xsl:text> </xsl:text><wp:text key="paper.hint"/></p>
    </div>
    <xsl:apply-templates select="period"/>
    <xsl:apply-templates select="*[not(self::contract or self::year or self::period or self::meter or self::total)]"/>
  </xsl:template>

  <xsl:template match="field[@name = 'year']" mode="label"><wp:text key="filter.year"/></xsl:template>
  <xsl:template match="field[@name = 'year']" mode="options">
    <xsl:variable name="shown"><xsl:apply-templates select="/page/data/period" mode="year"/></xsl:variable>
    <option value=""><wp:text key="certificate.other"/></option>
    <xsl:apply-templates select="/page/data/year" mode="option"><xsl:with-param name="shown" select="string($shown)"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="data/year" mode="option">
    <xsl:param name="shown"/>
    <option value="{.}"><xsl:if test=". = $shown"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
  </xsl:template>
  <!-- the year of the period, unless its days were given -->
  <xsl:template match="period" mode="year"/>
  <xsl:template match="data[not(/page/filter/field[@name = 'from' or @name = 'until'][string(@value)])]/period" mode="year">
    <xsl:value-of select="substring(@from, 1, 4)"/>
  </xsl:template>
  <xsl:template match="field[@name = 'from']" mode="label"><wp:text key="certificate.from"/></xsl:template>
  <xsl:template match="field[@name = 'until']" mode="label"><wp:text key="certificate.until"/></xsl:template>
  <xsl:template match="field[@name = 'from' or @name = 'until']" mode="control"><xsl:apply-templates select="." mode="input"/></xsl:template>
  <xsl:template match="field[@name = 'from' or @name = 'until']" mode="attributes">
    <xsl:apply-templates select="." mode="day-attributes"/>
    <xsl:attribute name="max"><xsl:value-of select="/page/@today"/></xsl:attribute>
  </xsl:template>

  <xsl:template match="period">
    <article class="wp-paper" aria-labelledby="paper">
      <xsl:apply-templates select="/page" mode="paper-head"/>
      <h2 class="wp-doctitle" id="paper"><wp:text key="certificate.paper"/></h2>
      <p>
        <wp:text key="certificate.period">
          <wp:with name="from"><span class="nw"><xsl:apply-templates select="@from" mode="date"/></span></wp:with>
          <wp:with name="until"><span class="nw"><xsl:apply-templates select="@until" mode="date"/></span></wp:with>
        </wp:text>
      </p>
      <table class="kv">
        <caption class="govuk-visually-hidden"><wp:text key="contract.object"/></caption>
        <tbody>
          <tr><th scope="row"><wp:text key="contract.holder"/></th><td><xsl:apply-templates select="../contract" mode="holder-line"/></td></tr>
          <tr><th scope="row"><wp:text key="contract.number"/></th><td><span class="wp-id"><xsl:value-of select="../contract/contract_no"/></span></td></tr>
          <tr><th scope="row"><wp:text key="contract.object"/></th><td><xsl:apply-templates select="../contract" mode="premises-line"/></td></tr>
        </tbody>
      </table>
      <xsl:apply-templates select=".." mode="certificate-table"/>
      <p><wp:text key="certificate.method"/></p>
      <xsl:apply-templates select="../meter/segment/rollover[1]" mode="certificate"/>
      <p><wp:text key="certificate.made"><wp:with name="time"><xsl:apply-templates select="/page/@now" mode="time-long"/></wp:with></wp:text></p>
      <div class="wp-sign"><p><xsl:value-of select="/page/site/@name"/></p><p><wp:text key="paper.signed"/></p></div>
    </article>
  </xsl:template>

  <xsl:template match="data" mode="certificate-table"><p><wp:text key="certificate.no-meters"/></p></xsl:template>
  <xsl:template match="data[meter]" mode="certificate-table">
    <xsl:apply-templates select="." mode="as-paper-table"/>
    <xsl:apply-templates select="total[@whole = 'false']" mode="certificate"/>
  </xsl:template>
  <xsl:template match="data" mode="paper-caption"><wp:text key="certificate.paper"/></xsl:template>
  <xsl:template match="data" mode="paper-columns">
    <th xsl:use-attribute-sets="paper-column"><wp:text key="contract.serial"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="certificate.first"/></th>
    <th xsl:use-attribute-sets="paper-column"><wp:text key="certificate.last"/></th>
    <th xsl:use-attribute-sets="paper-column-number"><wp:text key="certificate.use"/></th>
  </xsl:template>
  <xsl:template match="data" mode="paper-rows"><xsl:apply-templates select="meter" mode="certificate"/></xsl:template>
  <xsl:template match="data" mode="foot">
    <tbody role="rowgroup">
      <tr role="row">
        <th scope="row" colspan="3" role="rowheader"><wp:text key="certificate.total"/></th>
        <td class="num" role="cell" data-l="[[certificate.use]]"><b><xsl:apply-templates select="total" mode="cubic"/></b></td>
      </tr>
    </tbody>
  </xsl:template>
  <xsl:template match="total" mode="certificate"><p><wp:text key="certificate.not-whole"/></p></xsl:template>

  <xsl:template match="meter" mode="certificate">
    <tr role="row">
      <th scope="row" role="rowheader">
        <span><xsl:apply-templates select="place" mode="certificate"/><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></span>
      </th>
      <td colspan="2" role="cell"><wp:text key="certificate.nothing"/></td>
      <td class="num" role="cell" data-l="[[certificate.use]]">–</td>
    </tr>
  </xsl:template>
  <xsl:template match="meter[segment]" mode="certificate"><xsl:apply-templates select="segment"/></xsl:template>
  <xsl:template match="segment">
    <tr role="row">
      <th scope="row" role="rowheader">
        <span><xsl:apply-templates select="../place" mode="certificate"/><xsl:apply-templates select="." mode="serial-of"/></span>
      </th>
      <td role="cell" data-l="[[certificate.first]]">
        <span>
          <span class="nw"><xsl:apply-templates select="from" mode="volume"/></span>
          <br/><span class="nw"><xsl:apply-templates select="from-on" mode="date"/></span>
        </span>
      </td>
      <td role="cell" data-l="[[certificate.last]]">
        <span>
          <span class="nw"><xsl:apply-templates select="to" mode="volume"/></span>
          <br/><span class="nw"><xsl:apply-templates select="to-on" mode="date"/></span>
        </span>
      </td>
      <td class="num" role="cell" data-l="[[certificate.use]]"><span><xsl:apply-templates select="." mode="use"/></span></td>
    </tr>
  </xsl:template>
  <xsl:template match="place" mode="certificate"><xsl:value-of select="."/><br/></xsl:template>
  <xsl:template match="segment" mode="serial-of"><wp:text key="certificate.new-meter"/></xsl:template>
  <xsl:template match="segment[serial]" mode="serial-of"><span class="wp-id"><xsl:apply-templates select="serial" mode="serial"/></span></xsl:template>
  <xsl:template match="segment" mode="use"><wp:text key="certificate.unknown"/></xsl:template>
  <xsl:template match="segment[use]" mode="use"><xsl:apply-templates select="use" mode="cubic"/><xsl:if test="rollover">*</xsl:if></xsl:template>
  <xsl:template match="rollover" mode="certificate">
    <xsl:if test="generate-id() = generate-id(/page/data/meter/segment/rollover)"><p>* <wp:text key="certificate.rollover"/></p></xsl:if>
  </xsl:template>
</xsl:stylesheet>
