-- SPDX-License-Identifier: Apache-2.0
-- Orders of payments: which are under way, and for which invoices. domain/payment_state.h defines the states.

-- Of one invoice, one order after the other: two at once would have the same nth, and one of them is not stored.
-- @schema 6 oldest=5
alter table portal_payment_item add column nth bigint;         -- the how-many-th order for this invoice: 1, 2, …; null: of a former release
alter table portal_payment_item add column repeats text;       -- the payment under way that this one repeats on purpose; null: none
alter table portal_payment_item add column open_c bigint;      -- what was open of the invoice when it was ordered; null: of a former release
alter table portal_payment_item add column customer_no text;   -- whose invoice it was then; null: of a former release
create unique index portal_payment_item_nth on portal_payment_item (invoice_no, nth);

-- Orders that may still become money, invoice by invoice: those that left for a bank without an answer, and those that
-- have not left. The latter end by themselves: under way is what has `until` after now.
create view portal_under_way as
select t.invoice_no as invoice_no, t.payment_id as payment_id, t.amount_c as amount_c, coalesce(t.nth, 0) as nth,
       p.account_id as account_id, p.state as state, p.created_at as created_at,
       case when p.state = 'created' then p.expires_at else '9999-12-31T23:59:59Z' end as until
  from portal_payment_item t
  join portal_payment p on p.payment_id = t.payment_id
 where p.state in ('created', 'redirected', 'pending', 'review');

-- As before, with orders that have not left. paying_until: the invoice is being paid until then, or null. paying_c: the
-- sum of these orders, also of those that have ended by themselves; for the release before, which does not know that.
drop view portal_invoice;
create view portal_invoice as
select x.invoice_no as invoice_no, x.contract_no as contract_no, x.issued_on as issued_on, x.due_on as due_on,
       x.period_from as period_from, x.period_until as period_until, x.net_c as net_c, x.vat_c as vat_c, x.total_c as total_c,
       case when x.billed_c <= 0 then x.billed_c when x.posted_c >= x.billed_c then 0 else x.billed_c - x.posted_c end as open_c,
       case when x.billed_c <= 0 then x.posted_c when x.posted_c > x.billed_c then x.posted_c - x.billed_c else 0 end as excess_c,
       x.paying_c as paying_c, x.paying_until as paying_until
  from (select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c,
               i.open_c as billed_c,
               (select coalesce(cast(sum(s.amount_c) as bigint), 0) from portal_posted s where s.invoice_no = i.invoice_no) as posted_c,
               (select coalesce(cast(sum(u.amount_c) as bigint), 0) from portal_under_way u where u.invoice_no = i.invoice_no) as paying_c,
               (select max(w.until) from portal_under_way w where w.invoice_no = i.invoice_no) as paying_until
          from billing_invoice i) x;

-- @query order_invoice
-- @scope system
-- @args invoice:text
-- @row invoice contract_no:text open:money
select i.contract_no, i.open_c from portal_invoice i where i.invoice_no = :invoice;

-- Orders for an invoice that have not left for a bank, and have ended by themselves or are to be repeated.
-- @query order_unsent
-- @scope system
-- @args invoice:text repeats:text now:time
-- @row order payment:text
select u.payment_id from portal_under_way u
 where u.invoice_no = :invoice and u.state = 'created' and (u.until <= :now or u.payment_id = :repeats);

-- @query order_add
-- @scope system
-- @args payment:text account:text agreement:text stamp:text amount:money iban:text message:text now:time expires:time
insert into portal_payment (payment_id, account_id, agreement, stamp, amount_c, account_iban, message, state, late, created_at,
                            changed_at, expires_at)
values (:payment, :account, :agreement, :stamp, :amount, :iban, :message, 'created', 0, :now, :now, :expires);

-- Adds an invoice to an order, if it is open as it was seen, and if no order for it is under way but the one that is
-- repeated and those which that one repeats. Of two at once, both see the same number of orders: the second waits for
-- the first to commit, and adds nothing.
-- @query order_item_add
-- @scope system
-- @args payment:text line:int contract:text invoice:text amount:money open:money repeats:text now:time
insert into portal_payment_item (payment_id, line, contract_no, invoice_no, amount_c, nth, repeats, open_c, customer_no)
select :payment, :line, i.contract_no, i.invoice_no, :amount,
       coalesce((select max(n.nth) from portal_payment_item n where n.invoice_no = i.invoice_no), 0) + 1,
       :repeats, i.open_c, c.customer_no
  from portal_invoice i
  join billing_contract c on c.contract_no = i.contract_no
 where i.invoice_no = :invoice and i.contract_no = :contract and i.open_c = :open and i.open_c > 0
   and not exists (select 1 from portal_under_way u
                    where u.invoice_no = i.invoice_no and u.until > :now
                      and u.nth > coalesce((select max(coalesce(r.nth, 0)) from portal_payment_item r
                                             where r.payment_id = :repeats and r.invoice_no = :invoice), -1))
on conflict (invoice_no, nth) do nothing;

-- @query order_own
-- @scope identity
-- @args payment:text account:text
-- @row order payment:text
select p.payment_id from portal_payment p where p.payment_id = :payment and p.account_id = :account;

-- stands: as much is open of the invoice as when it was ordered.
-- @query order_items
-- @scope system
-- @args payment:text
-- @row item contract_no:text invoice_no:text stands:flag
select t.contract_no, t.invoice_no, case when i.open_c > 0 and i.open_c = coalesce(t.open_c, i.open_c) then 1 else 0 end
  from portal_payment_item t
  left join portal_invoice i on i.invoice_no = t.invoice_no
 where t.payment_id = :payment
 order by t.contract_no, t.line;

-- What the bank gave when the order was placed with it, and until when it may report.
-- @query order_leave
-- @scope system
-- @args payment:text bank_ref:text leave_href:text return_hash:text expires:time
update portal_payment set bank_ref = :bank_ref, leave_href = :leave_href, return_hash = :return_hash, expires_at = :expires
 where payment_id = :payment and state = 'created';
