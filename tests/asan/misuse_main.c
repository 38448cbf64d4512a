/* SPDX-License-Identifier: Apache-2.0 */
/* misuse CASE: the cases of misuse.c in a program; exit status 3 when there is no such case. */
#include <stdio.h>

#include <apr_general.h>

#include "misuse.h"

int main(int count, char **arguments)
{
    apr_pool_t *pool;
    if (count != 2 || apr_initialize() || apr_pool_create(&pool, NULL))
        return 3;
    const char *error = wp_misuse(arguments[1], pool);
    if (error)
        fprintf(stderr, "%s: %s\n", arguments[1], error);
    apr_terminate();
    return error ? 3 : 0;
}
