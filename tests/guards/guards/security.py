# SPDX-License-Identifier: Apache-2.0
"""The table of docs/security.md: every requirement of ASVS 5.0, levels 1 and 2, stands there once, and what is cited exists.
"""
import re

from .house import Fault, guard

PAGE = "docs/security.md"
# levels 1 and 2: for each section the last number and the numbers of level 3 that are left out
SECTIONS = """1.1:2 1.2:10-10 1.3:12-12 1.4:3 1.5:3-3 2.1:3 2.2:3 2.3:5-5 2.4:2-2 3.2:3-3 3.3:5-5 3.4:8-7,8 3.5:8-6,7,8 3.7:5-3,4,5
4.1:5-4,5 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2
8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
17.1:1 17.2:4 17.3:2"""
FEWEST_CITED = 120


def required():
    for entry in SECTIONS.split():
        section, _, rest = entry.partition(":")
        last, _, left_out = rest.partition("-")
        yield from (f"{section}.{n}" for n in range(1, int(last) + 1) if str(n) not in left_out.split(","))


def expand(numbers):
    """"10.3.1–4" → 10.3.1 … 10.3.4"""
    first, _, last = numbers.partition("–")
    section, _, start = first.rpartition(".")
    return [f"{section}.{n}" for n in range(int(start), int(last or start) + 1)]


def rows(page):
    for number, line in enumerate(page.splitlines(), 1):
        if re.match(r"\| \d+\.\d+\.\d+", line):
            yield number, [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def places(house):
    """name → files: every file that may be cited, by its path and by its name."""
    found = {"configure.ac": ["configure.ac"]}
    for folder in ("tests", "docs", "mod_waterportal", "tools"):
        for path in house.files(folder):
            for name in {path.name, f"{path.parent.name}/{path.name}", str(path)}:
                found.setdefault(name, []).append(path)
    return found


def cited(house, evidence, known):
    """What is wrong with the citations of one cell."""
    for citation in re.findall(r"`([^`]+)`", evidence):
        name, _, test = citation.partition("::")
        if name not in known:
            yield f"there is no {name}"
        elif test and not any(re.search(rf"(?:def|void|function) {re.escape(test)}\(", house.text(path)) for path in known[name]):
            yield f"{name} has no {test}"


@guard(Fault(PAGE, "the requirement 1.1.1 is missing", old=r"^\| 1\.1\.1 \|.*\n", new=""),
       Fault(PAGE, "the requirement 1.1.1 occurs more than once", old=r"^(\| 1\.1\.1 \|.*\n)", new=r"\1\1"),
       Fault(PAGE, "test_form.c has no pairs_are_imagined", old="test_form.c::pairs_are_decoded", new="test_form.c::pairs_are_imagined"),
       Fault(PAGE, "there is no test_forms.c", old="`test_form.c::pairs_are_decoded`", new="`test_forms.c`"))
def security_table(house):
    """Every requirement stands there once, and what is cited exists."""
    known, seen, count, table = places(house), [], 0, list(rows(house.text(PAGE)))
    for line, what in wrong_rows(house, table, known):
        house.found(PAGE, line, what)
    for _, cells in table:
        seen += expand(cells[0])
        count += cells[-1].count("`") // 2
    for number in sorted(set(required()) - set(seen)):
        house.found(PAGE, 1, f"the requirement {number} is missing")
    for number in sorted(n for n in set(seen) if seen.count(n) > 1 or n not in set(required())):
        house.found(PAGE, 1, f"the requirement {number} occurs more than once, or is of no level")
    house.looked(count, FEWEST_CITED, "citations")


def wrong_rows(house, table, known):
    for line, cells in table:
        if len(cells) != 4:
            yield line, f"{len(cells)} cells; a row has four"
            continue
        yield from ((line, what) for what in cited(house, cells[3], known))
        if not re.search(r"`", cells[3]) and cells[3] != "–":
            yield line, "cite a test in backquotes, or write a dash"
        if cells[3] == "–" and not re.match(r"(not applicable|the site's): \S", cells[2]):
            yield line, "a dash needs its reason: “not applicable: …” or “the site's: …”"
