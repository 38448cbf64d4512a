# SPDX-License-Identifier: Apache-2.0
"""Login and logout through mod_auth_openidc, and the holes its shipped version leaves (docs/identity.md)."""
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

import portal
from test_server import raw

CUSTOMER_ISSUERS = ("bank-a", "bank-b", "eid")


@pytest.mark.parametrize("issuer", CUSTOMER_ISSUERS)
def test_every_issuer_leads_to_the_same_account(rig, browser, login, issuer):
    page = login(browser, "janis", issuer)
    assert (page.status, page.path) == (200, "/portal/home")
    for contract in rig.people["janis"]["contracts"]:
        assert contract in page.text


def test_a_name_arrives_with_its_letters(browser, login):
    """Newer releases of mod_auth_openidc convert it to ISO 8859-1 unless configured otherwise."""
    assert "Jānis" in login(browser, "janis").text


def test_login_returns_to_the_page_asked_for(rig, browser, login):
    contract = rig.people["anna"]["contracts"][0]
    page = login(browser, "anna", start=f"/portal/readings?contract={contract}")
    assert page.status == 200 and page.url.endswith(f"/portal/readings?contract={contract}")


def test_who_has_no_contract_yet_is_asked_for_it(browser, login):
    page = login(browser, "mallory")
    assert (page.status, page.path) == (200, "/portal/registration")
    assert "<b>M</b>" not in page.text and "&lt;b&gt;M&lt;/b&gt;" in page.text


def test_staff_are_no_customers(browser, login):
    page = login(browser, "olga", "staff")
    assert page.status == 403
    main = page.text[page.text.index("<main"):page.text.index("</main>")]
    assert "?logout=" in main and "/portal/home" not in main  # where the same would be said again


@pytest.mark.expects_log("CSRF protection failed")
def test_another_tab_keeps_its_login(browser):
    """Two choosers open at once: the one opened first still leads in."""
    first = browser.get("/portal/home")
    browser.get("/portal/registration")
    browser.page = first
    portal.choose(browser, "bank-b")
    browser.submit(browser.page.form("named").fill(login="anna"))
    assert (browser.page.status, browser.page.path) == (200, "/portal/home")


@pytest.mark.parametrize("issuer", CUSTOMER_ISSUERS)
def test_cancelling_returns_to_the_chooser(browser, issuer):
    browser.get("/portal/home")
    before = browser.page
    portal.choose(browser, issuer)
    page = browser.submit(browser.page.form("cancel"))
    assert (page.status, page.path) == (200, "/portal/public/login")
    assert "Ienākšana ir atcelta" in page.text and "Ienākšana ir atcelta" not in before.text
    portal.choose(browser, "bank-b")  # and from there one gets in
    page = browser.submit(browser.page.form("named").fill(login="anna"))
    assert (page.status, page.url) == (200, browser.base + "/portal/home")


def failed(page):
    """The portal's own page: what to do, the request's number, no technical details."""
    assert page.status >= 400 and "Ienākt neizdevās" in page.text and "vēlāk" in page.text, page
    assert re.search(r"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", page.text), "no request id"
    assert page.link("Ienākt vēlreiz").endswith("/portal/home")
    assert page.header("Content-Security-Policy").startswith("default-src 'none'") and page.header("Cache-Control") == "no-store"
    assert not re.search(r"code=|state=|OpenID|mod_|Apache|http://", page.text)
    return page


@pytest.mark.expects_log("auth_openidc:(error|warn)", "WP0104", at_least=0)
@pytest.mark.parametrize("size", [1000, 8000, 16000])
def test_a_claim_that_no_session_can_hold(rig, browser, size):
    """It was httpd's bare 500. What fits is let in."""
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    page = browser.submit(browser.page.form("named").fill(login=f"long{size}"))
    if size == 1000:
        assert page.status == 200 and page.path == "/portal/home"
    else:
        failed(page)


@pytest.mark.expects_log("auth_openidc:(error|warn)", "WP0104", at_least=0)
def test_the_error_page_speaks_the_persons_language(rig, browser):
    browser.get("/portal/public/language?to=en&back=/portal/")
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    page = browser.submit(browser.page.form("named").fill(login="long8000"))
    assert "The login did not work" in page.text and 'lang="en"' in page.text


@pytest.mark.expects_log("auth_openidc:error", "WP0104", at_least=0)
def test_an_error_answer_of_the_provider_does_not_go_round(rig, browser):
    """RFC 9207: it carries iss, which 2.4.12.3 takes for the start of a login."""
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    state = parse_qs(urlsplit(next(u for _, u, _ in browser.history if "/auth?" in u)).query)["state"][0]
    page = browser.get(f"/portal/oidc?error=server_error&state={state}&iss={quote(rig.issuer('bank-a'), '')}")
    failed(page)


def test_logout_is_also_at_the_provider(browser, login, logout):
    login(browser, "anna")
    page = logout(browser)
    assert (page.status, page.path) == (200, "/portal/public/goodbye")
    assert browser.cookie("__Host-wp") is None and page.header("Clear-Site-Data") == '"cache", "storage"'
    browser.get("/portal/home")
    assert browser.page.path == "/portal/public/login"
    portal.choose(browser, "bank-a")
    assert "/interaction/" in browser.page.url, "the bank still knew the person"


def test_who_stays_at_the_provider_need_not_type_again(browser, login):
    login(browser, "anna")
    browser.forget("__Host-wp")
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    assert (browser.page.status, browser.page.path) == (200, "/portal/home")


def test_the_session_cookie_of_a_logout_is_worth_nothing(browser, login, logout):
    login(browser, "anna")
    kept = dict(browser.jar)
    logout(browser)
    browser.jar = kept
    assert browser.get("/portal/home").path == "/portal/public/login"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "https://portal.localhost:1/portal/public/goodbye",
                                    "//elsewhere.example", "/portal/home", "get"])
def test_logout_leads_nowhere_else(browser, login, target):
    login(browser, "anna")
    page = browser.get("/portal/oidc?logout=" + quote(target, ""), follow=False)
    assert page.status == 403
    assert browser.get("/portal/home").status == 200


FORGED = {"OIDC_CLAIM_sub": "forged", "OIDC_CLAIM_iss": "https://bank-a.localhost", "OIDC_CLAIM_serialNumber": "PNOLV-020280-54321",
          "REMOTE_USER": "forged@bank-a.localhost", "X-Remote-User": "forged", "X-Forwarded-User": "forged"}


@pytest.mark.parametrize("path", ["/portal/home", "/portal/readings", "/portal/readings/history?contract=10-45110"])
@pytest.mark.expects_log("scrubbed suspicious request header", at_least=0)
def test_forged_headers_let_nobody_in(browser, path):
    page = browser.get(path, headers=FORGED)
    assert page.path == "/portal/public/login" and "forged" not in page.text


@pytest.mark.parametrize("path", ["/portal/", "/portal/public/login", "/portal/public/goodbye"])
def test_public_pages_never_know_a_person(browser, login, path):
    plain = browser.get(path, headers=FORGED)
    assert plain.status == 200 and "forged" not in plain.text
    login(browser, "anna")
    known = browser.get(path)
    assert "Anna" not in known.text and "Bērziņa" not in known.text


@pytest.mark.expects_log("scrubbed suspicious request header")
def test_forged_headers_change_no_login(rig, browser, login):
    login(browser, "anna")
    page = browser.get("/portal/home", headers=FORGED)
    assert rig.people["anna"]["contracts"][0] in page.text
    assert not any(contract in page.text for contract in rig.people["janis"]["contracts"])


def known(rig):
    return quote(rig.issuer("bank-a"), "")


@pytest.mark.parametrize("query", [
    "iss=https%3A%2F%2Felsewhere.example", "iss=https://elsewhere.example", "iss=", "iss", "iss&x=1", "iss&iss={known}", "iss=me@elsewhere.example",
    "iss={known}&iss=https://elsewhere.example", "iss={known}&iss={known}", "iss={known}%2F..%2F", "iss={known}.elsewhere.example",
    "iss={known}&disc_user=me@elsewhere.example", "disc_user=me@elsewhere.example", "disc_user=", "disc_user",
    "iss=https://elsewhere.example&error=x&state=y&iss={known}", "iss=https://elsewhere.example&code=x&state=y",
    "x_csrf=1&iss=https://elsewhere.example&target_link_uri=https://portal.localhost/", "i%73s=https://elsewhere.example", "disc%5Fuser=me",
    "l%6fgout=https://elsewhere.example", "info=json", "jwks=rsa", "revoke_session=1", "remove_at_cache=1", "request_uri=1", "session=logout",
    "iss={known}&x=1", "is+s={known}"])
def test_only_known_issuers_named_once(rig, browser, query):
    browser.get("/portal/home")  # with the chooser's own cookie in hand
    page = browser.get("/portal/oidc?" + query.format(known=known(rig)), follow=False)
    assert page.status == 403


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "http://portal.localhost/portal/home", "http://{host}/portal/home", "portal/home", "http:",
                                    "javascript:alert(1)", "//elsewhere.example"])
@pytest.mark.expects_log("auth_openidc:error", "WP0104", at_least=0)
def test_no_login_leads_elsewhere(rig, browser, target):
    browser.get("/portal/home")
    token = parse_qs(urlsplit(browser.page.url).query)["x_csrf"][0]
    target = target.format(host=browser.base.removeprefix("https://"))
    address = f"/portal/oidc?iss={known(rig)}&x_csrf={token}&target_link_uri={quote(target, '')}"
    failed(browser.get(address, follow=False))


@pytest.mark.expects_log("prevent an open redirect")
@pytest.mark.expects_log("WP0104", at_least=0)
def test_an_error_of_a_login_is_one_answer(rig, browser):
    """mod_auth_openidc 2.4.12 sends a page and returns an error besides: two answers to one request would be read as one to the next."""
    browser.get("/portal/home")
    token = parse_qs(urlsplit(browser.page.url).query)["x_csrf"][0]
    cookies = "; ".join(f"{c.name}={c.value}" for c in browser.jar.values())
    answer = raw(rig, f"GET /portal/oidc?iss={known(rig)}&x_csrf={token}&target_link_uri=https://elsewhere.example/ HTTP/1.1\r\n"
                 f"Host: {browser.base[8:]}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode())
    assert answer.count(b"<html") == 1 and answer.count(b"HTTP/1.1 ") == 1


def test_a_form_without_a_session_gets_401(browser):
    page = browser.post("/portal/readings?contract=10-45101", {"value.X": "1"})
    assert (page.status, page.path) == (401, "/portal/readings")
    assert "Sesija ir beigusies" in page.text
    assert page.header("Cache-Control") == "no-store"
    assert page.link("Ienākt").endswith(("/portal/readings?contract=10-45101", "/portal/home"))


@pytest.mark.parametrize("headers", [{"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Mode": "cors"}])
def test_a_background_request_does_not_open_a_chooser(browser, headers):
    page = browser.get("/portal/home", headers=headers, follow=False)
    assert page.status == 401 and browser.cookie("x_csrf") is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_without_a_session_get_401(browser, method):
    assert browser.post("/portal/home", b"", method=method, follow=False).status == 401


def test_cookies_are_for_this_host_and_out_of_reach(rig, browser, login):
    login(browser, "anna")
    login(rig.browser(), "anna", "eid")
    ours = [c for c in browser.set_cookies if c.host == "portal.localhost" and not c.gone]
    assert {"__Host-wp", "__Host-wp-login"} <= {c.name for c in ours}
    for cookie in ours:
        assert cookie.secure and cookie.http_only and cookie.path == "/", (cookie.name, cookie.attributes)
        assert cookie.same_site in ("Lax", "Strict") and "domain" not in cookie.attributes
        assert cookie.name.startswith("__Host-") or cookie.name == "x_csrf"


@pytest.mark.expects_log("state cookie", at_least=0)
def test_at_most_five_logins_under_way(browser):
    for _ in range(8):
        browser.get("/portal/home")
        portal.choose(browser, "bank-a")
    assert len([c for c in browser.jar.values() if c.name.startswith("__Host-wpst_")]) <= 5
    browser.submit(browser.page.form("named").fill(login="anna"))
    assert (browser.page.status, browser.page.path) == (200, "/portal/home")


def test_a_planted_session_is_not_shared(rig, browser, login):
    """Login inside a live session keeps its id: who knows it still lacks the second cookie."""
    login(browser, "anna")
    thief = rig.browser()
    thief.jar = {key: c for key, c in browser.jar.items() if c.name == "__Host-wp"}
    page = thief.get("/portal/home")
    assert not any(contract in page.text for contract in rig.people["anna"]["contracts"])


def test_the_second_cookie_of_an_earlier_login_is_worth_nothing(browser, login, logout):
    """It belongs to one session, and goes with the logout."""
    login(browser, "anna")
    earlier = browser.jar[next(key for key, c in browser.jar.items() if c.name == "__Host-wp-login")]
    logout(browser)
    assert browser.cookie("__Host-wp-login") is None
    login(browser, "anna")
    for key, cookie in list(browser.jar.items()):
        if cookie.name == "__Host-wp-login":
            browser.jar[key] = earlier
    page = browser.get("/portal/home")
    assert page.status == 403 and "Anna" not in page.text


def test_static_files_are_kept_for_ever(browser):
    page = browser.get("/portal/")
    names = re.findall(r'(?:href|src)="(/portal-assets/[^"]+)"', page.text)
    assert names
    for name in names:
        file = browser.get(name)
        assert file.status == 200 and file.header("Cache-Control") == "public, max-age=31536000, immutable"
        assert file.header("X-Content-Type-Options") == "nosniff" and file.header("Set-Cookie") is None
    missing = browser.get("/portal-assets/portal.00000000.css")
    assert missing.status == 404 and missing.header("Cache-Control") is None


@pytest.mark.parametrize("path", ["/portal/public/../home", "/portal/public/%2e%2e/home", "/portal//home", "/portal/publicx", "/portal/PUBLIC/home"])
def test_no_spelling_of_an_address_leads_past_the_login(browser, path):
    page = browser.get(browser.base + path, follow=False)
    assert page.status == 302 and "/portal/public/login?" in page.header("Location")


def test_the_portal_without_a_slash(browser):
    assert browser.get("/portal").path == "/portal/"


@pytest.mark.expects_log("AH02032|Invalid URI", at_least=0)
def test_no_answer_tells_versions_or_paths(browser):
    for path in ("/portal/public/nothing", "/portal/oidc?iss=x", "/portal-assets/nothing", "/portal/public/%ff", "/nothing"):
        page = browser.get(path)
        assert page.status in (400, 403, 404)
        assert not re.search(rb"/usr/|/var/|Apache/|OpenSSL|mod_|2\.4\.", page.body), page.body
        assert page.header("Server") == "Apache"
