#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""No statement reads a table from one end to the other, and none costs more because others have accounts too.

The plans are asked of both databases with demo data; tests/load does so once more with a hundred thousand accounts and statistics.
What may read a whole table stands in plans.txt with its reason. The steps of SQLite's virtual machine are counted with 100 and with
10,000 accounts: they are the same on every machine.
"""
import contextlib
import fnmatch
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import support
from support import SOURCE, ctl

sys.path.insert(0, str(SOURCE / "tests" / "rig" / "lib"))
import plans  # noqa: E402
import statements  # noqa: E402
import vmsteps  # noqa: E402

PGSQL = SOURCE / "tests/rig/lib/pgsql"
AS_OF = "2026-11-22"
STATEMENTS = statements.of_the_portal()

# Statements as they were, and one of each way to read a table whole: a guard that finds none of these finds nothing.
PLANTED = """
-- @query planted_view_by_column
-- @scope identity
-- @args code:text today:date
select (select count(*) from portal_access x where x.account_id = a.account_id and :today between x.since and x.until)
  from portal_person_code p left join portal_account a on a.account_id = p.account_id where p.person_code = :code;

-- @query planted_or_of_two_ways
-- @scope identity
-- @args account:text code:text
select d.delegation_id from portal_delegation d
 where d.giver_account || '' = :account
    or d.receiver_code in (select o.person_code from portal_person_code o where o.person_code = :code);

-- @query planted_no_index
-- @scope account
-- @args account:text
select count(*) from portal_reading r where r.reason = :account;

-- @query planted_second_column
-- @scope identity
-- @args no:text
select o.message_id from portal_outbox o where o.period = :no;
"""


def fill(database, customers):
    for arguments in (("upgrade", "--embedded"), ("demo-data", "--customers", str(customers), "--as-of", AS_OF)):
        done = ctl(database, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


def exceptions():
    """{(statement, table): reason}; of a family, "tidy_*", as it is written."""
    found = {}
    for line in (SOURCE / "tests/ctl/plans.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, table, reason = line.split(None, 2)
            found[name, table] = reason
    return found


def is_excepted(statement, table=None):
    """table None: whichever."""
    return any(fnmatch.fnmatchcase(statement.name, name) and (table is None or of in (table, "*")) for name, of in exceptions())


class Plans:
    """What holds for the plans of either database. scans(statement) → the tables it would read whole."""

    harmless = ()  # of PLANTED, to this database

    def test_no_statement_reads_a_table_whole(self):
        self.assertGreaterEqual(len(STATEMENTS), 200)
        found = {}
        for statement in STATEMENTS:
            for table in sorted(self.scans(statement)):
                if not is_excepted(statement, table):
                    found[statement.name] = (statement.scope, table)
        self.assertEqual(found, {})

    def test_planted_faults_are_found(self):
        planted = [statement for statement in statements.read(PLANTED, {}) if statement.name not in self.harmless]
        self.assertGreaterEqual(len(planted), 3)
        for statement in planted:
            self.assertTrue(self.scans(statement), statement.name)


class Sqlite(Plans, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="wpplans")
        cls.addClassCleanup(cls.directory.cleanup)
        fill(("sqlite3", cls.directory.name + "/portal.db"), 100)
        cls.connection = sqlite3.connect(cls.directory.name + "/portal.db")
        cls.addClassCleanup(cls.connection.close)

    def scans(self, statement):
        return plans.sqlite_scans(self.connection, statement)

    def test_exceptions_are_needed(self):
        """An exception nobody needs would hide the next fault; none is for what a person asks for."""
        by_name = {statement.name: statement for statement in STATEMENTS}
        for (name, table), reason in exceptions().items():
            family = fnmatch.filter(by_name, name)
            self.assertTrue(family, f"{name}: there is none")
            if table not in ("-", "*"):
                self.assertIn(table, self.scans(by_name[name]), f"{name} {table}: not needed any more")
            self.assertEqual({by_name[member].scope for member in family}, {"system"}, name)
            self.assertGreater(len(reason), 20, name)


class Documentation(unittest.TestCase):
    """Whose billing is behind views makes the indexes that docs/database.md names; those of the embedded tables are found so."""

    UNUSED = {("billing_notice", "starts_at"), ("billing_customer", "person_code"), ("billing_contract", "premises_id")}  # no statement looks there

    def test_indexes_are_told_to_who_has_views(self):
        told = {}
        for line in (SOURCE / "docs/database.md").read_text(encoding="utf-8").splitlines():
            for table in re.findall(r"`(billing_\w+)`", line.split("|")[1]) if line.startswith("| `billing_") else ():
                told.setdefault(table, set()).update(re.findall(r"\w+", line.split("|")[2]))
        made = [index for path in statements.files()
                for index in re.findall(r"^create index \w+ on (billing_\w+) \((\w+)", path.read_text(encoding="utf-8"), re.M)]
        self.assertGreater(len(made), 15)
        self.assertEqual([(table, column) for table, column in made if column not in told.get(table, ()) and (table, column) not in self.UNUSED], [])


# Tables of which 100 customers have so few rows that reading them whole is right: they get some thousands more.
FILLER = """
INSERT INTO portal_delegation (delegation_id, contract_no, giver_account, giver_code, receiver_code, receiver_name, level, since, until, state, created_at)
  SELECT 'filler-' || n, c.contract_no, c.account_id, 'PNOLV-' || n, 'PNOLV-' || n % 7000, 'X', 'read', '2020-01-01', '2999-12-31',
         CASE n % 3 WHEN 0 THEN 'offered' ELSE 'active' END, '2020-01-01T00:00:00Z'
    FROM (SELECT row_number() OVER (ORDER BY account_id, contract_no) AS place, * FROM portal_account_contract) c
    JOIN generate_series(1, 20000) n ON n % (SELECT count(*) FROM portal_account_contract) + 1 = c.place;
INSERT INTO portal_token_use SELECT t.token_id, 'filler-' || n, 1 FROM portal_token t CROSS JOIN generate_series(1, 3000) n;
INSERT INTO portal_parked_form SELECT 'filler-' || n, 'person-' || n % 3000, 'readings.form', '', '2026-' || n FROM generate_series(1, 20000) n;
INSERT INTO portal_erasure SELECT 'filler-' || n || a.account_id, a.account_id, '2026-' || n,
         CASE n % 2 WHEN 0 THEN 'asked' ELSE 'withdrawn' END FROM portal_account a CROSS JOIN generate_series(1, 100) n;
INSERT INTO billing_notice SELECT 'filler-' || n, 'outage', 'X', 'X', '2020-' || n, '2020-' || n, 'X', 1 FROM generate_series(1, 20000) n;
INSERT INTO billing_notice_premises SELECT 'filler-' || n, p.premises_id FROM (SELECT row_number() OVER () AS place, premises_id FROM billing_premises) p
    JOIN generate_series(1, 20000) n ON n % 300 = p.place;
INSERT INTO portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, created_at, changed_at, expires_at)
  SELECT 'filler-' || n || a.account_id, a.account_id, 'x', n || a.account_id, 1, 'X', 'X', 'reconciled', 0, '2026-' || n, '2026', '2026'
    FROM portal_account a CROSS JOIN generate_series(1, 50) n;
INSERT INTO portal_credit (credit_id, line, payment_id, nth, contract_no, amount_c, paid_on, channel, state, created_at, changed_at)
  SELECT 'filler-' || n, 1, 'filler-' || n, 1, c.contract_no, 1, '2026-' || n, 'x', 'open', '2026', '2026'
    FROM (SELECT row_number() OVER (ORDER BY contract_no) AS place, contract_no FROM billing_contract) c
    JOIN generate_series(1, 20000) n ON n % (SELECT count(*) FROM billing_contract) + 1 = c.place;
INSERT INTO portal_session SELECT 'filler-' || n, 'person-' || n % 7000, 'x', 'x', 'x', '2020-' || n, '2020-' || n, '2020' FROM generate_series(1, 20000) n;
INSERT INTO portal_case SELECT 'filler-' || n, 'x', 'x-' || n, NULL, 'x', '{}', '2020-' || n, '2020', 'x', 'refused' FROM generate_series(1, 20000) n;
INSERT INTO portal_outbox SELECT 'filler-' || n, 'contact_code', 'email', 'filler-' || n % 7000, 'filler-' || n, '', 'lv', '{}', '2026', 'sent'
    FROM generate_series(1, 20000) n;
ANALYZE;
"""


class Pgsql(Plans, unittest.TestCase):
    harmless = ("planted_view_by_column",)  # hands a column down into a union, as SQLite does not

    @classmethod
    def setUpClass(cls):
        try:
            import psycopg2
        except ImportError:
            raise unittest.SkipTest("no psycopg2") from None
        cluster = tempfile.mkdtemp(prefix="wpp")
        cls.addClassCleanup(subprocess.run, [PGSQL, "remove", cluster], check=True)
        started = subprocess.run([PGSQL, "start", cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            raise unittest.SkipTest(started.stderr)
        fill(("pgsql", started.stdout.strip()), 100)
        connection = psycopg2.connect(started.stdout.strip())
        cls.addClassCleanup(connection.close)
        connection.autocommit = True
        cls.cursor = connection.cursor()
        cls.cursor.execute(FILLER)
        for setting in plans.PGSQL_SETTINGS:
            cls.cursor.execute("SET " + setting)
        cls.leading = plans.pgsql_leading(cls.cursor)

    def scans(self, statement):
        return plans.pgsql_scans(plans.pgsql_plan(self.cursor, statement), self.leading)


def owners(connection):
    """Accounts of every kind that both databases have, with what a page of theirs binds."""
    for account, in connection.execute("SELECT p.account_id FROM portal_person_code p WHERE p.person_code IN ('PNOLV-01019012345', 'PNOLV-15067710843', "
                                       "'PNOLV-32558120376', 'PNOLV-32900000001') OR p.account_id IN ('demobulkacct001020aa', 'demobulkacct001019aa') "
                                       "ORDER BY 1").fetchall():
        def first(text):
            row = connection.execute(text, [account]).fetchone()
            return row and row[0]
        contract = first("SELECT min(contract_no) FROM portal_account_contract WHERE account_id = ?")
        values = {
            "account": account, "contract": contract, "code": first("SELECT min(person_code) FROM portal_person_code WHERE account_id = ?"),
            "issuer": first("SELECT max(issuer) FROM portal_identity WHERE account_id = ?"), "subject": "demo-" + account[12:18],
            "person": "demo-" + account, "form_key": first("SELECT max(submission_id) FROM portal_submission WHERE account_id = ?"),
            "receipt": first("SELECT max(receipt_no) FROM portal_submission WHERE account_id = ?"),
            "delegation": first("SELECT max(delegation_id) FROM portal_delegation WHERE giver_account = ?"),
            "offer": first("SELECT max(d.delegation_id) FROM portal_delegation d JOIN portal_person_code p ON p.person_code = d.receiver_code "
                           "WHERE p.account_id = ?"),
            "payment": first("SELECT max(payment_id) FROM portal_payment WHERE account_id = ?"),
            "token": first("SELECT max(token_id) FROM portal_token WHERE account_id = ?"), "hash": "demo-" + account,
            "no": connection.execute("SELECT max(invoice_no) FROM billing_invoice WHERE contract_no = ?", [contract]).fetchone()[0],
            "act": connection.execute("SELECT max(act_no) FROM billing_act WHERE contract_no = ?", [contract]).fetchone()[0],
            "meter": None, "kind": None, "year": None, "point": None, "serial": "%1%", "right": 127, "whole": 0, "size": 1000, "skip": 0,
            "today": AS_OF, "now": AS_OF + "T10:00:00Z", "window_key": "2026-11", "window_from": "2026-11-01", "day_ago": "2026-11-21T10:00:00Z",
            "hour_ago": AS_OF + "T09:00:00Z", "soon": "2026-11-29T10:00:00Z", "recent": "2026-11-20T10:00:00Z", "soon_day": "2027-01-22",
            "from": "2026-01-01", "until": AS_OF, "history_from": "2024-11-01", "history_until": AS_OF, "period_from": "2026-01-01",
            "period_until": AS_OF, "issued_from": "2026-01-01", "issued_until": AS_OF, "paid_from": "2026-01-01", "paid_until": AS_OF,
        }
        yield values


class Steps(unittest.TestCase):
    """The same rows, at the same cost, among a hundred times as many."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="wpsteps")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.paths = [f"{cls.directory.name}/{customers}.db" for customers in (100, 10000)]
        for path, customers in zip(cls.paths, (100, 10000)):
            fill(("sqlite3", path), customers)
        cls.few, cls.many = (vmsteps.Database(path) for path in cls.paths)
        cls.addClassCleanup(cls.few.close)
        cls.addClassCleanup(cls.many.close)

    def values(self):
        with contextlib.closing(sqlite3.connect(self.paths[0])) as connection:
            return list(owners(connection))

    def compare(self, statement, values):
        bound = {name: values.get(name, 0 if kind in plans.INTS else "nothing") for name, kind in statement.arguments.items()}
        return self.few.run(statement, bound), self.many.run(statement, bound)

    def test_what_others_have_costs_nothing(self):
        looked, found, dearest = 0, {}, 0
        values = self.values()
        self.assertEqual(len(values), 6)
        for statement in STATEMENTS:
            if not statement.reads or is_excepted(statement):
                continue
            for owner in values:
                (few, rows), (many, same) = self.compare(statement, owner)
                looked, dearest = looked + 1, max(dearest, few)
                if rows != same or many > few + 5:
                    found[statement.name, owner["account"]] = (few, many)
        self.assertEqual(found, {})
        self.assertGreaterEqual(looked, 6 * 120)
        self.assertGreater(dearest, 1000, "nothing was read: this test could not fail")

    def test_what_every_page_asks_is_cheap(self):
        """The account with its session first, then one pass over its rights."""
        by_name = {statement.name: statement for statement in STATEMENTS}
        anna = next(values for values in self.values() if values["contract"] == "10-45101")
        for name, most in {"login_account": 70, "login_rights": 320}.items():
            (few, rows), _ = self.compare(by_name[name], anna)
            self.assertEqual(rows, 1)
            self.assertLessEqual(few, most, name)

    def test_planted_faults_are_found(self):
        anna = next(values for values in self.values() if values["contract"] == "10-45101")
        for statement in statements.read(PLANTED, {}):
            (few, _), (many, _) = self.compare(statement, anna)
            self.assertGreater(many, 10 * few, statement.name)


if __name__ == "__main__":
    if not vmsteps.library():
        print("no libsqlite3, skipped")
        sys.exit(77)
    support.main()
