<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables: their frames and heads.  SPDX-License-Identifier: Apache-2.0
     A section applies a mode to the first element that becomes a row (or to the element that the table is about), and
     supplies for that element the table's "caption", "columns", "rows" and, if there is one, "foot", in these modes. A
     column is <th xsl:use-attribute-sets="column"> or "column-number".
     as-table: on a narrow screen each row becomes a card, and data-l of each cell gives the name of its column.
     as-figures: only numbers, which remain a table on every screen; "plain-column", "plain-column-number".
     as-paper-table: in a printed document; "paper-caption", "paper-columns" and "paper-rows", since a page may show the same
     elements too. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="*" mode="as-table">
    <xsl:param name="class"/>
    <table class="govuk-table wp-table{$class}" role="table">
      <caption class="govuk-table__caption govuk-visually-hidden"><xsl:apply-templates select="." mode="caption"/></caption>
      <thead class="govuk-table__head" role="rowgroup">
        <tr class="govuk-table__row" role="row"><xsl:apply-templates select="." mode="columns"/></tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup"><xsl:apply-templates select="." mode="rows"/></tbody>
      <xsl:apply-templates select="." mode="foot"/>
    </table>
  </xsl:template>
  <xsl:attribute-set name="column">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="class">govuk-table__header</xsl:attribute>
    <xsl:attribute name="role">columnheader</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="column-number">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="class">govuk-table__header govuk-table__header--numeric</xsl:attribute>
    <xsl:attribute name="role">columnheader</xsl:attribute>
  </xsl:attribute-set>

  <xsl:template match="*" mode="as-figures">
    <table class="govuk-table">
      <caption class="govuk-table__caption govuk-visually-hidden"><xsl:apply-templates select="." mode="caption"/></caption>
      <thead class="govuk-table__head"><tr class="govuk-table__row"><xsl:apply-templates select="." mode="columns"/></tr></thead>
      <tbody class="govuk-table__body"><xsl:apply-templates select="." mode="rows"/></tbody>
      <xsl:apply-templates select="." mode="foot"/>
    </table>
  </xsl:template>
  <xsl:attribute-set name="plain-column">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="class">govuk-table__header</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="plain-column-number">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="class">govuk-table__header govuk-table__header--numeric</xsl:attribute>
  </xsl:attribute-set>

  <xsl:template match="*" mode="as-paper-table">
    <table class="wp-table" role="table">
      <caption class="govuk-visually-hidden"><xsl:apply-templates select="." mode="paper-caption"/></caption>
      <thead role="rowgroup"><tr role="row"><xsl:apply-templates select="." mode="paper-columns"/></tr></thead>
      <tbody role="rowgroup"><xsl:apply-templates select="." mode="paper-rows"/></tbody>
      <xsl:apply-templates select="." mode="foot"/>
    </table>
  </xsl:template>
  <xsl:attribute-set name="paper-column">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="role">columnheader</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="paper-column-number">
    <xsl:attribute name="scope">col</xsl:attribute>
    <xsl:attribute name="role">columnheader</xsl:attribute>
    <xsl:attribute name="class">num</xsl:attribute>
  </xsl:attribute-set>

  <xsl:template match="*" mode="foot"/>
</xsl:stylesheet>
