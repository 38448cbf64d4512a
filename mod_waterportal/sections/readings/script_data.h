/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SECTIONS_READINGS_SCRIPT_DATA_H
#define WP_SECTIONS_READINGS_SCRIPT_DATA_H

#include <apr_pools.h>

#include "domain/reading/check.h"

/* What htdocs/js/readings.js needs to compute while a person types: the input of the rules for readings in the format
 * of the vector files (docs/vectors.md, subject readings), without the typed values. In pool. */
const char *wp_reading_script_data(apr_pool_t *pool, const char *meter_id, const wp_reading_input_t *input);

#endif
