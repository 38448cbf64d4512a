# SPDX-License-Identifier: Apache-2.0
"""The checkout as guards see it, the list of guards, and the faults planted for them.

A guard is a function of a House. It reads files through it only, so that the same guard also runs over a House in which a fault
was planted, or which has nothing in it (tests/guards/planted). It says how many things it looked at, and how many there are at
least: a guard that finds nothing to look at has failed."""
import copy
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile

GUARDS = []
LEFT_OUT = {"node_modules", "__pycache__", ".git", "autom4te.cache", "out"}


def guard(*faults):
    """Registers a guard with the faults it must find."""
    def register(function):
        function.faults = faults
        GUARDS.append(function)
        return function
    return register


class NotBuilt(Exception):
    """There is nothing to read in the build."""


class Fault:
    """A change of one file, or of the dump, that a guard must notice: it then says `says`, of that file or of `at`, and nothing else.

    plant=TEXT makes a new file; old and new change one place of a file (old a regular expression); append adds at its end.
    beside: further new files, path → text. dump=FUNCTION changes what the build says it is made of (House.dump), as another source would.
    says: words of the finding, or of each when one fault is rightly found in several places.
    """

    def __init__(self, path, says, plant=None, old=None, new=None, append=None, at=None, beside=None, dump=None):
        self.path, self.says, self.at = path, says, at or path
        self.plant, self.old, self.new, self.append, self.beside = plant, old, new, append, beside or {}
        self.dump = dump

    def in_house(self, house):
        """The same house with the fault in it."""
        if not self.dump:
            return House(house.root, house.build, {self.path: self.change(house), **self.beside})
        changed = House(house.root, house.build)
        changed.dumped = copy.deepcopy(house.dump())
        self.dump(changed.dumped)
        return changed

    def change(self, house):
        if self.plant is not None:
            return self.plant
        before = house.text(self.path)
        after = before + self.append if self.append else re.sub(self.old, self.new, before, count=1, flags=re.M)
        if after == before:
            raise LookupError(f"{self.path} has nothing that matches {self.old}")
        return after


class House:
    """root: the checkout; build: a build of it; changes: path → text that stands in place of the file's; empty: with nothing in it."""

    def __init__(self, root, build, changes=None, empty=False):
        self.root, self.build, self.changes, self.empty = pathlib.Path(root), pathlib.Path(build), changes or {}, empty
        self.findings = []
        self.dumped = None

    def found(self, path, line, what):
        self.findings.append(f"{path}:{line}: {what}")

    def looked(self, count, least, what):
        if count < least:
            self.findings.append(f"only {count} {what} found; at least {least}: does this guard look where they are?")

    def exists(self, path):
        return not self.empty and (str(path) in self.changes or (self.root / path).exists())

    def text(self, path):
        if self.empty:
            return ""
        changed = self.changes.get(str(path))
        return _read(self.root / path) if changed is None else changed

    def files(self, folder, *endings, generated=False):
        """The files below a folder, sorted; what autogen.sh makes only when asked for."""
        if self.empty:
            return []
        below = _below(self.root, folder)
        planted = [pathlib.PurePosixPath(p) for p in self.changes if (folder == "." or p.startswith(f"{folder}/")) and not (self.root / p).exists()]
        every = sorted([*below, *planted]) if planted else below
        return [p for p in every if (not endings or p.suffix in endings) and (generated or p.name != "section_list.c")]

    def dump(self):
        """What the built portal is made of: waterportalctl check --dump."""
        if self.empty:
            return {"codes": {}, "rights": {}, "levels": {}, "retention": {"rules": [], "kept": {}}, "messages": {"kinds": [], "changes": []},
                    **{name: [] for name in ("sections", "routes", "page_codes", "findings", "log", "limits", "thresholds")}}
        return self.dumped or _dump(self.build)

    def directives(self):
        """name → what the built module says of it."""
        return {} if self.empty else _directives(self.build, str(self.objects().get(pathlib.PurePosixPath("mod_waterportal/httpd/directives.c"))))

    def section(self, name):
        """The file with the record of a section."""
        return next((p for p in (f"mod_waterportal/sections/{name}/section.c", f"mod_waterportal/sections/{name}.c") if self.exists(p)),
                    f"mod_waterportal/sections/{name}.c")

    def c(self, *endings):
        """The C of the product: module and programs."""
        endings = endings or (".c", ".h")
        return self.files("mod_waterportal", *endings) + self.files("tools", *endings)

    def when(self, path):
        """When a file was changed last, in seconds of the epoch."""
        return float("inf") if str(path) in self.changes else (self.root / path).stat().st_mtime

    def built(self):
        """What the build made of the C of the product: source → object."""
        return {} if self.empty else dict(_objects(self.root, self.build))

    def objects(self):
        """The same, with what is planted here compiled."""
        made = self.built()
        for path, text in self.changes.items():
            if path.endswith(".c"):
                made[pathlib.PurePosixPath(path)] = _compile(text)
        return made


def line_of(content, at):
    return content.count("\n", 0, at) + 1


@functools.lru_cache(maxsize=None)
def _read(path):
    return path.read_text(encoding="utf-8", errors="replace")


@functools.lru_cache(maxsize=None)
def _walk(root):
    found = []
    for folder, folders, names in os.walk(root):
        here = pathlib.PurePosixPath(os.path.relpath(folder, root))
        folders[:] = [f for f in folders if f not in LEFT_OUT and not f.startswith("build-")]
        found += [here / name for name in names if not (pathlib.Path(folder) / name).is_symlink()]
    return found


@functools.lru_cache(maxsize=None)
def _below(root, folder):
    return sorted(p for p in _walk(root) if folder == "." or pathlib.PurePosixPath(folder) in p.parents)


@functools.lru_cache(maxsize=None)
def _objects(root, build):
    found = {}
    for top in ("mod_waterportal", "tools"):
        for made in sorted((build / top).rglob("*.o")):
            folder = pathlib.PurePosixPath(made.relative_to(build)).parent
            folder = folder.parent if folder.name == ".libs" else folder
            # "libwp_domain_la-date.o" of a library with flags of its own, else "date.o"
            for name in (made.stem, made.stem.partition("-")[2]):
                if (root / folder / f"{name}.c").exists():
                    found[folder / f"{name}.c"] = made
    return found


@functools.lru_cache(maxsize=None)
def _compile(text):
    made = pathlib.Path(_scratch().name) / f"{abs(hash(text))}.o"
    subprocess.run(["cc", "-std=c11", "-x", "c", "-c", "-", "-o", str(made)], input=text, text=True, check=True)
    return made


@functools.lru_cache(maxsize=None)
def _scratch():
    return tempfile.TemporaryDirectory(prefix="wp-guards-")


@functools.lru_cache(maxsize=None)
def _dump(build):
    program = build / "waterportalctl"
    if not program.exists():
        raise NotBuilt(f"there is no {program}: run tools/check build (or say --build DIRECTORY)")
    return json.loads(subprocess.run([program, "check", "--dump"], capture_output=True, text=True, check=True).stdout)


# httpd's own functions are not there; nobody calls them
_PRINT_DIRECTIVES = """
#include <httpd.h>
#include <http_config.h>
#include <stdio.h>
extern const command_rec wp_directives[];
int main(void)
{
    for (const command_rec *row = wp_directives; row->name; row++)
        printf("%s\\t%s\\n", row->name, row->errmsg);
    return 0;
}
"""


@functools.lru_cache(maxsize=None)
def _directives(build, compiled):
    if not pathlib.Path(compiled).exists():
        raise NotBuilt(f"mod_waterportal/httpd/directives.c is not in {build}: run tools/check build (or say --build DIRECTORY)")
    flags = re.findall(r"^(?:HTTPD|APR)_CFLAGS = (.*)$", (build / "Makefile").read_text(encoding="utf-8"), re.M)
    program = pathlib.Path(_scratch().name) / "directives"
    subprocess.run(["cc", "-no-pie", "-Wl,--unresolved-symbols=ignore-all", *" ".join(flags).split(), "-x", "c", "-", "-x", "none", compiled, "-o",
                    str(program)],
                   input=_PRINT_DIRECTIVES, text=True, check=True)
    listed = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    return dict(line.split("\t", 1) for line in listed.splitlines())
