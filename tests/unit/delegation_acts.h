/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DELEGATION_ACTS_H
#define DELEGATION_ACTS_H

#include "service_fixture.h"

#include "service/delegation.h"

/* What the tests of rights given to others do and look at (service_fixture.h has the town). */

#define STRANGER "PNOLV-32000000004" /* svesa's */
#define NOBODY   "PNOLV-32000000050" /* of a person without an account */
#define DAYS(n)  ((n)*24 * 3600)

typedef struct offer_t {
    wp_delegation_wanted_t wanted;
    wp_delegation_given_t given;
} offer_t;

/* On 10-00001, until 2027-05-31, for "Līga", whoever looks at it. */
offer_t offer_of(const char *level, const char *receiver);

/* Units of work, for act_of() and races. Baton: an offer_t; for answers and ends a name, for extend a term. */
apr_status_t give_it(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t confirm_it(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t accept_it(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t refuse_it(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t extend_it(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t revoke_it(wp_act_t *act, void *baton, wp_result_t *result);

wp_result_t act_of(wp_actor_t actor, wp_once_run_t run, const void *baton);
wp_result_t give_as(wp_actor_t actor, offer_t *offer);

void assert_refused(wp_result_t result, wp_error_t code, const char *field);

/* Made by anna, and confirmed if need be: the id, or of an invitation the secret. */
const char *offered(const char *level, const char *receiver);

/* What is written: the state; how often in the audit log; how many messages to an address. */
const char *state_of(const char *id);
int logged(const char *action, const char *id);
int told(const char *email);

#endif
