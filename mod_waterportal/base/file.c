/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <apr_file_io.h>
#include <apr_strings.h>

#include "base/banned.h"

static apr_status_t fail(apr_pool_t *pool, const char *path, apr_status_t status, const char **why)
{
    *why = apr_psprintf(pool, "%s: %pm", path, &status);
    return status;
}

static apr_status_t check_kind(apr_pool_t *pool, const char *path, const apr_finfo_t *info, const char **why)
{
    *why = info->filetype != APR_REG                   ? apr_psprintf(pool, "%s: is no file", path)
           : info->size > (apr_off_t)WP_FILE_MAX_BYTES ? apr_psprintf(pool, "%s: has more than a megabyte", path)
                                                       : NULL;
    return *why ? APR_EINVAL : APR_SUCCESS;
}

static apr_status_t read_open(wp_file_t *file, apr_file_t *handle, const char *path, const char **why)
{
    apr_pool_t *pool = apr_file_pool_get(handle);
    apr_finfo_t info;
    apr_size_t length = 0;
    apr_status_t status = apr_file_info_get(&info, APR_FINFO_TYPE | APR_FINFO_SIZE | APR_FINFO_PROT, handle);

    if (status != APR_SUCCESS)
        return fail(pool, path, status, why);
    status = check_kind(pool, path, &info, why);
    if (status != APR_SUCCESS)
        return status;
    char *bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
    status = apr_file_read_full(handle, bytes, (apr_size_t)info.size, &length);
    if (status != APR_SUCCESS && !APR_STATUS_IS_EOF(status))
        return fail(pool, path, status, why);
    bytes[length] = '\0';
    *file = (wp_file_t){bytes, length, info.protection};
    return APR_SUCCESS;
}

apr_status_t wp_file_read(wp_file_t *file, apr_pool_t *pool, const char *path, const char **why)
{
    apr_file_t *handle;
    /* without APR_FOPEN_NONBLOCK a pipe would be waited for until somebody writes into it */
    apr_status_t status = apr_file_open(&handle, path, APR_FOPEN_READ | APR_FOPEN_BINARY | APR_FOPEN_NONBLOCK,
                                        APR_FPROT_OS_DEFAULT, pool);

    *file = (wp_file_t){NULL, 0, 0};
    if (status != APR_SUCCESS)
        return fail(pool, path, status, why);
    status = read_open(file, handle, path, why);
    apr_file_close(handle);
    return status;
}
