-- SPDX-License-Identifier: Apache-2.0
-- The portal's own machinery: who is logged in, what they may use, forms that take effect once.

-- What an account may do, on which contract or metering point, from when to when (ISO days, both included): by its own
-- contract, as the representative of a company, or by a delegation from somebody who has such a right. Every
-- account-scope statement joins this view, so that a right that ends in billing, or is revoked, ends here at once, also
-- in an open session. rights is a sum of the bits of WP_RIGHTS (domain/rights.h): 1 readings and consumption, 2
-- submit readings, 4 invoices, 8 pay, 16 contract, acts and documents, 32 applications, 64 give rights to others.
-- point_id: the one metering point to which the rights apply, or null for the whole contract. The view consists of
-- plain joins, so that both databases look it up by account and contract instead of materialising it. It is a separate
-- step after the first, whose embedded part creates the billing tables: in PostgreSQL they must exist before their
-- view.
-- @schema 2
create view portal_access as
select ac.account_id as account_id, c.contract_no as contract_no, c.premises_id as premises_id, 127 as rights,
       null as point_id, null as delegation_id,
       case when k.person_code = p.person_code then 'customer' else 'representative' end as basis,
       case when k.person_code = p.person_code then '0000-01-01' else r.since end as since,
       case when k.person_code = p.person_code then '9999-12-31' else coalesce(r.until, '9999-12-31') end as until
  from portal_account_contract ac
  join portal_person_code p on p.account_id = ac.account_id
  join billing_contract c on c.contract_no = ac.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_representative r on r.customer_no = c.customer_no and r.person_code = p.person_code
 where ac.ended_at is null and (k.person_code = p.person_code or r.person_code is not null)
union all
select rp.account_id, d.contract_no, c.premises_id,
       case d.level when 'read' then 21 when 'submit' then 3 when 'pay' then 12 when 'full' then 63 else 0 end,
       d.point_id, d.delegation_id, 'delegate',
       case when k.person_code = p.person_code or r.since <= d.since then d.since else r.since end,
       case when k.person_code = p.person_code or r.until is null or r.until >= d.until then d.until else r.until end
  from portal_person_code rp
  join portal_delegation d on d.receiver_code = rp.person_code and d.state = 'active'
  join portal_account_contract ac on ac.account_id = d.giver_account and ac.contract_no = d.contract_no and ac.ended_at is null
  join portal_person_code p on p.account_id = ac.account_id
  join billing_contract c on c.contract_no = d.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_representative r on r.customer_no = c.customer_no and r.person_code = p.person_code
 where k.person_code = p.person_code or r.person_code is not null;

-- Accounts that registered a contract and belong, or belonged, to its present customer: the customer or a
-- representative. A contract number may outlive a change of customer; what was before the first
-- of these is not shown to anybody.
-- @schema 3
create view portal_holder as
select ac.contract_no as contract_no, ac.account_id as account_id, ac.registered_at as registered_at
  from portal_account_contract ac
  join portal_person_code p on p.account_id = ac.account_id
  join billing_contract c on c.contract_no = ac.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_representative r on r.customer_no = c.customer_no and r.person_code = p.person_code
 where k.person_code = p.person_code or r.person_code is not null;

-- The contracts that an account has itself, as the customer or as a representative: only these can be delegated. They
-- are the rows of portal_access that are not delegations, as plain joins without a union, so that they can be looked up
-- by a column of another table: with a union SQLite reads everybody's rows, because it pushes down bound values but not
-- columns. The index finds the saved forms of one person without reading everybody's.
-- @schema 4 oldest=3
create view portal_own as
select ac.account_id as account_id, c.contract_no as contract_no,
       case when k.person_code = p.person_code then '0000-01-01' else r.since end as since,
       case when k.person_code = p.person_code then '9999-12-31' else coalesce(r.until, '9999-12-31') end as until
  from portal_account_contract ac
  join portal_person_code p on p.account_id = ac.account_id
  join billing_contract c on c.contract_no = ac.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_representative r on r.customer_no = c.customer_no and r.person_code = p.person_code
 where ac.ended_at is null and (k.person_code = p.person_code or r.person_code is not null);
create index portal_parked_form_person on portal_parked_form (person_tag, expires_at);

-- Always one row: the account of this login, the account of this person code (they must not differ), the account's
-- language, and the session, if it is known, with its end, if it has one.
-- @query login_account
-- @scope identity
-- @args issuer:text subject:text code:text session:text
-- @row account by_login:text by_code:text account_id:text language:text session:text ended:time
select l.account_id, p.account_id, a.account_id, a.language, s.session_id, s.ended_at
  from (select 1 as one) o
  left join portal_identity l on l.issuer = :issuer and l.subject = :subject
  left join portal_person_code p on p.person_code = :code
  left join portal_session s on s.session_id = :session
  left join portal_account a on a.account_id = coalesce(l.account_id, p.account_id);

-- What an account may do today, in total: on how many contracts, with which rights, and with which of them on whole
-- contracts. This is a separate statement, because the account must be bound (see portal_own), and it reads the rights
-- once.
-- @query login_rights
-- @scope account
-- @args account:text today:date
-- @row rights contracts:int rights:int whole_rights:int
select count(distinct x.contract_no),
       {all_rights x.rights}, {all_rights x.whole}
  from (select a.contract_no, a.rights, case when a.point_id is null then a.rights else 0 end as whole
          from portal_access a
         where {held a}) x
having count(*) > 0;

-- @query identity_attach
-- @scope identity
-- @args issuer:text subject:text account:text now:time
insert into portal_identity (issuer, subject, account_id, first_seen) values (:issuer, :subject, :account, :now)
on conflict (issuer, subject) do nothing;

-- @query person_code_attach
-- @scope identity
-- @args code:text account:text now:time
insert into portal_person_code (person_code, account_id, since) values (:code, :account, :now)
on conflict (person_code) do nothing;

-- One row for each way to it: several rights add up.
-- @query contract_access
-- @scope account
-- @args account:text contract:text today:date
-- @row context contract_no:text address:text rights:int point_id:text delegation_id:text basis:text holder:text ended_on:date
select a.contract_no, p.address || ', ' || p.locality, a.rights, a.point_id, a.delegation_id, a.basis, k.name,
       case when c.ended_on < :today then c.ended_on end
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
 where {held a} and a.contract_no = :contract;

-- A contract as the utility sees it: for staff and commands, who act by their role.
-- @query contract_plain
-- @scope system
-- @args contract:text today:date
-- @row contract contract_no:text ended_on:date
select c.contract_no, case when c.ended_on < :today then c.ended_on end
  from billing_contract c
 where c.contract_no = :contract;

-- Contracts of others that the account may see: own is 1 if the account also has the right itself. whole 1: a right on
-- one meter is not enough.
-- @query contract_delegated
-- @scope account
-- @args account:text today:date right:int whole:int
-- @row contract contract_no:text delegation_id:text own:flag
select a.contract_no, min(a.delegation_id), max(case when a.delegation_id is null then 1 else 0 end)
  from portal_access a
 where {may a :right}
   and (:whole = 0 or a.point_id is null)
 group by a.contract_no
 order by a.contract_no;

-- @query contract_only
-- @scope account
-- @args account:text today:date right:int
-- @row contract contract_no:text
select distinct a.contract_no from portal_access a
 where {may a :right}
 order by a.contract_no limit 2;

-- @query form_result
-- @scope identity
-- @args person:text form_key:text
-- @row form_result body_hash:text location:text
select body_hash, location from portal_form_result where person_tag = :person and form_key = :form_key;

-- The key of an act with what it led to; a key that is there already stays as it is.
-- @query form_settle
-- @scope identity
-- @args person:text form_key:text body_hash:text location:text now:time
insert into portal_form_result (person_tag, form_key, body_hash, location, at)
values (:person, :form_key, :body_hash, :location, :now)
on conflict (person_tag, form_key) do nothing;

-- @query parked_forget
-- @scope system
-- @args now:time
delete from portal_parked_form where expires_at < :now;

-- A person has at most five saved forms: the oldest makes room for a new one.
-- @query parked_make_room
-- @scope identity
-- @args person:text
delete from portal_parked_form
 where person_tag = :person
   and park_id not in (select k.park_id from portal_parked_form k where k.person_tag = :person
                        order by k.expires_at desc, k.park_id limit 4);

-- Deletes a saved form that was returned and has now been sent.
-- @query parked_drop
-- @scope identity
-- @args park_id:text person:text
delete from portal_parked_form where park_id = :park_id and person_tag = :person;

-- @query parked_save
-- @scope identity
-- @args park_id:text person:text route:text sealed:text expires:time
insert into portal_parked_form (park_id, person_tag, route, sealed, expires_at)
values (:park_id, :person, :route, :sealed, :expires);

-- @query parked_find
-- @scope identity
-- @args park_id:text person:text route:text now:time
-- @row parked sealed:text
select sealed from portal_parked_form
 where park_id = :park_id and person_tag = :person and route = :route and expires_at >= :now;

-- @query audit_add
-- @scope identity
-- @args audit_id:text now:time account:text person:text person_name:text actor_kind:text delegation:text contract:text
-- @args action:text detail:text
insert into portal_audit (audit_id, at, account_id, actor_tag, actor_name, actor_kind, delegation_id, contract_no, action, detail)
values (:audit_id, :now, :account, :person, :person_name, :actor_kind, :delegation, :contract, :action, :detail)
on conflict (audit_id) do nothing;

-- @query audit_seen
-- @scope identity
-- @args audit_id:text
-- @row audit one:int
select 1 from portal_audit where audit_id = :audit_id;

-- The owner of a token, and how often it was used in this minute.
-- @query token_find
-- @scope identity
-- @args hash:text minute:time
-- @row token token_id:text account_id:text name:text scopes:text expires_on:date revoked_at:time uses:int
select t.token_id, t.account_id, a.name, t.scopes, t.expires_on, t.revoked_at, coalesce(u.uses, 0)
  from portal_token t
  join portal_account a on a.account_id = t.account_id
  left join portal_token_use u on u.token_id = t.token_id and u.minute = :minute
 where t.hash = :hash;

-- No row: the token has ended or was revoked, or it was erased with its account.
-- @query token_stands
-- @scope identity
-- @args token:text today:date
-- @row token one:int
select 1 from portal_token where token_id = :token and revoked_at is null and expires_on >= :today;

-- @query token_count
-- @scope identity
-- @args token:text minute:time
insert into portal_token_use (token_id, minute, uses) values (:token, :minute, 1)
on conflict (token_id, minute) do update set uses = portal_token_use.uses + 1;

-- @query token_uses
-- @scope identity
-- @args token:text minute:time
-- @row use uses:int
select uses from portal_token_use where token_id = :token and minute = :minute;

-- @query token_uses_forget
-- @scope identity
-- @args token:text minute:time
delete from portal_token_use where token_id = :token and minute < :minute;

-- @query token_used
-- @scope identity
-- @args token:text minute:time
update portal_token set used_at = :minute where token_id = :token and (used_at is null or used_at < :minute);

-- @query account_name_set
-- @scope identity
-- @args account:text person_name:text
update portal_account set name = coalesce(:person_name, name) where account_id = :account;

-- Rights that somebody has offered to this person and that await an answer. The person's codes come first, as a list:
-- an "or" of the code and the account's codes would read every offer there is.
-- @query offer_list
-- @scope identity
-- @args code:text account:text now:time today:date
-- @row offer delegation_id:text giver:text contract_no:text address:text level:text until:date
-- If the giver has no name, the name of the contract's customer in billing is shown.
select d.delegation_id, coalesce(g.name, (select k.name from billing_customer k where k.customer_no = c.customer_no)),
       d.contract_no, p.address || ', ' || p.locality, d.level, d.until
  from (select cast(:code as text) as code
        union select o.person_code from portal_person_code o where o.account_id = :account) w
  join portal_delegation d on d.receiver_code = w.code and d.state = 'offered'
  join portal_account g on g.account_id = d.giver_account
  join billing_contract c on c.contract_no = d.contract_no
  join billing_premises p on p.premises_id = c.premises_id
 where d.until >= :today and (d.invite_until is null or d.invite_until > :now)
   and {giver_holds d}
 order by d.until, d.delegation_id
 limit 5;

-- The contracts on which an account has a right (:right, a sum of bits), with the number of their meters that it reads
-- and the number that still lack a reading in the open window (0 if the contract has ended). Only the chosen contract,
-- or all if none is chosen. holder: the customer, if that is somebody else.
-- @query contract_list
-- @scope account
-- @args account:text today:date contract:text right:int window_key:text window_from:date size:int skip:int
-- @row contract contract_no:text address:text role:text holder:text ended:date meters:int missing:int
select a.contract_no, p.address || ', ' || p.locality, min(a.basis), case when min(a.basis) = 'delegate' then k.name end,
       min(case when c.ended_on < :today then c.ended_on end),
       (select count(*) from billing_meter m
         where m.contract_no = a.contract_no and {read_by_customer m} and {allowed_at a.contract_no m submit}),
       (select count(*) from billing_meter m
         where m.contract_no = a.contract_no and {allowed_at a.contract_no m submit} and {window_state m} = 'missing')
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
 where {may a :right} and {chosen a}
 group by a.contract_no, p.address, p.locality, k.name
 order by p.address, a.contract_no
 limit :size offset :skip;
