#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl send: what is in the outbox leaves it, in every kind and language, and what cannot leave says why."""
import json
import re
import subprocess
import time

from counterparts import LATER, LONG_AGO, Site
from support import SOURCE, main, run

CODE = {"code": "123456", "minutes": "30"}
# what the portal puts into each kind; the longest that a value may be
SAMPLES = {"contact_code": CODE, "contact_code_old": CODE, "contact_notice": {"channel": "email"}, "contact_changed": {"channel": "sms"},
           "login_added": {"issuer": "https://bank.example"}, "person_code_changed": {"issuer": "https://bank.example"},
           "delegation_offered": {"person": "Jānis Bērziņš", "contract": "10-00001", "address": "Brīvības iela 1-2, Rīga"},
           "delegation_changed": {"person": "Jānis Bērziņš", "contract": "10-00001", "address": "Brīvības iela 1-2, Rīga", "change": "accepted"},
           "erasure_asked": {}, "erasure_done": {}, "test": {}}
WORDS = {"lv": {"accepted": "pieņēma", "email": "e-pasta adrese", "sms": "tālruņa numurs"},
         "en": {"accepted": "accepted", "email": "e-mail address", "sms": "phone number"}}
ISSUERS = [{"issuer": "https://bank.example", "level": "bank", "mark": "B", "name": {"lv": "Pirmā banka", "en": "First Bank"},
            "person_code_claim": "serialNumber", "person_code_country": "LV"}]


class Kinds(Site):
    """Every kind, in both languages, as e-mail and as SMS."""

    def setUp(self):
        super().setUp()
        self.kinds = json.loads(self.done(run("check", "--dump")))["messages"]["kinds"]

    def send_all(self, recipient):
        for language in ("lv", "en"):
            for kind in self.kinds:
                if "@" in recipient or kind["sms"]:
                    self.queue(f"{kind['name']}-{language}", kind["name"], recipient, language=language, arguments=SAMPLES[kind["name"]])
        self.done(self.send())

    def test_every_kind_arrives_as_an_email_in_both_languages(self):
        self.send_all("anna@example.lv")
        arrived = {m["headers"]["Message-Id"].strip("<>"): m for m in self.mail.messages()}
        self.assertEqual(len(arrived), 2 * len(SAMPLES))
        for kind in self.kinds:
            both = [arrived[f"{kind['name']}-{language}@udens.example"] for language in ("lv", "en")]
            self.assertNotEqual(both[0]["subject"], both[1]["subject"])
            for message, language in zip(both, ("lv", "en")):
                self.check_letter(message, kind, language)

    def check_letter(self, message, kind, language):
        headers, name = message["headers"], kind["name"]
        self.assertEqual(headers["To"], "anna@example.lv")
        self.assertEqual(headers["From"], "Pilsētas ūdens <portals@udens.example>")
        self.assertIn("=?UTF-8?", message["raw"].split("\r\n")[0])
        self.assertEqual(headers["Auto-Submitted"], "auto-generated")
        self.assertEqual(headers["Content-Language"], language)
        self.assertRegex(message["from"], rf"^bounce\+{name}-{language}\.[0-9a-f]{{20}}@udens\.example$")
        for value in SAMPLES[name].values():
            shown = WORDS[language].get(value, value)
            self.assertIn(shown, message["text"], name)
            self.assertIn(shown, message["html"], name)
            self.assertNotIn(value, message["subject"])
        for body in (message["text"], message["html"]):
            self.assertIn("https://portals.example/portal/", body)
            self.assertNotIn("???", body)
            self.assertNotRegex(re.sub(r"(?s)<style>.*?</style>", "", body), r"[{}]")
        self.assertNotIn("<", message["text"])
        self.assertTrue(all(line.isascii() and len(line) <= 998 for line in message["raw"].split("\r\n")))

    def test_every_kind_fits_into_one_sms_in_both_languages(self):
        self.configure(WaterPortalSiteName='"Pilsētas ūdens un kanalizācija"')
        self.send_all("+37126123456")
        arrived = self.sms.messages()
        self.assertEqual(len(arrived), 2 * sum(kind["sms"] for kind in self.kinds))
        for text in arrived:
            self.assertEqual((text["segments"], text["encoding"]), (1, "gsm7"), text["text"])
            self.assertTrue(text["text"].startswith("Pilsetas udens un kanalizacija: "), text["text"])
            self.assertNotIn("?", text["text"])

    def test_an_issuer_is_called_as_people_call_it(self):
        issuers = self.write("issuers.json", json.dumps({"issuers": ISSUERS}))
        self.configure(WaterPortalIssuersFile=issuers)
        for language in ("lv", "en"):
            self.queue(language, "login_added", language=language, arguments=SAMPLES["login_added"])
        self.done(self.send())
        texts = {m["headers"]["Content-Language"]: m["text"] for m in self.mail.messages()}
        self.assertIn("Pirmā banka", texts["lv"])
        self.assertIn("First Bank", texts["en"])

    def test_a_site_may_replace_words_and_looks(self):
        theme = self.path("theme")
        subprocess.run(["mkdir", "-p", f"{theme}/l10n", f"{theme}/messages"], check=True)
        self.write("theme/l10n/lv.xml", '<texts lang="lv" plural="lv"><text key="message.test.subject">Sveiki no mums</text></texts>')
        self.write("theme/messages/subject.xsl", '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
                   '<xsl:import href="waterportal:messages/subject.xsl"/><xsl:output method="text"/>'
                   '<xsl:template match="/message">[Ūdens] <xsl:apply-templates select="." mode="subject"/></xsl:template></xsl:stylesheet>')
        self.configure(WaterPortalThemeDirectory=theme)
        self.queue("m", "test")
        self.done(self.send())
        self.assertEqual(self.mail.messages()[0]["subject"], "[Ūdens] Sveiki no mums")


class Hostile(Site):
    """What somebody typed stays text."""

    def test_a_name_adds_no_header_no_line_and_no_markup(self):
        name = "Anna\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script> & \u202egnp.exe \"x\" {code}"
        self.queue("m", "delegation_offered", arguments={"person": name, "contract": "10-1", "address": "X\nhttps://evil.example/"})
        self.done(self.send())
        message, = self.mail.messages()
        self.assertEqual(message["to"], ["anna@example.lv"])
        self.assertNotIn("Bcc", message["headers"])
        line = next(line for line in message["text"].splitlines() if "Bcc" in line)
        self.assertIn("<script>alert(1)</script> & gnp.exe", line)
        self.assertIn("{code}", line)
        self.assertIn("X https://evil.example/", line)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; &amp;", message["html"])
        self.assertNotIn("<script", message["html"])

    def test_a_site_name_with_line_ends_stays_one_header(self):
        self.configure(WaterPortalSiteName="\"Ūdens \u2028, <a@b.c> 'x' \\\"y\"")
        self.queue("m", "test")
        self.done(self.send())
        message, = self.mail.messages()
        self.assertRegex(message["headers"]["From"], r"<portals@udens\.example>$")
        self.assertEqual(message["raw"].count("\r\nFrom:") + message["raw"].startswith("From:"), 1)

    def test_addresses_that_are_none_fail_and_disturb_nobody(self):
        wrong = ["a@b.lv>\r\nRCPT TO:<c@d.lv", "a@b.lv,c@d.lv", "<a@b.lv>", "a@b", "a b@c.lv", "anna@example.lv ORCPT=x", "ā@b.lv"]
        for number, address in enumerate(wrong):
            self.queue(f"wrong{number}", recipient=address)
        self.queue("sms", "test", "+371261234561234567890", channel="sms")
        self.queue("good")
        self.assertEqual(self.send().returncode, 1)
        self.assertEqual([m["to"] for m in self.mail.messages()], [["anna@example.lv"]])
        self.assertEqual(self.sms.messages(), [])
        for name in [*(f"wrong{n}" for n in range(len(wrong))), "sms"]:
            self.assertEqual(self.row(name), ("failed", "address"), name)

    def test_a_message_that_cannot_be_worded_fails_with_its_reason(self):
        self.queue("lacking", "delegation_offered", arguments={"person": "A"})
        self.queue("broken", "delegation_offered")
        self.sql("UPDATE portal_outbox SET arguments = '{\"person' WHERE message_id = 'broken'")
        self.queue("no-sms", "erasure_asked", "+37126123456")
        self.assertEqual(self.send().returncode, 1)
        self.assertEqual([self.row(n) for n in ("lacking", "broken", "no-sms")], [("failed", "text")] * 3)
        self.assertEqual(self.mail.messages(), [])

    def test_a_kind_of_a_later_release_waits_for_a_sender_that_knows_it(self):
        self.queue("unknown", "of_a_later_release")
        self.done(self.send())
        self.assertEqual(self.row("unknown"), ("deferred", "kind"))

    def test_what_a_server_says_is_kept_without_addresses_and_signs_that_a_database_refuses(self):
        self.mail.behave(rcpt="550 5.1.1 <anna@example.lv>: " + "@ " * 80 + "\t\x01\x7f end")
        self.queue("m")
        self.send()
        state, answer = self.row("m", "state", "answer")
        self.assertEqual(state, "failed")
        self.assertRegex(answer, r"^550 5\.1\.1 \.\.\. [ .]*")
        self.assertTrue(answer.isascii() and "@" not in answer and len(answer) <= 160, answer)


class Server(Site):
    """What a server says decides what happens to a message."""

    def test_a_code_is_removed_when_it_was_handed_over(self):
        self.queue("m", "contact_code", arguments=CODE)
        self.done(self.send())
        self.assertIn("123456", self.mail.messages()[0]["text"])
        self.assertEqual(self.row("m", "state", "arguments", "lease", "reason"), ("handed", "{}", None, None))
        self.assertRegex(self.row("m", "answer")[0], r"^250 2\.0\.0 Ok")

    def test_a_refusal_for_good_is_final_and_can_be_sent_again_by_hand(self):
        self.mail.behave(rcpt="550 5.1.1 <anna@example.lv> unknown here")
        self.queue("m")
        result = self.send()
        self.assertEqual(result.returncode, 1)
        self.assertIn("WP0621", result.stderr)
        self.assertEqual(self.row("m", "state", "reason", "answer"), ("failed", "refused", "550 5.1.1 ... unknown here"))
        listed = self.done(self.call("outbox", "--dead"))
        self.assertIn("failed: refused", listed)
        self.assertNotIn("anna", listed)
        self.mail.behave(rcpt=None)
        self.done(self.send())
        self.assertEqual(self.mail.messages(), [])
        self.done(self.call("outbox", "--again", "m"))
        self.done(self.send())
        self.assertEqual(self.row("m"), ("handed", None))
        self.assertEqual(self.call("outbox", "--again", "m").returncode, 2)

    def test_not_now_is_tried_again_after_1_5_and_15_minutes_then_hourly_for_a_day(self):
        self.mail.behave(data="451 4.3.0 later")
        self.queue("m")
        waits = []
        for tries in range(1, 30):
            before = time.time()
            self.send()
            state, due = self.row("m", "state", "due_at")
            if state == "failed":
                break
            waits.append(round((time.mktime(time.strptime(due, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone - before) / 60))
            self.done(self.send())  # nothing is due
            self.assertEqual(self.row("m", "tries"), (tries,))
            self.sql("UPDATE portal_outbox SET due_at = ''")
        self.assertEqual(waits, [1, 5, 15] + [60] * 24)
        self.assertEqual(self.row("m"), ("failed", "gave_up"))

    def test_while_the_server_is_away_all_wait_and_one_is_tried_a_round(self):
        self.mail.stop()
        for number in range(30):
            self.queue(f"m{number:02}")
        result = self.send()
        self.assertEqual(result.returncode, 1)
        self.assertIn("WP0620", result.stderr)
        self.assertEqual(self.sql("SELECT state, count(*), sum(tries) FROM portal_outbox GROUP BY state ORDER BY state"),
                         [("deferred", 1, 1), ("waiting", 29, 0)])
        self.mail = self.start("mail", "--smtp", str(self.smtp_port))
        self.sql("UPDATE portal_outbox SET due_at = ''")
        self.done(self.send())
        self.assertEqual(len(self.mail.messages()), 30)

    def test_a_server_that_refuses_the_sender_is_away_and_no_message_fails(self):
        self.mail.behave(mail="550 5.7.1 sender not allowed")
        self.queue("m")
        self.assertEqual(self.send().returncode, 1)
        self.assertEqual(self.row("m", "state", "reason", "answer"), ("deferred", "away", "550 5.7.1 sender not allowed"))

    def test_one_channel_away_leaves_the_other_alone(self):
        self.mail.stop()
        self.queue("mail")
        self.queue("text", "test", "+37126123456")
        self.assertEqual(self.send().returncode, 1)
        self.assertEqual((self.row("mail")[0], self.row("text")[0]), ("deferred", "handed"))

    def test_a_connection_cut_after_the_letter_was_kept_repeats_it_once_under_the_same_id(self):
        self.mail.behave(cut="after")
        self.queue("m")
        self.queue("drop", "test", "drop@example.lv")
        self.send()
        self.assertEqual(self.row("m"), ("deferred", "unclear"))
        self.assertEqual(self.row("drop"), ("failed", "unclear"))
        self.sql("UPDATE portal_outbox SET due_at = ''")
        self.send()
        self.assertEqual(self.row("m"), ("failed", "unclear"))
        arrived = [m["headers"]["Message-Id"] for m in self.mail.messages("anna@example.lv")]
        self.assertEqual(arrived, ["<m@udens.example>"] * 2)
        self.assertEqual(len(self.mail.messages("drop@example.lv")), 1)

    def test_an_expired_code_is_not_sent(self):
        self.queue("old", "contact_code", arguments=CODE, expires_at="2026-01-01T00:30:00Z")
        self.queue("wiped", "contact_code_old")
        self.queue("good", "contact_code_old", arguments=CODE, expires_at=LATER)
        self.done(self.send())
        self.assertEqual(len(self.mail.messages()), 1)
        self.assertEqual([self.row(n, "state", "reason", "arguments") for n in ("old", "wiped")], [("failed", "expired", "{}")] * 2)
        self.assertEqual(self.call("outbox", "--again", "old").returncode, 2)

    def test_not_before_its_time_and_the_urgent_first(self):
        self.queue("tomorrow", due_at=LATER)
        self.queue("news", recipient="b@example.lv", urgency=2, created_at="2025-01-01T00:00:00Z")
        self.queue("code", "contact_code", "c@example.lv", urgency=0, arguments=CODE, created_at="2026-02-01T00:00:00Z")
        self.queue("security", recipient="d@example.lv", urgency=1)
        self.done(self.send())
        self.assertEqual([m["to"][0][0] for m in self.mail.messages()], ["c", "d", "b"])
        self.assertEqual(self.row("tomorrow"), ("waiting", None))

    def test_a_row_that_the_release_before_wrote_is_sent(self):
        self.sql("INSERT INTO portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state) "
                 "VALUES ('m', 'erasure_done', 'email', 'anna@example.lv', 's', '', 'lv', '{}', ?, 'waiting')", LONG_AGO)
        self.done(self.send())
        self.assertEqual(len(self.mail.messages()), 1)

    def test_one_connection_serves_many_letters(self):
        for number in range(40):
            self.queue(f"m{number}")
        self.done(self.send())
        self.assertEqual(self.mail.ask("calls"), {"connections": 1, "accepted": 40})


class Provider(Site):
    """The SMS provider's answers."""

    def answered(self, **behaviour):
        self.sms.behave(**{"status": 200, "body": None, "cut": None, **behaviour})
        self.sql("DELETE FROM portal_outbox")
        self.queue("m", "contact_notice", "+37126123456", arguments={"channel": "sms"})
        self.send()
        return self.row("m")

    def test_statuses(self):
        self.assertEqual(self.answered(), ("handed", None))
        for status in (408, 429, 500, 503):
            self.assertEqual(self.answered(status=status), ("deferred", "busy"), status)
        for status in (400, 410, 422):
            self.assertEqual(self.answered(status=status), ("failed", "refused"), status)
        for status in (401, 403, 404, 302):
            self.assertEqual(self.answered(status=status), ("deferred", "away"), status)
        self.assertEqual(self.answered(body="credit is used up"), ("deferred", "busy"))
        self.assertEqual(self.answered(cut="after"), ("deferred", "unclear"))

    def test_quotation_marks_and_lines_stay_inside_the_template(self):
        self.configure(WaterPortalSiteName='"\\"}, x & <y> = %"')
        self.queue("m", "test", "+37126123456")
        self.done(self.send())
        self.assertEqual(self.sms.messages()[0]["text"], '"}, x & <y> = %: parbaudes zina no klientu portala.')


class Looking(Site):
    """waterportalctl outbox and check --mail."""

    def test_figures(self):
        self.queue("m1")
        self.queue("m2", due_at=LATER)
        self.queue("m3", state="failed")
        self.queue("m4", "test", "+37126123456", state="handed")
        figures = json.loads(self.done(self.call("outbox", "--json")))
        self.assertEqual((figures["waiting"], figures["failed"]), (1, 1))
        self.assertGreater(figures["oldest_seconds"], 3600)
        self.assertEqual([(s["channel"], s["state"], s["messages"]) for s in figures["states"]],
                         [("email", "failed", 1), ("email", "waiting", 2), ("sms", "handed", 1)])

    def test_what_a_person_was_sent(self):
        self.sql("INSERT INTO portal_account (account_id, language, quiet, created_at, changed_at) VALUES ('anna', 'lv', 'none', ?, ?)", LONG_AGO, LONG_AGO)
        self.queue("own", account_id="anna", recipient="old@example.lv")
        self.queue("about", subject="anna", recipient="older@example.lv")
        self.queue("other", recipient="other@example.lv")
        self.queue("to", recipient="anna@example.lv")
        self.assertEqual({line.split()[0] for line in self.done(self.call("outbox", "--person", "anna")).splitlines()}, {"own", "about"})
        self.assertEqual(self.done(self.call("outbox", "--person", "anna@example.lv")).split()[0], "to")

    def test_a_test_message_goes_the_whole_way(self):
        self.done(self.call("outbox", "--test", "admin@example.lv", "--language", "en"))
        self.done(self.call("outbox", "--test", "26123456"))
        self.assertEqual(self.call("outbox", "--test", "nobody").returncode, 2)
        self.done(self.send())
        self.assertEqual(self.mail.messages()[0]["subject"], "Test message")
        self.assertEqual(self.sms.messages()[0]["to"], "+37126123456")

    def test_check_sends_a_probe_and_says_what_to_look_at(self):
        told = self.done(self.call("check", "--mail", "admin@example.lv"))
        message, = self.mail.messages()
        self.assertIn(message["from"], told)
        self.assertIn("dkim=pass with header.d=udens.example", told)
        self.mail.behave(rcpt="550 5.1.1 unknown")
        refused = self.call("check", "--mail", "admin@example.lv")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("WP0619 a test message could not be sent: refused: 550 5.1.1 unknown", refused.stdout)
        self.assertEqual(self.sql("SELECT count(*) FROM portal_outbox"), [(0,)])


class LookingOnPostgresql(Looking):
    driver = "pgsql"


class Configuration(Site):
    """What is missing is said, with the remedy, before anything is sent."""

    def refused(self, *words, **change):
        self.configure(**change)
        self.queue("m") if not self.sql("SELECT 1 FROM portal_outbox") else None
        result = self.send()
        self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertEqual(self.row("m")[0], "waiting")

    def test_refusals(self):
        self.refused("WaterPortalMessages is not On", WaterPortalMessages="Off")
        self.refused("WaterPortalMessages is not On", WaterPortalMessages=None)
        self.refused("WaterPortalOrigin", WaterPortalOrigin=None)
        self.refused("WaterPortalSecretFile", WaterPortalSecretFile=None)
        self.refused("WaterPortalMailFrom", WaterPortalMailFrom=None)
        self.refused("WaterPortalMailFrom", WaterPortalMailFrom="portals")
        self.refused("WaterPortalMail:", WaterPortalMail="http://127.0.0.1")
        self.refused("WaterPortalMail or WaterPortalSMS", WaterPortalMail=None, WaterPortalSMS=None)
        self.refused("no-such", WaterPortalSMS=self.path("no-such.json"))
        self.refused("user:password", WaterPortalMailLoginFile=self.write("login", "secret", 0o600))
        self.refused("chmod 0640", WaterPortalMailLoginFile=self.write("open", "a:b", 0o644))

    def test_a_file_of_the_provider_that_cannot_be_used(self):
        good = {"url": "https://sms.example/?to={to}&text={text}"}
        for change, word in (({"url": "http://sms.example/"}, "must not be read on the way"), ({"body": "{text}"}, "Content-Type"),
                             ({"headers": {"X": "{text}"}}, "no placeholders"), ({"headers": {"X": "a\r\nY: b"}}, "line end"),
                             ({"encoding": "latin"}, '"translit" or "auto"'), ({"timeout": 0}, "from 1 to 300"), ({"colour": "red"}, "none of its members")):
            self.refused(word, WaterPortalSMS=self.write("wrong.json", json.dumps({**good, **change}), 0o640))
        self.refused("chmod 0640", WaterPortalSMS=self.write("readable.json", json.dumps(good), 0o644))
        self.refused('"url" is missing', WaterPortalSMS=self.write("empty.json", "{}", 0o640))


class Secure(Site):
    """TLS and a login."""

    def setUp(self):
        super().setUp()
        subprocess.run([SOURCE / "tests/rig/idp/make-tls", self.path("tls")], check=True, capture_output=True, timeout=60)
        self.files = [self.path("tls/leaf.pem"), self.path("tls/leaf.key")]
        self.ca = self.path("tls/ca.pem")
        self.mail.stop()

    def arrives(self, url, *arguments, **change):
        self.mail = self.start("mail", "--smtp", str(self.smtp_port), *arguments)
        self.configure(WaterPortalMail=f"{url}:{self.smtp_port}", **change)
        self.sql("DELETE FROM portal_outbox")
        self.queue("m")
        self.send()
        count = len(self.mail.messages())
        self.mail.stop()
        return count == 1

    def test_starttls_is_required_and_the_certificate_verified(self):
        self.assertTrue(self.arrives("smtp://portal.localhost", "--tls", *self.files, WaterPortalMailCAFile=self.ca))
        self.assertFalse(self.arrives("smtp://portal.localhost", "--tls", *self.files))
        self.assertEqual(self.row("m"), ("deferred", "away"))
        self.assertFalse(self.arrives("smtp://portal.localhost", WaterPortalMailCAFile=self.ca))
        self.assertEqual(self.row("m"), ("deferred", "away"))

    def test_tls_from_the_first_byte(self):
        self.assertTrue(self.arrives("smtps://portal.localhost", "--tls", *self.files, "--smtps", WaterPortalMailCAFile=self.ca))
        self.assertFalse(self.arrives("smtps://portal.localhost", "--tls", *self.files, "--smtps"))

    def test_a_login(self):
        login = self.write("login", "portal:s3cret\n", 0o600)
        server = ("smtp://portal.localhost", "--tls", *self.files, "--login", "portal:s3cret")
        self.assertTrue(self.arrives(*server, WaterPortalMailCAFile=self.ca, WaterPortalMailLoginFile=login))
        wrong = self.write("wrong", "portal:other\n", 0o600)
        self.assertFalse(self.arrives(*server, WaterPortalMailCAFile=self.ca, WaterPortalMailLoginFile=wrong))
        self.assertEqual(self.row("m"), ("deferred", "away"))


if __name__ == "__main__":
    main()
