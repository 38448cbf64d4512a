# SPDX-License-Identifier: Apache-2.0
"""The named statements of sql/, read as data/query_file.h describes them."""
import pathlib
import re
import typing

SQL = pathlib.Path(__file__).resolve().parents[3] / "sql"
PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z]\w*)|('(?:[^']|'')*')")


class Statement(typing.NamedTuple):
    name: str
    scope: str
    arguments: dict  # name → type
    text: str  # placeholders are :name

    @property
    def reads(self):
        return re.match(r"(select|with|values)\b", self.text) is not None

    def positional(self, mark):
        """(text, names): each placeholder is replaced by mark(position, type), as apr_dbd binds them, one by one."""
        names = []

        def put(found):
            if found[2]:
                return found[2]
            names.append(found[1])
            return mark(len(names), self.arguments[found[1]])
        return PLACEHOLDER.sub(put, self.text), names


def read(text):
    """The statements of one file's text."""
    for block in re.split(r"^-- @(?=query |schema )", text, flags=re.M)[1:]:
        if not block.startswith("query "):
            continue
        body = "\n".join(line for line in block.splitlines()[1:] if not line.startswith("--"))
        yield Statement(block.split()[1], re.search(r"^-- @scope (\w+)$", block, re.M)[1],
                        dict(re.findall(r"(\w+):(\w+)", " ".join(re.findall(r"^-- @args (.*)$", block, re.M)))), body.strip().rstrip(";"))


def files(directory=SQL):
    """The files that httpd and waterportalctl read (data/query_load.c)."""
    return [path for path in sorted(directory.rglob("*.sql"), key=lambda path: path.name) if path.parent.name != "demo"]


def of_the_portal(directory=SQL):
    """All that httpd and waterportalctl know; only demo-data reads sql/demo."""
    return [statement for path in files(directory) for statement in read(path.read_text(encoding="utf-8"))]
