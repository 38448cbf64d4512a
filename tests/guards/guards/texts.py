# SPDX-License-Identifier: Apache-2.0
"""The texts: each code that the program emits has words in both languages, and no words are left over."""
import re

from .house import Fault, guard, line_of
from .routes import planted, routes

LV, EN = "xslt/l10n/lv.xml", "xslt/l10n/en.xml"
LOGGED = ("did.", "looked.", "actor.")  # the log holds what older releases and other programs wrote, too
CODES, RULES = "mod_waterportal/base/codes.h", "mod_waterportal/domain/reading/check.h"
KINDS = "mod_waterportal/domain/message_kind.h"
# the words that a code of each family needs, and where the family is declared
FAMILIES = {"error": (("error.{}",), CODES), "notice": (("notice.{}",), CODES), "did": (("did.{}",), CODES), "flag": (("flag.{}",), RULES),
            "choice": (("choice.{}.label",), RULES), "leak": (("leak.{}",), RULES), "page": (("page.{}.title", "page.{}.text"), CODES)}
# what a rule for readings found: refused, or asked; of lower values it says error and asks by choices
FINDINGS = {"NOTHING": (), "REFUSAL": ("error.{}",), "CHOICE": ("error.{}",), "MISTAKE": ("ask.{}.title", "ask.{}.text"),
            "USE": ("ask.{}.title", "ask.{}.text")}


def catalogue(house, language):
    """key → (text, line)"""
    content = house.text(f"xslt/l10n/{language}.xml")
    return {m[1]: (m[2], line_of(content, m.start())) for m in re.finditer(r'<text key="([^"]+)"[^>]*>(.*?)</text>', content, re.S)}


def families(house):
    """family → codes; what only programs hear has no words."""
    dump = house.dump()
    return {**dump["codes"], "page": [row["code"] for row in dump["page_codes"] if row["audience"] == "PERSON"]}


def finding_keys(house):
    """The words of what the rules for readings find; a choice's hint where there is one."""
    words = catalogue(house, "lv")
    yield from (key.format(row["code"]) for row in house.dump()["findings"] for key in FINDINGS[row["kind"]])
    for choice in house.dump()["codes"].get("choice", ()):
        yield from (key for key in (f"choice.{choice}.label", f"choice.{choice}.hint") if not key.endswith("hint") or key in words)


def message_keys(house):
    """The words of e-mails and SMS."""
    messages = house.dump()["messages"]
    for kind in messages["kinds"]:
        yield from (f"message.{kind['name']}.{part}" for part in ("subject", "text", "advice", "why", *(["sms"] if kind["sms"] else [])))
    yield from (f"message.change.{change}" for change in messages["changes"])
    yield from (f"message.channel.{channel}" for channel in ("email", "sms"))


def emitted_codes(house):
    """(key, where it is declared) of each text that the program can ask for"""
    for family, codes in families(house).items():
        keys, place = FAMILIES[family]
        yield from ((key.format(code), place) for code in codes for key in keys)
    yield from ((key, RULES) for key in finding_keys(house))
    yield from ((key, KINDS) for key in message_keys(house))
    yield from ((f"menu.{section['name']}", house.section(section["name"])) for section in house.dump()["sections"] if section["menu"])
    yield from ((f"language.{p.stem}", p) for p in house.files("xslt/l10n", ".xml"))
    # each page that a delegate may look at stands in the audit log
    yield from ((f"looked.{route['section']}_{route['name']}", route["place"]) for route in routes(house)
                if route["contract"] != "none" and route["right"] != "delegate")


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
       Fault(CODES, "a message that has no text: notice.planted", dump=lambda dump: dump["codes"]["notice"].append("planted")),
       Fault(CODES, "a message that has no text: did.planted", dump=lambda dump: dump["codes"]["did"].append("planted")),
       Fault(RULES, ("no text: ask.planted.title", "no text: ask.planted.text"), dump=lambda dump: dump["findings"].append({"code": "planted", "kind": "USE"})),
       Fault(KINDS, ("message.planted.subject", "message.planted.text", "message.planted.advice", "message.planted.why"),
             dump=lambda dump: dump["messages"]["kinds"].append({"name": "planted", "sms": False})),
       Fault("mod_waterportal/sections/start.c", "no text: menu.start",
             dump=lambda dump: next(s for s in dump["sections"] if s["name"] == "start").update(menu=1)),
       Fault("mod_waterportal/sections/api/section.c", "no text: looked.api_planted", dump=planted(contract="all")),
       Fault(LV, ("planted.text is used by no stylesheet",), old=r"(<text key=\"menu\.)", new=r'<text key="planted.text">x</text>\1'),
       Fault(LV, ("no code emits notice.planted",), old=r"(<text key=\"menu\.)", new=r'<text key="notice.planted">x</text>\1'))
def texts_used(house):
    """What a stylesheet or the code names has words, and no words are left over."""
    lv, (used, families) = catalogue(house, "lv"), used_by_stylesheets(house)
    emitted = list(emitted_codes(house))
    codes, named = {key for key, _ in emitted}, {key for key, _, _ in used}
    for key, path, line in used:
        if key not in lv:
            house.found(path, line, f"there is no text {key}")
    for key in sorted(lv.keys() - named):
        if not any(key.startswith(p) and key.endswith(s) for p, s in families):
            house.found(LV, lv[key][1], f"{key} is used by no stylesheet")
        elif key not in codes and not key.startswith(LOGGED):
            house.found(LV, lv[key][1], f"no code emits {key}")
    for key, path in emitted:
        if key not in lv:
            house.found(path, 1, f"the code emits a message that has no text: {key}")
    house.looked(len(named), 800, "texts named by stylesheets")
    for family, least in (("error.", 60), ("notice.", 14), ("page.", 20), ("did.", 25), ("looked.", 15), ("ask.", 30), ("menu.", 6), ("message.", 50)):
        house.looked(sum(code.startswith(family) for code in codes), least, f"codes {family}*")


@guard(Fault(CODES, "no place says WP_ERROR_PLANTED", dump=lambda dump: dump["codes"]["error"].append("planted")),
       Fault(CODES, "no place says WP_PAGE_PLANTED", dump=lambda dump: dump["page_codes"].append({"code": "planted", "audience": "PROGRAM"})))
def texts_said(house):
    """Each declared code is said somewhere."""
    said = set(re.findall(r"\bWP_(?:ERROR|NOTICE|PAGE|DID)_\w+", "".join(house.text(p) for p in house.c(".c"))))
    dump = house.dump()
    declared = [f"WP_{family.upper()}_{code.upper()}" for family in ("error", "notice", "did") for code in dump["codes"].get(family, ())]
    declared += [f"WP_PAGE_{row['code'].upper()}" for row in dump["page_codes"]]
    for member in declared:
        if member not in said:
            house.found(CODES, 1, f"no place says {member}")
    house.looked(len(declared), 130, "codes")


PLANTED = "mod_waterportal/portal/planted.c"


@guard(Fault(PLANTED, "say it by a member of base/codes.h", plant='wp_args_text(args, "action", "planted");\n'),
       Fault(PLANTED, "say it by a member of base/codes.h", plant='wp_xml_attr(node, "code", "planted");\n'),
       Fault(PLANTED, "say it by a member of base/codes.h", plant='wp_xml_attr(node, "code", good ? "planted" : "other");\n'))
def texts_by_table(house):
    """No code goes past the tables as a string."""
    count = 0
    for path in house.c(".c"):
        content = house.text(path)
        for m in re.finditer(r'wp_args_text\(\w+, "action", (.*)|wp_xml_attr\([^;"]*, "code", ([^;]*);', content):
            count += 1
            if (m[1] and not m[1].startswith("wp_did_name(")) or (m[2] and '"' in m[2]):
                house.found(path, line_of(content, m.start()), "say it by a member of base/codes.h, so that its words can be demanded")
    house.looked(count, 9, "codes written down or shown")


API = "docs/api.md"


@guard(Fault(CODES, "does not say what planted means", at=API, dump=lambda dump: dump["page_codes"].append({"code": "planted", "audience": "PROGRAM"})),
       Fault(API, "there is no problem planted", old=r"^\| 400 \| `bad_request` \|", new="| 400 | `bad_request`, `planted` |"))
def texts_for_programs(house):
    """docs/api.md has what only programs hear, and nothing that is never said."""
    codes = house.dump()["page_codes"]
    listed = {code for row in re.findall(r"^\| \d{3} \| ([^|]*) \|", house.text(API), re.M) for code in re.findall(r"`(\w+)`", row)}
    for row in codes:
        if row["audience"] == "PROGRAM" and row["code"] not in listed:
            house.found(API, 1, f"does not say what {row['code']} means")
    for code in sorted(listed - {row["code"] for row in codes}):
        house.found(API, 1, f"there is no problem {code}")
    house.looked(len(listed), 10, "problems")


# elements whose code is of one family; a page's own code is a refusal
BY_ELEMENT = {"problem": ("error", "finding"), "notice": ("notice",), "ask": ("finding",), "flag": ("flag",), "choice": ("choice",), "event": ("did",)}


@guard(Fault("xslt/sections/planted.xsl", "no problem has the code planted", plant="""<xsl:template match="problem[@code = 'planted']"/>"""),
       Fault("xslt/sections/planted.xsl", "no notice has the code choice", plant="""<xsl:template match="notice[@code = 'letters' or @code = 'choice']"/>"""))
def texts_matched(house):
    """A stylesheet matches no code that there is not."""
    known = {**families(house), "finding": [row["code"] for row in house.dump()["findings"]]}
    every, count = {code for codes in known.values() for code in codes}, 0
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        for m in re.finditer(r"(?:\b(problem|notice|ask|flag|choice|event))?\[([^\]]*)\]|test=\"([^\"]*)\"", content):
            of_element = {code for family in BY_ELEMENT[m[1]] for code in known.get(family, ())} if m[1] else every
            for code in re.findall(r"@code\s*=\s*'(\w+)'", m[2] or m[3] or ""):
                count += 1
                if code not in of_element:
                    house.found(path, line_of(content, m.start()), f"no {m[1] or 'message'} has the code {code}")
    house.looked(count, 25, "codes in stylesheets")
