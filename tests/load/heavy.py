#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What one customer's downloads cost everybody else: 12 threads of the property manager ask for the archive of own data,
while others open pages.

    tests/load/heavy.py RUN [SECONDS]      RUN: the folder of a portal that tools/demo started
"""
import concurrent.futures
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "http"))
import conftest
import portal

THREADS, VISITORS, PATH = 12, 2, "/portal/account/export.zip"


def children(rig):
    return [p for p in pathlib.Path("/proc").iterdir() if p.name.isdigit() and parent(p) == str(rig.apache_pid)]


def status(process, name):
    try:
        return next((line.split()[1] for line in (process / "status").read_text().splitlines() if line.startswith(name + ":")), "0")
    except OSError:
        return "0"


def parent(process):
    return status(process, "PPid")


def same_session(rig, browser):
    copy = rig.browser()
    copy.jar = dict(browser.jar)
    return copy


def timed(rig, browser, path, end):
    """(seconds, status) of each answer till the end."""
    own, answers = same_session(rig, browser), []
    while time.monotonic() < end:
        begun = time.monotonic()
        answer = own.get(path).status
        answers.append((time.monotonic() - begun, answer))
    return answers


def measure(rig, manager, visitor, seconds, threads):
    end, largest = time.monotonic() + seconds, 0
    with concurrent.futures.ThreadPoolExecutor(THREADS + VISITORS) as pool:
        heavy = [pool.submit(timed, rig, manager, PATH, end) for _ in range(threads)]
        light = [pool.submit(timed, rig, visitor, "/portal/home", end) for _ in range(VISITORS)]
        while time.monotonic() < end:
            largest = max([largest, *(int(status(p, "RssAnon")) for p in children(rig))])
            time.sleep(0.05)
        return [a for t in heavy for a in t.result()], [a for t in light for a in t.result()], largest


def told(answers):
    counts = {code: sum(s == code for _, s in answers) for code in sorted({s for _, s in answers})}
    return ", ".join(f"{code}: {count}" for code, count in counts.items())


def main(run, seconds=15):
    rig = conftest.Rig(run)
    manager, visitor = rig.browser(), rig.browser()
    portal.login(manager, "peteris")
    portal.login(visitor, "load0001")
    print(f"archive: {len(manager.get(PATH).body) // 1024} KB")
    for threads in (0, THREADS):
        heavy, light, largest = measure(rig, manager, visitor, float(seconds), threads)
        cuts = statistics.quantiles([s for s, _ in light], n=100)
        print(f"{threads:2} threads: pages {told(light)}; median {statistics.median(s for s, _ in light) * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; "
              f"largest child {largest // 1024} MB; archives {told(heavy) or '-'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
