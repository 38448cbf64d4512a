#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The instrument itself: what AddressSanitizer, UBSan and pools.c must report, and what not.

`make check` runs it in the build directory, the cases of misuse.c as a program and in the stock httpd, a process each."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("srcdir", Path(__file__).resolve().parents[2])).resolve()
PRELOAD = Path("tests/asan/preload").read_text(encoding="utf-8").strip()
EXPECTED = {
    "overflow": r"heap-buffer-overflow[\s\S]*WRITE of size 1[\s\S]* 0 bytes to the right of 24-byte region",
    "underflow": r"heap-buffer-overflow[\s\S]*READ of size 1[\s\S]* 1 bytes to the left of 8-byte region",
    "copy": r"heap-buffer-overflow[\s\S]* 0 bytes to the right of 8-byte region",
    "print": r"heap-buffer-overflow[\s\S]* 0 bytes to the right of 8-byte region",
    "array": r"heap-buffer-overflow[\s\S]* 0 bytes to the right of 16-byte region",
    "cleared": r"heap-use-after-free[\s\S]*freed by thread[\s\S]*apr_pool_clear",
    "destroyed-with-parent": r"heap-use-after-free[\s\S]*freed by thread[\s\S]*apr_pool_clear",
    "leak": r"Direct leak of 12 byte\(s\) in 1 object[\s\S]* in leak ",
    "stack": r"stack-buffer-overflow",
    "undefined": r"misuse\.c:\d+:\d+: runtime error: signed integer overflow[\s\S]*#0 0x\w+ in undefined ",
}


def reported(command, **environment):
    """How the command ended, and what was written where the HTTP suite has its reports written."""
    with tempfile.TemporaryDirectory(prefix="wpasan") as directory:
        options = f"log_path={directory}/report:print_stacktrace=1"
        environment = dict(os.environ, ASAN_OPTIONS=options, UBSAN_OPTIONS=options, **environment)
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        reports = "".join(file.read_text(encoding="utf-8", errors="replace") for file in Path(directory).iterdir())
        return ended, reports


def program(name):
    return reported([SOURCE / "tests/asan/run", "tests/asan/misuse", name])


def httpd(name, preload=PRELOAD):
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as conf:
        conf.write(f"""ServerName localhost
PidFile {conf.name}.pid
ErrorLog /dev/stderr
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule misuse_module {Path("tests/asan/.libs/mod_misuse.so").resolve()}
Misuse {name}
""")
        conf.flush()
        return reported(["apache2", "-t", "-d", "/", "-f", conf.name], LD_PRELOAD=preload)


class Instrument(unittest.TestCase):
    def test_mistakes_are_reported(self):
        for name, pattern in EXPECTED.items():
            for run in program, httpd:
                with self.subTest(case=name, run=run.__name__):
                    ended, reports = run(name)
                    self.assertRegex(reports, pattern, ended.stdout + ended.stderr)
                    self.assertNotEqual(ended.returncode, 0)

    def test_what_is_right_is_not_reported(self):
        for run in program, httpd:
            with self.subTest(run=run.__name__):
                ended, reports = run("proper")
                self.assertEqual((ended.returncode, reports), (0, ""), ended.stdout + ended.stderr)

    def test_every_case_is_expected(self):
        cases = re.findall(r'\{"([\w-]+)", \w+\}', (SOURCE / "tests/asan/misuse.c").read_text(encoding="utf-8"))
        self.assertEqual(sorted(cases), sorted([*EXPECTED, "proper"]))

    def test_pools_are_seen_only_with_their_own_part(self):
        """Else pools.c would not be what the cases above are about."""
        ended, reports = httpd("cleared", preload=PRELOAD.partition(":")[0])
        self.assertEqual((ended.returncode, reports), (0, ""), ended.stdout + ended.stderr)


if __name__ == "__main__":
    unittest.main()
