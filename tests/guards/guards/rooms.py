# SPDX-License-Identifier: Apache-2.0
"""The rule between rooms (tests/guards/rooms.txt), by what is included and by what the objects of the build link to."""
import collections
import functools
import pathlib
import posixpath
import re
import subprocess

from .house import Fault, guard, line_of

TABLE, CIRCLES = "tests/guards/rooms.txt", "tests/guards/circles.txt"
# made by build/gen-sections.sh: the one place that knows all sections
REGISTRY = "section_list"
# httpd's handle of a module stands beside the module's hooks; whoever asks for a request's configuration names it
MODULE = "waterportal_module"
# room → the header whose functions are defined in there, and who must not call them for all that it may include the header
DOORS = {"portal/engine": ("portal/portal", ("portal", "portal/view", "sections"))}
# where the compiler looks for headers, after the file's own folder
EVERYWHERE = {"base/banned.h", "config.h"}  # configure makes the second
SEARCHED = ("mod_waterportal", "tools")
Room = collections.namedtuple("Room", "line least may still")


def rooms(house):
    """name → what the table says of it"""
    found = {}
    for number, line in enumerate(house.text(TABLE).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name, least, may, still = (cell.strip() for cell in line.split("|"))
            found[name] = Room(number, int(least), may.split(), still.split())
    return found


def name_of(path):
    """mod_waterportal/data/rows.c → data/rows"""
    parts = path.parts[1:] if path.parts[0] == "mod_waterportal" else path.parts
    return "/".join(parts[:-1] + (path.stem,))


def room_of(table, name):
    """The innermost room that holds data/rows, or None."""
    folder = name
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        if folder in table:
            return folder
    return None


def included(house, path):
    """(line, name) of each header of ours that a file includes"""
    for number, line in enumerate(house.text(path).splitlines(), 1):
        m = re.match(r'\s*#\s*include (["<])([^">]+\.h)[">]', line)
        if m and m[2] not in EVERYWHERE:
            folders = (path.parent, *SEARCHED) if m[1] == '"' else SEARCHED
            places = (pathlib.PurePosixPath(posixpath.normpath(pathlib.PurePosixPath(folder) / m[2])) for folder in folders)
            header = next((place for place in places if house.exists(place)), None)
            if header:
                yield number, name_of(header)
            elif m[1] == '"':
                house.found(path, number, f"where is {m[2]}? In none of {', '.join(SEARCHED)}")


@functools.lru_cache(maxsize=None)
def _symbols(objects):
    """path of an object → (symbols it defines, symbols it wants)"""
    found = {made: (set(), set()) for made in objects}
    listed = subprocess.run(["nm", "-A", "-g", *objects], capture_output=True, text=True, check=True).stdout if objects else ""
    for line in listed.splitlines():
        made, _, entry = line.partition(":")
        *_, kind, symbol = entry.split()
        found[made][kind in "Uw"].add(symbol)
    return found


def uses(house):
    """(name of a file, name of another that it uses, symbol) for all of the build"""
    objects = {name_of(path): str(made) for path, made in house.objects().items()}
    symbols = _symbols(tuple(sorted(objects.values())))
    home = {symbol: name for name, made in objects.items() for symbol in symbols[made][0] if symbol != "main"}
    for name, made in sorted(objects.items()):
        yield from ((name, home[symbol], symbol) for symbol in sorted(symbols[made][1]) if home.get(symbol, name) != name)


def fits(entries, room, name):
    return any(entry in (room, name) for entry in entries)


class Rule:
    def __init__(self, house):
        self.house, self.table, self.needed = house, rooms(house), set()

    def by_symbol(self, path, user, used, symbol):
        """A call of a function: through the door of a room it is a use of the door's header."""
        door, inside = DOORS.get(room_of(self.table, used), (None, ()))
        if door and room_of(self.table, user) not in inside and re.search(rf"\b{symbol}\b", self.house.text(f"mod_waterportal/{door}.h")):
            used = door
        self.asks(path, 1, user, used, f"it calls {symbol}")

    def asks(self, path, line, user, used, how):
        """One use of a file by another: says when the table does not allow it."""
        room, other = room_of(self.table, user), room_of(self.table, used)
        if not room or not other or user.endswith("/" + REGISTRY):
            return
        if room == other:
            if room == "sections" and user.split("/")[1] != used.split("/")[1]:
                self.house.found(path, line, f"a section must not use another: {how}")
        elif fits(self.table[room].may, other, used):
            return
        elif fits(self.table[room].still, other, used):
            self.needed |= {(room, other), (room, used)}
        else:
            self.house.found(path, line, f"{room} must not use {used}: {how}")


@guard(Fault("mod_waterportal/domain/planted.h", "domain must not use data/db: it includes data/db.h", plant='#include "data/db.h"\n'),
       Fault("mod_waterportal/domain/planted.h", "domain must not use tools/town/write", plant='# include "town/write.h"\n'),
       Fault("mod_waterportal/render/planted.h", "render must not use data/db: it includes data/db.h", plant='#include <data/db.h>\n'),
       Fault("mod_waterportal/render/planted.h", "render must not use data/db: it includes data/db.h", plant='#include "../data/db.h"\n'),
       Fault("mod_waterportal/domain/planted.h", "where is planted/planted.h?", plant='#include "planted/planted.h"\n'),
       Fault("mod_waterportal/render/planted.c", "render must not use domain/money: it calls wp_money_format",
             plant="void wp_money_format(void);\nvoid planted(void);\nvoid planted(void) { wp_money_format(); }\n"),
       Fault("mod_waterportal/sections/planted.c", "a section must not use another: it calls wp_section_acts",
             plant="extern int wp_section_acts;\nint *planted(void);\nint *planted(void) { return &wp_section_acts; }\n"),
       Fault("mod_waterportal/sections/planted.c", "sections must not use portal/engine/gates: it calls wp_portal_answer",
             plant="void wp_portal_answer(void);\nvoid planted(void);\nvoid planted(void) { wp_portal_answer(); }\n"),
       Fault("mod_waterportal/httpd/planted.c", "httpd must not use portal/engine/read_unit: it calls wp_read_unit",
             plant="void wp_read_unit(void);\nvoid planted(void);\nvoid planted(void) { wp_read_unit(); }\n"),
       Fault("mod_waterportal/portal/view/planted.h", "portal/view must not use portal/engine/exchange: it includes",
             plant='#include "portal/engine/exchange.h"\n'),
       Fault(TABLE, "render no longer uses crypto: take it out of the last column", old=r"^(render .*)\|$", new=r"\1| crypto"),
       Fault("mod_waterportal/attic/planted.h", "attic is no room of tests/guards/rooms.txt", plant="struct planted;\n"))
def rooms_rule(house):
    """Files use what tests/guards/rooms.txt allows, and the table allows nothing that nobody uses any more."""
    rule, count = Rule(house), collections.Counter()
    for path in house.c():
        name = name_of(path)
        room = room_of(rule.table, name)
        count[room] += path.suffix == ".c"
        if not room:
            house.found(path, 1, f"{name.rpartition('/')[0]} is no room of {TABLE}")
        for line, header in included(house, path):
            rule.asks(path, line, name, header, f"it includes {header}.h")
    paths = {name_of(p): p for p in house.objects()}
    links = 0
    for user, used, symbol in uses(house):
        rule.by_symbol(paths[user], user, used, symbol)
        links += 1
    for room, row in rule.table.items():
        if count[room] < row.least:
            house.found(TABLE, row.line, f"only {count[room]} files of C in {room}; at least {row.least}")
        for entry in row.still:
            if (room, entry) not in rule.needed:
                house.found(TABLE, row.line, f"{room} no longer uses {entry}: take it out of the last column")
    house.looked(len(rule.table), 10, "rooms")
    house.looked(links, 1500, "uses between files by symbol")


@guard(Fault("mod_waterportal/portal/planted.c", "is not in the build", plant=""),
       Fault("mod_waterportal/base/log.c", "is newer than the build", append="\n"),
       Fault("mod_waterportal/base/codes.h", "is newer than the build", append="\n"))
def rooms_built(house):
    """The build has an object of each file, and none is older than its file: else the rule was checked on something else."""
    objects, paths = house.built(), house.c(".c")
    built = max((made.stat().st_mtime for made in objects.values()), default=0)
    for path in house.c(".h"):
        # a header that changed makes some object anew
        if house.when(path) > built:
            house.found(path, 1, f"is newer than the build {house.build}: run tools/check build")
    for path in paths:
        made = objects.get(path)
        if not made:
            house.found(path, 1, f"is not in the build {house.build}: run tools/check build (or say --build DIRECTORY)")
        elif made.stat().st_mtime < house.when(path):
            house.found(path, 1, f"is newer than the build {house.build}: run tools/check build")
    house.looked(len(paths), 150, "files of C")


def circles(edges):
    """The strongly connected components of more than one node (Tarjan's, in its plain form)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            circle = {stack.pop()}
            while node not in circle:
                circle.add(stack.pop())
            if len(circle) > 1:
                found.append(circle)

    for node in sorted(edges):
        if node not in index:
            visit(node)
    return found


@guard(Fault("mod_waterportal/domain/planted.c", "use each other in a circle: base/planted domain/planted", at=CIRCLES,
             plant="void one(void);\nvoid two(void);\nvoid one(void) { two(); }\n",
             beside={"mod_waterportal/base/planted.c": "void one(void);\nvoid two(void);\nvoid two(void) { one(); }\n"}),
       Fault("mod_waterportal/domain/planted.h", "these headers include each other in a circle: domain/one domain/planted", at=CIRCLES,
             plant='#include "domain/one.h"\n', beside={"mod_waterportal/domain/one.h": '#include "domain/planted.h"\n'}),
       Fault(TABLE, "these rooms may use each other in a circle: data domain", old=r"^(domain +\| \d+ \|)", new=r"\1 data"),
       Fault(CIRCLES, "is no circle any more", append="domain/date domain/money\n"))
def rooms_circles(house):
    """No files use each other in a circle, no headers include each other, and no two rooms may."""
    edges = collections.defaultdict(set)
    for user, used, symbol in uses(house):
        if not user.endswith("/" + REGISTRY) and symbol != MODULE:
            edges[user].add(used)
    known = {tuple(line.split()): n for n, line in enumerate(house.text(CIRCLES).splitlines(), 1) if line.strip() and not line.startswith("#")}
    found = {tuple(sorted(circle)) for circle in circles(edges)}
    for circle in sorted(found - known.keys()):
        house.found(CIRCLES, 1, f"these use each other in a circle: {' '.join(circle)}")
    for circle in known.keys() - found:
        house.found(CIRCLES, known[circle], f"this is no circle any more, or a smaller one: {' '.join(circle)}")
    headers = {name_of(path): {name for _, name in included(house, path)} for path in house.c(".h")}
    for circle in circles(headers):
        house.found(CIRCLES, 1, f"these headers include each other in a circle: {' '.join(sorted(circle))}")
    table = rooms(house)
    between = {room: {entry if entry in table else room_of(table, entry) for entry in row.may} for room, row in table.items()}
    for circle in circles(between):
        house.found(TABLE, 1, f"these rooms may use each other in a circle: {' '.join(sorted(circle))}")
    house.looked(len(edges), 120, "files that use others")


# linked with the rules that they are part of
TOGETHER = {"domain/reading": "domain"}


@guard(Fault("mod_waterportal/planted.mk", "libwp_planted has files of data domain", plant="libwp_planted_la_SOURCES = mod_waterportal/data/rows.c \\\n"
             "  mod_waterportal/domain/date.c\n"),
       Fault("mod_waterportal/notify/local.mk", "notify is in no library of its own", at=TABLE, old="libwp_notify_la_SOURCES", new="libwp_planted_SOURCES"))
def rooms_linked(house):
    """One noinst library a room: what a room may not use it is not linked with by chance."""
    table, found = rooms(house), {}
    for path in [*house.files("mod_waterportal", ".mk"), *house.files("tools", ".mk")]:
        content = re.sub(r"\\\n", " ", house.text(path))
        for library, sources in re.findall(r"^(libwp_\w+)_la_SOURCES \+?= *(.*)$", content, re.M):
            held = {room_of(table, name_of(pathlib.PurePosixPath(p))) for p in sources.split() if p.endswith(".c")}
            held |= {"sections"} if sources == "$(section_sources)" else set()
            found.setdefault(library, (path, set()))[1].update(TOGETHER.get(room, room) for room in held)
    for library, (path, held) in sorted(found.items()):
        if len(held) > 1:
            house.found(path, 1, f"{library} has files of {' '.join(sorted(held))}: a library a room")
    alone = {room for _, held in found.values() for room in held}
    # httpd is the module, tools are programs
    for room, row in table.items():
        if row.least and room not in {"httpd", "tools", "tools/ctl", *TOGETHER} | alone:
            house.found(TABLE, row.line, f"{room} is in no library of its own")
    house.looked(len(found), 12, "libraries")


ALLOWED = re.compile(r"^- \*\*May use:\*\* (.*(?:\n  .*)*)", re.M)


def named(table, clause):
    """The rooms that a clause of a README names: `portal/view/`, `bank/bank.h`, "rows of `data/`"."""
    words = (re.sub(r"\.h$|/$", "", word) for word in re.findall(r"`([\w./-]+)`", clause))
    return {word if word in table else room_of(table, word) for word in words} - {None}


@guard(Fault("mod_waterportal/notify/README.md", "“May use” does not name store", old=r"`store/`, ", new=""),
       Fault("mod_waterportal/bank/README.md", "“May use” names render, which bank must not use", old=r"`crypto/`, ", new="`crypto/`, `render/`, "),
       Fault("mod_waterportal/notify/README.md", "“still uses” does not name data", old=r"; still uses `data/`", new=""),
       Fault("mod_waterportal/bank/README.md", "does not say what bank may use", old=r"May use", new="May see"),
       Fault(TABLE, "“May use” does not name notify", at="mod_waterportal/bank/README.md", old=r"^(bank .*)\|$", new=r"\1notify |"))
def rooms_readmes(house):
    """What a README says its room may use, and still uses, is what tests/guards/rooms.txt says."""
    table, count = rooms(house), 0
    for room, row in table.items():
        readme = next((p for p in (f"mod_waterportal/{room}/README.md", f"{room}/README.md") if house.exists(p)), None)
        told = readme and ALLOWED.search(house.text(readme))
        if not told:
            house.found(readme or TABLE, row.line if not readme else 1, f"does not say what {room} may use")
            continue
        clauses = [clause.strip() for clause in told[1].split(";")]
        for words, entries, mine in (("May use", row.may, [c for c in clauses if not c.startswith(("still uses", "never"))]),
                                     ("still uses", row.still, [c for c in clauses if c.startswith("still uses")])):
            said = named(table, " ".join(mine))
            meant = {entry if entry in table else room_of(table, entry) for entry in entries}
            for other in sorted(meant - said):
                house.found(readme, line_of(house.text(readme), told.start()), f"“{words}” does not name {other}")
            for other in sorted(said - meant):
                house.found(readme, line_of(house.text(readme), told.start()), f"“{words}” names {other}, which {room} must not use")
        count += 1
    house.looked(count, 15, "READMEs of rooms")


HTTPD = re.compile(r"(httpd|http_\w+|util_\w+|ap_\w+|mod_dbd)\.h$")


@guard(Fault("mod_waterportal/portal/planted.c", "only httpd/ includes httpd.h", plant="#include <httpd.h>\n"),
       Fault("mod_waterportal/domain/planted.c", "domain/ is libc only", plant="#include <libxml/tree.h>\n"),
       Fault("mod_waterportal/httpd/planted.c", "the connections are our own", plant="#include <mod_dbd.h>\n"),
       Fault("mod_waterportal/httpd/planted.c", "knows mod_auth_openidc", plant='static const char *claim = "OIDC_CLAIM_sub";\n'),
       Fault("mod_waterportal/portal/planted.c", "apr_dbd is called in data/ only", plant="apr_dbd_query(driver, db, &rows, text);\n"))
def rooms_libraries(house):
    """Each library outside has one room that knows it."""
    count = 0
    for path in house.files("mod_waterportal", ".c", ".h"):
        room = path.parts[1]
        for number, line in enumerate(house.text(path).splitlines(), 1):
            system = re.match(r"#include <([^>]+)>", line)
            count += bool(system)
            if system and HTTPD.search(system[1]) and room != "httpd":
                house.found(path, number, f"only httpd/ includes {system[1]}")
            if system and room == "domain" and "/" in system[1]:
                house.found(path, number, "domain/ is libc only")
            if "mod_dbd.h" in line:
                house.found(path, number, "the connections are our own (data/connections.h); mod_dbd's wait for a silent server for ever")
            if "OIDC_" in line and str(path) != "mod_waterportal/httpd/identity.c":
                house.found(path, number, "only httpd/identity.c knows mod_auth_openidc")
            if re.search(r"\bapr_dbd_\w+\(", line) and room != "data" and path.name != "banned.h":
                house.found(path, number, "apr_dbd is called in data/ only")
    house.looked(count, 400, "headers of libraries")
