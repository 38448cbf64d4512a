/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_CONTACT_CHANGE_H
#define WP_PORTAL_CONTACT_CHANGE_H

#include "portal/page.h"

/* A new e-mail address or telephone number counts only when a code that was sent there came back; an address that was
 * proved before gets a code too, and both must come back. Everything happens in the write transaction of a save(), for
 * the account that the page's values name. */

#define WP_CONTACT_CODE_DIGITS 6
#define WP_CONTACT_MINUTES     30
#define WP_CONTACT_TRIES       5 /* wrong codes for one change */
#define WP_CONTACT_ASKS        5 /* changes within an hour, both channels together */

typedef struct wp_contact_change_t {
    const char *channel; /* "email" or "sms" */
    const char *value;   /* the new address; NULL takes the address away */
    const char *old;     /* the address of now, or NULL */
    bool old_proved;
    const char *language; /* of the messages */
} wp_contact_change_t;

/* Writes the change down, in place of one that is open, and the messages with the codes. An old address that was never
 * proved may be a stranger's, or mistyped: it is told, but not asked. Nothing to be asked of anybody (an address that
 * was never proved is taken away): done at once, *open false. */
apr_status_t wp_contact_propose(wp_page_t *page, const wp_contact_change_t *change, bool *open);

/* In a write transaction, before a code is sent to an address that was typed, which may be a stranger's: *may: it did
 * not get too many of them lately, whoever caused them. Counts this one. */
apr_status_t wp_contact_may_send(wp_page_t *page, const char *address, bool *may);

typedef struct wp_contact_verdict_t {
    bool done;
    bool gone;      /* there is no open change: never asked, replaced, too late, or too many wrong codes before */
    bool code, old; /* this code was wrong */
    int left;       /* tries left after a wrong one */
} wp_contact_verdict_t;

typedef struct wp_contact_codes_t {
    const char *channel, *code, *old; /* as typed; NULL: not given */
} wp_contact_codes_t;

/* Compares the codes and, when they are right, changes the account and tells the old address. A wrong one is counted:
 * the transaction must be kept then too. */
apr_status_t wp_contact_confirm(wp_page_t *page, const wp_contact_codes_t *codes, wp_contact_verdict_t *verdict);

#endif
