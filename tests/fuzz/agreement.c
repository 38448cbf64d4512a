/* SPDX-License-Identifier: Apache-2.0 */
/* The file of agreements: read whole or refused with a reason; nothing half. Keys it may name are not there. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bank/agreement.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int file = memfd_create("agreements", 0);
    wp_agreements_t *agreements;
    const char *error = NULL;

    if (file < 0 || fchmod(file, 0600) != 0 || write(file, data, size) != (ssize_t)size)
        abort();
    apr_pool_t *pool = fuzz_pool_open();
    apr_status_t status = wp_agreements_load(&agreements, pool, apr_psprintf(pool, "/proc/self/fd/%d", file), &error);
    CLAIM(status != APR_SUCCESS && !agreements && error && *error != '\0');
    fuzz_pool_close(pool);
    close(file);
    return 0;
}
