/* SPDX-License-Identifier: Apache-2.0 */
#include "service/session.h"

#include "base/banned.h"

static apr_status_t write_down(wp_act_t *act, int ended, wp_result_t *result)
{
    *result = wp_result_of(ended > 0 ? WP_OUTCOME_DONE : WP_OUTCOME_SAME);
    return ended > 0 ? wp_act_audit(act, NULL, WP_DID_SESSION_ENDED, NULL) : APR_SUCCESS;
}

/* Whoever is not of the house names their own logins only: person is bound to the actor's. */
static wp_args_t *args_of(wp_act_t *act, const char *session)
{
    wp_args_t *args = wp_act_args(act);

    wp_args_text(args, "session", session);
    wp_args_text(args, "person", wp_act_is_of_the_house(act) ? NULL : act->who->person);
    return args;
}

apr_status_t wp_session_end(wp_act_t *act, const char *session, wp_result_t *result)
{
    wp_args_t *args = args_of(act, session);
    wp_rows_t *rows;
    int ended = 0;

    if (act->who->kind == WP_ACTOR_TOKEN) {
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
        return APR_SUCCESS;
    }
    apr_status_t status = wp_db_change(act->db, "session_end", args, &ended);
    if (status == APR_SUCCESS && ended > 0)
        return write_down(act, ended, result);
    if (status == APR_SUCCESS)
        status = wp_db_select(act->db, "session_known", args, &rows);
    if (status == APR_SUCCESS)
        *result = wp_result_of(rows->count > 0 ? WP_OUTCOME_SAME : WP_OUTCOME_UNKNOWN);
    return status;
}

apr_status_t wp_session_end_others(wp_act_t *act, const char *kept, int *ended, wp_result_t *result)
{
    *ended = 0;
    if (act->who->kind == WP_ACTOR_TOKEN || wp_act_is_of_the_house(act)) {
        *result = wp_result_refused(WP_ERROR_NO_RIGHT, NULL);
        return APR_SUCCESS;
    }
    apr_status_t status = wp_db_change(act->db, "session_end_others", args_of(act, kept), ended);
    return status == APR_SUCCESS ? write_down(act, *ended, result) : status;
}

apr_status_t wp_session_end_all(wp_act_t *act, const char *person, int *ended, wp_result_t *result)
{
    wp_args_t *args = wp_act_args(act);

    *ended = 0;
    wp_act_expect_house(act, result);
    if (wp_result_is_against(result))
        return APR_SUCCESS;
    wp_args_text(args, "person", person);
    apr_status_t status = wp_db_change(act->db, person ? "sessions_end_person" : "sessions_end_all", args, ended);
    return status == APR_SUCCESS ? write_down(act, *ended, result) : status;
}
