# SPDX-License-Identifier: Apache-2.0
"""An order that has not left for its bank is under way like any other: who pays its invoices meanwhile knows, two tabs pay once, and
it ends by itself. What no longer is open is not paid. Its requests are real, and at the same moment."""
import concurrent.futures
import datetime

import pytest

import portal
import steps
from test_payments import Order, choose, invoices, leave, picks


@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(2)]


@pytest.fixture
def payer(rig, cast):
    for browser in cast:
        invoices(rig, browser)  # none is left, nor an order of one for the other's
    browser = steps.returning(rig, cast[0])
    browser.invoices = invoices(rig, browser, 3260, 2804, 1000)
    return browser


@pytest.fixture
def other(rig, cast):
    return steps.returning(rig, cast[1])


def order_without_leaving(browser, *names, **values):
    """The payment's id; the browser does not follow to the page that leads to the bank."""
    form = browser.get("/portal/payments/new?" + picks(*names)).form().fill(bank="vk008", **values)
    page = browser.post(form.action, form.data("pay"), follow=False)
    assert page.status == 303, page
    return page.header("Location").split("/")[3]


def at_once(browser, requests):
    """Each (method, path, data) at the same moment, with the browser's cookies: the statuses."""
    def send(request):
        method, path, data = request
        url = path if path.startswith("http") else browser.base + path
        return browser._fetch(method, url, portal.urlencode(data).encode() if data is not None else None, {}, None).status

    with concurrent.futures.ThreadPoolExecutor(len(requests)) as pool:
        return sorted(pool.map(send, requests))


def one_of(statuses):
    """One orders; the others see it before they write (422) or are told that something changed (409)."""
    return statuses[0] == 303 and set(statuses[1:]) <= {409, 422} and len(statuses) > 1


def state(rig, payment):
    return rig.sql("SELECT state FROM portal_payment WHERE payment_id = ?", payment)[0][0]


def orders(rig, browser):
    return rig.sql("SELECT count(DISTINCT payment_id) FROM portal_payment_item WHERE contract_no = ?", browser.contract)[0][0]


# --- two tabs ---

def test_five_tabs_order_the_same_invoices_once(rig, payer):
    forms = [payer.get("/portal/payments/new?all=1").form().fill(bank="vk008") for _ in range(5)]
    assert len({form["form-key"] for form in forms}) == 5
    assert one_of(at_once(payer, [("POST", form.action, form.data("pay")) for form in forms]))
    assert orders(rig, payer) == 1
    again = payer.post(forms[0].action, forms[1].data("pay"))
    assert again.status in (200, 409, 422) and orders(rig, payer) == 1


def test_tabs_with_some_invoices_in_common_order_each_once(rig, payer):
    one, two, three = payer.invoices
    forms = [payer.get("/portal/payments/new?" + picks(*names)).form().fill(bank="vk008") for names in ((one, two), (two, three), (three, one)) * 2]
    assert one_of(at_once(payer, [("POST", form.action, form.data("pay")) for form in forms]))
    assert rig.sql("SELECT count(*) FROM portal_payment_item WHERE contract_no = ?", payer.contract) == [(2,)]


def test_two_people_pay_for_one(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    try:
        forms = [(browser, browser.get("/portal/payments/new?" + picks(*theirs)).form().fill(bank="vk008")) for browser in (payer, other)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(lambda pair: at_once(pair[0], [("POST", pair[1].action, pair[1].data("pay"))])[0], forms))
        assert one_of(statuses) and orders(rig, other) == 1
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)


def test_a_payment_is_repeated_once(rig, payer):
    """Both tabs saw the first payment under way, and both are ticked: the second one repeats what the other did not see."""
    leave(rig, payer, picks(payer.invoices[0]))
    forms = [payer.get("/portal/payments/new?" + picks(payer.invoices[0])).form().fill(bank="vk008", again=True) for _ in range(6)]
    late = forms.pop()
    assert one_of(at_once(payer, [("POST", form.action, form.data("pay")) for form in forms]))
    assert orders(rig, payer) == 2
    page = payer.submit(late, "pay")
    assert page.status in (409, 422) and orders(rig, payer) == 2, "it was ticked for what was seen"
    assert page.form()["again"] is None, "and is to be ticked anew"
    assert payer.submit(page.form().fill(again=True), "pay").path.endswith("/bank") and orders(rig, payer) == 3


def test_six_tabs_leave_once(rig, payer):
    payment = order_without_leaving(payer, *payer.invoices)
    assert at_once(payer, [("GET", f"/portal/payments/{payment}/bank", None)] * 6) == [200] * 6
    assert rig.sql("SELECT count(*) FROM portal_payment_event WHERE payment_id = ? AND said = 'left'", payment) == [(1,)]


# --- an order that has not left ---

def test_an_order_that_has_not_left_is_under_way(rig, payer):
    first = order_without_leaving(payer, payer.invoices[0])
    assert state(rig, first) == "created"
    assert "Maksājums ceļā" in payer.get(f"/portal/overview/money?contract={payer.contract}").text
    assert steps.document(payer, "/portal/payments/new?all=1").find("data/total").get("cents") == "3804"
    assert steps.document(payer, "/portal/home").findtext("data/due/sum") == "3804"
    page = payer.get("/portal/payments/new?" + picks(payer.invoices[0]))
    assert "uz banku vēl nav aizgājis" in page.text and f"/portal/payments/{first}" in page.text
    assert choose(payer, picks(payer.invoices[0])).status == 422
    second = order_without_leaving(payer, payer.invoices[0], again=True)
    assert (state(rig, first), state(rig, second)) == ("cancelled", "created"), "it is not paid beside its repetition"
    page = payer.get(f"/portal/payments/{first}/bank")
    assert page.path == f"/portal/payments/{first}" and "Tā vietā ir sākts cits maksājums" in page.text
    assert rig.sql("SELECT repeats FROM portal_payment_item WHERE payment_id = ?", second) == [(first,)]


def test_after_twenty_minutes_it_has_ended_without_anybody_noting_it(rig, payer):
    payment = order_without_leaving(payer, payer.invoices[0])
    created, expires = rig.sql("SELECT created_at, expires_at FROM portal_payment WHERE payment_id = ?", payment)[0]
    assert datetime.datetime.fromisoformat(expires) - datetime.datetime.fromisoformat(created) == datetime.timedelta(minutes=20)
    rig.sql("UPDATE portal_payment SET expires_at = ? WHERE payment_id = ?", created, payment)
    assert steps.document(payer, "/portal/payments/new?all=1").find("data/total").get("cents") == "7064"
    page = payer.get(f"/portal/payments/{payment}/bank")
    assert page.path == f"/portal/payments/{payment}" and "20 minūtēs" in page.text and "Mēģināt vēlreiz" in page.text
    listed = {p.findtext("payment"): p.findtext("state") for p in steps.document(payer, "/portal/payments").findall("data/payment")}
    assert (listed[payment], state(rig, payment)) == ("expired", "created")
    order = leave(rig, payer, picks(payer.invoices[0]))
    assert (state(rig, payment), order.state) == ("expired", "redirected")


# --- what is no longer open ---

@pytest.mark.parametrize("left, open_c, words", [(0, 0, "vairs nav jāmaksā"), (2000, 2000, "tagad jāmaksā")])
def test_it_does_not_leave_for_what_is_not_open_any_more(rig, payer, left, open_c, words):
    payment = order_without_leaving(payer, payer.invoices[0], payer.invoices[1])
    rig.sql("UPDATE billing_invoice SET open_c = ? WHERE invoice_no = ?", open_c, payer.invoices[0])
    page = payer.get(f"/portal/payments/{payment}/bank")
    assert page.path == f"/portal/payments/{payment}" and state(rig, payment) == "cancelled"
    assert "vairs nav apmaksājams" in page.text and words in page.text
    choice = steps.document(payer, page.link("Mēģināt vēlreiz"))
    assert sum(int(i.get("cents")) for i in choice.findall("data/invoice")) == 2804 + left


def test_sixty_euro_are_not_paid_twice_without_a_word(rig, payer):
    """Two orders of one invoice, one repeating the other: when one was paid, the other does not lead to the bank any more."""
    first = leave(rig, payer, picks(payer.invoices[0]))
    second = order_without_leaving(payer, payer.invoices[0], again=True)
    assert first.send(first.body(first.paid(), auto="Y")).status == 200
    page = payer.get(f"/portal/payments/{second}/bank")
    assert page.path == f"/portal/payments/{second}" and "vairs nav apmaksājams" in page.text and "Uz rēķiniem" in page.text
    assert (first.state, state(rig, second)) == ("confirmed", "cancelled")
    assert steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext("data/balance/credit") == "0"


def test_one_that_left_may_still_be_reported_paid(rig, payer):
    first = leave(rig, payer, picks(payer.invoices[0]))
    page = choose(payer, picks(payer.invoices[0]), again=True)
    second = Order(rig, payer, "vk008", page)
    assert second.send(second.body(second.paid(), auto="Y")).status == 200
    page = payer.get(f"/portal/payments/{first.id}/bank")
    assert page.path == f"/portal/payments/{first.id}" and "bankā vairs neturpiniet" in page.text and first.state == "redirected"
    assert first.send(first.body(first.paid(), auto="Y")).status == 200 and first.state == "confirmed"
    assert steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext("data/balance/credit") == "3260"


def test_whoever_may_no_longer_pay_does_not_leave(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    payment = order_without_leaving(payer, *theirs)
    rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)
    assert payer.get(f"/portal/payments/{payment}/bank").status == 403 and state(rig, payment) == "cancelled"


# --- whose it is ---

def test_a_receipt_names_the_debtor_of_each_invoice(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    names = dict(rig.sql("SELECT c.contract_no, k.name FROM billing_contract c JOIN billing_customer k ON k.customer_no = c.customer_no "
                         "WHERE c.contract_no IN (?, ?)", payer.contract, other.contract))
    try:
        order = leave(rig, payer, picks(payer.invoices[0], theirs[0]))
        shown = {i.findtext("contract_no"): i.findtext("debtor") for i in steps.document(payer, f"/portal/payments/{order.id}").findall("data/item")}
        assert shown == names
        listed = next(p for p in steps.document(payer, "/portal/payments").findall("data/payment") if p.findtext("payment") == order.id)
        assert {d.findtext("name") for d in listed.findall("debtor")} == set(names.values())
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)
    assert names[other.contract] in payer.get(f"/portal/payments/{order.id}").text, "as it was when it was ordered"


def test_invoices_of_others_are_paid_when_they_are_added(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    try:
        page = payer.get("/portal/payments/new?all=1")
        assert theirs[0] in page.text and "Citu rēķini" in page.text and "70,64" in page.text
        order = leave(rig, payer)
        assert order.amount == "70.64"
        assert order.send(order.body(order.unpaid())).status == 200
        order = leave(rig, payer, "all=1&" + picks(*theirs))
        assert order.amount == "120.64"
        assert order.send(order.body(order.unpaid())).status == 200
        assert leave(rig, payer, f"all=1&contract={other.contract}").amount == "50.00", "a contract that was chosen is meant"
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)
