-- SPDX-License-Identifier: Apache-2.0
-- What the utility knows. The portal reads these and never writes them.
--
-- With the embedded database they are tables ("waterportalctl upgrade --embedded"); a utility with a billing system makes
-- views of the same names and columns over its own tables instead. This file is the contract for such views: columns,
-- meanings and values are those below; docs/database.md has an example and the rights the portal's role needs.
--
-- Types text and bigint. Dates text YYYY-MM-DD, instants text YYYY-MM-DDTHH:MM:SSZ (UTC), volumes bigint litres, flags 0 or 1.
-- "null" in a comment: may be NULL; every other column must have a value.

-- @schema 1 embedded
-- persons and companies that hold contracts
create table billing_customer (
    customer_no text not null primary key,
    kind        text not null,          -- person | company
    name        text not null,          -- as on the contract
    person_code text,                   -- null; canonical PNOLV-ddddddddddd, no inner hyphen
    reg_no      text                    -- null; a company's registration number
);
create index billing_customer_person on billing_customer (person_code);

-- persons who may act for a customer (board members of a company, for example)
create table billing_representative (
    customer_no text not null,
    person_code text not null,          -- canonical
    since       text not null,          -- first day
    until       text,                   -- null; last day
    primary key (customer_no, person_code, since)
);
create index billing_representative_person on billing_representative (person_code);

-- served properties
create table billing_premises (
    premises_id text not null primary key,
    address     text not null,          -- street and number, flat
    locality    text not null,          -- town or parish
    postcode    text,                   -- null; LV-dddd
    cadastre_no text                    -- null
);

-- contracts, one customer and one premises each
create table billing_contract (
    contract_no text not null primary key,
    customer_no text not null,
    premises_id text not null,
    signed_on   text not null,
    ended_on    text                    -- null; the last day
);
create index billing_contract_customer on billing_contract (customer_no);
create index billing_contract_premises on billing_contract (premises_id);

-- meters, one row per device; a swap ends one row (removed_on) and begins another of the same point_id
create table billing_meter (
    meter_id       text   not null primary key,
    contract_no    text   not null,
    point_id       text   not null,     -- the place in the pipe: stays when the device is swapped
    position       bigint,              -- null; its place in the contract's list, the main inlet first; those without come last
    place          text,                -- null; where to find it, in the utility's words
    serial         text   not null,
    size           text,                -- null; DN15, Q3 2,5 …
    digits         bigint not null,     -- whole cubic metre digits of the counter: 5 rolls over at 100000 m³
    decimals       bigint not null,     -- decimals a customer types: 0 to 3
    remote         bigint not null,     -- 1: read remotely, the customer does not submit
    installed_on   text   not null,
    removed_on     text,                -- null; the day it was taken out
    verified_until text,                -- null; the verification's last valid day
    policy         text                 -- null; key of the verification policy, e.g. mechanical, ultrasonic
);
create index billing_meter_contract on billing_meter (contract_no, position, place, serial, meter_id);
create index billing_meter_point on billing_meter (point_id);

-- the history of readings
create table billing_reading (
    reading_id text   not null primary key,
    meter_id   text   not null,
    read_on    text   not null,         -- the day the value is of
    read_at    text,                    -- null; the instant, where known
    value_l    bigint,                  -- the counter, litres; null only for kind missing
    kind       text   not null,         -- read | customer | staff | estimated | remote | swap_start | swap_end | missing
    portal_id  text                     -- null; portal_reading.reading_id when it came through the portal
);
create index billing_reading_meter on billing_reading (meter_id, read_on);
create index billing_reading_portal on billing_reading (portal_id);

-- outages and planned works
create table billing_notice (
    notice_id text   not null primary key,
    kind      text   not null,          -- outage | planned
    title     text   not null,
    place     text   not null,
    starts_at text   not null,
    ends_at   text,                     -- null: not known yet
    text      text,                     -- null
    ended     bigint not null           -- 1: over
);
create index billing_notice_starts on billing_notice (starts_at);
