#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl reconcile and export: silent orders expire, statements settle payments once, what people must look at is told;
what billing does not show yet is handed over."""
import contextlib
import csv
import io
import sqlite3
import time
import xml.etree.ElementTree as ET

from support import Directory, ctl, main

NOW = time.time()
stamp_of = "1234567890123{:02}".format
day = lambda days: time.strftime("%Y-%m-%d", time.gmtime(NOW + days * 86400))
instant = lambda days: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW + days * 86400))
IBAN = "LV80BANK0000435195001"


def entry(reference, cents, text=None, credit=True, e2e="NOTPROVIDED", status="BOOK", version="02", reversal=False, transactions=None):
    amount = f"{cents / 100:.2f}"
    states = {"02": status, "08": f"<Cd>{status}</Cd>"}[version]
    details = transactions or [(e2e, text, cents)]
    tx = "".join(f"<TxDtls><Refs><EndToEndId>{e}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy=\"EUR\">{c / 100:.2f}</Amt></TxAmt></AmtDtls>"
                 f"<RltdPties><Dbtr><Nm>Jānis</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{t or ''}</Ustrd></RmtInf></TxDtls>" for e, t, c in details)
    return (f"<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{'CRDT' if credit else 'DBIT'}</CdtDbtInd>{'<RvslInd>true</RvslInd>' if reversal else ''}"
            f"<Sts>{states}</Sts><BookgDt><Dt>{day(0)}</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls>{tx}</NtryDtls></Ntry>")


def statement(*entries, version="02", iban=IBAN):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<Document '
            f'xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>'
            f"<Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>")


class Orders(Directory):
    """Five orders of one agreement."""

    def setUp(self):
        super().setUp()
        self.portal = self.database()
        self.sql("INSERT INTO portal_account (account_id, name, language, quiet, created_at, changed_at) VALUES ('anna', 'Anna', 'lv', '21-8', ?, ?)",
                 instant(-9), instant(-9))
        for number, (state, cents, expires) in enumerate([("redirected", 1000, 1), ("redirected", 2000, -1), ("confirmed", 3000, 1), ("cancelled", 4000, 1),
                                                          ("review", 5000, 1)], 1):
            self.sql("INSERT INTO portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, paid_on, "
                     "created_at, changed_at, expires_at) "
                     "VALUES (?, 'anna', 'vk8', ?, ?, ?, 'WP', ?, 0, ?, ?, ?, ?)", f"p{number}", stamp_of(number), cents, IBAN, state,
                     day(-9) if state == "confirmed" else None, instant(-9), instant(-9), instant(expires))
            self.sql("INSERT INTO portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c, posted_at) VALUES (?, 1, '10-1', ?, ?, ?)",
                     f"p{number}", f"26/{number}",
                     cents, instant(-9) if state == "confirmed" else None)

    def sql(self, text, *values):
        with contextlib.closing(sqlite3.connect(self.portal[1])) as db, db:
            return db.execute(text, values).fetchall()

    def states(self):
        return dict(self.sql("SELECT payment_id, state FROM portal_payment"))

    def read(self, *entries, code=1, version="02", **options):
        file = self.write("statement.xml", statement(*entries, version=version, **options))
        result = ctl(self.portal, "reconcile", "--statement", file)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout


class Reconcile(Orders):
    def test_a_silent_order_expires_and_what_people_must_see_is_told(self):
        result = ctl(self.portal, "reconcile")
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertEqual(self.states(), {"p1": "redirected", "p2": "expired", "p3": "confirmed", "p4": "cancelled", "p5": "review"})
        lines = result.stdout.splitlines()
        self.assertTrue(any(line.startswith("review") and "p5" in line for line in lines), lines)
        self.assertTrue(any(line.startswith("missing") and "p3" in line for line in lines), lines)
        self.assertIn("1 expired", lines[-1])
        self.assertIn("0 expired", ctl(self.portal, "reconcile").stdout.splitlines()[-1])

    def test_statements_of_both_versions_settle_payments(self):
        for version in ("02", "08"):
            self.setUp()
            out = self.read(entry("A1", 1000, f"WP{stamp_of(1)} 26/1", version=version), entry("A2", 3000, "x", e2e=stamp_of(3), version=version),
                            entry("A3", 4000, f"rēķins WP{stamp_of(4)}, paldies", version=version), entry("A4", 5000, f"WP{stamp_of(5)}", version=version),
                            entry("A5", 777, "Ķeguma iela 5", version=version), entry("A6", 2000, f"WP{stamp_of(2)}", status="PDNG", version=version),
                            version=version, code=0)
            self.assertEqual(self.states(), {"p1": "reconciled", "p2": "expired", "p3": "reconciled", "p4": "reconciled", "p5": "reconciled"}, version)
            self.assertIn("4 of the portal, 1 foreign, 0 read before", out)
            self.assertEqual(self.sql("SELECT count(*) FROM portal_payment_item WHERE posted_at IS NULL"), [(1,)])
            self.assertEqual(self.sql("SELECT late FROM portal_payment WHERE payment_id = 'p4'"), [(1,)])

    def test_twice_is_once(self):
        entries = entry("A1", 1000, f"WP{stamp_of(1)}"), entry("A2", 3000, f"WP{stamp_of(3)}")
        self.read(*entries)
        before = self.sql("SELECT * FROM portal_payment_event"), self.sql("SELECT * FROM portal_payment_item")
        self.assertIn("0 of the portal, 0 foreign, 2 read before", self.read(*entries))
        self.assertEqual(before, (self.sql("SELECT * FROM portal_payment_event"), self.sql("SELECT * FROM portal_payment_item")))

    def test_a_batch_entry_is_walked(self):
        many = entry("B1", 4000, transactions=[(stamp_of(1), None, 1000), ("NOTPROVIDED", f"WP{stamp_of(3)} x", 3000)])
        self.assertIn("2 of the portal", self.read(many))
        self.assertEqual((self.states()["p1"], self.states()["p3"]), ("reconciled", "reconciled"))

    def test_another_sum_is_looked_at(self):
        self.read(entry("A1", 999, f"WP{stamp_of(1)}"))
        self.assertEqual(self.states()["p1"], "review")
        self.assertEqual(self.sql("SELECT why FROM portal_payment WHERE payment_id = 'p1'"), [("amount",)])

    def test_money_taken_back(self):
        self.read(entry("A1", 1000, f"WP{stamp_of(1)}"), entry("A2", 1000, f"WP{stamp_of(1)}", credit=False, reversal=True))
        self.assertEqual(self.states()["p1"], "reversed")
        self.assertEqual(self.sql("SELECT count(*) FROM portal_posted WHERE payment_id = 'p1'"), [(0,)])

    def test_a_number_of_ours_that_is_of_no_payment_is_told(self):
        self.assertTrue(any(line.startswith("unmatched") and "A9" in line for line in self.read(entry("A9", 500, "WP999999999999999")).splitlines()))

    def test_what_is_no_statement_changes_nothing(self):
        good = statement(entry("A1", 1000, f"WP{stamp_of(1)}"))
        for text, words in ((good.replace("<Document", '<!DOCTYPE Document [<!ENTITY x "y">]><Document'), "document type"), (good[:-40], "no XML"),
                            (good.replace("camt.053.001.02", "camt.052.001.02"), "no camt.053"), ("", "no XML"), ("hello", "no XML")):
            result = ctl(self.portal, "reconcile", "--statement", self.write("bad.xml", text))
            self.assertEqual(result.returncode, 1, text)
            self.assertIn(words, result.stderr)
            self.assertEqual(self.states()["p1"], "redirected", words)
        self.assertIn("cannot be opened", ctl(self.portal, "reconcile", "--statement", self.path("none.xml")).stderr)

    def test_what_billing_does_not_show_is_handed_over(self):
        out = self.done(ctl(self.portal, "export")).removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(out, newline="")))
        self.assertEqual([(r["payment_id"], r["line"], r["invoice_no"], r["amount_c"], r["stamp"]) for r in rows], [("p3", "1", "26/3", "3000", stamp_of(3))])
        document = ET.fromstring(self.done(ctl(self.portal, "export", "--format", "xml")))
        self.assertEqual([p.findtext("payment_id") for p in document.findall("payment")], ["p3"])
        self.sql("INSERT INTO billing_payment VALUES ('B1', 1, '10-1', '26/3', ?, 3000, 'p3')", day(-9))
        self.assertEqual(len(self.done(ctl(self.portal, "export")).splitlines()), 1)
        self.assertEqual(len(self.done(ctl(self.portal, "export", "--what", "readings")).splitlines()), 1)
        for wrong in (("--what", "all"), ("--format", "json"), ("--since", "yesterday")):
            self.assertEqual(ctl(self.portal, "export", *wrong).returncode, 2)


if __name__ == "__main__":
    main()
