# SPDX-License-Identifier: Apache-2.0
"""The own account: addresses that must be proved, reminders and their log, own data, erasure; public pages."""
import concurrent.futures
import csv
import io
import json
import pathlib
import re
import zipfile

import pytest

import portal
import steps


FRESH = {"email": "persona@example.lv", "phone": "+37120000143", "language": "lv", "quiet": "21-8"}
CONSENTS = [("readings", "email", 1), ("readings", "sms", 0), ("invoices", "email", 1), ("invoices", "sms", 0), ("outages", "email", 1), ("outages", "sms", 1)]


def refresh(rig, account):
    """The account as a registration leaves it; both addresses are not proved."""
    rig.sql("DELETE FROM portal_outbox WHERE subject IN (SELECT change_id FROM portal_contact_change WHERE account_id = ? "
            "UNION SELECT erasure_id FROM portal_erasure WHERE account_id = ?)", account, account)
    rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", f"d-{account}")
    rig.sql("DELETE FROM portal_allowance")
    rig.sql("DELETE FROM portal_token_use WHERE token_id IN (SELECT token_id FROM portal_token WHERE account_id = ?)", account)
    for table in ("portal_contact_change", "portal_consent", "portal_token", "portal_erasure", "portal_reading", "portal_submission", "portal_audit"):
        rig.sql(f"DELETE FROM {table} WHERE account_id = ?", account)
    rig.sql("UPDATE portal_account SET email = ?, phone = ?, language = ?, quiet = ? WHERE account_id = ?", *FRESH.values(), account)
    for number, (kind, channel, given) in enumerate(CONSENTS):
        rig.sql("INSERT INTO portal_consent (consent_id, account_id, kind, channel, number, given, text_version, at) VALUES (?, ?, ?, ?, 1, ?, '2026-11', "
                "'2026-04-14T16:00:00Z')",
                f"{number}-{account}", account, kind, channel, given)


def identified(rig, browser):
    browser.account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    return browser


@pytest.fixture(scope="module")
def customer(rig):
    return identified(rig, steps.visitor(rig))


@pytest.fixture(scope="module")
def other(rig):
    return identified(rig, steps.visitor(rig))


@pytest.fixture
def person(rig, customer):
    """A logged-in customer nobody else uses."""
    refresh(rig, customer.account)
    return customer


def prove(rig, person, channel, value):
    """As if the code had come back some time ago."""
    rig.sql("INSERT INTO portal_contact_change (change_id, account_id, channel, value, code_hash, old_hash, tries, state, created_at, expires_at) "
            "VALUES (?, ?, ?, ?, '', NULL, 0, 'done', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')", f"{channel}-{person.account}", person.account, channel,
            value)


def address(rig, person):
    return rig.sql("SELECT email, phone FROM portal_account WHERE account_id = ?", person.account)[0]


def messages(rig, person):
    """Kind, recipient and arguments of what waits for the person's changes, in the order they were made."""
    rows = rig.sql("SELECT o.kind, o.recipient, o.arguments FROM portal_outbox o JOIN portal_contact_change c ON c.change_id = o.subject "
                   "WHERE c.account_id = ? ORDER BY c.created_at, o.created_at, o.kind", person.account)
    return [(kind, recipient, json.loads(arguments)) for kind, recipient, arguments in rows]


def codes(rig, person):
    """The codes of the change that is open: kind → code."""
    rows = rig.sql("SELECT o.kind, o.arguments FROM portal_outbox o JOIN portal_contact_change c ON c.change_id = o.subject "
                   "WHERE c.account_id = ? AND c.state = 'open' AND o.kind IN ('contact_code', 'contact_code_old')", person.account)
    return {kind: json.loads(arguments)["code"] for kind, arguments in rows}


def audit(rig, person, action):
    return rig.sql("SELECT count(*) FROM portal_audit WHERE account_id = ? AND action = ?", person.account, action)[0][0]


def ask(person, field, **values):
    form = person.get(f"/portal/account/{field}").form(field)
    return person.submit(form.fill(values))


def enter(person, field, **values):
    form = person.get(f"/portal/account/{field}/code").form("code")
    return person.submit(form.fill({k.replace("_", "-"): v for k, v in values.items()}))


def other_code(code):
    return f"{(int(code) + 1) % 1000000:06}"


# --- contact details ---

def test_an_address_counts_when_its_code_came_back(rig, person):
    before = address(rig, person)
    page = ask(person, "email", email="jauna@example.lv")
    assert page.path == "/portal/account/email/code" and "jauna@example.lv" in page.text
    assert address(rig, person) == before, "nothing changes before the code"
    code = codes(rig, person)["contact_code"]
    assert re.fullmatch(r"[0-9]{6}", code)
    stored = rig.sql("SELECT code_hash FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account)[0][0]
    assert code not in stored and re.fullmatch(r"[0-9a-f]{32}", stored)
    page = enter(person, "email", code=f" {code[:3]} {code[3:]} ")
    assert page.path == "/portal/account" and "Apstiprināts" in page.text
    assert address(rig, person)[0] == "jauna@example.lv"
    assert audit(rig, person, "contact_asked") == 1 and audit(rig, person, "contact_changed") == 1
    details = rig.sql("SELECT detail FROM portal_audit WHERE account_id = ? AND action LIKE ?", person.account, "contact%")
    assert all("example" not in (d or "") for d, in details), "no addresses in the audit log"


def test_an_old_address_that_was_never_proved_is_told_but_not_asked(rig, person):
    old = address(rig, person)[0]
    ask(person, "email", email="jauna@example.lv")
    assert "contact_code_old" not in codes(rig, person)
    assert ("contact_notice", old, {"channel": "email"}) in messages(rig, person)
    enter(person, "email", code=codes(rig, person)["contact_code"])
    assert ("contact_changed", old, {"channel": "email"}) in messages(rig, person)


def test_a_proved_address_must_agree(rig, person):
    old = address(rig, person)[0]
    prove(rig, person, "email", old)
    page = ask(person, "email", email="jauna@example.lv")
    assert "līdzšinējo" in page.text
    both = codes(rig, person)
    assert {m[:2] for m in messages(rig, person)} == {("contact_code", "jauna@example.lv"), ("contact_code_old", old)}
    page = enter(person, "email", code=both["contact_code"])
    assert page.status == 422 and address(rig, person)[0] == old, "the new address alone is not enough"
    page = enter(person, "email", old_code=both["contact_code_old"])
    assert page.status == 422 and address(rig, person)[0] == old, "nor the old one"
    page = enter(person, "email", code=both["contact_code_old"], old_code=both["contact_code"])
    assert page.status == 422 and address(rig, person)[0] == old, "each code is of its own side"
    page = enter(person, "email", code=both["contact_code"], old_code=both["contact_code_old"])
    assert page.path == "/portal/account" and address(rig, person)[0] == "jauna@example.lv"
    assert ("contact_changed", old, {"channel": "email"}) in messages(rig, person)


def test_proving_the_address_there_is_asks_nobody_else(rig, person):
    old = address(rig, person)[0]
    ask(person, "email", email=old)
    assert messages(rig, person) == [("contact_code", old, {"code": codes(rig, person)["contact_code"], "minutes": "30"})]
    enter(person, "email", code=codes(rig, person)["contact_code"])
    page = ask(person, "email", email=old)
    assert page.status == 422 and "jau ir apstiprināts" in page.text


def test_five_wrong_codes_end_it(rig, person):
    before = address(rig, person)
    ask(person, "email", email="jauna@example.lv")
    code = codes(rig, person)["contact_code"]
    for left in (4, 3, 2, 1):
        page = enter(person, "email", code=other_code(code))
        assert page.status == 422 and f"vēl {left} mēģinājum" in page.text
    assert "vairs neder" in enter(person, "email", code=other_code(code)).text
    assert rig.sql("SELECT tries, state FROM portal_contact_change WHERE account_id = ? AND value = 'jauna@example.lv'", person.account) == [(5, "dropped")]
    page = enter(person, "email", code=code)
    assert page.status == 422 and "Kods vairs neder" in page.text
    assert address(rig, person) == before
    assert audit(rig, person, "contact_code_wrong") == 5


def test_the_same_wrong_form_sent_again_is_another_try(rig, person):
    ask(person, "email", email="jauna@example.lv")
    form = person.get("/portal/account/email/code").form("code").fill(code=other_code(codes(rig, person)["contact_code"]))
    for _ in range(3):
        assert person.post(form.action, form.data()).status == 422
    assert rig.sql("SELECT tries FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account) == [(3,)]


def test_many_wrong_codes_at_the_same_time_are_all_counted(rig, person):
    ask(person, "email", email="jauna@example.lv")
    code = codes(rig, person)["contact_code"]
    forms = [person.get("/portal/account/email/code").form("code").fill(code=f"{(int(code) + n + 1) % 1000000:06}").data() for n in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda data: person._fetch("POST", f"{person.base}/portal/account/email/code", portal.urlencode(data).encode(), {},
                                                            None).status, forms))
    assert set(statuses) == {422}
    assert rig.sql("SELECT tries, state FROM portal_contact_change WHERE account_id = ? AND value = 'jauna@example.lv'", person.account) == [(5, "dropped")]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٣٤٥٦٧٨", "123456' OR '1'='1", "<b>123456</b>"])
def test_codes_that_are_none(rig, person, typed):
    ask(person, "email", email="jauna@example.lv")
    before = address(rig, person)
    page = enter(person, "email", code=typed)
    assert page.status == 422 and address(rig, person) == before and "<b>" not in page.text.split("<main", 1)[1].split("</main", 1)[0]


def test_a_code_that_is_too_late(rig, person):
    before = address(rig, person)
    ask(person, "email", email="jauna@example.lv")
    code = codes(rig, person)["contact_code"]
    created, expires = rig.sql("SELECT created_at, expires_at FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account)[0]
    hour, minute = (int(x) for x in created[11:16].split(":"))
    assert expires[11:16] == f"{(hour + (minute + 30) // 60) % 24:02}:{(minute + 30) % 60:02}"
    rig.sql("UPDATE portal_contact_change SET expires_at = '2020-01-01T00:00:00Z' WHERE account_id = ? AND state = 'open'", person.account)
    page = enter(person, "email", code=code)
    assert page.status == 422 and "vairs neder" in page.text and address(rig, person) == before


def test_a_new_request_replaces_the_open_one(rig, person):
    ask(person, "email", email="pirma@example.lv")
    first = codes(rig, person)["contact_code"]
    ask(person, "email", email="otra@example.lv")
    assert rig.sql("SELECT value FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account) == [("otra@example.lv",)]
    second = codes(rig, person)["contact_code"]
    if first != second:
        assert enter(person, "email", code=first).status == 422
    enter(person, "email", code=second)
    assert address(rig, person)[0] == "otra@example.lv"


def test_a_code_is_of_its_channel(rig, person):
    ask(person, "email", email="jauna@example.lv")
    code = codes(rig, person)["contact_code"]
    page = enter(person, "phone", code=code)
    assert page.status == 422 and "vairs neder" in page.text


def test_somebody_elses_code_is_wrong(rig, person, other):
    refresh(rig, other.account)
    ask(person, "email", email="jauna@example.lv")
    ask(other, "email", email="jauna@example.lv")
    mine, theirs = codes(rig, person)["contact_code"], codes(rig, other)["contact_code"]
    if mine != theirs:
        assert enter(person, "email", code=theirs).status == 422


def test_a_code_works_once(rig, person):
    ask(person, "email", email="jauna@example.lv")
    form = person.get("/portal/account/email/code").form("code").fill(code=codes(rig, person)["contact_code"])
    assert person.post(form.action, form.data()).path == "/portal/account"
    assert person.post(form.action, form.data()).path == "/portal/account", "a double click leads to the same page"
    assert audit(rig, person, "contact_changed") == 1
    rig.sql("UPDATE portal_account SET email = 'cita@example.lv' WHERE account_id = ?", person.account)
    page = enter(person, "email", code=dict(form.data())["code"])
    assert page.status == 422 and address(rig, person)[0] == "cita@example.lv"


def test_five_requests_an_hour(rig, person):
    for n in range(5):
        assert ask(person, "email", email=f"adrese{n}@example.lv").path.endswith("/code")
    page = ask(person, "email", email="adrese5@example.lv")
    assert page.status == 422 and "Mēģiniet pēc stundas" in page.text
    assert ask(person, "phone", phone="2000 0777").status == 422, "both channels together"
    assert rig.sql("SELECT count(*) FROM portal_contact_change WHERE account_id = ? AND created_at > '2026-02-01'", person.account) == [(5,)]
    rig.sql("UPDATE portal_contact_change SET created_at = '2020-01-01T00:00:00Z' WHERE account_id = ?", person.account)
    assert ask(person, "email", email="adrese6@example.lv").path.endswith("/code")


def test_two_tabs_ask_at_the_same_time(rig, person):
    forms = [person.get("/portal/account/email").form("email").fill(email=f"tab{n}@example.lv").data() for n in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda data: person._fetch("POST", f"{person.base}/portal/account/email", portal.urlencode(data).encode(), {}, None).status,
                                 forms))
    assert sorted(statuses) == [303] * 5 + [422] * 3
    assert rig.sql("SELECT count(*) FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account) == [(1,)]


def test_the_telephone_number_too(rig, person):
    old = address(rig, person)[1]
    page = ask(person, "phone", phone="2654 3210")
    assert page.path == "/portal/account/phone/code"
    assert [m[:2] for m in messages(rig, person)] == [("contact_code", "+37126543210"), ("contact_notice", old)]
    assert rig.sql("SELECT channel FROM portal_outbox WHERE recipient = '+37126543210' AND kind = 'contact_code'") [0] == ("sms",)
    enter(person, "phone", code=codes(rig, person)["contact_code"])
    assert address(rig, person)[1] == "+37126543210"
    page = ask(person, "phone", remove=True)
    assert page.path == "/portal/account/phone/code" and address(rig, person)[1] == "+37126543210", "a proved number must agree"
    enter(person, "phone", old_code=codes(rig, person)["contact_code_old"])
    assert address(rig, person)[1] in (None, "")
    assert "remove" not in person.get("/portal/account/phone").form("phone").names()


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x" * 300 + "@example.lv", "a@example.lv\r\nBcc: b@example.lv", "<img src=x>@example.lv"])
def test_addresses_that_are_none(rig, person, typed):
    page = ask(person, "email", email=typed)
    assert page.status == 422 and page.title.startswith("Kļūda:") and "<img src=x>" not in page.text
    assert messages(rig, person) == []


def test_registering_asks_for_the_proof_at_once(rig, login):
    canonical = "PNOLV-" + re.sub(r"\D", "", rig.people["ilze"]["code"])
    for table in ("portal_contact_change", "portal_consent", "portal_account_contract", "portal_identity", "portal_person_code"):
        rig.sql(f"DELETE FROM {table} WHERE account_id IN (SELECT account_id FROM portal_person_code WHERE person_code = ?)", canonical)
    rig.sql("DELETE FROM portal_registration_try")
    browser = rig.browser()
    login(browser, "ilze")
    form = browser.get("/portal/registration").form("registration")
    page = browser.submit(form.fill({"contract": rig.people["ilze"]["contracts"][0], "email": "ilze.jauna@example.lv", "phone": "2000 0199", "declare": True}))
    assert page.path == "/portal/registration/done" and "nosūtījām kodu" in page.text
    browser.account = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical)[0][0]
    assert {m[:2] for m in messages(rig, browser)} == {("contact_code", "ilze.jauna@example.lv"), ("contact_code", "+37120000199")}
    assert browser.get("/portal/account").text.count("Nav apstiprināts") == 2
    code = next(m[2]["code"] for m in messages(rig, browser) if m[1] == "ilze.jauna@example.lv")
    assert enter(browser, "email", code=code).path == "/portal/account"
    assert browser.get("/portal/account").text.count("Nav apstiprināts") == 1


# --- reminders ---

def reminders(person, **values):
    form = person.get("/portal/account/reminders").form("reminders")
    return person.submit(form.fill({k.replace("_", "-"): v for k, v in values.items()}))


def consents(rig, person):
    return rig.sql("SELECT kind, channel, number, given FROM portal_consent WHERE account_id = ? ORDER BY kind, channel, number", person.account)


def test_reminders_are_changed_and_every_answer_is_kept(rig, person):
    before = consents(rig, person)
    assert ("readings", "email", 1, 1) in before
    assert reminders(person, remind_readings_email=False, language="en", quiet="none").path == "/portal/account"
    assert rig.sql("SELECT language, quiet FROM portal_account WHERE account_id = ?", person.account) == [("en", "none")]
    assert set(consents(rig, person)) - set(before) == {("readings", "email", 2, 0)}, "only what changed"
    prove(rig, person, "email", address(rig, person)[0])
    reminders(person, remind_readings_email=True)
    assert set(consents(rig, person)) - set(before) == {("readings", "email", 2, 0), ("readings", "email", 3, 1)}
    page = person.get("/portal/account/consents?view=xml")
    entries = re.findall(r"<kind[^>]*>readings</kind><channel[^>]*>email</channel><given[^>]*>(\d)</given>"
                         r"<text_version[^>]*>2026-11</text_version><at[^>]*>[\dT:-]{19}<", page.text)
    assert entries == ["1", "0", "1"], "newest first, also within one second"
    assert audit(rig, person, "reminders_changed") == 2


def test_nothing_changed_is_nothing_logged(rig, person):
    before = consents(rig, person)
    reminders(person)
    assert consents(rig, person) == before


def test_a_channel_that_is_not_proved_cannot_be_chosen(rig, person):
    before = consents(rig, person)
    page = reminders(person, remind_invoices_sms=True)
    assert page.status == 422 and "Tālruņa numurs vēl nav apstiprināts" in page.text
    rig.sql("UPDATE portal_account SET phone = NULL WHERE account_id = ?", person.account)
    page = reminders(person, remind_invoices_sms=True)
    assert page.status == 422 and "Tālruņa numurs nav norādīts" in page.text
    assert consents(rig, person) == before
    rig.sql("UPDATE portal_account SET phone = '+37120000777' WHERE account_id = ?", person.account)
    prove(rig, person, "sms", "+37120000777")
    assert reminders(person, remind_invoices_sms=True).path == "/portal/account"
    rig.sql("UPDATE portal_account SET phone = '+37120000778' WHERE account_id = ?", person.account)
    assert "Nav apstiprināts" in person.get("/portal/account").text, "the proof is of that number alone"


def test_reminders_from_two_tabs(rig, person):
    prove(rig, person, "email", address(rig, person)[0])
    form = person.get("/portal/account/reminders").form("reminders").fill({"remind-invoices-email": False})
    forms = [person.get("/portal/account/reminders").form("reminders").fill({"remind-invoices-email": False}).data() for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda data: person._fetch("POST", form.action, portal.urlencode(data).encode(), {}, None).status, forms))
    assert set(statuses) == {303}
    assert [c for c in consents(rig, person) if c[:2] == ("invoices", "email")] == [("invoices", "email", 1, 1), ("invoices", "email", 2, 0)]


@pytest.mark.parametrize("values", [{"quiet": "23-24"}, {"language": "xx"}, {"remind-readings-email": "2"}])
def test_choices_that_are_not_offered(rig, person, values):
    form = person.get("/portal/account/reminders").form("reminders")
    data = {**dict(form.data()), **values}
    before = consents(rig, person)
    assert person.post(form.action, data).status == 422
    assert consents(rig, person) == before


# --- access tokens ---

def test_six_tabs_make_the_twentieth_token_once(rig, person):
    for n in range(19):
        rig.sql("INSERT INTO portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on) VALUES (?, ?, 'Excel', ?, 'readings', "
                "'2026-01-01T00:00:00Z', '2099-01-01')", f"{n}-{person.account}", person.account, f"{n}-{person.account}")
    forms = [person.get("/portal/account/tokens").form("tokens").fill(name=f"Nr. {n}").data() for n in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda data: person._fetch("POST", f"{person.base}/portal/account/tokens", portal.urlencode(data).encode(), {}, None).status,
                                 forms))
    assert sorted(statuses) == [303] + [422] * 5
    assert rig.sql("SELECT count(*) FROM portal_token WHERE account_id = ?", person.account) == [(20,)]
    assert audit(rig, person, "token_created") == 1


# --- own data ---

def archive(page):
    assert page.status == 200 and page.header("Content-Type") == "application/zip", page
    assert "attachment" in page.header("Content-Disposition") and page.header("Cache-Control") == "no-store"
    return zipfile.ZipFile(io.BytesIO(page.body))


def table(files, name):
    text = files.read(name).decode("utf-8-sig")
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def test_all_own_data_in_one_archive(rig, person):
    meter, last = next(iter(steps.meters(person).items()))
    receipt = steps.receipt_of(steps.submit(person, {meter: last + 4000}))
    steps.submit(person, {meter: last + 5000})
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", person.contract)
    rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
            "VALUES (?, ?, '2026-10-31', '2026-11-20', '2026-10-01', '2026-10-31', 1000, 210, 1210, 0) ON CONFLICT DO NOTHING", f"T-{person.contract}",
            person.contract)
    files = archive(person.get("/portal/account/export.zip"))
    assert files.testzip() is None
    data = json.loads(files.read("data.json"))
    assert data["version"] == 1 and data["account"][0]["account_id"] == person.account
    assert [c["contract"] for c in data["contracts"]] == [person.contract]
    versions = [s for s in data["submissions"] if s["meter"] == meter]
    assert {(s["value_l"], s["state"]) for s in versions} == {(last + 4000, "replaced"), (last + 5000, "current")}
    assert receipt in {s["receipt"] for s in versions}
    assert data["invoices"][0]["total_c"] == 1210 and data["invoices"][0]["open_c"] == 0
    assert data["identities"] == [{"issuer": rig.issuer("bank-a"), "first_seen": data["identities"][0]["first_seen"]}]
    assert data["identities"][0]["first_seen"].endswith("Z")
    assert data["person_codes"][0]["person_code"] == steps.code_of(rig, person)
    counts = {name: rig.sql(f"SELECT count(*) FROM {rows} WHERE contract_no = ?", person.contract)[0][0]
              for name, rows in (("services", "billing_service"), ("payments", "billing_payment"), ("acts", "billing_act"), ("documents", "billing_document"))}
    assert {name: len(data[name]) for name in counts} == counts
    for name, rows in (("act_meters", "billing_act_meter"), ("act_persons", "billing_act_person")):
        assert len(data[name]) == rig.sql(f"SELECT count(*) FROM {rows} WHERE act_no IN (SELECT act_no FROM billing_act WHERE contract_no = ?)",
                                          person.contract)[0][0]
    assert len(data["seals"]) == rig.sql("SELECT count(*) FROM billing_seal WHERE meter_id IN (SELECT meter_id FROM billing_meter WHERE contract_no = ?)",
                                         person.contract)[0][0]
    assert len(data["consents"]) == 6 and all(isinstance(c["given"], bool) for c in data["consents"])
    assert "readings_submitted" in {e["action"] for e in data["audit"]}
    assert data["left_out"] == []
    for name in data:
        if name != "version":
            assert len(table(files, f"{name}.csv")) == len(data[name]), name
    assert table(files, "invoices.csv")[0]["total_eur"] == "12,10"
    assert table(files, "readings.csv")[0]["value_m3"] == f"{data['readings'][0]['value_l'] / 1000:.3f}".replace(".", ",")
    assert audit(rig, person, "exported") == 1


def test_everything_about_the_contracts_is_in_it(rig, login):
    browser = rig.browser()
    login(browser, "anna")
    data = json.loads(archive(browser.get("/portal/account/export.zip")).read("data.json"))
    own = [c["contract"] for c in data["contracts"]]
    of = lambda table: rig.sql(f"SELECT count(*) FROM {table} WHERE contract_no IN ({', '.join('?' * len(own))})", *own)[0][0]
    for name, table in (("services", "billing_service"), ("meters", "billing_meter"), ("invoices", "billing_invoice"), ("payments", "billing_payment"),
                        ("documents", "billing_document"), ("acts", "billing_act")):
        assert len(data[name]) == of(table) > 0, name
    for name in ("seals", "act_meters", "act_persons", "person_codes", "tokens"):
        assert data[name], name
    assert {p["act"] for p in data["act_persons"]} <= {a["act"] for a in data["acts"]}


def test_no_secret_and_nobody_elses_data_in_it(rig, person, other):
    ask(person, "email", email="jauna@example.lv")
    messages = json.loads(archive(person.get("/portal/account/export.zip")).read("data.json"))["messages"]
    assert ("contact_code", "jauna@example.lv") in {(m["kind"], m["recipient"]) for m in messages}
    secrets = list(codes(rig, person).values())
    page = person.get("/portal/account/tokens")
    token = re.search(r"wpt_[a-z2-7]+", person.submit(page.form("tokens").fill(name="Izraksts")).text)[0]
    secrets += [token, *rig.sql("SELECT hash FROM portal_token WHERE account_id = ?", person.account)[0]]
    secrets += rig.sql("SELECT code_hash FROM portal_contact_change WHERE account_id = ? AND state = 'open'", person.account)[0]
    secrets += [subject for subject, in rig.sql("SELECT subject FROM portal_identity WHERE account_id = ?", person.account)]
    files = archive(person.get("/portal/account/export.zip"))
    everything = "".join(files.read(name).decode() for name in files.namelist())
    for secret in secrets:
        assert f'"{secret}"' not in everything and f",{secret}," not in everything
    assert other.contract not in everything
    assert "Izraksts" in everything


def test_no_formula_reaches_a_spreadsheet(rig, person):
    names = ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", 'quote " and, comma']
    for name in names:
        person.submit(person.get("/portal/account/tokens").form("tokens").fill(name=name))
    rows = table(archive(person.get("/portal/account/export.zip")), "tokens.csv")
    assert sorted(row["name"] for row in rows) == sorted(["'" + n if n[0] in "=+-@" else n for n in names])
    data = json.loads(archive(person.get("/portal/account/export.zip")).read("data.json"))
    assert sorted(t["name"] for t in data["tokens"]) == sorted(names), "programs get what was typed"


def test_a_telephone_number_in_the_archive_is_the_persons_own(rig, person):
    """zip-csv-for-people: the guard against formulas changed it to '+371…."""
    rig.sql("UPDATE portal_account SET phone = '+37129345678' WHERE account_id = ?", person.account)
    account = table(archive(person.get("/portal/account/export.zip")), "account.csv")
    assert [row["phone"] for row in account] == ["+37129345678"]


def test_a_telephone_number_in_the_archive_is_the_persons_own(rig, person):
    """zip-csv-for-people: the guard against formulas changed it to '+371…."""
    rig.sql("UPDATE portal_account SET phone = '+37129345678' WHERE account_id = ?", person.account)
    account = table(archive(person.get("/portal/account/export.zip")), "account.csv")
    assert [row["phone"] for row in account] == ["+37129345678"]


def test_a_delegates_archive_has_nothing_of_the_giver(rig, person, other):
    """What somebody else lets a person see is not the person's own data."""
    code = rig.sql("SELECT person_code FROM portal_person_code WHERE account_id = ?", person.account)[0][0]
    rig.sql("INSERT INTO portal_delegation (delegation_id, contract_no, point_id, giver_account, receiver_code, receiver_name, level, since, until, state, "
            "created_at) "
            "VALUES (?, ?, NULL, ?, ?, 'X', 'full', '2020-01-01', '2099-12-31', 'active', '2026-01-01T00:00:00Z')", f"d-{person.account}", other.contract,
            other.account, code)
    assert other.contract in person.get("/portal/home").text
    data = json.loads(archive(person.get("/portal/account/export.zip")).read("data.json"))
    assert {c["contract"] for c in data["contracts"]} == {person.contract}
    assert {r["contract"] for r in data["readings"]} == {person.contract}
    assert [(d["contract"], d["given"]) for d in data["delegations"]] == [(other.contract, False)]
    refresh(rig, person.account)


def test_the_account_is_there_when_the_last_contract_has_ended(rig, person):
    rig.sql("UPDATE portal_account_contract SET ended_at = '2026-01-01T00:00:00Z' WHERE account_id = ?", person.account)
    try:
        assert person.get("/portal/home").path == "/portal/registration"
        assert person.get("/portal/account").status == 200
        assert json.loads(archive(person.get("/portal/account/export.zip")).read("data.json"))["contracts"] == []
        assert person.get("/portal/account/erasure").status == 200
    finally:
        rig.sql("UPDATE portal_account_contract SET ended_at = NULL WHERE account_id = ?", person.account)


def test_without_an_account_there_is_none(rig, login):
    stranger = rig.browser()
    login(stranger, "mallory")
    for path in ("", "/email", "/tokens", "/erasure", "/export.zip"):
        assert stranger.get(f"/portal/account{path}").path == "/portal/registration"


# --- erasure ---

def test_erasure_is_asked_for_and_withdrawn(rig, person):
    states = lambda: [s for s, in rig.sql("SELECT state FROM portal_erasure WHERE account_id = ? ORDER BY at, state DESC", person.account)]
    page = person.get("/portal/account/erasure")
    assert "Grāmatvedības likums" in page.text
    assert person.submit(page.form("erasure"), "ask").status == 422 and states() == []
    page = person.submit(person.get("/portal/account/erasure").form("erasure").fill(understood=True), "ask")
    assert page.status == 200 and "Pieprasīts" in page.text and states() == ["asked"]
    assert rig.sql("SELECT o.kind, o.recipient FROM portal_outbox o JOIN portal_erasure e ON e.erasure_id = o.subject WHERE e.account_id = ?",
                   person.account) == [("erasure_asked", address(rig, person)[0])]
    assert "Pieprasīts" in person.get("/portal/account").text
    page = person.submit(page.form("erasure"), "withdraw")
    assert page.status == 200 and states() == ["withdrawn"] and "Atsaukts" in page.text
    assert audit(rig, person, "erasure_asked") == audit(rig, person, "erasure_withdrawn") == 1


def test_two_tabs_ask_for_erasure(rig, person):
    first = person.get("/portal/account/erasure").form("erasure").fill(understood=True)
    second = person.get("/portal/account/erasure").form("erasure").fill(understood=True)
    assert person.submit(first, "ask").status == 200
    page = person.submit(second, "ask")
    assert page.status == 409 and "mainījās" in page.text
    assert rig.sql("SELECT count(*) FROM portal_erasure WHERE account_id = ?", person.account) == [(1,)]


# --- public pages ---

@pytest.mark.parametrize("path, words", [("outages", "Avārija"), ("accessibility", "WCAG 2.2"), ("privacy", "Sīkdatnes")])
def test_public_pages_are_in_every_footer(rig, browser, path, words):
    page = browser.get(f"/portal/public/{path}")
    assert page.status == 200 and words in page.text and "???" not in page.text
    for start in ("/portal/", "/portal/public/login", "/portal/nothing"):
        assert any(href.endswith(f"/public/{path}") for _, href in browser.get(start).links), start


def test_the_footer_has_them_when_logged_in_too(person):
    for start in ("/portal/home", "/portal/account", "/portal/nothing"):
        links = {portal.urlsplit(href).path for _, href in person.get(start).links}
        assert {"/portal/public/outages", "/portal/public/accessibility", "/portal/public/privacy"} <= links


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_the_statements_are_the_sites_own(rig):
    """As docs/admin.md describes: the site's own text replaces the portal's. Last in this file, because the restart ends all sessions."""
    theme = rig.run / "theme"
    (theme / "l10n").mkdir(parents=True, exist_ok=True)
    admin = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "admin.md").read_text(encoding="utf-8")
    example = re.search(r"```xml\n(<texts.*?</texts>)\n```", admin, re.S)[1]
    (theme / "l10n" / "lv.xml").write_text(example, encoding="utf-8")
    rig.configure(f'WaterPortalThemeDirectory "{theme}"\n')
    try:
        page = rig.browser().get("/portal/public/accessibility")
        assert page.status == 200 and "Mājas lapas karte" in page.text and "Citu trūkumu" not in page.text and "WCAG 2.2" in page.text
    finally:
        rig.configure("")
    assert "Citu trūkumu" in rig.browser().get("/portal/public/accessibility").text
