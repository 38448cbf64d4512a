/* SPDX-License-Identifier: Apache-2.0 */
#include "service/case.h"

#include <jansson.h>
#include <string.h>

#include "service/attach.h"
#include "service/movement.h"
#include "service/payment_news.h"
#include "store/credits.h"

#include "base/banned.h"

/* A case, with what is needed to settle one of its kind. */
typedef struct settling_t {
    wp_act_t *act;
    const char *account;
    const json_t *facts;
} settling_t;

static const char *fact(const settling_t *settling, const char *name)
{
    return json_string_value(json_object_get(settling->facts, name));
}

static wp_attach_t attached(const settling_t *settling)
{
    return (wp_attach_t){.account = settling->account,
                         .key = {.issuer = fact(settling, "issuer"),
                                 .subject = fact(settling, "subject"),
                                 .code = fact(settling, "code")},
                         .name = fact(settling, "name")};
}

static apr_status_t accept_code(const settling_t *settling, wp_result_t *result)
{
    const wp_attach_t wanted = attached(settling);
    return wp_attach_code(settling->act, &wanted, result);
}

static apr_status_t move_login(const settling_t *settling, wp_result_t *result)
{
    wp_attach_t wanted = attached(settling);
    wanted.account = fact(settling, "other");
    return wp_attach_moved(settling->act, &wanted, result);
}

/* Not what billing has booked: that must be given back there. */
static apr_status_t refund(const settling_t *settling, wp_result_t *result)
{
    const char *credit = fact(settling, "credit");
    bool done = false;
    apr_status_t status = APR_SUCCESS;

    if (credit)
        status = wp_credit_refund(settling->act->db, settling->act->args, credit, &done);
    if (!done)
        *result = wp_result_of(WP_OUTCOME_CONFLICT);
    return status;
}

static apr_status_t leave(const settling_t *settling, wp_result_t *result)
{
    (void)settling;
    (void)result;
    return APR_SUCCESS;
}

/* What can be decided about each kind of case: a new kind needs only more rows here. */
typedef struct way_t {
    const char *kind, *how;
    apr_status_t (*settle)(const settling_t *settling, wp_result_t *result);
} way_t;

static const way_t ways[] = {{WP_CASE_PERSON_CODE, "accepted", accept_code},
                             {WP_CASE_PERSON_CODE, WP_CASE_REFUSED, leave},
                             {WP_CASE_ACCOUNT_CONFLICT, "moved", move_login},
                             {WP_CASE_ACCOUNT_CONFLICT, WP_CASE_REFUSED, leave},
                             {WP_CASE_PAYMENT, "done", leave},
                             {WP_CASE_PAYMENT, "refunded", refund},
                             {WP_CASE_PAYMENT, WP_CASE_REFUSED, leave},
                             {WP_CASE_STATEMENT, "done", leave},
                             {WP_CASE_STATEMENT, WP_CASE_REFUSED, leave}};

static const way_t *find_way(const char *kind, const char *how)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (strcmp(ways[i].kind, kind) == 0 && strcmp(ways[i].how, how) == 0)
            return &ways[i];
    }
    return NULL;
}

static wp_result_t conflict(const char *why)
{
    return (wp_result_t){.outcome = WP_OUTCOME_CONFLICT, .detail = why};
}

static apr_status_t carry_out(wp_act_t *act, const wp_rows_t *rows, const way_t *way, wp_result_t *result)
{
    json_t *facts = json_loads(wp_row_text(rows, 0, "facts"), 0, NULL);
    const settling_t settling = {act, wp_row_text(rows, 0, "account_id"), facts};
    apr_status_t status = facts ? way->settle(&settling, result) : WP_DB_FAILED;

    json_decref(facts);
    if (wp_result_is_against(result))
        *result = conflict(WP_CASE_OVERTAKEN);
    else
        *result = wp_result_done(NULL);
    return status;
}

static apr_status_t read_case(wp_act_t *act, const char *id, wp_rows_t **rows)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "case", id);
    return wp_db_select(act->db, "case_one", args, rows);
}

/* Closed first, so that of two people at once one carries it out; read after that, because it may just be erased. */
static apr_status_t close_and_carry_out(wp_act_t *act, const wp_case_decision_t *decision, const way_t *way,
                                        wp_result_t *result)
{
    wp_rows_t *rows;
    bool settled;
    apr_status_t status = wp_case_close(act->db, decision, act->who->clock.now_text, &settled);

    if (status == APR_SUCCESS)
        status = read_case(act, decision->case_id, &rows);
    if (status != APR_SUCCESS)
        return status;
    if (!settled)
        *result = conflict(WP_CASE_SETTLED);
    else if (wp_row_is_null(rows, 0, "facts"))
        *result = conflict(WP_CASE_ERASED);
    else
        status = carry_out(act, rows, way, result);
    return status;
}

apr_status_t wp_case_settle(wp_act_t *act, const wp_case_decision_t *decision, wp_result_t *result)
{
    wp_rows_t *rows;

    wp_act_expect_house(act, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    apr_status_t status = read_case(act, decision->case_id, &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0) {
        *result = wp_result_of(WP_OUTCOME_UNKNOWN);
        return APR_SUCCESS;
    }
    const way_t *way = find_way(wp_row_text(rows, 0, "kind"), decision->how);
    if (!way) {
        *result = wp_result_refused(WP_ERROR_CHOICE, "how");
        return APR_SUCCESS;
    }
    return close_and_carry_out(act, decision, way, result);
}
