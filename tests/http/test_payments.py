# SPDX-License-Identifier: Apache-2.0
"""Several invoices in one payment: chosen, ordered at a bank by a signed form, reported by the bank in every order, counted once.
The bank's part is played by the openssl command line here."""
import base64
import concurrent.futures
import itertools
import random
import re
import subprocess
import urllib.parse

import pytest

import portal
import steps

PAID = "SERVICE VERSION SND_ID REC_ID STAMP T_NO AMOUNT CURR REC_ACC REC_NAME SND_ACC SND_NAME REF MSG T_DATETIME".split()
UNPAID = "SERVICE VERSION SND_ID REC_ID STAMP REF MSG".split()
ORDER = "SERVICE VERSION SND_ID STAMP AMOUNT CURR REF MSG RETURN CANCEL DATETIME".split()
# version, digest, the bank's name, ours, our account there
BANKS = {"vk008": ("008", "sha1", "PIRMA", "UDENS8", "LV45DEMO0000000080008"), "vk009": ("009", "sha512", "OTRA", "UDENS9", "LV66DEMO0000000090009")}


def signed_text(names, values):
    return "".join(f"{len(values.get(n, '').strip()):03d}{values.get(n, '').strip()}" for n in names).encode()


def sign(rig, bank, names, values, key=None):
    key = key or rig.run / "bank/keys" / bank / "bank.key"
    made = subprocess.run(["openssl", "dgst", f"-{BANKS[bank][1]}", "-sign", key], input=signed_text(names, values), capture_output=True, check=True)
    return base64.b64encode(made.stdout).decode()


class Order:
    """An order as it left for the bank, and the messages about it."""
    def __init__(self, rig, browser, bank, page):
        self.rig, self.bank = rig, bank
        form = next(f for f in page.forms if "portal.localhost" not in f.action)
        self.action, self.fields = form.action, {n.removeprefix("VK_"): v for n, v in form.data()}
        self.stamp, self.amount = self.fields["STAMP"], self.fields["AMOUNT"]
        self.id = page.path.split("/")[3]
        self.carrier = rig.browser()

    def paid(self, **changes):
        version, _, bank_id, our_id, iban = BANKS[self.bank]
        return {"SERVICE": "1111", "VERSION": version, "SND_ID": bank_id, "REC_ID": our_id, "STAMP": self.stamp, "T_NO": "77", "AMOUNT": self.amount,
                "CURR": "EUR", "REC_ACC": iban, "REC_NAME": "SIA „Pilsētas ūdens”", "SND_ACC": "LV61BANK0000000000001",
                "SND_NAME": "Jānis Bērziņš-Ķešāns", "REF": "", "MSG": self.fields["MSG"], "T_DATETIME": "2026-11-22T15:50:00+0200", **changes}

    def unpaid(self, **changes):
        version, _, bank_id, our_id, _ = BANKS[self.bank]
        return {"SERVICE": "1911", "VERSION": version, "SND_ID": bank_id, "REC_ID": our_id, "STAMP": self.stamp, "REF": "", "MSG": self.fields["MSG"],
                **changes}

    def body(self, values, auto="N", key=None):
        names = PAID if values["SERVICE"] == "1111" else UNPAID
        return {**{f"VK_{n}": v for n, v in values.items()}, "VK_MAC": sign(self.rig, self.bank, names, values, key), "VK_ENCODING": "UTF-8", "VK_AUTO": auto}

    def send(self, body, **options):
        return self.carrier.post(f"/portal/pay/{self.bank}/return", urllib.parse.urlencode(body).encode() if isinstance(body, dict) else body,
                                 headers={"Origin": "https://bank.localhost", "Sec-Fetch-Site": "cross-site"}, **options)

    @property
    def state(self):
        return self.rig.sql("SELECT state FROM portal_payment WHERE payment_id = ?", self.id)[0][0]

    @property
    def posted(self):
        return self.rig.sql("SELECT count(*), sum(CASE WHEN posted_at IS NULL THEN 0 ELSE 1 END) FROM portal_payment_item WHERE payment_id = ?", self.id)[0]


def invoices(rig, browser, *sums):
    """Open invoices of the customer, and no others."""
    rig.sql("DELETE FROM portal_payment_event WHERE payment_id IN (SELECT payment_id FROM portal_payment_item WHERE contract_no = ?)", browser.contract)
    payments = [p for p, in rig.sql("SELECT DISTINCT payment_id FROM portal_payment_item WHERE contract_no = ?", browser.contract)]
    for payment in payments:
        for table in ("portal_payment_item", "portal_payment"):
            rig.sql(f"DELETE FROM {table} WHERE payment_id = ?", payment)
    rig.sql("DELETE FROM portal_credit WHERE contract_no = ?", browser.contract)
    rig.sql("DELETE FROM billing_payment WHERE contract_no = ?", browser.contract)
    rig.sql("DELETE FROM billing_invoice WHERE contract_no = ?", browser.contract)
    names = []
    for number, cents in enumerate(sums, 1):
        names.append(f"{number}/{browser.contract}")
        rig.sql("INSERT INTO billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) "
                "VALUES (?, ?, '2026-10-31', '2026-11-20', ?, '2026-10-31', ?, 0, ?, ?)", names[-1], browser.contract, f"2026-{number:02}-01", cents, cents,
                cents)
    return names


@pytest.fixture(scope="module")
def cast(rig):
    return [steps.visitor(rig) for _ in range(2)]


@pytest.fixture
def payer(rig, cast):
    browser = steps.returning(rig, cast[0])
    browser.invoices = invoices(rig, browser, 3260, 2804, 1000)
    return browser


@pytest.fixture
def other(rig, cast):
    return steps.returning(rig, cast[1])


def choose(browser, query="all=1", bank="vk008", **values):
    form = browser.get(f"/portal/payments/new?{query}").form()
    return browser.submit(form.fill(bank=bank, **values), "pay")


def leave(rig, browser, query="all=1", bank="vk008", **values):
    page = choose(browser, query, bank, **values)
    assert page.status == 200 and page.path.endswith("/bank"), (page, re.findall(r'<li><a href="#([\w.-]+)">([^<]*)', page.text))
    return Order(rig, browser, bank, page)


def picks(*names):
    return "&".join("pick=" + urllib.parse.quote(n, safe="") for n in names)


# --- one order for several invoices ---

@pytest.mark.parametrize("bank", BANKS)
def test_all_that_is_due_goes_in_one_signed_order(rig, payer, bank):
    home = payer.get("/portal/home")
    assert home.link("Maksāt visu").endswith("/payments/new?all=1")
    page = payer.get("/portal/payments/new?all=1")
    assert "70,64" in page.text
    order = leave(rig, payer, bank=bank)
    assert order.amount == "70.64" and order.fields["CURR"] == "EUR" and order.fields["MSG"].startswith(f"WP{order.stamp} {payer.invoices[0]}")
    assert order.fields["RETURN"] == f"{rig.base}/portal/pay/{bank}/return" and len(order.stamp) <= 20 and order.stamp.isdigit()
    assert rig.sql("SELECT amount_c, state FROM portal_payment WHERE payment_id = ?", order.id) == [(7064, "redirected")]
    assert [c for c, in rig.sql("SELECT amount_c FROM portal_payment_item WHERE payment_id = ? ORDER BY line", order.id)] == [3260, 2804, 1000]
    signature = base64.b64decode(order.fields["MAC"])
    (rig.run / "state-of-test.sig").write_bytes(signature)
    public = subprocess.run(["openssl", "x509", "-in", rig.run / "bank/keys" / bank / "merchant.crt", "-pubkey", "-noout"], capture_output=True,
                            check=True).stdout
    (rig.run / "state-of-test.pem").write_bytes(public)
    subprocess.run(["openssl", "dgst", f"-{BANKS[bank][1]}", "-verify", rig.run / "state-of-test.pem", "-signature", rig.run / "state-of-test.sig"],
                   input=signed_text(ORDER, order.fields), check=True, capture_output=True)
    policy = payer.page.header("Content-Security-Policy")
    assert order.action == f"https://bank.localhost:{rig.env['BANK_PORT']}/{bank}/"
    assert f"https://bank.localhost:{rig.env['BANK_PORT']}" in policy, "the browser may carry the form there"


def test_some_invoices_with_other_sums(rig, payer):
    order = leave(rig, payer, picks(payer.invoices[0], payer.invoices[2]),
                  **{f"amount.{key(payer.invoices[0])}": "10,00", f"amount.{key(payer.invoices[2])}": "12",
                                                                            "sum": "22.00"})
    assert order.amount == "22.00"
    order.send(order.body(order.paid()))
    shown = {i.findtext("invoice_no"): i for i in steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findall("data/invoice")}
    assert shown[payer.invoices[0]].findtext("open") == "2260" and shown[payer.invoices[2]].findtext("open") == "0"
    assert shown[payer.invoices[1]].findtext("open") == "2804"
    assert steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext("data/balance/credit") == "200", "what is too much is a credit"


def key(invoice):
    return re.sub(r"[^0-9A-Za-z.-]", lambda m: f"_{ord(m[0]):02X}", invoice)


def test_invoices_of_two_contracts_in_one_payment(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, "pay")
    try:
        order = leave(rig, payer, picks(payer.invoices[0], theirs[0]))
        assert order.amount == "82.60"
        order.send(order.body(order.paid()))
        assert steps.document(other, f"/portal/overview/money?contract={other.contract}").findtext("data/balance/open") == "0"
        assert rig.sql("SELECT actor_kind FROM portal_audit WHERE contract_no = ? AND action = 'payment_started'", other.contract)
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)


def test_somebody_elses_invoice_is_not_paid(rig, payer, other):
    theirs = invoices(rig, other, 5000)
    page = payer.get("/portal/payments/new?" + picks(*theirs))
    assert page.status == 200 and "Nav izvēlēts" in page.text and theirs[0] not in page.text
    order = leave(rig, payer, picks(payer.invoices[0], theirs[0]))
    assert order.amount == "32.60"


@pytest.mark.parametrize("values, control, words", [
    ({}, "bank", "Izvēlieties banku"), ({"amount": "0", "bank": "vk008"}, "amount", "lielāka par nulli"), ({"amount": "-5", "bank": "vk008"}, "amount", ""),
    ({"amount": "abc", "bank": "vk008"}, "amount", "nav summa"), ({"amount": "1,005", "bank": "vk008"}, "amount", "nav summa"),
    ({"amount": "", "bank": "vk008"}, "amount", "lielāka par nulli"),
    ({"bank": "no-bank"}, "bank", "Izvēlieties banku"), ({"amount": "5,00", "bank": "vk008"}, "total", "Kopā ir")])
def test_what_is_not_right_is_named_and_nothing_is_ordered(rig, payer, values, control, words):
    before = rig.sql("SELECT count(*) FROM portal_payment")
    form = payer.get("/portal/payments/new?" + picks(payer.invoices[0])).form()
    data = dict(form.data("pay"))
    data.pop("bank", None)
    if "amount" in values:
        data[f"amount.{key(payer.invoices[0])}"] = values["amount"]
    if "bank" in values:
        data["bank"] = values["bank"]
    page = payer.post(form.action, data)
    assert page.status == 422 and page.title.startswith("Kļūda:") and words in page.text
    assert re.search(rf'<li><a href="#{control}', page.text), page.text[:3000]
    assert rig.sql("SELECT count(*) FROM portal_payment") == before


def test_what_is_chosen_adds_up_to_the_order(rig, payer):
    """Any choice of invoices, each with any sum: the order, its items and the bank's field say the same, to the cent."""
    chance = random.Random(4)
    sums = [chance.choice([1, 99, 100, 101, chance.randint(1, 99999)]) for _ in range(12)]
    names = invoices(rig, payer, *sums)
    for _ in range(15):
        chosen = chance.sample(range(len(names)), chance.randint(1, len(names)))
        cents = {i: chance.choice([sums[i], 1, chance.randint(1, 2 * sums[i])]) for i in chosen}
        total = sum(cents.values())
        typed = {f"amount.{key(names[i])}": f"{c // 100}{chance.choice(',.')}{c % 100:02}" for i, c in cents.items()}
        order = leave(rig, payer, picks(*(names[i] for i in chosen)), **typed, sum=f"{total // 100}.{total % 100:02}")
        assert order.amount == f"{total // 100}.{total % 100:02}"
        items = rig.sql("SELECT invoice_no, amount_c FROM portal_payment_item WHERE payment_id = ?", order.id)
        assert dict(items) == {names[i]: c for i, c in cents.items()} and len(items) == len(chosen)
        assert rig.sql("SELECT amount_c FROM portal_payment WHERE payment_id = ?", order.id) == [(total,)]
        assert order.send(order.body(order.unpaid())).status == 200


def test_a_changed_sum_is_shown_before_it_is_paid(rig, payer):
    """Without a script: the sum of the page is not that of what was typed; seen once more, it is paid."""
    form = payer.get("/portal/payments/new?" + picks(payer.invoices[0])).form()
    page = payer.submit(form.fill({"bank": "vk008", f"amount.{key(payer.invoices[0])}": "20,00"}), "pay")
    assert page.status == 422 and "Kopā ir 20,00" in page.text.replace("\u00a0", " ")
    page = payer.submit(page.form(), "pay")
    assert page.path.endswith("/bank") and Order(rig, payer, "vk008", page).amount == "20.00"


def test_an_invoice_that_was_paid_meanwhile_is_not_paid_again(rig, payer):
    form = payer.get("/portal/payments/new?" + picks(payer.invoices[0])).form()
    rig.sql("UPDATE billing_invoice SET open_c = 0 WHERE invoice_no = ?", payer.invoices[0])
    page = payer.submit(form.fill(bank="vk008"), "pay")
    assert page.status == 422 and rig.sql("SELECT count(*) FROM portal_payment_item WHERE contract_no = ?", payer.contract) == [(0,)]


def test_a_double_click_orders_once(rig, payer):
    form = payer.get("/portal/payments/new?all=1").form().fill(bank="vk008")
    pages = [payer.post(form.action, form.data("pay"), follow=False) for _ in range(3)]
    assert {p.status for p in pages} == {303} and len({p.header("Location") for p in pages}) == 1
    assert rig.sql("SELECT count(*) FROM portal_payment_item WHERE contract_no = ?", payer.contract) == [(3,)]


def test_a_second_payment_of_an_invoice_is_a_wish_of_its_own(rig, payer):
    first = leave(rig, payer, picks(payer.invoices[0]))
    assert "Maksājums ceļā" in payer.get(f"/portal/overview/money?contract={payer.contract}").text
    everything = leave(rig, payer)
    assert everything.amount == "38.04", "what is under way is not among all that is due"
    page = choose(payer, picks(payer.invoices[0]))
    assert page.status == 422 and "vēlreiz" in page.text
    second = leave(rig, payer, picks(payer.invoices[0]), again=True)
    for order in (first, second):
        order.send(order.body(order.paid()))
    assert steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext("data/balance/credit") == "3260"


# --- what the bank reports ---

def test_a_push_confirms_and_the_browser_brings_the_same(rig, payer):
    order = leave(rig, payer)
    body = order.body(order.paid(), auto="Y")
    page = order.send(body)
    assert page.status == 200 and "Samaksāts" in page.text and order.state == "confirmed" and order.posted == (3, 3)
    for word in ("Jānis", "Bērziņš", payer.contract, payer.invoices[0], "70,64"):
        assert word not in page.text, "nothing personal"
    assert page.header("Set-Cookie") is None
    page = order.send({**body, "VK_AUTO": "N"})
    assert page.status == 200 and order.state == "confirmed" and order.posted == (3, 3)
    own = payer.follow(page.link("Uz maksājumu")) if page.link("Uz maksājumu").startswith("/") else payer.get(page.link("Uz maksājumu"))
    assert own.status == 200 and "Samaksāts" in own.text and "70,64" in own.text
    assert "Maksāt visu" not in payer.get("/portal/home").text
    events = rig.sql("SELECT channel, decision FROM portal_payment_event WHERE payment_id = ? AND channel <> 'portal'", order.id)
    assert sorted(events) == [("push", "moved"), ("return", "duplicate")]


def test_it_counts_until_billing_shows_it_and_then_once(rig, payer):
    order = leave(rig, payer, picks(payer.invoices[0]))
    order.send(order.body(order.paid()))
    balance = lambda: [steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext(f"data/balance/{n}") for n in ("open", "credit")]
    assert balance() == ["3804", "0"]
    rig.sql("INSERT INTO billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c, portal_id) VALUES (?, 1, ?, ?, '2026-11-22', 3260, ?)",
            f"B-{order.id}", payer.contract, payer.invoices[0], order.id)
    rig.sql("UPDATE billing_invoice SET open_c = 0 WHERE invoice_no = ?", payer.invoices[0])
    assert balance() == ["3804", "0"]
    shown = steps.document(payer, f"/portal/overview/money?contract={payer.contract}&from=2026-01").findall("data/bar")
    assert sum(int(bar.get("paid")) for bar in shown) == 3260


@pytest.mark.expects_log("WP0506: .*-2")
def test_a_second_payment_with_another_number_of_the_bank_is_the_customers_credit(rig, payer):
    order = leave(rig, payer, picks(payer.invoices[0]))
    for number in ("77", "", "77", "78", "78", "77"):
        for auto in "YN":
            assert order.send(order.body(order.paid(T_NO=number), auto=auto)).status == 200
    assert order.state == "confirmed" and order.posted == (1, 1)
    assert rig.sql("SELECT credit_id, contract_no, amount_c, state, bank_ref FROM portal_credit WHERE payment_id = ?", order.id) == [
        (f"{order.id}-2", payer.contract, 3260, "open", "78")]
    assert rig.sql("SELECT reason FROM portal_case WHERE kind = 'payment' AND subject = ?", f"{order.id}-2") == [("again",)]
    decisions = rig.sql("SELECT decision FROM portal_payment_event WHERE payment_id = ? AND channel = 'push' ORDER BY at", order.id)
    assert sorted(d for d, in decisions)[:1] == ["again"] and [d for d, in decisions].count("moved") == 1
    page = payer.get(f"/portal/payments/{order.id}")
    assert "Samaksāts vēlreiz" in page.text and "32,60" in page.text
    assert "Pārmaksa" in payer.get(f"/portal/invoices?contract={payer.contract}").text
    balance = steps.document(payer, f"/portal/overview/money?contract={payer.contract}").find("data/balance")
    assert (balance.findtext("open"), balance.findtext("credit")) == ("3804", "3260")
    rig.sql("UPDATE portal_credit SET state = 'refunded' WHERE payment_id = ?", order.id)
    assert "atmaksāta" in payer.get(f"/portal/payments/{order.id}").text
    assert steps.document(payer, f"/portal/overview/money?contract={payer.contract}").findtext("data/balance/credit") == "0"


def test_another_sum_under_another_number_of_the_bank_is_told(rig, payer):
    order = leave(rig, payer, picks(payer.invoices[0]))
    order.send(order.body(order.paid()))
    for _ in range(2):
        order.send(order.body(order.paid(T_NO="78", AMOUNT="0.50"), auto="Y"))
    assert order.state == "confirmed"
    assert rig.sql("SELECT reason FROM portal_case WHERE kind = 'payment' AND subject = ?", f"{order.id} 78") == [("amount",)]
    assert rig.sql("SELECT count(*) FROM portal_credit WHERE payment_id = ?", order.id) == [(0,)]


def test_not_paid_then_paid_after_all(rig, payer):
    order = leave(rig, payer)
    page = order.send(order.body(order.unpaid()))
    assert page.status == 200 and "nav veikts" in page.text and order.state == "cancelled" and order.posted == (3, 0)
    own = payer.get(f"/portal/payments/{order.id}")
    assert "Mēģināt vēlreiz" in own.text
    assert order.send(order.body(order.paid(), auto="Y")).status == 200
    assert order.state == "confirmed" and order.posted == (3, 3)
    assert rig.sql("SELECT late FROM portal_payment WHERE payment_id = ?", order.id) == [(1,)]
    assert order.send(order.body(order.unpaid())).status == 200 and order.state == "confirmed", "a no never undoes a yes"


@pytest.mark.expects_log("WP0504", at_least=0)
@pytest.mark.parametrize("changes, why", [({"AMOUNT": "70.63"}, "amount"), ({"AMOUNT": "7064"}, "amount"), ({"CURR": "USD"}, "currency"),
                                          ({"REC_ACC": "LV97BANK0000435195002"}, "account"), ({"MSG": "WP1 cits"}, "message")])
def test_money_that_came_otherwise_is_looked_at(rig, payer, changes, why):
    order = leave(rig, payer)
    page = order.send(order.body(order.paid(**changes)))
    assert page.status == 200 and "pārbaudām" in page.text
    assert order.state == "review" and order.posted == (3, 0)
    assert rig.sql("SELECT why FROM portal_payment WHERE payment_id = ?", order.id) == [(why,)]
    assert "neapmaksāt" not in payer.get(f"/portal/payments/{order.id}").text.lower()


@pytest.mark.expects_log("WP0502")
def test_a_bit_of_any_signed_field_breaks_it(rig, payer):
    order = leave(rig, payer)
    good = order.body(order.paid())
    for name in PAID:
        value = good[f"VK_{name}"]
        flipped = (chr(ord(value[0]) ^ 1) + value[1:]) if value else "x"
        assert order.send({**good, f"VK_{name}": flipped}).status == 400, name
    mac = good["VK_MAC"]
    for broken in (mac[:-8] + "AAAA" + mac[-4:], mac[:40] + ("A" if mac[40] != "A" else "B") + mac[41:], mac + "=", "", "!" * 20):
        assert order.send({**good, "VK_MAC": broken}).status == 400
    assert order.state == "redirected" and order.posted == (3, 0)
    assert rig.sql("SELECT count(*) FROM portal_payment_event WHERE payment_id = ? AND channel <> 'portal'", order.id) == [(0,)]


@pytest.mark.expects_log("WP0502")
def test_missing_and_repeated_fields(rig, payer):
    order = leave(rig, payer)
    good = order.body(order.paid())
    for name in PAID:
        if good[f"VK_{name}"]:
            assert order.send({n: v for n, v in good.items() if n != f"VK_{name}"}).status == 400, name
            assert order.send(urllib.parse.urlencode([*good.items(), (f"VK_{name}", good[f"VK_{name}"])]).encode()).status == 400, name
    assert order.state == "redirected"


@pytest.mark.expects_log("WP0502")
def test_other_keys_services_parties_and_charsets(rig, payer):
    order = leave(rig, payer)
    keys = rig.run / "bank/keys"
    for key_file in (keys / "other.key", keys / "vk009/bank.key", keys / "vk008/merchant.key", keys / "vk008/bank-next.key"):
        assert order.send(order.body(order.paid(), key=key_file)).status == 400, key_file
    for changes in ({"VERSION": "009"}, {"SND_ID": "BANKX"}, {"REC_ID": "CITS"}, {"SERVICE": "1112"}, {"AMOUNT": "-70.64"}, {"AMOUNT": "70,64"},
                    {"AMOUNT": "0"},
                    {"T_DATETIME": "rīt"}, {"STAMP": "1" * 21}, {"MSG": "x" * 96}):
        assert order.send(order.body(order.paid(**changes))).status == 400, changes
    assert order.send({**order.body(order.paid()), "VK_ENCODING": "ISO-8859-1"}).status == 400
    assert order.send(b"VK_SERVICE=1111&VK_MSG=%FF%FE").status == 400
    assert order.send({**order.body(order.paid()), "VK_X": "x" * 9000}).status == 413
    assert order.state == "redirected" and order.posted == (3, 0)


@pytest.mark.expects_log("WP0503")
def test_a_payment_that_was_not_ordered_here(rig, payer):
    order = leave(rig, payer)
    assert order.send(order.body(order.paid(STAMP="999999999999999"))).status == 400
    assert order.state == "redirected"
    assert rig.sql("SELECT decision, payment_id FROM portal_payment_event WHERE decision = 'unknown'")[0] == ("unknown", None)


@pytest.mark.parametrize("order_of", list(itertools.permutations(["push", "return", "unpaid"])))
def test_every_order_of_arrival_leads_to_the_same(rig, payer, order_of):
    order = leave(rig, payer)
    bodies = {"push": order.body(order.paid(), auto="Y"), "return": order.body(order.paid()), "unpaid": order.body(order.unpaid())}
    for name in order_of:
        assert order.send(bodies[name]).status == 200
    assert order.state == "confirmed" and order.posted == (3, 3)


def test_many_at_once_post_once(rig, payer):
    order = leave(rig, payer)
    bodies = [order.body(order.paid(), auto=a) for a in "YN"] * 6
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda b: rig.browser().post(f"/portal/pay/{order.bank}/return", urllib.parse.urlencode(b).encode()).status, bodies))
    assert set(statuses) == {200} and order.state == "confirmed" and order.posted == (3, 3)
    assert rig.sql("SELECT count(*) FROM portal_payment_event WHERE payment_id = ? AND decision = 'moved' AND state = 'confirmed'", order.id) == [(1,)]


def test_a_caught_message_cannot_fill_the_disk(rig, payer):
    order = leave(rig, payer)
    body = order.body(order.paid())
    for _ in range(6):
        assert order.send(body).status == 200
    assert rig.sql("SELECT count(*) FROM portal_payment_event WHERE payment_id = ? AND channel = 'return'", order.id)[0][0] <= 3


def test_a_browser_without_a_message_is_told_what_to_do(rig, payer, browser):
    page = browser.get("/portal/pay/vk008/return")
    assert page.status == 200 and "otrreiz maksāt nevajag" in page.text
    assert browser.get("/portal/pay/no-bank/return").status == 404


# --- who sees it ---

def test_a_payment_is_for_who_ordered_it(rig, payer, other):
    order = leave(rig, payer)
    for path in (f"/portal/payments/{order.id}", f"/portal/payments/{order.id}/bank"):
        answers = [other.get(path), other.get(path.replace(order.id, "a" * 20))]
        assert {(a.status, a.title) for a in answers} == {(404, answers[0].title)}
    assert order.stamp not in other.get("/portal/payments").text and order.stamp in payer.get("/portal/payments").text


@pytest.mark.parametrize("level, status", [("read", 403), ("submit", 403), ("pay", 200), ("full", 200)])
def test_who_may_pay_for_others(rig, payer, other, level, status):
    theirs = invoices(rig, other, 5000)
    delegation = steps.delegate(rig, other, payer, level)
    try:
        assert payer.get(f"/portal/payments/new?all=1&contract={other.contract}").status == status
        assert (theirs[0] in payer.get("/portal/payments/new?all=1").text) == (status == 200)
    finally:
        rig.sql("DELETE FROM portal_delegation WHERE delegation_id = ?", delegation)


def test_the_way_back_from_the_bank_leads_to_what_is_known(rig, payer):
    order = leave(rig, payer)
    again = payer.get(f"/portal/payments/{order.id}/bank")
    assert Order(rig, payer, "vk008", again).stamp == order.stamp, "the same order, signed anew"
    order.send(order.body(order.paid()))
    assert payer.get(f"/portal/payments/{order.id}/bank").path == f"/portal/payments/{order.id}"


def test_pages_follow_the_grammar(rig, payer):
    from test_documents import GRAMMAR
    from lxml import etree
    order = leave(rig, payer)
    for path in ("/payments", "/payments/new?all=1", "/payments/new?pick=none", f"/payments/{order.id}", f"/payments/{order.id}/bank", "/pay/vk008/return"):
        document = etree.fromstring((rig.browser() if "/pay/" in path else payer).get(f"/portal{path}", headers={"Accept": "application/xml"}).body)
        assert GRAMMAR.validate(document), (path, GRAMMAR.error_log)
