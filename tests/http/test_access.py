# SPDX-License-Identifier: Apache-2.0
"""Who gets what: every route of access-matrix.json for every kind of person, with own, foreign and unknown ids."""
import hashlib
import json
import pathlib

import pytest

import portal
import routes
import steps

MATRIX = json.loads((pathlib.Path(__file__).parent / "access-matrix.json").read_text(encoding="utf-8"))


# Delegates of the owner: level, on one meter only, what became of it. "lost": who gave it has the contract no more.
DELEGATES = {"read": ("read", False, "active"), "submit": ("submit", False, "active"), "pay": ("pay", False, "active"),
             "full": ("full", False, "active"), "meter": ("submit", True, "active"), "expired": ("full", False, "expired"),
             "revoked": ("full", False, "revoked"), "lost": ("full", False, "lost")}
ROUTES = routes.declared()


def submitted(rig):
    browser = steps.visitor(rig)
    browser.meter, last = next(iter(steps.meters(browser).items()))
    browser.receipt = steps.receipt_of(steps.submit(browser, {browser.meter: last + 4000}))
    browser.invoice = steps.quote(steps.invoice(rig, browser), safe="")
    browser.agreement, browser.payment = "vk008", steps.payment(rig, browser)
    browser.back = "way2back" + browser.contract  # a bank is given one; only its hash is kept
    rig.sql("UPDATE portal_payment SET return_hash = ? WHERE payment_id = ?", hashlib.sha256(browser.back.encode()).hexdigest(), browser.payment)
    browser.customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", browser.contract)[0][0]
    browser.act = rig.sql("SELECT max(act_no) FROM billing_act WHERE contract_no = ?", browser.contract)[0][0]
    form = browser.get("/portal/account/tokens").form("tokens")
    browser.token = browser.submit(form.fill(name="Matrica")).link("Atsaukt Matrica").rsplit("/", 1)[1]
    return browser


def delegate(rig, giver, kind):
    """A person who was logged in before the right ended: an open session sees it."""
    level, one_meter, state = DELEGATES[kind]
    browser = steps.visitor(rig)
    browser.giver = giver
    browser.delegation = steps.delegate(rig, giver, browser, level, meter=giver.meter if one_meter else None)
    browser.program = steps.token(browser, "Matrica", scopes=steps.SCOPES)
    assert browser.get("/portal/home").status == 200
    if state == "expired":
        rig.sql("UPDATE portal_delegation SET since = '2020-01-01', until = '2020-12-31' WHERE delegation_id = ?", browser.delegation)
    elif state == "revoked":
        rig.sql("UPDATE portal_delegation SET state = 'revoked' WHERE delegation_id = ?", browser.delegation)
    return browser


@pytest.fixture(scope="module")
def people(rig):
    owner, lost, other, staff = submitted(rig), submitted(rig), steps.visitor(rig), rig.browser()
    portal.login(staff, "olga", "staff")
    other.program = steps.token(other, "Matrica", scopes=steps.SCOPES)
    owner.offer = steps.delegate(rig, owner, other, "submit", state="offered")
    found = {"anonymous": rig.browser(), "owner": owner, "other": other, "staff": staff,
             **{kind: delegate(rig, lost if kind == "lost" else owner, kind) for kind in DELEGATES}}
    owner.delegation = found["read"].delegation
    lost.delegation = found["lost"].delegation
    lost.offer = owner.offer
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", lost.contract)[0][0]
    rig.sql("UPDATE billing_contract SET customer_no = (SELECT customer_no FROM billing_contract WHERE contract_no = ?) WHERE contract_no = ?",
            other.contract, lost.contract)
    yield found
    rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", customer, lost.contract)


UNKNOWN = {"invoice": "26%2Fnone", "payment": "a" * 20, "agreement": "no-bank", "back": "a" * 26, "receipt": "R-2026-00000000", "contract": "10-00000",
           "act": "A-2026-0", "token": "a" * 20, "delegation": "a" * 20, "offer": "a" * 20}


def address(route, whose, owner):
    path = route["path"]
    for name, unknown in UNKNOWN.items():
        path = path.replace("{" + name + "}", unknown if whose == "unknown" else getattr(owner, name))
    contract = "10-00000" if whose == "unknown" else owner.contract
    return "/portal" + path + ("?contract=" + contract if route.get("contract") else "")


def cells():
    for route in MATRIX["routes"]:
        for person, expected in route["get"].items():
            for whose, status in (expected.items() if isinstance(expected, dict) else [("own", expected)]):
                yield pytest.param(route, person, whose, status, id=f"{route['section']}.{route['route']}-{person}-{whose}")


def is_step_up(page):
    """An eID is asked for: the chooser comes next."""
    return steps.leads_to_step_up(page)


@pytest.mark.parametrize("route, person, whose, status", cells())
def test_get(people, route, person, whose, status):
    page = people[person].get(address(route, whose, people["owner"]), follow=False)
    if status == "step-up":
        assert is_step_up(page), page
        return
    assert page.status == status, page
    if status in (302, 303):
        target = page.header("Location")
        assert ("/public/login" in target) if status == 302 else target.startswith("/portal/")


def delegates():
    for route in MATRIX["routes"]:
        if route["need"] == "customer" and ROUTES[route["section"], route["route"]]["contract"] != "NONE":
            for kind in DELEGATES:
                yield pytest.param(route, kind, id=f"{route['section']}.{route['route']}-{kind}")


@pytest.mark.parametrize("route, kind", delegates())
def test_a_delegate_gets_what_the_level_allows(people, route, kind):
    """By the route's declared right; a route that finds its contract by itself does not even find it without."""
    level, one_meter, state = DELEGATES[kind]
    asks = ROUTES[route["section"], route["route"]]
    held = routes.LEVELS[level] & asks["right"] and not (one_meter and asks["whole"])
    missing = {404} if asks["contract"] == "FOUND" and not (one_meter and asks["whole"]) else {403, 404} if asks["contract"] == "FOUND" else {403}
    if asks["contract"] == "ALL":
        page = people[kind].get(address(route, "own", people[kind].giver))
        assert page.status == 200 and (people[kind].giver.contract in page.text) == bool(held and state == "active"), page
        return
    page = people[kind].get(address(route, "own", people[kind].giver), follow=False)
    if asks["stepup"]:
        assert is_step_up(page), page
    elif state != "active":
        assert page.status == 404, page
    elif held:
        # something else of the contract may be about another meter
        assert page.status == 200 or (one_meter and asks["contract"] == "FOUND" and "{receipt}" not in route["path"] and page.status == 404), page
    else:
        assert page.status in missing, page


def test_the_levels_are_what_the_portal_says():
    assert set(routes.LEVELS) == {level for level, _, _ in DELEGATES.values()}
    assert all(not rights & routes.BITS["DELEGATE"] for rights in routes.LEVELS.values()), "no delegate gives rights to others"
    assert {ROUTES[r["section"], r["route"]]["contract"] for r in MATRIX["routes"]} >= {"NONE", "ALL", "REQUIRED", "FOUND"}


def lists():
    """What programs read; what they send is in test_api_submit.py."""
    return [pytest.param(r, id=r["route"]) for r in MATRIX["routes"] if r["need"] == "token" and not ROUTES[r["section"], r["route"]]["form"]]


@pytest.mark.parametrize("route", lists())
@pytest.mark.parametrize("kind", [*DELEGATES, "other"])
def test_a_program_gets_what_its_person_may_see(people, route, kind):
    """With a token made while the right was good; "other" has none on this contract."""
    asks = ROUTES[route["section"], route["route"]]
    level, one_meter, state = DELEGATES.get(kind, (None, False, "none"))
    giver = people[kind].giver if kind in DELEGATES else people["owner"]
    held = level and routes.LEVELS[level] & asks["right"] and not (one_meter and asks["whole"])
    if asks["contract"] == "FOUND":
        page = people["anonymous"].get(address(route, "own", giver), headers={"Authorization": f"Bearer {people[kind].program}"})
        assert page.status == (200 if held and state == "active" else 404), page
        return
    page = people["anonymous"].get(address(route, "own", giver) + f"?contract={giver.contract}", headers={"Authorization": f"Bearer {people[kind].program}"})
    assert page.status == (404 if state != "active" else 200 if held else 403), page
    everything = people["anonymous"].get(address(route, "own", giver), headers={"Authorization": f"Bearer {people[kind].program}"})
    assert everything.status == 200 and (f'"contract":"{giver.contract}"' in everything.text) <= bool(held and state == "active")


@pytest.mark.parametrize("kind", DELEGATES)
def test_a_form_counts_by_the_right_of_the_moment(rig, people, kind):
    """The form was shown while the person had every right; it is sent with the right the matrix is about."""
    browser, giver = people[kind], people[kind].giver
    level, one_meter, state = DELEGATES[kind]
    columns = ("level", "point_id", "state", "since", "until")
    before = rig.sql(f"SELECT {', '.join(columns)} FROM portal_delegation WHERE delegation_id = ?", browser.delegation)[0]
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", giver.contract)[0][0]
    rig.sql("UPDATE portal_delegation SET level = 'full', point_id = NULL, state = 'active', since = '2020-01-01', until = '2999-01-01' WHERE delegation_id "
            "= ?", browser.delegation)
    if state == "lost":
        rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", giver.customer, giver.contract)
    try:
        form = browser.get(steps.form_url(giver)).form("readings")
    finally:
        rig.sql(f"UPDATE portal_delegation SET {', '.join(c + ' = ?' for c in columns)} WHERE delegation_id = ?", *before, browser.delegation)
        rig.sql("UPDATE billing_contract SET customer_no = ? WHERE contract_no = ?", customer, giver.contract)
    count = lambda: rig.sql("SELECT count(*) FROM portal_reading WHERE contract_no = ?", giver.contract)
    first = count()
    last = rig.sql("SELECT max(value_l) FROM portal_reading WHERE meter_id = ? AND state = 'current'", giver.meter)[0][0]
    page = browser.submit(steps.fill(form, {giver.meter: last + 10}), "submit", follow=False)
    if state == "active" and routes.LEVELS[level] & routes.BITS["SUBMIT"] and not one_meter:
        assert page.status == 303 and count() != first, page
    else:
        # a form with meters that are not the person's is nobody's
        assert page.status == (404 if state != "active" or one_meter else 403) and count() == first, page


@pytest.mark.parametrize("route", [pytest.param(r, id=f"{r['section']}.{r['route']}") for r in MATRIX["routes"] if r.get("form")])
@pytest.mark.parametrize("person, status", [("anonymous", 401), ("staff", 403), ("owner", 403), *((kind, 403) for kind in DELEGATES)])
def test_post_without_a_form_token(rig, people, route, person, status):
    tables = ("portal_audit", "portal_reading", "portal_delegation")
    before = [rig.sql(f"SELECT count(*) FROM {table}") for table in tables]
    target = address(route, "own", people["owner"])
    page = people[person].post(target, {"form-key": "a", "form-token": "b"}, follow=False)
    if ROUTES[route["section"], route["route"]]["stepup"] and person not in ("anonymous", "staff"):
        assert (page.status, page.header("Location")) == (303, target), page
        assert is_step_up(people[person].get(target, follow=False))
    else:
        assert page.status == status, page
    assert before == [rig.sql(f"SELECT count(*) FROM {table}") for table in tables]


def test_foreign_and_unknown_look_the_same(people):
    for route in MATRIX["routes"]:
        asks = ROUTES[route["section"], route["route"]]
        if asks["contract"] not in ("NONE", "ALL") and not asks["stepup"] and route["need"] != "token":
            foreign = people["other"].get(address(route, "foreign", people["owner"]))
            unknown = people["other"].get(address(route, "unknown", people["owner"]))
            assert (foreign.status, foreign.title) == (unknown.status, unknown.title) and foreign.status == 404
