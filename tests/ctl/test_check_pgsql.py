#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl check about a PostgreSQL server: its encoding, whether it takes changes, and one that does not answer."""
import subprocess
import tempfile
import time

from support import SOURCE, Directory, ctl, main

PGSQL = SOURCE / "tests/rig/lib/pgsql"


class CheckPgsql(Directory):
    def setUp(self):
        super().setUp()
        self.cluster = tempfile.mkdtemp(prefix="wpk")
        self.addCleanup(subprocess.run, [PGSQL, "remove", self.cluster], check=True)
        started = subprocess.run([PGSQL, "start", self.cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            self.skipTest(started.stderr)
        self.params = started.stdout.strip()

    def tell(self, *statements):
        for statement in statements:
            subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.params, "-c", statement], check=True, timeout=60)

    def check(self, params=None):
        return ctl(("pgsql", params or self.params), "check")

    def made(self, database, encoding):
        self.tell(f"CREATE DATABASE {database} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        params = self.params.replace("dbname=waterportal", f"dbname={database}")
        self.done(ctl(("pgsql", params), "upgrade", "--embedded"))
        return params

    def test_the_encoding_is_told(self):
        self.assertIn("encoding of the database: WIN1257", self.done(self.check(self.made("baltic", "WIN1257"))))

    def test_bytes_without_an_encoding(self):
        result = self.check(self.made("bytes", "SQL_ASCII"))
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("WP0610", result.stdout)

    def test_a_server_that_takes_no_changes(self):
        self.done(ctl(("pgsql", self.params), "upgrade", "--embedded"))
        self.assertIn("all well", self.done(self.check()))
        self.tell("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        for _ in range(50):
            result = self.check()
            if "WP0611" in result.stdout:
                break
            time.sleep(0.1)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("WP0611", result.stdout)

    def test_a_server_that_does_not_answer(self):
        subprocess.run([PGSQL, "freeze", self.cluster], check=True)
        began = time.monotonic()
        result = self.check()
        self.assertEqual(result.returncode, 3, result.stdout)
        self.assertIn("WP0601", result.stdout)
        self.assertLess(time.monotonic() - began, 60)


if __name__ == "__main__":
    main()
