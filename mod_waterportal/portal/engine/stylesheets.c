/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/portal.h"

#include <apr_strings.h>

#include "portal/section.h"

#include "base/banned.h"

/* Routes whose answer is not a page have their own stylesheets. */
static void add_sheets(apr_array_header_t *names, const wp_section_t *section)
{
    APR_ARRAY_PUSH(names, const char *) = apr_pstrcat(names->pool, "sections/", section->name, NULL);
    for (const wp_route_t *route = section->routes; route->name; route++) {
        if (route->sheet)
            APR_ARRAY_PUSH(names, const char *) = apr_pstrcat(names->pool, "sections/", route->sheet, NULL);
    }
}

const char *const *wp_portal_stylesheets(apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 16, sizeof(const char *));

    for (int i = 0; wp_sections[i]; i++)
        add_sheets(names, wp_sections[i]);
    APR_ARRAY_PUSH(names, const char *) = "error";
    APR_ARRAY_PUSH(names, const char *) = NULL;
    return (const char *const *)names->elts;
}
