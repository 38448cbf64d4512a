/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_CONTACT_CHANGE_H
#define WP_PORTAL_CONTACT_CHANGE_H

#include "portal/page.h"

/* A new e-mail address or telephone number becomes valid only when the code that was sent there is typed in. If the
 * old address was proved, it gets a code too, and both codes are required. Everything happens in the write
 * transaction of a save(), for the account in the page's values. */

#define WP_CONTACT_CODE_DIGITS 6
#define WP_CONTACT_MINUTES     30
#define WP_CONTACT_TRIES       5 /* wrong codes per change */
#define WP_CONTACT_CHANGES     5 /* changes within an hour, both channels together */

typedef struct wp_contact_change_t {
    const char *channel; /* "email" or "sms" */
    const char *value;   /* the new address; NULL removes the address */
    const char *old;     /* the current address, or NULL */
    bool old_proved;
    const char *language; /* of the messages */
} wp_contact_change_t;

/* Records the change, replacing an open one, and queues the messages with the codes. An old address that was never
 * proved may be a stranger's, or mistyped: it is notified, but no code is required from it. If no code is required
 * at all (removing an address that was never proved), the change is made at once and *open is false. */
apr_status_t wp_contact_propose(wp_page_t *page, const wp_contact_change_t *change, bool *open);

/* In a write transaction, before a code is sent to an address that somebody typed, which may be a stranger's. *may:
 * the address did not get too many codes lately, whoever caused them. Counts this one. */
apr_status_t wp_contact_may_send(wp_page_t *page, const char *address, bool *may);

typedef struct wp_contact_verdict_t {
    bool done;
    bool gone;      /* there is no open change: never proposed, replaced, expired, or ended by too many wrong codes */
    bool code, old; /* this code was wrong */
    int left;       /* attempts left after a wrong code */
} wp_contact_verdict_t;

typedef struct wp_contact_codes_t {
    const char *channel, *code, *old; /* as typed; NULL if not given */
} wp_contact_codes_t;

/* Compares the codes and, if they are right, changes the account and notifies the old address. A wrong code is
 * counted, so the transaction must be committed in that case too. */
apr_status_t wp_contact_confirm(wp_page_t *page, const wp_contact_codes_t *codes, wp_contact_verdict_t *verdict);

#endif
