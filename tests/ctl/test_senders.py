#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Several senders at once, which are killed, stopped and slowed down, on both databases: nothing is lost, and little sent twice.

WP_MESSAGES=10000 kills four senders over so many messages instead of 240, without delay."""
import collections
import os
import signal
import subprocess
import time

from counterparts import Site
from support import main

LEASE = 4  # seconds; a delivery takes at most half of it
KILLED = int(os.environ.get("WP_MESSAGES", 240))


class Many:
    senders = 4

    def begin(self, *arguments):
        started = subprocess.Popen(self.command("send", *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, started, signal.SIGKILL)
        return started

    @staticmethod
    def end(process, number=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(number)
        out = process.communicate(timeout=60)
        return process.returncode, out[0], out[1]

    def queue_many(self, count):
        self.queue("m00000", recipient="person0@example.lv")
        columns = "kind, channel, recipient, subject, period, language, arguments, created_at, state"
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        name = "'m' || substr('0000' || CAST(n.i AS text), length(CAST(n.i AS text)))"
        self.sql(f"INSERT INTO portal_outbox (message_id, {columns}) SELECT * FROM ({numbers} SELECT {name}, o.kind, o.channel, "
                 f"'person' || CAST(n.i AS text) || '@example.lv', {name}, o.period, o.language, o.arguments, o.created_at, o.state "
                 "FROM n CROSS JOIN portal_outbox o) made", count - 1)

    def open(self):
        return self.sql("SELECT count(*) FROM portal_outbox WHERE state IN ('waiting', 'deferred', 'leased', 'transmitting')")[0][0]

    def wait_until_empty(self, seconds, each=lambda: None):
        end = time.monotonic() + seconds
        while self.open():
            self.assertLess(time.monotonic(), end, self.sql("SELECT state, reason, count(*) FROM portal_outbox GROUP BY state, reason"))
            time.sleep(1)
            each()

    def copies(self):
        """Message-ID → how often it came"""
        return collections.Counter(one.partition("@")[0] for one in self.mail.ask("ids"))

    def test_senders_that_are_killed_lose_nothing_and_repeat_at_most_one_message_each(self):
        self.queue_many(KILLED)
        self.mail.behave(slow=0.1 if KILLED < 1000 else 0)
        running = [self.begin("--watch", "--lease", str(LEASE)) for _ in range(self.senders)]
        kills = 0

        def kill_one():
            nonlocal kills
            self.end(running.pop(0), signal.SIGKILL)
            kills += 1
            running.append(self.begin("--watch", "--lease", str(LEASE)))

        self.wait_until_empty(120 + KILLED // 20, kill_one)
        copies = self.copies()
        unclear = {row[0] for row in self.sql("SELECT message_id FROM portal_outbox WHERE state = 'failed' AND reason = 'unclear'")}
        self.assertEqual(self.sql("SELECT count(*) FROM portal_outbox WHERE state <> 'handed' AND coalesce(reason, '') <> 'unclear'"), [(0,)])
        self.assertEqual({f"m{n:05}" for n in range(KILLED)} - copies.keys() - unclear, set())
        self.assertLessEqual(len(unclear), kills // 2)  # one that was in transmission at two kills is given up, and says so
        self.assertLessEqual(sum(copies.values()) - len(copies), kills)
        self.assertGreater(kills, 3)
        print(f"{len(copies)} messages, {kills} kills, {sum(copies.values()) - len(copies)} twice, {len(unclear)} given up", flush=True)

    def test_senders_that_are_stopped_give_back_what_they_have(self):
        self.queue_many(60)
        self.mail.behave(slow=0.2)
        running = [self.begin("--watch") for _ in range(2)]
        time.sleep(2)
        for process in running:
            code, _, errors = self.end(process)
            self.assertEqual((code, errors), (0, ""))
        states = dict(self.sql("SELECT state, count(*) FROM portal_outbox GROUP BY state"))
        self.assertEqual(states.keys(), {"waiting", "handed"})
        self.assertEqual(len(self.mail.messages()), states["handed"])
        self.mail.behave(slow=0)
        self.done(self.send())
        self.assertEqual(set(self.copies().values()), {1})

    def test_one_round_of_each_sender_shares_the_work(self):
        self.queue_many(200)
        self.mail.behave(slow=0.01)
        running = [self.begin() for _ in range(self.senders)]
        shares = [int(self.end_of(process).split()[0]) for process in running]
        self.assertEqual(sum(shares), 200)
        self.assertGreaterEqual(sum(share > 0 for share in shares), 2, shares)
        self.assertEqual(set(self.copies().values()), {1})

    def end_of(self, process):
        out, errors = process.communicate(timeout=120)
        self.assertEqual((process.returncode, errors), (0, ""))
        return out

    def test_a_server_that_refuses_delays_and_cuts_by_turns_loses_nothing(self):
        self.queue_many(120)
        turns = [{"data": "451 4.3.0 later", "every": 3}, {"cut": "before", "every": 5}, {"slow": 0.05}, {"rcpt": "452 4.2.2 full", "every": 4}]
        running = [self.begin("--watch", "--lease", str(LEASE)) for _ in range(2)]
        turn = 0

        def next_turn():
            nonlocal turn
            wish = turns[turn % len(turns)] if turn < 6 else {}
            turn += 1
            self.mail.behave(**{"data": None, "cut": None, "slow": 0, "rcpt": None, "every": 1, **wish})
            self.sql("UPDATE portal_outbox SET due_at = '' WHERE state = 'deferred'")  # as if the minutes had passed

        next_turn()
        self.wait_until_empty(60, next_turn)
        for process in running:
            self.end(process)
        unclear = self.sql("SELECT count(*) FROM portal_outbox WHERE reason = 'unclear' AND state = 'failed'")[0][0]
        self.assertEqual(len(self.copies()) + unclear, 120)
        self.assertEqual(set(self.copies().values()), {1})  # cut before it was kept: the second try was the first that arrived
        self.assertLessEqual(unclear, 12)


class OnSqlite(Many, Site):
    pass


class OnPostgresql(Many, Site):
    driver = "pgsql"


if __name__ == "__main__":
    main()
