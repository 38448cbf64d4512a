/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cases.h"

#include "base/json_pool.h"
#include "crypto/random.h"

#include "base/banned.h"

static const char *facts_text(apr_pool_t *pool, const wp_case_fact_t *facts)
{
    json_t *object = json_object();
    for (const wp_case_fact_t *fact = facts; fact && fact->name; fact++) {
        if (fact->text)
            json_object_set_new(object, fact->name, json_string(fact->text));
    }
    return wp_json_text(pool, object);
}

static apr_status_t open_case(wp_db_t *db, const wp_case_t *wanted, bool once, const char *now)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "case", wp_random_id(pool));
    wp_args_text(args, "kind", wanted->kind);
    wp_args_text(args, "subject", wanted->subject);
    wp_args_text(args, "account", wanted->account);
    wp_args_text(args, "reason", wanted->reason);
    wp_args_text(args, "facts", facts_text(pool, wanted->facts));
    wp_args_text(args, "now", now);
    wp_args_int(args, "once", once);
    return wp_db_change(db, "case_open", args, NULL);
}

apr_status_t wp_case_open(wp_db_t *db, const wp_case_t *wanted, const char *now)
{
    return open_case(db, wanted, false, now);
}

apr_status_t wp_case_open_once(wp_db_t *db, const wp_case_t *wanted, const char *now)
{
    return open_case(db, wanted, true, now);
}

apr_status_t wp_case_close(wp_db_t *db, const wp_case_decision_t *decision, const char *now, bool *settled)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    int rows = 0;

    wp_args_text(args, "case", decision->case_id);
    wp_args_text(args, "how", decision->how);
    wp_args_text(args, "by", decision->by);
    wp_args_text(args, "now", now);
    apr_status_t status = wp_db_change(db, "case_settle", args, &rows);
    *settled = status == APR_SUCCESS && rows > 0;
    return status;
}

apr_status_t wp_case_known(wp_db_t *db, const char *kind, const char *subject, bool *known)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "kind", kind);
    wp_args_text(args, "subject", subject);
    apr_status_t status = wp_db_select(db, "case_known", args, &rows);
    *known = status == APR_SUCCESS && rows->count > 0;
    return status;
}
