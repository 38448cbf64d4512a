# SPDX-License-Identifier: Apache-2.0
"""What an invoice is: one word for its state, and the same one wherever it is shown (sql/store/clauses.sql, invoice_state)."""
import io
import json
import pathlib
import re
import urllib.parse
import zipfile
from xml.etree import ElementTree

import pytest

import steps

PAST, AHEAD = "2020-01-31", "2099-12-31"
# name → (total, open according to billing, due, what the portal knows of a payment, state)
INVOICES = {"credit": (-500, -500, PAST, None, "credit"), "too-much": (1000, -20, AHEAD, None, "credit"), "credited": (-500, 0, PAST, None, "credited"),
            "paid": (1000, 0, PAST, None, "paid"), "posted": (1100, 1100, PAST, "posted", "paid"), "late": (1200, 1200, PAST, None, "overdue"),
            "late-part": (1300, 700, PAST, None, "overdue"), "way-late": (1400, 1400, PAST, "pending", "paying"),
            "way": (1500, 1500, AHEAD, "redirected", "paying"), "way-part": (1600, 600, AHEAD, "review", "paying"),
            "ordered": (1450, 1450, PAST, "created", "paying"), "left-alone": (1550, 1550, PAST, "lapsed", "overdue"),
            "failed": (1700, 1700, PAST, "failed", "overdue"), "part": (1800, 800, AHEAD, None, "part"), "open": (1900, 1900, AHEAD, None, "open")}
EXPECTED = {name: state for name, (*_, state) in INVOICES.items()}
TO_BE_PAID = {name: state for name, state in EXPECTED.items() if state in ("paying", "overdue", "part", "open")}


def pay(rig, browser, invoice, state, cents):
    """lapsed: an order that was never taken to a bank, and has ended by itself."""
    payment = steps.payment(rig, browser, {"posted": "confirmed", "lapsed": "created"}.get(state, state), cents)
    rig.sql("UPDATE portal_payment_item SET invoice_no = ?, posted_at = ? WHERE payment_id = ?", f"{invoice}/{browser.contract}",
            "2026-11-01T10:00:00Z" if state == "posted" else None, payment)
    if state == "created":
        rig.sql("UPDATE portal_payment SET expires_at = '2999-12-31T00:00:00Z' WHERE payment_id = ?", payment)


@pytest.fixture(scope="module")
def owner(rig):
    browser = steps.visitor(rig)
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)
    for name, (total, still, due, way, _) in INVOICES.items():
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, '2019-12-31', ?, '2019-12-01', '2019-12-31', ?, 0, ?, ?)", f"{name}/{browser.contract}", browser.contract, due, total, total,
                still)
        if way:
            pay(rig, browser, name, way, still)
    browser.token = steps.token(browser)
    yield browser
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)


def states(elements, browser, number="invoice_no"):
    """invoice → state, of rows that name an invoice."""
    return {row.findtext(number).removesuffix(f"/{browser.contract}"): row.findtext("state") for row in elements if row.findtext(number)}


def data(browser, path):
    return steps.document(browser, f"/portal/{path}").find("data")


def test_every_page_says_the_same(owner):
    contract = f"contract={owner.contract}"
    assert states(data(owner, f"overview/money?{contract}&from=2019-01").findall("invoice"), owner) == EXPECTED
    assert states(data(owner, f"overview/invoices.csv?{contract}&from=2019-01").findall("invoice"), owner) == EXPECTED
    listed = data(owner, f"invoices?{contract}")
    assert states(listed.findall("invoice"), owner) == EXPECTED
    assert states(listed.findall("due"), owner) == TO_BE_PAID
    assert states(data(owner, "payments/new?all=1" + "".join(f"&pick={urllib.parse.quote(f'{n}/{owner.contract}', safe='')}" for n in TO_BE_PAID))
                  .findall("invoice"), owner).items() <= TO_BE_PAID.items()
    for path in ("invoice", "print"):
        alone = {}
        for name in INVOICES:
            alone |= states([data(owner, f"invoices/{path}?no={urllib.parse.quote(f'{name}/{owner.contract}', safe='')}").find("invoice")], owner)
        assert alone == EXPECTED


def test_programs_and_the_download_of_own_data_say_the_same(rig, owner):
    page = rig.browser()._fetch("GET", f"{owner.base}/portal/api/v1/invoices", None, {"Authorization": f"Bearer {owner.token}"}, None)
    assert {row["invoice"].removesuffix(f"/{owner.contract}"): row["state"] for row in json.loads(page.body)["invoices"]} == EXPECTED
    with zipfile.ZipFile(io.BytesIO(owner.get("/portal/account/export.zip").body)) as files:
        rows = json.loads(files.read("data.json"))["invoices"]
    assert {row["invoice"].removesuffix(f"/{owner.contract}"): row["state"] for row in rows} == EXPECTED


def test_what_is_being_paid_is_neither_late_nor_to_be_paid_on_the_start_page(owner):
    found = data(owner, "home")
    shown = states(found.findall("invoice"), owner)
    assert shown.items() <= TO_BE_PAID.items() and len(shown) == 5
    to_pay = {name: INVOICES[name] for name, state in TO_BE_PAID.items() if state != "paying"}
    late = {name: row for name, row in to_pay.items() if row[4] == "overdue"}
    due = {name: int(found.findtext(f"due/{name}")) for name in ("count", "sum", "overdue", "overdue_sum")}
    assert due == {"count": len(to_pay), "sum": sum(row[1] for row in to_pay.values()), "overdue": len(late),
                   "overdue_sum": sum(row[1] for row in late.values())}
    assert int(data(owner, f"overview/money?contract={owner.contract}").findtext("balance/overdue")) == due["overdue_sum"]


def test_only_payments_under_way_leave_nothing_to_do(rig):
    """The start page called such an invoice late, and asked for its sum."""
    browser = steps.visitor(rig)
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)
    rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
            "VALUES (?, ?, '2019-12-31', ?, '2019-12-01', '2019-12-31', 1234, 0, 1234, 1234)", f"way/{browser.contract}", browser.contract, PAST)
    pay(rig, browser, "way", "pending", 1234)
    try:
        found = data(browser, "home")
        assert states(found.findall("invoice"), browser) == {"way": "paying"} and found.find("due") is None
        text = re.sub(r"<[^>]*>", "", browser.get("/portal/home").text)
        assert "Maksājums ceļā" in text and "Kavēts" not in text and "Maksāt visu" not in text
    finally:
        rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)


def test_no_other_word_is_allowed_in_a_document():
    """xslt/page.rng lists the states; this test has an invoice in each."""
    grammar = ElementTree.parse(pathlib.Path(__file__).resolve().parents[2] / "xslt/page.rng")
    states_, = (d for d in grammar.iter("{http://relaxng.org/ns/structure/1.0}define") if d.get("name") == "invoice-state")
    words = [value.text for value in states_.findall(".//{*}element/{*}choice/{*}value")]
    assert sorted(words) == sorted(set(EXPECTED.values()))
