# SPDX-License-Identifier: Apache-2.0
"""The named statements of sql/, read as data/query_file.h describes them."""
import pathlib
import re
import typing

TOP = pathlib.Path(__file__).resolve().parents[3]
SQL = TOP / "sql"
RIGHTS = {name: int(bit) for bit, name in re.findall(r'X\(\w+,\s+(\d+),\s+"(\w+)",', (TOP / "mod_waterportal/domain/rights.h").read_text(encoding="utf-8"))}
USE = re.compile(r"\{([^}\n]*)\}|('(?:[^']|'')*')")
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


def right(names):
    """{right pay+submit} as a number; a bound sum, {right :right}, as it is."""
    return names if names.startswith(":") else str(sum(sum(RIGHTS.values()) if name == "any" else RIGHTS[name] for name in names.split("+")))


def expand(text, clauses, values=None):
    """The text with every {clause argument …} in it replaced; values: what parameters stand for."""
    values = values or {}

    def put(found):
        if found[2]:
            return found[2]
        name, *arguments = [values.get(word, word) for word in found[1].split()]
        if found[1] in values:
            return name
        if name == "right":
            return right(*arguments)
        parameters, body = clauses[name]
        return expand(body, clauses, dict(zip(parameters, arguments, strict=True)))
    return USE.sub(put, text)


def read(text, clauses):
    """The statements of one file's text; its clauses are added to clauses, name → (parameters, text)."""
    for block in re.split(r"^-- @(?=query |schema |clause )", text, flags=re.M)[1:]:
        kind, name, *parameters = block.splitlines()[0].split()
        body = "\n".join(line for line in block.splitlines()[1:] if not line.startswith("--")).strip().rstrip(";")
        if kind == "clause":
            clauses[name] = parameters, body
        elif kind == "query":
            yield Statement(name, re.search(r"^-- @scope (\w+)$", block, re.M)[1],
                            dict(re.findall(r"(\w+):(\w+)", " ".join(re.findall(r"^-- @args (.*)$", block, re.M)))), expand(body, clauses))


def files(directory=SQL):
    """The files that httpd and waterportalctl read (data/query_load.c)."""
    paths = [path for path in directory.rglob("*.sql") if path.parent.name != "demo"]
    return sorted(paths, key=lambda path: (path.name != "clauses.sql", path.name))


def of_the_portal(directory=SQL):
    """All that httpd and waterportalctl know; only demo-data reads sql/demo."""
    clauses = {}
    return [statement for path in files(directory) for statement in read(path.read_text(encoding="utf-8"), clauses)]
