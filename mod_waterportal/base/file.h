/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_FILE_H
#define WP_BASE_FILE_H

#include <apr_file_info.h>
#include <apr_pools.h>

/* A whole file, in memory. */
typedef struct wp_file_t {
    char *bytes; /* in the pool; followed by a NUL that is not part of the file */
    apr_size_t length;
    apr_fileperms_t protection; /* of the file that was read */
} wp_file_t;

/* Reads a regular file of at most so many bytes. APR_EINVAL if it is not a regular file or is longer, otherwise APR's
 * status of opening and reading; *file is then empty. */
apr_status_t wp_file_read(wp_file_t *file, apr_pool_t *pool, const char *path, apr_size_t most);

#endif
