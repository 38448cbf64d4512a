-- SPDX-License-Identifier: Apache-2.0
-- Movements of our account, as bank statements show them.

-- A movement is known by what it says. Up to here by the bank's reference, which banks leave out or use again.
-- @schema 5 oldest=4
alter table portal_statement_entry add column bank_ref text;      -- the bank's own reference (AcctSvcrRef); null: it gives none
alter table portal_statement_entry add column statement_id text;  -- the bank's id of the statement; null: of a former release
alter table portal_statement_entry add column role text;          -- credit | reversal of the payment; null: neither
update portal_statement_entry set bank_ref = entry_ref;
update portal_statement_entry set role = 'credit'
 where direction = 'credit'
   and exists (select 1 from portal_payment p where p.payment_id = portal_statement_entry.payment_id
                  and p.amount_c = portal_statement_entry.amount_c);
update portal_statement_entry set role = 'reversal'
 where direction = 'debit'
   and exists (select 1 from portal_payment p where p.payment_id = portal_statement_entry.payment_id and p.state = 'reversed');

-- Entries of a payment are numbered, so that they need not be counted: an order may be paid twenty thousand times.
-- @schema 6 oldest=5
alter table portal_statement_entry add column ordinal bigint;     -- 1, 2, … of its role; null: neither, or of a former release
create index portal_statement_entry_ordinal on portal_statement_entry (payment_id, role, ordinal);
create index portal_statement_entry_booked on portal_statement_entry (booked_on);

-- The payment must be held, if there is one (payment_hold), so that its entries are numbered one after the other.
-- Of a movement that was read before nothing more is done; rows of former releases have the bank's reference as their key.
-- @query movement_add
-- @scope system
-- @args iban:text key:text nth:int entry_ref:text entry_index:int statement:text booked_on:date amount:money direction:text
-- @args payment:text found_by:text role:text now:time
insert into portal_statement_entry (account_iban, entry_ref, entry_index, booked_on, amount_c, direction, payment_id, found_by, at,
                                    bank_ref, statement_id, role, ordinal)
select :iban, :key, :nth, :booked_on, :amount, :direction, :payment, :found_by, :now, :entry_ref, :statement, :role,
       case when :role is not null
            then coalesce((select max(o.ordinal) from portal_statement_entry o where o.payment_id = :payment and o.role = :role), 0) + 1 end
  from (select 1 as one) o
 where not exists (select 1 from portal_statement_entry e
                    where e.account_iban = :iban and e.entry_ref = :entry_ref and e.entry_index = :entry_index
                      and e.booked_on = :booked_on and e.amount_c = :amount and e.direction = :direction)
on conflict (account_iban, entry_ref, entry_index) do nothing;

-- @query movement_statement
-- @scope system
-- @args iban:text key:text nth:int
-- @row movement statement_id:text
select e.statement_id from portal_statement_entry e
 where e.account_iban = :iban and e.entry_ref = :key and e.entry_index = :nth;

-- Payments that count and could be what was taken back; two are enough to know that it is not certain.
-- @query movement_candidates
-- @scope system
-- @args iban:text amount:money
-- @row candidate payment:text
select p.payment_id from portal_payment p
 where p.amount_c = :amount and p.account_iban = :iban and p.state in ('confirmed', 'reconciled')
 limit 2;
