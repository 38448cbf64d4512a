<?xml version="1.0" encoding="UTF-8"?>
<!-- Rights as table rows and as a summary: who, which level, for what, until when, in which state.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="data" mode="given-card">
    <section class="wp-card">
      <div class="wp-card__head"><h2 class="govuk-heading-m"><wp:text key="delegations.given"/></h2></div>
      <xsl:apply-templates select="." mode="given-list"/>
      <div class="wp-buttons"><a class="govuk-button" href="{$base}/delegations/new"><wp:text key="delegation.new"/></a></div>
    </section>
    <xsl:apply-templates select="self::*[given[state = 'ended' or state = 'lapsed' or state = 'refused' or state = 'revoked']]" mode="past-card"/>
  </xsl:template>
  <xsl:template match="data" mode="past-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="delegations.past"/></h2>
      <xsl:apply-templates select="given[state = 'ended' or state = 'lapsed' or state = 'refused' or state = 'revoked'][1]" mode="as-table">
        <xsl:with-param name="class"> wp-words</xsl:with-param>
      </xsl:apply-templates>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="given-list"><p class="govuk-body"><wp:text key="delegations.none"/></p></xsl:template>
  <xsl:template match="data[given[state = 'draft' or state = 'offered' or state = 'active']]" mode="given-list">
    <xsl:apply-templates select="given[state = 'draft' or state = 'offered' or state = 'active'][1]" mode="as-table">
      <xsl:with-param name="class"> wp-words</xsl:with-param>
    </xsl:apply-templates>
  </xsl:template>

  <!-- two tables: current or future rights, and past ones, which nobody can change any more -->
  <xsl:template match="given" mode="caption"><wp:text key="delegations.past"/></xsl:template>
  <xsl:template match="given" mode="rows">
    <xsl:apply-templates select="../given[state = 'ended' or state = 'lapsed' or state = 'refused' or state = 'revoked']" mode="row"/>
  </xsl:template>
  <xsl:template match="given[state = 'draft' or state = 'offered' or state = 'active']" mode="caption"><wp:text key="delegations.given"/></xsl:template>
  <xsl:template match="given[state = 'draft' or state = 'offered' or state = 'active']" mode="rows">
    <xsl:apply-templates select="../given[state = 'draft' or state = 'offered' or state = 'active']" mode="row"/>
  </xsl:template>
  <xsl:template match="given" mode="columns">
    <th xsl:use-attribute-sets="column"><wp:text key="delegation.to-whom"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="delegation.what"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="delegation.on"/></th>
    <th xsl:use-attribute-sets="column"><wp:text key="delegation.valid"/></th>
    <xsl:apply-templates select="self::given[state = 'draft' or state = 'offered' or state = 'active']" mode="column-of-actions"/>
  </xsl:template>
  <xsl:template match="given" mode="column-of-actions">
    <th xsl:use-attribute-sets="column"><span class="govuk-visually-hidden"><wp:text key="delegation.action"/></span></th>
  </xsl:template>
  <xsl:template match="given" mode="row">
    <tr class="govuk-table__row" role="row">
      <th scope="row" class="govuk-table__header" role="rowheader">
        <span><xsl:value-of select="who"/><xsl:apply-templates select="giver" mode="row"/></span>
      </th>
      <td class="govuk-table__cell" role="cell" data-l="[[delegation.what]]"><span><xsl:apply-templates select="level"/></span></td>
      <td class="govuk-table__cell" role="cell" data-l="[[delegation.on]]">
        <span><xsl:apply-templates select="." mode="right-scope"/><br/><span class="wp-when"><xsl:value-of select="address"/></span></span>
      </td>
      <td class="govuk-table__cell" role="cell" data-l="[[delegation.valid]]">
        <span><span class="nw"><xsl:apply-templates select="until" mode="date"/></span><br/><xsl:apply-templates select="state"/></span>
      </td>
      <xsl:apply-templates select="state" mode="actions-cell"/>
    </tr>
  </xsl:template>
  <xsl:template match="giver" mode="row">
    <br/><span class="wp-when"><wp:text key="delegation.given-by"><wp:with name="giver"><xsl:value-of select="."/></wp:with></wp:text></span>
  </xsl:template>

  <xsl:template match="state" mode="actions-cell"/>
  <xsl:template match="state[. = 'draft' or . = 'offered' or . = 'active']" mode="actions-cell">
    <td class="govuk-table__cell" role="cell"><xsl:apply-templates select="." mode="actions"/></td>
  </xsl:template>
  <xsl:template match="state[. = 'draft' and not(../giver)]" mode="actions">
    <span><xsl:apply-templates select=".." mode="action.confirm"/><br/><xsl:apply-templates select=".." mode="action.drop"/></span>
  </xsl:template>
  <!-- offered, or somebody else's draft, which this person cannot confirm -->
  <xsl:template match="state[. = 'offered' or (. = 'draft' and ../giver)]" mode="actions">
    <span><xsl:apply-templates select=".." mode="action.drop"/></span>
  </xsl:template>
  <xsl:template match="state[. = 'active']" mode="actions">
    <span><xsl:apply-templates select=".." mode="action.extend"/><br/><xsl:apply-templates select=".." mode="action.revoke"/></span>
  </xsl:template>
  <xsl:template match="given" mode="action.confirm">
    <a class="govuk-link nw" href="{$base}/delegations/confirm/{delegation_id}">
      <wp:text key="action.confirm"/>
      <xsl:apply-templates select="." mode="whose"/>
    </a>
  </xsl:template>
  <xsl:template match="given" mode="action.drop">
    <a class="govuk-link nw" href="{$base}/delegations/revoke/{delegation_id}"><wp:text key="action.drop"/><xsl:apply-templates select="." mode="whose"/></a>
  </xsl:template>
  <xsl:template match="given" mode="action.extend">
    <a class="govuk-link nw" href="{$base}/delegations/extend/{delegation_id}"><wp:text key="action.extend"/><xsl:apply-templates select="." mode="whose"/></a>
  </xsl:template>
  <xsl:template match="given" mode="action.revoke">
    <a class="govuk-link nw" href="{$base}/delegations/revoke/{delegation_id}"><wp:text key="action.revoke"/><xsl:apply-templates select="." mode="whose"/></a>
  </xsl:template>
  <xsl:template match="given" mode="whose"><span class="govuk-visually-hidden">: <xsl:value-of select="who"/></span></xsl:template>

  <xsl:template match="level[. = 'read']"><wp:text key="right.read"/></xsl:template>
  <xsl:template match="level[. = 'submit']"><wp:text key="right.submit"/></xsl:template>
  <xsl:template match="level[. = 'pay']"><wp:text key="right.pay"/></xsl:template>
  <xsl:template match="level[. = 'full']"><wp:text key="right.full"/></xsl:template>

  <!-- for one meter, or for the whole contract -->
  <xsl:template match="*" mode="right-scope">
    <wp:text key="delegation.whole"><wp:with name="contract"><xsl:apply-templates select="contract_no"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="*[serial]" mode="right-scope"><xsl:apply-templates select="." mode="meter-name"/></xsl:template>
  <xsl:template match="*" mode="meter-name">
    <wp:text key="meter.serial"/>
    <xsl:text> </xsl:text><xsl:apply-templates select="serial" mode="serial"/>
  </xsl:template>
  <xsl:template match="*[place]" mode="meter-name"><xsl:value-of select="place"/>, <xsl:apply-templates select="serial" mode="serial"/></xsl:template>

  <xsl:template match="state"/>
  <xsl:template match="state[. = 'draft']"><strong class="govuk-tag govuk-tag--yellow"><wp:text key="state.draft"/></strong></xsl:template>
  <xsl:template match="state[. = 'offered']"><strong class="govuk-tag govuk-tag--grey"><wp:text key="state.offered"/></strong></xsl:template>
  <xsl:template match="state[. = 'active' and ../left]">
    <strong class="govuk-tag govuk-tag--yellow"><xsl:apply-templates select="../left"/></strong>
  </xsl:template>
  <xsl:template match="state[. = 'ended']"><strong class="govuk-tag govuk-tag--grey"><wp:text key="state.ended"/></strong></xsl:template>
  <xsl:template match="state[. = 'lapsed']"><strong class="govuk-tag govuk-tag--grey"><wp:text key="state.lapsed"/></strong></xsl:template>
  <xsl:template match="state[. = 'refused']"><strong class="govuk-tag govuk-tag--grey"><wp:text key="state.refused"/></strong></xsl:template>
  <xsl:template match="state[. = 'revoked']"><strong class="govuk-tag govuk-tag--grey"><wp:text key="state.revoked"/></strong></xsl:template>
  <xsl:template match="left"><wp:text key="window.left" n="."/></xsl:template>
  <xsl:template match="left[. = 0]"><wp:text key="window.last-day"/></xsl:template>

  <!-- one delegation -->
  <xsl:template match="*" mode="right-summary">
    <dl class="govuk-summary-list">
      <xsl:apply-templates select="who" mode="summary-row"/>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="delegation.what"/></dt>
        <dd class="govuk-summary-list__value"><xsl:apply-templates select="level"/></dd>
      </div>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="delegation.on"/></dt>
        <dd class="govuk-summary-list__value"><xsl:apply-templates select="." mode="right-scope"/><br/><xsl:value-of select="address"/></dd>
      </div>
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key"><wp:text key="delegation.valid"/></dt>
        <dd class="govuk-summary-list__value"><xsl:apply-templates select="until" mode="date"/></dd>
      </div>
    </dl>
  </xsl:template>
  <xsl:template match="who" mode="summary-row">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key"><wp:text key="delegation.to-whom"/></dt>
      <dd class="govuk-summary-list__value"><xsl:value-of select="."/></dd>
    </div>
  </xsl:template>

  <xsl:template match="*" mode="panel-class"><xsl:attribute name="class">wp-panel wp-panel--wait</xsl:attribute></xsl:template>
  <xsl:template match="*[state = 'active']" mode="panel-class"><xsl:attribute name="class">wp-panel wp-panel--good</xsl:attribute></xsl:template>

  <xsl:template match="given" mode="headline"><wp:text key="given.over"/></xsl:template>
  <xsl:template match="given[state = 'draft']" mode="headline"><wp:text key="given.draft"/></xsl:template>
  <xsl:template match="given[state = 'offered']" mode="headline"><wp:text key="given.offered"/></xsl:template>
  <xsl:template match="given[state = 'active']" mode="headline"><wp:text key="given.active"/></xsl:template>
  <xsl:template match="given[state = 'revoked']" mode="headline"><wp:text key="given.revoked"/></xsl:template>
  <xsl:template match="given[state = 'refused']" mode="headline"><wp:text key="given.refused"/></xsl:template>
  <xsl:template match="given" mode="next"><wp:text key="given.over.text"/></xsl:template>
  <xsl:template match="given[state = 'draft']" mode="next"><wp:text key="given.draft.text"/></xsl:template>
  <xsl:template match="given[state = 'offered']" mode="next"><wp:text key="given.offered.text"/></xsl:template>
  <xsl:template match="given[state = 'offered' and invited = 1]" mode="next" priority="1"><wp:text key="given.gone.text"/></xsl:template>
  <xsl:template match="data[link]/given[state = 'offered' and invited = 1]" mode="next" priority="2"><wp:text key="given.link.text"/></xsl:template>
  <xsl:template match="given[state = 'active']" mode="next"><wp:text key="given.active.text"/></xsl:template>

  <!-- rights that await the person's answer -->
  <xsl:template match="offer">
    <section class="wp-notice wp-notice--good" aria-labelledby="offer-{delegation_id}">
      <p id="offer-{delegation_id}">
        <wp:text key="offer.waiting">
          <wp:with name="giver"><b><xsl:value-of select="giver"/></b></wp:with>
          <wp:with name="address"><xsl:value-of select="address"/></wp:with>
        </wp:text>
      </p>
      <p><a class="govuk-link" href="{$base}/delegations/offer/{delegation_id}"><wp:text key="offer.look"/></a></p>
    </section>
  </xsl:template>

  <xsl:template match="data" mode="received-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="delegations.received"/></h2>
      <xsl:apply-templates select="." mode="received-list"/>
    </section>
  </xsl:template>
  <xsl:template match="data" mode="received-list"><p class="govuk-body"><wp:text key="delegations.received.none"/></p></xsl:template>
  <xsl:template match="data[received]" mode="received-list">
    <ul class="govuk-list govuk-list--spaced wp-flush"><xsl:apply-templates select="received"/></ul>
  </xsl:template>
  <xsl:template match="received">
    <li>
      <b><xsl:value-of select="holder"/></b><br/><xsl:apply-templates select="level"/><br/>
      <span class="wp-when">
        <xsl:apply-templates select="." mode="right-scope"/>
        <xsl:text>, </xsl:text><xsl:value-of select="address"/>
        <xsl:text>, </xsl:text><wp:text key="delegation.to"><wp:with name="until"><xsl:apply-templates select="until" mode="date"/></wp:with></wp:text>
      </span>
      <xsl:text> </xsl:text><xsl:apply-templates select="state"/>
      <xsl:apply-templates select="delegation_id[../state = 'active']" mode="leave"/>
    </li>
  </xsl:template>
  <xsl:template match="delegation_id" mode="leave">
    <br/>
    <a class="govuk-link nw" href="{$base}/delegations/leave/{.}">
      <wp:text key="action.leave"/><span class="govuk-visually-hidden">: <xsl:value-of select="../holder"/></span>
    </a>
  </xsl:template>

  <xsl:template match="data" mode="recent-card">
    <section class="wp-card">
      <h2 class="govuk-heading-m"><wp:text key="log.recent"/></h2>
      <xsl:apply-templates select="." mode="recent"/>
      <p class="govuk-body"><a class="govuk-link" href="{$base}/delegations/log"><wp:text key="log.all"/></a></p>
    </section>
  </xsl:template>
  <xsl:template match="data" mode="recent"><p class="govuk-body"><wp:text key="log.recent.none"/></p></xsl:template>
  <xsl:template match="data[event]" mode="recent"><ol class="wp-timeline"><xsl:apply-templates select="event" mode="timeline"/></ol></xsl:template>
</xsl:stylesheet>
