# SPDX-License-Identifier: Apache-2.0
"""Routes: what each must declare."""
import json

from .house import Fault, guard

MATRIX = "tests/http/access-matrix.json"
ONE_THING = {("invoices", "ubl")}  # files about one thing, which cost what a page costs
PLANTED = "mod_waterportal/sections/api/section.c"


def routes(house):
    """Every route, as it was built, with the file of its section."""
    for route in house.dump()["routes"]:
        yield {**route, "place": house.section(route["section"])}


def planted(**members):
    """One more route, as a section would declare it."""
    def change(dump):
        dump["routes"].append({**next(r for r in dump["routes"] if r["section"] == "api"), "name": "planted", **members})
    return change


@guard(Fault(PLANTED, "declare its .right", dump=planted(contract="all", right=None)),
       Fault(PLANTED, "a step-up's path begins with /confirm/", dump=planted(stepup=True)))
def routes_rights(house):
    """A route about a contract says which right it needs; a step-up stands below /confirm/."""
    every = list(routes(house))
    for route in every:
        if route["contract"] != "none" and not route["right"]:
            house.found(route["place"], 1, f"{route['name']} is about a contract: declare its .right (WP_RIGHT_ANY if any will do)")
        if route["stepup"] != route["path"].startswith("/confirm/"):
            house.found(route["place"], 1, f"{route['name']}: a step-up's path begins with /confirm/, and no other's (conf/oidc.conf)")
    house.looked(len(every), 60, "routes")
    house.looked(sum(route["contract"] != "none" for route in every), 25, "routes about contracts")
    house.looked(sum(route["stepup"] for route in every), 1, "routes with a step-up")


@guard(Fault(PLANTED, "declare it .heavy", dump=planted(file="all.csv", heavy=False)))
def routes_heavy(house):
    """A file of many rows waits for room."""
    files = [route for route in routes(house) if route["file"] or route["save_file"]]
    for route in files:
        if not route["heavy"] and (route["section"], route["name"]) not in ONE_THING:
            house.found(route["place"], 1, f"{route['name']} is a file of many rows: declare it .heavy (portal/engine/heavy.h)")
    house.looked(len(files), 4, "routes to files")


@guard(Fault(PLANTED, "the route ('api', 'planted', 'account') has no row", dump=planted(need="account"), at=MATRIX),
       Fault(MATRIX, "there is no route ('planted', 'planted', 'account')", old=r'"routes": \[',
             new='"routes": [{"section": "planted", "route": "planted", "need": "account"},'))
def routes_matrix(house):
    """The access matrix has every route."""
    matrix = {(r["section"], r["route"], r["need"]) for r in json.loads(house.text(MATRIX) or '{"routes": []}')["routes"]}
    code = {(route["section"], route["name"], route["need"]) for route in routes(house)}
    for missing in sorted(code - matrix):
        house.found(MATRIX, 1, f"the route {missing} has no row")
    for gone in sorted(matrix - code):
        house.found(MATRIX, 1, f"there is no route {gone}")
    house.looked(len(code), 60, "routes")
