-- SPDX-License-Identifier: Apache-2.0
-- Paying: what can be paid, and what was ordered. A payment is shown to the person who ordered it.

-- Open invoices of all contracts on which the account may pay, the earliest due first. order: the payment that is under way,
-- paying_since: since when.
-- @query payable
-- @scope account
-- @args account:text contract:text right:int today:date now:time
-- @row invoice invoice_no:text contract_no:text address:text period:date due:date open:money order:text paying_since:time state:text
select i.invoice_no, i.contract_no, p.address || ', ' || p.locality, i.period_from, i.due_on, i.open_c,
       w.payment_id, w.created_at, {invoice_state i}
  from (select distinct a.contract_no, a.premises_id from portal_access a
         where {may_whole a :right} and {chosen a}) m
  join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
  join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0
  join billing_premises p on p.premises_id = m.premises_id
  left join portal_payment w
    on w.payment_id = (select u.payment_id from portal_under_way u where u.invoice_no = i.invoice_no and u.until > :now
                        order by u.nth desc, u.created_at desc limit 1)
 order by i.due_on, i.invoice_no;

-- state: an order that has not left ends by itself, before anything notes it.
-- @query payment_shown
-- @scope identity
-- @args account:text payment:text now:time
-- @row payment payment:text agreement:text stamp:text amount:money state:text late:flag paid_on:date created:time changed:time
select p.payment_id, p.agreement, p.stamp, p.amount_c, case when p.state = 'created' and p.expires_at <= :now then 'expired' else p.state end,
       p.late, p.paid_on, p.created_at, p.changed_at
  from portal_payment p
 where p.payment_id = :payment and p.account_id = :account;

-- stands: as much is open of the invoice as when it was ordered.
-- @query payment_items
-- @scope identity
-- @args account:text payment:text
-- @row item contract_no:text invoice_no:text period:date amount:money open:money stands:flag
select t.contract_no, t.invoice_no, i.period_from, t.amount_c, coalesce(i.open_c, 0),
       case when i.open_c > 0 and i.open_c = coalesce(t.open_c, i.open_c) then 1 else 0 end
  from portal_payment p
  join portal_payment_item t on t.payment_id = p.payment_id
  left join portal_invoice i on i.invoice_no = t.invoice_no
 where p.payment_id = :payment and p.account_id = :account
 order by t.line;

-- What came for the order once more: the customer's credit, or what was paid back.
-- @query payment_credits
-- @scope identity
-- @args account:text payment:text
-- @row credit paid_on:date amount:money state:text
select c.paid_on, cast(sum(c.amount_c) as bigint), c.state
  from portal_payment p
  join portal_credit c on c.payment_id = p.payment_id and c.state in ('open', 'refunded')
 where p.payment_id = :payment and p.account_id = :account
 group by c.credit_id, c.nth, c.paid_on, c.state
 order by c.nth
 limit 20;

-- What the bank is told of an order that may still leave.
-- @query payment_leaving
-- @scope identity
-- @args account:text payment:text now:time
-- @row order agreement:text stamp:text amount:money message:text leave_href:text
select p.agreement, p.stamp, p.amount_c, p.message, p.leave_href
  from portal_payment p
 where p.payment_id = :payment and p.account_id = :account
   and (p.state = 'redirected' or (p.state = 'created' and p.expires_at > :now));

-- @query payment_count
-- @scope identity
-- @args account:text
-- @row count rows:int
select count(*) from portal_payment p where p.account_id = :account;

-- @query payment_list
-- @scope identity
-- @args account:text now:time size:int skip:int
-- @row payment payment:text stamp:text amount:money state:text paid_on:date created:time invoices:int
select p.payment_id, p.stamp, p.amount_c, case when p.state = 'created' and p.expires_at <= :now then 'expired' else p.state end,
       p.paid_on, p.created_at, (select count(*) from portal_payment_item t where t.payment_id = p.payment_id)
  from portal_payment p
 where p.account_id = :account
 order by p.created_at desc, p.payment_id
 limit :size offset :skip;
