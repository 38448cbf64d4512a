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

-- Movements of statements that people were told of and have not settled.
-- @query reconcile_doubts
-- @scope system
-- @args kind:text
-- @row told case_id:text reason:text facts:text
select c.case_id, c.reason, c.facts
  from portal_case c
 where c.kind = :kind and c.settled_at is null and c.facts is not null
 order by c.opened_at, c.case_id;
