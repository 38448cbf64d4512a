/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_HAND_OVER_H
#define WP_SERVICE_HAND_OVER_H

#include "service/act.h"

/* Remembers what billing was given: rows of the statement export_payments, as they were printed or sent. Only the first
 * time counts, so it does no harm to give a row again; billing is given each until it shows it. */
apr_status_t wp_hand_over_payments(wp_act_t *act, const wp_rows_t *given);

#endif
