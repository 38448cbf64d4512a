-- SPDX-License-Identifier: Apache-2.0
-- Requests to erase an account, as the utility settles them ("waterportalctl erasures"). What the utility must keep by
-- law stays: readings, payments and the audit log, for as long as accounts must be kept (Regulation (EU) 2016/679 art.
-- 17(3)(b)); they refer to an account that contains nothing but its id.

-- Only open requests: SQLite would be tempted to scan an index of all states for one account's request.
-- @schema 4 oldest=3
create index portal_erasure_asked on portal_erasure (at) where state = 'asked';

-- Open requests, the oldest first.
-- @query erasures_waiting
-- @scope system
-- @args size:int
-- @row erasure erasure_id:text at:time account_id:text name:text
select e.erasure_id, e.at, e.account_id, a.name
  from portal_erasure e
  join portal_account a on a.account_id = e.account_id
 where e.state = 'asked'
 order by e.at, e.erasure_id
 limit :size;

-- @query erasure_contracts
-- @scope system
-- @args account:text
-- @row contract contract_no:text
select ac.contract_no from portal_account_contract ac where ac.account_id = :account and ac.ended_at is null order by ac.contract_no;

-- One request: its account, where the person can be notified, and payments that are still in progress.
-- @query erasure_one
-- @scope system
-- @args erasure:text
-- @row erasure account_id:text state:text email:text language:text payments:int
select e.account_id, e.state, a.email, a.language,
       (select count(*) from portal_payment p
         where p.account_id = e.account_id and p.state in ('created', 'redirected', 'pending', 'review'))
  from portal_erasure e
  join portal_account a on a.account_id = e.account_id
 where e.erasure_id = :erasure;

-- If two people settle it at once, one succeeds.
-- @query erasure_settle
-- @scope system
-- @args erasure:text
update portal_erasure set state = 'done' where erasure_id = :erasure and state = 'asked';

-- Messages about the account's own addresses and requests; the message that reports the erasure is written after this.
-- @query erase_messages
-- @scope system
-- @args account:text
delete from portal_outbox
 where message_id in (select o.message_id from portal_outbox o where o.account_id = :account
                      union
                      select o.message_id from portal_outbox o
                       where o.subject in (select :account
                                           union select c.change_id from portal_contact_change c where c.account_id = :account
                                           union select e.erasure_id from portal_erasure e where e.account_id = :account));

-- What remains of a case says that there was one, not about whom. A conflict concerns two accounts, and its facts
-- include those of the code.
-- @query erase_cases
-- @scope system
-- @args account:text now:time
update portal_case
   set facts = null, settled_at = coalesce(settled_at, :now), settled_by = coalesce(settled_by, 'erasure'), how = coalesce(how, 'erased')
 where account_id = :account or (kind = 'account_conflict' and subject like '% ' || :account);

-- @query erase_contact_changes
-- @scope system
-- @args account:text
delete from portal_contact_change where account_id = :account;

-- @query erase_consents
-- @scope system
-- @args account:text
delete from portal_consent where account_id = :account;

-- @query erase_token_uses
-- @scope system
-- @args account:text
delete from portal_token_use where token_id in (select t.token_id from portal_token t where t.account_id = :account);

-- @query erase_tokens
-- @scope system
-- @args account:text
delete from portal_token where account_id = :account;

-- Rights that the person gave end; what remains says that somebody had them, not who.
-- @query erase_given
-- @scope system
-- @args account:text now:time
update portal_delegation
   set state = case when state in ('draft', 'offered', 'active') then 'revoked' else state end,
       settled_at = case when state in ('draft', 'offered', 'active') then :now else settled_at end,
       giver_code = null, invite_hash = null
 where giver_account = :account;

-- Rights that the person was given: what remains no longer says whose they were.
-- @query erase_received
-- @scope system
-- @args account:text now:time
update portal_delegation
   set state = case when state in ('draft', 'offered', 'active') then 'revoked' else state end,
       settled_at = case when state in ('draft', 'offered', 'active') then :now else settled_at end,
       receiver_code = null, receiver_name = null
 where receiver_code in (select p.person_code from portal_person_code p where p.account_id = :account);

-- @query erase_contracts
-- @scope system
-- @args account:text
delete from portal_account_contract where account_id = :account;

-- @query erase_person_codes
-- @scope system
-- @args account:text
delete from portal_person_code where account_id = :account;

-- @query erase_identities
-- @scope system
-- @args account:text
delete from portal_identity where account_id = :account;

-- @query erase_account
-- @scope system
-- @args account:text now:time
update portal_account set name = null, email = null, phone = null, changed_at = :now where account_id = :account;
