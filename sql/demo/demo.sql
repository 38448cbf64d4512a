-- SPDX-License-Identifier: Apache-2.0
-- Statements of "waterportalctl demo-data". Demo customers are those whose number begins with DEMO-; everything else is
-- found from them. These are the only statements that write billing tables; the portal itself never reads this file, as they
-- cannot even be prepared where billing tables are views.

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

-- === taking away: first the accounts of demo persons and what they did in the portal ===

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

-- @query demo_audit_delete
-- @scope system
-- @args
delete from portal_audit where account_id in (select p.account_id from portal_person_code p where p.person_code in (
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

-- an account without a person is nobody's: those of the codes taken away just before
-- @query demo_accounts_delete
-- @scope system
-- @args
delete from portal_account where account_id not in (select account_id from portal_person_code)
    and account_id not in (select account_id from portal_identity);

-- tries and form results are kept under keyed hashes, so nobody can tell whose they are: they go only where all are demo's
-- @query demo_tries_delete
-- @scope system
-- @args
delete from portal_registration_try
where not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_form_results_delete
-- @scope system
-- @args
delete from portal_form_result
where not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_notices_delete
-- @scope system
-- @args
delete from billing_notice where notice_id like 'DEMO-%';

-- === then the customers, some at a time, those who depend on them first ===

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

-- @query demo_some_invoices_delete
-- @scope system
-- @args some:int
delete from billing_invoice where contract_no in (
    select contract_no from billing_contract
    where customer_no in (select customer_no from billing_customer where customer_no like 'DEMO-%'
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

-- === putting in ===

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
-- @args contract:text customer:text premises:text signed:date ended:date
insert into billing_contract (contract_no, customer_no, premises_id, signed_on, ended_on)
values (:contract, :customer, :premises, :signed, :ended);

-- @query demo_meter_insert
-- @scope system
-- @args meter:text contract:text point:text place:text serial:text size:text digits:int decimals:int remote:flag installed:date removed:date verified:date policy:text
insert into billing_meter (meter_id, contract_no, point_id, place, serial, size, digits, decimals, remote, installed_on,
                           removed_on, verified_until, policy)
values (:meter, :contract, :point, :place, :serial, :size, :digits, :decimals, :remote, :installed, :removed, :verified,
        :policy);

-- All readings of a meter in one statement: as many records of 32 characters as count says, each a day (10), litres (12,
-- blank for none) and a kind (10). One round trip a meter, and one text for both databases. "materialized": PostgreSQL would
-- otherwise cut the record out anew for each of its columns (2.2 ms a meter instead of about 1).
-- @query demo_readings_insert
-- @scope system
-- @args meter:text clock:text records:text count:int
insert into billing_reading (reading_id, meter_id, read_on, read_at, value_l, kind)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 32 - 31, 32) from place
)
select :meter || '-' || n, :meter, substr(text, 1, 10),
       case when substr(text, 23, 8) in ('customer', 'remote') then substr(text, 1, 10) || 'T' || :clock || 'Z' end,
       cast(nullif(trim(substr(text, 11, 12)), '') as bigint), trim(substr(text, 23))
from record;

-- A contract's invoices, lines and payments in records of fixed width like a meter's readings. An invoice is numbered by its
-- billing month: 26/10-45127-10 is October 2026.
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
insert into billing_invoice_line (invoice_no, line, service, meter_id, quantity_l, price, net_c, vat_rate)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 71 - 70, 71) from place
)
select substr(text, 3, 2) || '/' || :contract || '-' || substr(text, 6, 2), cast(trim(substr(text, 8, 4)) as bigint),
       trim(substr(text, 12, 8)), nullif(trim(substr(text, 20, 14)), ''), cast(nullif(trim(substr(text, 34, 12)), '') as bigint),
       cast(nullif(trim(substr(text, 46, 8)), '') as bigint), cast(trim(substr(text, 54, 12)) as bigint),
       cast(trim(substr(text, 66, 6)) as bigint)
from record;

-- record: month of the invoice (7; blank: of none), a number (2), day (10), amount (12)
-- @query demo_payments_insert
-- @scope system
-- @args contract:text records:text count:int
insert into billing_payment (payment_id, line, contract_no, invoice_no, paid_on, amount_c)
with recursive place (n) as (
    select 1 union all select n + 1 from place where n < :count
), record (n, text) as materialized (
    select n, substr(:records, n * 31 - 30, 31) from place
)
select 'DEMO-' || :contract || '-' || trim(substr(text, 1, 7)) || '-' || trim(substr(text, 8, 2)), 1, :contract,
       case when trim(substr(text, 1, 7)) <> '' then substr(text, 3, 2) || '/' || :contract || '-' || substr(text, 6, 2) end,
       substr(text, 10, 10), cast(trim(substr(text, 20, 12)) as bigint)
from record;

-- @query demo_notice_insert
-- @scope system
-- @args notice:text kind:text title:text place:text starts:time ends:time text:text ended:flag
insert into billing_notice (notice_id, kind, title, place, starts_at, ends_at, text, ended)
values (:notice, :kind, :title, :place, :starts, :ends, :text, :ended);

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
insert into portal_consent (consent_id, account_id, kind, channel, given, text_version, at)
values (:consent, :account, :kind, :channel, :given, :version, :at);
