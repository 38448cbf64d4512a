<?xml version="1.0" encoding="UTF-8"?>
<!-- The readings form, and what htdocs/js/readings.js needs in it: the texts that it fills in while a person types, as JSON.
     These texts must not contain straight quotation marks or backslashes (tests/xslt/run).
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="form[@name = 'readings']">
    <form method="post" action="{@action}" novalidate="novalidate" data-readings="" data-texts="{{
&quot;separators&quot;:&quot;[[format.separators]]&quot;,&quot;months&quot;:&quot;[[format.months-short]]&quot;,&quot;date&quot;:&quot;[[format.date]]&quot;,
&quot;use.one&quot;:&quot;[[meter.use-days#one]]&quot;,&quot;use.other&quot;:&quot;[[meter.use-days#other]]&quot;,
&quot;ask.reading_below&quot;:&quot;[[error.reading_below]]&quot;,
&quot;ask.exchanged&quot;:&quot;[[ask.exchanged.title]] [[ask.exchanged.text]]&quot;,
&quot;ask.duplicate&quot;:&quot;[[ask.duplicate.title]] [[ask.duplicate.text]]&quot;,
&quot;ask.same_as_older&quot;:&quot;[[ask.same_as_older.title]] [[ask.same_as_older.text]]&quot;,
&quot;ask.other_meter&quot;:&quot;[[ask.other_meter.title]] [[ask.other_meter.text]]&quot;,
&quot;ask.same_as_estimate&quot;:&quot;[[ask.same_as_estimate.title]] [[ask.same_as_estimate.text]]&quot;,
&quot;ask.slip_up&quot;:&quot;[[ask.slip_up.title]] [[ask.slip_up.text]]&quot;,
&quot;ask.slip_down&quot;:&quot;[[ask.slip_down.title]] [[ask.slip_down.text]]&quot;,
&quot;ask.transposed&quot;:&quot;[[ask.transposed.title]] [[ask.transposed.text]]&quot;,
&quot;ask.rollover_unlikely&quot;:&quot;[[ask.rollover_unlikely.title]] [[ask.rollover_unlikely.text]]&quot;,
&quot;ask.use_after_zero&quot;:&quot;[[ask.use_after_zero.title]] [[ask.use_after_zero.text]]&quot;,
&quot;ask.high&quot;:&quot;[[ask.high.title]] [[ask.high.text]]&quot;,
&quot;ask.high_first&quot;:&quot;[[ask.high_first.title]] [[ask.high_first.text]]&quot;,
&quot;ask.season_high&quot;:&quot;[[ask.season_high.title]] [[ask.season_high.text]]&quot;,
&quot;ask.zero_after_use&quot;:&quot;[[ask.zero_after_use.title]] [[ask.zero_after_use.text]]&quot;,
&quot;ask.same&quot;:&quot;[[ask.same.title]] [[ask.same.text]]&quot;,
&quot;ask.low&quot;:&quot;[[ask.low.title]] [[ask.low.text]]&quot;,
&quot;ask.season_low&quot;:&quot;[[ask.season_low.title]] [[ask.season_low.text]]&quot;,
&quot;error.reading_negative&quot;:&quot;[[error.reading_negative]]&quot;,
&quot;error.reading_not_number&quot;:&quot;[[error.reading_not_number]]&quot;,
&quot;error.reading_digits&quot;:&quot;[[error.reading_digits#other]]&quot;,&quot;error.reading_digits.one&quot;:&quot;[[error.reading_digits#one]]&quot;,
&quot;error.reading_whole&quot;:&quot;[[error.reading_whole]]&quot;,
&quot;error.reading_decimals&quot;:&quot;[[error.reading_decimals#other]]&quot;,
&quot;error.reading_decimals.one&quot;:&quot;[[error.reading_decimals#one]]&quot;}}">
      <xsl:apply-templates select="." mode="hidden"/>
      <xsl:apply-templates select="." mode="fields"/>
    </form>
  </xsl:template>
</xsl:stylesheet>
