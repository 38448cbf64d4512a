-- SPDX-License-Identifier: Apache-2.0
-- Invoices: what is due, and one invoice with everything that explains it. The balance and the list are in
-- overview.sql.

-- What must be paid: the account's own first, the earliest due first. may_pay: by a right on the whole contract.
-- @query invoices_due
-- @scope account
-- @args account:text contract:text right:int today:date now:time size:int
-- @row due invoice_no:text contract_no:text address:text period:date due_on:date total:money open:money may_pay:flag
-- @row due holder:text own:flag state:text
with mine (contract_no, premises_id, may_pay, own) as (
    select a.contract_no, a.premises_id, max(case when (a.rights & {right pay}) > 0 then 1 else 0 end), {is_own a} from portal_access a
     where {may_whole a :right} and {chosen a}
     group by a.contract_no, a.premises_id)
select i.invoice_no, i.contract_no, p.address || ', ' || p.locality, i.period_from, i.due_on, i.total_c, i.open_c,
       m.may_pay, k.name, m.own, {invoice_state i}
  from mine m
  join billing_contract c on c.contract_no = m.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
  join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0
  join billing_premises p on p.premises_id = m.premises_id
 order by m.own desc, i.due_on, i.invoice_no
 limit :size;

-- What "pay all" takes: of all contracts the account's own, of a chosen one all; not what is being paid.
-- @query invoices_to_pay
-- @scope account
-- @args account:text contract:text today:date now:time
-- @row to_pay count:int sum:money
select count(*), sum(i.open_c)
  from (select a.contract_no, {is_own a} as own from portal_access a
         where {may_whole a pay} and {chosen a}
         group by a.contract_no) m
  join billing_invoice b on b.contract_no = m.contract_no and b.open_c > 0
  join portal_invoice i on i.invoice_no = b.invoice_no and i.open_c > 0
 where (m.own = 1 or :contract is not null) and {paying i} = 0
having count(*) > 0;

-- The years with invoices, newest first.
-- @query invoice_years
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row year year:text
select distinct substr(i.issued_on, 1, 4)
  from portal_access a
  join billing_invoice i on i.contract_no = a.contract_no
 where {may_whole a :right} and {chosen a}
 order by 1 desc;

-- One invoice; no row for one that the account may not see.
-- @query invoice_head
-- @scope account
-- @args account:text no:text right:int today:date now:time
-- @row invoice invoice_no:text contract_no:text issued_on:date due_on:date period_from:date period_until:date net:money vat:money
-- @row invoice total:money open:money excess:money paying:flag reference:text buyer:text buyer_kind:text reg_no:text address:text
-- @row invoice locality:text postcode:text overdue:flag delivery:text delivery_to:text state:text
select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c, i.open_c,
       i.excess_c, {paying i}, c.payment_reference, k.name, k.kind, k.reg_no, p.address, p.locality, p.postcode,
       case {invoice_state i} when 'overdue' then 1 else 0 end, c.delivery, c.delivery_to, {invoice_state i}
  from portal_invoice i
  join billing_contract c on c.contract_no = i.contract_no
  join billing_customer k on k.customer_no = c.customer_no
  join billing_premises p on p.premises_id = c.premises_id
 where i.invoice_no = :no
   and {allowed_whole i.contract_no :right};

-- Its lines, with the readings around the billing period: the last one before it and the last one in it. A line with a
-- quantity has a row for each price that was in force in the period, ascending; any other line has one row.
-- @query invoice_lines
-- @scope account
-- @args account:text no:text right:int today:date
-- @row line line:int service:text text:text tariff_group:text meter_id:text place:text serial:text quantity:volume price:price net:money
-- @row line vat_rate:int from_on:date from:volume to_on:date to:volume to_kind:text since:date since_price:price
select x.line, x.service, x.text, x.tariff_group, x.meter_id, m.place, m.serial, x.quantity_l, x.price, x.net_c, x.vat_rate,
       f.read_on, f.value_l, t.read_on, t.value_l, t.kind, p.since, p.price
  from (select l.line, l.service, l.text, l.meter_id, l.quantity_l, l.price, l.net_c, l.vat_rate, i.period_from, i.period_until,
               (select max(s.tariff_group) from billing_service s
                 where s.contract_no = i.contract_no and s.service = l.service and s.since <= i.period_until) as tariff_group
          from billing_invoice i
          join billing_invoice_line l on l.invoice_no = i.invoice_no
         where i.invoice_no = :no and {allowed_whole i.contract_no :right}) x
  left join billing_meter m on m.meter_id = x.meter_id
  left join billing_reading f
    on f.reading_id = (select b.reading_id from billing_reading b
                        where b.meter_id = x.meter_id and b.read_on < x.period_from and b.value_l is not null
                        order by b.read_on desc, b.reading_id desc limit 1)
  left join billing_reading t
    on t.reading_id = (select b.reading_id from billing_reading b
                        where b.meter_id = x.meter_id and b.read_on <= x.period_until and b.read_on >= x.period_from and b.value_l is not null
                        order by b.read_on desc, b.reading_id desc limit 1)
  left join billing_tariff p
    on x.quantity_l is not null and p.service = x.service and p.tariff_group = x.tariff_group and p.since <= x.period_until
   and p.since >= coalesce((select max(o.since) from billing_tariff o
                             where o.service = x.service and o.tariff_group = x.tariff_group and o.since <= x.period_from), '')
 order by x.line, p.since;

-- Payments for it: credited by billing, or made through the portal and not there yet.
-- @query invoice_payments
-- @scope account
-- @args account:text no:text right:int today:date
-- @row payment paid_on:date amount:money pending:flag
select y.paid_on, y.amount_c, y.pending
  from (select b.invoice_no as invoice_no, b.contract_no as contract_no, b.paid_on as paid_on, b.amount_c as amount_c, 0 as pending
          from billing_payment b where b.invoice_no = :no
        union all
        select s.invoice_no, s.contract_no, s.paid_on, s.amount_c, 1 from portal_posted s where s.invoice_no = :no) y
 where {allowed_whole y.contract_no :right}
 order by y.paid_on, y.amount_c;
