# SPDX-License-Identifier: Apache-2.0
"""Granting rights to pay or to do everything: only with an eID, shown just now, by the person who gives them."""
import datetime
import json
from urllib.parse import quote, unquote

import pytest

import portal
import steps
from test_delegations import form_of, state, typed_code

@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(2)]


@pytest.fixture
def giver(rig, cast):
    browser = steps.returning(rig, cast[0])
    browser.receiver = cast[1]
    return browser


def draft(rig, giver, level="full"):
    """Sends the form and ends at the choice of banks; returns the draft's id."""
    receiver = giver.receiver
    page = giver.submit(form_of(giver).fill(how="code", receiver=typed_code(rig, receiver), who="Pilnvarotais", level=level))
    assert page.path == "/portal/public/login" and "auth_request_params" in page.url, page
    delegation, = rig.sql("SELECT delegation_id FROM portal_delegation WHERE contract_no = ? AND state = 'draft'", giver.contract)[-1]
    return delegation


def show_eid(browser, person=None):
    portal.choose(browser, "eid")
    if "/interaction/" in browser.page.url:
        browser.submit(browser.page.form("named").fill(login=person or browser.person))
    return browser.page


def is_asked_again(page):
    return page.path == "/portal/public/login" and "auth_request_params" in page.url


@pytest.mark.parametrize("level", ["pay", "full"])
def test_an_eid_confirms(rig, giver, level):
    delegation = draft(rig, giver, level)
    assert not any("Banka" in text for text, _ in giver.page.links), "a bank cannot answer"
    assert "stiprāku līdzekli" in giver.page.text
    page = show_eid(giver)
    assert page.path == f"/portal/delegations/confirm/{delegation}" and state(rig, delegation) == "draft"
    done = giver.submit(page.form())
    assert done.path == f"/portal/delegations/given/{delegation}" and state(rig, delegation) == "offered"
    assert rig.sql("SELECT action FROM portal_audit WHERE detail = ? ORDER BY action", delegation) == [("delegation_drafted",), ("delegation_offered",)]
    assert giver.get(f"/portal/delegations/confirm/{delegation}").status == 404, "once"


def test_an_eid_shown_just_now_is_enough(rig, cast):
    giver = steps.returning(rig, cast[0], "eid")
    page = giver.submit(form_of(giver).fill(how="code", receiver=typed_code(rig, cast[1]), who="P", level="full"))
    assert "/delegations/confirm/" in page.path, page


def test_read_and_submit_need_none(rig, giver):
    page = giver.submit(form_of(giver).fill(how="link", who="P", level="read"))
    assert "/delegations/given/" in page.path


def test_a_bank_cannot_confirm(rig, giver):
    delegation = draft(rig, giver)
    form = show_eid(giver).form()
    bank = rig.browser()
    portal.login(bank, giver.person, "bank-a")
    assert is_asked_again(bank.get(f"/portal/delegations/confirm/{delegation}"))
    # the token is the person's: only the step-up stands between
    page = bank.post(form.action, form.data())
    assert is_asked_again(page) and state(rig, delegation) == "draft"
    assert giver.submit(form).path.endswith(f"/given/{delegation}")


@pytest.mark.expects_log("scrubbed suspicious request header")  # mod_auth_openidc's own care
@pytest.mark.parametrize("header, value", [("OIDC_CLAIM_acr", "urn:demo:acr:eid"), ("OIDC-CLAIM-acr", "urn:demo:acr:eid"), ("acr", "urn:demo:acr:eid")])
def test_a_forged_header_cannot_confirm(rig, giver, header, value):
    delegation = draft(rig, giver)
    form = show_eid(giver).form()
    bank = rig.browser()
    portal.login(bank, giver.person, "bank-a")
    forged = {header: value, "OIDC_CLAIM_auth_time": "9999999999", "OIDC_CLAIM_iss": rig.issuer("eid"), "REMOTE_USER": giver.person}
    assert steps.leads_to_step_up(bank.get(f"/portal/delegations/confirm/{delegation}", headers=forged, follow=False))
    led = bank.post(form.action, form.data(), headers=forged, follow=False)
    assert (led.status, led.header("Location")) == (303, f"/portal/delegations/confirm/{delegation}")
    assert state(rig, delegation) == "draft"


@pytest.mark.parametrize("path", ["%0d%0aSet-Cookie:%20a=b", "a%3Fb", "%25"])
def test_a_form_is_led_to_its_own_page_only(rig, giver, path):
    """The way back is the address that was asked, encoded as it must be."""
    page = giver.post(f"/portal/delegations/confirm/{path}", {"form-key": "a"}, follow=False)
    assert page.status in (303, 404) and page.header("Set-Cookie") is None, page
    assert page.status == 404 or page.header("Location") == f"/portal/delegations/confirm/{quote(unquote(path), safe='')}"


def test_another_persons_eid_cannot_confirm(rig, giver):
    delegation = draft(rig, giver)
    other = giver.receiver
    page = show_eid(giver, other.person)
    assert page.status == 404 and state(rig, delegation) == "draft"
    # nor one who has the contract too, as a company's second representative
    customer = rig.sql("SELECT customer_no FROM billing_contract WHERE contract_no = ?", giver.contract)[0][0]
    code, account = steps.code_of(rig, other), rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", other.contract)[0][0]
    rig.sql("INSERT INTO billing_representative (customer_no, person_code, since) VALUES (?, ?, '2020-01-01')", customer, code)
    rig.sql("INSERT INTO portal_account_contract (account_id, contract_no, basis, registered_at) VALUES (?, ?, 'representative', 'x')", account, giver.contract)
    try:
        assert giver.get(f"/portal/delegations/given/{delegation}").status == 200, "he sees it"
        assert giver.get(f"/portal/delegations/confirm/{delegation}").status == 404, "but it is not his to confirm"
    finally:
        rig.sql("DELETE FROM portal_account_contract WHERE account_id = ? AND contract_no = ?", account, giver.contract)
        rig.sql("DELETE FROM billing_representative WHERE customer_no = ?", customer)
    assert state(rig, delegation) == "draft"


def test_a_draft_is_forgotten_after_a_day(rig, giver):
    delegation = draft(rig, giver)
    page = show_eid(giver)
    rig.sql("UPDATE portal_delegation SET created_at = '2026-01-01T00:00:00Z' WHERE delegation_id = ?", delegation)
    assert giver.submit(page.form()).status == 404
    assert delegation not in giver.get("/portal/delegations").text and state(rig, delegation) == "draft"


def test_extending_a_strong_right_needs_it_too(rig, giver):
    receiver = giver.receiver
    delegation = steps.delegate(rig, giver, receiver, "pay")
    rig.sql("UPDATE portal_delegation SET until = ? WHERE delegation_id = ?", str(datetime.date.today() + datetime.timedelta(days=2)), delegation)
    until = rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation)
    assert is_asked_again(giver.get(f"/portal/delegations/extend/{delegation}"))
    read = steps.delegate(rig, giver, receiver, "read")
    form = giver.get(f"/portal/delegations/extend/{read}").form()
    giver.post(f"/portal/delegations/extend/{delegation}", form.data())
    assert until == rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation), "past the step-up by the weak address"
    giver.get(f"/portal/delegations/extend/{delegation}")
    page = show_eid(giver)
    assert page.path == f"/portal/delegations/confirm/{delegation}/extend"
    assert "Pilnvara ir spēkā" in giver.submit(page.form()).text
    assert until != rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation)


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_an_old_proof_cannot_confirm(rig, giver):
    """The portal's clock is ten minutes ahead: whatever the person shows was shown too long ago."""
    delegation = draft(rig, giver)
    page = show_eid(giver)
    assert page.path.endswith(f"/confirm/{delegation}")
    form = page.form()
    later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        rig.configure(f"WaterPortalFixedTime {later}\n")
        stale = rig.browser()
        portal.login(stale, giver.person, "eid", "/portal/delegations")
        assert stale.page.path == "/portal/delegations"
        assert is_asked_again(stale.get(f"/portal/delegations/confirm/{delegation}"))
        assert is_asked_again(stale.post(form.action, form.data()))
        assert state(rig, delegation) == "draft"
    finally:
        rig.configure("")


@pytest.mark.expects_log("AH00488", at_least=0)
def test_the_portal_itself_refuses_where_httpd_does_not_ask(rig, giver):
    """A site that forgot the Location: the one loop still decides."""
    delegation = draft(rig, giver)
    form = show_eid(giver).form()
    try:
        rig.configure('<LocationMatch "^/portal/[a-z]+/confirm/">\nRequire valid-user\n</LocationMatch>\n')
        bank = rig.browser()
        portal.login(bank, giver.person, "bank-a")
        page = bank.get(f"/portal/delegations/confirm/{delegation}")
        assert page.status == 403 and "Apliecinieties ar eID" in page.text
        assert bank.post(form.action, form.data()).status == 403
        assert state(rig, delegation) == "draft"
        eid = rig.browser()
        portal.login(eid, giver.person, "eid", f"/portal/delegations/confirm/{delegation}")
        assert eid.submit(eid.page.form()).path == f"/portal/delegations/given/{delegation}"
    finally:
        rig.configure("")
    assert state(rig, delegation) == "offered"


@pytest.mark.expects_log("AH00488", at_least=0)
def test_without_an_eid_no_such_right_is_offered(rig, cast):
    """If no issuer can perform a step-up, the page says so at once, not after the form."""
    issuers = json.loads((rig.run / "etc/issuers.json").read_text())
    for issuer in issuers["issuers"]:
        issuer.pop("acr", None)
    (rig.run / "etc/issuers-without.json").write_text(json.dumps(issuers))
    try:
        rig.configure(f'WaterPortalIssuersFile "{rig.run}/etc/issuers-without.json"\n')
        giver = steps.returning(rig, cast[0])
        page = giver.submit(form_of(giver).fill(how="link", who="P", level="full"))
        assert page.status == 422 and "eID vēl nav" in page.text
    finally:
        rig.configure("")
