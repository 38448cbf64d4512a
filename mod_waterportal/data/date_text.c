/* SPDX-License-Identifier: Apache-2.0 */
#include "data/date_text.h"

#include "base/banned.h"

const char *wp_date_text(apr_pool_t *pool, wp_date_t date)
{
    char *text = apr_palloc(pool, WP_DATE_SIZE);
    wp_date_format_iso(date, text);
    return text;
}

const char *wp_instant_text(apr_pool_t *pool, wp_instant_t instant)
{
    char *text = apr_palloc(pool, WP_INSTANT_SIZE);
    wp_instant_format(instant, text);
    return text;
}
