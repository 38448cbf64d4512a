# SPDX-License-Identifier: Apache-2.0
"""What the sections declare about their routes, and what a delegation's level allows: read from where it stands, so that
nothing is said twice."""
import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parents[2]
BITS = {name: int(bit) for name, bit in re.findall(r"WP_RIGHT_(\w+) = (\d+)", (TOP / "mod_waterportal/portal/section.h").read_text(encoding="utf-8"))}
LEVELS = {level: int(rights) for level, rights in re.findall(r"when '(\w+)' then (\d+)", re.search(
    r"case d\.level (.*?) end", (TOP / "sql/portal.sql").read_text(encoding="utf-8"))[1])}


def declared():
    """(section, route) → contract, right (bits), whole, stepup."""
    found = {}
    for path in sorted((TOP / "mod_waterportal/sections").glob("*.c")):
        for m in re.finditer(r'\{\.name = "(\w+)",\s*\.path = "[^"]*",\s*\.need = WP_NEED_\w+([^}]*)\}', path.read_text(encoding="utf-8")):
            contract, right = re.search(r"\.contract = WP_CONTRACT_(\w+)", m[2]), re.search(r"\.right = WP_RIGHT_(\w+)", m[2])
            found[path.stem, m[1]] = {"contract": contract[1] if contract else "NONE", "right": BITS[right[1]] if right else BITS["ANY"],
                                      "whole": ".whole = true" in m[2], "stepup": ".stepup = true" in m[2]}
    return found
