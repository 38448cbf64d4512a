-- SPDX-License-Identifier: Apache-2.0
-- Payments made in the portal, and how they change invoices until billing shows them itself. domain/payment_state.h
-- defines the words.

-- @schema 3
-- one payment order to a bank, for one or more invoices
create table portal_payment (
    payment_id   text   not null primary key,
    account_id   text   not null references portal_account (account_id),
    agreement    text   not null,       -- the agreement with the bank, by its name in agreements.json
    stamp        text   not null,       -- our number for the order at the bank, digits; the payment's text begins with "WP" and this number
    amount_c     bigint not null,       -- the sum of its items
    account_iban text   not null,       -- our account, as the order named it
    message      text   not null,       -- the payment's text, as the order had it
    state        text   not null,       -- created | redirected | pending | confirmed | reconciled | cancelled | failed | expired |
                                        -- review | reversed
    late         bigint not null,       -- 1: confirmed after it had been cancelled, failed or expired
    why          text,                  -- in review, what differs: amount | currency | account | message
    bank_ref     text,                  -- the bank's id for the order, if it gives one
    leave_href   text,                  -- where the person continues at the bank, if the bank says so
    paid_on      text,                  -- the day the money was paid, in Riga
    created_at   text   not null,
    changed_at   text   not null,       -- when the state last changed
    expires_at   text   not null,       -- without news until then, the order counts as expired
    unique (agreement, stamp)
);
create index portal_payment_account on portal_payment (account_id, created_at);
create index portal_payment_state on portal_payment (state, expires_at);
create index portal_payment_bank_ref on portal_payment (agreement, bank_ref);

-- how a payment is divided over invoices
create table portal_payment_item (
    payment_id  text   not null references portal_payment (payment_id),
    line        bigint not null,        -- 1, 2, …
    contract_no text   not null,
    invoice_no  text   not null,
    amount_c    bigint not null,
    posted_at   text,                   -- when it was posted: its amount reduces the invoice from then on; once
    reversed_at text,                   -- the bank took the money back
    primary key (payment_id, line),
    unique (payment_id, invoice_no)
);
create index portal_payment_item_invoice on portal_payment_item (invoice_no);
create index portal_payment_item_contract on portal_payment_item (contract_no);

-- everything that banks said and timers decided, never changed afterwards
create table portal_payment_event (
    event_id   text   not null primary key,
    payment_id text,                    -- null: it names no payment of ours
    agreement  text   not null,
    at         text   not null,
    channel    text   not null,         -- portal | push | return | poll | statement | timer
    raw        text   not null,         -- the bytes received, base64; '' if there were none
    raw_hash   text   not null,         -- SHA-256 of them, hex
    signature  text   not null,         -- valid | invalid | missing | none
    key_tag    text,                    -- the fingerprint of the key that made a valid signature
    said       text   not null,         -- paid | unpaid | pending | reversed | nothing
    decision   text   not null,         -- moved | duplicate | ignored | refused
    state      text,                    -- the payment's state afterwards
    why        text                     -- code of a refusal
);
create index portal_payment_event_payment on portal_payment_event (payment_id, at);
create index portal_payment_event_hash on portal_payment_event (raw_hash);

-- entries of bank statements that were read, so that a second reading is recognised
create table portal_statement_entry (
    account_iban text   not null,
    entry_ref    text   not null,       -- the bank's own reference for the entry (AcctSvcrRef)
    entry_index  bigint not null,       -- which transaction of a batch entry
    booked_on    text   not null,
    amount_c     bigint not null,
    direction    text   not null,       -- credit | debit
    payment_id   text,                  -- null: no payment of the portal
    found_by     text,                  -- end_to_end | reference | text | null
    at           text   not null,       -- when it was read
    primary key (account_iban, entry_ref, entry_index)
);
create index portal_statement_entry_payment on portal_statement_entry (payment_id);

-- Posted payments that billing does not show yet. A payment is counted here until billing has a row with its id, then
-- only there.
create view portal_posted as
select t.payment_id as payment_id, t.line as line, t.contract_no as contract_no, t.invoice_no as invoice_no,
       p.paid_on as paid_on, t.amount_c as amount_c
  from portal_payment_item t
  join portal_payment p on p.payment_id = t.payment_id
 where t.posted_at is not null and t.reversed_at is null
   and not exists (select 1 from billing_payment b where b.portal_id = t.payment_id);

-- Invoices including posted payments. open_c: still to be paid; never below billing's value for a credit note.
-- excess_c: paid beyond that, the customer's credit. paying_c: in progress at a bank: not received yet, but not to be
-- shown as unpaid.
create view portal_invoice as
select x.invoice_no as invoice_no, x.contract_no as contract_no, x.issued_on as issued_on, x.due_on as due_on,
       x.period_from as period_from, x.period_until as period_until, x.net_c as net_c, x.vat_c as vat_c, x.total_c as total_c,
       case when x.billed_c <= 0 then x.billed_c when x.posted_c >= x.billed_c then 0 else x.billed_c - x.posted_c end as open_c,
       case when x.billed_c <= 0 then x.posted_c when x.posted_c > x.billed_c then x.posted_c - x.billed_c else 0 end as excess_c,
       x.paying_c as paying_c
  from (select i.invoice_no, i.contract_no, i.issued_on, i.due_on, i.period_from, i.period_until, i.net_c, i.vat_c, i.total_c,
               i.open_c as billed_c,
               (select coalesce(cast(sum(s.amount_c) as bigint), 0) from portal_posted s where s.invoice_no = i.invoice_no) as posted_c,
               (select coalesce(cast(sum(t.amount_c) as bigint), 0)
                  from portal_payment_item t join portal_payment p on p.payment_id = t.payment_id
                 where t.invoice_no = i.invoice_no and p.state in ('redirected', 'pending', 'review')) as paying_c
          from billing_invoice i) x;

-- @schema 4
-- SHA-256 of the secret in the address to which the bank sends the browser back; null: the address has none
alter table portal_payment add column return_hash text;
create unique index portal_payment_return on portal_payment (agreement, return_hash);

-- @schema 3 embedded
create index billing_payment_portal on billing_payment (portal_id);

-- An entry of a statement names only our number, without the agreement.
-- @schema 4 oldest=3
create index portal_payment_stamp on portal_payment (stamp);

-- What banks' signed messages tell of: each payment at the bank once, however often it is told.
-- @schema 6 oldest=5
create table portal_payment_paid (
    payment_id text   not null,
    bank_no    text   not null,         -- the bank's number of the payment (VK_T_NO); '': it gives none, or not yet
    fits       bigint not null,         -- 1: as ordered
    amount_c   bigint not null,         -- as the bank says, or as ordered where it does not say
    paid_on    text   not null,         -- the day, in Riga, as the bank says
    channel    text   not null,         -- what told of it first: push | return | poll
    at         text   not null,
    primary key (payment_id, bank_no, fits)
);
create index portal_payment_paid_on on portal_payment_paid (paid_on);
insert into portal_payment_paid (payment_id, bank_no, fits, amount_c, paid_on, channel, at)
select p.payment_id, '', 1, p.amount_c, coalesce(p.paid_on, substr(min(e.at), 1, 10)), min(e.channel), min(e.at)
  from portal_payment p
  join portal_payment_event e on e.payment_id = p.payment_id
 where e.said = 'paid' and e.signature = 'valid' and e.decision = 'moved' and e.state = 'confirmed'
 group by p.payment_id, p.amount_c, p.paid_on;

-- when the line was first handed over to billing; null: not, or by a former release
alter table portal_payment_item add column handed_at text;
create index portal_payment_paid_day on portal_payment (paid_on);
create index portal_payment_amount on portal_payment (amount_c, account_iban);

-- A payment by its own id, by our number at the bank, or by the bank's id; the others are null.
-- @query payment_find
-- @scope system
-- @args payment:text agreement:text stamp:text bank_ref:text
-- @row payment payment:text agreement:text stamp:text amount:money iban:text message:text state:text late:flag bank_ref:text
-- @row payment leave_href:text paid_on:date account:text expires:text
select p.payment_id, p.agreement, p.stamp, p.amount_c, p.account_iban, p.message, p.state, p.late, p.bank_ref, p.leave_href,
       p.paid_on, p.account_id, p.expires_at
  from portal_payment p
 where p.payment_id = :payment
    or (p.agreement = :agreement and p.stamp = :stamp)
    or (p.agreement = :agreement and p.bank_ref = :bank_ref);

-- A payment by our number alone, whichever bank: as it stands at the begin of the payment's text.
-- @query payment_stamped
-- @scope system
-- @args stamp:text
-- @row payment payment:text agreement:text stamp:text amount:money iban:text message:text state:text late:flag bank_ref:text
-- @row payment leave_href:text paid_on:date account:text expires:text
select p.payment_id, p.agreement, p.stamp, p.amount_c, p.account_iban, p.message, p.state, p.late, p.bank_ref, p.leave_href,
       p.paid_on, p.account_id, p.expires_at
  from portal_payment p
 where p.stamp = :stamp;

-- A payment by the secret of its return address.
-- @query payment_returned
-- @scope system
-- @args agreement:text return_hash:text
-- @row payment payment:text agreement:text stamp:text amount:money iban:text message:text state:text late:flag bank_ref:text
-- @row payment leave_href:text paid_on:date account:text expires:text
select p.payment_id, p.agreement, p.stamp, p.amount_c, p.account_iban, p.message, p.state, p.late, p.bank_ref, p.leave_href,
       p.paid_on, p.account_id, p.expires_at
  from portal_payment p
 where p.agreement = :agreement and p.return_hash = :return_hash;

-- Keeps others from deciding about the payment until this transaction ends.
-- @query payment_hold
-- @scope system
-- @args payment:text
update portal_payment set changed_at = changed_at where payment_id = :payment;

-- @query payment_paid_add
-- @scope system
-- @args payment:text bank_no:text fits:flag amount:money paid_on:date channel:text now:time
insert into portal_payment_paid (payment_id, bank_no, fits, amount_c, paid_on, channel, at)
values (:payment, coalesce(:bank_no, ''), :fits, :amount, :paid_on, :channel, :now)
on conflict (payment_id, bank_no, fits) do nothing;

-- How often the ordered sum came and went. Messages without a number tell of one payment, of the first with a number if
-- there is one. Entries have numbers (store/movements.sql), but those of a former release are counted.
-- @query payment_money
-- @scope system
-- @args payment:text
-- @row money messages:int credits:int reversals:int
select (select case when max(n.bank_no) = '' then 1 else count(case when n.bank_no <> '' then 1 end) end
          from portal_payment_paid n where n.payment_id = :payment and n.fits = 1),
       coalesce((select max(e.ordinal) from portal_statement_entry e where e.payment_id = :payment and e.role = 'credit'), 0) +
       (select count(*) from portal_statement_entry e where e.payment_id = :payment and e.role = 'credit' and e.ordinal is null),
       coalesce((select max(e.ordinal) from portal_statement_entry e where e.payment_id = :payment and e.role = 'reversal'), 0) +
       (select count(*) from portal_statement_entry e where e.payment_id = :payment and e.role = 'reversal' and e.ordinal is null);

-- Moves only a payment that is still in the state on which the decision was based: of two messages at once, one moves
-- it.
-- @query payment_move
-- @scope system
-- @args payment:text from_state:text to_state:text late:flag why:text paid_on:date now:time
update portal_payment
   set state = :to_state, late = :late, why = :why, paid_on = coalesce(:paid_on, paid_on), changed_at = :now
 where payment_id = :payment and state = :from_state;

-- @query payment_post
-- @scope system
-- @args payment:text now:time
update portal_payment_item set posted_at = :now, reversed_at = null
 where payment_id = :payment and (posted_at is null or reversed_at is not null);

-- @query payment_reverse
-- @scope system
-- @args payment:text now:time
update portal_payment_item set reversed_at = :now where payment_id = :payment and posted_at is not null and reversed_at is null;

-- Has billing the payment, or was any of it handed over?
-- @query payment_handed
-- @scope system
-- @args payment:text
-- @row handed line:int
select t.line from portal_payment_item t
 where t.payment_id = :payment
   and (t.handed_at is not null or exists (select 1 from billing_payment b where b.portal_id = t.payment_id))
 limit 1;

-- @query payment_event_add
-- @scope system
-- @args event:text payment:text agreement:text now:time channel:text raw:text raw_hash:text signature:text key_tag:text said:text
-- @args decision:text state:text why:text
insert into portal_payment_event (event_id, payment_id, agreement, at, channel, raw, raw_hash, signature, key_tag, said, decision,
                                  state, why)
values (:event, :payment, :agreement, :now, :channel, :raw, :raw_hash, :signature, :key_tag, :said, :decision, :state, :why);

-- How often these bytes were already received.
-- @query payment_event_seen
-- @scope system
-- @args agreement:text raw_hash:text channel:text
-- @row seen times:int
select count(*) from portal_payment_event e
 where e.raw_hash = :raw_hash and e.agreement = :agreement and e.channel = :channel;
