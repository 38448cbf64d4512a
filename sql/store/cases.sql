-- SPDX-License-Identifier: Apache-2.0
-- Cases that people must decide, because the portal must not. One table for all kinds; "waterportalctl cases" lists and
-- settles them.

-- @schema 4
-- one row per matter, however often it comes up
create table portal_case (
    case_id    text not null primary key,
    kind       text not null,           -- person_code | account_conflict | …
    subject    text not null,           -- what it is about: ids and tags, the same for the same matter; no personal data
    account_id text,                    -- the account concerned, or null. Not a foreign key: a case may outlive its subject
    reason     text not null,           -- code: why people must decide
    facts      text,                    -- JSON object: what people need to decide, and what settling uses; null once erased
    opened_at  text not null,
    settled_at text,                    -- null: it is open
    settled_by text,                    -- who decided
    how        text                     -- code: the decision, one of those that its kind defines
);
create unique index portal_case_open on portal_case (kind, subject) where settled_at is null;
create index portal_case_subject on portal_case (kind, subject, settled_at);
create index portal_case_waiting on portal_case (opened_at, case_id) where settled_at is null;
create index portal_case_opened on portal_case (opened_at, case_id);
create index portal_case_account on portal_case (account_id);

-- Once: a matter that is open, or that was refused, is not opened again.
-- once: 1 for a matter that is reported a single time, however it was settled.
-- @query case_open
-- @scope system
-- @args case:text kind:text subject:text account:text reason:text facts:text once:flag now:time
insert into portal_case (case_id, kind, subject, account_id, reason, facts, opened_at)
select :case, :kind, :subject, :account, :reason, :facts, :now
  from (select 1 as one) o
 where not exists (select 1 from portal_case c
                    where c.kind = :kind and c.subject = :subject and (c.settled_at is null or c.how = 'refused' or :once = 1))
on conflict (kind, subject) where settled_at is null do nothing;

-- Is there already one that is open or was refused?
-- @query case_known
-- @scope system
-- @args kind:text subject:text
-- @row case case_id:text
select c.case_id from portal_case c
 where c.kind = :kind and c.subject = :subject and (c.settled_at is null or c.how = 'refused')
 limit 1;

-- Open cases, the oldest first. kind: null for all.
-- @query case_waiting
-- @scope system
-- @args kind:text size:int
-- @row case case_id:text kind:text subject:text account_id:text reason:text opened:time settled:time by:text how:text
select c.case_id, c.kind, c.subject, c.account_id, c.reason, c.opened_at, c.settled_at, c.settled_by, c.how
  from portal_case c
 where c.settled_at is null and (:kind is null or c.kind = :kind)
 order by c.opened_at, c.case_id
 limit :size;

-- All cases opened since, the oldest first.
-- @query case_since
-- @scope system
-- @args since:time kind:text size:int
-- @row case case_id:text kind:text subject:text account_id:text reason:text opened:time settled:time by:text how:text
select c.case_id, c.kind, c.subject, c.account_id, c.reason, c.opened_at, c.settled_at, c.settled_by, c.how
  from portal_case c
 where c.opened_at >= :since and (:kind is null or c.kind = :kind)
 order by c.opened_at, c.case_id
 limit :size;

-- @query case_one
-- @scope system
-- @args case:text
-- @row case case_id:text kind:text subject:text account_id:text reason:text facts:text opened:time settled:time by:text how:text
select c.case_id, c.kind, c.subject, c.account_id, c.reason, c.facts, c.opened_at, c.settled_at, c.settled_by, c.how
  from portal_case c
 where c.case_id = :case;

-- If two people settle it at once, one succeeds; a refusal may be reversed.
-- @query case_settle
-- @scope system
-- @args case:text how:text by:text now:time
update portal_case set settled_at = :now, settled_by = :by, how = :how
 where case_id = :case and (settled_at is null or (how = 'refused' and :how <> 'refused'));

-- === logins ===

-- What is known about a login and its person code, while the account is locked: codes is how many the account has had,
-- name whose it was.
-- @query attach_state
-- @scope identity
-- @args issuer:text subject:text code:text account:text
-- @row attach by_login:text by_code:text codes:int logins:int name:text
select l.account_id, p.account_id,
       (select count(*) from portal_person_code c where c.account_id = :account),
       (select count(*) from portal_identity i where i.account_id = :account), a.name
  from portal_account a
  left join portal_identity l on l.issuer = :issuer and l.subject = :subject
  left join portal_person_code p on p.person_code = :code
 where a.account_id = :account;

-- Moves the login to another account.
-- @query identity_move
-- @scope identity
-- @args issuer:text subject:text account:text
update portal_identity set account_id = :account where issuer = :issuer and subject = :subject;

-- Confirmed addresses to which a person can be notified about the account.
-- @query account_proved
-- @scope identity
-- @args account:text
-- @row proved language:text email:text phone:text
select a.language,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'email' and c.value = a.email and c.state = 'done')
            then a.email end,
       case when exists (select 1 from portal_contact_change c
                          where c.account_id = a.account_id and c.channel = 'sms' and c.value = a.phone and c.state = 'done')
            then a.phone end
  from portal_account a
 where a.account_id = :account;
