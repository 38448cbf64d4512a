-- SPDX-License-Identifier: Apache-2.0
-- What "waterportalctl tidy" deletes (domain/retention.h, docs/limits.md): for each name a count, and a deletion of at
-- most :size rows. before: older rows are deleted; now, now_ms: expired rows are deleted. Which rows a name means is
-- one clause, so that what is counted is what is deleted.

-- The rows x of a table with an old instant in this column.
-- @clause older table x column
from {table} {x} where {x}.{column} < :before;

-- Codes that were used, replaced or have expired: the text of the message is removed, and it is no longer sent.
-- @clause old_codes o
from portal_outbox {o}
 where {o}.kind in ('contact_code', 'contact_code_old') and {o}.arguments <> '{}'
   and not exists (select 1 from portal_contact_change old_codes_c
                    where old_codes_c.change_id = {o}.subject and old_codes_c.state = 'open' and old_codes_c.expires_at > :now);

-- @query tidy_codes_count
-- @scope system
-- @args now:time
-- @row tidy rows:int
select count(*) {old_codes o};

-- @query tidy_codes
-- @scope system
-- @args now:time size:int
update portal_outbox
   set arguments = '{}', state = case when state in ('waiting', 'deferred') then 'failed' else state end,
       reason = case when state in ('waiting', 'deferred') then 'expired' else reason end
 where message_id in (select o.message_id {old_codes o} limit :size);

-- Results of forms: a double click finds them until then.
-- @query tidy_forms_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_form_result f at};

-- @query tidy_forms
-- @scope system
-- @args before:text size:int
delete from portal_form_result
 where (person_tag, form_key) in (select f.person_tag, f.form_key {older portal_form_result f at} limit :size);

-- Half-filled forms that have expired.
-- @clause old_parked k
from portal_parked_form {k} where {k}.expires_at < :now;

-- @query tidy_parked_count
-- @scope system
-- @args now:time
-- @row tidy rows:int
select count(*) {old_parked k};

-- @query tidy_parked
-- @scope system
-- @args now:time size:int
delete from portal_parked_form
 where park_id in (select k.park_id {old_parked k} limit :size);

-- Allowances that are fully available again (now_ms: milliseconds since 1970).
-- @clause old_allowances a
from portal_allowance {a} where {a}.full_at < :now_ms;

-- @query tidy_allowances_count
-- @scope system
-- @args now_ms:int
-- @row tidy rows:int
select count(*) {old_allowances a};

-- @query tidy_allowances
-- @scope system
-- @args now_ms:int size:int
delete from portal_allowance
 where (act, who) in (select a.act, a.who {old_allowances a} limit :size);

-- Logins that ended or have expired.
-- @clause old_sessions s
from portal_session {s} where ({s}.expires_at < :before or {s}.ended_at < :before);

-- @query tidy_sessions_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_sessions s};

-- @query tidy_sessions
-- @scope system
-- @args before:text size:int
delete from portal_session
 where session_id in (select s.session_id {old_sessions s} limit :size);

-- Attempts to register a contract.
-- @query tidy_tries_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_registration_try t at};

-- @query tidy_tries
-- @scope system
-- @args before:text size:int
delete from portal_registration_try
 where try_id in (select t.try_id {older portal_registration_try t at} limit :size);

-- Locks of registration attempts.
-- @query tidy_turns_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_registration_turn t at};

-- @query tidy_turns
-- @scope system
-- @args before:text size:int
delete from portal_registration_turn
 where person_tag in (select t.person_tag {older portal_registration_turn t at} limit :size);

-- Changes of an address that are over, except those that confirm an account's current address.
-- @clause old_changes c
from portal_contact_change {c}
 where {c}.created_at < :before and ({c}.state <> 'open' or {c}.expires_at < :now)
   and not ({c}.state = 'done'
            and exists (select 1 from portal_account old_changes_a
                         where old_changes_a.account_id = {c}.account_id and {c}.value in (old_changes_a.email, old_changes_a.phone)));

-- @query tidy_changes_count
-- @scope system
-- @args before:text now:time
-- @row tidy rows:int
select count(*) {old_changes c};

-- @query tidy_changes
-- @scope system
-- @args before:text now:time size:int
delete from portal_contact_change
 where change_id in (select c.change_id {old_changes c} limit :size);

-- Answers that were replaced by a later one of the same kind and channel.
-- @clause old_consents c
from portal_consent {c}
 where {c}.at < :before
   and exists (select 1 from portal_consent old_consents_n
                where old_consents_n.account_id = {c}.account_id and old_consents_n.kind = {c}.kind
                  and old_consents_n.channel = {c}.channel and old_consents_n.number > {c}.number);

-- @query tidy_consents_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_consents c};

-- @query tidy_consents
-- @scope system
-- @args before:text size:int
delete from portal_consent
 where consent_id in (select c.consent_id {old_consents c} limit :size);

-- Counted minutes of tokens.
-- @query tidy_uses_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_token_use u minute};

-- @query tidy_uses
-- @scope system
-- @args before:text size:int
delete from portal_token_use
 where (token_id, minute) in (select u.token_id, u.minute {older portal_token_use u minute} limit :size);

-- Tokens that expired or were revoked.
-- @clause old_tokens t
from portal_token {t}
 where ({t}.revoked_at < :before or {t}.expires_on < :before)
   and not exists (select 1 from portal_token_use old_tokens_u where old_tokens_u.token_id = {t}.token_id);

-- @query tidy_tokens_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_tokens t};

-- @query tidy_tokens
-- @scope system
-- @args before:text size:int
delete from portal_token
 where token_id in (select t.token_id {old_tokens t} limit :size);

-- Rights that were never confirmed.
-- @clause old_drafts d
from portal_delegation {d} where {d}.state = 'draft' and {d}.created_at < :before;

-- @query tidy_drafts_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_drafts d};

-- @query tidy_drafts
-- @scope system
-- @args before:text size:int
delete from portal_delegation
 where delegation_id in (select d.delegation_id {old_drafts d} limit :size);

-- Rights that were refused, withdrawn, never answered, or have ended.
-- @clause old_rights d
from portal_delegation {d}
 where ({d}.settled_at < :before and {d}.state in ('refused', 'revoked') or {d}.until < :before and {d}.state in ('offered', 'active'));

-- @query tidy_rights_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_rights d};

-- @query tidy_rights
-- @scope system
-- @args before:text size:int
delete from portal_delegation
 where delegation_id in (select d.delegation_id {old_rights d} limit :size);

-- Requests for erasure that were settled or withdrawn.
-- @clause old_erasures e
from portal_erasure {e} where {e}.state <> 'asked' and {e}.at < :before;

-- @query tidy_erasures_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_erasures e};

-- @query tidy_erasures
-- @scope system
-- @args before:text size:int
delete from portal_erasure
 where erasure_id in (select e.erasure_id {old_erasures e} limit :size);

-- Credits that are over: billing shows them, or the money went back.
-- @clause old_credits c
from portal_credit {c}
 where {c}.changed_at < :before
   and ({c}.state <> 'open' or exists (select 1 from billing_payment old_credits_b where old_credits_b.portal_id = {c}.credit_id));

-- @query tidy_credits_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_credits c};

-- @query tidy_credits
-- @scope system
-- @args before:text size:int
delete from portal_credit
 where (credit_id, line) in (select c.credit_id, c.line {old_credits c} limit :size);

-- Day closes.
-- @query tidy_closes_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_close k
 where k.at < :before;

-- @query tidy_closes
-- @scope system
-- @args before:text size:int
delete from portal_close
 where (day, nth) in (select k.day, k.nth from portal_close k
         where k.at < :before
         limit :size);

-- Messages of banks about something that was not ordered here.
-- @clause old_reports e
from portal_payment_event {e} where {e}.payment_id is null and {e}.at < :before;

-- @query tidy_reports_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_reports e};

-- @query tidy_reports
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where event_id in (select e.event_id {old_reports e} limit :size);

-- Entries of bank statements that were read.
-- @query tidy_statements_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_statement_entry s at};

-- @query tidy_statements
-- @scope system
-- @args before:text size:int
delete from portal_statement_entry
 where (account_iban, entry_ref, entry_index) in (select s.account_iban, s.entry_ref, s.entry_index
                                                     {older portal_statement_entry s at} limit :size);

-- Submitted readings that were replaced or withdrawn, or that billing has.
-- @clause old_readings r
from portal_reading {r}
 where {r}.at < :before
   and ({r}.state <> 'current' or exists (select 1 from billing_reading old_readings_b where old_readings_b.portal_id = {r}.reading_id));

-- @query tidy_readings_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_readings r};

-- @query tidy_readings
-- @scope system
-- @args before:text size:int
delete from portal_reading
 where reading_id in (select r.reading_id {old_readings r} limit :size);

-- Receipts whose readings are all deleted.
-- @clause old_receipts s
from portal_submission {s}
 where {s}.submitted_at < :before
   and not exists (select 1 from portal_reading old_receipts_r where old_receipts_r.submission_id = {s}.submission_id);

-- @query tidy_receipts_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_receipts s};

-- @query tidy_receipts
-- @scope system
-- @args before:text size:int
delete from portal_submission
 where submission_id in (select s.submission_id {old_receipts s} limit :size);

-- The audit log.
-- @query tidy_audit_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_audit a at};

-- @query tidy_audit
-- @scope system
-- @args before:text size:int
delete from portal_audit
 where audit_id in (select a.audit_id {older portal_audit a at} limit :size);

-- Messages, sent or not: one that waited this long is no longer news.
-- @query tidy_messages_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_outbox o created_at};

-- @query tidy_messages
-- @scope system
-- @args before:text size:int
delete from portal_outbox
 where message_id in (select o.message_id {older portal_outbox o created_at} limit :size);

-- Orders that were never placed with a bank. Dependent rows are deleted first, in the same transaction.
-- @clause old_orders p
from portal_payment {p} where {p}.state = 'created' and {p}.changed_at < :before;

-- @query tidy_orders_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_orders p};

-- @query tidy_orders_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id {old_orders p} order by p.payment_id limit :size);

-- @query tidy_orders_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id {old_orders p} order by p.payment_id limit :size);

-- @query tidy_orders_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id {old_orders p} order by p.payment_id limit :size);

-- @query tidy_orders
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id {old_orders p} order by p.payment_id limit :size);

-- Orders that came to nothing. Until then, late money still finds them. Dependent rows are deleted first, in the same
-- transaction.
-- @clause old_unpaid p
from portal_payment {p} where {p}.state in ('cancelled', 'failed', 'expired') and {p}.changed_at < :before;

-- @query tidy_unpaid_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_unpaid p};

-- @query tidy_unpaid_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id {old_unpaid p} order by p.payment_id limit :size);

-- @query tidy_unpaid_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id {old_unpaid p} order by p.payment_id limit :size);

-- @query tidy_unpaid_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id {old_unpaid p} order by p.payment_id limit :size);

-- @query tidy_unpaid
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id {old_unpaid p} order by p.payment_id limit :size);

-- Payments that billing shows, or that were reversed. Those in review stay. Dependent rows are deleted first, in the
-- same transaction.
-- @clause old_payments p
from portal_payment {p}
 where {p}.state in ('confirmed', 'reconciled', 'reversed') and {p}.changed_at < :before
   and not exists (select 1 from portal_posted old_payments_s where old_payments_s.payment_id = {p}.payment_id);

-- @query tidy_payments_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {old_payments p};

-- @query tidy_payments_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id {old_payments p} order by p.payment_id limit :size);

-- @query tidy_payments_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id {old_payments p} order by p.payment_id limit :size);

-- @query tidy_payments_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id {old_payments p} order by p.payment_id limit :size);

-- @query tidy_payments
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id {old_payments p} order by p.payment_id limit :size);

-- Cases that people have settled.
-- @query tidy_cases_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) {older portal_case k settled_at};

-- @query tidy_cases
-- @scope system
-- @args before:text size:int
delete from portal_case
 where case_id in (select k.case_id {older portal_case k settled_at} limit :size);
