# SPDX-License-Identifier: Apache-2.0
"""Nothing is written that nobody decided how long to keep."""
import re

from .house import Fault, guard

TABLE, PAGE = "mod_waterportal/domain/retention.h", "docs/limits.md"


@guard(Fault("sql/planted.sql", "portal_planted has no row in domain/retention.h", plant="create table portal_planted (id bigint);\n"),
       Fault(TABLE, ("there is no table portal_planted", "does not say why portal_planted is kept"),
             dump=lambda dump: dump["retention"]["kept"].update(portal_planted="x")),
       Fault(PAGE, "there is no name planted", append="\n| `planted` | `portal_audit` | 1 | 1 | x |\n"))
def retention_decided(house):
    """Each table of the portal has its time, a statement that forgets, and a row of docs/limits.md."""
    page, retention = house.text(PAGE), house.dump()["retention"]
    rules, kept = retention["rules"], retention["kept"]
    decided = {rule["table"] for rule in rules} | kept.keys()
    sql = {p: house.text(p) for p in house.files("sql", ".sql")}
    made = {m[1]: p for p, text in sql.items() for m in re.finditer(r"^create table (portal_\w+)", text, re.M)}
    for table in sorted(made.keys() - decided):
        house.found(made[table], 1, f"{table} has no row in domain/retention.h: how long is it kept?")
    for table in sorted(decided - made.keys()):
        house.found(TABLE, 1, f"there is no table {table}")
    queries = {m for text in sql.values() for m in re.findall(r"^-- @query (\w+)$", text, re.M)}
    rows = re.findall(r"^\| `(\w+)` \| `(portal_\w+)` \| (\d+) \| (\d+|–) \|", page, re.M)
    for rule in rules:
        name, least = rule["name"], str(rule["least"] or "–")
        if not {f"tidy_{name}", f"tidy_{name}_count"} <= queries:
            house.found(TABLE, 1, f"the statement tidy_{name} or tidy_{name}_count is missing")
        if (name, rule["table"], str(rule["days"]), least) not in rows:
            house.found(PAGE, 1, f"the row of {name} is not what domain/retention.h says")
    for name, *_ in rows:
        if name not in {rule["name"] for rule in rules}:
            house.found(PAGE, 1, f"there is no name {name} in domain/retention.h")
    for table in kept:
        if f"`{table}`" not in page:
            house.found(PAGE, 1, f"does not say why {table} is kept")
    house.looked(len(rules), 20, "rules of retention")
    house.looked(len(made), 24, "tables of the portal")
