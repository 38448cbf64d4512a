-- SPDX-License-Identifier: Apache-2.0
-- What the portal hands over to billing ("waterportalctl export"): what billing does not show yet. Each row has the
-- portal's own id, so importing it twice does no harm.

-- What was paid for invoices, and the customers' credits, which have no invoice. kind: payment | credit.
-- @query export_payments
-- @scope system
-- @args since:date
-- @row payment payment_id:text line:int contract_no:text invoice_no:text paid_on:date amount_c:money agreement:text stamp:text bank_ref:text
-- @row payment kind:text
select h.payment_id, h.line, h.contract_no, h.invoice_no, h.paid_on, h.amount_c, p.agreement, p.stamp, p.bank_ref, h.kind
  from (select s.payment_id as payment_id, s.payment_id as order_id, s.line as line, s.contract_no as contract_no,
               s.invoice_no as invoice_no, s.paid_on as paid_on, s.amount_c as amount_c, 'payment' as kind
          from portal_posted s where s.paid_on >= :since
        union all
        select c.credit_id, c.payment_id, c.line, c.contract_no, null, c.paid_on, c.amount_c, 'credit'
          from portal_credit_open c where c.paid_on >= :since) h
  join portal_payment p on p.payment_id = h.order_id
 order by h.paid_on, h.payment_id, h.line;

-- A line is handed over once; printing it again changes nothing.
-- @query hand_over_payment
-- @scope system
-- @args payment:text line:int now:time
update portal_payment_item set handed_at = :now where payment_id = :payment and line = :line and handed_at is null;

-- @query hand_over_credit
-- @scope system
-- @args payment:text line:int now:time
update portal_credit set handed_at = :now where credit_id = :payment and line = :line and handed_at is null;

-- @query export_readings
-- @scope system
-- @args since:date
-- @row reading reading_id:text contract_no:text meter_id:text read_on:date value_l:volume at:time version:int answer:text swap_on:date
-- @row reading swap_end_l:volume swap_start_l:volume swap_serial:text confirmed:text reason:text
select r.reading_id, r.contract_no, r.meter_id, r.read_on, r.value_l, r.at, r.version, r.answer, r.swap_on, r.swap_end_l, r.swap_start_l,
       r.swap_serial, r.confirmed, r.reason
  from portal_reading r
 where r.state = 'current' and r.read_on >= :since
   and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id)
 order by r.read_on, r.contract_no, r.meter_id;
