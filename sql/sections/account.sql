-- SPDX-License-Identifier: Apache-2.0
-- A person's own account: contact details, reminders, access tokens, erasure. Every statement is bound to :account, the
-- account of the login; none concerns a contract.

-- @query account_details
-- @scope identity
-- @args account:text
-- @row account language:text email:text phone:text quiet:text created:time email_proved:flag phone_proved:flag
select a.language, a.email, a.phone, a.quiet, a.created_at,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'email' and c.value = a.email and c.state = 'done')
            then 1 else 0 end,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'sms' and c.value = a.phone and c.state = 'done')
            then 1 else 0 end
  from portal_account a
 where a.account_id = :account;

-- Locks the account until the transaction ends, so that two tabs take turns.
-- @query account_hold
-- @scope identity
-- @args account:text
update portal_account set quiet = quiet where account_id = :account;

-- === contact details ===

-- @query contact_waiting
-- @scope identity
-- @args account:text now:time
-- @row change channel:text value:text expires:time
select c.channel, c.value, c.expires_at from portal_contact_change c
 where c.account_id = :account and c.state = 'open' and c.expires_at > :now
 order by c.channel;

-- @query contact_open
-- @scope identity
-- @args account:text channel:text now:time
-- @row change change_id:text value:text code_hash:text old_hash:text tries:int expires:time
select c.change_id, c.value, c.code_hash, c.old_hash, c.tries, c.expires_at from portal_contact_change c
 where c.account_id = :account and c.channel = :channel and c.state = 'open' and c.expires_at > :now
 order by c.created_at desc, c.change_id
 limit 1;

-- @query contact_asked
-- @scope identity
-- @args account:text hour_ago:time
-- @row asked times:int
select count(*) from portal_contact_change c where c.account_id = :account and c.created_at > :hour_ago;

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

-- @query account_email_set
-- @scope identity
-- @args account:text value:text now:time
update portal_account set email = :value, changed_at = :now where account_id = :account;

-- @query account_phone_set
-- @scope identity
-- @args account:text value:text now:time
update portal_account set phone = :value, changed_at = :now where account_id = :account;

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

-- @query consent_count
-- @scope identity
-- @args account:text
-- @row count rows:int
select count(*) from portal_consent c where c.account_id = :account;

-- @query consent_log
-- @scope identity
-- @args account:text size:int skip:int
-- @row consent kind:text channel:text given:flag text_version:text at:time
select c.kind, c.channel, c.given, c.text_version, c.at from portal_consent c
 where c.account_id = :account
 order by c.at desc, c.number desc, c.kind, c.channel
 limit :size offset :skip;

-- === access tokens ===

-- @query token_list
-- @scope identity
-- @args account:text today:date size:int skip:int
-- @row token token_id:text name:text scopes:text created:time expires:date used:time state:text
select t.token_id, t.name, t.scopes, t.created_at, t.expires_on, t.used_at,
       case when t.revoked_at is not null then 'revoked' when t.expires_on < :today then 'expired' else 'active' end
  from portal_token t
 where t.account_id = :account
 order by t.created_at desc, t.token_id
 limit :size offset :skip;

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

-- @query erasure_list
-- @scope identity
-- @args account:text
-- @row erasure at:time state:text
select e.at, e.state from portal_erasure e where e.account_id = :account order by e.at desc, e.erasure_id limit 20;

-- @query erasure_open
-- @scope identity
-- @args account:text
-- @row erasure erasure_id:text
select e.erasure_id from portal_erasure e where e.account_id = :account and e.state = 'asked';

-- @query erasure_add
-- @scope identity
-- @args erasure:text account:text now:time
insert into portal_erasure (erasure_id, account_id, at, state) values (:erasure, :account, :now, 'asked');

-- @query erasure_withdraw
-- @scope identity
-- @args account:text
update portal_erasure set state = 'withdrawn' where account_id = :account and state = 'asked';
