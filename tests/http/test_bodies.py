# SPDX-License-Identifier: Apache-2.0
"""Bodies: checked before they are read, read for a limited time, by some of the threads."""
import contextlib
import socket
import statistics
import threading
import time
from urllib.parse import urlencode

import pytest

import portal
import steps

pytestmark = pytest.mark.waits
SLOW = 128  # as many as httpd has threads


def head(rig, line, headers=(), length=1000, kind="application/x-www-form-urlencoded"):
    """The head of a request with a body, without the body."""
    size = f"Content-Length: {length}" if length else "Transfer-Encoding: chunked"
    return "\r\n".join([f"{line} HTTP/1.1", f"Host: portal.localhost:{rig.port}", f"Content-Type: {kind}", size, *headers, "", ""]).encode()


def opened(rig, timeout=20):
    raw = socket.create_connection(("127.0.0.1", rig.port), timeout)
    return portal.trusting(rig.ca).wrap_socket(raw, server_hostname="portal.localhost")


def answer_of(connection, seconds):
    """Status and text of the answer, or None when there is none in time."""
    connection.settimeout(seconds)
    received = b""
    try:
        while b"\r\n\r\n" not in received or b"</html>" not in received:
            piece = connection.recv(65536)
            if not piece:
                break
            received += piece
    except OSError:
        pass
    return (int(received.split(b" ")[1]), received.decode("utf-8", "replace")) if received else None


def cookies(browser):
    return "Cookie: " + "; ".join(f"{c.name}={c.value}" for c in browser.jar.values() if c.host == "portal.localhost")


@pytest.fixture(scope="module")
def customer(rig):
    return steps.visitor(rig)


JUNK = "Cookie: __Host-wp=nobody"


@pytest.mark.parametrize("line, headers, options, status", [
    ("POST /portal/readings", [], {}, 401), ("POST /portal/readings", ["Cookie: other=1"], {}, 401),
    ("POST /portal/home", [JUNK], {}, 401), ("POST /portal/nothing", [JUNK], {}, 404),
    ("POST /portal/readings", [JUNK], {"length": 17000}, 401), ("POST /portal/readings", [JUNK], {"kind": "text/plain"}, 401),
    ("POST /portal/readings", [JUNK, "Origin: https://evil.example"], {}, 401), ("POST /portal/", [], {}, 405),
    ("POST /portal/public/login", [JUNK], {}, 405), ("POST /portal/api/v1/readings", [], {}, 401), ("POST /portal/api/v1/readings", [], {"length": None}, 401),
        ("POST /portal/api/v1/invoices", [], {}, 405), ("POST /portal/api/v1/invoices", [], {"length": None}, 405),
        ("POST /portal/api/v1/readings", ["Authorization: Bearer wpt_x"], {"length": 100}, 400),
        ("POST /portal/api/v1/readings", ["Authorization: Bearer wpt_x", "Idempotency-Key: k"], {"length": 17000}, 413),
        ("POST /portal/api/v1/readings", ["Authorization: Bearer wpt_x", "Idempotency-Key: k"], {"length": 100}, 415),
    ("PUT /portal/pay/vk008/return", [], {}, 405), ("POST /portal/pay/vk008/return", [], {"length": 8193}, 413), ("GET /portal/", [], {}, 200),
    ("GET /portal/home", [], {}, 302), ("PUT /portal/readings", [JUNK], {}, 401), ("POST /portal/oidc", [], {}, 405),
    ("POST /portal-assets/portal.css", [], {}, 403), ("POST /", [], {}, 302), ("POST /nothing", [], {}, 404), ("DELETE /nothing", [], {"length": None}, 405),
    ("POST /portal/pay/nobank/return", [], {}, 404), ("POST /portal/pay/vk008/back/aaaaaaaaaaaaaaaaaaaaaaaaaa", [], {}, 405),
    ("POST /portal/oidc?iss=https://elsewhere.example", [], {}, 403), ("POST /portal/oidc?logout=backchannel", [], {"length": 17000}, 413)])
@pytest.mark.expects_log("auth_openidc:error", "AH01630", at_least=0)
def test_what_no_body_is_wanted_for_is_answered_at_once(rig, line, headers, options, status):
    """Not one byte of the body is sent, and httpd does not wait for it either."""
    with opened(rig) as connection:
        began = time.monotonic()
        connection.sendall(head(rig, line, headers, **options))
        got = answer_of(connection, 10)
        assert got and got[0] == status and time.monotonic() - began < 2, got
        assert connection.recv(1) == b"", "the connection goes on although the body was not read"


@pytest.mark.parametrize("path, options, status", [
    ("/portal/home", {}, 405), ("/portal/readings", {"length": 65537}, 413), ("/portal/readings", {"kind": "text/plain"}, 415), ("/portal/nothing", {}, 404)])
def test_a_customers_too(rig, customer, path, options, status):
    with opened(rig) as connection:
        connection.sendall(head(rig, f"POST {path}", [cookies(customer)], **options))
        assert answer_of(connection, 5)[0] == status


def test_a_form_that_comes_in_pieces_is_taken(rig, customer):
    meter, last = next(iter(steps.meters(customer).items()))
    pairs = dict(steps.fill(steps.readings_form(customer), {meter: last + 1}).data("compute"))
    body = urlencode(pairs).encode()
    with opened(rig) as connection:
        connection.sendall(head(rig, f"POST {steps.form_url(customer)}", [cookies(customer)], len(body)))
        for start in range(0, len(body), 200):
            connection.sendall(body[start:start + 200])
            time.sleep(0.05)
        got = answer_of(connection, 10)
        assert got[0] in (200, 422) and steps.cubic(last + 1) in got[1]
        connection.sendall(f"GET /portal/public/privacy HTTP/1.1\r\nHost: portal.localhost:{rig.port}\r\n\r\n".encode())
        assert answer_of(connection, 10)[0] == 200  # the connection is good for the next


def test_a_chunked_form_is_taken(rig, customer):
    meter, last = next(iter(steps.meters(customer).items()))
    body = urlencode(dict(steps.fill(steps.readings_form(customer), {meter: last + 1}).data("compute"))).encode()
    with opened(rig) as connection:
        connection.sendall(head(rig, f"POST {steps.form_url(customer)}", [cookies(customer)], None))
        for start in range(0, len(body), 300):
            piece = body[start:start + 300]
            for part in (b"%x\r" % len(piece), b"\n" + piece, b"\r\n"):
                connection.sendall(part)
                time.sleep(0.02)
        connection.sendall(b"0\r\n\r\n")
        assert answer_of(connection, 10)[0] in (200, 422)


def test_a_chunked_body_without_end_is_too_large(rig, customer):
    with opened(rig) as connection:
        connection.sendall(head(rig, f"POST {steps.form_url(customer)}", [cookies(customer)], None))
        with contextlib.suppress(OSError):
            for _ in range(20):
                connection.sendall(b"2000\r\n" + b"x" * 8192 + b"\r\n")
        assert answer_of(connection, 10)[0] == 413


def test_a_slow_form_that_met_its_sessions_end_is_kept(rig):
    """Sent within five seconds, by a browser whose session is gone."""
    visitor = steps.visitor(rig)
    meter, last = next(iter(steps.meters(visitor).items()))
    body = urlencode(dict(steps.fill(steps.readings_form(visitor), {meter: last + 7}).data("submit"))).encode()
    visitor.forget("__Host-wp")  # its login's cookie is still there
    with opened(rig) as connection:
        connection.sendall(head(rig, f"POST {steps.form_url(visitor)}", [cookies(visitor)], len(body)))
        half = len(body) // 2
        for piece in (body[:half], body[half:]):
            time.sleep(1)
            connection.sendall(piece)
        got = answer_of(connection, 10)
    assert got[0] == 401 and "saglab" in got[1] and "parked=" in got[1]


@pytest.mark.parametrize("drip", [b"a", None], ids=["dripping", "silent"])
def test_who_is_not_logged_in_has_five_seconds(rig, drip):
    with opened(rig) as connection:
        began = time.monotonic()
        connection.sendall(head(rig, "POST /portal/readings", [JUNK]))
        sender = threading.Thread(target=keep_dripping, args=([connection], began + 9, drip), daemon=True)
        sender.start()
        got = answer_of(connection, 12)
        assert got[0] == 401 and "parked=" not in got[1] and 4 < time.monotonic() - began < 7


def keep_dripping(connections, until, drip=b"a", pause=0.4):
    while time.monotonic() < until:
        for connection in connections:
            with contextlib.suppress(OSError, ValueError):
                if drip:
                    connection.send(drip)
        time.sleep(pause)


ATTACKS = {
    "nobody": ("POST /portal/readings", []), "a cookie of nobody's": ("POST /portal/readings", [JUNK]), "a bank": ("POST /portal/pay/vk008/return", []),
    "a customer": ("POST /portal/readings", None), "get": ("GET /portal/", []), "a static file": ("POST /portal-assets/portal.css", []),
    "the redirect address": ("POST /portal/oidc?logout=backchannel", []),
    "a program": ("POST /portal/api/v1/readings", ["Authorization: Bearer wpt_x"]), "elsewhere on the site": ("POST /", []),
    "the other site's": ("POST /portal/public/login", [])}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.expects_log("AH01630", at_least=0)
@pytest.mark.expects_log("AH00484|AH03490|AH10159|auth_openidc|reqtimeout", "WP0502", at_least=0)
def test_visitors_are_served_beside_128_slow_bodies(rig, customer, name):
    line, headers = ATTACKS[name]
    request = head(rig, line, [cookies(customer)] if headers is None else headers)
    visitor = steps.visitor(rig)
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(opened(rig)) for _ in range(SLOW)]
        for connection in slow:
            connection.setblocking(False)
            connection.send(request)
        began = time.monotonic()
        sender = threading.Thread(target=keep_dripping, args=(slow, began + 8), daemon=True)
        sender.start()
        times = []
        while time.monotonic() - began < 6:
            asked = time.monotonic()
            assert visitor.get("/portal/home" if len(times) % 2 else "/portal/").status == 200
            times.append(time.monotonic() - asked)
        sender.join()
    p99 = statistics.quantiles(times, n=100)[98]
    print(f"{name}: {len(times)} pages, median {statistics.median(times) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    assert len(times) > 20 and p99 <= 1


def test_a_login_is_ended_by_the_providers_message_only(rig):
    """The body of a back-channel logout reaches mod_auth_openidc, which refuses what is no token."""
    with opened(rig) as connection:
        body = b"logout_token=none"
        connection.sendall(head(rig, "POST /portal/oidc?logout=backchannel", [], len(body)) + body)
        assert answer_of(connection, 10)[0] == 400


test_a_login_is_ended_by_the_providers_message_only = pytest.mark.expects_log("auth_openidc:error")(test_a_login_is_ended_by_the_providers_message_only)
