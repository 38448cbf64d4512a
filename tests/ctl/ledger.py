# SPDX-License-Identifier: Apache-2.0
"""Orders, what banks say of them, statements and billing's rows, on either database: shared by the tests of money."""
import contextlib
import datetime
import subprocess
import tempfile
import unittest
import zoneinfo
from pathlib import Path

from support import SOURCE, ctl

PGSQL = SOURCE / "tests/rig/lib/pgsql"
IBAN = "LV80BANK0000435195001"
TABLES = ("portal_close", "portal_case", "portal_credit", "portal_payment_paid", "portal_payment_event", "portal_statement_entry",
          "portal_payment_item", "portal_payment", "portal_account", "billing_payment")
TODAY = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Riga")).date()


def day(days):
    return (TODAY + datetime.timedelta(days)).isoformat()


def stamp_of(number):
    return f"1234567890123{number:02}"


def transaction(cents, text, credit=None):
    direction = "" if credit is None else f"<CdtDbtInd>{'CRDT' if credit else 'DBIT'}</CdtDbtInd>"
    return (f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy=\"EUR\">{cents / 100:.2f}</Amt></TxAmt></AmtDtls>"
            f"{direction}<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>")


def entry(cents, text, reference=None, credit=True, back=False, on=-3, transactions=None):
    """An entry of a statement. on: days from today; transactions: of a batch, instead of one with this text."""
    return (f"<Ntry><Amt Ccy=\"EUR\">{cents / 100:.2f}</Amt><CdtDbtInd>{'CRDT' if credit else 'DBIT'}</CdtDbtInd>"
            f"{'<RvslInd>true</RvslInd>' if back else ''}<Sts>BOOK</Sts><BookgDt><Dt>{day(on)}</Dt></BookgDt>"
            f"{f'<AcctSvcrRef>{reference}</AcctSvcrRef>' if reference else ''}"
            f"<NtryDtls>{''.join(transactions or [transaction(cents, text)])}</NtryDtls></Ntry>")


def statement(*entries, number=1):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr>'
            f"<MsgId>1</MsgId></GrpHdr><Stmt><Id>{number}</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{''.join(entries)}</Stmt>"
            "</BkToCstmrStmt></Document>")


class Ledger:
    """A mixin: the database of a subclass, emptied before each test."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="wpledger")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.open()
        made = ctl(cls.database, "upgrade", "--embedded")
        assert made.returncode == 0, made.stderr

    def setUp(self):
        for table in TABLES:
            self.sql(f"DELETE FROM {table}")
        self.insert("portal_account", account_id="anna", name="Anna", language="lv", quiet="21-8", created_at="2020-01-01T10:00:00Z",
                    changed_at="2020-01-01T10:00:00Z")

    def insert(self, table, **values):
        self.sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())

    def order(self, number, cents=1000, state="redirected", on=None, agreement="vk8", contracts=("10-1",)):
        """An order of one invoice for each contract, in equal parts; posted if it is paid. Its id."""
        name, at = f"p{number}", f"{day(-9)}T10:00:00Z"
        self.insert("portal_payment", payment_id=name, account_id="anna", agreement=agreement, stamp=stamp_of(number), amount_c=cents,
                    account_iban=IBAN, message="WP", state=state, late=0, paid_on=None if on is None else day(on), created_at=at, changed_at=at,
                    expires_at=f"{day(9)}T10:00:00Z")
        for line, contract in enumerate(contracts, 1):
            self.insert("portal_payment_item", payment_id=name, line=line, contract_no=contract, invoice_no=f"26/{number}-{line}",
                        amount_c=cents // len(contracts), posted_at=at if state in ("confirmed", "reconciled") else None)
        return name

    def told(self, name, cents=1000, on=-3, no="", fits=1):
        self.insert("portal_payment_paid", payment_id=name, bank_no=no, fits=fits, amount_c=cents, paid_on=day(on), channel="push",
                    at=f"{day(on)}T10:00:00Z")

    def confirmed(self, number, cents=1000, on=-3, **options):
        """An order that the bank confirmed on a day."""
        name = self.order(number, cents, "confirmed", on, **options)
        self.told(name, cents, on)
        return name

    def booked(self, portal_id, cents=1000, on=-3, invoice="26/1", line=1):
        self.insert("billing_payment", payment_id=f"B-{portal_id}", line=line, contract_no="10-1", invoice_no=invoice, paid_on=day(on), amount_c=cents,
                    portal_id=portal_id)

    def read(self, *entries, number=1):
        """Reads a statement; the words that begin the lines of what people must look at, payments without money aside."""
        file = Path(self.directory.name, "statement.xml")
        file.write_text(statement(*entries, number=number), encoding="utf-8")
        result = ctl(self.database, "reconcile", "--statement", file)
        assert result.returncode in (0, 1), result.stdout + result.stderr
        self.told_line = result.stdout.splitlines()[-1]
        return [line.split()[0] for line in result.stdout.splitlines()[:-1] if not line.startswith(("missing", "review"))]

    def hand_over(self):
        result = ctl(self.database, "export")
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout.removeprefix("\ufeff")

    def state(self, name="p1"):
        return self.sql("SELECT state FROM portal_payment WHERE payment_id = ?", name)[0][0]

    def credits(self):
        return self.sql("SELECT credit_id, contract_no, amount_c, state FROM portal_credit ORDER BY credit_id, line")

    def cases(self):
        return self.sql("SELECT kind, reason FROM portal_case WHERE settled_at IS NULL ORDER BY opened_at, kind, reason, subject")

    def settle(self, how="done"):
        for case, in self.sql("SELECT case_id FROM portal_case WHERE settled_at IS NULL"):
            self.assertEqual(ctl(self.database, "cases", "--settle", case, "--how", how, "--by", "the accountant").returncode, 0)


class Sqlite(Ledger):
    @classmethod
    def open(cls):
        cls.database = ("sqlite3", cls.directory.name + "/portal.db")

    def sql(self, text, *values):
        import sqlite3
        with contextlib.closing(sqlite3.connect(self.database[1], timeout=30)) as db, db:
            return db.execute(text, values).fetchall()


class Pgsql(Ledger):
    @classmethod
    def open(cls):
        try:
            import psycopg2
        except ImportError:
            raise unittest.SkipTest("no psycopg2") from None
        cluster = tempfile.mkdtemp(prefix="wpl")
        cls.addClassCleanup(subprocess.run, [PGSQL, "remove", cluster], check=True)
        started = subprocess.run([PGSQL, "start", cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            raise unittest.SkipTest(started.stderr)
        cls.database = ("pgsql", started.stdout.strip())
        cls.connection = psycopg2.connect(cls.database[1])
        cls.connection.autocommit = True
        cls.addClassCleanup(cls.connection.close)

    def sql(self, text, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(text.replace("?", "%s"), values)
            return cursor.fetchall() if cursor.description else []
