-- SPDX-License-Identifier: Apache-2.0
-- What service/submission.h writes. Every statement's condition is what excludes others: a version is taken once, only
-- what counts is replaced or withdrawn.

-- @query submission_add
-- @scope identity
-- @args submission:text receipt:text account:text contract:text window_key:text now:time
insert into portal_submission (submission_id, receipt_no, account_id, contract_no, window_key, submitted_at)
values (:submission, :receipt, :account, :contract, :window_key, :now)
on conflict (receipt_no) do nothing;

-- @query reading_replace
-- @scope identity
-- @args replaced:text
update portal_reading set state = 'replaced' where reading_id = :replaced and state = 'current';

-- @query reading_add
-- @scope identity
-- @args reading_id:text submission:text account:text contract:text meter:text window_key:text version:int value:volume
-- @args today:date now:time confirmed:text reason:text answer:text swap_on:date swap_end:volume swap_start:volume
-- @args previous:volume previous_on:date use:volume days:int
insert into portal_reading (reading_id, submission_id, account_id, contract_no, meter_id, window_key, version, value_l, read_on,
                            at, state, confirmed, reason, answer, swap_on, swap_end_l, swap_start_l,
                            previous_l, previous_on, use_l, use_days)
values (:reading_id, :submission, :account, :contract, :meter, :window_key, :version, :value, :today,
        :now, 'current', :confirmed, :reason, :answer, :swap_on, :swap_end, :swap_start, :previous, :previous_on, :use, :days)
on conflict (meter_id, window_key, version) do nothing;

-- Whose it is, and whether a part of it still counts.
-- @query submission_find
-- @scope identity
-- @args receipt:text
-- @row submission submission_id:text account_id:text contract_no:text window_key:text counting:int withdrawn:int
select s.submission_id, s.account_id, s.contract_no, s.window_key,
       (select count(*) from portal_reading r where r.submission_id = s.submission_id and r.state = 'current'),
       (select count(*) from portal_reading r where r.submission_id = s.submission_id and r.state = 'withdrawn')
  from portal_submission s
 where s.receipt_no = :receipt;

-- Only the meters for which the account may still submit. house 1: staff or a command.
-- @query submission_withdraw
-- @scope identity
-- @args account:text today:date contract:text submission:text house:int
update portal_reading set state = 'withdrawn'
 where submission_id = :submission and state = 'current'
   and (:house = 1 or exists (select 1 from billing_meter m
                               where m.meter_id = portal_reading.meter_id and {allowed_at :contract m submit}));
