#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The man pages describe the commands as they are: every subcommand and option, and none that does not exist."""
import re
import shutil
import subprocess
import unittest

from support import SOURCE, main, run

MANUALS = {path.stem: path for path in sorted((SOURCE / "tools").rglob("*.8"))}
EVERY = "every command"  # the heading that waterportalctl --help gives to the options all commands have


def from_help(text):
    """{command: its options} of waterportalctl --help."""
    found = {}
    for line in text.splitlines():
        heading, option = re.match(r"([a-z][a-z -]*):", line), re.match(r"  --([a-z-]+)", line)
        if heading:
            current = found.setdefault(heading[1], set())
        elif option:
            current.add(option[1])
    return {command: options for command, options in found.items() if command not in ("usage", "exit status")}


def from_manual(text):
    """{command: its options} of a man page: each .SS below COMMANDS, and the section about every command."""
    plain = text.replace("\\-", "-")
    found = {}
    for section in re.split(r"^\.SH ", plain, flags=re.M):
        if section.startswith("COMMANDS"):
            for part in re.split(r"^\.SS ", section, flags=re.M)[1:]:
                found[part.split("\n", 1)[0]] = tagged(part)
        elif section.startswith("OPTIONS OF EVERY COMMAND"):
            found[EVERY] = tagged(section)
    return found


def tagged(section):
    return {option for line in re.findall(r"^\.TP\n(.*)$", section, re.M) for option in re.findall(r"--([a-z-]+)", line)}


def differences(told, written):
    """What one of them has and the other has not."""
    return [f"{command}: {option or 'the command'}" for command in sorted(told.keys() | written.keys())
            for option in sorted(told.get(command, {""}) ^ written.get(command, {""}))]


class Manuals(unittest.TestCase):
    def test_waterportalctl_is_described_as_it_is(self):
        told = from_help(run("--help").stdout)
        self.assertGreater(len(told), 8)
        self.assertGreater(len(told[EVERY]), 8)
        text = MANUALS["waterportalctl"].read_text(encoding="utf-8")
        self.assertEqual(differences(told, from_manual(text)), [])
        lacking = from_manual(text.replace('.BI \\-\\-keep " NAME=DAYS"', "").replace(".SS cases", ".SS matters"))
        self.assertIn("tidy: keep", differences(told, lacking))
        self.assertIn("cases: the command", differences(told, lacking))

    def test_waterportal_issuers_is_described_as_it_is(self):
        tool = next((SOURCE / "tools").rglob("waterportal-issuers"))
        usage = subprocess.run([tool, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
        told = {}
        for command in re.search(r"\{([a-z,]+)\}", usage)[1].split(","):
            text = subprocess.run([tool, command, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
            told[command] = set(re.findall(r"^  (?:-h, )?--([a-z-]+)", text, re.M)) - {"help"}
        self.assertEqual(set(told), {"conf", "fetch", "check"})
        self.assertEqual(differences(told, from_manual(MANUALS["waterportal-issuers"].read_text(encoding="utf-8"))), [])

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_they_are_set_without_a_warning(self):
        for path in MANUALS.values():
            told = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8", "-K", "utf8", path], capture_output=True, text=True, timeout=60)
            self.assertEqual(told.stderr, "", path)


if __name__ == "__main__":
    main()
