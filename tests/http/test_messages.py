# SPDX-License-Identifier: Apache-2.0
"""What the portal queues arrives: codes are read where a person reads them, in the e-mail and in the SMS."""
import json
import re
import urllib.parse
import urllib.request

import pytest
import steps


def ask(page, path, wish=None):
    data = None if wish is None else json.dumps(wish).encode()
    with urllib.request.urlopen(f"{page}control/{path}", data, timeout=30) as answer:
        return json.load(answer)


class Post:
    """The mail server and the SMS provider of the demo, and what carries messages to them."""

    def __init__(self, rig):
        self.rig, self.mail, self.sms = rig, rig.env["MAIL_PAGE"], rig.env["SMS_PAGE"]
        rig.sql("DELETE FROM portal_outbox")
        for page in (self.mail, self.sms):
            ask(page, "reset", {})

    def send(self):
        return self.rig.ctl("send", "--conf", str(self.rig.run / "httpd.conf")).stdout

    def mails(self, to):
        return ask(self.mail, f"messages?to={urllib.parse.quote(to)}")

    def texts(self, to):
        return ask(self.sms, f"messages?to={urllib.parse.quote(to)}")

    def mailed_code(self, to):
        """The code as a person sees it: on a line of its own."""
        message = self.mails(to)[-1]
        code, = re.findall(r"^ +(\d{6})\r?$", message["text"], re.M)
        assert f">{code}<" in message["html"] and code not in message["subject"]
        return code

    def texted_code(self, to):
        return re.search(r"\b\d{6}\b", self.texts(to)[-1]["text"])[0]


@pytest.fixture
def post(rig):
    return Post(rig)


@pytest.fixture
def person(rig):
    browser = steps.visitor(rig)
    browser.account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    rig.sql("UPDATE portal_account SET email = 'sena@example.lv', phone = NULL WHERE account_id = ?", browser.account)
    return browser


def address(rig, person):
    return rig.sql("SELECT email, phone FROM portal_account WHERE account_id = ?", person.account)[0]


def change(person, which, **values):
    return person.submit(person.get(f"/portal/account/{which}").form(which).fill(**values))


def enter(person, which, **values):
    return person.submit(person.get(f"/portal/account/{which}/code").form("code").fill({k.replace("_", "-"): v for k, v in values.items()}))


def test_a_new_address_is_confirmed_with_the_code_that_arrives_there(rig, post, person):
    change(person, "email", email="jauna@example.lv")
    post.send()
    notice, = post.mails("sena@example.lv")
    assert notice["subject"] == "Jūsu kontā maina kontaktinformāciju" and not re.search(r"\b\d{6}\b", notice["text"])
    code = post.mailed_code("jauna@example.lv")
    enter(person, "email", code=code)
    assert address(rig, person)[0] == "jauna@example.lv"
    post.send()
    assert [m["subject"] for m in post.mails("sena@example.lv")] == ["Jūsu kontā maina kontaktinformāciju", "Jūsu kontā mainīta kontaktinformācija"]
    assert rig.sql("SELECT DISTINCT state, arguments FROM portal_outbox WHERE kind LIKE 'contact_code%'") == [("handed", "{}")]
    change(person, "email", email="tresa@example.lv")
    post.send()
    assert len(post.mails("tresa@example.lv")) == 1
    # the old address is proved now, and must agree
    enter(person, "email", code=post.mailed_code("tresa@example.lv"), old_code=post.mailed_code("jauna@example.lv"))
    assert address(rig, person)[0] == "tresa@example.lv"


def test_a_telephone_number_is_confirmed_with_the_code_of_an_sms(rig, post, person):
    change(person, "phone", phone="2654 3211")
    post.send()
    text, = post.texts("+37126543211")
    assert text["text"].startswith("Pilsetas udens: kods ") and text["segments"] == 1
    enter(person, "phone", code=post.texted_code("+37126543211"))
    assert address(rig, person)[1] == "+37126543211"


def test_who_registers_confirms_both_addresses_with_what_arrives(rig, post, login):
    canonical = "PNOLV-" + re.sub(r"\D", "", rig.people["ilze"]["code"])
    for table in ("portal_contact_change", "portal_consent", "portal_account_contract", "portal_identity", "portal_person_code"):
        rig.sql(f"DELETE FROM {table} WHERE account_id IN (SELECT account_id FROM portal_person_code WHERE person_code = ?)", canonical)
    for table in ("portal_registration_try", "portal_allowance"):
        rig.sql(f"DELETE FROM {table}")
    browser = rig.browser()
    login(browser, "ilze")
    form = browser.get("/portal/registration").form("registration")
    browser.submit(form.fill({"contract": rig.people["ilze"]["contracts"][0], "email": "ilze.pasts@example.lv", "phone": "2000 0198", "declare": True}))
    post.send()
    browser.account = rig.sql("SELECT account_id FROM portal_person_code WHERE person_code = ?", canonical)[0][0]
    enter(browser, "email", code=post.mailed_code("ilze.pasts@example.lv"))
    enter(browser, "phone", code=post.texted_code("+37120000198"))
    done = rig.sql("SELECT channel, state FROM portal_contact_change WHERE account_id = ? ORDER BY channel", browser.account)
    assert done == [("email", "done"), ("sms", "done")]


def test_a_code_that_was_replaced_before_it_left_is_never_sent(rig, post, person):
    change(person, "email", email="pirma@example.lv")
    change(person, "email", email="otra@example.lv")
    post.send()
    assert post.mails("pirma@example.lv") == [] and len(post.mails("otra@example.lv")) == 1
    assert rig.sql("SELECT state, reason, arguments FROM portal_outbox WHERE recipient = 'pirma@example.lv'") == [("failed", "expired", "{}")]


def test_the_utility_can_say_whether_a_message_arrived(rig, post, person):
    change(person, "email", email="jauna@example.lv")
    ask(post.mail, "behaviour", {"rcpt": "550 5.1.1 no such mailbox", "to": "jauna@example.lv"})
    sent = rig.ctl("send", "--conf", str(rig.run / "httpd.conf"), check=False)
    assert sent.returncode == 1 and "WP0621" in sent.stderr
    told = rig.ctl("outbox", "--person", person.account).stdout
    assert re.search(r"contact_code .*failed: refused", told) and re.search(r"contact_notice .*handed", told)
