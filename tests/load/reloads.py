# SPDX-License-Identifier: Apache-2.0
"""What a visitor waits while httpd reads its configuration again."""
import contextlib
import threading
import time

import measure

AHEAD = "a reload takes them at once"


def visits(rig, ends, waits):
    """Visitors, one after the other, each on a connection of its own: what each waited, in seconds."""
    while not ends.is_set():
        began = time.monotonic()
        while True:  # whose connection is closed in his face tries again
            with contextlib.suppress(OSError, measure.portal.http.client.HTTPException):
                if rig.browser().get("/portal/public/privacy").status == 200:
                    break
        waits.append(time.monotonic() - began)


def longest_wait(rig):
    ends, waits = threading.Event(), []
    visitors = [threading.Thread(target=visits, args=(rig, ends, waits)) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    time.sleep(1)
    rig.graceful()
    time.sleep(1)
    ends.set()
    for visitor in visitors:
        visitor.join()
    return max(waits) * 1000


def write_theme(rig, words):
    folder = rig.run / "etc" / "theme" / "l10n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lv.xml").write_text(f'<texts lang="lv" plural="lv"><text key="privacy.title">{words}</text></texts>')
    return f"WaterPortalThemeDirectory {folder.parent}\n"


def compiled_ahead(rig, words):
    offset = rig.error_log.stat().st_size
    write_theme(rig, words)
    rig.wait_for_log(AHEAD, offset, 60)


def measure_reloads(rounds):
    """(what, longest waits in ms of each round)"""
    with measure.server("sqlite", 20) as rig:
        rig.configure(write_theme(rig, "0"))
        cases = {"nothing changed": lambda n: None, "a theme changed just before": lambda n: write_theme(rig, f"a{n}"),
                 "a theme changed half a minute before": lambda n: compiled_ahead(rig, f"b{n}")}
        calm = [longest_visit_without(rig) for _ in range(rounds)]
        yield "no reload", calm
        for name, prepare in cases.items():
            waits = []
            for number in range(rounds):
                prepare(number)
                waits.append(longest_wait(rig))
            yield name, waits


def longest_visit_without(rig):
    ends, waits = threading.Event(), []
    visitors = [threading.Thread(target=visits, args=(rig, ends, waits)) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    time.sleep(2)
    ends.set()
    for visitor in visitors:
        visitor.join()
    return max(waits) * 1000
