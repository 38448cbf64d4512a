/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_AGREEMENT_H
#define WP_BANK_AGREEMENT_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "domain/bank_message.h"
#include "crypto/jws.h"

/* What the utility has agreed with a bank: a row of agreements.json, which an admin writes. It names keys, so it lies
 * outside every document root and is read before httpd gives up root. */

typedef struct wp_bank_t wp_bank_t;

typedef struct wp_agreement_t {
    const char *key;                     /* in addresses and in the database: letters, digits, "-" */
    const wp_bank_t *bank;               /* the way ("way") */
    const wp_bank_profile_t *profile;    /* of signed forms, else NULL */
    apr_table_t *names;                  /* by language: what a customer reads */
    const char *our_id, *bank_id;        /* as the bank calls us, and itself */
    const char *url, *origin;            /* where orders go; its scheme and host */
    const char *iban, *name;             /* our account, and ours in the bank's messages */
    const char *bic;                     /* of an API that serves several banks, else NULL */
    const wp_jws_algorithm_t *algorithm; /* of an API's signatures, else NULL */
    const char *ca_file;                 /* instead of the system's certificate authorities, or NULL */
    int minutes;                         /* without news for so long an order counts as expired */
    wp_sign_key_t *own_key;
    wp_sign_key_t *own_certificate; /* what the bank was given, or NULL */
    apr_array_header_t *bank_keys;  /* wp_sign_key_t *: several while a bank changes its key */
} wp_agreement_t;

typedef struct wp_agreements_t {
    apr_array_header_t *list; /* wp_agreement_t */
} wp_agreements_t;

/* Reads the file, strictly: a member that is not known is an error, as a misspelt one would be. Names of files are
 * relative to it. *error says file, row and the mend. */
apr_status_t wp_agreements_load(wp_agreements_t **agreements, apr_pool_t *pool, const char *file, const char **error);

/* Adds a sentence about each thing that will not work, or not for long: keys that do not match, certificates that end,
 * a bank that does not know us (it is asked, where it can be). problems: const char *, in pool. */
void wp_agreement_check(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool,
                        apr_array_header_t *problems);

/* NULL when there is none of this key; agreements may be NULL. */
const wp_agreement_t *wp_agreement_find(const wp_agreements_t *agreements, const char *key);

#endif
