# SPDX-License-Identifier: Apache-2.0
"""waterportalctl run as an admin runs it, in the build directory: shared by the tests of its commands."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("srcdir", Path(__file__).resolve().parents[2])).resolve()
CTL = Path("waterportalctl").resolve()


def run(*arguments):
    return subprocess.run([CTL, *arguments], capture_output=True, text=True, timeout=120)


def ctl(database, command, *arguments):
    driver, params = database
    return run(command, "--driver", driver, "--params", params, "--sql", SOURCE / "sql", "--xslt", SOURCE / "xslt", *arguments)


class Directory(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="wpctl")
        self.addCleanup(self.directory.cleanup)

    def path(self, name):
        return os.path.join(self.directory.name, name)

    def write(self, name, text, mode=0o644):
        Path(self.path(name)).write_text(text, encoding="utf-8")
        os.chmod(self.path(name), mode)
        return self.path(name)

    def database(self, name="portal.db"):
        database = ("sqlite3", self.path(name))
        self.done(ctl(database, "upgrade", "--embedded"))
        return database

    def done(self, result):
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stderr, "")
        return result.stdout


def main():
    """Exit status 77, skipped, where waterportalctl cannot run: no SQLite driver of APR."""
    probe = run("check", "--driver", "sqlite3", "--params", "/nowhere/x.db", "--sql", SOURCE / "sql")
    if "libaprutil1-dbd" in probe.stderr:
        print(probe.stderr, "skipped")
        sys.exit(77)
    unittest.main(module="__main__", verbosity=2)
