/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_DATE_TEXT_H
#define WP_DATA_DATE_TEXT_H

#include <apr_pools.h>

#include "domain/date.h"

/* As in the database and in page documents, in pool: a date as "2026-11-22", an instant as "2026-11-22T13:42:00Z". */
const char *wp_date_text(apr_pool_t *pool, wp_date_t date);
const char *wp_instant_text(apr_pool_t *pool, wp_instant_t instant);

#endif
