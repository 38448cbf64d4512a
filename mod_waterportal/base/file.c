/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <apr_file_io.h>

#include "base/banned.h"

static apr_status_t read_open(wp_file_t *file, apr_pool_t *pool, apr_file_t *handle, apr_size_t most)
{
    apr_finfo_t info;
    apr_size_t length = 0;
    apr_status_t status = apr_file_info_get(&info, APR_FINFO_TYPE | APR_FINFO_SIZE | APR_FINFO_PROT, handle);

    if (status == APR_SUCCESS && (info.filetype != APR_REG || info.size > (apr_off_t)most))
        status = APR_EINVAL;
    if (status != APR_SUCCESS)
        return status;
    char *bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
    status = apr_file_read_full(handle, bytes, (apr_size_t)info.size, &length);
    if (status != APR_SUCCESS && !APR_STATUS_IS_EOF(status))
        return status;
    bytes[length] = '\0';
    *file = (wp_file_t){bytes, length, info.protection};
    return APR_SUCCESS;
}

apr_status_t wp_file_read(wp_file_t *file, apr_pool_t *pool, const char *path, apr_size_t most)
{
    apr_file_t *handle;
    apr_status_t status = apr_file_open(&handle, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);

    *file = (wp_file_t){NULL, 0, 0};
    if (status != APR_SUCCESS)
        return status;
    status = read_open(file, pool, handle, most);
    apr_file_close(handle);
    return status;
}
