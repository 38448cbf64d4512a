# SPDX-License-Identifier: Apache-2.0
"""The house of the stylesheets: heads of tables, which folder may use which, what is installed."""
import posixpath
import re

from .house import Fault, guard, line_of

# the head of a row is a section's own business; a column's names its attribute sets and is made in shared/table.xsl
HEADS = re.compile(r"""<thead\b|<th\b(?![^>]*(?:\bscope=["']row["']|xsl:use-attribute-sets=))|<xsl:element name=["']th""")
USES = re.compile(r'<xsl:(?:include|import) href="([^"]+)"')


@guard(Fault("xslt/sections/planted.xsl", "shared/table.xsl makes the heads of tables", plant='<th scope="col" class="govuk-table__header">\n'),
       Fault("xslt/sections/planted.xsl", "shared/table.xsl makes the heads of tables", plant='<th>x</th>\n'),
       Fault("xslt/sections/planted.xsl", "shared/table.xsl makes the heads of tables", plant='<xsl:element name="th">\n'),
       Fault("xslt/sections/planted.xsl", "shared/table.xsl makes the heads of tables", plant='<thead class="govuk-table__head">\n'))
def stylesheets_tables(house):
    """A table's head is made in one place."""
    columns = 0
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        columns += len(re.findall(r'<th [^>]*xsl:use-attribute-sets="', content))
        if str(path) != "xslt/shared/table.xsl":
            for m in HEADS.finditer(content):
                house.found(path, line_of(content, m.start()), "shared/table.xsl makes the heads of tables: mode as-table and xsl:use-attribute-sets")
    house.looked(columns, 120, "columns of tables")


# what would decide the state of an invoice again; its days stand for it in the lists of what is to be paid
DECIDES = re.compile(r"\bpaying\s*(?:!?=|&[gl]t;)|\bpaying\[\. |\boverdue\[\. ?=|\boverdue\s*!?=|(?:invoice|\bdue)\[[^]]*@days|"
                     r"\bopen\s*&[gl]t;\s*total")
STATE = "the state of an invoice is decided in sql/store/clauses.sql: match its element state"


@guard(Fault("xslt/sections/planted.xsl", STATE, plant="<xsl:template match=\"invoice[paying &gt; 0]\"/>\n"),
       Fault("xslt/sections/planted.xsl", STATE, plant="<xsl:template match=\"invoice[@days &lt; 0]\"/>\n"),
       Fault("xslt/sections/planted.xsl", STATE, plant="<xsl:template match=\"invoice[open &lt; total]\"/>\n"),
       Fault("xslt/sections/planted.xsl", STATE, plant="<xsl:apply-templates select=\"due[may_pay = 1][paying = 0]\"/>\n"),
       Fault("xslt/sections/planted.xsl", STATE, plant="<xsl:apply-templates select=\"overdue[. = 1]\"/>\n"))
def stylesheets_states(house):
    """A stylesheet shows the state of an invoice and does not compute it."""
    shown = 0
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        shown += len(re.findall(r"\bstate(?:\[\.)?\s*!?=\s*'(?:paying|overdue|credit)'", content))
        for m in DECIDES.finditer(content):
            house.found(path, line_of(content, m.start()), STATE)
    house.looked(shown, 8, "states of invoices")


@guard(Fault("xslt/sections/acts.xsl", "what two sections use belongs into xslt/shared", old='href="acts/paper.xsl"', new='href="contracts/paper.xsl"'),
       Fault("xslt/shared/format.xsl", "what two sections use belongs into xslt/shared",
             old="<xsl:stylesheet [^>]*>", new=r'\g<0><xsl:include href="../sections/start/hero.xsl"/>'),
       Fault("xslt/sections/start.xsl", "there is no xslt/sections/start/planted.xsl", old='href="start/hero.xsl"', new='href="start/planted.xsl"'))
def stylesheets_rooms(house):
    """A folder of xslt/sections is one section's own; what is included is there."""
    count = 0
    for path in house.files("xslt", ".xsl"):
        content = house.text(path)
        for m in USES.finditer(content):
            used = posixpath.normpath(posixpath.join(posixpath.dirname(str(path)), m[1]))
            owner = re.match(r"xslt/sections/([a-z]+)/", used)
            count += 1
            if not house.exists(used):
                house.found(path, line_of(content, m.start()), f"there is no {used}")
            elif owner and not re.match(rf"xslt/sections/{owner[1]}(\.xsl|-|/)", str(path)):
                house.found(path, line_of(content, m.start()), f"{used} is of {owner[1]} alone; what two sections use belongs into xslt/shared")
    house.looked(count, 70, "includes and imports")


@guard(Fault("xslt/shared/planted.xsl", "is not installed", plant="<xsl:stylesheet/>\n"),
       Fault("xslt/sections/start-planted.xsl", "is not installed", plant="<xsl:stylesheet/>\n"),
       Fault("xslt/sections/planted/part.xsl", "is not installed", plant="<xsl:stylesheet/>\n"))
def stylesheets_installed(house):
    """Every stylesheet and catalogue is in the build's lists: xslt/local.mk, or found by build/gen-sections.sh."""
    listed = set(re.findall(r"xslt/[\w./-]+", house.text("xslt/local.mk")))
    count = 0
    for path in house.files("xslt", ".xsl", ".xml", ".rng"):
        section = re.fullmatch(r"xslt/sections/([a-z]+)(/[a-z-]+)?\.xsl", str(path))
        count += 1
        if str(path) not in listed and not (section and house.exists(house.section(section[1]))):
            house.found(path, 1, "is not installed: no list of the build names it")
    house.looked(count, 60, "files of xslt")
