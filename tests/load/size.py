# SPDX-License-Identifier: Apache-2.0
"""What a page costs among many accounts: the same persons' pages on a small and on a large database, in turns.

With the accounts grows all that grows with them in use (demo-data --customers). The large database is asked once, too, how it would
find the rows of every statement, by its real statistics.
"""
import contextlib
import fnmatch
import sqlite3
import statistics
import sys

import psycopg2

import measure
from measure import TOP, wrk

sys.path.insert(0, str(TOP / "tests" / "rig" / "lib"))
import plans  # noqa: E402
import statements  # noqa: E402

PAGES = [  # name, person, place
    ("page", "load0001", "/portal/readings?contract=30-00001"),
    ("page, history", "anna", "/portal/readings/history?contract=10-45101"),
    ("start", "anna", "/portal/home"),
    ("start, 300 meters", "peteris", "/portal/home"),
    ("invoices", "anna", "/portal/invoices?contract=10-45101"),
    ("overview", "anna", "/portal/overview?contract=10-45101"),
    ("contracts", "peteris", "/portal/contracts"),
    ("contract", "anna", "/portal/contracts/10-45101"),
    ("rights", "anna", "/portal/delegations"),
    ("log", "anna", "/portal/delegations/log?contract=10-45101"),
    ("search", "peteris", "/portal/home?q=iela"),
]
GOAL = 1.2
SMALL_TABLE = 1000  # rows: reading fewer from one end to the other is right


def visit(rig, sessions, seconds):
    """CPU µs of each page; one after the other, as nobody may ask for two overviews at once."""
    return {name: wrk(rig, place, cookie=sessions[person], seconds=seconds, connections=1).cpu for name, person, place in PAGES}


def log_in(rig):
    return {person: rig.log_in_as(person, "/portal/home")[1] for person in sorted({person for _, person, _ in PAGES})}


def ratios(few, many, rounds, seconds):
    """{page: [(µs among few, µs among many) of each round]}"""
    sessions = [(rig, log_in(rig)) for rig in (few, many)]
    for rig, cookies in sessions:
        visit(rig, cookies, 1)  # every thread and statement has been used
    found = {name: [] for name, _, _ in PAGES}
    for _ in range(rounds):
        shots = [visit(rig, cookies, seconds) for rig, cookies in sessions]
        for name in found:
            found[name].append((shots[0][name], shots[1][name]))
    return found


def megabytes(rig):
    if rig.driver == "sqlite3":
        return sum(f.stat().st_size for f in (rig.run / "data").iterdir()) >> 20
    return rig.sql("SELECT pg_database_size(current_database())")[0][0] >> 20


def is_allowed(statement):
    """It looks through everybody's rows by purpose, whichever tables the planner begins with."""
    lines = (TOP / "tests/ctl/plans.txt").read_text(encoding="utf-8").splitlines()
    return any(fnmatch.fnmatchcase(statement, line.split()[0]) for line in lines if line and not line.startswith("#"))


def scans(rig):
    """[(statement, table)] that this database would read from one end to the other although it is large."""
    found = []
    if rig.driver == "sqlite3":
        with contextlib.closing(sqlite3.connect(rig.params)) as connection:
            found = [(s.name, table) for s in statements.of_the_portal() for table in plans.sqlite_scans(connection, s)]
    else:
        with contextlib.closing(psycopg2.connect(rig.params)) as connection, connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")
            leading = plans.pgsql_leading(cursor)
            for statement in statements.of_the_portal():
                found += [(statement.name, table) for table in plans.pgsql_scans(plans.pgsql_plan(cursor, statement), leading)]
    return [(name, table) for name, table in found
            if not is_allowed(name) and rig.sql(f"SELECT count(*) FROM {table}")[0][0] > SMALL_TABLE]


def compare(options, database, tell, middle):
    """Tells the ratios; returns the statements with a scan."""
    with measure.server(database, 100) as few, measure.server(database, options.customers) as many:
        accounts = [rig.sql("SELECT count(*) FROM portal_account")[0][0] for rig in (few, many)]
        tell(f"accounts; database [{database}]", f"{accounts[1]} / {accounts[0]}; {megabytes(many)} / {megabytes(few)} MB")
        for name, rounds in ratios(few, many, options.rounds, 1).items():
            tell(f"{name}, CPU, many / few [{database}]", middle([large / small for small, large in rounds]), f"≤ {GOAL}")
            tell("  CPU µs a request, few; many", "; ".join(f"{statistics.median(column):.0f}" for column in zip(*rounds)))
        found = scans(many)
        tell(f"  statements that read a large table whole [{database}]", ", ".join(f"{name} ({table})" for name, table in found) or "none")
        return found
