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
