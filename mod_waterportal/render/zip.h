/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_ZIP_H
#define WP_RENDER_ZIP_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdint.h>

typedef struct wp_zip_entry_t {
    const char *name; /* ASCII, no folders */
    const char *bytes;
    apr_size_t length;
} wp_zip_entry_t;

/* Larger archives are refused: nothing a person downloads here comes near it. */
#define WP_ZIP_MAX (64 * 1024 * 1024)

/* entries: wp_zip_entry_t. Files in one ZIP archive, deflated, in pool. at: their time, seconds since 1970.
 * APR_EGENERAL: not made. */
apr_status_t wp_zip_make(apr_pool_t *pool, const apr_array_header_t *entries, int64_t at, const char **bytes,
                         apr_size_t *length);

#endif
