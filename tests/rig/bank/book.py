# SPDX-License-Identifier: Apache-2.0
"""What the bank knows: agreements (from bank.json), orders, how it is to behave, and the time."""
import dataclasses
import datetime
import json
import pathlib
import tempfile
import threading
import uuid

import forms
import seal

UTC = datetime.timezone.utc
# payers; chosen by the order's number, so that runs with the same orders are identical
PAYERS = (("Ilze Bērziņa-Šķēle", "DEMO0000000000101"), ("Jānis Ozoliņš", "DEMO0000000000202"), ("SIA „Ēveļu ģilde”", "DEMO0000000000303"),
          ("Žanete Čakste", "DEMO0000000000404"))
GOOD = {"down": None, "slow": 0, "sign": "good", "key": "bank", "statuses": [], "push": True, "return": True}
FINAL = ("EXECUTED", "SETTLED", "FAILED", "CANCELLED_BY_USER", "EXPIRED", "ABANDONED")


def iban(bban, country="LV"):
    """Adds the check digits (ISO 13616: mod 97 of the number in which letters count from A = 10)."""
    digits = "".join(str(int(c, 36)) for c in f"{bban}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{bban}"


def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


@dataclasses.dataclass
class Agreement:
    path: str                # first part of its addresses, and its name in control.py
    kind: str                # of forms.PROFILES, or "swedbank"
    name: str                # of the bank, as customers see it
    merchant_id: str
    bank_id: str             # forms: SND_ID of the bank's messages; swedbank: its kid
    merchant_key: str        # file with the key that verifies the merchant's signatures
    bank_keys: dict          # "bank", "next", "other" → file with the key that makes the bank's
    account: str
    account_name: str
    returns: tuple           # prefixes of the addresses that orders may name; empty: any
    bic: str = ""
    return_method: str = "post"
    from_server_signed: bool = True
    behaviour: dict = dataclasses.field(default_factory=lambda: dict(GOOD))
    calls: list = dataclasses.field(default_factory=list)  # (when, method, path)

    @property
    def profile(self):
        return forms.PROFILES[self.kind]

    @property
    def is_form(self):
        return self.kind in forms.PROFILES

    def may_return_to(self, address):
        return address.startswith(("https://", "http://")) and (not self.returns or address.startswith(self.returns))

    def twist(self, given=None):
        """How a message is made now: as the bank behaves, unless overridden for this one."""
        given = given or {}
        key = self.bank_keys[given.get("key", self.behaviour["key"])]
        return {"change": given.get("change", {}), "after": given.get("after", {}), "header": given.get("header", {}), "key": key,
                "sign": given.get("sign", self.behaviour["sign"])}


@dataclasses.dataclass
class Order:
    id: str
    number: str
    agreement: Agreement
    received_at: datetime.datetime
    payer_name: str
    payer_account: str
    amount: str
    currency: str
    stamp: str               # the merchant's number for the order; "" if the protocol has none
    reference: str
    message: str
    return_url: str
    cancel_url: str
    notify_url: str = ""     # "": return_url
    language: str = "lv"
    charset: str = "utf-8"
    lang: str = ""           # as received
    encoding: str = ""
    state: str = "open"      # open, later, paid, cancelled, rejected
    status: str = "INITIAL"  # of Payment Initiation
    settled_at: datetime.datetime | None = None
    pushes: list = dataclasses.field(default_factory=list)

    def shown(self):
        """For the control."""
        made = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "agreement"}
        for name in ("received_at", "settled_at"):
            made[name] = made[name] and made[name].strftime("%Y-%m-%dT%H:%M:%SZ")
        return {**made, "agreement": self.agreement.path}


class Book:
    def __init__(self, path):
        """path: bank.json; file names in it are relative to it."""
        path = pathlib.Path(path)
        settings = json.loads(path.read_text(encoding="utf-8"))
        self.folder = path.parent
        self.keys = tempfile.TemporaryDirectory(prefix="bank-keys-")
        self.url, self.port = settings["url"], settings["port"]
        self.tls = settings.get("tls")
        self.ca = self.file(settings["ca"]) if "ca" in settings else None
        self.push = {"retry": 1.0, "give_up": 86400.0, "later": 5.0, **settings.get("push", {})}
        self.agreements = {a["path"]: self.agreement(a) for a in settings["agreements"]}
        self.lock = threading.RLock()
        self.started_at = self.fixed = instant(settings["clock"]) if settings.get("clock") else None
        self.orders, self.resets = {}, 0

    def file(self, name):
        return str(self.folder / name)

    def agreement(self, row):
        row = {**row, "kind": row["profile"], "returns": tuple(row.get("returns", ()))}
        row["merchant_key"] = seal.public_key(self.file(row["merchant_key"]), self.keys.name)
        row["bank_keys"] = {name: self.file(key) for name, key in row["bank_keys"].items()}
        del row["profile"]
        return Agreement(**row)

    def now(self):
        return self.fixed or datetime.datetime.now(UTC).replace(microsecond=0)

    def add(self, agreement, **members):
        """Creates an order with these members. If the stamp is known already, returns the existing order, provided that it is the same."""
        with self.lock:
            for order in self.orders.values() if members["stamp"] else ():
                if order.agreement is agreement and order.stamp == members["stamp"]:
                    same = all(getattr(order, name) == members[name] for name in ("amount", "currency", "reference", "message"))
                    return order if same else None
            number = len(self.orders) + 1
            name, bban = PAYERS[number % len(PAYERS)]
            made = Order(id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.url}/{agreement.path}/{self.resets}/{number}")), number=str(number), agreement=agreement,
                         received_at=self.now(), payer_name=name, payer_account=iban(bban), **members)
            self.orders[made.id] = made
            return made

    def settle(self, order, state, status):
        """Settles an order that is open or postponed; False if it was settled before."""
        with self.lock:
            if order.state not in ("open", "later") or order.state == state:
                return False
            order.state, order.status = state, status
            if state != "later":
                order.settled_at = self.now()
            return True

    def reset(self):
        with self.lock:
            self.orders.clear()
            self.resets += self.started_at is None  # so that no id occurs twice while the clock runs
            self.fixed = self.started_at
            for agreement in self.agreements.values():
                agreement.behaviour, agreement.calls = dict(GOOD), []
