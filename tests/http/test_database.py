# SPDX-License-Identifier: Apache-2.0
"""A database that is unreachable, or accepts everything and answers nothing: nobody waits long, and pages that need no data work."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import time

import psycopg2
import pytest

import portal
import steps

pytestmark = pytest.mark.expects_log("AH00488", at_least=0)  # httpd's own, of restarts in a row
WITHOUT_DATA = ["/portal/public/privacy", "/portal/public/accessibility", "/portal/public/login", "/portal/public/goodbye"]
AT_ONCE = 12  # three times the connections
SLACK = 10  # seconds that a busy machine may add; without the fix it is for ever


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


@pytest.fixture
def configured(rig):
    """configure(text) for one test; the plain configuration afterwards. Sessions end at either."""
    yield rig.configure
    rig.configure("")


def server_processes(rig):
    postmaster = int(pathlib.Path(f"{rig.run}/pg/postmaster.pid").read_text().split()[0])
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True, timeout=10).stdout.split()
    return [postmaster, *map(int, children)]


@contextlib.contextmanager
def frozen(rig, only_the_first=False):
    """PostgreSQL's processes stand still: the machine goes on confirming what is sent to them."""
    postmaster = server_processes(rig)[0]
    os.kill(postmaster, signal.SIGSTOP)  # or it would start others meanwhile
    stopped = [postmaster] if only_the_first else server_processes(rig)
    try:
        for pid in stopped[1:]:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in reversed(stopped):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def read_only(rig):
    def tell(sql):
        with contextlib.closing(psycopg2.connect(rig.params)) as db:
            db.autocommit = True
            db.cursor().execute(sql)
            db.cursor().execute("SELECT pg_reload_conf()")
        time.sleep(0.5)
    tell("ALTER SYSTEM SET default_transaction_read_only = on")
    try:
        yield
    finally:
        tell("ALTER SYSTEM RESET default_transaction_read_only")


def timed(browser, url):
    began = time.monotonic()
    return browser.get(url), time.monotonic() - began


def ask_all_at_once(rig, browsers, url):
    with concurrent.futures.ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(lambda b: timed(b, url), browsers))


def copies(rig, visitor, count):
    """The visitor's browser in so many windows."""
    made = []
    for _ in range(count):
        window = rig.browser()
        window.jar = dict(visitor.jar)
        made.append(window)
    return made


def until_it_answers(browser, url):
    began = time.monotonic()
    while browser.get(url).status != 200:
        assert time.monotonic() - began < 60
        time.sleep(0.1)
    return time.monotonic() - began


def check_without_data(rig):
    for url in WITHOUT_DATA:
        page, took = timed(rig.browser(), url)
        assert page.status == 200, page
        assert took < SLACK


@pytest.mark.expects_log("WP0210", "WP0201", "WP0202", at_least=0)
def test_a_frozen_database_costs_a_page_its_time_and_no_more(pgsql, configured):
    configured("WaterPortalDatabaseTime 2000\nWaterPortalDatabaseWait 1000\n")
    visitor = steps.visitor(pgsql)
    windows = copies(pgsql, visitor, AT_ONCE)
    assert {page.status for page, _ in ask_all_at_once(pgsql, windows, "/portal/home")} == {200}
    offset = pgsql.error_log.stat().st_size
    with frozen(pgsql):
        answers = ask_all_at_once(pgsql, windows, "/portal/home")
        assert {page.status for page, _ in answers} == {503}
        assert all(page.header("Retry-After") for page, _ in answers)
        assert max(took for _, took in answers) < 2 + 1 + SLACK
        check_without_data(pgsql)
        answers = ask_all_at_once(pgsql, windows, "/portal/")  # it is known by now
        assert {page.status for page, _ in answers} == {503}
        assert max(took for _, took in answers) < 2 + SLACK
    assert until_it_answers(visitor, "/portal/home") < SLACK
    assert {page.status for page, _ in ask_all_at_once(pgsql, windows, "/portal/home")} == {200}
    log = "".join(pgsql.log_since(offset))
    assert "WP0210" in log and "WP0201" in log


@pytest.mark.expects_log("WP0210", "WP0201", "WP0202", at_least=0)
def test_a_form_that_meets_a_frozen_database_is_kept_and_counts_once(pgsql, configured):
    configured("WaterPortalDatabaseTime 1000\n")
    visitor = steps.visitor(pgsql)
    meter, last = next(iter(steps.meters(visitor).items()))
    page = visitor.submit(steps.fill(steps.readings_form(visitor), {meter: last + 4000}), "compute")
    form = steps.confirm_all(page.form("readings"))
    with frozen(pgsql):
        page = visitor.submit(form, "submit")
        assert page.status == 503
        kept = page.form()
        assert kept[f"value.{meter}"] == steps.cubic(last + 4000)
    until_it_answers(visitor, "/portal/home")
    visitor.page = page
    steps.receipt_of(visitor.submit(kept))
    assert steps.stored(pgsql, meter) == [(last + 4000, "current")]


@pytest.mark.expects_log("WP0201", "WP0202", "WP0210", at_least=0)
def test_new_connections_that_hang_stop_nobody_who_has_one(pgsql, configured):
    """The process that accepts connections is stopped; existing connections continue."""
    configured("DBDMin 1\nDBDKeep 1\nWaterPortalDatabaseWait 1000\n")
    visitor = steps.visitor(pgsql)
    windows = copies(pgsql, visitor, AT_ONCE)
    assert visitor.get("/portal/home").status == 200
    with frozen(pgsql, only_the_first=True):
        first = ask_all_at_once(pgsql, windows, "/portal/home")  # some must wait for a connection that does not come
        assert 200 in {page.status for page, _ in first}
        for _ in range(10):
            page, took = timed(visitor, "/portal/home")
            assert page.status in (200, 503) and took < SLACK  # 503 where a child has no connection at all
        check_without_data(pgsql)
    assert until_it_answers(visitor, "/portal/home") < SLACK


@pytest.mark.expects_log("WP0201", at_least=0)
def test_children_start_beside_a_frozen_database(pgsql):
    with frozen(pgsql):
        began = time.monotonic()
        pgsql.graceful()
        check_without_data(pgsql)
        page, _ = timed(pgsql.browser(), "/portal/")
        assert page.status == 503
        assert time.monotonic() - began < 20 + SLACK
    assert until_it_answers(pgsql.browser(), "/portal/") < SLACK


@pytest.mark.expects_log("WP0201", at_least=0)
def test_what_needs_no_data_is_there_without_postgresql(pgsql):
    options = pathlib.Path(f"{pgsql.run}/pg/postmaster.opts").read_text().split(" ", 1)[1].replace('"', "'")
    control = ["runuser", "-u", "postgres", "--", *pathlib.Path(f"{pgsql.run}/pg/postmaster.opts").read_text().split(" ", 1)[0].rsplit("/", 1)[:1]]
    control[-1] += "/pg_ctl"
    control += ["-D", f"{pgsql.run}/pg", "-s", "-w", "-t", "60"]
    subprocess.run([*control, "-m", "fast", "stop"], check=True, timeout=90, stdin=subprocess.DEVNULL)
    try:
        check_without_data(pgsql)
        assert pgsql.browser().get("/portal/").status == 503
    finally:
        subprocess.run([*control, "-l", f"{pgsql.run}/log/pg.log", "-o", options, "start"], check=True, timeout=90, stdin=subprocess.DEVNULL)
    assert until_it_answers(pgsql.browser(), "/portal/") < SLACK


@pytest.mark.expects_log("WP0201", at_least=0)
def test_what_needs_no_data_is_there_without_a_file(sqlite, configured):
    configured('DBDParams "/nowhere/portal.db"\n')
    check_without_data(sqlite)
    assert sqlite.browser().get("/portal/").status == 503


def test_the_directives_of_mod_dbd_work_beside_it(rig):
    """Loaded for somebody else, it reads the same lines."""
    modules = pathlib.Path("/usr/lib/apache2/modules")
    answer = rig.httpd("-C", f"LoadModule dbd_module {modules}/mod_dbd.so", "-t")
    assert answer.returncode == 0, answer.stderr


@pytest.mark.expects_log("WP0211", at_least=0)
@pytest.mark.expects_log("WP0203", at_least=0)
def test_what_was_typed_is_taken_out_of_the_log_in_one_pass(pgsql):
    """A page whose audit entry cannot be written, with an ellipsis in the query: the log line used to be cut off."""
    giver, receiver = steps.visitor(pgsql), steps.visitor(pgsql)
    steps.delegate(pgsql, giver, receiver, "pay")
    invoice = pgsql.sql("SELECT invoice_no FROM billing_invoice WHERE contract_no = ? ORDER BY invoice_no LIMIT 1", receiver.contract)[0][0]
    url = f"/portal/payments/new?pick={invoice}&pick=%E2%80%A6&pick=e&pick=%E2%80%A6%E2%80%A6%E2%80%A6"
    with read_only(pgsql):
        for page, took in ask_all_at_once(pgsql, copies(pgsql, receiver, 4), url):
            assert page.status == 503, page
            assert took < SLACK
        assert giver.get("/portal/home").status == 200  # reading goes on
    assert receiver.get(url).status == 200


@pytest.fixture
def baltic(pgsql):
    """The portal on a copy of its database in WIN1257, as a billing system may have it."""
    rig = pgsql
    copy = rig.params.replace("dbname=waterportal", "dbname=baltic")
    assert copy != rig.params
    with contextlib.closing(psycopg2.connect(rig.params)) as db:
        db.autocommit = True
        db.cursor().execute("CREATE DATABASE baltic ENCODING 'WIN1257' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        dump = subprocess.run(["pg_dump", rig.params], check=True, capture_output=True, timeout=120).stdout
        subprocess.run(["psql", "-q", "-o", os.devnull, copy], input=dump, check=True, capture_output=True, timeout=120)
        rig.configure(f'DBDParams "{copy}"\n')
        yield rig
        rig.configure("")
        db.cursor().execute("DROP DATABASE baltic WITH (FORCE)")


@pytest.mark.expects_log("WP0203: .*letters of a name")
def test_letters_that_the_database_has_not_are_nobodys_and_are_told(baltic, browser, login):
    """What cannot be written there is no id of anything, and no reason to try again in some minutes; what was typed stays."""
    page = login(browser, "anna")
    assert page.status == 200 and "Bērziņa" in page.text and "\ufffd" not in page.text
    for path in ("contracts/%F0%9F%92%A7", "contracts/%D0%96", "readings?contract=%E6%97%A5", "invoices/invoice?no=%D0%96", "acts/%D1%84"):
        assert browser.get(f"/portal/{path}").status == 404, path
    form = browser.get("/portal/delegations/new?contract=10-45101").form()
    page = browser.submit(form.fill(how="link", who="Жанна", level="read"))
    assert page.status == 422 and "ko nevaram saglabāt" in page.text and page.form()["who"] == "Жанна"
    assert browser.submit(page.form().fill(who="Žanna")).status == 200
    name = {"name": "Жанна", "given_name": "Жанна", "family_name": "Ж", "sub": "a login that is new"}
    assert login(baltic.browser(), json.dumps({"login": "anna", "claims": name})).status == 503, "a new login's name must be kept"
