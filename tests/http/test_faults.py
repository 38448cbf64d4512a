# SPDX-License-Identifier: Apache-2.0
"""Every fault loses nothing that was confirmed, and nothing happens twice."""
import concurrent.futures
import fcntl
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import threading
import time

import pytest

import portal
import steps

# httpd's own messages about children that are killed and replaced, including a scoreboard that is full of them for a moment
REPLACED = ("AH0005", "AH00488", "AH03490")
# libpq prints what a server says in the packet that also ends the log-in: nobody can have given it another ear by then
CUT_AT_LOGIN = "^FATAL:  terminating connection due to administrator command$"
SUBMITTERS, ROUNDS = 50, int(os.environ.get("WP_ROUNDS", "20"))  # a thousand submissions, fifty in flight


def pg_ctl(rig, *arguments):
    server = pathlib.Path(f"{rig.run}/pg/postmaster.opts").read_text().split()[0]  # its release's pg_ctl lies beside it
    subprocess.run(["runuser", "-u", "postgres", "--", os.path.join(os.path.dirname(server), "pg_ctl"), "-D", f"{rig.run}/pg", "-s", "-w",
                    "-t", "60", *arguments], check=True, timeout=90, stdin=subprocess.DEVNULL)


def restart_postgresql(rig):
    options = pathlib.Path(f"{rig.run}/pg/postmaster.opts").read_text().split(" ", 1)[1].replace('"', "'")
    pg_ctl(rig, "-m", "fast", "stop")
    pg_ctl(rig, "-l", f"{rig.run}/log/pg.log", "-o", options, "start")


@pytest.fixture
def pgsql(rig):
    if rig.driver != "pgsql":
        pytest.skip("about PostgreSQL")
    return rig


@pytest.fixture
def sqlite(rig):
    if rig.driver != "sqlite3":
        pytest.skip("about SQLite")
    return rig


def ready_form(browser, add=4000):
    """A form that will be accepted as it is, its meter and value."""
    meter, last = next(iter(steps.meters(browser).items()))
    page = browser.submit(steps.fill(steps.readings_form(browser), {meter: last + add}), "compute")
    return steps.confirm_all(page.form("readings")), meter, last + add


@pytest.mark.expects_log(CUT_AT_LOGIN, at_least=0)
def test_a_read_first_after_a_restart_of_the_database(pgsql):
    browser = steps.visitor(pgsql)
    restart_postgresql(pgsql)
    assert browser.get("/portal/home").status == 200


@pytest.mark.expects_log(CUT_AT_LOGIN, at_least=0)
def test_a_write_first_after_a_restart_of_the_database(pgsql):
    browser = steps.visitor(pgsql)
    form, meter, litres = ready_form(browser)
    restart_postgresql(pgsql)
    steps.receipt_of(browser.submit(form, "submit"))
    assert steps.stored(pgsql, meter) == [(litres, "current")]


@pytest.mark.expects_log("WP0201", r"dbd", CUT_AT_LOGIN, at_least=0)
def test_without_a_database_what_was_typed_is_kept(pgsql):
    browser = steps.visitor(pgsql)
    form, meter, litres = ready_form(browser)
    options = pathlib.Path(f"{pgsql.run}/pg/postmaster.opts").read_text().split(" ", 1)[1].replace('"', "'")
    pg_ctl(pgsql, "-m", "fast", "stop")
    try:
        page = browser.submit(form, "submit")
        assert page.status == 503 and page.header("Retry-After")
        assert rig_is_silent(page)
        kept = page.form()
        assert kept[f"value.{meter}"] == steps.cubic(litres)
        assert browser.get("/portal/").status == 503
    finally:
        pg_ctl(pgsql, "-l", f"{pgsql.run}/log/pg.log", "-o", options, "start")
    browser.page = page
    steps.receipt_of(browser.submit(kept))
    assert steps.stored(pgsql, meter) == [(litres, "current")]


def rig_is_silent(page):
    """Nothing of the machinery in what a visitor sees."""
    return not any(word in page.text for word in ("libpq", "SELECT", "5432", "/var/", "could not connect"))


@pytest.mark.expects_log("WP0202", at_least=0)
def test_a_writer_that_does_not_let_go(sqlite):
    browser = steps.visitor(sqlite)
    form, meter, litres = ready_form(browser)
    offset = sqlite.error_log.stat().st_size
    with open(sqlite.params + "-gate", "a+b") as gate:
        fcntl.lockf(gate, fcntl.LOCK_EX)
        page = browser.submit(form, "submit")
        assert page.status == 503 and page.header("Retry-After")
        assert browser.get("/portal/home").status == 200  # reading goes on
        fcntl.lockf(gate, fcntl.LOCK_UN)
    assert "WP0202" in "".join(sqlite.log_since(offset))
    browser.page = page
    steps.receipt_of(browser.submit(page.form()))
    assert steps.stored(sqlite, meter) == [(litres, "current")]


@pytest.mark.heavy
def test_schema_change_and_vacuum_under_load(rig):
    browsers = [steps.visitor(rig) for _ in range(4)]
    stop = threading.Event()

    def read(browser):
        seen = set()
        while not stop.is_set():
            seen.add(browser.get("/portal/home").status)
        return seen

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(read, b) for b in browsers]
        for _ in range(3):
            time.sleep(0.5)  # changes of a schema do not come in bursts; a unit of work is run again once
            rig.sql("CREATE INDEX wp_test_index ON portal_audit (action)")
            time.sleep(0.5)
            rig.sql("DROP INDEX wp_test_index")
            time.sleep(0.5)
            if rig.driver == "sqlite3":
                rig.sql("ALTER TABLE portal_audit ADD COLUMN wp_test text")
                time.sleep(0.5)
                rig.sql("ALTER TABLE portal_audit DROP COLUMN wp_test")
                time.sleep(0.5)
                subprocess.run(["sqlite3", rig.params, "PRAGMA busy_timeout=10000; VACUUM"], check=True, timeout=60, capture_output=True)
            else:
                rig.sql("ALTER TABLE portal_account ADD COLUMN wp_test text")
                time.sleep(0.5)
                rig.sql("ALTER TABLE portal_account DROP COLUMN wp_test")
        stop.set()
        assert set().union(*(r.result() for r in reading)) == {200}
    form, meter, litres = ready_form(browsers[0])
    steps.receipt_of(browsers[0].submit(form, "submit"))


def test_stalled_readers_hold_no_connection(rig):
    browser = steps.visitor(rig)
    cookies = "; ".join(f"{c.name}={c.value}" for c in browser.jar.values() if c.host == "portal.localhost")
    context = ssl.create_default_context(cafile=rig.ca)
    request = (f"GET {steps.form_url(browser)} HTTP/1.1\r\nHost: portal.localhost:{rig.port}\r\nCookie: {cookies}\r\n\r\n" * 30).encode()
    stalled = []
    try:
        for _ in range(12):  # three times the connections; thirty answers each, and nobody reads them
            raw = socket.socket()
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.connect(("127.0.0.1", rig.port))
            stalled.append(context.wrap_socket(raw, server_hostname="portal.localhost"))
            stalled[-1].sendall(request)
        time.sleep(1)
        began = time.monotonic()
        for _ in range(5):
            assert browser.get("/portal/home").status == 200
        assert time.monotonic() - began < 15
    finally:
        for s in stalled:
            s.close()


def children(rig):
    out = subprocess.run(["pgrep", "-P", str(rig.apache_pid)], capture_output=True, text=True, timeout=10).stdout
    return [int(pid) for pid in out.split()]


def again_and_again(seconds=60):
    """So long, with pauses: how often that is depends on how fast a machine fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)


def insist(browser, form, button):
    """Sends a form until there is an answer, as a person does who presses the button again."""
    for _ in again_and_again():
        try:
            page = browser.post(form.action, form.data(button), follow=False, initiator=form.action)
            if page.status != 503:
                return page
        except (OSError, ssl.SSLError, portal.http.client.HTTPException):
            pass
    raise AssertionError("no answer")


def insist_on_page(browser, url):
    for _ in again_and_again():
        try:
            page = browser.get(url)
            if page.status == 200:
                return page
        except (OSError, ssl.SSLError, portal.http.client.HTTPException):
            pass
    raise AssertionError("no page")


def submit_rounds(browser, rounds, accepted):
    """Corrects one meter again and again; notes each accepted value with its receipt."""
    for number in range(rounds):
        form = insist_on_page(browser, steps.form_url(browser)).form("readings")
        steps.fill(form, {browser.meter: browser.last + 4000 + number})
        page = insist(browser, form, "submit")
        if page.status == 422:
            form = steps.confirm_all(page.form("readings"))
            page = insist(browser, form, "submit")
        assert page.status == 303, page
        accepted.append((browser.meter, browser.last + 4000 + number, page.header("Location").rsplit("/", 1)[1]))


@pytest.mark.heavy
@pytest.mark.expects_log(*REPLACED, "WP02", at_least=0)
def test_killed_children_lose_nothing_and_do_nothing_twice(rig):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        browsers = list(pool.map(lambda _: steps.visitor(rig), range(SUBMITTERS)))
    for browser in browsers:
        browser.meter, browser.last = next(iter(steps.meters(browser).items()))
    accepted, stop = [], threading.Event()

    def kill():
        while not stop.wait(1.5):
            for pid in children(rig)[:1]:
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with concurrent.futures.ThreadPoolExecutor(SUBMITTERS) as pool:
            for done in [pool.submit(submit_rounds, b, ROUNDS, accepted) for b in browsers]:
                done.result(timeout=600)
    finally:
        stop.set()
        killer.join()
    assert len(accepted) == SUBMITTERS * ROUNDS
    assert len({receipt for _, _, receipt in accepted}) == len(accepted)
    kept = {}
    for meter in {m for m, _, _ in accepted}:
        rows = rig.sql("SELECT r.value_l, s.receipt_no, r.state FROM portal_reading r JOIN portal_submission s "
                       "ON s.submission_id = r.submission_id WHERE r.meter_id = ? ORDER BY r.version", meter)
        kept[meter] = rows
        assert [state for _, _, state in rows] == ["replaced"] * (ROUNDS - 1) + ["current"]
    assert sorted((m, v, r) for m, rows in kept.items() for v, r, _ in rows) == sorted(accepted)


@pytest.mark.expects_log(*REPLACED, at_least=0)
def test_a_graceful_restart_during_a_submission_keeps_the_form(rig):
    """It ends the sessions (docs/admin.md), never what was typed."""
    browser = steps.visitor(rig)
    form, meter, litres = ready_form(browser)
    rig.graceful()
    page = browser.submit(form, "submit")
    assert page.status == 401
    browser.follow(page.link("Ienākt vēlreiz"))
    portal.choose(browser, "bank-a")
    if "/interaction/" in browser.page.url:
        browser.submit(browser.page.form("named").fill(login=browser.person))
    form = browser.page.form("readings")
    assert form[f"value.{meter}"] == steps.cubic(litres)
    page = browser.submit(form, "submit")
    if page.status == 422:
        page = browser.submit(steps.confirm_all(page.form("readings")), "submit")
    steps.receipt_of(page)
    assert steps.stored(rig, meter) == [(litres, "current")]
