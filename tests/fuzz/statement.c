/* SPDX-License-Identifier: Apache-2.0 */
/* Bank statements: whatever the file is, each movement that is given has what it must have, and the reading ends. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "domain/date.h"
#include "bank/statement.h"

#include "base/banned.h"

static apr_status_t take(void *baton, const wp_statement_entry_t *entry, apr_pool_t *pool)
{
    wp_date_t day;
    int *taken = baton;
    (void)pool;
    CLAIM(entry->index >= 0 && entry->statement >= 0 && entry->line > 0);
    if (entry->lack == WP_ENTRY_WHOLE)
        CLAIM(entry->iban && entry->currency && entry->cents > 0 && entry->booked_on);
    if (entry->lack == WP_ENTRY_SUM)
        CLAIM(entry->whole_cents != entry->parts_cents);
    CLAIM(!entry->booked_on || wp_date_parse_iso(entry->booked_on, &day));
    CLAIM(!entry->text || strlen(entry->text) > 0);
    ++*taken;
    return APR_SUCCESS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int file = memfd_create("statement", 0), taken = 0;
    const char *error;

    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    apr_pool_t *pool = fuzz_pool_open();
    apr_status_t status = wp_statement_read(apr_psprintf(pool, "/proc/self/fd/%d", file), take, &taken, pool, &error);
    CLAIM((status == APR_SUCCESS) == (error == NULL));
    fuzz_pool_close(pool);
    close(file);
    return 0;
}
