-- SPDX-License-Identifier: Apache-2.0
-- What "waterportalctl tidy" deletes (domain/retention.h, docs/limits.md): for each name a count, and a deletion of at
-- most :size rows. before: older rows are deleted; now, now_ms: expired rows are deleted.

-- Codes that were used, replaced or have expired: the text of the message is removed, and it is no longer sent.
-- @query tidy_codes_count
-- @scope system
-- @args now:time
-- @row tidy rows:int
select count(*) from portal_outbox o
 where o.kind in ('contact_code', 'contact_code_old') and o.arguments <> '{}'
   and not exists (select 1 from portal_contact_change c where c.change_id = o.subject and c.state = 'open' and c.expires_at > :now);

-- @query tidy_codes
-- @scope system
-- @args now:time size:int
update portal_outbox set arguments = '{}', state = case when state = 'waiting' then 'failed' else state end
 where message_id in (select o.message_id from portal_outbox o
         where o.kind in ('contact_code', 'contact_code_old') and o.arguments <> '{}'
           and not exists (select 1 from portal_contact_change c where c.change_id = o.subject and c.state = 'open' and c.expires_at > :now)
         limit :size);

-- Results of forms: a double click finds them until then.
-- @query tidy_forms_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_form_result f
 where f.at < :before;

-- @query tidy_forms
-- @scope system
-- @args before:text size:int
delete from portal_form_result
 where (person_tag, form_key) in (select f.person_tag, f.form_key from portal_form_result f
         where f.at < :before
         limit :size);

-- Half-filled forms that have expired.
-- @query tidy_parked_count
-- @scope system
-- @args now:time
-- @row tidy rows:int
select count(*) from portal_parked_form k
 where k.expires_at < :now;

-- @query tidy_parked
-- @scope system
-- @args now:time size:int
delete from portal_parked_form
 where park_id in (select k.park_id from portal_parked_form k
         where k.expires_at < :now
         limit :size);

-- Allowances that are fully available again (now_ms: milliseconds since 1970).
-- @query tidy_allowances_count
-- @scope system
-- @args now_ms:int
-- @row tidy rows:int
select count(*) from portal_allowance a
 where a.full_at < :now_ms;

-- @query tidy_allowances
-- @scope system
-- @args now_ms:int size:int
delete from portal_allowance
 where (act, who) in (select a.act, a.who from portal_allowance a
         where a.full_at < :now_ms
         limit :size);

-- Logins that ended or have expired.
-- @query tidy_sessions_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_session s
 where (s.expires_at < :before or s.ended_at < :before);

-- @query tidy_sessions
-- @scope system
-- @args before:text size:int
delete from portal_session
 where session_id in (select s.session_id from portal_session s
         where (s.expires_at < :before or s.ended_at < :before)
         limit :size);

-- Attempts to register a contract.
-- @query tidy_tries_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_registration_try t
 where t.at < :before;

-- @query tidy_tries
-- @scope system
-- @args before:text size:int
delete from portal_registration_try
 where try_id in (select t.try_id from portal_registration_try t
         where t.at < :before
         limit :size);

-- Locks of registration attempts.
-- @query tidy_turns_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_registration_turn t
 where t.at < :before;

-- @query tidy_turns
-- @scope system
-- @args before:text size:int
delete from portal_registration_turn
 where person_tag in (select t.person_tag from portal_registration_turn t
         where t.at < :before
         limit :size);

-- Changes of an address that are over, except those that confirm an account's current address.
-- @query tidy_changes_count
-- @scope system
-- @args before:text now:time
-- @row tidy rows:int
select count(*) from portal_contact_change c
 where c.created_at < :before and (c.state <> 'open' or c.expires_at < :now)
   and not (c.state = 'done' and exists (select 1 from portal_account a
                                          where a.account_id = c.account_id and (a.email = c.value or a.phone = c.value)));

-- @query tidy_changes
-- @scope system
-- @args before:text now:time size:int
delete from portal_contact_change
 where change_id in (select c.change_id from portal_contact_change c
         where c.created_at < :before and (c.state <> 'open' or c.expires_at < :now)
           and not (c.state = 'done' and exists (select 1 from portal_account a
                                                  where a.account_id = c.account_id and (a.email = c.value or a.phone = c.value)))
         limit :size);

-- Answers that were replaced by a later one of the same kind and channel.
-- @query tidy_consents_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_consent c
 where c.at < :before and exists (select 1 from portal_consent n
                               where n.account_id = c.account_id and n.kind = c.kind and n.channel = c.channel and n.number > c.number);

-- @query tidy_consents
-- @scope system
-- @args before:text size:int
delete from portal_consent
 where consent_id in (select c.consent_id from portal_consent c
         where c.at < :before and exists (select 1 from portal_consent n
                                       where n.account_id = c.account_id and n.kind = c.kind and n.channel = c.channel and n.number > c.number)
         limit :size);

-- Counted minutes of tokens.
-- @query tidy_uses_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_token_use u
 where u.minute < :before;

-- @query tidy_uses
-- @scope system
-- @args before:text size:int
delete from portal_token_use
 where (token_id, minute) in (select u.token_id, u.minute from portal_token_use u
         where u.minute < :before
         limit :size);

-- Tokens that expired or were revoked.
-- @query tidy_tokens_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_token t
 where (t.revoked_at < :before or t.expires_on < :before)
   and not exists (select 1 from portal_token_use u where u.token_id = t.token_id);

-- @query tidy_tokens
-- @scope system
-- @args before:text size:int
delete from portal_token
 where token_id in (select t.token_id from portal_token t
         where (t.revoked_at < :before or t.expires_on < :before)
           and not exists (select 1 from portal_token_use u where u.token_id = t.token_id)
         limit :size);

-- Rights that were never confirmed.
-- @query tidy_drafts_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_delegation d
 where d.state = 'draft' and d.created_at < :before;

-- @query tidy_drafts
-- @scope system
-- @args before:text size:int
delete from portal_delegation
 where delegation_id in (select d.delegation_id from portal_delegation d
         where d.state = 'draft' and d.created_at < :before
         limit :size);

-- Rights that were refused, withdrawn, never answered, or have ended.
-- @query tidy_rights_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_delegation d
 where (d.settled_at < :before and d.state in ('refused', 'revoked') or d.until < :before and d.state in ('offered', 'active'));

-- @query tidy_rights
-- @scope system
-- @args before:text size:int
delete from portal_delegation
 where delegation_id in (select d.delegation_id from portal_delegation d
         where (d.settled_at < :before and d.state in ('refused', 'revoked') or d.until < :before and d.state in ('offered', 'active'))
         limit :size);

-- Requests for erasure that were settled or withdrawn.
-- @query tidy_erasures_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_erasure e
 where e.state <> 'asked' and e.at < :before;

-- @query tidy_erasures
-- @scope system
-- @args before:text size:int
delete from portal_erasure
 where erasure_id in (select e.erasure_id from portal_erasure e
         where e.state <> 'asked' and e.at < :before
         limit :size);

-- Credits that are over: billing shows them, or the money went back.
-- @query tidy_credits_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_credit c
 where c.changed_at < :before
   and (c.state <> 'open' or exists (select 1 from billing_payment b where b.portal_id = c.credit_id));

-- @query tidy_credits
-- @scope system
-- @args before:text size:int
delete from portal_credit
 where (credit_id, line) in (select c.credit_id, c.line from portal_credit c
         where c.changed_at < :before
           and (c.state <> 'open' or exists (select 1 from billing_payment b where b.portal_id = c.credit_id))
         limit :size);

-- Messages of banks about something that was not ordered here.
-- @query tidy_reports_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_payment_event e
 where e.payment_id is null and e.at < :before;

-- @query tidy_reports
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where event_id in (select e.event_id from portal_payment_event e
         where e.payment_id is null and e.at < :before
         limit :size);

-- Entries of bank statements that were read.
-- @query tidy_statements_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_statement_entry s
 where s.at < :before;

-- @query tidy_statements
-- @scope system
-- @args before:text size:int
delete from portal_statement_entry
 where (account_iban, entry_ref, entry_index) in (select s.account_iban, s.entry_ref, s.entry_index from portal_statement_entry s
         where s.at < :before
         limit :size);

-- Submitted readings that were replaced or withdrawn, or that billing has.
-- @query tidy_readings_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_reading r
 where r.at < :before and (r.state <> 'current' or exists (select 1 from billing_reading b where b.portal_id = r.reading_id));

-- @query tidy_readings
-- @scope system
-- @args before:text size:int
delete from portal_reading
 where reading_id in (select r.reading_id from portal_reading r
         where r.at < :before and (r.state <> 'current' or exists (select 1 from billing_reading b where b.portal_id = r.reading_id))
         limit :size);

-- Receipts whose readings are all deleted.
-- @query tidy_receipts_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_submission s
 where s.submitted_at < :before and not exists (select 1 from portal_reading r where r.submission_id = s.submission_id);

-- @query tidy_receipts
-- @scope system
-- @args before:text size:int
delete from portal_submission
 where submission_id in (select s.submission_id from portal_submission s
         where s.submitted_at < :before and not exists (select 1 from portal_reading r where r.submission_id = s.submission_id)
         limit :size);

-- The audit log.
-- @query tidy_audit_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_audit a
 where a.at < :before;

-- @query tidy_audit
-- @scope system
-- @args before:text size:int
delete from portal_audit
 where audit_id in (select a.audit_id from portal_audit a
         where a.at < :before
         limit :size);

-- Messages, sent or not: one that waited this long is no longer news.
-- @query tidy_messages_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_outbox o
 where o.created_at < :before;

-- @query tidy_messages
-- @scope system
-- @args before:text size:int
delete from portal_outbox
 where message_id in (select o.message_id from portal_outbox o
         where o.created_at < :before
         limit :size);

-- Orders that were never placed with a bank. Dependent rows are deleted first, in the same transaction.
-- @query tidy_orders_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_payment p
 where p.state = 'created' and p.changed_at < :before;

-- @query tidy_orders_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id from portal_payment p
         where p.state = 'created' and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_orders_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id from portal_payment p
         where p.state = 'created' and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_orders_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id from portal_payment p
         where p.state = 'created' and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_orders
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id from portal_payment p
         where p.state = 'created' and p.changed_at < :before
         order by p.payment_id limit :size);

-- Orders that came to nothing. Until then, late money still finds them. Dependent rows are deleted first, in the same
-- transaction.
-- @query tidy_unpaid_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_payment p
 where p.state in ('cancelled', 'failed', 'expired') and p.changed_at < :before;

-- @query tidy_unpaid_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('cancelled', 'failed', 'expired') and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_unpaid_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('cancelled', 'failed', 'expired') and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_unpaid_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('cancelled', 'failed', 'expired') and p.changed_at < :before
         order by p.payment_id limit :size);

-- @query tidy_unpaid
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('cancelled', 'failed', 'expired') and p.changed_at < :before
         order by p.payment_id limit :size);

-- Payments that billing shows, or that were reversed. Those in review stay. Dependent rows are deleted first, in the
-- same transaction.
-- @query tidy_payments_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_payment p
 where p.state in ('confirmed', 'reconciled', 'reversed') and p.changed_at < :before
   and not exists (select 1 from portal_posted s where s.payment_id = p.payment_id);

-- @query tidy_payments_items
-- @scope system
-- @args before:text size:int
delete from portal_payment_item
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('confirmed', 'reconciled', 'reversed') and p.changed_at < :before
           and not exists (select 1 from portal_posted s where s.payment_id = p.payment_id)
         order by p.payment_id limit :size);

-- @query tidy_payments_paid
-- @scope system
-- @args before:text size:int
delete from portal_payment_paid
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('confirmed', 'reconciled', 'reversed') and p.changed_at < :before
           and not exists (select 1 from portal_posted s where s.payment_id = p.payment_id)
         order by p.payment_id limit :size);

-- @query tidy_payments_events
-- @scope system
-- @args before:text size:int
delete from portal_payment_event
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('confirmed', 'reconciled', 'reversed') and p.changed_at < :before
           and not exists (select 1 from portal_posted s where s.payment_id = p.payment_id)
         order by p.payment_id limit :size);

-- @query tidy_payments
-- @scope system
-- @args before:text size:int
delete from portal_payment
 where payment_id in (select p.payment_id from portal_payment p
         where p.state in ('confirmed', 'reconciled', 'reversed') and p.changed_at < :before
           and not exists (select 1 from portal_posted s where s.payment_id = p.payment_id)
         order by p.payment_id limit :size);

-- Cases that people have settled.
-- @query tidy_cases_count
-- @scope system
-- @args before:text
-- @row tidy rows:int
select count(*) from portal_case k
 where k.settled_at < :before;

-- @query tidy_cases
-- @scope system
-- @args before:text size:int
delete from portal_case
 where case_id in (select k.case_id from portal_case k
         where k.settled_at < :before
         limit :size);
