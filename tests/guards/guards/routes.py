# SPDX-License-Identifier: Apache-2.0
"""Routes: what each must declare."""
import json
import re

from .house import Fault, guard, line_of

MATRIX = "tests/http/access-matrix.json"
ONE_THING = {("invoices", "ubl")}  # files about one thing, which cost what a page costs
PLANTED = "mod_waterportal/sections/planted.c"


def section_of(path):
    """sections/acts.c → acts, sections/pay/section.c → pay"""
    return path.stem if path.parent.name == "sections" else path.parent.name


def routes(house):
    """Every route as the sections declare it."""
    for path in house.files("mod_waterportal/sections", ".c"):
        content = house.text(path)
        for m in re.finditer(r'\{\.name = "(\w+)",\s*\.path = "([^"]*)",\s*\.need = WP_NEED_(\w+)([^}]*)\}', content):
            contract, right = re.search(r"\.contract = WP_CONTRACT_(\w+)", m[4]), re.search(r"\.right = WP_RIGHT_(\w+)", m[4])
            yield {"section": section_of(path), "name": m[1], "path": m[2], "need": m[3].lower(), "stepup": ".stepup = true" in m[4], "file": path,
                   "line": line_of(content, m.start()), "contract": contract[1] if contract else "NONE", "right": right and right[1],
                   "download": ".file = " in m[4] or ".save_file = " in m[4], "heavy": ".heavy = true" in m[4]}


def planted(rest):
    return f'static const wp_route_t routes[] = {{{{.name = "planted", .path = "{rest}}}}};\n'


@guard(Fault(PLANTED, "declare its .right", plant=planted('", .need = WP_NEED_ACCOUNT, .contract = WP_CONTRACT_ALL')),
       Fault(PLANTED, "a step-up's path begins with /confirm/", plant=planted('/sure", .need = WP_NEED_ACCOUNT, .stepup = true')))
def routes_rights(house):
    """A route about a contract says which right it needs; a step-up stands below /confirm/."""
    every = list(routes(house))
    for route in every:
        if route["contract"] != "NONE" and not route["right"]:
            house.found(route["file"], route["line"], f"{route['name']} is about a contract: declare its .right (WP_RIGHT_ANY if any will do)")
        if route["stepup"] != route["path"].startswith("/confirm/"):
            house.found(route["file"], route["line"], f"{route['name']}: a step-up's path begins with /confirm/, and no other's (conf/oidc.conf)")
    house.looked(len(every), 60, "routes")
    house.looked(sum(route["contract"] != "NONE" for route in every), 25, "routes about contracts")
    house.looked(sum(route["stepup"] for route in every), 1, "routes with a step-up")


@guard(Fault(PLANTED, "declare it .heavy", plant=planted('", .need = WP_NEED_ACCOUNT, .file = "all.csv"')))
def routes_heavy(house):
    """A file of many rows waits for room."""
    files = [route for route in routes(house) if route["download"]]
    for route in files:
        if not route["heavy"] and (route["section"], route["name"]) not in ONE_THING:
            house.found(route["file"], route["line"], f"{route['name']} is a file of many rows: declare it .heavy (portal/heavy.h)")
    house.looked(len(files), 4, "routes to files")


@guard(Fault(PLANTED, "the route ('planted', 'planted', 'account') has no row", plant=planted('", .need = WP_NEED_ACCOUNT'), at=MATRIX),
       Fault(MATRIX, "there is no route ('planted', 'planted', 'account')", old=r'"routes": \[', new='"routes": [{"section": "planted", "route": "planted", "need": "account"},'))
def routes_matrix(house):
    """The access matrix has every route."""
    matrix = {(r["section"], r["route"], r["need"]) for r in json.loads(house.text(MATRIX) or '{"routes": []}')["routes"]}
    code = {(route["section"], route["name"], route["need"]) for route in routes(house)}
    for missing in sorted(code - matrix):
        house.found(MATRIX, 1, f"the route {missing} has no row")
    for gone in sorted(matrix - code):
        house.found(MATRIX, 1, f"there is no route {gone}")
    house.looked(len(code), 60, "routes")
