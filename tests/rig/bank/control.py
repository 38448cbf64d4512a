# SPDX-License-Identifier: Apache-2.0
"""For tests: what no real bank would allow. JSON in and out, below /control/.

GET  orders                all orders
GET  orders/ID             one
GET  calls/AGREEMENT        the requests to its server since the last reset: [{"at": seconds, "method", "path"}]
POST orders/ID/do          {"action": "pay" "close" "cancel" "reject" "later"}: like the button; answers how the browser leaves
POST orders/ID/message     {"kind": "paid" "unpaid" "accepted" "status", "pushed": true, "settled": true, and what to change:
                           "change": {field: value} before signing, "after": {field: value or null} after it,
                           "sign": "good" "wrong" "none", "key": "bank" "next" "other" or another agreement's name,
                           "header": {member: value} of the JWS}: answers the message {"url", "body", "headers", "fields"} without sending it
POST orders/ID/push        the same, sent "times" times; answers the statuses
POST behaviour             {"agreement": name or none for all, "down": null "503" "hang", "slow": seconds, "sign", "key", "push": false,
                           "return": false, "statuses": [of Payment Initiation, one for each request]}
POST clock                 {"now": "2026-11-22T13:42:00Z" or null: the clock runs}
POST statement             {"agreement": name, and the members described in statement.py}: answers camt.053
POST reset                 forgets all orders and misbehaviour
"""
import datetime
import json

import book as books
import desk as desks
import statement


class Control:
    def __init__(self, book, desk, pusher):
        self.book, self.desk, self.pusher = book, desk, pusher

    def answer(self, method, path, body):
        """(status, content type, bytes)."""
        try:
            wish = json.loads(body) if body else {}
            made = self.dispatch(method, path.strip("/").split("/"), wish)
        except (KeyError, ValueError, TypeError) as error:
            return 400, "application/json", json.dumps({"error": repr(error)}).encode()
        if isinstance(made, bytes):
            return 200, "application/xml; charset=utf-8", made
        return 200, "application/json", json.dumps(made, ensure_ascii=False).encode()

    def dispatch(self, method, path, wish):
        if path[0] == "orders":
            if len(path) < 3:
                return self.book.orders[path[1]].shown() if len(path) == 2 else [o.shown() for o in self.book.orders.values()]
            order = self.book.orders[path[1]]
            return {"do": self.do, "message": self.message, "push": self.push}[path[2]](order, wish)
        if path[0] == "calls":
            return [{"at": at, "method": kind, "path": asked} for at, kind, asked in self.book.agreements[path[1]].calls]
        if method != "POST":
            raise ValueError("POST it")
        return {"behaviour": self.behaviour, "clock": self.clock, "statement": self.statement, "reset": self.reset}[path[0]](wish)

    def do(self, order, wish):
        if wish["action"] not in desks.ACTIONS:
            raise ValueError(f"no action {wish['action']}")
        return {"leaves": self.desk.act(order, wish["action"]), "order": order.shown()}

    def message(self, order, wish):
        given = {name: wish[name] for name in ("change", "after", "sign", "key", "header") if name in wish}
        agreement = order.agreement
        if given.get("key") in self.book.agreements:
            given["key"] = self.borrow(agreement, given["key"])
        if wish.get("settled") and order.settled_at is None:
            order.settled_at = self.book.now()
        kind = wish.get("kind", "paid") if agreement.is_form else "status"
        return self.desk.message(order, kind, wish.get("pushed", True), given)

    def borrow(self, agreement, name):
        """The key with which another agreement's bank signs, under a name in this agreement."""
        agreement.bank_keys[f"of {name}"] = self.book.agreements[name].bank_keys["bank"]
        return f"of {name}"

    def push(self, order, wish):
        sent = self.message(order, wish)
        return {"statuses": [self.pusher.attempt(order, lambda: sent, wish.get("kind", "paid")) for _ in range(wish.get("times", 1))]}

    def behaviour(self, wish):
        unknown = set(wish) - set(books.GOOD) - {"agreement"}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        name = wish.pop("agreement", None)
        for agreement in [self.book.agreements[name]] if name else self.book.agreements.values():
            agreement.behaviour = {**agreement.behaviour, **wish}
        return {name: a.behaviour for name, a in self.book.agreements.items()}

    def clock(self, wish):
        self.book.fixed = books.instant(wish["now"]) if wish["now"] else None
        return {"now": self.book.now().astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}

    def statement(self, wish):
        return statement.make(self.book, self.book.agreements[wish["agreement"]], wish)

    def reset(self, _wish):
        self.book.reset()
        return {}
