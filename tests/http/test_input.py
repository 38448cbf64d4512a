# SPDX-License-Identifier: Apache-2.0
"""Everything a client can send: the right status, a page that says what to do, and nothing changed."""
import re
import socket
import ssl

import pytest

import portal
import steps

LEAKS = re.compile(r"/usr/|/var/|\.c:\d|\.sql|SELECT |sqlite|PostgreSQL|libpq|Apache/|OpenSSL/|apr_", re.I)


@pytest.fixture(scope="module")
def customer(rig):
    """One for all: none of these tests changes anything."""
    return steps.visitor(rig)


def answer_of(page, status):
    assert page.status == status, page
    assert not LEAKS.search(page.text), LEAKS.search(page.text)
    assert page.header("Content-Security-Policy").startswith("default-src 'none'")
    assert re.search(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", page.text), "no request id"
    return page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_wrong_methods(customer, method):
    page = customer.post(steps.form_url(customer), {}, method=method)
    assert answer_of(page, 405).header("Allow") == "GET, HEAD, POST"


def test_posting_where_there_is_nothing_to_post(customer):
    assert answer_of(customer.post("/portal/home", {"a": "b"}), 405).header("Allow") == "GET, HEAD"


def test_a_head_request_has_no_body(customer):
    page = customer._fetch("HEAD", customer.base + "/portal/home", None, {}, None)
    assert page.status == 200 and page.body == b""


@pytest.mark.parametrize("url", ["/portal/nothing", "/portal/readings/receipt/", "/portal/readings/x/y", "/portal/public/none",
                                 "/portal/readings?contract=%ff", "/portal/readings?contract=../x", "/portal/readings?page=0",
                                 "/portal/readings?page=99999999999999999999", "/portal/readings?contract=a&contract=b",
                                 "/portal/home?page=1;drop", "/portal/readings?contract=" + "9" * 500])
def test_addresses_that_do_not_exist(customer, url):
    answer_of(customer.get(url), 400 if "%ff" in url else 404)


@pytest.mark.parametrize("path", ["/portal/home", "/portal/invoices", "/portal/readings", "/portal/readings/history", "/portal/account/tokens",
                                  "/portal/public/login", "/portal/public/privacy", "/portal/api/v1", "/portal/contracts/10-45101"])
@pytest.mark.parametrize("query", ["", "?a=b&view=xml", "?next=//evil.example"])
def test_a_slash_at_the_end_leads_to_the_page(customer, path, query):
    """An address that was typed or linked with a slash too many leads to its page, not to a 404."""
    page = customer.get(path + "/" + query, follow=False)
    assert (page.status, page.header("Location")) == (308, path + query) and page.header("Cache-Control") == "no-store"


@pytest.mark.parametrize("path, status", [("/PORTAL/home", 404), ("/portal/nothing/", 404), ("/portal/readings/receipt/", 404), ("/portal//home/", 308),
                                          ("/portal/./x/../home/", 308), ("//evil.example/../portal/home/", 308), ("/portal/home/%0d%0aX:%20y/", 404),
                                          ("/portal/contracts/%3fx%25/", 308), ("/portal/", 200)])
def test_a_slash_at_the_end_leads_nowhere_else(customer, path, status):
    page = customer._fetch("GET", customer.base + path, None, {}, None)
    assert page.status == status
    if status == 308:
        assert page.header("Location") == ("/portal/contracts/%3Fx%25" if "contracts" in path else "/portal/home") and not page.header("X")


def test_a_form_sent_to_an_address_with_a_slash_is_sent_again_to_the_page(customer):
    url, pairs, _ = form_pairs(customer)
    page = customer.post(url.replace("/readings?", "/readings/?"), pairs, follow=False)
    assert page.status == 308 and customer.base + page.header("Location") == url


@pytest.mark.parametrize("name", ["a.zip", "a.html", "a.php", "a.cgi", "a.xml", "a.css"])
def test_an_address_that_ends_like_a_file_is_ours_too(customer, name):
    answer_of(customer.get(f"/portal/readings/receipt/{name}"), 404)


def form_pairs(customer):
    meter, last = next(iter(steps.meters(customer).items()))
    form = steps.fill(steps.readings_form(customer), {meter: last + 1})
    return form.action, dict(form.data("submit")), meter


@pytest.mark.parametrize("change, status", [
    ({"form-token": ""}, 403), ({"form-token": "1.2.3"}, 403), ({"form-token": None}, 403), ({"form-key": None}, 400),
    ({"form-key": "other"}, 403), ({"form-key": "x" * 100}, 400), ({"form-key": "a b"}, 400),
])
def test_forms_that_are_not_ours(rig, customer, change, status):
    url, pairs, meter = form_pairs(customer)
    pairs.update(change)
    answer_of(customer.post(url, {k: v for k, v in pairs.items() if v is not None}), status)
    assert steps.stored(rig, meter) == []


def test_another_persons_form_token(rig, customer):
    other = steps.visitor(rig)
    _, foreign, _ = form_pairs(other)
    url, pairs, meter = form_pairs(customer)
    pairs.update({k: foreign[k] for k in ("form-key", "form-token")})
    answer_of(customer.post(url, pairs), 403)
    assert steps.stored(rig, meter) == []


def test_another_forms_token(customer):
    form = customer.get("/portal/registration").form("registration")
    url, pairs, _ = form_pairs(customer)
    pairs.update({k: form[k] for k in ("form-key", "form-token")})
    answer_of(customer.post(url, pairs), 403)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                                     {"Sec-Fetch-Site": "same-site"}])
def test_another_sites_form(rig, customer, headers):
    url, pairs, meter = form_pairs(customer)
    answer_of(customer.post(url, pairs, headers=headers), 403)
    assert steps.stored(rig, meter) == []


@pytest.mark.parametrize("body, status", [
    (b"a=%", 400), (b"a=%zz", 400), (b"a=%00", 400), (b"a=%ff", 400), (b"\xff=1", 400), (b"form-key=%01", 400),
    (b"&".join(b"a%d=1" % i for i in range(500)), 400), (b"", 400), (b"a=" + b"x" * 70000, 413), (b"a=" + b"x" * 300000, 413),
])
def test_bodies_that_are_no_form(customer, body, status):
    answer_of(customer.post(steps.form_url(customer), body), status)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json", "application/x-www-form-urlencodedx", None])
def test_bodies_of_another_type(customer, kind):
    answer_of(customer.post(steps.form_url(customer), b"a=b", headers={"Content-Type": kind}), 415)


def test_repeated_fields(rig, customer):
    url, pairs, meter = form_pairs(customer)
    answer_of(customer.post(url, list(pairs.items()) + [(f"value.{meter}", "1")]), 400)
    assert steps.stored(rig, meter) == []


@pytest.mark.parametrize("name, value", [("value.", "1"), ("value.a ", "1"), ("value.a\nb", "1"), ("value..", "1"), ("value", "1"), ("what.%s", "nonsense"),
                                         ("reason.%s", "nonsense"),
                                         ("later.%s", "yes")])
def test_fields_the_form_does_not_have(rig, customer, name, value):
    url, pairs, meter = form_pairs(customer)
    name = name % meter if "%s" in name else name
    page = customer.post(url, {**pairs, name: value})
    assert page.status in (400, 422)
    assert steps.stored(rig, meter) == []


def test_more_meters_than_a_page_has(customer):
    url, pairs, _ = form_pairs(customer)
    answer_of(customer.post(url, {**pairs, **{f"value.X{i}": "1" for i in range(21)}}), 400)


def test_hostile_text_comes_back_as_text(rig, customer):
    hostile = "&<img src=x onerror=alert(1)>;\"'"
    url, pairs, meter = form_pairs(customer)
    page = customer.post(url, {**pairs, f"value.{meter}": hostile})
    assert page.status == 422 and "<img src=x" not in page.text
    assert page.form("readings")[f"value.{meter}"] == hostile


@pytest.mark.parametrize("header", ["OIDC_CLAIM_sub", "OIDC-CLAIM-sub", "REMOTE_USER", "X-Remote-User", "Authorization"])
def test_identity_never_comes_from_headers(rig, header):
    page = rig.browser().get("/portal/home", headers={header: "someone@" + rig.issuer("bank-a")}, follow=False)
    assert page.status in (302, 401)
    page = rig.browser().get("/portal/", headers={header: "someone"})
    assert page.status == 200 and "logout=" not in page.text


def test_without_the_logins_own_cookie_nothing_is_shown(rig, customer):
    """A planted session id does not share the login (docs/identity.md, hole 3)."""
    thief = rig.browser()
    session = customer.cookie("__Host-wp")
    thief.jar[(session.host, session.path, session.name)] = session
    page = answer_of(thief.get("/portal/home"), 403)
    assert customer.contract not in page.text


def test_nothing_is_echoed(customer):
    page = customer.post("/portal/home", b"", headers={"X-Probe": "echo-me", "Content-Type": None}, method="TRACE")
    assert page.status == 405 and "echo-me" not in page.text and customer.cookie("__Host-wp").value not in page.text


def test_personal_pages_are_not_kept(customer):
    page = customer.get("/portal/home")
    assert page.header("Cache-Control") == "no-store"
    for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Strict-Transport-Security", "Permissions-Policy"):
        assert page.header(name), name


def test_the_language_leads_only_to_our_own_pages(rig):
    for back, place in (("/portal/public/login", "/portal/public/login"), ("https://evil.example/", "/portal/"), ("//evil.example", "/portal/"),
                        ("/portal//evil.example", "/portal/"), ("/portalx", "/portal/"), ("/portal/\\evil", "/portal/")):
        browser = rig.browser()
        page = browser.get(f"/portal/public/language?to=en&back={back}", follow=False)
        assert page.status == 303 and page.header("Location") == place, back
    assert 'lang="en"' in browser.get("/portal/").text
    answer_of(browser.get("/portal/public/language?to=xx"), 404)


def test_the_page_document_is_there_for_programs(customer):
    page = customer.get("/portal/home", headers={"Accept": "application/xml"})
    assert page.header("Content-Type").startswith("application/xml") and page.text.startswith("<?xml")


def test_slow_and_broken_senders_get_no_page_of_others(rig, customer):
    """A body shorter than announced: the connection just ends, and the next visitor is served."""
    context = ssl.create_default_context(cafile=rig.ca)
    with socket.create_connection(("127.0.0.1", rig.port), 10) as raw, context.wrap_socket(raw, server_hostname="portal.localhost") as s:
        s.sendall(f"POST /portal/registration HTTP/1.1\r\nHost: portal.localhost:{rig.port}\r\nContent-Type: "
                  "application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b".encode())
    assert customer.get("/portal/home").status == 200


@pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of two restarts in a row
def test_a_stale_form_is_shown_again_with_what_was_typed(rig):
    customer = steps.visitor(rig)
    rig.configure("WaterPortalFixedTime 2030-05-05T10:00:00Z\n")
    try:
        portal.login(customer, customer.person, start="/portal/home")
        url, pairs, meter = form_pairs(customer)
        rig.configure("WaterPortalFixedTime 2030-05-05T23:00:00Z\n")
        portal.login(customer, customer.person, start="/portal/home")
        page = customer.post(url, pairs)
        assert page.status == 409 and page.form("readings")[f"value.{meter}"] == pairs[f"value.{meter}"]
        assert steps.stored(rig, meter) == []
    finally:
        rig.configure("")
