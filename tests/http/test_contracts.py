# SPDX-License-Identifier: Apache-2.0
"""Contracts: the list, one contract, its papers; who sees what of it."""
import datetime
import re

import pytest

import portal
import steps


def data(browser, url):
    return steps.document(browser, url).find("data")


def texts(node, path):
    return [one.text for one in node.findall(path)]


@pytest.fixture(scope="module")
def liga(rig):
    """Two contracts: a flat with a swap and a rollover, and a bakery that she represents."""
    browser = rig.browser()
    portal.login(browser, "liga", "bank-a")
    return browser


@pytest.fixture(scope="module")
def manager(rig):
    """Four houses with 300 meters."""
    browser = rig.browser()
    portal.login(browser, "peteris", "bank-a")
    return browser


# --- the list ---

def test_the_only_contract_is_shown_at_once(rig):
    browser = steps.visitor(rig)
    page = browser.get("/portal/contracts")
    assert page.path == f"/portal/contracts/{browser.contract}" and page.status == 200


@pytest.mark.parametrize("find, found", [
    ("", 4), ("20-00302", 1), ("BRIVIBAS 214", 1), ("brīvības gatve", 1), ("lielvardes", 1), ("teikas nami", 4), ("gatve iela", 0), ("%", 0), ("  ", 4),
    ("20\u201000302", 1), ("20\u221200302\u200b", 1), ("\uff12\uff10-00302", 1), ("bri\u0304vi\u0304bas\u00a0gatve", 1), ("brīvī\u00adbas gatve\ufeff", 1),
    ("2000302", 1), ("Nr. 20-00302", 1), ("№ 20 00302", 1), ("20/00302", 1), ("20-0030", 4), ("99-00302", 0)])
def test_the_list_is_searched_as_people_write(manager, find, found):
    page = steps.document(manager, "/portal/contracts?find=" + portal.urlencode({"": find})[1:])
    shown = page.find("data")
    assert int(shown.findtext("found")) == found == len(shown.findall("contract"))
    assert int(shown.findtext("all")) == 4
    assert page.find("filter/field").get("value") == find


def test_a_search_that_is_too_long_is_explained(manager):
    page = manager.get("/portal/contracts?find=" + "a" * 61)
    assert page.status == 200 and page.title.startswith("Kļūda: ")
    assert "Saīsiniet tekstu" in page.text and "Brīvības gatve 214" in page.text


def test_the_list_is_paged_and_keeps_the_search(rig, manager):
    """45 contracts more for the company."""
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = '20-00300'")[0][0]
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = '20-00300'")[0][0]
    try:
        for n in range(45):
            rig.sql("INSERT INTO billing_premises (premises_id, address, locality) VALUES (?, ?, 'Ķekava')", f"paged-{n}", f"Šķērsiela {n:02}")
            rig.sql("INSERT INTO billing_contract (contract_no, customer_no, premises_id, signed_on) VALUES (?, ?, ?, '2020-01-01')",
                    f"77-{n:05}", customer, f"paged-{n}")
            rig.sql("INSERT INTO portal_account_contract (account_id, contract_no, basis, registered_at) VALUES (?, ?, 'representative', "
                    "'2020-01-01T00:00:00Z')", account, f"77-{n:05}")
        url, seen = "/portal/contracts?find=skersiela&page=1", []
        while url:
            shown = data(manager, url)
            assert shown.findtext("found") == "45"
            seen += texts(shown, "contract/contract_no")
            url = shown.find("paging").get("href-next")
        assert seen == [f"77-{n:05}" for n in range(45)]
    finally:
        rig.sql("DELETE FROM portal_account_contract WHERE contract_no LIKE ?", "77-%")
        rig.sql("DELETE FROM billing_contract WHERE contract_no LIKE ?", "77-%")
        rig.sql("DELETE FROM billing_premises WHERE premises_id LIKE ?", "paged-%")


# --- one contract ---

def test_everything_about_the_contract(rig, liga):
    shown = data(liga, "/portal/contracts/10-45133")
    head = shown.find("contract")
    expected = rig.sql("SELECT c.signed_on, c.payment_reference, c.delivery, c.delivery_to, c.boundary, p.cadastre_no FROM billing_contract c "
                       "JOIN billing_premises p ON p.premises_id = c.premises_id WHERE c.contract_no = '10-45133'")[0]
    assert [head.findtext(x) for x in ("signed_on", "payment_reference", "delivery", "delivery_to", "boundary", "cadastre_no")] == list(expected)
    assert head.findtext("holder") == "Līga Šķēle" and head.findtext("address") == "Ģertrūdes iela 61–9"
    assert [(s.findtext("service"), s.findtext("price"), s.findtext("gross"), s.findtext("tariff_since")) for s in shown.findall("service")] == [
        ("water", "11700", "142", "2024-03-01"), ("sewage", "9700", "117", "2024-03-01")]
    # what was in force when the contract began, and all since
    assert texts(shown, "tariff[service='water']/since") == ["2024-03-01", "2023-06-01", "2022-10-01", "2022-06-01", "2017-01-01"]
    meters = shown.findall("meter")
    assert texts(shown, "meter/place") == ["Aukstais ūdens", "Karstais ūdens"]
    swapped = meters[0]
    old, end = rig.sql("SELECT m.meter_id, b.value_l FROM billing_meter m JOIN billing_reading b ON b.meter_id = m.meter_id "
                       "WHERE m.contract_no = '10-45133' AND m.removed_on IS NOT NULL AND b.kind = 'swap_end'")[0]
    assert (swapped.findtext("device/meter_id"), int(swapped.findtext("device/end"))) == (old, end)
    seal = rig.sql("SELECT seal_no FROM billing_seal WHERE meter_id = ? AND removed_on IS NULL", swapped.findtext("meter_id"))
    assert texts(swapped, "seal/seal_no") == [no for no, in seal] and len(seal) == 1
    act = liga.get("/portal/acts/" + swapped.findtext("device/act_no"))
    assert act.status == 200 and "Skaitītāja maiņas akts" in act.text


def test_the_last_reading_is_what_was_submitted_last(rig):
    browser = steps.visitor(rig)
    meter, last = next(iter(steps.meters(browser).items()))
    url = f"/portal/contracts/{browser.contract}"
    assert data(browser, url).find(f"meter[meter_id='{meter}']").findtext("last") == str(last)
    steps.receipt_of(steps.submit(browser, {meter: last + 4321}))
    assert data(browser, url).find(f"meter[meter_id='{meter}']").findtext("last") == str(last + 4321)


def test_many_meters_are_paged_in_a_stable_order(rig, manager):
    url, seen = "/portal/contracts/20-00300", []
    while url:
        shown = data(manager, url)
        assert len(shown.findall("meter")) <= 20 and shown.findtext("meters/meters") == "120"
        seen += texts(shown, "meter/meter_id")
        assert all(len(m.findall("seal")) == 1 for m in shown.findall("meter"))
        url = shown.find("paging").get("href-next")
    assert len(seen) == len(set(seen)) == 120
    assert sorted(seen) == sorted(m for m, in rig.sql("SELECT meter_id FROM billing_meter WHERE contract_no = '20-00300'"))


def test_one_meter_by_its_own_or_its_predecessors_number(rig, liga):
    old, new = rig.sql("SELECT o.meter_id, n.meter_id FROM billing_meter o JOIN billing_meter n ON n.point_id = o.point_id "
                       "AND n.removed_on IS NULL WHERE o.contract_no = '10-45133' AND o.removed_on IS NOT NULL")[0]
    for meter in (old, new):
        shown = data(liga, f"/portal/contracts/10-45133?meter={meter}")
        assert texts(shown, "meter/meter_id") == [new] and shown.findtext("only") == meter
    foreign = rig.sql("SELECT min(meter_id) FROM billing_meter WHERE contract_no = '10-45101'")[0][0]
    unknown = liga.get("/portal/contracts/10-45133?meter=none")
    assert unknown.status == liga.get(f"/portal/contracts/10-45133?meter={foreign}").status == 404


# --- who sees what ---

def delegate(rig, giver, receiver, level, point=None):
    """Gives a right straight in the database, from today until the end of the year 2999."""
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", giver.contract)[0][0]
    code, name = rig.sql("SELECT p.person_code, a.name FROM portal_person_code p JOIN portal_account a ON a.account_id = p.account_id "
                         "JOIN portal_account_contract c ON c.account_id = a.account_id WHERE c.contract_no = ?", receiver.contract)[0]
    rig.delegations = getattr(rig, "delegations", 0) + 1
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, receiver_name, level, since, until, "
            "state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, '2020-01-01', '2999-12-31', 'active', '2020-01-01T00:00:00Z')",
            f"contracts-{rig.delegations}", giver.contract, point, account, code, name, level)
    return name


@pytest.mark.parametrize("level, status", [("read", 200), ("full", 200), ("submit", 403), ("pay", 403)])
def test_a_delegate_sees_the_contract_by_his_right(rig, level, status):
    owner, other = steps.visitor(rig), steps.visitor(rig)
    name = delegate(rig, owner, other, level)
    for path in ("", "/print", "/certificate"):
        assert other.get(f"/portal/contracts/{owner.contract}{path}").status == status
    assert other.get(f"/portal/acts?contract={owner.contract}").status == status
    assert (owner.contract in other.get("/portal/contracts").text) == (status == 200)
    # names of others are for the customer alone
    assert texts(data(owner, f"/portal/contracts/{owner.contract}"), "delegate/name") == [name]
    if status == 200:
        assert not data(other, f"/portal/contracts/{owner.contract}").findall("delegate")
        assert rig.sql("SELECT count(*) FROM portal_audit WHERE contract_no = ? AND action = 'viewed' AND detail LIKE ?", owner.contract,
                       "contracts.%")[0][0] == 4, "the list and three pages"


def test_whom_a_former_holder_trusted_is_nobodys_delegate(rig):
    owner, other, former = steps.visitor(rig), steps.visitor(rig), steps.visitor(rig)
    delegate(rig, owner, other, "read")
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", former.contract)[0][0]
    rig.sql("UPDATE portal_delegation SET giver_account = ? WHERE contract_no = ?", account, owner.contract)
    assert not data(owner, f"/portal/contracts/{owner.contract}").findall("delegate")
    assert other.get(f"/portal/contracts/{owner.contract}").status == 404


def test_a_right_on_one_meter_shows_no_contract(rig):
    owner, other = steps.visitor(rig), steps.visitor(rig)
    point = rig.sql("SELECT min(point_id) FROM billing_meter WHERE contract_no = ?", owner.contract)[0][0]
    act = rig.sql("SELECT max(act_no) FROM billing_act WHERE contract_no = ?", owner.contract)[0][0]
    delegate(rig, owner, other, "read", point)
    for path in (f"contracts/{owner.contract}", f"contracts/{owner.contract}/print", f"acts?contract={owner.contract}", f"acts/{act}"):
        assert other.get(f"/portal/{path}").status == 403, path
    assert owner.contract not in other.get("/portal/contracts").text
    assert owner.contract not in other.get("/portal/acts?view=xml").text
    # and where that is all he has, the menu does not offer what would be empty
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", other.contract)[0][0]
    rig.sql("DELETE FROM portal_account_contract WHERE account_id = ?", account)
    menu = {e.get("section") for e in steps.document(other, "/portal/home").findall("menu/entry")}
    assert "readings" in menu or "home" in menu
    assert not {"contracts", "acts"} & menu


# --- papers ---

def test_the_extract_has_all_meters(manager):
    shown = data(manager, "/portal/contracts/20-00300/print")
    assert len(shown.findall("meter")) == 120
    html = manager.get("/portal/contracts/20-00300/print").text
    assert re.search(r'<html[^>]* data-running="Izraksts no līguma Nr. 20-00300"', html)
    assert 'class="wp-sign"' in html


def readings_of(rig, contract):
    """By point, from what billing has: [(day, litres, kind, meter)]"""
    rows = rig.sql("SELECT m.point_id, b.read_on, b.value_l, b.kind, m.meter_id FROM billing_reading b JOIN billing_meter m ON m.meter_id = b.meter_id "
                   "WHERE m.contract_no = ? AND b.kind NOT IN ('estimated', 'missing') ORDER BY 1, 2, CASE b.kind WHEN 'swap_end' THEN 0 WHEN 'swap_start' "
                   "THEN 1 ELSE 2 END",
                   contract)
    points = {}
    for point, day, litres, kind, meter in rows:
        points.setdefault(point, []).append((datetime.date.fromisoformat(day), litres, kind, meter))
    return points


def expected_use(entries, first, last, turn):
    """What a person would compute: nearest reading to the evening before and to the last evening, meter by meter."""
    begin = first - datetime.timedelta(days=1)
    start = min(range(len(entries)), key=lambda i: (abs((entries[i][0] - begin).days), entries[i][0], -i))
    end = min(range(len(entries)), key=lambda i: (abs((entries[i][0] - last).days), entries[i][0], -i))
    use = 0
    for before, after in zip(entries[start:end], entries[start + 1:end + 1]):
        if before[3] == after[3]:
            use += after[1] - before[1] + (turn if after[1] < before[1] else 0)
    return entries[start][0], entries[end][0], use


def last_year(today):
    return today.year - 1


@pytest.mark.parametrize("contract, turns", [("10-45133", [100_000_000, 10_000_000]), ("20-00017", [100_000_000, 100_000_000])])
def test_the_certificate_is_what_a_person_would_compute(rig, liga, contract, turns):
    page = steps.document(liga, f"/portal/contracts/{contract}/certificate")
    today = datetime.date.fromisoformat(page.get("today"))
    year = last_year(today)
    shown = page.find("data")
    period = shown.find("period")
    assert (period.get("from"), period.get("until")) == (f"{year}-01-01", f"{year}-12-31")
    total = 0
    points = list(readings_of(rig, contract).values())
    assert len(points) == len(shown.findall("meter")) == 2
    for meter in shown.findall("meter"):
        uses = [int(u) for u in texts(meter, "segment/use")]
        firsts, lasts = texts(meter, "segment/from-on"), texts(meter, "segment/to-on")
        candidates = [expected_use(entries, datetime.date(year, 1, 1), datetime.date(year, 12, 31), turn) for entries, turn in zip(points, turns)]
        assert (datetime.date.fromisoformat(firsts[0]), datetime.date.fromisoformat(lasts[-1]), sum(uses)) in candidates
        total += sum(uses)
    assert int(shown.findtext("total")) == total and shown.find("total").get("whole") == "true"


def test_a_swap_stands_in_two_lines_and_years_follow_each_other(rig, liga):
    swapped_on = rig.sql("SELECT removed_on FROM billing_meter WHERE contract_no = '10-45133' AND removed_on IS NOT NULL")[0][0]
    shown = data(liga, f"/portal/contracts/10-45133/certificate?year={swapped_on[:4]}")
    lines = shown.findall("meter[place='Aukstais ūdens']/segment")
    assert len(lines) == 2 and lines[0].findtext("to-on") == lines[1].findtext("from-on") == swapped_on
    assert lines[0].findtext("serial") != lines[1].findtext("serial")
    year = int(swapped_on[:4])
    before = data(liga, f"/portal/contracts/10-45133/certificate?year={year - 1}").findall("meter[place='Aukstais ūdens']/segment")
    assert before[-1].findtext("to-on") == lines[0].findtext("from-on")


@pytest.mark.parametrize("query, problem", [
    ("year=1999", "choice"), ("year=20x6", "count"), ("from=2025-01-01", "period_both"), ("until=2025-01-01", "period_both"),
    ("from=2025-02-01&until=2025-01-31", "period_order"), ("from=2025-01-01&until=2999-01-01", "period_future"),
    ("from=2025-02-30&until=2025-03-01", "date"), ("from=abc&until=", "date")])
def test_a_period_that_is_none_is_explained(liga, query, problem):
    page = steps.document(liga, f"/portal/contracts/10-45133/certificate?{query}")
    assert page.get("status") == "200"
    assert problem in [p.get("code") for p in page.findall("problems/problem")]
    assert page.find("data/period") is None and page.find("data/total") is None
    html = liga.get(f"/portal/contracts/10-45133/certificate?{query}")
    assert html.status == 200 and html.title.startswith("Kļūda: ")


def test_days_may_be_written_the_latvian_way(liga):
    period = data(liga, "/portal/contracts/10-45133/certificate?from=1.2.2025&until=31.10.2025.").find("period")
    assert (period.get("from"), period.get("until")) == ("2025-02-01", "2025-10-31")
