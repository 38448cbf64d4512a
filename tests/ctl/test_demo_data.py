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

PGSQL = SOURCE / "tests/rig/lib/pgsql"
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
        for row in sorted(rows(database, f"select * from {table}"), key=repr):
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
        self.assertEqual(rows(database, "select count(*), max(window_key) from portal_reading where window_key >= '2026-11'"), [(0, None)])
        self.assertEqual(rows(database, "select count(*) from portal_reading where account_id not like 'demobulk%'"), [(0,)])

    def test_accounts_and_what_they_did_grow_with_the_customers(self):
        few, many = self.database("a.db"), self.database("b.db")
        self.fill(few, "--customers", "100")
        self.fill(many, "--customers", "1000")
        fixed = {"billing_tariff", "portal_close"}  # as many prices, and days, for a town as for a village
        for table in set(tables(few)) - fixed:
            small, large = (rows(database, f"select count(*) from {table}")[0][0] for database in (few, many))
            self.assertGreater(large, small, table)
        bulk = [rows(database, "select count(*) from portal_account where account_id like 'demobulk%'")[0][0] for database in (few, many)]
        self.assertEqual(bulk, [100, 1000])

    def test_what_the_bulk_did_agrees_with_billing(self):
        database = self.database()
        self.fill(database, "--customers", "300")
        for what, wrong in {
                "accounts of nobody": "from portal_account a where not exists (select 1 from portal_person_code p where p.account_id = a.account_id)",
                "contracts that are not the account's": "from portal_account_contract c where not exists (select 1 from portal_holder h "
                                                        "where h.account_id = c.account_id and h.contract_no = c.contract_no)",
                "readings billing does not show": "from portal_reading r where not exists (select 1 from billing_reading b where b.portal_id = r.reading_id "
                                                  "and b.meter_id = r.meter_id and b.value_l = r.value_l and b.read_on = r.read_on)",
                "readings the portal does not know": "from billing_reading b where b.portal_id is not null and not exists "
                                                     "(select 1 from portal_reading r where r.reading_id = b.portal_id)",
                "submissions without readings": "from portal_submission s where not exists (select 1 from portal_reading r where r.submission_id = "
                                                "s.submission_id)",
                "payments that count twice": "from portal_posted",
                "payments the portal does not know": "from billing_payment b where b.portal_id is not null and not exists "
                                                     "(select 1 from portal_payment p where p.payment_id = b.portal_id and p.amount_c = b.amount_c)",
                "payments without items": "from portal_payment p where p.amount_c <> coalesce((select sum(t.amount_c) from portal_payment_item t "
                                          "where t.payment_id = p.payment_id), 0)",
                "rights of who has not the contract": "from portal_delegation d where not exists (select 1 from portal_account_contract c "
                                                      "where c.account_id = d.giver_account and c.contract_no = d.contract_no)",
        }.items():
            self.assertEqual(rows(database, f"select count(*) {wrong}"), [(0,)], what)
        states = {state for state, in rows(database, "select state from portal_delegation where delegation_id like 'demobulk%' or giver_account like "
                                                     "'demobulk%'")}
        self.assertEqual(states, {"active", "offered", "refused", "revoked"})

    def test_what_demo_persons_paid_goes_with_them(self):
        database = self.database()
        self.fill(database)
        fresh = dump(database)
        with sqlite3.connect(database[1]) as connection:
            account, = connection.execute("select account_id from portal_account_contract where contract_no = '10-45101'").fetchone()
            connection.execute("insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, "
                               "created_at, "
                               "changed_at, expires_at) values ('p', ?, 'vk008', '1', 5, 'LV', 'WP1', 'confirmed', 0, 'x', 'x', 'x')",
                               (account,))
            connection.execute("insert into portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c, posted_at) "
                           "values ('p', 1, '10-45101', '26/10-45101-10', 5, 'x')")
            connection.execute("insert into portal_payment_event values ('e', 'p', 'vk008', 'x', 'push', '', '', 'valid', null, 'paid', 'moved', "
                               "'confirmed', null)")
        self.fill(database)
        self.assertEqual(dump(database), fresh)

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
        self.assertEqual(rows(database, "select count(*) from billing_invoice i where abs(vat_c) <> (select (abs(sum(net_c)) * 2100 * 2 + 10000) / 20000 "
                              "from billing_invoice_line l where l.invoice_no = i.invoice_no and l.vat_rate = 2100)"), [(0,)])
        # but for one line, which the next invoice takes back
        self.assertEqual(rows(database, "select invoice_no, net_c - (quantity_l * price * 2 + 100000) / 200000 from billing_invoice_line where price is not "
                                        "null "
                              "and abs(net_c) <> (abs(quantity_l) * price * 2 + 100000) / 200000"), [("26/10-45101-07", 150)])
        self.assertEqual(rows(database, "select invoice_no, text, net_c from billing_invoice_line where service = 'other'"),
                         [("26/10-45101-08", "Iepriekšējā rēķina labojums", -150)])
        # at the tariff of the period's first day, for a service of the contract
        self.assertEqual(rows(database, "select count(*) from billing_invoice_line l join billing_invoice i using (invoice_no) where l.price is not null "
                              "and l.price <> coalesce((select t.price from billing_service s join billing_tariff t using (service, tariff_group) "
                              "where s.contract_no = i.contract_no and s.service = l.service and t.since <= i.period_from "
                              "order by t.since desc limit 1), 0)"), [(0,)])
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
        self.assertEqual(rows(database, "select count(*), min(open_c < total_c) from billing_invoice where contract_no = '10-45133' and open_c > 0"), [(2, 1)])
        self.assertEqual(rows(database, "select count(*), max(open_c = total_c) from billing_invoice where contract_no = '10-45097' and open_c > 0"), [(1, 1)])
        self.assertEqual(rows(database, "select contract_no, amount_c from billing_payment where invoice_no is null"), [("10-45111", 2500)])
        self.assertEqual({s for s, in rows(database, "select distinct service from billing_invoice_line")}, {"water", "sewage", "rain", "penalty", "other"})
        # a credit note for an invoice, set off against the next; money that came before its invoice
        self.assertEqual(rows(database, "select invoice_no, total_c < 0, open_c from billing_invoice where total_c < 0"), [("26/20-00302-06-K", 1, 0)])
        self.assertEqual(rows(database, "select c.total_c + p.amount_c, p.invoice_no from billing_invoice c join billing_payment p "
                                        "on p.contract_no = c.contract_no and p.paid_on = c.issued_on and p.amount_c > 0 where c.total_c < 0"),
                                        [(0, "26/20-00302-07")])
        ahead = rows(database, "select p.invoice_no, i.open_c from billing_payment p join billing_invoice i on i.invoice_no = p.invoice_no "
                               "where p.paid_on < i.issued_on and i.total_c > 0")
        self.assertEqual(sorted(ahead), [("26/20-00301-10", 0), ("26/20-00302-07", 0)])
        late = rows(database, "select count(*) from billing_payment p join billing_invoice i on i.invoice_no = p.invoice_no "
                              "where p.contract_no = '20-00017' and p.paid_on > i.due_on")
        self.assertGreater(late[0][0], 10)

    def test_papers_fit_the_meters(self):
        database = self.database()
        self.fill(database)
        self.assertEqual(rows(database, "select kind, min(registered_on) >= '2020-04-01' from billing_act group by kind order by kind"),
                         [(kind, 1) for kind in ("inspection", "meter_swap", "sealing", "service_boundary")])
        named = "select distinct kind from billing_act where contract_no = '10-45133' order by kind"
        self.assertEqual(len(rows(database, named)), 4)
        self.assertEqual(rows(database, "select min(registered_on) from billing_act where contract_no = '10-45133'"), [("2020-04-23",)])
        for what, wrong in {
                "swaps without an act": "from billing_meter m where removed_on is not null and not exists (select 1 from billing_act_meter a join "
                                        "billing_act t using (act_no) where a.meter_id = m.meter_id and a.part = 'removed' and t.registered_on = m.removed_on)",
                "acts that say another value": "from billing_act_meter a join billing_act t using (act_no) join billing_reading b on b.meter_id = a.meter_id "
                                               "and b.read_on = t.registered_on and b.kind in ('swap_end', 'swap_start') "
                                               "where a.part in ('removed', 'installed') and b.value_l <> a.value_l",
                "acts about seals that are not there": "from billing_act_meter a where not exists (select 1 from billing_seal s where s.seal_no = a.seal_no "
                                                       "and s.meter_id = a.meter_id)",
                "seals that outlive their meter": "from billing_seal s join billing_meter m using (meter_id) where coalesce(s.removed_on, '') <> "
                                                  "coalesce(m.removed_on, '')",
                "acts before their contract": "from billing_act t join billing_contract c using (contract_no) where t.registered_on < c.signed_on",
                "meters verified after they were put in": "from billing_meter where verified_on > installed_on",
                "services without a tariff": "from billing_service s where not exists (select 1 from billing_tariff t where t.service = s.service "
                                             "and t.tariff_group = s.tariff_group and t.since <= s.since)",
        }.items():
            self.assertEqual(rows(database, f"select count(*) {wrong}"), [(0,)], what)

    def test_every_state_of_a_right_can_be_seen(self):
        database = self.database()
        self.fill(database)
        states = {state for state, in rows(database, "select distinct state from portal_delegation")}
        self.assertEqual(states, {"draft", "offered", "active", "refused", "revoked"})
        for what, where in {
                "expired": f"state = 'active' and until < '{AS_OF}'",
                "about to end": f"state = 'active' and until between '{AS_OF}' and '2026-12-22'",
                "on one meter": "point_id in (select point_id from billing_meter m where m.contract_no = d.contract_no)",
                "by invitation": "state = 'offered' and receiver_code is null and invite_hash is not null",
                "of each level": "level = 'pay' and exists (select 1 from portal_delegation e where e.level = 'full')",
                "with a story": "exists (select 1 from portal_audit a where a.detail = d.delegation_id and a.actor_kind = 'delegate')",
        }.items():
            self.assertGreater(rows(database, f"select count(*) from portal_delegation d where {where}")[0][0], 0, what)
        strays = rows(database, "select count(*) from portal_delegation d where not exists (select 1 from portal_account_contract c "
                                "where c.account_id = d.giver_account and c.contract_no = d.contract_no)")
        self.assertEqual(strays, [(0,)], "a giver who has not the contract")
        looked = rows(database, "select distinct actor_kind from portal_audit where action = 'viewed' order by 1")
        self.assertEqual(looked, [("delegate",), ("staff",)])

    def test_registered_persons_have_accounts_and_the_others_none(self):
        database = self.database()
        self.fill(database)
        people = json.loads((SOURCE / "tests/rig/idp/people.json").read_text())
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
        people = json.loads((SOURCE / "tests/rig/idp/people.json").read_text())["people"]
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
