# SPDX-License-Identifier: Apache-2.0
"""The rig: a real Apache, a real login, both databases.

Fixtures: rig (one portal for each database, for the whole run), browser (a new visitor), login(browser, person, issuer).
Every test fails on a warning or error in the error log that it did not declare:
    @pytest.mark.expects_log("WP0203", r"oidc_\\w+: ")      each must turn up, in any line, as a regular expression
    @pytest.mark.expects_log("WP0202", at_least=0)          may turn up
Environment: WP_RIG_DIR uses a portal that runs already (tools/demo start --dir …), WP_DB=sqlite|pgsql only one database,
WP_BUILD another build tree, WP_PRELOAD libraries that go into the portal's processes (tests/asan/http),
WP_OUT where the logs are left (tests/out).
"""
import contextlib
import os
import pathlib
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time

import psycopg2
import pytest

import portal

TOP = pathlib.Path(__file__).resolve().parents[2]
DEMO = TOP / "tools" / "demo"
OUT = TOP / "tests" / "out"
# about the machine's packages being out of step with each other, at every start; nothing a test could cause
MACHINE = re.compile(r"AH01882: Init: this version of mod_ssl was compiled against a newer library")
# at warning and above; what no module wrote; and a child that crashed, which httpd calls a notice
LOUD = re.compile(r"^\[[^]]*\] \[[\w-]*:(warn|error|crit|alert|emerg)\]|^(?!\[)|exit signal (?!Killed|Terminated)")


def free_port():
    """A port with two free neighbours above it, for the provider and PostgreSQL."""
    for _ in range(50):
        with contextlib.ExitStack() as stack:
            first = stack.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                for more in (2, 3):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port + more))
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no free ports")


# for what loads the module or links its libraries
PRELOADED = dict(os.environ, LD_PRELOAD=os.environ["WP_PRELOAD"]) if "WP_PRELOAD" in os.environ else None


class Rig:
    """A running portal, as RUN/demo.env describes it."""

    def __init__(self, run):
        self.run = pathlib.Path(run)
        lines = (self.run / "demo.env").read_text(encoding="utf-8").splitlines()
        self.env = dict(shlex.split(line)[0].partition("=")[::2] for line in lines)
        self.base = self.env["PORTAL_URL"].removesuffix("/portal/")
        self.ca, self.driver, self.params = self.env["CA_FILE"], self.env["DB_DRIVER"], self.env["DB_PARAMS"]
        self.port, self.idp_port = int(self.env["PORTAL_PORT"]), int(self.env["IDP_PORT"])
        self.error_log = pathlib.Path(self.env["ERROR_LOG"])
        self.people = {}  # login → {"issuer", "code", "contracts", "special"}
        for name, value in self.env.items():
            if name.startswith("PERSON_"):
                login, issuer, code, contracts, special = value.split("|")
                self.people[login] = {"issuer": issuer, "code": code, "contracts": contracts.split(), "special": special}

    def browser(self, **options):
        return portal.Browser(self.base, self.ca, **options)

    def issuer(self, key):
        return f"https://{key}.localhost:{self.idp_port}"

    @property
    def apache_pid(self):
        return int((self.run / "httpd.pid").read_text())

    def httpd(self, *arguments):
        """httpd's own command line with the rig's configuration. It exits with its libraries half unloaded, so it is not checked for leaks."""
        environment = PRELOADED and dict(PRELOADED, ASAN_OPTIONS=os.environ["ASAN_OPTIONS"] + ":detect_leaks=0")
        return subprocess.run(["apache2", "-d", self.run, "-f", self.run / "httpd.conf", *arguments], capture_output=True, text=True,
                              timeout=60, env=environment)

    def graceful(self):
        """Reads the configuration again, as an admin would, and waits until the new children serve. Ends all sessions."""
        before = self.error_log.stat().st_size
        self.httpd("-k", "graceful").check_returncode()
        self.wait_for_log("resuming normal operations", before)
        self.browser().get("/portal/")

    def configure(self, text):
        """Replaces the test's own directives (inside the virtual host)."""
        (self.run / "extra.conf").write_text(text, encoding="utf-8")
        self.graceful()

    def log_since(self, offset):
        with open(self.error_log, "rb") as file:
            file.seek(offset)
            return file.read().decode("utf-8", "replace").splitlines()

    def wait_for_log(self, text, offset, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(text in line for line in self.log_since(offset)):
                return
            time.sleep(0.05)
        raise AssertionError(f"the error log does not say {text!r}")

    def ctl(self, *arguments, check=True):
        """waterportalctl on the rig's database."""
        command = [self.env["WATERPORTALCTL"], *arguments, "--driver", self.driver, "--params", self.params,
                   "--directory", self.env["WATERPORTAL_DIRECTORY"]]
        return subprocess.run(command, check=check, capture_output=True, text=True, timeout=300, env=PRELOADED)

    def sql(self, statement, *values):
        """Rows of a statement that the test runs beside the portal; ? stands for a value. Changes are committed."""
        if self.driver == "sqlite3":
            with contextlib.closing(sqlite3.connect(self.params, timeout=20)) as db, db:
                return db.execute(statement, values).fetchall()
        with contextlib.closing(psycopg2.connect(self.params)) as db, db, db.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%").replace("?", "%s"), values)
            return cursor.fetchall() if cursor.description else []


@contextlib.contextmanager
def started(database):
    run = tempfile.mkdtemp(prefix=f"wp-rig-{database}-", dir="/var/tmp")
    os.chmod(run, 0o755)  # httpd's children must reach it
    build = ["--build", os.environ["WP_BUILD"]] if "WP_BUILD" in os.environ else []
    try:
        begun = subprocess.run([DEMO, "start", "--port", str(free_port()), "--db", database, "--dir", run, *build],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900)
        if begun.returncode != 0:
            pytest.fail(f"tools/demo start --db {database}:\n{begun.stdout[-4000:]}", pytrace=False)
        yield Rig(run)
    finally:
        subprocess.run([DEMO, "stop", "--dir", run], timeout=120, check=True)
        left = pathlib.Path(os.environ.get("WP_OUT", OUT)) / f"log-{database}"
        shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(f"{run}/log", left)
        shutil.rmtree(run)


def databases():
    if "WP_RIG_DIR" in os.environ:
        return ["pgsql" if Rig(os.environ["WP_RIG_DIR"]).driver == "pgsql" else "sqlite"]
    return [os.environ["WP_DB"]] if "WP_DB" in os.environ else ["sqlite", "pgsql"]


@pytest.fixture(scope="session", params=databases())
def rig(request):
    if "WP_RIG_DIR" in os.environ:
        yield Rig(os.environ["WP_RIG_DIR"])
        return
    with started(request.param) as running:
        yield running


@pytest.fixture(autouse=True)
def quiet_log(request):
    """Fails the test if the error log has undeclared lines at warning or above."""
    if "rig" not in request.fixturenames:
        yield
        return
    running = request.getfixturevalue("rig")
    offset = running.error_log.stat().st_size
    yield
    marks = list(request.node.iter_markers("expects_log"))
    lines = [line for line in running.log_since(offset) if LOUD.match(line) and not MACHINE.search(line)]
    undeclared = [line for line in lines if not any(re.search(p, line) for mark in marks for p in mark.args)]
    missing = [p for mark in marks for p in mark.args
               if sum(bool(re.search(p, line)) for line in lines) < mark.kwargs.get("at_least", 1)]
    assert not undeclared, "undeclared in the error log:\n" + "\n".join(undeclared)
    assert not missing or request.node.was_skipped, f"expected in the error log and not there: {missing}"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """What a test promises of the log it need not keep where it is skipped."""
    outcome = yield
    item.was_skipped = getattr(item, "was_skipped", False) or outcome.get_result().skipped


@pytest.fixture
def browser(rig):
    return rig.browser()


@pytest.fixture
def login():
    return portal.login


@pytest.fixture
def logout():
    return portal.logout


def pytest_configure(config):
    config.addinivalue_line("markers", "heavy: kills, restarts or floods for a long time; tools/check faults")
    config.addinivalue_line("markers", "waits: spends its time waiting; tools/check gives these a portal of their own")
    config.addinivalue_line("markers", "expects_log(pattern…, at_least=1): what the test makes the error log say")
