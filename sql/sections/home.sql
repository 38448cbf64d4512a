-- SPDX-License-Identifier: Apache-2.0
-- The page after login: what needs attention first, over all contracts of an account.

-- Every contract with its meters: those that the person reads, those that are read remotely, and of the first those
-- that still lack a reading in the open window. Two ways to one contract count each meter once.
-- @query home_contracts
-- @scope account
-- @args account:text today:date window_key:text window_from:date
-- @row contract contract_no:text address:text role:text holder:text ended:date meters:int remote:int missing:int
select a.contract_no, p.address || ', ' || p.locality, min(a.basis), case when min(a.basis) = 'delegate' then k.name end,
       min(case when c.ended_on < :today then c.ended_on end),
       count(distinct case when {read_by_customer m} and (a.rights & {right submit}) > 0 then m.meter_id end),
       count(distinct case when m.remote = 1 then m.meter_id end),
       count(distinct case when (a.rights & {right submit}) > 0 and {window_state m} = 'missing' then m.meter_id end)
  from portal_access a
  join billing_premises p on p.premises_id = a.premises_id
  join billing_contract c on c.contract_no = a.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  left join billing_meter m on m.contract_no = a.contract_no and {in_place m}
                           and {at_point a m}
 where {held a}
 group by a.contract_no, p.address, p.locality, k.name
 order by p.address, a.contract_no;

-- Which meters lack a reading in the open window; for people who have few of them.
-- @query home_missing
-- @scope account
-- @args account:text today:date window_key:text window_from:date
-- @row wanted contract_no:text place:text serial:text
select distinct m.contract_no, m.place, m.serial
  from portal_access a
  join billing_meter m on m.contract_no = a.contract_no and {at_point a m}
 where {may a submit} and {window_state m} = 'missing'
 order by m.contract_no, m.place, m.serial
 limit 20;

-- What must be paid, the earliest due first; what is being paid last. holder: whose it is, if not the account's own.
-- @query home_invoices
-- @scope account
-- @args account:text today:date now:time
-- @row invoice invoice_no:text contract_no:text address:text period:date due:date open:money holder:text state:text
select x.invoice_no, x.contract_no, x.address, x.period_from, x.due_on, x.open_c, x.holder, x.state
  from (select i.invoice_no, i.contract_no, p.address || ', ' || p.locality as address, i.period_from, i.due_on, i.open_c,
               case m.own when 0 then k.name end as holder, {invoice_state i} as state
          from (select a.contract_no, a.premises_id, {is_own a} as own from portal_access a
                 where {may_whole a invoices}
                 group by a.contract_no, a.premises_id) m
          join billing_contract c on c.contract_no = m.contract_no
          join billing_customer k on k.customer_no = c.customer_no
          join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
          join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0
          join billing_premises p on p.premises_id = m.premises_id) x
 order by case x.state when 'paying' then 1 else 0 end, x.due_on, x.invoice_no
 limit 5;

-- In total what must be paid, the account's own and what is somebody else's: not what is being paid already.
-- @query home_due
-- @scope account
-- @args account:text today:date now:time
-- @row due own:flag count:int sum:money overdue:int overdue_sum:money
select x.own, count(*), sum(x.open_c), sum(case x.state when 'overdue' then 1 else 0 end),
       sum(case x.state when 'overdue' then x.open_c else 0 end)
  from (select m.own, i.open_c, {invoice_state i} as state
          from (select a.contract_no, {is_own a} as own from portal_access a
                 where {may_whole a invoices}
                 group by a.contract_no) m
          join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
          join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0) x
 where x.state <> 'paying'
 group by x.own
 order by x.own desc;

-- Current and imminent outages and works at the account's own premises; one row more than is shown indicates that there
-- are more.
-- @query home_notices
-- @scope account
-- @args account:text today:date now:time soon:time
-- @row notice kind:text title:text place:text starts:time ends:time text:text state:text address:text
select n.kind, n.title, n.place, n.starts_at, n.ends_at, n.text,
       case when n.starts_at <= :now then 'active' else 'planned' end, min(p.address || ', ' || p.locality)
  from portal_access a
  join billing_notice_premises l on l.premises_id = a.premises_id
  join billing_notice n on n.notice_id = l.notice_id
  join billing_premises p on p.premises_id = a.premises_id
 where {held a}
   and n.ended = 0 and n.starts_at <= :soon and (n.ends_at is null or n.ends_at >= :now)
 group by n.notice_id, n.kind, n.title, n.place, n.starts_at, n.ends_at, n.text
 order by n.kind, n.starts_at, n.notice_id
 limit 6;

-- Meters whose verification has expired or soon will; the customer need not do anything.
-- @query home_verifications
-- @scope account
-- @args account:text today:date soon_day:date
-- @row verification place:text serial:text address:text until:date expired:flag
select distinct m.place, m.serial, p.address || ', ' || p.locality, m.verified_until,
       {verification_expired m}
  from portal_access a
  join billing_contract c on c.contract_no = a.contract_no and (c.ended_on is null or c.ended_on >= :today)
  join billing_meter m on m.contract_no = a.contract_no and {in_place m} and m.verified_until <= :soon_day
                      and {at_point a m}
  join billing_premises p on p.premises_id = a.premises_id
 where {may a readings+submit}
 order by m.verified_until, m.serial
 limit 4;
