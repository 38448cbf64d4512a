/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BANK_STATEMENT_H
#define WP_BANK_STATEMENT_H

#include <apr_pools.h>
#include <stdbool.h>
#include <stdint.h>

/* The bank's statement of our account: ISO 20022 camt.053.001.02 to .13, alone or inside an envelope, read as a stream.
 * Elements that the standard calls optional are optional here. An entry that cannot be understood is given with what it
 * lacks and stops nothing. */

typedef enum wp_entry_lack_t {
    WP_ENTRY_WHOLE,
    WP_ENTRY_NO_ACCOUNT, /* the statement is of an account without an IBAN */
    WP_ENTRY_NO_DAY,     /* neither a booking day nor a value day */
    WP_ENTRY_SUM,        /* its transactions do not add up to it: which of them is wrong nobody knows */
    WP_ENTRY_NO_AMOUNT   /* none that is a whole number of cents, or one of several transactions does not say its own */
} wp_entry_lack_t;

/* One movement: an entry, or one transaction of an entry that gathers several. Texts live until the next one. */
typedef struct wp_statement_entry_t {
    wp_entry_lack_t lack;
    long line;             /* of the file, to name it to people */
    const char *iban;      /* our account, or NULL */
    const char *booked_on; /* YYYY-MM-DD: the booking day, or the value day where only that is given; or NULL */
    int64_t cents;         /* above 0, unless the amount is lacking */
    const char *currency;
    bool credit;              /* money came */
    bool reversal;            /* RvslInd: an earlier movement is taken back */
    bool returned;            /* RtrInf: a payment came back, whatever RvslInd says */
    const char *entry_ref;    /* the bank's reference (AcctSvcrRef), or NULL; banks use one again */
    int statement;            /* 0, 1, …: which statement of the file */
    const char *statement_id; /* its Id, with its part and its place among statements of the same id; never NULL */
    int index;                /* 0, 1, … within the entry */
    int64_t whole_cents;      /* the amount of the entry; with WP_ENTRY_SUM not the sum of its transactions' */
    int64_t parts_cents;      /* that sum: those of the other direction are deducted */
    const char *end_to_end;   /* EndToEndId, or NULL; "NOTPROVIDED" is NULL */
    const char *reference;    /* the structured creditor references, joined by spaces; or NULL */
    const char *text;         /* all free text about the movement, joined by spaces; or NULL */
} wp_statement_entry_t;

/* Takes one booked movement; what is only announced (status other than BOOK) and movements of zero are passed over.
 * Another status than APR_SUCCESS ends the reading. */
typedef apr_status_t (*wp_statement_take_t)(void *baton, const wp_statement_entry_t *entry, apr_pool_t *pool);

/* Reads a file. Nothing of it is believed as a program: a document type declaration is refused, nothing is fetched, no
 * text may be longer than 1 KiB, nesting is bounded. APR_EGENERAL: the file itself is wrong; *error says where and
 * what, and movements before that place were taken. */
apr_status_t wp_statement_read(const char *file, wp_statement_take_t take, void *baton, apr_pool_t *pool,
                               const char **error);

/* "account", "day", "sum", "amount"; "" of a whole one */
const char *wp_entry_lack_name(wp_entry_lack_t lack);

#endif
