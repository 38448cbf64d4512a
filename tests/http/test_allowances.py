# SPDX-License-Identifier: Apache-2.0
"""How much one person may cause (docs/limits.md): counted in the transaction that does it, so that it holds for requests at once."""
import concurrent.futures
import re
import time

import pytest

import steps
from test_delegations import give, id_of, state, typed_code
from test_payments import invoices, picks

LIMITS = "".join(f"WaterPortalLimit {name} {number}\n" for name, number in
                 {"offers": 4, "messages": 2, "orders": 3, "exports": 2, "codes": 2, "tokens": 3, "forms": 10}.items())


@pytest.fixture(scope="module")
def few(rig):
    rig.configure(LIMITS)
    yield
    rig.configure("")


@pytest.fixture(scope="module")
def cast(rig, few):
    return [steps.visitor(rig) for _ in range(3)]


@pytest.fixture
def giver(rig, cast):
    return steps.returning(rig, cast[0])


@pytest.fixture
def receiver(rig, cast):
    return steps.returning(rig, cast[1])


@pytest.fixture
def third(rig, cast):
    return steps.returning(rig, cast[2])


def at_once(browser, forms, follow=True):
    """The pages that forms, each of its own key, lead to when all are sent at the same time. A person's bodies are read two at a time; which
    was not read is sent again."""
    def send(form):
        own = browser_of(browser)
        for _ in range(50):
            own.page = browser.page
            page = own.submit(form, follow=follow)
            if page.status != 503:
                return page
            time.sleep(0.05)
        return page
    with concurrent.futures.ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def browser_of(browser):
    copy = type(browser)(browser.base, browser.ca)
    copy.jar = dict(browser.jar)
    return copy


def limited(pages):
    over = [p for p in pages if p.status == 429]
    for page in over:
        assert "ļoti daudz reižu" in page.text and 0 < int(page.header("Retry-After")) <= 86400
    return len(over)


def offers(rig, giver, receiver, count):
    forms = []
    for number in range(count):
        form = giver.get(f"/portal/delegations/new?contract={giver.contract}").form()
        forms.append(form.fill(how="link", who=f"Nr. {number}", level="read"))
    return forms


def test_offers_at_once_are_as_many_as_allowed(rig, giver, receiver):
    pages = at_once(giver, offers(rig, giver, receiver, 9))
    assert limited(pages) == 5
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract)[0][0] == 4
    kept = next(p for p in pages if p.status == 429).form()
    assert re.fullmatch(r"Nr\. \d", kept["who"]) and kept["level"] == "read", "what was typed is there to be sent later"


def test_what_was_refused_can_be_sent_when_it_may_be(rig, giver):
    pages = at_once(giver, offers(rig, giver, None, 5))
    refused = next(p for p in pages if p.status == 429)
    giver.page = refused
    assert giver.submit(refused.form()).status == 429
    rig.sql("UPDATE portal_allowance SET full_at = full_at - 86400000 / 4 WHERE act = 'offers'")
    giver.page = refused
    id_of(giver.submit(refused.form()))
    giver.page = refused
    assert "/delegations/given/" in giver.submit(refused.form()).url, "sent again it is the same one"
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract)[0][0] == 5


def test_a_mailbox_is_not_filled_and_an_end_is_never_held_up(rig, giver, receiver):
    """60 mails in 7 seconds: a right given and taken again and again."""
    for _ in range(4):
        delegation = id_of(give(rig, giver, receiver))
        page = giver.get(f"/portal/delegations/revoke/{delegation}")
        assert giver.submit(page.form()).status == 200 and state(rig, delegation) == "revoked"
    assert rig.sql("SELECT count(*) FROM portal_outbox WHERE kind LIKE 'delegation%'")[0][0] == 2
    page = give(rig, giver, receiver)
    assert page.status == 429


def test_extending_counts_as_giving(rig, giver, receiver):
    delegation = id_of(give(rig, giver, receiver, term="1"))
    for day in range(1, 5):
        form = giver.get(f"/portal/delegations/extend/{delegation}").form().fill(term="date", until=f"2027-06-{day:02}")
        page = giver.submit(form)
        assert page.status == (200 if day <= 3 else 429), day
    assert rig.sql("SELECT until FROM portal_delegation WHERE delegation_id = ?", delegation) == [("2027-06-03",)]


def test_what_another_gave_is_not_counted(rig, giver, third, receiver):
    for _ in range(4):
        id_of(give(rig, giver))
    assert give(rig, giver).status == 429
    id_of(give(rig, third, receiver))


def test_an_offer_is_checked_again_where_it_is_written(rig, giver, receiver):
    """Two tabs at once gave the same right twice."""
    code = typed_code(rig, receiver)
    forms = [giver.get(f"/portal/delegations/new?contract={giver.contract}").form().fill(how="code", receiver=code, who="Līga", level="read") for _ in range(4)]
    pages = at_once(giver, forms)
    assert sorted(p.status for p in pages) == [200, 422, 422, 422]
    assert rig.sql("SELECT count(*) FROM portal_delegation WHERE contract_no = ?", giver.contract)[0][0] == 1


def test_orders_at_once_are_as_many_as_allowed(rig, giver):
    """Each of another invoice: an invoice has one order under way at a time."""
    names = invoices(rig, giver, *[1000] * 8)
    forms = [giver.get(f"/portal/payments/new?{picks(name)}").form().fill(bank="vk008") for name in names]
    pages = at_once(giver, forms, follow=False)
    assert limited(pages) == 5
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", giver.contract)[0][0]
    assert rig.sql("SELECT count(*) FROM portal_payment WHERE account_id = ?", account)[0][0] == 3
    invoices(rig, giver)


def test_archives_a_day(rig, giver):
    statuses = [giver.get("/portal/account/export.zip").status for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    assert "ļoti daudz reižu" in giver.page.title and int(giver.page.header("Retry-After")) > 3600


def test_an_address_gets_only_so_many_codes_whoever_typed_it(rig, giver, receiver, third):
    for browser, email, status in ((giver, "svesa@example.lv", 200), (receiver, "Svesa@Example.LV", 200), (third, "SVESA@example.lv", 422)):
        page = browser.submit(browser.get("/portal/account/email").form("email").fill(email=email))
        assert page.status == status
    assert "daudz kodu" in page.text
    assert rig.sql("SELECT count(*) FROM portal_outbox WHERE lower(recipient) = 'svesa@example.lv' AND kind = 'contact_code'")[0][0] == 2


def test_tokens_at_once_are_as_many_as_allowed(rig, giver):
    forms = [giver.get("/portal/account/tokens").form("tokens").fill(name=f"Nr. {n}") for n in range(6)]
    pages = at_once(giver, forms)
    assert limited(pages) == 3


def test_every_form_has_a_limit(rig, giver):
    """One that names none counts as forms."""
    statuses = [giver.submit(giver.get("/portal/account/reminders").form("reminders"), None).status for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2


def test_what_was_counted_by_a_clock_that_was_wrong_holds_nobody(rig, giver):
    """A machine that started in the year 2038 before it got the time: nobody has to wait for that year, and the limit still holds."""
    assert giver.submit(giver.get("/portal/account/reminders").form("reminders"), None).status == 200
    rig.sql("UPDATE portal_allowance SET full_at = 2145916800000 WHERE act = 'forms'")
    statuses = [giver.submit(giver.get("/portal/account/reminders").form("reminders"), None).status for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_a_limit_is_of_all_forms_not_of_what_is_looked_at(rig, giver):
    assert all(giver.get("/portal/home").status == 200 for _ in range(15))
    assert rig.sql("SELECT count(*) FROM portal_allowance") == [(0,)]


@pytest.mark.parametrize("line, words", [("WaterPortalLimit offers 0", "from 1 to 10000"), ("WaterPortalLimit offers x", "from 1 to 10000"),
                                         ("WaterPortalLimit nothing 3", "docs/limits.md"), ("WaterPortalHeavyRequests 0", "from 1 to 64")])
def test_a_wrong_limit_is_refused(rig, line, words):
    own = rig.run / "extra.conf"
    before = own.read_text(encoding="utf-8")
    own.write_text(line + "\n", encoding="utf-8")
    try:
        result = rig.httpd("-t")
        assert result.returncode != 0 and words in result.stderr
    finally:
        own.write_text(before, encoding="utf-8")
