-- SPDX-License-Identifier: Apache-2.0
-- Metering points and their histories, for every section that shows readings.

-- Everything that is needed to take readings on a contract, or to show them, in one answer: whoever submits reads it
-- twice, once to show it and once in the transaction that relies on it. The part of a row says what it is:
--   0  a way that leads to the contract (as contract_access has it), the number of points that all of them reach, and
--      the account under which readings are kept
--   1  a point, with its current meter and what was submitted for it in this window; those that are named come first
--   2  of these points, what was submitted in earlier windows and has not come back from billing yet
-- house 1: staff or a command, who need no access of their own. meters: ids, each between two line feeds (mark).
-- "cross join" keeps SQLite from starting with the large table; for PostgreSQL it is an ordinary join.
-- @query point_sheet
-- @scope account
-- @args account:text contract:text right:int today:date house:int mark:text meters:text window_key:text window_from:date
-- @args history_from:date size:int skip:int
-- @row sheet part:int nth:int point_id:text meter_id:text serial:text digits:int value:volume installed_on:date
-- @row sheet place:text decimals:int remote:flag verified_until:date expired:flag window:text
-- @row sheet reading_id:text submitted:time receipt_no:text versions:int
-- @row sheet read_on:date answer:text swap_on:date swap_end:volume swap_start:volume
-- @row sheet rights:int delegation_id:text basis:text ended_on:date account_id:text points:int
with way as (
  select a.point_id, a.rights, a.delegation_id, a.basis, a.account_id
    from portal_access a
   where {held a} and a.contract_no = :contract
  union all
  select null, {right any}, null, 'house', (select min(o.account_id) from portal_own o
                                              where o.contract_no = :contract and {in_force o})
   where :house = 1
), point as (
  select m.point_id, m.meter_id,
         row_number() over (order by case when replace(:meters, :mark || m.meter_id || :mark, '') = :meters then 1 else 0 end,
                                     m.position nulls last, m.place, m.serial, m.meter_id) as nth
    from billing_meter m
   where m.contract_no = :contract and {in_place m}
     and exists (select 1 from way w where (w.rights & :right) > 0 and {at_point w m})
), shown as (
  select p.point_id, p.meter_id, p.nth from point p where p.nth > :skip and p.nth <= :skip + :size
)
select 1 as part, p.nth as nth, p.point_id, p.meter_id, m.serial, m.digits, r.value_l, m.installed_on,
       m.place, m.decimals, m.remote, m.verified_until, {verification_expired m}, {window_state m},
       r.reading_id, r.at, s.receipt_no,
       (select coalesce(max(v.version), 0) from portal_reading v
         where v.meter_id = p.meter_id and v.window_key = :window_key),
       null, null, null, cast(null as bigint), cast(null as bigint),
       cast(null as bigint), null, null, null, null, cast(null as bigint)
  from shown p
 cross join billing_meter m
  left join portal_reading r on r.meter_id = p.meter_id and r.window_key = :window_key and r.state = 'current'
  left join portal_submission s on s.submission_id = r.submission_id
 where m.meter_id = p.meter_id
union all
select 0, 0, w.point_id, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
       null, null, null, null, null,
       w.rights, w.delegation_id, w.basis, case when c.ended_on < :today then c.ended_on end, w.account_id,
       (select count(*) from point)
  from way w
 cross join billing_contract c
 where c.contract_no = :contract
union all
select 2, p.nth, p.point_id, d.meter_id, d.serial, d.digits, r.value_l, d.installed_on, null, null, null, null, null, null,
       null, null, null, null, r.read_on, r.answer, coalesce(r.swap_on, r.read_on), r.swap_end_l, r.swap_start_l,
       null, null, null, null, null, null
  from shown p
 cross join billing_meter d
 cross join portal_reading r
 where d.contract_no = :contract and d.point_id = p.point_id and r.meter_id = d.meter_id
   and r.state = 'current' and r.window_key <> :window_key and r.read_on >= :history_from
   and not exists (select 1 from billing_reading b where b.portal_id = r.reading_id)
 order by part, nth;

-- Of the points on the sheet, what billing has: but not what was submitted in this window and has come back, because
-- that can still be corrected. points: ids, each between two line feeds (mark). These are most of the rows, so they are
-- narrow: as a part of the sheet they would cost twice as much.
-- @query point_history
-- @scope account
-- @args account:text contract:text right:int today:date house:int mark:text points:text window_key:text history_from:date
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume kind:text serial:text digits:int
select d.point_id, d.meter_id, d.installed_on, b.read_on, b.value_l, b.kind, d.serial, d.digits
  from billing_meter d
 cross join billing_reading b
 where d.contract_no = :contract and replace(:points, :mark || d.point_id || :mark, '') <> :points
   and (:house = 1 or {allowed_at :contract d :right})
   and b.meter_id = d.meter_id and b.read_on >= :history_from
   and not exists (select 1 from portal_reading r where r.reading_id = b.portal_id and r.window_key = :window_key);

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
