/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_TARIFF_H
#define WP_DOMAIN_TARIFF_H

#include <stddef.h>
#include <stdint.h>

#include "domain/date.h"

/* Why an invoice line has its sum: the use, priced by the tariffs in force. The portal explains invoices, it does not
 * make them; if billing computed another sum, that sum is shown beside ours. */

/* A price with its first day, without VAT. */
typedef struct wp_tariff_t {
    wp_date_t since; /* first day */
    int64_t price;   /* 1/10000 EUR per m³ */
} wp_tariff_t;

/* Days of a billing period with one price, and the part of the use that falls on them. */
typedef struct wp_tariff_part_t {
    wp_date_t from, until; /* both included */
    int64_t litres, price;
} wp_tariff_part_t;

#define WP_TARIFF_PARTS_MAX 12

/* Divides the use of a period (first to last day, both included) over its tariffs. Use is assumed to be even over the
 * days; halves are rounded up:
 *     round(litres × days up to a part's end ÷ all days) − round(litres × days up to its begin ÷ all days)
 * so that the parts are whole litres and add up exactly. tariffs: of one service and group, ascending by since.
 * Returns the number of parts; 0 if no tariff applies on the first day, the period is invalid, or there are too many
 * changes in it. */
size_t wp_tariff_split(const wp_tariff_t *tariffs, size_t count, const wp_date_t period[2], int64_t litres,
                       wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX]);

/* The line's net amount in cents: all parts together, rounded once, half up (EN 16931 BT-131). */
int64_t wp_tariff_net(const wp_tariff_part_t *parts, size_t count);

#endif
