#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl sessions: who is logged in is listed; one login, all of a person, or everybody's is ended, and what has ended is not told."""
import contextlib
import sqlite3

from support import Directory, ctl, main

ROWS = """
INSERT INTO portal_session VALUES
  ('s-old', 'tag-anna', 'https://bank.example', 'firefox', 'linux', '2026-01-01T08:00:00Z', '2026-01-01T16:00:00Z', NULL),
  ('s-phone', 'tag-anna', 'https://bank.example', 'safari', 'ios', '2026-11-30T08:00:00Z', '2999-01-01T00:00:00Z', NULL),
  ('s-desk', 'tag-juris', 'https://eid.example', 'edge', 'windows', '2026-11-30T09:00:00Z', '2999-01-02T00:00:00Z', NULL),
  ('s-out', 'tag-juris', 'https://eid.example', 'edge', 'windows', '2026-11-30T07:00:00Z', '2999-01-02T00:00:00Z', '2026-11-30T07:30:00Z');
"""


class Sessions(Directory):
    def setUp(self):
        super().setUp()
        self.portal = self.database()
        with self.connect() as db:
            db.executescript(ROWS)

    @contextlib.contextmanager
    def connect(self):
        with contextlib.closing(sqlite3.connect(self.portal[1])) as db, db:
            yield db

    def open(self):
        return [line.split()[0] for line in self.done(ctl(self.portal, "sessions")).splitlines()]

    def test_those_that_go_on_are_listed(self):
        lines = self.done(ctl(self.portal, "sessions")).splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["s-phone", "s-desk"])
        self.assertEqual(lines[0], "s-phone  2026-11-30T08:00:00Z  2999-01-01T00:00:00Z  https://bank.example  safari ios  tag-anna")

    def test_one_is_ended_once(self):
        self.assertEqual(self.done(ctl(self.portal, "sessions", "--end", "s-desk")), "1 ended\n")
        self.assertEqual(self.open(), ["s-phone"])
        again = ctl(self.portal, "sessions", "--end", "s-desk")
        self.assertEqual((again.returncode, "no such login goes on" in again.stderr), (2, True))

    def test_everybody_is_logged_out(self):
        self.assertEqual(self.done(ctl(self.portal, "sessions", "--end-all")), "2 ended\n")
        self.assertEqual(self.open(), [])

    def test_a_person_is_found_by_the_code(self):
        secret = self.write("secret", "0123456789abcdef" * 3, 0o600)
        for code in ("PNOLV-32900000001", "329000-00001"):
            self.assertEqual(self.done(ctl(self.portal, "sessions", "--person", code, "--secret", secret)), "")
        wrong = ctl(self.portal, "sessions", "--person", "Anna", "--secret", secret)
        self.assertEqual((wrong.returncode, "takes a person code" in wrong.stderr), (2, True))
        without = ctl(self.portal, "sessions", "--person", "329000-00001")
        self.assertEqual((without.returncode, "needs the portal's secret" in without.stderr), (2, True))

    def test_what_contradicts_itself_ends_nothing(self):
        result = ctl(self.portal, "sessions", "--end", "s-desk", "--end-all")
        self.assertEqual(result.returncode, 2)
        self.assertEqual(self.open(), ["s-phone", "s-desk"])


if __name__ == "__main__":
    main()
