# SPDX-License-Identifier: Apache-2.0
"""The order of an enum's members carries no meaning."""
import re

from .house import Fault, guard, line_of

PLANTED = "mod_waterportal/portal/planted.c"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
ENUM = re.compile(r"\benum\b[^{;()]*\{([^}]*)\}")
MEMBER = re.compile(r"\b([A-Z][A-Z0-9_]+)\b(?=\s*(?:=|,|$))", re.M)
# a list of rows makes the members: X(BELOW, …) is WP_CODE_BELOW by "WP_CODE_##member,"
MADE = re.compile(r"\b([A-Z][A-Z0-9_]+_)##\w+,")
ORDER = re.compile(r"(?<![<>-])(?:<=?|>=?)(?![<>=])\s*([A-Z][A-Z0-9_]+)\b|\b([A-Z][A-Z0-9_]+)\s*(?:<=?|>=?)(?![<>=])")
# "for (int i = 0; i < WP_LIMIT_COUNT; i++)": how many there are
COUNTED = re.compile(r"\bfor \(.*; .*<")


def members(house):
    """(the members of all enums, what the members begin with that a list makes)"""
    names, made = set(), set()
    for path in house.c():
        for m in ENUM.finditer(COMMENT.sub("", house.text(path))):
            names.update(MEMBER.findall(m[1]))
            made.update(MADE.findall(m[1]))
    return names, tuple(made)


@guard(Fault(PLANTED, "WP_CODE_BELOW is compared by its place", plant="int planted(int code) { return code > WP_CODE_BELOW; }\n"),
       Fault(PLANTED, "WP_READING_ESTIMATED is compared by its place", plant="int planted(int kind) { return WP_READING_ESTIMATED <= kind; }\n"))
def enums_without_rank(house):
    """A member is compared for being it, not for standing before or after another; only loops count to the last."""
    names, made = members(house)
    for path in house.c():
        content = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), house.text(path))
        for m in ORDER.finditer(content):
            name = m[1] or m[2]
            line = content[content.rfind("\n", 0, m.start()) + 1:content.find("\n", m.end())]
            if (name in names or name.startswith(made)) and not COUNTED.search(line):
                house.found(path, line_of(content, m.start()),
                            f"{name} is compared by its place among the members of its enum: say what it is in a column of its own")
    house.looked(len(names), 300, "members of enums")
