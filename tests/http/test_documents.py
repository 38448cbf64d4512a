# SPDX-License-Identifier: Apache-2.0
"""Live page documents follow the published grammar, xslt/page.rng."""
import pathlib
import re

import pytest
from lxml import etree

import steps

GRAMMAR = etree.RelaxNG(etree.parse(pathlib.Path(__file__).resolve().parents[2] / "xslt" / "page.rng"))


@pytest.fixture(scope="module")
def customer(rig):
    browser = steps.visitor(rig)
    meter, last = next(iter(steps.meters(browser).items()))
    browser.receipt = steps.receipt_of(steps.submit(browser, {meter: last + 4000}))
    return browser


@pytest.mark.parametrize("path", ["/", "/public/login", "/public/goodbye", "/home", "/registration", "/registration/done?contract={contract}",
                                  "/readings?contract={contract}", "/readings/history?contract={contract}", "/readings/receipt/{receipt}",
                                  "/overview?contract={contract}", "/overview?contract={contract}&by=year&from=2026-13",
                                  "/overview/consumption.csv?contract={contract}",
                                  "/overview/money?contract={contract}", "/overview/invoices.csv?contract={contract}"])
def test_pages_follow_the_grammar(customer, path):
    address = "/portal" + path.format(contract=customer.contract, receipt=customer.receipt)
    answer = customer.get(address + ("&" if "?" in address else "?") + "view=xml")
    name = re.fullmatch(r'inline; filename="([a-z]+-[a-z_]+(-[\w.-]+)?\.xml)"', answer.header("Content-Disposition"))
    assert name, "saved, a page is told from others"
    document = etree.fromstring(answer.body)
    context = document.find("context")
    assert context is None or context.get("contract") in name[1]
    assert GRAMMAR.validate(document), GRAMMAR.error_log


@pytest.mark.parametrize("person", ["anna", "janis", "liga", "martins", "peteris"])
def test_the_pages_of_the_demo_persons_follow_the_grammar(rig, login, person):
    browser = rig.browser()
    login(browser, person)
    for contract in rig.people[person]["contracts"][:2]:
        for path in ("readings", "readings/history", "overview", "overview/money"):
            page = browser.get(f"/portal/{path}?contract={contract}&view=xml")
            if page.status == 404:  # a contract that ended
                continue
            assert GRAMMAR.validate(etree.fromstring(page.body)), (contract, GRAMMAR.error_log)
            html = browser.get(f"/portal/{path}?contract={contract}")
            assert html.status == 200 and "???" not in html.text
