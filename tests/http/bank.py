# SPDX-License-Identifier: Apache-2.0
"""The demo bank (tests/rig/bank), seen from a test: its control, its orders, and a browser that is sent back from it."""
import json
import re
import time
import urllib.parse

import portal


class Bank:
    def __init__(self, rig):
        self.rig, self.port = rig, int(rig.env["BANK_PORT"])

    def fetch(self, method, path, body=None, headers=None):
        """(status, headers, bytes)."""
        connection = portal.connect("bank.localhost", self.port, self.rig.ca)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def control(self, path, **wish):
        status, headers, body = self.fetch("POST" if wish or path == "reset" else "GET", f"/control/{path}", json.dumps(wish),
                                           {"Content-Type": "application/json"})
        assert status == 200, body
        return body if headers["Content-Type"].startswith("application/xml") else json.loads(body)

    def behave(self, agreement, **how):
        self.control("behaviour", agreement=agreement, **how)

    def take(self, page):
        """The order on the portal's page "to the bank", taken to the bank as a browser does it."""
        forms = [f for f in page.forms if "bank.localhost" in f.action]
        if forms:
            status, _, body = self.fetch("POST", urllib.parse.urlsplit(forms[0].action).path, urllib.parse.urlencode(forms[0].data()),
                                         {"Content-Type": "application/x-www-form-urlencoded"})
        else:
            status, _, body = self.fetch("GET", urllib.parse.urlsplit(page.link("Turpināt bankā")).path)
        assert status == 200, body.decode()
        order = re.search(r'/order/([^/?"]+)', body.decode())[1]
        return Order(self, self.control(f"orders/{order}"), page.path.split("/")[3])


class Order:
    """An order at the bank, and the portal's payment of it."""

    def __init__(self, bank, shown, payment):
        self.bank, self.shown, self.id, self.payment = bank, shown, shown["id"], payment
        self.agreement, self.carrier = shown["agreement"], bank.rig.browser()

    def act(self, action):
        """Presses a button of the bank's page; the page that the browser comes back to, or None."""
        leaves = self.press(action)
        return self.follow(leaves) if leaves else None

    def press(self, action):
        """How the browser is sent back; None: it is not."""
        return self.bank.control(f"orders/{self.id}/do", action=action)["leaves"]

    def follow(self, leaves):
        if leaves["method"] == "GET":
            return self.carrier.get(leaves["url"])
        body = urllib.parse.urlencode([tuple(field) for field in leaves["fields"]]).encode()
        return self.carrier.post(leaves["url"], body, initiator=f"https://bank.localhost:{self.bank.port}/")

    def message(self, **wish):
        """A message from the bank's server, made as requested, but not sent."""
        return self.bank.control(f"orders/{self.id}/message", settled=True, **wish)

    def push(self, **wish):
        """The statuses that the portal answered to it."""
        return self.bank.control(f"orders/{self.id}/push", settled=True, **wish)["statuses"]

    @property
    def state(self):
        return self.bank.rig.sql("SELECT state FROM portal_payment WHERE payment_id = ?", self.payment)[0][0]

    @property
    def posted(self):
        return self.bank.rig.sql("SELECT count(*) FROM portal_payment_item WHERE payment_id = ? AND posted_at IS NOT NULL", self.payment)[0][0]

    def events(self):
        return self.bank.rig.sql("SELECT channel, decision, state FROM portal_payment_event WHERE payment_id = ? AND channel <> 'portal' ORDER BY at",
                                 self.payment)

    def becomes(self, state, seconds=10):
        """The bank's server sends the message, by its own clock."""
        end = time.monotonic() + seconds
        while self.state != state and time.monotonic() < end:
            time.sleep(0.05)
        assert self.state == state
        return True
