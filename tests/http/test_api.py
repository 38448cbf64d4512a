# SPDX-License-Identifier: Apache-2.0
"""Data for programs: access tokens, their scopes and ends, the shapes, caching, the rate, and whose data they are."""
import concurrent.futures
import contextlib
import datetime
import fcntl
import hashlib
import json
import re
import time
import zoneinfo

import psycopg2
import pytest
from lxml import etree

import portal
import steps
from test_documents import GRAMMAR

LISTS = ("readings", "consumption", "invoices")
ADDRESSES = (*LISTS, "payments")  # whose scope is that of invoices


make = steps.token


@pytest.fixture(scope="module")
def owner(rig):
    browser = steps.visitor(rig)
    browser.account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    browser.meters = steps.meters(browser)
    browser.meter, browser.last = next(iter(browser.meters.items()))
    steps.receipt_of(steps.submit(browser, {browser.meter: browser.last + 4000}))
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)
    for number, issued, total, still in (("1", "2026-09-30", 2420, 0), ("2", "2026-10-31", 1210, 1210), ("3", "2026-11-10", -121, 0)):
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, ?, '2026-12-20', '2026-10-01', '2026-10-31', ?, ?, ?, ?) ON CONFLICT DO NOTHING", f"{number}/{browser.contract}",
                browser.contract, issued,
                total * 100 // 121, total - total * 100 // 121, total, still)
    browser.token = make(browser)
    return browser


@pytest.fixture(scope="module")
def receiver(rig):
    """Somebody else, with a contract of his own."""
    return steps.visitor(rig)


@pytest.fixture
def client(rig):
    """A program: no cookies."""
    return rig.browser()


def fetch(client, path, token=None, method="GET", **headers):
    sent = {"Authorization": f"Bearer {token}"} if token else {}
    sent.update({k.replace("_", "-"): v for k, v in headers.items()})
    return client._fetch(method, f"{client.base}/portal/api/v1{path}", None, {"Accept": "application/json", **sent}, None)


def rows(client, path, token):
    page = fetch(client, path, token)
    assert page.status == 200 and page.header("Content-Type") == "application/json", (page, page.text[:200])
    data = json.loads(page.body)
    assert data["version"] == 1
    return data


def refused(page, status, problem):
    assert page.status == status, (page, page.text[:200])
    assert page.header("Content-Type") == "application/problem+json" and page.header("Cache-Control") == "no-store"
    data = json.loads(page.body)
    assert data["type"] == f"urn:waterportal:problem:{problem}" and data["status"] == status and data["title"]
    assert re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", data["request"])
    assert page.header("Set-Cookie") is None
    return page


# --- tokens ---

def test_a_token_is_shown_once_and_kept_as_a_hash(rig, owner):
    form = owner.get("/portal/account/tokens").form("tokens").fill(name="Vienreiz")
    page = owner.submit(form)
    token = re.search(r"wpt_[a-z2-7]{40}", page.text)[0]
    cookie = next(c for c in owner.set_cookies if c.name == "__Secure-wp-once")
    assert token not in cookie.value and cookie.http_only and cookie.secure and cookie.same_site == "Strict"
    again = owner.get(page.url)
    assert token not in again.text and "tikai vienu reizi" in again.text
    stored = rig.sql("SELECT hash FROM portal_token WHERE account_id = ? AND name = 'Vienreiz'", owner.account)
    assert stored == [(hashlib.sha256(token.encode()).hexdigest(),)]
    page = owner.post(form.action, form.data())
    assert token not in page.text, "a replay makes no second one and shows nothing"
    assert rig.sql("SELECT count(*) FROM portal_token WHERE account_id = ? AND name = 'Vienreiz'", owner.account) == [(1,)]
    for table, columns in (("portal_form_result", "location"), ("portal_audit", "detail")):
        assert all(token not in (text or "") for text, in rig.sql(f"SELECT {columns} FROM {table}"))


def test_somebody_elses_cookie_shows_nothing(owner, receiver):
    form = owner.get("/portal/account/tokens").form("tokens").fill(name="Zaglim")
    page = owner.submit(form, follow=False)
    other = receiver
    stolen = next(c for c in reversed(owner.set_cookies) if c.name == "__Secure-wp-once")
    other.jar[(stolen.host, stolen.path, stolen.name)] = stolen
    page = other.get(page.header("Location"))
    assert page.status == 200 and "wpt_" not in page.text
    owner.get("/portal/account/tokens")


@pytest.mark.parametrize("values, message", [({"name": ""}, "Ierakstiet nosaukumu"), ({"scope-readings": False}, "vismaz vienu"),
                                             ({"name": "x" * 61}, "Saīsiniet")])
def test_what_a_token_needs(rig, owner, values, message):
    before = rig.sql("SELECT count(*) FROM portal_token")
    page = owner.submit(owner.get("/portal/account/tokens").form("tokens").fill({"name": "Programma", **values}))
    assert page.status == 422 and message in page.text and rig.sql("SELECT count(*) FROM portal_token") == before


def test_a_token_lives_a_year_at_most(rig, owner):
    form = owner.get("/portal/account/tokens").form("tokens").fill(name="Ilgi")
    data = dict(form.data())
    for days in ("366", "0", "-1", "99999999999", "x"):
        assert owner.post(form.action, {**data, "days": days}).status == 422
    make(owner, "Gads", 365)
    created, expires = rig.sql("SELECT created_at, expires_on FROM portal_token WHERE account_id = ? AND name = 'Gads'", owner.account)[0]
    created = datetime.datetime.fromisoformat(created).astimezone(zoneinfo.ZoneInfo("Europe/Riga"))
    assert expires == f"{created.year + 1}-{created:%m-%d}".replace("02-29", "02-28"), "the same day of the next year"


def test_twenty_valid_tokens_at_a_time(rig):
    browser = steps.visitor(rig)
    for n in range(20):
        make(browser, f"Nr. {n}")
    form = browser.get("/portal/account/tokens").form("tokens").fill(name="Par daudz")
    page = browser.submit(form)
    assert page.status == 422 and "20" in page.text
    browser.get("/portal/account/tokens")
    page = browser.click("Nr. 7")
    browser.submit(page.form(), None)
    make(browser, "Tagad var")


# --- who may, with what ---

def test_no_token_no_data(client):
    for path in LISTS:
        page = refused(fetch(client, f"/{path}"), 401, "token_missing")
        assert page.header("WWW-Authenticate") == 'Bearer realm="waterportal"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer wpt_x", "Bearer " + "a" * 5000, "Bearer a b", "Bearer 'or'1'='1", "Basic YTpi",
                                    "bearer\twpt_x", "Bearer wpt_\u00e4", "Token wpt_x", "Bearerwpt_x", ""])
def test_headers_that_are_none(client, header):
    page = fetch(client, "/readings", Authorization=header.encode("utf-8").decode("latin-1"))
    assert page.status == 401 and page.header("Content-Type") == "application/problem+json"
    assert page.header("WWW-Authenticate").startswith("Bearer realm=")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_schemes_name_may_be_in_any_case(owner, client, scheme):
    assert fetch(client, "/readings", Authorization=f"{scheme} {owner.token}").status == 200


def test_a_token_in_the_address_counts_for_nothing(owner, client):
    for name in ("access_token", "token", "Authorization"):
        refused(fetch(client, f"/readings?{name}={owner.token}"), 401, "token_missing")


def test_a_login_counts_for_nothing(owner, client):
    """Neither the cookies of somebody logged in nor claims that a client sends as headers."""
    refused(owner._fetch("GET", f"{owner.base}/portal/api/v1/readings", None, {}, None), 401, "token_missing")
    refused(fetch(client, "/readings", OIDC_CLAIM_sub="x", OIDC_CLAIM_iss="y", REMOTE_USER="z", X_Remote_User="z"), 401, "token_missing")
    other = fetch(client, "/readings", owner.token, OIDC_CLAIM_sub="x", REMOTE_USER="z")
    assert {r["contract"] for r in json.loads(other.body)["readings"]} == {owner.contract}


def test_a_scope_opens_its_own_list_only(owner, client):
    for scope in LISTS:
        token = make(owner, f"Tikai {scope}", scopes=(scope,))
        for path in ADDRESSES:
            page = fetch(client, f"/{path}", token)
            wanted = "invoices" if path == "payments" else path
            if wanted == scope:
                assert page.status == 200
            else:
                refused(page, 403, "token_scope")
                assert page.header("WWW-Authenticate") == f'Bearer realm="waterportal", error="insufficient_scope", scope="{wanted}"'


def test_a_token_that_ended_or_was_revoked(rig, owner, client):
    token = make(owner, "Beigsies", 30)
    assert fetch(client, "/readings", token).status == 200
    rig.sql("UPDATE portal_token SET expires_on = '2020-01-01' WHERE account_id = ? AND name = 'Beigsies'", owner.account)
    page = refused(fetch(client, "/readings", token), 401, "token_bad")
    assert page.header("WWW-Authenticate") == 'Bearer realm="waterportal", error="invalid_token"'
    token = make(owner, "Atsauks", 30)
    owner.get("/portal/account/tokens")
    owner.submit(owner.click("Atsauks").form())
    refused(fetch(client, "/readings", token), 401, "token_bad")
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'token_revoked'", owner.account) == [(1,)]
    unknown = refused(fetch(client, "/readings", "wpt_" + "a" * 40), 401, "token_bad")
    assert unknown.header("WWW-Authenticate") == page.header("WWW-Authenticate")


def test_somebody_else_cannot_revoke_it(rig, owner, receiver, client):
    other = receiver
    number, = rig.sql("SELECT token_id FROM portal_token WHERE account_id = ? AND name = 'Programma'", owner.account)[0]
    assert other.get(f"/portal/account/tokens/{number}").status == 404
    own = make(other, "Manējais")
    mine = other.get("/portal/account/tokens").link("Manējais")
    form = other.get(mine).form()
    assert other.post(f"/portal/account/tokens/{number}", form.data()).status in (403, 404)
    assert fetch(client, "/readings", owner.token).status == 200 and fetch(client, "/readings", own).status == 200


def test_foreign_and_unknown_contracts_look_the_same(rig, owner, client):
    foreign = rig.people["anna"]["contracts"][0]
    answers = []
    for contract in (foreign, "10-00000", owner.contract + "x"):
        for path in LISTS:
            page = refused(fetch(client, f"/{path}?contract={contract}", owner.token), 404, "not_found")
            answers.append((path, {k: v for k, v in json.loads(page.body).items() if k != "request"}))
    assert len({json.dumps(a) for a in answers}) == len(LISTS)


def test_a_right_that_ends_in_billing_ends_here_at_once(rig, receiver, client):
    browser = receiver
    token = make(browser)
    assert rows(client, "/readings", token)["readings"]
    rig.sql("UPDATE portal_account_contract SET ended_at = '2026-01-01T00:00:00Z' WHERE contract_no = ?", browser.contract)
    try:
        assert rows(client, "/readings", token)["readings"] == [] and rows(client, "/consumption", token)["consumption"] == []
        refused(fetch(client, f"/readings?contract={browser.contract}", token), 404, "not_found")
    finally:
        rig.sql("UPDATE portal_account_contract SET ended_at = NULL WHERE contract_no = ?", browser.contract)


def delegate(rig, giver, receiver, level, number, point=None):
    code = rig.sql("SELECT p.person_code FROM portal_person_code p JOIN portal_account_contract c ON c.account_id = p.account_id WHERE c.contract_no = ?",
                   receiver.contract)[0][0]
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, receiver_name, level, since, until, state, "
            "created_at) "
            "VALUES (?, ?, ?, ?, ?, 'X', ?, '2020-01-01', '2099-12-31', 'active', '2026-01-01T00:00:00Z')", number, giver.contract, point, giver.account, code,
            level)


def test_a_delegates_token_shows_what_the_right_is_about_and_is_written_down(rig, owner, receiver, client):
    token = make(receiver)
    point, = rig.sql("SELECT point_id FROM billing_meter WHERE meter_id = ?", owner.meter)[0]
    delegate(rig, owner, receiver, "submit", f"one-{owner.account}", point)
    readings = rows(client, f"/readings?contract={owner.contract}", token)["readings"]
    assert {r["meter"] for r in readings} == {owner.meter}, "one meter of three"
    assert {c["meter"] for c in rows(client, f"/consumption?contract={owner.contract}", token)["consumption"]} == {owner.meter}
    refused(fetch(client, f"/invoices?contract={owner.contract}", token), 403, "no_right")
    assert {r["contract"] for r in rows(client, "/readings", token)["readings"]} == {owner.contract, receiver.contract}
    assert {i["contract"] for i in rows(client, "/invoices", token)["invoices"]} == {receiver.contract}
    views = rig.sql("SELECT actor_kind, delegation_id, detail FROM portal_audit WHERE contract_no = ? AND action = 'viewed' ORDER BY detail", owner.contract)
    assert views == [("token", f"one-{owner.account}", "api.consumption"), ("token", f"one-{owner.account}", "api.readings")]
    rig.sql("UPDATE portal_delegation SET state = 'revoked' WHERE delegation_id = ?", f"one-{owner.account}")
    refused(fetch(client, f"/readings?contract={owner.contract}", token), 404, "not_found")
    assert {r["contract"] for r in rows(client, "/readings", token)["readings"]} == {receiver.contract}
    rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", f"one-{owner.account}")


@pytest.mark.parametrize("level", ["read", "full"])
def test_a_right_on_one_meter_shows_no_invoices(rig, owner, receiver, client, level):
    token = make(receiver)
    point, = rig.sql("SELECT point_id FROM billing_meter WHERE meter_id = ?", owner.meter)[0]
    delegate(rig, owner, receiver, level, f"one-{level}", point)
    try:
        assert {r["contract"] for r in rows(client, "/readings", token)["readings"]} == {owner.contract, receiver.contract}
        refused(fetch(client, f"/invoices?contract={owner.contract}", token), 403, "no_right")
        assert {i["contract"] for i in rows(client, "/invoices", token)["invoices"]} == {receiver.contract}
        assert rig.sql("SELECT count(*) FROM portal_audit WHERE delegation_id = ? AND detail = 'api.invoices'", f"one-{level}") == [(0,)]
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", f"one-{level}")


def test_a_list_over_all_contracts_is_written_down_as_well(rig, owner, receiver, client):
    token = make(receiver)
    delegate(rig, owner, receiver, "full", f"all-{owner.account}")
    try:
        assert {i["contract"] for i in rows(client, "/invoices", token)["invoices"]} == {owner.contract, receiver.contract}
        assert rig.sql("SELECT count(*) FROM portal_audit WHERE delegation_id = ? AND detail = 'api.invoices'", f"all-{owner.account}") == [(1,)]
        rows(client, "/invoices", token)
        assert rig.sql("SELECT count(*) FROM portal_audit WHERE delegation_id = ? AND detail = 'api.invoices'", f"all-{owner.account}") == [(1,)], "once a day"
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", f"all-{owner.account}")


# --- shapes ---

def test_readings(rig, owner, client):
    data = rows(client, "/readings", owner.token)
    assert list(data) == ["version", "readings", "page", "pages", "next"]
    first = data["readings"][0]
    assert list(first) == ["contract", "meter", "serial", "place", "read_on", "value_l", "kind", "pending"]
    assert isinstance(first["value_l"], int) and first["pending"] is False and re.fullmatch(r"\d{4}-\d\d-\d\d", first["read_on"])
    pending = [r for r in data["readings"] if r["pending"]]
    assert [(r["meter"], r["value_l"]) for r in pending] == [(owner.meter, owner.last + 4000)]
    known = rig.sql("SELECT count(*) FROM billing_reading r JOIN billing_meter m ON m.meter_id = r.meter_id WHERE m.contract_no = ?", owner.contract)[0][0]
    assert len(data["readings"]) == known + 1 and data["pages"] == 1 and data["next"] is None
    assert data["readings"] == sorted(data["readings"], key=lambda r: (r["read_on"], r["contract"], r["meter"]))


def test_days_narrow_it_down(owner, client):
    everything = rows(client, "/readings", owner.token)["readings"]
    days = sorted({r["read_on"] for r in everything})
    some = rows(client, f"/readings?from={days[2]}&until={days[5]}&contract={owner.contract}", owner.token)["readings"]
    assert some == [r for r in everything if days[2] <= r["read_on"] <= days[5]] and len(some) > 0
    assert rows(client, "/readings?from=2099-01-01", owner.token)["readings"] == []
    invoices = rows(client, "/invoices?from=2026-10-01&until=2026-10-31", owner.token)["invoices"]
    assert [i["invoice"] for i in invoices] == [f"2/{owner.contract}"]


def test_consumption_adds_up_to_the_counters(owner, client):
    readings = [r for r in rows(client, "/readings", owner.token)["readings"] if r["meter"] == owner.meter and r["value_l"] is not None]
    steps_ = [c for c in rows(client, "/consumption", owner.token)["consumption"] if c["meter"] == owner.meter]
    assert list(steps_[0]) == ["contract", "meter", "serial", "place", "from", "until", "days", "use_l", "rollover"]
    assert sum(c["use_l"] for c in steps_) == readings[-1]["value_l"] - readings[0]["value_l"]
    assert steps_[-1]["use_l"] == 4000 and all(a["until"] == b["from"] for a, b in zip(steps_, steps_[1:]))
    last = steps_[-1]["until"]
    assert rows(client, f"/consumption?from={last}&until={last}", owner.token)["consumption"][0]["use_l"] == 4000


def test_consumption_over_a_swap_and_a_rollover(rig, client, login):
    browser = rig.browser()
    login(browser, "liga")
    token = make(browser, "Līga")
    data = rows(client, "/consumption", token)["consumption"]
    assert all(c["use_l"] is None or c["use_l"] >= 0 for c in data) and any(c["rollover"] is True for c in data)


def test_invoices_in_cents(owner, client):
    data = rows(client, "/invoices", owner.token)["invoices"]
    assert [(i["total_c"], i["open_c"]) for i in data] == [(2420, 0), (1210, 1210), (-121, 0)]
    assert all(i["net_c"] + i["vat_c"] == i["total_c"] for i in data)
    assert list(data[0]) == ["invoice", "contract", "issued_on", "due_on", "period_from", "period_until", "net_c", "vat_c", "total_c", "open_c",
                             "water_c", "sewage_c", "rain_c", "other_c", "state"]


def test_money_by_service_and_payments_are_what_billing_says(rig, client, login):
    browser = rig.browser()
    login(browser, "anna")
    token = make(browser, "Nauda")
    contracts = {c for c, in rig.sql("SELECT contract_no FROM portal_account_contract WHERE account_id = (SELECT account_id FROM portal_account_contract "
                                     "WHERE contract_no = '10-45101')")}
    marks = ", ".join("?" * len(contracts))
    invoices = rows(client, "/invoices", token)["invoices"]
    billed = {number: net for number, net in rig.sql(f"SELECT invoice_no, net_c FROM billing_invoice WHERE contract_no IN ({marks})", *contracts)}
    assert {i["invoice"]: i["net_c"] for i in invoices} == billed and len(billed) > 10
    assert all(i["water_c"] + i["sewage_c"] + i["rain_c"] + i["other_c"] == i["net_c"] for i in invoices)
    payments = rows(client, "/payments", token)["payments"]
    assert list(payments[0]) == ["contract", "invoice", "paid_on", "amount_c", "pending"]
    assert (len(payments), sum(p["amount_c"] for p in payments)) == tuple(map(int, rig.sql(
        f"SELECT count(*), sum(amount_c) FROM billing_payment WHERE contract_no IN ({marks})", *contracts)[0]))
    assert not any(p["pending"] for p in payments)
    day = payments[3]["paid_on"]
    assert {p["paid_on"] for p in rows(client, f"/payments?from={day}&until={day}", token)["payments"]} == {day}


def test_consumption_by_month_is_that_of_the_overview(rig, client, login):
    """The whole history, month by month: the same litres, computed parts and swaps as the page shows."""
    browser = rig.browser()
    login(browser, "liga")
    token = make(browser, "Mēneši")
    months = rows(client, "/consumption", token)["months"]
    assert list(months[0]) == ["contract", "meter", "serial", "place", "month", "use_l", "days", "estimated_l", "estimated_days", "missing_days", "swaps",
                               "complete"]
    for meter in sorted({m["meter"] for m in months}):
        own = [m for m in months if m["meter"] == meter]
        page = steps.document(browser, f"/portal/overview?contract={own[0]['contract']}&meter={meter}&from={own[0]['month']}&until={own[-1]['month']}")
        shown = {bar.get("from"): (int(bar.get("litres")), int(bar.get("estimated") or 0)) for bar in page.findall("data/bar")}
        assert {m["month"]: (m["use_l"], m["estimated_l"]) for m in own if m["use_l"] is not None and m["month"] in shown} == {
            month: litres for month, litres in shown.items() if month in {m["month"] for m in own if m["use_l"] is not None}}
        assert sum(m["use_l"] or 0 for m in own) == int(page.find("data/period").get("litres"))
    assert sum(m["swaps"] for m in months) > 0
    some = rows(client, "/consumption?from=2026-02-10&until=2026-03-05", token)["months"]
    assert {m["month"] for m in some} == {"2026-02", "2026-03"}


def test_pages(rig, client, login):
    """The property manager has more readings than a page takes: nothing is left out and nothing is twice."""
    browser = rig.browser()
    login(browser, "peteris")
    token = make(browser, "Pārvaldnieks")
    first = rows(client, "/readings?from=2000-01-01", token)
    assert first["pages"] > 5 and len(first["readings"]) == 500 and "from=2000-01-01" in first["next"]
    seen, address = [], "/readings?from=2000-01-01"
    for _ in range(12):
        data = rows(client, address, token)
        seen += [json.dumps(r) for r in data["readings"]]
        if not data["next"]:
            break
        address = data["next"].removeprefix("/portal/api/v1")
    assert len(set(seen)) == len(seen)
    days = [json.loads(r)["read_on"] for r in seen]
    assert days == sorted(days)
    assert rows(client, f"/readings?page={first['pages']}", token)["next"] is None


@pytest.mark.parametrize("query", ["from=x", "from=2026-13-01", "until=2026-02-30", "page=0", "page=x", "contract=..", "from=2026-01-01&from=2026-01-02",
                                   "contract=a%0Ab", "contract=" + "a" * 65, "from=%00", "from=%ff"])
def test_questions_that_make_no_sense(owner, client, query):
    refused(fetch(client, f"/readings?{query}", owner.token), 400, "bad_request")


@pytest.mark.parametrize("contract", ["../x", "a'b", "10-99999"])
def test_a_contract_that_is_not_the_owner_s(owner, client, contract):
    """Any text may be a contract's number (docs/database.md): what nobody has and what others have look the same."""
    refused(fetch(client, f"/readings?contract={contract}", owner.token), 404, "not_found")


@pytest.mark.parametrize("path", ["/nothing", "/readings/x/y", "/invoices/x", "/tokens", "/readings%2F"])
def test_addresses_that_do_not_exist(owner, client, path):
    page = fetch(client, path, owner.token)
    assert page.status == 404
    if page.header("Content-Type") == "application/problem+json":  # else httpd's own, before us
        refused(page, 404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_else_can_be_changed(owner, client, method):
    """Readings may be submitted (test_api_submit.py)."""
    for path in ADDRESSES[1:]:
        page = refused(fetch(client, f"/{path}", owner.token, method), 405, "method")
        assert page.header("Allow") == "GET, HEAD"


def test_the_documents_follow_the_grammar(owner, client):
    for path in ADDRESSES:
        page = fetch(client, f"/{path}?view=xml", owner.token)
        assert page.status == 200 and page.header("Content-Type").startswith("application/xml")
        document = etree.fromstring(page.body)
        assert GRAMMAR.validate(document), GRAMMAR.error_log
        assert document.find("person") is None
    document = etree.fromstring(owner.get("/portal/account/export.zip?view=xml").body)
    assert GRAMMAR.validate(document), GRAMMAR.error_log
    for path in ("", "/email", "/phone", "/email/code", "/reminders", "/consents", "/tokens", "/erasure"):
        document = etree.fromstring(owner.get(f"/portal/account{path}?view=xml").body)
        assert GRAMMAR.validate(document), (path, GRAMMAR.error_log)
    for path in ("public/outages", "public/accessibility", "public/privacy", "api/v1"):
        document = etree.fromstring(owner.get(f"/portal/{path}?view=xml").body)
        assert GRAMMAR.validate(document), (path, GRAMMAR.error_log)


# --- caching ---

def test_an_answer_may_be_kept_but_must_be_asked_about(owner, client):
    page = fetch(client, "/readings", owner.token)
    etag = page.header("ETag")
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    assert page.header("Cache-Control") == "private, no-cache" and "Authorization" in page.header("Vary")
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        page = fetch(client, "/readings", owner.token, If_None_Match=sent)
        assert page.status == 304 and page.body == b"" and page.header("ETag") == etag and page.header("Cache-Control") == "private, no-cache", sent
        assert page.header("Content-Type") is None and page.header("Content-Length") in (None, "0")
    assert fetch(client, "/readings", owner.token, If_None_Match='"other"').status == 200
    assert fetch(client, "/readings?from=2026-10-01", owner.token, If_None_Match=etag).status == 200
    head = fetch(client, "/readings", owner.token, "HEAD")
    assert head.status == 200 and head.body == b"" and head.header("ETag") == etag


def test_another_answer_has_another_tag(rig, owner, client):
    etag = fetch(client, "/invoices", owner.token).header("ETag")
    rig.sql("UPDATE billing_invoice SET open_c = 0 WHERE invoice_no = ?", f"2/{owner.contract}")
    try:
        assert fetch(client, "/invoices", owner.token, If_None_Match=etag).status == 200
    finally:
        rig.sql("UPDATE billing_invoice SET open_c = 1210 WHERE invoice_no = ?", f"2/{owner.contract}")
    assert fetch(client, "/invoices", owner.token, If_None_Match=etag).status == 304


def test_a_tag_opens_nothing_without_a_token(owner, client):
    etag = fetch(client, "/readings", owner.token).header("ETag")
    refused(fetch(client, "/readings", If_None_Match=etag), 401, "token_missing")


# --- the rate ---

def start_of_a_minute():
    """Counting is by the minute: not over its end."""
    if time.time() % 60 > 35:
        time.sleep(61 - time.time() % 60)


def test_sixty_requests_a_minute_for_all_processes_together(rig, owner, client):
    token = make(owner, "Steidzīgs", scopes=("invoices",))
    other = make(owner, "Mierīgs", scopes=("invoices",))
    start_of_a_minute()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: fetch(rig.browser(), "/invoices", token), range(80)))
    assert sum(p.status == 200 for p in pages) == 60 and sum(p.status == 429 for p in pages) == 20
    limited = refused(next(p for p in pages if p.status == 429), 429, "too_many")
    assert 1 <= int(limited.header("Retry-After")) <= 60
    assert fetch(client, "/invoices", other).status == 200, "each token has its own"
    number, used = rig.sql("SELECT token_id, used_at FROM portal_token WHERE account_id = ? AND name = 'Steidzīgs'", owner.account)[0]
    assert used.endswith(":00Z"), "to the minute"
    minute, uses = rig.sql("SELECT minute, uses FROM portal_token_use WHERE token_id = ?", number)[0]
    assert minute == used and 60 <= uses <= 68
    rig.sql("UPDATE portal_token_use SET minute = '2020-01-01T00:00:00Z' WHERE token_id = ?", number)
    assert fetch(client, "/invoices", token).status == 200
    assert rig.sql("SELECT count(*) FROM portal_token_use WHERE token_id = ?", number) == [(1,)], "older minutes are taken away"


def test_a_token_that_is_refused_writes_nothing(rig, owner, client):
    before = rig.sql("SELECT token_id, minute, uses FROM portal_token_use ORDER BY token_id")
    token = make(owner, "Bez tiesībām", scopes=("readings",))
    refused(fetch(client, "/invoices", token), 403, "token_scope")
    refused(fetch(client, "/invoices", "wpt_" + "b" * 40), 401, "token_bad")
    assert rig.sql("SELECT token_id, minute, uses FROM portal_token_use ORDER BY token_id") == before


@pytest.mark.expects_log("AH00488", at_least=0)
def test_the_rate_is_the_admins(rig, client):
    rig.configure("WaterPortalTokenRate 2\n")
    try:
        token = make(steps.visitor(rig), "Divi", scopes=("invoices",))
        start_of_a_minute()
        assert [fetch(client, "/invoices", token).status for _ in range(4)] == [200, 200, 429, 429]
    finally:
        rig.configure("")


# --- when the database is away ---

@contextlib.contextmanager
def counting_is_stuck(rig):
    """Somebody holds what the counting of a request needs."""
    if rig.driver == "sqlite3":
        with open(f"{rig.params}-gate", "r+b") as gate:
            fcntl.lockf(gate, fcntl.LOCK_EX)
            yield
        return
    with contextlib.closing(psycopg2.connect(rig.params)) as db, db, db.cursor() as cursor:
        cursor.execute("LOCK TABLE portal_token_use IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.expects_log("WP020[23]|WP0210")
def test_a_busy_database_is_a_problem_too(rig, owner, client):
    with counting_is_stuck(rig):
        page = refused(fetch(client, "/invoices", owner.token), 503, "unavailable")
    assert int(page.header("Retry-After")) > 0
    assert fetch(client, "/invoices", owner.token).status == 200
