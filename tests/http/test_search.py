# SPDX-License-Identifier: Apache-2.0
"""The same words find the same contracts on every page that searches them (base/search.h; its rule has vectors of its own)."""
import pytest

import portal
import steps

PEOPLE = {  # contract: address, locality, holder, the number of its meter
    "78-00001": ("Čiekuru iela 3", "Rīga", "Jürgen Groß", "41 207 736"),
    "78-00002": ("Čiekuru iela 13", "Rīga", "Anna Ozola", "8ZRI0012345"),
    "78-00003": ("улица Мира 12–4", "Даугавпилс", "Пётр Королёв", "41207001"),
    "78-00004": ("Ju\u0304rmalas gatve 12–40", "Rīga", "SIA \"Teikas nami\"", "55500300"),
}
FOUND = [  # typed, what it finds of them
    ("ciekuru 3", "1"), ("3 ČIEKURU", "1"), ("čiekuru iela 3, Rīga", "1"), ("ciekuru", "12"), ("ciekuru groß", "1"), ("iela ciekuru 9", ""),
    ("12-4", "3"), ("12–4", "3"), ("12/4", "3"), ("12 - 4", "3"), ("gatve 12", "4"), ("gatve 4", ""),
    ("мира", "3"), ("МИРА", "3"), ("петр королев", "3"), ("даугавпилс мира", "3"), ("mira", ""),
    ("jurgen", "1"), ("JÜRGEN", "1"), ("gross", "1"), ("jurmalas", "4"), ("jūrmalas gatve", "4"),
    ("78-00002", "2"), ("7800002", "2"), ("Nr. 78-00002", "2"), ("№ 78 00002", "2"), ("78-000", "1234"), ("78-9", ""),
    ("41207736", "1"), ("41 207", "13"), ("rīga 41207736", "1"), ("2345", "2"), ("8zri 0012345", "2"), ("anna 41207736", ""),
    ("%", ""), ("_", ""), ("- /", "")]


@pytest.fixture(scope="module")
def manager(rig):
    """Four houses, and four contracts more of as many holders."""
    browser = rig.browser()
    portal.login(browser, "peteris", "bank-a")
    account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = '20-00300'")[0][0]
    code = rig.sql("SELECT person_code FROM portal_person_code WHERE account_id = ?", account)[0][0]
    for number, (address, locality, holder, serial) in PEOPLE.items():
        rig.sql("INSERT INTO billing_premises (premises_id, address, locality) VALUES (?, ?, ?)", f"search-{number}", address, locality)
        rig.sql("INSERT INTO billing_customer (customer_no, name, kind) VALUES (?, ?, 'person')", f"search-{number}", holder)
        rig.sql("INSERT INTO billing_representative (customer_no, person_code, since) VALUES (?, ?, '2020-01-01')", f"search-{number}", code)
        rig.sql("INSERT INTO billing_contract (contract_no, customer_no, premises_id, signed_on) VALUES (?, ?, ?, '2020-01-01')",
                number, f"search-{number}", f"search-{number}")
        rig.sql("INSERT INTO billing_meter (meter_id, contract_no, point_id, serial, digits, decimals, remote, installed_on) "
                "VALUES (?, ?, ?, ?, 5, 3, 0, '2020-01-01')", f"search-{number}", number, f"search-{number}", serial)
        rig.sql("INSERT INTO portal_account_contract (account_id, contract_no, basis, registered_at) VALUES (?, ?, 'representative', "
                "'2020-01-01T00:00:00Z')", account, number)
    yield browser
    rig.sql("DELETE FROM portal_account_contract WHERE contract_no LIKE ?", "78-%")
    rig.sql("DELETE FROM billing_meter WHERE contract_no LIKE ?", "78-%")
    rig.sql("DELETE FROM billing_contract WHERE contract_no LIKE ?", "78-%")
    rig.sql("DELETE FROM billing_representative WHERE customer_no LIKE ?", "search-%")
    rig.sql("DELETE FROM billing_customer WHERE customer_no LIKE ?", "search-%")
    rig.sql("DELETE FROM billing_premises WHERE premises_id LIKE ?", "search-%")


def found(browser, place, typed):
    """The numbers of all contracts that a page finds, and how many it says it found."""
    data = steps.document(browser, place + portal.urlencode({"": typed})[1:]).find("data")
    counted = data.findtext("found") or data.find("filter").get("found")
    return {one.findtext("contract_no") for one in data.findall("contract")}, int(counted)


def everywhere(browser, typed):
    answers = [found(browser, place, typed) for place in ("/portal/home?state=all&q=", "/portal/contracts?find=")]
    assert answers[0] == answers[1] and len(answers[0][0]) == answers[0][1]
    return answers[0][0]


@pytest.mark.parametrize("typed, contracts", FOUND)
def test_the_same_words_find_the_same_contracts(manager, typed, contracts):
    assert {number for number in everywhere(manager, typed) if number in PEOPLE} == {f"78-0000{one}" for one in contracts}


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_nothing_typed_finds_all(manager, typed):
    assert len(everywhere(manager, typed)) == 8


def test_a_meter_that_is_not_shown_leads_nowhere(rig, manager):
    """Who has a right on one meter of a contract searches by no other; a stranger by none."""
    giver, receiver = steps.visitor(rig), steps.visitor(rig)
    mine, other = rig.sql("SELECT meter_id, serial FROM billing_meter WHERE contract_no = ? AND removed_on IS NULL ORDER BY meter_id", giver.contract)[:2]
    steps.delegate(rig, giver, receiver, "readings", meter=mine[0])

    def finds(browser, serial):
        data = steps.document(browser, "/portal/home?state=all&q=" + portal.urlencode({"": serial})[1:]).find("data")
        return giver.contract in {one.findtext("contract_no") for one in data.findall("contract")}
    assert [finds(giver, serial) for _, serial in (mine, other)] == [True, True]
    assert [finds(receiver, serial) for _, serial in (mine, other)] == [True, False]
    assert giver.contract not in everywhere(manager, mine[1])
