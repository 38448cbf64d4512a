# SPDX-License-Identifier: Apache-2.0
"""The bank's statement of a day: ISO 20022 camt.053.001.02 and .001.08, with everything that makes matching difficult.

wish: {"version": "001.02", "orders": [ids; default: all that are paid], "batch": true: all of them in one entry,
"foreign": how many entries that belong to no order, "duplicates": true: each entry twice, "reverse": [ids of orders whose money
is returned], "amounts": {id: "1.00"} instead of the order's, "end_to_end": true: the order's number is the EndToEndId}
"""
import datetime
import hashlib
import xml.etree.ElementTree as etree
from decimal import Decimal

import book as books

VERSIONS = ("001.02", "001.08")
# entries from elsewhere: amount, direction, status, text, payer
FOREIGN = (("2.50", "DBIT", "BOOK", "Konta apkalpošanas maksa", ""),
           ("60.00", "CRDT", "BOOK", "par ūdeni paldies", "Pēteris Kļaviņš"),
           ("41.37", "CRDT", "BOOK", "Rēķins 26/10-45127", "Ilze Bērziņa-Šķēle"),
           ("15.00", "CRDT", "PDNG", "WP00000000000000000001 vēl nav grāmatots", "Jānis Ozoliņš"),
           ("99.99", "CRDT", "BOOK", "WP99999999999999999999 svešs numurs", "SIA „Ēveļu ģilde”"))


def bank_number(*parts):
    """The bank's own number of an entry; it is the same in every statement."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:20].upper()


def order_entry(order, wish, back=False):
    reference = order.reference
    return {"amount": wish.get("amounts", {}).get(order.id, order.amount), "direction": "DBIT" if back else "CRDT", "status": "BOOK",
            "number": bank_number(order.agreement.path, order.id, "back" if back else ""), "text": order.message, "reference": reference,
            "payer": order.payer_name, "account": order.payer_account, "back": back,
            "end_to_end": (order.stamp or order.id.replace("-", "")) if wish.get("end_to_end") else "NOTPROVIDED"}


def foreign_entry(i):
    amount, direction, status, text, payer = FOREIGN[i % len(FOREIGN)]
    return {"amount": amount, "direction": direction, "status": status, "number": bank_number("foreign", str(i)), "text": text, "reference": "",
            "payer": payer, "account": books.iban(f"DEMO{900000 + i:013d}") if payer else "", "end_to_end": "NOTPROVIDED", "back": False}


def entries(book, agreement, wish):
    """A list of entries, each a list of its transactions: more than one is a batch."""
    paid = [o for o in book.orders.values() if o.agreement is agreement and (o.id in wish["orders"] if "orders" in wish else o.state == "paid")]
    made = [order_entry(order, wish) for order in paid]
    rows = [made] if wish.get("batch") and made else [[row] for row in made]
    rows += [[order_entry(book.orders[i], wish, back=True)] for i in wish.get("reverse", [])]
    rows += [[foreign_entry(i)] for i in range(wish.get("foreign", 0))]
    return [row for row in rows for _ in range(2 if wish.get("duplicates") else 1)]


class Writer:
    """The elements of one version; all differences between the two are here."""

    def __init__(self, version, day, account):
        self.version, self.new, self.day, self.account = version, version == "001.08", day, account

    @staticmethod
    def put(parent, path, text=None, **attributes):
        """Creates the chain of elements of path below parent; the last one gets the text."""
        for name in path.split("/"):
            parent = etree.SubElement(parent, name)
        parent.text = text
        parent.attrib.update(attributes)
        return parent

    def amount(self, parent, amount, name="Amt"):
        self.put(parent, name, amount, Ccy="EUR")

    def balance(self, statement, code, total):
        balance = self.put(statement, "Bal")
        self.put(balance, "Tp/CdOrPrtry/Cd", code)
        self.amount(balance, str(abs(total)))
        self.put(balance, "CdtDbtInd", "CRDT" if total >= 0 else "DBIT")
        self.put(balance, "Dt/Dt", self.day)

    def kind(self, parent):
        domain = self.put(parent, "BkTxCd/Domn")
        self.put(domain, "Cd", "PMNT")
        family = self.put(domain, "Fmly")
        self.put(family, "Cd", "RCDT")
        self.put(family, "SubFmlyCd", "ESCT")

    def entry(self, statement, rows, number):
        first = rows[0]
        entry = self.put(statement, "Ntry")
        self.put(entry, "NtryRef", str(number))
        self.amount(entry, str(sum(Decimal(r["amount"]) for r in rows)))
        self.put(entry, "CdtDbtInd", first["direction"])
        if first["back"]:
            self.put(entry, "RvslInd", "true")
        self.put(entry, "Sts/Cd" if self.new else "Sts", first["status"])
        self.put(entry, "BookgDt/Dt", self.day)
        self.put(entry, "ValDt/Dt", self.day)
        self.put(entry, "AcctSvcrRef", first["number"] if len(rows) == 1 else bank_number("batch", *(r["number"] for r in rows)))
        self.kind(entry)
        details = self.put(entry, "NtryDtls")
        if len(rows) > 1:
            self.put(self.put(details, "Btch"), "NbOfTxs", str(len(rows)))
        for row in rows:
            self.transaction(details, row)

    def transaction(self, details, row):
        made = self.put(details, "TxDtls")
        references = self.put(made, "Refs")
        self.put(references, "AcctSvcrRef", row["number"])
        self.put(references, "EndToEndId", row["end_to_end"])
        if self.new:
            self.amount(made, row["amount"])
            self.put(made, "CdtDbtInd", row["direction"])
        else:
            self.amount(self.put(made, "AmtDtls/TxAmt"), row["amount"])
        if row["payer"]:
            parties = self.put(made, "RltdPties")
            self.put(parties, "Dbtr/Pty/Nm" if self.new else "Dbtr/Nm", row["payer"])
            self.put(parties, "DbtrAcct/Id/IBAN", row["account"])
        remittance = self.put(made, "RmtInf")
        if row["reference"]:
            info = self.put(remittance, "Strd/CdtrRefInf")
            self.put(info, "Tp/CdOrPrtry/Cd", "SCOR")
            self.put(info, "Ref", row["reference"])
        else:
            self.put(remittance, "Ustrd", row["text"])

    def document(self, rows, now):
        root = etree.Element("Document", xmlns=f"urn:iso:std:iso:20022:tech:xsd:camt.053.{self.version}")
        body = self.put(root, "BkToCstmrStmt")
        header = self.put(body, "GrpHdr")
        created, name = now.strftime("%Y-%m-%dT%H:%M:%SZ"), bank_number(self.account, self.day)
        self.put(header, "MsgId", name)
        self.put(header, "CreDtTm", created)
        statement = self.put(body, "Stmt")
        self.put(statement, "Id", name)
        self.put(statement, "CreDtTm", created)
        account = self.put(statement, "Acct")
        self.put(account, "Id/IBAN", self.account)
        self.put(account, "Ccy", "EUR")
        opening = Decimal("1000.00")
        self.balance(statement, "OPBD", opening)
        booked = [(Decimal(r["amount"]), r["direction"]) for row in rows for r in row if r["status"] == "BOOK"]
        self.balance(statement, "CLBD", opening + sum(a if d == "CRDT" else -a for a, d in booked))
        for number, row in enumerate(rows, 1):
            self.entry(statement, row, number)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def make(book, agreement, wish):
    """The statement's bytes, as of the bank's clock."""
    version = wish.get("version", "001.02")
    if version not in VERSIONS:
        raise ValueError(f"version is one of {', '.join(VERSIONS)}")
    now = book.now()
    day = now.astimezone(datetime.timezone.utc).date().isoformat()
    return Writer(version, day, agreement.account).document(entries(book, agreement, wish), now)
