/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/month.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

wp_month_t wp_month_make(int year, int month)
{
    return year * 12 + month - 1;
}

wp_month_t wp_month_of(wp_date_t date)
{
    wp_civil_t c = wp_date_split(date);
    return wp_month_make(c.year, c.month);
}

int wp_month_year(wp_month_t month)
{
    return month / 12;
}

int wp_month_in_year(wp_month_t month)
{
    return month % 12 + 1;
}

wp_date_t wp_month_first_day(wp_month_t month)
{
    return wp_date_make(wp_month_year(month), wp_month_in_year(month), 1);
}

wp_date_t wp_month_last_day(wp_month_t month)
{
    return wp_date_make(wp_month_year(month), wp_month_in_year(month), wp_month_days(month));
}

int wp_month_days(wp_month_t month)
{
    return wp_date_days_in_month(wp_month_year(month), wp_month_in_year(month));
}

wp_month_t wp_month_group_end(wp_month_t from, int size, wp_month_t until)
{
    wp_month_t end = from - from % size + size - 1;
    return end < until ? end : until;
}

/* At most `most` digits; returns the text after them, or NULL. */
static const char *read_digits(const char *text, size_t most, int *number)
{
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > most)
        return NULL;
    *number = 0;
    for (size_t i = 0; i < length; i++)
        *number = *number * 10 + (text[i] - '0');
    return text + length;
}

bool wp_month_parse(const char *text, wp_month_t *month)
{
    int first, second;
    const char *at = read_digits(text, 4, &first);

    if (!at || !strchr("-./", *at) || *at == '\0')
        return false;
    bool year_first = at - text == 4;
    const char *end = read_digits(at + 1, year_first ? 2 : 4, &second);
    if (!end || *end != '\0')
        return false;
    int year = year_first ? first : second;
    int in_year = year_first ? second : first;
    if (year < 1900 || year > 2999 || in_year < 1 || in_year > 12)
        return false;
    *month = wp_month_make(year, in_year);
    return true;
}

void wp_month_format(wp_month_t month, char text[WP_MONTH_SIZE])
{
    snprintf(text, WP_MONTH_SIZE, "%04u-%02u", (unsigned)wp_month_year(month) % 10000u,
             (unsigned)wp_month_in_year(month) % 100u);
}
