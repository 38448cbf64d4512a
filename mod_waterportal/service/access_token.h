/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ACCESS_TOKEN_H
#define WP_SERVICE_ACCESS_TOKEN_H

#include "service/own_account.h"

/* Access tokens: with one, a program does for its person what its scopes say. */

#define WP_ACCESS_TOKENS_MAX 20 /* valid at the same time */

#define WP_ACCESS_SCOPES 4
extern const char *const wp_access_scopes[WP_ACCESS_SCOPES]; /* "readings", "consumption", "invoices", "submit" */

/* Does a list of scopes, separated by blanks, have this one? */
bool wp_access_token_has(const char *scopes, const char *wanted);
/* The rights (wp_right_t bits) beyond which a token with these scopes does not reach, whatever its person may. */
int wp_access_token_may(const char *scopes);

extern const char *const wp_access_days[]; /* NULL-terminated: how long a token may be valid; the usual one first */

typedef struct wp_access_token_wanted_t {
    const char *name;
    bool scopes[WP_ACCESS_SCOPES];
    const char *days; /* of wp_access_days; NULL: the usual time */
} wp_access_token_wanted_t;

typedef struct wp_access_token_made_t {
    const char *id;
    const char *token; /* the token itself: shown once, and stored as a hash only */
} wp_access_token_made_t;

/* Is there no name by which the person will know it again? Would it have no scope? Nobody can make such a token. */
bool wp_access_token_is_nameless(const wp_access_token_wanted_t *wanted);
bool wp_access_token_is_useless(const wp_access_token_wanted_t *wanted);

/* Makes a token; *made is in the unit's pool. REFUSED: TOKEN_NAME and TOKEN_MANY (field "name"), TOKEN_SCOPE
 * ("scopes"). LIMITED: by WP_LIMIT_TOKENS. */
apr_status_t wp_access_token_make(wp_act_t *act, const wp_access_token_wanted_t *wanted, wp_access_token_made_t *made,
                                  wp_result_t *result);

/* From now on the token is refused. SAME: it was revoked before. */
apr_status_t wp_access_token_revoke(wp_act_t *act, const char *id, wp_result_t *result);

#endif
