#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl erasures: requests are listed with their due day; one is settled once and whole, and what the law keeps stays."""
import contextlib
import sqlite3

from support import Directory, ctl, main

PERSON = "PNOLV-32900000001"
ROWS = """
INSERT INTO portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at) VALUES
  ('anna', 'Anna Bērziņa', 'lv', 'anna@example.lv', '+37120000001', '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
  ('juris', 'Juris Ozols', 'lv', NULL, NULL, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO portal_identity VALUES ('https://bank.example', 's1', 'anna', '2026-01-01T00:00:00Z'),
  ('https://bank.example', 's2', 'juris', '2026-01-01T00:00:00Z');
INSERT INTO portal_person_code VALUES ('PNOLV-32900000001', 'anna', '2026-01-01T00:00:00Z'), ('PNOLV-32900000002', 'juris', '2026-01-01T00:00:00Z');
INSERT INTO portal_account_contract VALUES ('anna', '10-1', 'customer', '2026-01-01T00:00:00Z', NULL),
  ('anna', '10-2', 'customer', '2026-01-01T00:00:00Z', NULL),
  ('juris', '10-3', 'customer', '2026-01-01T00:00:00Z', NULL);
INSERT INTO portal_consent VALUES ('c1', 'anna', 'readings', 'email', 1, 1, '2026-11', '2026-01-01T00:00:00Z');
INSERT INTO portal_contact_change VALUES ('cc1', 'anna', 'email', 'anna@example.lv', '', NULL, 0, 'done', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state)
  VALUES ('m1', 'contact_code', 'email', 'anna@example.lv', 'cc1', '', 'lv', '{}', '2026-01-01T00:00:00Z', 'sent');
INSERT INTO portal_token VALUES ('t1', 'anna', 'Excel', 'h1', 'readings', '2026-01-01T00:00:00Z', '2027-01-01', NULL, NULL);
INSERT INTO portal_token_use VALUES ('t1', '2026-01-01T00:00:00Z', 3);
INSERT INTO portal_delegation VALUES
  ('given', '10-1', NULL, 'anna', 'PNOLV-32900000001', 'PNOLV-32900000002', 'Juris Ozols', NULL, NULL,
     'read', '2026-01-01', '2027-01-01', 'active', '2026-01-01T00:00:00Z', NULL),
  ('received', '10-3', NULL, 'juris', 'PNOLV-32900000002', 'PNOLV-32900000001', 'Anna Bērziņa', NULL, NULL,
     'read', '2026-01-01', '2027-01-01', 'active', '2026-01-01T00:00:00Z', NULL);
INSERT INTO portal_submission VALUES ('s1', 'R-1', 'anna', '10-1', '2026-10', '2026-10-25T10:00:00Z');
INSERT INTO portal_reading (reading_id, submission_id, account_id, contract_no, meter_id, window_key, version, value_l, read_on, at, state)
  VALUES ('r1', 's1', 'anna', '10-1', 'M1', '2026-10', 1, 1000, '2026-10-25', '2026-10-25T10:00:00Z', 'current');
INSERT INTO portal_erasure VALUES ('e-later', 'juris', '2026-11-02T10:00:00Z', 'asked'), ('e-anna', 'anna', '2026-11-01T10:00:00Z', 'asked'),
  ('e-gone', 'juris', '2026-10-01T10:00:00Z', 'withdrawn');
"""
EMPTIED = ("portal_identity", "portal_person_code", "portal_account_contract", "portal_consent", "portal_contact_change", "portal_token")


class Erasures(Directory):
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

    def everything(self):
        with self.connect() as db:
            return "\n".join(db.iterdump())

    def test_what_waits_is_listed_with_its_due_day(self):
        lines = self.done(ctl(self.portal, "erasures")).splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["e-anna", "e-later"])
        self.assertEqual(lines[0], "e-anna  2026-11-01T10:00:00Z  2026-12-01  Anna Bērziņa  10-1 10-2")

    def test_a_month_is_a_month(self):
        """Regulation 1182/71 art. 3: without such a day in the last month the period ends with its last day."""
        days = {"2026-01-31T10:00:00Z": "2026-02-28", "2028-01-31T10:00:00Z": "2028-02-29", "2026-10-01T10:00:00Z": "2026-11-01",
                "2026-12-31T10:00:00Z": "2027-01-31", "2026-03-30T22:30:00Z": "2026-04-30"}  # the last one is 31 March in Riga
        for at, due in days.items():
            with self.connect() as db:
                db.execute("UPDATE portal_erasure SET at = ? WHERE erasure_id = 'e-anna'", (at,))
            lines = self.done(ctl(self.portal, "erasures")).splitlines()
            self.assertEqual([line.split()[2] for line in lines if line.startswith("e-anna")], [due], at)

    def test_one_is_settled_and_what_the_law_keeps_stays(self):
        self.done(ctl(self.portal, "erasures", "--done", "e-anna"))
        for table in EMPTIED:
            self.assertEqual(self.rows(f"SELECT count(*) FROM {table} WHERE account_id = 'anna'"), [(0,)], table)
        self.assertEqual(self.rows("SELECT count(*) FROM portal_token_use"), [(0,)])
        self.assertEqual(self.rows("SELECT value_l FROM portal_reading"), [(1000,)])
        self.assertEqual(self.rows("SELECT state, receiver_code FROM portal_delegation WHERE delegation_id = 'received'"), [("revoked", None)])
        self.assertEqual(self.rows("SELECT state, giver_code FROM portal_delegation WHERE delegation_id = 'given'"), [("revoked", None)])
        self.assertEqual(self.rows("SELECT kind, recipient FROM portal_outbox"), [("erasure_done", "anna@example.lv")])
        self.assertEqual(self.rows("SELECT action, actor_kind FROM portal_audit WHERE account_id = 'anna'"), [("erasure_done", "system")])
        with self.connect() as db:
            db.execute("DELETE FROM portal_outbox")
        left = self.everything()
        for personal in (PERSON, "Anna", "Bērziņa", "anna@example.lv", "+37120000001"):
            self.assertNotIn(personal, left)
        self.assertIn("Juris Ozols", left, "the other person's account is as it was")
        self.assertEqual([line.split()[0] for line in self.done(ctl(self.portal, "erasures")).splitlines()], ["e-later"])

    def test_nothing_happens_twice(self):
        self.done(ctl(self.portal, "erasures", "--done", "e-anna"))
        before = self.everything()
        for request, words in (("e-anna", "is done"), ("e-gone", "withdrawn"), ("nobody", "no such request"), ("x' OR '1'='1", "no such request")):
            result = ctl(self.portal, "erasures", "--done", request)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(words, result.stderr)
        self.assertEqual(self.everything(), before)

    def test_not_while_money_is_under_way(self):
        with self.connect() as db:
            db.execute("INSERT INTO portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, created_at, "
                       "changed_at, expires_at) "
                       "VALUES ('p1', 'anna', 'bank', '1', 100, 'LV00', 'WP1', 'pending', 0, '2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z', "
                       "'2026-11-02T10:00:00Z')")
        before = self.everything()
        result = ctl(self.portal, "erasures", "--done", "e-anna")
        self.assertEqual(result.returncode, 2)
        self.assertIn("under way", result.stderr)
        self.assertEqual(self.everything(), before)
        with self.connect() as db:
            db.execute("UPDATE portal_payment SET state = 'confirmed'")
        self.done(ctl(self.portal, "erasures", "--done", "e-anna"))
        self.assertEqual(self.rows("SELECT account_id FROM portal_payment"), [("anna",)], "accounts are kept")

    def test_who_has_no_address_is_erased_too(self):
        self.done(ctl(self.portal, "erasures", "--done", "e-later"))
        self.assertEqual(self.rows("SELECT name FROM portal_account WHERE account_id = 'juris'"), [(None,)])
        self.assertEqual(self.rows("SELECT count(*) FROM portal_outbox WHERE kind = 'erasure_done'"), [(0,)])


if __name__ == "__main__":
    main()
