#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Statements as banks really write them: whatever is optional may be missing, nothing odd stops the rest, and a payment is decided upon
all its movements, whatever their order."""
import itertools
import re

import test_reconcile
from support import ctl, main
from test_reconcile import entry, stamp_of, statement

PAID = entry("A1", 1000, f"WP{stamp_of(1)} 26/1")
BACK = entry("A1", 1000, f"WP{stamp_of(1)} 26/1", credit=False, reversal=True)
OURS = ("p1", "reconciled")


class Statements(test_reconcile.Orders):
    def take(self, text, code=0, encoding="utf-8"):
        file = self.path("statement.xml")
        with open(file, "wb") as out:
            out.write(text.encode(encoding))
        result = ctl(self.portal, "reconcile", "--statement", file)
        told = [line.split() for line in result.stdout.splitlines()[:-1] if not line.startswith(("missing", "review"))]
        self.assertIn(result.returncode, (0, 1), result.stderr)
        if code is not None:
            self.assertEqual(bool(told), code == 1, result.stdout + result.stderr)
        return [line[0] for line in told], result

    def posted(self):
        return [payment for payment, in self.sql("SELECT payment_id FROM portal_posted ORDER BY payment_id")]

    def settle_all(self):
        for case, in self.sql("SELECT case_id FROM portal_case WHERE settled_at IS NULL"):
            self.assertEqual(ctl(self.portal, "cases", "--settle", case, "--how", "done", "--by", "the accountant").returncode, 0)

    def again(self):
        self.tearDown()
        self.setUp()

    # --- what a bank leaves out, or writes otherwise ---

    def test_optional_is_optional(self):
        text_of = "<RmtInf><Ustrd>(.*?)</Ustrd></RmtInf>"
        texts = {"no AcctSvcrRef": lambda s: re.sub("<AcctSvcrRef>.*?</AcctSvcrRef>", "", s),
                 "a zone": lambda s: re.sub("(<BookgDt><Dt>[-0-9]*)", r"\1+02:00", s), "UTC": lambda s: re.sub("(<BookgDt><Dt>[-0-9]*)", r"\1Z", s),
                 "only a value day": lambda s: s.replace("BookgDt", "ValDt"), "decimals": lambda s: s.replace(">10.00<", ">10.000<"),
                 "no amount of the transaction": lambda s: re.sub("<AmtDtls>.*?</AmtDtls>", "", s),
                 "another currency of the transaction": lambda s: re.sub('<TxAmt><Amt Ccy="EUR">10.00', '<TxAmt><Amt Ccy="USD">11.62', s),
                 "additional transaction information": lambda s: re.sub(text_of, r"<AddtlTxInf>\1</AddtlTxInf>", s),
                 "additional entry information": lambda s: re.sub(f"{text_of}(.*?)</NtryDtls>", r"\2</NtryDtls><AddtlNtryInf>\1</AddtlNtryInf>", s),
                 "no details": lambda s: re.sub("<NtryDtls>.*?<Ustrd>(.*?)</Ustrd>.*?</NtryDtls>", r"<AddtlNtryInf>\1</AddtlNtryInf>", s),
                 "structured": lambda s: re.sub("<Ustrd>(.*?)</Ustrd>", r"<Strd><RfrdDocInf><Nb>7</Nb></RfrdDocInf></Strd>"
                                                r"<Strd><AddtlRmtInf>\1</AddtlRmtInf></Strd>", s),
                 "a second reference": lambda s: re.sub("<Ustrd>(WP[0-9]*).*?</Ustrd>", r"<Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd>"
                                                        r"<Strd><CdtrRefInf><Ref>\1</Ref></CdtrRefInf></Strd>", s),
                 "small letters": lambda s: s.replace(">WP", ">wp"), "a wrapped line": lambda s: re.sub(">(WP[0-9]{8})", r">\1</Ustrd><Ustrd>", s),
                 "a long text": lambda s: re.sub(">(WP.*?)<", lambda m: f">{m[1]} {'ā' * 2000}<", s),
                 "an IBAN in groups": lambda s: s.replace("LV80BANK0000435195001", "lv80 BANK 0000 4351 9500 1"),
                 "an empty line": lambda s: "\r\n " + s, "windows-1257": lambda s: s.replace("UTF-8", "windows-1257"),
                 "an envelope": lambda s: re.sub("(<Document.*)", r'<E xmlns="urn:x"><AppHdr/>\1</E>', s)}
        for version in range(2, 14):
            texts[f"version {version}"] = lambda s, v=version: s.replace("001.02", f"001.{v:02}")
        for name, change in texts.items():
            with self.subTest(name):
                self.again()
                before = statement(PAID)
                text = change(before)
                self.assertTrue(text != before or name == "version 2")
                self.take(text, encoding="windows-1257" if name == "windows-1257" else "utf-8")
                self.assertEqual(self.states()["p1"], "reconciled")

    def test_one_odd_entry_stops_nothing(self):
        other_account = statement(entry("B1", 700, "x")).replace("<IBAN>LV80BANK0000435195001</IBAN>", "<Othr><Id>12345</Id></Othr>")
        odd = {"zero": entry("Z", 0, "free"), "three decimals": entry("F", 1234, "x").replace("12.34", "12.345").replace("EUR", "KWD"),
               "no day": re.sub("<BookgDt>.*?</BookgDt>", "", entry("N", 700, "x")), "no amount": re.sub("<Amt .*?</Amt>", "", entry("N", 700, "x")),
               "announced": entry("P", 2000, f"WP{stamp_of(2)}", status="PDNG"),
               "another account": ""}
        for name, one in odd.items():
            with self.subTest(name):
                self.again()
                text = statement(one, PAID)
                if name == "another account":
                    text = text.replace("<Stmt>", re.search("<Stmt>.*</Stmt>", other_account)[0] + "<Stmt>", 1)
                self.take(text)
                self.assertIn(OURS, self.states().items())

    def test_what_could_be_ours_and_cannot_be_read_is_told_once(self):
        text = statement(re.sub("<BookgDt>.*?</BookgDt>", "", PAID), entry("A2", 3000, "x", e2e=stamp_of(3)))
        self.assertEqual(self.take(text, code=1)[0], ["unreadable"])
        self.assertEqual((self.states()["p1"], self.states()["p3"]), ("redirected", "reconciled"))
        self.assertEqual(self.take(text, code=1)[0], ["unreadable"])  # until it is settled
        self.settle_all()
        self.take(text)

    def test_a_number_of_ours_on_an_account_without_an_iban_is_told(self):
        text = statement(PAID).replace("<IBAN>LV80BANK0000435195001</IBAN>", "<Othr><Id>12345</Id></Othr>")
        self.assertEqual(self.take(text, code=1)[0], ["unreadable"])
        self.assertEqual(self.states()["p1"], "redirected")

    def test_a_negative_amount_is_told_and_moves_nothing(self):
        text = statement(PAID.replace('"EUR">10.00', '"EUR">-10.00'), entry("A2", 3000, "x", e2e=stamp_of(3)))
        self.assertEqual(self.take(text, code=1)[0], ["unreadable"])
        self.assertEqual((self.states()["p1"], self.states()["p3"]), ("redirected", "reconciled"))

    def test_bytes_of_another_encoding_are_named(self):
        text = statement(PAID, entry("A2", 500, "Ķeguma iela"))
        self.assertIn("encoding", self.take(text, code=None, encoding="windows-1257")[1].stderr)

    def test_other_messages_are_named(self):
        for version, text in (("camt.052.001.02", "camt.052.001.02"), ("camt.053.001.14", "camt.053.001.14"), ("camt.053.001.01", "camt.053.001.01")):
            self.assertIn(text, self.take(statement(PAID).replace("camt.053.001.02", version), code=None)[1].stderr)
        self.assertIn("no camt.053", self.take("<html/>", code=None)[1].stderr)
        self.assertEqual(self.states()["p1"], "redirected")

    # --- who is meant ---

    def test_a_foreign_number_hides_none_of_ours_and_alarms_nobody(self):
        self.take(statement(entry("A1", 1000, f"WP{stamp_of(1)}", e2e="999999999999999"), entry("A2", 700, "x", e2e="888888888888888")))
        self.assertEqual(self.states()["p1"], "reconciled")

    # --- what becomes of it ---

    def test_any_order_ends_alike(self):
        third = entry("A3", 1000, f"WP{stamp_of(1)} 26/1")
        for entries, state in (((PAID, BACK), "reversed"), ((PAID, BACK, third), "reconciled"), ((PAID,), "reconciled"), ((BACK,), "reversed")):
            for order in itertools.permutations(entries):
                for split in (False, True):
                    with self.subTest(state=state, split=split):
                        self.again()
                        for text in [statement(one) for one in order] if split else [statement(*order)]:
                            self.take(text, code=None)
                        self.assertEqual(self.states()["p1"], state)
                        self.assertEqual(self.posted(), ["p1", "p3"] if state == "reconciled" else ["p3"])

    def test_paid_twice_is_told_until_it_is_settled(self):
        twice = statement(PAID, entry("A2", 1000, f"WP{stamp_of(1)} 26/1"))
        self.assertEqual(self.take(twice, code=1)[0], ["again"])
        self.assertEqual(self.take(statement(), code=1)[0], ["again"])
        self.assertEqual(self.sql("SELECT count(*) FROM portal_posted WHERE payment_id = 'p1'"), [(1,)])
        self.settle_all()
        self.take(twice)

    def test_equal_entries_of_one_statement_are_two_and_of_two_go_to_people(self):
        bare = re.sub("<AcctSvcrRef>.*?</AcctSvcrRef>", "", PAID)
        self.assertEqual(self.take(statement(bare, bare), code=1)[0], ["again"])
        self.again()
        self.take(statement(bare))
        self.take(statement(bare))  # the same statement, sent again
        self.assertEqual(self.take(statement(bare).replace("<Stmt><Id>1<", "<Stmt><Id>2<"), code=1)[0], ["equal"])
        self.assertEqual(self.states()["p1"], "reconciled")

    def test_an_equal_entry_of_each_further_statement_is_told(self):
        for name, text, before in (("right sum", PAID, []), ("another sum", entry("A2", 990, f"WP{stamp_of(1)}"), ["amount"])):
            with self.subTest(name):
                self.again()
                first = statement(re.sub("<AcctSvcrRef>.*?</AcctSvcrRef>", "", text))
                second, third = (first.replace("<Stmt><Id>1<", f"<Stmt><Id>{number}<") for number in (2, 3))
                self.assertEqual(self.take(first, code=None)[0], before)
                self.assertCountEqual(self.take(second, code=1)[0], [*before, "equal"])
                self.settle_all()
                self.take(second)  # sent again
                self.assertEqual(self.take(third, code=1)[0], ["equal"])

    def test_equal_entries_of_two_parts_of_a_statement_go_to_people(self):
        whole = statement(re.sub("<AcctSvcrRef>.*?</AcctSvcrRef>", "", PAID))
        for place, name in (("</MsgId>", "MsgPgntn"), ("<Stmt><Id>1</Id>", "StmtPgntn")):
            with self.subTest(name):
                self.again()
                first, second = (whole.replace(place, f"{place}<{name}><PgNb>{part}</PgNb></{name}>") for part in (1, 2))
                self.take(first)
                self.take(first)
                self.assertEqual(self.take(second, code=1)[0], ["equal"])
                self.assertEqual(self.states()["p1"], "reconciled")

    def test_equal_entries_of_two_statements_of_one_id_go_to_people(self):
        whole = statement(re.sub("<AcctSvcrRef>.*?</AcctSvcrRef>", "", PAID))
        one = re.search("<Stmt>.*</Stmt>", whole)[0]
        for name, both in (("the same id", whole.replace(one, one + one)), ("no id", whole.replace(one, one + one).replace("<Id>1</Id>", ""))):
            with self.subTest(name):
                self.again()
                self.assertEqual(self.take(both, code=1)[0], ["equal"])
                self.settle_all()
                self.take(both)
                self.assertEqual(self.states()["p1"], "reconciled")

    def test_a_reference_used_again_hides_nothing(self):
        self.take(statement(entry("A1", 700, "x")))
        self.take(statement(PAID))
        self.assertEqual(self.states()["p1"], "reconciled")

    def test_part_direction_and_refunds_are_for_people(self):
        self.take(statement(PAID))
        for one, reason in ((entry("A2", 100, f"WP{stamp_of(1)}", credit=False, reversal=True), "amount"),
                            (entry("A3", 1000, f"WP{stamp_of(1)}", reversal=True), "direction"),
                            (entry("A4", 1000, f"WP{stamp_of(1)}", credit=False), "debit")):
            self.assertEqual(self.take(statement(one), code=1)[0], [reason])
            self.assertEqual((self.states()["p1"], self.posted()), ("reconciled", ["p1", "p3"]))
            self.settle_all()
            self.take(statement(one))

    def test_a_return_without_the_indicator_is_a_reversal(self):
        back = entry("A2", 1000, f"WP{stamp_of(1)}", credit=False).replace("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>")
        self.take(statement(PAID))
        self.take(statement(back))
        self.assertEqual(self.states()["p1"], "reversed")

    def test_another_sum_is_told_even_when_the_right_one_comes_later(self):
        other, right = statement(entry("A2", 990, f"WP{stamp_of(1)}")), statement(PAID)
        for first, second in ((other, right), (right, other)):
            self.again()
            self.take(first, code=None)
            self.assertEqual(self.take(second, code=1)[0], ["amount"])
            self.assertEqual(self.states()["p1"], "reconciled")
            self.settle_all()
            self.take(statement())

    def test_another_sum_of_a_settled_payment_is_told(self):
        self.take(statement(PAID))
        self.assertEqual(self.take(statement(entry("A2", 999, f"WP{stamp_of(1)}")), code=1)[0], ["amount"])

    def test_what_the_release_before_read_is_known(self):
        self.sql("INSERT INTO portal_statement_entry (account_iban, entry_ref, entry_index, booked_on, amount_c, direction, payment_id, "
                 "found_by, at, bank_ref, role) "
                 "VALUES (?, 'A1', 0, ?, 1000, 'credit', 'p1', 'text', '2026-11-01T10:00:00Z', 'A1', 'credit')", test_reconcile.IBAN, test_reconcile.day(0))
        self.assertIn("1 read before", self.take(statement(PAID))[1].stdout)
        self.take(statement(BACK))
        self.assertEqual(self.states()["p1"], "reversed")


if __name__ == "__main__":
    main()
