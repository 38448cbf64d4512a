/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_TOKENS_H
#define WP_STORE_TOKENS_H

#include <stdbool.h>

#include "data/db.h"

/* Access tokens as programs use them; service/access_token.h makes and revokes them. */

typedef struct wp_token_t {
    const char *id; /* NULL: there is no such token */
    const char *account, *name;
    const char *scopes;     /* separated by spaces */
    const char *expires_on; /* its last day */
    bool revoked;
    int uses; /* in this minute */
} wp_token_t;

/* hash: SHA-256 of the token. minute: an instant. */
apr_status_t wp_token_find(wp_db_t *db, const char *hash, const char *minute, wp_token_t *token);

/* Counts one use in this minute; *uses: with it. There is one row for each token and minute, shared by all nodes, and
 * the first use of a minute deletes the older one. */
apr_status_t wp_token_use(wp_db_t *db, const char *id, const char *minute, int *uses);

#endif
