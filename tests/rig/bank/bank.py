#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A bank for demo and tests: signed forms (vk-008, vk-009, seb-elink) and Payment Initiation V3, each a separate agreement.

usage: bank.py CONFIG [--user www-data]     prints "ready URL" once it answers

CONFIG is JSON; file names in it are relative to it:
  "url": "https://bank.localhost:8447", "port": 8447        the address that others use; it listens on 127.0.0.1 only
  "tls": {"certificate": FILE, "key": FILE}                 without: HTTP
  "ca": FILE                                                the authorities that pushes trust
  "clock": "2026-11-22T13:42:00Z"                           a fixed clock; without: the machine's
  "push": {"retry": seconds, "give_up": seconds, "later": seconds}    repeated until 200; "pay later" is carried out after "later"
  "agreements": [{"path": first part of its addresses, "profile": "vk-008" "vk-009" "seb-elink" "swedbank", "name": of the bank,
    "merchant_id", "bank_id": the names they use for each other (swedbank: the kids), "account", "account_name": where the money goes,
    "merchant_key": FILE, certificate or public key, "bank_keys": {"bank": FILE, "next": FILE, "other": FILE}, private keys,
    "returns": [prefixes of the addresses to which it may send people and messages], "bic": swedbank's,
    "return_method": "post" or "get", "from_server_signed": whether IB_FROM_SERVER of 0004 is signed}]

Orders are posted to URL/PATH/ (forms) or arrive at URL/PATH/public/api/v3/… (swedbank). Messages go to the address that the order
names. control.py describes what tests may ask for.
"""
import argparse
import http.server
import os
import pwd
import signal
import ssl
import sys
import time
import urllib.parse

import book as books
import control
import desk as desks
import forms
import initiation
import pages
import pushes

MOST_BYTES = 65536
HANG_SECONDS = 120


class Bank:
    def __init__(self, config):
        self.book = books.Book(config)
        self.pusher = pushes.Pusher(self.book)
        self.desk = desks.Desk(self.book, self.pusher)
        self.initiation = initiation.Initiation(self.book, self.desk)
        self.control = control.Control(self.book, self.desk, self.pusher)

    def answer(self, request):
        """request: {"method", "path", "body", "signature", "type"} → (status, headers, bytes)."""
        first, _, rest = request["path"].lstrip("/").partition("/")
        if first == "control":
            if request["method"] == "POST" and request["type"] != "application/json":
                return self.html(415, pages.plain_page("Banka", "JSON", "Content-Type: application/json"))
            status, kind, body = self.control.answer(request["method"], rest, request["body"])
            return status, {"Content-Type": kind}, body
        agreement = self.book.agreements.get(first)
        if agreement is None:
            return self.html(404, pages.plain_page("Banka", "Lapas nav", "Tādas lapas bankā nav."))
        agreement.calls.append((time.monotonic(), request["method"], f"/{rest}"))
        if not self.is_up(agreement):
            return self.html(503, pages.plain_page(agreement.name, "Banka nestrādā", "Mēģiniet vēlāk."))
        if rest.startswith("order/"):
            return self.order(agreement, rest.removeprefix("order/"), request)
        if not agreement.is_form:
            status, body, headers = self.initiation.answer(agreement, {**request, "path": f"/{rest}"})
            return status, headers, body.encode()
        if rest or request["method"] != "POST":
            return self.html(404, pages.plain_page(agreement.name, "Lapas nav", "Maksājuma rīkojumu sūta ar POST."))
        return self.take(agreement, request["body"])

    def is_up(self, agreement):
        """False: down. A bank that hangs stays silent until it is told to stop, or nearly for ever."""
        time.sleep(agreement.behaviour["slow"])
        end = time.monotonic() + HANG_SECONDS
        while agreement.behaviour["down"] == "hang" and time.monotonic() < end:
            time.sleep(0.1)
        return agreement.behaviour["down"] is None

    @staticmethod
    def html(status, text, **headers):
        return status, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", **headers}, text.encode()

    def take(self, agreement, body):
        """An order as a signed form."""
        values, problems = forms.read_order(agreement.profile, body)
        problems = problems or forms.order_problems(agreement, values, self.book.now())
        order = None if problems else self.book.add(agreement, **forms.order_of(agreement.profile, values))
        if order is None:
            number = "PAYMENT_ID" if agreement.kind == "seb-elink" else "STAMP"
            return self.html(400, pages.problem_page(agreement, problems or [(number, "STAMP_USED")]))
        return self.show(order)

    def show(self, order):
        return self.html(200, pages.order_page(order, f"/{order.agreement.path}/order/{order.id}"))

    def order(self, agreement, order_id, request):
        """The page of an order, and its buttons."""
        order = self.book.orders.get(order_id)
        if order is None or order.agreement is not agreement:
            return self.html(404, pages.plain_page(agreement.name, "Rīkojuma nav", "Banka tādu rīkojumu nezina."))
        if request["method"] != "POST":
            if order.status == "INITIAL":
                order.status = "STARTED"
            return self.show(order)
        action = dict(urllib.parse.parse_qsl(request["body"].decode("latin-1"))).get("do")
        if action not in desks.ACTIONS:
            return self.html(400, pages.plain_page(agreement.name, "Nav tādas pogas", "Izvēlieties vienu no pogām."))
        leaves = self.desk.act(order, action)
        if leaves is None:
            return self.html(200, pages.state_page(order))
        if leaves["method"] == "GET" and order.state != "later":
            return self.html(303, "", Location=leaves["url"])
        return self.html(200, pages.return_page(order, leaves))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 150
    bank = None

    def setup(self):
        if isinstance(self.request, ssl.SSLSocket):
            self.request.settimeout(self.timeout)
            self.request.do_handshake()  # here, in the connection's own thread
        super().setup()

    def handle_any(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return self.send(*Bank.html(413, pages.plain_page("Banka", "Par daudz", "Tik garu rīkojumu banka nelasa.")))
        request = {"method": self.command, "path": self.path, "body": self.rfile.read(int(length)),
                   "signature": self.headers.get("x-jws-signature"), "type": self.headers.get_content_type()}
        return self.send(*self.bank.answer(request))

    do_GET = do_POST = handle_any

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002
        print(self.command, urllib.parse.urlsplit(self.path).path, args[1] if len(args) > 1 else "", flush=True)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], (ConnectionError, ssl.SSLError, TimeoutError)):
            super().handle_error(request, client_address)


def make_server(bank):
    server = Server(("127.0.0.1", bank.book.port), type("BankHandler", (Handler,), {"bank": bank}))
    if bank.book.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(bank.book.file(bank.book.tls["certificate"]), bank.book.file(bank.book.tls["key"]))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


def give_up_root(user, folder):
    """folder: files that this process created and still needs."""
    if user and os.getuid() == 0:
        entry = pwd.getpwnam(user)
        for path in (folder, *(file.path for file in os.scandir(folder))):
            os.chown(path, entry.pw_uid, entry.pw_gid)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config")
    parser.add_argument("--user", help="to become after the port is taken")
    option = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    bank = Bank(option.config)
    server = make_server(bank)
    give_up_root(option.user, bank.book.keys.name)
    print(f"ready {bank.book.url}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
