# SPDX-License-Identifier: Apache-2.0
"""What one person may cause: docs/limits.md says what portal/limits.h does."""
import re

from .house import Fault, guard

TABLE, PAGE = "mod_waterportal/portal/limits.h", "docs/limits.md"
TIMES = {"3600": "an hour", "86400": "a day"}


@guard(Fault(TABLE, "the row of forms is not what portal/limits.h says", at=PAGE, old=r'(X\(WP_LIMIT_\w+,\s+"forms",\s+)\d+', new=r"\g<1>7"),
       Fault(PAGE, "there is no limit planted", append="\n| `planted` | 1 | 1 | 1 | an hour | x |\n"))
def limits_documented(house):
    """Each limit has its row, as it is."""
    limits = re.findall(r'X\(WP_LIMIT_\w+,\s+"(\w+)",\s+(\d+),\s+(\d+),\s+(\d+),\s+(\d+),\s+"([^"]+)"\)', house.text(TABLE))
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| ([^|]+) \| ([^|]+) \|$", house.text(PAGE), re.M)
    for name, *numbers, seconds, what in limits:
        if (name, *numbers, TIMES[seconds], what) not in rows:
            house.found(PAGE, 1, f"the row of {name} is not what portal/limits.h says")
    for name, *_ in rows:
        if name not in {limit[0] for limit in limits}:
            house.found(PAGE, 1, f"there is no limit {name}")
    house.looked(len(limits), 8, "limits")


@guard(Fault(PAGE, "cites tests/http/test_planted.py::, which is not there", append="\n`tests/http/test_planted.py`\n"),
       Fault(PAGE, "cites tests/http/test_limits.py::test_planted, which is not there", append="\n`tests/http/test_limits.py::test_planted`\n"))
def limits_tests(house):
    """A limit's test is one that exists."""
    cited = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", house.text(PAGE))
    for path, name in cited:
        if not house.exists(path) or (name and not re.search(rf"^def {name}\(", house.text(path), re.M)):
            house.found(PAGE, 1, f"cites {path}::{name}, which is not there")
    house.looked(len(cited), 15, "cited tests")
