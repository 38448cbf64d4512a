# SPDX-License-Identifier: Apache-2.0
"""The rules for readings: thresholds as documented, and every number that a text speaks of is given."""
import json
import re

from .house import Fault, guard
from .texts import catalogue, finding_keys

PAGE, RULES = "docs/reading-rules.md", "mod_waterportal/domain/reading/check.h"
VECTORS = "tests/vectors/readings.json"


@guard(Fault(PAGE, "the row of high-percent is not what the code says", old=r"^\| `high-percent` \| \d+", new="| `high-percent` | 1"))
def readings_thresholds(house):
    """Each threshold has its row, as it is."""
    thresholds = house.dump()["thresholds"]
    for row in thresholds:
        if f"| `{row['name']}` | {row['initial']} | {row['least']} | {row['most']} |" not in house.text(PAGE):
            house.found(PAGE, 1, f"the row of {row['name']} is not what the code says")
    house.looked(len(thresholds), 10, "thresholds")


def cases(house):
    """code → the names of the numbers given with it, of each time that it is found"""
    given = {}
    for case in json.loads(house.text(VECTORS) or '{"cases": []}')["cases"]:
        expect = case["expect"]
        for one in [*(expect.get("findings") or []), *(expect.get("choices") or [])]:
            names = {name for name, value in one["args"].items() if value is not None} | {"other" for _ in range("other" in one)}
            given.setdefault(one["code"], []).append(names)
    return given


def row_labels(house):
    """(code or "", number, condition, body) of the templates that show a number of a finding, and where they are"""
    for path in house.files("xslt", ".xsl"):
        if "mode=\"rule-label\"" in house.text(path):
            return path, re.findall(r"match=\"(?:ask\[@code = '(\w+)'\]/)?arg\[@name = '(\w+)'\](?:\[\.\./arg/@name = '(\w+)'\])?\""
                                    r"[^>]*mode=\"rule-label\"[^>]*>(.*?)</xsl:template>", house.text(path), re.S)
    return None, []


@guard(Fault("xslt/l10n/lv.xml", "speaks of ['planted']", old=r'(<text key="ask\.high\.text"[^>]*>)', new=r"\1{planted} ", at=RULES),
       Fault(RULES, "no case has the code season_flat", at=VECTORS, dump=lambda dump: dump["findings"][-1].update(code="season_flat")))
def readings_numbers(house):
    """Every number that the text of a finding speaks of is one that the code gives with it: in all vectors."""
    lv, given, (place, labels) = catalogue(house, "lv"), cases(house), row_labels(house)
    for key in finding_keys(house):
        family, code = key.split(".")[:2]
        if family not in ("ask", "error", "choice"):
            continue
        if code not in given:
            house.found(VECTORS, 1, f"no case has the code {code}")
        # the page adds the value that is asked about, the form what was typed; a choice's hint needs all its numbers or none
        always = {"value"} if family == "ask" else {"typed", "serial", "max"} if family == "error" else set()
        needed = set(re.findall(r"\{(\w+)\}", lv[key][0])) if key in lv else set()
        for names in given.get(code, []):
            if not needed <= names | always and not (family == "choice" and not names):
                house.found(RULES, 1, f"{key} speaks of {sorted(needed - names - always)}, which the code does not give with {sorted(names)}")
            for only, name, condition, body in labels:
                lacks = set(re.findall(r"\.\./arg\[@name = '(\w+)'\]", body)) - names
                if family == "ask" and name in names and only in ("", code) and (not condition or condition in names) and lacks:
                    house.found(place, 1, f"the row of {name} needs {sorted(lacks)}, which {code} does not give with {sorted(names)}")
    house.looked(len(given), 35, "codes in the vectors")
    house.looked(len(labels), 12, "labels of numbers")
