/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>

#include "ctl/ctl.h"
#include "domain/billing_id.h"

#include "base/banned.h"

#define STEP      10000
#define SHOWN_MAX 5 /* of each kind: usually one mistake in a view causes them all */

typedef struct kind_t {
    const char *column, *query;
} kind_t;

static const kind_t kinds[] = {{"contract_no", "ids_contract"},
                               {"meter_id", "ids_meter"},
                               {"point_id", "ids_point"},
                               {"act_no", "ids_act"},
                               {"invoice_no", "ids_invoice"}};

/* One batch of ids: those that follow `after`. */
typedef struct step_t {
    const kind_t *kind;
    const char *after;
    wp_rows_t *rows;
} step_t;

static apr_status_t read_step(wp_db_t *db, void *baton)
{
    step_t *step = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "after", step->after);
    wp_args_int(args, "size", STEP);
    return wp_db_select(db, step->kind->query, args, &step->rows);
}

static apr_status_t read_empty(wp_db_t *db, void *baton)
{
    wp_rows_t **rows = baton;
    return wp_db_select(db, "ids_empty", wp_args_make(wp_db_pool(db), NULL), rows);
}

/* The part of an id that a terminal can show. */
static const char *visible(apr_pool_t *pool, const char *id)
{
    char *text = apr_pstrdup(pool, id);
    for (char *c = text; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    }
    return text;
}

static void look(const wp_rows_t *rows, const kind_t *kind, apr_pool_t *pool, apr_array_header_t *bad)
{
    for (int i = 0; i < rows->count; i++) {
        const char *id = wp_row_text(rows, i, "id");
        wp_billing_id_verdict_t verdict = wp_billing_id_check(id);
        if (verdict != WP_BILLING_ID_GOOD)
            APR_ARRAY_PUSH(bad, const char *) = apr_psprintf(pool, "%s \"%s\" %s", kind->column, visible(pool, id),
                                                             wp_billing_id_reason(verdict));
    }
}

static apr_status_t look_at_all(wp_ctl_t *ctl, const kind_t *kind, apr_array_header_t *bad)
{
    apr_pool_t *pools[2];
    step_t step = {.kind = kind, .after = ""};
    apr_status_t status = APR_SUCCESS;
    int turn = 0;

    apr_pool_create(&pools[0], ctl->pool);
    apr_pool_create(&pools[1], ctl->pool);
    do {
        turn = !turn; /* the last id is in the other pool */
        apr_pool_clear(pools[turn]);
        status = wp_db_transact(ctl->source, WP_DB_READ, pools[turn], read_step, &step);
        if (status != APR_SUCCESS)
            break;
        look(step.rows, kind, ctl->pool, bad);
        step.after = step.rows->count > 0 ? wp_row_text(step.rows, step.rows->count - 1, "id") : "";
    } while (step.rows->count == STEP && bad->nelts < SHOWN_MAX);
    apr_pool_destroy(pools[0]);
    apr_pool_destroy(pools[1]);
    return status;
}

apr_status_t wp_ctl_ids_check(wp_ctl_t *ctl, void (*report)(const char *what))
{
    wp_rows_t *empty;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_empty, &empty);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == APR_SUCCESS; i++) {
        apr_array_header_t *bad = apr_array_make(ctl->pool, SHOWN_MAX, sizeof(const char *));
        if (wp_row_int(empty, 0, kinds[i].column) > 0)
            APR_ARRAY_PUSH(bad, const char *) = apr_psprintf(ctl->pool, "%s \"\" %s", kinds[i].column,
                                                             wp_billing_id_reason(WP_BILLING_ID_EMPTY));
        status = look_at_all(ctl, &kinds[i], bad);
        for (int k = 0; k < bad->nelts && k < SHOWN_MAX; k++)
            report(APR_ARRAY_IDX(bad, k, const char *));
    }
    return status;
}
