/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_CONTACT_H
#define WP_SERVICE_CONTACT_H

#include "service/own_account.h"

/* A new e-mail address or telephone number becomes valid only when the code that was sent there is typed in. If the
 * old address was proved, it gets a code too, and both codes are required: its owner may be somebody else than the
 * person at the keyboard. A channel has at most one open change; a new one replaces it. */

#define WP_CONTACT_CODE_DIGITS 6
#define WP_CONTACT_MINUTES     30
#define WP_CONTACT_TRIES       5 /* wrong codes per change */
#define WP_CONTACT_CHANGES     5 /* changes within an hour, both channels together */

typedef struct wp_contact_wanted_t {
    const char *channel; /* "email" or "sms" */
    const char *value;   /* the new address, as domain/contact.h normalises it; NULL removes the one there is */
} wp_contact_wanted_t;

/* Why the account's address cannot become this one: it is already, and proved; there is none to remove; an account
 * keeps an e-mail address. WP_ERROR_NONE: it can. */
wp_error_t wp_contact_refusal(const wp_own_account_t *own, const wp_contact_wanted_t *wanted);

/* Records the change and queues the messages with the codes. An old address that was never proved may be a stranger's,
 * or mistyped: it is notified, but no code is required from it. *open: codes are awaited; false: none was required
 * (removing an address that was never proved), and the change is made.
 * REFUSED: as wp_contact_refusal() says. LIMITED: five changes within an hour (code CONTACT_TOO_OFTEN), or too many
 * codes to this address, whoever asked for them (ADDRESS_TOO_OFTEN). The field is always "value". */
apr_status_t wp_contact_propose(wp_act_t *act, const wp_contact_wanted_t *wanted, bool *open, wp_result_t *result);

/* For an account that was opened in this unit: asks for the proof of the addresses given with it. One that got too many
 * codes lately gets none, and can be proved later. */
apr_status_t wp_contact_ask_proof(wp_act_t *act, const wp_own_account_t *own);

typedef struct wp_contact_codes_t {
    const char *channel, *code, *old; /* as typed; NULL if not given */
} wp_contact_codes_t;

/* Which codes were wrong. */
typedef struct wp_contact_wrong_t {
    bool code, old;
    int left; /* attempts left */
} wp_contact_wrong_t;

/* Compares the codes and, if they are right, changes the account and notifies the old address. REFUSED: a code is wrong
 * (CODE_WRONG, after the last try CODE_SPENT; it is counted, so the unit must be committed), or there is no open change
 * (CODE_GONE): never proposed, replaced, expired, or ended by too many wrong codes. */
apr_status_t wp_contact_confirm(wp_act_t *act, const wp_contact_codes_t *codes, wp_contact_wrong_t *wrong,
                                wp_result_t *result);

#endif
