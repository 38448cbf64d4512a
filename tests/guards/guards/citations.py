# SPDX-License-Identifier: Apache-2.0
"""What comments and documents name is there: files, folders and functions. Documents that code cites: documents.py."""
import functools
import io
import re
import tokenize

from .house import Fault, guard, line_of

ENDINGS = r"(?:c|h|md|xsl|xml|sql|py|mjs|js|json|txt|rng|conf|mk|sh|css|8)"
PATH = re.compile(rf"(?<![\w/.$:<{{\[*-])(?:\.{{1,2}}/)*((?:[\w.-]+/)*[A-Za-z][\w.-]*\.{ENDINGS})\b(?![\w/(*-])")
FOLDER = re.compile(r"(?<![\w/.$:<{*-])((?:mod_waterportal|tests|tools|xslt|sql|docs|htdocs)/(?:[\w-]+/)*[\w-]*)(?![\w.*{/…-])")
# NAME.c, l10n/LANG.xml: any of a kind
ANY_NAME = re.compile(r"(?:^|/)[A-Z]{3,}(?:[./-](?!md$)|$)|[_-]$")
# what tests leave behind
MADE = re.compile(r"tests/out(?:/|$)")
# of other programs, made by ours, or a reader's own
ELSEWHERE = {"sqlite3.h", "libpq-fe.h", "dbd-pgsql.conf", "Node.js", "issuers.conf", "extra.conf",
             "data.json", "statement.xml", "my-cases.json", "portal.1a2b3c4d.css", "contracts-contract-10-45127.xml",
             "parts/footer.xsl"}  # a former name, which themes may still import


def c_comments(text):
    for m in re.finditer(r'"(?:[^"\\\n]|\\.)*"|/\*(.*?)\*/|//([^\n]*)', text, re.S):
        if not m[0].startswith('"'):
            yield line_of(text, m.start()), m[0]


def python_comments(text):
    previous = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING
                                              and previous in (None, tokenize.INDENT, tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT)):
            yield token.start[0], token.string
        previous = token.type


def by_line(pattern):
    def comments(text):
        for number, line in enumerate(text.splitlines(), 1):
            m = re.search(pattern, line)
            if m:
                yield number, m[0]
    return comments


def xml_comments(text):
    yield from ((line_of(text, m.start()), m[0]) for m in re.finditer(r"<!--.*?-->", text, re.S))


COMMENTS = {".c": c_comments, ".h": c_comments, ".js": c_comments, ".mjs": c_comments, ".py": python_comments, ".sql": by_line(r"--(?! @).*"),
            ".xsl": xml_comments, ".xml": xml_comments, ".rng": xml_comments, ".mk": by_line(r"(?:^|\s)#.*"), ".am": by_line(r"(?:^|\s)#.*"),
            ".conf": by_line(r"(?:^|\s)#.*"), ".sh": by_line(r"(?:^|\s)#.*"), "": by_line(r"(?:^|\s)#.*"), ".md": by_line(r".*")}


@functools.lru_cache(maxsize=None)
def comments_of(ending, content):
    return tuple(COMMENTS[ending](content))


def cited(house):
    """(path, line, comment) of all comments and documents"""
    for path in house.files("."):
        if path.suffix not in COMMENTS or {"fixtures", "corpus", "m4"} & set(path.parts) or path.name.startswith("configure"):
            continue
        content = house.text(path)
        if path.suffix == ".md" or "SPDX-License-Identifier" in content[:400]:
            yield from ((path, line, comment) for line, comment in comments_of(path.suffix, content))


def endings_of(paths):
    """Each path, whole and without its first folders: a comment may leave out what its reader knows. What is made of NAME.in is NAME."""
    found = set()
    for path in paths:
        parts = str(path).removesuffix(".in").split("/")
        found |= {"/".join(parts[i:]) for i in range(len(parts))}
    return found


@guard(Fault("mod_waterportal/portal/planted.h", "there is no portal/planted.c",
             plant="/* SPDX-License-Identifier: Apache-2.0 */\n/* As in portal/planted.c. */\n"),
       Fault("docs/api.md", "there is no portal/planted.c", append="\nSee `portal/planted.c`.\n"),
       Fault("tests/http/planted.py", "there is no tests/planted", plant="# SPDX-License-Identifier: Apache-2.0\n# as in tests/planted/\n"))
def citations_files(house):
    """A file or folder that a comment or a document names is there."""
    files, count = house.files(".", generated=True), 0
    known = endings_of(files) | endings_of({parent for path in files for parent in path.parents}) | ELSEWHERE
    for path, line, comment in cited(house):
        for m in [*PATH.finditer(comment), *FOLDER.finditer(comment)]:
            place = m[1].rstrip("/")
            if place.endswith(".md") and path.suffix != ".md":
                continue
            count += 1
            # a program is called as its one file of C
            if not {place, f"{place}.c"} & known and not ANY_NAME.search(place) and not MADE.match(place):
                house.found(path, line + comment.count("\n", 0, m.start()), f"there is no {place}")
    house.looked(count, 600, "names of files in comments and documents")


@guard(Fault("mod_waterportal/portal/planted.h", "there is no wp_planted", plant="/* SPDX-License-Identifier: Apache-2.0 */\n/* As wp_planted() does. */\n"))
def citations_functions(house):
    """A function or type that a comment or a document names is there."""
    known = set()
    for path in [*house.c(), *house.files("tests", ".c", ".h")]:
        known |= set(re.findall(r"\b[wW][pP]_\w+", re.sub(r"/\*.*?\*/", "", house.text(path), flags=re.S)))
    joined, count = "\n".join(known), 0
    for path, line, comment in cited(house):
        for m in re.finditer(r"\b(wp_[a-z0-9_]+)(\*?)", comment):
            count += 1
            beginning = m[1].endswith("_") or m[2]
            if m[1] not in known and not (beginning and m[1] in joined):
                house.found(path, line + comment.count("\n", 0, m.start()), f"there is no {m[1]}")
    house.looked(count, 80, "names of functions in comments and documents")
