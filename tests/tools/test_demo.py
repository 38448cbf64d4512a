# SPDX-License-Identifier: Apache-2.0
"""tools/demo: what it refuses, what it says, and that an interrupt at any moment leaves nothing of it running.

usage: pytest in this folder, as root, on a finished build (WP_BUILD; default: build-demo)."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
DEMO = TOP / "tools" / "demo"
BUILD = os.environ.get("WP_BUILD", str(TOP / "build-demo"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes(text):
    """(pid, command line) of the processes whose command line contains the text, except this one."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(text) in line and int(entry.name) != os.getpid():
                found.append((int(entry.name), line))
    return found


def servers(run):
    """How many of each kind run in RUN; httpd's children count as one."""
    lines = [line for _, line in processes(run)]
    return {"httpd": any("apache2" in line and "httpd.conf" in line for line in lines),
            "provider": sum("idp.mjs" in line for line in lines), "bank": sum("bank.py" in line for line in lines)}


ALL, NONE = {"httpd": True, "provider": 1, "bank": 1}, {"httpd": False, "provider": 0, "bank": 0}


class Demo:
    def __init__(self, run):
        self.run, self.port = run, free_port()

    def command(self, command, *more):
        return [DEMO, *([command] if command else []), "--dir", self.run, *(["--port", str(self.port), "--build", BUILD] if command != "stop" else []), *more]

    def __call__(self, command, *more):
        return subprocess.run(self.command(command, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)

    @contextlib.contextmanager
    def begun(self, command="start", until=None):
        """tools/demo at work, in its own process group as in a terminal; .said is its output up to the words in until."""
        # tests that run in the background ignore the signals that a terminal sends
        work = subprocess.Popen(["env", "--default-signal=INT,HUP", *self.command(command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                start_new_session=True)
        try:
            work.said = ""
            while until and until not in work.said:
                line = work.stdout.readline()
                assert line, work.said
                work.said += line
            yield work
        finally:
            if work.poll() is None:
                work.terminate()
            work.communicate(timeout=120)

    def rest(self):
        """Waits a little: a process that was told to end may take a moment."""
        end = time.monotonic() + 5
        while processes(self.run) and time.monotonic() < end:
            time.sleep(0.1)
        return processes(self.run)


@pytest.fixture(scope="module")
def kept():
    """One RUN for all tests, so that what is made only once is made once."""
    run = tempfile.mkdtemp(prefix="wp-demo-", dir="/var/tmp")
    os.chmod(run, 0o755)
    yield run
    subprocess.run([DEMO, "stop", "--dir", run], check=True, timeout=120)
    shutil.rmtree(run)


@pytest.fixture
def demo(kept):
    yield Demo(kept)
    subprocess.run([DEMO, "stop", "--dir", kept], check=True, timeout=120)
    assert not processes(kept)


# --- options ---

@pytest.mark.parametrize("options, words", [
    (["--customers", "many"], "--customers is a number from 0 to 100000"), (["--customers", "-5"], "--customers is a number"),
    (["--customers", "100001"], "--customers is a number"), (["--customers"], "--customers wants a value"),
    (["--customers", "1.5"], "--customers is a number"), (["--customers", ""], "--customers wants a value"),
    (["--port", "0"], "--port is a number from 1 to 65535"), (["--port", "65536"], "--port is a number"),
    (["--port", "99999999999999999999"], "--port is a number"),
    (["--port", "https"], "--port is a number"), (["--port"], "--port wants a value"), (["--port", "--db"], "--port wants a value"),
    (["--db", "mysql"], "--db is sqlite or pgsql"), (["--db"], "--db wants a value"), (["--dir"], "--dir wants a value"),
    (["--build", "/var/tmp/a b"], "no spaces"), (["--dir", "/var/tmp/a b"], "no spaces"), (["--dir", '/var/tmp/a"b'], "no spaces"),
    (["--dir", "/var/tmp/a&b"], "no spaces"), (["--dir", "/etc/passwd"], "is no folder"), ([], "cannot get there"),
    (["--faster"], "unknown: --faster"), (["restart"], "unknown: restart"), (["--port", "8443", "start"], "unknown: start"),
])
@pytest.mark.parametrize("command", ["start", None])
def test_a_bad_option_is_refused_before_anything_is_made(options, words, command, tmp_path):
    place = tmp_path / "run"  # closed to httpd
    given = options if "--dir" in options else ["--dir", place, *options]
    if "--build" not in options:
        given = ["--build", tmp_path / "build", *given]
    done = subprocess.run([DEMO, *([command] if command else []), *given], capture_output=True, text=True, timeout=20)
    assert done.returncode == 1 and words in done.stderr and done.stderr.startswith("demo: ") and done.stdout == "", done
    assert not list(tmp_path.iterdir())


def test_a_port_with_zeros_in_front_is_no_octal_number(demo):
    with socket.create_server(("127.0.0.1", demo.port)):
        demo.run = f"{demo.run}/new"
        done = demo("start", "--port", f"{demo.port:07d}")
    assert done.returncode == 1 and f"port {demo.port} is taken" in done.stdout and not os.path.exists(demo.run)


@pytest.mark.parametrize("command, status, words", [("stop", 0, ""), ("status", 3, "not running\n")])
def test_where_nothing_is_nothing_is_made(command, status, words, tmp_path):
    os.chmod(tmp_path, 0o755)
    for place in (tmp_path / "none", tmp_path / "deep" / "none", tmp_path):
        done = subprocess.run([DEMO, command, "--dir", place], capture_output=True, text=True, timeout=20)
        assert (done.returncode, done.stdout, done.stderr) == (status, words, "")
        assert not list(tmp_path.iterdir())


# --- start, status, stop ---

def test_it_says_what_it_does_and_what_there_is(demo):
    begun = demo("start", "--customers", "0")
    assert begun.returncode == 0, begun.stdout
    for step in ("packages of Debian", "building", "demo data", "identity provider", "bank", "httpd"):
        assert step in begun.stdout.split("The portal:")[0], step
    assert servers(demo.run) == ALL
    lines = pathlib.Path(demo.run, "demo.env").read_text().splitlines()
    assert f'PORTAL_URL="https://portal.localhost:{demo.port}/portal/"' in lines
    for user in ("root", "nobody"):  # in a RUN that others may enter, status works for them, too
        told = subprocess.run(["runuser", "-u", user, "--", "bash", DEMO, "status", "--dir", demo.run], capture_output=True, text=True, timeout=20, cwd="/")
        assert told.returncode == 0 and told.stdout.startswith(f"running: https://portal.localhost:{demo.port}/portal/ (pid "), told
    again = demo("start")
    assert again.returncode == 1 and "it runs already" in again.stdout and servers(demo.run) == ALL
    assert subprocess.run(["runuser", "-u", "nobody", "--", "bash", DEMO, "stop", "--dir", demo.run], capture_output=True, cwd="/").returncode == 1
    assert demo("stop").returncode == 0 and servers(demo.run) == NONE
    assert demo("status").stdout == "not running\n"


@pytest.mark.parametrize("words, how", [
    # in the middle of its longer steps
    *((words, signal.SIGINT) for words in ("building", "demo data", "identity provider\n", "httpd")),
    ("building", signal.SIGTERM), ("demo data", signal.SIGHUP)])
def test_an_interrupt_leaves_nothing(demo, words, how):
    with demo.begun(until=words) as work:
        time.sleep(0.15)
        if how == signal.SIGINT:  # as the terminal does
            os.killpg(work.pid, how)
        else:
            work.send_signal(how)
        work.communicate(timeout=120)
    assert work.returncode == 128 + how and demo.rest() == []
    assert not pathlib.Path(demo.run, "demo.env").exists() and demo("status").returncode == 3


def test_another_start_while_one_is_at_work_is_refused(demo):
    with demo.begun(until="demo data") as work:
        assert "starting or stopping" in demo("status").stdout
        other = demo("start")
        assert other.returncode == 1 and f"another tools/demo (process {work.pid}) is at work" in other.stdout
        said, _ = work.communicate(timeout=120)
        assert work.returncode == 0, said
    assert servers(demo.run) == ALL


def test_stop_ends_a_start_that_is_at_work(demo):
    with demo.begun(until="demo data") as work:
        assert demo("stop").returncode == 0
        work.communicate(timeout=120)
    assert work.returncode == 128 + signal.SIGTERM and demo.rest() == []


@pytest.mark.parametrize("words, program", [("identity provider\n", "idp.mjs"), ("httpd", "httpd.conf")])
def test_what_a_killed_start_left_is_ended_by_the_next(demo, words, program):
    """Killed as soon as that server is there: a moment later the start would be done."""
    with demo.begun(until=words) as work:
        end = time.monotonic() + 30
        while not [line for _, line in processes(demo.run) if program in line] and time.monotonic() < end:
            time.sleep(0.01)
        work.kill()
        work.communicate(timeout=120)
    assert demo("start").returncode == 0
    assert servers(demo.run) == ALL


def test_after_a_crash_of_httpd_the_rest_is_not_started_twice(demo):
    assert demo("start").returncode == 0
    for pid, line in processes(f"{demo.run}/httpd.conf"):
        os.kill(pid, signal.SIGKILL)
    assert "not running" in demo("status").stdout
    before = {pid for pid, line in processes(demo.run)}
    assert demo("start").returncode == 0 and servers(demo.run) == ALL
    assert not before & {pid for pid, line in processes(demo.run)}


def test_numbers_of_others_in_stale_pid_files_are_left_alone(demo):
    """After a restart of the machine any program may have these pids, including the system's httpd and PostgreSQL."""
    assert demo("start").returncode == 0 and demo("stop").returncode == 0
    with subprocess.Popen(["sleep", "300"]) as other:
        for name in ("httpd.pid", "idp.pid", "bank.pid", "lock"):
            pathlib.Path(demo.run, name).write_text(f"{other.pid}\n")
        editor = subprocess.Popen(["tail", "-f", f"{demo.run}/httpd.conf"], stdout=subprocess.DEVNULL)
        try:
            assert demo("status").returncode == 3
            assert demo("stop").returncode == 0
            for name in ("httpd.pid", "idp.pid", "bank.pid", "lock"):
                pathlib.Path(demo.run, name).write_text(f"{other.pid}\n")
            assert demo("start").returncode == 0 and demo("stop").returncode == 0
            assert other.poll() is None and editor.poll() is None
        finally:
            other.kill()
            editor.kill()
            editor.wait()


@pytest.mark.parametrize("how", ["interrupt", "stop"])
def test_in_the_foreground_it_follows_until_it_ends(demo, how):
    with demo.begun(command=None, until="To stop:") as work:
        assert servers(demo.run) == ALL
        if how == "interrupt":
            os.killpg(work.pid, signal.SIGINT)
        else:
            assert demo("stop").returncode == 0
        said, _ = work.communicate(timeout=60)
    assert work.returncode == 0 and "stopping" in said, said
    assert demo.rest() == []
