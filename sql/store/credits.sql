-- SPDX-License-Identifier: Apache-2.0
-- Money that came for an order beyond what was owed: the order was paid once more. It belongs to the customer and is
-- handed over to billing like a payment, but without an invoice.

-- @schema 6 oldest=5
-- one row for each contract of the order; its rows have one credit_id
create table portal_credit (
    credit_id   text   not null,        -- the payment's id, "-" and the how-many-th payment of the order it is: 2, 3, …
    line        bigint not null,        -- 1, 2, …
    payment_id  text   not null,        -- the order that was paid again
    nth         bigint not null,        -- 1, 2, …: of the credits of this order
    contract_no text   not null,
    amount_c    bigint not null,
    paid_on     text   not null,        -- the day, in Riga
    channel     text   not null,        -- what told of it first: push | return | poll | statement
    bank_ref    text,                   -- the bank's number of the payment or of the entry, if it gives one
    state       text   not null,        -- open: the customer's | refunded: paid back by people | taken_back: by the bank
    taken_nth   bigint,                 -- 1, 2, …: of those that were taken back
    created_at  text   not null,
    changed_at  text   not null,
    handed_at   text,                   -- when it was first handed over to billing
    primary key (credit_id, line)
);
create index portal_credit_payment on portal_credit (payment_id, taken_nth, nth);
create index portal_credit_nth on portal_credit (payment_id, nth);
create index portal_credit_contract on portal_credit (contract_no);
create index portal_credit_paid on portal_credit (paid_on);
create index portal_credit_changed on portal_credit (changed_at);

-- Credits that billing does not show yet. Afterwards they are rows of billing_payment without an invoice.
create view portal_credit_open as
select c.credit_id as credit_id, c.line as line, c.payment_id as payment_id, c.contract_no as contract_no, c.paid_on as paid_on,
       c.amount_c as amount_c
  from portal_credit c
 where c.state = 'open' and not exists (select 1 from billing_payment b where b.portal_id = c.credit_id);

-- How many credits of an order there were, and how many of them were taken back, without counting them.
-- @query credit_count
-- @scope system
-- @args payment:text
-- @row credits made:int taken:int
select coalesce((select max(c.nth) from portal_credit c where c.payment_id = :payment), 0),
       coalesce((select max(c.taken_nth) from portal_credit c where c.payment_id = :payment), 0);

-- The sum of the order, contract by contract.
-- @query credit_add
-- @scope system
-- @args credit:text payment:text nth:int paid_on:date channel:text bank_ref:text now:time
insert into portal_credit (credit_id, line, payment_id, nth, contract_no, amount_c, paid_on, channel, bank_ref, state, created_at,
                           changed_at)
select :credit, (select count(distinct u.contract_no) from portal_payment_item u
                  where u.payment_id = :payment and u.contract_no <= t.contract_no),
       :payment, :nth, t.contract_no, cast(sum(t.amount_c) as bigint), :paid_on, :channel, :bank_ref, 'open', :now, :now
  from portal_payment_item t
 where t.payment_id = :payment
 group by t.contract_no
on conflict (credit_id, line) do nothing;

-- The latest of an order that remain.
-- @query credit_latest
-- @scope system
-- @args payment:text
-- @row credit credit_id:text state:text handed:flag
select c.credit_id, c.state,
       case when c.handed_at is not null or exists (select 1 from billing_payment b where b.portal_id = c.credit_id) then 1 else 0 end
  from portal_credit c
 where c.payment_id = :payment and c.taken_nth is null
 order by c.nth desc
 limit 1;

-- @query credit_take_back
-- @scope system
-- @args credit:text taken:int now:time
update portal_credit set state = 'taken_back', taken_nth = :taken, changed_at = :now where credit_id = :credit;

-- Only what billing has not booked, and what was not refunded before.
-- @query credit_refund
-- @scope system
-- @args credit:text now:time
update portal_credit set state = 'refunded', changed_at = :now
 where credit_id = :credit and state = 'open'
   and not exists (select 1 from billing_payment b where b.portal_id = portal_credit.credit_id);
