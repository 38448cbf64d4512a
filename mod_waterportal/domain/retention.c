/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/retention.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

#define ROW(name, table, days, least) {name, #table, days, least},
const wp_retention_t wp_retentions[] = {WP_RETENTIONS(ROW){NULL, NULL, 0, 0}};
#undef ROW

const wp_retention_t *wp_retention_find(const char *name)
{
    for (const wp_retention_t *retention = wp_retentions; retention->name; retention++) {
        if (strcmp(retention->name, name) == 0)
            return retention->least > 0 ? retention : NULL;
    }
    return NULL;
}

bool wp_retention_allows(const wp_retention_t *retention, long days)
{
    return days >= retention->least && days <= WP_RETENTION_MOST;
}
