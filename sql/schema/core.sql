-- SPDX-License-Identifier: Apache-2.0
-- The portal's own tables. One text for SQLite and PostgreSQL, so only two types: text and bigint.
--
-- ids        26 random characters of a-z and 2-7, made by the portal
-- instants   text YYYY-MM-DDTHH:MM:SSZ (UTC); dates text YYYY-MM-DD; both sort as they read
-- volumes    bigint litres; flags bigint 0 or 1
-- billing keys (contract_no, meter_id) are text without foreign keys: billing may be views over another system
--
-- docs/database.md describes every table for administrators.

-- @schema 1
-- one row per schema step and part that was run; "waterportalctl upgrade" writes it in the step's own transaction
create table portal_schema_version (
    version bigint not null,
    part    text   not null,            -- portal | embedded (the billing tables of sql/schema/billing.sql)
    oldest  bigint not null,            -- portals that know at least this version may use the database
    at      text   not null,
    primary key (version, part)
);

-- a person who uses the portal
create table portal_account (
    account_id text   not null primary key,
    name       text,                    -- as given by the latest identity provider: what others see of this person
    language   text   not null,         -- lv | en | …
    email      text,
    phone      text,
    quiet      text   not null,         -- hours without reminders: 21-8 | 22-7 | none
    created_at text   not null,
    changed_at text   not null
);

-- a login: an identity confirmed by an identity provider
create table portal_identity (
    issuer     text not null,
    subject    text not null,
    account_id text not null references portal_account (account_id),
    first_seen text not null,
    primary key (issuer, subject)
);
create index portal_identity_account on portal_identity (account_id);

-- canonical person codes of an account (PNOLV-…); a person's code may change once, so an account may have two
create table portal_person_code (
    person_code text not null primary key,
    account_id  text not null references portal_account (account_id),
    since       text not null
);
create index portal_person_code_account on portal_person_code (account_id);

-- contracts that an account has registered
create table portal_account_contract (
    account_id    text not null references portal_account (account_id),
    contract_no   text not null,
    basis         text not null,        -- customer | representative
    registered_at text not null,
    ended_at      text,                 -- when the person removed the contract
    primary key (account_id, contract_no)
);
create index portal_account_contract_contract on portal_account_contract (contract_no);

-- every yes and no, never changed afterwards; the row with the highest number of an account, kind and channel is in
-- force
create table portal_consent (
    consent_id   text   not null primary key,
    account_id   text   not null references portal_account (account_id),
    kind         text   not null,       -- readings | invoices | outages
    channel      text   not null,       -- email | sms
    number       bigint not null,       -- 1, 2, … within account, kind and channel: two answers may fall into the same second
    given        bigint not null,       -- 1 yes, 0 no
    text_version text   not null,       -- the wording that the person saw
    at           text   not null,
    unique (account_id, kind, channel, number)
);
create index portal_consent_account on portal_consent (account_id, at);

-- attempts to register a contract number: at most 5 an hour per person
create table portal_registration_try (
    try_id       text not null primary key,
    person_tag   text not null,         -- keyed hash of issuer and subject
    contract_tag text not null,         -- keyed hash of the number as typed
    at           text not null,
    outcome      text not null          -- matched | refused | limited
);
create index portal_registration_try_person on portal_registration_try (person_tag, at);
create index portal_registration_try_contract on portal_registration_try (contract_tag, at);

-- the lock for one attempt at a time: of a person, and at a contract number
create table portal_registration_turn (
    person_tag text not null primary key,
    at         text not null            -- time of the last attempt
);

-- who changed what; also what staff and delegates looked at
create table portal_audit (
    audit_id      text not null primary key,
    at            text not null,
    account_id    text,                 -- who acted; null before there is an account, and for staff
    actor_tag     text not null,        -- keyed hash of issuer and subject, or the name of a command
    actor_name    text,                 -- as the identity provider gave it
    actor_kind    text not null,        -- customer | representative | delegate | staff | token | system
    delegation_id text,                 -- for a delegate: the delegation that gave the right
    contract_no   text,
    action        text not null,
    detail        text
);
create index portal_audit_at on portal_audit (at);
create index portal_audit_account on portal_audit (account_id, at);
create index portal_audit_contract on portal_audit (contract_no, at);

-- one row per form sent: a double click, a second tab and a retry get the first result
create table portal_form_result (
    person_tag text not null,
    form_key   text not null,
    body_hash  text not null,           -- of the values sent: other values under the same key are a correction
    location   text not null,           -- the page that shows the result
    at         text not null,
    primary key (person_tag, form_key)
);
create index portal_form_result_at on portal_form_result (at);

-- a half-filled form, encrypted, kept while its person logs in again
create table portal_parked_form (
    park_id    text not null primary key,
    person_tag text not null,
    route      text not null,
    sealed     text not null,
    expires_at text not null
);
create index portal_parked_form_expires on portal_parked_form (expires_at);

-- readings of one contract that were sent together: all saved or none
create table portal_submission (
    submission_id text not null primary key,
    receipt_no    text not null unique,
    account_id    text not null references portal_account (account_id),
    contract_no   text not null,
    window_key    text not null,        -- the reading window, identified by the first day of its period
    submitted_at  text not null
);
create index portal_submission_contract on portal_submission (contract_no, window_key);
create index portal_submission_account on portal_submission (account_id, submitted_at);

-- submitted readings; each correction is a new version
create table portal_reading (
    reading_id    text   not null primary key,
    submission_id text   not null references portal_submission (submission_id),
    account_id    text   not null references portal_account (account_id),
    contract_no   text   not null,
    meter_id      text   not null,
    window_key    text   not null,
    version       bigint not null,      -- 1, 2, … within meter and window
    value_l       bigint not null,      -- the counter, litres
    read_on       text   not null,
    at            text   not null,
    state         text   not null,      -- current | replaced | withdrawn
    confirmed     text,                 -- codes of the warnings the person confirmed, separated by spaces
    reason        text,                 -- what the person said about a warning
    answer        text,                 -- for a value below the last: swapped | rollover | last_wrong
    swap_on       text,                 -- swapped: the day,
    swap_end_l    bigint,               -- the old meter's last value, litres,
    swap_start_l  bigint,               -- the new meter's first value, litres,
    swap_serial   text,                 -- and its serial number, as the person reported them
    previous_l    bigint,               -- as shown on the receipt: the previous value, litres,
    previous_on   text,                 -- its day,
    use_l         bigint,               -- the consumption, litres; null if it cannot be known,
    use_days      bigint,               -- over this many days
    unique (meter_id, window_key, version)
);
create index portal_reading_contract on portal_reading (contract_no, window_key);
create index portal_reading_submission on portal_reading (submission_id);
create index portal_reading_at on portal_reading (at);

-- rights that a customer gives another person on a contract or on one of its meters
create table portal_delegation (
    delegation_id  text not null primary key,
    contract_no    text not null,
    point_id       text,                -- one metering point; null: the whole contract
    giver_account  text not null references portal_account (account_id),
    giver_code     text,                -- canonical person code of the giver: only this person may confirm a draft
    receiver_code  text,                -- canonical person code; null until an invitation is redeemed
    receiver_name  text,                -- as the giver wrote it, later as the receiver's identity provider gave it
    invite_hash    text unique,         -- SHA-256 of the invitation's secret; null if a person code was given
    invite_until   text,                -- an instant
    level          text not null,       -- read | submit | pay | full
    since          text not null,       -- first day
    until          text not null,       -- last day
    state          text not null,       -- draft | offered | active | refused | revoked
    created_at     text not null,
    settled_at     text                 -- when it was accepted, refused or revoked
);
create index portal_delegation_contract on portal_delegation (contract_no, state);
create index portal_delegation_receiver on portal_delegation (receiver_code, state);
create index portal_delegation_giver on portal_delegation (giver_account, created_at);

-- a change of e-mail address or telephone number. An account's address is confirmed if a change to it is done
create table portal_contact_change (
    change_id   text   not null primary key,
    account_id  text   not null references portal_account (account_id),
    channel     text   not null,        -- email | sms
    value       text   not null,        -- '' removes the address
    code_hash   text   not null,        -- keyed hash of the code sent to the new address; '' if there is no new one
    old_hash    text,                   -- of the code sent to the old one; null: no confirmed address existed
    tries       bigint not null,        -- wrong codes entered so far
    state       text   not null,        -- open | done | dropped
    created_at  text   not null,
    expires_at  text   not null
);
create index portal_contact_change_account on portal_contact_change (account_id, created_at);

-- messages to be sent, written in the transaction of their cause
create table portal_outbox (
    message_id text   not null primary key,
    kind       text   not null,         -- contact_code | contact_code_old | contact_notice | contact_changed | erasure_asked | erasure_done |
                                        -- delegation_offered | delegation_changed | person_code_changed | login_added | …
    channel    text   not null,         -- email | sms
    recipient  text   not null,
    subject    text   not null,         -- the id, within the portal, of what it is about
    period     text   not null,         -- tells several messages about one subject apart; '' if there is only one
    language   text   not null,
    arguments  text   not null,         -- JSON object: values for the text's placeholders
    created_at text   not null,
    state      text   not null,         -- waiting | sent | failed
    unique (kind, recipient, subject, period)
);
create index portal_outbox_state on portal_outbox (state, created_at);

-- personal access tokens
create table portal_token (
    token_id   text   not null primary key,
    account_id text   not null references portal_account (account_id),
    name       text   not null,         -- a name that the person chose
    hash       text   not null unique,  -- SHA-256 of the token, which is shown once and not stored
    scopes     text   not null,         -- readings, invoices, consumption, separated by spaces
    created_at text   not null,
    expires_on text   not null,         -- the last day
    used_at    text,                    -- the last use, to the minute
    revoked_at text
);
create index portal_token_account on portal_token (account_id, created_at);

-- requests made with a token, one row for each token and minute; only the latest minute is kept
create table portal_token_use (
    token_id text   not null references portal_token (token_id),
    minute   text   not null,           -- an instant with seconds 00
    uses     bigint not null,
    primary key (token_id, minute)
);

-- requests to erase an account
create table portal_erasure (
    erasure_id text   not null primary key,
    account_id text   not null references portal_account (account_id),
    at         text   not null,
    state      text   not null          -- asked | withdrawn | done
);
create index portal_erasure_account on portal_erasure (account_id, at);
