<?xml version="1.0" encoding="UTF-8"?>
<!-- An invoice as an e-invoice: UBL 2.1, EN 16931; if the buyer has a Peppol address, in its BIS Billing 3 subset. The BT and
     BG numbers are the business terms of the standard. data/e-invoice has the sums that billing does not supply
     (domain/e_invoice.h); without it there is no e-invoice.
     SPDX-License-Identifier: Apache-2.0 -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:wp="urn:waterportal:text"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" exclude-result-prefixes="wp">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:strip-space elements="*"/>

  <xsl:template match="/"><xsl:apply-templates select="/page/data/invoice"/></xsl:template>
  <!-- a credit note (381) has positive sums -->
  <xsl:variable name="sign" select="1 - 2 * number(/page/data/invoice/total &lt; 0)"/>
  <xsl:variable name="made" select="/page/data/e-invoice"/>

  <xsl:template match="invoice">
    <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">
      <xsl:apply-templates select="." mode="head"/>
      <cbc:DueDate><xsl:value-of select="due_on"/></cbc:DueDate><!-- BT-9 -->
      <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><!-- BT-3 -->
      <xsl:apply-templates select="." mode="body"/>
      <xsl:apply-templates select="../line" mode="invoice"/>
    </Invoice>
  </xsl:template>
  <xsl:template match="invoice[total &lt; 0]">
    <CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2">
      <xsl:apply-templates select="." mode="head"/>
      <cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>
      <xsl:apply-templates select="." mode="body"/>
      <xsl:apply-templates select="../line" mode="credit"/>
    </CreditNote>
  </xsl:template>

  <xsl:template match="invoice" mode="head">
    <xsl:apply-templates select="$made" mode="process"/>
    <cbc:ID><xsl:value-of select="invoice_no"/></cbc:ID><!-- BT-1 -->
    <cbc:IssueDate><xsl:value-of select="issued_on"/></cbc:IssueDate><!-- BT-2 -->
  </xsl:template>

  <!-- BT-24, and BT-23 for buyers reachable over Peppol -->
  <xsl:template match="e-invoice" mode="process">
    <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  </xsl:template>
  <xsl:template match="e-invoice[@endpoint]" mode="process">
    <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
    <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
  </xsl:template>

  <xsl:template match="invoice" mode="body">
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><!-- BT-5 -->
    <cbc:BuyerReference><xsl:value-of select="contract_no"/></cbc:BuyerReference><!-- BT-10 -->
    <!-- BT-73, 74: an end before the start would break BR-29 -->
    <xsl:if test="number(translate(period_from, '-', '')) &lt;= number(translate(period_until, '-', ''))">
      <cac:InvoicePeriod>
        <cbc:StartDate><xsl:value-of select="period_from"/></cbc:StartDate>
        <cbc:EndDate><xsl:value-of select="period_until"/></cbc:EndDate>
      </cac:InvoicePeriod>
    </xsl:if>
    <cac:ContractDocumentReference><cbc:ID><xsl:value-of select="contract_no"/></cbc:ID></cac:ContractDocumentReference><!-- BT-12 -->
    <xsl:apply-templates select="../seller"/>
    <xsl:apply-templates select="." mode="buyer"/>
    <xsl:apply-templates select="." mode="payment"/>
    <xsl:apply-templates select="$made/@interest" mode="charge"/>
    <cac:TaxTotal><!-- BT-110, BG-23 -->
      <xsl:apply-templates select="vat" mode="amount"><xsl:with-param name="name">TaxAmount</xsl:with-param></xsl:apply-templates>
      <xsl:apply-templates select="../vat"/>
      <xsl:apply-templates select="$made[not(../vat/@category = 'E')]/@interest" mode="breakdown"/>
    </cac:TaxTotal>
    <xsl:apply-templates select="." mode="totals"/>
  </xsl:template>

  <!-- BG-7 -->
  <xsl:template match="invoice" mode="buyer">
    <cac:AccountingCustomerParty><cac:Party>
      <xsl:apply-templates select="$made/@endpoint"/><!-- BT-49 -->
      <cac:PostalAddress><!-- BT-50, 52, 53, 55 -->
        <cbc:StreetName><xsl:value-of select="address"/></cbc:StreetName>
        <cbc:CityName><xsl:value-of select="locality"/></cbc:CityName>
        <xsl:apply-templates select="postcode" mode="zone"/>
        <cac:Country><cbc:IdentificationCode>LV</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>
      <cac:PartyLegalEntity><!-- BT-44, 47 -->
        <cbc:RegistrationName><xsl:value-of select="buyer"/></cbc:RegistrationName>
        <xsl:apply-templates select="reg_no" mode="company"/>
      </cac:PartyLegalEntity>
    </cac:Party></cac:AccountingCustomerParty>
  </xsl:template>

  <!-- BG-22 -->
  <xsl:template match="invoice" mode="totals">
    <cac:LegalMonetaryTotal>
      <xsl:apply-templates select="net" mode="amount"><xsl:with-param name="name">LineExtensionAmount</xsl:with-param></xsl:apply-templates><!-- BT-106 -->
      <!-- BT-109 -->
      <xsl:apply-templates select="$made/@exclusive" mode="amount"><xsl:with-param name="name">TaxExclusiveAmount</xsl:with-param></xsl:apply-templates>
      <xsl:apply-templates select="total" mode="amount"><xsl:with-param name="name">TaxInclusiveAmount</xsl:with-param></xsl:apply-templates><!-- BT-112 -->
      <!-- BT-108 -->
      <xsl:apply-templates select="$made/@interest" mode="amount"><xsl:with-param name="name">ChargeTotalAmount</xsl:with-param></xsl:apply-templates>
      <xsl:apply-templates select="$made/@prepaid" mode="amount"><xsl:with-param name="name">PrepaidAmount</xsl:with-param></xsl:apply-templates><!-- BT-113 -->
      <xsl:apply-templates select="$made/@payable" mode="amount"><xsl:with-param name="name">PayableAmount</xsl:with-param></xsl:apply-templates><!-- BT-115 -->
    </cac:LegalMonetaryTotal>
  </xsl:template>

  <!-- BG-16; BT-81: 30 is a credit transfer. A buyer who gets money back pays nothing, which the terms say (BT-20, BR-CO-25) -->
  <xsl:template match="invoice" mode="payment">
    <cac:PaymentMeans>
      <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
      <cbc:PaymentID><xsl:apply-templates select="." mode="payment-id"/></cbc:PaymentID><!-- BT-83 -->
      <cac:PayeeFinancialAccount><!-- BT-84, 85, 86 -->
        <cbc:ID><xsl:value-of select="translate(../seller/@iban, ' ', '')"/></cbc:ID>
        <cbc:Name><xsl:value-of select="../seller/@name"/></cbc:Name>
        <xsl:apply-templates select="../seller/@bic"/>
      </cac:PayeeFinancialAccount>
    </cac:PaymentMeans>
  </xsl:template>
  <xsl:template match="invoice[total &lt; 0]" mode="payment">
    <cac:PaymentTerms><cbc:Note><wp:text key="invoice.credit-terms"/></cbc:Note></cac:PaymentTerms>
  </xsl:template>

  <!-- late-payment interest is not a line of billing's: it is a charge on the document (BG-21) and, being a penalty, not
       subject to VAT -->
  <xsl:template match="@interest" mode="charge">
    <cac:AllowanceCharge>
      <cbc:ChargeIndicator>true</cbc:ChargeIndicator>
      <cbc:AllowanceChargeReason><wp:text key="invoice.interest"/></cbc:AllowanceChargeReason><!-- BT-104 -->
      <xsl:apply-templates select="." mode="amount"><xsl:with-param name="name">Amount</xsl:with-param></xsl:apply-templates><!-- BT-99 -->
      <cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory><!-- BT-102, 103 -->
    </cac:AllowanceCharge>
  </xsl:template>
  <xsl:template match="@interest" mode="breakdown">
    <cac:TaxSubtotal>
      <xsl:apply-templates select="." mode="amount"><xsl:with-param name="name">TaxableAmount</xsl:with-param></xsl:apply-templates>
      <cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount>
      <cac:TaxCategory>
        <cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
        <cbc:TaxExemptionReason><wp:text key="invoice.vat-none"/></cbc:TaxExemptionReason>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:TaxCategory>
    </cac:TaxSubtotal>
  </xsl:template>

  <xsl:template match="@endpoint">
    <cbc:EndpointID schemeID="{substring-before(., ':')}"><xsl:value-of select="substring-after(., ':')"/></cbc:EndpointID>
  </xsl:template>

  <xsl:template match="seller">
    <cac:AccountingSupplierParty><cac:Party>
      <xsl:apply-templates select="@registration" mode="endpoint"/><!-- BT-34: the seller's own, for every buyer -->
      <cac:PartyName><cbc:Name><xsl:value-of select="@name"/></cbc:Name></cac:PartyName><!-- BT-28 -->
      <cac:PostalAddress><!-- BG-5 -->
        <xsl:apply-templates select="@street|@city|@postcode" mode="address"/>
        <cac:Country><cbc:IdentificationCode>LV</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>
      <xsl:apply-templates select="@vat"/>
      <cac:PartyLegalEntity><!-- BT-27, 30 -->
        <cbc:RegistrationName><xsl:value-of select="@name"/></cbc:RegistrationName>
        <xsl:apply-templates select="@registration" mode="company"/>
      </cac:PartyLegalEntity>
    </cac:Party></cac:AccountingSupplierParty>
  </xsl:template>
  <xsl:template match="seller/@vat"><!-- BT-31 -->
    <cac:PartyTaxScheme><cbc:CompanyID><xsl:value-of select="."/></cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  </xsl:template>
  <xsl:template match="seller/@bic"><cac:FinancialInstitutionBranch><cbc:ID><xsl:value-of select="."/></cbc:ID></cac:FinancialInstitutionBranch></xsl:template>
  <xsl:template match="@registration" mode="endpoint"><cbc:EndpointID schemeID="0218"><xsl:value-of select="."/></cbc:EndpointID></xsl:template>
  <xsl:template match="@registration|reg_no" mode="company"><cbc:CompanyID schemeID="0218"><xsl:value-of select="."/></cbc:CompanyID></xsl:template>
  <!-- not a Latvian registration number: an identifier without a scheme -->
  <xsl:template match="reg_no[string-length(.) != 11 or translate(., '0123456789', '') != '']" mode="company">
    <cbc:CompanyID><xsl:value-of select="."/></cbc:CompanyID>
  </xsl:template>
  <xsl:template match="@street" mode="address"><cbc:StreetName><xsl:value-of select="."/></cbc:StreetName></xsl:template>
  <xsl:template match="@city" mode="address"><cbc:CityName><xsl:value-of select="."/></cbc:CityName></xsl:template>
  <xsl:template match="@postcode" mode="address"><cbc:PostalZone><xsl:value-of select="."/></cbc:PostalZone></xsl:template>
  <xsl:template match="postcode" mode="zone"><cbc:PostalZone><xsl:value-of select="."/></cbc:PostalZone></xsl:template>
  <xsl:template match="invoice" mode="payment-id"><xsl:value-of select="invoice_no"/></xsl:template>
  <xsl:template match="invoice[reference]" mode="payment-id"><xsl:value-of select="reference"/></xsl:template>

  <!-- VAT by category and rate -->
  <xsl:template match="data/vat">
    <cac:TaxSubtotal>
      <xsl:apply-templates select="." mode="taxable"/>
      <xsl:apply-templates select="@vat" mode="amount"><xsl:with-param name="name">TaxAmount</xsl:with-param></xsl:apply-templates>
      <cac:TaxCategory>
        <cbc:ID><xsl:value-of select="@category"/></cbc:ID>
        <xsl:apply-templates select="@rate" mode="percent"/>
        <xsl:apply-templates select="self::*[@category = 'E']" mode="reason"/>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:TaxCategory>
    </cac:TaxSubtotal>
  </xsl:template>
  <xsl:template match="vat" mode="taxable">
    <xsl:apply-templates select="@net" mode="amount"><xsl:with-param name="name">TaxableAmount</xsl:with-param></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="vat[@category = 'E']" mode="taxable">
    <cbc:TaxableAmount currencyID="EUR"><xsl:value-of select="format-number($sign * (@net + sum($made/@interest)) div 100, '0.00')"/></cbc:TaxableAmount>
  </xsl:template>
  <xsl:template match="@rate|vat_rate" mode="percent"><cbc:Percent><xsl:value-of select=". div 100"/></cbc:Percent></xsl:template>
  <!-- a penalty is not the price of anything. Category O is not allowed beside another one (BR-O-11), so it is exempt, with
       its reason -->
  <xsl:template match="vat" mode="reason"><cbc:TaxExemptionReason><wp:text key="invoice.vat-none"/></cbc:TaxExemptionReason></xsl:template>

  <xsl:template match="*|@*" mode="amount">
    <xsl:param name="name"/>
    <xsl:element name="cbc:{$name}">
      <xsl:attribute name="currencyID">EUR</xsl:attribute>
      <xsl:value-of select="format-number($sign * . div 100, '0.00')"/>
    </xsl:element>
  </xsl:template>

  <!-- lines -->
  <xsl:template match="line" mode="invoice">
    <cac:InvoiceLine>
      <cbc:ID><xsl:value-of select="line"/></cbc:ID>
      <cbc:InvoicedQuantity><xsl:apply-templates select="." mode="quantity"/></cbc:InvoicedQuantity>
      <xsl:apply-templates select="." mode="rest"/>
    </cac:InvoiceLine>
  </xsl:template>
  <xsl:template match="line" mode="credit">
    <cac:CreditNoteLine>
      <cbc:ID><xsl:value-of select="line"/></cbc:ID>
      <cbc:CreditedQuantity><xsl:apply-templates select="." mode="quantity"/></cbc:CreditedQuantity>
      <xsl:apply-templates select="." mode="rest"/>
    </cac:CreditNoteLine>
  </xsl:template>
  <!-- a returned quantity is negative: BR-27 -->
  <xsl:template match="line" mode="quantity">
    <xsl:attribute name="unitCode">C62</xsl:attribute>
    <xsl:value-of select="1 - 2 * ($sign * net &lt; 0)"/>
  </xsl:template>
  <xsl:template match="line[@by = 'volume']" mode="quantity">
    <xsl:attribute name="unitCode">MTQ</xsl:attribute>
    <xsl:value-of select="format-number($sign * quantity div 1000, '0.000')"/>
  </xsl:template>
  <xsl:template match="line" mode="rest">
    <xsl:apply-templates select="net" mode="amount"><xsl:with-param name="name">LineExtensionAmount</xsl:with-param></xsl:apply-templates>
    <cac:Item><cbc:Name><xsl:apply-templates select="." mode="name"/></cbc:Name><xsl:apply-templates select="vat_rate" mode="category"/></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR"><xsl:apply-templates select="." mode="price"/></cbc:PriceAmount></cac:Price>
  </xsl:template>
  <xsl:template match="line" mode="price"><xsl:value-of select="format-number($sign * net * (1 - 2 * ($sign * net &lt; 0)) div 100, '0.00')"/></xsl:template>
  <xsl:template match="line[@by = 'volume']" mode="price"><xsl:value-of select="format-number(price div 10000, '0.0000')"/></xsl:template>
  <xsl:template match="vat_rate" mode="category">
    <cac:ClassifiedTaxCategory>
      <cbc:ID>S</cbc:ID>
      <xsl:apply-templates select="." mode="percent"/>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:ClassifiedTaxCategory>
  </xsl:template>
  <xsl:template match="vat_rate[. = 0]" mode="category">
    <cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>
  </xsl:template>
  <xsl:template match="line" mode="name"><wp:text key="money.other"/></xsl:template>
  <xsl:template match="line[service = 'water']" mode="name"><wp:text key="money.water"/></xsl:template>
  <xsl:template match="line[service = 'sewage']" mode="name"><wp:text key="money.sewage"/></xsl:template>
  <xsl:template match="line[service = 'rain']" mode="name"><wp:text key="money.rain"/></xsl:template>
  <xsl:template match="line[service = 'penalty']" mode="name"><wp:text key="invoice.penalty"/></xsl:template>
  <xsl:template match="line[normalize-space(text)]" mode="name" priority="1"><xsl:value-of select="normalize-space(text)"/></xsl:template>
</xsl:stylesheet>
