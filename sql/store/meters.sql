-- SPDX-License-Identifier: Apache-2.0
-- Metering points and their histories, for every section that shows readings.

-- The points of a contract with the current meter of each, and what was submitted for it in this window.
-- @query point_list
-- @scope account
-- @args account:text contract:text right:int today:date window_key:text window_from:date size:int skip:int
-- @row point point_id:text meter_id:text place:text serial:text digits:int decimals:int remote:flag verified_until:date
-- @row point reading_id:text value:volume version:int submitted:time receipt_no:text versions:int expired:flag window:text
select m.point_id, m.meter_id, m.place, m.serial, m.digits, m.decimals, m.remote, m.verified_until,
       r.reading_id, r.value_l, r.version, r.at, s.receipt_no,
       (select coalesce(max(v.version), 0) from portal_reading v
         where v.meter_id = m.meter_id and v.window_key = :window_key), {verification_expired m}, {window_state m}
  from billing_meter m
  left join portal_reading r on r.meter_id = m.meter_id and r.window_key = :window_key and r.state = 'current'
  left join portal_submission s on s.submission_id = r.submission_id
 where m.contract_no = :contract and {in_place m}
   and {allowed_at :contract m :right}
 order by m.contract_no, m.position nulls last, m.place, m.serial, m.meter_id
 limit :size offset :skip;

-- @query point_count
-- @scope account
-- @args account:text contract:text right:int today:date
-- @row count points:int
select count(*) from billing_meter m
 where m.contract_no = :contract and {in_place m}
   and {allowed_at :contract m :right}
having count(*) > 0;

-- "cross join" keeps SQLite from starting with the large table; for PostgreSQL it is an ordinary join.

-- What billing has. Readings that were submitted in this window and have come back are left out: they can still be
-- corrected.
-- @query point_history
-- @scope account
-- @args account:text contract:text right:int today:date window_key:text history_from:date size:int skip:int
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume kind:text serial:text digits:int
select d.point_id, d.meter_id, d.installed_on, b.read_on, b.value_l, b.kind, d.serial, d.digits
  from billing_meter d
 cross join billing_reading b
 where b.meter_id = d.meter_id and b.read_on >= :history_from and d.contract_no = :contract
   and d.point_id in (
     select m.point_id from billing_meter m
      where m.contract_no = :contract and {in_place m}
        and {allowed_at :contract m :right}
      order by m.contract_no, m.position nulls last, m.place, m.serial, m.meter_id
      limit :size offset :skip)
   and not exists (select 1 from portal_reading r where r.reading_id = b.portal_id and r.window_key = :window_key);

-- What was submitted in earlier windows and has not come back from billing yet.
-- @query point_submitted
-- @scope account
-- @args account:text contract:text right:int today:date window_key:text history_from:date
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume answer:text swap_on:date swap_end:volume swap_start:volume
-- @row entry serial:text digits:int
select d.point_id, d.meter_id, d.installed_on, r.read_on, r.value_l, r.answer, coalesce(r.swap_on, r.read_on), r.swap_end_l,
       r.swap_start_l, d.serial, d.digits
  from billing_meter m
 cross join billing_meter d
 cross join portal_reading r
 where m.contract_no = :contract and {in_place m} and d.point_id = m.point_id and d.contract_no = :contract
   and r.meter_id = d.meter_id
   and r.state = 'current' and r.window_key <> :window_key and r.read_on >= :history_from
   and {allowed_at :contract m :right}
   and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id);

-- For a certificate: the points that had a meter in a period, each with the last one in that period, removed or not.
-- @query period_points
-- @scope account
-- @args account:text contract:text right:int today:date period_from:date period_until:date
-- @row point point_id:text meter_id:text place:text serial:text digits:int decimals:int remote:flag verified_until:date
-- @row point reading_id:text value:volume version:int submitted:time receipt_no:text versions:int expired:flag window:text
select m.point_id, m.meter_id, m.place, m.serial, m.digits, m.decimals, m.remote, m.verified_until, null, null, 0, null, null, 0,
       {verification_expired m}, null
  from billing_meter m
 where m.contract_no = :contract and (m.removed_on is null or m.removed_on >= :period_from)
   and not exists (select 1 from billing_meter n
                    where n.contract_no = m.contract_no and n.point_id = m.point_id
                      and (n.installed_on > m.installed_on or (n.installed_on = m.installed_on and n.meter_id > m.meter_id)))
   and exists (select 1 from billing_meter n
                where n.contract_no = m.contract_no and n.point_id = m.point_id and n.installed_on <= :period_until)
   and {allowed_at :contract m :right}
 order by m.position nulls last, m.place, m.serial, m.meter_id;

-- Their readings in the period and around it.
-- @query period_history
-- @scope account
-- @args account:text contract:text right:int today:date history_from:date history_until:date
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume kind:text serial:text digits:int
select d.point_id, d.meter_id, d.installed_on, b.read_on, b.value_l, b.kind, d.serial, d.digits
  from billing_meter d
 cross join billing_reading b
 where d.contract_no = :contract and b.meter_id = d.meter_id and b.read_on between :history_from and :history_until
   and {allowed_at :contract d :right};

-- What was submitted and has not come back, in this window too.
-- @query period_submitted
-- @scope account
-- @args account:text contract:text right:int today:date history_from:date history_until:date
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume answer:text swap_on:date swap_end:volume swap_start:volume
-- @row entry serial:text digits:int
select d.point_id, d.meter_id, d.installed_on, r.read_on, r.value_l, r.answer, coalesce(r.swap_on, r.read_on), r.swap_end_l,
       r.swap_start_l, d.serial, d.digits
  from billing_meter d
 cross join portal_reading r
 where d.contract_no = :contract and r.meter_id = d.meter_id and r.state = 'current'
   and r.read_on between :history_from and :history_until
   and {allowed_at :contract d :right}
   and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id);
