/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_STATEMENT_H
#define WP_BANK_STATEMENT_H

#include <apr_pools.h>
#include <stdbool.h>
#include <stdint.h>

/* The bank's statement of our account: ISO 20022 camt.053.001.02 and camt.053.001.08, read as a stream. */

/* One movement: an entry, or one transaction of an entry that combines many. Texts live until the next movement. */
typedef struct wp_statement_entry_t {
    const char *iban;      /* our account */
    const char *booked_on; /* YYYY-MM-DD */
    int64_t cents;
    const char *currency;
    bool credit;            /* money received */
    bool reversal;          /* an earlier movement is reversed */
    const char *entry_ref;  /* the bank's reference for the entry (AcctSvcrRef); with index, it identifies a movement */
    int index;              /* 0, 1, … within the entry */
    const char *end_to_end; /* EndToEndId, or NULL; "NOTPROVIDED" becomes NULL */
    const char *reference;  /* structured creditor reference (RF…), or NULL */
    const char *text;       /* remittance text, lines joined by spaces; or NULL */
} wp_statement_entry_t;

/* Takes one booked movement (status BOOK; movements that are only announced are skipped). Any status other than
 * APR_SUCCESS stops the reading. */
typedef apr_status_t (*wp_statement_take_t)(void *baton, const wp_statement_entry_t *entry, apr_pool_t *pool);

/* Reads a file, which may be hostile: a document type declaration is refused, nothing is fetched, no text may be
 * longer than 1 KiB, and nesting is bounded. APR_EGENERAL: *error says what is wrong; movements before that
 * place were taken. */
apr_status_t wp_statement_read(const char *file, wp_statement_take_t take, void *baton, apr_pool_t *pool,
                               const char **error);

#endif
