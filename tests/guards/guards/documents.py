# SPDX-License-Identifier: Apache-2.0
"""The documents: they fit the page, their links and paths lead somewhere, what comments cite exists, each folder introduces itself."""
import pathlib
import re

from .house import Fault, guard, line_of

WIDTH = 120
README_LINES = 14
# folders of source, and what is introduced by the README above it
TOPS = ("mod_waterportal", "tools", "xslt", "sql", "tests", "conf", "htdocs", "docs", "build")
SOURCE = (".c", ".h", ".py", ".sql", ".xsl", ".mjs", ".js", ".sh", ".lua", ".json")
CITING = (*SOURCE, ".am", ".mk", ".8", ".conf", "")  # "": scripts without an ending
INTRODUCED_ABOVE = re.compile(r"(htdocs|xslt|mod_waterportal/sections)/\w|tests/fuzz/(corpus|dictionaries)|tests/xslt/fixtures|tests/guards/guards|"
                              r"tests/rig/lib|tests/rig/bank/keys|tools/lib|sql/(?!demo)\w")


def pages(house):
    return [p for p in house.files(".", ".md") if p.parts[0] not in ("m4", "build-aux")]


def prose(content):
    """The lines outside of tables, with their numbers; code blocks are among them."""
    return ((n, line) for n, line in enumerate(content.splitlines(), 1) if not line.startswith("|"))


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(content):
    outside = re.sub(r"^```.*?^```", "", content, flags=re.M | re.S)
    return {anchor(h) for h in re.findall(r"^#+ (.+)$", outside, re.M)}


@guard(Fault("docs/style.md", "121 columns; at most 120", append="x" * 60 + " " + "y" * 60 + "\n"))
def documents_width(house):
    """A line can be read, and compared, without scrolling; a row of a table cannot be broken, nor one long word."""
    count = 0
    for path in pages(house):
        count += 1
        for number, line in prose(house.text(path)):
            if len(line) > WIDTH and " " in line.strip():
                house.found(path, number, f"{len(line)} columns; at most {WIDTH}")
    house.looked(count, 20, "documents")


@guard(Fault("README.md", "leads to no file", old=r"\(docs/api\.md\)", new="(docs/apis.md)"),
       Fault("docs/limits.md", "leads to no heading", old=r"admin\.md#tidying-up", new="admin.md#tidying"))
def documents_links(house):
    """A link leads to a file and to a heading of it."""
    count = 0
    for path in pages(house):
        content = house.text(path)
        for m in re.finditer(r"\]\(((?!https?:|mailto:)[^)#\s]*)(?:#([^)\s]+))?\)", content):
            target = pathlib.PurePosixPath(_plain(path.parent / m[1]) if m[1] else path)
            count += 1
            if not house.exists(target):
                house.found(path, line_of(content, m.start()), f"{m[1]} leads to no file")
            elif m[2] and m[2] not in headings(house.text(target)):
                house.found(path, line_of(content, m.start()), f"#{m[2]} leads to no heading of {target}")
    house.looked(count, 70, "links")


def _plain(path):
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else parts + [part]
    return "/".join(parts)


@guard(Fault("mod_waterportal/base/planted.h", "there is no docs/planted.md", plant="/* as docs/planted.md says */\n"),
       Fault("mod_waterportal/base/planted.h", "docs/platform.md has no D99", plant="/* (docs/platform.md, D1 and D99) */\n"),
       Fault("mod_waterportal/base/planted.h", "docs/database.md has no “Planted”", plant='/* docs/database.md, "Planted" */\n'))
def documents_cited(house):
    """A document that the code cites is in the repository, and has the place that is cited."""
    count = 0
    for path in [*house.files(".", *CITING), *house.files("conf", ".in")]:
        if path.parts[0] == "docs" or path.name in ("package-lock.json", "documents.py"):
            continue
        content = house.text(path)
        for m in re.finditer(r"\b(?<![\w/.])((?:docs/)?[\w-]+\.md)\b(?:, ((?:[A-Z]\d+(?:, | and )?)+)|, \"([^\"\n]+)\")?", content):
            place = next((p for p in (m[1], f"docs/{m[1]}") if house.exists(p)), None)
            count += 1
            if not place:
                house.found(path, line_of(content, m.start()), f"there is no {m[1]}")
                continue
            cited = house.text(place)
            for label in re.findall(r"[A-Z]\d+", m[2] or ""):
                if f"**{label}." not in cited:
                    house.found(path, line_of(content, m.start()), f"{place} has no {label}")
            if m[3] and anchor(m[3]) not in headings(cited):
                house.found(path, line_of(content, m.start()), f"{place} has no “{m[3]}”")
    house.looked(count, 60, "citations")


@guard(Fault("mod_waterportal/planted/README.md", "a source archive would lack it", plant="# x\n"))
def documents_packed(house):
    """A source archive has every document."""
    listed = "".join(house.text(p) for p in ["Makefile.am", *(p for p in house.files(".", ".mk") if p.name == "local.mk")])
    words, found = set(re.findall(r"[\w./-]+", listed)), pages(house)
    for path in found:
        if str(path) not in words:
            house.found(path, 1, "is in no EXTRA_DIST: a source archive would lack it")
    house.looked(len(found), 20, "documents")


@guard(Fault("mod_waterportal/planted/file.c", "has no README.md", plant="/* */\n", at="mod_waterportal/planted"),
       Fault("docs/README.md", "15 lines or more; at most 14", append="\n" * 15))
def documents_readmes(house):
    """Each folder says in a few lines what lives there, what it may use, where to begin and which example to follow."""
    holding = {p.parent for top in TOPS for p in house.files(top, *SOURCE)}
    folders = {pathlib.PurePosixPath(top) for top in TOPS if house.files(top)} | {f for f in holding if not INTRODUCED_ABOVE.match(f"{f}/")}
    for folder in sorted(folders):
        readme = folder / "README.md"
        if not house.exists(readme):
            house.found(folder, 1, "has no README.md")
        elif house.text(readme).count("\n") > README_LINES:
            house.found(readme, 1, f"{README_LINES + 1} lines or more; at most {README_LINES}")
    house.looked(len(folders), 30, "folders")
