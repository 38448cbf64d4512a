/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_AGREEMENT_H
#define WP_BANK_AGREEMENT_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

#include "domain/bank_message.h"
#include "crypto/jws.h"

/* What the utility has agreed with a bank: a row of agreements.json, which an administrator writes. It names key files,
 * so it lies outside every document root and is read before httpd gives up root. */

typedef struct wp_bank_t wp_bank_t;

typedef struct wp_agreement_t {
    const char *key;                     /* in addresses and in the database: letters, digits, "-" */
    const wp_bank_t *bank;               /* the way of paying (member "way") */
    const wp_bank_profile_t *profile;    /* for signed forms, otherwise NULL */
    apr_table_t *names;                  /* by language: the name that customers read */
    const char *our_id, *bank_id;        /* the bank's id for us, and its own */
    const char *url, *origin;            /* where orders are sent; its scheme and host */
    const char *iban, *name;             /* our account, and our name in the bank's messages */
    const char *bic;                     /* for an API that serves several banks, otherwise NULL */
    const wp_jws_algorithm_t *algorithm; /* of an API's signatures, otherwise NULL */
    const char *ca_file;                 /* replaces the system's certificate authorities, or NULL */
    int minutes;                         /* an order without news for this long counts as expired */
    wp_sign_key_t *own_key;
    wp_sign_key_t *own_certificate; /* the one given to the bank, or NULL */
    apr_array_header_t *bank_keys;  /* wp_sign_key_t *: several while the bank changes its key */
} wp_agreement_t;

typedef struct wp_agreements_t {
    apr_array_header_t *list; /* wp_agreement_t */
} wp_agreements_t;

/* Reads the file, strictly: an unknown member is an error, because it may be a misspelling. File names are relative to
 * the file itself. *error says file, row and remedy. */
apr_status_t wp_agreements_load(wp_agreements_t **agreements, apr_pool_t *pool, const char *file, const char **error);

/* Adds a sentence for each thing that will not work, or not for long: keys that do not match, certificates that expire,
 * a bank that does not know us (we ask it, if it can be asked). problems: const char *, in pool. */
void wp_agreement_check(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool,
                        apr_array_header_t *problems);

/* NULL if there is none with this key; agreements may be NULL. */
const wp_agreement_t *wp_agreement_find(const wp_agreements_t *agreements, const char *key);

#endif
