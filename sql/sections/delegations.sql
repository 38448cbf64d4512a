-- SPDX-License-Identifier: Apache-2.0
-- Rights given to others: giving, answering, ending; and who did what on one's contracts.
--
-- A delegation is in force (portal_access in portal.sql) while it is active, today is one of its days, and its giver
-- still has the contract. An offer awaits its receiver until its own end, an invitation until invite_until. A draft is
-- a right that can be given only with an eID; it is deleted after a day.

-- === giving ===

-- @query delegation_contract
-- @scope account
-- @args account:text delegation:text right:int today:date
-- @row contract contract_no:text
select d.contract_no from portal_delegation d
 where d.delegation_id = :delegation
   and {allowed d.contract_no :right};

-- One delegation, in its current state. mine: this very person gave it, so they may confirm a draft and see an
-- invitation.
-- @query delegation_one
-- @scope account
-- @args account:text delegation:text code:text right:int today:date now:time day_ago:time
-- @row given delegation_id:text who:text contract_no:text address:text place:text serial:text level:text since:date until:date
-- @row given invite_until:time invited:int state:text mine:int
select d.delegation_id, d.receiver_name, d.contract_no, p.address || ', ' || p.locality,
       (select max(m.place) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       (select max(m.serial) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       d.level, d.since, d.until, d.invite_until, case when d.receiver_code is null then 1 else 0 end,
       {delegation_state d},
       case when d.giver_account = :account and d.giver_code = :code then 1 else 0 end
  from portal_delegation d
  join billing_contract c on c.contract_no = d.contract_no
  join billing_premises p on p.premises_id = c.premises_id
 where d.delegation_id = :delegation
   and {allowed d.contract_no :right};

-- @query delegation_given_count
-- @scope account
-- @args account:text right:int today:date day_ago:time
-- @row count rights:int
select count(*)
  from (select distinct a.contract_no from portal_access a
         where {may a :right}) m
  join portal_delegation d on d.contract_no = m.contract_no
 where (d.state <> 'draft' or d.created_at > :day_ago)
   and exists (select 1 from portal_holder h where h.contract_no = d.contract_no and h.account_id = d.giver_account);

-- Rights given on the contracts on which the person may give rights: those in force or waiting come first. giver:
-- somebody else who may do so too, such as a company's other representative.
-- @query delegation_given
-- @scope account
-- @args account:text right:int today:date now:time day_ago:time size:int skip:int
-- @row given delegation_id:text who:text contract_no:text address:text place:text serial:text level:text until:date
-- @row given giver:text state:text
select x.delegation_id, x.who, x.contract_no, x.address, x.place, x.serial, x.level, x.until, x.giver, x.state
  from (select d.delegation_id, d.receiver_name as who, d.contract_no, p.address || ', ' || p.locality as address,
               (select max(m.place) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}) as place,
               (select max(m.serial) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}) as serial,
               d.level, d.until, d.created_at,
               case when d.giver_account <> :account
                    then coalesce(g.name, (select k.name from billing_customer k where k.customer_no = c.customer_no)) end as giver,
               {delegation_state d} as state
          from (select distinct a.contract_no from portal_access a
                 where {may a :right}) n
          join portal_delegation d on d.contract_no = n.contract_no
          join portal_account g on g.account_id = d.giver_account
          join billing_contract c on c.contract_no = d.contract_no
          join billing_premises p on p.premises_id = c.premises_id
         where (d.state <> 'draft' or d.created_at > :day_ago)
           and exists (select 1 from portal_holder h where h.contract_no = d.contract_no and h.account_id = d.giver_account)) x
 order by case x.state when 'draft' then 0 when 'offered' then 1 when 'active' then 1 else 2 end,
          case when x.state in ('draft', 'offered', 'active') then x.until end, x.created_at desc, x.delegation_id
 limit :size offset :skip;

-- What others gave to the person: all of it, or one right.
-- @query delegation_received
-- @scope account
-- @args account:text delegation:text today:date
-- @row received delegation_id:text contract_no:text address:text holder:text place:text serial:text level:text until:date state:text
select d.delegation_id, d.contract_no, p.address || ', ' || p.locality, k.name,
       (select max(m.place) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       (select max(m.serial) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       d.level, a.until, case when {in_force a} then 'active' else 'ended' end
  from portal_access a
  join portal_delegation d on d.delegation_id = a.delegation_id
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
 where a.account_id = :account and a.basis = 'delegate' and (:delegation is null or a.delegation_id = :delegation)
 order by case when {in_force a} then 0 else 1 end, a.until, d.contract_no, d.delegation_id
 limit 200;

-- The metering points of a contract, to give a right on one.
-- @query delegation_points
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row point id:text place:text serial:text
select m.point_id, m.place, m.serial from billing_meter m
 where m.contract_no = :contract and {in_place m}
   and {allowed_at :contract m :right}
 order by m.place, m.serial, m.meter_id
 limit 400;

-- === answering ===

-- An offer that service/delegation.h says may be accepted, for its receiver.
-- @query offer_one
-- @scope identity
-- @args delegation:text
-- @row offer delegation_id:text giver:text contract_no:text address:text place:text serial:text level:text until:date
select d.delegation_id, coalesce(g.name, k.name), d.contract_no, p.address || ', ' || p.locality,
       (select max(m.place) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       (select max(m.serial) from billing_meter m where m.point_id = d.point_id and m.contract_no = d.contract_no and {in_place m}),
       d.level, d.until
  from portal_delegation d
  join portal_account g on g.account_id = d.giver_account
  join billing_contract c on c.contract_no = d.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  join billing_premises p on p.premises_id = c.premises_id
 where d.delegation_id = :delegation;

-- The outcome, for its receiver.
-- @query offer_settled
-- @scope identity
-- @args delegation:text code:text account:text
-- @row settled giver:text contract_no:text address:text level:text until:date state:text
select coalesce(g.name, (select k.name from billing_customer k where k.customer_no = c.customer_no)),
       d.contract_no, p.address || ', ' || p.locality, d.level, d.until, d.state
  from portal_delegation d
  join portal_account g on g.account_id = d.giver_account
  join billing_contract c on c.contract_no = d.contract_no
  join billing_premises p on p.premises_id = c.premises_id
 where d.delegation_id = :delegation and d.state in ('active', 'refused', 'revoked')
   and (d.receiver_code = :code
        or d.receiver_code in (select o.person_code from portal_person_code o where o.account_id = :account));

-- === who did what ===

-- What delegates and staff did recently, on all contracts on which the person may give rights.
-- @query audit_recent
-- @scope account
-- @args account:text right:int today:date size:int
-- @row event at:time action:text detail:text actor:text kind:text contract_no:text whom:text
select u.at, u.action, u.detail, u.actor_name, u.actor_kind, u.contract_no, w.receiver_name
  from portal_audit u
  left join portal_delegation w on w.delegation_id = u.detail
 where u.actor_kind in ('delegate', 'staff')
   and u.contract_no in (select a.contract_no from portal_access a
                          where {may a :right})
   and u.at >= (select min(h.registered_at) from portal_holder h where h.contract_no = u.contract_no)
 order by u.at desc, u.audit_id
 limit :size;

-- @query audit_count
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row count events:int
select count(*) from portal_audit u
 where u.contract_no = :contract
   and {allowed_whole :contract :right}
   and u.at >= (select min(h.registered_at) from portal_holder h where h.contract_no = :contract)
having count(*) > 0;

-- All of one contract, newest first.
-- @query audit_list
-- @scope account
-- @args account:text contract:text right:int today:date size:int skip:int
-- @row event at:time action:text detail:text actor:text kind:text contract_no:text whom:text
select u.at, u.action, u.detail, u.actor_name, u.actor_kind, u.contract_no, w.receiver_name
  from portal_audit u
  left join portal_delegation w on w.delegation_id = u.detail
 where u.contract_no = :contract
   and {allowed_whole :contract :right}
   and u.at >= (select min(h.registered_at) from portal_holder h where h.contract_no = :contract)
 order by u.at desc, u.audit_id
 limit :size offset :skip;
