# SPDX-License-Identifier: Apache-2.0
"""What the load run measures with: a portal of its own, CPU and memory of a server's processes, wrk.

CPU is what the kernel counted for all processes of a server (user and system, ended children too), so other work on the
machine hardly moves it; wall-clock figures it does move.
"""
import contextlib
import os
import pathlib
import re
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests" / "http"))
import conftest  # noqa: E402  Rig: what tests/http knows of a running portal
import portal  # noqa: E402

BUILD = pathlib.Path(os.environ.get("WP_BUILD", TOP / "build-demo"))
TICK = os.sysconf("SC_CLK_TCK")
ALLOCATORS = {"glibc": None, "jemalloc": "libjemalloc.so.2", "mimalloc": "libmimalloc.so"}


def say(text):
    print(f"  … {text}", file=sys.stderr, flush=True)


# --- processes ---

def children(pid):
    """A process and all below it."""
    found = [pid]
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += children(int(child))
    return found


def cpu_seconds(pid):
    """Of a process and all below it; of those that ended too."""
    total = 0
    for each in children(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = pathlib.Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(f) for f in fields[11:15])  # utime stime cutime cstime
    return total / TICK


def memory_kb(pid):
    """PSS of a process and all below it: pages they share are counted once."""
    pss = 0
    for each in children(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            pss += int(re.search(r"^Pss:\s+(\d+)", pathlib.Path(f"/proc/{each}/smaps_rollup").read_text(), re.M)[1])
    return pss


def shared_kb(pid):
    """What the processes share by anonymous mappings: mod_auth_openidc's store of sessions, TLS sessions, the scoreboard."""
    pss = 0
    for each in children(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            mapping = ""
            for line in pathlib.Path(f"/proc/{each}/smaps").read_text().splitlines():
                if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
                    mapping = line
                elif line.startswith("Pss:") and "/dev/zero" in mapping:
                    pss += int(line.split()[1])
    return pss


def wait_for_calm(seconds, limit):
    """Waits, at most so long, until the load of the last minute is below limit; returns what it is then."""
    end = time.monotonic() + seconds
    while True:
        load = os.getloadavg()[0]
        if load < limit or time.monotonic() >= end:
            return load
        time.sleep(2)


# --- the portal ---

class Server(conftest.Rig):
    """A portal that this run started, with three places behind the same login: the page, a file, bytes from memory."""

    def __init__(self, run, allocator):
        super().__init__(run)
        self.allocator = allocator
        self.sessions = []  # (cookie header, contract)

    @property
    def pids(self):
        pg = self.run / "pg" / "postmaster.pid"
        return [self.apache_pid] + ([int(pg.read_text().split()[0])] if pg.exists() else [])

    def cpu(self):
        return sum(cpu_seconds(pid) for pid in self.pids)

    def log_in_as(self, person, path):
        """The first page after the login, and the cookies that answer with it."""
        browser = self.browser()
        page = portal.login(browser, person, "bank-a", path)
        assert page.status == 200, page
        return page, "; ".join(f"{c.name}={c.value}" for c in browser.jar.values() if c.host == "portal.localhost")

    def log_in(self, count, first=1):
        self.sessions = []
        for number in range(first, first + count):
            self.page, cookies = self.log_in_as(f"load{number:04}", "/portal/readings")
            assert "contract=" in self.page.url, self.page
            self.sessions.append((cookies, self.page.url.partition("contract=")[2]))
        return self.sessions

    def page_path(self, session=0):
        return f"/portal/readings?contract={self.sessions[session][1]}"

    def add_rivals(self):
        """The file and the handler from memory, of the page's own bytes. A restart ends sessions: logs in anew."""
        self.log_in(1)
        place = self.run / "htdocs" / "load"
        place.mkdir(exist_ok=True)
        (place / "page.html").write_bytes(self.page.body)
        self.configure(f"""
LoadModule load_memory_module "{BUILD}/tests/load/.libs/mod_load_memory.so"
KeepAliveTimeout 60
<Location "/load">
  AuthType openid-connect
  Require valid-user
</Location>
<Location "/load/memory">
  LoadMemoryFile "{place}/page.html"
  SetHandler load-memory
</Location>
""")
        self.log_in(1)


@contextlib.contextmanager
def server(database="sqlite", customers=100, allocator="glibc"):
    run = pathlib.Path(tempfile.mkdtemp(prefix="wp-load-", dir="/var/tmp"))
    run.chmod(0o755)
    env = dict(os.environ)
    env.pop("WP_PRELOAD", None)
    if ALLOCATORS[allocator]:
        env["WP_PRELOAD"] = ALLOCATORS[allocator]
    demo = TOP / "tools" / "demo"
    say(f"a portal with {customers} customers on {database}, {allocator}")
    try:
        begun = subprocess.run([demo, "start", "--port", str(conftest.free_port()), "--db", database, "--dir", run, "--build", BUILD,
                                "--customers", str(customers)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=3600)
        if begun.returncode != 0:
            sys.exit(f"tools/demo start: {begun.stdout[-3000:]}")
        yield Server(run, allocator)
    finally:
        subprocess.run([demo, "stop", "--dir", run], timeout=120, check=False)
        shutil.rmtree(run, ignore_errors=True)


# --- wrk ---

class Shot:
    """One run of wrk. requests, seconds, p99 (ms), cpu: µs a request of the server; client: µs a request of wrk."""

    def __init__(self, output, cpu, client):
        self.output = output
        found = re.search(r"(\d+) requests in ([\d.]+)(m?)s", output)
        assert found, output
        self.requests = int(found[1])
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
        p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
        self.p99 = float(p99[1]) * {"us": 1e-3, "ms": 1, "s": 1e3}[p99[2]] if p99 else None
        self.cpu = cpu * 1e6 / max(self.requests, 1)
        self.client = client * 1e6 / max(self.requests, 1)


def wrk(rig, path, *, cookie, seconds=3, connections=16, threads=1, script=None, environment=None, may_fail=False):
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "--latency",
               "-H", f"Host: {rig.base.removeprefix('https://')}", *(["-H", f"Cookie: {cookie}"] if cookie else []),
               *(["-s", HERE / script] if script else []), f"https://127.0.0.1:{rig.port}{path}"]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    before, client = rig.cpu(), used.ru_utime + used.ru_stime
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=seconds + 60)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    shot = Shot(done.stdout, rig.cpu() - before, used.ru_utime + used.ru_stime - client)
    # a read error is a connection that httpd closed between two requests, as it may
    if not may_fail and re.search(r"Non-2xx|connect [1-9]|timeout [1-9]", done.stdout):
        sys.exit(f"wrk {path}:\n{done.stdout}")
    return shot


def idle_connections(rig, cookie, path, count):
    """So many connections that asked once and wait."""
    context = ssl.create_default_context(cafile=rig.ca)
    request = f"GET {path} HTTP/1.1\r\nHost: {rig.base.removeprefix('https://')}\r\nCookie: {cookie}\r\n\r\n".encode()
    opened = []
    for _ in range(count):
        raw = socket.create_connection(("127.0.0.1", rig.port), 20)
        connection = context.wrap_socket(raw, server_hostname="portal.localhost")
        connection.sendall(request)
        received = b""
        while b"</html>" not in received:
            piece = connection.recv(65536)
            assert piece, received[:200]
            received += piece
        opened.append(connection)
    return opened
