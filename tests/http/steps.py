# SPDX-License-Identifier: Apache-2.0
"""What several tests do with the readings form."""
import re
import uuid
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, quote, urlsplit

import portal


def visitor(rig, login=portal.login, issuer="bank-a"):
    """A browser in which a customer nobody else uses is logged in: one contract, three meters, nothing submitted."""
    browser = rig.browser()
    rig.visitors = getattr(rig, "visitors", 0) + 1  # of the three hundred the demo data has
    assert rig.visitors <= 300, "no visitor is left: the demo data has three hundred for all tests of a run"
    browser.person = f"load{rig.visitors:04}"
    page = login(browser, browser.person, issuer, "/portal/readings")
    assert page.status == 200, page
    browser.contract = parse_qs(urlsplit(page.url).query)["contract"][0]
    return browser


def returning(rig, visitor, issuer="bank-a"):
    """The same customer in a browser of its own, with nothing done yet: the demo data's visitors are not many."""
    for table in ("portal_reading", "portal_submission", "portal_delegation", "portal_audit"):
        rig.sql(f"DELETE FROM {table} WHERE contract_no = ?", visitor.contract)
    rig.sql("DELETE FROM portal_outbox")
    rig.sql("DELETE FROM portal_allowance")
    browser = rig.browser()
    browser.person, browser.contract = visitor.person, visitor.contract
    portal.login(browser, browser.person, issuer)
    return browser


def code_of(rig, browser):
    """The visitor's person code, as the portal keeps it."""
    return rig.sql("SELECT p.person_code FROM portal_person_code p JOIN portal_account_contract c ON c.account_id = p.account_id "
                   "WHERE c.contract_no = ?", browser.contract)[0][0]


def delegate(rig, giver, receiver, level, meter=None, state="active"):
    """Writes down a right on the giver's contract, or on one meter of it; the delegation's id."""
    delegation = "t" + uuid.uuid4().hex[:19]
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", giver.contract)[0][0]
    point = rig.sql("SELECT point_id FROM billing_meter WHERE meter_id = ?", meter)[0][0] if meter else None
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, point_id, giver_account, giver_code, receiver_code, receiver_name, level, since, "
            "until, state, created_at) VALUES (?, ?, ?, ?, ?, ?, 'Delegate', ?, '2020-01-01', '2999-12-31', ?, '2020-01-01T00:00:00Z')",
            delegation, giver.contract, point, account, code_of(rig, giver), code_of(rig, receiver), level, state)
    return delegation


def document(browser, url):
    page = browser.get(url + ("&" if "?" in url else "?") + "view=xml")
    assert page.status == 200 and page.header("Content-Type").startswith("application/xml"), page
    return ET.fromstring(page.body)


def leads_to_step_up(page):
    """mod_auth_openidc sends to the chooser, for an eID: 2.4.12 with a page that refreshes, 2.4.17 with a redirect."""
    target = page.refresh if page.status == 200 else page.header("Location") if page.status == 302 else None
    return "/portal/public/login?" in (target or "") and "auth_request_params" in target


def form_url(browser):
    return f"/portal/readings?contract={quote(browser.contract)}"


def meters(browser):
    """The meters of the form that take a reading: id → last value in litres."""
    data = document(browser, form_url(browser)).find("data")
    return {m.get("id"): int(m.findtext("previous", "0")) for m in data.iter("meter") if m.get("remote") == "false"}


def cubic(litres):
    """As a customer types it: 43409 → 43,409"""
    return f"{litres // 1000},{litres % 1000:03}"


def readings_form(browser):
    page = browser.get(form_url(browser))
    assert page.status == 200, page
    return page.form("readings")


def fill(form, values):
    """values: meter → litres or text; the other meters are left for later."""
    for control in {c["name"] for c in form.controls}:
        if control.startswith("later."):
            form.fill({control: control.removeprefix("later.") not in values})
    for meter, value in values.items():
        form.fill({f"value.{meter}": value if isinstance(value, str) else cubic(value)})
    return form


def confirm_all(form):
    for control in form.controls:
        if control["name"].startswith("confirm."):
            control["checked"] = True
    return form


def submit(browser, values):
    """Submits values and confirms the questions; returns the page arrived at."""
    page = browser.submit(fill(readings_form(browser), values), "submit")
    if page.status == 422:
        page = browser.submit(confirm_all(page.form("readings")), "submit")
    return page


def receipt_of(page):
    assert page.status == 200 and "/readings/receipt/" in page.url, f"{page}: {' '.join(re.sub('<[^>]*>', ' ', page.text).split())[150:1800]}"
    return page.path.rsplit("/", 1)[1]


def stored(rig, meter):
    """What the portal keeps for a meter, oldest first: (value, state)."""
    return rig.sql("SELECT value_l, state FROM portal_reading WHERE meter_id = ? ORDER BY version", meter)


SCOPES = ("readings", "consumption", "invoices", "submit")


def token(browser, name="Programma", days=None, scopes=SCOPES[:3]):
    """An access token of the person, made in the browser. days: how long it lives."""
    form = browser.get("/portal/account/tokens").form("tokens").fill(name=name)
    form.fill({f"scope-{s}": s in scopes for s in SCOPES})
    if days:
        form.fill(days=str(days))
    page = browser.submit(form)
    assert page.status == 200, page
    return re.search(r"wpt_[a-z2-7]{40}", page.text)[0]


def invoice(rig, browser, cents=1210):
    """The number of an invoice of the contract: the latest, or one that is made."""
    found = rig.sql("SELECT max(invoice_no) FROM billing_invoice WHERE contract_no = ?", browser.contract)[0][0]
    if not found:
        found = f"26/{browser.contract}"
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, '2026-10-31', '2026-11-20', '2026-10-01', '2026-10-31', ?, 0, ?, ?)", found, browser.contract, cents, cents, cents)
    return found


def payment(rig, browser, state="confirmed", cents=1210, stamp=None):
    """A payment of the person's account that stands in the database, with one item; its id."""
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    identifier = "p" + uuid.uuid4().hex[:19].translate(str.maketrans("0189", "2345"))
    rig.sql("INSERT INTO portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, created_at, changed_at, "
            "expires_at) "
            "VALUES (?, ?, 'vk008', ?, ?, 'LV45DEMO0000000080008', 'WP1', ?, 0, '2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z', '2026-11-02T10:00:00Z')",
            identifier, account, stamp or str(uuid.uuid4().int)[:15], cents, state)
    rig.sql("INSERT INTO portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c) VALUES (?, 1, ?, ?, ?)", identifier, browser.contract,
            f"P-{identifier}", cents)
    return identifier
