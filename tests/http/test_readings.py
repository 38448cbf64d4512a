# SPDX-License-Identifier: Apache-2.0
"""Meter readings from the form to the receipt, and everything between."""
import concurrent.futures
import copy
import datetime

import pytest

import steps


@pytest.fixture
def anybody(rig):
    return steps.visitor(rig)


def first_meter(browser):
    return next(iter(steps.meters(browser).items()))


def test_a_reading_gives_a_receipt(rig, anybody):
    values = {meter: last + 5000 for meter, last in steps.meters(anybody).items()}
    page = steps.submit(anybody, values)
    receipt = steps.receipt_of(page)
    assert receipt in page.text
    shown = steps.document(anybody, page.path).find("data")
    assert sorted(int(r.findtext("value")) for r in shown.findall("reading")) == sorted(values.values())
    for meter, litres in values.items():
        assert steps.stored(rig, meter) == [(litres, "current")]


def test_a_repeated_submission_returns_the_first_receipt(rig, anybody):
    meter, last = first_meter(anybody)
    form = steps.fill(steps.readings_form(anybody), {meter: last + 4000})
    page = anybody.submit(form, "submit")
    if page.status == 422:
        form = steps.confirm_all(page.form("readings"))
        page = anybody.submit(form, "submit")
    receipt = steps.receipt_of(page)
    for _ in range(3):
        assert steps.receipt_of(anybody.submit(form, "submit")) == receipt
    assert len(steps.stored(rig, meter)) == 1


def test_many_clicks_at_once_are_one_submission(rig, anybody):
    meter, last = first_meter(anybody)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last + 4000}), "submit")
    form = steps.confirm_all(page.form("readings")) if page.status == 422 else steps.fill(steps.readings_form(anybody), {meter: last + 4500})
    clicks = []
    for _ in range(8):
        twin = rig.browser()
        twin.jar, twin.page = copy.copy(anybody.jar), anybody.page
        clicks.append(twin)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        receipts = {steps.receipt_of(p) for p in pool.map(lambda b: b.submit(form, "submit"), clicks)}
    assert len(receipts) == 1
    assert [state for _, state in steps.stored(rig, meter)].count("current") == 1


def test_other_values_under_the_same_key_offer_a_correction(rig, anybody):
    meter, last = first_meter(anybody)
    form = steps.readings_form(anybody)
    page = anybody.submit(steps.fill(form, {meter: last + 4000}), "submit")
    if page.status == 422:
        form = steps.confirm_all(page.form("readings"))
        page = anybody.submit(form, "submit")
    receipt = steps.receipt_of(page)
    form.fill({f"value.{meter}": steps.cubic(last + 4100)})
    page = anybody.submit(form, "submit")
    assert page.status == 409
    assert page.form("readings")[f"value.{meter}"] == steps.cubic(last + 4100)
    assert receipt in page.link("Skatīt")
    assert steps.stored(rig, meter) == [(last + 4000, "current")]
    page = anybody.submit(page.form("readings"), "submit")
    if page.status == 422:
        page = anybody.submit(steps.confirm_all(page.form("readings")), "submit")
    assert steps.receipt_of(page) != receipt
    assert steps.stored(rig, meter) == [(last + 4000, "replaced"), (last + 4100, "current")]


def test_a_correction_keeps_the_versions(rig, anybody):
    meter, last = first_meter(anybody)
    first = steps.receipt_of(steps.submit(anybody, {meter: last + 4000}))
    page = steps.submit(anybody, {meter: last + 4200})
    steps.receipt_of(page)
    reading = steps.document(anybody, page.path).find("data/reading")
    assert (reading.findtext("state"), reading.findtext("was")) == ("corrected", str(last + 4000))
    assert steps.document(anybody, f"/portal/readings/receipt/{first}").find("data/reading").findtext("state") == "replaced"
    history = steps.document(anybody, f"/portal/readings/history?contract={anybody.contract}")
    assert any(e.find("corrected") is not None and e.findtext("value") == str(last + 4000) for e in history.iter("entry"))

def test_the_history_is_newest_first_with_all_versions(rig, anybody):
    meter, last = first_meter(anybody)
    steps.submit(anybody, {meter: last + 4000})
    steps.receipt_of(steps.submit(anybody, {meter: last + 4200}))
    long_ago = (datetime.date.today() - datetime.timedelta(200)).isoformat()
    rig.sql("UPDATE portal_reading SET read_on = ? WHERE meter_id = ? AND state = 'replaced'", long_ago, meter)
    history = steps.document(anybody, f"/portal/readings/history?contract={anybody.contract}")
    versions = [e for e in history.iter("entry") if e.find("corrected") is not None]
    assert [e.findtext("on") for e in versions] == [long_ago]
    for shown in history.iter("meter"):
        days = [e.findtext("on") for e in shown.iter("entry")]
        assert days == sorted(days, reverse=True)

    assert steps.stored(rig, meter) == [(last + 4000, "replaced"), (last + 4200, "current")]


def test_what_another_submitted_meanwhile_is_not_replaced_unseen(rig, anybody):
    """Two have the form open: the second sees what the first submitted before it is corrected."""
    meter, last = first_meter(anybody)
    helper = steps.visitor(rig)
    steps.delegate(rig, anybody, helper, "submit")
    helper.get(steps.form_url(anybody))
    late = steps.fill(anybody.get(steps.form_url(anybody)).form("readings"), {meter: last + 4100})
    form = steps.fill(helper.get(steps.form_url(anybody)).form("readings"), {meter: last + 4000})
    steps.receipt_of(helper.submit(form, "submit"))
    page = anybody.submit(late, "submit")
    assert page.status == 409 and steps.stored(rig, meter) == [(last + 4000, "current")]
    assert steps.cubic(last + 4000) in page.text and page.form("readings")[f"value.{meter}"] == steps.cubic(last + 4100)
    steps.receipt_of(anybody.submit(page.form("readings"), "submit"))
    assert steps.stored(rig, meter) == [(last + 4000, "replaced"), (last + 4100, "current")]


def test_a_submission_can_be_withdrawn_and_made_anew(rig, anybody):
    meter, last = first_meter(anybody)
    page = steps.submit(anybody, {meter: last + 4000})
    withdrawn = anybody.submit(page.form(), "withdraw")
    assert withdrawn.status == 200 and withdrawn.path == page.path
    assert "Rādījumi atsaukti" in withdrawn.title and "varat nodot jaunus" in withdrawn.text
    assert [n.get("code") for n in steps.document(anybody, page.path).iter("notice")] == ["withdrawn"]
    assert steps.stored(rig, meter) == [(last + 4000, "withdrawn")]
    assert withdrawn.forms == []
    assert anybody.submit(page.form(), "withdraw").status == 200  # the same click again: the same page
    steps.receipt_of(steps.submit(anybody, {meter: last + 4300}))
    assert steps.stored(rig, meter) == [(last + 4000, "withdrawn"), (last + 4300, "current")]


def test_a_receipt_of_which_nothing_counts_says_so(rig, anybody):
    """One of its two lines was corrected before, the other is withdrawn with it."""
    (first, last), (second, other) = list(steps.meters(anybody).items())[:2]
    page = steps.submit(anybody, {first: last + 4000, second: other + 4000})
    steps.receipt_of(page)
    steps.receipt_of(steps.submit(anybody, {first: last + 4100}))
    form = anybody.get(page.path).form()
    withdrawn = anybody.submit(form, "withdraw")
    states = sorted(r.findtext("state") for r in steps.document(anybody, page.path).iter("reading"))
    assert states == ["replaced", "withdrawn"]
    assert "Rādījumi pieņemti" not in withdrawn.text and "Rādījumi atsaukti" in withdrawn.text


def test_one_wrong_meter_stores_none_and_keeps_all_that_was_typed(rig, anybody):
    all_meters = steps.meters(anybody)
    (good, last), (bad, _) = list(all_meters.items())[:2]
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {good: last + 4000, bad: "43,4o9"}), "submit")
    assert page.status == 422 and page.title.startswith("Kļūda:")
    form = page.form("readings")
    assert (form[f"value.{good}"], form[f"value.{bad}"]) == (steps.cubic(last + 4000), "43,4o9")
    assert steps.stored(rig, good) == steps.stored(rig, bad) == []


def test_computing_stores_nothing(rig, anybody):
    meter, last = first_meter(anybody)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last + 7000}), "compute")
    assert page.status == 200 and "7,000" in page.text
    assert steps.stored(rig, meter) == []


def test_computing_reproaches_nobody(rig, anybody):
    """Empty meters, a question and a value below the last are no mistakes of somebody who only computes."""
    (high, last), (low, other), *_ = sorted(steps.meters(anybody).items(), key=lambda m: m[1])
    form = steps.readings_form(anybody).fill({f"value.{high}": steps.cubic(last + 400000), f"value.{low}": steps.cubic(other - 1000)})
    page = anybody.submit(form, "compute")
    assert page.status == 200 and not page.title.startswith("Kļūda:")
    assert "Vēl nav iesniegts" not in page.text and "govuk-error" not in page.text
    assert {f"confirm.{high}", f"what.{low}"} <= set(page.form("readings").names())


def test_computing_marks_what_is_no_reading(rig, anybody):
    meter, _ = first_meter(anybody)
    page = anybody.submit(steps.readings_form(anybody).fill({f"value.{meter}": "43,4o9"}), "compute")
    assert page.status == 200 and "“43,4o9” nav skaitlis" in page.text
    assert "Vēl nav iesniegts" not in page.text and "Pārbaudiet ierakstīto" in page.text


def test_digits_are_counted_for_the_customer(rig, anybody):
    meter, _ = first_meter(anybody)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: "1234567"}), "submit")
    assert "ir 5 cipari pirms komata. Jūs ierakstījāt 7<" in page.text


@pytest.mark.parametrize("written", ["{d.day}.{d.month}.{d.year}.", "{d:%d.%m.%Y}", "{d:%Y-%m-%d}"])
def test_the_day_of_a_swap_is_typed_as_people_write_it(rig, anybody, written):
    day = datetime.date.today() - datetime.timedelta(2)
    meter, last = next((m, v) for m, v in steps.meters(anybody).items() if v > 20000)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last - 15000}), "submit")
    form = page.form("readings").fill({f"what.{meter}": "swapped", f"swap-date.{meter}": written.format(d=day),
                                       f"swap-end.{meter}": steps.cubic(last + 1000), f"swap-start.{meter}": steps.cubic(last - 16000)})
    page = anybody.submit(form, "submit")
    if page.status == 422:
        page = anybody.submit(steps.confirm_all(page.form("readings")), "submit")
    steps.receipt_of(page)
    assert rig.sql("SELECT swap_on FROM portal_reading WHERE meter_id = ?", meter) == [(day.isoformat(),)]


def test_what_is_no_day_is_refused(rig, anybody):
    meter, last = next((m, v) for m, v in steps.meters(anybody).items() if v > 20000)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last - 15000}), "submit")
    page = anybody.submit(page.form("readings").fill({f"what.{meter}": "swapped", f"swap-date.{meter}": "31.11.2026."}), "submit")
    assert page.status == 422 and "“31.11.2026.” nav datums" in page.text


def test_numbers_in_each_others_fields_are_noticed(rig, login):
    """In autumn too, when the garden's meter uses far less than it usually does."""
    anna = rig.browser()
    login(anna, "anna")
    anna.contract = rig.people["anna"]["contracts"][0]
    (main, last), (garden, other) = steps.meters(anna).items()
    page = anna.submit(steps.fill(steps.readings_form(anna), {main: other + 50, garden: last + 3800}), "submit")
    assert page.status == 422
    data = steps.ET.fromstring(anna.post(page.form("readings").action + "&view=xml", page.form("readings").data("submit")).body)
    assert [a.get("code") for a in data.iter("ask")] == ["exchanged", "exchanged"]


def test_meters_stand_as_the_utility_lists_them(rig, login):
    anna = rig.browser()
    login(anna, "anna")
    anna.contract = rig.people["anna"]["contracts"][0]
    form = steps.document(anna, steps.form_url(anna))
    history = steps.document(anna, f"/portal/readings/history?contract={anna.contract}")
    for page in (form, history):
        assert [m.findtext("place") for m in page.iter("meter")] == ["Ūdens ievads", "Dārza laistīšana", "Pirtsmāja"]


def test_readings_are_missing_since_the_first_that_is(rig, login):
    martins = rig.browser()
    login(martins, "martins")
    martins.contract = "10-45140"
    barn = next(m for m in steps.document(martins, steps.form_url(martins)).iter("meter") if m.findtext("place") == "Kūts")
    rows = rig.sql("SELECT read_on, kind FROM billing_reading WHERE meter_id = ? ORDER BY read_on DESC", barn.get("id"))
    run = [on for on, _ in rows[:[kind == "missing" for _, kind in rows].index(False)]]
    assert len(run) == 2 and barn.findtext("missing-since") == run[-1]


def test_lower_than_last_asks_what_happened(rig, anybody):
    meter, last = next((m, v) for m, v in steps.meters(anybody).items() if v > 10000)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last - 9000}), "submit")
    assert page.status == 422
    form = page.form("readings")
    assert f"what.{meter}" in form.names()
    assert steps.stored(rig, meter) == []
    page = anybody.submit(form.fill({f"what.{meter}": "swapped"}), "submit")
    if page.status == 422:
        page = anybody.submit(steps.confirm_all(page.form("readings")), "submit")
    steps.receipt_of(page)
    assert rig.sql("SELECT answer, value_l FROM portal_reading WHERE meter_id = ?", meter) == [("swapped", last - 9000)]


def test_a_confirmation_counts_for_its_value_alone(rig, anybody):
    meter, last = first_meter(anybody)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: last + 400000}), "submit")
    assert page.status == 422
    form = steps.confirm_all(page.form("readings")).fill({f"value.{meter}": steps.cubic(last + 500000)})
    page = anybody.submit(form, "submit")
    assert page.status == 422 and steps.stored(rig, meter) == []
    steps.receipt_of(anybody.submit(steps.confirm_all(page.form("readings")), "submit"))
    assert steps.stored(rig, meter) == [(last + 500000, "current")]
    confirmed, = rig.sql("SELECT confirmed FROM portal_reading WHERE meter_id = ?", meter)[0]
    assert confirmed.endswith(f".{last + 500000}")


@pytest.mark.parametrize("typed", ["-5", "1e5", "5" * 40, "１２", "5,5,5", "0x10", "12,3456", "<b>", "9" * 12])
def test_what_is_no_reading_is_refused_and_shown_again(rig, anybody, typed):
    meter, _ = first_meter(anybody)
    page = anybody.submit(steps.fill(steps.readings_form(anybody), {meter: typed}), "submit")
    assert page.status == 422
    assert page.form("readings")[f"value.{meter}"] == typed
    assert steps.stored(rig, meter) == []


def test_foreign_and_unknown_meters_look_the_same(rig, anybody):
    other = steps.visitor(rig)
    foreign, last = first_meter(other)
    answers = []
    for meter in (foreign, "M-unknown"):
        form = steps.fill(steps.readings_form(anybody), {})
        pairs = form.data("submit") + [(f"value.{meter}", steps.cubic(last + 1))]
        page = anybody.post(form.action, pairs)
        answers.append((page.status, page.title))
    assert answers[0] == answers[1] and answers[0][0] == 404
    assert steps.stored(rig, foreign) == []


def test_a_remote_meter_takes_no_reading(rig, login):
    anna = rig.browser()
    login(anna, "anna")
    anna.contract = rig.people["anna"]["contracts"][0]
    data = steps.document(anna, steps.form_url(anna)).find("data")
    remote = next(m.get("id") for m in data.iter("meter") if m.get("remote") == "true")
    form = steps.readings_form(anna)
    assert f"value.{remote}" not in form.names()
    page = anna.post(form.action, steps.fill(form, {}).data("submit") + [(f"value.{remote}", "99")])
    assert page.status == 422 and steps.stored(rig, remote) == []


def test_receipts_are_for_those_who_may_see_them(rig, anybody):
    meter, last = first_meter(anybody)
    receipt = steps.receipt_of(steps.submit(anybody, {meter: last + 4000}))
    stranger = steps.visitor(rig)
    unknown = stranger.get("/portal/readings/receipt/R-2026-00000000")
    foreign = stranger.get(f"/portal/readings/receipt/{receipt}")
    assert (foreign.status, foreign.title) == (unknown.status, unknown.title) == (404, unknown.title)


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_a_closed_window_takes_no_reading(rig):
    today = datetime.date.today()
    first = 1 if today.day > 10 else 20
    rig.configure(f"WaterPortalReadingWindow {first}-{first + 2}\n")
    try:
        browser = steps.visitor(rig)
        page = browser.get(steps.form_url(browser))
        assert page.status == 200 and not any(f.name == "readings" for f in page.forms)
        key = steps.document(browser, steps.form_url(browser)).find("form")
        meter = next(iter(m.get("id") for m in steps.document(browser, steps.form_url(browser)).iter("meter")))
        page = browser.post(steps.form_url(browser), {"form-key": key.get("key"), "form-token": key.get("token"), f"value.{meter}": "99999"})
        assert page.status in (403, 422) and steps.stored(rig, meter) == []
    finally:
        rig.configure("")


def test_three_hundred_meters_come_in_pages(rig, login):
    manager = rig.browser()
    login(manager, "peteris")
    largest = max(rig.people["peteris"]["contracts"],
                  key=lambda c: rig.sql("SELECT count(*) FROM billing_meter WHERE contract_no = ?", c)[0][0])
    page = manager.get(f"/portal/readings?contract={largest}")
    assert page.status == 200
    assert len([n for n in page.form("readings").names() if n.startswith("value.")]) <= 20
    manager.contract = largest
    second = steps.document(manager, f"/portal/readings?contract={largest}&page=2").find("data")
    first = steps.document(manager, f"/portal/readings?contract={largest}").find("data")
    ids = lambda data: {m.get("id") for m in data.iter("meter")}
    assert ids(first) and ids(second) and not ids(first) & ids(second)
    numbers = [n.get("page") for n in second.find("paging").iter("number")]
    assert numbers[:3] == ["1", "2", "3"] and numbers[-1] == second.find("paging").get("pages")
    assert manager.get(second.find("paging/number[@page='1']").get("href")).status == 200


def test_a_contract_that_has_ended_takes_no_reading(rig):
    """Nothing is asked for, a form that was open is refused, and the history stays."""
    browser = steps.visitor(rig)
    meter, last = next(iter(steps.meters(browser).items()))
    form = steps.fill(steps.readings_form(browser), {meter: last + 4000})
    rig.sql("UPDATE billing_contract SET ended_on = '2026-01-31' WHERE contract_no = ?", browser.contract)
    try:
        page = browser.submit(form, "submit")
        assert page.status == 422 and "Kļūda:" in page.title
        assert steps.stored(rig, meter) == []
        home = browser.get("/portal/home")
        assert "Nodot rādījumus" not in home.text and "Beidzies 31.01.2026." in home.text
        page = browser.get(steps.form_url(browser))
        assert "Līgums ir beidzies" in page.text and not page.forms
        assert browser.get(f"/portal/readings/history?contract={browser.contract}").status == 200
    finally:
        rig.sql("UPDATE billing_contract SET ended_on = NULL WHERE contract_no = ?", browser.contract)
