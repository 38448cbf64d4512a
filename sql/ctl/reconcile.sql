-- SPDX-License-Identifier: Apache-2.0
-- What a timer takes care of ("waterportalctl reconcile"): orders without news, banks to be asked, payments that people
-- must look at.

-- @query reconcile_expired
-- @scope system
-- @args now:time size:int
-- @row payment payment_id:text agreement:text
select p.payment_id, p.agreement
  from portal_payment p
 where p.state in ('created', 'redirected', 'pending') and p.expires_at <= :now
 order by p.expires_at, p.payment_id
 limit :size;

-- Placed with a bank that can be asked.
-- @query reconcile_open
-- @scope system
-- @args size:int
-- @row payment payment_id:text agreement:text bank_ref:text
select p.payment_id, p.agreement, p.bank_ref
  from portal_payment p
 where p.state in ('redirected', 'pending') and p.bank_ref is not null
 order by p.created_at, p.payment_id
 limit :size;

-- Paid, but not as ordered.
-- @query reconcile_review
-- @scope system
-- @row payment payment_id:text agreement:text stamp:text amount:money why:text changed:time
select p.payment_id, p.agreement, p.stamp, p.amount_c, p.why, p.changed_at
  from portal_payment p
 where p.state = 'review'
 order by p.changed_at, p.payment_id;

-- Confirmed by the bank, but since then not on a statement of our account.
-- @query reconcile_missing
-- @scope system
-- @args until:date
-- @row payment payment_id:text agreement:text stamp:text amount:money paid_on:date
select p.payment_id, p.agreement, p.stamp, p.amount_c, p.paid_on
  from portal_payment p
 where p.state = 'confirmed' and p.paid_on <= :until
 order by p.paid_on, p.payment_id;

-- Credits on statements whose number looks like the portal's but belongs to no payment of it. Other money on the
-- account is billing's concern.
-- @query reconcile_unmatched
-- @scope system
-- @args since:date
-- @row entry booked_on:date amount:money entry_ref:text
select e.booked_on, e.amount_c, e.entry_ref
  from portal_statement_entry e
 where e.payment_id is null and e.found_by is not null and e.direction = 'credit' and e.booked_on >= :since
 order by e.booked_on, e.entry_ref, e.entry_index;

-- An entry that was already read has no further effect.
-- @query statement_entry_add
-- @scope system
-- @args iban:text entry_ref:text entry_index:int booked_on:date amount:money direction:text payment:text found_by:text now:time
insert into portal_statement_entry (account_iban, entry_ref, entry_index, booked_on, amount_c, direction, payment_id, found_by, at)
values (:iban, :entry_ref, :entry_index, :booked_on, :amount, :direction, :payment, :found_by, :now)
on conflict (account_iban, entry_ref, entry_index) do nothing;

-- By our number alone, at any bank: the payment's text begins with it.
-- @query statement_payment
-- @scope system
-- @args stamp:text
-- @row payment payment_id:text agreement:text amount:money account_iban:text
select p.payment_id, p.agreement, p.amount_c, p.account_iban from portal_payment p where p.stamp = :stamp;
