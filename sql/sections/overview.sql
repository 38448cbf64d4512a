-- SPDX-License-Identifier: Apache-2.0
-- Consumption and money over the years. :contract null: all contracts together; :meter null: all meters.

-- The metering points with their current or last meter; installed_on: of the first one. chosen: one of its meters is
-- :meter.
-- @query usage_points
-- @scope account
-- @args account:text contract:text meter:text right:int today:date
-- @row point contract_no:text address:text point_id:text meter_id:text place:text serial:text digits:int decimals:int remote:flag
-- @row point installed_on:date removed_on:date signed_on:date ended_on:date chosen:flag
select m.contract_no, p.address || ', ' || p.locality, m.point_id, m.meter_id, m.place, m.serial, m.digits, m.decimals, m.remote,
       (select min(f.installed_on) from billing_meter f where f.point_id = m.point_id and f.contract_no = m.contract_no),
       m.removed_on, c.signed_on, c.ended_on,
       case when :meter is null or m.point_id in (select d.point_id from billing_meter d
                                                   where d.meter_id = :meter and d.contract_no = m.contract_no)
            then 1 else 0 end
  from billing_meter m
  join billing_contract c on c.contract_no = m.contract_no
  join billing_premises p on p.premises_id = c.premises_id
 where m.contract_no in (select a.contract_no from portal_access a
                          where a.account_id = :account and (:contract is null or a.contract_no = :contract))
   and {allowed_at m.contract_no m :right}
   and not exists (select 1 from billing_meter n
                    where n.point_id = m.point_id and n.contract_no = m.contract_no
                      and (n.installed_on > m.installed_on or (n.installed_on = m.installed_on and n.meter_id > m.meter_id)))
 order by p.address, p.locality, m.contract_no, m.place, m.serial, m.meter_id;

-- The first and the last day with a known value for each of their meters, from the ends of an index.
-- @query usage_range
-- @scope account
-- @args account:text contract:text meter:text right:int today:date
-- @row range contract_no:text point_id:text first:date last:date first_submitted:date last_submitted:date
select d.contract_no, d.point_id, d.first_on, d.last_on,
       (select min(r.read_on) from portal_reading r
         where r.meter_id = d.meter_id and r.state = 'current' and r.read_on < coalesce(d.first_on, '9999-12-31')
           and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id)),
       (select max(r.read_on) from portal_reading r
         where r.meter_id = d.meter_id and r.state = 'current' and r.read_on > coalesce(d.last_on, '')
           and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id))
  from (select m.contract_no, m.point_id, m.meter_id,
               (select min(b.read_on) from billing_reading b where b.meter_id = m.meter_id) as first_on,
               (select max(b.read_on) from billing_reading b where b.meter_id = m.meter_id) as last_on
          from billing_meter m
         where m.contract_no in (select a.contract_no from portal_access a
                                  where a.account_id = :account and (:contract is null or a.contract_no = :contract))
           and (:meter is null or m.point_id in (select o.point_id from billing_meter o where o.meter_id = :meter))
           and {allowed_at m.contract_no m :right}) d;

-- Their histories as billing has them, in no order. Only under the account's own contract: former occupants are
-- nobody's business. For each meter from its last actual reading on or before :history_from, because later use is
-- counted from there.
-- @query usage_history
-- @scope account
-- @args account:text contract:text meter:text right:int today:date history_from:date
-- @row entry contract_no:text point_id:text meter_id:text read_on:date value:volume kind:text digits:int installed_on:date
select d.contract_no, d.point_id, d.meter_id, b.read_on, b.value_l, b.kind, d.digits, d.installed_on
  from billing_meter d
 cross join billing_reading b
 where b.meter_id = d.meter_id
   and b.read_on >= coalesce((select max(f.read_on) from billing_reading f
                             where f.meter_id = d.meter_id and f.read_on <= :history_from and f.value_l is not null
                               and f.kind not in ('estimated', 'missing')), '')
   and d.contract_no in (select a.contract_no from portal_access a
                          where a.account_id = :account and (:contract is null or a.contract_no = :contract))
   and (:meter is null or d.point_id in (select o.point_id from billing_meter o where o.meter_id = :meter))
   and {allowed_at d.contract_no d :right};

-- What was submitted in the portal and has not come back from billing yet.
-- @query usage_submitted
-- @scope account
-- @args account:text contract:text meter:text right:int today:date history_from:date
-- @row entry contract_no:text point_id:text meter_id:text read_on:date value:volume answer:text swap_on:date swap_end:volume
-- @row entry swap_start:volume digits:int installed_on:date
select d.contract_no, d.point_id, d.meter_id, r.read_on, r.value_l, r.answer, coalesce(r.swap_on, r.read_on), r.swap_end_l, r.swap_start_l,
       d.digits, d.installed_on
  from billing_meter d
 cross join portal_reading r
 where r.meter_id = d.meter_id and r.state = 'current'
   and r.read_on >= coalesce((select max(f.read_on) from billing_reading f
                             where f.meter_id = d.meter_id and f.read_on <= :history_from and f.value_l is not null
                               and f.kind not in ('estimated', 'missing')), '')
   and d.contract_no in (select a.contract_no from portal_access a
                          where a.account_id = :account and (:contract is null or a.contract_no = :contract))
   and (:meter is null or d.point_id in (select o.point_id from billing_meter o where o.meter_id = :meter))
   and {allowed_at d.contract_no d :right}
   and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id);

-- The first day with an invoice.
-- @query money_since
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row since month:text
with mine (contract_no) as (
    {whole_contracts :right})
select substr(min(i.issued_on), 1, 7)
  from mine join billing_invoice i on i.contract_no = mine.contract_no
having count(*) > 0;

-- Invoiced sums by month of issue. Like everything below, only for contracts whose invoices the account may see in
-- full.
-- @query money_invoiced
-- @scope account
-- @args account:text contract:text right:int today:date issued_from:date issued_until:date
-- @row month month:text net:money vat:money total:money invoices:int
with mine (contract_no) as (
    {whole_contracts :right})
select substr(i.issued_on, 1, 7), cast(sum(i.net_c) as bigint), cast(sum(i.vat_c) as bigint), cast(sum(i.total_c) as bigint),
       count(*)
  from mine join billing_invoice i on i.contract_no = mine.contract_no
 where i.issued_on between :issued_from and :issued_until
 group by substr(i.issued_on, 1, 7)
 order by 1;

-- The same by service, without VAT; other: penalties and whatever else is billed.
-- @query money_services
-- @scope account
-- @args account:text contract:text right:int today:date issued_from:date issued_until:date
-- @row month month:text water:money sewage:money rain:money other:money
with mine (contract_no) as (
    {whole_contracts :right})
select substr(i.issued_on, 1, 7), cast(sum(case when l.service = 'water' then l.net_c else 0 end) as bigint),
       cast(sum(case when l.service = 'sewage' then l.net_c else 0 end) as bigint),
       cast(sum(case when l.service = 'rain' then l.net_c else 0 end) as bigint),
       cast(sum(case when l.service in ('water', 'sewage', 'rain') then 0 else l.net_c end) as bigint)
  from mine join billing_invoice i on i.contract_no = mine.contract_no
  join billing_invoice_line l on l.invoice_no = i.invoice_no
 where i.issued_on between :issued_from and :issued_until
 group by substr(i.issued_on, 1, 7)
 order by 1;

-- Payments by the month in which they were paid.
-- @query money_paid
-- @scope account
-- @args account:text contract:text right:int today:date paid_from:date paid_until:date
-- @row month month:text paid:money
with mine (contract_no) as (
    {whole_contracts :right})
select substr(p.paid_on, 1, 7), cast(sum(p.amount_c) as bigint)
  from (select b.paid_on as paid_on, b.amount_c as amount_c
          from mine join billing_payment b on b.contract_no = mine.contract_no
         where b.paid_on between :paid_from and :paid_until
        union all
        select s.paid_on, s.amount_c
          from mine cross join portal_posted s -- SQLite 3.46 would start at the payments
         where s.contract_no = mine.contract_no and s.paid_on between :paid_from and :paid_until
        union all
        select c.paid_on, c.amount_c
          from mine cross join portal_credit_open c
         where c.contract_no = mine.contract_no and c.paid_on between :paid_from and :paid_until) p
 group by substr(p.paid_on, 1, 7)
 order by 1;

-- What is open now, how much of it is overdue and not being paid, and the customer's credit: money received without an
-- invoice, in excess of one, or for an order that was paid already. No row if there is neither an invoice nor a credit.
-- Settled invoices are not read: open is what billing calls open, less what was paid through the portal; a credit note
-- is billing's; excess is what was paid for an invoice that billing calls settled.
-- @query money_balance
-- @scope account
-- @args account:text contract:text right:int today:date now:time
-- @row balance open:money overdue:money credit:money
with mine (contract_no) as (
    {whole_contracts :right})
select coalesce(cast(sum(b.open_c) as bigint), 0), coalesce(cast(sum(b.overdue_c) as bigint), 0),
       coalesce(cast(sum(b.credit_c) as bigint), 0)
  from (select i.open_c as open_c, case {invoice_state i} when 'overdue' then i.open_c else 0 end as overdue_c, i.excess_c as credit_c
          from mine join billing_invoice o on o.contract_no = mine.contract_no and o.open_c > 0
          join portal_invoice i on i.invoice_no = o.invoice_no
        union all
        select n.open_c, 0, 0 from mine join billing_invoice n on n.contract_no = mine.contract_no and n.open_c < 0
        union all
        select 0, 0, s.amount_c
          from mine cross join portal_posted s
          join billing_invoice z on z.invoice_no = s.invoice_no and z.open_c <= 0
         where s.contract_no = mine.contract_no
        union all
        select 0, 0, p.amount_c from mine join billing_payment p on p.contract_no = mine.contract_no and p.invoice_no is null
        union all
        select 0, 0, c.amount_c from mine cross join portal_credit_open c where c.contract_no = mine.contract_no) b
having count(*) > 0 or exists (select 1 from mine join billing_invoice e on e.contract_no = mine.contract_no);

-- The invoices issued between two days.
-- @query invoice_count
-- @scope account
-- @args account:text contract:text right:int today:date issued_from:date issued_until:date
-- @row count invoices:int
with mine (contract_no) as (
    {whole_contracts :right})
select count(*)
  from mine join billing_invoice i on i.contract_no = mine.contract_no
 where i.issued_on between :issued_from and :issued_until
having count(*) > 0;

-- @query invoice_list
-- @scope account
-- @args account:text contract:text right:int today:date now:time issued_from:date issued_until:date size:int skip:int
-- @row invoice contract_no:text invoice_no:text issued_on:date due_on:date period_from:date period_until:date net:money vat:money
-- @row invoice total:money open:money paid:money paid_on:date state:text water:money sewage:money rain:money other:money
with mine (contract_no) as (
    {whole_contracts :right})
select i.contract_no, i.invoice_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c, i.open_c,
       (select coalesce(cast(sum(p.amount_c) as bigint), 0) from billing_payment p where p.invoice_no = i.invoice_no) +
       (select coalesce(cast(sum(s.amount_c) as bigint), 0) from portal_posted s where s.invoice_no = i.invoice_no),
       coalesce((select max(s.paid_on) from portal_posted s where s.invoice_no = i.invoice_no),
                (select max(p.paid_on) from billing_payment p where p.invoice_no = i.invoice_no)),
       {invoice_state i},
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'water'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'sewage'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service = 'rain'),
       (select coalesce(cast(sum(l.net_c) as bigint), 0) from billing_invoice_line l
         where l.invoice_no = i.invoice_no and l.service not in ('water', 'sewage', 'rain'))
  from mine join portal_invoice i on i.contract_no = mine.contract_no
 where i.issued_on between :issued_from and :issued_until
 order by i.issued_on desc, i.invoice_no desc
 limit :size offset :skip;
