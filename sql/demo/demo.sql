-- SPDX-License-Identifier: Apache-2.0
-- Statements of "waterportalctl demo-data". Demo customers are those whose number begins with DEMO-; everything else is
-- found from them. Only these statements write billing tables; the portal never reads this file, because they cannot
-- even be prepared if the billing tables are views.

-- @query demo_foreign_customers
-- @scope system
-- @args
-- @row found customers:int
select count(*) from billing_customer where customer_no not like 'DEMO-%';

-- @query demo_counts
-- @scope system
-- @args
-- @row stored customers:int contracts:int meters:int readings:int litres:volume
select (select count(*) from billing_customer), (select count(*) from billing_contract),
       (select count(*) from billing_meter), count(*), coalesce(cast(sum(value_l) as bigint), 0)
from billing_reading;

-- === deleting: first the accounts of demo persons and what they did in the portal ===

-- @query demo_delegation_messages_delete
-- @scope system
-- @args
delete from portal_outbox where subject in (
    select d.delegation_id from portal_delegation d
    join billing_contract c on c.contract_no = d.contract_no where c.customer_no like 'DEMO-%');

-- @query demo_delegations_delete
-- @scope system
-- @args
delete from portal_delegation
where contract_no in (select contract_no from billing_contract where customer_no like 'DEMO-%')
   or giver_account in (select p.account_id from portal_person_code p where p.person_code in (
        select person_code from billing_customer where customer_no like 'DEMO-%'
        union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_readings_sent_delete
-- @scope system
-- @args
delete from portal_reading where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_submissions_delete
-- @scope system
-- @args
delete from portal_submission where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_consents_delete
-- @scope system
-- @args
delete from portal_consent where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_messages_delete
-- @scope system
-- @args
delete from portal_outbox where subject in (
    select change_id from portal_contact_change where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'))
    union select erasure_id from portal_erasure where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_contacts_delete
-- @scope system
-- @args
delete from portal_contact_change where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_cases_delete
-- @scope system
-- @args
delete from portal_case where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_erasures_delete
-- @scope system
-- @args
delete from portal_erasure where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_token_uses_delete
-- @scope system
-- @args
delete from portal_token_use where token_id in (select token_id from portal_token where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_tokens_delete
-- @scope system
-- @args
delete from portal_token where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- and what delegates and staff did on their contracts
-- @query demo_audit_delete
-- @scope system
-- @args
delete from portal_audit
where contract_no in (select contract_no from billing_contract where customer_no like 'DEMO-%')
   or account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_account_contracts_delete
-- @scope system
-- @args
delete from portal_account_contract where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_identities_delete
-- @scope system
-- @args
delete from portal_identity where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- @query demo_person_codes_delete
-- @scope system
-- @args
delete from portal_person_code where person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%');

-- an account without a person belongs to nobody: those of the codes deleted just before
-- @query demo_accounts_delete
-- @scope system
-- @args
delete from portal_account where account_id not in (select account_id from portal_person_code)
    and account_id not in (select account_id from portal_identity);

-- attempts and form results are stored under keyed hashes, so nobody can tell whose they are: they are deleted only if
-- all belong to the demo; those of the bulk are marked
-- @query demo_tries_delete
-- @scope system
-- @args
delete from portal_registration_try
where person_tag like 'demo-%' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_turns_delete
-- @scope system
-- @args
delete from portal_registration_turn
where person_tag like 'demo-%' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_form_results_delete
-- @scope system
-- @args
delete from portal_form_result
where person_tag like 'demo-%' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_notice_premises_delete
-- @scope system
-- @args
delete from billing_notice_premises where notice_id like 'DEMO-%';

-- @query demo_notices_delete
-- @scope system
-- @args
delete from billing_notice where notice_id like 'DEMO-%';

-- @query demo_tariffs_delete
-- @scope system
-- @args
delete from billing_tariff where tariff_group in ('demo-household', 'demo-company');

-- === then the customers, a few at a time, dependent rows first ===

-- @query demo_some_invoice_lines_delete
-- @scope system
-- @args some:int
delete from billing_invoice_line where invoice_no in (
    select i.invoice_no from billing_invoice i join billing_contract c on c.contract_no = i.contract_no
    where c.customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                            order by customer_no limit :some));

-- @query demo_some_payments_delete
-- @scope system
-- @args some:int
delete from billing_payment where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_act_meters_delete
-- @scope system
-- @args some:int
delete from billing_act_meter where act_no in (
    select t.act_no from billing_act t join billing_contract c on c.contract_no = t.contract_no
    where c.customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                            order by customer_no limit :some));

-- @query demo_some_act_persons_delete
-- @scope system
-- @args some:int
delete from billing_act_person where act_no in (
    select t.act_no from billing_act t join billing_contract c on c.contract_no = t.contract_no
    where c.customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                            order by customer_no limit :some));

-- @query demo_some_acts_delete
-- @scope system
-- @args some:int
delete from billing_act where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_invoices_delete
-- @scope system
-- @args some:int
delete from billing_invoice where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_services_delete
-- @scope system
-- @args some:int
delete from billing_service where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_documents_delete
-- @scope system
-- @args some:int
delete from billing_document where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_seals_delete
-- @scope system
-- @args some:int
delete from billing_seal where meter_id in (
    select m.meter_id from billing_meter m join billing_contract c on c.contract_no = m.contract_no
    where c.customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                            order by customer_no limit :some));

-- @query demo_some_readings_delete
-- @scope system
-- @args some:int
delete from billing_reading where meter_id in (
    select m.meter_id from billing_meter m join billing_contract c on c.contract_no = m.contract_no
    where c.customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                            order by customer_no limit :some));

-- @query demo_some_meters_delete
-- @scope system
-- @args some:int
delete from billing_meter where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_premises_delete
-- @scope system
-- @args some:int
delete from billing_premises where premises_id in (
    select premises_id from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                          order by customer_no limit :some));

-- @query demo_some_contracts_delete
-- @scope system
-- @args some:int
delete from billing_contract
where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                      order by customer_no limit :some);

-- @query demo_some_representatives_delete
-- @scope system
-- @args some:int
delete from billing_representative
where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                      order by customer_no limit :some);

-- @query demo_some_customers_delete
-- @scope system
-- @args some:int
delete from billing_customer
where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
                      order by customer_no limit :some);

-- === inserting ===

-- @query demo_customer_insert
-- @scope system
-- @args customer:text kind:text name:text code:text reg_no:text
insert into billing_customer (customer_no, kind, name, person_code, reg_no)
values (:customer, :kind, :name, :code, :reg_no);

-- @query demo_representative_insert
-- @scope system
-- @args customer:text code:text since:date
insert into billing_representative (customer_no, person_code, since) values (:customer, :code, :since);

-- @query demo_premises_insert
-- @scope system
-- @args premises:text address:text locality:text postcode:text cadastre:text
insert into billing_premises (premises_id, address, locality, postcode, cadastre_no)
values (:premises, :address, :locality, :postcode, :cadastre);

-- @query demo_contract_insert
-- @scope system
-- @args contract:text customer:text premises:text signed:date ended:date reference:text delivery:text delivery_to:text
insert into billing_contract (contract_no, customer_no, premises_id, signed_on, ended_on, boundary, payment_reference, delivery,
                              delivery_to)
values (:contract, :customer, :premises, :signed, :ended, 'Pie ievada akas', :reference, :delivery, :delivery_to);

-- @query demo_meter_insert
-- @scope system
-- @args meter:text contract:text point:text position:int place:text serial:text size:text digits:int decimals:int remote:flag installed:date removed:date verified_on:date verified:date policy:text
insert into billing_meter (meter_id, contract_no, point_id, position, place, serial, size, digits, decimals, remote, installed_on,
                           removed_on, verified_on, verified_until, policy)
values (:meter, :contract, :point, :position, :place, :serial, :size, :digits, :decimals, :remote, :installed, :removed, :verified_on, :verified,
        :policy);

-- All readings of a meter in one statement: `count` records of 32 characters, each a day (10), litres (12, blank for
-- none) and a kind (10). One round trip per meter, and one text for both databases. "materialized": PostgreSQL would
-- otherwise extract the record again for each of its columns (2.2 ms per meter instead of about 1). What a customer
-- read from :portal_from on came through the portal (bulk.sql makes its rows there); null: nothing did.
-- @query demo_readings_insert
-- @scope system
-- @args meter:text clock:text records:text count:int portal_from:date
insert into billing_reading (reading_id, meter_id, read_on, read_at, value_l, kind, portal_id)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 32 - 31, 32) from place
)
select :meter || '-' || n, :meter, substr(text, 1, 10),
       case when substr(text, 23, 8) in ('customer', 'remote') then substr(text, 1, 10) || 'T' || :clock || 'Z' end,
       cast(nullif(trim(substr(text, 11, 12)), '') as bigint), trim(substr(text, 23)),
       case when substr(text, 23, 8) = 'customer' and substr(text, 1, 10) >= :portal_from then 'demo-' || :meter || '-' || n end
from record;

-- A contract's invoices, lines and payments in records of fixed width, like a meter's readings. An invoice is numbered
-- by its billing month: 26/10-45127-10 is October 2026.
-- record: issued, due, first and last day (10 each), net, VAT, total, open (12 each)
-- @query demo_invoices_insert
-- @scope system
-- @args contract:text records:text count:int
insert into billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 88 - 87, 88) from place
)
select substr(text, 23, 2) || '/' || :contract || '-' || substr(text, 26, 2), :contract, substr(text, 1, 10), substr(text, 11, 10),
       substr(text, 21, 10), substr(text, 31, 10), cast(trim(substr(text, 41, 12)) as bigint),
       cast(trim(substr(text, 53, 12)) as bigint), cast(trim(substr(text, 65, 12)) as bigint),
       cast(trim(substr(text, 77, 12)) as bigint)
from record;

-- record: month (7), line (4), service (8), meter (14), litres (12), price (8), net (12), VAT rate (6); blank is null
-- @query demo_invoice_lines_insert
-- @scope system
-- @args contract:text records:text count:int
insert into billing_invoice_line (invoice_no, line, service, text, meter_id, quantity_l, price, net_c, vat_rate)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 71 - 70, 71) from place
)
select substr(text, 3, 2) || '/' || :contract || '-' || substr(text, 6, 2), cast(trim(substr(text, 8, 4)) as bigint),
       trim(substr(text, 12, 8)), case trim(substr(text, 12, 8)) when 'other' then 'Iepriekšējā rēķina labojums' end,
       nullif(trim(substr(text, 20, 14)), ''), cast(nullif(trim(substr(text, 34, 12)), '') as bigint),
       cast(nullif(trim(substr(text, 46, 8)), '') as bigint), cast(trim(substr(text, 54, 12)) as bigint),
       cast(trim(substr(text, 66, 6)) as bigint)
from record;

-- record: month of the invoice (7; blank: of none), a number (2), day (10), amount (12). :portal: they came through the portal.
-- @query demo_payments_insert
-- @scope system
-- @args contract:text records:text count:int portal:flag
insert into billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c, portal_id)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 31 - 30, 31) from place
)
select 'DEMO-' || :contract || '-' || trim(substr(text, 1, 7)) || '-' || trim(substr(text, 8, 2)), 1, :contract,
       case when trim(substr(text, 1, 7)) <> '' then substr(text, 3, 2) || '/' || :contract || '-' || substr(text, 6, 2) end,
       substr(text, 10, 10), cast(trim(substr(text, 20, 12)) as bigint),
       case when :portal = 1 then 'DEMO-' || :contract || '-' || trim(substr(text, 1, 7)) || '-' || trim(substr(text, 8, 2)) end
from record;

-- A credit note for an invoice, with one line, offset against the next invoice: nothing of it is open.
-- @query demo_credit_note_insert
-- @scope system
-- @args credited:text invoice:text day:date net:money vat:money
insert into billing_invoice (invoice_no, contract_no, issued_on, due_on, period_from, period_until, net_c, vat_c, total_c, open_c)
select :invoice, i.contract_no, :day, :day, i.period_from, i.period_until, :net, :vat, :net + :vat, 0
  from billing_invoice i where i.invoice_no = :credited;

-- @query demo_credit_note_line_insert
-- @scope system
-- @args credited:text invoice:text litres:volume price:price net:money
insert into billing_invoice_line (invoice_no, line, service, text, meter_id, quantity_l, price, net_c, vat_rate)
values (:invoice, 1, 'water', 'Kredīts par rēķinu ' || :credited || ': avārijā zaudētais ūdens', null, :litres, :price, :net, 2100);

-- @query demo_credit_note_payment_insert
-- @scope system
-- @args invoice:text
insert into billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c)
select 'DEMO-' || i.invoice_no, 1, i.contract_no, i.invoice_no, i.issued_on, i.total_c from billing_invoice i where i.invoice_no = :invoice;

-- @query demo_tariffs_insert
-- @scope system
-- @args since:date water:int sewage:int
insert into billing_tariff (service, tariff_group, since, price, vat_rate)
select s.service, g.tariff_group, :since, case s.service when 'water' then :water else :sewage end, 2100
  from (select 'water' as service union all select 'sewage' union all select 'rain') s
  cross join (select 'demo-household' as tariff_group union all select 'demo-company') g;

-- @query demo_services_insert
-- @scope system
-- @args contract:text tariffs:text since:date until:date rain:flag
insert into billing_service (contract_no, service, tariff_group, since, until)
select :contract, s.service, :tariffs, :since, :until
  from (select 'water' as service union all select 'sewage' union all select 'rain') s
 where s.service <> 'rain' or :rain = 1;

-- @query demo_documents_insert
-- @scope system
-- @args contract:text signed:date later:date
insert into billing_document (document_id, contract_no, kind, number, title, issued_on)
select :contract || '-1', :contract, 'contract', :contract, 'Ūdensapgādes un kanalizācijas pakalpojumu līgums', :signed
union all
select :contract || '-2', :contract, 'annex', '1', 'Tīklu plāns ar apkalpošanas robežu', :signed
union all
select :contract || '-3', :contract, 'agreement', :contract || '/1', 'Vienošanās par rēķinu saņemšanu elektroniski', :later
 where :later is not null;

-- Records as in demo_readings_insert, of 44 characters: meter (12), seal (12), the days it was set and removed (10
-- each).
-- @query demo_seals_insert
-- @scope system
-- @args records:text count:int
insert into billing_seal (seal_no, meter_id, set_on, removed_on)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (text) as materialized (
    select substr(:records, n * 44 - 43, 44) from place
)
select trim(substr(text, 13, 12)), trim(substr(text, 1, 12)), substr(text, 25, 10), nullif(trim(substr(text, 35, 10)), '')
from record;

-- Records of 83 characters: number (16), template (2), day (10), instant of the visit (20), deadline (10), serial
-- number of the meter (12) and of the one it replaces (12), who came (1).
-- @query demo_acts_insert
-- @scope system
-- @args contract:text records:text count:int
insert into billing_act (act_no, contract_no, kind, registered_on, visited_at, place, reason, findings, to_mend, mend_by, remarks)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (text) as materialized (
    select substr(:records, n * 83 - 82, 83) from place
), template (code, kind, reason, findings, to_mend, remarks) as (
    values ('R1', 'service_boundary', 'Līguma noslēgšana',
            'Ūdensvada apkalpošanas robeža ir ēkas ievada akā pirms skaitītāja, kanalizācijas – pirmajā akā aiz zemes vienības robežas.
Līdz robežai tīklus uztur pakalpojuma sniedzējs, aiz tās – klients.', null, 'Tīklu plāns ir līguma pielikums.'),
           ('I0', 'inspection', 'Pieslēguma apsekošana', 'Ūdensvada ievads un skaitītāja mezgls ir kārtībā. Patvaļīgi pieslēgumi nav konstatēti.',
            null, null),
           ('I1', 'inspection', 'Kārtējā pārbaude', 'Skaitītāji darbojas, plombas nav bojātas, noplūžu nav.
Patvaļīgi pieslēgumi nav konstatēti.', null, 'Rādījumi nododami parastajā kārtībā.'),
           ('I2', 'inspection', 'Ziņojums par bojātu plombu', 'Plomba ir bojāta. Skaitītājs darbojas, noplūžu nav.',
            'Nodrošināt brīvu piekļuvi skaitītājam, lai to varētu noplombēt no jauna.', 'Jauno plombu uzliekam bez maksas.'),
           ('P1', 'sealing', 'Jauns skaitītājs', 'Skaitītājs {serial} pieņemts uzskaitei un noplombēts.', null, null),
           ('S1', 'meter_swap', 'Verifikācijas termiņa beigas', 'Skaitītājs {old} noņemts. Tā vietā uzstādīts un noplombēts skaitītājs {serial}.
Savienojumi pārbaudīti, noplūžu nav.', null, 'Noņemto skaitītāju glabājam trīs mēnešus.')
)
select trim(substr(r.text, 1, 16)), :contract, t.kind, substr(r.text, 19, 10), substr(r.text, 29, 20), 'Rīga', t.reason,
       replace(replace(t.findings, '{serial}', trim(substr(r.text, 59, 12))), '{old}', trim(substr(r.text, 71, 12))),
       t.to_mend, nullif(trim(substr(r.text, 49, 10)), ''), t.remarks
  from record r
  join template t on t.code = substr(r.text, 17, 2);

-- Records of 70 characters: act (16), line (2), meter (12), part (9), litres (12), seal (12), its state (7).
-- @query demo_act_meters_insert
-- @scope system
-- @args records:text count:int
insert into billing_act_meter (act_no, line, meter_id, part, value_l, seal_no, seal_state)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (text) as materialized (
    select substr(:records, n * 70 - 69, 70) from place
)
select trim(substr(text, 1, 16)), cast(trim(substr(text, 17, 2)) as bigint), trim(substr(text, 19, 12)), trim(substr(text, 31, 9)),
       cast(trim(substr(text, 40, 12)) as bigint), trim(substr(text, 52, 12)), trim(substr(text, 64, 7))
from record;

-- Who was present, from the records of demo_acts_insert: the worker, and for the customer the signer.
-- @query demo_act_persons_insert
-- @scope system
-- @args records:text count:int signer:text post:text
insert into billing_act_person (act_no, line, name, role, post, signed)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (text) as materialized (
    select substr(:records, n * 83 - 82, 83) from place
), worker (n, name) as (
    values ('1', 'Jānis Bērziņš'), ('2', 'Andris Vanags'), ('3', 'Inese Ozola'), ('4', 'Guntis Lapsa'), ('5', 'Dace Kļaviņa')
)
select trim(substr(r.text, 1, 16)), 1, w.name, 'utility', 'skaitītāju meistars', 1
  from record r join worker w on w.n = substr(r.text, 83, 1)
union all
select trim(substr(r.text, 1, 16)), 2, :signer, 'customer', :post, 1 from record r;

-- @query demo_notice_insert
-- @scope system
-- @args notice:text kind:text title:text place:text starts:time ends:time text:text ended:flag
insert into billing_notice (notice_id, kind, title, place, starts_at, ends_at, text, ended)
values (:notice, :kind, :title, :place, :starts, :ends, :text, :ended);

-- @query demo_notice_premises_insert
-- @scope system
-- @args notice:text contract:text
insert into billing_notice_premises (notice_id, premises_id)
select :notice, c.premises_id from billing_contract c where c.contract_no = :contract;

-- @query demo_account_insert
-- @scope system
-- @args account:text name:text language:text email:text phone:text at:time
insert into portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at)
values (:account, :name, :language, :email, :phone, '21-8', :at, :at);

-- @query demo_person_code_insert
-- @scope system
-- @args account:text code:text at:time
insert into portal_person_code (person_code, account_id, since) values (:code, :account, :at);

-- @query demo_account_contract_insert
-- @scope system
-- @args account:text contract:text basis:text at:time
insert into portal_account_contract (account_id, contract_no, basis, registered_at)
values (:account, :contract, :basis, :at);

-- @query demo_consent_insert
-- @scope system
-- @args consent:text account:text kind:text channel:text given:flag version:text at:time
insert into portal_consent (consent_id, account_id, kind, channel, number, given, text_version, at)
values (:consent, :account, :kind, :channel, 1, :given, :version, :at);

-- @query demo_contact_insert
-- @scope system
-- @args change:text account:text channel:text value:text at:time
insert into portal_contact_change (change_id, account_id, channel, value, code_hash, old_hash, tries, state, created_at, expires_at)
values (:change, :account, :channel, :value, '', null, 0, 'done', :at, :at);

-- @query demo_token_insert
-- @scope system
-- @args token:text account:text name:text hash:text scopes:text at:time expires:date used:time revoked:time
insert into portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on, used_at, revoked_at)
values (:token, :account, :name, :hash, :scopes, :at, :expires, :used, :revoked);

-- @query demo_erasure_insert
-- @scope system
-- @args erasure:text account:text at:time state:text
insert into portal_erasure (erasure_id, account_id, at, state) values (:erasure, :account, :at, :state);

-- @query demo_delegation_insert
-- @scope system
-- @args delegation:text contract:text point:text account:text giver:text receiver:text who:text invite_hash:text invite_until:time
-- @args level:text since:date until:date state:text created:time settled:time
insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, giver_code, receiver_code, receiver_name,
                               invite_hash, invite_until, level, since, until, state, created_at, settled_at)
values (:delegation, :contract, :point, :account, :giver, :receiver, :who, :invite_hash, :invite_until, :level, :since, :until,
        :state, :created, :settled);
