# SPDX-License-Identifier: Apache-2.0
"""What the sections declare about their routes, and what a delegation's level allows: as the portal was built
(waterportalctl check --dump), so that nothing is said twice."""
import json
import os
import pathlib
import re
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("WP_BUILD", TOP / "build-demo"))
DUMP = json.loads(subprocess.run([BUILD / "waterportalctl", "check", "--dump"], capture_output=True, text=True, check=True).stdout)
BITS = {name.upper(): bit for name, bit in DUMP["rights"].items()}
LEVELS = {level: int(rights) for level, rights in re.findall(r"when '(\w+)' then (\d+)", re.search(
    r"case d\.level (.*?) end", (TOP / "sql/store/portal.sql").read_text(encoding="utf-8"))[1])}


def declared():
    """(section, route) → contract, right (bits), whole, stepup."""
    return {(route["section"], route["name"]): {"contract": route["contract"].upper(), "right": BITS[(route["right"] or "any").upper()],
                                                "whole": route["whole"], "stepup": route["stepup"], "form": bool(route["form"])}
            for route in DUMP["routes"]}
