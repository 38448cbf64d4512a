#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""waterportalctl check: each thing that can be wrong is found, named and numbered; what it is told by httpd's configuration."""
import json
import os
import re
import shutil
import sqlite3
import subprocess

from support import SOURCE, Directory, ctl, main, run

SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef\n"


class Check(Directory):
    def check(self, *arguments, database=None):
        return ctl(database or self.database(), "check", *arguments)

    def found(self, result, number, *words):
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        lines = [line for line in result.stdout.splitlines() if line.startswith(number + " ") or line.startswith(number + ":")]
        self.assertEqual(len(lines), 1, result.stdout)
        for word in words:
            self.assertIn(word, lines[0])

    def test_all_is_well(self):
        out = self.done(self.check("--issuers", SOURCE / "conf/issuers.json", "--secret", self.write("secret", SECRET, 0o600)))
        for line in ("3 issuers", "secret can be used", "stylesheets, 0 faulty", "statements, 0 faulty", "all well"):
            self.assertIn(line, out)

    def test_what_is_not_looked_at_is_said(self):
        out = self.done(self.check())
        self.assertIn("issuers not looked at", out)
        self.assertIn("secret not looked at", out)

    def test_what_the_portal_is_made_of(self):
        """Without a database or a configuration; every table has rows, and each field of a form its type."""
        made = json.loads(self.done(run("check", "--dump")))
        self.assertEqual(set(made), {"sections", "routes", "rights", "levels", "codes", "page_codes", "findings", "log", "limits", "messages",
                                     "retention", "thresholds"})
        self.assertTrue(all(made.values()) and all(made["codes"].values()))
        routes = {(route["section"], route["name"]): route for route in made["routes"]}
        form = routes["readings", "form"]
        self.assertEqual((form["path"], form["need"], form["contract"], form["right"]), ("", "customer", "required", "submit"))
        self.assertEqual({f["name"]: f["type"] for f in form["form"]["fields"]}["value"], "volume")
        self.assertEqual({event["number"]: event["id"] for event in made["log"]}[201], "WP_EV_DB_DOWN")
        self.assertIn({"code": "not_found", "audience": "PERSON"}, made["page_codes"])

    def test_a_database_that_is_not_there(self):
        result = self.check(database=("sqlite3", self.path("none.db")))
        self.assertEqual(result.returncode, 3)
        self.assertIn("WP0601", result.stdout)
        self.assertFalse(os.path.exists(self.path("none.db")), "check made a database")

    def test_a_schema_that_was_never_made(self):
        database = ("sqlite3", self.path("empty.db"))
        sqlite3.connect(database[1]).close()
        open(database[1], "ab").close()
        result = self.check(database=database)
        self.assertIn("WP0602", result.stdout)
        self.assertIn("mend: run waterportalctl upgrade", result.stdout)

    def test_a_view_that_lacks_a_column(self):
        database = self.database()
        with sqlite3.connect(database[1]) as connection:
            connection.execute("alter table billing_contract rename column boundary to border")
        self.found(self.check(database=database), "WP0604", "contract_head", "contracts.sql")

    def test_a_statement_that_uses_a_clause_wrongly(self):
        """File and line of the statement, or of the clause if that is wrong itself."""
        shutil.copytree(SOURCE / "sql", self.path("sql"))
        for file, right, wrong, said in (("sections/home.sql", "{may a submit}", "{may a paid}", 'statement home_missing: {may a paid} "paid" is not a right'),
                                         ("sections/home.sql", "{held a}", "{hold a}", 'statement home_contracts: {hold a} there is no clause "hold"'),
                                         ("store/clauses.sql", "{in_force a}", "{in_force a a}", "clause held: {…} clause in_force needs 1 arguments, not 2")):
            text = (SOURCE / "sql" / file).read_text(encoding="utf-8")
            line = text[:text.index(right)].count("\n") + 1
            self.write(f"sql/{file}", text.replace(right, wrong, 1))
            result = run("check", "--driver", "sqlite3", "--params", self.path("none.db"), "--sql", self.path("sql"))
            self.write(f"sql/{file}", text)
            self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
            self.assertRegex(result.stderr, rf"{file.partition('/')[2]}:{line}: " + re.escape(said))

    def test_ids_that_cannot_stand_in_addresses(self):
        """docs/database.md, "Ids of billing": what nobody could see, type or ask for is told with its column and the reason."""
        database = self.database()
        self.assertIn("all well", self.done(self.check(database=database)))
        bad = {"contract_no": " 10-1", "meter_id": "x" * 65, "point_id": "a\tb", "act_no": "..", "invoice_no": "i\u00a0"}
        with sqlite3.connect(database[1]) as connection:
            for n, id in enumerate([bad["contract_no"], "10-2 ", "2019/1234", "Ū B %", "a?#&;'\\\""]):
                connection.execute("insert into billing_contract (contract_no, customer_no, premises_id, signed_on) values (?, 'k', 'p', '2020-01-01')", (id,))
                connection.execute("insert into billing_invoice values (?, 'k', '2026-01-01', '2026-01-20', '2026-01-01', '2026-01-31', 0, 0, 0, 0)",
                                   (f"{n}/ņ",))
            connection.execute("insert into billing_meter (meter_id, contract_no, point_id, serial, digits, decimals, remote, installed_on) values "
                               "(?, 'k', ?, 's', 5, 3, 0, '2020-01-01')", (bad["meter_id"], bad["point_id"]))
            connection.execute("insert into billing_act (act_no, contract_no, kind, registered_on) values (?, 'k', 'sealing', '2020-01-01')", (bad["act_no"],))
            connection.execute("insert into billing_invoice values (?, 'k', '2026-01-01', '2026-01-20', '2026-01-01', '2026-01-31', 0, 0, 0, 0)",
                               (bad["invoice_no"],))
            connection.execute("insert into billing_act (act_no, contract_no, kind, registered_on) values ('', 'k', 'sealing', '2020-01-01')")
        result = self.check(database=database)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        lines = [line.partition(": ")[2] for line in result.stdout.splitlines() if line.startswith("WP0618 ")]
        lines = [line.partition("answer 404: ")[2] for line in lines]
        self.assertEqual(sorted(lines), sorted([
            'contract_no " 10-1" begins or ends with a blank', 'contract_no "10-2 " begins or ends with a blank',
            f'meter_id "{"x" * 65}" is longer than 64 characters', 'point_id "a?b" has a control character or a line end in it',
            'act_no ".." is a directory to browsers', 'act_no "" is empty', 'invoice_no "i\u00a0" begins or ends with a blank']))

    def agreements(self, days=400, short=None, **members):
        """A file of one agreement with keys of its own; the certificate of the bank is good for so many days, and the key of
        that name is too short."""
        for name, end in (("ours", 400), ("bank", days), ("other", 400)):
            bits = 2040 if name == short else 2048
            subprocess.run(["openssl", "req", "-x509", "-newkey", f"rsa:{bits}", "-nodes", "-subj", f"/CN={name}", "-days", str(end), "-keyout",
                            self.path(f"{name}.key"),
                            "-out", self.path(f"{name}.crt")], check=True, capture_output=True)
        row = {"key": "one", "way": "form", "profile": "vk-009", "name_by_language": {"lv": "Banka"}, "our_id": "UDENS", "bank_id": "BANKA",
               "url": "https://bank.example/",
               "iban": "LV80BANK0000435195001", "name": "Ūdens", "key_file": "ours.key", "certificate_file": "ours.crt", "bank_certificate_files": ["bank.crt"],
               **members}
        return self.write("agreements.json", json.dumps({"agreements": [{name: value for name, value in row.items() if value is not None}]}))

    def test_agreements_that_are_well(self):
        self.assertIn("all well", self.done(self.check("--agreements", self.agreements())))

    def test_a_certificate_that_is_not_of_our_key(self):
        self.found(self.check("--agreements", self.agreements(certificate_file="other.crt")), "WP0608", "one", "not of the key")

    def test_a_certificate_of_the_bank_that_ends_soon(self):
        self.found(self.check("--agreements", self.agreements(days=10)), "WP0608", "one", "within 30 days")

    def test_an_agreement_that_cannot_be_read(self):
        for member, value, word in (("iban", "LV00BANK", "iban"), ("url", "http://bank.example/", "https"), ("key_file", "none.key", "cannot be read"),
                                    ("key_file", "ours.crt", "key"),
                                    ("profile", "vk-007", "profile"), ("colour", "red", "misspelt"), ("bank_id", None, "bank_id")):
            with self.subTest(member=member):
                self.assertIn(word, self.check("--agreements", self.agreements(**{member: value})).stdout)

    def test_keys_that_are_too_short(self):
        for short, members in (("ours", {"certificate_file": None}), ("bank", {}), ("other", {"certificate_file": "other.crt"})):
            with self.subTest(short=short):
                self.found(self.check("--agreements", self.agreements(short=short, **members)), "WP0608", short, "at least 2048 bits")

    def test_a_bank_that_is_asked_and_is_not_there(self):
        file = self.agreements(way="swedbank", profile=None, bic="DEMOLV22", url="https://127.0.0.1:9/")
        self.found(self.check("--agreements", file), "WP0608", "one", "connect")

    def test_a_stylesheet_that_does_not_compile(self):
        shutil.copytree(SOURCE / "xslt", self.path("xslt"))
        self.write("xslt/sections/home.xsl", "<xsl:stylesheet")
        self.found(self.check("--xslt", self.path("xslt")), "WP0301", "home.xsl")

    def test_a_site_s_own_stylesheet_that_does_not_compile(self):
        os.makedirs(self.path("theme/sections"))
        self.write("theme/sections/start.xsl", "<xsl:stylesheet")
        result = self.check("--theme", self.path("theme"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("WP0301", result.stdout)
        self.assertIn("start.xsl", result.stdout)

    def test_issuers_that_cannot_be_read(self):
        issuers = json.loads((SOURCE / "conf/issuers.json").read_text())
        del issuers["issuers"][1]["person_code_claim"]
        self.found(self.check("--issuers", self.write("issuers.json", json.dumps(issuers))), "WP0605", "issuers[1]", "person_code_claim")
        self.found(self.check("--issuers", self.path("none.json")), "WP0605", "none.json")

    def test_a_secret_that_others_can_read_or_that_is_short(self):
        self.found(self.check("--secret", self.write("open", SECRET, 0o644)), "WP0606", "open")
        self.found(self.check("--secret", self.write("short", "abc\n", 0o600)), "WP0606", "short")


class Configuration(Directory):
    """--conf reads what httpd reads: Define, IfDefine, Include, continued lines; the last directive wins."""

    def site(self, lines):
        database = self.database()
        self.write("secret", SECRET, 0o600)
        os.mkdir(self.path("parts"))
        self.write("parts/a.conf", 'DBDriver pgsql\n<IfDefine !STATE>\nDefine STATE /nowhere\n</IfDefine>\nDBDParams '
                                   '"${STATE}/portal.db"\nRequestReadTimeout header=10-30,MinRate=500\n')
        self.write("parts/b.conf", "DBDriver \\\n  sqlite3\n<IfDefine !STATE>\n  <IfDefine STATE>\n  </IfDefine>\n  DBDriver none\n</IfDefine>\n")
        self.assertEqual(database[1], self.path("portal.db"))
        return self.write("site.conf", lines)

    def installed(self):
        """share, as an installation has it."""
        shutil.copytree(SOURCE / "xslt", self.path("share/xslt"))
        shutil.copytree(SOURCE / "sql", self.path("share/sql"))
        os.mkdir(self.path("share/assets"))
        self.write("share/assets/assets.list", "portal.css portal.1a2b3c4d.css\n")

    def test_a_site_of_several_files(self):
        self.installed()
        conf = self.site(f"""# DBDriver wrong
<VirtualHost *:443>
  Define STATE {self.directory.name}
  Include parts/*.conf
  IncludeOptional {self.path("parts")}/none*.conf
  WaterPortalDirectory "${{STATE}}/share"
  WaterPortalSecretFile ${{STATE}}/secret
  WaterPortalIssuersFile {SOURCE}/conf/issuers.json
  WaterPortalLanguages en
</VirtualHost>
""")
        out = self.done(run("check", "--conf", conf))
        self.assertIn("3 issuers", out)
        self.assertIn("database reached (sqlite3)", out)

    def test_the_command_line_comes_first(self):
        self.installed()
        conf = self.site(f"LoadModule reqtimeout_module x.so\nDBDriver pgsql\nDBDParams host=nowhere.invalid\nWaterPortalDirectory {self.path('share')}\n")
        out = self.done(run("check", "--conf", conf, "--driver", "sqlite3", "--params", self.path("portal.db")))
        self.assertIn("database reached (sqlite3)", out)

    def test_whether_slow_senders_are_bounded(self):
        self.installed()
        base = f"DBDriver sqlite3\nDBDParams {self.path('portal.db')}\nWaterPortalDirectory {self.path('share')}\n"
        conf = self.site(base)
        for lines, told in (("", True), ("LoadModule dbd_module x.so\n", True), ("LoadModule reqtimeout_module x.so\n", False),
                            ("RequestReadTimeout body=15\n", False),
                            ("RequestReadTimeout header=0 body=15\n", True), ("RequestReadTimeout header=20-40,MinRate=500\n", False)):
            with self.subTest(lines=lines):
                self.write("site.conf", base + lines)
                self.assertEqual("WP0105" in run("check", "--conf", conf).stdout, told)

    def test_every_fault_of_the_files_is_told_in_one_run(self):
        """The findings are those of configtest and of the start-up log: all of them, whatever else is wrong."""
        self.installed()
        os.unlink(self.path("share/assets/assets.list"))
        self.write("issuers.json", "{")
        os.mkfifo(self.path("agreements.json"))
        conf = self.site(f"DBDriver sqlite3\nDBDParams {self.path('portal.db')}\nWaterPortalDirectory {self.path('share')}\n"
                         f"WaterPortalIssuersFile {self.path('issuers.json')}\nWaterPortalSecretFile {self.path('none')}\n"
                         f"WaterPortalAgreementsFile {self.path('agreements.json')}\n")
        result = run("check", "--conf", conf)
        self.assertEqual(result.returncode, 1)
        for number, words in (("WP0605", "issuers.json"), ("WP0606", "none"), ("WP0607", "assets.list"), ("WP0608", "is no file")):
            self.assertTrue(any(line.startswith(number) and words in line for line in result.stdout.splitlines()), result.stdout)

    def test_a_name_that_nothing_defines(self):
        conf = self.site("DBDriver sqlite3\nDBDParams ${NOBODY_DEFINED_THIS}/portal.db\n")
        result = run("check", "--conf", conf)
        self.assertEqual(result.returncode, 2)
        self.assertIn("NOBODY_DEFINED_THIS", result.stderr)

    def test_files_that_include_each_other(self):
        conf = self.site(f"Include {self.path('site.conf')}\n")
        result = run("check", "--conf", conf)
        self.assertEqual(result.returncode, 2)
        self.assertIn("include each other", result.stderr)


if __name__ == "__main__":
    main()
