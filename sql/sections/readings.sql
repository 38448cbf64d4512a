-- SPDX-License-Identifier: Apache-2.0
-- Receipts and versions of readings; submitting is in submissions.sql, meters and histories are in meters.sql.

-- @query receipt_contract
-- @scope account
-- @args account:text receipt:text right:int today:date
-- @row contract contract_no:text
select s.contract_no from portal_submission s
 where s.receipt_no = :receipt
   and exists (select 1 from portal_access a
                where {may a :right} and a.contract_no = s.contract_no
                  and (a.point_id is null
                       or exists (select 1 from portal_reading r join billing_meter m on m.meter_id = r.meter_id
                                   where r.submission_id = s.submission_id and m.point_id = a.point_id)));

-- @query receipt_head
-- @scope account
-- @args account:text receipt:text right:int today:date
-- @row receipt submission_id:text receipt_no:text account_id:text window_key:text submitted:time
select s.submission_id, s.receipt_no, s.account_id, s.window_key, s.submitted_at from portal_submission s
 where s.receipt_no = :receipt
   and {allowed s.contract_no :right};

-- What was submitted, with the value it replaced in the same window, if any.
-- @query receipt_readings
-- @scope account
-- @args account:text receipt:text right:int today:date
-- @row reading place:text serial:text value:volume decimals:int previous:volume use:volume days:int state:text was:volume corrected-at:time
select m.place, m.serial, r.value_l, m.decimals, r.previous_l, r.use_l, r.use_days,
       case when r.state <> 'current' then r.state when b.reading_id is not null then 'corrected' else 'new' end,
       b.value_l, case when b.reading_id is not null then r.at end
  from portal_submission s
  join portal_reading r on r.submission_id = s.submission_id
  join billing_meter m on m.meter_id = r.meter_id
  left join portal_reading b on b.meter_id = r.meter_id and b.window_key = r.window_key and b.version = r.version - 1
                            and b.state = 'replaced'
 where s.receipt_no = :receipt
   and {allowed_at s.contract_no m :right}
 order by m.position nulls last, m.place, m.serial;

-- What was corrected or withdrawn, newest first.
-- @query version_list
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row version point_id:text on:date value:volume use:volume days:int state:text
select m.point_id, r.read_on, r.value_l, r.use_l, r.use_days, r.state
  from portal_reading r
  join billing_meter m on m.meter_id = r.meter_id
 where r.contract_no = :contract and r.state <> 'current'
   and {allowed_at :contract m :right}
 order by r.read_on desc, r.at desc, r.reading_id
 limit 200;
