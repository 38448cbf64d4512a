# SPDX-License-Identifier: Apache-2.0
"""What a request asks of the database, counted: its transactions and its statements, as the log at debug level names them.

Counts are the same on every machine and under every load, so they have upper bounds here; seconds are measured by
tests/load. docs/architecture.md, "The life of a request", walks through the same requests.
"""
import re

import pytest

import steps

pytestmark = pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row


class Traced:
    """What one request did: transactions ("read", "write") and statements, in order."""

    def __init__(self, lines):
        found = [match for match in (re.search(r"\] (transaction|statement) (\w+)", line) for line in lines) if match]
        self.transactions = [match[2] for match in found if match[1] == "transaction"]
        self.statements = [match[2] for match in found if match[1] == "statement"]

    def costs_at_most(self, transactions, statements):
        assert self.transactions == transactions, self.transactions
        assert 0 < len(self.statements) <= statements, f"{len(self.statements)}: {' '.join(self.statements)}"


@pytest.fixture(scope="module")
def talkative(rig):
    rig.configure("LogLevel waterportal:debug\n")
    yield rig
    rig.configure("")


@pytest.fixture
def visitor(talkative):
    """A customer whose login the portal knows by now: the first page of a login writes it down."""
    return steps.visitor(talkative)


def traced(rig, ask):
    offset = rig.error_log.stat().st_size
    return ask(), Traced(rig.log_since(offset))


def test_one_reading(talkative, visitor):
    """The page reads, and sending it reads once and writes once."""
    meter, last = next(iter(steps.meters(visitor).items()))
    page, shown = traced(talkative, lambda: visitor.get(steps.form_url(visitor)))
    form = steps.fill(page.form("readings"), {meter: last + 4000})
    page, sent = traced(talkative, lambda: visitor.submit(form, "submit", follow=False))
    assert page.status == 303, page
    page, receipt = traced(talkative, lambda: visitor.get(page.header("Location")))
    steps.receipt_of(page)
    shown.costs_at_most(["read"], 6)
    sent.costs_at_most(["read", "write"], 10)
    receipt.costs_at_most(["read"], 6)


@pytest.fixture
def invoices(talkative, visitor):
    """One with a single line, and one with forty."""
    names = {"T-cost-1": 1, "T-cost-40": 40}
    for name, lines in names.items():
        talkative.sql("INSERT INTO billing_invoice VALUES (?, ?, '2020-01-01', '2020-01-31', '2019-12-01', '2019-12-31', 1, 1, 2, 2)", name, visitor.contract)
        for line in range(lines):
            talkative.sql("INSERT INTO billing_invoice_line (invoice_no, line, service, text, quantity_l, price, net_c, vat_rate) "
                          "VALUES (?, ?, 'water', 'T', 1000, 11000, 1, 21)", name, line + 1)
    yield names
    for table in ("billing_invoice_line", "billing_invoice"):
        talkative.sql(f"DELETE FROM {table} WHERE invoice_no LIKE 'T-cost-%'")


def test_one_invoice_whatever_its_lines(talkative, visitor, invoices):
    counts = set()
    for number, lines in invoices.items():
        page, shown = traced(talkative, lambda: visitor.get(f"/portal/invoices/invoice?no={number}&view=xml"))
        assert page.status == 200 and page.text.count("<service t=\"text\">water</service>") == lines
        shown.costs_at_most(["read"], 6)
        counts.add(len(shown.statements))
    assert len(counts) == 1, counts


def test_a_form_sent_twice_leads_to_the_same_place(talkative, visitor):
    """The second time finds that it was done, makes no page, and leaves nothing."""
    meter, last = next(iter(steps.meters(visitor).items()))
    form = steps.fill(steps.readings_form(visitor), {meter: last + 4000})
    first = visitor.submit(form, "submit", follow=False)
    again, repeated = traced(talkative, lambda: visitor.submit(form, "submit", follow=False))
    assert (again.status, again.header("Location")) == (303, first.header("Location"))
    assert len(talkative.sql("SELECT 1 FROM portal_submission WHERE contract_no = ?", visitor.contract)) == 1
    assert len(talkative.sql("SELECT 1 FROM portal_reading WHERE meter_id = ?", meter)) == 1
    repeated.costs_at_most(["read", "write", "read"], 7)


@pytest.mark.parametrize("path, values, button, most", [
    ("tokens", {"name": "Excel"}, None, 9), ("erasure", {"understood": True}, "ask", 9), ("email", {"email": "costs@example.lv"}, None, 15),
    ("reminders", {"quiet": "none"}, None, 11)])
def test_a_form_that_is_right_makes_no_page(talkative, visitor, path, values, button, most):
    """A change costs what it takes to decide it, and nothing for a page that nobody sees."""
    filled = visitor.get(f"/portal/account/{path}").form(path).fill(values)
    page, sent = traced(talkative, lambda: visitor.submit(filled, button, follow=False))
    assert page.status == 303, page
    assert not any(name.endswith("_list") for name in sent.statements)
    sent.costs_at_most(["read", "write"], most)
