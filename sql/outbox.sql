-- SPDX-License-Identifier: Apache-2.0
-- Messages to be sent.

-- @query outbox_add
-- @scope system
-- @args message_id:text kind:text channel:text recipient:text message_subject:text period:text language:text arguments:text now:time
insert into portal_outbox (message_id, kind, channel, recipient, subject, period, language, arguments, created_at, state)
values (:message_id, :kind, :channel, :recipient, :message_subject, :period, :language, :arguments, :now, 'waiting')
on conflict (kind, recipient, subject, period) do nothing;
