/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/delegation.h"

#include <stddef.h>
#include <string.h>

#include "domain/rights.h"

#include "base/banned.h"

#define LEVEL(name, rights) name,
const char *const wp_delegation_levels[] = {WP_LEVELS(LEVEL) NULL};

bool wp_delegation_is_strong(const char *level)
{
    return (wp_level_rights(level) & WP_RIGHT_PAY) != 0;
}

bool wp_delegation_is_whole(const char *level)
{
    return strcmp(level, "pay") == 0;
}

wp_date_t wp_delegation_latest(wp_date_t today)
{
    return wp_date_add_months(today, WP_DELEGATION_MONTHS);
}

wp_term_fault_t wp_delegation_term_fault(wp_date_t until, wp_date_t today, const wp_date_t *was)
{
    if (until <= today)
        return WP_TERM_PAST;
    if (until > wp_delegation_latest(today))
        return WP_TERM_FAR;
    return was && until <= *was ? WP_TERM_NOT_LATER : WP_TERM_FINE;
}
