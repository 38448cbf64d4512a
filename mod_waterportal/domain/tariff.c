/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/tariff.h"

#include "domain/money.h"

#include "base/banned.h"

static const wp_tariff_t *in_force(const wp_tariff_t *tariffs, size_t count, wp_date_t day)
{
    const wp_tariff_t *found = NULL;
    for (size_t i = 0; i < count && tariffs[i].since <= day; i++)
        found = &tariffs[i];
    return found;
}

/* The last day on which the price of a day applies, not after the end of the period. */
static wp_date_t last_day(const wp_tariff_t *tariff, const wp_tariff_t *end, wp_date_t until)
{
    return tariff + 1 < end && tariff[1].since <= until ? tariff[1].since - 1 : until;
}

size_t wp_tariff_split(const wp_tariff_t *tariffs, size_t count, const wp_date_t period[2], int64_t litres,
                       wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX])
{
    const wp_tariff_t *tariff = in_force(tariffs, count, period[0]);
    int64_t days = (int64_t)period[1] - period[0] + 1, before = 0;
    size_t made = 0;

    if (!tariff || days <= 0)
        return 0;
    for (wp_date_t from = period[0]; from <= period[1]; tariff++) {
        wp_date_t until = last_day(tariff, tariffs + count, period[1]);
        int64_t up_to = wp_money_scale(litres, (int64_t)until - period[0] + 1, days);
        if (made == WP_TARIFF_PARTS_MAX)
            return 0;
        parts[made++] = (wp_tariff_part_t){from, until, up_to - before, tariff->price};
        before = up_to;
        from = until + 1;
    }
    return made;
}

int64_t wp_tariff_net(const wp_tariff_part_t *parts, size_t count)
{
    int64_t units = 0;
    for (size_t i = 0; i < count; i++)
        units += parts[i].litres * parts[i].price;
    return wp_money_line(units, 1);
}
