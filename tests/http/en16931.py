# SPDX-License-Identifier: Apache-2.0
"""The business rules of EN 16931-1 (6.4, and the syntax binding's BR-DEC, BR-CL) that can matter here, checked on a UBL 2.1 document.

broken(root) names the rules it breaks. Each rule is a function of the document whose name and first words are those of the standard;
UBL-ORDER and UBL-EMPTY are the schema's (OASIS UBL 2.1): the elements' order, and no element without content."""
import re
from decimal import ROUND_HALF_UP, Decimal

INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
NAMES = {"cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
         "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"}
CENT = Decimal("0.01")
CATEGORIES = ("S", "E", "Z", "O")
VAT_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z]+")
RULES = {}


def rule(*ids):
    def keep(function):
        for one in ids:
            RULES[one] = function
        return function
    return keep


class Document:
    def __init__(self, root):
        self.root = root
        self.credit = root.tag == f"{{{CREDIT}}}CreditNote"
        self.lines = self.all("cac:CreditNoteLine" if self.credit else "cac:InvoiceLine")
        self.extra = self.all("cac:AllowanceCharge")
        self.charges = [one for one in self.extra if self.text("cbc:ChargeIndicator", one) == "true"]
        self.allowances = [one for one in self.extra if self.text("cbc:ChargeIndicator", one) == "false"]
        self.taxes = self.all("cac:TaxTotal/cac:TaxSubtotal")

    def all(self, path, of=None):
        return (self.root if of is None else of).findall(path, NAMES)

    def text(self, path, of=None):
        found = self.all(path, of)
        return (found[0].text or "").strip() if found else ""

    def money(self, path, of=None):
        return Decimal(self.text(path, of) or "0")

    def total(self, name):
        return self.money(f"cac:LegalMonetaryTotal/cbc:{name}")

    def quantity(self, line):
        return self.text("cbc:CreditedQuantity" if self.credit else "cbc:InvoicedQuantity", line)

    def categories(self):
        """Of lines, charges and allowances: (category, rate, net amount)."""
        found = []
        for line in self.lines:
            at = "cac:Item/cac:ClassifiedTaxCategory/cbc:"
            found.append((self.text(at + "ID", line), self.money(at + "Percent", line), self.money("cbc:LineExtensionAmount", line)))
        for sign, some in ((1, self.charges), (-1, self.allowances)):
            found += [(self.text("cac:TaxCategory/cbc:ID", one), self.money("cac:TaxCategory/cbc:Percent", one), sign * self.money("cbc:Amount", one))
                      for one in some]
        return found


# --- there must be … (BR-01 to BR-11, BR-12 to BR-16)
PRESENT = {"BR-01": "cbc:CustomizationID", "BR-02": "cbc:ID", "BR-03": "cbc:IssueDate", "BR-05": "cbc:DocumentCurrencyCode",
           "BR-06": "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
           "BR-07": "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
           "BR-09": "cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
           "BR-11": "cac:AccountingCustomerParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
           "BR-12": "cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "BR-13": "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
           "BR-14": "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "BR-15": "cac:LegalMonetaryTotal/cbc:PayableAmount"}
for one, where in PRESENT.items():
    RULES[one] = lambda d, where=where: bool(d.text(where))


@rule("BR-04")
def an_invoice_has_a_type_code(d):
    return d.text("cbc:CreditNoteTypeCode" if d.credit else "cbc:InvoiceTypeCode") in (("381",) if d.credit else ("380", "384", "386"))


@rule("BR-08", "BR-10")
def both_have_a_postal_address(d):
    return all(d.all(f"cac:{who}/cac:Party/cac:PostalAddress") for who in ("AccountingSupplierParty", "AccountingCustomerParty"))


@rule("BR-16")
def an_invoice_has_at_least_one_line(d):
    return len(d.lines) > 0


# --- lines (BR-21 to BR-27, BR-CO-04)
LINE = {"BR-21": "cbc:ID", "BR-24": "cbc:LineExtensionAmount", "BR-25": "cac:Item/cbc:Name", "BR-26": "cac:Price/cbc:PriceAmount",
        "BR-CO-04": "cac:Item/cac:ClassifiedTaxCategory/cbc:ID"}
for one, where in LINE.items():
    RULES[one] = lambda d, where=where: all(d.text(where, line) for line in d.lines)


@rule("BR-22")
def a_line_has_a_quantity(d):
    return all(d.quantity(line) for line in d.lines)


@rule("BR-23")
def a_quantity_has_a_unit(d):
    name = "cbc:CreditedQuantity" if d.credit else "cbc:InvoicedQuantity"
    return all(one.get("unitCode") in ("C62", "MTQ") for line in d.lines for one in d.all(name, line))


@rule("BR-27")
def a_price_is_not_negative(d):
    return all(d.money("cac:Price/cbc:PriceAmount", line) >= 0 for line in d.lines)


@rule("PEPPOL-EN16931-R120")
def a_lines_net_is_quantity_times_price(d):
    return all((Decimal(d.quantity(line) or 0) * d.money("cac:Price/cbc:PriceAmount", line)).quantize(CENT, ROUND_HALF_UP)
               == d.money("cbc:LineExtensionAmount", line) for line in d.lines)


# --- periods, references, payment
@rule("BR-29")
def a_period_ends_after_it_begins(d):
    start, end = (d.text(f"cac:InvoicePeriod/cbc:{name}") for name in ("StartDate", "EndDate"))
    return not (start and end) or start <= end


@rule("BR-CO-19")
def a_period_has_a_begin_or_an_end(d):
    return all(d.all("cbc:StartDate", one) or d.all("cbc:EndDate", one) for one in d.all("cac:InvoicePeriod"))


@rule("BR-55")
def a_reference_to_an_invoice_has_its_number(d):
    return all(d.text("cac:InvoiceDocumentReference/cbc:ID", one) for one in d.all("cac:BillingReference"))


@rule("BR-49")
def payment_means_have_a_code(d):
    return all(d.text("cbc:PaymentMeansCode", one) for one in d.all("cac:PaymentMeans"))


@rule("BR-50", "BR-61")
def a_credit_transfer_has_an_account(d):
    return all(d.text("cac:PayeeFinancialAccount/cbc:ID", one) for one in d.all("cac:PaymentMeans") if d.text("cbc:PaymentMeansCode", one) in ("30", "58"))


@rule("BR-CO-25")
def what_is_to_be_paid_has_a_day_or_terms(d):
    return d.total("PayableAmount") <= 0 or bool(d.text("cbc:DueDate") or d.text("cac:PaymentTerms/cbc:Note"))


@rule("BR-CO-26")
def the_seller_can_be_identified(d):
    party = "cac:AccountingSupplierParty/cac:Party/"
    return any(d.text(party + where) for where in ("cac:PartyIdentification/cbc:ID", "cac:PartyLegalEntity/cbc:CompanyID", "cac:PartyTaxScheme/cbc:CompanyID"))


@rule("BR-CO-09")
def a_vat_number_begins_with_its_country(d):
    return all(VAT_NUMBER.fullmatch((one.text or "").strip()) for one in d.root.iterfind(".//cac:PartyTaxScheme/cbc:CompanyID", NAMES))


@rule("BR-62", "BR-63")
def an_electronic_address_has_a_scheme(d):
    return all(one.get("schemeID") for one in d.root.iterfind(".//cbc:EndpointID", NAMES))


@rule("PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020")
def who_claims_peppol_has_both_addresses(d):
    if "peppol" not in d.text("cbc:CustomizationID"):
        return not d.text("cbc:ProfileID") and not d.all("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID")
    return d.text("cbc:ProfileID").startswith("urn:fdc:peppol.eu:2017:poacc:billing:") and all(
        d.text(f"cac:{who}/cac:Party/cbc:EndpointID") for who in ("AccountingSupplierParty", "AccountingCustomerParty"))


# --- charges and allowances of the document
@rule("BR-31", "BR-36")
def they_have_an_amount(d):
    return all(d.text("cbc:Amount", one) for one in d.extra)


@rule("BR-32", "BR-37")
def they_have_a_vat_category(d):
    return all(d.text("cac:TaxCategory/cbc:ID", one) for one in d.extra)


@rule("BR-33", "BR-38", "BR-CO-21", "BR-CO-22")
def they_have_a_reason(d):
    return all(d.text("cbc:AllowanceChargeReason", one) or d.text("cbc:AllowanceChargeReasonCode", one) for one in d.extra)


# --- sums (BR-CO-10 to BR-CO-18)
@rule("BR-CO-10")
def the_lines_add_up(d):
    return d.total("LineExtensionAmount") == sum(d.money("cbc:LineExtensionAmount", line) for line in d.lines)


@rule("BR-CO-11")
def the_allowances_add_up(d):
    return d.total("AllowanceTotalAmount") == sum(d.money("cbc:Amount", one) for one in d.allowances)


@rule("BR-CO-12")
def the_charges_add_up(d):
    return d.total("ChargeTotalAmount") == sum(d.money("cbc:Amount", one) for one in d.charges)


@rule("BR-CO-13")
def the_total_without_vat(d):
    return d.total("TaxExclusiveAmount") == d.total("LineExtensionAmount") - d.total("AllowanceTotalAmount") + d.total("ChargeTotalAmount")


@rule("BR-CO-14")
def the_vat_adds_up(d):
    return d.money("cac:TaxTotal/cbc:TaxAmount") == sum(d.money("cbc:TaxAmount", one) for one in d.taxes)


@rule("BR-CO-15")
def the_total_with_vat(d):
    return d.total("TaxInclusiveAmount") == d.total("TaxExclusiveAmount") + d.money("cac:TaxTotal/cbc:TaxAmount")


@rule("BR-CO-16")
def what_is_to_be_paid(d):
    return d.total("PayableAmount") == d.total("TaxInclusiveAmount") - d.total("PrepaidAmount") + d.total("PayableRoundingAmount")


@rule("BR-CO-17")
def the_vat_of_a_category_is_that_of_its_sum(d):
    return all(d.money("cbc:TaxAmount", one) == (d.money("cbc:TaxableAmount", one) * d.money("cac:TaxCategory/cbc:Percent", one) / 100)
               .quantize(CENT, ROUND_HALF_UP) for one in d.taxes)


@rule("BR-CO-18")
def there_is_a_vat_breakdown(d):
    return len(d.taxes) > 0


@rule("BR-45", "BR-46", "BR-47")
def a_breakdown_has_its_sums_and_category(d):
    return all(d.text(where, one) for one in d.taxes for where in ("cbc:TaxableAmount", "cbc:TaxAmount", "cac:TaxCategory/cbc:ID"))


@rule("BR-48")
def a_breakdown_has_a_rate(d):
    return all(d.text("cac:TaxCategory/cbc:Percent", one) or d.text("cac:TaxCategory/cbc:ID", one) == "O" for one in d.taxes)


# --- categories: BR-S-*, BR-E-*, BR-Z-*, BR-O-*
def told(d, category):
    return [one for one in d.taxes if d.text("cac:TaxCategory/cbc:ID", one) == category]


def add_category(category):
    used = lambda d: [(rate, net) for c, rate, net in d.categories() if c == category]  # noqa: E731

    def a_breakdown_exists(d):
        count = len(told(d, category))
        return not used(d) and count == 0 or (count >= 1 if category == "S" else count == 1) and bool(used(d))

    def the_seller_has_a_vat_number(d):
        number = d.text("cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID")
        return not used(d) or (not number if category == "O" else bool(number))

    def the_rate_fits(d):
        return all(rate > 0 if category == "S" else rate == 0 for rate, _ in used(d))

    def the_sum_is_that_of_its_parts(d):
        rates = {rate for rate, _ in used(d)}
        sums = {rate: sum(net for r, net in used(d) if r == rate) for rate in rates}
        return sums == {d.money("cac:TaxCategory/cbc:Percent", one): d.money("cbc:TaxableAmount", one) for one in told(d, category)}

    def the_tax_fits(d):
        return category == "S" or all(d.money("cbc:TaxAmount", one) == 0 for one in told(d, category))

    def the_reason_fits(d):
        has = [bool(d.text("cac:TaxCategory/cbc:TaxExemptionReason", one) or d.text("cac:TaxCategory/cbc:TaxExemptionReasonCode", one))
               for one in told(d, category)]
        return all(has) if category in "EO" else not any(has)

    for ids, asked in ((("01",), a_breakdown_exists), (("02", "03", "04"), the_seller_has_a_vat_number), (("05", "06", "07"), the_rate_fits),
                       (("08",), the_sum_is_that_of_its_parts), (("09",), the_tax_fits), (("10",), the_reason_fits)):
        rule(*(f"BR-{category}-{number}" for number in ids))(asked)


for one in CATEGORIES:
    add_category(one)


@rule("BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14")
def what_is_outside_vat_stands_alone(d):
    found = {category for category, _, _ in d.categories()} | {d.text("cac:TaxCategory/cbc:ID", one) for one in d.taxes}
    return "O" not in found or found == {"O"}


@rule("BR-CL-17", "BR-CL-18")
def the_categories_are_known(d):
    return all(category in CATEGORIES for category, _, _ in d.categories())


# --- decimals and currencies: BR-DEC-*, BR-CL-03, BR-CL-04
@rule("BR-DEC-09", "BR-DEC-10", "BR-DEC-11", "BR-DEC-12", "BR-DEC-13", "BR-DEC-14", "BR-DEC-16", "BR-DEC-17", "BR-DEC-18", "BR-DEC-19", "BR-DEC-20",
      "BR-DEC-23", "BR-DEC-01", "BR-DEC-05")
def amounts_have_two_decimals_at_most(d):
    names = ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "AllowanceTotalAmount", "ChargeTotalAmount", "PrepaidAmount",
             "PayableRoundingAmount", "PayableAmount", "TaxAmount", "TaxableAmount", "Amount")
    return all(re.fullmatch(r"-?\d+(\.\d{1,2})?", one.text or "") for name in names for one in d.root.iterfind(f".//cbc:{name}", NAMES))


@rule("BR-CL-03", "BR-CL-04")
def the_currency_is_that_of_the_invoice(d):
    return all(one.get("currencyID") == d.text("cbc:DocumentCurrencyCode") == "EUR" for one in d.root.iter() if one.get("currencyID") is not None)


# --- the schema
HEAD = "CustomizationID ProfileID ID IssueDate"
BODY = ("Note DocumentCurrencyCode BuyerReference InvoicePeriod BillingReference ContractDocumentReference AccountingSupplierParty "
        "AccountingCustomerParty PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal")
ORDER = {"Invoice": f"{HEAD} DueDate InvoiceTypeCode {BODY} InvoiceLine", "CreditNote": f"{HEAD} CreditNoteTypeCode {BODY} CreditNoteLine",
         "LegalMonetaryTotal": "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount "
                               "PayableRoundingAmount PayableAmount",
         "Party": "EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity",
         "AllowanceCharge": "ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason Amount BaseAmount TaxCategory",
         "TaxCategory": "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme",
         "InvoiceLine": "ID InvoicedQuantity LineExtensionAmount Item Price", "CreditNoteLine": "ID CreditedQuantity LineExtensionAmount Item Price"}


def local(node):
    return node.tag.rpartition("}")[2]


@rule("UBL-ORDER")
def elements_stand_in_the_schemas_order(d):
    for node in d.root.iter():
        known = ORDER.get(local(node)) if isinstance(node.tag, str) else None
        if known:
            places = [known.split().index(local(child)) if local(child) in known.split() else -1 for child in node if isinstance(child.tag, str)]
            if -1 in places or places != sorted(places):
                return False
    return True


@rule("UBL-EMPTY")
def no_element_is_empty(d):
    return all(len(node) or (node.text or "").strip() for node in d.root.iter() if isinstance(node.tag, str))


def broken(root):
    document = Document(root)
    return sorted(one for one, holds in RULES.items() if not holds(document))
