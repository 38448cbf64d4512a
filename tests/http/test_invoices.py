# SPDX-License-Identifier: Apache-2.0
"""Invoices: what is due first, one invoice with what explains it, on paper, as an e-invoice, and as a code to pay by."""
import re
import subprocess
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

import pytest
from lxml import etree

import portal
import steps
from test_documents import GRAMMAR

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"


@pytest.fixture(scope="module")
def janis(rig):
    browser = rig.browser()
    portal.login(browser, "janis")
    return browser


@pytest.fixture(scope="module")
def owner(rig):
    return steps.visitor(rig)


def document(browser, number, view="invoice"):
    page = browser.get(f"/portal/invoices/{view}?no={quote(number, safe='')}&view=xml")
    assert page.status == 200, page
    return etree.fromstring(page.body)


def make(rig, browser, number, lines, issued="2026-10-31", period=("2026-10-01", "2026-10-31"), open_c=None):
    """lines: (service, meter, litres, price, net, rate)"""
    net = sum(line[4] for line in lines)
    rates = {rate: sum(line[4] for line in lines if line[5] == rate) for rate in {line[5] for line in lines}}
    vat = sum(int((Decimal(n) * rate / 10000).quantize(Decimal(1), ROUND_HALF_UP)) for rate, n in rates.items())
    rig.sql("DELETE FROM billing_invoice WHERE invoice_no = ?", number)
    rig.sql("DELETE FROM billing_invoice_line WHERE invoice_no = ?", number)
    rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
            "VALUES (?, ?, ?, '2026-11-20', ?, ?, ?, ?, ?, ?)", number, browser.contract, issued, *period, net, vat, net + vat,
            net + vat if open_c is None else open_c)
    for n, (service, meter, litres, price, amount, rate) in enumerate(lines, 1):
        rig.sql("INSERT INTO billing_invoice_line (invoice_no, line, service, meter_id, quantity_l, price, net_c, vat_rate) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                number, n, service, meter, litres, price, amount, rate)
    return number


# --- the list ---

def test_what_is_due_comes_first_and_the_longest_due_before(rig, janis):
    page = steps.document(janis, "/portal/invoices")
    due = page.findall("data/due")
    order = [(1 - int(d.findtext("own")), int(d.get("days"))) for d in due]
    assert order == sorted(order) and order[0] < (0, 0) and order[-1][0] == 1 and len(due) == 3, "those of others last"
    assert sum(int(d.findtext("open")) for d in due) == int(page.findtext("data/balance/open"))
    assert page.findtext("data/balance/credit") == "2500"
    text = janis.get("/portal/invoices").text
    assert text.index("Apmaksai") < text.index("Visi rēķini") and "Pārmaksa" in text and "Maksāt atzīmētos" in text


def test_ticked_invoices_are_what_is_paid(janis):
    page = janis.get("/portal/invoices")
    form = next(f for f in page.forms if f.action.endswith("/payments/new"))
    chosen = [value for name, value in form.data() if name == "pick"]
    boxes = [c for c in form.controls if c["name"] == "pick"]
    assert len(chosen) == 2 and len(boxes) == 3, "nobody pays for others without having ticked it"
    for box in boxes:
        box["checked"] = True
    answer = janis.submit(form)
    assert answer.path == "/portal/payments/new" and all(f"amount.{key(box['value'])}" in answer.form().names() for box in boxes)


def test_pay_all_pays_ones_own(janis):
    """Invoices of others are on the page, apart and unticked, with whose they are; they are paid only when they are added."""
    document = steps.document(janis, "/portal/invoices")
    own, others = ([d for d in document.findall("data/due") if d.findtext("own") == flag] for flag in "10")
    total = sum(int(d.findtext("open")) for d in own)
    assert own and others and document.findtext("data/to_pay/sum") == str(total)
    holder, number = others[0].findtext("holder"), others[0].findtext("invoice_no")
    assert holder not in ("", own[0].findtext("holder"))
    page = janis.get("/portal/invoices")
    assert f"{holder}: " in page.text and janis.get("/portal/home").text.count("Maksāt visu") == 1
    page = janis.get(page.link("Maksāt visu"))
    choice = steps.document(janis, "/portal/payments/new?all=1")
    assert {i.findtext("invoice_no") for i in choice.findall("data/invoice")} == {d.findtext("invoice_no") for d in own}
    assert choice.find("data/total").get("cents") == str(total)
    assert [i.findtext("holder") for i in choice.findall("data/others/invoice")] == [d.findtext("holder") for d in others]
    form = next(f for f in page.forms if number in [c["value"] for c in f.controls])
    assert number not in dict((v, n) for n, v in form.data())
    next(c for c in form.controls if c["value"] == number)["checked"] = True
    page = janis.submit(form)
    assert f"amount.{key(number)}" in page.form().names() and holder in page.text
    assert len([n for n in page.form().names() if n.startswith("amount.")]) == len(own) + 1


def key(invoice):
    return re.sub(r"[^0-9A-Za-z.-]", lambda m: f"_{ord(m[0]):02X}", invoice)


def test_by_contract_and_year(janis):
    one = steps.document(janis, "/portal/invoices?contract=10-45110&year=2025")
    assert {i.findtext("contract_no") for i in one.findall("data/invoice")} == {"10-45110"}
    assert {i.findtext("issued_on")[:4] for i in one.findall("data/invoice")} == {"2025"}
    wrong = janis.get("/portal/invoices?year=1999")
    assert wrong.status == 200 and "Visi rēķini" in wrong.text and re.search(r'<a href="#year">', wrong.text)


def test_nothing_due_and_nothing_yet(rig, owner):
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", owner.contract)
    page = owner.get("/portal/invoices")
    assert "Viss ir samaksāts" in page.text and "Rēķinu te vēl nav" in page.text and "Maksāt visu" not in page.text


def test_three_hundred_due_stay_usable(rig, owner):
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", owner.contract)
    for n in range(130):
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, '2026-10-31', '2026-11-20', '2026-10-01', '2026-10-31', 100, 0, 100, 100)", f"M{n:03}/{owner.contract}", owner.contract)
    page = steps.document(owner, f"/portal/invoices?contract={owner.contract}")
    assert len(page.findall("data/due")) == 100 and page.find("data/more") is not None and page.findtext("data/balance/open") == "13000"
    assert "130 rēķini" in owner.get("/portal/payments/new?all=1").text
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", owner.contract)


# --- one invoice ---

def test_lines_readings_and_vat_are_those_of_billing(rig, janis):
    number = rig.sql("SELECT max(invoice_no) FROM billing_invoice WHERE contract_no = '10-45110' AND issued_on < '2026-11-01'")[0][0]
    data = document(janis, number).find("data")
    stored = rig.sql("SELECT line, service, quantity_l, price, net_c FROM billing_invoice_line WHERE invoice_no = ? ORDER BY line", number)
    shown = [(int(l.findtext("line")), l.findtext("service"), int(l.findtext("quantity")), int(l.findtext("price")), int(l.findtext("net")))
             for l in data.findall("line")]
    assert shown == [tuple(row) for row in stored]
    for line in data.findall("line"):
        assert line.get("readings") == "true" and int(line.findtext("to")) - int(line.findtext("from")) == int(line.findtext("quantity"))
        assert line.findtext("computed") == line.findtext("net"), "recomputed to the cent"
    assert sum(int(v.get("vat")) for v in data.findall("vat")) == int(data.findtext("invoice/vat"))
    assert sum(int(v.get("net")) for v in data.findall("vat")) == int(data.findtext("invoice/net"))
    page = janis.get(f"/portal/invoices/invoice?no={quote(number, safe='')}")
    assert "Kāpēc tik?" in page.text and "???" not in page.text and "Rēķinā ir" not in page.text


def test_every_invoice_of_the_demo_adds_up(rig, janis):
    """Sum of lines and VAT of each rate are the invoice's; each line is what its tariffs make."""
    numbers = [n for n, in rig.sql("SELECT invoice_no FROM billing_invoice WHERE contract_no = '10-45110' ORDER BY issued_on DESC LIMIT 24")]
    for number in numbers:
        data = document(janis, number).find("data")
        head = data.find("invoice")
        assert sum(int(l.findtext("net")) for l in data.findall("line")) == int(head.findtext("net"))
        assert sum(int(v.get("vat")) for v in data.findall("vat")) == int(head.findtext("vat")), number
        assert int(head.findtext("net")) + int(head.findtext("vat")) == int(head.findtext("total"))


def test_a_difference_is_shown_and_a_change_of_tariff_is_split_by_days(rig, owner):
    group, = rig.sql("SELECT tariff_group FROM billing_service WHERE contract_no = ? AND service = 'water'", owner.contract)[0]
    meter, = rig.sql("SELECT min(meter_id) FROM billing_meter WHERE contract_no = ? AND removed_on IS NULL", owner.contract)[0]
    rig.sql("INSERT INTO billing_tariff (service, tariff_group, since, price, vat_rate) VALUES ('water', ?, '2031-03-11', 20000, 2100)", group)
    rig.sql("INSERT INTO billing_tariff (service, tariff_group, since, price, vat_rate) VALUES ('water', ?, '2031-03-01', 10000, 2100)", group)
    try:
        number = make(rig, owner, f"S/{owner.contract}", [("water", meter, 31000, 20000, 6200, 2100)], "2031-04-04", ("2031-03-01", "2031-03-31"))
        line = document(owner, number).find("data/line")
        parts = [(p.findtext("from"), p.findtext("until"), int(p.findtext("quantity")), int(p.findtext("price"))) for p in line.findall("part")]
        assert parts == [("2031-03-01", "2031-03-10", 10000, 10000), ("2031-03-11", "2031-03-31", 21000, 20000)]
        assert line.findtext("computed") == "5200" and line.findtext("net") == "6200"
        assert "Rēķinā ir" in owner.get(f"/portal/invoices/invoice?no={quote(number, safe='')}").text
    finally:
        rig.sql("DELETE FROM billing_tariff WHERE since >= '2031'")


def test_payments_are_shown_with_the_invoice(rig, owner):
    number = make(rig, owner, f"P/{owner.contract}", [("water", None, 1000, 11700, 117, 2100)])
    rig.sql("INSERT INTO billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c) VALUES (?, 1, ?, ?, '2026-11-05', 42)",
            f"B/{owner.contract}", owner.contract, number)
    data = document(owner, number).find("data")
    assert [(p.findtext("paid_on"), p.findtext("amount"), p.findtext("pending")) for p in data.findall("payment")] == [("2026-11-05", "42", "0")]
    rig.sql("DELETE FROM billing_payment WHERE contract_no = ?", owner.contract)


def test_a_penalty_is_outside_vat(rig, owner):
    number = make(rig, owner, f"L/{owner.contract}", [("water", None, 10000, 11700, 1170, 2100), ("penalty", None, None, None, 250, 0)])
    vats = {v.get("category"): (v.get("net"), v.get("vat")) for v in document(owner, number).findall("data/vat")}
    assert vats == {"S": ("1170", "246"), "E": ("250", "0")}
    assert "Līgumsods" in owner.get(f"/portal/invoices/invoice?no={quote(number, safe='')}").text


def test_paper_and_pages_follow_the_grammar(rig, owner, janis):
    number = make(rig, owner, f"G/{owner.contract}", [("water", None, 10000, 11700, 1170, 2100)])
    for view in ("invoice", "print"):
        assert GRAMMAR.validate(document(owner, number, view)), GRAMMAR.error_log
    for path in ("/invoices", "/invoices?year=2025", "/invoices?contract=10-45110"):
        assert GRAMMAR.validate(etree.fromstring(janis.get(f"/portal{path}", headers={"Accept": "application/xml"}).body)), GRAMMAR.error_log
    paper = owner.get(f"/portal/invoices/print?no={quote(number, safe='')}")
    for words in ("SIA „Pilsētas ūdens”", "40000000008", "LV40000000008", "LV45DEMO0000000080008", "10,000", "11,70", "2,46", "14,16"):
        assert words in paper.text, words


# --- e-invoice ---

def ubl(browser, number):
    page = browser.get(f"/portal/invoices/ubl.xml?no={quote(number, safe='')}")
    assert page.status == 200 and page.header("Content-Type").startswith("application/xml") and page.text.startswith("<?xml")
    return etree.fromstring(page.body)


def amount(node, path):
    found = node.find(path)
    assert found.get("currencyID") == "EUR"
    return Decimal(found.text)


def check_arithmetic(invoice):
    """EN 16931: BR-CO-10, 13, 14, 15, 16, 17 and the lines' own."""
    lines = invoice.findall(f"{CAC}InvoiceLine") + invoice.findall(f"{CAC}CreditNoteLine")
    totals = invoice.find(f"{CAC}LegalMonetaryTotal")
    tax = invoice.find(f"{CAC}TaxTotal")
    net = amount(totals, f"{CBC}LineExtensionAmount")
    assert net == sum(amount(l, f"{CBC}LineExtensionAmount") for l in lines)
    assert amount(totals, f"{CBC}TaxExclusiveAmount") == net
    vat = amount(tax, f"{CBC}TaxAmount")
    assert vat == sum(amount(s, f"{CBC}TaxAmount") for s in tax.findall(f"{CAC}TaxSubtotal"))
    assert amount(totals, f"{CBC}TaxInclusiveAmount") == net + vat == amount(totals, f"{CBC}PayableAmount")
    for sub in tax.findall(f"{CAC}TaxSubtotal"):
        rate = Decimal(sub.findtext(f"{CAC}TaxCategory/{CBC}Percent"))
        assert amount(sub, f"{CBC}TaxAmount") == (amount(sub, f"{CBC}TaxableAmount") * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    for line in lines:
        quantity = Decimal((line.findtext(f"{CBC}InvoicedQuantity") or line.findtext(f"{CBC}CreditedQuantity")))
        price = amount(line, f"{CAC}Price/{CBC}PriceAmount")
        assert abs(quantity * price - amount(line, f"{CBC}LineExtensionAmount")) <= Decimal("0.01")
        assert quantity >= 0 and price >= 0, "BR-27"


def test_every_e_invoice_of_the_demo_adds_up(rig, janis):
    for number, in rig.sql("SELECT invoice_no FROM billing_invoice WHERE contract_no = '10-45110' ORDER BY issued_on DESC LIMIT 24"):
        check_arithmetic(ubl(janis, number))


def test_the_business_terms(rig, janis):
    number, = rig.sql("SELECT max(invoice_no) FROM billing_invoice WHERE contract_no = '10-45110'")[0]
    invoice = ubl(janis, number)
    assert etree.QName(invoice).localname == "Invoice" and invoice.findtext(f"{CBC}ID") == number and invoice.findtext(f"{CBC}InvoiceTypeCode") == "380"
    assert invoice.findtext(f"{CBC}CustomizationID").startswith("urn:cen.eu:en16931:2017") and invoice.findtext(f"{CBC}DocumentCurrencyCode") == "EUR"
    for name in ("IssueDate", "DueDate", "BuyerReference"):
        assert invoice.findtext(f"{CBC}{name}"), name
    seller = invoice.find(f"{CAC}AccountingSupplierParty/{CAC}Party")
    assert seller.find(f"{CBC}EndpointID").get("schemeID") == "0218" and seller.findtext(f"{CAC}PartyTaxScheme/{CBC}CompanyID") == "LV40000000008"
    assert seller.findtext(f"{CAC}PartyLegalEntity/{CBC}RegistrationName") == "SIA „Pilsētas ūdens”"
    assert invoice.findtext(f"{CAC}AccountingCustomerParty/{CAC}Party/{CAC}PartyLegalEntity/{CBC}RegistrationName") == "Jānis Ozols-Kalniņš"
    means = invoice.find(f"{CAC}PaymentMeans")
    assert means.findtext(f"{CBC}PaymentMeansCode") == "30" and means.findtext(f"{CAC}PayeeFinancialAccount/{CBC}ID") == "LV45DEMO0000000080008"


def test_a_credit_note_is_one(rig, owner):
    number = make(rig, owner, f"K/{owner.contract}", [("water", None, -10000, 11700, -1170, 2100)], open_c=0)
    note = ubl(owner, number)
    assert etree.QName(note).localname == "CreditNote" and note.findtext(f"{CBC}CreditNoteTypeCode") == "381" and note.find(f"{CBC}DueDate") is None
    check_arithmetic(note)
    assert "Kredītrēķins" in owner.get(f"/portal/invoices/invoice?no={quote(number, safe='')}").text


# --- the code ---

def test_the_code_asks_for_this_payment(rig, owner, tmp_path):
    """Read back from the picture: EPC069-12."""
    number = make(rig, owner, f"Q/{owner.contract}", [("water", None, 10000, 11700, 1170, 2100)])
    code = document(owner, number).find("data/qr")
    size = int(code.get("size"))
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.get("path")):
        dark.update((int(x) + i, int(y)) for i in range(int(width)))
    scale, quiet = 6, 4
    side = (size + 2 * quiet) * scale
    picture = tmp_path / "code.pgm"
    picture.write_bytes(f"P5 {side} {side} 255\n".encode() + bytes(0 if (x // scale - quiet, y // scale - quiet) in dark else 255 for y in range(side)
                                                                   for x in range(side)))
    read = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, check=True).stdout.decode()
    assert read.endswith("\n") and not read.endswith("\n\n"), "zbarimg ends with a line end of its own; the code has none"
    lines = read.removesuffix("\n").split("\n")
    assert lines[:9] == ["BCD", "002", "1", "SCT", "DEMOLV22", "SIA „Pilsētas ūdens”", "LV45DEMO0000000080008", "EUR14.16", ""]
    assert code.get("reference") in lines[9:] and len(read.encode()) <= 331
    page = owner.get(f"/portal/invoices/invoice?no={quote(number, safe='')}")
    assert 'role="img"' in page.text and code.get("reference") in re.sub(r"<svg.*?</svg>", "", page.text, flags=re.S), "the same in words"


def test_nothing_to_pay_has_no_code(rig, owner):
    number = make(rig, owner, f"N/{owner.contract}", [("water", None, 10000, 11700, 1170, 2100)], open_c=0)
    data = document(owner, number).find("data")
    assert data.find("qr") is None and data.find("payable") is None


# --- who sees it ---

def test_foreign_and_unknown_look_the_same(rig, owner, janis):
    number, = rig.sql("SELECT max(invoice_no) FROM billing_invoice WHERE contract_no = '10-45110'")[0]
    for view in ("invoice", "print", "ubl.xml"):
        answers = [owner.get(f"/portal/invoices/{view}?no={quote(n, safe='')}") for n in (number, "26/none", "' OR 1=1 --")]
        assert {(a.status, a.title) for a in answers} == {(404, answers[0].title)}
    assert owner.get("/portal/invoices/invoice").status == 404


@pytest.mark.parametrize("level, status", [("read", 200), ("submit", 404), ("pay", 200), ("full", 200)])
def test_a_delegate_sees_invoices_by_the_right(rig, owner, level, status):
    other = steps.visitor(rig)
    number = make(rig, owner, f"D/{owner.contract}", [("water", None, 10000, 11700, 1170, 2100)])
    delegation = steps.delegate(rig, owner, other, level)
    try:
        page = other.get(f"/portal/invoices/invoice?no={quote(number, safe='')}")
        assert page.status == status
        assert (number in other.get("/portal/invoices").text) == (status == 200)
        assert ("Maksāt šo rēķinu" in page.text) == (level in ("pay", "full"))
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)
