/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_CASE_H
#define WP_SERVICE_CASE_H

#include "service/act.h"
#include "store/cases.h"

/* Settling what the portal left to people. Each kind of case has its own ways of being settled; the header of the
 * service that opens a kind names them (attach.h, movement.h, payment_news.h). */

/* Why a case cannot be settled like this; the detail of a CONFLICT. */
#define WP_CASE_SETTLED   "settled"   /* it was settled before, not as refused */
#define WP_CASE_ERASED    "erased"    /* what it was about was erased with its account */
#define WP_CASE_OVERTAKEN "overtaken" /* the state is no longer the one that the case tells of */

/* For staff and commands: carries the decision out and closes the case, together. DONE. UNKNOWN: there is no such case.
 * REFUSED (how): not a way to settle this kind. CONFLICT: as above. */
apr_status_t wp_case_settle(wp_act_t *act, const wp_case_decision_t *decision, wp_result_t *result);

#endif
