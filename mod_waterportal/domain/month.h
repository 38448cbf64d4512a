/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_MONTH_H
#define WP_DOMAIN_MONTH_H

#include <stdbool.h>

#include "domain/date.h"

/* A calendar month as a number: 12 times the year, plus 0 for January to 11 for December. Differences are
 * numbers of months. */
typedef int wp_month_t;

#define WP_MONTH_SIZE 8 /* "2026-11" and NUL */

wp_month_t wp_month_make(int year, int month);
wp_month_t wp_month_of(wp_date_t date);
int wp_month_year(wp_month_t month);

/* 1 to 12. */
int wp_month_in_year(wp_month_t month);

wp_date_t wp_month_first_day(wp_month_t month);
wp_date_t wp_month_last_day(wp_month_t month);
int wp_month_days(wp_month_t month);

/* The last month of the group of `size` months (1, 3, 12) that contains `from`, at most `until`. */
wp_month_t wp_month_group_end(wp_month_t from, int size, wp_month_t until);

/* "2026-11" as browsers send it, or "11.2026", "11/2026" and "2026.11" as people write it; years 1900 to 2999. False
 * and *month unchanged for anything else. */
bool wp_month_parse(const char *text, wp_month_t *month);
void wp_month_format(wp_month_t month, char text[WP_MONTH_SIZE]);

#endif
