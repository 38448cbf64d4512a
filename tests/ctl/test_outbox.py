#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl outbox: what waits is listed without telling whose it is; one message is shown when asked for."""
import contextlib
import sqlite3

from support import Directory, ctl, main

ROWS = [("m-two", "contact_code", "sms", "+37120000143", "c2", "lv", '{"code":"654321","minutes":"30"}', "2026-11-22T13:43:00Z", "waiting"),
        ("m-one", "contact_code", "email", "kada.persona@example.lv", "c1", "en", '{"code":"123456","minutes":"30"}', "2026-11-22T13:42:00Z", "waiting"),
        ("m-sent", "erasure_asked", "email", "x@example.lv", "e1", "lv", "{}", "2026-11-21T13:42:00Z", "sent")]


class Outbox(Directory):
    def setUp(self):
        super().setUp()
        self.portal = self.database()
        with contextlib.closing(sqlite3.connect(self.portal[1])) as db, db:
            db.executemany("INSERT INTO portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state) "
                           "VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?)", ROWS)

    def test_what_waits_is_listed_oldest_first_and_masked(self):
        lines = self.done(ctl(self.portal, "outbox")).splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["m-one", "m-two"])
        self.assertIn("contact_code", lines[0])
        self.assertTrue(lines[0].endswith("k•••@example.lv"), lines[0])
        self.assertTrue(lines[1].endswith("+371•••43"), lines[1])
        self.assertNotIn("123456", "".join(lines))

    def test_one_is_shown_with_its_code(self):
        shown = self.done(ctl(self.portal, "outbox", "--show", "m-one"))
        self.assertIn("kada.persona@example.lv", shown)
        self.assertIn('{"code":"123456","minutes":"30"}', shown)
        self.assertIn("sent", self.done(ctl(self.portal, "outbox", "--show", "m-sent")))

    def test_a_limit(self):
        self.assertEqual(len(self.done(ctl(self.portal, "outbox", "--limit", "1")).splitlines()), 1)
        for wrong in ("0", "x", "10001", "-1"):
            self.assertEqual(ctl(self.portal, "outbox", "--limit", wrong).returncode, 2)

    def test_there_is_no_such_message(self):
        result = ctl(self.portal, "outbox", "--show", "x' OR '1'='1")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("there is no message", result.stderr)

    def test_nothing_waits(self):
        self.assertEqual(self.done(ctl(self.database("other.db"), "outbox")), "")


if __name__ == "__main__":
    main()
