-- SPDX-License-Identifier: Apache-2.0
-- Metering points and their histories, for every section that shows readings.

-- What is needed to take readings on a contract, or to show them, is asked by three statements, each without a table of
-- its own making: SQLite gives every temporary one a cache of 80 KB, which cost more than the statements themselves.
-- house 1: staff or a command, who need no access of their own.

-- The ways that lead to the contract (as contract_access has them), with the account under which readings are kept.
-- @query point_ways
-- @scope account
-- @args account:text contract:text today:date house:int
-- @row way rights:int point_id:text delegation_id:text basis:text ended_on:date account_id:text
select a.rights, a.point_id, a.delegation_id, a.basis, case when c.ended_on < :today then c.ended_on end, a.account_id
  from portal_access a
  join billing_contract c on c.contract_no = a.contract_no
 where {held a} and a.contract_no = :contract
union all
select {right any}, null, null, 'house', case when h.ended_on < :today then h.ended_on end,
       (select min(o.account_id) from portal_own o where o.contract_no = :contract and {in_force o})
  from billing_contract h
 where :house = 1 and h.contract_no = :contract;

-- The points, each with its current meter and what was submitted for it in this window; those that are named come first.
-- meters: ids, each between two line feeds (mark). points: how many there are, whatever the size.
-- @query point_list
-- @scope account
-- @args account:text contract:text right:int today:date house:int mark:text meters:text window_key:text window_from:date
-- @args size:int skip:int
-- @row point point_id:text meter_id:text serial:text digits:int value:volume place:text decimals:int remote:flag verified_until:date
-- @row point expired:flag window:text reading_id:text submitted:time receipt_no:text versions:int points:int
select m.point_id, m.meter_id, m.serial, m.digits, r.value_l, m.place, m.decimals, m.remote, m.verified_until,
       {verification_expired m}, {window_state m}, r.reading_id, r.at, s.receipt_no,
       (select coalesce(max(v.version), 0) from portal_reading v
         where v.meter_id = m.meter_id and v.window_key = :window_key),
       (select count(*) from billing_meter n
         where n.contract_no = :contract and {in_place n} and (:house = 1 or {allowed_at :contract n :right}))
  from billing_meter m
  left join portal_reading r on r.meter_id = m.meter_id and r.window_key = :window_key and r.state = 'current'
  left join portal_submission s on s.submission_id = r.submission_id
 where m.contract_no = :contract and {in_place m} and (:house = 1 or {allowed_at :contract m :right})
 order by case when replace(:meters, :mark || m.meter_id || :mark, '') = :meters then 1 else 0 end,
          m.position nulls last, m.place, m.serial, m.meter_id
 limit :size offset :skip;

-- Of these points, what billing has: but not what was submitted in this window and has come back, because that can still
-- be corrected; and what was submitted in earlier windows and has not come back yet. points: ids, each between two line
-- feeds (mark). "cross join" keeps SQLite from starting with the large table; for PostgreSQL it is an ordinary join.
-- @query point_history
-- @scope account
-- @args account:text contract:text right:int today:date house:int mark:text points:text window_key:text history_from:date
-- @row entry point_id:text meter_id:text installed_on:date read_on:date value:volume kind:text serial:text digits:int
-- @row entry submitted:int answer:text swap_on:date swap_end:volume swap_start:volume
select d.point_id, d.meter_id, d.installed_on, b.read_on, b.value_l, b.kind, d.serial, d.digits,
       0, null, null, cast(null as bigint), cast(null as bigint)
  from billing_meter d
 cross join billing_reading b
 where d.contract_no = :contract and replace(:points, :mark || d.point_id || :mark, '') <> :points
   and (:house = 1 or {allowed_at :contract d :right})
   and b.meter_id = d.meter_id and b.read_on >= :history_from
   and not exists (select 1 from portal_reading r where r.reading_id = b.portal_id and r.window_key = :window_key)
union all
select e.point_id, e.meter_id, e.installed_on, p.read_on, p.value_l, null, e.serial, e.digits,
       1, p.answer, coalesce(p.swap_on, p.read_on), p.swap_end_l, p.swap_start_l
  from billing_meter e
 cross join portal_reading p
 where e.contract_no = :contract and replace(:points, :mark || e.point_id || :mark, '') <> :points
   and (:house = 1 or {allowed_at :contract e :right})
   and p.meter_id = e.meter_id and p.state = 'current' and p.window_key <> :window_key and p.read_on >= :history_from
   and not exists (select 1 from billing_reading c where c.portal_id = p.reading_id);

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
