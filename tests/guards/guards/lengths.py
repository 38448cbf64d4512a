# SPDX-License-Identifier: Apache-2.0
"""How long files, functions, templates and lists of parameters may be."""
import re

from .house import Fault, guard, line_of

FILES = (("mod_waterportal", (".c", ".h"), 600), ("tools", (".c", ".h"), 600), ("tests", (".c", ".py", ".mjs"), 600),
         ("htdocs/js", (".js",), 600), ("xslt", (".xsl",), 300))


@guard(Fault("mod_waterportal/portal/planted.h", "601 lines; at most 600", plant="\n" * 601),
       Fault("xslt/planted.xsl", "301 lines; at most 300", plant="\n" * 301))
def lengths_files(house):
    """Files can be read at a sitting."""
    count = 0
    for folder, endings, limit in FILES:
        for path in house.files(folder, *endings):
            lines = house.text(path).count("\n")
            count += 1
            if lines > limit:
                house.found(path, 1, f"{lines} lines; at most {limit}")
    house.looked(count, 450, "files")


LINES = {"C": (120, ("mod_waterportal", "tools", "tests"), (".c", ".h")), "Python": (160, ("tests", "tools"), (".py", "")),
         "XSLT": (160, ("xslt",), (".xsl",)), "scripts": (160, ("htdocs",), (".js",))}


@guard(Fault("mod_waterportal/portal/planted.h", "a line of 121 columns; at most 120", plant="/*" + "x" * 117 + "*/\n"),
       Fault("tests/http/planted.py", "a line of 161 columns; at most 160", plant="#" * 161 + "\n"),
       Fault("tests/http/planted", "a line of 161 columns; at most 160", plant="#!/usr/bin/python3\n" + "#" * 161 + "\n"),
       Fault("xslt/planted.xsl", "a line of 161 columns; at most 160", plant=f'<a b="{"c" * 152}"/>\n'),
       Fault("htdocs/js/planted.js", "a line of 161 columns; at most 160", plant="x" * 161 + "\n"))
def lengths_lines(house):
    """Lines fit beside each other on a screen."""
    for kind, (limit, folders, endings) in LINES.items():
        paths = [p for folder in folders for p in house.files(folder, *endings) if p.suffix or "python3" in house.text(p)[:40]]
        longer = [(p, number, len(line)) for p in paths for number, line in enumerate(house.text(p).splitlines(), 1)
                  if len(line) > limit]
        for path, number, columns in longer:
            house.found(path, number, f"a line of {columns} columns; at most {limit}")
        house.looked(len(paths), 1 if kind == "scripts" else 30, f"files of {kind}")


@guard(Fault("mod_waterportal/portal/planted.c", "a function of 61 lines; at most 60", plant="void f(void)\n{\n" + ";\n" * 59 + "}\n"),
       Fault("mod_waterportal/portal/planted.c", "f takes 6 parameters; at most 5",
             plant="static int f(int a, int b, int c, int d, int (*e)(int, int), int g)\n{\n}\n"))
def lengths_functions(house):
    """Functions fit on a screen and take few parameters."""
    count = 0
    for path in house.c(".c"):
        content = house.text(path)
        start = None
        for number, line in enumerate(content.splitlines(), 1):
            if line == "{":
                start = number
                count += 1
            elif line == "}" and start:
                if number - start + 1 > 60:
                    house.found(path, start, f"a function of {number - start + 1} lines; at most 60")
                start = None
        for m in re.finditer(r"^[a-z][\w \*]*?(\w+)\(((?:[^;{()]|\([^;{()]*\))*)\)\n\{", content, re.M):
            parameters = re.sub(r"\([^()]*\)", "", m[2]).count(",") + 1
            if parameters > 5:
                house.found(path, line_of(content, m.start()), f"{m[1]} takes {parameters} parameters; at most 5")
    house.looked(count, 1300, "functions")


@guard(Fault("xslt/planted.xsl", "a template of 41 lines; at most 40", plant='<xsl:template match="a">' + "\n" * 40 + "</xsl:template>\n"))
def lengths_templates(house):
    """Templates are short."""
    count = 0
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        for m in re.finditer(r"<xsl:template\b.*?</xsl:template>", content, re.S):
            lines = m[0].count("\n") + 1
            count += 1
            if lines > 40:
                house.found(path, line_of(content, m.start()), f"a template of {lines} lines; at most 40")
    house.looked(count, 1000, "templates")
