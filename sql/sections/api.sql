-- SPDX-License-Identifier: Apache-2.0
-- What programs get with a personal access token (docs/api.md). Each statement starts from what the account may use
-- today and continues to meters, readings and invoices, so that its cost does not depend on the number of customers.

-- What billing has, and what was submitted in the portal and has not come back from billing yet (pending). "cross join"
-- keeps SQLite from starting with the large table; for PostgreSQL it is an ordinary join.
-- @query api_readings
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date size:int skip:int
-- @row reading contract:text meter:text serial:text place:text read_on:date value_l:volume kind:text pending:flag
with mine as (
  select distinct d.meter_id, d.contract_no, d.serial, d.place
    from portal_access a
    join billing_meter d on d.contract_no = a.contract_no and {at_point a d}
   where {may a :right} and {chosen a})
select m.contract_no, m.meter_id, m.serial, m.place, b.read_on, b.value_l, b.kind, 0
  from mine m
 cross join billing_reading b
 where b.meter_id = m.meter_id and b.read_on between :from and :until
union all
select m.contract_no, m.meter_id, m.serial, m.place, r.read_on, r.value_l, 'customer', 1
  from mine m
 cross join portal_reading r
 where r.meter_id = m.meter_id and r.read_on between :from and :until and r.state = 'current'
   and not exists (select 1 from billing_reading x where x.portal_id = r.reading_id)
 order by 5, 1, 2, 8, 7, 6
 limit :size offset :skip;

-- @query api_readings_count
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date
-- @row count rows:int
with mine as (
  select distinct d.meter_id
    from portal_access a
    join billing_meter d on d.contract_no = a.contract_no and {at_point a d}
   where {may a :right} and {chosen a}),
known as (
  select count(*) as rows from mine m cross join billing_reading b
   where b.meter_id = m.meter_id and b.read_on between :from and :until),
pending as (
  select count(*) as rows from mine m cross join portal_reading r
   where r.meter_id = m.meter_id and r.read_on between :from and :until and r.state = 'current'
     and not exists (select 1 from billing_reading x where x.portal_id = r.reading_id))
select known.rows + pending.rows from known cross join pending where known.rows + pending.rows > 0;

-- Invoices belong to the whole contract: a right on one meter shows none of them.
-- @query api_invoices
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date now:time size:int skip:int
-- @row invoice invoice:text contract:text issued_on:date due_on:date period_from:date period_until:date
-- @row invoice net_c:money vat_c:money total_c:money open_c:money water_c:money sewage_c:money rain_c:money other_c:money state:text
select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c, i.open_c,
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'water'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'sewage'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'rain'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service not in ('water', 'sewage', 'rain')),
       {invoice_state i}
  from ({whole_contracts :right}) c
 cross join portal_invoice i
 where i.contract_no = c.contract_no and i.issued_on >= :from and i.issued_on <= :until
 order by i.issued_on, i.contract_no, i.invoice_no
 limit :size offset :skip;

-- @query api_invoices_count
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date
-- @row count rows:int
select count(*)
  from ({whole_contracts :right}) c
 cross join portal_invoice i
 where i.contract_no = c.contract_no and i.issued_on >= :from and i.issued_on <= :until
having count(*) > 0;

-- Payments received; pending: made through the portal, and not in billing yet.
-- @query api_payments
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date size:int skip:int
-- @row payment contract:text invoice:text paid_on:date amount_c:money pending:flag
with mine as (
  {whole_contracts :right})
select m.contract_no, b.invoice_no, b.paid_on, b.amount_c, 0
  from mine m
 cross join billing_payment b
 where b.contract_no = m.contract_no and b.paid_on between :from and :until
union all
select m.contract_no, s.invoice_no, s.paid_on, s.amount_c, 1
  from mine m
 cross join portal_posted s
 where s.contract_no = m.contract_no and s.paid_on between :from and :until
 order by 3, 1, 2, 5, 4
 limit :size offset :skip;

-- @query api_payments_count
-- @scope account
-- @args account:text contract:text from:date until:date right:int today:date
-- @row count rows:int
with mine as (
  {whole_contracts :right}),
known as (
  select count(*) as rows from mine m cross join billing_payment b
   where b.contract_no = m.contract_no and b.paid_on between :from and :until),
pending as (
  select count(*) as rows from mine m cross join portal_posted s
   where s.contract_no = m.contract_no and s.paid_on between :from and :until)
select known.rows + pending.rows from known cross join pending where known.rows + pending.rows > 0;

-- @query api_contracts
-- @scope account
-- @args account:text contract:text right:int today:date size:int skip:int
-- @row contract contract_no:text
select distinct a.contract_no from portal_access a
 where {may a :right} and {chosen a}
 order by a.contract_no
 limit :size offset :skip;

-- @query api_contracts_count
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row count rows:int
select count(distinct a.contract_no) from portal_access a
 where {may a :right} and {chosen a}
having count(*) > 0;

-- What was submitted together, as far as the account may still see it.
-- @query api_receipt
-- @scope account
-- @args account:text receipt:text right:int today:date
-- @row reading contract:text meter:text serial:text place:text value_l:volume previous_l:volume previous_on:date
-- @row reading use_l:volume days:int state:text submitted_at:time
select r.contract_no, r.meter_id, m.serial, m.place, r.value_l, r.previous_l, r.previous_on, r.use_l, r.use_days, r.state, r.at
  from portal_submission s
  join portal_reading r on r.submission_id = s.submission_id
  join billing_meter m on m.meter_id = r.meter_id
 where s.receipt_no = :receipt
   and {allowed_at s.contract_no m :right}
 order by m.position nulls last, m.place, m.serial, r.meter_id;
