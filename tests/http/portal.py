# SPDX-License-Identifier: Apache-2.0
"""A tiny browser of our own: standard library only, no scripts, no name service.

It keeps to what a real one does where that matters here: cookies with their prefixes and SameSite, Origin and
Sec-Fetch headers, redirects, forms with every kind of control. What a real browser would drop silently (a __Host-
cookie that breaks its rules) fails the test. Every *.localhost name is 127.0.0.1.
"""
import functools
import html.parser
import http.client
import re
import socket
import ssl
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = (301, 302, 303, 307, 308)


@functools.lru_cache
def trusting(ca):
    """To make one for each connection would cost more than all else: it reads the system's certificates."""
    return ssl.create_default_context(cafile=ca)


def connect(host, port, ca, timeout=30):
    """A TLS connection to a *.localhost name, as http.client has it."""
    context = trusting(ca)
    connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
    raw = socket.create_connection(("127.0.0.1", port), timeout)
    connection.sock = context.wrap_socket(raw, server_hostname=host)
    return connection


class Form:
    """One form of a page. Values are given by control name; a name or value that the page does not offer is an error."""

    def __init__(self, page_url, attributes):
        self.id, self.name = attributes.get("id"), attributes.get("name")
        self.action = urljoin(page_url, attributes.get("action") or page_url)
        self.method = (attributes.get("method") or "get").upper()
        self.controls = []  # {"name", "type", "value", "checked", "options"}
        self.buttons = []   # (text, name, value)

    def names(self):
        return {c["name"] for c in self.controls}

    def __getitem__(self, name):
        """The value that would be sent: text, or None for an unticked box."""
        return dict(self.data()).get(name) if name in self.names() else self._missing(name)

    def _missing(self, name):
        raise KeyError(f"the form {self.name or self.action} has no control {name!r}; it has {sorted(self.names())}")

    def _set(self, name, value):
        controls = [c for c in self.controls if c["name"] == name] or self._missing(name)
        kind = controls[0]["type"]
        if kind == "checkbox":
            controls[0]["checked"] = bool(value)
        elif kind == "radio":
            assert value is None or value in [c["value"] for c in controls], f"{name}: no choice {value!r}"
            for control in controls:
                control["checked"] = control["value"] == value
        else:
            if kind == "select":
                assert value in controls[0]["options"], f"{name}: no choice {value!r} in {controls[0]['options']}"
            controls[0]["value"] = value

    def fill(self, values=None, **more):
        for name, value in {**(values or {}), **more}.items():
            self._set(name, value)
        return self

    def data(self, button=None):
        """The pairs to send. button: its value or its words; None is the form's first button, as Enter would press."""
        pairs = [(c["name"], "on" if c["value"] is None else c["value"]) for c in self.controls
                 if c["name"] and (c["type"] not in ("checkbox", "radio") or c["checked"])]
        for text, name, value in self.buttons:
            if button in (None, text, value):
                return pairs + ([(name, value)] if name else [])
        assert button is None, f"no button {button!r}; there are {self.buttons}"
        return pairs


class _Reader(html.parser.HTMLParser):
    def __init__(self, url):
        super().__init__(convert_charrefs=True)
        self.url, self.forms, self.links, self.title, self.refresh = url, [], [], "", None
        self._form = self._capture = None
        self._loose = []  # (form id, control or button): controls outside their form

    def _target(self, attributes):
        return attributes.get("form") or self._form

    def _add(self, attributes, kind, thing):
        self._loose.append((self._target(attributes), kind, thing))

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self._form = Form(self.url, a)
            self.forms.append(self._form)
        elif tag == "input":
            self._input(a)
        elif tag == "textarea" and "disabled" not in a:
            control = {"name": a.get("name"), "type": "textarea", "value": "", "checked": False}
            self._add(a, "control", control)
            self._capture = ("textarea", control)
        elif tag == "select" and "disabled" not in a:
            self._select = {"name": a.get("name"), "type": "select", "value": None, "checked": False, "options": []}
            self._add(a, "control", self._select)
        elif tag == "option":
            value = a.get("value") or ""  # <option value> is the empty text
            self._select["options"].append(value)
            if "selected" in a or self._select["value"] is None:
                self._select["value"] = value
        elif tag == "button" and a.get("type", "submit") == "submit":
            self._capture = ("button", {"text": "", "a": a})
        elif tag == "a" and "href" in a:
            self._capture = ("a", {"text": "", "href": urljoin(self.url, a["href"]), "a": a})
        elif tag == "title":
            self._capture = ("title", {"text": ""})
        elif tag == "meta" and a.get("http-equiv", "").lower() == "refresh":
            self.refresh = re.sub(r"^\s*0;\s*url=", "", a.get("content", ""), flags=re.I)

    def _input(self, a):
        kind = a.get("type", "text")
        if "disabled" in a or kind in ("button", "reset", "image", "file"):
            return
        if kind == "submit":
            self._add(a, "button", (a.get("value", ""), a.get("name"), a.get("value", "")))
            return
        value = a.get("value") if kind in ("checkbox", "radio") else a.get("value") or ""
        self._add(a, "control", {"name": a.get("name"), "type": kind, "value": value, "checked": "checked" in a})

    def handle_data(self, data):
        if self._capture:
            kind, thing = self._capture
            thing["value" if kind == "textarea" else "text"] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if not self._capture or self._capture[0] != tag:
            return
        kind, thing = self._capture
        self._capture = None
        if kind == "title":
            self.title = thing["text"].strip()
        elif kind == "textarea":
            thing["value"] = re.sub(r"^\r?\n", "", thing["value"])
        elif kind == "a":
            self.links.append((" ".join(thing["text"].split()), thing["href"]))
        elif kind == "button":
            a = thing["a"]
            self._add(a, "button", (" ".join(thing["text"].split()), a.get("name"), a.get("value", "")))

    def finish(self):
        for target, kind, thing in self._loose:
            form = target if isinstance(target, Form) else next((f for f in self.forms if f.id == target), None)
            if form:
                (form.buttons if kind == "button" else form.controls).append(thing)
        return self


class Page:
    def __init__(self, url, status, headers, body):
        self.url, self.status, self.headers, self.body = url, status, headers, body
        self._parsed = None

    def header(self, name):
        values = [v for k, v in self.headers if k.lower() == name.lower()]
        return ", ".join(values) if values else None

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def path(self):
        return urlsplit(self.url).path

    def _html(self):
        if self._parsed is None:
            reader = _Reader(self.url)
            reader.feed(self.text)
            reader.close()
            self._parsed = reader.finish()
        return self._parsed

    title = property(lambda self: self._html().title)
    links = property(lambda self: self._html().links)
    forms = property(lambda self: self._html().forms)
    refresh = property(lambda self: self._html().refresh)

    def form(self, name=None):
        """The form of that name, or with an action ending so; without a name the page's only POST form."""
        found = [f for f in self.forms
                 if (f.method == "POST" if name is None else f.name == name or urlsplit(f.action).path.endswith(name))]
        assert found, f"{self.url} ({self.status}) has no form {name!r}: {[(f.name, f.action) for f in self.forms]}"
        return found[0]

    def link(self, words):
        """The address of the first link whose text contains the words."""
        for text, href in self.links:
            if words in text:
                return href
        raise AssertionError(f"{self.url} ({self.status}) has no link {words!r}: {[t for t, _ in self.links]}")

    def __repr__(self):
        return f"<Page {self.status} {self.url}>"


class Cookie:
    def __init__(self, host, line):
        first, *rest = [p.strip() for p in line.split(";")]
        self.name, _, self.value = first.partition("=")
        self.attributes = {k.strip().lower(): v.strip() for k, _, v in (p.partition("=") for p in rest)}
        self.host, self.path = host, self.attributes.get("path") or "/"
        self.secure, self.http_only = "secure" in self.attributes, "httponly" in self.attributes
        self.same_site = self.attributes.get("samesite", "Lax").capitalize()
        if self.name.startswith("__Host-"):
            assert self.secure and self.path == "/" and "domain" not in self.attributes, f"a browser refuses: {line}"

    @property
    def gone(self):
        if "max-age" in self.attributes:
            return int(self.attributes["max-age"]) <= 0
        return "expires" in self.attributes and parsedate_to_datetime(self.attributes["expires"]).timestamp() <= time.time()

    def goes_to(self, url, method, cross_site):
        fits = url.path == self.path or url.path.startswith(self.path.rstrip("/") + "/")
        allowed = not cross_site or self.same_site == "None" or (self.same_site == "Lax" and method == "GET")
        return self.host == url.hostname and fits and allowed and (not self.secure or url.scheme == "https")


class Browser:
    """Follows redirects by default. `page` is the page shown last: links and forms start from there."""

    def __init__(self, base, ca, language=None, agent="waterportal-test"):
        self.base, self.ca, self.language, self.agent = base, ca, language, agent  # base: "https://portal.localhost:8443"
        self.jar = {}      # (host, path, name) → Cookie
        self.page = None
        self.set_cookies = []  # every Cookie ever set, also those that ended at once
        self.history = []  # (method, url, status)

    def cookie(self, name):
        return next((c for c in self.jar.values() if c.name == name), None)

    def forget(self, name):
        """Drops a cookie, as when it has run out."""
        self.jar = {k: c for k, c in self.jar.items() if c.name != name}

    def get(self, url, headers=None, follow=True):
        """An address typed in, or a path of the portal."""
        return self._navigate("GET", urljoin(self.base + "/", url), None, headers, follow, initiator=None)

    def click(self, words, follow=True):
        return self._navigate("GET", self.page.link(words), None, None, follow, initiator=self.page.url)

    def follow(self, url, follow=True):
        """As click, for an address taken from the page."""
        return self._navigate("GET", urljoin(self.page.url, url), None, None, follow, initiator=self.page.url)

    def submit(self, form, button=None, headers=None, follow=True):
        return self.post(form.action, form.data(button), headers, follow, initiator=self.page.url, method=form.method)

    def post(self, url, data, headers=None, follow=True, initiator="same", method="POST"):
        """data: pairs, a dict, or bytes sent as they are. initiator: the page it comes from."""
        url = urljoin(self.base + "/", url)
        body = data if isinstance(data, bytes) else urlencode(data).encode()
        if method == "GET":
            url, body = url.partition("?")[0] + "?" + body.decode(), None
        return self._navigate(method, url, body, headers, follow, url if initiator == "same" else initiator)

    def _navigate(self, method, url, body, headers, follow, initiator):
        page = self._fetch(method, url, body, headers or {}, initiator)
        for _ in range(20):
            target = page.header("Location") if page.status in REDIRECTS else None
            if target is None and "text/html" in (page.header("Content-Type") or ""):
                target = page.refresh
            if not follow or not target:
                self.page = page
                return page
            if page.status not in (307, 308):
                method, body = "GET", None
            page = self._fetch(method, urljoin(page.url, target), body, {}, initiator)
        raise AssertionError(f"redirects in a circle: {self.history[-6:]}")

    def _fetch(self, method, url, body, headers, initiator):
        parts = urlsplit(url)
        cross_site = initiator is not None and urlsplit(initiator).hostname != parts.hostname
        sent = {"Host": parts.netloc, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "User-Agent": self.agent,
                "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
                "Sec-Fetch-Site": "none" if initiator is None else "cross-site" if cross_site else "same-origin"}
        if self.language:
            sent["Accept-Language"] = self.language
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            if initiator:
                sent["Origin"] = "{0.scheme}://{0.netloc}".format(urlsplit(initiator))
        cookies = [c for c in self.jar.values() if c.goes_to(parts, method, cross_site)]
        if cookies:
            sent["Cookie"] = "; ".join(f"{c.name}={c.value}" for c in sorted(cookies, key=lambda c: -len(c.path)))
        sent.update(headers)
        connection = connect(parts.hostname, parts.port, self.ca)
        try:
            connection.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body,
                               {k: v for k, v in sent.items() if v is not None})
            response = connection.getresponse()
            page = Page(url, response.status, response.getheaders(), response.read())
        finally:
            connection.close()
        self.history.append((method, url, page.status))
        self._keep_cookies(parts.hostname, page)
        return page

    def _keep_cookies(self, host, page):
        for name, value in page.headers:
            if name.lower() == "set-cookie":
                cookie = Cookie(host, value)
                self.set_cookies.append(cookie)
                key = (host, cookie.path, cookie.name)
                if cookie.gone:
                    self.jar.pop(key, None)
                else:
                    self.jar[key] = cookie


# What the chooser calls the issuers, in its two languages.
ISSUERS = {"bank-a": ("Banka A", "Bank A"), "bank-b": ("Banka B", "Bank B"), "eid": ("eID",), "staff": ("Darbinieki", "Staff")}


def choose(browser, issuer):
    """On the choice of banks: follows the page's own link to the issuer."""
    links = [href for text, href in browser.page.links if any(name in text for name in ISSUERS[issuer])]
    assert links, f"the chooser ({browser.page.url}, {browser.page.status}) has no link to {issuer}: {browser.page.links}"
    return browser.follow(links[0])


def login(browser, person, issuer="bank-a", start="/portal/home"):
    """From a protected page over the chooser and the provider back; returns the page arrived at."""
    browser.get(start)
    choose(browser, issuer)
    if "/interaction/" in browser.page.url:  # else the provider still knows the person
        browser.submit(browser.page.form("named").fill(login=person))
    return browser.page


def logout(browser):
    """By the page's own link, and at the provider too."""
    link = next(href for _, href in browser.page.links if "logout=" in href)
    page = browser.follow(link)
    if "/session/end" in page.url:
        page = browser.submit(page.form(), "yes")
    return page
