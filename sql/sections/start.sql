-- SPDX-License-Identifier: Apache-2.0
-- The public start page.

-- Current events: outages first, then current and future works, then what ended recently. Found by end, so that events
-- of long ago are not read: both databases would otherwise start at starts_at, which is below :soon for almost all
-- rows; "|| ''" hides that index from them.
-- @query notice_list
-- @scope public
-- @args now:time soon:time recent:time
-- @row notice kind:text title:text place:text starts:time ends:time text:text state:text
select n.kind, n.title, n.place, n.starts_at, n.ends_at, n.text,
       case when n.ended = 1 or n.ends_at < :now then 'done' when n.starts_at <= :now then 'active' else 'planned' end
  from (select e.notice_id, e.kind, e.title, e.place, e.starts_at, e.ends_at, e.text, e.ended
          from billing_notice e where e.ends_at >= :recent and e.starts_at || '' <= :soon
        union all
        select u.notice_id, u.kind, u.title, u.place, u.starts_at, u.ends_at, u.text, u.ended
          from billing_notice u where u.ends_at is null and u.starts_at || '' <= :soon) n
 order by case when n.ended = 1 or n.ends_at < :now then 2 when n.kind = 'outage' then 0 else 1 end, n.starts_at, n.notice_id;
