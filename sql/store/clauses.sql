-- SPDX-License-Identifier: Apache-2.0
-- What several statements say in the same words, written once (data/query_file.h has the format). This file is read
-- before all others. The aliases of a clause begin with its name, so that they are never those of a statement.

-- === who may see what ===
-- Every statement of account scope uses one of these: :account and :today are bound by the portal, never typed.

-- The row g of portal_access or portal_own holds today.
-- @clause in_force g
:today between {g}.since and {g}.until;

-- The row a of portal_access is this account's, today, whatever its rights are.
-- @clause held a
{a}.account_id = :account and {in_force a};

-- … and gives one of the rights r, on the whole contract or on one of its meters.
-- @clause may a r
{held a} and ({a}.rights & {right r}) > 0;

-- … on the whole contract.
-- @clause may_whole a r
{may a r} and {a}.point_id is null;

-- The row a reaches the metering point of the meter m.
-- @clause at_point a m
({a}.point_id is null or {a}.point_id = {m}.point_id);

-- The row a is about the chosen contract, or none is chosen.
-- @clause chosen a
(:contract is null or {a}.contract_no = :contract);

-- The account may do r on this contract, or on one of its meters.
-- @clause allowed contract r
exists (select 1 from portal_access allowed_a where {may allowed_a r} and allowed_a.contract_no = {contract});

-- … on the whole of it.
-- @clause allowed_whole contract r
exists (select 1 from portal_access allowed_whole_a
         where {may_whole allowed_whole_a r} and allowed_whole_a.contract_no = {contract});

-- … on this meter of it.
-- @clause allowed_at contract m r
exists (select 1 from portal_access allowed_at_a
         where {may allowed_at_a r} and allowed_at_a.contract_no = {contract} and {at_point allowed_at_a m});

-- The chosen contracts on the whole of which the account may do r.
-- @clause whole_contracts r
select distinct whole_contracts_a.contract_no from portal_access whole_contracts_a
 where {may_whole whole_contracts_a r} and {chosen whole_contracts_a};

-- The contracts that the account has itself, not by somebody's delegation.
-- @clause own_contracts
select distinct own_contracts_a.contract_no from portal_access own_contracts_a
 where {held own_contracts_a} and own_contracts_a.delegation_id is null;

-- Of several rows a of one contract: 1 if the account has it itself, as its customer or for a company; 0: by delegations
-- only, so it is somebody else's.
-- @clause is_own a
max(case when {a}.delegation_id is null then 1 else 0 end);

-- All the rights of several rows together; column: theirs. Neither database can join bits over rows.
-- @clause all_rights column
max({column} & {right readings}) + max({column} & {right submit}) + max({column} & {right invoices}) + max({column} & {right pay})
+ max({column} & {right contract}) + max({column} & {right applications}) + max({column} & {right delegate});

-- The giver of the delegation d still has its contract.
-- @clause giver_holds d
exists (select 1 from portal_own giver_holds_g
         where giver_holds_g.account_id = {d}.giver_account and giver_holds_g.contract_no = {d}.contract_no
           and {in_force giver_holds_g});

-- What the delegation d is at :now, whatever it was when it was last written: a draft is forgotten after a day, an offer
-- lapses, and a right is over once its giver no longer has the contract. "count(*) … = 0": for "not exists" PostgreSQL may
-- materialise everybody's contracts.
-- @clause delegation_state d
case when {d}.state not in ('draft', 'offered', 'active') then {d}.state
     when {d}.until < :today
          or (select count(*) from portal_own delegation_state_g
               where delegation_state_g.account_id = {d}.giver_account and delegation_state_g.contract_no = {d}.contract_no
                 and {in_force delegation_state_g}) = 0
          then case {d}.state when 'active' then 'ended' else 'lapsed' end
     when {d}.state = 'offered' and {d}.invite_until <= :now then 'lapsed'
     when {d}.state = 'draft' and {d}.created_at <= :day_ago then 'lapsed'
     else {d}.state end;

-- === what an invoice is ===

-- An order for the invoice is under way (orders.sql).
-- @clause under_way i
{i}.paying_until > :now;

-- 1: an order for it is under way.
-- @clause paying i
case when {under_way i} then 1 else 0 end;

-- The state of the row i of portal_invoice on the day :today, at :now. It is decided here and nowhere else: pages and files
-- show this word.
--   credit    more was paid than was billed, or a credit note is still to be settled
--   credited  a credit note that is settled
--   paid      nothing is open
--   paying    something is open, and a payment for it is under way: neither late nor to be paid now
--   overdue   its last day has passed
--   part      a part of it was paid
--   open      all of it is to be paid
-- @clause invoice_state i
case when {i}.open_c < 0 then 'credit'
     when {i}.total_c < 0 then 'credited'
     when {i}.open_c = 0 then 'paid'
     when {under_way i} then 'paying'
     when {i}.due_on < :today then 'overdue'
     when {i}.open_c < {i}.total_c then 'part'
     else 'open' end;

-- === what a meter is ===

-- The meter m is where it was installed: not removed.
-- @clause in_place m
{m}.removed_on is null;

-- The customer reads it: it is in place, and the utility does not read it remotely.
-- @clause read_by_customer m
({in_place m} and {m}.remote = 0);

-- 1: its verification is no longer valid; the last valid day counts as valid.
-- @clause verification_expired m
case when {m}.verified_until < :today then 1 else 0 end;

-- What the meter m is in the window :window_key, which began on :window_from. It is decided here and nowhere else; the
-- form asks for a reading of what is missing, and every count of missing readings counts that.
--   removed    it is not in place any more
--   remote     the utility reads it
--   ended      its contract has ended
--   submitted  a reading was submitted in the portal and not withdrawn
--   read       billing got an actual reading since the window began: by the utility or by another way
--   missing    the customer should submit a reading
-- @clause window_state m
case when {m}.removed_on is not null then 'removed'
     when {m}.remote = 1 then 'remote'
     when exists (select 1 from billing_contract window_state_c
                   where window_state_c.contract_no = {m}.contract_no and window_state_c.ended_on < :today) then 'ended'
     when exists (select 1 from portal_reading window_state_r
                   where window_state_r.meter_id = {m}.meter_id and window_state_r.window_key = :window_key
                     and window_state_r.state = 'current') then 'submitted'
     when exists (select 1 from billing_reading window_state_b
                   where window_state_b.meter_id = {m}.meter_id and window_state_b.read_on >= :window_from
                     and window_state_b.kind in ('read', 'customer', 'staff', 'remote')) then 'read'
     else 'missing' end;
