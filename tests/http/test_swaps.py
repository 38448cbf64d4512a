# SPDX-License-Identifier: Apache-2.0
"""A meter with other digits than the one before it: every door counts the same use across the swap."""
import datetime
import json
import re
import uuid

import pytest

import steps

DAY = datetime.timedelta(1)


def put(rig, meter, day, litres, kind="read"):
    rig.sql("INSERT INTO billing_reading (reading_id, meter_id, read_on, value_l, kind) VALUES (?, ?, ?, ?, ?)", uuid.uuid4().hex[:20], meter,
            day.isoformat(), litres, kind)


@pytest.fixture(params=[(4, 5, 9994, 1, 8), (6, 4, 999996, 2, 7), (6, 4, 123456, 123460, 5)],
                ids=["fewer digits, turned over", "more digits, turned over", "more digits"])
def swapped(rig, request):
    """A visitor with one meter, put in ten days ago; the one before it had other digits. Typed: 1 m³; the use it gives."""
    before, digits, last, end, use = request.param
    browser = steps.visitor(rig)
    browser.meter = next(iter(steps.meters(browser)))
    browser.today = datetime.date.fromisoformat(steps.document(browser, steps.form_url(browser)).get("today"))
    browser.since, browser.removed, browser.use = browser.today - 30 * DAY, browser.today - 10 * DAY, use * 1000
    others = rig.sql("SELECT meter_id FROM billing_meter WHERE contract_no = ? AND meter_id <> ?", browser.contract, browser.meter)
    for meter, in [*others, (browser.meter,)]:
        rig.sql("DELETE FROM billing_reading WHERE meter_id = ?", meter)
    for meter, in others:
        rig.sql("DELETE FROM billing_meter WHERE meter_id = ?", meter)
    rig.sql("UPDATE billing_meter SET digits = ?, decimals = 3, installed_on = ? WHERE meter_id = ?", digits, browser.removed.isoformat(), browser.meter)
    old = f"old-{browser.meter}"
    rig.sql("INSERT INTO billing_meter (meter_id, contract_no, point_id, serial, digits, decimals, remote, installed_on, removed_on) "
            "SELECT ?, contract_no, point_id, ?, ?, 0, 0, '2020-01-01', installed_on FROM billing_meter WHERE meter_id = ?", old, old, before, browser.meter)
    put(rig, old, browser.since, last * 1000)
    put(rig, old, browser.removed, end * 1000, "swap_end")
    put(rig, browser.meter, browser.removed, 0, "swap_start")
    return browser


def test_every_door_counts_across_the_swap(rig, swapped):
    check = json.loads(steps.document(swapped, steps.form_url(swapped)).find(f"data/meter[@id='{swapped.meter}']/check").text)
    assert [len(entry) for entry in check["history"]][:2] == [6, 6]
    computed = swapped.submit(steps.fill(steps.readings_form(swapped), {swapped.meter: 1000}), "compute")
    assert f"{swapped.use // 1000},000" in re.sub("<[^>]*>", "", computed.text)

    receipt = steps.receipt_of(steps.submit(swapped, {swapped.meter: 1000}))
    reading = steps.document(swapped, f"/portal/readings/receipt/{receipt}").find("data/reading")
    assert (int(reading.findtext("use")), int(reading.findtext("days"))) == (swapped.use, 30)

    query = f"contract={swapped.contract}&from={swapped.since:%Y-%m}&until={swapped.today:%Y-%m}"
    assert int(steps.document(swapped, f"/portal/overview?{query}").find("data/period").get("litres")) == swapped.use
    certificate = steps.document(swapped, f"/portal/contracts/{swapped.contract}/certificate?from={swapped.since + DAY}&until={swapped.today}").find("data")
    assert int(certificate.findtext("total")) == swapped.use and certificate.find("total").get("whole") == "true"
    api = rig.browser()._fetch("GET", f"{swapped.base}/portal/api/v1/consumption?contract={swapped.contract}", None,
                               {"Authorization": f"Bearer {steps.token(swapped)}"}, None)
    assert sum(row.get("use_l", 0) for row in json.loads(api.body)["consumption"]) == swapped.use
    history = steps.document(swapped, f"/portal/readings/history?contract={swapped.contract}").findall("data/meter/entry/use")
    assert sum(int(use.text) for use in history) == swapped.use
