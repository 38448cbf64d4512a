-- SPDX-License-Identifier: Apache-2.0
-- Connecting a contract to an account.

-- Attempts of one person run one after the other, on several nodes too: the one that holds the row proceeds, the others
-- wait until its transaction ends.
-- @query registration_take_turn
-- @scope identity
-- @args person:text now:time
insert into portal_registration_turn (person_tag, at) values (:person, :now)
on conflict (person_tag) do update set at = excluded.at;

-- How often this person was refused within the last hour. An attempt that was not even examined (limited) does not
-- prolong the wait.
-- @query registration_tries
-- @scope identity
-- @args person:text hour_ago:time
-- @row tries tries:int
select count(*) from portal_registration_try
 where person_tag = :person and at > :hour_ago and outcome = 'refused';

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

-- @query account_contract_add
-- @scope identity
-- @args account:text contract:text basis:text now:time
insert into portal_account_contract (account_id, contract_no, basis, registered_at, ended_at)
values (:account, :contract, :basis, :now, null)
on conflict (account_id, contract_no) do update set ended_at = null;

-- @query consent_add
-- @scope identity
-- @args consent_id:text account:text kind:text channel:text given:int text_version:text now:time
insert into portal_consent (consent_id, account_id, kind, channel, number, given, text_version, at)
values (:consent_id, :account, :kind, :channel,
        (select coalesce(max(number), 0) + 1 from portal_consent where account_id = :account and kind = :kind and channel = :channel),
        :given, :text_version, :now);
