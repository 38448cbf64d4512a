# SPDX-License-Identifier: Apache-2.0
"""Registering with a contract number: what it needs, what it tells, and what it does not."""
import concurrent.futures
import re

import pytest

import portal
import steps

CONTACT = {"email": "kada@example.lv", "phone": "2000 0143", "remind-readings-email": True, "remind-outages-sms": True}


def registration(browser, number, **more):
    form = browser.get("/portal/registration").form("registration")
    values = {"contract": number, "declare": True, **more}
    if "email" in form.names():
        values = {**CONTACT, **values}
    return browser.submit(form.fill(values))


def tries(rig):
    return rig.sql("SELECT count(*) FROM portal_registration_try")[0][0]


@pytest.fixture
def ilze(rig):
    """The customer who has not registered yet, as often as a test needs her."""
    for table in ("portal_consent", "portal_account_contract", "portal_identity", "portal_person_code"):
        rig.sql(f"DELETE FROM {table} WHERE account_id IN (SELECT account_id FROM portal_person_code WHERE person_code = ?) OR account_id IN "
                f"(SELECT account_id FROM portal_account WHERE email = ?)", canonical(rig, "ilze"), CONTACT["email"])
    rig.sql("DELETE FROM portal_registration_try")
    browser = rig.browser()
    portal.login(browser, "ilze")
    return browser


def canonical(rig, person):
    return "PNOLV-" + re.sub(r"\D", "", rig.people[person]["code"])


def test_a_contract_number_opens_the_portal(rig, ilze):
    contract = rig.people["ilze"]["contracts"][0]
    page = registration(ilze, f" {contract.replace('-', ' – ')} ")
    assert page.status == 200 and page.path == "/portal/registration/done" and contract in page.text
    account, = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "ilze"))[0]
    assert rig.sql("SELECT email, phone, language, quiet FROM portal_account WHERE account_id = ?", account) == [
        ("kada@example.lv", "+37120000143", "lv", "21-8")]
    consents = rig.sql("SELECT kind, channel, given FROM portal_consent WHERE account_id = ? AND at IS NOT NULL AND text_version IS NOT NULL", account)
    assert len(consents) == 6
    assert {c[:2] for c in consents if c[2] == 1} == {("readings", "email"), ("outages", "sms")}
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'contract_added'", account) == [(1,)]
    assert ilze.get("/portal/home").status == 200


@pytest.mark.parametrize("spelled", ["{d}", "{a} {b}", "Nr. {c}", "Līguma Nr.\u00a0{c}", "№ {c}", "{a}\u2011{b}", "{c}\u200b", "{a}-\u00ad{b}",
                                     "\u202a{c}\u202c",
                                     "{a}\u2212{b}", "{a} \u2014 {b}", "{a}\u2009{b}", "\ufeff{c}\t", "{a}/{b}", "{a}.{b}", "\n{c}\r\n", "{wide}", "{arabic}"])
def test_a_number_counts_as_it_was_meant(rig, ilze, spelled):
    """However the number is spelled, its digits decide; none of these counts as a failed attempt."""
    contract = rig.people["ilze"]["contracts"][0]
    a, b = contract.split("-")
    shifted = lambda zero: "".join(chr(ord(c) - ord("0") + zero) if c.isdigit() else c for c in contract)
    number = spelled.format(a=a, b=b, c=contract, d=a + b, wide=shifted(0xff10), arabic=shifted(0x660))
    page = registration(ilze, number)
    assert page.status == 200 and page.path == "/portal/registration/done" and contract in page.text, number
    assert rig.sql("SELECT count(*) FROM portal_registration_try WHERE outcome <> 'matched'") == [(0,)]


def test_a_number_of_several_own_contracts_is_asked_for_exactly(rig, ilze):
    """What could mean two of them is taken for neither, and is no wrong try; the exact number is taken."""
    contract = rig.people["ilze"]["contracts"][0]
    customer, premises = rig.sql("SELECT customer_no, premises_id FROM billing_contract WHERE contract_no = ?", contract)[0]
    twin = contract.replace("-", "/")
    rig.sql("INSERT INTO billing_contract (contract_no, customer_no, premises_id, signed_on) VALUES (?, ?, ?, '2020-01-01')", twin, customer, premises)
    try:
        page = registration(ilze, contract.replace("-", ""))
        assert page.status == 422 and "vairākiem Jūsu līgumiem" in page.text
        assert tries(rig) == 0
        page = registration(ilze, f"{twin}\u200b")
        assert page.path == "/portal/registration/done" and twin in page.text
    finally:
        rig.sql("DELETE FROM billing_contract WHERE contract_no = ?", twin)


def test_a_foreign_number_is_not_found_by_its_digits(rig, ilze):
    page = registration(ilze, rig.people["anna"]["contracts"][0].replace("-", ""))
    assert page.status == 422 and "nevaram savienot" in page.text


@pytest.mark.parametrize("field, typed, kept", [
    ("phone", "\u202a+37126123456\u202c", "+37126123456"), ("phone", "(+371) 26123456", "+37126123456"), ("phone", "26\u2011123\u00a0456", "+37126123456"),
    ("phone", "tel:+37126123456", "+37126123456"), ("email", "kada@example.lv\u200b", "kada@example.lv"),
    ("email", "\u2066kada@example.lv\u2069\u00a0", "kada@example.lv"),
    ("email", "mailto:kada@example.lv", "kada@example.lv"), ("email", "Ilze <kada@example.lv>", "kada@example.lv")])
def test_addresses_count_as_they_were_meant(rig, ilze, field, typed, kept):
    """With the invisible characters and link prefixes that come with pasted text."""
    page = registration(ilze, rig.people["ilze"]["contracts"][0], **{field: typed})
    assert page.path == "/portal/registration/done", page
    assert rig.sql(f"SELECT a.{field} FROM portal_account a JOIN portal_person_code p ON p.account_id = a.account_id WHERE p.person_code = ?",
                   canonical(rig, "ilze")) == [(kept,)]


def test_a_domain_with_other_letters_is_said_to_be_one(rig, ilze):
    """The message used to quote an address that looks right."""
    page = registration(ilze, rig.people["ilze"]["contracts"][0], email="ilze@b\u0113rzi.lv")
    assert page.status == 422 and "xn--" in page.text
    page = registration(ilze, rig.people["ilze"]["contracts"][0], email="ilze@\u200b")
    assert page.status == 422 and "“ilze@”" in page.text


def test_wrong_foreign_and_unknown_numbers_get_the_same_answer(rig, ilze):
    answers = []
    foreign = rig.people["anna"]["contracts"][0]
    for contract in ("10-99999", foreign, "nonsense 1"):
        page = registration(ilze, contract)
        text = re.sub(r'(?:[a-z2-7]{26}|\d+\.[0-9a-f.]+|[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}|plkst\.\S*\s*[\d.]+)', "", page.text)
        answers.append((page.status, text.replace(contract, "NUMBER")))
    assert answers[0][0] == 422
    assert answers[0] == answers[1] == answers[2]
    assert rig.sql("SELECT count(*) FROM portal_person_code WHERE person_code = ?", canonical(rig, "ilze")) == [(0,)]


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_wrong_foreign_and_unknown_numbers_run_the_same_statements(rig):
    """Nor does the work done tell them apart: the log at debug level names every statement."""
    rig.configure("LogLevel waterportal:debug\n")
    try:
        rig.sql("DELETE FROM portal_registration_try")
        browser = rig.browser()
        portal.login(browser, "mallory")
        traces = []
        for contract in ("10-99999", rig.people["anna"]["contracts"][0], "10-4512"):
            form = browser.get("/portal/registration").form("registration").fill({**CONTACT, "contract": contract, "declare": True})
            offset = rig.error_log.stat().st_size
            browser.submit(form)
            traces.append(re.findall(r"statement (\w+)", "\n".join(rig.log_since(offset))))
        assert "registration_match" in traces[0] and "registration_try_add" in traces[0]
        assert traces[0] == traces[1] == traces[2]
    finally:
        rig.configure("")


def test_five_tries_an_hour(rig, ilze):
    contract = rig.people["ilze"]["contracts"][0]
    for number in range(5):
        assert "nevaram savienot" in registration(ilze, f"10-0000{number}").text
    page = registration(ilze, contract)
    assert page.status == 422 and "nevaram savienot" not in page.text
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE action = 'registration_limited'")[0][0] >= 1
    assert rig.sql("SELECT count(*) FROM portal_person_code WHERE person_code = ?", canonical(rig, "ilze")) == [(0,)]
    rig.sql("UPDATE portal_registration_try SET at = '2020-01-01T00:00:00Z'")
    assert registration(ilze, contract).path == "/portal/registration/done"


def test_five_tries_an_hour_also_at_once(rig, ilze):
    """Tries of one person come one after the other, over threads, processes and databases."""
    ready = [ilze.get("/portal/registration").form("registration").fill({**CONTACT, "contract": f"10-0001{n}", "declare": True}) for n in range(16)]
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(lambda form: ilze.post(form.action, form.data(), follow=False, initiator=form.action), ready))
    assert {page.status for page in pages} == {422}
    assert rig.sql("SELECT outcome, count(*) FROM portal_registration_try GROUP BY outcome ORDER BY outcome") == [("limited", 11), ("refused", 5)]
    # going on does not prolong the waiting: only what was looked at counts
    rig.sql("UPDATE portal_registration_try SET at = '2020-01-01T00:00:00Z' WHERE outcome = 'refused'")
    assert registration(ilze, rig.people["ilze"]["contracts"][0]).path == "/portal/registration/done"


def register_at_once(forms):
    """Each (browser, form) at the same moment: the statuses."""
    with concurrent.futures.ThreadPoolExecutor(len(forms)) as pool:
        return sorted(pool.map(lambda pair: pair[0].post(pair[1].action, pair[1].data(), follow=False, initiator=pair[1].action).status, forms))


def test_two_tabs_and_two_logins_open_one_account(rig, ilze):
    """One opens it. The others find the contract there, or, if they read the page before, are told that something has changed."""
    contract = rig.people["ilze"]["contracts"][0]
    second = rig.browser()
    portal.login(second, "ilze", "eid")
    forms = [(browser, browser.get("/portal/registration").form("registration").fill({**CONTACT, "contract": contract, "declare": True}))
             for browser in (ilze, second) for _ in range(3)]
    before = rig.sql("SELECT count(*) FROM portal_account")[0][0]
    statuses = register_at_once(forms)
    assert set(statuses) <= {303, 409} and 303 in statuses
    accounts = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "ilze"))
    assert len(accounts) == 1
    assert rig.sql("SELECT count(*) FROM portal_account") == [(before + 1,)]
    assert rig.sql("SELECT count(*) FROM portal_consent WHERE account_id = ?", *accounts[0]) == [(6,)]
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'contract_added'", *accounts[0]) == [(1,)]
    assert second.get("/portal/home").status == ilze.get("/portal/home").status == 200


def test_six_tabs_connect_a_contract_once(rig, ilze):
    """Whoever has the contract already has what they wanted."""
    contract = rig.people["ilze"]["contracts"][0]
    registration(ilze, contract)
    account, = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "ilze"))[0]
    rig.sql("UPDATE portal_account_contract SET ended_at = '2026-01-02T00:00:00Z' WHERE account_id = ?", account)
    rig.sql("DELETE FROM portal_audit WHERE account_id = ?", account)
    forms = [(ilze, ilze.get("/portal/registration").form("registration").fill({"contract": contract, "declare": True})) for _ in range(6)]
    assert register_at_once(forms) == [303] * 6
    assert rig.sql("SELECT contract_no, ended_at FROM portal_account_contract WHERE account_id = ?", account) == [(contract, None)]
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action LIKE 'contract_added%'", account) == [(1,)]


@pytest.mark.expects_log("WP0501")
def test_many_persons_at_one_contract_only_raise_an_alert(rig, ilze):
    contract = rig.people["ilze"]["contracts"][0]
    for _ in range(5):
        assert registration(steps.visitor(rig), contract).status == 422
    assert registration(ilze, contract).path == "/portal/registration/done"


def test_a_further_contract_needs_no_contact_details(rig, login):
    browser = rig.browser()
    login(browser, "anna")
    form = browser.get("/portal/registration").form("registration")
    assert "email" not in form.names()
    assert registration(browser, "10-99998").status == 422


@pytest.mark.parametrize("missing, value", [("contract", ""), ("contract", "   "), ("email", ""), ("email", "nobody"), ("phone", "12"),
                                            ("phone", ""), ("declare", False)])
def test_what_is_missing_is_named_and_the_rest_is_kept(rig, ilze, missing, value):
    page = registration(ilze, rig.people["ilze"]["contracts"][0], **{missing: value})
    assert page.status == 422 and page.title.startswith("Kļūda:")
    form = page.form("registration")
    assert form["remind-readings-email"] == "1"
    if missing != "email":
        assert form["email"] == CONTACT["email"]
    assert tries(rig) == 0


def test_a_second_bank_leads_to_the_same_account_and_is_written_down(rig, login):
    browser = rig.browser()
    login(browser, "liga", "bank-a")
    other = rig.browser()
    assert login(other, "liga", "eid").path == "/portal/home"
    account, = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "liga"))[0]
    issuers = {i for i, in rig.sql("SELECT issuer FROM portal_identity WHERE account_id = ?", account)}
    assert {rig.issuer("bank-a"), rig.issuer("eid")} <= issuers
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'identity_attached'", account)[0][0] >= 2


def test_login_and_person_code_of_two_accounts_are_a_case_for_staff(rig, login):
    login(rig.browser(), "martins", "bank-b")
    own, = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "martins"))[0]
    other, = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical(rig, "janis"))[0]
    rig.sql("UPDATE portal_identity SET account_id = ? WHERE account_id = ? AND issuer = ?", other, own, rig.issuer("bank-b"))
    try:
        page = login(rig.browser(), "martins", "bank-b")
        assert page.status == 403
        assert rig.people["janis"]["contracts"][0] not in page.text
    finally:
        rig.sql("UPDATE portal_identity SET account_id = ? WHERE account_id = ? AND issuer = ? AND subject IN "
                "(SELECT subject FROM portal_identity WHERE account_id = ?)", own, other, rig.issuer("bank-b"), other)


def test_a_form_that_meets_the_sessions_end_is_given_back(rig, ilze):
    form = ilze.get("/portal/registration").form("registration").fill({**CONTACT, "contract": "10-1 2'<ā>", "declare": True})
    ilze.forget("__Host-wp")
    page = ilze.submit(form)
    assert page.status == 401 and "10-1 2" not in page.text
    assert rig.sql("SELECT count(*) FROM portal_parked_form WHERE sealed LIKE ?", "%10-1%") == [(0,)]
    back = page.link("Ienākt vēlreiz")
    thief = rig.browser()
    portal.login(thief, "mallory", start=back)
    assert thief.page.status == 200 and thief.page.form("registration")["contract"] == ""
    ilze.follow(back)
    portal.choose(ilze, "eid")
    if "/interaction/" in ilze.page.url:
        ilze.submit(ilze.page.form("named").fill(login="ilze"))
    form = ilze.page.form("registration")
    assert (form["contract"], form["email"], form["declare"]) == ("10-1 2'<ā>", CONTACT["email"], "1")
    assert "saglabāts" in ilze.page.text


def test_at_most_five_forms_are_kept_for_a_person(rig, ilze):
    """Whoever holds one form of his cannot fill the database with it; what was given back and sent is not kept on."""
    rig.sql("DELETE FROM portal_parked_form")
    form = ilze.get("/portal/registration").form("registration").fill({**CONTACT, "declare": True})
    ilze.forget("__Host-wp")
    for number in range(8):
        page = ilze.submit(form.fill({"contract": f"10-0002{number}"}))
        assert page.status == 401
    assert rig.sql("SELECT count(*) FROM portal_parked_form") == [(5,)]
    ilze.follow(page.link("Ienākt vēlreiz"))
    portal.choose(ilze, "bank-a")
    if "/interaction/" in ilze.page.url:
        ilze.submit(ilze.page.form("named").fill(login="ilze"))
    form = ilze.page.form("registration")
    assert form["contract"] == "10-00027"
    assert ilze.submit(form.fill({"contract": rig.people["ilze"]["contracts"][0]})).path == "/portal/registration/done"
    assert rig.sql("SELECT count(*) FROM portal_parked_form") == [(4,)]


def test_more_than_16_kilobytes_or_an_hour_are_not_kept(rig, ilze):
    rig.sql("DELETE FROM portal_parked_form")
    form = ilze.get("/portal/registration").form("registration").fill({**CONTACT, "contract": "10-1", "declare": True})
    ilze.forget("__Host-wp")
    big = [(name, "x" * 17000 if name == "email" else value) for name, value in form.data()]
    assert ilze.post(form.action, big, initiator=form.action).status == 401
    assert rig.sql("SELECT count(*) FROM portal_parked_form") == [(0,)]
    page = ilze.submit(form)
    rig.sql("UPDATE portal_parked_form SET expires_at = '2020-01-01T00:00:00Z'")
    portal.login(ilze, "ilze", start=page.link("Ienākt vēlreiz"))
    assert ilze.page.form("registration")["contract"] == ""


def test_a_right_that_ends_in_billing_ends_here_at_once(rig, login):
    manager = rig.browser()
    assert login(manager, "liga").path == "/portal/home"
    companies = rig.sql("SELECT customer_no, until FROM billing_representative WHERE person_code = ?", canonical(rig, "liga"))
    contract, = rig.sql("SELECT contract_no FROM billing_contract WHERE customer_no = ?", companies[0][0])[0]
    assert manager.get(f"/portal/readings?contract={contract}").status == 200
    rig.sql("UPDATE billing_representative SET until = '2020-01-01' WHERE person_code = ?", canonical(rig, "liga"))
    try:
        assert manager.get(f"/portal/readings?contract={contract}").status == 404
    finally:
        rig.sql("UPDATE billing_representative SET until = ? WHERE person_code = ?", companies[0][1], canonical(rig, "liga"))
