# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: what an issuer may say of a person, and what becomes of an account when it says something new."""
import concurrent.futures
import json
import re

import pytest

import portal
import steps

ISSUER_ERRORS = r"auth_openidc:error|auth_openidc:warn|WP0104"


def typed(person, **more):
    """What a test types at the demo provider to be this person, with other claims, another code, another signature."""
    return json.dumps({"login": person, **more})


def enter(browser, person, issuer="bank-a", start="/portal/home", **more):
    return portal.login(browser, typed(person, **more), issuer, start)


def account_of(rig, code):
    found = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", code)
    return found[0][0] if found else None


def codes(rig, account):
    return {code for code, in rig.sql("SELECT person_code FROM portal_person_code WHERE account_id = ?", account)}


def cases(rig, account):
    return rig.sql("SELECT kind, reason, how FROM portal_case WHERE account_id = ? ORDER BY opened_at, case_id", account)


def new_code(number):
    """A code that nobody in the demo data has."""
    return f"329{number:08}"


def main_of(page):
    return page.text[page.text.index("<main"):page.text.index("</main>")]


@pytest.fixture
def known(rig):
    """A customer nobody else uses, logged in once, with proved addresses."""
    browser = steps.visitor(rig)
    browser.code = steps.code_of(rig, browser)
    browser.account = account_of(rig, browser.code)
    rig.sql("UPDATE portal_account SET email = ?, phone = ? WHERE account_id = ?", f"{browser.person}@example.lv", "+37120000" + browser.person[-3:],
            browser.account)
    for channel, column in (("email", "email"), ("sms", "phone")):
        rig.sql(f"INSERT INTO portal_contact_change (change_id, account_id, channel, value, code_hash, tries, state, created_at, expires_at) SELECT ?, "
                f"account_id, ?, {column}, '', 0, "
                f"'done', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z' FROM portal_account WHERE account_id = ?", f"{channel}-{browser.account}", channel,
                browser.account)
    return browser


def told(rig, browser):
    return sorted(rig.sql("SELECT kind, channel, recipient FROM portal_outbox WHERE subject = ?", browser.account))


# --- subjects ---

SUBJECTS = {"empty": "", "blanks": "   ", "too long": "s" * 256, "control character": "s\x01", "line": "s\nt", "not ASCII": "sūbjekts"}


@pytest.mark.expects_log("WP0410", at_least=0)
@pytest.mark.expects_log(ISSUER_ERRORS, at_least=0)
@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS.keys())
def test_what_is_no_subject_is_nobody(rig, subject):
    """With an empty one, a second person was let into the first one's account, and her code was written there."""
    before = rig.sql("SELECT count(*) FROM portal_identity")[0][0], rig.sql("SELECT count(*) FROM portal_person_code")[0][0]
    offset = rig.error_log.stat().st_size
    for person in ("anna", "mallory"):
        page = enter(rig.browser(), person, claims={"sub": subject})
        assert page.path != "/portal/registration" and "10-4512" not in page.text
        assert (page.status, page.path) in ((403, "/portal/home"), (500, "/portal/oidc")), page
    log = "\n".join(rig.log_since(offset))
    assert "WP0410" in log or "auth_openidc:error" in log
    assert "anna" not in log.lower() and (len(subject) < 4 or subject not in log)
    assert (rig.sql("SELECT count(*) FROM portal_identity")[0][0], rig.sql("SELECT count(*) FROM portal_person_code")[0][0]) == before


@pytest.mark.expects_log("WP0410")
def test_an_empty_subject_is_said_to_the_person(rig, browser):
    page = enter(browser, "anna", claims={"sub": ""})
    assert page.status == 403 and "nepateica" in main_of(page) and "?logout=" in main_of(page)


def test_the_longest_subject_is_one(rig, browser):
    page = enter(browser, "mallory", claims={"sub": "s" * 254 + "~"})
    assert (page.status, page.path) == (200, "/portal/registration")


# --- names ---

NO_NAMES = {"none": None, "empty": "", "blanks": " \t  ", "invisible": "​ ﻿", "object": {"first": "Anna", "last": "B"}, "list": ["Anna", "Bērziņa"],
            "number": 12345,
            "fraction": 1.5, "true": True, "json": '{"first": "Anna"}', "very long": "Anna " * 60,
            "braille blank": "\u2800", "hangul filler": "\u3164", "mark alone": "\u0301", "joiner and selector": "\ufe0f\u034f", "dash": "\u2014"}


@pytest.mark.expects_log(ISSUER_ERRORS, at_least=0)
@pytest.mark.parametrize("name", NO_NAMES.values(), ids=NO_NAMES.keys())
def test_whoever_has_no_name_is_greeted_without_one(rig, known, name):
    browser = rig.browser()
    page = enter(browser, known.person, claims={"name": name, "given_name": name, "family_name": name})
    assert (page.status, page.path) == (200, "/portal/home")
    assert re.search(r"<h1[^>]*>\s*Labdien!\s*</h1>", page.text), main_of(page)[:300]
    for wrong in ("Labdien,", "{", "[&quot;", "12345", "1.5", "Anna"):
        assert wrong not in main_of(page), wrong
    assert rig.sql("SELECT name FROM portal_account WHERE account_id = ?", known.account)[0][0], "the name that was known stays"


@pytest.mark.expects_log(ISSUER_ERRORS, at_least=0)
@pytest.mark.parametrize("claims, shown", [({"name": None}, "Load"), ({"name": {"x": 1}}, "Load"),
                                           ({"name": None, "family_name": None, "given_name": "  Ilze "}, "Ilze"),
                                           ({"given_name": None, "name": "Ilze  Liepa"}, "Ilze Liepa"), ({"given_name": "<b>I</b>"}, "&lt;b&gt;I&lt;/b&gt;")],
                                           ids=str)
def test_what_there_is_of_a_name_is_used(rig, known, claims, shown):
    page = enter(rig.browser(), known.person, claims=claims)
    greeting = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S)[1].strip()
    assert greeting == f"Labdien, {shown}!" or (shown == "Load" and greeting.startswith("Labdien, ")), greeting


def test_registration_of_somebody_without_a_name(rig, browser):
    """Nor is one made up: the audit log has the masked code, the account no name."""
    page = enter(browser, "mallory", claims={"name": None, "given_name": None, "family_name": None})
    assert page.path == "/portal/registration" and "Labdien!" in main_of(page) and "Labdien, !" not in page.text
    page = browser.submit(page.form("registration").fill({"contract": "10-99999", "email": "m@example.lv", "phone": "20000143", "declare": True}))
    assert page.status == 422
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE action = 'registration_refused' AND actor_name LIKE '%•%'")[0][0] == 1


def test_others_are_told_a_masked_code_where_there_is_no_name(rig, known):
    """An offer from somebody without a name has one: as billing calls the contract's customer."""
    receiver = steps.visitor(rig)
    rig.sql("UPDATE portal_account SET name = NULL WHERE account_id = ?", known.account)
    offer = steps.delegate(rig, known, receiver, "read", state="offered")
    customer, = rig.sql("SELECT k.name FROM billing_contract c JOIN billing_customer k ON k.customer_no = c.customer_no WHERE c.contract_no = ?",
                        known.contract)[0]
    for path in ("/portal/home", "/portal/delegations", f"/portal/delegations/offer/{offer}"):
        assert customer in main_of(receiver.get(path)), path
    browser = rig.browser()
    enter(browser, receiver.person, claims={"name": None, "given_name": None, "family_name": None}, start=f"/portal/delegations/offer/{offer}")
    assert browser.submit(browser.page.form(), "accept").status == 200
    message, = rig.sql("SELECT arguments FROM portal_outbox WHERE subject = ? AND kind = 'delegation_changed'", offer)[0]
    assert "•" in json.loads(message)["person"]
    assert rig.sql("SELECT receiver_name FROM portal_delegation WHERE delegation_id = ?", offer) == [("Delegate",)]


# --- signatures ---

@pytest.mark.expects_log(ISSUER_ERRORS, at_least=0)
@pytest.mark.expects_log("WP0414|WP0104", at_least=0)
@pytest.mark.parametrize("sign", ["none", "HS256", "confused"])
def test_a_token_that_others_can_make_lets_nobody_in(rig, browser, sign):
    """mod_auth_openidc believes an HMAC unless the issuer's .conf names a signature (waterportal-issuers), and "none" in any case:
    that is for the portal to see. (A wrong HMAC is 500 to 2.4.12 and 400 to 2.4.17.)"""
    offset = rig.error_log.stat().st_size
    page = enter(browser, "anna", token={"sign": sign})
    assert "Anna" not in page.text and "10-4512" not in page.text
    if sign == "none":
        assert page.status == 403 and "paraksta" in main_of(page), page
    else:
        assert page.status in (400, 500) and page.path == "/portal/oidc", page
    assert any(("WP0414" if sign == "none" else "auth_openidc:error") in line for line in rig.log_since(offset))
    for path in ("/portal/home", "/portal/registration", "/portal/account", "/portal/delegations/confirm/x"):
        page = browser.get(path)
        assert (page.status == 403 or page.path == "/portal/public/login") and "Anna" not in page.text


def test_a_token_made_anew_with_the_right_key_lets_in(browser):
    """What the tests above change is only the signature."""
    assert enter(browser, "anna", token={"sign": "RS256"}).path == "/portal/home"


# --- a code that is new ---

def test_one_change_of_code(rig, known):
    """A Latvian code may be changed once: with the same name it is the account's, and every verified address is notified."""
    code = new_code(1000 + int(known.person[-4:]))
    page = enter(rig.browser(), known.person, code=code)
    assert (page.status, page.path) == (200, "/portal/home") and known.contract in page.text, "billing still knows the old one"
    assert codes(rig, known.account) == {known.code, f"PNOLV-{code}"}
    assert told(rig, known) == [("person_code_changed", "email", f"{known.person}@example.lv"), ("person_code_changed", "sms", "+37120000" + known.person[-3:])]
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'code_changed'", known.account) == [(1,)]
    assert cases(rig, known.account) == []
    for both in (code, known.code[6:]):
        assert enter(rig.browser(), known.person, code=both).path == "/portal/home"
    assert len(told(rig, known)) == 2


def test_the_second_change_is_a_case_for_people(rig, known):
    """Six codes were attached to one account."""
    first = new_code(2000 + int(known.person[-4:]))
    enter(rig.browser(), known.person, code=first)
    for number in range(3):
        for _ in range(2):
            page = enter(rig.browser(), known.person, code=new_code(3000 + 500 * number + int(known.person[-4:])))
            assert page.status == 403 and known.contract not in page.text and "klientu dienesta" in main_of(page)
    assert codes(rig, known.account) == {known.code, f"PNOLV-{first}"}
    assert cases(rig, known.account) == [("person_code", "second_change", None)] * 3, "one for each code, however often it comes"


@pytest.mark.parametrize("claims, reason", [({"name": "Ilze Liepa", "given_name": "Ilze", "family_name": "Liepa"}, "name_differs"),
                                            ({"name": None, "given_name": None, "family_name": None}, "name_missing")])
def test_another_name_is_a_case_for_people(rig, known, claims, reason):
    page = enter(rig.browser(), known.person, code=new_code(5000 + int(known.person[-4:])), claims=claims)
    assert page.status == 403 and known.contract not in page.text
    assert codes(rig, known.account) == {known.code} and cases(rig, known.account) == [("person_code", reason, None)]
    assert told(rig, known) == []
    assert enter(rig.browser(), known.person).path == "/portal/home", "the code that is known goes on"


def test_a_name_in_another_order_agrees(rig, known):
    name, = rig.sql("SELECT name FROM portal_account WHERE account_id = ?", known.account)[0]
    given, family = name.split(" ", 1)
    page = enter(rig.browser(), known.person, code=new_code(6000 + int(known.person[-4:])), claims={"name": f"{family.upper()}, {given}"})
    assert page.path == "/portal/home" and len(codes(rig, known.account)) == 2


def until_the_portal(rig, person, code):
    """A browser with a session of its own that has not opened a page with it yet."""
    browser = rig.browser()
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    page = browser.submit(browser.page.form("named").fill(login=typed(person, code=code)), follow=False)
    while "/portal/home" not in (page.header("Location") or ""):
        page = browser.follow(page.header("Location"), follow=False)
    return browser


def test_of_two_new_codes_at_once_one_is_taken(rig, known):
    """The rule holds inside the transaction: whoever comes second finds the first."""
    browsers = [until_the_portal(rig, known.person, new_code(7000 + 100 * n + int(known.person[-2:]))) for n in range(6)]
    with concurrent.futures.ThreadPoolExecutor(len(browsers)) as pool:
        pages = list(pool.map(lambda browser: browser.get("/portal/home"), browsers))
    assert sorted(page.status for page in pages) == [200] + [403] * 5
    assert len(codes(rig, known.account)) == 2
    assert cases(rig, known.account) == [("person_code", "second_change", None)] * 5
    assert len(told(rig, known)) == 2


def test_one_new_code_at_once_in_many_tabs_is_one_change(rig, known):
    code = new_code(8000 + int(known.person[-4:]))
    browsers = [until_the_portal(rig, known.person, code) for _ in range(5)]
    with concurrent.futures.ThreadPoolExecutor(len(browsers)) as pool:
        pages = list(pool.map(lambda browser: browser.get("/portal/home"), browsers))
    assert [page.status for page in pages] == [200] * 5
    assert codes(rig, known.account) == {known.code, f"PNOLV-{code}"} and len(told(rig, known)) == 2 and cases(rig, known.account) == []
    assert rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = 'code_changed'", known.account) == [(1,)]


def test_a_further_login_is_told(rig, known):
    assert portal.login(rig.browser(), known.person, "bank-b").path == "/portal/home"
    assert [row[:2] for row in told(rig, known)] == [("login_added", "email"), ("login_added", "sms")]


# --- what people decide ---

def waiting(rig, account):
    return rig.sql("SELECT case_id FROM portal_case WHERE account_id = ? AND settled_at IS NULL", account)[0][0]


def test_a_case_that_is_accepted(rig, known):
    code = new_code(9000 + int(known.person[-4:]))
    claims = {"name": "Ilze Liepa", "given_name": "Ilze", "family_name": "Liepa"}
    assert enter(rig.browser(), known.person, code=code, claims=claims).status == 403
    case = waiting(rig, known.account)
    assert case in rig.ctl("cases").stdout and f"PNOLV-{code}" in rig.ctl("cases", "--show", case).stdout
    assert rig.ctl("cases", "--settle", case, "--how", "accepted", "--by", "Olga").stdout == f"{case}  accepted\n"
    assert codes(rig, known.account) == {known.code, f"PNOLV-{code}"} and [row[0] for row in told(rig, known)] == ["person_code_changed"] * 2
    assert enter(rig.browser(), known.person, code=code, claims=claims).path == "/portal/home"
    assert rig.sql("SELECT settled_by, how FROM portal_case WHERE case_id = ?", case) == [("Olga", "accepted")]


def test_a_case_that_is_refused_stays_so(rig, known):
    code = new_code(9500 + int(known.person[-4:]))
    claims = {"name": "Ilze Liepa", "given_name": "Ilze", "family_name": "Liepa"}
    enter(rig.browser(), known.person, code=code, claims=claims)
    case = waiting(rig, known.account)
    nobody = rig.ctl("cases", "--settle", case, "--how", "refused", "--by", " ", check=False)
    assert nobody.returncode != 0 and "--by" in nobody.stderr and waiting(rig, known.account) == case
    rig.ctl("cases", "--settle", case, "--how", "refused", "--by", "Olga")
    assert enter(rig.browser(), known.person, code=code, claims=claims).status == 403
    assert cases(rig, known.account) == [("person_code", "name_differs", "refused")] and codes(rig, known.account) == {known.code}


def test_login_and_code_of_two_accounts_are_one_case(rig, known):
    other = steps.visitor(rig)
    code = steps.code_of(rig, other)[6:]
    for _ in range(3):
        page = enter(rig.browser(), known.person, code=code)
        assert page.status == 403 and known.contract not in page.text and other.contract not in page.text
    assert cases(rig, known.account) == [("account_conflict", "two_accounts", None)]
    rig.ctl("cases", "--settle", waiting(rig, known.account), "--how", "moved", "--by", "Olga")
    page = enter(rig.browser(), known.person, code=code)
    assert page.path == "/portal/home" and other.contract in page.text and known.contract not in page.text


def test_what_an_accepted_case_cannot_give_any_more(rig, known):
    """Meanwhile somebody else registered with the code: nobody learns whose it is."""
    other = steps.visitor(rig)
    code = new_code(9600 + int(known.person[-4:]))
    enter(rig.browser(), known.person, code=code, claims={"name": "Ilze Liepa", "given_name": "Ilze", "family_name": "Liepa"})
    case = waiting(rig, known.account)
    rig.sql("INSERT INTO portal_person_code (person_code, account_id, since) VALUES (?, ?, '2026-11-30T00:00:00Z')",
            f"PNOLV-{code}", account_of(rig, steps.code_of(rig, other)))
    settled = rig.ctl("cases", "--settle", case, "--how", "accepted", "--by", "Olga", check=False)
    assert settled.returncode != 0 and settled.stdout == "" and "can only be refused" in settled.stderr
    assert cases(rig, known.account) == [("person_code", "name_differs", None)] and codes(rig, known.account) == {known.code}
    assert told(rig, known) == [] and rig.sql("SELECT name FROM portal_account WHERE account_id = ?", known.account) != [("Ilze Liepa",)]
    rig.ctl("cases", "--settle", case, "--how", "refused", "--by", "Olga")


def test_a_login_that_is_gone_is_not_moved(rig, known):
    other = steps.visitor(rig)
    enter(rig.browser(), known.person, code=steps.code_of(rig, other)[6:])
    rig.sql("DELETE FROM portal_identity WHERE account_id = ?", known.account)
    settled = rig.ctl("cases", "--settle", waiting(rig, known.account), "--how", "moved", "--by", "Olga", check=False)
    assert settled.returncode != 0 and settled.stdout == ""
    assert cases(rig, known.account) == [("account_conflict", "two_accounts", None)]


def test_an_erased_account_takes_no_login(rig, known):
    """A conflict concerns two accounts: what it says about the erased one is erased with it, and nothing can be moved there."""
    other = steps.visitor(rig)
    code = steps.code_of(rig, other)
    enter(rig.browser(), known.person, code=code[6:])
    case = waiting(rig, known.account)
    assert code in rig.ctl("cases", "--show", case).stdout
    other.submit(other.get("/portal/account/erasure").form("erasure").fill(understood=True), "ask")
    erasure, = rig.sql("SELECT erasure_id FROM portal_erasure WHERE account_id = ?", account_of(rig, code))[0]
    rig.ctl("erasures", "--done", erasure)
    assert code not in rig.ctl("cases", "--show", case).stdout
    assert rig.ctl("cases", "--settle", case, "--how", "moved", "--by", "Olga", check=False).returncode != 0
    assert portal.login(rig.browser(), known.person).path == "/portal/home", "the login is where it was"


# --- the secret is changed ---

def secrets(rig, current, other=None, person=None):
    """The portal with this secret, and perhaps others. A restart of httpd ends the sessions, so the test logs in again."""
    lines = [f'WaterPortalSecretFile "{current}"']
    lines += [f'WaterPortalOtherSecretFile "{other}"'] if other else []
    lines += [f'WaterPortalPersonSecretFile "{person}"'] if person else []
    rig.configure("\n".join(lines) + "\n")


@pytest.fixture
def three(rig):
    files = [rig.run / "etc/secret"] + [rig.run / f"etc/secret-{name}" for name in ("next", "stranger")]
    for file in files[1:]:
        file.write_text(f"{file.name} " * 8, encoding="utf-8")
        file.chmod(0o600)
    yield files
    rig.configure("")
    for file in files[1:]:
        file.unlink()


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_the_secret_is_changed_and_nobody_notices(rig, known, three):
    """A form, a saved form and a code made with the old secret are good under the new one, and under a third they are not."""
    first, following, stranger = three
    form = known.get("/portal/account/reminders").form()
    known.submit(known.get("/portal/account/email").form().fill(email="cita@example.lv"))
    code, = rig.sql("SELECT arguments FROM portal_outbox WHERE recipient = 'cita@example.lv' ORDER BY created_at DESC")[0]
    saved = rig.browser()
    portal.login(saved, known.person)
    typed_form = saved.get("/portal/account/phone").form("phone").fill(phone="20009999")
    saved.forget("__Host-wp")
    back = saved.submit(typed_form).link("Ienākt vēlreiz")
    tag, = rig.sql("SELECT max(actor_tag) FROM portal_audit WHERE account_id = ?", known.account)[0]
    secrets(rig, stranger, person=first)
    portal.login(known, known.person)
    page = known.post(form.action, form.data(), initiator=form.action)
    assert page.status == 403, "a third secret's portal knows nothing of the form"
    secrets(rig, following, other=first, person=first)
    portal.login(known, known.person)
    page = known.post(form.action, form.data(), initiator=form.action)
    assert page.status == 200, page
    confirm = known.get("/portal/account/email/code").form("code")
    assert "cita@example.lv" in known.page.text
    page = known.submit(confirm.fill(code=json.loads(code)["code"], **({"old-code": old_code(rig, known)} if "old-code" in confirm.names() else {})))
    assert rig.sql("SELECT email FROM portal_account WHERE account_id = ?", known.account) == [("cita@example.lv",)], page
    portal.login(saved, known.person, start=back)
    assert saved.page.form("phone")["phone"] == "20009999", "what was saved under the old one is given back"
    assert {t for t, in rig.sql("SELECT DISTINCT actor_tag FROM portal_audit WHERE account_id = ?", known.account)} == {tag}, "the person's tag stays"


def old_code(rig, browser):
    arguments, = rig.sql("SELECT arguments FROM portal_outbox WHERE kind = 'contact_code_old' AND recipient = ? ORDER BY created_at DESC",
                         f"{browser.person}@example.lv")[0]
    return json.loads(arguments)["code"]


# --- what the log says ---

def events(rig, offset):
    return re.findall(r"(WP04\d\d):[^\n]*", "\n".join(line for line in rig.log_since(offset) if "waterportal:notice" in line))


def test_what_concerns_security_is_a_numbered_line(rig, known, logout):
    """Login, logout, a foreign id, a page that is not there, forms of nobody's and of another site, a stolen session, tokens, codes."""
    other = steps.visitor(rig)

    def after(act):
        offset = rig.error_log.stat().st_size
        act()
        lines = "\n".join(rig.log_since(offset))
        for personal in (known.person, other.person, known.contract, other.contract, known.code, "@example.lv", "Load"):
            assert personal not in lines, lines
        assert all(re.search(r"\[request [0-9a-f-]{14}\]", line) for line in rig.log_since(offset) if "waterportal:notice" in line)
        return events(rig, offset)

    browser = rig.browser()
    assert after(lambda: portal.login(browser, known.person)) == ["WP0420"]
    assert after(lambda: browser.get("/portal/home")) == []
    assert after(lambda: browser.get("/portal/nothing-of-the-kind")) == [], "a page that does not exist is nobody's"
    assert after(lambda: browser.get(f"/portal/readings?contract={other.contract}")) == ["WP0426"]
    assert after(lambda: browser.get("/portal/payments/" + "a" * 26)) == ["WP0426"]
    form = browser.get("/portal/account/reminders").form()
    theirs = other.get("/portal/account/reminders").form()
    assert after(lambda: browser.post(form.action, [(n, "x" if "token" in n else v) for n, v in form.data()], initiator=form.action)) == ["WP0423"]
    assert after(lambda: browser.post(form.action, theirs.data(), initiator=form.action)) == ["WP0423"]
    assert after(lambda: browser.post(form.action, form.data(), headers={"Origin": "https://elsewhere.example"}, initiator=form.action)) == ["WP0423"]
    thief = rig.browser()
    thief.jar = {key: cookie for key, cookie in browser.jar.items() if cookie.name == "__Host-wp"}
    assert after(lambda: thief.get("/portal/home")) == ["WP0424"]
    api = rig.browser()
    assert after(lambda: api.get("/portal/api/v1/readings")) == [], "no token is no attack"
    for header in ("Bearer wpt_" + "a" * 40, "Bearer ?"):
        assert after(lambda: api.get("/portal/api/v1/readings", headers={"Authorization": header})) == ["WP0425"]  # noqa: B023
    browser.submit(browser.get("/portal/account/email").form().fill(email="vel@example.lv"))
    confirm = browser.get("/portal/account/email/code").form("code")
    wrong = {name: "000000" for name in ("code", "old-code") if name in confirm.names()}
    assert after(lambda: browser.submit(confirm.fill(wrong))) == ["WP0427"]
    browser.get("/portal/home")
    assert after(lambda: logout(browser)) == ["WP0421"]
