/* SPDX-License-Identifier: Apache-2.0 */
#include "service/movement.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "crypto/digest.h"
#include "service/payment_news.h"
#include "store/cases.h"
#include "store/movements.h"

#include "base/banned.h"

#define STAMP_DIGITS 15

const char *wp_doubt_name(wp_doubt_t doubt)
{
    static const char *const names[] = {[WP_DOUBT_NONE] = "",
                                        [WP_DOUBT_AGAIN] = "again",
                                        [WP_DOUBT_AMOUNT] = "amount",
                                        [WP_DOUBT_CURRENCY] = "currency",
                                        [WP_DOUBT_ACCOUNT] = "account",
                                        [WP_DOUBT_DIRECTION] = "direction",
                                        [WP_DOUBT_DEBIT] = "debit",
                                        [WP_DOUBT_EQUAL] = "equal",
                                        [WP_DOUBT_UNMATCHED] = "unmatched",
                                        [WP_DOUBT_UNNAMED] = "unnamed",
                                        [WP_DOUBT_BATCH] = "batch",
                                        [WP_DOUBT_UNREADABLE] = "unreadable"};
    return names[doubt];
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

const char *wp_movement_key(apr_pool_t *pool, const wp_statement_entry_t *entry)
{
    const char *text = apr_psprintf(pool, "%s\n%s\n%" APR_INT64_T_FMT " %s\n%c%c%c\n%s\n%s\n%s\n%s",
                                    or_empty(entry->iban), or_empty(entry->booked_on), entry->cents,
                                    or_empty(entry->currency), entry->credit ? 'C' : 'D', entry->reversal ? 'R' : '-',
                                    entry->returned ? 'R' : '-', or_empty(entry->entry_ref),
                                    or_empty(entry->end_to_end), or_empty(entry->reference), or_empty(entry->text));
    return wp_digest(pool, text, strlen(text));
}

/* --- which payment is meant --- */

/* An entry and what has been established about it. */
typedef struct work_t {
    wp_act_t *act;
    const wp_movement_t *movement;
    const wp_statement_entry_t *entry;
    const wp_payment_t *payment; /* NULL: not one of ours */
    const char *found_by;        /* where the number was: "end_to_end", "reference", "text"; or NULL */
    bool named;                  /* it contains a number in our format, whether or not of a payment */
    const char *perhaps;         /* of a reversal that names none: the only payment that it can be of */
} work_t;

static apr_status_t try_stamp(work_t *work, const char *stamp, const char *where)
{
    apr_status_t status = wp_payment_stamped(work->act->db, stamp, &work->payment);

    if (status == APR_SUCCESS && work->payment)
        work->found_by = where;
    return status;
}

/* The number that begins here: fifteen digits, and no more. Banks wrap long texts, so spaces between them do not count.
 * NULL: there is none. */
static const char *read_stamp(apr_pool_t *pool, const char *text)
{
    char digits[STAMP_DIGITS + 1];
    size_t count = 0;

    for (; count < STAMP_DIGITS && (apr_isdigit(*text) || (count > 0 && *text == ' ')); text++) {
        if (*text != ' ')
            digits[count++] = *text;
    }
    return count == STAMP_DIGITS && !apr_isdigit(*text) ? apr_pstrmemdup(pool, digits, count) : NULL;
}

/* Tries each number that follows "WP" in a text. */
static apr_status_t try_text(work_t *work, const char *text, const char *where)
{
    apr_status_t status = APR_SUCCESS;

    for (const char *at = text; at && *at && !work->payment && status == APR_SUCCESS; at++) {
        const char *stamp = strncasecmp(at, "WP", 2) == 0 ? read_stamp(wp_db_pool(work->act->db), at + 2) : NULL;
        if (stamp) {
            work->named = true;
            status = try_stamp(work, stamp, where);
        }
    }
    return status;
}

/* The first number that belongs to a payment, the most reliable place first. Other payers' banks use EndToEndIds of
 * fifteen digits as well, so such a number alone does not mark the entry as ours. */
static apr_status_t find_payment(work_t *work)
{
    const char *end_to_end = work->entry->end_to_end;
    apr_status_t status = APR_SUCCESS;

    if (end_to_end && strlen(end_to_end) == STAMP_DIGITS && strspn(end_to_end, "0123456789") == STAMP_DIGITS)
        status = try_stamp(work, end_to_end, "end_to_end");
    if (status == APR_SUCCESS && !work->payment)
        status = try_text(work, end_to_end, "end_to_end");
    if (status == APR_SUCCESS && !work->payment)
        status = try_text(work, work->entry->reference, "reference");
    if (status == APR_SUCCESS && !work->payment)
        status = try_text(work, work->entry->text, "text");
    return status;
}

/* --- what becomes of it --- */

static bool is_back(const wp_statement_entry_t *entry)
{
    return entry->reversal || entry->returned;
}

static wp_doubt_t compare(const work_t *work)
{
    static const wp_doubt_t doubts[] = {[WP_DIFFERENCE_NONE] = WP_DOUBT_NONE,
                                        [WP_DIFFERENCE_CURRENCY] = WP_DOUBT_CURRENCY,
                                        [WP_DIFFERENCE_ACCOUNT] = WP_DOUBT_ACCOUNT,
                                        [WP_DIFFERENCE_AMOUNT] = WP_DOUBT_AMOUNT};
    const wp_payment_sum_t ordered = {work->payment->cents, "EUR", work->payment->iban, NULL};
    const wp_payment_sum_t told = {work->entry->cents, work->entry->currency, work->entry->iban, NULL};

    return doubts[wp_payment_compare(&ordered, &told)];
}

static wp_doubt_t judge(const work_t *work, wp_payment_part_t *part)
{
    const wp_statement_entry_t *entry = work->entry;
    wp_doubt_t doubt = compare(work);

    *part = wp_payment_part(entry->credit, is_back(entry));
    if (*part == WP_PART_NONE)
        return entry->credit ? WP_DOUBT_DIRECTION : WP_DOUBT_DEBIT;
    if (doubt != WP_DOUBT_NONE)
        *part = WP_PART_NONE;
    return doubt;
}

/* A credit that differs is heard too: an unpaid payment goes to review. It is a case as well: once the sum ordered has
 * come, the payment is no longer under review, and nothing else would tell staff of this money. */
static apr_status_t hear(const work_t *work, wp_doubt_t *doubt)
{
    const wp_statement_entry_t *entry = work->entry;
    const wp_payment_heard_t said = {
        .held = work->payment,
        .channel = "statement",
        .news = entry->credit ? WP_NEWS_STATEMENT : WP_NEWS_REVERSED,
        .agreement = work->payment->agreement,
        .signature = "none",
        .bank_no = entry->entry_ref,
        .paid_on = entry->booked_on,
        .sum = {.cents = entry->cents, .currency = entry->currency, .iban = entry->iban},
    };
    wp_payment_outcome_t heard;
    apr_status_t status = wp_payment_hear(work->act, &said, &heard);

    if (status == APR_SUCCESS && heard.credit)
        *doubt = WP_DOUBT_AGAIN;
    return status;
}

/* The digest of what tells a batch from others: it is one matter, whichever of its transactions are ours. */
static const char *batch_key(const work_t *work)
{
    const wp_statement_entry_t *entry = work->entry;
    const char *text = apr_psprintf(wp_act_pool(work->act), "%s\n%s\n%s\n%" APR_INT64_T_FMT " %" APR_INT64_T_FMT,
                                    or_empty(entry->iban), or_empty(entry->booked_on), or_empty(entry->entry_ref),
                                    entry->whole_cents, entry->parts_cents);
    return wp_digest(wp_act_pool(work->act), text, strlen(text));
}

/* What a case is about: the entry; of one that is equal to a known one, also the statement that has it again, because
 * each further statement may show further money. */
static const char *subject_of(const work_t *work, wp_doubt_t doubt)
{
    if (doubt == WP_DOUBT_BATCH)
        return batch_key(work);
    const char *statement = doubt == WP_DOUBT_EQUAL ? work->entry->statement_id : NULL;
    return apr_psprintf(wp_db_pool(work->act->db), "%s.%d%s%s", work->movement->key, work->movement->nth,
                        statement ? " " : "", statement ? statement : "");
}

static apr_status_t report(const work_t *work, wp_doubt_t doubt)
{
    const wp_statement_entry_t *entry = work->entry;
    apr_pool_t *pool = wp_db_pool(work->act->db);
    bool batch = doubt == WP_DOUBT_BATCH;
    int64_t cents = batch ? entry->whole_cents : entry->cents;
    const wp_case_fact_t facts[] = {{"day", entry->booked_on},
                                    {"amount", apr_psprintf(pool, "%" APR_INT64_T_FMT, cents)},
                                    {"currency", entry->currency},
                                    {"direction", entry->credit ? "credit" : "debit"},
                                    {"bank_ref", entry->entry_ref},
                                    {"payment", work->payment ? work->payment->payment_id : NULL},
                                    {"transactions",
                                     batch ? apr_psprintf(pool, "%" APR_INT64_T_FMT, entry->parts_cents) : NULL},
                                    {"perhaps", work->perhaps},
                                    {"statement", entry->statement_id},
                                    {"lacks", entry->lack ? wp_entry_lack_name(entry->lack) : NULL},
                                    {NULL, NULL}};
    const wp_case_t wanted = {.kind = WP_CASE_STATEMENT,
                              .subject = subject_of(work, doubt),
                              .account = work->payment ? work->payment->account_id : NULL,
                              .reason = wp_doubt_name(doubt),
                              .facts = facts};
    return wp_case_open_once(work->act->db, &wanted, work->act->who->clock.now_text);
}

static apr_status_t settle_ours(const work_t *work, wp_payment_part_t part, wp_doubt_t *doubt)
{
    bool otherwise = work->entry->credit && *doubt != WP_DOUBT_DIRECTION;
    return part != WP_PART_NONE || otherwise ? hear(work, doubt) : APR_SUCCESS;
}

/* Money that was taken back, without a word of whose: it could be of a payment of the same sum. */
static apr_status_t look_for_unnamed(work_t *work, wp_doubt_t *doubt)
{
    int count = 0;

    if (work->entry->credit || !is_back(work->entry) || *doubt != WP_DOUBT_NONE)
        return APR_SUCCESS;
    apr_status_t status = wp_movement_candidates(work->act->db, work->entry->iban, work->entry->cents, &count,
                                                 &work->perhaps);
    if (status == APR_SUCCESS && count > 0)
        *doubt = WP_DOUBT_UNNAMED;
    return status;
}

/* Records an entry that can be understood; *seen: whether it was known. */
static apr_status_t keep(const work_t *work, wp_payment_part_t part, wp_movement_seen_t *seen)
{
    const wp_statement_entry_t *entry = work->entry;
    const wp_movement_row_t row = {.iban = entry->iban,
                                   .key = work->movement->key,
                                   .nth = work->movement->nth,
                                   .entry = entry->entry_ref,
                                   .index = entry->index,
                                   .statement = entry->statement_id,
                                   .booked_on = entry->booked_on,
                                   .cents = entry->cents,
                                   .credit = entry->credit,
                                   .payment = work->payment ? work->payment->payment_id : NULL,
                                   .found_by = work->found_by,
                                   .part = part};
    return wp_movement_keep(work->act->db, work->act->args, &row, seen);
}

static apr_status_t settle_whole(work_t *work, wp_movement_outcome_t *outcome)
{
    wp_payment_part_t part = WP_PART_NONE;
    wp_movement_seen_t seen;
    apr_status_t status = APR_SUCCESS;

    if (work->payment)
        outcome->doubt = judge(work, &part);
    else if (work->named)
        outcome->doubt = WP_DOUBT_UNMATCHED;
    if (work->payment) /* its entries are numbered, and decided about, one after the other */
        status = wp_payment_hold(work->act->db, work->payment->payment_id, &work->payment);
    if (status == APR_SUCCESS)
        status = keep(work, part, &seen);
    if (status != APR_SUCCESS)
        return status;
    if (seen == WP_SEEN_NEVER)
        return work->payment ? settle_ours(work, part, &outcome->doubt) : look_for_unnamed(work, &outcome->doubt);
    outcome->kind = WP_MOVEMENT_KNOWN;
    outcome->again = seen == WP_SEEN_REFERENCED && work->payment;
    outcome->doubt = seen == WP_SEEN_ELSEWHERE && work->payment ? WP_DOUBT_EQUAL : WP_DOUBT_NONE;
    return APR_SUCCESS;
}

/* An entry that cannot be relied upon moves nothing; people are told of it if it could be ours. */
static wp_doubt_t doubt_of(const work_t *work)
{
    if (!work->payment && !work->named)
        return WP_DOUBT_NONE;
    return work->entry->lack == WP_ENTRY_SUM ? WP_DOUBT_BATCH : WP_DOUBT_UNREADABLE;
}

apr_status_t wp_movement_settle(wp_act_t *act, const wp_movement_t *movement, wp_movement_outcome_t *outcome)
{
    work_t work = {.act = act, .movement = movement, .entry = movement->entry};
    apr_status_t status = find_payment(&work);

    *outcome = (wp_movement_outcome_t){.kind = work.payment ? WP_MOVEMENT_OURS : WP_MOVEMENT_FOREIGN};
    if (status == APR_SUCCESS && work.entry->lack == WP_ENTRY_WHOLE)
        status = settle_whole(&work, outcome);
    else
        outcome->doubt = doubt_of(&work);
    bool told = outcome->doubt == WP_DOUBT_NONE || outcome->doubt == WP_DOUBT_AGAIN; /* by wp_payment_hear() */
    return status == APR_SUCCESS && !told ? report(&work, outcome->doubt) : status;
}
