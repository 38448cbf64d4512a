-- SPDX-License-Identifier: Apache-2.0
-- The public start page.

-- What is going on: outages first, then works that are on or ahead, then what ended lately.
-- @query notice_list
-- @scope public
-- @args now:time soon:time recent:time
-- @row notice kind:text title:text place:text starts:time ends:time text:text state:text
select n.kind, n.title, n.place, n.starts_at, n.ends_at, n.text,
       case when n.ended = 1 or n.ends_at < :now then 'done' when n.starts_at <= :now then 'active' else 'planned' end
  from billing_notice n
 where n.starts_at <= :soon and (n.ends_at is null or n.ends_at >= :recent)
 order by case when n.ended = 1 or n.ends_at < :now then 2 when n.kind = 'outage' then 0 else 1 end, n.starts_at, n.notice_id;
