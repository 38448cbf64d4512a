# SPDX-License-Identifier: Apache-2.0
"""Named statements: each says whose rows it reads."""
import re

from .house import Fault, guard, line_of

SCOPES = "tests/guards/scopes.txt"
CLAUSES = "sql/store/clauses.sql"
BLOCK = re.compile(r"^-- @(query|clause) (\w+)[^\n]*\n(.*?)(?=^-- @query|^-- @clause|^-- @schema|\Z)", re.S | re.M)


def blocks(house, kind):
    """(path, line, name, text) of every statement or clause, without comments."""
    for path in house.files("sql", ".sql"):
        content = house.text(path)
        for m in BLOCK.finditer(content):
            if m[1] == kind:
                yield path, line_of(content, m.start()), m[2], re.sub(r"--(?! @).*", "", m[3])


@guard(Fault("sql/planted.sql", "planted has no scope", plant="-- @query planted\nselect 1\n"),
       Fault("sql/planted.sql", "planted is of account scope and does not join portal_access", plant="-- @query planted\n-- @scope account\nselect 1\n"),
       Fault("sql/planted.sql", "planted is of system scope: have it reviewed", plant="-- @query planted\n-- @scope system\nselect 1\n"),
       Fault(SCOPES, "planted is no statement", append="planted\n"))
def statements_scopes(house):
    """A statement of account scope joins portal_access; of every other somebody decided that it need not."""
    reviewed, seen = house.text(SCOPES).split(), set()
    joining = "|".join(name for _, _, name, text in blocks(house, "clause") if "portal_access" in text)
    joins = re.compile(r"\bportal_access\b" + (r"|\{(%s)\b" % joining if joining else ""))
    for path, line, name, text in blocks(house, "query"):
        scope = re.search(r"-- @scope (\w+)", text)
        seen.add(name)
        if not scope:
            house.found(path, line, f"{name} has no scope")
        elif scope[1] == "account" and not joins.search(text):
            house.found(path, line, f"{name} is of account scope and does not join portal_access")
        elif scope[1] != "account" and name not in reviewed:
            house.found(path, line, f"{name} is of {scope[1]} scope: have it reviewed, then add it to {SCOPES}")
    for name in reviewed:
        if name not in seen:
            house.found(SCOPES, 1, f"{name} is no statement")
    house.looked(len(seen), 350, "statements")


def planted(text):
    return "-- @query planted\n-- @scope account\nselect 1 from portal_access a where " + text + ";\n"


# what is decided by a clause → what to write instead
DECIDED = {r"\bbetween\s+\w+\.since\s+and\s+\w+\.until\b": "the days of a right stand in clauses.sql: {in_force a}",
           r"\baccount_id\s*=\s*:account\s+and\s+\{in_force|\{in_force (\w+)\}\s+and\s+\1\.account_id\b":
               "who may see what stands in clauses.sql: {held a}, {may a r}",
           r"\brights\s*&\s*\d|&\s*\d+\s*\)": "a right has a name: {right pay}",
           r"\bdue_on\s*[<>]|\bpaying_(c|until)\s*[<>=]|\bopen_c\s*[<>]=?\s*(\w+\.)?total_c": "what an invoice is stands in clauses.sql: {invoice_state i}",
           r"\bverified_until\s*<\s*:today|\bremote\s*=\s*0|\bkind in \('read', 'customer'|\b[mn]\.removed_on is null(?! or)":
               "what a meter is stands in clauses.sql: {window_state m}, {read_by_customer m}, {in_place m}, {verification_expired m}"}


@guard(Fault("sql/planted.sql", "the days of a right stand in clauses.sql", plant=planted(":today between a.since and a.until")),
       Fault("sql/planted.sql", "who may see what stands in clauses.sql", plant=planted("a.account_id = :account and {in_force a}")),
       Fault("sql/planted.sql", "a right has a name", plant=planted("{held a} and (a.rights & 8) > 0")),
       Fault("sql/planted.sql", "a right has a name", plant=planted("{held a} and max(a.whole & 64) > 0")),
       Fault("sql/planted.sql", "what an invoice is stands in clauses.sql", plant=planted("{held a} and exists (select 1 from x i where i.due_on < :today)")),
       Fault("sql/planted.sql", "what an invoice is stands in clauses.sql", plant=planted("{held a} and exists (select 1 from x i where i.paying_c > 0)")),
       Fault("sql/planted.sql", "what a meter is stands in clauses.sql", plant=planted("{held a} and exists (select 1 from x m where m.remote = 0)")),
       Fault("sql/planted.sql", "what a meter is stands in clauses.sql", plant=planted("{held a} and exists (select 1 from x m where m.removed_on is null)")),
       Fault(CLAUSES, "planted is used by no statement", append="\n-- @clause planted\n1 = 1;\n"),
       Fault(CLAUSES, "allowed: its alias a must begin with allowed_", old=r"portal_access allowed_a ", new="portal_access a "),
       Fault(CLAUSES, "all_rights leaves out pay", old=r" \+ max\(\{column\} & \{right pay\}\)", new=""))
def statements_clauses(house):
    """What clauses are for stands in no statement; none is left over, none hides an alias of a statement."""
    statements, clauses = list(blocks(house, "query")), list(blocks(house, "clause"))
    for path, line, name, text in statements:
        for pattern, instead in DECIDED.items():
            if re.search(pattern, text):
                house.found(path, line, f"{name}: {instead}")
    uses = set(re.findall(r"\{(\w+)", "".join(text for *_, text in statements + clauses)))
    for path, line, name, text in clauses:
        if name not in uses:
            house.found(path, line, f"{name} is used by no statement")
        for alias in re.findall(r"\b(?:from|join)\s+\w+\s+(\w+)", text):
            if not alias.startswith(f"{name}_"):
                house.found(path, line, f"{name}: its alias {alias} must begin with {name}_")
        if name == "all_rights":
            for right in house.dump()["rights"].keys() - {"any"} - set(re.findall(r"\{right (\w+)\}", text)):
                house.found(path, line, f"{name} leaves out {right}")
    house.looked(len(clauses), 12, "clauses")


@guard(Fault("sql/store/portal.sql", "the view gives 20 for read, domain/rights.h 21", old=r"when 'read' then 21", new="when 'read' then 20"),
       Fault("sql/store/portal.sql", "the view gives 0 for pay, domain/rights.h 12", old=r"when 'pay' then 12", new=""),
       Fault("sql/store/portal.sql", "the view gives 63 to a holder, domain/rights.h 127", old=r"127 as rights", new="63 as rights"),
       Fault("sql/store/portal.sql", "the view gives 63 for full, domain/rights.h 127", dump=lambda dump: dump["levels"].update(full=127)))
def statements_levels(house):
    """The view portal_access, a step that databases ran, has the numbers of domain/rights.h."""
    path, count = "sql/store/portal.sql", 0
    for m in re.finditer(r"create view portal_access as(.*?);", house.text(path), re.S):
        line, levels = line_of(house.text(path), m.start()), dict(re.findall(r"when '(\w+)' then (\d+)", m[1]))
        for level, rights in house.dump()["levels"].items():
            count += level in levels
            if int(levels.get(level, 0)) != rights:
                house.found(path, line, f"the view gives {levels.get(level, 0)} for {level}, domain/rights.h {rights}")
        for rights in re.findall(r"(\d+) as rights", m[1]):
            if int(rights) != house.dump()["rights"]["any"]:
                house.found(path, line, f"the view gives {rights} to a holder, domain/rights.h {house.dump()['rights']['any']}")
    house.looked(count, 3, "levels of the view")


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
    for path, line, name, text in (block for block in blocks(house, "query") if str(block[0]) != BULK):
        for table in re.findall(r"\binsert\s+into\s+(\w+)", text, re.I):
            count += table in MAKERS
            if MAKERS.get(table, name) != name:
                house.found(path, line, f"{name} makes rows of {table}: that is what {MAKERS[table]} is for")
    house.looked(count, len(MAKERS), "statements that make rows")


# who may name a statement that writes rows of the portal: the acts and the stores, one sender of messages, and the demo town
WRITERS = ("mod_waterportal/service/", "mod_waterportal/store/", "mod_waterportal/notify/outbox.c", "tools/town/")
WRITES = re.compile(r"\b(?:insert\s+into|update|delete\s+from)\s+portal_", re.I)


@guard(Fault("mod_waterportal/sections/planted.c", "form_settle writes rows of the portal", plant='wp_db_change(page->db, "form_settle", args, NULL);\n'),
       Fault("mod_waterportal/portal/engine/planted.c", "token_count writes rows of the portal", plant='const char *query = "token_count";\n'),
       Fault("tools/ctl/planted.c", "session_leave writes rows of the portal", plant='static const char *const names[] = {"session_leave"};\n'),
       Fault("sql/planted.sql", "act_list writes rows of the portal", at="mod_waterportal/sections/acts.c",
             plant="-- @query act_list\n-- @scope account\nUPDATE portal_account SET name = '' where {held a};\n"))
def statements_writers(house):
    """Who writes rows of the portal is a service or a store, so that every door does it alike."""
    writing = {name for _, _, name, text in blocks(house, "query") if WRITES.search(text)}
    named = 0
    for path in house.c(".c"):
        content = house.text(path)
        for m in re.finditer(r'"(\w+)"', content):
            named += m[1] in writing
            if m[1] in writing and not str(path).startswith(WRITERS):
                house.found(path, line_of(content, m.start()), f"{m[1]} writes rows of the portal: services and stores do that")
    house.looked(named, 60, "names of statements that write")
