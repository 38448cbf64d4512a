-- SPDX-License-Identifier: Apache-2.0
-- Messages to be sent: written in the transaction of their cause, one for each kind, subject and recipient. A sender
-- leases them, and says of each how far it came (domain/message_state.h).

-- By subject: for the download of own data and for an erasure.
-- @schema 4 oldest=3
create index portal_outbox_subject on portal_outbox (subject);

-- What a sender needs to know. A row that an earlier release writes has the defaults: it is sent at once.
-- @schema 6 oldest=5
alter table portal_outbox add column account_id text;                      -- whose it is; null: found by its subject
alter table portal_outbox add column urgency bigint not null default 1;    -- the lower one is sent first
alter table portal_outbox add column due_at text not null default '';      -- not before
alter table portal_outbox add column expires_at text;                      -- useless from then on
alter table portal_outbox add column tries bigint not null default 0;      -- that did not succeed
alter table portal_outbox add column repeats bigint not null default 0;    -- times its sender ended during a transmission
alter table portal_outbox add column lease text;                           -- whose it is while it is sent
alter table portal_outbox add column leased_until text;
alter table portal_outbox add column settled_at text;                      -- when it came into its state; null: never left the first
alter table portal_outbox add column reason text;                          -- a code (docs/admin.md): why it was not sent
alter table portal_outbox add column answer text;                          -- what the server said last
update portal_outbox set state = 'handed' where state = 'sent';
drop index portal_outbox_state; -- SQLite would prefer it to the next one, and sort all that wait for each sender
create index portal_outbox_due on portal_outbox (urgency, due_at, created_at) where state in ('waiting', 'deferred');
create index portal_outbox_dead on portal_outbox (created_at) where state in ('failed', 'bounced', 'suppressed');
create index portal_outbox_leased on portal_outbox (leased_until) where state in ('leased', 'transmitting');
create index portal_outbox_account on portal_outbox (account_id, created_at);
create index portal_outbox_recipient on portal_outbox (recipient, created_at);

-- @query outbox_add
-- @scope identity
-- @args message:text kind:text channel:text recipient:text subject:text period:text message_language:text arguments:text now:time
-- @args owner:text urgency:int due:text expires:text
insert into portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state,
                           account_id, urgency, due_at, expires_at)
values (:message, :kind, :channel, :recipient, :subject, :period, :message_language, :arguments, :now, 'waiting',
        :owner, :urgency, :due, :expires)
on conflict (kind, recipient, subject, period) do nothing;

-- --- sending ---

-- What may be sent now, the most urgent first; of the channels that are given ('' is none). That the urgency is not
-- negative goes without saying, but lets a database go through the index in its order, and stop after so many.
-- @query outbox_due
-- @scope system
-- @args now:time email:text sms:text size:int
-- @row message message_id:text kind:text channel:text recipient:text language:text arguments:text created_at:time expires_at:time
-- @row message tries:int repeats:int state:text
select o.message_id, o.kind, o.channel, o.recipient, o.language, o.arguments, o.created_at, o.expires_at, o.tries, o.repeats, o.state
  from portal_outbox o
 where o.state in ('waiting', 'deferred') and o.urgency >= 0 and o.due_at <= :now and o.channel in (:email, :sms)
 order by o.urgency, o.due_at, o.created_at
 limit :size;

-- One that another sender was quicker with is left alone. The state is given, not listed: PostgreSQL would otherwise look
-- for the row in the index of all that wait.
-- @query outbox_lease
-- @scope system
-- @args message:text from:text lease:text until:time now:time
update portal_outbox set state = 'leased', lease = :lease, leased_until = :until
 where message_id = :message and state = :from and due_at <= :now;

-- The next state, if it is still the sender's. to_lease and until null: it is nobody's then. forget: its arguments are
-- not needed any more.
-- @query outbox_move
-- @scope system
-- @args message:text from:text lease:text to:text to_lease:text until:text due:text tried:int repeated:int now:text reason:text
-- @args answer:text forget:int
update portal_outbox
   set state = :to, lease = :to_lease, leased_until = :until, due_at = coalesce(:due, due_at), tries = tries + :tried,
       repeats = repeats + :repeated, settled_at = coalesce(:now, settled_at), reason = :reason, answer = coalesce(:answer, answer),
       arguments = case when :forget = 1 then '{}' else arguments end
 where message_id = :message and state = :from and lease = :lease;

-- Leases that have run out.
-- @query outbox_overdue
-- @scope system
-- @args now:time size:int
-- @row message message_id:text kind:text state:text lease:text repeats:int
select o.message_id, o.kind, o.state, o.lease, o.repeats from portal_outbox o
 where o.state in ('leased', 'transmitting') and o.leased_until < :now
 order by o.leased_until, o.message_id
 limit :size;

-- One that was given up is tried again, from the beginning.
-- @query outbox_again
-- @scope system
-- @args message:text from:text now:text
update portal_outbox
   set state = 'waiting', lease = null, leased_until = null, due_at = '', tries = 0, repeats = 0, settled_at = :now, reason = null
 where message_id = :message and state = :from and (expires_at is null or expires_at > :now);

-- --- looking ---

-- Messages that wait, the oldest first.
-- @query outbox_waiting
-- @scope system
-- @args size:int
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text state:text reason:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language, o.state, o.reason from portal_outbox o
 where o.state in ('waiting', 'deferred', 'leased', 'transmitting')
 order by o.created_at, o.message_id
 limit :size;

-- Those that will not be sent, or came back, the latest first.
-- @query outbox_dead
-- @scope system
-- @args size:int
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text state:text reason:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language, o.state, o.reason from portal_outbox o
 where o.state in ('failed', 'bounced', 'suppressed')
 order by o.created_at desc, o.message_id
 limit :size;

-- What was sent to a person, the latest first: to this account, or to this address.
-- @query outbox_person
-- @scope system
-- @args account:text address:text size:int
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text state:text reason:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language, o.state, o.reason
  from (select r.message_id from portal_outbox r where r.recipient = :address
        union select a.message_id from portal_outbox a where a.account_id = :account
        union select s.message_id from portal_outbox s
               where s.subject in (select :account
                                   union select c.change_id from portal_contact_change c where c.account_id = :account
                                   union select e.erasure_id from portal_erasure e where e.account_id = :account)) m
  join portal_outbox o on o.message_id = m.message_id
 order by o.created_at desc, o.message_id
 limit :size;

-- How many there are in each state of each channel, and since when.
-- @query outbox_figures
-- @scope system
-- @args now:time
-- @row figure channel:text state:text messages:int oldest:time due:int
select o.channel, o.state, count(*), min(o.created_at), sum(case when o.due_at <= :now then 1 else 0 end)
  from portal_outbox o
 group by o.channel, o.state
 order by o.channel, o.state;

-- @query outbox_message
-- @scope system
-- @args message:text
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text state:text arguments:text
-- @row message tries:int settled_at:time due_at:time reason:text answer:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language, o.state, o.arguments, o.tries, o.settled_at, o.due_at,
       o.reason, o.answer
  from portal_outbox o
 where o.message_id = :message;

-- --- codes ---

-- A code is useless once its change of address is done, dropped or expired: then it is removed from the message, and a
-- message that was not sent yet will not be sent.
-- @query outbox_forget_codes
-- @scope identity
-- @args account:text now:time
update portal_outbox
   set arguments = '{}', state = case when state in ('waiting', 'deferred') then 'failed' else state end,
       reason = case when state in ('waiting', 'deferred') then 'expired' else reason end
 where kind in ('contact_code', 'contact_code_old') and arguments <> '{}'
   and subject in (select c.change_id from portal_contact_change c
                    where c.account_id = :account and (c.state <> 'open' or c.expires_at <= :now));
