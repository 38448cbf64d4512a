# SPDX-License-Identifier: Apache-2.0
"""How a database would find the rows of a statement: which tables it would scan completely.

A table is scanned where no index leads to the wanted rows; the cost then grows with everybody's rows. This is taken from the plans
themselves, not from their descriptions, which call a table by whatever name the statement or a view gave it.
"""
import json
import re

INTS = {"int", "flag", "volume", "money", "price"}


# --- SQLite: the program of a statement ---

def sqlite_scans(connection, statement):
    """{table}: those through which the program moves from the first or last row, with no bound that ends it. An index counts as its
    table."""
    roots = dict(connection.execute("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0"))
    text, names = statement.positional(lambda position, kind: "?")
    cursors, moved, bounded = {}, set(), set()
    for _, opcode, p1, p2, *_ in connection.execute("EXPLAIN " + text, [None] * len(names)):
        if opcode in ("OpenRead", "OpenWrite"):
            cursors[p1] = roots.get(p2)
        elif opcode in ("OpenEphemeral", "OpenAutoindex", "OpenPseudo", "SorterOpen", "OpenDup"):
            cursors[p1] = None
        elif opcode in ("Rewind", "Last", "Count"):
            moved.add(p1)
        elif opcode in ("IdxGE", "IdxGT", "IdxLE", "IdxLT"):
            bounded.add(p1)
    return {cursors[cursor] for cursor in moved - bounded if cursors.get(cursor)}


def sqlite_plan(connection, statement):
    text, names = statement.positional(lambda position, kind: "?")
    return [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + text, [None] * len(names))]


# --- PostgreSQL ---

# Statistics cannot be faked, so everything but a plan without table scans is made expensive.
PGSQL_SETTINGS = ["plan_cache_mode = force_generic_plan", "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off", "jit = off"]


def pgsql_plan(cursor, statement):
    """The generic plan: the one that fits any values."""
    kinds = []

    def mark(position, kind):
        kinds.append("bigint" if kind in INTS else "varchar")  # as apr_dbd_pgsql declares them
        return f"${position}"
    text, _ = statement.positional(mark)
    cursor.execute("PREPARE looked_at" + (f"({', '.join(kinds)})" if kinds else "") + " AS " + text.replace("%", "%%"), [])
    try:
        cursor.execute("EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE looked_at" + (f"({', '.join(['NULL'] * len(kinds))})" if kinds else ""))
        plan = cursor.fetchone()[0]
        return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    finally:
        cursor.execute("DEALLOCATE looked_at")


def pgsql_leading(cursor):
    """{index: (table, its first column)}"""
    cursor.execute("SELECT i.relname, t.relname, pg_get_indexdef(x.indexrelid, 1, true) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
                   "JOIN pg_class t ON t.oid = x.indrelid WHERE t.relnamespace = 'public'::regnamespace")
    return {index: (table, column) for index, table, column in cursor.fetchall()}


def pgsql_scans(plan, leading):
    """{table}: scanned, or read through an index whose first column is not given."""
    scans = set()
    kind, index = plan["Node Type"], plan.get("Index Name")
    if kind in ("Seq Scan", "Sample Scan"):
        scans.add(plan["Relation Name"])
    elif index and not re.search(rf"(?<!\w){re.escape(leading[index][1])}\b", plan.get("Index Cond", "")):
        scans.add(leading[index][0])
    for child in plan.get("Plans", ()):
        scans |= pgsql_scans(child, leading)
    return scans
