/* SPDX-License-Identifier: Apache-2.0 */
#include "service/once.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

typedef struct turn_t {
    const wp_once_t *once;
    wp_result_t *result;
} turn_t;

static wp_args_t *key_args(wp_db_t *db, const wp_once_t *once, const char *location)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "person", once->who);
    wp_args_text(args, "form_key", once->key);
    wp_args_text(args, "body_hash", once->hash);
    wp_args_text(args, "location", location);
    wp_args_text(args, "now", once->actor->clock.now_text);
    return args;
}

apr_status_t wp_once_find(wp_db_t *db, const wp_once_t *once, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "form_result", key_args(db, once, NULL), &rows);

    *result = wp_result_of(WP_OUTCOME_NONE);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    bool same = strcmp(wp_row_text(rows, 0, "body_hash"), once->hash) == 0;
    *result = wp_result_of(same ? WP_OUTCOME_SAME : WP_OUTCOME_CONFLICT);
    result->detail = wp_row_text(rows, 0, "location");
    return APR_SUCCESS;
}

/* The key is written last, with the result. Of two at once, the second waits here until the first has committed; then
 * the key is there, and what the second did is undone. */
static apr_status_t settle(wp_db_t *db, const turn_t *turn)
{
    const char *detail = turn->result->detail ? turn->result->detail : "";
    int settled = 0;
    apr_status_t status = wp_db_change(db, "form_settle", key_args(db, turn->once, detail), &settled);

    return status == APR_SUCCESS && settled == 0 ? WP_DB_ROLLBACK : status;
}

/* What was written about a refusal stays (a wrong code is counted), and the key is still free: the sender may correct
 * what was refused and send it under the same key. Not if it was refused because it has been done before. */
static apr_status_t keep_refusal(wp_db_t *db, const turn_t *turn)
{
    wp_result_t found;
    apr_status_t status = wp_once_find(db, turn->once, &found);

    return status == APR_SUCCESS && found.outcome != WP_OUTCOME_NONE ? WP_DB_ROLLBACK : status;
}

static apr_status_t take_turn(wp_db_t *db, void *baton)
{
    const turn_t *turn = baton;
    const wp_once_t *once = turn->once;

    *turn->result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = once->run(wp_act_begin(db, once->actor, once->rules), once->baton, turn->result);
    if (status != APR_SUCCESS)
        return status;
    switch (turn->result->outcome) {
    case WP_OUTCOME_DONE:
    case WP_OUTCOME_SAME:
        return settle(db, turn);
    case WP_OUTCOME_REFUSED:
    case WP_OUTCOME_LIMITED:
        return keep_refusal(db, turn);
    case WP_OUTCOME_CONFLICT:
    case WP_OUTCOME_UNKNOWN:
    case WP_OUTCOME_NONE:
        break;
    }
    return WP_DB_ROLLBACK;
}

static apr_status_t find(wp_db_t *db, void *baton)
{
    const turn_t *turn = baton;
    return wp_once_find(db, turn->once, turn->result);
}

/* After a rollback: was it done before? Otherwise the act itself decided to leave nothing. */
static apr_status_t explain(wp_db_source_t *source, apr_pool_t *pool, const wp_once_t *once, wp_result_t *result)
{
    bool unknown = result->outcome == WP_OUTCOME_UNKNOWN;
    turn_t turn = {once, result};
    apr_status_t status = wp_db_transact(source, WP_DB_READ, pool, find, &turn);

    if (status == APR_SUCCESS && result->outcome == WP_OUTCOME_NONE)
        *result = wp_result_of(unknown ? WP_OUTCOME_UNKNOWN : WP_OUTCOME_CONFLICT);
    return status;
}

apr_status_t wp_once(wp_db_source_t *source, apr_pool_t *pool, const wp_once_t *once, wp_result_t *result)
{
    turn_t turn = {once, result};
    apr_status_t status = wp_db_transact(source, WP_DB_WRITE, pool, take_turn, &turn);

    return status == WP_DB_ROLLBACK ? explain(source, pool, once, result) : status;
}
