-- SPDX-License-Identifier: Apache-2.0
-- Messages to be sent: written in the transaction of their cause, one for each kind, subject and recipient.

-- By subject: for the download of own data and for an erasure.
-- @schema 4 oldest=3
create index portal_outbox_subject on portal_outbox (subject);

-- @query outbox_add
-- @scope identity
-- @args message:text kind:text channel:text recipient:text subject:text period:text message_language:text arguments:text now:time
insert into portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state)
values (:message, :kind, :channel, :recipient, :subject, :period, :message_language, :arguments, :now, 'waiting')
on conflict (kind, recipient, subject, period) do nothing;

-- Messages that wait, the oldest first.
-- @query outbox_waiting
-- @scope system
-- @args size:int
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language from portal_outbox o
 where o.state = 'waiting'
 order by o.created_at, o.message_id
 limit :size;

-- @query outbox_message
-- @scope system
-- @args message:text
-- @row message message_id:text created_at:time kind:text channel:text recipient:text language:text state:text arguments:text
select o.message_id, o.created_at, o.kind, o.channel, o.recipient, o.language, o.state, o.arguments from portal_outbox o
 where o.message_id = :message;

-- A code is useless once its change of address is done, dropped or expired: then it is removed from the message, and a
-- message that was not sent yet will not be sent.
-- @query outbox_forget_codes
-- @scope identity
-- @args account:text now:time
update portal_outbox set arguments = '{}', state = case when state = 'waiting' then 'failed' else state end
 where kind in ('contact_code', 'contact_code_old') and arguments <> '{}'
   and subject in (select c.change_id from portal_contact_change c
                    where c.account_id = :account and (c.state <> 'open' or c.expires_at <= :now));
