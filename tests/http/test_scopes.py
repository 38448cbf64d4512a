# SPDX-License-Identifier: Apache-2.0
"""Every statement of account scope, run with somebody else's account, returns no row; run with the owner's, it returns one."""
import contextlib
import pathlib
import re
import sqlite3
import sys

import psycopg2
import pytest

import steps

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "rig" / "lib"))
import statements  # noqa: E402

STATEMENTS = [(s.name, s.arguments, s.text) for s in statements.of_the_portal() if s.scope == "account"]


def run(rig, text, values):
    if rig.driver == "sqlite3":
        with contextlib.closing(sqlite3.connect(rig.params)) as db:
            return db.execute(text, values).fetchall()
    with contextlib.closing(psycopg2.connect(rig.params)) as db, db.cursor() as cursor:
        cursor.execute(re.sub(r"(?<!:):(\w+)", r"%(\1)s", text.replace("%", "%%")), values)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def owner(rig):
    browser = steps.visitor(rig)
    meter, last = next(iter(steps.meters(browser).items()))
    # corrected once, so that there is an earlier version too
    steps.receipt_of(steps.submit(browser, {meter: last + 4000}))
    browser.receipt = steps.receipt_of(steps.submit(browser, {meter: last + 5000}))
    # and something of an earlier window that has not come back from billing
    account, earlier = account_of(rig, browser), "2026-01"
    rig.sql("INSERT INTO portal_submission VALUES (?, ?, ?, ?, ?, '2026-01-20T10:00:00Z')", f"early-{account}", f"R-early-{account}", account,
            browser.contract, earlier)
    rig.sql("INSERT INTO portal_reading (reading_id, submission_id, account_id, contract_no, meter_id, window_key, version, value_l, read_on, at, state) "
            "VALUES (?, ?, ?, ?, ?, ?, 1, ?, '2026-01-20', '2026-01-20T10:00:00Z', 'current')", f"early-{account}", f"early-{account}", account,
            browser.contract, meter, earlier, last)
    rig.sql("INSERT INTO billing_invoice VALUES ('T-scope', ?, '2020-01-01', '2020-01-31', '2019-12-01', '2019-12-31', 1, 1, 2, 2)", browser.contract)
    rig.sql("INSERT INTO billing_invoice_line (invoice_no, line, service, text, quantity_l, price, net_c, vat_rate) "
            "VALUES ('T-scope', 1, 'water', 'T', 1000, 11000, 1, 21)")
    rig.sql("INSERT INTO billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c) VALUES ('T-scope', 1, ?, 'T-scope', '2020-02-01', 1)",
            browser.contract)
    rig.sql("INSERT INTO billing_notice VALUES ('T-scope', 'outage', 'T', 'T', '2020-01-01T00:00:00Z', NULL, NULL, 0)")
    rig.sql("INSERT INTO billing_notice_premises SELECT 'T-scope', premises_id FROM billing_contract WHERE contract_no = ?", browser.contract)
    complete(rig, browser)
    # gave a right, whose delegate looked, and was given one
    browser.receiver = steps.visitor(rig)
    browser.delegation = steps.delegate(rig, browser, browser.receiver, "read")
    browser.receiver.get(f"/portal/readings/history?contract={browser.contract}")
    browser.received = steps.delegate(rig, browser.receiver, browser, "read")
    yield browser
    for table, key in (("billing_payment", "payment_id"), ("billing_invoice_line", "invoice_no"), ("billing_invoice", "invoice_no"),
                       ("billing_notice_premises", "notice_id"), ("billing_notice", "notice_id")):
        rig.sql(f"DELETE FROM {table} WHERE {key} = 'T-scope'")


def complete(rig, owner):
    """What a user of the load tests does not have: a swapped meter, somebody who represents him, somebody with a right."""
    account, point = account_of(rig, owner), rig.sql("SELECT min(point_id) FROM billing_meter WHERE contract_no = ?", owner.contract)[0][0]
    owner.act = rig.sql("SELECT max(t.act_no) FROM billing_act t JOIN billing_act_meter m ON m.act_no = t.act_no WHERE t.contract_no = ?",
                        owner.contract)[0][0]
    rig.sql("INSERT INTO billing_meter (meter_id, contract_no, point_id, serial, digits, decimals, remote, installed_on, removed_on) "
            "VALUES (?, ?, ?, '1', 5, 3, 0, '2020-01-01', '2021-01-01')", f"old-{account}", owner.contract, point)
    rig.sql("INSERT INTO billing_representative (customer_no, person_code, since) SELECT customer_no, ?, '2020-01-01' FROM billing_contract "
            "WHERE contract_no = ?", f"PNOLV-{account}", owner.contract)
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, giver_account, receiver_code, receiver_name, level, since, until, state, "
            "created_at) VALUES (?, ?, ?, 'PNOLV-x', 'X', 'read', '2020-01-01', '2999-12-31', 'active', '2020-01-01T00:00:00Z')",
            f"d-{account}", owner.contract, account)


@pytest.fixture(scope="module")
def other(rig):
    return steps.visitor(rig)


def account_of(rig, browser):
    return rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]


def values_of(rig, owner):
    """What a page of the owner binds. A new argument must be added here, with the owner's value for it."""
    submitted, window = rig.sql("SELECT submitted_at, window_key FROM portal_submission WHERE receipt_no = ?", owner.receipt)[0]
    points = rig.sql("SELECT DISTINCT point_id FROM billing_meter WHERE contract_no = ?", owner.contract)
    return {"act": owner.act, "no": "T-scope", "kind": None, "year": None, "meter": None, "period_from": "2026-01-01", "period_until": submitted[:10],
            "history_until": submitted[:10], "account": account_of(rig, owner), "contract": owner.contract, "receipt": owner.receipt, "today": submitted[:10],
            "window_key": window, "window_from": window + "-01", "history_from": "0000-01-01", "from": "0000-01-01", "until": "9999-12-31", "right": 127,
            "serial": "%", "now": submitted, "soon": "9999", "soon_day": "9999-12-31", "size": 1000, "skip": 0,
            "delegation": owner.delegation, "code": steps.code_of(rig, owner), "receiver": steps.code_of(rig, owner.receiver), "point": None, "whole": 0,
            "issued_from": "0000-01-01", "issued_until": "9999-12-31", "paid_from": "0000-01-01", "paid_until": "9999-12-31",
            "now": submitted, "day_ago": "2020-01-01T00:00:00Z", "numbers": 1, "house": 0, "mark": "\n", "meters": "\n",
            "points": "\n" + "\n".join(point for point, in points) + "\n"}


@pytest.mark.parametrize("name, arguments, text", STATEMENTS, ids=[s[0] for s in STATEMENTS])
def test_only_the_owner_sees_it(rig, owner, other, name, arguments, text):
    values = values_of(rig, owner) | ({"delegation": owner.received} if name == "delegation_received" else {})
    own = run(rig, text, {argument: values[argument] for argument in arguments})
    assert own, f"{name} shows nothing to its owner: this test could not fail"
    values["account"] = account_of(rig, other)
    foreign = run(rig, text, {argument: values[argument] for argument in arguments})
    if {"contract", "receipt", "act", "delegation", "no"} & arguments.keys():
        assert foreign == []
    else:  # a list of what somebody has
        assert not {owner.contract, owner.receipt, owner.delegation} & {cell for row in foreign for cell in row}, foreign


def test_there_are_such_statements():
    assert len(STATEMENTS) >= 9
