# SPDX-License-Identifier: Apache-2.0
"""Named statements: each says whose rows it reads."""
import re

from .house import Fault, guard, line_of

SCOPES = "tests/guards/scopes.txt"
QUERY = r"-- @query {}\n-- @scope {}\nselect 1\n"


@guard(Fault("sql/planted.sql", "planted has no scope", plant="-- @query planted\nselect 1\n"),
       Fault("sql/planted.sql", "planted is of account scope and does not join portal_access", plant="-- @query planted\n-- @scope account\nselect 1\n"),
       Fault("sql/planted.sql", "planted is of system scope: have it reviewed", plant="-- @query planted\n-- @scope system\nselect 1\n"),
       Fault(SCOPES, "planted is no statement", append="planted\n"))
def statements_scopes(house):
    """A statement of account scope joins portal_access; of every other somebody decided that it need not."""
    reviewed, seen = house.text(SCOPES).split(), set()
    for path in house.files("sql", ".sql"):
        content = house.text(path)
        for m in re.finditer(r"-- @query (\w+)\n(.*?)(?=^-- @query|^-- @schema|\Z)", content, re.S | re.M):
            scope = re.search(r"-- @scope (\w+)", m[2])
            seen.add(m[1])
            if not scope:
                house.found(path, line_of(content, m.start()), f"{m[1]} has no scope")
            elif scope[1] == "account" and "portal_access" not in m[2]:
                house.found(path, line_of(content, m.start()), f"{m[1]} is of account scope and does not join portal_access")
            elif scope[1] != "account" and m[1] not in reviewed:
                house.found(path, line_of(content, m.start()), f"{m[1]} is of {scope[1]} scope: have it reviewed, then add it to {SCOPES}")
    for name in reviewed:
        if name not in seen:
            house.found(SCOPES, 1, f"{name} is no statement")
    house.looked(len(seen), 350, "statements")


# statement → the one file of C that names it: whoever else writes such a row fills the struct of that file's header
BINDINGS = {"audit_add": "mod_waterportal/store/audit.c", "audit_seen": "mod_waterportal/store/audit.c",
            "case_open": "mod_waterportal/store/cases.c", "outbox_add": "mod_waterportal/notify/outbox.c"}
# table → the one statement that makes its rows
MAKERS = {"portal_audit": "audit_add", "portal_case": "case_open", "portal_outbox": "outbox_add"}
BULK = "sql/demo/bulk.sql"  # thousands of rows by one statement, out of nothing but the database
PLANTED = "mod_waterportal/portal/planted.c"


@guard(Fault(PLANTED, "audit_add is bound in mod_waterportal/store/audit.c", plant='wp_db_change(db, "audit_add", args, NULL);\n'),
       Fault("tools/town/planted.c", "outbox_add is bound in mod_waterportal/notify/outbox.c", plant='const char *name = "outbox_add";\n'),
       Fault("mod_waterportal/store/audit.c", "audit_add is not named here", old='"audit_add"', new='"audit_plus"'))
def statements_bindings(house):
    """What several rooms write is bound in one place."""
    count = 0
    for path in house.c(".c"):
        content = house.text(path)
        for m in re.finditer(r'"(\w+)"', content):
            home = BINDINGS.get(m[1])
            count += home == str(path)
            if home and home != str(path):
                house.found(path, line_of(content, m.start()), f"{m[1]} is bound in {home}: fill its struct")
    for name, home in BINDINGS.items():
        if house.exists(home) and f'"{name}"' not in house.text(home):
            house.found(home, 1, f"{name} is not named here")
    house.looked(count, len(BINDINGS) - 1, "bound statements")


@guard(Fault("sql/planted.sql", "planted makes rows of portal_audit", plant="-- @query planted\nINSERT INTO portal_audit (audit_id) values (:id);\n"))
def statements_makers(house):
    """Rows of these tables come by one statement."""
    count = 0
    for path in (p for p in house.files("sql", ".sql") if str(p) != BULK):
        content = house.text(path)
        for m in re.finditer(r"-- @query (\w+)\n(.*?)(?=^-- @query|^-- @schema|\Z)", content, re.S | re.M):
            for table in re.findall(r"\binsert\s+into\s+(\w+)", m[2], re.I):
                count += table in MAKERS
                if MAKERS.get(table, m[1]) != m[1]:
                    house.found(path, line_of(content, m.start()), f"{m[1]} makes rows of {table}: that is what {MAKERS[table]} is for")
    house.looked(count, len(MAKERS), "statements that make rows")
