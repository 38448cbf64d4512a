/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_ZIP_H
#define WP_RENDER_ZIP_H

#include <apr_file_io.h>
#include <apr_pools.h>
#include <stdint.h>

/* Larger archives are refused; nothing that a person downloads here comes near this size. */
#define WP_ZIP_MAX (64 * 1024 * 1024)

/* A ZIP archive that is written to a file piece by piece, so that its size costs no memory. */
typedef struct wp_zip_t wp_zip_t;

/* file: open for writing; must outlive the archive. at: modification time of the files, in seconds since 1970. NULL:
 * out of memory. The archive ends with pool. */
wp_zip_t *wp_zip_open(apr_pool_t *pool, apr_file_t *file, int64_t at);

/* Begins the next file. name: ASCII, without folders. Errors are reported by wp_zip_end(). */
void wp_zip_begin(wp_zip_t *zip, const char *name);
void wp_zip_add(wp_zip_t *zip, const char *bytes, apr_size_t length);

/* Finishes the archive. *length: its size in bytes. APR_EGENERAL: it is incomplete, or larger than WP_ZIP_MAX. */
apr_status_t wp_zip_end(wp_zip_t *zip, apr_off_t *length);

#endif
