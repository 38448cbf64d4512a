# SPDX-License-Identifier: Apache-2.0
"""The overview: consumption and money over the years, of one meter, a contract, all contracts; files; wrong questions; rights."""
import calendar
import csv
import datetime
import io
import re
import time

import pytest

import portal
import steps


@pytest.fixture(scope="module")
def owner(rig):
    return steps.visitor(rig)


@pytest.fixture(scope="module")
def peteris(rig):
    browser = rig.browser()
    portal.login(browser, "peteris")
    return browser


def data(browser, query="", path="overview"):
    document = steps.document(browser, f"/portal/{path}?{query}")
    return document.find("data")


def own(browser, query="", path="overview"):
    return data(browser, f"contract={browser.contract}&{query}", path)


def rows_of(page):
    assert page.status == 200, page
    text = page.body.decode("utf-8")
    assert text.startswith("\ufeff") and page.header("Content-Type").startswith("text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def months_back(today, count):
    first = today.replace(day=1)
    for _ in range(count):
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return first


# --- consumption ---

def test_the_months_add_up_to_what_the_counters_moved(rig, owner):
    """From the first reading of each meter to its last, in all ways to put months together."""
    moved = rig.sql("SELECT max(b.value_l) - min(b.value_l) FROM billing_reading b JOIN billing_meter m ON m.meter_id = b.meter_id "
                    "WHERE m.contract_no = ? GROUP BY m.meter_id", owner.contract)
    expected = sum(n for n, in moved)
    since = rig.sql("SELECT min(read_on) FROM billing_reading b JOIN billing_meter m ON m.meter_id = b.meter_id WHERE m.contract_no = ?", owner.contract)[0][0]
    for by in ("month", "quarter", "year"):
        shown = own(owner, f"from={since[:7]}&by={by}")
        assert sum(int(bar.get("litres")) for bar in shown.findall("bar")) == expected == int(shown.find("period").get("litres"))
        assert sum(int(part.get("litres")) for part in shown.findall("part")) == expected


def test_one_meter_is_part_of_all(owner):
    together = own(owner)
    meters = [choice.get("meter") for choice in together.findall("choice")]
    assert len(meters) == 3
    sums = {}
    for meter in meters:
        for bar in own(owner, f"meter={meter}").findall("bar"):
            sums[bar.get("from")] = sums.get(bar.get("from"), 0) + int(bar.get("litres"))
    assert sums == {bar.get("from"): int(bar.get("litres")) for bar in together.findall("bar")}


MONTH = ("litres", "estimated", "missing", "days", "state", "usual", "per-day", "swaps")


def months_of(browser, query):
    """What is said of each month, and of the parts in the comparison."""
    shown = own(browser, query)
    return {bar.get("from"): {name: bar.get(name) for name in MONTH} for bar in shown.findall("bar")}


@pytest.mark.parametrize("wrong", [False, True], ids=["as it is", "with a reading that was wrong"])
def test_of_a_month_the_same_is_said_whatever_else_is_shown(rig, owner, wrong):
    """Only what a period needs is read; where a later, lower reading shows that the last one before it was wrong, what is before that."""
    since, = rig.sql("SELECT min(read_on) FROM billing_reading b JOIN billing_meter m ON m.meter_id = b.meter_id WHERE m.contract_no = ?", owner.contract)[0]
    today = datetime.date.fromisoformat(steps.document(owner, "/portal/home").get("today"))
    meter, = rig.sql("SELECT min(meter_id) FROM billing_meter WHERE contract_no = ?", owner.contract)[0]
    from_month = months_back(today, 4)
    needed = months_back(from_month, 12) - datetime.timedelta(days=1)  # the year before tells what is usual
    if wrong:
        follows, = rig.sql("SELECT min(value_l) FROM billing_reading WHERE meter_id = ? AND read_on > ?", meter, needed.isoformat())[0]
        rig.sql("INSERT INTO billing_reading (reading_id, meter_id, read_on, value_l, kind) VALUES ('T-wrong', ?, ?, ?, 'read')", meter,
                needed.isoformat(), follows + 100000)
    try:
        for more in ("", f"&meter={meter}"):
            whole = months_of(owner, f"from={since[:7]}{more}")
            part = months_of(owner, "&".join(f"{name}={from_month:%Y-%m}" for name in ("from", "this-from", "that-from", "this-until", "that-until")) + more)
            assert len(part) >= 3 and len(whole) > len(part) + 12
            assert part == {month: whole[month] for month in part}
    finally:
        rig.sql("DELETE FROM billing_reading WHERE reading_id = 'T-wrong'")


def test_a_reading_of_the_portal_counts_at_once(rig, owner):
    meter, last = next(iter(steps.meters(owner).items()))
    today = steps.document(owner, "/portal/home").get("today")
    query = f"meter={meter}&until={today[:7]}"
    before = int(own(owner, query).find("period").get("litres"))
    steps.receipt_of(steps.submit(owner, {meter: last + 5000}))
    after = own(owner, query)
    assert int(after.find("period").get("litres")) == before + 5000
    assert after.find("readings/entry/value").text == str(last + 5000)


def test_all_contracts_are_the_sum_of_each(rig, peteris):
    contracts = rig.people["peteris"]["contracts"]
    together = data(peteris)
    assert together.find("scope").get("of") == "all"
    assert [part.findtext("contract_no")
            for part in together.findall("part")] == sorted(contracts, key=lambda c: together.find(f"part[contract_no='{c}']/address").text)
    query = "from={0}&until={1}".format(together.find("period").get("from"), together.find("period").get("until"))
    each = [int(data(peteris, f"contract={c}&{query}").find("period").get("litres")) for c in contracts]
    assert sum(each) == int(together.find("period").get("litres"))


def test_many_meters_come_in_pages(peteris):
    first, second = (data(peteris, f"contract=20-00300&page={n}&by=year") for n in (1, 2))
    assert [len(d.findall("part")) for d in (first, second)] == [20, 20]
    names = [[p.get("meter") for p in d.findall("part")] for d in (first, second)]
    assert not set(names[0]) & set(names[1])
    assert "by=year" in first.find("paging").get("href-next")


def test_one_contract_is_chosen_and_the_question_stays(owner):
    page = owner.get("/portal/overview?by=year", follow=False)
    assert page.status == 303 and page.header("Location").endswith(f"/portal/overview?contract={owner.contract}&by=year")


def test_a_swap_and_a_rollover(rig, login):
    liga = rig.browser()
    login(liga, "liga")
    swapped = rig.sql("SELECT removed_on FROM billing_meter WHERE contract_no = ? AND removed_on IS NOT NULL", "10-45133")[0][0]
    shown = data(liga, f"contract=10-45133&from={swapped[:7]}&until={swapped[:7]}")
    assert shown.find("bar").get("swap-on") == swapped
    page = liga.get(f"/portal/overview?contract=10-45133&from={swapped[:7]}&until={swapped[:7]}")
    assert 'class="swap"' in page.text
    bakery = data(liga, "contract=20-00017")
    assert all(0 <= int(bar.get("litres")) < 1_000_000 for bar in bakery.findall("bar"))  # five digits rolled over: no 99 999 m³


def test_what_is_computed_is_said_and_hatched(rig, login):
    martins = rig.browser()
    login(martins, "martins")
    choice = data(martins, "contract=10-45140").find("choice[place='Ūdens ievads']").get("meter")
    page = martins.get(f"/portal/overview?contract=10-45140&meter={choice}")
    shown = data(martins, f"contract=10-45140&meter={choice}")
    computed = [bar for bar in shown.findall("bar") if bar.get("estimated")]
    assert {c.get("kind") for c in shown.findall("computed")} == {"between", "after"}
    wide = re.search(r'<svg class="wp-chart__wide".*?</svg>', page.text, re.S)[0]
    assert len(computed) == wide.count('class="est"') > 2


def test_two_periods(owner):
    today = datetime.date.fromisoformat(steps.document(owner, "/portal/home").get("today"))
    a, b = months_back(today, 3).strftime("%Y-%m"), months_back(today, 9).strftime("%Y-%m")
    shown = own(owner, f"this-from={a}&this-until={a}&that-from={b}&that-until={b}").find("comparison")
    this, that = (int(shown.find(side).get("litres")) for side in ("this", "that"))
    assert this == int(own(owner, f"from={a}&until={a}").find("period").get("litres"))
    assert that == int(own(owner, f"from={b}&until={b}").find("period").get("litres"))
    assert int(shown.get("difference")) == this - that
    assert abs(int(shown.get("percent")) - (this - that) * 1000 / that) <= 0.5
    rate = [int(shown.find(side).get("litres")) / int(shown.find(side).get("days")) for side in ("this", "that")]
    assert abs(int(shown.get("per-day-percent")) - (rate[0] - rate[1]) * 1000 / rate[1]) <= 0.5


# --- money ---

def test_money_is_what_billing_says(rig, owner):
    shown = own(owner, "from=2020-01", "overview/money")
    period = shown.find("period")
    invoiced = rig.sql("SELECT sum(net_c), sum(vat_c), sum(total_c), sum(open_c) FROM billing_invoice WHERE contract_no = ?", owner.contract)[0]
    paid = rig.sql("SELECT sum(amount_c) FROM billing_payment WHERE contract_no = ?", owner.contract)[0][0]
    assert tuple(int(period.get(n)) for n in ("net", "vat", "total")) == tuple(map(int, invoiced[:3])) and int(period.get("paid")) == paid
    assert int(shown.findtext("balance/open")) == invoiced[3]
    for bar in shown.findall("bar"):
        amount = {n: int(bar.get(n)) for n in ("net", "vat", "total", "water", "sewage", "rain", "other", "paid")}
        assert amount["water"] + amount["sewage"] + amount["rain"] + amount["other"] == amount["net"]
        assert amount["net"] + amount["vat"] == amount["total"]
    for name in ("total", "paid", "vat"):
        assert sum(int(bar.get(name)) for bar in shown.findall("bar")) == int(period.get(name))


def months_before(month, count):
    """("2026-06", 5) → "2026-01" """
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{number // 12:04}-{number % 12 + 1:02}"


def test_money_of_two_periods_is_compared(rig, owner):
    """Each measure against billing's own rows; per day by the calendar. Half a year and the same months a year before: the
    demo's history ends a fixed time ago, so its months depend on the day of the test."""
    last = months_before(rig.sql("SELECT max(issued_on) FROM billing_invoice WHERE contract_no = ?", owner.contract)[0][0], 1)
    spans = {"this": (months_before(last, 5), last), "that": (months_before(last, 17), months_before(last, 12))}
    query = "&".join(f"{side}-from={first}&{side}-until={until}" for side, (first, until) in spans.items())
    shown = own(owner, query, "overview/money").find("money-comparison")
    bounds = {side: (f"{first}-01", f"{until}-{calendar.monthrange(int(until[:4]), int(until[5:]))[1]}") for side, (first, until) in spans.items()}
    calendar_days = {side: (datetime.date.fromisoformat(until) - datetime.date.fromisoformat(first)).days + 1 for side, (first, until) in bounds.items()}
    days = {side: int(shown.find(side).get("days")) for side in spans}
    assert days == calendar_days
    sides = list(spans)
    billed = {side: rig.sql("SELECT sum(vat_c), sum(total_c) FROM billing_invoice WHERE contract_no = ? AND issued_on BETWEEN ? AND ?", owner.contract,
                            *bounds[side])[0] for side in sides}
    paid = {side: rig.sql("SELECT sum(amount_c) FROM billing_payment WHERE contract_no = ? AND paid_on BETWEEN ? AND ?", owner.contract,
                          *bounds[side])[0][0] for side in sides}
    measures = {m.get("of"): m for m in shown.findall("measure")}
    assert list(measures) == ["water", "sewage", "rain", "other", "vat", "total", "paid"]
    for name, expected in (("vat", {s: billed[s][0] for s in sides}), ("total", {s: billed[s][1] for s in sides}), ("paid", paid)):
        this, that = (int(expected[side] or 0) for side in ("this", "that"))
        assert this > 0 and that > 0, "the owner has invoices in both"
        measure = measures[name]
        assert (int(measure.get("this")), int(measure.get("that")), int(measure.get("difference"))) == (this, that, this - that)
        assert abs(int(measure.get("percent")) - (this - that) * 1000 / that) <= 0.5
        assert abs(int(measure.get("this-day")) - this / days["this"]) <= 0.5
    page = owner.get(f"/portal/overview/money?contract={owner.contract}&{query}")
    assert "Salīdzināt divus periodus" in page.text and "???" not in page.text


def test_a_wrong_period_of_money_is_explained_at_its_field(owner):
    page = owner.get(f"/portal/overview/money?contract={owner.contract}&this-from=2026-05&this-until=2026-03&from=2025-01")
    assert page.status == 200 and re.search(r'<li><a href="#this-until">', page.text)
    document = own(owner, "this-from=2026-05&this-until=2026-03&from=2025-01", "overview/money")
    assert not document.find("money-comparison").findall("this") and document.find("period") is not None


@pytest.mark.parametrize("person, contract, states", [("anna", "10-45101", {"open", "paid"}), ("janis", "10-45110", {"open", "overdue", "paid"}),
                                                      ("liga", "10-45133", {"part", "paid"}), ("martins", "10-45140", {"overdue", "paid"})])
def test_every_state_of_an_invoice_is_among_the_named_persons(rig, login, person, contract, states):
    browser = rig.browser()
    login(browser, person)
    shown = data(browser, f"contract={contract}", "overview/money")
    found = {invoice.findtext("state") for invoice in shown.findall("invoice")}
    # on the first days of a month the newest invoice is not made yet, and a debt's newest may not be due
    assert states - {"open"} <= found and "paid" in found
    if person == "janis":
        assert int(data(browser, "contract=10-45111", "overview/money").findtext("balance/credit")) == 2500


# --- files ---

def test_consumption_as_csv(owner):
    page = owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}")
    assert page.header("Content-Disposition") == 'attachment; filename="consumption.csv"' and page.header("Cache-Control") == "no-store"
    rows = rows_of(page)
    shown = own(owner)
    assert sum(round(float(row["Patēriņš m3"] or 0) * 1000) for row in rows) == int(shown.find("period").get("litres"))
    assert {row["Līgums"] for row in rows} == {owner.contract}
    commas = rows_of(owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}&decimal=comma"))
    assert [row["Patēriņš m3"].replace(",", ".") for row in commas] == [row["Patēriņš m3"] for row in rows]
    excel = owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}&decimal=comma&separator=semicolon").text
    assert list(csv.reader(io.StringIO(excel, newline=""), delimiter=";"))[1][6] == commas[0]["Patēriņš m3"]


def test_hostile_places_are_no_formulas(rig, owner):
    meter = own(owner).find("choice").get("meter")
    before = rig.sql("SELECT place, serial FROM billing_meter WHERE meter_id = ?", meter)[0]
    try:
        for text in ('=cmd|"/c calc"!A1', "+1", "-1+1", "@SUM(A1)", '"quoted", with comma', "two\nlines", "<b>&amp;", "'"):
            rig.sql("UPDATE billing_meter SET place = ?, serial = ? WHERE meter_id = ?", text, text, meter)
            cells = {row["Vieta"] for row in rows_of(owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}"))}
            assert ("'" + text if text[0] in "=+-@" else text) in cells
            assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in cells)
            page = owner.get(f"/portal/overview?contract={owner.contract}&meter={meter}")
            assert page.status == 200 and "<b>&amp;" not in page.text
    finally:
        rig.sql("UPDATE billing_meter SET place = ?, serial = ? WHERE meter_id = ?", *before, meter)


def test_invoices_as_csv(rig, owner):
    rows = rows_of(owner.get(f"/portal/overview/invoices.csv?contract={owner.contract}&from=2020-01"))
    stored = rig.sql("SELECT invoice_no, total_c FROM billing_invoice WHERE contract_no = ?", owner.contract)
    assert {row["Rēķins"]: round(float(row["Kopā"]) * 100) for row in rows} == dict(stored)


def test_a_credit_note_is_a_negative_number(rig, owner):
    rig.sql("INSERT INTO billing_invoice VALUES ('CREDIT-1', ?, '2026-01-05', '2026-01-25', '2025-12-01', '2025-12-31', -1000, -210, -1210, 0)", owner.contract)
    try:
        rows = rows_of(owner.get(f"/portal/overview/invoices.csv?contract={owner.contract}&from=2026-01&until=2026-01"))
        assert [row["Kopā"] for row in rows if row["Rēķins"] == "CREDIT-1"] == ["-12.10"]
        page = owner.get(f"/portal/overview/money?contract={owner.contract}&from=2026-01&until=2026-01")
        assert page.status == 200 and "???" not in page.text
        assert not re.search(r'(?:height|width)="-', page.text)
    finally:
        rig.sql("DELETE FROM billing_invoice WHERE invoice_no = 'CREDIT-1'")


# --- wrong questions ---

@pytest.mark.parametrize("query, control", [("from=2026-13", "from"), ("until=yesterday", "until"), ("from=2026-05&until=2026-04", "until"),
                                            ("from=1990-01&until=2025-12", "until"), ("from=2999-01", "from"), ("by=week", "by"),
                                            ("from=%3Cscript%3E", "from"), ("this-from=0", "this-from"), ("that-from=2026-02&that-until=2026-01", "that-until"),
                                            ("from=99999999999999999999999", "from")])
@pytest.mark.parametrize("path", ["overview", "overview/money"])
def test_a_wrong_period_is_said_at_its_field(owner, path, query, control):
    if path == "overview/money" and control[:4] in ("this", "that"):
        return
    page = owner.get(f"/portal/{path}?contract={owner.contract}&{query}")
    assert page.status == 200 and f'href="#{control}"' in page.text and f'id="{control}"' in page.text and f'id="{control}-error"' in page.text
    assert "<script>" not in page.text and "???" not in page.text


def test_a_wrong_period_of_a_file_is_refused(owner):
    page = owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}&from=2026-13")
    assert page.status == 400 and page.header("Content-Type").startswith("text/html") and not page.header("Content-Disposition")


def test_months_as_people_write_them(owner):
    assert own(owner, "from=01.2026&until=2026/3".replace("2026/3", "2026.03")).find("period").get("from") == "2026-01"


@pytest.mark.parametrize("query", ["meter=D000001001", "meter=NONE", "meter=..%2F..", "meter=a&meter=b", "from=2026-01&from=2026-02"])
def test_meters_of_others_and_nonsense_are_not_found(owner, query):
    assert owner.get(f"/portal/overview?contract={owner.contract}&{query}").status == 404


# --- rights ---

def give(rig, owner, receiver, level, point=None):
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", owner.contract)[0][0]
    code = rig.sql("SELECT p.person_code FROM portal_person_code p JOIN portal_account_contract c ON c.account_id = p.account_id "
                   "WHERE c.contract_no = ?", receiver.contract)[0][0]
    rig.sql("DELETE FROM portal_delegation WHERE delegation_id = 'testoverview'")
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, level, since, until, state, created_at) "
            "VALUES ('testoverview', ?, ?, ?, ?, ?, '2000-01-01', '2999-12-31', 'active', '2000-01-01T00:00:00Z')", owner.contract, point, account, code, level)


@pytest.fixture
def delegate(rig):
    browser = steps.visitor(rig)
    yield browser
    rig.sql("DELETE FROM portal_delegation WHERE delegation_id = 'testoverview'")


@pytest.mark.parametrize("level, water, money", [("read", 200, 200), ("submit", 200, 403), ("pay", 403, 200), ("full", 200, 200)])
def test_a_delegate_sees_what_he_may(rig, owner, delegate, level, water, money):
    give(rig, owner, delegate, level)
    for path, status in (("overview", water), ("overview/consumption.csv", water), ("overview/money", money), ("overview/invoices.csv", money)):
        assert delegate.get(f"/portal/{path}?contract={owner.contract}").status == status, path


def test_a_delegate_of_one_meter_sees_that_one_only(rig, owner, delegate):
    point, meter = rig.sql("SELECT point_id, meter_id FROM billing_meter WHERE contract_no = ? ORDER BY meter_id", owner.contract)[0]
    others = [m for m, in rig.sql("SELECT meter_id FROM billing_meter WHERE contract_no = ? AND point_id <> ?", owner.contract, point)]
    give(rig, owner, delegate, "full", point)
    shown = data(delegate, f"contract={owner.contract}")
    assert shown.find("scope").get("of") == "meter" and [c.get("meter") for c in shown.findall("choice")] == [meter]
    assert int(shown.find("period").get("litres")) == int(own(owner, f"meter={meter}").find("period").get("litres"))
    for other in others:
        assert delegate.get(f"/portal/overview?contract={owner.contract}&meter={other}").status == 404
    assert delegate.get(f"/portal/overview/money?contract={owner.contract}").status == 403
    serials = {row["Skaitītāja numurs"] for row in rows_of(delegate.get(f"/portal/overview/consumption.csv?contract={owner.contract}"))}
    assert len(serials) == 1


def test_together_with_a_delegation_is_written_down(rig, owner, delegate):
    point = rig.sql("SELECT point_id FROM billing_meter WHERE contract_no = ? ORDER BY meter_id", owner.contract)[0][0]
    give(rig, owner, delegate, "read", point)
    alone = int(own(delegate).find("period").get("litres"))
    together = data(delegate)
    assert {part.findtext("contract_no") for part in together.findall("part")} == {owner.contract, delegate.contract}
    lent = next(int(p.get("litres")) for p in together.findall("part") if p.findtext("contract_no") == owner.contract)
    assert int(together.find("period").get("litres")) == alone + lent
    looks = rig.sql("SELECT contract_no, actor_kind, detail FROM portal_audit WHERE delegation_id = 'testoverview'")
    assert (owner.contract, "delegate", "overview.overview") in looks
    # invoices of the contract he sees one meter of are none of his business
    money = data(delegate, "from=2020-01", "overview/money")
    paid = rig.sql("SELECT sum(total_c) FROM billing_invoice WHERE contract_no = ?", delegate.contract)[0][0]
    assert int(money.find("period").get("total")) == paid
    rig.sql("UPDATE portal_delegation SET state = 'revoked' WHERE delegation_id = 'testoverview'")
    assert delegate.get(f"/portal/overview?contract={owner.contract}").status == 404


# --- a lot of data ---

def test_ten_thousand_readings_of_a_contract(rig):
    browser = steps.visitor(rig)
    meter, last = rig.sql("SELECT m.meter_id, max(b.value_l) FROM billing_meter m JOIN billing_reading b ON b.meter_id = m.meter_id "
                          "WHERE m.contract_no = ? GROUP BY m.meter_id ORDER BY m.meter_id", browser.contract)[0]
    first = datetime.date.fromisoformat(rig.sql("SELECT min(read_on) FROM billing_reading WHERE meter_id = ?", meter)[0][0])
    days = [(first - datetime.timedelta(days=n)).isoformat() for n in range(1, 10001)]
    value = rig.sql("SELECT min(value_l) FROM billing_reading WHERE meter_id = ?", meter)[0][0]
    step = max(1, value // 10001)
    values = ",".join(f"('many-{n}', '{meter}', '{day}', NULL, {max(0, value - step * n)}, 'remote', NULL)" for n, day in enumerate(days, 1))
    rig.sql(f"INSERT INTO billing_reading (reading_id, meter_id, read_on, read_at, value_l, kind, portal_id) VALUES {values}")
    try:
        query = f"contract={browser.contract}&meter={meter}&from={days[5000][:7]}&until={days[200][:7]}"
        browser.get(f"/portal/overview?{query}&by=year")
        began = time.monotonic()
        page = browser.get(f"/portal/overview?{query}&by=year")
        took = time.monotonic() - began
        assert page.status == 200 and took < 2, f"{took:.2f} s"
        shown = data(browser, f"{query}&by=month")
        assert len(shown.findall("readings/entry")) == 20 and int(shown.find("paging").get("pages")) > 50
        moved = rig.sql("SELECT max(value_l) - min(value_l) FROM billing_reading WHERE meter_id = ?", meter)[0][0]
        everything = [data(browser, f"contract={browser.contract}&meter={meter}&by=year&from={a}-01&until={b}-12") for a,
                      b in ((1980, 1999), (2000, 2019), (2020, 2026))]
        assert sum(int(d.find("period").get("litres")) for d in everything) == moved
    finally:
        rig.sql("DELETE FROM billing_reading WHERE reading_id LIKE ?", "many-%")
