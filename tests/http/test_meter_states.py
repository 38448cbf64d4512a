# SPDX-License-Identifier: Apache-2.0
"""What a meter is in the window: one word, and every page counts and asks by it (sql/store/clauses.sql, window_state)."""
import datetime
import re

import pytest

import steps

# name → (its row of billing_meter, its state)
METERS = {"missing": ({}, "missing"), "estimated": ({}, "missing"), "withdrawn": ({}, "missing"), "early": ({}, "missing"),
          "submitted": ({}, "submitted"), "read": ({}, "read"), "by-phone": ({}, "read"), "remote": ({"remote": 1}, "remote"),
          "removed": ({"removed_on": "2026-01-31"}, "removed"), "removed-remote": ({"remote": 1, "removed_on": "2026-01-31"}, "removed")}
EXPECTED = {name: state for name, (_, state) in METERS.items()}
MISSING = {name for name, state in EXPECTED.items() if state == "missing"}
SHOWN = {name: state for name, state in EXPECTED.items() if state != "removed"}


def install(rig, contract, name, remote=0, removed_on=None, verified_until=None):
    rig.sql("INSERT INTO billing_meter (meter_id, contract_no, point_id, serial, digits, decimals, remote, installed_on, removed_on, verified_until) "
            "VALUES (?, ?, ?, ?, 5, 3, ?, '2020-01-01', ?, ?)", f"{name}.{contract}", contract, f"{name}.{contract}", name, remote, removed_on, verified_until)


def know(rig, contract, name, day, kind):
    rig.sql("INSERT INTO billing_reading (reading_id, meter_id, read_on, value_l, kind) VALUES (?, ?, ?, 1000, ?)", f"{name}-{day}.{contract}",
            f"{name}.{contract}", day, kind)


def data(browser, path):
    return steps.document(browser, f"/portal/{path}").find("data")


def form_states(browser):
    return {m.findtext("serial"): m.get("window") for m in data(browser, f"readings?contract={browser.contract}").iter("meter")}


def counts(element):
    """(meters to be read by the person, those of them that are missing)"""
    return int(element.findtext("meters")), int(element.findtext("missing"))


def home_counts(browser, contract):
    return next((counts(c), int(c.findtext("remote"))) for c in data(browser, "home").findall("contract") if c.findtext("contract_no") == contract)


def bare(rig):
    """A customer whose only meters are the test's."""
    browser = steps.visitor(rig)
    rig.sql("DELETE FROM billing_reading WHERE meter_id IN (SELECT meter_id FROM billing_meter WHERE contract_no = ?)", browser.contract)
    rig.sql("DELETE FROM billing_meter WHERE contract_no = ?", browser.contract)
    return browser


@pytest.fixture(scope="module")
def owner(rig):
    browser = bare(rig)
    for name, (row, _) in METERS.items():
        install(rig, browser.contract, name, **row)
    begun = data(browser, f"readings?contract={browser.contract}").find("window").get("from")
    before = (datetime.date.fromisoformat(begun) - datetime.timedelta(1)).isoformat()
    for name, day, kind in (("estimated", begun, "estimated"), ("early", before, "customer"), ("read", begun, "read"), ("by-phone", begun, "staff")):
        know(rig, browser.contract, name, day, kind)
    steps.receipt_of(steps.submit(browser, {f"{name}.{browser.contract}": 2000 for name in ("submitted", "withdrawn")}))
    rig.sql("UPDATE portal_reading SET state = 'withdrawn' WHERE meter_id = ?", f"withdrawn.{browser.contract}")
    return browser


def test_the_form_says_of_each_meter_what_it_is(owner):
    assert form_states(owner) == SHOWN


def test_every_count_is_of_what_the_form_says(rig, owner):
    expected = sum(state != "remote" for state in SHOWN.values()), len(MISSING)
    assert home_counts(owner, owner.contract) == (expected, 1)
    home = data(owner, "home")
    assert {w.findtext("serial") for w in home.iter("wanted")} == MISSING
    assert [int(home.find("totals").get(name)) for name in ("meters", "missing", "remote")] == [*expected, 1]
    assert counts(data(owner, f"registration/done?contract={owner.contract}").find("contract")) == expected


def test_a_delegate_s_list_counts_the_same(rig, owner):
    delegate = steps.visitor(rig)
    steps.delegate(rig, owner, delegate, "submit")
    choose = steps.document(delegate, "/portal/readings").find("data")
    assert next(counts(c) for c in choose.findall("contract") if c.findtext("contract_no") == owner.contract) == home_counts(owner, owner.contract)[0]
    assert home_counts(delegate, owner.contract) == home_counts(owner, owner.contract)


def test_a_delegate_of_one_meter_counts_that_meter(rig, owner):
    for name in ("missing", "submitted", "remote"):
        delegate = steps.visitor(rig)
        steps.delegate(rig, owner, delegate, "submit", f"{name}.{owner.contract}")
        expected = (int(name != "remote"), int(name == "missing"))
        assert home_counts(delegate, owner.contract)[0] == expected
        choose = steps.document(delegate, "/portal/readings").find("data")
        assert next(counts(c) for c in choose.findall("contract") if c.findtext("contract_no") == owner.contract) == expected


def test_the_form_asks_for_what_is_missing_and_for_nothing_else(owner):
    """It asked for meters that the utility had just read, of which the start page said that nothing was missing."""
    form = steps.readings_form(owner)
    page = owner.submit(form, "submit")
    asked = {m.removesuffix(f".{owner.contract}") for m in re.findall(r'<li><a href="#value-([^"]*)"', page.text)}
    assert page.status == 422 and asked == MISSING
    assert page.text.count("Šī loga rādījums mums jau ir") == 2


def test_an_ended_contract_lacks_nothing(rig):
    browser = bare(rig)
    install(rig, browser.contract, "missing")
    try:
        assert home_counts(browser, browser.contract) == ((1, 1), 0)
        rig.sql("UPDATE billing_contract SET ended_on = '2026-01-31' WHERE contract_no = ?", browser.contract)
        assert home_counts(browser, browser.contract) == ((1, 0), 0) and form_states(browser) == {"missing": "ended"}
        assert counts(data(browser, f"registration/done?contract={browser.contract}").find("contract")) == (1, 0)
    finally:
        rig.sql("UPDATE billing_contract SET ended_on = NULL WHERE contract_no = ?", browser.contract)


def test_everybody_means_the_same_day_by_an_expired_verification(rig):
    browser = bare(rig)
    today = steps.document(browser, "/portal/home").get("today")
    yesterday = (datetime.date.fromisoformat(today) - datetime.timedelta(1)).isoformat()
    for name, until in (("gone", yesterday), ("last-day", today), ("none", None)):
        install(rig, browser.contract, name, verified_until=until)
    form = {m.findtext("serial") for m in data(browser, f"readings?contract={browser.contract}").iter("meter") if m.find("verification-expired") is not None}
    home = {v.findtext("serial"): v.findtext("expired") for v in data(browser, "home").findall("verification")}
    contract = data(browser, f"contracts/{browser.contract}")
    assert form == {"gone"} and home == {"gone": "1", "last-day": "0"}
    assert {m.findtext("serial") for m in contract.findall("meter") if m.findtext("expired") == "1"} == {"gone"}
    assert contract.findtext("meters/expired") == "1" and contract.findtext("meters/meters") == "3"
