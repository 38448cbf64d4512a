-- SPDX-License-Identifier: Apache-2.0
-- Data of the utility. The portal reads these and never writes them.
--
-- In the embedded database these are tables ("waterportalctl upgrade --embedded"); a utility with a billing system
-- instead creates views with the same names and columns over its own tables. This file is the contract for such views:
-- it defines their columns, meanings and values; docs/database.md has an example and the rights that the portal's role
-- needs.
--
-- Types text and bigint. Dates text YYYY-MM-DD, instants text YYYY-MM-DDTHH:MM:SSZ (UTC), volumes bigint litres, money bigint
-- euro cents, prices bigint ten-thousandths of a euro (1.17 EUR = 11700), rates bigint hundredths of a per cent (21 % = 2100),
-- flags 0 or 1.
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
    ended_on    text,                   -- null; the last day
    boundary    text,                   -- null; where the utility's network ends, in its words
    payment_reference text,             -- null; the reference that a payer gives, RF… (ISO 11649) or the utility's own
    delivery    text,                   -- null; how invoices are delivered: paper | email | e-invoice
    delivery_to text                    -- null; the address, mailbox or e-invoice address
);
create index billing_contract_customer on billing_contract (customer_no);
create index billing_contract_premises on billing_contract (premises_id);

-- meters, one row per device; a swap ends one row (removed_on) and begins another with the same point_id
create table billing_meter (
    meter_id       text   not null primary key,
    contract_no    text   not null,
    point_id       text   not null,     -- the place in the pipe: stays when the device is swapped
    position       bigint,              -- null; position in the contract's list, main inlet first; meters without one come last
    place          text,                -- null; where to find it, in the utility's words
    serial         text   not null,
    size           text,                -- null; DN15, Q3 2,5 …
    digits         bigint not null,     -- whole cubic metre digits of the counter: 5 rolls over at 100000 m³
    decimals       bigint not null,     -- decimals that a customer types: 0 to 3
    remote         bigint not null,     -- 1: read remotely, the customer does not submit
    installed_on   text   not null,
    removed_on     text,                -- null; the day it was removed
    verified_on    text,                -- null; the day of the last verification
    verified_until text,                -- null; the last day on which the verification is valid
    policy         text                 -- null; key of the verification policy, e.g. mechanical, ultrasonic
);
create index billing_meter_contract on billing_meter (contract_no, position, place, serial, meter_id);
create index billing_meter_point on billing_meter (point_id);

-- the history of readings
create table billing_reading (
    reading_id text   not null primary key,
    meter_id   text   not null,
    read_on    text   not null,         -- the day of the value
    read_at    text,                    -- null; the instant, if known
    value_l    bigint,                  -- the counter, litres; null only for kind missing
    kind       text   not null,         -- read | customer | staff | estimated | remote | swap_start | swap_end | missing
    portal_id  text                     -- null; portal_reading.reading_id if it came through the portal
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

-- which premises a notice concerns, if the utility knows them
create table billing_notice_premises (
    notice_id   text not null,
    premises_id text not null,
    primary key (notice_id, premises_id)
);
create index billing_notice_premises_premises on billing_notice_premises (premises_id);

-- seals on meters
create table billing_seal (
    seal_no    text not null,
    meter_id   text not null,
    set_on     text not null,
    removed_on text,                    -- null; the day it was removed
    primary key (seal_no, meter_id)
);
create index billing_seal_meter on billing_seal (meter_id, set_on);

-- what a contract is billed for; its price is the tariff of that service and tariff group on the day
create table billing_service (
    contract_no  text not null,
    service      text not null,         -- water | sewage | rain
    tariff_group text not null,         -- a key of the utility's own: household, company, …
    since        text not null,         -- first day
    until        text,                  -- null; last day
    primary key (contract_no, service, since)
);

-- dated prices, without VAT
create table billing_tariff (
    service      text   not null,       -- as billing_service
    tariff_group text   not null,
    since        text   not null,       -- first day
    price        bigint not null,       -- ten-thousandths of a euro per cubic metre
    vat_rate     bigint not null,       -- hundredths of a per cent
    primary key (service, tariff_group, since)
);

-- documents of a contract that the utility keeps: the contract itself, agreements, annexes
create table billing_document (
    document_id text not null primary key,
    contract_no text not null,
    kind        text not null,          -- contract | agreement | annex | other
    number      text,                   -- null
    title       text not null,          -- as on the document
    issued_on   text not null
);
create index billing_document_contract on billing_document (contract_no, issued_on);

-- acts: records of visits
create table billing_act (
    act_no        text not null primary key,
    contract_no   text not null,
    kind          text not null,        -- inspection | meter_swap | sealing | service_boundary
    registered_on text not null,
    visited_at    text,                 -- null; the instant of the visit
    place         text,                 -- null; the town where it was written
    reason        text,                 -- null; the reason for the visit
    findings      text,                 -- null; what was found; paragraphs are separated by line feeds
    to_mend       text,                 -- null; what the customer must fix
    mend_by       text,                 -- null; the deadline
    remarks       text                  -- null
);
create index billing_act_contract on billing_act (contract_no, registered_on);

-- the meters that an act mentions
create table billing_act_meter (
    act_no    text   not null,
    line      bigint not null,          -- 1, 2, … as on the act
    meter_id  text   not null,
    part      text   not null,          -- checked | removed | installed | sealed
    value_l   bigint,                   -- null; the counter, litres
    seal_no   text,                     -- null; the seal found or set
    seal_state text,                    -- null; whole | broken | set | removed
    primary key (act_no, line)
);
create index billing_act_meter_meter on billing_act_meter (meter_id);

-- who was present
create table billing_act_person (
    act_no  text   not null,
    line    bigint not null,
    name    text   not null,
    role    text   not null,            -- customer | utility | witness
    post    text,                       -- null; a worker's post
    signed  bigint not null,            -- 1: signed the act
    primary key (act_no, line)
);

-- invoices; a credit note has negative sums
create table billing_invoice (
    invoice_no  text   not null primary key,
    contract_no text   not null,
    issued_on   text   not null,
    due_on      text   not null,
    period_from text   not null,        -- first day of the billing period
    period_until text  not null,        -- last day of it
    net_c       bigint not null,
    vat_c       bigint not null,
    total_c     bigint not null,        -- net plus VAT, plus interest if it was billed
    open_c      bigint not null         -- still to be paid, according to the utility's ledger; 0 if paid
);
create index billing_invoice_contract on billing_invoice (contract_no, issued_on);

create table billing_invoice_line (
    invoice_no text   not null,
    line       bigint not null,         -- 1, 2, … as on the invoice
    service    text   not null,         -- water | sewage | rain | penalty | other
    text       text,                    -- null; the text of the line, if the service does not say it
    meter_id   text,                    -- null; the meter whose use is billed
    quantity_l bigint,                  -- null; litres
    price      bigint,                  -- null; ten-thousandths of a euro per cubic metre
    net_c      bigint not null,
    vat_rate   bigint not null,         -- hundredths of a per cent
    primary key (invoice_no, line)
);

-- payments received; one row for each invoice to which one was credited
create table billing_payment (
    payment_id  text   not null,
    line        bigint not null,
    contract_no text   not null,
    invoice_no  text,                   -- null: not credited to an invoice, but to the customer
    paid_on     text   not null,
    amount_c    bigint not null,
    portal_id   text,                   -- null; the portal's payment number if it came through the portal
    primary key (payment_id, line)
);
create index billing_payment_contract on billing_payment (contract_no, paid_on);
create index billing_payment_invoice on billing_payment (invoice_no);

-- Find what is still open on a contract, money received without an invoice, and notices that are not over, without
-- reading the whole history.
-- @schema 4 embedded oldest=3
create index billing_invoice_open on billing_invoice (contract_no, open_c);
create index billing_payment_credit on billing_payment (contract_no, invoice_no);
create index billing_notice_ends on billing_notice (ends_at);
