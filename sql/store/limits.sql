-- SPDX-License-Identifier: Apache-2.0
-- How much one person has caused lately (docs/limits.md).

-- @schema 4 oldest=3
-- One row per act and whoever is counted; it may be deleted once full_at has passed.
create table portal_allowance (
    act     text   not null,            -- a name of WaterPortalLimit
    who     text   not null,            -- keyed hash of a person, an account's id, or a keyed hash of an address
    full_at bigint not null,            -- milliseconds since 1970: when the whole allowance is available again
    primary key (act, who)
);
create index portal_allowance_full on portal_allowance (full_at);

-- Takes one, if one is left: step is the time after which one becomes available again, room the time that all but one
-- need for it. If two arrive at once, the second waits for the first one's transaction and counts it. Nobody can use up
-- more than the limit's whole time, step and room together: a full_at more than twice that far ahead was written while
-- a clock was wrong, and is ignored.
-- @query allowance_take
-- @scope identity
-- @args act:text who:text at:int step:int room:int
insert into portal_allowance (act, who, full_at) values (:act, :who, :at + :step)
on conflict (act, who) do update
   set full_at = case when portal_allowance.full_at between :at and :at + 2 * (:step + :room) then portal_allowance.full_at else :at end + :step
 where portal_allowance.full_at <= :at + :room or portal_allowance.full_at > :at + 2 * (:step + :room);

-- @query allowance_full
-- @scope identity
-- @args act:text who:text
-- @row allowance full_at:int
select full_at from portal_allowance where act = :act and who = :who;
