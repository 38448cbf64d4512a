# SPDX-License-Identifier: Apache-2.0
"""Messages of a bank about so many payments, each of its own, signed with the demo bank's key by the openssl command."""
import base64
import http.client
import subprocess
import urllib.parse
import uuid

import portal

SUM_C = 1210
PAYMENT = ("INSERT INTO portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, created_at, changed_at, "
           "expires_at) "
           "VALUES (?, ?, 'vk008', ?, ?, 'LV45DEMO0000000080008', ?, 'redirected', 0, '2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z', '2099-01-01T00:00:00Z')")
ITEM = "INSERT INTO portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c) VALUES (?, 1, ?, ?, ?)"


def order(rig, account, contract):
    """A payment on its way to the bank; its stamp."""
    name, stamp = "p" + uuid.uuid4().hex[:19].translate(str.maketrans("0189", "2345")), str(uuid.uuid4().int)[:15]
    rig.sql(PAYMENT, name, account, stamp, SUM_C, f"WP{stamp}")
    rig.sql(ITEM, name, contract, f"L-{stamp}", SUM_C)
    return stamp


def message(rig, stamp):
    """vk-008, service 1111: the length of each value in characters as three digits, and the value."""
    fields = {"SERVICE": "1111", "VERSION": "008", "SND_ID": "PIRMA", "REC_ID": "UDENS8", "STAMP": stamp, "T_NO": "1", "AMOUNT": f"{SUM_C / 100:.2f}",
              "CURR": "EUR",
              "REC_ACC": "LV45DEMO0000000080008", "REC_NAME": "SIA „Pilsētas ūdens”", "SND_ACC": "LV38DEMO0000000000303", "SND_NAME": "Jānis Bērziņš",
              "REF": "",
              "MSG": f"WP{stamp}", "T_DATETIME": "2026-11-22T15:50:00+0200"}
    text = "".join(f"{len(value):03}{value}" for value in fields.values()).encode()
    mac = subprocess.run(["openssl", "dgst", "-sha1", "-sign", rig.run / "bank/keys/vk008/bank.key"], input=text, stdout=subprocess.PIPE, check=True).stdout
    fields.update(MAC=base64.b64encode(mac).decode(), ENCODING="UTF-8", LANG="LAT", AUTO="Y")
    return urllib.parse.urlencode({"VK_" + name: value for name, value in fields.items()})


def messages(rig, count):
    account, contract = rig.sql("SELECT account_id, contract_no FROM portal_account_contract ORDER BY contract_no LIMIT 1")[0]
    return [message(rig, order(rig, account, contract)) for _ in range(count)]


def push(rig, bodies):
    """One after the other over connections that are kept; CPU in ms a message, of the server alone."""
    connection, before = None, rig.cpu()
    for body in bodies:
        for attempt in range(2):  # httpd ends a connection after a number of requests
            connection = connection or portal.connect("portal.localhost", rig.port, rig.ca)
            try:
                connection.request("POST", "/portal/pay/vk008/return", body,
                                   {"Host": rig.base.removeprefix("https://"), "Content-Type": "application/x-www-form-urlencoded"})
                answer = connection.getresponse()
                answer.read()
                break
            except (ConnectionError, http.client.HTTPException):
                connection = None
                if attempt:
                    raise
        assert answer.status == 200, answer.status
        if answer.will_close:
            connection = None
    return (rig.cpu() - before) * 1000 / len(bodies)
