/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_IDENTITY_H
#define WP_IDENTITY_IDENTITY_H

#include <apr_pools.h>

#include "crypto/secret.h"
#include "identity/claims.h"
#include "identity/issuers.h"
#include "store/accounts.h"

#define WP_SUBJECT_MAX 255 /* OpenID Connect Core, section 2 */

/* Who is logged in, by the issuer's own word. */
typedef struct wp_identity_t {
    const wp_issuer_t *issuer;
    const char *subject;      /* 1 to WP_SUBJECT_MAX printable ASCII characters, not only blanks */
    const char *person_code;  /* canonical ("PNOLV-01019012345"), or NULL when the issuer gave none */
    const char *name, *given; /* as domain/person_name.h cleans them; NULL when the issuer gave none that is one */
    const char *known_as; /* what others are told: the name, else the masked person code; NULL: staff without a name */
    const char *tag; /* keyed hash of the person (code, else issuer and subject): what forms, tries and audit carry */
    bool staff;      /* a staff issuer, and the role was given */
    const char *acr; /* how the issuer says it knew the person, or NULL */
    wp_instant_t logged_in; /* when the person proved it to the issuer; 0: the issuer did not say */
} wp_identity_t;

/* What can be wrong with a login. */
typedef enum {
    WP_IDENTITY_OK,
    WP_IDENTITY_FOREIGN_ISSUER,
    WP_IDENTITY_UNSIGNED,
    WP_IDENTITY_NO_SUBJECT,
    WP_IDENTITY_NO_CODE
} wp_identity_state_t;

/* Reads who it is from the claims, as their issuer's row says how; in pool, and NULL unless WP_IDENTITY_OK. It keeps
 * the issuer's row and the texts of the claims. */
wp_identity_state_t wp_identity_read(const wp_issuers_t *issuers, const wp_secret_t *secret, const wp_claims_t *claims,
                                     apr_pool_t *pool, wp_identity_t **identity);

/* Has the person just now shown an eID? An issuer of that level, that says so (acr as configured), within five
 * minutes. */
bool wp_identity_is_stepped_up(const wp_identity_t *identity, wp_instant_t now);

/* What an account of this person is known by. */
wp_account_key_t wp_identity_key(const wp_identity_t *identity);

#endif
