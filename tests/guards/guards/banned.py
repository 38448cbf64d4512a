# SPDX-License-Identifier: Apache-2.0
"""Words and calls that do not belong here."""
import re

from .house import Fault, guard, line_of

# what a person reads, nothing that is waited for
DATE_OF_NOW = re.compile(r"apr_time_sec\(apr_time_now\(\)\)")
OTHER_CLOCKS = re.compile(r"\b(apr_time_now|apr_thread_cond_timedwait|gettimeofday|clock_gettime|pthread_cond_timedwait)\b|\btime\(NULL\)")
PLANTED = "mod_waterportal/portal/planted.c"


@guard(Fault(PLANTED, "asks base/clock.h", plant="apr_time_t until = apr_time_now() + wait;\n"))
def banned_clocks(house):
    """Whatever waits or measures asks the one clock that is never set."""
    paths = house.c(".c")
    for path in paths:
        for number, line in enumerate(house.text(path).splitlines(), 1):
            if path.name != "clock.c" and OTHER_CLOCKS.search(DATE_OF_NOW.sub("", line)):
                house.found(path, number, "whatever waits or measures asks base/clock.h: the machine's date may be set back or forward meanwhile")
    house.looked(len(paths), 150, "files of C")


@guard(Fault(PLANTED, 'the last include must be "base/banned.h"', plant='#include "base/banned.h"\n#include <stddef.h>\n'))
def banned_header(house):
    """Each file of C includes the header that bans calls, after all others."""
    count = 0
    for path in house.c(".c"):
        includes = re.findall(r"^#include .*$", house.text(path), re.M)
        count += bool(includes)
        if includes and includes[-1] != '#include "base/banned.h"':
            house.found(path, 1, 'the last include must be "base/banned.h"')
    house.looked(count, 150, "files with includes")


# a status is called so
RV = re.compile(r"\b(rv|retval)\b")


def conditions(content):
    """(position, text) of what if and while ask"""
    for m in re.finditer(r"\b(?:if|while) \(", content):
        depth, end = 1, m.end()
        while depth and end < len(content):
            depth += {"(": 1, ")": -1}.get(content[end], 0)
            end += 1
        yield m.end(), content[m.end():end - 1]


def outermost(condition):
    """The condition without what stands in parentheses: the bool of a pointer may be compared there."""
    while True:
        shorter = re.sub(r"\([^()]*\)", "_", condition)
        if shorter == condition:
            return condition
        condition = shorter


@guard(Fault(PLANTED, "is called status here", plant="int f(void)\n{\n    apr_status_t rv = APR_SUCCESS;\n}\n"),
       Fault(PLANTED, "a pointer is asked as it is", plant="void f(char *p)\n{\n    if (*q && strchr(p, 'a') != NULL)\n        g();\n}\n"),
       Fault(PLANTED, "a pointer is asked as it is", plant="void f(char *p)\n{\n    g(p == NULL ? 1 : 2);\n}\n"))
def banned_dialects(house):
    """One dialect: the result is called status, and pointers are asked as they are."""
    count = 0
    for path in [*house.c(), *house.files("tests", ".c", ".h")]:
        content = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), house.text(path), flags=re.S)
        for m in RV.finditer(content):
            house.found(path, line_of(content, m.start()), f"{m[0]} is called status here")
        asked = [(at, text) for at, text in conditions(content) if re.search(r"[!=]= NULL", outermost(text))]
        for at, _ in [*asked, *((m.start(), m[0]) for m in re.finditer(r"[!=]= NULL\s*\?", content))]:
            house.found(path, line_of(content, at), "a pointer is asked as it is: if (p), if (!p)")
        count += content.count("if (")
    house.looked(count, 2000, "conditions")


WORDS = re.compile(r"XML_PARSE_NOENT|XML_PARSE_DTDLOAD|XML_PARSE_HUGE|\bsetlocale\(|\bstrtok_r\("
                   # there is one of each: apr_encode, base/file.h, data/date_text.h
                   r"|\bEVP_(?:En|De)code\w*\(|\bapr_base64_\w+\(|\bfopen\(|\bfread\(|\bapr_strftime\(|\bstrftime\(")


@guard(Fault(PLANTED, "XML_PARSE_NOENT is banned", plant="int options = XML_PARSE_NOENT;\n"),
       Fault(PLANTED, "apr_base64_encode( is banned", plant="apr_base64_encode(to, from, length);\n"))
def banned_words(house):
    """What the preprocessor cannot ban."""
    paths = house.c()
    for path in paths:
        content = house.text(path)
        for m in WORDS.finditer(content):
            house.found(path, line_of(content, m.start()), f"{m[0]} is banned")
    house.looked(len(paths), 250, "files of C")


# an e-mail has no style sheet to refer to: its styles stand in the letter (render/html.h)
LETTER = "xslt/messages/html.xsl"
STYLE = re.compile(r"disable-output-escaping|<xsl:document|[^-\w]document\(|<style|\son[a-z]+=[\"']|href=[\"']javascript:|=[\"']data:")


@guard(Fault("xslt/sections/planted.xsl", 'onclick=" is banned in a stylesheet', plant='<button onclick="go()"/>\n'),
       Fault("xslt/messages/planted.xsl", '<style is banned in a stylesheet', plant='<style>p { color: red; }</style>\n'))
def banned_markup(house):
    """What a stylesheet must not write: unescaped text, other documents, scripts and styles within the page."""
    paths = house.files("xslt", ".xsl")
    for path in paths:
        content = house.text(path)
        for m in (m for m in STYLE.finditer(content) if (str(path), m[0]) != (LETTER, "<style")):
            house.found(path, line_of(content, m.start()), f"{m[0].strip()} is banned in a stylesheet")
    house.looked(len(paths), 40, "stylesheets")
