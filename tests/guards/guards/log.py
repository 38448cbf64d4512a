# SPDX-License-Identifier: Apache-2.0
"""Log lines: their numbers, their reference."""
import re

from .house import Fault, guard, line_of

TABLE, REFERENCE = "mod_waterportal/base/log_events.h", "docs/log-messages.md"


def reference(house):
    rows = "".join(f"| WP{e['number']:04} | {e['level'].lower()} | {e['meaning']} | {e['remedy']} |\n"
                   for e in sorted(house.dump()["log"], key=lambda e: e["number"]))
    return ("# Log messages\n\nEvery line at notice and above begins with its number, which never changes; made from `base/log_events.h`.\n\n"
            "| number | level | what it means | what to do |\n|---|---|---|---|\n" + rows)


def twice(dump):
    dump["log"][1]["number"] = dump["log"][0]["number"]


def unused(dump):
    dump["log"].append({"id": "WP_EV_PLANTED", "number": 9999, "level": "ERROR", "meaning": "a", "remedy": "b"})


@guard(Fault(REFERENCE, "is not what base/log_events.h says", old=r"\| WP0201 \| error \|", new="| WP0201 | notice |"),
       Fault(TABLE, ("WP_EV_PLANTED is used nowhere", "is not what base/log_events.h says"), dump=unused),
       Fault(TABLE, ("the number 101 occurs more than once", "is not what base/log_events.h says"), dump=twice))
def log_events(house):
    """docs/log-messages.md has every number; every number occurs once and is used."""
    if house.text(REFERENCE) != reference(house):
        house.found(REFERENCE, 1, "is not what base/log_events.h says: tests/guards/run --write")
    events = house.dump()["log"]
    numbers = [e["number"] for e in events]
    for number in {n for n in numbers if numbers.count(n) > 1}:
        house.found(TABLE, 1, f"the number {number} occurs more than once")
    sources = "".join(house.text(p) for p in house.c(".c"))
    used = set(re.findall(r"\bWP_EV_\w+", sources))
    for event in events:
        if event["id"] not in used:
            house.found(TABLE, 1, f"{event['id']} is used nowhere")
    house.looked(len(numbers), 50, "log events")


@guard(Fault("mod_waterportal/httpd/planted.c", "warnings and errors go through wp_log_event", plant='ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "no");\n'))
def log_calls(house):
    """Nothing at warning or above goes past the table."""
    paths = house.files("mod_waterportal", ".c")
    for path in paths:
        content = house.text(path)
        for m in re.finditer(r"ap_log_[rp]?error\([^;]*APLOG_(?:WARNING|ERR|CRIT)", content):
            if path.name != "log.c":
                house.found(path, line_of(content, m.start()), "warnings and errors go through wp_log_event")
    house.looked(len(paths), 120, "files of C")
