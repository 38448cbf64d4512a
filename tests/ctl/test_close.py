#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The accountant's day close: four sums of a day, every difference a line with its reason, and the same result whenever it is made again."""
import json
import unittest

import ledger
import support
from ledger import TODAY, day, entry, stamp_of
from support import ctl

D = day(-3)
SUMS = ("confirmed", "statement", "handed_over", "booked")


def paid(number, cents=1000, **options):
    return entry(cents, f"WP{stamp_of(number)}", f"A{number}", **options)


class Close:
    def close(self, on=D, code=None, options=()):
        result = ctl(self.database, "close", "--day", on, *options)
        if code is not None:
            self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def made(self, on=D, code=None, options=()):
        return json.loads(self.close(on, code, ("--json", *options)).stdout)

    def reasons(self, **options):
        """{order's id: reasons}"""
        return {one["payment"]: one["reasons"] for one in self.made(**options)["differences"]}

    def clean(self, *numbers, **options):
        """Orders that are in all four sums."""
        for number in numbers:
            self.confirmed(number, **options)
        self.read(*[paid(number) for number in numbers])
        self.hand_over()
        for number in numbers:
            self.booked(f"p{number}")

    # --- the sums ---

    def test_a_day_on_which_all_agree(self):
        self.clean(1, 2)
        self.confirmed(3, 500, agreement="swed")
        self.read(paid(3, 500))
        self.hand_over()
        self.booked("p3", 500)
        made = self.made(code=0)
        self.assertEqual([one["agreement"] for one in made["agreements"]], ["swed", "vk8"])
        for name in SUMS:
            self.assertEqual(made["agreements"][1][name], {"count": 2, "cents": 2000})
            self.assertEqual(made["total"][name], {"count": 3, "cents": 2500})
        self.assertEqual((made["day"], made["differences"], made["changed"], made["preliminary"]), (D, [], False, False))

    def test_a_day_without_payments(self):
        made = self.made(code=0)
        self.assertEqual((made["agreements"], made["total"]["booked"]), ([], {"count": 0, "cents": 0}))

    def test_other_days_are_not_in_it(self):
        self.clean(1)
        self.confirmed(2, on=-2)
        self.read(paid(2, on=-2))
        self.assertEqual(self.made(code=0)["total"]["confirmed"], {"count": 1, "cents": 1000})

    # --- every kind of difference ---

    def test_confirmed_and_on_no_statement(self):
        self.confirmed(1)
        self.hand_over()
        self.booked("p1")
        self.assertEqual(self.reasons(code=1), {"p1": ["not_on_statement"]})

    def test_on_the_statement_of_another_day(self):
        self.confirmed(1)
        self.read(paid(1, on=-2))
        self.hand_over()
        self.booked("p1")
        self.assertEqual(self.reasons(code=0), {"p1": ["other_statement"]})
        self.assertEqual(self.reasons(on=day(-2), code=0), {"p1": ["confirmed_other"]})

    def test_only_on_a_statement(self):
        self.order(1)
        self.read(paid(1))
        self.hand_over()
        self.booked("p1")
        self.assertEqual(self.reasons(code=0), {"p1": ["not_confirmed"]})

    def test_not_handed_over(self):
        self.confirmed(1)
        self.read(paid(1))
        self.assertEqual(self.reasons(code=1), {"p1": ["not_handed_over"]})

    def test_not_booked(self):
        self.confirmed(1)
        self.read(paid(1))
        self.hand_over()
        self.assertEqual(self.reasons(code=1), {"p1": ["not_booked"]})

    def test_booked_otherwise(self):
        self.confirmed(1)
        self.read(paid(1))
        self.hand_over()
        self.booked("p1", 900)
        self.assertEqual(self.reasons(code=1), {"p1": ["booked_otherwise"]})

    def test_booked_on_another_day(self):
        self.confirmed(1)
        self.read(paid(1))
        self.hand_over()
        self.booked("p1", on=-1)
        self.assertEqual(self.reasons(code=0), {"p1": ["booked_other"]})

    def test_booked_and_not_of_the_portal(self):
        self.booked("nobody")
        made = self.made(code=1)
        self.assertEqual((made["differences"][0]["reasons"], made["total"]["booked"]), (["unknown"], {"count": 1, "cents": 1000}))

    def test_taken_back_the_same_day(self):
        self.confirmed(1)
        self.read(paid(1), entry(1000, f"WP{stamp_of(1)}", "B1", credit=False, back=True))
        self.assertEqual(self.reasons(code=1), {"p1": ["taken_back"]})

    def test_taken_back_later(self):
        self.clean(1)
        self.read(entry(1000, f"WP{stamp_of(1)}", "B1", credit=False, back=True, on=-1))
        self.assertEqual(self.reasons(on=day(-1), code=1), {"p1": ["taken_back"]})
        self.assertEqual(self.reasons(code=1), {"p1": ["taken_back", "tell_billing"]})

    def test_under_review(self):
        self.order(1, state="review", on=-3)
        self.told("p1", 900, fits=0)
        made = self.made(code=1)
        self.assertEqual((made["differences"][0]["reasons"], made["total"]["confirmed"]["cents"]), (["review", "not_on_statement"], 900))
        self.read(paid(1, 900))
        self.assertEqual(self.reasons(code=1), {"p1": ["review", "odd_entry"]})

    def test_an_entry_that_settles_nothing(self):
        self.clean(1)
        self.read(entry(1000, f"WP{stamp_of(1)}", "R1", credit=False))
        self.assertEqual(self.reasons(code=1)["p1"], ["odd_entry"])

    def test_paid_twice_agrees_once_billing_has_both(self):
        self.confirmed(1)
        self.told("p1", no="T1")
        self.told("p1", no="T2")
        self.sql("DELETE FROM portal_payment_paid WHERE bank_no = ''")
        self.read(paid(1), entry(1000, f"WP{stamp_of(1)}", "A2"), entry(1000, f"WP{stamp_of(1)}", "A3"))
        self.assertEqual(self.reasons(code=1), {"p1": ["not_confirmed", "not_handed_over"]})
        self.hand_over()
        self.assertEqual(self.reasons(code=1), {"p1": ["not_confirmed", "not_booked"]})
        for name, invoice in (("p1", "26/1"), ("p1-3", None)):
            self.booked(name, invoice=invoice)
        self.assertEqual(self.made()["total"]["booked"], {"count": 2, "cents": 2000})

    def test_a_credit_that_was_given_back(self):
        self.confirmed(1)
        self.read(paid(1), entry(1000, f"WP{stamp_of(1)}", "A2"))
        self.settle("refunded")
        self.hand_over()
        self.booked("p1")
        self.assertEqual(self.reasons(code=0), {"p1": ["not_confirmed", "refunded"]})

    # --- the same again ---

    def test_the_same_day_again_is_the_same(self):
        self.confirmed(1)
        first, second = (self.close(code=1).stdout.splitlines() for _ in range(2))
        self.assertEqual(first[:-1], second[:-1])
        self.assertEqual(first[-1], "stored")
        self.assertRegex(second[-1], "^unchanged since it was stored at ")
        self.assertEqual(self.sql("SELECT nth FROM portal_close"), [(1,)])

    def test_a_late_message_is_said_to_have_changed_it(self):
        self.clean(1)
        self.close(code=0)
        self.confirmed(2)
        result = self.close(code=1)
        self.assertRegex(result.stdout, "changed since it was stored at .*\ntotal was")
        self.assertRegex(result.stdout, f"(?m)^\\+  WP{stamp_of(2)}  vk8  .*: the bank confirmed it, but no statement")
        made = self.made()
        self.assertEqual((made["changed"], made["former"]), (False, None))
        self.assertEqual(self.sql("SELECT nth FROM portal_close ORDER BY nth"), [(1,), (2,)])
        self.read(paid(2))
        made = self.made(code=1)
        self.assertEqual((made["changed"], made["former"]["total"]["confirmed"]["count"], len(made["former"]["differences"])), (True, 2, 1))

    def test_a_day_that_is_not_over(self):
        for on in (TODAY.isoformat(), day(1)):
            result = self.close(on, 2)
            self.assertIn("not over", result.stderr)
            self.assertTrue(self.made(on, 0, ("--preliminary",))["preliminary"])
        self.assertIn("preliminary", self.close(TODAY.isoformat(), 0, ("--preliminary",)).stdout)
        self.assertEqual(self.sql("SELECT count(*) FROM portal_close"), [(0,)])

    def test_wrong_words(self):
        self.assertEqual(self.close("yesterday").returncode, 2)
        self.assertIn("--day", ctl(self.database, "close").stderr)

    def test_what_it_says_to_people(self):
        self.confirmed(1, 4137)
        out = self.close(code=1).stdout
        self.assertRegex(out, r"confirmed by banks +on statements +handed over +booked by billing")
        self.assertRegex(out, r"(?m)^vk8 +1 +41\.37 +0 +0\.00 +0 +0\.00 +0 +0\.00$")
        self.assertIn("confirmed by banks 41.37", out)
        self.assertIn("run waterportalctl export", out)
        self.assertIn("differences: 1, of which to be settled: 1", out)


class OnSqlite(Close, ledger.Sqlite, unittest.TestCase):
    pass


class OnPgsql(Close, ledger.Pgsql, unittest.TestCase):
    pass


if __name__ == "__main__":
    support.main()
