-- SPDX-License-Identifier: Apache-2.0
-- A person's own account, as the services of a person's own things change it: opening it, its contracts, addresses,
-- consents, access tokens and erasure. A service locks the account first (account_hold), so what it then reads cannot
-- change before it writes.

-- Locks the account until the transaction ends, so that two tabs take turns.
-- @query account_hold
-- @scope identity
-- @args account:text
update portal_account set quiet = quiet where account_id = :account;

-- What is decided by, after account_hold. No row: the account was erased, for one that exists has a person code.
-- @query account_own
-- @scope identity
-- @args account:text
-- @row account language:text quiet:text email:text phone:text email_proved:flag phone_proved:flag
select a.language, a.quiet, a.email, a.phone,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'email' and c.value = a.email and c.state = 'done')
            then 1 else 0 end,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'sms' and c.value = a.phone and c.state = 'done')
            then 1 else 0 end
  from portal_account a
 where a.account_id = :account
   and exists (select 1 from portal_person_code p where p.account_id = a.account_id);

-- === connecting a contract ===

-- Attempts of one person, and attempts at one contract, run one after the other, on several nodes too: the one that
-- holds the row proceeds, the others wait until its transaction ends. turn: a person's tag, or "contract" and the tag of
-- a number.
-- @query registration_take_turn
-- @scope identity
-- @args turn:text now:time
insert into portal_registration_turn (person_tag, at) values (:turn, :now)
on conflict (person_tag) do update set at = excluded.at;

-- Has this person been refused more often than :before times within the last hour? If so, the attempt that must become
-- older than that. An attempt that was not even examined (limited) does not prolong the wait.
-- @query registration_spent
-- @scope identity
-- @args person:text hour_ago:time before:int
-- @row tries at:time
select at from portal_registration_try
 where person_tag = :person and at > :hour_ago and outcome = 'refused'
 order by at desc
 limit 1 offset :before;

-- How many persons tried this contract number within the last hour.
-- @query registration_persons
-- @scope identity
-- @args contract_tag:text hour_ago:time
-- @row persons persons:int
select count(distinct person_tag) from portal_registration_try
 where contract_tag = :contract_tag and at > :hour_ago and outcome <> 'matched';

-- @query registration_try_add
-- @scope identity
-- @args try_id:text person:text contract_tag:text now:time outcome:text
insert into portal_registration_try (try_id, person_tag, contract_tag, at, outcome)
values (:try_id, :person, :contract_tag, :now, :outcome);

-- The contracts that this person code may connect, to find the one that a typed number means.
-- @query registration_own
-- @scope identity
-- @args code:text today:date
-- @row contract contract_no:text
select c.contract_no
  from billing_customer k
  join billing_contract c on c.customer_no = k.customer_no
 where k.person_code = :code and (c.ended_on is null or c.ended_on >= :today)
union
select c.contract_no
  from billing_representative r
  join billing_contract c on c.customer_no = r.customer_no
 where r.person_code = :code and r.since <= :today and (r.until is null or r.until >= :today)
   and (c.ended_on is null or c.ended_on >= :today)
 order by 1;

-- The contract, if this person code holds it or represents its holder today; others: accounts that already have it.
-- @query registration_match
-- @scope identity
-- @args contract:text code:text today:date account:text
-- @row match contract_no:text basis:text others:int
select c.contract_no, case when k.person_code = :code then 'customer' else 'representative' end,
       (select count(*) from portal_account_contract o
         where o.contract_no = c.contract_no and (:account is null or o.account_id <> :account) and o.ended_at is null)
  from billing_contract c
  join billing_customer k on k.customer_no = c.customer_no
 where c.contract_no = :contract and (c.ended_on is null or c.ended_on >= :today)
   and (k.person_code = :code
        or exists (select 1 from billing_representative r
                    where r.customer_no = k.customer_no and r.person_code = :code
                      and r.since <= :today and (r.until is null or r.until >= :today)));

-- @query account_add
-- @scope identity
-- @args account:text person_name:text language:text email:text phone:text quiet:text now:time
insert into portal_account (account_id, name, language, email, phone, quiet, created_at, changed_at)
values (:account, :person_name, :language, :email, :phone, :quiet, :now, :now);

-- Nothing changes if the account has the contract already, by the same right.
-- @query account_contract_add
-- @scope identity
-- @args account:text contract:text basis:text now:time
insert into portal_account_contract (account_id, contract_no, basis, registered_at, ended_at)
values (:account, :contract, :basis, :now, null)
on conflict (account_id, contract_no) do update set ended_at = null, basis = excluded.basis
 where portal_account_contract.ended_at is not null or portal_account_contract.basis <> excluded.basis;

-- @query account_contract_end
-- @scope identity
-- @args account:text contract:text now:time
update portal_account_contract set ended_at = :now where account_id = :account and contract_no = :contract and ended_at is null;

-- @query account_contract_known
-- @scope identity
-- @args account:text contract:text
-- @row contract contract_no:text
select ac.contract_no from portal_account_contract ac where ac.account_id = :account and ac.contract_no = :contract;

-- === addresses ===

-- @query account_email_set
-- @scope identity
-- @args account:text value:text now:time
update portal_account set email = :value, changed_at = :now where account_id = :account;

-- @query account_phone_set
-- @scope identity
-- @args account:text value:text now:time
update portal_account set phone = :value, changed_at = :now where account_id = :account;

-- @query contact_open
-- @scope identity
-- @args account:text channel:text now:time
-- @row change change_id:text value:text code_hash:text old_hash:text tries:int expires:time
select c.change_id, c.value, c.code_hash, c.old_hash, c.tries, c.expires_at from portal_contact_change c
 where c.account_id = :account and c.channel = :channel and c.state = 'open' and c.expires_at > :now
 order by c.created_at desc, c.change_id
 limit 1;

-- Have more than :before changes been asked for since :hour_ago? If so, the one that must become older than that.
-- @query contact_spent
-- @scope identity
-- @args account:text hour_ago:time before:int
-- @row asked created:time
select c.created_at from portal_contact_change c
 where c.account_id = :account and c.created_at > :hour_ago
 order by c.created_at desc
 limit 1 offset :before;

-- @query contact_drop
-- @scope identity
-- @args account:text channel:text
update portal_contact_change set state = 'dropped' where account_id = :account and channel = :channel and state = 'open';

-- @query contact_add
-- @scope identity
-- @args change:text account:text channel:text value:text code_hash:text old_hash:text now:time expires:time
insert into portal_contact_change (change_id, account_id, channel, value, code_hash, old_hash, tries, state, created_at, expires_at)
values (:change, :account, :channel, :value, :code_hash, :old_hash, 0, 'open', :now, :expires);

-- @query contact_tried
-- @scope identity
-- @args change:text most:int
update portal_contact_change
   set tries = tries + 1, state = case when tries + 1 >= :most then 'dropped' else state end
 where change_id = :change and state = 'open';

-- @query contact_settle
-- @scope identity
-- @args change:text
update portal_contact_change set state = 'done' where change_id = :change and state = 'open';

-- === reminders ===

-- @query consent_current
-- @scope identity
-- @args account:text
-- @row consent kind:text channel:text given:flag
select c.kind, c.channel, c.given from portal_consent c
 where c.account_id = :account
   and c.number = (select max(n.number) from portal_consent n
                    where n.account_id = c.account_id and n.kind = c.kind and n.channel = c.channel)
 order by c.kind, c.channel;

-- @query account_habits_set
-- @scope identity
-- @args account:text language:text quiet:text now:time
update portal_account set language = :language, quiet = :quiet, changed_at = :now where account_id = :account;

-- @query consent_add
-- @scope identity
-- @args consent_id:text account:text kind:text channel:text given:int text_version:text now:time
insert into portal_consent (consent_id, account_id, kind, channel, number, given, text_version, at)
values (:consent_id, :account, :kind, :channel,
        (select coalesce(max(number), 0) + 1 from portal_consent where account_id = :account and kind = :kind and channel = :channel),
        :given, :text_version, :now);

-- === access tokens ===

-- @query token_totals
-- @scope identity
-- @args account:text today:date
-- @row tokens total:int active:int
select count(*), coalesce(sum(case when t.revoked_at is null and t.expires_on >= :today then 1 else 0 end), 0)
  from portal_token t
 where t.account_id = :account;

-- @query token_one
-- @scope identity
-- @args account:text token:text today:date
-- @row token token_id:text name:text scopes:text created:time expires:date used:time state:text
select t.token_id, t.name, t.scopes, t.created_at, t.expires_on, t.used_at,
       case when t.revoked_at is not null then 'revoked' when t.expires_on < :today then 'expired' else 'active' end
  from portal_token t
 where t.account_id = :account and t.token_id = :token;

-- @query token_add
-- @scope identity
-- @args token:text account:text name:text hash:text scopes:text now:time expires:date
insert into portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on, used_at, revoked_at)
values (:token, :account, :name, :hash, :scopes, :now, :expires, null, null);

-- @query token_revoke
-- @scope identity
-- @args account:text token:text now:time
update portal_token set revoked_at = :now where account_id = :account and token_id = :token and revoked_at is null;

-- === erasure ===

-- A request is added only if none is open.
-- @query erasure_add
-- @scope identity
-- @args erasure:text account:text now:time
insert into portal_erasure (erasure_id, account_id, at, state)
select :erasure, :account, :now, 'asked'
  from (select 1 as one) o
 where not exists (select 1 from portal_erasure e where e.account_id = :account and e.state = 'asked');

-- @query erasure_withdraw
-- @scope identity
-- @args account:text
update portal_erasure set state = 'withdrawn' where account_id = :account and state = 'asked';
