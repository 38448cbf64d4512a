-- SPDX-License-Identifier: Apache-2.0
-- The accountant's day close ("waterportalctl close"): what banks confirmed, what statements show, what billing was
-- given and what it booked, for one day in Riga. Each statement finds its rows by that day.

-- @schema 6 oldest=5
create table portal_close (
    day    text   not null,             -- YYYY-MM-DD
    nth    bigint not null,             -- 1, 2, …: a later one differs from the one before it
    at     text   not null,             -- when it was made
    result text   not null,             -- JSON: the sums and the differences
    primary key (day, nth)
);
create index portal_close_at on portal_close (at);

-- Payments that banks' signed messages tell of.
-- @query close_told
-- @scope system
-- @args day:date
-- @row sum payment:text agreement:text stamp:text count:int amount:money
select p.payment_id, p.agreement, p.stamp, count(*), cast(sum(n.amount_c) as bigint)
  from portal_payment_paid n
  join portal_payment p on p.payment_id = n.payment_id
 where n.paid_on = :day
 group by p.payment_id, p.agreement, p.stamp
 order by p.payment_id;

-- Entries of statements: what came less what went.
-- @query close_entries
-- @scope system
-- @args day:date
-- @row sum payment:text agreement:text stamp:text count:int amount:money
select p.payment_id, p.agreement, p.stamp, count(*),
       cast(sum(case when e.direction = 'credit' then e.amount_c else -e.amount_c end) as bigint)
  from portal_statement_entry e
  join portal_payment p on p.payment_id = e.payment_id
 where e.booked_on = :day
 group by p.payment_id, p.agreement, p.stamp
 order by p.payment_id;

-- Of the orders that were paid on the day: what counts for invoices now, and what billing was given. What billing has, it
-- was given. booked_on: billing's day, if it is another.
-- @query close_orders
-- @scope system
-- @args day:date
-- @row sum payment:text agreement:text stamp:text posted:money handed:money booked:money booked_on:date
select p.payment_id, p.agreement, p.stamp,
       cast(sum(case when t.posted_at is not null and t.reversed_at is null then t.amount_c else 0 end) as bigint),
       cast(sum(case when t.handed_at is not null or exists (select 1 from billing_payment b where b.portal_id = t.payment_id)
                     then t.amount_c else 0 end) as bigint),
       (select coalesce(cast(sum(b.amount_c) as bigint), 0) from billing_payment b where b.portal_id = p.payment_id),
       (select min(o.paid_on) from billing_payment o where o.portal_id = p.payment_id and o.paid_on <> :day)
  from portal_payment p
  join portal_payment_item t on t.payment_id = p.payment_id
 where p.paid_on = :day
 group by p.payment_id, p.agreement, p.stamp
 order by p.payment_id;

-- The same of the customers' credits.
-- @query close_credits
-- @scope system
-- @args day:date
-- @row sum payment:text agreement:text stamp:text posted:money handed:money booked:money booked_on:date
select p.payment_id, p.agreement, p.stamp,
       cast(sum(case when c.state = 'open' then c.amount_c else 0 end) as bigint),
       cast(sum(case when c.handed_at is not null or exists (select 1 from billing_payment b where b.portal_id = c.credit_id)
                     then c.amount_c else 0 end) as bigint),
       (select coalesce(cast(sum(b.amount_c) as bigint), 0) from billing_payment b where b.portal_id = c.credit_id),
       (select min(o.paid_on) from billing_payment o where o.portal_id = c.credit_id and o.paid_on <> :day)
  from portal_credit c
  join portal_payment p on p.payment_id = c.payment_id
 where c.paid_on = :day
 group by c.credit_id, p.payment_id, p.agreement, p.stamp
 order by c.credit_id;

-- What billing booked on the day as the portal's, and the portal does not know.
-- @query close_strangers
-- @scope system
-- @args day:date
-- @row sum payment:text count:int amount:money
select b.portal_id, count(*), cast(sum(b.amount_c) as bigint)
  from billing_payment b
 where b.paid_on = :day and b.portal_id is not null
   and not exists (select 1 from portal_payment p where p.payment_id = b.portal_id)
   and not exists (select 1 from portal_credit c where c.credit_id = b.portal_id)
 group by b.portal_id
 order by b.portal_id;

-- What explains a difference: the same things on other days. told_on, entry_on: the first other day; back_on: the last
-- day on which the bank took money back. odd: entries of the day that settle nothing.
-- @query close_why
-- @scope system
-- @args payment:text day:date
-- @row why state:text why:text told_on:date entry_on:date back_on:date odd:int credit:money refunded:money
select p.state, p.why,
       (select min(n.paid_on) from portal_payment_paid n where n.payment_id = p.payment_id and n.paid_on <> :day),
       (select min(e.booked_on) from portal_statement_entry e
         where e.payment_id = p.payment_id and e.direction = 'credit' and e.booked_on <> :day),
       (select max(r.booked_on) from portal_statement_entry r where r.payment_id = p.payment_id and r.role = 'reversal'),
       (select count(*) from portal_statement_entry o
         where o.payment_id = p.payment_id and o.booked_on = :day and o.role is null),
       (select coalesce(cast(sum(c.amount_c) as bigint), 0) from portal_credit c
         where c.payment_id = p.payment_id and c.paid_on = :day and c.state = 'open'),
       (select coalesce(cast(sum(f.amount_c) as bigint), 0) from portal_credit f
         where f.payment_id = p.payment_id and f.paid_on = :day and f.state = 'refunded')
  from portal_payment p
 where p.payment_id = :payment;

-- The last one of the day.
-- @query close_last
-- @scope system
-- @args day:date
-- @row close nth:int at:time result:text
select k.nth, k.at, k.result from portal_close k where k.day = :day order by k.nth desc limit 1;

-- If two make it at once, one is stored.
-- @query close_add
-- @scope system
-- @args day:date nth:int result:text now:time
insert into portal_close (day, nth, at, result) values (:day, :nth, :now, :result)
on conflict (day, nth) do nothing;
