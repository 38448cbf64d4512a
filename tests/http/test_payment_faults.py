# SPDX-License-Identifier: Apache-2.0
"""A thousand payments by fifty customers while children are killed and the database is restarted, each message of the banks twice: none
is lost, none counts twice, none is made that nobody wanted."""
import concurrent.futures
import contextlib
import http.client
import os
import signal
import ssl
import threading
import time

import pytest

import bank as banks
import steps
from test_banks import bank  # noqa: F401
from test_faults import CUT_AT_LOGIN, REPLACED, ROUNDS, SUBMITTERS, again_and_again, children, insist, insist_on_page, restart_postgresql
from test_payments import invoices, picks

AGREEMENTS = ["vk008", "vk009", "seb", "swedbank"]
SUM_C = 1000


def carry(order):
    """The bank's page says "paid"; the browser carries the message back twice, and again until the portal accepts it."""
    leaves = order.press("pay")
    for _ in range(2):
        for _ in again_and_again():
            try:
                page = order.follow(leaves)
                if page.status == 200:
                    break
                assert page.status == 503, page
            except (OSError, ssl.SSLError, http.client.HTTPException):
                pass
        else:
            raise AssertionError("the way back leads nowhere")


def pay_rounds(bank, browser, turn, begun):  # noqa: F811
    """One invoice after the other, each at the next bank, each wholly."""
    for number, invoice in enumerate(browser.invoices):
        agreement = AGREEMENTS[(turn + number) % len(AGREEMENTS)]
        form = insist_on_page(browser, f"/portal/payments/new?{picks(invoice)}").form()
        page = insist(browser, form.fill(bank=agreement), "pay")
        assert page.status == 303, page
        order = bank.take(insist_on_page(browser, page.header("Location")))
        begun.append((order.payment, agreement, invoice))
        carry(order)


@contextlib.contextmanager
def disturbed(rig):
    """Children are killed, PostgreSQL is restarted; how often it was done."""
    stop, done = threading.Event(), {"killed": 0, "restarted": 0}

    def kill():
        while not stop.wait(1.5):
            for pid in children(rig)[:1]:
                os.kill(pid, signal.SIGKILL)
                done["killed"] += 1

    def restart():
        while rig.driver == "pgsql" and not stop.wait(10):
            restart_postgresql(rig)
            done["restarted"] += 1

    threads = [threading.Thread(target=kill), threading.Thread(target=restart)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def all_settled(rig, wanted, seconds=60):
    """The banks' servers repeat themselves until they were heard."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if rig.sql("SELECT count(*) FROM portal_payment WHERE state = 'confirmed'")[0][0] >= wanted:
            return
        time.sleep(0.2)


@pytest.mark.heavy
@pytest.mark.expects_log(*REPLACED, CUT_AT_LOGIN, "AH00052", "WP02", "WP0505", r"dbd", at_least=0)
def test_a_thousand_payments_are_posted_once_each(rig, bank):  # noqa: F811
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        browsers = list(pool.map(lambda _: steps.visitor(rig), range(SUBMITTERS)))
    for browser in browsers:
        browser.invoices = invoices(rig, browser, *[SUM_C + n for n in range(ROUNDS)])
    begun = []
    with disturbed(rig) as faults, concurrent.futures.ThreadPoolExecutor(SUBMITTERS) as pool:
        for done in [pool.submit(pay_rounds, bank, b, turn, begun) for turn, b in enumerate(browsers)]:
            done.result(timeout=900)
    check(rig, bank, browsers, begun)
    assert faults["killed"] > 0 and (faults["restarted"] > 0 or rig.driver != "pgsql" or ROUNDS < 10)


def check(rig, bank, browsers, begun):  # noqa: F811
    mine = {payment for payment, _, _ in begun}
    assert len(begun) == len(mine) == SUBMITTERS * ROUNDS
    all_settled(rig, len(mine))
    items = [row for row in rig.sql("SELECT p.payment_id, p.agreement, i.invoice_no, p.state, p.amount_c, i.amount_c, i.posted_at IS NOT NULL "
                                    "FROM portal_payment p JOIN portal_payment_item i ON i.payment_id = p.payment_id") if row[0] in mine]
    assert sorted(row[:3] for row in items) == sorted(begun), "every payment has the one invoice it was made for"
    assert {row[3] for row in items} == {"confirmed"} and all(row[6] and row[4] == row[5] for row in items)
    moved = [payment for payment, in rig.sql("SELECT payment_id FROM portal_payment_event WHERE decision = 'moved' AND state = 'confirmed'") if payment in mine]
    assert sorted(moved) == sorted(mine), "each was confirmed by one message"
    accounts = rig.sql("SELECT i.contract_no, count(*), sum(i.amount_c) FROM portal_payment_item i GROUP BY i.contract_no")
    wanted = {b.contract: (ROUNDS, sum(SUM_C + n for n in range(ROUNDS))) for b in browsers}
    assert {contract: (count, int(cents)) for contract, count, cents in accounts if contract in wanted} == wanted, "nobody has a payment more"
    paid = [o for o in bank.control("orders") if o["state"] == "paid"]
    assert len(paid) == len(mine), "the banks took the money once"
    for browser in browsers[:5]:
        assert "Viss ir samaksāts" in insist_on_page(browser, "/portal/invoices").text
