# SPDX-License-Identifier: Apache-2.0
"""What one person may cause: docs/limits.md says what domain/limits.h does."""
import re

from .house import Fault, guard

TABLE, PAGE = "mod_waterportal/domain/limits.h", "docs/limits.md"
TIMES = {3600: "an hour", 86400: "a day"}


def raised(dump):
    next(limit for limit in dump["limits"] if limit["name"] == "forms")["initial"] += 1


@guard(Fault(TABLE, "the row of forms is not what domain/limits.h says", at=PAGE, dump=raised),
       Fault(PAGE, "there is no limit planted", append="\n| `planted` | 1 | 1 | 1 | an hour | x |\n"))
def limits_documented(house):
    """Each limit has its row, as it is."""
    limits = house.dump()["limits"]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| ([^|]+) \| ([^|]+) \|$", house.text(PAGE), re.M)
    for limit in limits:
        numbers = (str(limit[name]) for name in ("initial", "least", "most"))
        if (limit["name"], *numbers, TIMES[limit["seconds"]], limit["what"]) not in rows:
            house.found(PAGE, 1, f"the row of {limit['name']} is not what domain/limits.h says")
    for name, *_ in rows:
        if name not in {limit["name"] for limit in limits}:
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
