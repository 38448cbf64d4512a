-- SPDX-License-Identifier: Apache-2.0
-- The people, contracts and meters of the services' tests (tests/unit/service_fixture.h names them). It is
-- 2026-11-27 there. Ids are words, so that a failed test can be read.

delete from portal_reading; delete from portal_submission; delete from portal_delegation; delete from portal_contact_change;
delete from portal_outbox; delete from portal_token_use; delete from portal_token; delete from portal_erasure; delete from portal_consent;
delete from portal_credit; delete from portal_payment_paid; delete from portal_close;
delete from portal_payment_item; delete from portal_payment_event; delete from portal_payment; delete from portal_statement_entry;
delete from portal_registration_try; delete from portal_registration_turn; delete from portal_account_contract;
delete from portal_person_code; delete from portal_identity; delete from portal_account; delete from portal_audit;
delete from portal_form_result; delete from portal_allowance; delete from portal_case; delete from portal_session;
delete from billing_payment; delete from billing_invoice_line; delete from billing_invoice; delete from billing_reading; delete from billing_meter;
delete from billing_contract; delete from billing_premises; delete from billing_representative; delete from billing_customer;

insert into billing_customer (customer_no, kind, name, person_code, reg_no) values
 ('K1', 'person', 'Anna Bērziņa', 'PNOLV-01019012345', null),
 ('K2', 'company', 'SIA Ķieģelis', null, '40003000001'),
 ('K3', 'person', 'Dace Kalniņa', 'PNOLV-32000000003', null);
insert into billing_representative (customer_no, person_code, since, until) values
 ('K2', 'PNOLV-32000000002', '2020-01-01', null),
 ('K2', 'PNOLV-32000000009', '2020-01-01', '2026-11-26');
insert into billing_premises (premises_id, address, locality) values
 ('P1', 'Stokholmas iela 24-1', 'Rīga'), ('P2', 'Brīvības iela 1', 'Rīga'), ('P3', 'Krasta iela 5', 'Rīga'), ('P4', 'Miera iela 9', 'Rīga');
insert into billing_contract (contract_no, customer_no, premises_id, signed_on, ended_on) values
 ('10-00001', 'K1', 'P1', '2015-01-01', null),
 ('10-00002', 'K1', 'P2', '2015-01-01', null),
 ('20-00001', 'K2', 'P3', '2015-01-01', null),
 ('10-00003', 'K3', 'P4', '2015-01-01', '2026-10-31');
insert into billing_meter (meter_id, contract_no, point_id, position, place, serial, digits, decimals, remote, installed_on) values
 ('M1', '10-00001', 'T1', 1, 'Virtuve', '111', 5, 3, 0, '2020-01-01'),
 ('M2', '10-00001', 'T2', 2, 'Vanna', '222', 5, 3, 0, '2020-01-01'),
 ('M3', '10-00002', 'T3', 1, 'Pagrabs', '333', 5, 3, 0, '2020-01-01'),
 ('M4', '20-00001', 'T4', 1, 'Ievads', '444', 5, 3, 0, '2020-01-01'),
 ('M5', '10-00003', 'T5', 1, 'Ievads', '555', 5, 3, 0, '2020-01-01');
insert into billing_reading (reading_id, meter_id, read_on, value_l, kind) values
 ('B1', 'M1', '2026-08-28', 100000, 'customer'), ('B2', 'M1', '2026-09-28', 105000, 'customer'), ('B3', 'M1', '2026-10-28', 110000, 'customer'),
 ('B4', 'M2', '2026-08-28', 200000, 'customer'), ('B5', 'M2', '2026-09-28', 203000, 'customer'), ('B6', 'M2', '2026-10-28', 206000, 'customer'),
 ('B7', 'M3', '2026-10-28', 50000, 'customer'), ('B8', 'M4', '2026-10-28', 900000, 'customer'), ('B9', 'M5', '2026-10-28', 70000, 'customer');
insert into billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c) values
 ('I1', '10-00001', '2026-10-05', '2026-10-25', '2026-09-01', '2026-09-30', 1000, 210, 1210, 1210),
 ('I2', '10-00001', '2026-11-05', '2026-11-25', '2026-10-01', '2026-10-31', 2000, 420, 2420, 2420),
 ('I3', '10-00001', '2026-09-05', '2026-09-25', '2026-08-01', '2026-08-31', 1000, 210, 1210, 0),
 ('I4', '10-00002', '2026-11-05', '2026-12-05', '2026-10-01', '2026-10-31', 3000, 630, 3630, 3630),
 ('I5', '20-00001', '2026-11-05', '2026-12-05', '2026-10-01', '2026-10-31', 9000, 1890, 10890, 10890);

insert into portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at) values
 ('anna', 'Anna Bērziņa', 'lv', 'anna@example.org', '+37120000001', '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('karlis', 'Kārlis Ozols', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('dace', 'Dace Kalniņa', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('svesa', 'Sveša Persona', 'en', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('bijusi', 'Bijusī Pārstāve', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('lasa', 'Lasītājs', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('iesniedz', 'Iesniedzējs', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('maksa', 'Maksātāja', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('viss', 'Visu Drīkst', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('viens', 'Viens Skaitītājs', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
 ('vakar', 'Līdz Vakardienai', 'lv', null, null, '21-8', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
insert into portal_person_code (person_code, account_id, since) values
 ('PNOLV-01019012345', 'anna', '2026-01-01T00:00:00Z'), ('PNOLV-32000000002', 'karlis', '2026-01-01T00:00:00Z'),
 ('PNOLV-32000000003', 'dace', '2026-01-01T00:00:00Z'), ('PNOLV-32000000004', 'svesa', '2026-01-01T00:00:00Z'),
 ('PNOLV-32000000009', 'bijusi', '2026-01-01T00:00:00Z'),
 ('PNOLV-32000000011', 'lasa', '2026-01-01T00:00:00Z'), ('PNOLV-32000000012', 'iesniedz', '2026-01-01T00:00:00Z'),
 ('PNOLV-32000000013', 'maksa', '2026-01-01T00:00:00Z'), ('PNOLV-32000000014', 'viss', '2026-01-01T00:00:00Z'),
 ('PNOLV-32000000015', 'viens', '2026-01-01T00:00:00Z'), ('PNOLV-32000000016', 'vakar', '2026-01-01T00:00:00Z');
insert into portal_identity (issuer, subject, account_id, first_seen) values
 ('https://bank.example', 'anna', 'anna', '2026-01-01T00:00:00Z'), ('https://bank.example', 'karlis', 'karlis', '2026-01-01T00:00:00Z');
insert into portal_account_contract (account_id, contract_no, basis, registered_at, ended_at) values
 ('anna', '10-00001', 'customer', '2026-01-01T00:00:00Z', null), ('anna', '10-00002', 'customer', '2026-01-01T00:00:00Z', null),
 ('karlis', '20-00001', 'representative', '2026-01-01T00:00:00Z', null), ('dace', '10-00003', 'customer', '2026-01-01T00:00:00Z', null),
 ('bijusi', '20-00001', 'representative', '2026-01-01T00:00:00Z', null);
insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, giver_code, receiver_code, receiver_name, level, since, until,
                               state, created_at, settled_at) values
 ('d-lasa', '10-00001', null, 'anna', 'PNOLV-01019012345', 'PNOLV-32000000011', 'Lasītājs', 'read', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
 ('d-iesniedz', '10-00001', null, 'anna', 'PNOLV-01019012345', 'PNOLV-32000000012', 'Iesniedzējs', 'submit', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
 ('d-maksa', '10-00001', null, 'anna', 'PNOLV-01019012345', 'PNOLV-32000000013', 'Maksātāja', 'pay', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
 ('d-viss', '10-00001', null, 'anna', 'PNOLV-01019012345', 'PNOLV-32000000014', 'Visu Drīkst', 'full', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
 ('d-viens', '10-00001', 'T1', 'anna', 'PNOLV-01019012345', 'PNOLV-32000000015', 'Viens Skaitītājs', 'submit', '2026-06-01', '2027-05-31', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
 ('d-vakar', '10-00001', null, 'anna', 'PNOLV-01019012345', 'PNOLV-32000000016', 'Līdz Vakardienai', 'full', '2026-06-01', '2026-11-26', 'active', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z');
