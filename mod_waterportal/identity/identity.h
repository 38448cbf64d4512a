/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_IDENTITY_H
#define WP_IDENTITY_IDENTITY_H

#include <apr_pools.h>

#include "crypto/secret.h"
#include "identity/claims.h"
#include "identity/issuers.h"
#include "store/accounts.h"

#define WP_SUBJECT_MAX 255 /* OpenID Connect Core, section 2 */

/* Who is logged in, according to the issuer. */
typedef struct wp_identity_t {
    const wp_issuer_t *issuer;
    const char *subject;      /* 1 to WP_SUBJECT_MAX printable ASCII characters, not only blanks */
    const char *person_code;  /* canonical ("PNOLV-01019012345"), or NULL if the issuer gave none */
    const char *name, *given; /* as domain/person_name.h cleans them; NULL if the issuer gave no usable name */
    const char *known_as;     /* what others see: the name, else the masked person code; NULL: staff without a name */
    const char *tag;          /* keyed hash of code, else of issuer and subject: in forms, attempts and audit */
    bool staff;               /* the issuer is marked staff and gave the role */
    const char *acr;          /* how the issuer says it authenticated the person, or NULL */
    wp_instant_t logged_in;   /* when the person authenticated; 0: the issuer did not say */
} wp_identity_t;

/* What can be wrong with a login. */
typedef enum {
    WP_IDENTITY_OK,
    WP_IDENTITY_FOREIGN_ISSUER,
    WP_IDENTITY_UNSIGNED,
    WP_IDENTITY_NO_SUBJECT,
    WP_IDENTITY_NO_CODE
} wp_identity_state_t;

/* Reads the identity from the claims, as the row of their issuer specifies; in pool, and NULL unless WP_IDENTITY_OK. It
 * refers to the issuer's row and the texts of the claims. */
wp_identity_state_t wp_identity_read(const wp_issuers_t *issuers, const wp_secret_t *secret, const wp_claims_t *claims,
                                     apr_pool_t *pool, wp_identity_t **identity);

/* True if the person authenticated with an eID within the last 5 minutes, by acr and time. False for an issuer that is
 * not configured for it. */
bool wp_identity_is_stepped_up(const wp_identity_t *identity, wp_instant_t now);

/* What identifies an account of this person. */
wp_account_key_t wp_identity_key(const wp_identity_t *identity);

#endif
