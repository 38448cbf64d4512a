#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""An SMS provider for demo and tests, which keeps what it is sent, in memory, and sends nothing.

usage: sms.py --http PORT [--key KEY]     prints "ready URL" once it answers

POST /send with {"to", "text", "from", "reference"} as JSON or as a form, and "Authorization: Bearer KEY" if there is a key; answers
{"status": "accepted", "id": …}. http://127.0.0.1:PORT/ shows what came, newest first. For tests, JSON below /control/:
GET  messages[?to=NUMBER]    [{"number", "to", "text", "from", "reference", "segments", "encoding"}]
POST behaviour               {"status": HTTP status instead of 200, "body": instead of the usual one, "slow": seconds, "cut": "before" or
                             "after" it was kept, "every": n, only each nth text}
POST reset                   forgets texts and misbehaviour
"""
import argparse
import html
import http.server
import json
import os
import pwd
import signal
import sys
import threading
import time
import urllib.parse

MOST_BYTES = 100_000
GOOD = {"status": 200, "body": None, "slow": 0, "cut": None, "every": 1}
# 3GPP TS 23.038, 6.2.1, row by row as printed there
GSM = ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
EXTENDED = "\f^{}\\[~]|€"


def size(text):
    """(encoding, pieces)"""
    if all(c in GSM or c in EXTENDED for c in text):
        units, one, many, name = sum(2 if c in EXTENDED else 1 for c in text), 160, 153, "gsm7"
    else:
        units, one, many, name = len(text.encode("utf-16-be")) // 2, 70, 67, "ucs2"
    return name, (1 if units else 0) if units <= one else -(-units // many)


class Provider:
    def __init__(self):
        self.lock = threading.Lock()
        self.reset({})

    def reset(self, _wish):
        self.kept, self.behaviour, self.seen = [], dict(GOOD), 0
        return {}

    def misbehaves(self):
        with self.lock:
            self.seen += 1
            return GOOD if self.seen % self.behaviour["every"] else dict(self.behaviour)

    def keep(self, values):
        encoding, pieces = size(values["text"])
        with self.lock:
            self.kept.append({"number": len(self.kept) + 1, "to": values["to"], "text": values["text"], "from": values.get("from", ""),
                              "reference": values.get("reference", ""), "segments": pieces, "encoding": encoding})

    def change(self, wish):
        unknown = set(wish) - set(GOOD)
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        self.behaviour = {**self.behaviour, **wish}
        return self.behaviour


class Page(http.server.BaseHTTPRequestHandler):
    provider, key = None, None

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path == "/control/messages":
            to = dict(urllib.parse.parse_qsl(address.query)).get("to")
            return self.json(200, [m for m in self.provider.kept if to is None or m["to"] == to])
        if address.path != "/":
            return self.json(404, {"error": "no such page"})
        rows = "".join(f"<tr><td>{html.escape(m['to'])}</td><td>{html.escape(m['text'])}</td><td>{m['segments']} × {m['encoding']}</td></tr>"
                       for m in reversed(self.provider.kept))
        return self.answer(200, "text/html; charset=utf-8", f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>SMS</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui,sans-serif;
max-width:60rem;margin:0 auto;padding:1rem}}td,th{{text-align:left;padding:.3rem .5rem;border-bottom:1px solid GrayText}}</style>
<h1>SMS</h1><table><tr><th>To</th><th>Text</th><th>Pieces</th></tr>{rows}</table></html>""".encode())

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length", "0")), MOST_BYTES))
        try:
            if self.path == "/send":
                return self.take(body)
            done = {"/control/behaviour": self.provider.change, "/control/reset": self.provider.reset}[self.path](json.loads(body or b"{}"))
        except (KeyError, ValueError) as error:
            return self.json(400, {"status": "invalid", "error": repr(error)})
        return self.json(200, done)

    def take(self, body):
        if self.key and self.headers.get("Authorization") != f"Bearer {self.key}":
            return self.json(401, {"status": "unauthorized"})
        form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        values = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True)) if form else json.loads(body)
        meets = self.provider.misbehaves()
        time.sleep(meets["slow"])
        if meets["cut"] != "before" and meets["status"] == 200 and meets["body"] is None:
            self.provider.keep(values)
        if meets["cut"]:
            self.close_connection = True
            return self.connection.close()
        if meets["body"] is not None:
            return self.answer(meets["status"], "text/plain; charset=utf-8", meets["body"].encode())
        return self.json(meets["status"], {"status": "accepted" if meets["status"] == 200 else "failed", "id": f"s{len(self.provider.kept)}"})

    def json(self, status, value):
        self.answer(status, "application/json", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002
        pass


def give_up_root(user):
    if user and os.getuid() == 0:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--http", type=int, required=True)
    parser.add_argument("--key")
    parser.add_argument("--user", help="to become after the port is taken")
    parser.add_argument("--run", help="ignored: by this, tools/demo finds the process that is its own")
    option = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", option.http), type("SmsPage", (Page,), {"provider": Provider(), "key": option.key}))
    server.daemon_threads = True
    give_up_root(option.user)
    print(f"ready http://127.0.0.1:{option.http}/", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
