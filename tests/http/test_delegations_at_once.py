# SPDX-License-Identifier: Apache-2.0
"""Rights given and answered in several tabs and sessions at the same moment: one of them counts, and the others say so."""
import concurrent.futures
import datetime
import time

import pytest

import steps
from test_allowances import browser_of
from test_delegations import form_of, give, id_of, link_of, mallory, nobody_writes, problems, state, typed_code  # noqa: F401
from test_stepup import draft, show_eid


@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(2)]


@pytest.fixture
def giver(rig, cast):
    browser = steps.returning(rig, cast[0])
    browser.receiver = cast[1]
    return browser


@pytest.fixture
def receiver(rig, cast):
    return steps.returning(rig, cast[1])


@pytest.fixture
def elsewhere(rig, cast, giver):
    """The giver once more, on another device: a session of its own."""
    return steps.returning(rig, cast[0])


def send_all(rig, sent):
    """[(browser, form, button)], each sent when all have been read: the pages they lead to. A person's bodies are read two at a time."""
    def send(item):
        browser, form, button = item
        tab = browser_of(browser)
        for _ in range(100):
            tab.page = browser.page
            page = tab.submit(form, button) if button else tab.submit(form)
            if page.status != 503:
                return page
            time.sleep(0.05)
        return page
    with concurrent.futures.ThreadPoolExecutor(len(sent)) as pool:
        with nobody_writes(rig):
            pages = [pool.submit(send, item) for item in sent]
            time.sleep(0.8)
        return [page.result() for page in pages]


def given(rig, giver):
    return rig.sql("SELECT state FROM portal_delegation WHERE contract_no = ?", giver.contract)


def tabs(giver, elsewhere, **values):
    """Three forms in each session, each with a key of its own."""
    return [(browser, form_of(browser).fill(**values), None) for browser in (giver, elsewhere) for _ in range(3)]


def test_the_same_offer_from_two_sessions_is_one(rig, giver, elsewhere, receiver):
    pages = send_all(rig, tabs(giver, elsewhere, how="code", receiver=typed_code(rig, receiver), who="Līga", level="submit"))
    assert sorted(p.status for p in pages) == [200, 422, 422, 422, 422, 422]
    assert given(rig, giver) == [("offered",)]
    for page in (p for p in pages if p.status == 422):
        assert problems(page)[0][0] == "receiver" and "jau ir dota vai piedāvāta" in problems(page)[0][1]
        assert page.form()["who"] == "Līga", "what was typed is still there"


def test_two_levels_from_two_sessions_are_one_right(rig, giver, elsewhere, receiver):
    values = {"how": "code", "receiver": typed_code(rig, receiver), "who": "Līga"}
    pages = send_all(rig, [(giver, form_of(giver).fill(level="read", **values), None), (elsewhere, form_of(elsewhere).fill(level="submit", **values), None)])
    assert sorted(p.status for p in pages) == [200, 422] and len(given(rig, giver)) == 1


def test_the_same_invitation_from_two_sessions_is_one_unless_it_is_wanted_twice(rig, giver, elsewhere):
    pages = send_all(rig, tabs(giver, elsewhere, how="link", who="Līga", level="read"))
    assert sorted(p.status for p in pages) == [200, 422, 422, 422, 422, 422]
    assert given(rig, giver) == [("offered",)]
    asked = next(p for p in pages if p.status == 422)
    assert problems(asked) == [("who", next(t for _, t in problems(asked) if "tikko jau uzaicinājāt" in t))]
    giver.page = asked
    assert link_of(giver.submit(asked.form())), "who has read this may want one more"
    assert given(rig, giver) == [("offered",)] * 2


def test_the_same_draft_from_two_sessions_is_one(rig, giver, elsewhere, receiver):
    values = {"how": "code", "receiver": typed_code(rig, receiver), "who": "Līga", "level": "full"}
    pages = send_all(rig, tabs(giver, elsewhere, **values))
    assert {p.path for p in pages} == {"/portal/public/login"}, "each is led to the eID"
    assert given(rig, giver) == [("draft",)]


def test_a_second_draft_for_the_same_person_is_told(rig, giver):
    first, second = draft(rig, giver, "full"), draft(rig, giver, "pay")
    show_eid(giver)
    forms = [(giver, giver.get(f"/portal/delegations/confirm/{id}").form(), None) for id in (first, second)]
    pages = send_all(rig, forms)
    assert sorted(p.status for p in pages) == [200, 422] and sorted(given(rig, giver)) == [("draft",), ("offered",)]
    refused = next(p for p in pages if p.status == 422)
    assert problems(refused)[0][0] == "receiver" and "jau ir dota vai piedāvāta" in problems(refused)[0][1]
    assert 'id="receiver"' in refused.text, "the summary leads to it"


def test_an_offer_is_accepted_once_in_however_many_tabs(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver))
    forms = [(receiver, receiver.get(f"/portal/delegations/offer/{delegation}").form(), "accept") for _ in range(4)]
    pages = send_all(rig, forms)
    assert {(p.status, p.path) for p in pages} == {(200, f"/portal/delegations/settled/{delegation}")}
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE detail = ? AND action = 'delegation_accepted'", delegation) == [(1,)]
    late = forms[0][1]
    receiver.page = pages[0]
    assert receiver.get(f"/portal/delegations/offer/{delegation}").path == f"/portal/delegations/settled/{delegation}", "also for who comes later"
    assert receiver.post(late.action, late.data("refuse")).status == 404 or state(rig, delegation) == "active"
    assert state(rig, delegation) == "active"


def test_two_tabs_of_who_has_no_account_open_one(rig, giver, mallory):  # noqa: F811
    delegation = id_of(give(rig, giver, how="code", receiver="329900-13370", level="read"))
    forms = [(mallory, mallory.get(f"/portal/delegations/offer/{delegation}").form().fill(email="mallory@example.lv"), "accept") for _ in range(2)]
    pages = send_all(rig, forms)
    assert {(p.status, p.path) for p in pages} == {(200, f"/portal/delegations/settled/{delegation}")}
    assert rig.sql("SELECT count(*) FROM portal_account WHERE email = 'mallory@example.lv'") == [(1,)]
    assert state(rig, delegation) == "active"


def test_accepting_what_is_being_revoked_leaves_no_right(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver))
    revoke = giver.get(f"/portal/delegations/revoke/{delegation}").form()
    accept = receiver.get(f"/portal/delegations/offer/{delegation}").form()
    pages = send_all(rig, [(giver, revoke, None), (receiver, accept, "accept")])
    assert pages[0].status == 200 and pages[1].status in (200, 404) and state(rig, delegation) == "revoked"
    assert receiver.get(steps.form_url(giver)).status == 404


def test_a_day_that_another_tab_has_moved_is_looked_at_again(rig, giver, receiver):
    delegation = steps.delegate(rig, giver, receiver, "read")
    today = datetime.date.today()
    rig.sql("UPDATE portal_delegation SET until = ? WHERE delegation_id = ?", str(today + datetime.timedelta(days=2)), delegation)
    first = giver.get(f"/portal/delegations/extend/{delegation}").form().fill(term="3")
    second = giver.get(f"/portal/delegations/extend/{delegation}").form().fill(term="12")
    assert "Pilnvara ir spēkā" in giver.submit(first).text
    moved = rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation)
    page = giver.submit(second)
    assert page.status == 409 and "kaut kas mainījās" in page.text
    assert rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation) == moved
    assert "Pilnvara ir spēkā" in giver.submit(page.form()).text, "now it is known"
    assert rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation) != moved
