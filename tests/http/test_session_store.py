# SPDX-License-Identifier: Apache-2.0
"""Sessions in Redis: while it is unreachable, people are told before they go to the bank; login works again by itself."""
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time

import pytest

import portal

pytestmark = pytest.mark.waits
LOG = pytest.mark.expects_log("AH00488|AH0005", "auth_openidc:(error|warn)", "WP0106", "WP0104", at_least=0)


class Redis:
    """A separate server, whose port stays the same when it is restarted."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.process = folder, None

    def start(self):
        self.process = subprocess.Popen(["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder],
                                        stdout=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def stop(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def redis(rig, tmp_path):
    store = Redis(str(tmp_path))
    store.start()
    rig.configure(f"OIDCCacheType redis\nOIDCRedisCacheServer 127.0.0.1:{store.port}\nOIDCRedisCacheConnectTimeout 2\nOIDCRedisCacheTimeout 2\n"
                  f"WaterPortalSessionStore 127.0.0.1:{store.port}\n")
    yield store
    store.stop()
    rig.configure("")


def is_told(page):
    assert page.status == 503 and page.header("Retry-After") and "Ienākt pašlaik nevar" in page.text and "vēlāk" in page.text, page
    assert page.header("Location") is None and "/auth?" not in page.text
    return True


@LOG
@pytest.mark.parametrize("how", ["ended", "hung"])
def test_people_are_told_before_they_go_to_the_bank(rig, browser, redis, how):
    assert portal.login(browser, "anna").path == "/portal/home"
    chooser = rig.browser()
    chooser.get("/portal/home")
    early = chooser.page  # opened while all was well
    redis.stop() if how == "ended" else redis.process.send_signal(signal.SIGSTOP)
    time.sleep(2.5)  # longer than an answer is remembered
    stranger = rig.browser()
    began = time.monotonic()
    assert is_told(stranger.get("/portal/home"))
    assert "/portal/public/login" in stranger.page.url
    assert is_told(stranger.get("/portal/public/login"))
    assert time.monotonic() - began < 5
    chooser.page = early
    assert is_told(portal.choose(chooser, "bank-a") or chooser.page)
    assert not any("/auth?" in url for _, url, _ in chooser.history), "somebody was sent to the bank"
    assert is_told(browser.get("/portal/home"))  # the session cannot be found
    for path in ("/portal/", "/portal/public/privacy"):
        assert stranger.get(path).status == 200  # what needs no login goes on
    redis.start() if how == "ended" else redis.process.send_signal(signal.SIGCONT)
    time.sleep(2.5)
    assert portal.login(rig.browser(), "anna").path == "/portal/home"


@LOG
def test_who_is_at_the_bank_when_it_ends_finds_the_portals_page(rig, browser, redis):
    browser.get("/portal/home")
    portal.choose(browser, "bank-a")
    redis.stop()
    page = browser.submit(browser.page.form("named").fill(login="anna"))
    assert page.status >= 500 and "Ienākt neizdevās" in page.text and "vēlāk" in page.text
    redis.start()
    time.sleep(2.5)
    assert portal.login(rig.browser(), "anna").path == "/portal/home"


@LOG
def test_it_is_asked_seldom_and_only_before_a_login(rig, redis):
    """A hundred visitors in one second are a question of each process, and other pages ask nothing."""
    with socket.socket() as counter:  # in place of Redis: counts, and answers as it does
        counter.bind(("127.0.0.1", 0))
        counter.listen(64)
        counter.settimeout(0.2)
        asked, ends = [], threading.Event()

        def serve():
            while not ends.is_set():
                with contextlib.suppress(OSError):
                    connection, _ = counter.accept()
                    with connection:
                        asked.append(connection.recv(100))
                        connection.sendall(b"-NOAUTH Authentication required.\r\n")

        server = threading.Thread(target=serve)
        server.start()
        try:
            port = counter.getsockname()[1]
            rig.configure(f"OIDCCacheType redis\nOIDCRedisCacheServer 127.0.0.1:{redis.port}\nWaterPortalSessionStore localhost:{port}\n")
            browser = rig.browser()
            for path in ("/portal/", "/portal/public/privacy", "/portal/oidc?code=x&state=y", "/portal/oidc?logout=x"):
                browser.get(path, follow=False)
            assert asked == []
            began = time.monotonic()
            for _ in range(100):
                assert browser.get("/portal/public/login").status == 200
            seconds = time.monotonic() - began
            assert 1 <= len(asked) <= 4 * (2 + seconds / 2) and set(asked) == {b"PING\r\n"}
        finally:
            ends.set()
            server.join()


@pytest.mark.parametrize("value", ["redis.example.org:70000", "/run/redis.sock", ":6379", "6379"])
def test_configtest_names_what_it_takes(rig, value):
    from test_server import configtest
    result = configtest(rig, f"WaterPortalSessionStore {value}\n")
    assert result.returncode != 0 and "redis.example.org:6380" in result.stderr
