#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl cases: what people must decide is listed, shown and settled once; a refusal may be taken back."""
import contextlib
import json
import sqlite3

from support import Directory, ctl, main

ROWS = """
INSERT INTO portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at) VALUES
  ('anna', 'Anna Bērziņa', 'lv', 'anna@example.lv', '+37120000001', '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
  ('ilze', 'Ilze Liepa', 'lv', NULL, NULL, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO portal_identity VALUES ('https://bank.example', 's1', 'anna', '2026-01-01T00:00:00Z');
INSERT INTO portal_person_code VALUES ('PNOLV-32900000001', 'anna', '2026-01-01T00:00:00Z'), ('PNOLV-32900000002', 'ilze', '2026-01-01T00:00:00Z');
INSERT INTO portal_contact_change VALUES ('c1', 'anna', 'email', 'anna@example.lv', '', NULL, 0, 'done', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO portal_case (case_id, kind, subject, account_id, reason, facts, opened_at) VALUES
  ('later', 'account_conflict', 'anna ilze', 'anna', 'two_accounts',
     '{"issuer":"https://bank.example","subject":"s1","code":"PNOLV-32900000002","name":"Anna Kalniņa","other":"ilze"}', '2026-11-02T10:00:00Z'),
  ('code', 'person_code', 'anna tag', 'anna', 'name_differs',
     '{"issuer":"https://bank.example","subject":"s1","code":"PNOLV-32900000009","name":"Anna Kalniņa"}', '2026-11-01T10:00:00Z'),
  ('strange', 'flagged_reading', 'r1', NULL, 'high', '{}', '2026-11-03T10:00:00Z');
"""


class Cases(Directory):
    def setUp(self):
        super().setUp()
        self.portal = self.database()
        with self.connect() as db:
            db.executescript(ROWS)

    @contextlib.contextmanager
    def connect(self):
        with contextlib.closing(sqlite3.connect(self.portal[1])) as db, db:
            yield db

    def rows(self, sql):
        with self.connect() as db:
            return db.execute(sql).fetchall()

    def cases(self, *arguments):
        return self.done(ctl(self.portal, "cases", *arguments))

    def settle(self, case, how, by="Olga"):
        return ctl(self.portal, "cases", "--settle", case, "--how", how, "--by", by)

    def test_what_waits_is_listed_the_oldest_first(self):
        lines = self.cases().splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["code", "later", "strange"])
        self.assertEqual(lines[0], "code  2026-11-01T10:00:00Z  person_code  name_differs  anna")
        self.assertNotIn("PNOLV", self.cases(), "the list holds no person codes")
        self.assertEqual([line.split()[0] for line in self.cases("--kind", "person_code").splitlines()], ["code"])

    def test_one_is_shown_with_what_decides_it(self):
        shown = self.cases("--show", "code")
        for word in ("PNOLV-32900000009", "Anna Kalniņa", "https://bank.example", "name_differs"):
            self.assertIn(word, shown)

    def test_json(self):
        case = json.loads(self.cases("--show", "code", "--json"))
        self.assertEqual((case["case_id"], case["facts"]["code"], case["how"]), ("code", "PNOLV-32900000009", None))
        self.assertEqual([json.loads(line)["kind"] for line in self.cases("--json").splitlines()], ["person_code", "account_conflict", "flagged_reading"])

    def test_a_code_that_is_accepted(self):
        self.assertEqual(self.done(self.settle("code", "accepted")), "code  accepted\n")
        self.assertEqual(self.rows("SELECT account_id FROM portal_person_code WHERE person_code = 'PNOLV-32900000009'"), [("anna",)])
        self.assertEqual(self.rows("SELECT name FROM portal_account WHERE account_id = 'anna'"), [("Anna Kalniņa",)])
        self.assertEqual(self.rows("SELECT kind, recipient FROM portal_outbox"), [("person_code_changed", "anna@example.lv")])
        self.assertEqual(self.rows("SELECT action, actor_kind, actor_tag FROM portal_audit"), [("code_changed", "system", "waterportalctl")])
        self.assertEqual([line.split()[0] for line in self.cases().splitlines()], ["later", "strange"])
        self.assertIn("accepted  Olga", self.cases("--since", "2026-11-01"))
        self.assertEqual(len(self.cases("--since", "2026-11-02").splitlines()), 2)

    def test_a_login_that_is_moved(self):
        self.done(self.settle("later", "moved"))
        self.assertEqual(self.rows("SELECT account_id FROM portal_identity"), [("ilze",)])
        self.assertEqual(self.rows("SELECT account_id, action FROM portal_audit"), [("ilze", "identity_attached")])

    def test_a_refusal_changes_nothing_and_may_be_taken_back(self):
        before = self.rows("SELECT * FROM portal_person_code")
        self.done(self.settle("code", "refused"))
        self.assertEqual(self.rows("SELECT * FROM portal_person_code"), before)
        self.assertEqual(self.settle("code", "refused").returncode, 2)
        self.done(self.settle("code", "accepted", "Anita"))
        self.assertEqual(self.rows("SELECT how, settled_by FROM portal_case WHERE case_id = 'code'"), [("accepted", "Anita")])

    def test_nothing_happens_twice_or_in_the_wrong_way(self):
        self.done(self.settle("code", "accepted"))
        with self.connect() as db:
            before = "\n".join(db.iterdump())
        for arguments, words in ((("code", "accepted"), "is settled"), (("code", "refused"), "is settled"), (("later", "accepted"), "no case of this kind"),
                                 (("strange", "accepted"), "no case of this kind"), (("nothing", "accepted"), "no such case")):
            result = self.settle(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertIn(words, result.stderr)
        for arguments in (("--settle", "later"), ("--settle", "later", "--how", "moved"), ("--show", "nothing"), ("--since", "yesterday")):
            self.assertEqual(ctl(self.portal, "cases", *arguments).returncode, 2, arguments)
        with self.connect() as db:
            self.assertEqual("\n".join(db.iterdump()), before)

    def test_erasure_leaves_a_case_that_says_nothing(self):
        with self.connect() as db:
            db.execute("INSERT INTO portal_erasure VALUES ('e1', 'anna', '2026-11-01T10:00:00Z', 'asked')")
        self.done(ctl(self.portal, "erasures", "--done", "e1"))
        self.assertEqual(self.rows("SELECT case_id, facts, how FROM portal_case WHERE account_id = 'anna' ORDER BY case_id"),
                         [("code", None, "erased"), ("later", None, "erased")])
        self.assertEqual(self.settle("code", "accepted").returncode, 2)


if __name__ == "__main__":
    main()
