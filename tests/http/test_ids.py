# SPDX-License-Identifier: Apache-2.0
"""Ids of billing are text as the utility has it: a thousand random ones through every page that takes one, in addresses, forms,
field names and links, with the real httpd on both databases. Case ui-contract-spellings' kind: `2019/1234` registered, then
answered 404."""
import csv
import io
import json
import random
import re
import zipfile
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest

import steps

CONTRACTS = 112
FIXED = ["2019/1234", "Ū-1234", "A B", "12/345", "%2F", "a%2fb", "..a", "a/../b", "a/./b", "//", "/", "?", "#", "&", "+", "a+b", "'", '"', "\\", "<b>",
         "&amp;", "]]>", ";x=1", "~", "a//b", "...", "null", "0", "new", "print", "a  b", "U\u0304", "\ufb01-1", "\u200b", "水/1", "a\u00a0b", "\u202eab", "💧",
         "x" * 64, "ņ" * 64, "/" * 64, "{contract}", "$1", "%s", "a:b", "=1+1", "@x", "-1", "|", "a,b", "(1)", "*", "!", "`", "^", "R-2026-1", "%", "%zz"]
LETTERS = ("abcXYZ0189" * 2 + "/-._ %?#&+'\";:\\<>=,@!$()*[]{}|^~`" + "āčēģīķļņšūžĀŪ" + "ЖяΩß水字한אب" + "\u0304\u00a0\u2011\u200b\u200d\u202e💧👩½²№ﬁ１")


def is_id(text):
    """docs/database.md"""
    return (1 <= len(text) <= 64 and text not in (".", "..") and text == text.strip(" \u00a0\u2009\u202f")
            and not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", text))


def random_ids(count):
    chance, found = random.Random(20261130), dict.fromkeys(FIXED)
    while len(found) < count:
        length = chance.choice([1, 2, 3, 5, 8, 13, 21, 64])
        text = "".join(chance.choice(LETTERS) for _ in range(length))
        if is_id(text):
            found[text] = None
    ids = list(found)
    chance.shuffle(ids)
    return ids


class Holding:
    """A customer's contracts with all that hangs on them, every id of it one of the thousand."""

    def __init__(self, rig, ids):
        self.rig, ids = rig, iter(ids)
        self.contracts = [{"contract": next(ids), "meters": [next(ids), next(ids)], "points": [next(ids), next(ids)],
                           "acts": [next(ids), next(ids)], "invoices": [next(ids), next(ids)]} for _ in range(CONTRACTS)]
        self.all = {i for c in self.contracts for v in c.values() for i in ([v] if isinstance(v, str) else v)}

    def add(self, table, columns, rows):
        """Many rows in one statement, some hundred at a time."""
        names = columns.split()
        for at in range(0, len(rows), 200):
            part = rows[at:at + 200]
            places = ", ".join("(" + ", ".join("?" * len(names)) + ")" for _ in part)
            self.rig.sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES {places}", *[v for row in part for v in row])

    def fill(self, customer, premises, account):
        c = self.contracts
        pairs = lambda kind: [(one, x, n) for one in c for n, x in enumerate(one[kind])]
        self.add("billing_contract", "contract_no customer_no premises_id signed_on", [(x["contract"], customer, premises, "2020-01-01") for x in c])
        self.add("billing_meter", "meter_id contract_no point_id place serial digits decimals remote installed_on",
                 [(m, x["contract"], x["points"][n], f"place {n}", f"S{n}", 5, 3, 0, "2020-01-01") for x, m, n in pairs("meters")])
        self.add("billing_reading", "reading_id meter_id read_on value_l kind",
                 [(f"ids-{i}-{day}", m, day, value, "read") for i, (_, m, _) in enumerate(pairs("meters"))
                  for day, value in (("2026-09-25", 100000), ("2026-10-25", 110000))])
        self.add("billing_seal", "seal_no meter_id set_on", [(f"Z{n}", m, "2020-01-01") for _, m, n in pairs("meters")])
        self.add("billing_act", "act_no contract_no kind registered_on", [(a, x["contract"], "inspection", "2026-05-05") for x, a, _ in pairs("acts")])
        self.add("billing_act_meter", "act_no line meter_id part", [(a, 1, x["meters"][n], "checked") for x, a, n in pairs("acts")])
        self.add("billing_invoice", "invoice_no contract_no issued_on due_on period_from period_until net_c vat_c total_c open_c",
                 [(i, x["contract"], "2026-10-31", "2026-12-20", "2026-10-01", "2026-10-31", 1000, 210, 1210, 1210) for x, i, _ in pairs("invoices")])
        self.add("billing_invoice_line", "invoice_no line service meter_id quantity_l price net_c vat_rate",
                 [(i, 1, "water", x["meters"][n], 10000, 10000, 1000, 2100) for x, i, n in pairs("invoices")])
        self.account, self.customer, self.premises = account, customer, premises

    def connect(self, contracts):
        self.add("portal_account_contract", "account_id contract_no basis registered_at",
                 [(self.account, x["contract"], "customer", "2026-01-01T00:00:00Z") for x in contracts])

    def drop(self):
        for table, column, key in (("billing_contract", "contract_no", "contract"), ("portal_account_contract", "contract_no", "contract"),
                                   ("portal_reading", "contract_no", "contract"), ("portal_audit", "contract_no", "contract"),
                                   ("portal_delegation", "contract_no", "contract"),
                                   ("billing_meter", "meter_id", "meters"), ("billing_reading", "meter_id", "meters"), ("billing_seal", "meter_id", "meters"),
                                   ("billing_act", "act_no", "acts"), ("billing_act_meter", "act_no", "acts"),
                                   ("billing_invoice", "invoice_no", "invoices"), ("billing_invoice_line", "invoice_no", "invoices")):
            ids = [i for x in self.contracts for i in ([x[key]] if isinstance(x[key], str) else x[key])]
            self.rig.sql(f"DELETE FROM {table} WHERE {column} IN ({', '.join('?' * len(ids))})", *ids)


UNREGISTERED = 12  # of the contracts: a test registers them


@pytest.fixture(scope="module")
def held(rig):
    """(browser, holding): a customer who has all the contracts but the last twelve in the portal."""
    browser = steps.visitor(rig)
    ids = random_ids(CONTRACTS * 9)
    assert len(ids) >= 1000
    holding = Holding(rig, ids)
    customer, premises = rig.sql("SELECT customer_no, premises_id FROM billing_contract WHERE contract_no = ?", browser.contract)[0]
    account, = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0]
    holding.fill(customer, premises, account)
    holding.connect(holding.contracts[:-UNREGISTERED])
    yield browser, holding
    holding.drop()


def contract_pages(one):
    c, e = quote(one["contract"], safe=""), lambda text: quote(text, safe="")
    meters = [f"contract={c}&meter={e(m)}" for m in one["meters"]]
    return [f"/portal/contracts/{c}", f"/portal/contracts/{c}?meter={e(one['meters'][0])}", f"/portal/contracts/{c}/print",
            f"/portal/contracts/{c}/certificate",
            f"/portal/readings?contract={c}", f"/portal/readings/history?contract={c}", f"/portal/overview?contract={c}",
            *[f"/portal/overview?{m}" for m in meters], f"/portal/overview/consumption.csv?{meters[0]}", f"/portal/overview/money?contract={c}",
            f"/portal/overview/invoices.csv?contract={c}", f"/portal/acts?contract={c}", *[f"/portal/acts/{e(a)}" for a in one["acts"]],
            f"/portal/invoices?contract={c}", *[f"/portal/invoices/invoice?no={e(i)}" for i in one["invoices"]],
            f"/portal/invoices/print?no={e(one['invoices'][0])}", f"/portal/payments/new?pick={e(one['invoices'][0])}&pick={e(one['invoices'][1])}",
            f"/portal/delegations/new?contract={c}"]


def ids_of(url):
    """The ids that an address carries."""
    parts = urlsplit(url)
    found = [value for name, value in parse_qsl(parts.query, errors="strict") if name in ("contract", "meter", "no", "pick")]
    match = re.match(r"/portal/(?:contracts|acts)/([^/]+)", parts.path)
    return found + ([unquote(match[1], errors="strict")] if match else [])


def html_ids(page):
    return re.findall(r' id="([^"]*)"', page.text)


def check_html(page):
    """Nothing in an HTML id that a link or a list of ids could not hold; what is referred to is there, once."""
    ids = html_ids(page)
    assert len(ids) == len(set(ids)), page
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._~:-]*", i) for i in ids), [i for i in ids if not re.fullmatch(r"[A-Za-z][A-Za-z0-9._~:-]*", i)]
    referred = {i for name in ("for", "aria-labelledby", "aria-describedby") for value in re.findall(f' {name}="([^"]*)"', page.text) for i in value.split()}
    assert referred <= set(ids), (page, referred - set(ids))
    assert set(re.findall(r' href="#([^"]+)"', page.text)) <= set(ids), page


def test_every_page_takes_every_id(held):
    browser, holding = held
    known = holding.all | {browser.contract}
    linked = set()
    for one in holding.contracts[:-UNREGISTERED]:
        for url in contract_pages(one):
            page = browser.get(url)
            assert page.status == 200, (page, one)
            assert set(ids_of(page.url)) == set(ids_of(url)), (url, page.url)
            if not page.header("Content-Type").startswith("text/html"):
                continue
            check_html(page)
            for _, href in page.links:
                ids = [i for i in ids_of(href)]
                assert set(ids) <= known, (url, href)
                linked.update(ids)
    shown = holding.contracts[:-UNREGISTERED]
    for kind in ("acts", "invoices"):
        assert {i for x in shown for i in x[kind]} <= linked, kind
    assert {x["contract"] for x in shown} <= linked


@pytest.mark.parametrize("n", range(6))
def test_links_lead_back(held, n):
    """From a contract's page on, over all links that carry an id, as a person would go: each is 200 and shows what it names."""
    browser, holding = held
    one = holding.contracts[n * 7]
    own = set(holding_ids(one))
    seen, waiting = set(), [f"/portal/contracts/{quote(one['contract'], safe='')}"]
    while waiting and len(seen) < 60:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        page = browser.get(url)
        assert page.status == 200, page
        if not page.header("Content-Type").startswith("text/html"):
            continue
        for _, href in page.links:
            href = urlsplit(href)._replace(scheme="", netloc="", fragment="").geturl()
            if own & set(ids_of(href)) and "/public/" not in href:
                waiting.append(href)
    for path in ("/portal/readings", "/portal/readings/history", "/portal/overview", "/portal/invoices/invoice", "/portal/payments/new"):
        assert any(urlsplit(url).path == path for url in seen), path


def test_another_language_of_the_same_page(held):
    browser, holding = held
    try:
        for one in holding.contracts[42:48]:
            for url in (f"/portal/contracts/{quote(one['contract'], safe='')}/certificate", f"/portal/acts/{quote(one['acts'][0], safe='')}",
                        f"/portal/invoices/invoice?no={quote(one['invoices'][0], safe='')}"):
                page = browser.get(browser.get(url).link("English"))
                assert page.status == 200 and page.url == browser.base + url and ids_of(page.url), page
                assert browser.get(page.link("Latviešu")).url == browser.base + url
    finally:
        browser.get("/portal/public/language?to=lv")


def holding_ids(one):
    return [i for v in one.values() for i in ([v] if isinstance(v, str) else v)]


def test_readings_of_meters_with_any_id(rig, held):
    browser, holding = held
    for one in holding.contracts[:30]:
        url = f"/portal/readings?contract={quote(one['contract'], safe='')}"
        page = browser.get(url)
        form = page.form("readings").fill({f"value.{one['meters'][0]}": "121", f"value.{one['meters'][1]}": "nonsense"})
        refused = browser.submit(form, "submit")
        assert refused.status == 422, refused
        check_html(refused)
        form = refused.form("readings")
        assert form[f"value.{one['meters'][0]}"] == "121"
        page = browser.submit(form.fill({f"value.{one['meters'][1]}": "122"}), "submit")
        if page.status == 422:
            page = browser.submit(steps.confirm_all(page.form("readings")), "submit")
        receipt = steps.receipt_of(page)
        kept = rig.sql("SELECT r.meter_id, r.value_l FROM portal_reading r JOIN portal_submission s ON s.submission_id = r.submission_id WHERE s.receipt_no "
                       "= ?", receipt)
        assert set(kept) == {(one["meters"][0], 121000), (one["meters"][1], 122000)}


def test_registering_any_number(rig, held):
    browser, holding = held
    for one in holding.contracts[-UNREGISTERED:]:
        form = browser.get("/portal/registration").form("registration").fill({"contract": one["contract"], "declare": True})
        page = browser.submit(form)
        if not re.sub(r"[\u200b\u200d\u202e\u0304\s]", "", one["contract"]):
            continue  # nothing that a person could see
        assert page.status == 200 and page.path == "/portal/registration/done", (page, one["contract"])
        assert ids_of(page.url) == [one["contract"]]
        assert browser.get(f"/portal/contracts/{quote(one['contract'], safe='')}").status == 200


def test_rights_on_points_with_any_id(rig, held):
    browser, holding = held
    for one in holding.contracts[30:36]:
        form = browser.get(f"/portal/delegations/new?contract={quote(one['contract'], safe='')}").form()
        form.fill({"how": "link", "who": "Kaimiņš", "level": "read", "point": one["points"][1]})
        assert browser.submit(form).status == 200
        assert rig.sql("SELECT point_id FROM portal_delegation WHERE contract_no = ?", one["contract"]) == [(one["points"][1],)]


def test_paying_invoices_with_any_number(rig, held):
    browser, holding = held
    for one in holding.contracts[36:42]:
        url = "/portal/payments/new?" + "&".join(f"pick={quote(i, safe='')}" for i in one["invoices"])
        form = browser.get(url).form()
        amounts = sorted(n for n in form.names() if n.startswith("amount."))
        assert len(amounts) == 2
        page = browser.submit(form.fill({amounts[0]: "10,00 €", amounts[1]: "2,10"}), "compute")
        assert page.status == 200 and "12,10" in page.text
        check_html(page)


def test_the_archive_has_every_id(held):
    browser, holding = held
    files = zipfile.ZipFile(io.BytesIO(browser.get("/portal/account/export.zip").body))
    table = lambda name: list(csv.DictReader(io.StringIO(files.read(name).decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    guarded = lambda i: "'" + i if i[0] in "=+-@" else i
    shown = holding.contracts[:-UNREGISTERED]
    assert {guarded(x["contract"]) for x in shown} <= {row["contract"] for row in table("contracts.csv")}
    assert {guarded(m) for x in shown for m in x["meters"]} <= {row["meter"] for row in table("meters.csv")}
    assert {guarded(i) for x in shown for i in x["invoices"]} <= {row["invoice"] for row in table("invoices.csv")}


def test_programs_ask_by_any_id(rig, held):
    browser, holding = held
    form = browser.get("/portal/account/tokens").form("tokens").fill(name="ids")
    token = re.search(r"wpt_[a-z2-7]{40}", browser.submit(form).text)[0]
    program = rig.browser()
    for one in holding.contracts[:20]:
        page = program._fetch("GET", f"{program.base}/portal/api/v1/readings?contract={quote(one['contract'], safe='')}", None,
                              {"Accept": "application/json", "Authorization": f"Bearer {token}"}, None)
        assert page.status == 200, page
        assert set(one["meters"]) <= {row["meter"] for row in json.loads(page.body)["readings"]}


@pytest.mark.parametrize("path", ["/portal/contracts/a%0Ab", "/portal/contracts/%20a", "/portal/contracts/a%C2%A0", "/portal/contracts/" + "a" * 65,
                                  "/portal/acts/%FF",
                                  "/portal/acts/%C2%85", "/portal/readings?contract=" + "a" * 65, "/portal/readings?contract=a%0Ab"])
def test_what_is_no_id_opens_nothing(held, path):
    browser, _ = held
    assert browser.get(path, follow=False).status in (400, 404)


@pytest.mark.parametrize("dots", [".", "..", "%2E", "%2e%2E", ".%2e"])
def test_dots_are_directories(held, dots):
    """Browsers and httpd take them away before anybody sees them: why they are no ids."""
    browser, _ = held
    page = browser.get(f"/portal/contracts/{dots}")
    assert page.status == 200 and page.title in {browser.get(path).title for path in ("/portal/", "/portal/contracts")}


def test_a_slash_in_an_id_opens_no_other_place(rig, held):
    """What httpd protects by location stays protected: an encoded slash is part of a segment, wherever it occurs."""
    stranger = rig.browser()
    for path in ("/portal/public%2F..%2Fhome", "/portal/public/..%2Fhome", "/portal/public/%2e%2e%2fhome", "/portal/pay/..%2F..%2Fhome", "/portal%2Fhome",
                 "/portal/api/v1%2Freadings", "/portal/public%2Foutages"):
        assert stranger.get(path, follow=False).status in (302, 303, 401, 404), path
