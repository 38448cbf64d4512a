# SPDX-License-Identifier: Apache-2.0
"""The texts: each code that the program emits has words in both languages, and no words are left over."""
import re

from .house import Fault, guard, line_of
from .routes import routes

LV, EN = "xslt/l10n/lv.xml", "xslt/l10n/en.xml"
LOGGED = ("did.", "looked.", "actor.")  # the log holds what older releases and other programs wrote, too
CODES = "mod_waterportal/base/codes.h"
FAMILIES = {"ERRORS": ("error.{}",), "NOTICES": ("notice.{}",), "PAGE_CODES": ("page.{}.title", "page.{}.text"), "DEEDS": ("did.{}",)}


def catalogue(house, language):
    """key → (text, line)"""
    content = house.text(f"xslt/l10n/{language}.xml")
    return {m[1]: (m[2], line_of(content, m.start())) for m in re.finditer(r'<text key="([^"]+)"[^>]*>(.*?)</text>', content, re.S)}


def declared_codes(house):
    """(family, member, code, line) of the tables of base/codes.h; what only programs hear has no words"""
    content = house.text(CODES)
    for table in re.finditer(r"^#define WP_(\w+)\(X\) (?:.*\\\n)*.*\n", content, re.M):
        for m in re.finditer(r'X\((\w+), (?:(PERSON|PROGRAM), )?"(\w+)"\)', table[0]):
            if m[2] != "PROGRAM":
                yield table[1], m[1], m[3], line_of(content, table.start() + m.start())


def emitted_codes(house):
    for family, _, code, line in declared_codes(house):
        yield from ((key.format(code), CODES, line) for key in FAMILIES[family])
    yield from domain_codes(house)
    yield from ((f"menu.{p.stem}", p, 1) for p in house.files("mod_waterportal/sections", ".c") if re.search(r"\.menu = [1-9]", house.text(p)))
    yield from ((f"language.{p.stem}", p, 1) for p in house.files("xslt/l10n", ".xml"))


def domain_codes(house):
    path = "mod_waterportal/domain/reading/check.h"
    content = house.text(path)
    for m in re.finditer(r'X\(\w+, (?:(\w+), )?"(\w+)"\)', content):
        question = m[1] in ("MISTAKE", "USE")
        keys = ("flag.{}",) if not m[1] else ("ask.{}.title", "ask.{}.text") if question else ("error.{}",)
        yield from ((key.format(m[2]), path, line_of(content, m.start())) for key in keys)
    names = "mod_waterportal/domain/reading/names.c"
    lists = {name: re.findall(r'"(\w+)"', values) for name, values in re.findall(r"(\w+)_names\[\] = \{([^}]*)\}", house.text(names))}
    words = catalogue(house, "lv")
    yield from ((f"choice.{what}.label", names, 1) for what in lists.get("what", ()))
    yield from ((key, names, 1) for key in (f"choice.{what}.hint" for what in lists.get("what", ())) if key in words)  # not each has one
    yield from ((f"leak.{certainty}", names, 1) for certainty in lists.get("leak", ()) if certainty != "none")


@guard(Fault(LV, "planted.text is missing in en.xml", old=r"(<text key=\"menu\.)", new=r'<text key="planted.text">x</text>\1'),
       Fault(EN, "menu.readings has other placeholders than in lv.xml", old=r'(<text key="menu.readings"[^>]*>)', new=r"\1{planted}"))
def texts_languages(house):
    """Both languages have the same keys, with the same placeholders."""
    lv, en = catalogue(house, "lv"), catalogue(house, "en")
    for key in sorted(lv.keys() - en.keys()):
        house.found(LV, lv[key][1], f"{key} is missing in en.xml")
    for key in sorted(en.keys() - lv.keys()):
        house.found(EN, en[key][1], f"{key} is missing in lv.xml")
    for key in sorted(lv.keys() & en.keys()):
        if not key.startswith("format.") and set(re.findall(r"\{(\w+)\}", lv[key][0])) != set(re.findall(r"\{(\w+)\}", en[key][0])):
            house.found(EN, en[key][1], f"{key} has other placeholders than in lv.xml")
    house.looked(len(lv), 1200, "texts")


def used_by_stylesheets(house):
    """(key, path, line) of the texts that stylesheets name, and (prefix, suffix) of the families that they take a code of"""
    used, families = [], []
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        used += ((m[1] or m[2], path, line_of(content, m.start())) for m in re.finditer(r'<wp:text key="([^"]+)"|\[\[([^\]#]+)(?:#\w+)?\]\]', content))
        for m in re.finditer(r"<wp:messages ([^>]*)/>", content):
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', m[1]))
            families.append((attributes["prefix"], attributes.get("suffix", "")))
    return used, families


@guard(Fault("xslt/sections/planted.xsl", "there is no text planted.text", plant='<wp:text key="planted.text"/>'),
       Fault(CODES, "a message that has no text: notice.planted", old=r"^(#define WP_NOTICES\(X\) \\)", new=r'\1\n    X(PLANTED, "planted") \\'),
       Fault(CODES, "a message that has no text: did.planted", old=r"^(#define WP_DEEDS\(X\) \\)", new=r'\1\n    X(PLANTED, "planted") \\'),
       Fault(LV, ("planted.text is used by no stylesheet",), old=r"(<text key=\"menu\.)", new=r'<text key="planted.text">x</text>\1'),
       Fault(LV, ("no code emits notice.planted",), old=r"(<text key=\"menu\.)", new=r'<text key="notice.planted">x</text>\1'))
def texts_used(house):
    """What a stylesheet or the code names has words, and no words are left over."""
    lv, (used, families) = catalogue(house, "lv"), used_by_stylesheets(house)
    emitted = [*emitted_codes(house), *looked_at(house)]
    codes, named = {key for key, _, _ in emitted}, {key for key, _, _ in used}
    for key, path, line in used:
        if key not in lv:
            house.found(path, line, f"there is no text {key}")
    for key in sorted(lv.keys() - named):
        if not any(key.startswith(p) and key.endswith(s) for p, s in families):
            house.found(LV, lv[key][1], f"{key} is used by no stylesheet")
        elif key not in codes and not key.startswith(LOGGED):
            house.found(LV, lv[key][1], f"no code emits {key}")
    for key, path, line in emitted:
        if key not in lv:
            house.found(path, line, f"the code emits a message that has no text: {key}")
    house.looked(len(named), 800, "texts named by stylesheets")
    for family, least in (("error.", 60), ("notice.", 14), ("page.", 20), ("did.", 25), ("looked.", 15), ("ask.", 30), ("menu.", 6)):
        house.looked(sum(code.startswith(family) for code in codes), least, f"codes {family}*")


def looked_at(house):
    """Each page that a delegate may look at stands in the audit log."""
    for route in routes(house):
        if route["contract"] != "NONE" and route["right"] != "DELEGATE":
            yield f"looked.{route['section']}_{route['name']}", route["file"], route["line"]


PREFIXES = {"ERRORS": "WP_ERROR_", "NOTICES": "WP_NOTICE_", "PAGE_CODES": "WP_PAGE_", "DEEDS": "WP_DID_"}


@guard(Fault(CODES, ("no place says WP_ERROR_PLANTED"), old=r"^(#define WP_ERRORS\(X\) \\)", new=r'\1\n    X(PLANTED, "planted") \\'))
def texts_said(house):
    """Each declared code is said somewhere."""
    said = set(re.findall(r"\bWP_(?:ERROR|NOTICE|PAGE|DID)_\w+", "".join(house.text(p) for p in house.c(".c"))))
    declared = list(declared_codes(house))
    for family, member, _, line in declared:
        if PREFIXES[family] + member not in said:
            house.found(CODES, line, f"no place says {PREFIXES[family]}{member}")
    house.looked(len(declared), 130, "codes")
