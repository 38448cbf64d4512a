-- SPDX-License-Identifier: Apache-2.0
-- Accounts of the bulk of demo customers and what they did in the portal, for a range of customers at a time:
-- everything that grows in use grows with "demo-data --customers". Each customer, or a company's representative, has an
-- account whose id ends with the customer's number, which determines what it has: of a hundred accounts 8 gave a right,
-- 30 pay in the portal, 3 have a token, 20 use a second bank. :first and :last are customer numbers of six digits;
-- :months are the twelve months before today, seven characters each.

-- === deleting: what demo persons ordered, the bulk and the named ones, and what their banks said ===

-- @query demo_payment_items_delete
-- @scope system
-- @args
delete from portal_payment_item where payment_id in (select o.payment_id from portal_payment o where o.account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_payment_events_delete
-- @scope system
-- @args
delete from portal_payment_event where payment_id in (select o.payment_id from portal_payment o where o.account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_statement_entries_delete
-- @scope system
-- @args
delete from portal_statement_entry where payment_id in (select o.payment_id from portal_payment o where o.account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_payment_paid_delete
-- @scope system
-- @args
delete from portal_payment_paid where payment_id in (select o.payment_id from portal_payment o where o.account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_credits_delete
-- @scope system
-- @args
delete from portal_credit where payment_id in (select o.payment_id from portal_payment o where o.account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%')));

-- @query demo_orders_delete
-- @scope system
-- @args
delete from portal_payment where account_id in (select p.account_id from portal_person_code p where p.person_code in (
    select person_code from billing_customer where customer_no like 'DEMO-%'
    union select person_code from billing_representative where customer_no like 'DEMO-%'));

-- stored under keyed hashes, as attempts and form results are
-- @query demo_parked_forms_delete
-- @scope system
-- @args
delete from portal_parked_form
where person_tag like 'demo-%' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_sessions_delete
-- @scope system
-- @args
delete from portal_session
where person like 'demo-%' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- @query demo_allowances_delete
-- @scope system
-- @args
delete from portal_allowance
where act = 'demo' or not exists (select 1 from billing_customer where customer_no not like 'DEMO-%');

-- === inserting ===

-- @query demo_bulk_accounts
-- @scope system
-- @args first:text last:text months:text
insert into portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at)
select 'demobulkacct' || substr(x.customer_no, 6) || 'aa', case when x.kind = 'company' then 'Pārstāvis, ' || x.name else x.name end,
       case when x.n % 9 = 0 then 'en' else 'lv' end, 'demo' || x.n || '@example.org', '+3710' || substr(x.customer_no, 6) || '0', '21-8',
       x.at, x.at
  from (select k.customer_no, k.kind, k.name, cast(substr(k.customer_no, 6) as integer) as n,
               substr(:months, 1 + 7 * (cast(substr(k.customer_no, 6) as integer) % 12), 7) || '-'
               || substr(cast(101 + cast(substr(k.customer_no, 6) as integer) % 28 as text), 2) || 'T'
               || substr(cast(106 + cast(substr(k.customer_no, 6) as integer) % 14 as text), 2) || ':20:00Z' as at
          from billing_customer k
         where k.customer_no between 'DEMO-' || :first and 'DEMO-' || :last) x;

-- @query demo_bulk_person_codes
-- @scope system
-- @args first:text last:text
insert into portal_person_code (person_code, account_id, since)
select coalesce(k.person_code, r.person_code), a.account_id, a.created_at
  from portal_account a
  join billing_customer k on k.customer_no = 'DEMO-' || substr(a.account_id, 13, 6)
  left join billing_representative r on r.customer_no = k.customer_no
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_identities
-- @scope system
-- @args first:text last:text
insert into portal_identity (issuer, subject, account_id, first_seen)
select i.issuer, 'demo-' || substr(a.account_id, 13, 6), a.account_id, a.created_at
  from portal_account a
  join (select 'https://bank-a.example.org' as issuer, 0 as part union all select 'https://bank-b.example.org', 1) i
    on i.part = 0 or cast(substr(a.account_id, 13, 6) as integer) % 5 = 0
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_account_contracts
-- @scope system
-- @args first:text last:text
insert into portal_account_contract (account_id, contract_no, basis, registered_at)
select a.account_id, c.contract_no, case when k.kind = 'company' then 'representative' else 'customer' end, a.created_at
  from portal_account a
  join billing_customer k on k.customer_no = 'DEMO-' || substr(a.account_id, 13, 6)
  join billing_contract c on c.customer_no = k.customer_no
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_consents
-- @scope system
-- @args first:text last:text version:text
insert into portal_consent (consent_id, account_id, kind, channel, number, given, text_version, at)
select x.place || substr(a.account_id, 2), a.account_id, x.kind, x.channel, 1, x.given, :version, a.created_at
  from portal_account a
 cross join (select 'a' as place, 'readings' as kind, 'email' as channel, 1 as given union all select 'b', 'readings', 'sms', 0
             union all select 'c', 'invoices', 'email', 1 union all select 'd', 'invoices', 'sms', 0
             union all select 'e', 'outages', 'email', 1 union all select 'f', 'outages', 'sms', 1) x
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- Everybody confirmed the e-mail address, a third the telephone number too.
-- @query demo_bulk_contacts
-- @scope system
-- @args first:text last:text
insert into portal_contact_change (change_id, account_id, channel, value, code_hash, old_hash, tries, state, created_at, expires_at)
select x.place || substr(a.account_id, 2), a.account_id, x.channel, case x.channel when 'email' then a.email else a.phone end, '', null, 0,
       'done', a.created_at, a.created_at
  from portal_account a
  join (select 'k' as place, 'email' as channel union all select 'l', 'sms') x
    on x.channel = 'email' or cast(substr(a.account_id, 13, 6) as integer) % 3 = 0
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_messages
-- @scope system
-- @args first:text last:text
insert into portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state)
select 'm' || c.change_id, 'contact_code', c.channel, c.value, c.change_id, '', a.language, '{"code":"000000"}', c.created_at, 'handed'
  from portal_account a
  join portal_contact_change c on c.account_id = a.account_id
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- Every contract was found at the first attempt, one in ten at the second.
-- @query demo_bulk_tries
-- @scope system
-- @args first:text last:text
insert into portal_registration_try (try_id, person_tag, contract_tag, at, outcome)
select x.outcome || ac.contract_no, 'demo-' || ac.account_id, 'demo-' || ac.contract_no, ac.registered_at, x.outcome
  from portal_account_contract ac
  join (select 'matched' as outcome union all select 'refused') x
    on x.outcome = 'matched' or cast(substr(ac.account_id, 13, 6) as integer) % 10 = 0
 where ac.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_turns
-- @scope system
-- @args first:text last:text
insert into portal_registration_turn (person_tag, at)
select 'demo-' || a.account_id, a.created_at
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- Readings that came through the portal: those of billing with a portal_id (demo_readings_insert), one receipt per
-- contract and month.
-- @query demo_bulk_submissions
-- @scope system
-- @args first:text last:text
insert into portal_submission (submission_id, receipt_no, account_id, contract_no, window_key, submitted_at)
select 's' || ac.contract_no || substr(b.read_on, 1, 7), 'R-' || ac.contract_no || '-' || substr(b.read_on, 1, 7), ac.account_id, ac.contract_no,
       substr(b.read_on, 1, 7), max(b.read_at)
  from portal_account_contract ac
  join billing_meter m on m.contract_no = ac.contract_no
  join billing_reading b on b.meter_id = m.meter_id and b.portal_id is not null
 where ac.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
 group by ac.account_id, ac.contract_no, substr(b.read_on, 1, 7);

-- @query demo_bulk_readings
-- @scope system
-- @args first:text last:text
insert into portal_reading (reading_id, submission_id, account_id, contract_no, meter_id, window_key, version, value_l, read_on, at, state)
select b.portal_id, 's' || ac.contract_no || substr(b.read_on, 1, 7), ac.account_id, ac.contract_no, m.meter_id, substr(b.read_on, 1, 7), 1,
       b.value_l, b.read_on, b.read_at, 'current'
  from portal_account_contract ac
  join billing_meter m on m.contract_no = ac.contract_no
  join billing_reading b on b.meter_id = m.meter_id and b.portal_id is not null
 where ac.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_form_results
-- @scope system
-- @args first:text last:text
insert into portal_form_result (person_tag, form_key, body_hash, location, at)
select 'demo-' || s.account_id, s.submission_id, 'demo', '/portal/readings/receipt?receipt=' || s.receipt_no, s.submitted_at
  from portal_submission s
 where s.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_audit
-- @scope system
-- @args first:text last:text
insert into portal_audit (audit_id, at, account_id, actor_tag, actor_name, actor_kind, delegation_id, contract_no, action, detail)
select 'r' || ac.contract_no || ac.account_id, ac.registered_at, ac.account_id, 'demo-data', a.name, ac.basis, null, ac.contract_no,
       'contract_registered', ac.basis
  from portal_account a
  join portal_account_contract ac on ac.account_id = a.account_id
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
union all
select s.submission_id, s.submitted_at, s.account_id, 'demo-data', a.name, 'customer', null, s.contract_no, 'readings_submitted', s.receipt_no
  from portal_account a
  join portal_submission s on s.account_id = a.account_id
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- To the previous account: offers that wait, and rights that are in force, have ended, were refused or revoked.
-- @query demo_bulk_delegations
-- @scope system
-- @args first:text last:text today:date long_ago:date later:date
insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, giver_code, receiver_code, receiver_name, level, since,
                               until, state, created_at, settled_at)
select 'd' || substr(a.account_id, 2), min(ac.contract_no), null, a.account_id, g.person_code, p.person_code, r.name,
       case cast(substr(a.account_id, 13, 6) as integer) / 12 % 4 when 0 then 'read' when 1 then 'submit' when 2 then 'pay' else 'full' end,
       :long_ago, case when cast(substr(a.account_id, 13, 6) as integer) / 12 % 8 = 1 then :today else :later end,
       case cast(substr(a.account_id, 13, 6) as integer) / 12 % 8 when 2 then 'offered' when 3 then 'refused' when 4 then 'revoked' else 'active' end,
       a.created_at, a.created_at
  from portal_account a
  join portal_person_code g on g.account_id = a.account_id
  join portal_account_contract ac on ac.account_id = a.account_id
  join portal_account r
    on r.account_id = 'demobulkacct' || substr(cast(1000000 + cast(substr(a.account_id, 13, 6) as integer) - 1 as text), 2) || 'aa'
  join portal_person_code p on p.account_id = r.account_id
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 12 = 0
 group by a.account_id, g.person_code, p.person_code, r.name, a.created_at;

-- Whoever was offered a right was notified, and the log says so; whoever has it looked at the readings.
-- @query demo_bulk_delegation_messages
-- @scope system
-- @args first:text last:text
insert into portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state)
select 'o' || d.delegation_id, 'delegation_offered', 'email', r.email, d.delegation_id, '', r.language, '{}', d.created_at, 'handed'
  from portal_delegation d
  join portal_person_code p on p.person_code = d.receiver_code
  join portal_account r on r.account_id = p.account_id
 where d.giver_account between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_delegation_audit
-- @scope system
-- @args first:text last:text
insert into portal_audit (audit_id, at, account_id, actor_tag, actor_name, actor_kind, delegation_id, contract_no, action, detail)
select 'o' || d.delegation_id, d.created_at, d.giver_account, 'demo-data', g.name, 'customer', null, d.contract_no, 'delegation_offered',
       d.delegation_id
  from portal_delegation d
  join portal_account g on g.account_id = d.giver_account
 where d.giver_account between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
union all
select x.place || d.delegation_id, d.settled_at, r.account_id, 'demo-data', r.name, 'delegate', d.delegation_id, d.contract_no, x.action, x.detail
  from portal_delegation d
  join portal_person_code p on p.person_code = d.receiver_code
  join portal_account r on r.account_id = p.account_id
 cross join (select 'v' as place, 'viewed' as action, 'readings.history' as detail union all select 'w', 'viewed', 'readings.form'
             union all select 'x', 'viewed', 'invoices.list') x
 where d.giver_account between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa' and d.state = 'active';

-- Payments that came through the portal: those of billing with a portal_id (demo_payments_insert).
-- @query demo_bulk_payments
-- @scope system
-- @args first:text last:text
insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, paid_on, created_at,
                            changed_at, expires_at)
select b.portal_id, ac.account_id, 'vk008', replace(replace(b.portal_id, 'DEMO-', ''), '-', ''), b.amount_c, 'LV45DEMO0000000080008',
       'WP' || replace(replace(b.portal_id, 'DEMO-', ''), '-', ''), 'reconciled', 0, b.paid_on, b.paid_on || 'T10:00:00Z',
       b.paid_on || 'T16:00:00Z', b.paid_on || 'T23:00:00Z'
  from portal_account_contract ac
  join billing_payment b on b.contract_no = ac.contract_no and b.portal_id is not null
 where ac.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- Orders that came to nothing: begun and abandoned, or cancelled at the bank.
-- @query demo_bulk_orders_left
-- @scope system
-- @args first:text last:text
insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, paid_on, created_at,
                            changed_at, expires_at)
select 'x' || substr(p.payment_id, 2), p.account_id, p.agreement, '9' || p.stamp, p.amount_c, p.account_iban, 'WP9' || p.stamp,
       case when p.paid_on like '%5' then 'cancelled' else 'expired' end, 0, null, p.created_at, p.created_at, p.expires_at
  from portal_payment p
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and p.state = 'reconciled' and (p.paid_on like '%5' or p.paid_on like '%8');

-- @query demo_bulk_payment_items
-- @scope system
-- @args first:text last:text
insert into portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c, posted_at)
select p.payment_id, 1, b.contract_no, b.invoice_no, p.amount_c, case when p.state = 'reconciled' then p.changed_at end
  from portal_payment p
  join billing_payment b on b.payment_id = case p.state when 'reconciled' then p.payment_id else 'D' || substr(p.payment_id, 2) end
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_payment_events
-- @scope system
-- @args first:text last:text
insert into portal_payment_event (event_id, payment_id, agreement, at, channel, raw, raw_hash, signature, key_tag, said, decision, state, why)
select x.place || p.payment_id, p.payment_id, p.agreement, p.created_at, x.channel, '', x.place || p.payment_id, x.signature, null, x.said, 'moved',
       x.state, null
  from portal_payment p
  join (select 'a' as place, 'portal' as channel, 'none' as signature, 'nothing' as said, 'redirected' as state
        union all select 'b', 'push', 'valid', 'paid', 'confirmed'
        union all select 'c', 'statement', 'none', 'paid', 'reconciled') x on x.place = 'a' or p.state = 'reconciled'
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_payment_paid
-- @scope system
-- @args first:text last:text
insert into portal_payment_paid (payment_id, bank_no, fits, amount_c, paid_on, channel, at)
select p.payment_id, p.stamp, 1, p.amount_c, p.paid_on, 'push', p.created_at
  from portal_payment p
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa' and p.state = 'reconciled';

-- @query demo_bulk_statement_entries
-- @scope system
-- @args first:text last:text
insert into portal_statement_entry (account_iban, entry_ref, entry_index, booked_on, amount_c, direction, payment_id, found_by, at,
                                    role, ordinal)
select p.account_iban, 'E' || p.stamp, 1, p.paid_on, p.amount_c, 'credit', p.payment_id, 'text', p.changed_at, 'credit', 1
  from portal_payment p
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa' and p.state = 'reconciled';

-- Some were paid twice, and the second payment was given back.
-- @query demo_bulk_credits
-- @scope system
-- @args first:text last:text
insert into portal_credit (credit_id, line, payment_id, nth, contract_no, amount_c, paid_on, channel, state, created_at, changed_at)
select p.payment_id || '-2', 1, p.payment_id, 1, t.contract_no, t.amount_c, p.paid_on, 'statement', 'refunded', p.changed_at, p.changed_at
  from portal_payment p
  join portal_payment_item t on t.payment_id = p.payment_id
 where p.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and p.state = 'reconciled' and p.paid_on like '%7';

-- @query demo_bulk_tokens
-- @scope system
-- @args first:text last:text later:date
insert into portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on, used_at, revoked_at)
select 't' || substr(a.account_id, 2), a.account_id, 'Mājas automatizācija', 'demo-' || a.account_id, 'readings consumption', a.created_at, :later,
       a.created_at, null
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 33 = 0;

-- @query demo_bulk_token_uses
-- @scope system
-- @args first:text last:text
insert into portal_token_use (token_id, minute, uses)
select t.token_id, t.used_at, 1
  from portal_token t
 where t.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';

-- @query demo_bulk_erasures
-- @scope system
-- @args first:text last:text
insert into portal_erasure (erasure_id, account_id, at, state)
select 'e' || substr(a.account_id, 2), a.account_id, a.created_at,
       case when cast(substr(a.account_id, 13, 6) as integer) % 400 = 7 then 'asked' else 'withdrawn' end
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 200 = 7;

-- Person codes that people had to examine; most are settled.
-- @query demo_bulk_cases
-- @scope system
-- @args first:text last:text
insert into portal_case (case_id, kind, subject, account_id, reason, facts, opened_at, settled_at, settled_by, how)
select 'k' || substr(a.account_id, 2), 'person_code', a.account_id || ' demo', a.account_id, 'name_differs', '{}', a.created_at,
       case when cast(substr(a.account_id, 13, 6) as integer) % 400 <> 9 then a.created_at end,
       case when cast(substr(a.account_id, 13, 6) as integer) % 400 <> 9 then 'demo' end,
       case when cast(substr(a.account_id, 13, 6) as integer) % 400 <> 9 then 'refused' end
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 100 = 9;

-- Half-filled forms that nobody returned to.
-- @query demo_bulk_parked_forms
-- @scope system
-- @args first:text last:text today:date
insert into portal_parked_form (park_id, person_tag, route, sealed, expires_at)
select 'p' || substr(a.account_id, 2), 'demo-' || a.account_id, 'readings.form', '', :today || 'T23:00:00Z'
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 200 = 3;

-- Outages of long ago.
-- @query demo_bulk_notices
-- @scope system
-- @args first:text last:text last_month:text
insert into billing_notice (notice_id, kind, title, place, starts_at, ends_at, text, ended)
select 'DEMO-' || substr(a.account_id, 13, 6), 'outage', 'Avārija ūdensvadā', 'Rīga', substr(a.created_at, 1, 7) || '-01T08:00:00Z',
       substr(a.created_at, 1, 7) || '-01T15:00:00Z', 'Bojājums novērsts.', 1
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and cast(substr(a.account_id, 13, 6) as integer) % 50 = 0 and substr(a.created_at, 1, 7) < :last_month;

-- @query demo_bulk_notice_premises
-- @scope system
-- @args first:text last:text
insert into billing_notice_premises (notice_id, premises_id)
select n.notice_id, c.premises_id
  from billing_notice n
  join billing_contract c on c.customer_no = n.notice_id
 where n.notice_id between 'DEMO-' || :first and 'DEMO-' || :last;

-- Where people are logged in, and where they were.
-- @query demo_bulk_sessions
-- @scope system
-- @args first:text last:text today:date
insert into portal_session (session_id, person, issuer, browser, system, began_at, expires_at, ended_at)
select x.place || substr(a.account_id, 2), 'demo-' || a.account_id, 'https://bank-a.example.org', 'firefox', 'windows', a.created_at,
       case x.place when 'y' then :today || 'T23:59:59Z' else a.created_at end, case x.place when 'z' then a.created_at end
  from portal_account a
 cross join (select 'y' as place union all select 'z') x
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa'
   and (x.place = 'z' or cast(substr(a.account_id, 13, 6) as integer) % 20 = 0);

-- Everybody did something limited once, long ago.
-- @query demo_bulk_allowances
-- @scope system
-- @args first:text last:text
insert into portal_allowance (act, who, full_at)
select 'demo', a.account_id, 1
  from portal_account a
 where a.account_id between 'demobulkacct' || :first || 'aa' and 'demobulkacct' || :last || 'aa';
