#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl demo-data, run as an admin runs it, on SQLite and on a private PostgreSQL.

`make check` runs it in the build directory; exit status 77 when waterportalctl cannot run here (no SQLite driver of APR)."""
import hashlib
import json
import sqlite3
import subprocess
import tempfile

import support
from support import CTL, SOURCE, ctl

PGSQL = SOURCE / "tests/lib/pgsql"
AS_OF = "2026-11-22"


class Directory(support.Directory):
    def fill(self, database, *arguments):
        return self.done(ctl(database, "demo-data", "--as-of", AS_OF, "--customers", "60", *arguments))


def rows(database, sql):
    with sqlite3.connect(database[1]) as connection:
        return connection.execute(sql).fetchall()


def tables(database):
    return [name for name, in rows(database, "select name from sqlite_master where type = 'table' "
                                             "and name <> 'portal_schema_version' order by name")]


def dump(database):
    """Every row of every table; the schema's own, which says when it was made, is left out."""
    digest = hashlib.sha256()
    for table in tables(database):
        digest.update(table.encode())
        for row in rows(database, f"select * from {table} order by 1, 2, 3"):
            digest.update(repr(row).encode())
    return digest.hexdigest()


class Sqlite(Directory):
    def test_the_same_arguments_give_the_same_data(self):
        first, second = self.database("a.db"), self.database("b.db")
        self.fill(first)
        self.fill(second, "--seed", "2")
        other_seed = dump(second)
        self.fill(second)
        self.assertNotEqual(dump(first), other_seed)
        self.assertEqual(dump(first), dump(second), "the second run did not replace the first whole")

    def test_more_customers_leave_the_first_as_they_are(self):
        first, second = self.database("a.db"), self.database("b.db")
        self.fill(first)
        self.fill(second, "--customers", "61")
        query = "select * from billing_reading where meter_id like 'D00105%' order by reading_id"
        self.assertTrue(rows(first, query))
        self.assertEqual(rows(first, query), rows(second, query))

    def test_nothing_is_submitted_yet_this_month(self):
        database = self.database()
        self.fill(database)
        self.assertEqual(rows(database, "select distinct kind from billing_reading where read_on >= '2026-11-01'"),
                         [("remote",)])
        self.assertEqual(rows(database, "select count(*) from portal_reading"), [(0,)])

    def test_every_state_of_a_meter_can_be_seen(self):
        database = self.database()
        self.fill(database)
        kinds = {kind for kind, in rows(database, "select distinct kind from billing_reading")}
        self.assertEqual(kinds, {"customer", "staff", "estimated", "remote", "swap_start", "swap_end", "missing"})
        missing = rows(database, "select count(*) from billing_reading where (kind = 'missing') <> (value_l is null)")
        self.assertEqual(missing, [(0,)])
        decimals = {n for n, in rows(database, "select distinct decimals from billing_meter where removed_on is null")}
        self.assertEqual(decimals, {0, 1, 2, 3})
        for what, where in {
                "expired": f"verified_until < '{AS_OF}'",
                "never read": "not exists (select 1 from billing_reading r where r.meter_id = m.meter_id)",
                "on an ended contract": "contract_no in (select contract_no from billing_contract where ended_on is not null)",
        }.items():
            count = rows(database, f"select count(*) from billing_meter m where removed_on is null and {where}")
            self.assertGreater(count[0][0], 0, what)

    def test_invoices_follow_from_readings_and_payments(self):
        database = self.database()
        self.fill(database)
        self.assertEqual(rows(database, "select count(*) from billing_invoice i where total_c <> net_c + vat_c or open_c < 0"), [(0,)])
        self.assertEqual(rows(database, "select count(*) from billing_invoice i where net_c <> "
                              "(select sum(net_c) from billing_invoice_line l where l.invoice_no = i.invoice_no)"), [(0,)])
        # VAT on the sum of what is taxed, halves up
        self.assertEqual(rows(database, "select count(*) from billing_invoice i where vat_c <> (select (sum(net_c) * 2100 * 2 + 10000) / 20000 "
                              "from billing_invoice_line l where l.invoice_no = i.invoice_no and l.vat_rate = 2100)"), [(0,)])
        self.assertEqual(rows(database, "select count(*) from billing_invoice_line where price is not null "
                              "and net_c <> (quantity_l * price * 2 + 100000) / 200000"), [(0,)])
        self.assertEqual(rows(database, "select count(*) from billing_invoice i where open_c <> total_c - "
                              "(select coalesce(sum(amount_c), 0) from billing_payment p where p.invoice_no = i.invoice_no)"), [(0,)])
        # what was billed of a meter that was never swapped, estimated or rolled is what its counter moved
        billed = rows(database, "select sum(quantity_l) from billing_invoice_line l join billing_meter m on m.meter_id = l.meter_id "
                                "where l.service = 'water' and m.serial = '41207736'")
        moved = rows(database, "select max(value_l) - min(value_l) from billing_reading b join billing_meter m on m.meter_id = b.meter_id "
                               "where m.serial = '41207736'")
        self.assertEqual(billed, moved)

    def test_every_state_of_an_invoice_can_be_seen(self):
        database = self.database()
        self.fill(database)
        newest = "select due_on, open_c, total_c from billing_invoice where contract_no = '%s' order by issued_on desc limit 1"
        self.assertEqual(rows(database, newest % "10-45101")[0][0], "2026-11-25")                    # due in three days
        self.assertEqual(rows(database, "select due_on < '2026-11-22' and open_c = total_c from billing_invoice "
                                        "where invoice_no = '26/10-45110-09'"), [(1,)])              # overdue
        due, left, total = rows(database, newest % "10-45133")[0]
        self.assertTrue(0 < left < total)                                                            # paid in part
        self.assertEqual(rows(database, "select count(*) from billing_invoice where contract_no = '10-45140' and open_c > 0"), [(3,)])
        self.assertEqual(rows(database, "select contract_no, amount_c from billing_payment where invoice_no is null"), [("10-45111", 2500)])
        self.assertEqual({s for s, in rows(database, "select distinct service from billing_invoice_line")}, {"water", "sewage", "rain", "penalty"})
        late = rows(database, "select count(*) from billing_payment p join billing_invoice i on i.invoice_no = p.invoice_no "
                              "where p.contract_no = '20-00017' and p.paid_on > i.due_on")
        self.assertGreater(late[0][0], 10)

    def test_registered_persons_have_accounts_and_the_others_none(self):
        database = self.database()
        self.fill(database)
        people = json.loads((SOURCE / "tests/idp/people.json").read_text())
        for person in people["people"]:
            found = rows(database, "select c.contract_no from portal_person_code p join portal_account_contract c "
                                   "on c.account_id = p.account_id join billing_contract b on b.contract_no = c.contract_no "
                                   f"where b.ended_on is null and p.person_code = 'PNOLV-{person['code']}' order by 1")
            expected = [(no,) for no in sorted(person["contracts"])] if person["registered"] else []
            self.assertEqual(found, expected, person["login"])
        load = people["load"]
        for number in (1, load["count"]):
            found = rows(database, "select c.contract_no, count(*) from portal_person_code p join portal_account_contract c "
                                   "on c.account_id = p.account_id join billing_meter m on m.contract_no = c.contract_no "
                                   f"where p.person_code = 'PNOLV-{load['code'] % number}' group by 1")
            self.assertEqual(found, [(load["contract"] % number, 3)])

    def test_customers_of_the_utility_are_safe(self):
        database = self.database()
        with sqlite3.connect(database[1]) as connection:
            connection.execute("insert into billing_customer values ('77', 'person', 'Own', 'PNOLV-11111111111', null)")
            connection.execute("insert into portal_account values ('own', null, 'lv', null, null, 'none', 'x', 'x')")
            connection.execute("insert into portal_person_code values ('PNOLV-11111111111', 'own', 'x')")
        before = dump(database)
        result = ctl(database, "demo-data")
        self.assertEqual(result.returncode, 4)
        self.assertIn("1 customers of its own", result.stderr)
        self.assertEqual(dump(database), before)

        self.fill(database, "--force")
        self.fill(database, "--force")
        self.assertEqual(rows(database, "select name from billing_customer where customer_no = '77'"), [("Own",)])
        self.assertEqual(rows(database, "select account_id from portal_person_code where person_code like '%1111111'"),
                         [("own",)])

    def test_what_demo_persons_did_goes_with_them(self):
        database = self.database()
        self.fill(database)
        fresh = dump(database)
        with sqlite3.connect(database[1]) as connection:
            account, = connection.execute("select account_id from portal_person_code limit 1").fetchone()
            connection.execute("insert into portal_identity values ('i', 's', ?, 'x')", (account,))
            connection.execute("insert into portal_registration_try values ('t', 'p', 'c', 'x', 'refused')")
            # Ilze has registered
            connection.execute("insert into portal_account values ('ilze', null, 'lv', null, null, 'none', 'x', 'x')")
            connection.execute("insert into portal_person_code values ('PNOLV-32741905518', 'ilze', 'x')")
            connection.execute("insert into portal_account_contract values ('ilze', '10-45127', 'customer', 'x', null)")
        self.fill(database)
        self.assertEqual(dump(database), fresh)

    def test_wrong_use_is_named(self):
        for arguments, named in ((("--customers", "100001"), "--customers"), (("--customers", "-1"), "--customers"),
                                 (("--as-of", "2026-02-30"), "--as-of"), (("--seed", "x"), "--seed")):
            result = ctl(("sqlite3", "/nowhere/portal.db"), "demo-data", *arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertIn(named, result.stderr)

    def test_the_list_is_that_of_the_identity_provider(self):
        people = json.loads((SOURCE / "tests/idp/people.json").read_text())["people"]
        expected = ["|".join([p["login"], p.get("issuers", ["bank-a"])[0], p["code"], " ".join(p["contracts"]), p["special"]])
                    for p in people]
        result = subprocess.run([CTL, "demo-data", "--list"], capture_output=True, text=True, timeout=10)
        self.assertEqual(result.stdout.splitlines(), expected)


class Pgsql(Directory):
    def test_both_databases_hold_the_same(self):
        cluster = tempfile.mkdtemp(prefix="wpd")
        self.addCleanup(subprocess.run, [PGSQL, "remove", cluster], check=True)
        started = subprocess.run([PGSQL, "start", cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            self.skipTest(started.stderr)
        pgsql = ("pgsql", started.stdout.strip())
        self.done(ctl(pgsql, "upgrade", "--embedded"))
        sqlite = self.database()
        self.fill(pgsql, "--seed", "2")
        self.assertEqual(self.figures(self.fill(pgsql)), self.figures(self.fill(sqlite)))
        for query in self.queries(sqlite):
            self.assertEqual(self.ask(pgsql, query), [tuple(map(str, row)) for row in rows(sqlite, query)], query)

    @staticmethod
    def figures(line):
        return line[:line.index(" in ")]

    @staticmethod
    def queries(sqlite):
        yield from (f"select count(*) from {table}" for table in tables(sqlite))
        yield "select kind, count(*), coalesce(sum(value_l), 0) from billing_reading group by kind order by kind"
        yield "select meter_id, min(read_on), coalesce(max(read_at), '-'), sum(value_l) from billing_reading where meter_id < 'D000006' " \
              "and value_l is not null group by meter_id order by meter_id"
        yield "select sum(digits), sum(decimals), sum(remote), min(verified_until), max(verified_until) from billing_meter"

    @staticmethod
    def ask(pgsql, query):
        result = subprocess.run(["psql", "-qAtX", "-F", "|", pgsql[1], "-c", query], capture_output=True, text=True, check=True)
        return [tuple(line.split("|")) for line in result.stdout.splitlines()]


if __name__ == "__main__":
    support.main()
