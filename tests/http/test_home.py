# SPDX-License-Identifier: Apache-2.0
"""The start page: what needs attention first, what is going on, and one contract or three hundred."""
import re

import pytest

import portal
import steps


def data(browser, query=""):
    return steps.document(browser, "/portal/home" + query).find("data")


@pytest.fixture
def manager(rig):
    browser = rig.browser()
    portal.login(browser, "peteris")
    return browser


@pytest.fixture
def invoices(rig):
    """Three invoices of a customer nobody else uses: overdue, due and paid."""
    browser = steps.visitor(rig)
    rows = [("over", "2020-01-31", 3260), ("due", "2099-12-31", 2804), ("paid", "2020-02-28", 0)]
    for name, due, amount in rows:
        rig.sql("INSERT INTO billing_invoice VALUES (?, ?, '2020-01-01', ?, '2019-12-01', '2019-12-31', 1, 1, 2, ?)", f"T-{name}", browser.contract, due,
                amount)
    yield browser
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ? AND invoice_no LIKE ?", browser.contract, "T-%")


def test_overdue_money_comes_before_readings_and_those_before_what_is_due(rig, invoices):
    found = data(invoices)
    own = [i for i in found.iter("invoice") if i.findtext("invoice_no").startswith("T-")]
    assert [i.findtext("invoice_no") for i in own] == ["T-over", "T-due"]
    assert int(own[0].get("days")) < 0 < int(own[1].get("days"))
    assert int(found.find("due").findtext("sum")) >= 6064 and int(found.find("due").findtext("overdue_sum")) >= 3260
    text = invoices.get("/portal/home").text
    assert text.index("32,60") < text.index("Nodot rādījumus") < text.index("28,04")


@pytest.mark.parametrize("overdue", [1, 5])
def test_many_invoices_do_not_hide_the_readings(rig, invoices, overdue):
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", invoices.contract)
    for i in range(5):
        rig.sql("INSERT INTO billing_invoice VALUES (?, ?, '2020-01-01', ?, '2019-12-01', '2019-12-31', 1, 1, 2, 100)", f"T-{i}", invoices.contract,
                "2020-01-31" if i < overdue else "2099-12-31")
    tasks = re.findall(r'<li class="govuk-task-list__item.*?</li>', invoices.get("/portal/home").text, re.S)
    late = min(overdue, 3)
    assert [("Kavēts" in task, "readings?" in task) for task in tasks][:late + 1] == [(True, False)] * late + [(False, True)]
    assert len(tasks) == min(5, late + 1 + 5 - overdue)
    assert [f'id="task-{i + 1}-hint"' in task for i, task in enumerate(tasks)] == [True] * len(tasks)


def test_a_stranger_s_invoices_and_notices_are_not_there(rig, invoices):
    other = steps.visitor(rig)
    assert not [i for i in data(other).iter("invoice") if i.findtext("invoice_no").startswith("T-")]


def test_works_at_own_premises_are_told(rig):
    anna = rig.browser()
    portal.login(anna, "anna")
    assert [n.findtext("title") for n in data(anna).findall("notice")] == ["Hidrantu pārbaude"]
    assert data(steps.visitor(rig)).findall("notice") == []


def test_more_notices_than_are_shown_lead_to_all(rig):
    browser = steps.visitor(rig)
    premises = rig.sql("SELECT premises_id FROM billing_contract WHERE contract_no = ?", browser.contract)[0][0]
    for i in range(6):
        if i == 5:
            page = browser.get("/portal/home")
            assert page.text.count("Darbi Nr.") == 5 and "vēl citi paziņojumi" not in page.text
        rig.sql("INSERT INTO billing_notice (notice_id, kind, title, place, starts_at, ended) VALUES (?, 'planned', ?, 'Rīga', '2020-01-01T00:00:00Z', 0)",
                f"T-{i}", f"Darbi Nr. {i}")
        rig.sql("INSERT INTO billing_notice_premises (notice_id, premises_id) VALUES (?, ?)", f"T-{i}", premises)
    try:
        page = browser.get("/portal/home")
        assert page.text.count("Darbi Nr.") == 5
        all_of_them = browser.follow(page.link("vēl citi paziņojumi"))
        assert all_of_them.path == "/portal/public/outages"
    finally:
        rig.sql("DELETE FROM billing_notice_premises WHERE notice_id LIKE 'T-%'")
        rig.sql("DELETE FROM billing_notice WHERE notice_id LIKE 'T-%'")


def test_the_task_names_the_meters_that_miss_a_reading(rig):
    browser = steps.visitor(rig)
    meters = steps.meters(browser)
    named = lambda: {w.findtext("serial") for w in data(browser).iter("wanted")}
    serials = {serial for serial, in rig.sql("SELECT serial FROM billing_meter WHERE contract_no = ? AND removed_on IS NULL AND remote = 0", browser.contract)}
    assert named() == serials
    meter, last = next(iter(meters.items()))
    steps.submit(browser, {meter: last + 4000})
    done = rig.sql("SELECT serial FROM billing_meter WHERE meter_id = ?", meter)[0][0]
    assert named() == serials - {done}


def test_a_manager_sees_how_far_the_month_is(manager):
    found = data(manager)
    totals = {k: int(v) for k, v in found.find("totals").attrib.items()}
    assert totals["contracts"] == 4 and totals["meters"] + totals["remote"] == 300
    assert found.find("filter").get("state") == "missing"
    page = manager.get("/portal/home")
    assert f"Nodoti {300 - totals['missing']} no 300" in page.text and "wp-progress" in page.text


@pytest.mark.parametrize("sought, contracts", [
    ("brivibas", {"20-00300"}), ("LIELVĀRDES iela", {"20-00301"}), ("20-00302", {"20-00302"}),
    ("teikas nami", {"20-00300", "20-00301", "20-00302", "20-00303"}), ("zzz", set()), ("%", set()), ("_", set())])
def test_searching_is_forgiving(manager, sought, contracts):
    found = data(manager, "?state=all&q=" + portal.urlencode({"": sought})[1:])
    assert {c.findtext("contract_no") for c in found.iter("contract")} == contracts
    assert int(found.find("filter").get("found")) == len(contracts)


def test_a_meter_s_number_leads_to_its_contract(rig, manager):
    serial, contract = rig.sql("SELECT serial, contract_no FROM billing_meter WHERE contract_no = '20-00303' AND removed_on IS NULL ORDER BY serial LIMIT 1")[0]
    found = data(manager, f"?state=all&q={serial}")
    assert contract in {c.findtext("contract_no") for c in found.iter("contract")}
    foreign, = rig.sql("SELECT serial FROM billing_meter WHERE contract_no = '10-45101' AND removed_on IS NULL ORDER BY serial LIMIT 1")[0]
    assert data(manager, f"?state=all&q={foreign}").findall("contract") == []


def test_a_state_that_is_none_is_no_page(manager):
    assert manager.get("/portal/home?state=strange").status == 404
