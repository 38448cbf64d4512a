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

-- All the rights of several rows together; column: theirs. Neither database can join bits over rows.
-- @clause all_rights column
max({column} & {right readings}) + max({column} & {right submit}) + max({column} & {right invoices}) + max({column} & {right pay})
+ max({column} & {right contract}) + max({column} & {right applications}) + max({column} & {right delegate});

-- The giver of the delegation d still has its contract.
-- @clause giver_holds d
exists (select 1 from portal_own giver_holds_g
         where giver_holds_g.account_id = {d}.giver_account and giver_holds_g.contract_no = {d}.contract_no
           and {in_force giver_holds_g});

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
