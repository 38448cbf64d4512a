/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_RESULT_H
#define WP_SERVICE_RESULT_H

#include "base/codes.h"
#include "domain/date.h"

/* What came of an act, for every door alike: a page shows it beside a control, a program gets a problem document, a
 * command prints it. Whether the database worked is the status that the service returns, never the outcome. */
typedef enum wp_outcome_t {
    WP_OUTCOME_NONE,     /* not decided yet */
    WP_OUTCOME_DONE,     /* it is done; nothing else is left to do */
    WP_OUTCOME_SAME,     /* it was already so: nothing was changed, and whoever asked has what they wanted */
    WP_OUTCOME_REFUSED,  /* as asked for it cannot be done: code and field say what to change */
    WP_OUTCOME_CONFLICT, /* the state is no longer the one that was seen: look again, then decide; nothing was written
                          */
    WP_OUTCOME_LIMITED,  /* too often: possible again at retry_at */
    WP_OUTCOME_UNKNOWN   /* there is no such thing, or none for this actor: the two must not differ; nothing was written
                          */
} wp_outcome_t;

typedef struct wp_result_t {
    wp_outcome_t outcome;
    wp_error_t code;   /* of a refusal */
    const char *field; /* the argument that the refusal is about, by its name in the service's own struct; or NULL */
    wp_instant_t retry_at; /* with LIMITED */
    const char *detail;    /* with DONE and SAME, what it led to, as the door keeps it with the key: an id, a path */
} wp_result_t;

static inline wp_result_t wp_result_done(const char *detail)
{
    return (wp_result_t){.outcome = WP_OUTCOME_DONE, .detail = detail};
}

static inline wp_result_t wp_result_refused(wp_error_t code, const char *field)
{
    return (wp_result_t){.outcome = WP_OUTCOME_REFUSED, .code = code, .field = field};
}

static inline wp_result_t wp_result_of(wp_outcome_t outcome)
{
    return (wp_result_t){.outcome = outcome};
}

/* Has the act been decided against, so that its service must not go on? */
static inline bool wp_result_is_against(const wp_result_t *result)
{
    return result->outcome != WP_OUTCOME_NONE && result->outcome != WP_OUTCOME_DONE &&
           result->outcome != WP_OUTCOME_SAME;
}

/* "done", "same", "refused", "conflict", "limited", "unknown"; "" for none */
const char *wp_outcome_name(wp_outcome_t outcome);

#endif
