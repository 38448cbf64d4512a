/* SPDX-License-Identifier: Apache-2.0 */
#include "service/once.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

typedef struct turn_t {
    const wp_once_t *once;
    wp_result_t *result;
} turn_t;

static wp_args_t *key_args(wp_db_t *db, const wp_once_t *once)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "person", once->who);
    wp_args_text(args, "form_key", once->key);
    wp_args_text(args, "body_hash", once->hash);
    wp_args_text(args, "location", "");
    if (once->actor)
        wp_args_text(args, "now", once->actor->clock.now_text);
    return args;
}

apr_status_t wp_once_find(wp_db_t *db, const wp_once_t *once, wp_result_t *result)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "form_result", key_args(db, once), &rows);

    *result = wp_result_of(WP_OUTCOME_NONE);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    bool same = strcmp(wp_row_text(rows, 0, "body_hash"), once->hash) == 0;
    *result = wp_result_of(same ? WP_OUTCOME_SAME : WP_OUTCOME_CONFLICT);
    result->detail = wp_row_text(rows, 0, "location");
    return APR_SUCCESS;
}

/* What was written about a refusal stays (a wrong code is counted), and the key is free again: the sender may correct
 * what was refused and send it under the same key. */
static apr_status_t finish(wp_db_t *db, const turn_t *turn, wp_args_t *args)
{
    switch (turn->result->outcome) {
    case WP_OUTCOME_DONE:
    case WP_OUTCOME_SAME:
        wp_args_text(args, "location", turn->result->detail ? turn->result->detail : "");
        return wp_db_change(db, "form_settle", args, NULL);
    case WP_OUTCOME_REFUSED:
    case WP_OUTCOME_LIMITED:
        return wp_db_change(db, "form_release", args, NULL);
    case WP_OUTCOME_CONFLICT:
    case WP_OUTCOME_UNKNOWN:
    case WP_OUTCOME_NONE:
        break;
    }
    return WP_DB_ROLLBACK;
}

static apr_status_t take_turn(wp_db_t *db, void *baton)
{
    const turn_t *turn = baton;
    const wp_once_t *once = turn->once;
    wp_args_t *args = key_args(db, once);
    int claimed = 0;
    /* Two at once: the second waits here until the first has committed, and then finds its result. */
    apr_status_t status = wp_db_change(db, "form_claim", args, &claimed);

    *turn->result = wp_result_of(WP_OUTCOME_NONE);
    if (status == APR_SUCCESS && claimed == 0)
        return wp_once_find(db, once, turn->result);
    if (status == APR_SUCCESS)
        status = once->run(wp_act_begin(db, once->actor, once->rules), once->baton, turn->result);
    return status == APR_SUCCESS ? finish(db, turn, args) : status;
}

apr_status_t wp_once(wp_db_source_t *source, apr_pool_t *pool, const wp_once_t *once, wp_result_t *result)
{
    turn_t turn = {once, result};
    apr_status_t status = wp_db_transact(source, WP_DB_WRITE, pool, take_turn, &turn);

    if (status != WP_DB_ROLLBACK)
        return status;
    if (result->outcome != WP_OUTCOME_UNKNOWN)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    return APR_SUCCESS;
}
