# SPDX-License-Identifier: Apache-2.0
"""What is committed and packed."""
import re

from .house import Fault, guard

UNLICENSED = {"vectors", "fixtures", "m4", "build"}


@guard(Fault("tests/http/planted.py", "has no SPDX line", plant="import os\n"),
       Fault("tests/browser/package-lock.json", "names the registry's host", append='"resolved"'))
def archive_licence(house):
    """Each file says its licence, and no registry's host."""
    paths = [p for p in house.files(".", ".c", ".h", ".py", ".mjs", ".js", ".xsl", ".sql", ".sh", ".json") if not UNLICENSED & set(p.parts)]
    for path in paths:
        content = house.text(path)
        if path.name == "package-lock.json" and '"resolved"' in content:
            house.found(path, 1, "names the registry's host: npm config set omit-lockfile-registry-resolved true")
        if path.suffix != ".json" and "SPDX-License-Identifier" not in content[:400] and path.name not in ("config.h",):
            house.found(path, 1, "has no SPDX line")
    house.looked(len(paths), 550, "files")


@guard(Fault("tests/http/test_planted.py", "a source archive would lack it", plant=""))
def archive_tests(house):
    """A source archive has every test: its lists name them one by one, so one is easily forgotten."""
    listed = "".join(house.text(p) for p in ["Makefile.am", *(p for p in house.files(".", ".mk") if p.name == "local.mk")])
    words = set(re.findall(r"[\w./-]+", listed))
    tests = house.files("tests", ".py", ".mjs", ".json", ".c", ".h", ".lua")
    for path in tests:
        if not {str(path), *(str(p) for p in path.parents if len(p.parts) > 1)} & words:
            house.found(path, 1, "is in no EXTRA_DIST or SOURCES: a source archive would lack it")
    house.looked(len(tests), 200, "tests")
