-- SPDX-License-Identifier: Apache-2.0
-- Paying: what can be paid, and what was ordered. A payment is shown to the person who ordered it.

-- Open invoices of all contracts on which the account may pay: its own first, the earliest due first. order: the payment
-- that is under way; mine: the account ordered it; left: it left for its bank.
-- @query payable
-- @scope account
-- @args account:text contract:text right:int today:date now:time
-- @row invoice invoice_no:text contract_no:text address:text period:date due:date open:money holder:text own:flag state:text
-- @row invoice order:text paying_since:time mine:flag left:flag
select i.invoice_no, i.contract_no, p.address || ', ' || p.locality, i.period_from, i.due_on, i.open_c, k.name, m.own,
       {invoice_state i}, w.payment_id, w.created_at, case when w.account_id = :account then 1 else 0 end,
       case when w.state <> 'created' then 1 else 0 end
  from (select a.contract_no, a.premises_id, {is_own a} as own from portal_access a
         where {may_whole a :right} and {chosen a}
         group by a.contract_no, a.premises_id) m
  join billing_contract c on c.contract_no = m.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
  join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0
  join billing_premises p on p.premises_id = m.premises_id
  left join portal_payment w
    on w.payment_id = (select u.payment_id from portal_under_way u where u.invoice_no = i.invoice_no and u.until > :now
                        order by u.nth desc, u.created_at desc limit 1)
 order by m.own desc, i.due_on, i.invoice_no;

-- state: an order that has not left ends by itself, before anything notes it. left: it left for its bank; repeated: it
-- was ordered anew.
-- @query payment_shown
-- @scope identity
-- @args account:text payment:text now:time
-- @row payment payment:text agreement:text stamp:text amount:money state:text late:flag paid_on:date created:time changed:time
-- @row payment left:flag repeated:flag
select p.payment_id, p.agreement, p.stamp, p.amount_c, case when p.state = 'created' and p.expires_at <= :now then 'expired' else p.state end,
       p.late, p.paid_on, p.created_at, p.changed_at,
       case when exists (select 1 from portal_payment_event e where e.payment_id = p.payment_id and e.said = 'left') then 1 else 0 end,
       case when exists (select 1 from portal_payment_item n join portal_payment_item r on r.invoice_no = n.invoice_no
                          where n.payment_id = p.payment_id and r.repeats = p.payment_id) then 1 else 0 end
  from portal_payment p
 where p.payment_id = :payment and p.account_id = :account;

-- debtor: whose invoice it was when it was ordered. stands: as much is open of it as then.
-- @query payment_items
-- @scope identity
-- @args account:text payment:text
-- @row item contract_no:text invoice_no:text period:date debtor:text amount:money open:money stands:flag
select t.contract_no, t.invoice_no, i.period_from, k.name, t.amount_c, coalesce(i.open_c, 0),
       case when i.open_c > 0 and i.open_c = coalesce(t.open_c, i.open_c) then 1 else 0 end
  from portal_payment p
  join portal_payment_item t on t.payment_id = p.payment_id
  left join portal_invoice i on i.invoice_no = t.invoice_no
  left join billing_customer k on k.customer_no = t.customer_no
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

-- Whose invoices the payments of the same page are for.
-- @query payment_list_debtors
-- @scope identity
-- @args account:text size:int skip:int
-- @row debtor payment:text name:text
select distinct l.payment_id, k.name
  from (select p.payment_id from portal_payment p
         where p.account_id = :account
         order by p.created_at desc, p.payment_id
         limit :size offset :skip) l
  join portal_payment_item t on t.payment_id = l.payment_id
  join billing_customer k on k.customer_no = t.customer_no
 order by l.payment_id, k.name;
