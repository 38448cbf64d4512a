# SPDX-License-Identifier: Apache-2.0
"""waterportalctl tidy (docs/limits.md): what is old goes, what is young or still needed stays; and codes are removed once they are worthless."""
import concurrent.futures
import json
import re
import time

import pytest

import steps
from test_account import ask, codes, identified, refresh

OLD, YOUNG = "2015-01-01T00:00:00Z", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
COUNT = 1200  # more than two batches


@pytest.fixture(scope="module")
def customer(rig):
    return identified(rig, steps.visitor(rig))


@pytest.fixture
def person(rig, customer):
    refresh(rig, customer.account)
    return customer


def tidy(rig, *arguments):
    made = json.loads(rig.ctl("tidy", "--json", *arguments).stdout)
    return {one["name"]: one["rows"] for one in made["tidied"]}


def insert(rig, table, **values):
    rig.sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())


def fill(rig, account, contract, at, tag):
    """A row of each kind, as old as `at`."""
    day = at[:10]
    insert(rig, "portal_form_result", person_tag=tag, form_key=tag, body_hash="", location="", at=at)
    insert(rig, "portal_parked_form", park_id=tag, person_tag=tag, route="", sealed="", expires_at=at if at == OLD else "2099-01-01T00:00:00Z")
    insert(rig, "portal_allowance", act=tag, who=tag, full_at=0 if at == OLD else 4102444800000)
    insert(rig, "portal_session", session_id=tag, person=tag, issuer="x", browser="x", system="x", began_at=at, expires_at=at)
    insert(rig, "portal_registration_try", try_id=tag, person_tag=tag, contract_tag=tag, at=at, outcome="refused")
    insert(rig, "portal_registration_turn", person_tag=tag, at=at)
    change = {"account_id": account, "channel": "email", "code_hash": "x", "tries": 0, "created_at": at, "expires_at": at}
    insert(rig, "portal_contact_change", change_id=tag, value=f"{tag}@example.lv", state="dropped", **change)
    for number in (1, 2):
        insert(rig, "portal_consent", consent_id=f"{tag}{number}", account_id=account, kind=tag, channel="email", number=number, given=1, text_version="1",
               at=at)
    insert(rig, "portal_token", token_id=tag, account_id=account, name=tag, hash=tag, scopes="readings", created_at=at, expires_on=day)
    insert(rig, "portal_token_use", token_id=tag, minute=at, uses=1)
    right = {"contract_no": contract, "giver_account": account, "level": "read", "since": day, "created_at": at}
    insert(rig, "portal_delegation", delegation_id=f"d{tag}", until="2099-01-01", state="draft", **right)
    insert(rig, "portal_delegation", delegation_id=f"r{tag}", until="2099-01-01", state="revoked", settled_at=at, **right)
    insert(rig, "portal_delegation", delegation_id=f"e{tag}", until=day, state="active", **right)
    insert(rig, "portal_erasure", erasure_id=tag, account_id=account, at=at, state="withdrawn")
    payment = {"account_id": account, "agreement": "vk008", "amount_c": 1, "account_iban": "x", "message": "x", "late": 0, "created_at": at, "changed_at": at,
               "expires_at": at}
    for state in ("created", "cancelled", "reconciled"):
        insert(rig, "portal_payment", payment_id=f"{state}{tag}", stamp=f"{state}{tag}", state=state, **payment)
        insert(rig, "portal_payment_item", payment_id=f"{state}{tag}", line=1, contract_no=contract, invoice_no=f"{state}{tag}", amount_c=1)
        event = {"agreement": "vk008", "at": at, "channel": "push", "raw": "", "raw_hash": "", "signature": "valid", "said": "paid", "decision": "moved"}
        insert(rig, "portal_payment_event", event_id=f"{state}{tag}", payment_id=f"{state}{tag}", **event)
        insert(rig, "portal_payment_paid", payment_id=f"{state}{tag}", bank_no="", fits=1, amount_c=1, paid_on=day, channel="push", at=at)
    insert(rig, "portal_payment_event", event_id=f"of{tag}", **event)
    insert(rig, "portal_credit", credit_id=tag, line=1, payment_id=tag, nth=1, contract_no=contract, amount_c=1, paid_on=day, channel="push",
           state="taken_back", taken_nth=1, created_at=at, changed_at=at)
    insert(rig, "portal_close", day=day, nth=1, at=at, result="{}")
    insert(rig, "portal_statement_entry", account_iban="x", entry_ref=tag, entry_index=1, booked_on=day, amount_c=1, direction="credit", at=at)
    insert(rig, "portal_submission", submission_id=tag, receipt_no=tag, account_id=account, contract_no=contract, window_key=tag, submitted_at=at)
    insert(rig, "portal_reading", reading_id=tag, submission_id=tag, account_id=account, contract_no=contract, meter_id=tag, window_key=tag, version=1,
           value_l=1,
           read_on=day, at=at, state="replaced")
    insert(rig, "portal_case", case_id=tag, kind="x", subject=tag, reason="x", opened_at=OLD, settled_at=at, settled_by="x", how="x")
    insert(rig, "portal_audit", audit_id=tag, at=at, actor_tag=tag, actor_kind="system", action="viewed")
    insert(rig, "portal_outbox", message_id=tag, kind="delegation_changed", channel="email", recipient=tag, subject=tag, period="", language="lv",
           arguments="{}", created_at=at,
           state="sent")


EACH = ("messages", "forms", "parked", "allowances", "sessions", "tries", "turns", "changes", "consents", "uses", "tokens", "drafts", "erasures", "orders",
        "unpaid", "payments", "credits", "closes", "reports", "statements", "readings", "receipts", "cases", "audit")


def test_what_is_old_goes_and_what_is_young_stays(rig, person):
    tidy(rig)  # what other tests left
    fill(rig, person.account, person.contract, OLD, "old")
    fill(rig, person.account, person.contract, YOUNG, "new")
    counted = tidy(rig, "--dry-run")
    assert counted == {**{name: 1 for name in EACH}, "rights": 2, "codes": 0, "tokens": 0, "receipts": 0}, "those two wait for what belongs to them"
    assert tidy(rig, "--dry-run") == counted, "nothing was deleted"
    assert tidy(rig) == {**{name: 1 for name in EACH}, "rights": 2, "codes": 0}
    assert set(tidy(rig).values()) == {0}
    for table, column in (("portal_form_result", "form_key"), ("portal_session", "session_id"), ("portal_payment", "payment_id"),
                          ("portal_payment_item", "payment_id"),
                          ("portal_payment_event", "event_id"), ("portal_payment_paid", "payment_id"), ("portal_credit", "credit_id"),
                          ("portal_reading", "reading_id"), ("portal_audit", "audit_id"), ("portal_token", "token_id")):
        # an id of 26 characters is random, and one of them ends so
        left = [name for name, in rig.sql(f"SELECT {column} FROM {table}") if len(name) < 26 and name.endswith(("old", "new"))]
        assert left and all(name.endswith("new") for name in left), table
    for table, column in (("portal_payment_event", "event_id"), ("portal_payment_item", "payment_id"), ("portal_payment_paid", "payment_id"),
                          ("portal_credit", "credit_id"), ("portal_payment", "payment_id")):
        rig.sql(f"DELETE FROM {table} WHERE {column} LIKE '%new'")
    refresh(rig, person.account)


def test_what_is_still_needed_stays_however_old(rig, person):
    insert(rig, "portal_contact_change", change_id="proof", account_id=person.account, channel="email", value="persona@example.lv", code_hash="", tries=0,
           state="done",
           created_at=OLD, expires_at=OLD)
    insert(rig, "portal_consent", consent_id="last", account_id=person.account, kind="last", channel="email", number=1, given=1, text_version="1", at=OLD)
    insert(rig, "portal_erasure", erasure_id="asked", account_id=person.account, at=OLD, state="asked")
    insert(rig, "portal_case", case_id="waits", kind="x", subject="waits", reason="x", opened_at=OLD)
    payment = {"account_id": person.account, "agreement": "vk008", "amount_c": 1, "account_iban": "x", "message": "x", "late": 0, "created_at": OLD,
               "changed_at": OLD, "expires_at": OLD}
    insert(rig, "portal_payment", payment_id="look", stamp="look", state="review", **payment)
    insert(rig, "portal_payment", payment_id="open", stamp="open", state="confirmed", **payment)
    insert(rig, "portal_payment_item", payment_id="open", line=1, contract_no=person.contract, invoice_no="x", amount_c=1, posted_at=OLD)
    insert(rig, "portal_credit", credit_id="open-2", line=1, payment_id="open", nth=1, contract_no=person.contract, amount_c=1, paid_on=OLD[:10],
           channel="push", state="open", created_at=OLD, changed_at=OLD)
    insert(rig, "portal_submission", submission_id="unseen", receipt_no="unseen", account_id=person.account, contract_no=person.contract, window_key="x",
           submitted_at=OLD)
    insert(rig, "portal_reading", reading_id="unseen", submission_id="unseen", account_id=person.account, contract_no=person.contract, meter_id="unseen",
           window_key="x", version=1,
           value_l=1, read_on="2015-01-01", at=OLD, state="current")
    try:
        assert set(tidy(rig).values()) == {0}, "the proof of an address, the answer that holds, what people must look at, what billing does not show yet"
    finally:
        rig.sql("DELETE FROM portal_payment_item WHERE payment_id = 'open'")
        rig.sql("DELETE FROM portal_credit WHERE payment_id = 'open'")
        rig.sql("DELETE FROM portal_payment WHERE payment_id IN ('look', 'open')")
        rig.sql("DELETE FROM portal_case WHERE case_id = 'waits'")


def test_many_go_in_short_steps_while_others_write(rig, person):
    values = [(f"many{n}", OLD) for n in range(COUNT)]
    for at in range(0, COUNT, 300):
        rows = values[at:at + 300]
        rig.sql("INSERT INTO portal_form_result (person_tag, form_key, body_hash, location, at) VALUES " + ", ".join(["(?, 'x', '', '', ?)"] * len(rows)),
                *[cell for row in rows for cell in row])
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        tidied = pool.submit(tidy, rig)
        form = person.get("/portal/account/reminders").form("reminders")
        assert person.submit(form).status == 200
        assert tidied.result()["forms"] == COUNT


def test_how_long_is_configuration(rig, person, tmp_path):
    insert(rig, "portal_audit", audit_id="aged", at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 400 * 86400)), actor_tag="x",
           actor_kind="system", action="viewed")
    assert tidy(rig)["audit"] == 0
    conf = tmp_path / "site.conf"
    conf.write_text("WaterPortalKeep audit 500\nWaterPortalKeep audit 399\n", encoding="utf-8")
    assert tidy(rig, "--dry-run", "--conf", str(conf))["audit"] == 1
    assert tidy(rig, "--dry-run", "--keep", "audit=401")["audit"] == 0
    assert tidy(rig, "--keep", "audit=399")["audit"] == 1


@pytest.mark.parametrize("keep", ["audit=1", "payments=365", "nothing=9", "codes=3", "audit=x", "audit"])
def test_less_than_the_law_asks_is_refused(rig, keep):
    result = rig.ctl("tidy", "--keep", keep, check=False)
    assert result.returncode == 2 and "waterportalctl: " in result.stderr


@pytest.mark.parametrize("line", ["WaterPortalKeep payments 365", "WaterPortalKeep nothing 9"])
def test_a_directive_that_is_less_is_refused(rig, line):
    own = rig.run / "extra.conf"
    own.write_text(line + "\n", encoding="utf-8")
    try:
        assert rig.httpd("-t").returncode != 0
    finally:
        own.write_text("", encoding="utf-8")


# --- codes ---

def in_clear(rig, person):
    return rig.sql("SELECT o.kind, o.arguments FROM portal_outbox o JOIN portal_contact_change c ON c.change_id = o.subject "
                   "WHERE c.account_id = ? AND o.kind LIKE 'contact_code%' AND o.arguments <> '{}'", person.account)


def test_a_code_stands_nowhere_once_it_is_used(rig, person):
    ask(person, "email", email="jauna@example.lv")
    code = codes(rig, person)["contact_code"]
    assert len(in_clear(rig, person)) == 1
    person.submit(person.get("/portal/account/email/code").form("code").fill(code=code))
    assert in_clear(rig, person) == []


def test_nor_once_another_took_its_place_or_it_was_guessed_at(rig, person):
    ask(person, "email", email="jauna@example.lv")
    first = codes(rig, person)["contact_code"]
    ask(person, "email", email="cita@example.lv")
    assert len(in_clear(rig, person)) == 1 and first not in in_clear(rig, person)[0][1]
    for _ in range(5):  # as many as may be wrong
        right = json.loads(in_clear(rig, person)[0][1])["code"]
        person.submit(person.get("/portal/account/email/code").form("code").fill(code="000000" if right != "000000" else "111111"))
    assert in_clear(rig, person) == []


def test_nor_when_its_time_is_over(rig, person):
    tidy(rig)  # what the demo's data and other tests left
    ask(person, "email", email="jauna@example.lv")
    assert tidy(rig)["codes"] == 0
    rig.sql("UPDATE portal_contact_change SET expires_at = ? WHERE account_id = ?", YOUNG, person.account)
    assert tidy(rig)["codes"] == 1 and in_clear(rig, person) == []
    assert re.search(r"failed", str(rig.sql("SELECT state FROM portal_outbox WHERE kind = 'contact_code' AND recipient = 'jauna@example.lv' ORDER BY "
                                            "created_at DESC LIMIT 1")))
