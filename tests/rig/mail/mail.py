#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A mail server for demo and tests, which keeps what it is sent, in memory, and passes nothing on.

usage: mail.py --smtp PORT --http PORT [--tls CERTIFICATE KEY] [--login USER:PASSWORD]     prints "ready URL" once it answers

--tls: STARTTLS is offered and required; with --smtps as well, TLS from the first byte. --login: required, after STARTTLS.
http://127.0.0.1:PORT/ shows what came, newest first. For tests, JSON below /control/:
GET  messages[?to=ADDRESS]   [{"number", "from": envelope sender, "to": [recipients], "headers": {name: value}, "subject", "text", "html", "raw"}]
GET  ids                     [Message-ID], of many messages quicker than the above
GET  calls                   {"connections", "accepted"}
POST behaviour               {"mail", "rcpt", "data": replies instead of 250 ("451 4.3.0 later"), "cut": "before" or "after" it was kept,
                             "slow": seconds before the reply to DATA, "every": n, only each nth message, "to": only of this recipient}
POST reset                   forgets messages and misbehaviour
"""
import argparse
import asyncio
import email
import email.policy
import html
import http.server
import json
import os
import pwd
import re
import signal
import ssl
import sys
import threading
import urllib.parse

from aiosmtpd.smtp import SMTP, AuthResult

MOST_BYTES = 1_000_000
GOOD = {"mail": None, "rcpt": None, "data": None, "cut": None, "slow": 0, "every": 1, "to": None}
STYLE = """:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
iframe{width:100%;height:36rem;border:1px solid GrayText;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .5rem;border-bottom:1px solid GrayText;overflow-wrap:anywhere}"""


class Mailbox:
    def __init__(self):
        self.lock = threading.Lock()
        self.reset({})

    def reset(self, _wish):
        self.kept, self.behaviour, self.seen, self.connections = [], dict(GOOD), 0, 0
        return {}

    def misbehaves(self, recipients):
        """What this message meets, or nothing."""
        with self.lock:
            self.seen += 1
            wanted = self.behaviour
            if self.seen % wanted["every"] or (wanted["to"] and wanted["to"] not in recipients):
                return GOOD
            return dict(wanted)

    def keep(self, envelope):
        with self.lock:
            self.kept.append({"number": len(self.kept) + 1, "from": envelope.mail_from, "to": envelope.rcpt_tos,
                              "raw": envelope.content.decode("utf-8", "replace")})

    def change(self, wish):
        unknown = set(wish) - set(GOOD)
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        with self.lock:
            self.behaviour = {**self.behaviour, **wish}
        return self.behaviour

    def ids(self):
        with self.lock:
            return [re.search(r"^Message-Id: <(.*)>", one["raw"], re.M | re.I)[1] for one in self.kept]

    def messages(self, recipient=None):
        with self.lock:
            kept = list(self.kept)
        return [parsed(one) for one in kept if recipient is None or recipient in one["to"]]


def parsed(kept):
    message = email.message_from_string(kept["raw"], policy=email.policy.default)
    parts = {kind: part.get_content() if part else None for kind, part in ((k, message.get_body((k,))) for k in ("plain", "html"))}
    return {**kept, "headers": {name: str(value) for name, value in message.items()}, "subject": str(message["subject"]),
            "text": parts["plain"], "html": parts["html"]}


class Handler:
    def __init__(self, mailbox):
        self.mailbox = mailbox

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.mailbox.connections += 1
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mailbox.behaviour["mail"]:
            return self.mailbox.behaviour["mail"]
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.wp_meets = self.mailbox.misbehaves([address])
        if envelope.wp_meets["rcpt"]:
            return envelope.wp_meets["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        meets = envelope.wp_meets
        await asyncio.sleep(meets["slow"])
        if meets["cut"] != "before" and not meets["data"]:
            self.mailbox.keep(envelope)
        if meets["cut"]:
            server.transport.abort()
        return meets["data"] or f"250 2.0.0 Ok: kept as {len(self.mailbox.kept)}"


class Page(http.server.BaseHTTPRequestHandler):
    mailbox = None

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        path = address.path.strip("/").split("/")
        query = dict(urllib.parse.parse_qsl(address.query))
        if path == ["control", "messages"]:
            return self.json(self.mailbox.messages(query.get("to")))
        if path == ["control", "ids"]:
            return self.json(self.mailbox.ids())
        if path == ["control", "calls"]:
            return self.json({"connections": self.mailbox.connections, "accepted": len(self.mailbox.kept)})
        if path == [""]:
            return self.html(self.list())
        if path[0] == "messages" and len(path) in (2, 3) and path[1].isdigit():
            return self.message(int(path[1]), path[2:])
        return self.answer(404, "text/plain", b"no such page")

    def do_POST(self):
        length = min(int(self.headers.get("Content-Length", "0")), MOST_BYTES)
        try:
            wish = json.loads(self.rfile.read(length) or "{}")
            done = {"/control/behaviour": self.mailbox.change, "/control/reset": self.mailbox.reset}[self.path](wish)
        except (KeyError, ValueError) as error:
            return self.answer(400, "application/json", json.dumps({"error": repr(error)}).encode())
        return self.json(done)

    def list(self):
        rows = "".join(f'<tr><td><a href="/messages/{m["number"]}">{html.escape(m["subject"])}</a></td><td>{html.escape(", ".join(m["to"]))}</td></tr>'
                       for m in reversed(self.mailbox.messages()))
        return f"<h1>E-mails</h1><table><tr><th>Subject</th><th>To</th></tr>{rows}</table>"

    def message(self, number, part):
        found = next((m for m in self.mailbox.messages() if m["number"] == number), None)
        if found is None:
            return self.answer(404, "text/plain", b"no such message")
        if part == ["html"]:
            return self.answer(200, "text/html; charset=utf-8", (found["html"] or "").encode())
        if part:
            return self.answer(404, "text/plain", b"no such part")
        headers = html.escape("\n".join(f"{name}: {value}" for name, value in found["headers"].items()))
        return self.html(f'<p><a href="/">All e-mails</a></p><h1>{html.escape(found["subject"])}</h1>'
                         f'<iframe sandbox src="/messages/{number}/html" title="HTML"></iframe><h2>Text</h2><pre>{html.escape(found["text"] or "")}</pre>'
                         f'<h2>Headers</h2><pre>{headers}\nenvelope: {html.escape(found["from"])}</pre>')

    def json(self, value):
        self.answer(200, "application/json", json.dumps(value, ensure_ascii=False).encode())

    def html(self, body):
        self.answer(200, "text/html; charset=utf-8", f'<!doctype html><html lang="en"><meta charset="utf-8"><title>E-mails</title>'
                    f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style>{body}</html>'.encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002
        pass


def tls_context(files):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


async def serve_smtp(option, mailbox):
    context = tls_context(option.tls) if option.tls else None
    wanted = option.login.split(":", 1) if option.login else None

    def authenticate(server, session, envelope, mechanism, data):
        good = wanted and [data.login.decode(), data.password.decode()] == wanted
        return AuthResult(success=bool(good), handled=good)

    def connection():
        return SMTP(Handler(mailbox), enable_SMTPUTF8=False, tls_context=None if option.smtps else context,
                    require_starttls=bool(context) and not option.smtps, ident="wp-demo-mail", loop=asyncio.get_running_loop(),
                    authenticator=authenticate, auth_required=bool(wanted), auth_require_tls=bool(context), data_size_limit=MOST_BYTES)

    return await asyncio.get_running_loop().create_server(connection, "127.0.0.1", option.smtp, ssl=context if option.smtps else None)


def give_up_root(user):
    if user and os.getuid() == 0:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)


async def run(option):
    mailbox = Mailbox()
    page = http.server.ThreadingHTTPServer(("127.0.0.1", option.http), type("MailPage", (Page,), {"mailbox": mailbox}))
    page.daemon_threads = True
    threading.Thread(target=page.serve_forever, daemon=True).start()
    server = await serve_smtp(option, mailbox)
    give_up_root(option.user)
    print(f"ready http://127.0.0.1:{option.http}/", flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--http", type=int, required=True)
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--login")
    parser.add_argument("--user", help="to become after the ports are taken")
    parser.add_argument("--run", help="ignored: by this, tools/demo finds the process that is its own")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        asyncio.run(run(parser.parse_args()))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
