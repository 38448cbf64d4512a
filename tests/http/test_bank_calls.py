# SPDX-License-Identifier: Apache-2.0
"""What goes out to a bank when pages are opened: 977 calls by anonymous GETs of one return address, and no end of log lines."""
import concurrent.futures
import time

import pytest

import steps
from test_banks import bank, leave  # noqa: F401 the fixture
from test_payments import choose, invoices

# a child of the start before that was still busy
pytestmark = [pytest.mark.waits, pytest.mark.expects_log("AH00488", at_least=0)]


@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(2)]


@pytest.fixture
def payer(rig, cast):
    browser = steps.returning(rig, cast[0])
    browser.invoices = invoices(rig, browser, 3260, 2804, 1000, 500, 600, 700)
    return browser


@pytest.fixture(scope="module", autouse=True)
def well_again(rig):
    """For the files that come after."""
    yield
    rig.graceful()


@pytest.fixture
def fresh(rig):
    """A start at which nothing is known about banks and orders, whatever an earlier test left."""
    rig.graceful()


def asked(bank, part="/status"):
    return [call for call in bank.control("calls/swedbank") if call["path"].endswith(part)]


def open_at_once(bank, url, times, threads=12):
    """Statuses, and how long the slowest took."""
    def one(_):
        begun = time.monotonic()
        return bank.rig.browser().get(url).status, time.monotonic() - begun
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(one, range(times)))
    return {status for status, _ in answers}, max(took for _, took in answers)


def test_one_question_an_order_and_a_pause(fresh, bank, payer):
    order = leave(bank, payer, "swedbank", "pick=" + payer.invoices[0])
    bank.behave("swedbank", statuses=["INITIAL"] * 100)
    begun = time.monotonic()
    statuses, _ = open_at_once(bank, order.shown["return_url"], 200)
    took = time.monotonic() - begun
    assert statuses == {200}, "the others are answered from what is known"
    times = [call["at"] for call in asked(bank)]
    assert 1 <= len(times) <= 2 + took / 5
    assert all(later - earlier > 4.5 for earlier, later in zip(times, times[1:]))
    assert order.state in ("redirected", "pending")


def test_news_come_after_the_pause(fresh, bank, payer):
    order = leave(bank, payer, "swedbank", "pick=" + payer.invoices[0])
    bank.behave("swedbank", statuses=["INITIAL", "EXECUTED"], push=False)
    assert order.carrier.get(order.shown["return_url"]).status == 200
    time.sleep(5.2)
    assert order.carrier.get(order.shown["return_url"]).status == 200 and order.state == "confirmed"
    assert len(asked(bank)) == 2


@pytest.mark.expects_log("WP0505")
def test_a_silent_bank_is_left_alone_and_holds_nobody(rig, fresh, bank, payer):
    """Three are silent for eight seconds each, side by side; then everybody is answered at once, in all processes."""
    urls = [leave(bank, payer, "swedbank", "pick=" + invoice).shown["return_url"] for invoice in payer.invoices[:4]]
    bank.behave("swedbank", down="hang")
    offset = rig.error_log.stat().st_size
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert [p.status for p in pool.map(lambda url: rig.browser().get(url), urls)] == [200] * 4
    before = len(asked(bank))
    statuses, slowest = open_at_once(bank, urls[0], 40)
    assert statuses == {200} and slowest < 5
    begun = time.monotonic()
    page = choose(payer, "pick=" + payer.invoices[5], "swedbank")
    assert page.status == 503 and "nav sasniedzama" in page.title and time.monotonic() - begun < 4
    assert len(asked(bank)) == before, "not one more went out"
    assert sum("WP0505" in line for line in rig.log_since(offset)) == 1, "one line a minute"


@pytest.mark.expects_log("WP0505")
def test_a_failing_bank_is_asked_again_by_one(rig, fresh, bank, payer):
    orders = [leave(bank, payer, "swedbank", "pick=" + invoice) for invoice in payer.invoices[:5]]
    bank.behave("swedbank", down="503", push=False)
    for order in orders:
        assert rig.browser().get(order.shown["return_url"]).status == 200
    assert len(asked(bank)) == 3
    bank.behave("swedbank", down=None)
    orders[4].act("close")
    assert rig.browser().get(orders[4].shown["return_url"]).status == 200
    assert len(asked(bank)) == 3 and orders[4].state == "redirected"
    time.sleep(30)
    open_at_once(bank, orders[4].shown["return_url"], 20)
    assert len(asked(bank)) == 4 and orders[4].state == "confirmed"
    assert rig.browser().get(orders[3].shown["return_url"]).status == 200
    assert len(asked(bank)) == 5, "it is well again for all"


@pytest.mark.expects_log("WP0505")
def test_an_order_that_cannot_be_left_is_not_tried_for_ever(rig, fresh, bank, payer):
    bank.behave("swedbank", down="503")
    page = choose(payer, "pick=" + payer.invoices[0], "swedbank")
    for _ in range(30):
        assert payer.get(page.path).status == 503
    assert len(bank.control("calls/swedbank")) == 3
