# SPDX-License-Identifier: Apache-2.0
"""Acts: the list over all contracts and one, its filters, the act itself."""
import pytest

import portal
import steps


@pytest.fixture(scope="module")
def liga(rig):
    browser = rig.browser()
    portal.login(browser, "liga", "bank-a")
    return browser


def data(browser, url):
    return steps.document(browser, url).find("data")


def numbers(shown):
    return [act.findtext("act_no") for act in shown.findall("act")]


def stored(rig, where="1 = 1"):
    return [no for no, in rig.sql(f"SELECT act_no FROM billing_act WHERE contract_no IN ('10-45133', '20-00017') AND {where} "
                                  "ORDER BY registered_on DESC, act_no DESC")]


def test_all_acts_of_all_contracts(rig, liga):
    shown = data(liga, "/portal/acts")
    assert numbers(shown) == stored(rig) and shown.findtext("found") == str(len(stored(rig)))
    assert {p.findtext("contract_no") for p in shown.findall("premises")} == {"10-45133", "20-00017"}
    years = [y.findtext("year") for y in shown.findall("year")]
    assert years == sorted({no[2:6] for no in stored(rig)}, reverse=True)
    # as far back as the data goes
    assert shown.findall("year")[-1].findtext("first") == min(rig.sql("SELECT registered_on FROM billing_act WHERE contract_no IN ('10-45133', '20-00017')"))[0]


@pytest.mark.parametrize("query, where", [
    ("kind=inspection", "kind = 'inspection'"), ("kind=meter_swap", "kind = 'meter_swap'"), ("kind=sealing", "kind = 'sealing'"),
    ("kind=service_boundary", "kind = 'service_boundary'"), ("contract=10-45133", "contract_no = '10-45133'"),
    ("kind=inspection&contract=20-00017", "kind = 'inspection' AND contract_no = '20-00017'"), ("kind=&year=&contract=", "1 = 1")])
def test_filters(rig, liga, query, where):
    found = numbers(data(liga, "/portal/acts?" + query))
    assert found == stored(rig, where) and found


def test_filter_by_year(rig, liga):
    year = stored(rig)[0][2:6]
    assert numbers(data(liga, f"/portal/acts?year={year}")) == stored(rig, f"substr(registered_on, 1, 4) = '{year}'")


@pytest.mark.parametrize("query, control, code",
                         [("kind=flood", "kind", "choice"), ("year=1999", "year", "choice"), ("year=x", "year", "count"), ("year=0", "year", "count")])
def test_a_filter_that_is_none_is_explained_and_all_is_shown(rig, liga, query, control, code):
    page = steps.document(liga, "/portal/acts?" + query)
    assert [(p.get("control"), p.get("code")) for p in page.findall("problems/problem")] == [(control, code)]
    assert page.find(f"filter/field[@name='{control}']").get("value") == query.partition("=")[2]
    assert numbers(page.find("data")) == stored(rig)
    assert liga.get("/portal/acts?" + query).status == 200


def test_nothing_found_says_so(liga):
    page = liga.get("/portal/acts?kind=meter_swap&contract=20-00017")
    assert page.status == 200 and "Izvēlei neatbilst neviens akts" in page.text
    assert liga.page.link("Rādīt visus aktus").endswith("/portal/acts")


def test_no_acts_at_all(rig):
    browser = steps.visitor(rig)
    rig.sql("DELETE FROM billing_act WHERE contract_no = ?", browser.contract)
    page = browser.get("/portal/acts")
    assert page.status == 200 and "Šeit parādīsies" in page.text and not [f for f in page.forms if f.method == "GET"]


def test_many_acts_are_paged_and_the_filter_stays(rig):
    browser = steps.visitor(rig)
    for n in range(50):
        rig.sql("INSERT INTO billing_act (act_no, contract_no, kind, registered_on) VALUES (?, ?, 'inspection', '2022-03-04')",
                f"P-{browser.contract}-{n:02}", browser.contract)
    url, seen = f"/portal/acts?contract={browser.contract}&kind=inspection&year=2022", []
    while url:
        shown = data(browser, url)
        assert shown.findtext("found") == "50"
        seen += numbers(shown)
        url = shown.find("paging").get("href-next")
    assert seen == [f"P-{browser.contract}-{n:02}" for n in reversed(range(50))]


@pytest.mark.parametrize("kind, words", [
    ("inspection", ["Apsekošanas akts", "Konstatēts", "Klāt bija"]), ("meter_swap", ["Skaitītāja maiņas akts", "Noņemts", "Uzstādīts", "Paveikts"]),
    ("sealing", ["Plombēšanas akts", "uzlikta"]), ("service_boundary", ["Apkalpošanas robežu akts", "Apkalpošanas robeža", "zemes vienības robežas"])])
def test_an_act_of_each_kind(rig, liga, kind, words):
    act = rig.sql("SELECT max(act_no) FROM billing_act WHERE contract_no = '10-45133' AND kind = ?", kind)[0][0]
    page = liga.get(f"/portal/acts/{act}")
    assert page.status == 200 and act in page.title
    for word in words + ["Līga Šķēle", "skaitītāju meistars", "Ģertrūdes iela 61–9, Rīga", 'class="wp-sign"', "data-running="]:
        assert word in page.text, word
    shown = data(liga, f"/portal/acts/{act}").find("act")
    meters = rig.sql("SELECT meter_id, part, value_l, seal_no FROM billing_act_meter WHERE act_no = ? ORDER BY line", act)
    assert [(m.findtext("meter_id"), m.findtext("part"), int(m.findtext("value")), m.findtext("seal_no")) for m in shown.findall("meter")] == meters
    # what it touched can be looked at
    assert liga.get(f"/portal/acts/{act}").link("Līgums 10-45133").endswith("/portal/contracts/10-45133")
    for meter, *_ in meters:
        assert any(href.endswith(f"/portal/contracts/10-45133?meter={meter}") for _, href in liga.page.links), meter
        assert liga.get(f"/portal/contracts/10-45133?meter={meter}").status == 200
        liga.get(f"/portal/acts/{act}")
    assert liga.click("Rādījumu vēsture").status == 200


def test_a_swap_act_says_what_the_readings_say(rig, liga):
    act = rig.sql("SELECT max(act_no) FROM billing_act WHERE contract_no = '10-45133' AND kind = 'meter_swap'")[0][0]
    told = rig.sql("SELECT m.part, m.value_l, b.value_l FROM billing_act t JOIN billing_act_meter m ON m.act_no = t.act_no JOIN billing_reading b "
                   "ON b.meter_id = m.meter_id AND b.read_on = t.registered_on AND b.kind IN ('swap_end', 'swap_start') WHERE t.act_no = ?", act)
    assert sorted(part for part, _, _ in told) == ["installed", "removed"] and all(said == read for _, said, read in told)
