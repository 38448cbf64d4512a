/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_ARGS_H
#define WP_DATA_ARGS_H

#include "data/db.h"

/* Internal to data/. */

/* The values of a query's placeholders in apr_dbd's form: text, pointers to int64, NULL for SQL NULL; in pool. NULL,
 * and *missing is the argument's name, if one is not bound or is bound to the other kind of value. */
const void **wp_args_values(const wp_args_t *args, apr_pool_t *pool, const wp_query_t *query, const char **missing);

/* text with every bound text value of at least three characters replaced by an ellipsis, because a driver's message may
 * quote what a person typed. In pool; never longer than text. */
const char *wp_args_redact(const wp_args_t *args, apr_pool_t *pool, const char *text);

#endif
