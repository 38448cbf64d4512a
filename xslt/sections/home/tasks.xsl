<?xml version="1.0" encoding="UTF-8"?>
<!-- What needs attention first, in order of urgency: overdue invoices, the open reading window, invoices that are due, those that
     are being paid. At most
     five rows, three of them overdue; the total below includes the others.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:str="http://exslt.org/strings" exclude-result-prefixes="wp str">

  <xsl:template match="data" mode="tasks">
    <xsl:variable name="late" select="invoice[state = 'overdue'][position() &lt;= 3]"/>
    <xsl:variable name="readings" select="self::*[window/@open = 'true']/contract[missing &gt; 0][not(/page/data/filter)]"/>
    <xsl:variable name="rows" select="$late | $readings | window[../filter][@open = 'true'][../totals/@missing &gt; 0] | invoice[state != 'overdue']"/>
    <xsl:apply-templates select="self::*[not($rows)]" mode="nothing"/>
    <xsl:if test="$rows">
      <ul class="govuk-task-list">
        <xsl:apply-templates select="$rows" mode="task">
          <xsl:sort select="count(self::invoice[state = 'overdue']) * -1" data-type="number"/>
          <xsl:sort select="count(self::invoice)" data-type="number"/>
          <xsl:sort select="count(self::invoice[state = 'paying'])" data-type="number"/>
          <xsl:sort select="@days" data-type="number"/>
        </xsl:apply-templates>
      </ul>
    </xsl:if>
    <xsl:apply-templates select="due" mode="sum"/>
    <xsl:if test="count($readings | $late) &gt; 5"><p class="govuk-body"><wp:text key="home.more" n="count($readings | $late) - 5"/></p></xsl:if>
  </xsl:template>

  <xsl:template match="data" mode="nothing">
    <p class="govuk-body"><wp:text key="home.nothing"/><xsl:apply-templates select="window[@next-from]" mode="next"/></p>
  </xsl:template>
  <xsl:template match="window" mode="next">
    <xsl:text> </xsl:text><wp:text key="home.next"><wp:with name="range"><xsl:apply-templates select="." mode="next-range"/></wp:with></wp:text>
  </xsl:template>

  <!-- position() after sorting -->
  <xsl:template match="*" mode="task">
    <xsl:if test="position() &lt;= 5">
      <xsl:apply-templates select="." mode="task-row"><xsl:with-param name="number" select="position()"/></xsl:apply-templates>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="task-row">
    <xsl:param name="number"/>
    <li class="govuk-task-list__item govuk-task-list__item--with-link">
      <div class="govuk-task-list__name-and-hint">
        <a class="govuk-link govuk-task-list__link" aria-describedby="task-{$number}-hint task-{$number}-state">
          <xsl:apply-templates select="." mode="task-address"/>
          <xsl:apply-templates select="." mode="task-name"/>
        </a>
        <div id="task-{$number}-hint" class="govuk-task-list__hint"><xsl:apply-templates select="." mode="task-hint"/></div>
      </div>
      <div class="govuk-task-list__status" id="task-{$number}-state"><xsl:apply-templates select="." mode="task-state"/></div>
    </li>
  </xsl:template>

  <!-- readings of one contract -->
  <xsl:template match="contract" mode="task-address"><xsl:apply-templates select="." mode="readings-address"/></xsl:template>
  <xsl:template match="contract" mode="task-name"><wp:text key="home.submit" n="missing"/></xsl:template>
  <xsl:template match="contract" mode="task-hint">
    <xsl:apply-templates select="." mode="address"/>
    <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="contract_no"/></wp:with></wp:text>
    <xsl:text>. </xsl:text><wp:text key="home.window"><wp:with name="range"><xsl:apply-templates select="../window" mode="range"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="contract[wanted]" mode="task-hint" priority="1">
    <xsl:apply-templates select="wanted" mode="task-hint"/>
    <br/><xsl:apply-templates select="." mode="address"/>
    <xsl:text>, </xsl:text><wp:text key="shell.contract"><wp:with name="contract"><xsl:value-of select="contract_no"/></wp:with></wp:text>
    <xsl:text>. </xsl:text><wp:text key="home.window"><wp:with name="range"><xsl:apply-templates select="../window" mode="range"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="wanted" mode="task-hint">
    <xsl:if test="position() &gt; 1">; </xsl:if>
    <b><xsl:apply-templates select="place" mode="before"/><span class="nw"><xsl:apply-templates select="serial" mode="serial"/></span></b>
  </xsl:template>
  <xsl:template match="contract" mode="task-state"><xsl:apply-templates select="../window" mode="left"/></xsl:template>

  <!-- readings of all contracts, for customers with many: the list below shows which are missing -->
  <xsl:template match="window" mode="task-address">
    <xsl:attribute name="href"><xsl:value-of select="$base"/>/home?state=missing#list</xsl:attribute>
  </xsl:template>
  <xsl:template match="window" mode="task-name"><wp:text key="home.submit" n="../totals/@missing"/></xsl:template>
  <xsl:template match="window" mode="task-hint">
    <wp:text key="home.window"><wp:with name="range"><xsl:apply-templates select="." mode="range"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="window" mode="task-state"><xsl:apply-templates select="." mode="left"/></xsl:template>

  <!-- invoices -->
  <xsl:template match="invoice" mode="task-address">
    <xsl:attribute name="href"><xsl:value-of select="$base"/>/invoices/invoice?no=<xsl:value-of select="str:encode-uri(invoice_no, true())"/></xsl:attribute>
  </xsl:template>
  <xsl:template match="invoice" mode="task-name">
    <wp:text key="home.invoice"><wp:with name="month"><xsl:apply-templates select="period" mode="month-of"/></wp:with></wp:text>
  </xsl:template>
  <xsl:template match="invoice" mode="task-hint">
    <b class="nw"><xsl:apply-templates select="open" mode="money"/></b>
    <xsl:text>, </xsl:text><wp:text key="home.invoice.due"><wp:with name="date"><xsl:apply-templates select="due" mode="date"/></wp:with></wp:text>
    <xsl:text> · </xsl:text><xsl:value-of select="address"/><xsl:apply-templates select="holder" mode="hint"/>
  </xsl:template>
  <xsl:template match="invoice[state = 'overdue']" mode="task-hint">
    <b class="nw"><xsl:apply-templates select="open" mode="money"/></b>
    <xsl:text>, </xsl:text><wp:text key="home.invoice.was-due"><wp:with name="date"><xsl:apply-templates select="due" mode="date"/></wp:with></wp:text>
    <xsl:text> · </xsl:text><xsl:value-of select="address"/><xsl:apply-templates select="holder" mode="hint"/>
  </xsl:template>
  <xsl:template match="invoice" mode="task-state"><xsl:apply-templates select="state" mode="due"/></xsl:template>
  <xsl:template match="holder" mode="hint"><xsl:text> · </xsl:text><b><xsl:value-of select="."/></b></xsl:template>
  <xsl:template match="period" mode="month-of">
    <xsl:value-of select="substring-before(substring-after($months-of, concat(';', substring(., 6, 2))), ';')"/>
  </xsl:template>

  <xsl:template match="due" mode="sum">
    <p class="govuk-body">
      <wp:text key="home.due" n="count"><wp:with name="sum"><b class="nw"><xsl:apply-templates select="sum" mode="money"/></b></wp:with></wp:text>
      <xsl:apply-templates select="overdue_sum[. &gt; 0]" mode="overdue"/>
    </p>
    <xsl:apply-templates select="@payable"/>
  </xsl:template>
  <!-- those of others are not paid with one's own -->
  <xsl:template match="due[own = 0]" mode="sum">
    <p class="govuk-body">
      <wp:text key="home.due.others" n="count"><wp:with name="sum"><b class="nw"><xsl:apply-templates select="sum" mode="money"/></b></wp:with></wp:text>
      <xsl:text> </xsl:text><a class="govuk-link" href="{$base}/invoices"><wp:text key="home.look"/></a>
    </p>
  </xsl:template>
  <!-- all one's own that is due, in one payment -->
  <xsl:template match="@payable">
    <div class="wp-buttons"><a class="govuk-button" href="{$base}/payments/new?all=1"><wp:text key="home.pay"/></a></div>
  </xsl:template>
  <xsl:template match="overdue_sum" mode="overdue">
    <xsl:text> </xsl:text><wp:text key="home.overdue"><wp:with name="sum"><b class="nw"><xsl:apply-templates select="." mode="money"/></b></wp:with></wp:text>
  </xsl:template>
</xsl:stylesheet>
