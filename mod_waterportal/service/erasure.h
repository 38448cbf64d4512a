/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ERASURE_H
#define WP_SERVICE_ERASURE_H

#include "service/own_account.h"

/* Requests to erase an account. The portal accepts them; whether the law allows the erasure is for people to decide,
 * and they settle a request. What the utility must keep by law stays (sql/store/erasure.sql). */

/* SAME: a request is open already. The person is told where they can be reached. */
apr_status_t wp_erasure_ask(wp_act_t *act, wp_result_t *result);

/* SAME: no request is open. */
apr_status_t wp_erasure_withdraw(wp_act_t *act, wp_result_t *result);

/* For staff and commands: erases the account of this request. UNKNOWN: there is no such request; CONFLICT: it was
 * withdrawn or is done; REFUSED with PAYING_ALREADY: a payment of this person is still under way. */
apr_status_t wp_erasure_settle(wp_act_t *act, const char *erasure, wp_result_t *result);

#endif
