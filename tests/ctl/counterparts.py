# SPDX-License-Identifier: Apache-2.0
"""The mail server and the SMS provider of tests/rig, and a site that is configured for them."""
import contextlib
import json
import socket
import sqlite3
import subprocess
import tempfile
import urllib.parse
import urllib.request

import psycopg2

from support import SOURCE, CTL, Directory, ctl

PGSQL = SOURCE / "tests/rig/lib/pgsql"
SMS = {"headers": {"Content-Type": "application/json", "Authorization": "Bearer key"}, "sender": "Udens", "success": '"status":"accepted"',
       "body": '{"to": "{to}", "text": "{text}", "from": "{sender}", "reference": "{id}"}'}
LONG_AGO, LATER = "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Counterpart:
    """One of them, with what tests may ask of it."""

    def __init__(self, kind, *arguments):
        self.port = free_port()
        self.process = subprocess.Popen(["/usr/bin/python3", "-B", SOURCE / f"tests/rig/{kind}/{kind}.py", "--http", str(self.port), *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline().startswith("ready "), kind

    def ask(self, path, wish=None):
        data = None if wish is None else json.dumps(wish).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/control/{path}", data, timeout=30) as answer:
            return json.load(answer)

    def messages(self, to=None):
        return self.ask("messages" + (f"?to={urllib.parse.quote(to)}" if to else ""))

    def behave(self, **wish):
        self.ask("behaviour", wish)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Site(Directory):
    """A site with its own database, mail server and SMS provider."""
    driver = "sqlite3"

    def setUp(self):
        super().setUp()
        self.smtp_port = free_port()
        self.mail = self.start("mail", "--smtp", str(self.smtp_port))
        self.sms = self.start("sms", "--key", "key")
        self.portal = self.make_database()
        self.secret = self.write("secret", "0123456789abcdef0123456789ABCDEF0123", 0o600)
        self.gateway = self.write("sms.json", json.dumps({"url": f"http://127.0.0.1:{self.sms.port}/send", **SMS}), 0o640)
        self.configure()

    def start(self, kind, *arguments):
        started = Counterpart(kind, *arguments)
        self.addCleanup(started.stop)
        return started

    def make_database(self):
        if self.driver == "sqlite3":
            return self.database()
        cluster = tempfile.mkdtemp(prefix="wpk")
        self.addCleanup(subprocess.run, [PGSQL, "remove", cluster], check=True)
        started = subprocess.run([PGSQL, "start", cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            self.skipTest(started.stderr)
        made = ("pgsql", started.stdout.strip())
        self.done(ctl(made, "upgrade", "--embedded"))
        return made

    def configure(self, **change):
        """httpd's configuration; None leaves a directive out."""
        lines = {"DBDriver": self.portal[0], "DBDParams": f'"{self.portal[1]}"', "WaterPortalMessages": "On", "WaterPortalMount": "/portal",
                 "WaterPortalOrigin": "https://portals.example", "WaterPortalSiteName": '"Pilsētas ūdens"', "WaterPortalSecretFile": self.secret,
                 "WaterPortalMail": f"smtp://127.0.0.1:{self.smtp_port}", "WaterPortalMailFrom": "portals@udens.example",
                 "WaterPortalSMS": self.gateway, "WaterPortalHelp": 'service-phone "+371 0000 0100"', **change}
        self.conf = self.write("site.conf", "".join(f"{name} {value}\n" for name, value in lines.items() if value))

    def command(self, *arguments):
        return [CTL, *arguments, "--conf", self.conf, "--sql", SOURCE / "sql", "--xslt", SOURCE / "xslt"]

    def call(self, *arguments, env=None):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=120, env=env)

    def send(self, *arguments):
        return self.call("send", *arguments)

    def sql(self, statement, *values):
        if self.driver == "sqlite3":
            with contextlib.closing(sqlite3.connect(self.portal[1], timeout=30)) as db, db:
                return db.execute(statement, values).fetchall()
        with contextlib.closing(psycopg2.connect(self.portal[1])) as db, db, db.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%").replace("?", "%s"), values)
            return cursor.fetchall() if cursor.description else []

    def queue(self, name, kind="erasure_asked", recipient="anna@example.lv", **change):
        """A row as the portal writes it; name: its id and its subject."""
        row = {"message_id": name, "kind": kind, "channel": "email" if "@" in recipient else "sms", "recipient": recipient, "subject": name, "period": "",
               "language": "lv", "arguments": {}, "created_at": LONG_AGO, "state": "waiting", **change}
        row["arguments"] = json.dumps(row["arguments"], ensure_ascii=False)
        self.sql(f"INSERT INTO portal_outbox ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", *row.values())

    def row(self, name, *columns):
        return self.sql(f"SELECT {', '.join(columns or ('state', 'reason'))} FROM portal_outbox WHERE message_id = ?", name)[0]
