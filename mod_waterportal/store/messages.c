/* SPDX-License-Identifier: Apache-2.0 */
#include "store/messages.h"

#include <stdlib.h>
#include <string.h>

#include "domain/message_kind.h"

#include "base/banned.h"

#define SWEPT_MAX 500

const char *wp_outbox_reason_name(wp_outbox_reason_t reason)
{
#define NAME(id, code) code,
    static const char *const names[] = {WP_OUTBOX_REASONS(NAME)};
#undef NAME
    return names[reason];
}

static wp_outbox_row_t row_of(const wp_rows_t *rows, int row)
{
    return (wp_outbox_row_t){.id = wp_row_text(rows, row, "message_id"),
                             .kind = wp_row_text(rows, row, "kind"),
                             .channel = wp_row_text(rows, row, "channel"),
                             .recipient = wp_row_text(rows, row, "recipient"),
                             .language = wp_row_text(rows, row, "language"),
                             .arguments = wp_row_text(rows, row, "arguments"),
                             .created_at = wp_row_text(rows, row, "created_at"),
                             .expires_at = wp_row_text(rows, row, "expires_at"),
                             .state = wp_row_text(rows, row, "state"),
                             .tries = (int)wp_row_int(rows, row, "tries"),
                             .repeats = (int)wp_row_int(rows, row, "repeats")};
}

static int by_id(const void *one, const void *other)
{
    return strcmp((*(const wp_outbox_row_t *const *)one)->id, (*(const wp_outbox_row_t *const *)other)->id);
}

/* The rows in the order of their ids, in which they are locked. */
static const wp_outbox_row_t **in_order(apr_pool_t *pool, wp_outbox_row_t *found, int count)
{
    const wp_outbox_row_t **order = apr_palloc(pool, sizeof(void *) * ((apr_size_t)count + 1));

    for (int i = 0; i < count; i++)
        order[i] = &found[i];
    qsort(order, (size_t)count, sizeof *order, by_id);
    return order;
}

static apr_status_t lease_each(wp_db_t *db, wp_args_t *args, wp_outbox_row_t *found, int count)
{
    const wp_outbox_row_t **order = in_order(wp_db_pool(db), found, count);
    apr_status_t status = APR_SUCCESS;
    int leased;

    for (int i = 0; i < count && status == APR_SUCCESS; i++) {
        wp_args_text(args, "message", order[i]->id);
        wp_args_text(args, "from", order[i]->state);
        status = wp_db_change(db, "outbox_lease", args, &leased);
        if (!leased)
            found[order[i] - found].id = NULL; /* another sender's */
    }
    return status;
}

apr_status_t wp_outbox_claim(wp_db_t *db, const wp_outbox_claim_t *claim, apr_array_header_t **rows, int *count)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *args = wp_args_make(pool, NULL);
    wp_rows_t *due;

    wp_args_text(args, "now", claim->now);
    wp_args_text(args, "until", claim->until);
    wp_args_text(args, "lease", claim->lease);
    wp_args_text(args, "email", claim->email ? "email" : "");
    wp_args_text(args, "sms", claim->sms ? "sms" : "");
    wp_args_int(args, "size", claim->most);
    *rows = apr_array_make(pool, claim->most, sizeof(wp_outbox_row_t));
    *count = 0;
    apr_status_t status = wp_db_select(db, "outbox_due", args, &due);
    if (status != APR_SUCCESS)
        return status;
    *count = due->count;
    wp_outbox_row_t *found = apr_palloc(pool, sizeof *found * ((apr_size_t)due->count + 1));
    for (int i = 0; i < due->count; i++)
        found[i] = row_of(due, i);
    status = lease_each(db, args, found, due->count);
    for (int i = 0; i < due->count; i++) {
        if (found[i].id)
            APR_ARRAY_PUSH(*rows, wp_outbox_row_t) = found[i];
    }
    return status;
}

apr_status_t wp_outbox_move(wp_db_t *db, const wp_outbox_move_t *move, const char *now, bool *moved)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_message_state_t to;
    int changed = 0;

    *moved = false;
    if (!wp_message_next(move->from, move->event, &to))
        return APR_EINVAL;
    wp_args_text(args, "message", move->message);
    wp_args_text(args, "lease", move->lease);
    wp_args_text(args, "from", wp_message_state_name(move->from));
    wp_args_text(args, "to", wp_message_state_name(to));
    wp_args_text(args, "to_lease", move->until ? move->lease : NULL);
    wp_args_text(args, "until", move->until);
    wp_args_text(args, "due", move->due);
    wp_args_int(args, "tried", move->tried);
    wp_args_int(args, "repeated", move->event == WP_MESSAGE_SILENCE);
    wp_args_text(args, "now", now);
    wp_args_text(args, "reason", move->reason);
    wp_args_text(args, "answer", move->answer);
    wp_args_int(args, "forget", move->forget);
    apr_status_t status = wp_db_change(db, "outbox_move", args, &changed);
    *moved = changed > 0;
    return status;
}

static wp_message_event_t event_of(const wp_rows_t *rows, int row, wp_message_state_t state)
{
    const wp_message_kind_t *kind = wp_message_kind_find(wp_row_text(rows, row, "kind"));

    if (state != WP_MESSAGE_TRANSMITTING)
        return WP_MESSAGE_RELEASE;
    return wp_message_after_crash(kind && kind->again, (int)wp_row_int(rows, row, "repeats"));
}

static apr_status_t take_back(wp_db_t *db, const wp_rows_t *rows, int row, const char *now)
{
    wp_message_state_t state;
    bool moved;

    wp_message_state_parse(wp_row_text(rows, row, "state"), &state);
    wp_outbox_move_t move = {.message = wp_row_text(rows, row, "message_id"),
                             .lease = wp_row_text(rows, row, "lease"),
                             .from = state,
                             .event = event_of(rows, row, state)};
    if (move.event != WP_MESSAGE_RELEASE)
        move.reason = wp_outbox_reason_name(WP_OUTBOX_UNCLEAR);
    return wp_outbox_move(db, &move, now, &moved);
}

apr_status_t wp_outbox_sweep(wp_db_t *db, const char *now, int *count)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "now", now);
    wp_args_int(args, "size", SWEPT_MAX);
    *count = 0;
    apr_status_t status = wp_db_select(db, "outbox_overdue", args, &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++, ++*count)
        status = take_back(db, rows, i, now);
    return status;
}

apr_status_t wp_outbox_again(wp_db_t *db, const char *message, const char *now, bool *done)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    int changed = 0;

    wp_args_text(args, "message", message);
    wp_args_text(args, "from", wp_message_state_name(WP_MESSAGE_FAILED));
    wp_args_text(args, "now", now);
    apr_status_t status = wp_db_change(db, "outbox_again", args, &changed);
    *done = changed > 0;
    return status;
}
