# SPDX-License-Identifier: Apache-2.0
"""Payment Initiation API V3: providers, a transaction, its status. Every request and response carries a detached JWS."""
import datetime
import json
import re

import book as books
import desk as desks
import forms
import seal

ABANDONED_AFTER = datetime.timedelta(hours=1)


class Refused(Exception):
    def __init__(self, status, code, field=""):
        super().__init__(code)
        self.status, self.answer = status, {"errorMessages": {"general": [{"code": code, "field": field}]}}


class Initiation:
    def __init__(self, book, desk):
        self.book, self.desk = book, desk

    def answer(self, agreement, request):
        """request: {"method", "path" below the agreement, "body", "signature"} → (status, body, headers)."""
        url = f"{self.book.url}/{agreement.path}{request['path']}"
        try:
            self.check_signature(agreement, request, url)
            status, made = self.dispatch(agreement, request)
        except Refused as refused:
            status, made = refused.status, refused.answer
        body = json.dumps(made, ensure_ascii=False)
        headers = {"Content-Type": "application/json"}
        signature = self.desk.jws(agreement, url, body, agreement.twist())
        if signature:
            headers["x-jws-signature"] = signature
        return status, body, headers

    def check_signature(self, agreement, request, url):
        expected = {"alg": "RS512", "url": url, "kid": agreement.merchant_id, "now": int(self.book.now().timestamp())}
        problem = seal.jws_problem(request["signature"], request["body"], agreement.merchant_key, expected)
        if problem:
            raise Refused(401, problem)

    def dispatch(self, agreement, request):
        routes = (("GET", r"/public/api/v3/agreement/providers", self.providers),
                  ("POST", r"/public/api/v3/transactions/providers/(\w+)", self.create),
                  ("GET", r"/public/api/v3/transactions/([\w-]+)/status", self.status))
        for method, pattern, handle in routes:
            match = re.fullmatch(pattern, request["path"])
            if match and method == request["method"]:
                return handle(agreement, *match.groups(), **({"body": request["body"]} if method == "POST" else {}))
        raise Refused(404, "NOT_FOUND")

    def providers(self, agreement):
        return 200, [{"bic": agreement.bic, "country": "LV", "names": {"lv": agreement.name, "en": agreement.name},
                      "url": f"{self.book.url}/{agreement.path}"}]

    def create(self, agreement, bic, body):
        if bic != agreement.bic:
            raise Refused(404, "UNKNOWN_PROVIDER")
        try:
            wish = json.loads(body)
            assert isinstance(wish, dict) and all(isinstance(v, str) for v in wish.values())
        except (ValueError, AssertionError):
            raise Refused(400, "UNREADABLE") from None
        for field in wish_problems(agreement, wish):
            raise Refused(400, "INVALID", field)
        order = self.book.add(
            agreement, amount=wish["amount"], currency=wish["currency"], stamp="", reference=wish.get("reference", ""),
            message=wish.get("description", ""), return_url=wish["redirectUrl"], cancel_url=wish["redirectUrl"],
            notify_url=wish["notificationUrl"], language=wish["locale"])
        base = f"{self.book.url}/{agreement.path}"
        return 201, {"id": order.id, "urls": {"redirect": f"{base}/order/{order.id}",
                                              "status": f"{base}/public/api/v3/transactions/{order.id}/status"}}

    def status(self, agreement, order_id):
        order = self.book.orders.get(order_id)
        if order is None or order.agreement is not agreement:
            raise Refused(404, "UNKNOWN_TRANSACTION")
        with self.book.lock:
            statuses = agreement.behaviour["statuses"]
            if statuses:
                order.status = statuses.pop(0)
            elif order.state == "open" and order.status not in books.FINAL and self.book.now() - order.received_at > ABANDONED_AFTER:
                order.state, order.status = "cancelled", "ABANDONED"
        return 200, desks.status_of(order)


def reference_is_right(reference):
    """7-3-1, or RF of ISO 11649."""
    if not re.fullmatch(r"RF\d{2}[0-9A-Z]{1,21}", reference):
        return forms.reference_is_right(reference)
    return int("".join(str(int(c, 36)) for c in reference[4:] + reference[:4])) % 97 == 1


def wish_problems(agreement, wish):
    """The names of the invalid members."""
    get = lambda name: wish.get(name, "")  # noqa: E731
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", get("amount"), re.A) or float(get("amount")) == 0:
        yield "amount"
    if get("currency") != "EUR":
        yield "currency"
    if get("locale") not in ("lv", "en", "ru", "lt", "et"):
        yield "locale"
    for name in ("redirectUrl", "notificationUrl"):
        if len(get(name)) > 2048 or not get(name).startswith("https://") or not agreement.may_return_to(get(name)):
            yield name
    if bool(get("description")) == bool(get("reference")) or len(get("description")) > 140:
        yield "description"
    if get("reference") and (len(get("reference")) > 25 or not reference_is_right(get("reference"))):
        yield "reference"
    for name in sorted(set(wish) - {"amount", "currency", "locale", "redirectUrl", "notificationUrl", "description", "reference"}):
        yield name
