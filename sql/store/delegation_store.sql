-- SPDX-License-Identifier: Apache-2.0
-- Rights given to others, as the services of service/delegation.h decide about them: what there is, and what they write.
-- What pages show of them is in sections/delegations.sql.

-- All rights on a contract are given, answered and extended one after the other: what is read after this statement is
-- what there is when the transaction is committed. Whoever gives a right has registered the contract, so there is
-- something to lock; the contract itself may be a row of another system.
-- @query delegation_hold
-- @scope identity
-- @args contract:text
update portal_account_contract set registered_at = registered_at where contract_no = :contract;

-- Which right an offer's id, or an invitation's secret, names.
-- @query delegation_named
-- @scope identity
-- @args offer:text offer_hash:text
-- @row named delegation_id:text contract_no:text
select d.delegation_id, d.contract_no from portal_delegation d where d.delegation_id = :offer
union
select i.delegation_id, i.contract_no from portal_delegation i where i.invite_hash = :offer_hash;

-- mine: this very person gave it; theirs: it is for this person. A right whose giver no longer has the contract is over,
-- whatever its own state says (portal_access in portal.sql agrees).
-- @query delegation_find
-- @scope identity
-- @args delegation:text account:text code:text today:date now:time day_ago:time
-- @row found contract_no:text point_id:text level:text until:date receiver:text who:text mine:flag theirs:flag state:text
select d.contract_no, d.point_id, d.level, d.until, d.receiver_code, d.receiver_name,
       case when d.giver_account = :account and d.giver_code = :code then 1 else 0 end,
       case when d.receiver_code = :code
                 or d.receiver_code in (select o.person_code from portal_person_code o where o.account_id = :account) then 1 else 0 end,
       {delegation_state d}
  from portal_delegation d
 where d.delegation_id = :delegation;

-- What stands against a right, by the persons whom the receiver's code is one of. own: it is the giver; entitled: they
-- have the contract anyway; has: it is given or offered to them already, on this point, at whatever level; waiting: open
-- offers on the contract; point: it is one of the contract; twins: equal invitations that are open; given: all rights
-- ever given on the contract that are still known; draft: an equal one of this giver.
-- @query delegation_against
-- @scope identity
-- @args account:text code:text contract:text point:text receiver:text level:text who:text until:date today:date now:time
-- @args day_ago:time
-- @row against own:int entitled:int has:int waiting:int point:int twins:int given:int draft:text
with person (code) as (
    select cast(:receiver as text)
    union select y.person_code from portal_person_code x join portal_person_code y on y.account_id = x.account_id
           where x.person_code = :receiver),
right_on (delegation_id, state, level, point_id, receiver_code, receiver_name, giver_account, giver_code, until, created_at) as (
    select d.delegation_id, d.state, d.level, d.point_id, d.receiver_code, d.receiver_name, d.giver_account, d.giver_code, d.until,
           d.created_at
      from portal_delegation d
     where d.contract_no = :contract and d.state in ('draft', 'offered', 'active') and d.until >= :today
       and (d.state <> 'offered' or d.invite_until is null or d.invite_until > :now)
       and {giver_holds d})
select (select count(*) from person p
         where p.code = :code or p.code in (select o.person_code from portal_person_code o where o.account_id = :account)),
       (select count(*) from billing_contract c join billing_customer k on k.customer_no = c.customer_no
         where c.contract_no = :contract
           and (k.person_code in (select p.code from person p)
                or exists (select 1 from billing_representative r
                            where r.customer_no = k.customer_no and r.person_code in (select p.code from person p)
                              and r.since <= :today and (r.until is null or r.until >= :today)))),
       (select count(*) from right_on h
         where h.state <> 'draft' and h.receiver_code in (select p.code from person p)
           and coalesce(h.point_id, '') = coalesce(:point, '')),
       (select count(*) from right_on w where w.state = 'offered'),
       (select count(*) from billing_meter m where m.contract_no = :contract and m.point_id = :point and {in_place m}),
       (select count(*) from right_on t
         where t.state = 'offered' and t.receiver_code is null and t.giver_account = :account and t.level = :level
           and coalesce(t.point_id, '') = coalesce(:point, '') and t.receiver_name = :who),
       (select count(*) from portal_delegation a where a.contract_no = :contract),
       (select max(e.delegation_id) from right_on e
         where e.state = 'draft' and e.created_at > :day_ago and e.giver_account = :account and e.giver_code = :code
           and coalesce(e.receiver_code, '') = coalesce(:receiver, '') and coalesce(e.point_id, '') = coalesce(:point, '')
           and e.level = :level and e.until = :until and e.receiver_name = :who);

-- What stands against accepting one. own: the person has the contract anyway; same: and this right by another offer.
-- @query delegation_needless
-- @scope identity
-- @args delegation:text code:text account:text today:date
-- @row needless own:int same:int
with person (code) as (
    select cast(:code as text)
    union select o.person_code from portal_person_code o where o.account_id = :account)
select case when d.giver_account = :account or k.person_code in (select p.code from person p)
                 or exists (select 1 from billing_representative r
                             where r.customer_no = k.customer_no and r.person_code in (select p.code from person p)
                               and r.since <= :today and (r.until is null or r.until >= :today)) then 1 else 0 end,
       (select count(*) from portal_delegation s
         where s.contract_no = d.contract_no and s.delegation_id <> d.delegation_id and s.state = 'active' and s.until >= :today
           and coalesce(s.point_id, '') = coalesce(d.point_id, '') and s.level = d.level
           and s.receiver_code in (select p.code from person p)
           and {giver_holds s})
  from portal_delegation d
  join billing_contract c on c.contract_no = d.contract_no
  join billing_customer k on k.customer_no = c.customer_no
 where d.delegation_id = :delegation;

-- @query delegation_insert
-- @scope identity
-- @args delegation:text contract:text point:text account:text code:text receiver:text who:text invite_hash:text invite_until:time
-- @args level:text today:date until:date state:text now:time
insert into portal_delegation (delegation_id, contract_no, point_id, giver_account, giver_code, receiver_code, receiver_name,
                               invite_hash, invite_until, level, since, until, state, created_at)
values (:delegation, :contract, :point, :account, :code, :receiver, :who, :invite_hash, :invite_until, :level, :today, :until,
        :state, :now);

-- Each of the following changes one right that is as the service saw it; otherwise none.
-- @query delegation_offer
-- @scope identity
-- @args delegation:text invite_hash:text invite_until:time today:date
update portal_delegation set state = 'offered', since = :today, invite_hash = :invite_hash, invite_until = :invite_until
 where delegation_id = :delegation and state = 'draft';

-- @query delegation_answer
-- @scope identity
-- @args delegation:text state:text code:text full_name:text now:time today:date
update portal_delegation
   set state = :state, since = :today, receiver_code = coalesce(receiver_code, :code),
       receiver_name = coalesce(:full_name, receiver_name), settled_at = :now
 where delegation_id = :delegation and state = 'offered';

-- @query delegation_prolong
-- @scope identity
-- @args delegation:text was:date until:date
update portal_delegation set until = :until
 where delegation_id = :delegation and state in ('offered', 'active') and until = :was;

-- @query delegation_end
-- @scope identity
-- @args delegation:text now:time
update portal_delegation set state = 'revoked', settled_at = :now
 where delegation_id = :delegation and state in ('draft', 'offered', 'active');

-- Where the receiver and the giver are notified of a change.
-- @query delegation_parties
-- @scope identity
-- @args delegation:text
-- @row party giver_email:text giver_language:text receiver_email:text receiver_language:text contract_no:text address:text
select g.email, g.language, a.email, a.language, d.contract_no, s.address || ', ' || s.locality
  from portal_delegation d
  join billing_contract c on c.contract_no = d.contract_no
  join billing_premises s on s.premises_id = c.premises_id
  join portal_account g on g.account_id = d.giver_account
  left join portal_person_code p on p.person_code = d.receiver_code
  left join portal_account a on a.account_id = p.account_id
 where d.delegation_id = :delegation;
