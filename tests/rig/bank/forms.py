# SPDX-License-Identifier: Apache-2.0
"""Bank links of signed forms: vk-008, vk-009, seb-elink. The field tables are the published ones, written down independently:
nothing is shared with the portal, so that a misreading there does not agree with the same misreading here.

What is signed: for each field in order, its length in characters as three digits, and the trimmed value; 000 if absent or empty.
"""
import base64
import dataclasses
import datetime
import re
import urllib.parse
import zoneinfo

import seal

RIGA = zoneinfo.ZoneInfo("Europe/Riga")
CHARSETS = {"": "utf-8", "UTF-8": "utf-8", "ISO-8859-13": "iso8859_13", "WINDOWS-1257": "cp1257"}
LANGUAGES = {"": "lv", "LAT": "lv", "ENG": "en", "RUS": "ru"}
WINDOW = datetime.timedelta(minutes=5)


@dataclasses.dataclass(frozen=True)
class Profile:
    prefix: str
    mac: str           # the field with the signature
    version: str
    digest: str
    services: dict     # kind → (code, signed fields in order, unsigned fields)
    lengths: dict      # field → maximum number of characters
    optional: str      # fields of an order that may be empty


def fields(text):
    return tuple(text.split())


VK_SERVICES = {
    "order": ("1012", fields("SERVICE VERSION SND_ID STAMP AMOUNT CURR REF MSG RETURN CANCEL DATETIME"), fields("ENCODING LANG")),
    "paid": ("1111", fields("SERVICE VERSION SND_ID REC_ID STAMP T_NO AMOUNT CURR REC_ACC REC_NAME SND_ACC SND_NAME REF MSG T_DATETIME"),
             fields("ENCODING LANG AUTO")),
    "unpaid": ("1911", fields("SERVICE VERSION SND_ID REC_ID STAMP REF MSG"), fields("ENCODING LANG AUTO")),
}
VK_LENGTHS = {"SERVICE": 4, "VERSION": 3, "SND_ID": 15, "STAMP": 20, "AMOUNT": 12, "CURR": 3, "REF": 35, "MSG": 95, "RETURN": 255,
              "CANCEL": 255, "DATETIME": 24, "MAC": 700, "ENCODING": 12, "LANG": 3}
STATUS = fields("SND_ID SERVICE VERSION REC_ID PAYMENT_ID PAYMENT_DESC FROM_SERVER STATUS")
SEB_SERVICES = {
    "order": ("0002", fields("SND_ID SERVICE VERSION AMOUNT CURR NAME PAYMENT_ID PAYMENT_DESC"), fields("FEEDBACK LANG")),
    "accepted": ("0003", fields("SND_ID SERVICE VERSION PAYMENT_ID AMOUNT CURR REC_ID REC_ACC REC_NAME PAYER_ACC PAYER_NAME "
                                "PAYMENT_DESC PAYMENT_DATE PAYMENT_TIME"), fields("FROM_SERVER LANG")),
    "paid": ("0004", STATUS, fields("LANG")),
    "unpaid": ("0004", STATUS, fields("LANG")),
}
SEB_LENGTHS = {"SND_ID": 10, "SERVICE": 4, "VERSION": 3, "AMOUNT": 17, "CURR": 3, "NAME": 30, "PAYMENT_ID": 20, "PAYMENT_DESC": 100,
               "CRC": 500, "FEEDBACK": 150, "LANG": 3}
PROFILES = {
    "vk-008": Profile("VK_", "MAC", "008", "sha1", VK_SERVICES, VK_LENGTHS, "REF MSG"),
    "vk-009": Profile("VK_", "MAC", "009", "sha512", VK_SERVICES, VK_LENGTHS, "REF MSG"),
    "seb-elink": Profile("IB_", "CRC", "001", "sha1", SEB_SERVICES, SEB_LENGTHS, ""),
}


def trimmed(value):
    return (value or "").strip(" \t\r\n")


def signed_text(names, values):
    return "".join(f"{len(trimmed(values.get(name))):03d}{trimmed(values.get(name))}" for name in names)


def signed_fields(agreement, kind):
    """The sources disagree about FROM_SERVER in SEB's status message, so it is a flag of the agreement."""
    names = agreement.profile.services[kind][1]
    return tuple(n for n in names if n != "FROM_SERVER" or agreement.from_server_signed)


# --- incoming orders ------------------------------------------------------------------------------------------------
def read_order(profile, body):
    """(values without prefix, problems) of a form's bytes; a field of the form itself names the charset."""
    try:
        pairs = urllib.parse.parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding="latin-1", strict_parsing=True)
        charset = CHARSETS[trimmed(dict(pairs).get(f"{profile.prefix}ENCODING")).upper()]
        pairs = urllib.parse.parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding=charset, errors="strict")
    except KeyError:
        return {}, [("ENCODING", "CHARSET")]
    except ValueError:
        return {}, [("", "UNREADABLE")]
    names = [name for name, _ in pairs]
    values = {name.removeprefix(profile.prefix): value for name, value in pairs if name.startswith(profile.prefix)}
    repeated = sorted({n for n in names if names.count(n) > 1})
    return {**values, "CHARSET": charset}, [(n.removeprefix(profile.prefix), "REPEATED") for n in repeated]


def order_problems(agreement, values, now):
    """[(field, code)] of an order. now: an aware datetime."""
    profile = agreement.profile
    code, signed, unsigned = profile.services["order"]
    expected = {"SERVICE": code, "VERSION": profile.version, "SND_ID": agreement.merchant_id}
    problems = [(name, "UNKNOWN") for name, value in expected.items() if trimmed(values.get(name)) != value]
    problems += [(name, "TOO_LONG") for name, most in profile.lengths.items() if len(trimmed(values.get(name))) > most]
    required = set(signed) - set(profile.optional.split()) | {profile.mac} | ({"FEEDBACK"} & set(unsigned))
    problems += [(name, "MISSING") for name in (*signed, profile.mac, *unsigned) if name in required and not trimmed(values.get(name))]
    if not problems and not mac_is_right(agreement, values):
        problems.append((profile.mac, "BAD_SIGNATURE"))
    return problems + [p for check in (money_problems, text_problems, url_problems) for p in check(agreement, values)] \
        + time_problems(values, now)


def mac_is_right(agreement, values):
    profile = agreement.profile
    signature = seal.unbase64(values[profile.mac])
    text = signed_text(profile.services["order"][1], values).encode(values["CHARSET"])
    return signature is not None and seal.verify(profile.digest, agreement.merchant_key, text, signature)


def money_problems(_agreement, values):
    amount = trimmed(values.get("AMOUNT"))
    if amount and (not re.fullmatch(r"\d{1,9}\.\d{2}", amount, re.A) or float(amount) == 0):
        yield "AMOUNT", "WRONG"
    if trimmed(values.get("CURR")) not in ("", "EUR"):
        yield "CURR", "WRONG"


def reference_is_right(reference):
    """Weights 7, 3, 1 from the right; the last digit makes the sum a multiple of ten."""
    if not re.fullmatch(r"\d{2,35}", reference, re.A):
        return False
    total = sum(int(digit) * (7, 3, 1)[i % 3] for i, digit in enumerate(reversed(reference[:-1])))
    return -total % 10 == int(reference[-1])


def text_problems(agreement, values):
    if trimmed(values.get("LANG")) not in LANGUAGES:
        yield "LANG", "WRONG"
    if agreement.profile.prefix == "IB_":
        if not re.fullmatch(r"[0-9A-Za-z]{0,20}", trimmed(values.get("PAYMENT_ID"))):
            yield "PAYMENT_ID", "WRONG"
        return
    reference, message = trimmed(values.get("REF")), trimmed(values.get("MSG"))
    if bool(reference) == bool(message):
        yield "REF", "NOT_ONE"  # in Latvia exactly one of the two is filled in
    if reference and not reference_is_right(reference):
        yield "REF", "WRONG"
    if not re.fullmatch(r"\d{0,20}", trimmed(values.get("STAMP")), re.A):
        yield "STAMP", "WRONG"


def url_problems(agreement, values):
    """Accepts only addresses of the agreement, above all for the FEEDBACK of e-link, which is not signed."""
    for name in ("RETURN", "CANCEL", "FEEDBACK"):
        address = trimmed(values.get(name))
        if address and not agreement.may_return_to(address):
            yield name, "WRONG"


def time_problems(values, now):
    text = trimmed(values.get("DATETIME"))
    if not text:
        return []
    try:
        moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return [("DATETIME", "WRONG")]
    return [] if abs(moment - now) <= WINDOW else [("DATETIME", "TOO_OLD")]


def order_of(profile, values):
    """The order's members, the same for all profiles."""
    get = lambda name: trimmed(values.get(name))  # noqa: E731
    common = {"amount": get("AMOUNT"), "currency": get("CURR"), "language": LANGUAGES.get(get("LANG"), "lv"), "charset": values["CHARSET"],
              "lang": get("LANG"), "encoding": get("ENCODING")}
    if profile.prefix == "IB_":
        return {**common, "stamp": get("PAYMENT_ID"), "reference": "", "message": get("PAYMENT_DESC"),
                "return_url": get("FEEDBACK"), "cancel_url": get("FEEDBACK")}
    return {**common, "stamp": get("STAMP"), "reference": get("REF"), "message": get("MSG"),
            "return_url": get("RETURN"), "cancel_url": get("CANCEL")}


# --- outgoing messages ----------------------------------------------------------------------------------------------
def message_values(agreement, order, kind, pushed):
    """Every value a message can have, without prefix."""
    paid = (order.settled_at or order.received_at).astimezone(RIGA)
    flag = "Y" if pushed else "N"
    return {
        "SERVICE": agreement.profile.services[kind][0], "VERSION": agreement.profile.version, "SND_ID": agreement.bank_id,
        "REC_ID": agreement.merchant_id, "REC_ACC": agreement.account, "REC_NAME": agreement.account_name,
        "AMOUNT": order.amount, "CURR": order.currency,
        "STAMP": order.stamp, "T_NO": order.number, "SND_ACC": order.payer_account, "SND_NAME": order.payer_name, "REF": order.reference,
        "MSG": order.message, "T_DATETIME": paid.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "ENCODING": order.encoding, "LANG": order.lang, "AUTO": flag,
        "PAYMENT_ID": order.stamp, "PAYMENT_DESC": order.message, "PAYER_ACC": order.payer_account, "PAYER_NAME": order.payer_name,
        "PAYMENT_DATE": paid.strftime("%d.%m.%Y"), "PAYMENT_TIME": paid.strftime("%H:%M:%S"),
        "FROM_SERVER": flag, "STATUS": "ACCOMPLISHED" if kind == "paid" else "CANCELLED",
    }


def message(agreement, order, kind, pushed, twist):
    """[(field with prefix, value)] of a signed message.
    twist: {"change": {field: value} before signing, "after": {field: value, or None to omit it} after it,
    "key": the file of the key that signs, "sign": "good", "wrong" (one bit is flipped) or "none"}."""
    profile = agreement.profile
    _, signed, unsigned = profile.services[kind]
    values = {**message_values(agreement, order, kind, pushed), **twist.get("change", {})}
    values = {name: values.get(name, "") for name in (*signed, *unsigned)}
    if twist["sign"] != "none":
        mac = seal.sign(profile.digest, twist["key"], signed_text(signed_fields(agreement, kind), values).encode(order.charset))
        if twist["sign"] == "wrong":
            mac = bytes([mac[0] ^ 1]) + mac[1:]
        values[profile.mac] = base64.b64encode(mac).decode("ascii")
    values.update(twist.get("after", {}))
    return [(profile.prefix + name, value) for name, value in values.items() if value is not None]
