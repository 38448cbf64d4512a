# SPDX-License-Identifier: Apache-2.0
"""Programs submit readings: what is stored, once per key, by whom, what is refused and how that is said."""
import concurrent.futures
import datetime
import json
import uuid

import pytest
from lxml import etree

import steps
from test_documents import GRAMMAR

ADDRESS = "/portal/api/v1/readings"


@pytest.fixture
def owner(rig):
    browser = steps.visitor(rig)
    browser.account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    browser.meters = steps.meters(browser)
    browser.meter, browser.last = max(browser.meters.items(), key=lambda m: m[1])
    browser.token = steps.token(browser, scopes=("submit",))
    return browser


@pytest.fixture
def client(rig):
    """A program: no cookies."""
    return rig.browser()


def send(client, token, body, key=None, **headers):
    sent = {"Accept": "application/json", "Content-Type": "application/json", "Authorization": f"Bearer {token}" if token else None,
            "Idempotency-Key": str(uuid.uuid4()) if key is None else key or None, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return client._fetch("POST", client.base + ADDRESS, body if isinstance(body, (str, bytes)) else json.dumps(body), sent, None)


def body(owner, *readings, **members):
    return {"contract": owner.contract, "readings": list(readings) or [{"meter": owner.meter, "value_l": owner.last + 4000}], **members}


def done(page, status=201):
    assert page.status == status and page.header("Content-Type") == "application/json", (page, page.text[:300])
    return json.loads(page.body)


def refused(page, status, problem):
    assert page.status == status, (page, page.text[:300])
    assert page.header("Content-Type") == "application/problem+json" and page.header("Cache-Control") == "no-store"
    data = json.loads(page.body)
    assert data["type"] == f"urn:waterportal:problem:{problem}" and data["status"] == status and data["request"]
    return data


# --- done, once ---

def test_a_reading_gives_a_receipt_and_the_use(rig, owner, client):
    page = send(client, owner.token, body(owner))
    data = done(page)
    row, = data["readings"]
    assert data["version"] == 1 and data["receipt"].startswith("R-")
    assert page.header("Location") == f"{ADDRESS}/{data['receipt']}"
    assert (row["contract"], row["meter"], row["value_l"], row["previous_l"], row["use_l"], row["state"]) == (
        owner.contract, owner.meter, owner.last + 4000, owner.last, 4000, "current")
    assert row["days"] > 0 and datetime.datetime.fromisoformat(row["submitted_at"])
    assert steps.stored(rig, owner.meter) == [(owner.last + 4000, "current")]
    actor, kind, detail = rig.sql("SELECT actor_tag, actor_kind, detail FROM portal_audit WHERE account_id = ? AND action = 'readings_submitted'",
                                  owner.account)[0]
    assert actor.startswith("token ") and (kind, detail) == ("token", data["receipt"])
    assert data["receipt"] in owner.get(f"/portal/readings/receipt/{data['receipt']}").text, "the person sees it too"


def test_the_address_of_the_receipt_answers_the_same(owner, client):
    page = send(client, owner.token, body(owner))
    again = client._fetch("GET", client.base + page.header("Location"), None, {"Authorization": f"Bearer {owner.token}"}, None)
    assert done(again, 200) == done(page)
    document = client._fetch("GET", client.base + page.header("Location") + "?view=xml", None, {"Authorization": f"Bearer {owner.token}"}, None)
    GRAMMAR.assertValid(etree.fromstring(document.body))


def test_an_answer_that_was_lost_is_got_again(rig, owner, client):
    """Also after the reading was corrected, and after the window has closed: the key leads to what it did."""
    first = done(send(client, owner.token, body(owner), "k-1"))
    assert done(send(client, owner.token, body(owner), "k-1"), 200) == first
    assert done(send(client, owner.token, body(owner), '"k-1"'), 200) == first, "a quoted key is the same key"
    steps.receipt_of(steps.submit(owner, {owner.meter: owner.last + 4100}))
    later = done(send(client, owner.token, body(owner), "k-1"), 200)
    assert (later["receipt"], later["readings"][0]["state"]) == (first["receipt"], "replaced")
    rig.sql("UPDATE billing_contract SET ended_on = '2026-01-31' WHERE contract_no = ?", owner.contract)
    try:
        assert done(send(client, owner.token, body(owner), "k-1"), 200)["receipt"] == first["receipt"]
    finally:
        rig.sql("UPDATE billing_contract SET ended_on = NULL WHERE contract_no = ?", owner.contract)
    assert steps.stored(rig, owner.meter) == [(owner.last + 4000, "replaced"), (owner.last + 4100, "current")]


def test_eight_times_at_once_is_once(rig, owner):
    def one(_):
        return send(rig.browser(), owner.token, body(owner), "k-8")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(one, range(8)))
    assert sorted(p.status for p in pages) == [200] * 7 + [201]
    assert len({done(p, p.status)["receipt"] for p in pages}) == 1
    assert steps.stored(rig, owner.meter) == [(owner.last + 4000, "current")]


def test_other_content_under_the_same_key_is_refused(rig, owner, client):
    done(send(client, owner.token, body(owner), "k-2"))
    refused(send(client, owner.token, body(owner, {"meter": owner.meter, "value_l": owner.last + 4001}), "k-2"), 409, "key_used")
    assert steps.stored(rig, owner.meter) == [(owner.last + 4000, "current")]
    other = steps.token(owner, "Cita", scopes=("submit",))
    done(send(client, other, body(owner, {"meter": owner.meter, "value_l": owner.last + 4001}), "k-2"))  # its own keys


def test_what_was_submitted_before_is_the_same(owner, client):
    first = done(send(client, owner.token, body(owner)))
    assert done(send(client, owner.token, body(owner)), 200)["receipt"] == first["receipt"]


def test_a_later_value_corrects(rig, owner, client):
    done(send(client, owner.token, body(owner)))
    done(send(client, owner.token, body(owner, {"meter": owner.meter, "value": steps.cubic(owner.last + 4200)})))
    assert steps.stored(rig, owner.meter) == [(owner.last + 4000, "replaced"), (owner.last + 4200, "current")]


def test_several_meters_together_or_not_at_all(rig, owner, client):
    (first, last), (second, other) = list(owner.meters.items())[:2]
    data = refused(send(client, owner.token, body(owner, {"meter": first, "value_l": last + 4000}, {"meter": second, "value": "43,4o9"})), 422, "invalid")
    assert {(p["meter"], p["member"], p["code"]) for p in data["problems"]} == {(second, "value", "reading_not_number")}
    assert {r["meter"]: r["verdict"] for r in data["readings"]} == {first: "accept", second: "refuse"}
    assert steps.stored(rig, first) == steps.stored(rig, second) == []
    data = done(send(client, owner.token, body(owner, {"meter": first, "value_l": last + 4000}, {"meter": second, "value_l": other + 4000})))
    assert {r["meter"] for r in data["readings"]} == {first, second}


# --- questions ---

def test_a_question_says_how_to_confirm_it(rig, owner, client):
    high = {"meter": owner.meter, "value_l": owner.last + 400000}
    data = refused(send(client, owner.token, body(owner, high), "k-3"), 422, "invalid")
    row, = data["readings"]
    assert row["verdict"] == "ask" and row["use_l"] == 400000 and row["confirm"] == f"{row['code']}.{owner.last + 400000}"
    assert [(p["member"], p["code"]) for p in data["problems"]] == [("confirm", "reading_confirm")]
    other = dict(high, value_l=owner.last + 400001, confirm=row["confirm"])
    refused(send(client, owner.token, body(owner, other)), 422, "invalid")
    done(send(client, owner.token, body(owner, dict(high, confirm=row["confirm"], reason="pool")), "k-3"))  # the key is still free
    assert rig.sql("SELECT confirmed, reason FROM portal_reading WHERE meter_id = ?", owner.meter) == [(row["confirm"], "pool")]


def test_a_lower_value_asks_what_happened(rig, owner, client):
    low = {"meter": owner.meter, "value_l": 5000}
    row, = refused(send(client, owner.token, body(owner, low)), 422, "invalid")["readings"]
    assert row["verdict"] == "choose" and row["code"] == "reading_below" and "swapped" in row["choices"].split()
    yesterday = (datetime.date.today() - datetime.timedelta(1)).isoformat()
    answered = dict(low, what="swapped", swap_date=yesterday, swap_end=steps.cubic(owner.last + 1000), swap_start="0")
    page = send(client, owner.token, body(owner, answered))
    if page.status == 422:
        row, = json.loads(page.body)["readings"]
        page = send(client, owner.token, body(owner, dict(answered, confirm=row["confirm"])))
    assert done(page)["readings"][0]["use_l"] == 6000
    assert rig.sql("SELECT answer, swap_on FROM portal_reading WHERE meter_id = ?", owner.meter) == [("swapped", yesterday)]


def test_a_dry_run_writes_nothing(rig, owner, client):
    data = done(send(client, owner.token, body(owner, dry_run=True), "k-4"), 200)
    assert [(r["verdict"], r["use_l"]) for r in data["readings"]] == [("accept", 4000)]
    data = done(send(client, owner.token, body(owner, {"meter": owner.meter, "value_l": owner.last + 400000}, dry_run=True)), 200)
    assert data["readings"][0]["verdict"] == "ask" and data["readings"][0]["confirm"]
    assert steps.stored(rig, owner.meter) == []
    assert rig.sql("SELECT count(*) FROM portal_form_result WHERE form_key = 'k-4'") == [(0,)]
    done(send(client, owner.token, body(owner, dry_run=False), "k-4"))


# --- who may ---

def test_the_scope_is_its_own(owner, client):
    reads = steps.token(owner, "Lasa", scopes=("readings", "consumption", "invoices"))
    page = send(client, reads, body(owner))
    refused(page, 403, "token_scope")
    assert 'scope="submit"' in page.header("WWW-Authenticate")
    page = client._fetch("GET", client.base + ADDRESS, None, {"Authorization": f"Bearer {owner.token}"}, None)
    refused(page, 403, "token_scope")
    refused(send(client, None, body(owner)), 401, "token_missing")
    refused(send(client, "wpt_" + "a" * 40, body(owner)), 401, "token_bad")


def test_a_login_is_no_token(rig, owner):
    """A cookie of somebody logged in, sent from wherever, submits nothing."""
    refused(send(owner, None, body(owner)), 401, "token_missing")
    assert steps.stored(rig, owner.meter) == []


def test_somebody_elses_contract_and_meter_are_unknown(rig, owner, client):
    stranger = steps.visitor(rig)
    token = steps.token(stranger, scopes=("submit",))
    refused(send(client, token, body(owner)), 404, "not_found")
    refused(send(client, token, body(stranger, {"meter": owner.meter, "value_l": 1})), 404, "not_found")
    refused(send(client, token, body(stranger, {"meter": "M-unknown", "value_l": 1})), 404, "not_found")
    refused(send(client, token, {"contract": "10-00000", "readings": [{"meter": owner.meter, "value_l": 1}]}), 404, "not_found")
    receipt = done(send(client, owner.token, body(owner)))["receipt"]
    for number in (receipt, "R-2026-00000000"):
        page = client._fetch("GET", f"{client.base}{ADDRESS}/{number}", None, {"Authorization": f"Bearer {token}"}, None)
        refused(page, 404, "not_found")


@pytest.mark.parametrize("level, status", [("read", 403), ("pay", 403), ("submit", 201), ("full", 201)])
def test_a_delegates_program_does_what_the_delegate_may(rig, owner, client, level, status):
    receiver = steps.visitor(rig)
    steps.delegate(rig, owner, receiver, level)
    page = send(client, steps.token(receiver, scopes=("submit",)), body(owner))
    assert page.status == status, page.text[:200]
    assert len(steps.stored(rig, owner.meter)) == (status == 201)


def test_a_delegate_of_one_meter_submits_for_that_one(rig, owner, client):
    receiver, other = steps.visitor(rig), next(m for m in owner.meters if m != owner.meter)
    steps.delegate(rig, owner, receiver, "submit", meter=owner.meter)
    token = steps.token(receiver, scopes=("submit",))
    refused(send(client, token, body(owner, {"meter": other, "value_l": owner.meters[other] + 1000})), 404, "not_found")
    done(send(client, token, body(owner)))


def test_a_contract_that_has_ended_takes_no_reading(rig, owner, client):
    rig.sql("UPDATE billing_contract SET ended_on = '2026-01-31' WHERE contract_no = ?", owner.contract)
    try:
        data = refused(send(client, owner.token, body(owner)), 422, "invalid")
        assert [p["code"] for p in data["problems"]] == ["reading_closed"]
    finally:
        rig.sql("UPDATE billing_contract SET ended_on = NULL WHERE contract_no = ?", owner.contract)


# --- what is no such form ---

BROKEN = ["", "{", "[]", "null", '"x"', "{}{}", '{"a": 1, "a": 2}', "{\"a\": \"\xff\"}".encode("latin-1"), "[" * 9000, "contract=1&readings=2"]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_json(owner, client, text):
    refused(send(client, owner.token, text), 400, "bad_request")


@pytest.mark.parametrize("change, at", [
    (lambda b: b.update(extra=1), "/extra"), (lambda b: b.update(dry_run="yes"), "/dry_run"), (lambda b: b.pop("contract"), "/contract"),
    (lambda b: b.update(contract=1), "/contract"), (lambda b: b.update(readings={}), "/readings"), (lambda b: b.update(value="1"), "/value"),
    (lambda b: b["readings"].append("x"), "/readings/1/meter"), (lambda b: b["readings"][0].pop("meter"), "/readings/0/meter"),
    (lambda b: b["readings"][0].update(meter=7), "/readings/0/meter"), (lambda b: b["readings"][0].update(value_l="1"), "/readings/0/value_l"),
    (lambda b: b["readings"][0].update(value_l=1.5), "/readings/0/value_l"), (lambda b: b["readings"][0].update(value=115), "/readings/0/value"),
    (lambda b: b["readings"][0].update(vlaue="1"), "/readings/0/vlaue"), (lambda b: b["readings"][0].update(confirm=True), "/readings/0/confirm"),
    (lambda b: b["readings"][0].update(what=["swapped"]), "/readings/0/what"), (lambda b: b["readings"][0].update(reason={}), "/readings/0/reason"),
    (lambda b: b.update({"a/b~c": 1}), "/a~1b~0c"),
    (lambda b: b["readings"].append({"meter": b["readings"][0]["meter"], "confirm": "high.1"}), "/readings/1/meter"),
    (lambda b: b["readings"][0].update(value="1\x01"), "/readings/0/value"), (lambda b: b["readings"][0].update(contract="x"), "/readings/0/contract")])
def test_what_is_wrong_is_pointed_at(rig, owner, client, change, at):
    wrong = body(owner)
    change(wrong)
    assert refused(send(client, owner.token, wrong), 400, "bad_request")["at"] == at
    assert steps.stored(rig, owner.meter) == []


def test_a_meter_twice_or_too_many_are_refused(owner, client):
    row = {"meter": owner.meter, "value_l": owner.last + 4000}
    refused(send(client, owner.token, body(owner, row, row)), 400, "bad_request")
    refused(send(client, owner.token, body(owner, *({"meter": f"M{n}", "value_l": 1} for n in range(21)))), 400, "bad_request")


@pytest.mark.parametrize("reading, code", [
    ({"value_l": 10 ** 15}, "reading_digits"), ({"value_l": -1}, "reading_negative"), ({"value": "x"}, "reading_not_number"),
    ({"value": None}, "readings_none"), ({}, "readings_none"), ({"value": ""}, "readings_none"), ({"value": "1", "value_l": 1}, "readings_twice")])
def test_what_is_no_reading_has_its_code(rig, owner, client, reading, code):
    data = refused(send(client, owner.token, body(owner, {"meter": owner.meter, **reading})), 422, "invalid")
    assert code in [p["code"] for p in data["problems"]]
    assert steps.stored(rig, owner.meter) == []


def test_a_choice_that_is_none_has_its_code(owner, client):
    data = refused(send(client, owner.token, body(owner, {"meter": owner.meter, "value_l": owner.last + 4000, "reason": "because"})), 422, "invalid")
    assert ("reason", "choice") in [(p["member"], p["code"]) for p in data["problems"]]


def test_the_key_is_required_and_is_a_key(owner, client):
    refused(send(client, owner.token, body(owner), ""), 400, "key_missing")
    for key in ("a b", "ā".encode().decode("latin-1"), "x" * 65, '""', "a/b"):
        refused(send(client, owner.token, body(owner), key), 400, "bad_request")


def test_only_json_and_not_too_much(owner, client):
    refused(send(client, owner.token, "a=b", Content_Type="application/x-www-form-urlencoded"), 415, "wrong_type")
    refused(send(client, owner.token, "{}", Content_Type=None), 415, "wrong_type")
    refused(send(client, owner.token, b" " * 17000), 413, "too_large")
    done(send(client, owner.token, body(owner), Content_Type="application/json; charset=utf-8"))


def test_other_methods(owner, client):
    for method, path, allow in (("DELETE", ADDRESS, "GET, HEAD, POST"), ("PUT", ADDRESS, "GET, HEAD, POST"),
                                ("POST", ADDRESS + "/R-1", "GET, HEAD"), ("POST", "/portal/api/v1/invoices", "GET, HEAD")):
        page = client._fetch(method, client.base + path, "{}", {"Authorization": f"Bearer {owner.token}", "Content-Type": "application/json",
                                                                "Idempotency-Key": "k"}, None)
        refused(page, 405, "method")
        assert page.header("Allow") == allow


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_the_limit_says_when(rig, owner, client):
    rig.configure("WaterPortalLimit readings 10\n")
    try:
        for n in range(10):
            done(send(client, owner.token, body(owner, {"meter": owner.meter, "value_l": owner.last + 4000 + n})))
        page = send(client, owner.token, body(owner, {"meter": owner.meter, "value_l": owner.last + 4099}))
        refused(page, 429, "too_often")
        assert 0 < int(page.header("Retry-After")) <= 360
        assert steps.stored(rig, owner.meter)[-1] == (owner.last + 4009, "current")
    finally:
        rig.configure("")
