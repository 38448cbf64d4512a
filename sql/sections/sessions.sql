-- SPDX-License-Identifier: Apache-2.0
-- Where a person is logged in. mod_auth_openidc keeps the sessions but cannot list them, so each login has a row of
-- ours, made with the first page it requests and checked with every later one: a session that was ended here is useless
-- from then on.

-- @schema 4
create table portal_session (
    session_id text not null primary key, -- SHA-256 of the random number in the login's second cookie
    person     text not null,             -- keyed tag, as in the audit log
    issuer     text not null,
    browser    text not null,             -- codes of domain/agent.h
    system     text not null,
    began_at   text not null,
    expires_at text not null,             -- when the second cookie expires
    ended_at   text                       -- by logging out, from another device, or by the utility; null: it is active
);
create index portal_session_person on portal_session (person, began_at);
create index portal_session_expiry on portal_session (expires_at);

-- @query session_find
-- @scope identity
-- @args session:text
-- @row session ended:time
select s.ended_at from portal_session s where s.session_id = :session;

-- @query session_begin
-- @scope identity
-- @args session:text person:text issuer:text browser:text system:text now:time expires:time
insert into portal_session (session_id, person, issuer, browser, system, began_at, expires_at, ended_at)
values (:session, :person, :issuer, :browser, :system, :now, :expires, null)
on conflict (session_id) do nothing;

-- @query session_leave
-- @scope identity
-- @args session:text now:time
update portal_session set ended_at = :now where session_id = :session and ended_at is null;

-- @query session_list
-- @scope identity
-- @args person:text session:text now:time
-- @row session session_id:text issuer:text browser:text system:text began:time own:flag
select s.session_id, s.issuer, s.browser, s.system, s.began_at, case when s.session_id = :session then 1 else 0 end
  from portal_session s
 where s.person = :person and s.ended_at is null and s.expires_at > :now
 order by s.began_at desc, s.session_id
 limit 100;

-- === ending: by the person (their own), or by the utility (person null: anybody's) ===

-- @query session_end
-- @scope identity
-- @args person:text session:text now:time
update portal_session set ended_at = :now
 where session_id = :session and (:person is null or person = :person) and ended_at is null;

-- @query session_known
-- @scope identity
-- @args person:text session:text
-- @row session session_id:text
select s.session_id from portal_session s where s.session_id = :session and (:person is null or s.person = :person);

-- @query session_end_others
-- @scope identity
-- @args person:text session:text now:time
update portal_session set ended_at = :now
 where person = :person and session_id <> :session and ended_at is null and expires_at > :now;

-- @query sessions_end_all
-- @scope system
-- @args now:time
update portal_session set ended_at = :now where ended_at is null and expires_at > :now;

-- @query sessions_end_person
-- @scope system
-- @args person:text now:time
update portal_session set ended_at = :now where person = :person and ended_at is null and expires_at > :now;

-- === the utility's side: waterportalctl sessions ===

-- @query sessions_open
-- @scope system
-- @args now:time size:int
-- @row session session_id:text person:text issuer:text browser:text system:text began:time expires:time
select s.session_id, s.person, s.issuer, s.browser, s.system, s.began_at, s.expires_at
  from portal_session s
 where s.ended_at is null and s.expires_at > :now
 order by s.expires_at, s.session_id
 limit :size;

-- @query sessions_of_person
-- @scope system
-- @args person:text now:time
-- @row session session_id:text person:text issuer:text browser:text system:text began:time expires:time
select s.session_id, s.person, s.issuer, s.browser, s.system, s.began_at, s.expires_at
  from portal_session s
 where s.person = :person and s.ended_at is null and s.expires_at > :now
 order by s.began_at, s.session_id;
