# SPDX-License-Identifier: Apache-2.0
"""What the customer does with an order, and what the bank then sends to the merchant's server and with the browser."""
import json
import threading
import urllib.parse

import forms
import seal

# button → (state, status of Payment Initiation, kind of message that the browser carries)
ACTIONS = {
    "pay": ("paid", "EXECUTED", "paid"),
    "close": ("paid", "EXECUTED", None),       # paid, and the browser never comes back
    "cancel": ("cancelled", "CANCELLED_BY_USER", "unpaid"),
    "reject": ("rejected", "FAILED", "unpaid"),
    "later": ("later", "IN_CONFIRMATION", "accepted"),
}


class Desk:
    def __init__(self, book, pusher):
        self.book, self.pusher = book, pusher

    def act(self, order, action):
        """Carries it out, starts the pushes, and returns how the browser leaves: {"method", "url", "fields"}, or None if it stays.
        The second time, nothing is done and the browser leaves as it did the first time."""
        state, status, carried = ACTIONS[action]
        if self.book.settle(order, state, status):
            if state == "later":
                threading.Timer(self.book.push["later"], self.act, (order, "close")).start()
            self.tell(order)
        elif order.state != state:
            carried = next(c for s, _, c in ACTIONS.values() if s == order.state)
        return self.departure(order, carried) if carried and order.agreement.behaviour["return"] else None

    def tell(self, order):
        """The messages that the bank's server sends unasked. For vk-…, only "paid": "unpaid" comes with the browser."""
        agreement = order.agreement
        if not agreement.behaviour["push"]:
            return
        if not agreement.is_form:
            kinds = ["status"]
        elif agreement.kind == "seb-elink":
            kinds = {"later": ["accepted"], "paid": ["accepted", "paid"]}.get(order.state, ["unpaid"])
        else:
            kinds = ["paid"] if order.state == "paid" else []
        for kind in kinds:
            self.pusher.start(order, lambda kind=kind: self.message(order, kind, pushed=True), kind)

    def departure(self, order, kind):
        agreement = order.agreement
        if not agreement.is_form:
            return {"method": "GET", "url": order.return_url, "fields": []}
        if kind not in agreement.profile.services:
            return {"method": "GET", "url": order.return_url, "fields": []}  # vk-… has no word for "later"
        sent = self.message(order, kind, pushed=False)
        if agreement.return_method == "get":
            joint = "&" if "?" in sent["url"] else "?"
            return {"method": "GET", "url": sent["url"] + joint + sent["body"], "fields": []}
        return {"method": "POST", "url": sent["url"], "fields": sent["fields"]}

    def message(self, order, kind, pushed, given=None):
        """A signed message about an order, as it would be sent: {"url", "body", "headers"}, and for forms {"fields"}.
        given: what to change in it (Agreement.twist)."""
        agreement = order.agreement
        twist = agreement.twist(given)
        if not agreement.is_form:
            return self.notification(order, twist)
        fields = forms.message(agreement, order, kind, pushed, twist)
        body = urllib.parse.urlencode(fields, encoding=order.charset)
        url = order.return_url if pushed or kind != "unpaid" else order.cancel_url
        return {"url": url, "fields": fields, "body": body, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}

    def notification(self, order, twist):
        body = json.dumps({**status_of(order), **twist["change"]}, ensure_ascii=False)
        headers = {"Content-Type": "application/json"}
        signature = self.jws(order.agreement, order.notify_url, body, twist)
        if signature:
            headers["x-jws-signature"] = signature
        body = json.dumps({**json.loads(body), **twist["after"]}, ensure_ascii=False) if twist["after"] else body
        return {"url": order.notify_url, "body": body, "headers": headers}

    def jws(self, agreement, url, body, twist):
        """The signature of what the bank sends; None if it is not to sign. twist["header"]: members of the header to
        change."""
        if twist["sign"] == "none":
            return None
        header = {**seal.jws_header(url, agreement.bank_id, int(self.book.now().timestamp())), **twist["header"]}
        value = seal.jws_make(header, twist["key"], body.encode())
        if twist["sign"] == "wrong":
            at = value.rindex(".") + 1
            value = value[:at] + ("B" if value[at] == "A" else "A") + value[at + 1:]
        return value


def status_of(order):
    made = {"id": order.id, "status": order.status, "amount": order.amount, "currency": order.currency}
    made["reference" if order.reference else "description"] = order.reference or order.message
    return made
