/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/portal.h"

#include <apr_strings.h>

#include "portal/section.h"

#include "base/banned.h"

const char *const *wp_portal_stylesheets(apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 16, sizeof(const char *));

    for (int i = 0; wp_sections[i]; i++)
        APR_ARRAY_PUSH(names, const char *) = apr_pstrcat(pool, "sections/", wp_sections[i]->name, NULL);
    APR_ARRAY_PUSH(names, const char *) = "error";
    APR_ARRAY_PUSH(names, const char *) = NULL;
    return (const char *const *)names->elts;
}
