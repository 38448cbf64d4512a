/* SPDX-License-Identifier: Apache-2.0 */
#include "notify/dispatch.h"

#include <apr_time.h>
#include <string.h>

#include "base/clock.h"
#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/message_kind.h"

#include "base/banned.h"

/* So few that a sender which ends keeps little from the others, and so many that claiming costs little. */
#define BATCH      20
#define PAUSE_USEC 500000

/* A round over one batch. */
typedef struct round_t {
    const wp_dispatch_t *dispatch;
    apr_pool_t *pool; /* of the batch */
    wp_dispatch_tally_t *tally;
    const char *lease;
    apr_array_header_t *rows;
    int due; /* how many there were to claim */
    /* what one unit of work writes, and what it finds */
    const wp_outbox_row_t *settled; /* NULL: nothing has been carried yet */
    wp_carriage_t carriage;
    const wp_outbox_row_t *next; /* NULL: no more */
    bool begun;
    int swept;
} round_t;

static const char *instant(const round_t *round, apr_pool_t *pool, int seconds)
{
    return wp_instant_text(pool, round->dispatch->now() + seconds);
}

/* --- units of work --- */

static apr_status_t sweep(wp_db_t *db, void *baton)
{
    round_t *round = baton;
    return wp_outbox_sweep(db, instant(round, wp_db_pool(db), 0), &round->swept);
}

static apr_status_t claim(wp_db_t *db, void *baton)
{
    round_t *round = baton;
    const wp_outbox_claim_t wanted = {.lease = round->lease,
                                      .now = instant(round, wp_db_pool(db), 0),
                                      .until = instant(round, wp_db_pool(db), round->dispatch->lease_s),
                                      .email = round->dispatch->email && !round->tally->email_away,
                                      .sms = round->dispatch->sms && !round->tally->sms_away,
                                      .most = BATCH};
    return wp_outbox_claim(db, &wanted, &round->rows, &round->due);
}

static bool holds_code(const wp_outbox_row_t *row)
{
    const wp_message_kind_t *kind = wp_message_kind_find(row->kind);
    return kind && kind->code;
}

/* Is the message of use to anybody? Of one whose code was removed nothing is left to send. */
static bool is_expired(const wp_outbox_row_t *row, const char *now)
{
    return (row->expires_at && strcmp(row->expires_at, now) <= 0) ||
           (holds_code(row) && strcmp(row->arguments, "{}") == 0);
}

/* Later, or never: after too many tries, or if nobody knows what became of it, and once more is not allowed. */
static void put_off(const round_t *round, apr_pool_t *pool, wp_outbox_move_t *move)
{
    const wp_message_kind_t *kind = wp_message_kind_find(round->settled->kind);
    int seconds = wp_message_retry_s(round->settled->tries + 1);

    move->tried = true;
    move->event = WP_MESSAGE_LATER;
    if (round->carriage.reason == WP_OUTBOX_UNCLEAR) {
        move->event = wp_message_after_crash(kind && kind->again, round->settled->repeats);
    } else if (!seconds) {
        move->event = WP_MESSAGE_NEVER;
        move->reason = wp_outbox_reason_name(WP_OUTBOX_GAVE_UP);
    }
    if (move->event != WP_MESSAGE_NEVER)
        move->due = instant(round, pool, seconds);
}

static apr_status_t settle(wp_db_t *db, const round_t *round)
{
    const wp_carriage_t *came = &round->carriage;
    wp_outbox_move_t move = {.message = round->settled->id,
                             .lease = round->lease,
                             .from = WP_MESSAGE_TRANSMITTING,
                             .event = WP_MESSAGE_TAKEN,
                             .answer = came->answer};
    bool moved;

    if (came->carried != WP_CARRIED_TAKEN) {
        move.reason = wp_outbox_reason_name(came->reason);
        move.event = WP_MESSAGE_NEVER;
        if (came->carried != WP_CARRIED_NEVER)
            put_off(round, wp_db_pool(db), &move);
    }
    move.forget = holds_code(round->settled) && (move.event == WP_MESSAGE_TAKEN || move.event == WP_MESSAGE_NEVER);
    return wp_outbox_move(db, &move, instant(round, wp_db_pool(db), 0), &moved);
}

static apr_status_t begin(wp_db_t *db, round_t *round)
{
    const char *now = instant(round, wp_db_pool(db), 0);
    wp_outbox_move_t move = {.message = round->next->id,
                             .lease = round->lease,
                             .from = WP_MESSAGE_LEASED,
                             .event = WP_MESSAGE_BEGIN,
                             .until = instant(round, wp_db_pool(db), round->dispatch->lease_s)};
    bool expired = is_expired(round->next, now), moved;

    if (expired) {
        move.event = WP_MESSAGE_NEVER;
        move.until = NULL;
        move.reason = wp_outbox_reason_name(WP_OUTBOX_EXPIRED);
        move.forget = holds_code(round->next);
    }
    apr_status_t status = wp_outbox_move(db, &move, now, &moved);
    round->begun = moved && !expired;
    return status;
}

static apr_status_t step(wp_db_t *db, void *baton)
{
    round_t *round = baton;
    apr_status_t status = round->settled ? settle(db, round) : APR_SUCCESS;

    round->begun = false;
    return status == APR_SUCCESS && round->next ? begin(db, round) : status;
}

static apr_status_t give_back(wp_db_t *db, void *baton)
{
    round_t *round = baton;
    apr_status_t status = APR_SUCCESS;
    bool moved;

    for (int i = 0; i < round->rows->nelts && status == APR_SUCCESS; i++) {
        const wp_outbox_move_t move = {.message = APR_ARRAY_IDX(round->rows, i, wp_outbox_row_t).id,
                                       .lease = round->lease,
                                       .from = WP_MESSAGE_LEASED,
                                       .event = WP_MESSAGE_RELEASE};
        status = wp_outbox_move(db, &move, NULL, &moved);
    }
    return status;
}

/* --- between them --- */

static apr_status_t write_unit(round_t *round, wp_db_work_t work)
{
    return wp_db_transact(round->dispatch->source, WP_DB_WRITE, round->pool, work, round);
}

static bool is_away(const round_t *round, const wp_outbox_row_t *row)
{
    return strcmp(row->channel, "sms") == 0 ? round->tally->sms_away : round->tally->email_away;
}

static bool is_stopped(const round_t *round)
{
    return round->dispatch->stop && *round->dispatch->stop;
}

static void count(round_t *round, const wp_outbox_row_t *row)
{
    wp_dispatch_tally_t *tally = round->tally;

    switch (round->carriage.carried) {
    case WP_CARRIED_TAKEN:
        tally->taken++;
        break;
    case WP_CARRIED_NEVER:
        tally->never++;
        break;
    case WP_CARRIED_AWAY:
        *(strcmp(row->channel, "sms") == 0 ? &tally->sms_away : &tally->email_away) = true;
        tally->later++;
        break;
    case WP_CARRIED_LATER:
        tally->later++;
        break;
    }
}

/* What a server has accepted must be recorded: a database that is away for a moment is waited for, as long as the
 * lease allows. */
static apr_status_t step_surely(round_t *round)
{
    const wp_tick_t until = wp_tick_after_ms((int64_t)round->dispatch->lease_s * 500);
    apr_status_t status = write_unit(round, step);

    while (status != APR_SUCCESS && round->settled && wp_tick_now() < until) {
        apr_sleep(PAUSE_USEC);
        status = write_unit(round, step);
    }
    return status;
}

/* Settles what was carried before, and carries the next one. */
static apr_status_t carry_one(round_t *round, const wp_outbox_row_t *row)
{
    round->next = row;
    apr_status_t status = step_surely(round);

    round->settled = NULL;
    if (status == APR_SUCCESS && round->begun) {
        round->carriage = round->dispatch->carry(round->dispatch->context, round->pool, row);
        round->settled = row;
        count(round, row);
    }
    return status;
}

static apr_status_t send_batch(round_t *round)
{
    apr_status_t status = APR_SUCCESS;

    round->settled = NULL;
    for (int i = 0; i < round->rows->nelts && status == APR_SUCCESS && !is_stopped(round); i++) {
        const wp_outbox_row_t *row = &APR_ARRAY_IDX(round->rows, i, wp_outbox_row_t);
        if (!is_away(round, row))
            status = carry_one(round, row);
    }
    round->next = NULL;
    if (status == APR_SUCCESS && round->settled)
        status = step_surely(round);
    if (status == APR_SUCCESS)
        status = write_unit(round, give_back);
    return status;
}

static apr_status_t run_batch(round_t *round, bool *more)
{
    round->lease = wp_random_id(round->pool);
    apr_status_t status = write_unit(round, claim);

    *more = status == APR_SUCCESS && round->due > 0;
    return *more ? send_batch(round) : status;
}

static apr_status_t sweep_all(round_t *round)
{
    apr_status_t status;

    do {
        status = write_unit(round, sweep);
        round->tally->swept += status == APR_SUCCESS ? round->swept : 0;
    } while (status == APR_SUCCESS && round->swept > 0);
    return status;
}

apr_status_t wp_dispatch_round(const wp_dispatch_t *dispatch, apr_pool_t *pool, wp_dispatch_tally_t *tally)
{
    round_t round = {.dispatch = dispatch, .tally = tally};
    bool more = true;

    *tally = (wp_dispatch_tally_t){0};
    apr_status_t status = apr_pool_create(&round.pool, pool);
    if (status == APR_SUCCESS)
        status = sweep_all(&round);
    while (status == APR_SUCCESS && more && !is_stopped(&round)) {
        apr_pool_clear(round.pool);
        status = run_batch(&round, &more);
    }
    apr_pool_destroy(round.pool);
    return status;
}
