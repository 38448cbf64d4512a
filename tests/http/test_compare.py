# SPDX-License-Identifier: Apache-2.0
"""What is missing is not zero: incomplete months are marked everywhere, and are part of no average and no comparison."""
import csv
import datetime
import io
import json
import uuid

import pytest

import steps

DAY = datetime.timedelta(1)


def month_end(day, back):
    """The last day of the month so many months before the day's."""
    number = day.year * 12 + day.month - back
    return datetime.date(number // 12, number % 12 + 1, 1) - DAY


def put(rig, meter, day, litres):
    rig.sql("INSERT INTO billing_reading (reading_id, meter_id, read_on, value_l, kind) VALUES (?, ?, ?, ?, 'read')", uuid.uuid4().hex[:20], meter,
            day.isoformat(), litres)


@pytest.fixture
def owner(rig):
    """Two meters, there for years, read at the ends of the last thirty months: 100 l a day each; the second one of its own test."""
    browser = steps.visitor(rig)
    browser.today = datetime.date.fromisoformat(steps.document(browser, steps.form_url(browser)).get("today"))
    browser.meters = sorted(steps.meters(browser))[:2]
    for meter, in rig.sql("SELECT meter_id FROM billing_meter WHERE contract_no = ?", browser.contract):
        rig.sql("DELETE FROM billing_reading WHERE meter_id = ?", meter)
        if meter not in browser.meters:
            rig.sql("DELETE FROM billing_meter WHERE meter_id = ?", meter)
    rig.sql("UPDATE billing_meter SET installed_on = '2015-01-01' WHERE contract_no = ?", browser.contract)
    rig.sql("UPDATE billing_contract SET signed_on = '2015-01-01' WHERE contract_no = ?", browser.contract)
    browser.ends = [month_end(browser.today, back) for back in range(30, 0, -1)]
    for day in browser.ends:
        put(rig, browser.meters[0], day, 100 * (day - browser.ends[0]).days)
    return browser


def read_second(rig, owner, days):
    for day in days:
        put(rig, owner.meters[1], day, 100 * (day - owner.ends[0]).days)


def query_of(owner):
    """The last three whole months, and the same of the year before."""
    months = [owner.ends[-i].strftime("%Y-%m") for i in (3, 1)] + [month_end(owner.today, 12 + i).strftime("%Y-%m") for i in (3, 1)]
    return "contract={}&this-from={}&this-until={}&that-from={}&that-until={}".format(owner.contract, *months)


def overview(owner):
    return steps.document(owner, f"/portal/overview?{query_of(owner)}").find("data")


def test_a_meter_without_data_last_year_is_not_compared(rig, owner):
    """What was said before: 100 % more."""
    read_second(rig, owner, owner.ends[-8:])
    shown = overview(owner)
    comparison = shown.find("comparison")
    assert (comparison.get("pairs"), comparison.get("counted"), comparison.get("difference"), comparison.get("percent")) == ("3", "0", None, None)
    assert [pair.get("left-out") for pair in comparison.findall("pair")] == ["true"] * 3
    assert [pair.get("that-partial") for pair in comparison.findall("pair")] == ["true"] * 3
    page = owner.get(f"/portal/overview?{query_of(owner)}")
    assert "Nav neviena mēneša, kura dati būtu pilni abos periodos" in page.text and "nav ieskaitīts" in page.text
    assert "% vairāk" not in page.text and "≥" in page.text


def test_complete_months_are_compared_and_it_is_said_how_many(rig, owner):
    gap = month_end(owner.today, 14)  # the second meter was not read at the end of this month nor the one before
    read_second(rig, owner, [day for day in owner.ends if day != gap])
    meter = owner.meters[1]
    rig.sql("INSERT INTO billing_reading (reading_id, meter_id, read_on, value_l, kind) VALUES (?, ?, ?, NULL, 'missing')", uuid.uuid4().hex[:20], meter,
            gap.isoformat())
    # the counter stood lower after it without a word why: what was used is not known
    for day in owner.ends:
        if day > gap:
            rig.sql("UPDATE billing_reading SET value_l = ? WHERE meter_id = ? AND read_on = ?", 100 * (day - gap).days, meter, day.isoformat())
    first = owner.ends[0]
    rig.sql("UPDATE billing_reading SET kind = 'swap_start' WHERE meter_id = ? AND read_on = ?", meter, month_end(owner.today, 13).isoformat())
    shown = overview(owner)
    comparison = shown.find("comparison")
    left_out = [pair for pair in comparison.findall("pair") if pair.get("left-out")]
    assert 0 < int(comparison.get("counted")) < 3 and len(left_out) == 3 - int(comparison.get("counted"))
    counted = [pair for pair in comparison.findall("pair") if not pair.get("left-out")]
    for side in ("this", "that"):
        assert int(comparison.find(side).get("litres")) == sum(int(pair.get(side)) for pair in counted)
    assert int(comparison.get("per-day-percent")) == 0, "both meters use the same every day"
    assert first < gap
    assert f"{comparison.get('counted')} no 3" in owner.get(f"/portal/overview?{query_of(owner)}").text


def test_averages_are_of_complete_months(rig, owner):
    """Both meters use 200 l a day together; of most months only one is known."""
    read_second(rig, owner, owner.ends[-4:])
    shown = overview(owner)
    bars = shown.findall("bar")
    whole = [bar for bar in bars if bar.get("state") == "whole"]
    assert len(whole) == 3 == int(shown.find("period").get("whole")) and shown.find("period").get("state") == "partial"
    assert shown.find("period").get("per-day") == "200" == whole[0].get("per-day")
    assert int(shown.find("period").get("average")) == round(sum(int(bar.get("litres")) for bar in whole) / 3)
    incomplete = [bar for bar in bars if bar.get("state") == "partial"]
    assert incomplete and all(bar.get("per-day") is None and int(bar.get("missing")) > 0 for bar in incomplete)
    assert all(bar.get("usual") is None for bar in bars), "nothing is usual of both"
    page = owner.get(f"/portal/overview?{query_of(owner)}").text
    assert page.count('class="gap"') >= 2 * len(incomplete), "in both drawings"
    assert "Vidējo rēķinām tikai no pilnajiem periodiem: 3 no" in page


def test_a_meter_that_was_put_in_later_is_not_missing_before(rig, owner):
    since = owner.ends[-8]
    rig.sql("UPDATE billing_meter SET installed_on = ? WHERE meter_id = ?", since.isoformat(), owner.meters[1])
    read_second(rig, owner, owner.ends[-8:])
    comparison = overview(owner).find("comparison")
    assert comparison.get("counted") == "3" and int(comparison.get("difference")) > 0


def test_a_meter_that_was_never_read_leaves_nothing_complete(rig, owner):
    shown = overview(owner)
    assert {bar.get("state") for bar in shown.findall("bar")} == {"partial"} and shown.find("period").get("average") is None
    part = shown.find(f"part[@meter='{owner.meters[1]}']")
    assert part.get("state") == "none" and int(part.get("missing")) > 700
    row = owner.get(f"/portal/overview?{query_of(owner)}").text.split(f"meter={owner.meters[1]}")[1].split("</tr>")[0]
    assert "0,000" not in row and "–" in row


def test_files_and_programs_are_told(rig, owner):
    read_second(rig, owner, owner.ends[-4:])
    page = owner.get(f"/portal/overview/consumption.csv?contract={owner.contract}")
    rows = list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig"), newline="")))
    second = rig.sql("SELECT serial FROM billing_meter WHERE meter_id = ?", owner.meters[1])[0][0]
    told = {(row["Dati pilni"], row["Patēriņš m3"] == "", row["Dienas bez datiem"] == "0") for row in rows if row["Skaitītāja numurs"] == second}
    assert told == {("nē", True, False), ("jā", False, True)}
    answer = rig.browser()._fetch("GET", f"{owner.base}/portal/api/v1/consumption?contract={owner.contract}", None,
                                  {"Authorization": f"Bearer {steps.token(owner)}"}, None)
    months = json.loads(answer.body)["months"]
    assert {month["complete"] for month in months} == {True} or {month["complete"] for month in months} == {True, False}
    assert all(month["complete"] == (month["days"] >= 28 and month["missing_days"] == 0) for month in months)


# --- money ---

def invoices(rig, owner, months):
    """An invoice of 12,10 EUR in each of the months, by their distance from this one."""
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", owner.contract)
    for back in months:
        issued = month_end(owner.today, back).replace(day=4).isoformat()
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, ?, ?, ?, ?, 1000, 210, 1210, 0)", f"c{back}/{owner.contract}", owner.contract, *[issued] * 4)


def money(owner, months):
    text = [month_end(owner.today, back).strftime("%Y-%m") for back in months]
    query = "contract={}&this-from={}&this-until={}&that-from={}&that-until={}".format(owner.contract, *text)
    return owner.get(f"/portal/overview/money?{query}"), steps.document(owner, f"/portal/overview/money?{query}").find("data/money-comparison")


def test_a_month_that_is_not_over_is_not_compared(rig, owner):
    invoices(rig, owner, range(0, 24))
    page, shown = money(owner, (1, 0, 13, 12))
    assert (shown.get("pairs"), shown.get("counted")) == ("2", "1")
    days = [month_end(owner.today, back).day for back in (1, 13)]
    assert [int(shown.find(side).get("days")) for side in ("this", "that")] == days
    total = shown.find("measure[@of='total']")
    assert (total.get("this"), total.get("that"), total.get("difference")) == ("1210", "1210", "0")
    assert ": 1 no 2." in page.text
    usual = steps.document(owner, f"/portal/overview/money?contract={owner.contract}")
    last = month_end(owner.today, 1).strftime("%Y-%m")
    assert usual.find("data/money-comparison/this").get("until") == last, "offered are the months that are over"


def test_this_year_is_compared_as_far_as_it_has_come(rig, owner):
    """Future months are cut off, and so are the months of the year before that they would be compared with."""
    invoices(rig, owner, range(0, 24))
    _, shown = money(owner, (2, -3, 14, 9))
    assert (shown.get("pairs"), shown.get("counted")) == ("3", "2")
    assert shown.find("that").get("until") == month_end(owner.today, 12).strftime("%Y-%m")
    total = shown.find("measure[@of='total']")
    assert (total.get("this"), total.get("that"), total.get("difference")) == ("2420", "2420", "0")
    read_second(rig, owner, owner.ends)
    for months in ((3, -2, 15, 10), (15, 10, 3, -2)):
        text = [month_end(owner.today, back).strftime("%Y-%m") for back in months]
        query = "this-from={}&this-until={}&that-from={}&that-until={}".format(*text)
        shown = steps.document(owner, f"/portal/overview?contract={owner.contract}&{query}").find("data/comparison")
        assert (shown.get("pairs"), shown.get("counted")) == ("4", "3")
        assert all(pair.get("this-month") and pair.get("that-month") for pair in shown.iter("pair"))
    text = [month_end(owner.today, back).strftime("%Y-%m") for back in (3, 1, 15, 15)]
    spans = "this-from={}&this-until={}&that-from={}&that-until={}".format(*text)
    shown = steps.document(owner, f"/portal/overview?contract={owner.contract}&{spans}").find("data/comparison")
    assert (shown.get("pairs"), shown.get("counted")) == ("3", "3"), "two lengths on purpose are compared by the day"


def test_months_before_the_first_invoice_are_not_compared(rig, owner):
    invoices(rig, owner, range(0, 14))
    page, shown = money(owner, (3, 1, 15, 13))
    assert (shown.get("pairs"), shown.get("counted")) == ("3", "1")
    assert shown.find("measure[@of='total']").get("percent") == "0", "not 200 %"
    page, shown = money(owner, (3, 1, 23, 21))
    assert (shown.get("pairs"), shown.get("counted")) == ("3", "0") and shown.find("measure") is None
    assert "nav ko salīdzināt" in page.text
