-- SPDX-License-Identifier: Apache-2.0
-- What the portal hands over to billing ("waterportalctl export"): what billing does not show yet. Each row has the
-- portal's own id, so importing it twice does no harm.

-- @query export_payments
-- @scope system
-- @args since:date
-- @row payment payment_id:text line:int contract_no:text invoice_no:text paid_on:date amount_c:money agreement:text stamp:text bank_ref:text
select s.payment_id, s.line, s.contract_no, s.invoice_no, s.paid_on, s.amount_c, p.agreement, p.stamp, p.bank_ref
  from portal_posted s
  join portal_payment p on p.payment_id = s.payment_id
 where s.paid_on >= :since
 order by s.paid_on, s.payment_id, s.line;

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
