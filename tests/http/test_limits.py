# SPDX-License-Identifier: Apache-2.0
"""What one person can cause (docs/limits.md): heavy work one at a time, and what a customer may send to others."""
import concurrent.futures
import hashlib
import os
import signal
import subprocess
import sys
import time

import pytest

import steps

HEAVY = ["/portal/account/export.zip", "/portal/overview/consumption.csv", "/portal/overview/invoices.csv", "/portal/overview", "/portal/overview/money"]

HOLD = """
F_OFD_SETLKW = 38
import fcntl, os, signal, struct, sys, time
signal.alarm(60)  # who has just been answered gives its place back a moment later
file = os.open(sys.argv[1], os.O_RDWR)
for byte in map(int, sys.argv[2:]):
    fcntl.fcntl(file, F_OFD_SETLKW, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0))
signal.alarm(0)
print("held", flush=True)
time.sleep(600)
"""


def hold(rig, *names):
    """Another process of this machine that has these places, until it is killed."""
    bytes_ = [str(int(hashlib.sha256(name.encode()).hexdigest()[:14], 16)) for name in names]
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(rig.run / "state" / "waterportal-places"), *bytes_], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def tag(rig, person):
    """The person's tag, as the audit log has it."""
    return rig.sql("SELECT actor_tag FROM portal_audit WHERE account_id = ? AND actor_kind = 'customer' LIMIT 1", person.account)[0][0]


@pytest.fixture(scope="module")
def person(rig):
    browser = steps.visitor(rig)
    browser.account = rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]
    return browser


@pytest.fixture(scope="module")
def other(rig):
    return steps.visitor(rig)


@pytest.mark.parametrize("path", HEAVY)
def test_one_at_a_time_whichever_process_has_it(rig, person, path):
    """A second request waits a moment and then gets a page that says so; a killed process blocks nobody."""
    assert person.get(HEAVY[0]).status == 200  # writes the tag down
    holder = hold(rig, f"heavy|{tag(rig, person)}")
    try:
        begun = time.monotonic()
        page = person.get(path)
        assert page.status == 429 and page.header("Retry-After") == "5" and "iepriekšējais pieprasījums" in page.title
        assert 2.5 < time.monotonic() - begun < 20
        assert person.get("/portal/home").status == 200, "everything else goes on"
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert person.get(path).status == 200


def test_a_third_is_told_at_once(rig, person):
    assert person.get(HEAVY[0]).status == 200
    holder = hold(rig, f"heavy|{tag(rig, person)}", f"waits|{tag(rig, person)}")
    try:
        begun = time.monotonic()
        assert person.get(HEAVY[0]).status == 429
        assert time.monotonic() - begun < 2.5, "it does not hold a thread"
    finally:
        holder.kill()
        holder.wait()


def test_twelve_at_once_leave_the_portal_to_others(rig, other, login):
    """12 threads of one customer made everybody 503 (and took 1 GB a child)."""
    person = rig.browser()
    login(person, "peteris")
    assert person.get(HEAVY[0]).status == 200
    end, statuses, slowest = time.monotonic() + 5, [], 0.0

    def exports():
        browser = rig.browser()
        browser.jar = dict(person.jar)
        while time.monotonic() < end:
            statuses.append(browser.get(HEAVY[0]).status)

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        attackers = [pool.submit(exports) for _ in range(12)]
        while time.monotonic() < end:
            begun = time.monotonic()
            assert other.get("/portal/home").status == 200
            slowest = max(slowest, time.monotonic() - begun)
        for attacker in attackers:
            attacker.result()
    assert set(statuses) == {200, 429}, "a person is served one after the other"
    assert slowest < 5


def test_nothing_is_left_on_the_disk(rig, person):
    before = set(os.listdir("/tmp"))
    assert person.get(HEAVY[0]).status == 200
    assert not [name for name in set(os.listdir("/tmp")) - before if name.startswith("waterportal-")]
