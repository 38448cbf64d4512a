# SPDX-License-Identifier: Apache-2.0
"""The module inside httpd: requests that httpd refuses itself, wrong configuration, places that are not as they should be."""
import http.client
import json
import re
import socket
import ssl
import xml.etree.ElementTree as ET

import pytest

import portal
import steps


def raw(rig, data):
    """What httpd answers to bytes that no browser would send."""
    context = ssl.create_default_context(cafile=rig.ca)
    with socket.create_connection(("127.0.0.1", rig.port), 10) as plain, context.wrap_socket(plain, server_hostname="portal.localhost") as tls:
        tls.sendall(data)
        answer = b""
        while chunk := tls.recv(65536):
            answer += chunk
    return answer


HOST = b"Host: portal.localhost\r\n"


@pytest.mark.parametrize("data", [
    b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", b"\0\1\2\r\n\r\n", b"GET\r\n\r\n", b"GET /portal/ HTTP/9.9\r\n\r\n",
    b"GET /portal/ HTTP/1.1\r\n\r\n", b"GET /portal/ HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 9000 + b"\r\n\r\n",
    b"GET portal HTTP/1.1\r\n" + HOST + b"\r\n", b"POST /portal/home HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"CONNECT x:1 HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /portal/%00 HTTP/1.1\r\n" + HOST + b"\r\n"],
    ids=["long line", "binary", "no address", "version", "no host", "long header", "no slash", "length", "connect", "nul"])
@pytest.mark.expects_log("AH|ssl:|core:", at_least=0)
def test_what_httpd_refuses_crashes_nothing(rig, browser, data):
    offset = rig.error_log.stat().st_size
    answer = raw(rig, data)
    assert answer.split(b"\r\n")[0].split(b" ")[1][:1] in b"34", answer[:100]
    assert browser.get("/portal/").status == 200
    assert not [line for line in rig.log_since(offset) if "exit signal" in line]


def configtest(rig, text):
    """The output of "apachectl configtest" with further directives in the virtual host."""
    extra = rig.run / "extra.conf"
    before = extra.read_text(encoding="utf-8") if extra.exists() else None
    extra.write_text(text, encoding="utf-8")
    try:
        return rig.httpd("-t")
    finally:
        extra.unlink() if before is None else extra.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("line, remedy", [
    ("WaterPortalMount portal", "starts with /"), ("WaterPortalReadingWindow 31-32", "20-last"), ("WaterPortalReadingWindow tomorrow", "20-last"),
    ("WaterPortalLanguages latvian", "two letters"), ("WaterPortalLanguages lv en lv", "each language once"), ("WaterPortalLanguages", "two letters"),
    ("WaterPortalSeller fax 1", "registration"), ("WaterPortalIdleMinutes 4", "from 5 to 480"), ("WaterPortalDatabaseConnections x", "from 1 to 256"),
    ("WaterPortalHelp fax 1", "outage-phone"), ("WaterPortalReadingCheck no-such-rule 1", "reading-rules.md"),
    ("WaterPortalReadingCheck high-percent 0", "from"), ("WaterPortalOrigin https://portal.example.org/", "without a slash"),
    ("WaterPortalOrigin portal.example.org", "scheme"), ("WaterPortalFixedTime yesterday", "2026-11-22T13:42:00Z"),
    ("DBDriver nosuchdriver", "libaprutil1-dbd-pgsql"), ("DBDMax 0", "from 1 to 1000"), ("WaterPortalDatabaseTime 5", "from 500"),
    ("WaterPortalIssuersFile /nowhere/issuers.json", "/nowhere/issuers.json"), ("WaterPortalSecretFile /nowhere/secret", "/nowhere/secret")])
def test_configtest_names_the_directive_and_the_remedy(rig, line, remedy):
    result = configtest(rig, line + "\n")
    said = result.stderr + result.stdout
    assert result.returncode != 0, said
    assert remedy in said, said


def test_the_configuration_as_it_is_passes(rig):
    assert configtest(rig, "").returncode == 0


@pytest.fixture
def configured(rig):
    """configure(text) for one test; the plain configuration afterwards."""
    yield rig.configure
    rig.configure("")


@pytest.fixture
def around(rig):
    """around(text): directives of the main server, outside of the portal's virtual host, for one test; the next restart reads them."""
    file = rig.run / "httpd.conf"
    text = file.read_text(encoding="utf-8")
    yield lambda more: file.write_text(text + more, encoding="utf-8")
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def beside(rig, around):
    """Begins another site in the same server, without TLS: beside(text of its virtual host, text of the main server); get(path) of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def get(path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path, headers={"Host": "other.localhost"})
        response = connection.getresponse()
        return response.status, response.read().decode()

    def begin(text="", main=""):
        around(f"{main}Listen 127.0.0.1:{port}\n<VirtualHost 127.0.0.1:{port}>\nServerName other.localhost\n{text}</VirtualHost>\n")
        return get

    return begin


@pytest.mark.parametrize("lines, languages", [("WaterPortalLanguages en\n", ["en"]), ("WaterPortalLanguages en lv\nWaterPortalLanguages en\n", ["en"]),
                                              ("WaterPortalLanguages en\nWaterPortalLanguages lv en\n", ["lv", "en"])])
@pytest.mark.expects_log("AH00488", at_least=0)
def test_of_two_lists_of_languages_the_last_one_wins(rig, configured, lines, languages):
    """conf/waterportal.conf says "lv en" before."""
    configured(lines)
    page = rig.browser().get("/portal/?view=xml")
    assert [language.get("code") for language in ET.fromstring(page.body).iter("language")] == languages


@pytest.mark.expects_log("AH00488", at_least=0)
def test_what_is_given_by_name_is_inherited_by_name(rig, configured, beside):
    """A virtual host that gives one name keeps the main server's others; of one name given twice the last one wins."""
    get = beside('WaterPortalEngine On\nWaterPortalMount /portal\nWaterPortalDirectory "${WATERPORTAL_DATA}"\n'
                 'WaterPortalIssuersFile "${RUN}/etc/issuers.json"\nWaterPortalSecretFile "${RUN}/etc/secret"\n'
                 'Include "${WATERPORTAL_DATA}/conf/dbd-${DATABASE}.conf"\nDBDMax 9\nWaterPortalHelp service-phone +37100000997\nWaterPortalHelp office '
                 '"Mazajā ielā 2"\n',
                 'WaterPortalHelp office "Lielajā ielā 1"\nWaterPortalHelp outage-phone +37100000999\nWaterPortalHelp outage-phone +37100000998\n'
                 "WaterPortalReadingCheck high-percent 400\nWaterPortalReadingCheck high-percent 500\nWaterPortalReadingCheck zero-days 40\n")
    configured("WaterPortalReadingCheck zero-days 51\n")
    help_ = ET.fromstring(get("/portal/?view=xml")[1]).find("site/help")
    assert (help_.get("service-phone"), help_.get("outage-phone"), help_.get("office")) == ("+37100000997", "+37100000998", "Mazajā ielā 2")
    assert ET.fromstring(rig.browser().get("/portal/?view=xml").body).find("site/help").get("office") == "Dzirnavu ielā 140"
    visitor = steps.visitor(rig)
    text = visitor.get(steps.form_url(visitor)).text
    policy = json.loads(re.search(r'"policy":(\{.*?\})', text.replace("&quot;", '"'))[1])
    assert policy == {"high-percent": 500, "zero-days": 51}  # only what is not the default is told


@pytest.mark.expects_log("AH00488", at_least=0)
def test_switched_off_it_does_nothing(rig, configured):
    configured("WaterPortalEngine Off\n")
    page = rig.browser().get("/portal/")
    assert page.status == 404 and b"wp-" not in page.body
    assert rig.browser().get("/portal-assets/nothing").status == 404


@pytest.mark.expects_log("WP0101", r"AH00488", at_least=0)
def test_a_place_without_login_is_not_served(rig, configured):
    configured("<Location /portal/home>\n  AuthType None\n  Require all granted\n</Location>\n")
    offset = rig.error_log.stat().st_size
    page = rig.browser().get("/portal/home")
    assert page.status == 503 and "Labdien" not in page.text
    assert any("WP0101" in line for line in rig.log_since(offset))


ALONE = """<Location /water>
  SetHandler waterportal-readings
  AuthType openid-connect
  Require valid-user
  OIDCDiscoverURL "${WATERPORTAL_URL}/portal/public/login"
  OIDCUnAuthAction 401 "%{REQUEST_METHOD} !~ /^(GET|HEAD)$/"
  ErrorDocument 401 /portal/public/session-ended
</Location>
"""


@pytest.mark.expects_log("AH00488", at_least=0)
def test_a_section_mounted_alone(rig, configured):
    """Its own links stay where it is, all others lead to the portal; a form that meets the session's end is not lost."""
    configured(ALONE)
    browser = steps.visitor(rig)
    page = browser.get(f"/water/readings?contract={browser.contract}")
    assert page.status == 200
    hrefs = [href.removeprefix(browser.base) for _, href in page.links]
    assert f"/water/readings/history?contract={browser.contract}" in hrefs and "/portal/home" in hrefs
    assert not [href for href in hrefs if href.startswith("/water") and not href.startswith("/water/readings")]
    assert all(browser.get(href).status == 200 for href in hrefs if href.startswith("/") and not any(word in href for word in ("logout", "language", "#")))
    assert browser.get("/water/home").status == 404

    page = browser.get(f"/water/readings?contract={browser.contract}")
    meter, last = next(iter(steps.meters(browser).items()))
    form = steps.fill(page.form("readings"), {meter: last + 4000})
    done = browser.submit(form, "submit")
    if done.status == 422:
        done = browser.submit(steps.confirm_all(done.form("readings")), "submit")
    assert done.path.startswith("/water/readings/receipt/")
    form = steps.fill(browser.get(f"/water/readings?contract={browser.contract}").form("readings"), {meter: last + 5000})
    browser.forget("__Host-wp")
    page = browser.submit(form, "submit")
    assert page.status == 401 and "saglab" in page.text
    portal.login(browser, browser.person, start=page.link("Ienākt vēlreiz"))
    assert browser.page.path == "/water/readings" and browser.page.form("readings")[f"value.{meter}"] == steps.cubic(last + 5000)


@pytest.fixture
def issuers(rig):
    """change(function): what it does to our list of issuers, for one test."""
    file = rig.run / "etc/issuers.json"
    text = file.read_text(encoding="utf-8")

    def change(how):
        listed = json.loads(text)
        how(listed["issuers"])
        file.write_text(json.dumps(listed), encoding="utf-8")
        rig.graceful()

    yield change
    file.write_text(text, encoding="utf-8")
    rig.graceful()


@pytest.mark.expects_log("WP0401", "AH00488", at_least=0)
def test_an_issuer_that_only_mod_auth_openidc_knows_lets_nobody_in(rig, issuers):
    browser = rig.browser()
    browser.get("/portal/home")
    chooser = browser.page  # while it is still offered
    issuers(lambda listed: listed.remove(next(i for i in listed if "bank-b" in i["issuer"])))
    offset = rig.error_log.stat().st_size
    browser.page = chooser
    portal.choose(browser, "bank-b")
    page = browser.submit(browser.page.form("named").fill(login="anna"))
    assert page.status == 403 and "10-45101" not in page.text
    assert any("WP0401" in line for line in rig.log_since(offset))


@pytest.mark.expects_log("WP0402", "AH00488", at_least=0)
def test_a_login_without_a_person_code_is_told_so(rig, issuers):
    issuers(lambda listed: next(i for i in listed if "bank-b" in i["issuer"]).update(person_code_claim="no_such_claim"))
    offset = rig.error_log.stat().st_size
    page = portal.login(rig.browser(), "anna", "bank-b")
    assert page.status == 403 and "10-45101" not in page.text
    assert any("WP0402" in line for line in rig.log_since(offset))


@pytest.mark.expects_log("AH00488", at_least=0)
def test_behind_a_balancer_the_origin_is_the_configured_one(rig, configured):
    configured("WaterPortalOrigin https://portal.example.org\n")
    browser = steps.visitor(rig)
    form = steps.readings_form(browser)
    send = lambda origin: browser.post(form.action, form.data("compute"), headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"}, follow=False)
    assert send("https://portal.example.org").status in (200, 422)
    assert send(browser.base).status == 403
