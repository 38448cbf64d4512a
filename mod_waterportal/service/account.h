/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ACCOUNT_H
#define WP_SERVICE_ACCOUNT_H

#include "service/consent.h"

/* Opening an account, and the contracts that a person connects to it: the person code of the contract's holder in
 * billing must be the person's, or the person must be a listed representative. */

#define WP_REGISTRATION_TRIES 5 /* refused within an hour, per person */

/* How a person without an account wants to be contacted. */
typedef struct wp_new_account_t {
    const char *email;    /* as domain/contact.h normalises it; an account has one */
    const char *phone;    /* likewise; NULL: none */
    const char *language; /* of wp_contact_languages; NULL: the actor's */
    const char *quiet;    /* of wp_quiet_hours; NULL: the usual hours */
} wp_new_account_t;

/* Opens an account with the actor's login and person code; from now on the act is the account's. CONFLICT: another tab
 * or another login of this person was faster, or the actor has one. REFUSED: EMAIL_REQUIRED (field "email"), CHOICE (a
 * language or hours that there are not). */
apr_status_t wp_account_open(wp_act_t *act, const wp_new_account_t *wanted, wp_result_t *result);

typedef struct wp_registration_t {
    const char *contract; /* as typed */
    wp_new_account_t person;
    wp_consents_t consents; /* of a new account */
} wp_registration_t;

/* Does it want text messages and name no telephone? */
bool wp_registration_lacks_phone(const wp_registration_t *wanted);

/* Connects a contract, and opens an account first if the actor has none. The number is read as it was meant
 * (domain/contract_number.h), but only the person's own contracts are compared with it. A number that is wrong,
 * somebody else's or unknown gets the same answer after the same statements and writes, so that nothing can be learned
 * by trying. Attempts of one person, and attempts at one contract, come one after the other. DONE: detail is the
 * contract's number as billing writes it. SAME: the account has it; detail likewise. REFUSED: CONTRACT_NOT_FOUND, which
 * is counted; CONTRACT_AMBIGUOUS: it could be several of the person's own, and no guess, so it is not counted. LIMITED:
 * too many refused within an hour (code TOO_MANY_TRIES). The field is "contract". CONFLICT: as for opening. */
apr_status_t wp_account_register(wp_act_t *act, const wp_registration_t *wanted, wp_result_t *result);

/* Removes the contract from the account; rights given on it end with it. SAME: it was removed before. UNKNOWN: the
 * account never had it. It can be registered again. */
apr_status_t wp_account_end_contract(wp_act_t *act, const char *contract, wp_result_t *result);

#endif
