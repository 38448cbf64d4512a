/* SPDX-License-Identifier: Apache-2.0 */
#include "service/reconcile.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "service/payment_news.h"
#include "store/cases.h"

#include "base/banned.h"

#define AT_ONCE 200 /* entries in a transaction */
#define EXPIRED 500 /* orders in a transaction */
#define NAMED   10  /* references in the facts of a case */

/* Entries of ours that another statement had, under the same reference of the bank. */
typedef struct again_t {
    int count;
    int64_t cents;
    const char *refs;
} again_t;

struct wp_reconcile_t {
    apr_pool_t *batch_pool, *statement_pool; /* emptied when a batch, and a statement, is written */
    apr_array_header_t *list;                /* wp_movement_t */
    apr_hash_t *counts;                      /* key → int *: how many of it the statement had so far */
    int statement;                           /* which of the file */
    bool last;                               /* the statement ends with this batch */
    wp_reconcile_tally_t tally;              /* of this batch */
    again_t earlier, again;                  /* of the statement's batches before this one, and with it */
};

static void begin_batch(wp_reconcile_t *reconcile)
{
    apr_pool_clear(reconcile->batch_pool);
    reconcile->list = apr_array_make(reconcile->batch_pool, AT_ONCE, sizeof(wp_movement_t));
    reconcile->tally = (wp_reconcile_tally_t){0};
}

static void begin_statement(wp_reconcile_t *reconcile)
{
    apr_pool_clear(reconcile->statement_pool);
    reconcile->counts = apr_hash_make(reconcile->statement_pool);
    reconcile->earlier = (again_t){0};
}

wp_reconcile_t *wp_reconcile_make(apr_pool_t *pool)
{
    wp_reconcile_t *reconcile = apr_pcalloc(pool, sizeof *reconcile);

    apr_pool_create(&reconcile->batch_pool, pool);
    apr_pool_create(&reconcile->statement_pool, pool);
    begin_batch(reconcile);
    begin_statement(reconcile);
    return reconcile;
}

static bool begins(const wp_reconcile_t *reconcile, const wp_statement_entry_t *entry)
{
    return entry->statement != reconcile->statement;
}

bool wp_reconcile_is_full(const wp_reconcile_t *reconcile, const wp_statement_entry_t *entry)
{
    return begins(reconcile, entry) || reconcile->list->nelts == AT_ONCE;
}

/* How many movements of this key the statement had before. */
static int count_key(wp_reconcile_t *reconcile, const char *key)
{
    int *count = apr_hash_get(reconcile->counts, key, APR_HASH_KEY_STRING);

    if (!count) {
        count = apr_pcalloc(reconcile->statement_pool, sizeof *count);
        apr_hash_set(reconcile->counts, apr_pstrdup(reconcile->statement_pool, key), APR_HASH_KEY_STRING, count);
    }
    return (*count)++;
}

void wp_reconcile_take(wp_reconcile_t *reconcile, const wp_statement_entry_t *entry)
{
    apr_pool_t *pool = reconcile->batch_pool;
    wp_statement_entry_t *kept = apr_pmemdup(pool, entry, sizeof *entry);
    const char **texts[] = {&kept->iban,      &kept->booked_on,  &kept->currency,  &kept->statement_id,
                            &kept->entry_ref, &kept->end_to_end, &kept->reference, &kept->text};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = apr_pstrdup(pool, *texts[i]);
    reconcile->statement = entry->statement;
    wp_movement_t *movement = apr_array_push(reconcile->list);
    *movement = (wp_movement_t){.entry = kept, .key = wp_movement_key(pool, kept)};
    movement->nth = count_key(reconcile, movement->key);
}

static void count_outcome(wp_reconcile_t *reconcile, const wp_movement_t *movement,
                          const wp_movement_outcome_t *outcome)
{
    const wp_statement_entry_t *entry = movement->entry;
    again_t *again = &reconcile->again;

    reconcile->tally.known += outcome->kind == WP_MOVEMENT_KNOWN;
    reconcile->tally.ours += outcome->kind == WP_MOVEMENT_OURS;
    reconcile->tally.foreign += outcome->kind == WP_MOVEMENT_FOREIGN && entry->credit &&
                                entry->lack != WP_ENTRY_NO_ACCOUNT; /* none of the portal's accounts */
    if (!outcome->again)
        return;
    again->cents += entry->cents;
    if (again->count++ < NAMED)
        again->refs = apr_pstrcat(reconcile->statement_pool, again->refs ? again->refs : "", again->refs ? ", " : "",
                                  entry->entry_ref, NULL);
}

/* A bank that uses a reference again for an equal second payment looks like a bank that sends an entry on two
 * statements. One case for each such statement, not for each entry: a monthly statement repeats all daily ones. */
static apr_status_t report_again(wp_act_t *act, const wp_reconcile_t *reconcile)
{
    const wp_statement_entry_t *entry = APR_ARRAY_IDX(reconcile->list, 0, wp_movement_t).entry;
    const again_t *again = &reconcile->again;
    apr_pool_t *pool = wp_act_pool(act);
    const char *name = apr_psprintf(pool, "%s\n%s", entry->iban, entry->statement_id);
    const wp_case_fact_t facts[] = {{"day", entry->booked_on},
                                    {"amount", apr_psprintf(pool, "%" APR_INT64_T_FMT, again->cents)},
                                    {"currency", entry->currency},
                                    {"direction", entry->credit ? "credit" : "debit"},
                                    {"bank_ref", again->refs},
                                    {"statement", entry->statement_id},
                                    {"entries", apr_itoa(pool, again->count)},
                                    {NULL, NULL}};
    const wp_case_t wanted = {.kind = WP_CASE_STATEMENT,
                              .subject = wp_digest(pool, name, strlen(name)),
                              .reason = "repeated",
                              .facts = facts};
    return wp_case_open_once(act->db, &wanted, act->who->clock.now_text);
}

apr_status_t wp_reconcile_write(wp_act_t *act, wp_reconcile_t *reconcile, const wp_statement_entry_t *next)
{
    apr_status_t status = APR_SUCCESS;

    reconcile->tally = (wp_reconcile_tally_t){0};
    reconcile->again = reconcile->earlier;
    reconcile->last = !next || begins(reconcile, next);
    for (int i = 0; i < reconcile->list->nelts && status == APR_SUCCESS; i++) {
        const wp_movement_t *movement = &APR_ARRAY_IDX(reconcile->list, i, wp_movement_t);
        wp_movement_outcome_t outcome;
        status = wp_movement_settle(act, movement, &outcome);
        if (status == APR_SUCCESS)
            count_outcome(reconcile, movement, &outcome);
    }
    if (status == APR_SUCCESS && reconcile->last && reconcile->again.count > 0)
        status = report_again(act, reconcile);
    return status;
}

void wp_reconcile_written(wp_reconcile_t *reconcile, wp_reconcile_tally_t *tally)
{
    tally->ours += reconcile->tally.ours;
    tally->known += reconcile->tally.known;
    tally->foreign += reconcile->tally.foreign;
    reconcile->earlier = reconcile->again;
    begin_batch(reconcile);
    if (reconcile->last)
        begin_statement(reconcile);
}

/* --- orders without news --- */

apr_status_t wp_reconcile_expire(wp_act_t *act, int *expired)
{
    wp_args_t *args = wp_act_args(act);
    wp_rows_t *rows;

    wp_args_int(args, "size", EXPIRED);
    apr_status_t status = wp_db_select(act->db, "reconcile_expired", args, &rows);
    *expired = 0;
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++) {
        const wp_payment_heard_t heard = {.name = {.payment_id = wp_row_text(rows, i, "payment_id")},
                                          .channel = "timer",
                                          .news = WP_NEWS_EXPIRED,
                                          .agreement = wp_row_text(rows, i, "agreement"),
                                          .signature = "none"};
        wp_payment_outcome_t outcome;
        status = wp_payment_hear(act, &heard, &outcome);
        *expired += status == APR_SUCCESS && outcome.decision == WP_HEARD_MOVED;
    }
    return status;
}
