/* SPDX-License-Identifier: Apache-2.0 */
#include "service/movement.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "store/cases.h"
#include "store/movements.h"
#include "store/payments.h"

#include "base/banned.h"

#define STAMP_DIGITS 15
#define CURRENCY     "EUR"

const char *wp_told_name(wp_told_t told)
{
    static const char *const names[] = {[WP_TOLD_NOT] = "",
                                        [WP_TOLD_AGAIN] = "again",
                                        [WP_TOLD_AMOUNT] = "amount",
                                        [WP_TOLD_CURRENCY] = "currency",
                                        [WP_TOLD_ACCOUNT] = "account",
                                        [WP_TOLD_DIRECTION] = "direction",
                                        [WP_TOLD_DEBIT] = "debit",
                                        [WP_TOLD_EQUAL] = "equal",
                                        [WP_TOLD_UNMATCHED] = "unmatched",
                                        [WP_TOLD_UNREADABLE] = "unreadable"};
    return names[told];
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

/* A movement, and what was found out about it. */
typedef struct work_t {
    wp_db_t *db;
    const wp_args_t *args;
    const wp_movement_t *movement;
    const wp_statement_entry_t *entry;
    const wp_payment_t *payment; /* NULL: none of ours */
    const char *found_by;        /* "end_to_end", "reference", "text": where the number stood, or NULL */
    bool named;                  /* a number as we write it was there, of a payment or not */
} work_t;

static apr_status_t try_stamp(work_t *work, const char *stamp, const char *where)
{
    apr_status_t status = wp_payment_stamped(work->db, stamp, &work->payment);

    if (status == APR_SUCCESS && work->payment)
        work->found_by = where;
    return status;
}

/* Each "WP" and our number in a text. */
static apr_status_t try_text(work_t *work, const char *text, const char *where)
{
    apr_status_t status = APR_SUCCESS;

    for (const char *at = text ? strstr(text, "WP") : NULL; at && !work->payment && status == APR_SUCCESS;
         at = strstr(at + 2, "WP")) {
        if (strspn(at + 2, "0123456789") == STAMP_DIGITS) {
            work->named = true;
            status = try_stamp(work, apr_pstrmemdup(wp_db_pool(work->db), at + 2, STAMP_DIGITS), where);
        }
    }
    return status;
}

/* The first number of a payment of ours, in the order of how sure it is. Other payers' banks use EndToEndIds of fifteen
 * digits, too: such a one alone says nothing. */
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

static wp_told_t difference(const work_t *work)
{
    const wp_statement_entry_t *entry = work->entry;

    if (!entry->currency || strcmp(entry->currency, CURRENCY) != 0)
        return WP_TOLD_CURRENCY;
    if (strcmp(entry->iban, work->payment->iban) != 0)
        return WP_TOLD_ACCOUNT;
    return entry->cents == work->payment->cents ? WP_TOLD_NOT : WP_TOLD_AMOUNT;
}

/* Money that comes is a credit of the payment, money that a bank takes back a reversal; whatever does not fit is
 * neither. */
static wp_told_t judge(const work_t *work, wp_movement_role_t *role)
{
    const wp_statement_entry_t *entry = work->entry;
    bool back = entry->reversal || entry->returned;
    wp_told_t told = difference(work);

    *role = WP_ROLE_NONE;
    if (entry->credit && back)
        return WP_TOLD_DIRECTION;
    if (!entry->credit && !back)
        return WP_TOLD_DEBIT;
    if (told == WP_TOLD_NOT)
        *role = entry->credit ? WP_ROLE_CREDIT : WP_ROLE_REVERSAL;
    return told;
}

static apr_status_t hear(const work_t *work, wp_payment_news_t news, wp_payment_outcome_t *heard)
{
    const wp_statement_entry_t *entry = work->entry;
    const wp_payment_heard_t said = {.name = {.payment_id = work->payment->payment_id},
                                     .channel = "statement",
                                     .news = news,
                                     .agreement = work->payment->agreement,
                                     .signature = "none",
                                     .paid_on = entry->booked_on,
                                     .cents = entry->cents,
                                     .currency = entry->currency,
                                     .iban = entry->iban};
    return wp_payment_hear(work->db, work->args, &said, heard);
}

/* Every credit and every reversal of the payment, this one among them. */
static apr_status_t move_by_balance(const work_t *work, wp_told_t *told)
{
    wp_movement_balance_t balance;
    wp_payment_outcome_t heard;
    apr_status_t status = wp_movement_balance(work->db, work->payment->payment_id, &balance);

    if (status != APR_SUCCESS)
        return status;
    int left = balance.credits - balance.reversals;
    if (left > 1 && work->entry->credit)
        *told = WP_TOLD_AGAIN;
    return hear(work, left > 0 ? WP_NEWS_STATEMENT : WP_NEWS_REVERSED, &heard);
}

/* Money that came otherwise than ordered, of a payment that nothing is known of: people look at the payment itself. */
static apr_status_t move_otherwise(const work_t *work, wp_told_t *told)
{
    wp_payment_outcome_t heard;
    apr_status_t status = hear(work, WP_NEWS_STATEMENT, &heard);

    if (status == APR_SUCCESS && heard.decision == WP_HEARD_MOVED)
        *told = WP_TOLD_NOT;
    return status;
}

static apr_status_t tell(const work_t *work, wp_told_t told)
{
    const wp_statement_entry_t *entry = work->entry;
    apr_pool_t *pool = wp_db_pool(work->db);
    const wp_case_fact_t facts[] = {{"day", entry->booked_on},
                                    {"amount", apr_psprintf(pool, "%" APR_INT64_T_FMT, entry->cents)},
                                    {"currency", entry->currency},
                                    {"direction", entry->credit ? "credit" : "debit"},
                                    {"bank_ref", entry->entry_ref},
                                    {"payment", work->payment ? work->payment->payment_id : NULL},
                                    {NULL, NULL}};
    const wp_case_t wanted = {.kind = WP_CASE_STATEMENT,
                              .subject = apr_psprintf(pool, "%s.%d", work->movement->key, work->movement->nth),
                              .account = work->payment ? work->payment->account_id : NULL,
                              .reason = wp_told_name(told),
                              .facts = facts};
    return wp_case_open_once(work->db, &wanted, wp_args_get(work->args, "now"));
}

static apr_status_t settle_ours(const work_t *work, wp_movement_role_t role, wp_told_t *told)
{
    if (role != WP_ROLE_NONE)
        return move_by_balance(work, told);
    if (*told == WP_TOLD_DEBIT || *told == WP_TOLD_DIRECTION || !work->entry->credit)
        return APR_SUCCESS;
    return move_otherwise(work, told);
}

apr_status_t wp_movement_settle(wp_db_t *db, const wp_args_t *args, const wp_movement_t *movement,
                                wp_movement_outcome_t *outcome)
{
    work_t work = {.db = db, .args = args, .movement = movement, .entry = movement->entry};
    wp_movement_role_t role = WP_ROLE_NONE;
    wp_movement_seen_t seen = WP_SEEN_NEVER;
    apr_status_t status = find_payment(&work);

    if (status != APR_SUCCESS)
        return status;
    *outcome = (wp_movement_outcome_t){.kind = work.payment ? WP_MOVEMENT_OURS : WP_MOVEMENT_FOREIGN};
    if (movement->entry->lack != WP_ENTRY_WHOLE) {
        outcome->told = work.payment || work.named ? WP_TOLD_UNREADABLE : WP_TOLD_NOT;
    } else {
        if (work.payment)
            outcome->told = judge(&work, &role);
        else if (work.named)
            outcome->told = WP_TOLD_UNMATCHED;
        const wp_movement_row_t row = {.entry = movement->entry->entry_ref,
                                       .iban = movement->entry->iban,
                                       .key = movement->key,
                                       .nth = movement->nth,
                                       .index = movement->entry->index,
                                       .statement = movement->entry->statement_id,
                                       .booked_on = movement->entry->booked_on,
                                       .cents = movement->entry->cents,
                                       .credit = movement->entry->credit,
                                       .payment = work.payment ? work.payment->payment_id : NULL,
                                       .found_by = work.found_by,
                                       .role = role};
        status = wp_movement_keep(db, args, &row, &seen);
    }
    if (status == APR_SUCCESS && seen != WP_SEEN_NEVER) {
        outcome->kind = WP_MOVEMENT_KNOWN;
        outcome->told = seen == WP_SEEN_ELSEWHERE && work.payment ? WP_TOLD_EQUAL : WP_TOLD_NOT;
    } else if (status == APR_SUCCESS && work.payment && movement->entry->lack == WP_ENTRY_WHOLE) {
        status = settle_ours(&work, role, &outcome->told);
    }
    return status == APR_SUCCESS && outcome->told != WP_TOLD_NOT ? tell(&work, outcome->told) : status;
}
