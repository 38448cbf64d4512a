/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_FILE_H
#define WP_BASE_FILE_H

#include <apr_file_info.h>
#include <apr_pools.h>

/* Lists, settings, statements, stylesheets and secrets: all have some thousands of bytes. */
#define WP_FILE_MAX_BYTES (1024 * 1024)

/* A whole file, in memory. */
typedef struct wp_file_t {
    char *bytes; /* in the pool; a NUL that is not of the file stands behind them */
    apr_size_t length;
    apr_fileperms_t protection; /* of the very file that was read */
} wp_file_t;

/* Reads a regular file of at most WP_FILE_MAX_BYTES. Otherwise *file is empty and *why is "PATH: what is wrong", in
 * pool: APR_EINVAL when it is no regular file or longer, else what APR says of opening and reading. Never waits for a
 * pipe. */
apr_status_t wp_file_read(wp_file_t *file, apr_pool_t *pool, const char *path, const char **why);

#endif
