# SPDX-License-Identifier: Apache-2.0
"""Rights given to others: offering, inviting, accepting, refusing, extending, ending; and who did what."""
import concurrent.futures
import contextlib
import copy
import datetime
import hashlib
import json
import re
import sqlite3
import time

import psycopg2
import pytest

import portal
import routes
import steps


@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(3)]


@pytest.fixture
def giver(rig, cast):
    return steps.returning(rig, cast[0])


@pytest.fixture
def receiver(rig, cast):
    return steps.returning(rig, cast[1])


@pytest.fixture
def third(rig, cast):
    return steps.returning(rig, cast[2])


def typed_code(rig, browser):
    """As a person writes it: 329000-00001."""
    digits = steps.code_of(rig, browser).removeprefix("PNOLV-")
    return f" {digits[:6]}-{digits[6:]}"


def form_of(browser):
    return browser.get(f"/portal/delegations/new?contract={browser.contract}").form()


def give(rig, giver, to=None, **values):
    """Sends the form; the page arrived at. to None: an invitation."""
    how = {"how": "code", "receiver": typed_code(rig, to)} if to else {"how": "link"}
    return giver.submit(form_of(giver).fill({"who": "Līga, grāmatvede", "level": "submit", **how, **values}))


def id_of(page):
    assert page.status == 200 and "/delegations/given/" in page.url, f"{page} {problems(page)}"
    return page.path.rsplit("/", 1)[1]


def link_of(page):
    return re.search(r"/portal/delegations/offer/[a-z2-7]{26}", page.text)[0]


def problems(page):
    return re.findall(r'<li><a href="#([\w-]+)">([^<]*)', page.text)


def state(rig, delegation):
    return rig.sql("SELECT state FROM portal_delegation WHERE delegation_id = ?", delegation)[0][0]


def actions(rig, delegation):
    return {a for a, in rig.sql("SELECT action FROM portal_audit WHERE detail = ?", delegation)}


def messages(rig, delegation):
    return rig.sql("SELECT kind, recipient, arguments FROM portal_outbox WHERE subject = ? ORDER BY created_at, kind", delegation)


def accept(browser, address, button="accept"):
    page = browser.get(address)
    assert page.status == 200, page
    return browser.submit(page.form(), button)


@pytest.mark.parametrize("dash", ["\u2013", "\u2011", " \u2212 ", "", "\u00ad-\u200b"])
def test_a_pasted_person_code_is_the_code(rig, giver, receiver, dash):
    """With the dashes and invisible characters that come with pasted text."""
    delegation = id_of(give(rig, giver, receiver, term="3", receiver=f"\u202a{typed_code(rig, receiver).strip().replace('-', dash)}\u202c"))
    assert rig.sql("SELECT receiver_code FROM portal_delegation WHERE delegation_id = ?", delegation) == [(steps.code_of(rig, receiver),)]


def test_an_offer_by_person_code_is_accepted(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver, term="3"))
    assert rig.sql("SELECT receiver_code, level, point_id, invite_hash, state FROM portal_delegation WHERE delegation_id = ?", delegation) == [
        (steps.code_of(rig, receiver), "submit", None, None, "offered")]
    assert receiver.get(steps.form_url(giver)).status == 404, "an offer is no right yet"

    home = receiver.get("/portal/home")
    assert "piedāvā pilnvaru" in home.text
    receiver.follow(home.link("Apskatīt piedāvājumu"))
    assert "Load Nr." in receiver.page.text and giver.contract in receiver.page.text
    done = receiver.submit(receiver.page.form(), "accept")
    assert done.path == f"/portal/delegations/settled/{delegation}" and "Pilnvara pieņemta" in done.text
    assert state(rig, delegation) == "active"

    page = receiver.get(steps.form_url(giver))
    assert page.status == 200 and "rīkojaties klienta Load Nr." in page.text
    assert "piedāvā pilnvaru" not in receiver.get("/portal/home").text
    listed = giver.get("/portal/delegations")
    assert "Load Nr." in listed.text and "Viss līgums" in listed.text
    assert actions(rig, delegation) == {"delegation_offered", "delegation_accepted"}
    told = {kind: (recipient, json.loads(arguments)) for kind, recipient, arguments in messages(rig, delegation)}
    assert set(told) == {"delegation_offered", "delegation_changed"} and len({recipient for recipient, _ in told.values()}) == 2
    assert told["delegation_changed"][1]["change"] == "accepted" and told["delegation_offered"][1]["contract"] == giver.contract


def test_an_offer_is_refused(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver))
    done = accept(receiver, f"/portal/delegations/offer/{delegation}", "refuse")
    assert "nav pieņemta" in done.text and state(rig, delegation) == "refused"
    assert receiver.get(steps.form_url(giver)).status == 404
    assert receiver.get(f"/portal/delegations/offer/{delegation}").status == 404
    assert actions(rig, delegation) == {"delegation_offered", "delegation_refused"}


def test_an_offer_is_for_its_person_only(rig, giver, receiver, third):
    delegation = id_of(give(rig, giver, receiver))
    stranger = third
    assert stranger.get(f"/portal/delegations/offer/{delegation}").status == 404
    assert stranger.get(f"/portal/delegations/settled/{delegation}").status == 404
    form = receiver.get(f"/portal/delegations/offer/{delegation}").form()
    page = stranger.post(form.action, form.data("accept"))
    assert page.status == 403 and state(rig, delegation) == "offered"


def test_an_invitation_is_good_for_one_person(rig, giver, receiver, third):
    page = give(rig, giver, level="read")
    delegation, link = id_of(page), link_of(page)
    secret = link.rsplit("/", 1)[1]
    stored = rig.sql("SELECT * FROM portal_delegation WHERE delegation_id = ?", delegation)
    assert hashlib.sha256(secret.encode()).hexdigest() in stored[0]
    for table in ("portal_delegation", "portal_audit", "portal_outbox", "portal_form_result"):
        assert secret not in str(rig.sql(f"SELECT * FROM {table}")), f"{table} keeps the secret"

    second = third
    late = second.get(link).form()
    accept(receiver, link)
    assert state(rig, delegation) == "active"
    assert rig.sql("SELECT receiver_code FROM portal_delegation WHERE delegation_id = ?", delegation) == [(steps.code_of(rig, receiver),)]
    assert second.post(late.action, late.data("accept")).status == 404
    assert rig.sql("SELECT receiver_code FROM portal_delegation WHERE delegation_id = ?", delegation) == [(steps.code_of(rig, receiver),)]
    assert second.get(steps.form_url(giver)).status == 404
    answers = [second.get(address) for address in (link, "/portal/delegations/offer/" + "a" * 20, f"/portal/delegations/offer/{delegation}")]
    assert {(a.status, a.title) for a in answers} == {(404, answers[0].title)}, "used, unknown and foreign look the same"


def test_an_invitation_lapses_and_is_shown_once(rig, giver, receiver):
    page = give(rig, giver, level="read")
    delegation, link = id_of(page), link_of(page)
    again = giver.get(page.url)
    assert again.status == 200 and link not in again.text and "otrreiz to redzēt nevar" in again.text
    assert not giver.cookie("__Secure-wp-once")
    rig.sql("UPDATE portal_delegation SET invite_until = ? WHERE delegation_id = ?", "2999-01-01T00:00:00Z", delegation)
    assert receiver.get(link).status == 200
    rig.sql("UPDATE portal_delegation SET invite_until = ? WHERE delegation_id = ?", rig.sql(
        "SELECT at FROM portal_audit WHERE detail = ?", delegation)[0][0], delegation)
    assert receiver.get(link).status == 404
    assert "Netika pieņemta" in giver.get("/portal/delegations").text


def test_ones_own_invitation_is_not_for_oneself(rig, giver):
    page = give(rig, giver, level="read")
    own = giver.get(link_of(page))
    assert own.status == 409 and "Nosūtiet saiti" in own.text
    assert state(rig, id_of(page)) == "offered"


def forget(rig, email):
    for table in ("portal_identity", "portal_person_code", "portal_account"):
        rig.sql(f"DELETE FROM {table} WHERE account_id IN (SELECT account_id FROM portal_account WHERE email = ?)", email)


@pytest.fixture
def mallory(rig):
    """Who has no account, before and after."""
    forget(rig, "mallory@example.lv")
    browser = rig.browser()
    portal.login(browser, "mallory")
    yield browser
    forget(rig, "mallory@example.lv")


def test_a_person_without_an_account_gets_one_by_accepting(rig, giver, mallory):
    browser = mallory
    assert browser.page.path == "/portal/registration"
    page = give(rig, giver, how="code", receiver="329900-13370", level="read")
    offer = browser.get("/portal/registration").link("Apskatīt piedāvājumu")
    browser.follow(offer)
    refused = browser.submit(browser.page.form(), "accept")
    assert refused.status == 422 and problems(refused)[0][0] == "email"
    done = browser.submit(refused.form().fill(email="mallory@example.lv"), "accept")
    assert "Pilnvara pieņemta" in done.text and state(rig, id_of(page)) == "active"
    assert rig.sql("SELECT language, name FROM portal_account WHERE email = 'mallory@example.lv'")[0][0] == "lv"
    assert browser.get(f"/portal/readings/history?contract={giver.contract}").status == 200
    assert browser.get("/portal/home").status == 200
    giver.submit(giver.get(f"/portal/delegations/revoke/{id_of(page)}").form())
    assert browser.get("/portal/home").path == "/portal/registration", "nothing is left to see"


@pytest.mark.parametrize("values, control, words", [
    ({"how": "code", "receiver": ""}, "receiver", "Ierakstiet personas kodu"),
    ({"how": "code", "receiver": "12345"}, "receiver", "neizskatās pēc personas koda"),
    ({"how": "link", "who": " "}, "who", "Aizpildiet"),
    ({"how": "link", "level": "pay", "point": "own"}, "point", "visu līgumu"),
    ({"how": "link", "term": "date"}, "until", "Izvēlieties pēdējo dienu"),
    ({"how": "link", "term": "date", "until": "2020-01-01"}, "until", "vēlāk nekā šodien"),
    ({"how": "link", "term": "date", "until": "2999-01-01"}, "until", "trīs gadus"),
    ({"how": "link", "term": "date", "until": "rīt"}, "until", "nav datums"),
])
def test_what_is_not_right_is_named(rig, giver, values, control, words):
    before = rig.sql("SELECT count(*) FROM portal_delegation")
    form = form_of(giver)
    if values.get("point") == "own":
        values = {**values, "point": next(c for c in form.controls if c["name"] == "point")["options"][1]}
    page = giver.submit(form.fill({"who": "Kāds", "level": "read", **values}))
    assert page.status == 422 and page.title.startswith("Kļūda:")
    assert any(c == control and words in text for c, text in problems(page)), problems(page)
    assert before == rig.sql("SELECT count(*) FROM portal_delegation")


def test_a_foreign_meter_is_no_meter(rig, giver, receiver):
    form = form_of(giver).fill(how="link", who="Kāds", level="read")
    foreign = rig.sql("SELECT point_id FROM billing_meter WHERE contract_no = ?", receiver.contract)[0][0]
    answers = [giver.post(form.action, [(n, point if n == "point" else v) for n, v in form.data()]).status for point in (foreign, "D9P9")]
    assert answers == [404, 404]


def test_who_needs_no_right_gets_none(rig, giver, receiver):
    own = giver.submit(form_of(giver).fill(how="code", receiver=typed_code(rig, giver), who="Es", level="read"))
    assert problems(own) and "pašu personas kods" in problems(own)[0][1]

    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", giver.contract)[0][0]
    rig.sql("INSERT INTO billing_representative (customer_no, person_code, since) VALUES (?, ?, '2020-01-01')", customer, steps.code_of(rig, receiver))
    page = give(rig, giver, receiver)
    rig.sql("DELETE FROM billing_representative WHERE customer_no = ?", customer)
    assert page.status == 422 and "turētājs vai pārstāvis" in problems(page)[0][1]

    id_of(give(rig, giver, receiver))
    again = give(rig, giver, receiver)
    assert again.status == 422 and "jau ir dota vai piedāvāta" in problems(again)[0][1]


def test_twenty_offers_wait_at_most(rig, giver, receiver):
    for _ in range(20):
        steps.delegate(rig, giver, receiver, "read", state="offered")
    page = give(rig, giver)
    assert page.status == 422 and "20 piedāvājumi" in problems(page)[0][1]


def test_a_delegate_cannot_give_rights(rig, giver, receiver):
    steps.delegate(rig, giver, receiver, "full")
    page = receiver.get(f"/portal/delegations/new?contract={giver.contract}")
    assert page.status == 403 and "tālāk nodot nevar" in page.text
    form = form_of(receiver).fill(how="link", who="Kāds", level="read")
    moved = receiver.post(f"/portal/delegations/new?contract={giver.contract}", form.data())
    assert moved.status == 403
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract) == [(1,)]


def test_a_right_on_one_meter(rig, giver, receiver):
    meter, last = list(steps.meters(giver).items())[1]
    point = rig.sql("SELECT point_id FROM billing_meter WHERE meter_id = ?", meter)[0][0]
    delegation = id_of(give(rig, giver, receiver, point=point))
    accept(receiver, f"/portal/delegations/offer/{delegation}")
    seen = steps.document(receiver, steps.form_url(giver))
    assert [m.get("id") for m in seen.iter("meter")] == [meter]
    form = receiver.get(steps.form_url(giver)).form("readings")
    foreign = next(m for m in steps.meters(giver) if m != meter)
    sent = receiver.post(form.action, [*form.data("submit"), (f"value.{foreign}", "999")])
    assert sent.status == 404, "another meter of the same contract"


def test_what_a_delegate_does_is_logged_with_both(rig, giver, receiver):
    delegation = steps.delegate(rig, giver, receiver, "submit")
    meter, last = next(iter(steps.meters(giver).items()))
    receiver.get(f"/portal/readings/history?contract={giver.contract}")
    receiver.get(f"/portal/readings/history?contract={giver.contract}")
    receiver.get(steps.form_url(giver))
    form = steps.fill(receiver.page.form("readings"), {meter: last + 4000})
    receipt = steps.receipt_of(receiver.submit(form, "submit"))
    logged = rig.sql("SELECT action, detail, actor_kind, delegation_id, actor_name FROM portal_audit WHERE contract_no = ? AND actor_kind = 'delegate' "
                     "ORDER BY detail", giver.contract)
    name = logged[0][4]
    assert re.fullmatch(r"Load Nr\. \d{4}", name)
    # the form is looked at once more than the history, and each page is written down once a day
    assert logged == [("readings_submitted", receipt, "delegate", delegation, name), ("viewed", "readings.form", "delegate", delegation, name),
                      ("viewed", "readings.history", "delegate", delegation, name), ("viewed", "readings.receipt", "delegate", delegation, name)]
    recent = giver.get("/portal/delegations")
    assert f"{name} nodeva rādījumus" in recent.text and f"{name} skatīja rādījumu vēsturi" in recent.text
    log = giver.get(f"/portal/delegations/log?contract={giver.contract}")
    assert f"{name} skatīja rādījumu kvīti" in log.text and "Pilnvarotais" in log.text and "???" not in log.text
    own = giver.get(f"/portal/readings/history?contract={giver.contract}")
    assert own.status == 200
    assert len(rig.sql("SELECT 1 FROM portal_audit WHERE contract_no = ? AND action = 'viewed'", giver.contract)) == 3, "one's own look is nobody's business"
    assert receiver.get(f"/portal/delegations/log?contract={giver.contract}").status == 403


@pytest.mark.parametrize("path, view, level", [("home", "home.home", "submit"), ("contracts", "contracts.list", "read")])
def test_a_look_at_a_page_of_all_contracts_is_logged_for_each(rig, giver, receiver, path, view, level):
    delegation = steps.delegate(rig, giver, receiver, level)
    for _ in range(2):
        assert receiver.get(f"/portal/{path}").status == 200
    assert rig.sql("SELECT actor_kind, delegation_id FROM portal_audit WHERE contract_no = ? AND action = 'viewed' AND detail = ?", giver.contract, view) == [
        ("delegate", delegation)]
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE contract_no = ? AND action = 'viewed'", receiver.contract) == [(0,)], "one's own look"
    log = giver.get(f"/portal/delegations/log?contract={giver.contract}")
    assert "kurā ir arī šis līgums" in log.text and "???" not in log.text


def test_the_next_holder_of_a_number_sees_nothing_of_the_one_before(rig, giver, receiver, third):
    """The contract goes to another customer, and keeps its number."""
    delegation = steps.delegate(rig, giver, receiver, "full")
    receiver.get(f"/portal/contracts/{giver.contract}")
    name = rig.sql("SELECT actor_name FROM portal_audit WHERE contract_no = ? AND actor_kind = 'delegate'", giver.contract)[0][0]
    customers = [rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", browser.contract)[0][0] for browser in (giver, third)]
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", third.contract)[0][0]
    now = rig.sql("SELECT max(at) FROM portal_audit")[0][0]
    # one second later than all that happened, as billing moved it in the meantime
    later = now[:17] + f"{(int(now[17:19]) + 1) % 60:02}Z"
    rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", customers[1], giver.contract)
    rig.sql("INSERT INTO portal_account_contract (account_id, contract_no, basis, registered_at) VALUES (?, ?, 'customer', ?)", account, giver.contract, later)
    try:
        log = third.get(f"/portal/delegations/log?contract={giver.contract}")
        assert log.status == 200 and name not in log.text
        given = third.get("/portal/delegations")
        assert given.status == 200 and name not in given.text and delegation not in given.text
    finally:
        rig.sql("DELETE FROM portal_account_contract WHERE account_id = ? AND contract_no = ?", account, giver.contract)
        rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", customers[0], giver.contract)
    assert name in giver.get(f"/portal/delegations/log?contract={giver.contract}").text


def test_the_log_has_pages_and_shows_staff(rig, giver):
    for number in range(51):
        rig.sql("INSERT INTO portal_audit (audit_id, at, actor_tag, actor_name, actor_kind, contract_no, action, detail) VALUES (?, ?, 'x', 'Olga', "
                "'staff', ?, "
                "'viewed', 'desk.gone')", f"log{giver.contract}{number:03}", f"2999-01-01T00:{number:02}:00Z", giver.contract)
    first = steps.document(giver, f"/portal/delegations/log?contract={giver.contract}")
    second = steps.document(giver, f"/portal/delegations/log?contract={giver.contract}&page=2")
    assert len(first.findall("data/event")) == 50 and len(second.findall("data/event")) == 1
    times = [e.findtext("at") for e in first.findall("data/event") + second.findall("data/event")]
    assert times == sorted(times, reverse=True) and first.find("data/paging").get("pages") == "2"
    page = giver.get(f"/portal/delegations/log?contract={giver.contract}")
    assert "Olga skatīja līguma datus" in page.text and "Darbinieks" in page.text


@pytest.mark.parametrize("end", ["revoked by its giver", "expired", "the giver's contract ended", "the giver lost the contract in billing"])
def test_a_right_that_ends_ends_at_once(rig, giver, receiver, end):
    delegation = steps.delegate(rig, giver, receiver, "full")
    form = receiver.get(steps.form_url(giver)).form("readings")
    meter, last = next(iter(steps.meters(giver).items()))
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", giver.contract)[0][0]
    if end.startswith("revoked"):
        page = giver.submit(giver.get(f"/portal/delegations/revoke/{delegation}").form())
        assert "Pilnvara atsaukta" in page.text and "delegation_revoked" in actions(rig, delegation)
        assert json.loads(messages(rig, delegation)[0][2])["change"] == "revoked"
    elif end == "expired":
        rig.sql("UPDATE portal_delegation SET until = '2020-12-31' WHERE delegation_id = ?", delegation)
    elif end.startswith("the giver's"):
        rig.sql("UPDATE portal_account_contract SET ended_at = '2026-01-01T00:00:00Z' WHERE contract_no = ?", giver.contract)
    else:
        rig.sql("UPDATE billing_contract SET customer_no = 'DEMO-000001' WHERE contract_no = ?", giver.contract)
    assert receiver.get(steps.form_url(giver)).status == 404
    assert receiver.submit(steps.fill(form, {meter: last + 4000}), "submit").status == 404, "in the form that lay open"
    assert rig.sql("SELECT count(*) FROM portal_reading WHERE contract_no = ?", giver.contract) == [(0,)]
    rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", customer, giver.contract)
    rig.sql("UPDATE portal_account_contract SET ended_at = NULL WHERE contract_no = ?", giver.contract)
    if end == "expired":
        assert "Beigusies" in giver.get("/portal/delegations").text and "Beigusies" in receiver.get("/portal/delegations").text


def test_the_receiver_gives_a_right_up(rig, giver, receiver, third):
    delegation, other = steps.delegate(rig, giver, receiver, "read"), steps.delegate(rig, giver, third, "submit")
    leave = receiver.follow(receiver.get("/portal/delegations").link("Atteikties"))
    assert leave.path == f"/portal/delegations/leave/{delegation}" and "Load Nr." in leave.text
    assert receiver.get(f"/portal/delegations/leave/{other}").status == 404, "another's right is nobody else's to give up"
    assert giver.get(f"/portal/delegations/leave/{delegation}").status == 404, "whoever gave it revokes it"
    receiver.page = leave
    done = receiver.submit(leave.form())
    assert done.path == f"/portal/delegations/settled/{delegation}" and "vairs nav spēkā" in done.text
    assert state(rig, delegation) == "revoked" and state(rig, other) == "active"
    assert receiver.get(f"/portal/contracts/{giver.contract}").status == 404
    logged = rig.sql("SELECT actor_kind, delegation_id FROM portal_audit WHERE detail = ? AND action = 'delegation_revoked'", delegation)
    assert logged == [("delegate", delegation)]
    (_, _, arguments), = messages(rig, delegation)
    assert json.loads(arguments)["change"] == "revoked" and "Atsaukta" in giver.get("/portal/delegations").text
    assert receiver.get(leave.path).status == 404 and "Atteikties" not in receiver.get("/portal/delegations").text


def test_an_offer_of_who_lost_the_contract_is_void(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver))
    rig.sql("UPDATE portal_account_contract SET ended_at = '2026-01-01T00:00:00Z' WHERE contract_no = ?", giver.contract)
    assert receiver.get(f"/portal/delegations/offer/{delegation}").status == 404
    assert "piedāvā pilnvaru" not in receiver.get("/portal/home").text
    rig.sql("UPDATE portal_account_contract SET ended_at = NULL WHERE contract_no = ?", giver.contract)


def test_a_right_is_extended(rig, giver, receiver):
    delegation = steps.delegate(rig, giver, receiver, "read")
    rig.sql("UPDATE portal_delegation SET until = ? WHERE delegation_id = ?", str(datetime.date.today() + datetime.timedelta(days=2)), delegation)
    assert "govuk-tag--yellow" in giver.get("/portal/delegations").text
    page = giver.submit(giver.get(f"/portal/delegations/extend/{delegation}").form().fill(term="12"))
    assert "Pilnvara ir spēkā" in page.text
    until = rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation)[0][0]
    assert "delegation_extended" in actions(rig, delegation)
    again = giver.submit(giver.get(f"/portal/delegations/extend/{delegation}").form().fill(term="1"))
    assert again.status == 422 and "vēlāku dienu" in problems(again)[0][1]
    assert rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation) == [(until,)]


def test_a_double_click_gives_one_right(rig, giver, receiver):
    form = form_of(giver).fill(how="link", who="Kāds", level="read")
    first, second = giver.submit(form), giver.submit(form)
    assert first.url == second.url and link_of(first)
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract) == [(1,)]


@contextlib.contextmanager
def nobody_writes(rig):
    """Whoever wants to submit a form has read what there is, and waits."""
    if rig.driver == "sqlite3":
        with contextlib.closing(sqlite3.connect(rig.params, timeout=20, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield
            db.execute("ROLLBACK")
    else:
        with contextlib.closing(psycopg2.connect(rig.params)) as db, db.cursor() as cursor:
            cursor.execute("LOCK TABLE portal_form_result IN EXCLUSIVE MODE")
            yield


def test_many_clicks_at_once_give_one_right(rig, giver, receiver):
    """Nothing but the form's key tells them apart: two rights of the same content would be no conflict in the database."""
    form = form_of(giver).fill(how="link", who="Kāds", level="read")
    clicks = []
    for _ in range(6):
        twin = rig.browser()
        twin.jar, twin.page = copy.copy(giver.jar), giver.page
        clicks.append(twin)
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        with nobody_writes(rig):
            sent = [pool.submit(twin.submit, form) for twin in clicks]
            time.sleep(0.8)
        pages = [page.result() for page in sent]
    assert {p.status for p in pages} == {200} and len({p.path for p in pages}) == 1
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract) == [(1,)]


def test_pages_follow_the_grammar(rig, giver, receiver):
    """Those that fixtures only imitate: live ones are in test_documents."""
    given = id_of(give(rig, giver, receiver))
    for browser, path in ((giver, "/portal/delegations"), (giver, f"/portal/delegations/given/{given}"), (receiver, f"/portal/delegations/offer/{given}")):
        assert steps.document(browser, path).get("section") == "delegations"


def test_the_matrix_of_levels_is_the_documented_one():
    assert routes.LEVELS == {"read": 1 + 4 + 16, "submit": 1 + 2, "pay": 4 + 8, "full": 1 + 2 + 4 + 8 + 16 + 32}
