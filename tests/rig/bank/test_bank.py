# SPDX-License-Identifier: Apache-2.0
"""The demo bank, used by a merchant who makes and verifies signatures with the openssl command line."""
import base64
import contextlib
import datetime
import json
import pathlib
import subprocess
import time
import urllib.parse
import xml.etree.ElementTree as etree

import pytest

from merchant import Client, Page, Shop, free_port, jws, jws_header_of, mac_text, sign, verify

HERE = pathlib.Path(__file__).resolve().parent
NOW = "2026-11-22T13:42:00Z"
SECONDS = int(datetime.datetime.fromisoformat("2026-11-22T13:42:00+00:00").timestamp())
NAMES = ("vk008", "vk009", "seb", "swedbank")
DIGEST = {"vk008": "sha1", "vk009": "sha512", "seb": "sha1"}
SIGNED = {
    "1012": "SERVICE VERSION SND_ID STAMP AMOUNT CURR REF MSG RETURN CANCEL DATETIME",
    "1111": "SERVICE VERSION SND_ID REC_ID STAMP T_NO AMOUNT CURR REC_ACC REC_NAME SND_ACC SND_NAME REF MSG T_DATETIME",
    "1911": "SERVICE VERSION SND_ID REC_ID STAMP REF MSG",
    "0002": "SND_ID SERVICE VERSION AMOUNT CURR NAME PAYMENT_ID PAYMENT_DESC",
    "0003": "SND_ID SERVICE VERSION PAYMENT_ID AMOUNT CURR REC_ID REC_ACC REC_NAME PAYER_ACC PAYER_NAME PAYMENT_DESC PAYMENT_DATE PAYMENT_TIME",
    "0004": "SND_ID SERVICE VERSION REC_ID PAYMENT_ID PAYMENT_DESC FROM_SERVER STATUS",
}


def prefix(name):
    return "IB_" if name == "seb" else "VK_"


def mac_field(name):
    return "IB_CRC" if name == "seb" else "VK_MAC"


class Town:
    """A bank, the keys, and a merchant."""

    def __init__(self, folder):
        self.folder, self.shop, self.port = folder, Shop(), free_port()
        self.ask = Client(self.port)
        self.url = f"http://bank.localhost:{self.port}"
        subprocess.run([HERE / "keys", folder / "keys", *NAMES], check=True)
        config = json.loads((HERE / "bank.json").read_text(encoding="utf-8").replace("@PORT@", str(self.port)).replace("@PORTAL@", self.shop.url))
        del config["tls"], config["ca"]
        config.update(url=self.url, clock=NOW, push={"retry": 0.1, "later": 0.5, "give_up": 20})
        for agreement in config["agreements"]:
            if agreement["path"] == "swedbank":
                agreement["returns"] = ["https://shop.localhost/"]
        self.config = {a["path"]: a for a in config["agreements"]}
        (folder / "bank.json").write_text(json.dumps(config), encoding="utf-8")

    def key(self, name, file):
        return self.folder / "keys" / name / file

    def order(self, name, **change):
        """The fields of an order, signed; change before signing."""
        p = prefix(name)
        fields = {"SERVICE": "0002", "VERSION": "001", "SND_ID": "UDENSSEB", "AMOUNT": "41.37", "CURR": "EUR", "NAME": "Ūdens",
                  "PAYMENT_ID": "2026000001", "PAYMENT_DESC": "WP2026000001 Rēķini par ūdeni", "FEEDBACK": f"{self.shop.url}/back", "LANG": "LAT"} \
            if p == "IB_" else \
            {"SERVICE": "1012", "VERSION": name[2:], "SND_ID": self.config[name]["merchant_id"], "STAMP": "2026000001", "AMOUNT": "41.37",
             "CURR": "EUR", "REF": "", "MSG": "WP2026000001 Rēķini par ūdeni", "RETURN": f"{self.shop.url}/back", "CANCEL": f"{self.shop.url}/no",
             "DATETIME": "2026-11-22T15:42:00+0200", "ENCODING": "UTF-8", "LANG": "LAT"}
        fields.update(change)
        values = [fields.get(n, "").strip() for n in SIGNED["0002" if p == "IB_" else "1012"].split()]
        charset = {"ISO-8859-13": "iso8859_13"}.get(fields.get("ENCODING"), "utf-8")
        mac = sign(DIGEST[name], self.key(name, "merchant.key"), mac_text(values).encode(charset))
        return {**{p + n: v for n, v in fields.items()}, mac_field(name): base64.b64encode(mac).decode()}

    def send(self, name, **change):
        return self.ask.form(f"/{name}/", self.order(name, **change), "iso8859_13" if change.get("ENCODING") == "ISO-8859-13" else "utf-8")

    def problems(self, name, fields):
        """{(field, code)} that the bank's page names; empty if it accepts the order."""
        status, _, text = self.ask.form(f"/{name}/", fields)
        if status == 200:
            return set()
        assert status == 400
        rows = [line for line in text.splitlines() if "<small>(" in line]
        return {(r.split("<b>")[1].split("</b>")[0], r.split("<small>(")[1].split(")")[0]) for r in rows}

    def press(self, name, button, **change):
        """An order posted and a button pressed: (status, headers, the page)."""
        status, _, text = self.send(name, **change)
        assert status == 200, text
        status, headers, text = self.ask.form(Page(text).forms["order"]["action"], {"do": button})
        return status, headers, Page(text)

    def check_mac(self, name, fields, key="bank.crt"):
        p, service = prefix(name), fields[prefix(name) + "SERVICE"]
        text = mac_text(fields.get(p + n, "").strip() for n in SIGNED[service].split())
        return verify(DIGEST[name], self.key(name, key), text.encode(), base64.b64decode(fields[mac_field(name)]))

    def jws(self, method, path, body=b"", **change):
        """A request of Payment Initiation; change: members of the header, and "key"."""
        key = change.pop("key", self.key("swedbank", "merchant.key"))
        header = {"b64": False, "crit": ["b64"], "iat": SECONDS, "alg": "RS512", "url": self.url + path, "kid": "LV:UDENS", **change}
        status, headers, text = self.ask(method, path, body or None, {"x-jws-signature": jws(key, header, body)})
        answer = jws_header_of(headers["x-jws-signature"], self.key("swedbank", "bank.crt"), text.encode())
        assert answer == {"b64": False, "crit": ["b64"], "iat": SECONDS, "alg": "RS512", "url": self.url + path, "kid": "LV:CETURTA"}
        return status, json.loads(text)

    def initiate(self, **change):
        wish = {"amount": "41.37", "currency": "EUR", "redirectUrl": "https://shop.localhost/back", "notificationUrl": "https://shop.localhost/hear",
                "locale": "lv", "description": "WP2026000001 Rēķini par ūdeni", **change}
        return self.jws("POST", "/swedbank/public/api/v3/transactions/providers/DEMOLV22",
                        json.dumps({k: v for k, v in wish.items() if v is not None}, ensure_ascii=False).encode())


@contextlib.contextmanager
def running(config):
    process = subprocess.Popen(["/usr/bin/python3", "-B", HERE / "bank.py", config], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline().startswith("ready ")
        yield process
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def the_town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("bank"))
    with running(town.folder / "bank.json"):
        yield town


@pytest.fixture
def town(the_town):
    the_town.ask.control("reset", {})
    the_town.shop.received.clear()
    the_town.shop.status = 200
    return the_town


FORMS = pytest.mark.parametrize("name", ["vk008", "vk009", "seb"])


# --- orders ---------------------------------------------------------------------------------------------------------
@FORMS
def test_an_order_is_shown_with_its_buttons(town, name):
    status, _, text = town.send(name)
    page = Page(text)
    assert status == 200 and page.buttons == ["pay", "cancel", "reject", "later", "close"]
    for shown in ("41,37 EUR", "WP2026000001 Rēķini par ūdeni", "SIA „Pilsētas ūdens”", town.config[name]["account"]):
        assert shown in page.text


@FORMS
def test_every_signed_field_counts(town, name):
    good = town.order(name)
    for field in SIGNED["0002" if name == "seb" else "1012"].split():
        other = {**good, prefix(name) + field: good[prefix(name) + field] + "0"}
        assert town.problems(name, other), field
    assert town.problems(name, {**good, prefix(name) + "LANG": "ENG"}) == set()


@FORMS
@pytest.mark.parametrize("key", ["../other.key", "bank.key"])
def test_another_key_is_refused(town, name, key):
    fields, p = town.order(name), prefix(name)
    text = mac_text(fields[p + n] for n in SIGNED["0002" if name == "seb" else "1012"].split())
    fields[mac_field(name)] = base64.b64encode(sign(DIGEST[name], town.key(name, key), text.encode())).decode()
    assert town.problems(name, fields) == {(mac_field(name), "BAD_SIGNATURE")}


@FORMS
def test_a_field_that_is_missing_or_twice(town, name):
    good = town.order(name)
    for field in good:
        lacking = {n: v for n, v in good.items() if n != field}
        if field[3:] not in ("REF", "ENCODING", "LANG"):
            assert town.problems(name, lacking), field
        pairs = [*good.items(), (field, good[field])]
        assert (field, "REPEATED") in town.problems(name, pairs)


@pytest.mark.parametrize("change, field, code", [
    ({"AMOUNT": "41,37"}, "AMOUNT", "WRONG"), ({"AMOUNT": "0.00"}, "AMOUNT", "WRONG"), ({"AMOUNT": "-1.00"}, "AMOUNT", "WRONG"),
    ({"AMOUNT": "1234567890.00"}, "AMOUNT", "TOO_LONG"), ({"CURR": "USD"}, "CURR", "WRONG"),
    ({"REF": "123", "MSG": "abi"}, "REF", "NOT_ONE"), ({"MSG": ""}, "REF", "NOT_ONE"), ({"REF": "1234562", "MSG": ""}, "REF", "WRONG"),
    ({"STAMP": "WP1"}, "STAMP", "WRONG"), ({"STAMP": "1" * 21}, "STAMP", "TOO_LONG"), ({"MSG": "ā" * 96}, "MSG", "TOO_LONG"),
    ({"RETURN": "https://evil.example/"}, "RETURN", "WRONG"), ({"DATETIME": "2026-11-22T15:36:59+0200"}, "DATETIME", "TOO_OLD"),
    ({"DATETIME": "2026-11-22T15:47:01+0200"}, "DATETIME", "TOO_OLD"), ({"DATETIME": "22.11.2026"}, "DATETIME", "WRONG"),
    ({"ENCODING": "KOI8-R"}, "ENCODING", "CHARSET"), ({"VERSION": "009"}, "VERSION", "UNKNOWN"), ({"SND_ID": "CITS"}, "SND_ID", "UNKNOWN"),
    ({"SERVICE": "1002"}, "SERVICE", "UNKNOWN"), ({"LANG": "EST"}, "LANG", "WRONG")])
def test_what_is_wrong_is_named(town, change, field, code):
    assert (f"VK_{field}", code) in town.problems("vk008", town.order("vk008", **change))


@pytest.mark.parametrize("change", [
    {"MSG": "ā" * 95}, {"REF": "1234561", "MSG": ""}, {"DATETIME": "2026-11-22T15:37:00+0200"}, {"DATETIME": "2026-11-22T13:47:00+0000"},
    {"MSG": " WP2026000001 atstarpes abās pusēs  "}, {"ENCODING": ""}])
def test_what_is_right_at_the_edge(town, change):
    assert town.problems("vk009", town.order("vk009", **change)) == set()


def test_length_counts_characters_not_bytes(town):
    fields = town.order("vk008")
    text = mac_text(fields["VK_" + n] for n in SIGNED["1012"].split())
    in_bytes = text.replace("%03d" % len(fields["VK_MSG"]) + fields["VK_MSG"], "%03d" % len(fields["VK_MSG"].encode()) + fields["VK_MSG"])
    assert in_bytes != text
    fields["VK_MAC"] = base64.b64encode(sign("sha1", town.key("vk008", "merchant.key"), in_bytes.encode())).decode()
    assert town.problems("vk008", fields) == {("VK_MAC", "BAD_SIGNATURE")}


def test_another_charset_comes_and_goes_back_in_it(town):
    status, _, page = town.press("vk008", "pay", ENCODING="ISO-8859-13")
    sent = dict(page.forms["back"]["fields"])
    text = mac_text(sent["VK_" + n] for n in SIGNED["1111"].split())
    assert status == 200 and sent["VK_MSG"] == "WP2026000001 Rēķini par ūdeni"
    assert verify("sha1", town.key("vk008", "bank.crt"), text.encode("iso8859_13"), base64.b64decode(sent["VK_MAC"]))


def test_the_same_order_again_is_the_same_and_another_of_its_number_is_none(town):
    for _ in range(2):
        assert town.send("vk008")[0] == 200
    assert len(town.ask.control("orders")) == 1
    assert town.problems("vk008", town.order("vk008", AMOUNT="1.00")) == {("VK_STAMP", "STAMP_USED")}


# --- answers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["vk008", "vk009"])
def test_paid_is_told_twice_with_the_same_signature(town, name):
    status, _, page = town.press(name, "pay")
    back = dict(page.forms["back"]["fields"])
    town.shop.wait(1)
    pushed = town.shop.forms()[0]
    assert status == 200 and page.forms["back"]["action"] == f"{town.shop.url}/back" and page.forms["back"]["method"] == "post"
    assert "Atgriezties" in page.text
    assert (back["VK_AUTO"], pushed["VK_AUTO"]) == ("N", "Y")
    assert {n: v for n, v in back.items() if n != "VK_AUTO"} == {n: v for n, v in pushed.items() if n != "VK_AUTO"}
    assert town.check_mac(name, back) and not town.check_mac(name, back, "bank-next.crt")
    assert back["VK_REC_ACC"] == town.config[name]["account"] and back["VK_T_DATETIME"] == "2026-11-22T15:42:00+0200"
    assert (back["VK_SERVICE"], back["VK_SND_ID"], back["VK_STAMP"], back["VK_AMOUNT"]) == ("1111", town.config[name]["bank_id"], "2026000001", "41.37")


@pytest.mark.parametrize("button", ["cancel", "reject"])
def test_not_paid_comes_with_the_browser_only(town, button):
    _, _, page = town.press("vk008", button)
    back = dict(page.forms["back"]["fields"])
    assert back["VK_SERVICE"] == "1911" and town.check_mac("vk008", back) and page.forms["back"]["action"] == f"{town.shop.url}/no"
    time.sleep(0.3)
    assert town.shop.received == []


def test_pay_later_is_told_by_the_server_when_it_happens(town):
    _, _, page = town.press("vk009", "later")
    assert page.forms == {} and page.links["back"] == f"{town.shop.url}/back" and town.shop.received == []
    town.shop.wait(1)
    assert town.shop.forms()[0]["VK_SERVICE"] == "1111" and town.check_mac("vk009", town.shop.forms()[0])


@FORMS
def test_the_browser_that_is_closed(town, name):
    _, _, page = town.press(name, "close")
    assert page.forms == {} and page.links == {}
    town.shop.wait(1)


def test_seb_accepts_and_then_accomplishes(town):
    _, _, page = town.press("seb", "pay")
    back = dict(page.forms["back"]["fields"])
    assert (back["IB_SERVICE"], back["IB_STATUS"], back["IB_FROM_SERVER"]) == ("0004", "ACCOMPLISHED", "N") and town.check_mac("seb", back)
    town.shop.wait(2)
    pushed = {f["IB_SERVICE"]: f for f in town.shop.forms()}
    assert set(pushed) == {"0003", "0004"} and all(f["IB_FROM_SERVER"] == "Y" and town.check_mac("seb", f) for f in pushed.values())
    assert (pushed["0003"]["IB_PAYMENT_DATE"], pushed["0003"]["IB_PAYMENT_TIME"]) == ("22.11.2026", "15:42:00")
    assert pushed["0003"]["IB_AMOUNT"] == "41.37" and "IB_AMOUNT" not in pushed["0004"]


def test_seb_cancelled(town):
    _, _, page = town.press("seb", "cancel")
    back = dict(page.forms["back"]["fields"])
    assert back["IB_STATUS"] == "CANCELLED" and town.check_mac("seb", back)
    town.shop.wait(1)


def test_a_push_is_repeated_until_200(town):
    town.shop.status = 503
    town.press("vk008", "close")
    town.shop.wait(3)
    town.shop.status = 200
    time.sleep(0.5)
    count = len(town.shop.received)
    time.sleep(0.4)
    order = town.ask.control("orders")[0]
    assert len(town.shop.received) == count and order["pushes"][-1]["status"] == 200
    assert [p["status"] for p in order["pushes"][:-1]] == [503] * (count - 1)


def test_a_button_pressed_twice_pays_once(town):
    action = Page(town.send("vk008")[2]).forms["order"]["action"]
    first = Page(town.ask.form(action, {"do": "pay"})[2]).forms["back"]["fields"]
    again = Page(town.ask.form(action, {"do": "cancel"})[2]).forms["back"]["fields"]
    assert first == again
    time.sleep(0.3)
    assert len(town.shop.received) == 1


# --- Payment Initiation ---------------------------------------------------------------------------------------------
def test_initiation_from_providers_to_executed(town):
    status, providers = town.jws("GET", "/swedbank/public/api/v3/agreement/providers")
    assert status == 200 and [p["bic"] for p in providers] == ["DEMOLV22"]
    status, made = town.initiate()
    assert status == 201
    way = made["urls"]["status"].removeprefix(town.url)
    assert town.jws("GET", way) == (200, {"id": made["id"], "status": "INITIAL", "amount": "41.37", "currency": "EUR",
                                          "description": "WP2026000001 Rēķini par ūdeni"})
    page = Page(town.ask("GET", made["urls"]["redirect"].removeprefix(town.url))[2])
    assert "41,37 EUR" in page.text and town.jws("GET", way)[1]["status"] == "STARTED"
    town.ask.control("behaviour", {"agreement": "swedbank", "push": False})
    status, headers, _ = town.ask.form(page.forms["order"]["action"], {"do": "pay"})
    assert (status, headers["Location"]) == (303, "https://shop.localhost/back")
    assert town.jws("GET", way)[1]["status"] == "EXECUTED"


@pytest.mark.parametrize("button, status", [("cancel", "CANCELLED_BY_USER"), ("reject", "FAILED"), ("later", "IN_CONFIRMATION"), ("close", "EXECUTED")])
def test_initiation_ends(town, button, status):
    town.ask.control("behaviour", {"agreement": "swedbank", "push": False})
    _, made = town.initiate()
    town.ask.control(f"orders/{made['id']}/do", {"action": button})
    assert town.jws("GET", made["urls"]["status"].removeprefix(town.url))[1]["status"] == status


@pytest.mark.parametrize("change", [{"alg": "RS256"}, {"alg": "none"}, {"b64": True}, {"crit": []}, {"crit": ["b64", "x"]}, {"url": "https://other/"},
                                    {"kid": "LV:CITS"}, {"iat": SECONDS - 301}, {"iat": SECONDS + 301}, {"iat": None}, {"key": "../other.key"}])
def test_initiation_refuses_signatures(town, change):
    if "key" in change:
        change = {"key": town.key("swedbank", change["key"])}
    assert town.jws("GET", "/swedbank/public/api/v3/agreement/providers", **change)[0] == 401


def test_initiation_refuses_what_is_not_signed_or_was_changed(town):
    path = "/swedbank/public/api/v3/transactions/providers/DEMOLV22"
    header = {"b64": False, "crit": ["b64"], "iat": SECONDS, "alg": "RS512", "url": town.url + path, "kid": "LV:UDENS"}
    signature = jws(town.key("swedbank", "merchant.key"), header, b'{"amount": "1.00"}')
    for headers in ({}, {"x-jws-signature": "a.b"}, {"x-jws-signature": signature}, {"x-jws-signature": signature.replace("..", ".e30.")}):
        assert town.ask("POST", path, b'{"amount": "9.00"}', headers)[0] == 401


@pytest.mark.parametrize("change", [
    {"amount": "0.00"}, {"amount": "1.234"}, {"currency": "USD"}, {"redirectUrl": "http://shop.localhost/"}, {"notificationUrl": "https://evil.example/"},
    {"locale": "de"}, {"description": "ā" * 141}, {"reference": "1234561"}, {"description": None}, {"description": None, "reference": "1234562"},
    {"description": None, "reference": "RF18539007547035"}, {"surprise": "1"}, {"amount": None}])
def test_initiation_refuses_members(town, change):
    assert town.initiate(**change)[0] == 400


@pytest.mark.parametrize("reference", ["1234561", "RF18539007547034"])
def test_initiation_takes_references(town, reference):
    assert town.initiate(description=None, reference=reference)[0] == 201


def test_initiation_is_abandoned_after_an_hour(town):
    _, made = town.initiate()
    way = made["urls"]["status"].removeprefix(town.url)
    town.ask.control("behaviour", {"agreement": "swedbank", "statuses": ["IN_PROGRESS", "UNHEARD_OF", "SETTLED"]})
    assert [town.jws("GET", way)[1]["status"] for _ in range(4)] == ["IN_PROGRESS", "UNHEARD_OF", "SETTLED", "SETTLED"]
    _, made = town.initiate()
    town.ask.control("clock", {"now": "2026-11-22T14:43:00Z"})
    path = made["urls"]["status"].removeprefix(town.url)
    header = {"b64": False, "crit": ["b64"], "iat": SECONDS + 3660, "alg": "RS512", "url": town.url + path, "kid": "LV:UDENS"}
    _, _, text = town.ask("GET", path, None, {"x-jws-signature": jws(town.key("swedbank", "merchant.key"), header, b"")})
    assert json.loads(text)["status"] == "ABANDONED"


def test_initiation_notifies(town):
    """An order's address must be https, so no push arrives here; the message is fetched from the control and checked instead."""
    _, made = town.initiate()
    town.ask.control("behaviour", {"agreement": "swedbank", "push": False})
    town.ask.control(f"orders/{made['id']}/do", {"action": "pay"})
    sent = town.ask.control(f"orders/{made['id']}/message", {})
    header = jws_header_of(sent["headers"]["x-jws-signature"], town.key("swedbank", "bank.crt"), sent["body"].encode())
    assert (header["url"], header["alg"], sent["url"]) == ("https://shop.localhost/hear", "RS512", "https://shop.localhost/hear")
    assert json.loads(sent["body"])["status"] == "EXECUTED" and json.loads(sent["body"])["id"] == made["id"]


# --- the control ----------------------------------------------------------------------------------------------------
def one_order(town, name="vk008", **change):
    town.send(name, **change)
    return town.ask.control("orders")[-1]["id"]


def test_messages_that_are_not_right(town):
    order = one_order(town)
    ask = lambda **wish: dict(town.ask.control(f"orders/{order}/message", {"settled": True, **wish})["fields"])  # noqa: E731
    good = ask()
    assert town.check_mac("vk008", good) and good["VK_AUTO"] == "Y" and ask(pushed=False)["VK_AUTO"] == "N"
    changed = ask(change={"AMOUNT": "1.00"})
    assert changed["VK_AMOUNT"] == "1.00" and town.check_mac("vk008", changed)
    after = ask(after={"AMOUNT": "1.00", "REF": None})
    assert after["VK_MAC"] == good["VK_MAC"] and after["VK_AMOUNT"] == "1.00" and "VK_REF" not in after and not town.check_mac("vk008", after)
    assert "VK_MAC" not in ask(sign="none") and not town.check_mac("vk008", ask(sign="wrong"))
    assert town.check_mac("vk008", ask(key="next"), "bank-next.crt") and town.check_mac("vk008", ask(key="other"), "../other.crt")
    assert town.check_mac("vk008", ask(key="vk009"), "../vk009/bank.crt")
    assert ask(kind="unpaid")["VK_SERVICE"] == "1911"


def test_behaviour_of_the_signatures_sent(town):
    town.ask.control("behaviour", {"key": "next"})
    _, _, page = town.press("vk008", "pay")
    assert town.check_mac("vk008", dict(page.forms["back"]["fields"]), "bank-next.crt")
    town.ask.control("behaviour", {"sign": "none"})
    assert town.ask("GET", "/swedbank/public/api/v3/agreement/providers")[1]["x-jws-signature"] is None
    town.ask.control("behaviour", {"sign": "wrong"})
    status, headers, text = town.ask("GET", "/swedbank/public/api/v3/agreement/providers")
    with pytest.raises(AssertionError):
        jws_header_of(headers["x-jws-signature"], town.key("swedbank", "bank-next.crt"), text.encode())


def test_push_as_often_as_asked(town):
    order = one_order(town)
    assert town.ask.control(f"orders/{order}/push", {"settled": True, "times": 3}) == {"statuses": [200, 200, 200]}
    assert len(town.shop.received) == 3 and all(town.check_mac("vk008", f) for f in town.shop.forms())


def test_down_and_slow_and_silent(town):
    town.ask.control("behaviour", {"agreement": "vk008", "down": "503"})
    assert town.send("vk008")[0] == 503 and town.send("vk009")[0] == 200
    town.ask.control("behaviour", {"agreement": "vk008", "down": None, "slow": 0.4})
    began = time.monotonic()
    assert town.send("vk008")[0] == 200 and time.monotonic() - began >= 0.4
    town.ask.control("behaviour", {"agreement": "swedbank", "down": "hang"})
    with pytest.raises(TimeoutError):
        town.ask("GET", "/swedbank/public/api/v3/agreement/providers", timeout=0.5)


def test_return_or_push_can_be_kept_back(town):
    town.ask.control("behaviour", {"return": False, "push": False})
    _, _, page = town.press("vk008", "pay")
    assert page.forms == {}
    time.sleep(0.3)
    assert town.shop.received == [] and town.ask.control("orders")[0]["state"] == "paid"


def test_the_control_says_what_it_does_not_know(town):
    for path, wish in (("behaviour", {"up": True}), ("orders/none/do", {"action": "pay"}), ("nothing", {}), ("statement", {"agreement": "none"})):
        assert town.ask("POST", f"/control/{path}", json.dumps(wish), {"Content-Type": "application/json"})[0] == 400
    assert town.ask("POST", "/control/reset", "{}", {"Content-Type": "text/plain"})[0] == 415


# --- statements -----------------------------------------------------------------------------------------------------
def statement(town, **wish):
    text = town.ask.control("statement", {"agreement": "vk008", **wish})
    root = etree.fromstring(text.encode())
    space = root.tag[1:].partition("}")[0]
    assert space == f"urn:iso:std:iso:20022:tech:xsd:camt.053.{wish.get('version', '001.02')}"
    return root.find("{*}BkToCstmrStmt/{*}Stmt")


def texts(node, path):
    return [e.text for e in node.findall("/".join("{*}" + name if name else "." for name in path.split("/")))]


@pytest.fixture
def paid(town):
    for stamp in ("11", "22"):
        town.press("vk008", "close", STAMP=stamp, MSG=f"WP{stamp} ūdens")
    town.press("vk008", "close", STAMP="33", MSG="", REF="1234561")
    town.press("vk008", "cancel", STAMP="44")
    return town


@pytest.mark.parametrize("version", ["001.02", "001.08"])
def test_statement_of_what_was_paid(paid, version):
    made = statement(paid, version=version)
    assert texts(made, "Acct/Id/IBAN") == [paid.config["vk008"]["account"]]
    assert texts(made, "Ntry/Amt") == ["41.37"] * 3 and texts(made, "Ntry/CdtDbtInd") == ["CRDT"] * 3
    assert texts(made, "Ntry/Sts/Cd" if version == "001.08" else "Ntry/Sts") == ["BOOK"] * 3
    assert texts(made, "Ntry/NtryDtls/TxDtls/RmtInf/Ustrd") == ["WP11 ūdens", "WP22 ūdens"]
    assert texts(made, "Ntry/NtryDtls/TxDtls/RmtInf/Strd/CdtrRefInf/Ref") == ["1234561"]
    assert len(texts(made, "Ntry/NtryDtls/TxDtls/RltdPties/Dbtr/Pty/Nm" if version == "001.08" else "Ntry/NtryDtls/TxDtls/RltdPties/Dbtr/Nm")) == 3
    assert texts(made, "Bal/Amt") == ["1000.00", "1124.11"]
    assert len(set(texts(made, "Ntry/AcctSvcrRef"))) == 3


def test_statement_with_all_that_makes_matching_hard(paid):
    made = statement(paid, batch=True, foreign=5, duplicates=True, end_to_end=True)
    entries = made.findall("{*}Ntry")
    assert len(entries) == 12 and [len(e.findall("{*}NtryDtls/{*}TxDtls")) for e in entries[:2]] == [3, 3]
    assert texts(entries[0], "Amt") == ["124.11"] and texts(entries[0], "NtryDtls/Btch/NbOfTxs") == ["3"]
    assert texts(entries[0], "NtryDtls/TxDtls/Refs/EndToEndId") == ["11", "22", "33"]
    assert texts(entries[0], "AcctSvcrRef") == texts(entries[1], "AcctSvcrRef")
    assert "PDNG" in texts(made, "Ntry/Sts") and "DBIT" in texts(made, "Ntry/CdtDbtInd")


def test_statement_of_money_that_goes_back_and_of_another_sum(paid):
    first = paid.ask.control("orders")[0]["id"]
    made = statement(paid, orders=[first], reverse=[first], amounts={first: "41.36"})
    assert texts(made, "Ntry/CdtDbtInd") == ["CRDT", "DBIT"] and texts(made, "Ntry/RvslInd") == ["true"] and texts(made, "Ntry/Amt") == ["41.36"] * 2


def test_two_runs_are_the_same(paid):
    """With a fixed clock: orders, payers, numbers, statement."""
    first = paid.ask.control("statement", {"agreement": "vk008", "foreign": 3}), paid.ask.control("orders")
    paid.ask.control("reset", {})
    for stamp, change in (("11", {"MSG": "WP11 ūdens"}), ("22", {"MSG": "WP22 ūdens"}), ("33", {"MSG": "", "REF": "1234561"})):
        paid.press("vk008", "close", STAMP=stamp, **change)
    paid.press("vk008", "cancel", STAMP="44")
    again = paid.ask.control("statement", {"agreement": "vk008", "foreign": 3}), paid.ask.control("orders")
    bare = lambda orders: [{**o, "pushes": None} for o in orders]  # noqa: E731
    assert first[0] == again[0] and bare(first[1]) == bare(again[1])


# --- as configured in the demo --------------------------------------------------------------------------------------
def test_over_tls_and_too_much(tmp_path):
    town = Town(tmp_path)
    subprocess.run([HERE.parent / "idp" / "make-tls", tmp_path / "tls"], check=True)
    config = json.loads((tmp_path / "bank.json").read_text(encoding="utf-8"))
    config.update(url=f"https://bank.localhost:{town.port}", tls={"certificate": "tls/leaf.pem", "key": "tls/leaf.key"}, ca="tls/ca.pem")
    (tmp_path / "bank.json").write_text(json.dumps(config), encoding="utf-8")
    with running(tmp_path / "bank.json"):
        curl = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", tmp_path / "tls" / "ca.pem", "--resolve",
                f"bank.localhost:{town.port}:127.0.0.1", f"{config['url']}/vk008/"]
        fields = urllib.parse.urlencode(town.order("vk008"))
        assert subprocess.run([*curl, "-d", fields], capture_output=True, text=True, check=True).stdout == "200"
        assert subprocess.run([*curl, "-H", "Content-Length: 70000", "-d", "x"], capture_output=True, text=True, check=False).stdout == "413"
        assert subprocess.run(curl, capture_output=True, text=True, check=True).stdout == "404"
