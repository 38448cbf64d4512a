# SPDX-License-Identifier: Apache-2.0
"""Several invoices in one payment at each bank there is an agreement with: the demo bank signs, pushes, sends back, lies, hangs, and
gives statements. It shares no code with the module."""
import concurrent.futures
import hashlib
import http.client
import re
import ssl
import time

import pytest

import bank as banks
import portal
import steps
from test_faults import pg_ctl, pgsql  # noqa: F401
from test_payments import cast, choose, invoices, other, payer, picks  # noqa: F401

ALL = ["vk008", "vk009", "seb", "swedbank"]
FORMS = ALL[:3]


@pytest.fixture
def bank(rig):
    bank = banks.Bank(rig)
    bank.control("reset")
    yield bank
    bank.control("reset")


def leave(bank, browser, agreement, query="all=1"):
    page = choose(browser, query, agreement)
    assert page.status == 200 and page.path.endswith("/bank"), page
    return bank.take(page)


def balance(browser):
    return steps.document(browser, f"/portal/overview/money?contract={browser.contract}").findtext("data/balance/open")


# --- each bank, each button ---

@pytest.mark.parametrize("agreement", ALL)
def test_three_invoices_of_two_contracts(rig, bank, payer, other, agreement):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    try:
        order = leave(bank, payer, agreement, picks(*payer.invoices[:2], *theirs))
        assert order.shown["amount"] == "110.64" and order.state == "redirected"
        page = order.act("pay")
        assert page.status == 200 and order.becomes("confirmed") and order.posted == 3
        assert page.header("Set-Cookie") is None and payer.contract not in page.text
        assert balance(payer) == "1000" and balance(other) == "0"
        own = payer.get(f"/portal/payments/{order.payment}")
        assert "Samaksāts" in own.text and theirs[0] in own.text
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)


@pytest.mark.parametrize("agreement", ALL)
def test_the_browser_is_closed_after_paying(bank, payer, agreement):
    order = leave(bank, payer, agreement)
    assert order.act("close") is None
    assert order.becomes("confirmed") and order.posted == 3 and balance(payer) == "0"


@pytest.mark.parametrize("agreement", ALL)
def test_the_bank_says_no(bank, payer, agreement):
    for action, states in (("cancel", {"cancelled"}), ("reject", {"cancelled", "failed"})):
        order = leave(bank, payer, agreement)
        page = order.act(action)
        assert page.status == 200 and "nav veikts" in page.text and order.state in states and order.posted == 0
        assert "Mēģināt vēlreiz" in payer.get(f"/portal/payments/{order.payment}").text
    assert balance(payer) == "7064"


@pytest.mark.parametrize("agreement", ALL)
def test_the_bank_decides_later(bank, payer, agreement):
    order = leave(bank, payer, agreement)
    page = order.act("later")
    assert page.status == 200 and "Otrreiz maksāt nevajag" in page.text or "otrreiz maksāt nevajag" in page.text
    assert order.state in ("redirected", "pending") and order.posted == 0
    assert "neapmaksāt" not in payer.get(f"/portal/payments/{order.payment}").text.lower()
    order.act("close")
    assert order.becomes("confirmed") and order.posted == 3


@pytest.mark.parametrize("agreement", ALL)
def test_pushes_and_returns_in_any_number(bank, payer, agreement):
    order = leave(bank, payer, agreement)
    order.act("pay")
    order.becomes("confirmed")
    assert set(order.push(times=5)) == {200} and order.act("pay").status == 200
    assert order.state == "confirmed" and order.posted == 3
    assert [e for e in order.events() if e[1:] == ("moved", "confirmed")].__len__() == 1


@pytest.mark.parametrize("agreement", ALL)
def test_the_back_button_and_two_tabs(bank, payer, agreement):
    """The page "to the bank" opened again leads to the same order; after paying it leads to the payment."""
    order = leave(bank, payer, agreement)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda _: payer.get(f"/portal/payments/{order.payment}/bank"), range(2)))
    assert [bank.take(page).id for page in pages] == [order.id, order.id]
    order.act("pay")
    order.becomes("confirmed")
    assert payer.get(f"/portal/payments/{order.payment}/bank").path == f"/portal/payments/{order.payment}"


def test_two_tabs_at_once_leave_one_order(rig, bank, payer):
    """A bank with an API is asked for each tab; where both go on is the same."""
    form = payer.get("/portal/payments/new?all=1").form().fill(bank="swedbank")
    place = payer.post(form.action, form.data("pay"), follow=False).header("Location")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        hrefs = set(pool.map(lambda _: payer.get(place).link("Turpināt bankā"), range(4)))
    assert len(hrefs) == 1
    assert rig.sql("SELECT leave_href FROM portal_payment WHERE payment_id = ?", place.split("/")[3]) == [(hrefs.pop(),)]


# --- messages that are not right ---

@pytest.mark.expects_log("WP0502")
@pytest.mark.parametrize("agreement, wish", [
    (agreement, wish) for agreement in ALL
    for wish in ({"sign": "wrong"}, {"sign": "none"}, {"key": "other"}, {"key": "next"}, {"key": "vk008"}, {"key": "swedbank"})
    if wish.get("key") not in (agreement, "next" if agreement == "vk009" else agreement)], ids=str)
def test_signatures_that_are_none_of_the_bank(bank, payer, agreement, wish):
    order = leave(bank, payer, agreement)
    assert order.push(kind="paid", **wish) == [400]
    assert order.state == "redirected" and order.posted == 0 and order.events() == []


def test_a_key_that_is_rolled_over(bank, payer):
    """While two certificates stand in the agreement both are believed, and the ledger knows which it was."""
    tags = set()
    for invoice, key in zip(payer.invoices, ("bank", "next")):
        order = leave(bank, payer, "vk009", picks(invoice))
        assert order.push(kind="paid", key=key) == [200] and order.state == "confirmed"
        tags |= {tag for tag, in bank.rig.sql("SELECT key_tag FROM portal_payment_event WHERE payment_id = ? AND channel = 'push'", order.payment)}
    assert len(tags) == 2


@pytest.mark.expects_log("WP0502")
@pytest.mark.parametrize("wish", [
    {"header": {"alg": "none"}}, {"header": {"alg": "RS256"}}, {"header": {"alg": "HS512"}}, {"header": {"url": "https://portal.localhost/other"}},
    {"header": {"kid": "LV:CITS"}}, {"header": {"iat": 1}}, {"header": {"iat": 4102444800}}, {"header": {"iat": "now"}}, {"header": {"crit": []}},
    {"header": {"crit": ["b64", "exp"]}}, {"header": {"b64": True}}, {"after": {"amount": "0.01"}}, {"after": {"status": "EXECUTED "}}], ids=str)
def test_a_notification_that_is_signed_otherwise(bank, payer, wish):
    order = leave(bank, payer, "swedbank")
    order.bank.behave("swedbank", push=False)
    assert order.push(**wish) == [400]
    assert order.state == "redirected" and order.events() == []


@pytest.mark.expects_log("WP0502", at_least=0)
@pytest.mark.expects_log("WP0503", at_least=0)
@pytest.mark.parametrize("change", [{"id": "00000000-0000-0000-0000-000000000000"}, {"id": "../../x"}, {"id": ""}, {"status": ""},
                                    {"amount": "x", "status": "EXECUTED"},
                                    {"amount": "", "status": "EXECUTED"}, {"currency": "", "status": "EXECUTED"}], ids=str)
def test_a_notification_that_says_nothing_of_ours(bank, payer, change):
    order = leave(bank, payer, "swedbank")
    assert order.push(change=change) == [400]
    assert order.state == "redirected" and order.posted == 0


@pytest.mark.expects_log("WP0504", at_least=0)
@pytest.mark.parametrize("change, why", [({"amount": "70.63"}, "amount"), ({"currency": "USD"}, "currency"), ({"description": "WP1 cits"}, "message")])
def test_an_api_that_reports_other_money(bank, payer, change, why):
    order = leave(bank, payer, "swedbank")
    assert order.push(change={"status": "EXECUTED", **change}) == [200]
    assert order.state == "review" and order.posted == 0
    assert bank.rig.sql("SELECT why FROM portal_payment WHERE payment_id = ?", order.payment) == [(why,)]


@pytest.mark.parametrize("status, state", [("INITIAL", "pending"), ("IN_CONFIRMATION", "pending"), ("SOMETHING_NEW", "pending"), ("EXECUTED", "confirmed"),
                                           ("SETTLED", "confirmed"), ("FAILED", "failed"), ("CANCELLED_BY_USER", "cancelled"), ("ABANDONED", "cancelled"),
                                           ("EXPIRED", "cancelled")])
def test_what_each_status_means(bank, payer, status, state):
    order = leave(bank, payer, "swedbank")
    bank.behave("swedbank", statuses=[status])
    page = order.carrier.get(order.shown["return_url"])
    assert page.status == 200 and order.state == state


# --- a bank that is not there ---

@pytest.mark.expects_log("WP0505")
@pytest.mark.parametrize("how", [{"down": "503"}, {"sign": "wrong"}, {"sign": "none"}, {"key": "other"}], ids=str)
def test_a_bank_that_does_not_take_the_order(bank, payer, how):
    bank.behave("swedbank", **how)
    page = choose(payer, bank="swedbank")
    assert page.status == 503 and "nauda nav noņemta" in page.text and "nav sasniedzama" in page.title
    bank.behave("swedbank", down=None, sign="good", key="bank")
    again = payer.get(page.path)
    assert again.status == 200 and bank.take(again).state == "redirected", "the same payment goes on when the bank is back"


@pytest.mark.expects_log("WP0505")
def test_a_bank_that_hangs_holds_nobody_for_long(bank, payer, other):
    bank.behave("swedbank", down="hang")
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(choose, payer, bank="swedbank")
        time.sleep(1)
        assert other.get("/portal/home").status == 200 and not waiting.done(), "no connection to the database is held meanwhile"
        assert waiting.result().status == 503
    assert time.monotonic() - begun < 20


@pytest.mark.expects_log("WP0505")
def test_back_while_the_bank_is_away(bank, payer):
    """"Not there" is never "not paid"."""
    order = leave(bank, payer, "swedbank")
    bank.behave("swedbank", down="503", push=False)
    assert bank.rig.browser().get(order.shown["return_url"]).status == 200 and order.state == "redirected"
    bank.behave("swedbank", down=None)
    order.act("close")
    assert order.carrier.get(order.shown["return_url"]).status == 200 and order.state == "confirmed"


def test_back_with_a_secret_that_is_none(rig):
    for path in ("/portal/pay/swedbank/back/1", "/portal/pay/none/back/1", "/portal/pay/vk008/back/999999999999999"):
        assert rig.browser().get(path).status == 404


def test_the_way_back_is_a_secret_of_its_own(rig, bank, payer):
    """A stamp has 50 bits and appears on statements: it gives access to nothing, nor does what the database has of the secret."""
    order = leave(bank, payer, "swedbank")
    secret = order.shown["return_url"].rsplit("/", 1)[1]
    stamp, payment, kept = rig.sql("SELECT stamp, payment_id, return_hash FROM portal_payment WHERE payment_id = ?", order.payment)[0]
    assert re.fullmatch("[a-z2-7]{26}", secret) and secret != payment and kept == hashlib.sha256(secret.encode()).hexdigest()
    for known in (stamp, payment, kept, secret[:-1], secret.upper()):
        assert rig.browser().get(f"/portal/pay/swedbank/back/{known}").status == 404
    assert rig.browser().get(f"/portal/pay/vk008/back/{secret}").status == 404, "another bank's address"
    assert rig.browser().get(order.shown["return_url"]).status == 200


@pytest.mark.parametrize("how, words", [({}, "all well"), ({"key": "other"}, "bad_signature"), ({"sign": "none"}, "unsigned"), ({"down": "503"}, "503")],
                         ids=str)
def test_check_asks_the_bank_whether_it_knows_us(rig, bank, how, words):
    bank.behave("swedbank", **how)
    result = rig.ctl("check", "--agreements", str(rig.run / "etc/agreements.json"), check=False)
    assert words in result.stdout and result.returncode == (1 if how else 0), result.stdout


# --- the timer ---

def reconcile(rig, *arguments, code=0):
    result = rig.ctl("reconcile", "--agreements", str(rig.run / "etc/agreements.json"), *arguments, check=False)
    assert result.returncode in (0, code), result.stdout + result.stderr
    return result.stdout


def test_what_nobody_told_is_asked(rig, bank, payer):
    bank.behave("swedbank", push=False, **{"return": False})
    order = leave(bank, payer, "swedbank")
    order.act("close")
    assert order.state == "redirected"
    assert " moved" in reconcile(rig, code=1)
    assert order.state == "confirmed" and order.posted == 3 and ("poll", "moved", "confirmed") in order.events()
    reconcile(rig, code=1)
    assert order.posted == 3 and [e[1] for e in order.events()].count("moved") == 1


def test_a_silent_bank_is_asked_once_in_a_run(rig, bank, payer):
    orders = [leave(bank, payer, "swedbank", picks(i)) for i in payer.invoices]
    bank.behave("swedbank", down="503")
    assert reconcile(rig, code=1).count("no answer") == 1
    assert {order.state for order in orders} == {"redirected"}


@pytest.mark.parametrize("version", ["001.02", "001.08"])
def test_a_statement_settles_what_was_not_heard_of(rig, bank, payer, version, tmp_path):
    orders = []
    for agreement, invoice in zip(("vk008", "vk008", "vk009"), payer.invoices):
        bank.behave(agreement, push=False)
        orders.append(leave(bank, payer, agreement, picks(invoice)))
        orders[-1].act("close")
    assert {order.state for order in orders} == {"redirected"}
    for agreement in ("vk008", "vk009"):
        file = tmp_path / f"{agreement}.xml"
        file.write_bytes(bank.control("statement", agreement=agreement, version=version, foreign=5, duplicates=True))
        reconcile(rig, "--statement", str(file), code=1)
        reconcile(rig, "--statement", str(file), code=1)
    assert [(order.state, order.posted) for order in orders] == [("reconciled", 1)] * 3 and balance(payer) == "0"
    assert set(orders[0].push(kind="paid")) == {200} and orders[0].posted == 1, "the bank's own message comes after all"
    rig.sql("DELETE FROM portal_statement_entry")


# --- faults ---

@pytest.mark.parametrize("agreement", ["vk008", "swedbank"])
def test_a_hundred_megabytes(rig, agreement):
    """Refused by its length, before it is read."""
    connection = portal.connect("portal.localhost", rig.port, rig.ca)
    try:
        connection.putrequest("POST", f"/portal/pay/{agreement}/return")
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", str(100 * 1024 * 1024))
        connection.endheaders()
        sent, refused = 0, False
        try:
            for _ in range(100):
                connection.send(b"VK_X=1&" + b"x" * (1024 * 1024 - 7))
                sent += 1
        except (ConnectionError, ssl.SSLError):
            refused = True
        try:
            assert connection.getresponse().status == 413
        except (ConnectionError, ssl.SSLError, http.client.HTTPException):
            assert refused
    finally:
        connection.close()
    assert rig.browser().get("/portal/").status == 200


@pytest.mark.expects_log("WP0201", r"dbd", at_least=0)
def test_a_database_that_is_away_when_the_bank_reports(pgsql, bank, payer):  # noqa: F811
    """The answer is 503, so the bank repeats the message until it is accepted."""
    order = leave(bank, payer, "vk008")
    bank.behave("vk008", push=False)
    order.act("close")
    options = (pgsql.run / "pg/postmaster.opts").read_text().split(" ", 1)[1].replace('"', "'")
    pg_ctl(pgsql, "-m", "fast", "stop")
    try:
        assert order.push(kind="paid") == [503]
    finally:
        pg_ctl(pgsql, "-l", f"{pgsql.run}/log/pg.log", "-o", options, "start")
    assert order.push(kind="paid") == [200] and order.state == "confirmed" and order.posted == 3
