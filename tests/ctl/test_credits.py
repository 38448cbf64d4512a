#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""An order that is paid once more: people are told once, the customer has a credit, billing is given it, and whatever tells of the same
money counts once. And what else statements do that must not stay silent."""
import csv
import io
import itertools
import time
import unittest

import ledger
import support
from ledger import IBAN, day, entry, stamp_of, transaction
from support import ctl

PAID = entry(1000, f"WP{stamp_of(1)} 26/1", "A1")
AGAIN = entry(1000, f"WP{stamp_of(1)} 26/1", "A2", on=-2)
BACK = entry(1000, f"WP{stamp_of(1)} 26/1", "A2", credit=False, back=True, on=-1)
CREDIT = ("p1-2", "10-1", 1000, "open")


class Credits:
    def test_a_second_credit_on_a_statement_is_the_customers(self):
        self.order(1)
        self.assertEqual(self.read(PAID, AGAIN), ["again"])
        self.assertEqual(self.credits(), [CREDIT])
        self.assertEqual(self.cases(), [("payment", "again")])
        self.assertEqual(self.sql("SELECT count(*) FROM portal_posted"), [(1,)])
        self.read(PAID, AGAIN)
        self.read(PAID, AGAIN, number=2)
        self.assertEqual(self.credits(), [CREDIT])

    def test_a_message_and_the_statement_of_the_same_second_payment_are_one(self):
        """The second message came over HTTP; here is what it left."""
        self.confirmed(1)
        self.told("p1", no="T1")
        self.told("p1", no="T2", on=-2)
        self.insert("portal_credit", credit_id="p1-2", line=1, payment_id="p1", nth=1, contract_no="10-1", amount_c=1000, paid_on=day(-2), channel="push",
                    state="open", created_at=f"{day(-2)}T10:00:00Z", changed_at=f"{day(-2)}T10:00:00Z")
        self.assertEqual(self.read(PAID, AGAIN), [])
        self.assertEqual((self.state(), self.credits()), ("reconciled", [CREDIT]))
        self.assertEqual(self.read(entry(1000, f"WP{stamp_of(1)}", "A3")), ["again"])
        self.assertEqual([credit for credit, *_ in self.credits()], ["p1-2", "p1-3"])

    def test_a_reversal_takes_the_credit_back_in_any_order(self):
        for order in itertools.permutations((PAID, AGAIN, BACK)):
            for split in (False, True):
                with self.subTest(order=[one[-90:] for one in order], split=split):
                    self.setUp()
                    self.order(1)
                    for one in [(one,) for one in order] if split else [order]:
                        self.read(*one)
                    self.assertEqual(self.state(), "reconciled")
                    self.assertNotIn("open", [state for *_, state in self.credits()])
                    self.assertEqual(self.sql("SELECT count(*) FROM portal_posted"), [(1,)])

    def test_a_payment_that_only_the_bank_tells_of_stands_when_the_other_is_taken_back(self):
        self.confirmed(1)
        self.told("p1", no="T1")
        self.told("p1", no="T2")
        self.read(PAID, BACK)
        self.assertEqual(self.state(), "confirmed")
        self.assertEqual(self.sql("SELECT count(*) FROM portal_posted"), [(1,)])

    def test_each_contract_of_the_order_has_its_part(self):
        self.order(1, contracts=("10-1", "10-2"))
        self.read(PAID, AGAIN)
        self.assertEqual(self.credits(), [("p1-2", "10-1", 500, "open"), ("p1-2", "10-2", 500, "open")])

    def test_it_is_handed_over_until_billing_shows_it(self):
        self.order(1)
        self.read(PAID, AGAIN)
        self.assertEqual(ctl(self.database, "export", "--dry-run").returncode, 0)
        self.assertEqual(self.sql("SELECT handed_at FROM portal_credit"), [(None,)])
        rows = list(csv.DictReader(io.StringIO(self.hand_over(), newline="")))
        self.assertEqual([(r["payment_id"], r["invoice_no"], r["amount_c"], r["kind"]) for r in rows],
                         [("p1", "26/1-1", "1000", "payment"), ("p1-2", "", "1000", "credit")])
        handed = self.sql("SELECT handed_at FROM portal_credit UNION ALL SELECT handed_at FROM portal_payment_item")
        self.assertNotIn((None,), handed)
        self.assertEqual(self.hand_over().count("p1-2"), 1)
        self.assertEqual(handed, self.sql("SELECT handed_at FROM portal_credit UNION ALL SELECT handed_at FROM portal_payment_item"))
        self.booked("p1-2", invoice=None)
        self.assertNotIn("p1-2", self.hand_over())

    def test_what_people_give_back_is_not_handed_over(self):
        self.order(1)
        self.read(PAID, AGAIN)
        self.settle("refunded")
        self.assertEqual(self.credits(), [(*CREDIT[:3], "refunded")])
        self.assertNotIn("p1-2", self.hand_over())

    def test_what_billing_has_cannot_be_given_back_here(self):
        self.order(1)
        self.read(PAID, AGAIN)
        self.booked("p1-2", invoice=None)
        case, = self.sql("SELECT case_id FROM portal_case")
        result = ctl(self.database, "cases", "--settle", case[0], "--how", "refunded", "--by", "x")
        self.assertEqual(result.returncode, 2)
        self.assertIn("booked the credit", result.stderr)
        self.assertEqual((self.credits(), self.cases()), ([CREDIT], [("payment", "again")]))

    def test_what_is_taken_back_after_it_was_handed_over_is_told(self):
        self.order(1)
        self.read(PAID, AGAIN)
        self.hand_over()
        self.settle()
        self.assertEqual(self.read(BACK), ["taken_back"])
        self.settle()
        self.assertEqual(self.read(entry(1000, f"WP{stamp_of(1)}", "A3", credit=False, back=True)), ["taken_back"])
        self.assertEqual(self.state(), "reversed")

    # --- what must not stay silent ---

    def test_a_batch_that_does_not_add_up_is_told_once_and_moves_nothing(self):
        self.order(1)
        self.order(2)
        both = [transaction(1000, f"WP{stamp_of(1)}"), transaction(1000, f"WP{stamp_of(2)}")]
        self.assertEqual(self.read(entry(2500, "", "B1", transactions=both)), ["batch"])
        self.assertEqual((self.state("p1"), self.state("p2")), ("redirected", "redirected"))
        self.settle()
        self.assertEqual(self.read(entry(2500, "", "B1", transactions=both)), [])
        self.assertEqual(self.read(entry(2000, "", "B2", transactions=both)), [])
        self.assertEqual((self.state("p1"), self.state("p2")), ("reconciled", "reconciled"))

    def test_a_batch_of_both_directions_adds_up(self):
        self.order(1)
        both = [transaction(1000, f"WP{stamp_of(1)}", True), transaction(300, "fee", False)]
        self.assertEqual(self.read(entry(700, "", "B1", transactions=both)), [])
        self.assertEqual(self.state(), "reconciled")

    def test_a_transaction_that_is_alone_must_be_its_entry(self):
        self.order(1)
        self.assertEqual(self.read(entry(999, "", "B1", transactions=[transaction(1000, f"WP{stamp_of(1)}")])), ["batch"])
        self.assertEqual(self.state(), "redirected")

    def test_a_foreign_batch_that_does_not_add_up_alarms_nobody(self):
        self.assertEqual(self.read(entry(999, "", "B1", transactions=[transaction(1000, "x"), transaction(1000, "y")])), [])

    def test_a_longer_number_is_not_ours(self):
        self.order(1)
        stamp = stamp_of(1)
        for text in (f"WP{stamp}6", f"WP{stamp[:8]} {stamp[8:]}6", f"WP{stamp[0]} {stamp[1:]}66", f"{stamp}6", f"6{stamp}", f"WP6{stamp}"):
            with self.subTest(text):
                self.assertEqual(self.read(entry(1000, text)), [])
                self.assertEqual(self.state(), "redirected")

    def test_a_reversal_that_names_nothing_is_told_if_it_could_be_ours(self):
        self.confirmed(1)
        self.assertEqual(self.read(entry(1000, "atcelts", credit=False, back=True)), ["unnamed"])
        facts, = self.sql("SELECT facts FROM portal_case")
        self.assertIn('"perhaps":"p1"', facts[0])
        self.settle()
        self.assertEqual(self.read(entry(1000, "atcelts", credit=False, back=True)), [])
        self.assertEqual(self.read(entry(777, "atcelts", credit=False, back=True)), [])
        self.assertEqual(self.state(), "confirmed")

    def test_a_reference_used_again_for_an_equal_payment_is_told_once_a_statement(self):
        self.order(1)
        self.order(2)
        both = (entry(1000, f"WP{stamp_of(1)}", "A1"), entry(1000, f"WP{stamp_of(2)}", "A2"))
        self.assertEqual(self.read(*both), [])
        self.assertEqual(self.read(*both), [])
        self.assertEqual(self.read(*both, number=2), ["repeated"])
        self.settle()
        self.assertEqual(self.read(*both, number=2), [])

    def test_an_order_paid_two_thousand_times_takes_seconds(self):
        self.order(1)
        began = time.monotonic()
        self.read(*[entry(1000, f"WP{stamp_of(1)}", f"A{n}") for n in range(2000)])
        self.assertEqual(len(self.credits()), 1999)
        self.assertLess(time.monotonic() - began, 60)


class OnSqlite(Credits, ledger.Sqlite, unittest.TestCase):
    def test_an_order_of_the_release_before_has_no_credit_twice(self):
        """Two entries without a number: people settled that once, so that only what comes now is new."""
        self.order(1, state="reconciled", on=-3)
        for reference in ("A1", "A2"):
            self.insert("portal_statement_entry", account_iban=IBAN, entry_ref=reference, entry_index=0, booked_on=day(-3), amount_c=1000,
                        direction="credit", payment_id="p1", found_by="text", at=f"{day(-3)}T10:00:00Z", bank_ref=reference, role="credit")
        self.assertEqual(self.read(entry(1000, f"WP{stamp_of(1)}", "A3")), ["again"])
        self.assertEqual([credit for credit, *_ in self.credits()], ["p1-3"])

    def test_entries_are_numbered_and_not_counted(self):
        self.order(1)
        self.read(*[entry(1000, f"WP{stamp_of(1)}", f"A{n}") for n in range(400)])
        self.assertEqual(self.sql("SELECT max(ordinal), count(*), count(DISTINCT ordinal) FROM portal_statement_entry"), [(400, 400, 400)])
        plan = self.sql("EXPLAIN QUERY PLAN SELECT max(e.ordinal) FROM portal_statement_entry e WHERE e.payment_id = 'p1' AND e.role = 'credit'")
        self.assertIn("portal_statement_entry_ordinal", str(plan))


class OnPgsql(Credits, ledger.Pgsql, unittest.TestCase):
    pass


if __name__ == "__main__":
    support.main()
