# SPDX-License-Identifier: Apache-2.0
"""Who gets what: every route of access-matrix.json for every kind of person, with own, foreign and unknown ids."""
import json
import pathlib

import pytest

import portal
import steps

MATRIX = json.loads((pathlib.Path(__file__).parent / "access-matrix.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def people(rig):
    owner = steps.visitor(rig)
    meter, last = next(iter(steps.meters(owner).items()))
    owner.receipt = steps.receipt_of(steps.submit(owner, {meter: last + 4000}))
    owner.act = rig.sql("SELECT max(act_no) FROM billing_act WHERE contract_no = ?", owner.contract)[0][0]
    form = owner.get("/portal/account/tokens").form("tokens")
    owner.token = owner.submit(form.fill(name="Matrica")).link("Atsaukt Matrica").rsplit("/", 1)[1]
    other, staff = steps.visitor(rig), rig.browser()
    portal.login(staff, "olga", "staff")
    return {"anonymous": rig.browser(), "owner": owner, "other": other, "staff": staff}


def address(route, whose, people):
    own = people["owner"]
    contract = {"own": own.contract, "foreign": own.contract, "unknown": "10-00000"}[whose]
    receipt = {"own": own.receipt, "foreign": own.receipt, "unknown": "R-2026-00000000"}[whose]
    act = {"own": own.act, "foreign": own.act, "unknown": "A-2026-0"}[whose]
    token = {"own": own.token, "foreign": own.token, "unknown": "a" * 20}[whose]
    path = route["path"].replace("{receipt}", receipt).replace("{contract}", contract).replace("{act}", act).replace("{token}", token)
    return "/portal" + path + ("?contract=" + contract if route.get("contract") else "")


def cells():
    for route in MATRIX["routes"]:
        for person, expected in route["get"].items():
            for whose, status in (expected.items() if isinstance(expected, dict) else [("own", expected)]):
                yield pytest.param(route, person, whose, status, id=f"{route['section']}.{route['route']}-{person}-{whose}")


@pytest.mark.parametrize("route, person, whose, status", cells())
def test_get(people, route, person, whose, status):
    page = people[person].get(address(route, whose, people), follow=False)
    assert page.status == status, page
    if status in (302, 303):
        target = page.header("Location")
        assert ("/public/login" in target) if status == 302 else target.startswith("/portal/")


@pytest.mark.parametrize("route", [pytest.param(r, id=f"{r['section']}.{r['route']}") for r in MATRIX["routes"] if r.get("form")])
@pytest.mark.parametrize("person, status", [("anonymous", 401), ("staff", 403), ("owner", 403)])
def test_post_without_a_form_token(rig, people, route, person, status):
    before = rig.sql("SELECT count(*) FROM portal_audit"), rig.sql("SELECT count(*) FROM portal_reading")
    page = people[person].post(address(route, "own", people), {"form-key": "a", "form-token": "b"})
    assert page.status == status, page
    assert before == (rig.sql("SELECT count(*) FROM portal_audit"), rig.sql("SELECT count(*) FROM portal_reading"))


def test_foreign_and_unknown_look_the_same(people):
    for route in MATRIX["routes"]:
        if route.get("contract") or "{" in route["path"]:
            foreign = people["other"].get(address(route, "foreign", people))
            unknown = people["other"].get(address(route, "unknown", people))
            assert (foreign.status, foreign.title) == (unknown.status, unknown.title) and foreign.status == 404
