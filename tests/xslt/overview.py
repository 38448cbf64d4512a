# SPDX-License-Identifier: Apache-2.0
"""What tests/xslt/run asks of the overview's charts and files: bars as long as the table says, and CSV that programs read."""
import csv
import io
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

SEPARATORS = {"lv": ("\u202f", ","), "en": ("\u202f", ".")}
# pages whose stylesheet writes text: (section, route) → stylesheet
FILES = {("overview", "consumption"): "sections/overview-consumption", ("overview", "invoices"): "sections/overview-invoices"}
FORMULA = tuple("=+-@\t\r")


def number(text, language):
    thousands, decimal = SEPARATORS[language]
    return round(float(text.strip().lstrip("≈≥").replace("\u00a0", "").replace(thousands, "").replace(decimal, ".")) * 1000)


def attributes(tag, html):
    return [dict(re.findall(r'([a-z0-9-]+)="([^"]*)"', one)) for one in re.findall(rf"<{tag} ([^>]*)>", html)]


def drawn(svg, along, per_litre, ends):
    """Litres of each bar as drawn: rectangles of one place (read, computed) together, in the order of the document."""
    sums = {}
    for rect in attributes("rect", svg):
        if rect.get("class") in ("bar", "est") and "height" in rect and "x" in rect:
            sums[rect[ends]] = sums.get(rect[ends], 0) + float(rect[along]) / per_litre
    return [round(litres) for litres in sums.values()]


def charts(html, document, language):
    """The bars of both drawings, the table and the document say the same, and the total is their sum."""
    page = ET.fromstring(document)
    period = page.find("data/period")
    if period is None or period.get("litres") is None or "wp-chart__wide" not in html:
        return
    litres = [int(bar.get("litres")) for bar in page.findall("data/bar")]
    computed = [int(bar.get("estimated", 0)) for bar in page.findall("data/bar")]
    shown = [n for n in litres if n]  # a bar of no length is not drawn
    wide = re.search(r'<svg class="wp-chart__wide".*?</svg>', html, re.S)[0]
    narrow = re.search(r'<svg class="wp-chart__narrow".*?</svg>', html, re.S)[0]
    top = 4 * int(period.get("step"))
    slack = top / 1500  # tenths of a pixel are drawn
    for name, bars, expected in (("wide", [n for n in drawn(wide, "height", 218 / top, "x") if n], shown),
                                 ("narrow", [n for n in drawn_rows(narrow, top) if n], shown)):
        expected = expected[-len(bars):] if name == "narrow" and len(litres) > 24 else expected
        if len(bars) != len(expected) or any(abs(a - b) > slack for a, b in zip(bars, expected)):
            yield f"the {name} chart's bars are {bars}, the document has {expected}"
    table = re.search(r'<tbody class="govuk-table__body">(.*?)</tbody>\s*<tfoot>(.*?)</tfoot>', html, re.S)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)[0] for row in re.findall(r"<tr.*?</tr>", table[1], re.S)]
    known = [n for n, bar in zip(litres, page.findall("data/bar")) if bar.get("state") != "none"]
    told = [number(cell, language) for cell in cells if re.search(r"\d", cell)]
    if told != known:
        yield f"the table says {told}, the document {known}"
    total = number(re.findall(r"<td[^>]*>(.*?)</td>", table[2], re.S)[0], language)
    if not total == sum(told) == int(period.get("litres")):
        yield f"the total is {total}, the rows add up to {sum(told)}"
    hatched = sum(1 for rect in attributes("rect", wide) if rect.get("class") == "est")
    if hatched != sum(1 for bar in page.findall("data/bar") if bar.get("estimated") is not None):
        yield f"{hatched} hatched parts, computed are {computed}"


def drawn_rows(svg, top):
    """As drawn(), but a row is a place downwards, and the newest stands on top: document order is oldest first."""
    sums = {}
    for rect in attributes("rect", svg):
        if rect.get("class") in ("bar", "est") and "y" in rect and "width" in rect and rect.get("height") == "18":
            sums[rect["y"]] = sums.get(rect["y"], 0) + float(rect["width"]) * top / 124
    return [round(n) for n in sums.values()]


def in_form(document, decimal, separator):
    document = re.sub(r'(<field name="decimal" control="decimal" value=")[^"]*', rf"\g<1>{decimal}", document)
    return re.sub(r'(<field name="separator" control="separator" value=")[^"]*', rf"\g<1>{separator}", document)


def check_rows(text, document, decimal, separator):
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";" if separator == "semicolon" else ",", strict=True))
    page = ET.fromstring(document)
    items = page.findall("data/series/bar") or page.findall("data/invoice")
    if not text.startswith("\ufeff") or not text.endswith("\r\n"):
        yield "no mark at the begin, or no CRLF at the end"
    if len(rows) != len(items) + 1 or {len(row) for row in rows} != {len(rows[0])}:
        yield f"{len(rows)} rows of {sorted({len(row) for row in rows})} cells for {len(items)} items"
    for row in rows:
        yield from (f"a spreadsheet would run {cell!r}" for cell in row if cell.startswith(FORMULA) and not re.fullmatch(r"-\d+[.,]\d+", cell))
    said = {cell.removeprefix("'") for row in rows for cell in row}
    texts = {e.text for e in page.iter() if e.tag in ("place", "serial", "invoice_no") and e.text}
    yield from (f"{text!r} is not in the file" for text in texts - said)
    amount = re.compile(r"-?\d+\%s\d+" % ("," if decimal == "comma" else "."))
    if not any(amount.fullmatch(cell) for row in rows for cell in row):
        yield f"no number with a decimal {decimal}"
    own = sum(int(bar.get("litres")) for bar in page.findall("data/series/bar")) or sum(int(i.findtext("total")) * 10 for i in page.findall("data/invoice"))
    column = 6 if page.find("data/series") is not None else 12
    told = sum(round(float(row[column].replace(",", ".")) * 1000) for row in rows[1:] if row[column])
    if told != own:
        yield f"the file adds up to {told}, the document to {own}"


def check_office(text, name):
    """LibreOffice, where it is installed: as many rows as the file has."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in.csv").write_text(text, encoding="utf-8", newline="")
        run = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "fods",
                              "--infilter=CSV:44,34,76,1", "--outdir", folder, f"{folder}/in.csv"], capture_output=True, text=True, timeout=120)
        made = Path(folder) / "in.fods"
        if not made.exists():
            return [f"{name}: LibreOffice: {run.stdout} {run.stderr}"]
        sheet = made.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    found = len(re.findall(r"<table:table-row[^>]*>\s*<table:table-cell [^>]*office:value-type", sheet))
    formulas = re.findall(r'table:formula="[^"]*"', sheet)
    return ([f"{name}: LibreOffice reads {found} rows of {len(rows)}"] if found != len(rows) else []) + [f"{name}: LibreOffice computes {f}" for f in formulas]


def files(render, document, language, out):
    """render(document, stylesheet) → text. All ways to write numbers."""
    problems = []
    section, route = re.search(r'<page section="([a-z]+)" route="([a-z]+)"', document).groups()
    for decimal, separator in (("", ""), ("comma", "comma"), ("comma", "semicolon"), ("dot", "semicolon")):
        form = in_form(document, decimal, separator)
        text, fault = render(form, FILES[section, route])
        problems += [fault] if fault else list(check_rows(text, form, decimal, separator))
    if shutil.which("soffice") and language == "en" and not problems:
        problems += check_office(render(document, FILES[section, route])[0], route)
    return problems
