<?xml version="1.0" encoding="UTF-8"?>
<!-- Rights given and received: the list, a new one, an existing one, the receiver's answer, and who did what.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">
  <xsl:import href="../page.xsl"/>
  <xsl:include href="delegations/log.xsl"/>
  <xsl:include href="delegations/form.xsl"/>
  <xsl:include href="delegations/list.xsl"/>

  <xsl:key name="field" match="form/field" use="@name"/>

  <xsl:template match="page" mode="title"><wp:text key="delegations.title"/></xsl:template>
  <xsl:template match="page[@route = 'new']" mode="title"><wp:text key="delegation.new"/></xsl:template>
  <xsl:template match="page[@route = 'choose']" mode="title"><wp:text key="delegations.choose"/></xsl:template>
  <xsl:template match="page[@route = 'log']" mode="title"><wp:text key="log.title"/></xsl:template>
  <xsl:template match="page[@route = 'confirm']" mode="title"><wp:text key="confirm-right.title"/></xsl:template>
  <xsl:template match="page[@route = 'extend' or @route = 'confirm_extend']" mode="title"><wp:text key="extend.title"/></xsl:template>
  <xsl:template match="page[@route = 'revoke']" mode="title"><wp:text key="revoke.title"/></xsl:template>
  <xsl:template match="page[@route = 'leave']" mode="title"><wp:text key="leave.title"/></xsl:template>
  <xsl:template match="page[@route = 'given']" mode="title"><xsl:apply-templates select="data/given" mode="headline"/></xsl:template>
  <xsl:template match="page[@route = 'offer']" mode="title"><wp:text key="offer.title"/></xsl:template>
  <xsl:template match="page[@route = 'settled']" mode="title"><xsl:apply-templates select="data/settled/state" mode="settled-title"/></xsl:template>

  <xsl:template match="page[@route != 'list' and menu]" mode="back">
    <nav aria-label="[[shell.back]]"><a class="govuk-back-link" href="{$base}/delegations"><wp:text key="delegations.title"/></a></nav>
  </xsl:template>

  <!-- the list -->
  <xsl:template match="data">
    <h1 class="govuk-heading-l"><wp:text key="delegations.title"/></h1>
    <p class="wp-lead"><wp:text key="delegations.lead"/></p>
    <xsl:apply-templates select="offer"/>
    <xsl:apply-templates select="self::*[may-give]" mode="given-card"/>
    <xsl:apply-templates select="paging"/>
    <div class="wp-cards">
      <xsl:apply-templates select="self::*[may-give]" mode="recent-card"/>
      <xsl:apply-templates select="." mode="received-card"/>
    </div>
    <xsl:apply-templates select="*[not(self::offer or self::may-give or self::given or self::received or self::event or self::paging)]"/>
  </xsl:template>

  <!-- the choice of a contract -->
  <xsl:template match="page[@route = 'choose']/data">
    <h1 class="govuk-heading-l"><wp:text key="delegations.choose"/></h1>
    <section class="wp-card"><xsl:apply-templates select="." mode="choices"/></section>
    <xsl:apply-templates select="paging"/>
  </xsl:template>
  <xsl:template match="data" mode="choices"><p class="govuk-body"><wp:text key="delegations.choose.none"/></p></xsl:template>
  <xsl:template match="data[contract]" mode="choices">
    <ul class="govuk-list govuk-list--spaced"><xsl:apply-templates select="contract" mode="choice"/></ul>
  </xsl:template>
  <xsl:template match="contract" mode="choice">
    <li>
      <a class="govuk-link" href="{substring-before(concat(/page/request/@url, '?'), '?')}?contract={str:encode-uri(contract_no, true())}">
        <xsl:apply-templates select="." mode="address"/>
      </a>
      <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:apply-templates select="contract_no"/></wp:with></wp:text>
    </li>
  </xsl:template>

  <!-- a new delegation -->
  <xsl:template match="page[@route = 'new']/data">
    <h1 class="govuk-heading-l"><wp:text key="delegation.new"/></h1>
    <xsl:apply-templates select="/page/form"/>
    <xsl:apply-templates select="*[not(self::point or self::term or self::seen)]"/>
  </xsl:template>
  <xsl:template match="form[@name = 'delegation']" mode="fields">
    <input type="hidden" name="seen" value="{/page/data/seen}"/>
    <section class="wp-card">
      <xsl:apply-templates select="key('field', 'how')" mode="radios"/>
      <xsl:apply-templates select="key('field', 'who')" mode="input"/>
    </section>
    <section class="wp-card">
      <xsl:apply-templates select="key('field', 'level')" mode="radios"/>
      <xsl:apply-templates select="key('field', 'point')" mode="select"/>
      <xsl:apply-templates select="key('field', 'term')" mode="radios"/>
    </section>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="delegation.submit"/></button>
      <a class="govuk-link" href="{$base}/delegations"><wp:text key="shell.cancel"/></a>
    </div>
    <p class="wp-small"><wp:text key="delegation.stepup"/></p>
  </xsl:template>

  <!-- before it is confirmed, extended or ended: a summary and one button -->
  <xsl:template match="page[@route = 'confirm' or @route = 'extend' or @route = 'confirm_extend' or @route = 'revoke' or @route = 'leave']/data">
    <h1 class="govuk-heading-l"><xsl:apply-templates select="/page" mode="title"/></h1>
    <section class="wp-card">
      <xsl:apply-templates select="given|received" mode="right-summary"/>
      <xsl:apply-templates select="/page/form"/>
    </section>
    <xsl:apply-templates select="*[not(self::given or self::received or self::term)]"/>
  </xsl:template>
  <xsl:template match="form[@name = 'confirm']" mode="fields">
    <xsl:apply-templates select="field[problem]" mode="said"/>
    <p class="govuk-body"><wp:text key="confirm-right.text"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="confirm-right.button"/></button>
      <a class="govuk-link" href="{$base}/delegations/revoke/{/page/data/given/delegation_id}"><wp:text key="confirm-right.drop"/></a>
    </div>
  </xsl:template>
  <xsl:template match="field" mode="said">
    <div class="govuk-form-group govuk-form-group--error" id="{@control}"><xsl:apply-templates select="." mode="problems"/></div>
  </xsl:template>
  <xsl:template match="form[@name = 'extend']" mode="fields">
    <input type="hidden" name="was" value="{/page/data/given/until}"/>
    <xsl:apply-templates select="key('field', 'term')" mode="radios"/>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="extend.button"/></button>
      <a class="govuk-link" href="{$base}/delegations"><wp:text key="shell.cancel"/></a>
    </div>
  </xsl:template>
  <xsl:template match="form[@name = 'revoke']" mode="fields">
    <p class="govuk-body"><wp:text key="revoke.text"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="revoke.button"/></button>
      <a class="govuk-link" href="{$base}/delegations"><wp:text key="shell.cancel"/></a>
    </div>
  </xsl:template>

  <xsl:template match="form[@name = 'leave']" mode="fields">
    <p class="govuk-body"><wp:text key="leave.text"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit"><wp:text key="leave.button"/></button>
      <a class="govuk-link" href="{$base}/delegations"><wp:text key="shell.cancel"/></a>
    </div>
  </xsl:template>

  <!-- the outcome, for the giver -->
  <xsl:template match="page[@route = 'given']/data">
    <section aria-labelledby="given">
      <xsl:apply-templates select="given" mode="panel-class"/>
      <h1 class="govuk-heading-l" id="given"><xsl:apply-templates select="given" mode="headline"/></h1>
      <p><xsl:apply-templates select="given" mode="next"/></p>
    </section>
    <xsl:apply-templates select="link"/>
    <section class="wp-card"><xsl:apply-templates select="given" mode="right-summary"/></section>
    <div class="wp-buttons"><a class="govuk-button" href="{$base}/delegations"><wp:text key="delegations.all"/></a></div>
    <xsl:apply-templates select="*[not(self::given or self::link)]"/>
  </xsl:template>
  <xsl:template match="link">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="link.title"/></h2>
      <p class="govuk-body"><b class="wp-id"><xsl:value-of select="."/></b></p>
      <p class="govuk-body">
        <wp:text key="link.text"><wp:with name="until"><xsl:apply-templates select="../given/invite_until" mode="time"/></wp:with></wp:text>
      </p>
    </section>
  </xsl:template>

  <!-- the receiver's answer -->
  <xsl:template match="page[@route = 'offer']/data">
    <h1 class="govuk-heading-l"><wp:text key="offer.title"/></h1>
    <section class="wp-card">
      <p class="govuk-body"><wp:text key="offer.lead"><wp:with name="giver"><b><xsl:value-of select="offer/giver"/></b></wp:with></wp:text></p>
      <xsl:apply-templates select="offer" mode="right-summary"/>
      <xsl:apply-templates select="/page/form"/>
    </section>
    <xsl:apply-templates select="*[not(self::offer or self::mode)]"/>
  </xsl:template>
  <xsl:template match="form[@name = 'offer']" mode="fields">
    <xsl:apply-templates select="/page/data/mode[. = 'first']" mode="contact"/>
    <p class="govuk-body"><wp:text key="offer.text"/></p>
    <div class="wp-buttons">
      <button class="govuk-button" type="submit" name="do" value="accept"><wp:text key="offer.accept"/></button>
      <button class="govuk-button govuk-button--secondary" type="submit" name="do" value="refuse"><wp:text key="offer.refuse"/></button>
    </div>
  </xsl:template>
  <xsl:template match="mode" mode="contact">
    <xsl:apply-templates select="key('field', 'email')" mode="input"/>
    <xsl:apply-templates select="key('field', 'language')" mode="select"/>
  </xsl:template>

  <xsl:template match="page[@route = 'settled']/data">
    <section aria-labelledby="settled">
      <xsl:apply-templates select="settled" mode="panel-class"/>
      <h1 class="govuk-heading-l" id="settled"><xsl:apply-templates select="/page" mode="title"/></h1>
      <p>
        <xsl:value-of select="settled/address"/>
        <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="settled/contract_no"/></wp:with></wp:text>
      </p>
    </section>
    <section class="wp-card"><xsl:apply-templates select="settled" mode="right-summary"/></section>
    <div class="wp-buttons"><a class="govuk-button" href="{$base}/home"><wp:text key="shell.to-home"/></a></div>
    <xsl:apply-templates select="*[not(self::settled)]"/>
  </xsl:template>
  <xsl:template match="state[. = 'active']" mode="settled-title"><wp:text key="settled.active"/></xsl:template>
  <xsl:template match="state[. = 'revoked']" mode="settled-title"><wp:text key="settled.revoked"/></xsl:template>
  <xsl:template match="state" mode="settled-title"><wp:text key="settled.refused"/></xsl:template>

  <!-- who did what -->
  <xsl:template match="page[@route = 'log']/data">
    <h1 class="govuk-heading-l"><wp:text key="log.title"/></h1>
    <p class="wp-lead"><wp:text key="log.lead"/></p>
    <section class="wp-card"><xsl:apply-templates select="." mode="log"/></section>
    <xsl:apply-templates select="paging"/>
    <xsl:apply-templates select="*[not(self::event or self::paging)]"/>
  </xsl:template>
  <xsl:template match="data" mode="log"><p class="govuk-body"><wp:text key="log.empty"/></p></xsl:template>
  <xsl:template match="data[event]" mode="log"><xsl:apply-templates select="." mode="log-table"/></xsl:template>
</xsl:stylesheet>
