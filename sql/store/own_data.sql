-- SPDX-License-Identifier: Apache-2.0
-- Everything the portal holds about one person, for the download of own data: the account's own rows, and what belongs
-- to contracts that the person holds or represents. What others let the person see by a delegation belongs to them and
-- is not included.

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
         where {held a} and a.delegation_id is null
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
  from ({own_contracts}) x
  join billing_meter m on m.contract_no = x.contract_no
 order by m.contract_no, m.place, m.meter_id
 limit :size;

-- @query own_readings
-- @scope account
-- @args account:text today:date size:int
-- @row reading contract:text meter:text read_on:date value_l:volume kind:text
select m.contract_no, m.meter_id, b.read_on, b.value_l, b.kind
  from ({own_contracts}) x
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
-- @args account:text today:date now:time size:int
-- @row invoice invoice:text contract:text issued_on:date due_on:date period_from:date period_until:date
-- @row invoice net_c:money vat_c:money total_c:money open_c:money state:text
select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c, i.open_c,
       {invoice_state i}
  from ({own_contracts}) x
  join portal_invoice i on i.contract_no = x.contract_no
 order by i.issued_on desc, i.invoice_no
 limit :size;

-- @query own_person_codes
-- @scope identity
-- @args account:text
-- @row code person_code:text since:time
select p.person_code, p.since from portal_person_code p where p.account_id = :account order by p.since, p.person_code;

-- @query own_services
-- @scope account
-- @args account:text today:date size:int
-- @row service contract:text service:text tariff_group:text since:date until:date
select s.contract_no, s.service, s.tariff_group, s.since, s.until
  from ({own_contracts}) x
  join billing_service s on s.contract_no = x.contract_no
 order by s.contract_no, s.service, s.since
 limit :size;

-- @query own_seals
-- @scope account
-- @args account:text today:date size:int
-- @row seal contract:text meter:text seal:text set_on:date removed_on:date
select m.contract_no, m.meter_id, s.seal_no, s.set_on, s.removed_on
  from ({own_contracts}) x
  join billing_meter m on m.contract_no = x.contract_no
  join billing_seal s on s.meter_id = m.meter_id
 order by s.set_on desc, s.seal_no, m.meter_id
 limit :size;

-- @query own_documents
-- @scope account
-- @args account:text today:date size:int
-- @row document contract:text kind:text number:text title:text issued_on:date
select d.contract_no, d.kind, d.number, d.title, d.issued_on
  from ({own_contracts}) x
  join billing_document d on d.contract_no = x.contract_no
 order by d.issued_on desc, d.document_id
 limit :size;

-- @query own_acts
-- @scope account
-- @args account:text today:date size:int
-- @row act act:text contract:text kind:text registered_on:date visited_at:time place:text reason:text findings:text to_mend:text
-- @row act mend_by:date remarks:text
select t.act_no, t.contract_no, t.kind, t.registered_on, t.visited_at, t.place, t.reason, t.findings, t.to_mend, t.mend_by, t.remarks
  from ({own_contracts}) x
  join billing_act t on t.contract_no = x.contract_no
 order by t.registered_on desc, t.act_no
 limit :size;

-- @query own_act_meters
-- @scope account
-- @args account:text today:date size:int
-- @row meter act:text line:int meter:text part:text value_l:volume seal:text seal_state:text
select l.act_no, l.line, l.meter_id, l.part, l.value_l, l.seal_no, l.seal_state
  from ({own_contracts}) x
  join billing_act t on t.contract_no = x.contract_no
  join billing_act_meter l on l.act_no = t.act_no
 order by t.registered_on desc, l.act_no, l.line
 limit :size;

-- @query own_act_persons
-- @scope account
-- @args account:text today:date size:int
-- @row person act:text line:int name:text role:text post:text signed:flag
select l.act_no, l.line, l.name, l.role, l.post, l.signed
  from ({own_contracts}) x
  join billing_act t on t.contract_no = x.contract_no
  join billing_act_person l on l.act_no = t.act_no
 order by t.registered_on desc, l.act_no, l.line
 limit :size;

-- Payments for the person's contracts, by anybody.
-- @query own_payments
-- @scope account
-- @args account:text today:date size:int
-- @row payment contract:text invoice:text paid_on:date amount_c:money portal_payment:text
select y.contract_no, y.invoice_no, y.paid_on, y.amount_c, y.portal_id
  from (select b.contract_no as contract_no, b.invoice_no as invoice_no, b.paid_on as paid_on, b.amount_c as amount_c,
               b.portal_id as portal_id, b.payment_id as payment_id, b.line as line
          from ({own_contracts}) x
          join billing_payment b on b.contract_no = x.contract_no
        union all
        select s.contract_no, s.invoice_no, s.paid_on, s.amount_c, s.payment_id, s.payment_id, s.line
          from ({own_contracts}) x
          join portal_posted s on s.contract_no = x.contract_no
        union all
        select c.contract_no, null, c.paid_on, c.amount_c, c.credit_id, c.credit_id, c.line
          from ({own_contracts}) x
          join portal_credit_open c on c.contract_no = x.contract_no) y
 order by y.paid_on desc, y.payment_id, y.line
 limit :size;

-- What the person ordered in the portal, whatever came of it.
-- @query own_payment_orders
-- @scope identity
-- @args account:text size:int
-- @row order payment:text contract:text invoice:text amount_c:money state:text created_at:time changed_at:time
select p.payment_id, t.contract_no, t.invoice_no, t.amount_c, p.state, p.created_at, p.changed_at
  from portal_payment p
  join portal_payment_item t on t.payment_id = p.payment_id
 where p.account_id = :account
 order by p.created_at desc, p.payment_id, t.line
 limit :size;

-- Messages to the person: about their own addresses and requests, and about rights given or received. Without the
-- texts, which may contain codes.
-- @query own_messages
-- @scope identity
-- @args account:text size:int
-- @row message kind:text channel:text recipient:text created_at:time state:text
select o.kind, o.channel, o.recipient, o.created_at, o.state
  from portal_outbox o
 where o.recipient in (select a.email from portal_account a where a.account_id = :account
                       union select a.phone from portal_account a where a.account_id = :account
                       union select c.value from portal_contact_change c where c.account_id = :account)
   and o.subject in (select :account
                     union select c.change_id from portal_contact_change c where c.account_id = :account
                     union select e.erasure_id from portal_erasure e where e.account_id = :account
                     union select d.delegation_id from portal_delegation d where d.giver_account = :account
                     union select d.delegation_id from portal_delegation d join portal_person_code p on p.person_code = d.receiver_code
                            where p.account_id = :account)
 order by o.created_at desc, o.message_id
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
  from (select h.delegation_id from portal_delegation h where h.giver_account = :account
        union
        select r.delegation_id from portal_person_code p join portal_delegation r on r.receiver_code = p.person_code
         where p.account_id = :account) m
  join portal_delegation d on d.delegation_id = m.delegation_id
  join portal_account g on g.account_id = d.giver_account
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

-- What the person did, and what others did and looked at on the person's contracts while those are in the account.
-- @query own_audit
-- @scope account
-- @args account:text today:date size:int
-- @row entry at:time action:text contract:text actor_kind:text actor_name:text detail:text
select u.at, u.action, u.contract_no, u.actor_kind, u.actor_name, u.detail
  from (select e.audit_id, e.at, e.action, e.contract_no, e.actor_kind, e.actor_name, e.detail
          from portal_audit e where e.account_id = :account
        union
        select e.audit_id, e.at, e.action, e.contract_no, e.actor_kind, e.actor_name, e.detail
          from ({own_contracts}) x
          join portal_account_contract ac on ac.account_id = :account and ac.contract_no = x.contract_no
          join portal_audit e on e.contract_no = x.contract_no and e.at >= ac.registered_at) u
 order by u.at desc, u.audit_id
 limit :size;
