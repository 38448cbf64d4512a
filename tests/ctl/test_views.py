#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""docs/database.md over an invented billing system: its views satisfy every statement, and its role suffices."""
import re
import subprocess
import tempfile

from support import SOURCE, Directory, ctl, main

PGSQL = SOURCE / "tests/rig/lib/pgsql"

ERP = """
CREATE SCHEMA erp;
CREATE TABLE erp.client (id int, company boolean, name varchar, person_code varchar, reg_no varchar);
CREATE TABLE erp.board_member (client_id int, person_code varchar, since date, until date);
CREATE TABLE erp.object (id int, street varchar, house varchar, town varchar, postcode varchar, cadastre varchar);
CREATE TABLE erp.contract (number varchar, client_id int, object_id int, signed date, ended date, boundary varchar, reference varchar,
                           post char(1), post_to varchar);
CREATE TABLE erp.meter (id int, contract_number varchar, point_id int, list_no int, place varchar, serial varchar, size varchar, digits int,
                        decimals int, radio boolean, installed date, removed date, verified date, verified_until date);
CREATE TABLE erp.reading (id int, meter_id int, day date, cubic_metres numeric(12, 3), source char(1), external_id varchar);
CREATE TABLE erp.notice (id int, planned boolean, title varchar, place varchar, begins timestamptz, ends timestamptz, text varchar,
                         closed boolean);
CREATE TABLE erp.notice_object (notice_id int, object_id int);
CREATE TABLE erp.invoice (number varchar, contract_number varchar, issued date, due date, period_from date, period_until date,
                          net numeric(12, 2), vat numeric(12, 2), total numeric(12, 2), balance numeric(12, 2));
CREATE TABLE erp.invoice_line (invoice_number varchar, line int, article varchar, text varchar, meter_id int, cubic_metres numeric(12, 3),
                               price numeric(12, 4), net numeric(12, 2), vat_percent numeric(5, 2));
CREATE TABLE erp.payment (id int, line int, contract_number varchar, invoice_number varchar, day date, amount numeric(12, 2), external_id varchar);
CREATE TABLE erp.seal (number varchar, meter_id int, set_on date, removed date);
CREATE TABLE erp.service (contract_number varchar, kind char(1), price_list varchar, since date, until date);
CREATE TABLE erp.tariff (kind char(1), price_list varchar, since date, price numeric(8, 4), vat numeric(4, 2));
CREATE TABLE erp.document (id int, contract_number varchar, kind char(1), number varchar, title varchar, issued date);
CREATE TABLE erp.act (number varchar, contract_number varchar, kind char(1), registered date, visited timestamptz, town varchar, reason varchar,
                      findings varchar, to_mend varchar, mend_by date, remarks varchar);
CREATE TABLE erp.act_meter (act_number varchar, line int, meter_id int, part char(1), cubic_metres numeric(12, 3), seal varchar, seal_state char(1));
CREATE TABLE erp.act_person (act_number varchar, line int, name varchar, side char(1), post varchar, signed boolean);
INSERT INTO erp.client VALUES (1, false, 'Anna', '010180-15097', NULL);
INSERT INTO erp.object VALUES (1, 'Dzirnavu iela', '140', 'Rīga', '1050', NULL);
INSERT INTO erp.contract VALUES ('10-1', 1, 1, '2020-01-02', NULL, 'Aka', 'RF1', 'E', 'a@b.lv');
INSERT INTO erp.meter VALUES (1, '10-1', 1, 1, NULL, 'S1', NULL, 5, 3, false, '2024-02-29', NULL, '2024-01-01', '2027-12-31');
INSERT INTO erp.reading VALUES (1, 1, '2026-10-31', 130.5, 'W', NULL);
INSERT INTO erp.service VALUES ('10-1', 'U', 'A', '2020-01-02', NULL);
INSERT INTO erp.tariff VALUES ('U', 'A', '2024-03-01', 1.17, 21);
INSERT INTO erp.act VALUES ('A-1', '10-1', 'P', '2024-02-29', '2024-02-29 10:20:00+02', 'Rīga', NULL, 'Noplombēts', NULL, NULL, NULL);
INSERT INTO erp.act_meter VALUES ('A-1', 1, 1, 'P', 0, 'PU-1', 'U');
INSERT INTO erp.invoice VALUES ('26/1', '10-1', '2026-10-31', '2026-11-20', '2026-10-01', '2026-10-31', 12.34, 2.59, 14.93, 14.93);
INSERT INTO erp.invoice_line VALUES ('26/1', 1, 'UD', NULL, 1, 10.547, 1.17, 12.34, 21);
INSERT INTO erp.payment VALUES (1, 1, '10-1', '26/1', '2026-11-20', 14.93, NULL);
"""


class Views(Directory):
    def setUp(self):
        super().setUp()
        cluster = tempfile.mkdtemp(prefix="wpv")
        self.addCleanup(subprocess.run, [PGSQL, "remove", cluster], check=True)
        started = subprocess.run([PGSQL, "start", cluster], capture_output=True, text=True, timeout=120)
        if started.returncode == 77:
            self.skipTest(started.stderr)
        self.params = started.stdout.strip()

    def psql(self, sql, params=None):
        return subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", params or self.params], input=sql, check=True,
                              capture_output=True, text=True, timeout=60).stdout.strip()

    def test_the_example_is_all_that_is_needed(self):
        blocks = re.findall(r"```sql\n(.*?)```", (SOURCE / "docs/database.md").read_text(encoding="utf-8"), re.S)
        self.assertEqual(len(blocks), 2)
        self.psql(ERP)
        for block in blocks:
            self.psql(block)
        portal = ("pgsql", re.sub(r"user=\S+", "user=waterportal", self.params))
        self.done(ctl(portal, "upgrade"))
        self.assertIn("statements, 0 faulty", self.done(ctl(portal, "check")))
        self.assertEqual(self.psql("SELECT customer_no, person_code FROM billing_customer", portal[1]), "1|PNOLV-01018015097")
        self.assertEqual(self.psql("SELECT read_on, value_l, kind FROM billing_reading", portal[1]), "2026-10-31|130500|customer")
        self.assertEqual(self.psql("SELECT i.total_c, l.service, l.quantity_l, l.price, l.vat_rate, p.amount_c FROM billing_invoice i, billing_invoice_line l, "
                                   "billing_payment p", portal[1]), "1493|water|10547|11700|2100|1493")
        self.assertEqual(self.psql("SELECT service, since, price, vat_rate FROM billing_tariff", portal[1]), "water|2024-03-01|11700|2100")
        self.assertEqual(self.psql("SELECT kind, visited_at, part, value_l, seal_state FROM billing_act JOIN billing_act_meter USING (act_no)",
                                   portal[1]), "sealing|2024-02-29T08:20:00Z|sealed|0|set")
        self.assertEqual(self.psql("SELECT delivery, delivery_to, verified_on FROM billing_contract JOIN billing_meter USING (contract_no)",
                                   portal[1]), "email|a@b.lv|2024-01-01")
        self.assertEqual(self.psql("SELECT invoice_no, total_c, open_c FROM billing_invoice", portal[1]), "26/1|1493|1493")

    def test_without_views_the_upgrade_says_what_to_do(self):
        result = ctl(("pgsql", self.params), "upgrade")
        self.assertEqual(result.returncode, 4)
        self.assertIn("make the views first", result.stderr)


if __name__ == "__main__":
    main()
