-- SPDX-License-Identifier: Apache-2.0
-- Everything the portal holds about one person, for the download of own data: the account's own rows, and what belongs to the
-- contracts the person holds or represents. What others let the person see by a delegation is theirs and not in it.

-- @query own_account
-- @scope identity
-- @args account:text
-- @row account account_id:text name:text language:text email:text phone:text quiet:text created_at:time changed_at:time
select a.account_id, a.name, a.language, a.email, a.phone, a.quiet, a.created_at, a.changed_at
  from portal_account a where a.account_id = :account;

-- @query own_identities
-- @scope identity
-- @args account:text
-- @row identity issuer:text first_seen:time
select i.issuer, i.first_seen from portal_identity i where i.account_id = :account order by i.first_seen, i.issuer;

-- @query own_contracts
-- @scope account
-- @args account:text today:date size:int
-- @row contract contract:text basis:text registered_at:time customer:text address:text locality:text signed_on:date ended_on:date
select x.contract_no, x.basis, ac.registered_at, k.name, p.address, p.locality, c.signed_on, c.ended_on
  from (select a.contract_no, min(a.basis) as basis from portal_access a
         where a.account_id = :account and a.delegation_id is null and :today between a.since and a.until
         group by a.contract_no) x
  join portal_account_contract ac on ac.account_id = :account and ac.contract_no = x.contract_no
  join billing_contract c on c.contract_no = x.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  join billing_premises p on p.premises_id = c.premises_id
 order by x.contract_no
 limit :size;

-- @query own_meters
-- @scope account
-- @args account:text today:date size:int
-- @row meter contract:text meter:text place:text serial:text installed_on:date removed_on:date verified_until:date remote:flag
select m.contract_no, m.meter_id, m.place, m.serial, m.installed_on, m.removed_on, m.verified_until, m.remote
  from (select distinct a.contract_no from portal_access a
         where a.account_id = :account and a.delegation_id is null and :today between a.since and a.until) x
  join billing_meter m on m.contract_no = x.contract_no
 order by m.contract_no, m.place, m.meter_id
 limit :size;

-- @query own_readings
-- @scope account
-- @args account:text today:date size:int
-- @row reading contract:text meter:text read_on:date value_l:volume kind:text
select m.contract_no, m.meter_id, b.read_on, b.value_l, b.kind
  from (select distinct a.contract_no from portal_access a
         where a.account_id = :account and a.delegation_id is null and :today between a.since and a.until) x
  join billing_meter m on m.contract_no = x.contract_no
  join billing_reading b on b.meter_id = m.meter_id
 order by b.read_on desc, m.meter_id, b.reading_id
 limit :size;

-- @query own_submissions
-- @scope identity
-- @args account:text size:int
-- @row submission receipt:text contract:text meter:text window:text version:int value_l:volume read_on:date at:time state:text
-- @row submission confirmed:text reason:text answer:text previous_l:volume use_l:volume use_days:int
select s.receipt_no, r.contract_no, r.meter_id, r.window_key, r.version, r.value_l, r.read_on, r.at, r.state, r.confirmed, r.reason,
       r.answer, r.previous_l, r.use_l, r.use_days
  from portal_submission s
  join portal_reading r on r.submission_id = s.submission_id
 where s.account_id = :account
 order by s.submitted_at desc, r.meter_id, r.version
 limit :size;

-- @query own_invoices
-- @scope account
-- @args account:text today:date size:int
-- @row invoice invoice:text contract:text issued_on:date due_on:date period_from:date period_until:date
-- @row invoice net_c:money vat_c:money total_c:money open_c:money
select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c, i.open_c
  from (select distinct a.contract_no from portal_access a
         where a.account_id = :account and a.delegation_id is null and :today between a.since and a.until) x
  join portal_invoice i on i.contract_no = x.contract_no
 order by i.issued_on desc, i.invoice_no
 limit :size;

-- @query own_consents
-- @scope identity
-- @args account:text size:int
-- @row consent kind:text channel:text given:flag text_version:text at:time
select c.kind, c.channel, c.given, c.text_version, c.at from portal_consent c
 where c.account_id = :account
 order by c.at desc, c.number desc, c.kind, c.channel
 limit :size;

-- @query own_contact_changes
-- @scope identity
-- @args account:text size:int
-- @row change channel:text value:text state:text created_at:time
select c.channel, c.value, c.state, c.created_at from portal_contact_change c
 where c.account_id = :account
 order by c.created_at desc, c.change_id
 limit :size;

-- @query own_delegations
-- @scope identity
-- @args account:text size:int
-- @row delegation given:flag contract:text point:text other:text level:text since:date until:date state:text created_at:time
select case when d.giver_account = :account then 1 else 0 end, d.contract_no, d.point_id,
       case when d.giver_account = :account then d.receiver_name else g.name end, d.level, d.since, d.until, d.state, d.created_at
  from portal_delegation d
  join portal_account g on g.account_id = d.giver_account
 where d.giver_account = :account
    or d.receiver_code in (select p.person_code from portal_person_code p where p.account_id = :account)
 order by d.created_at desc, d.delegation_id
 limit :size;

-- @query own_tokens
-- @scope identity
-- @args account:text size:int
-- @row token name:text scopes:text created_at:time expires_on:date used_at:time revoked_at:time
select t.name, t.scopes, t.created_at, t.expires_on, t.used_at, t.revoked_at from portal_token t
 where t.account_id = :account
 order by t.created_at desc, t.token_id
 limit :size;

-- @query own_erasures
-- @scope identity
-- @args account:text size:int
-- @row erasure at:time state:text
select e.at, e.state from portal_erasure e where e.account_id = :account order by e.at desc, e.erasure_id limit :size;

-- What the person did, and what others did and looked at on the person's contracts since they are in the account.
-- @query own_audit
-- @scope account
-- @args account:text today:date size:int
-- @row entry at:time action:text contract:text actor_kind:text actor_name:text detail:text
select u.at, u.action, u.contract_no, u.actor_kind, u.actor_name, u.detail
  from (select e.audit_id, e.at, e.action, e.contract_no, e.actor_kind, e.actor_name, e.detail
          from portal_audit e where e.account_id = :account
        union
        select e.audit_id, e.at, e.action, e.contract_no, e.actor_kind, e.actor_name, e.detail
          from (select distinct a.contract_no from portal_access a
                 where a.account_id = :account and a.delegation_id is null and :today between a.since and a.until) x
          join portal_account_contract ac on ac.account_id = :account and ac.contract_no = x.contract_no
          join portal_audit e on e.contract_no = x.contract_no and e.at >= ac.registered_at) u
 order by u.at desc, u.audit_id
 limit :size;
