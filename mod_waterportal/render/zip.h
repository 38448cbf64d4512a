/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_ZIP_H
#define WP_RENDER_ZIP_H

#include <apr_file_io.h>
#include <apr_pools.h>
#include <stdint.h>

/* Larger archives are refused: nothing a person downloads here comes near it. */
#define WP_ZIP_MAX (64 * 1024 * 1024)

/* A ZIP archive that is written piece by piece into a file, so that its size costs no memory. */
typedef struct wp_zip_t wp_zip_t;

/* file: opened to write; must outlive it. at: the files' time, seconds since 1970. NULL: no memory. Ends with pool. */
wp_zip_t *wp_zip_open(apr_pool_t *pool, apr_file_t *file, int64_t at);

/* Begins the next file. name: ASCII, no folders. What goes wrong is told at the end. */
void wp_zip_begin(wp_zip_t *zip, const char *name);
void wp_zip_add(wp_zip_t *zip, const char *bytes, apr_size_t length);

/* Ends the archive. *length: its bytes. APR_EGENERAL: it is not whole, or larger than WP_ZIP_MAX. */
apr_status_t wp_zip_end(wp_zip_t *zip, apr_off_t *length);

#endif
