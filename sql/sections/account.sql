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

-- === contact details ===

-- @query contact_waiting
-- @scope identity
-- @args account:text now:time
-- @row change channel:text value:text expires:time
select c.channel, c.value, c.expires_at from portal_contact_change c
 where c.account_id = :account and c.state = 'open' and c.expires_at > :now
 order by c.channel;

-- === reminders ===

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

-- === erasure ===

-- @query erasure_list
-- @scope identity
-- @args account:text
-- @row erasure at:time state:text
select e.at, e.state from portal_erasure e where e.account_id = :account order by e.at desc, e.erasure_id limit 20;
