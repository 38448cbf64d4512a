<?xml version="1.0" encoding="UTF-8"?>
<!-- The top of the public start page: one sentence, one button, a drawing of a meter.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text" exclude-result-prefixes="wp">

  <xsl:template match="page" mode="hero">
    <div class="wp-hero">
      <div class="govuk-width-container wp-hero__cols">
        <div>
          <h1 class="govuk-heading-xl"><wp:text key="start.title"/></h1>
          <p class="wp-lead"><wp:text key="start.lead"/></p>
          <div class="wp-buttons">
            <a class="govuk-button" href="{$base}/home"><wp:text key="shell.login"/></a>
            <a href="#what"><wp:text key="start.what-link"/></a>
          </div>
        </div>
        <xsl:apply-templates select="." mode="drawing"/>
      </div>
      <xsl:apply-templates select="." mode="wave"/>
    </div>
  </xsl:template>

  <xsl:template match="page" mode="drawing">
    <svg class="wp-meter" viewBox="0 0 300 236" aria-hidden="true" focusable="false">
      <path class="pipe" d="M0 150h44v-10h212v10h44v56h-44v10H44v-10H0z"/>
      <circle class="ring" cx="150" cy="118" r="112"/>
      <circle class="face" cx="150" cy="118" r="96"/>
      <text class="t" x="150" y="62">m³</text>
      <rect class="dig" x="63.0" y="76" width="19.500" height="31" rx="3"/>
      <text x="72.8" y="98">0</text>
      <rect class="dig" x="84.5" y="76" width="19.500" height="31" rx="3"/>
      <text x="94.3" y="98">0</text>
      <rect class="dig" x="106.0" y="76" width="19.500" height="31" rx="3"/>
      <text x="115.8" y="98">0</text>
      <rect class="dig" x="127.5" y="76" width="19.500" height="31" rx="3"/>
      <text x="137.3" y="98">4</text>
      <rect class="dig" x="149.0" y="76" width="19.500" height="31" rx="3"/>
      <text x="158.8" y="98">3</text>
      <rect class="red" x="173.5" y="76" width="19.500" height="31" rx="3"/>
      <text x="183.3" y="98">4</text>
      <rect class="red" x="195.0" y="76" width="19.500" height="31" rx="3"/>
      <text x="204.8" y="98">0</text>
      <rect class="red" x="216.5" y="76" width="19.500" height="31" rx="3"/>
      <text x="226.3" y="98">9</text>
      <circle class="ln" cx="112" cy="152" r="15"/>
      <circle class="ln" cx="150" cy="152" r="15"/>
      <circle class="ln" cx="188" cy="152" r="15"/>
      <path class="rl" d="M112 152l7-9M150 152l-3-11M188 152l11 2"/>
      <text class="t" x="150" y="194">Nr. 41 207 736</text>
    </svg>
  </xsl:template>

  <xsl:template match="page" mode="wave">
    <svg class="wp-wave" viewBox="0 0 1200 96" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="w1" d="M0 40c150-34 300-34 450 0s300 34 450 0 240-30 300-18v74H0z"/>
      <path class="w2" d="M0 58c120 24 260 24 400 2s280-22 420 2 260 22 380-4v38H0z"/>
      <path class="w3" d="M0 78c160-20 330-20 500-2s350 16 480-4 180-8 220-2v26H0z"/>
    </svg>
  </xsl:template>
</xsl:stylesheet>
