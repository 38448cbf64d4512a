# SPDX-License-Identifier: Apache-2.0
"""E-invoices keep the rules of EN 16931 (en16931.py), whatever billing has; what would break them is not offered."""
import copy
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote, unquote

import pytest
from lxml import etree

import portal
import steps
from en16931 import CREDIT, NAMES, RULES, broken
from test_documents import GRAMMAR

PERSONS = ("anna", "janis", "peteris", "liga", "martins")
CBC, CAC = (f"{{{NAMES[prefix]}}}" for prefix in ("cbc", "cac"))


@pytest.fixture(scope="module")
def owner(rig):
    return steps.visitor(rig)


def fetch(browser, number, view="ubl.xml"):
    return browser.get(f"/portal/invoices/{view}?no={quote(number, safe='')}")


def rounded(value):
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def make(rig, browser, number, lines, vat_more=0, interest=0, net_more=0, prepaid=0, company=None, delivery=None, period=("2026-10-01", "2026-10-31")):
    """lines: (service, litres, price, net, rate). What is billed beside what the lines say: more net, more VAT, interest."""
    net = sum(line[3] for line in lines) + net_more
    vat = sum(rounded(Decimal(sum(line[3] for line in lines if line[4] == rate)) * rate / 10000) for rate in {line[4] for line in lines}) + vat_more
    total = net + vat + interest
    for table in ("billing_invoice", "billing_invoice_line", "billing_payment"):
        rig.sql(f"DELETE FROM {table} WHERE invoice_no = ?", number)
    rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
            "VALUES (?, ?, '2026-11-04', '2026-11-25', ?, ?, ?, ?, ?, ?)", number, browser.contract, *period, net, vat, total, max(total - prepaid, 0))
    for n, (service, litres, price, amount, rate) in enumerate(lines, 1):
        rig.sql("INSERT INTO billing_invoice_line (invoice_no, line, service, quantity_l, price, net_c, vat_rate) VALUES (?, ?, ?, ?, ?, ?, ?)",
                number, n, service, litres, price, amount, rate)
    if prepaid:
        rig.sql("INSERT INTO billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c) VALUES (?, 1, ?, ?, '2026-10-20', ?)",
                f"pre-{number}", browser.contract, number, prepaid)
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", browser.contract)[0][0]
    rig.sql("UPDATE billing_customer SET reg_no = ? WHERE customer_no = ?", company, customer)
    rig.sql("UPDATE billing_contract SET delivery = ?, delivery_to = ? WHERE contract_no = ?", *(delivery or (None, None)), browser.contract)
    return number


WATER = ("water", 10000, 11700, 1170, 2100)


def root_of(page):
    assert page.status == 200, page
    return etree.fromstring(page.body)


def euros(root, path):
    return root.findtext(path, namespaces=NAMES)


# --- every invoice there is

@pytest.mark.parametrize("person", PERSONS)
def test_every_e_invoice_of_the_demo_keeps_the_rules(rig, person):
    browser = rig.browser()
    portal.login(browser, person)
    account = browser.get("/portal/invoices?view=xml")
    contracts = {node.text for node in etree.fromstring(account.body).iter("contract_no")}
    seen = 0
    for contract in contracts:
        for number, lines in rig.sql("SELECT i.invoice_no, (SELECT count(*) FROM billing_invoice_line l WHERE l.invoice_no = i.invoice_no) FROM "
                                     "billing_invoice i "
                                     "WHERE i.contract_no = ? ORDER BY i.issued_on DESC LIMIT 40", contract):
            page = fetch(browser, number)
            assert page.status == 200 and lines > 0, (number, page)
            assert broken(root_of(page)) == [], number
            seen += 1
    assert seen > 10


def some_lines(r):
    lines = []
    for _ in range(r.choice([0, 1, 1, 2, 3, 6])):
        kind = r.choice(["volume", "volume", "volume", "sum", "penalty", "odd", "back"])
        litres, price, rate = r.randrange(1, 90000), r.choice([8500, 11700, 9700, 12100]), r.choice([2100, 2100, 2100, 1200, 500])
        net = rounded(Decimal(litres) * price / 100000)
        if kind == "back":
            litres, net = -litres, -net
        elif kind == "odd":  # billed otherwise than quantity by price says
            net += r.randrange(-300, 300)
        if kind == "penalty":
            lines.append(("penalty", None, None, r.randrange(1, 900), 0))
        elif kind == "sum":
            lines.append(("other", None, None, r.randrange(-2000, 5000), rate))
        else:
            lines.append((r.choice(["water", "sewage", "rain"]), litres, price, net, rate))
    return lines


def test_random_invoices_keep_the_rules_or_are_not_offered(rig, owner):
    r = random.Random(16931)
    offered = refused = 0
    for i in range(120):
        lines = some_lines(r)
        fault = r.choice([{}] * 6 + [{"vat_more": 1}, {"net_more": -7}, {"interest": -30}])
        interest = r.choice([0, 0, 0, 135]) if not fault else 0
        options = {"interest": interest, "prepaid": r.choice([0, 0, 0, 500]), "company": r.choice([None, "40003009497", "LT-77"]),
                   "delivery": r.choice([None, ("e-invoice", "0088:4012345000009"), ("email", "a@example.lv")]), **fault}
        number = make(rig, owner, f"R{i}/{owner.contract}", lines, **options)
        total = rig.sql("SELECT total_c FROM billing_invoice WHERE invoice_no = ?", number)[0][0]
        page = fetch(owner, number)
        shown = fetch(owner, number, "invoice")
        assert shown.status == 200 and ("invoices/ubl.xml" in shown.text) == (page.status == 200)
        wrong = not lines or bool(fault.get("vat_more") or fault.get("net_more")) or (options["interest"] < 0 <= total) or (options["interest"] > 0 > total)
        if fault and not wrong:
            wrong = total - options["interest"] > 0 > total  # interest that turned an invoice into a credit note
        assert page.status == (404 if wrong else 200), (lines, options, total, page)
        if page.status == 200:
            root = root_of(page)
            assert broken(root) == [], (lines, options)
            assert (root.tag == f"{{{CREDIT}}}CreditNote") == (total < 0)
            offered += 1
        refused += page.status == 404
    assert offered > 50 and refused > 20


# --- interest, prepayment, Peppol

def test_interest_inside_the_total_is_a_charge(rig, owner):
    number = make(rig, owner, f"I/{owner.contract}", [WATER], interest=135)
    root = root_of(fetch(owner, number))
    assert broken(root) == []
    assert euros(root, "cac:AllowanceCharge/cbc:Amount") == "1.35" and euros(root, "cac:AllowanceCharge/cac:TaxCategory/cbc:ID") == "E"
    assert euros(root, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount") == "13.05" and euros(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "15.51"
    with_penalty = make(rig, owner, f"J/{owner.contract}", [WATER, ("penalty", None, None, 250, 0)], interest=135)
    root = root_of(fetch(owner, with_penalty))
    assert broken(root) == []
    assert [tax.findtext("cbc:TaxableAmount", namespaces=NAMES) for tax in root.findall("cac:TaxTotal/cac:TaxSubtotal", NAMES)] == ["11.70", "3.85"]
    for view in ("invoice", "print"):
        assert "Nokavējuma procenti" in fetch(owner, number, view).text
        assert GRAMMAR.validate(etree.fromstring(owner.get(f"/portal/invoices/{view}?no={quote(number, safe='')}&view=xml").body)), GRAMMAR.error_log


def test_what_came_before_is_prepaid(rig, owner):
    number = make(rig, owner, f"V/{owner.contract}", [WATER], prepaid=500)
    root = root_of(fetch(owner, number))
    assert broken(root) == [] and euros(root, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") == "5.00"
    assert euros(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "9.16"
    assert "Samaksāts pirms rēķina izrakstīšanas" in fetch(owner, number, "print").text


@pytest.mark.parametrize("company, delivery, endpoint", [
    (None, None, None), (None, ("email", "0218:40003009497"), None), ("40003009497", None, ("0218", "40003009497")), ("LT-77", None, None),
    ("40003009497", ("e-invoice", "0088:4012345000009"), ("0088", "4012345000009")), (None, ("e-invoice", "klients@example.lv"), None)])
def test_peppols_ids_only_where_the_buyer_has_an_address(rig, owner, company, delivery, endpoint):
    root = root_of(fetch(owner, make(rig, owner, f"P/{owner.contract}", [WATER], company=company, delivery=delivery)))
    assert broken(root) == []
    found = root.find("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID", NAMES)
    assert (found is not None and (found.get("schemeID"), found.text) or None) == endpoint
    assert root.find("cac:AccountingSupplierParty/cac:Party/cbc:EndpointID", NAMES).text == "40000000008"
    assert ("peppol" in etree.tostring(root).decode()) == (endpoint is not None) == (root.find("cbc:ProfileID", NAMES) is not None)


def test_a_period_that_ends_before_it_begins_is_left_out(rig, owner):
    root = root_of(fetch(owner, make(rig, owner, f"Z/{owner.contract}", [WATER], period=("2026-10-31", "2026-10-01"))))
    assert broken(root) == [] and root.find("cac:InvoicePeriod", NAMES) is None


@pytest.mark.parametrize("number", ["26/10-45127-10", "Ū 12/\"3\";x", "a\\b:c*d?e", ".hidden", "100% <b>"])
def test_the_file_is_named_by_the_invoice(rig, owner, number):
    page = fetch(owner, make(rig, owner, number, [WATER]))
    header = page.header("Content-Disposition")
    plain = re.match(r'attachment; filename="([ -~]*)"', header)[1]
    full = re.search(r"filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]+)$", header)
    name = unquote(full[1]) if full else plain
    assert not set(name) & set('/\\:*?"<>|') and not name.startswith(".") and name.endswith(".xml")
    assert [c for c in name if c.isalnum()] == [c for c in number + ".xml" if c.isalnum()], "told apart from every other one"
    assert page.status == 200 and len(plain) == len(name)


# --- the checker finds what is wrong

def without(path):
    def change(root):
        node = root.find(path, NAMES)
        node.getparent().remove(node)
    return change


def with_text(path, text):
    def change(root):
        root.find(path, NAMES).text = text
    return change


def with_attribute(path, name, value):
    def change(root):
        root.find(path, NAMES).set(name, value)
    return change


def with_more(path, xml):
    def change(root):
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
        root.find(path, NAMES).append(etree.fromstring(f"<x {spaces}>{xml}</x>")[0])
    return change


def swapped(root):
    root.insert(0, root[-1])


TOTALS, TAX, LINE, CHARGE = "cac:LegalMonetaryTotal/cbc:", "cac:TaxTotal/cac:TaxSubtotal", "cac:InvoiceLine", "cac:AllowanceCharge"
CATEGORY = f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:"
EXEMPT = "cac:TaxTotal/cac:TaxSubtotal[2]/cac:TaxCategory"
SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party/", "cac:AccountingCustomerParty/cac:Party/"
FAULTS = {
    "BR-01": without("cbc:CustomizationID"), "BR-02": without("cbc:ID"), "BR-03": without("cbc:IssueDate"), "BR-04": with_text("cbc:InvoiceTypeCode", "999"),
    "BR-05": without("cbc:DocumentCurrencyCode"), "BR-06": without(SELLER + "cac:PartyLegalEntity"), "BR-07": without(BUYER + "cac:PartyLegalEntity"),
    "BR-08": without(SELLER + "cac:PostalAddress"), "BR-10": without(BUYER + "cac:PostalAddress"), "BR-09": without(SELLER + "cac:PostalAddress/cac:Country"),
    "BR-11": without(BUYER + "cac:PostalAddress/cac:Country"), "BR-12": without(TOTALS + "LineExtensionAmount"),
    "BR-13": without(TOTALS + "TaxExclusiveAmount"),
    "BR-14": without(TOTALS + "TaxInclusiveAmount"), "BR-15": without(TOTALS + "PayableAmount"),
    "BR-16": lambda root: [root.remove(line) for line in root.findall(LINE, NAMES)], "BR-21": without(f"{LINE}/cbc:ID"),
    "BR-22": without(f"{LINE}/cbc:InvoicedQuantity"), "BR-23": with_attribute(f"{LINE}/cbc:InvoicedQuantity", "unitCode", ""),
    "BR-24": without(f"{LINE}/cbc:LineExtensionAmount"), "BR-25": with_text(f"{LINE}/cac:Item/cbc:Name", " "), "BR-26": without(f"{LINE}/cac:Price"),
    "BR-27": with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "-1.17"), "PEPPOL-EN16931-R120": with_text(f"{LINE}/cbc:InvoicedQuantity", "11.000"),
    "BR-29": with_text("cac:InvoicePeriod/cbc:EndDate", "2026-09-30"), "BR-31": with_text(f"{CHARGE}/cbc:Amount", ""),
    "BR-36": with_text(f"{CHARGE}/cbc:Amount", ""),
    "BR-32": without(f"{CHARGE}/cac:TaxCategory"), "BR-37": without(f"{CHARGE}/cac:TaxCategory"), "BR-33": without(f"{CHARGE}/cbc:AllowanceChargeReason"),
    "BR-38": without(f"{CHARGE}/cbc:AllowanceChargeReason"), "BR-45": without(f"{TAX}/cbc:TaxableAmount"), "BR-46": without(f"{TAX}/cbc:TaxAmount"),
    "BR-47": without(f"{TAX}/cac:TaxCategory/cbc:ID"), "BR-48": without(f"{TAX}/cac:TaxCategory/cbc:Percent"),
    "BR-49": without("cac:PaymentMeans/cbc:PaymentMeansCode"),
    "BR-50": without("cac:PaymentMeans/cac:PayeeFinancialAccount"), "BR-61": without("cac:PaymentMeans/cac:PayeeFinancialAccount"),
    "BR-55": with_more(".", "<cac:BillingReference><cac:InvoiceDocumentReference/></cac:BillingReference>"),
    "BR-62": with_more(SELLER.rstrip("/"), "<cbc:EndpointID>1</cbc:EndpointID>"), "BR-63": with_more(BUYER.rstrip("/"), "<cbc:EndpointID>1</cbc:EndpointID>"),
    "PEPPOL-EN16931-R010": with_text("cbc:CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
    "PEPPOL-EN16931-R020": with_more(BUYER.rstrip("/"), '<cbc:EndpointID schemeID="0218">1</cbc:EndpointID>'),
    "BR-CO-04": without(CATEGORY + "ID"), "BR-CO-09": with_text(SELLER + "cac:PartyTaxScheme/cbc:CompanyID", "40000000008"),
    "BR-CO-10": with_text(TOTALS + "LineExtensionAmount", "11.71"),
    "BR-CO-11": with_more("cac:LegalMonetaryTotal", '<cbc:AllowanceTotalAmount currencyID="EUR">1.00</cbc:AllowanceTotalAmount>'),
    "BR-CO-12": with_text(TOTALS + "ChargeTotalAmount", "1.36"), "BR-CO-13": with_text(TOTALS + "TaxExclusiveAmount", "11.70"),
    "BR-CO-14": with_text("cac:TaxTotal/cbc:TaxAmount", "2.47"), "BR-CO-15": with_text(TOTALS + "TaxInclusiveAmount", "14.16"),
    "BR-CO-16": with_text(TOTALS + "PayableAmount", "15.52"), "BR-CO-17": with_text(f"{TAX}/cbc:TaxAmount", "2.45"),
    "BR-CO-18": lambda root: [tax.getparent().remove(tax) for tax in root.findall(TAX, NAMES)],
    "BR-CO-19": lambda root: [root.find("cac:InvoicePeriod", NAMES).remove(day) for day in list(root.find("cac:InvoicePeriod", NAMES))],
    "BR-CO-21": without(f"{CHARGE}/cbc:AllowanceChargeReason"), "BR-CO-22": without(f"{CHARGE}/cbc:AllowanceChargeReason"), "BR-CO-25": without("cbc:DueDate"),
    "BR-CO-26": lambda root: (without(SELLER + "cac:PartyTaxScheme")(root), without(SELLER + "cac:PartyLegalEntity/cbc:CompanyID")(root)),
    "BR-S-01": without(TAX), "BR-S-02": without(SELLER + "cac:PartyTaxScheme"), "BR-S-05": with_text(CATEGORY + "Percent", "0"),
    "BR-S-08": with_text(f"{TAX}/cbc:TaxableAmount", "11.71"),
    "BR-S-10": with_more(f"{TAX}/cac:TaxCategory", "<cbc:TaxExemptionReason>x</cbc:TaxExemptionReason>"),
    "BR-E-01": without("cac:TaxTotal/cac:TaxSubtotal[2]"), "BR-E-02": without(SELLER + "cac:PartyTaxScheme"),
    "BR-E-05": with_text(f"{CHARGE}/cac:TaxCategory/cbc:Percent", "21"), "BR-E-08": with_text("cac:TaxTotal/cac:TaxSubtotal[2]/cbc:TaxableAmount", "1.34"),
    "BR-E-09": with_text("cac:TaxTotal/cac:TaxSubtotal[2]/cbc:TaxAmount", "0.01"), "BR-E-10": without(f"{EXEMPT}/cbc:TaxExemptionReason"),
    "BR-O-01": with_text(CATEGORY + "ID", "O"), "BR-O-11": with_text(f"{CHARGE}/cac:TaxCategory/cbc:ID", "O"), "BR-Z-01": with_text(CATEGORY + "ID", "Z"),
    "BR-O-02": with_text(CATEGORY + "ID", "O"), "BR-O-05": with_text(CATEGORY + "ID", "O"), "BR-Z-05": with_text(CATEGORY + "ID", "Z"),
    "BR-O-08": with_text(f"{EXEMPT}/cbc:ID", "O"), "BR-Z-08": with_text(f"{EXEMPT}/cbc:ID", "Z"), "BR-Z-10": with_text(f"{EXEMPT}/cbc:ID", "Z"),
    "BR-O-09": with_text(f"{TAX}/cac:TaxCategory/cbc:ID", "O"), "BR-Z-09": with_text(f"{TAX}/cac:TaxCategory/cbc:ID", "Z"),
    "BR-O-10": with_text(f"{TAX}/cac:TaxCategory/cbc:ID", "O"),
    "BR-CL-17": with_text(CATEGORY + "ID", "X"), "BR-DEC-09": with_text(TOTALS + "LineExtensionAmount", "11.700"),
    "BR-CL-03": with_attribute(TOTALS + "PayableAmount", "currencyID", "USD"), "UBL-ORDER": swapped, "UBL-EMPTY": with_text("cbc:BuyerReference", ""),
}
# the same question under several names: one fault shows them all
SAME = {"BR-S-03": "BR-S-02", "BR-S-04": "BR-S-02", "BR-E-03": "BR-E-02", "BR-E-04": "BR-E-02", "BR-S-06": "BR-S-05", "BR-S-07": "BR-S-05",
        "BR-E-06": "BR-E-05",
        "BR-E-07": "BR-E-05", "BR-O-12": "BR-O-11", "BR-O-13": "BR-O-11", "BR-O-14": "BR-O-11", "BR-CL-18": "BR-CL-17", "BR-CL-04": "BR-CL-03"}
UNHEARD = {"BR-Z-02", "BR-Z-03", "BR-Z-04", "BR-O-03", "BR-O-04", "BR-O-06", "BR-O-07", "BR-Z-06", "BR-Z-07", "BR-S-09"} | \
    {one for one in RULES if one.startswith("BR-DEC-") and one != "BR-DEC-09"}  # asked with another's question; S-09 is BR-CO-17


@pytest.fixture(scope="module")
def good(rig, owner):
    root = root_of(fetch(owner, make(rig, owner, f"F/{owner.contract}", [WATER], interest=135)))
    assert broken(root) == []
    return root


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_checker_finds_a_planted_fault(good, name):
    root = copy.deepcopy(good)
    FAULTS[name](root)
    assert name in broken(root)


def test_every_rule_has_its_fault():
    assert set(RULES) == set(FAULTS) | set(SAME) | UNHEARD
