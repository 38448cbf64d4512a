/* SPDX-License-Identifier: Apache-2.0 */
#include "town/series.h"

#include "base/banned.h"

/* A series while it is being built. uses[k]: litres between the readings of k + 1 and k months ago. */
typedef struct build_t {
    wp_demo_series_t *series;
    const wp_demo_point_t *point;
    wp_date_t days[WP_DEMO_MONTHS_MAX + 1];
    int64_t uses[WP_DEMO_MONTHS_MAX + 1];
    int last; /* the month of the last monthly reading */
} build_t;

/* Consumption of each month in thousandths of the annual average, January first. */
static const int season[][12] = {
    [WP_DEMO_HOUSE] = {960, 950, 960, 990, 1050, 1090, 1110, 1090, 1030, 980, 960, 970},
    [WP_DEMO_GARDEN] = {0, 0, 0, 0, 1500, 3200, 4100, 2700, 500, 0, 0, 0},
    [WP_DEMO_SAUNA] = {1500, 1400, 1200, 1000, 700, 500, 400, 500, 800, 1100, 1300, 1600},
    [WP_DEMO_FLAT] = {1030, 1020, 1010, 1000, 990, 980, 960, 970, 1000, 1010, 1010, 1020},
    [WP_DEMO_BUSINESS] = {1040, 1040, 1050, 1040, 1020, 950, 800, 820, 1040, 1070, 1070, 1060},
    [WP_DEMO_UNUSED] = {0},
};

wp_date_t wp_demo_month_day(wp_date_t as_of, int months_ago, int day)
{
    wp_civil_t c = wp_date_split(as_of);
    int month = c.year * 12 + c.month - 1 - months_ago;
    int length = wp_date_days_in_month(month / 12, month % 12 + 1);
    return wp_date_make(month / 12, month % 12 + 1, day < length ? day : length);
}

static int64_t counter_size(const wp_demo_point_t *point)
{
    int64_t size = 1000;
    for (int i = 0; i < point->digits; i++)
        size *= 10;
    return size;
}

/* What the counter shows after this many litres: wrapped at its end, truncated to its last wheel. */
static int64_t counter_show(const wp_demo_point_t *point, int64_t total_l)
{
    int64_t unit = 1000;
    for (int i = 0; i < point->decimals; i++)
        unit /= 10;
    return total_l % counter_size(point) / unit * unit;
}

static void plan_months(build_t *b, wp_date_t as_of, wp_demo_random_t *random)
{
    const wp_demo_point_t *point = b->point;

    for (int k = point->months; k >= b->last; k--) {
        int day = point->read_day != 0 ? point->read_day : (int)wp_demo_random_between(random, 20, 28);
        b->days[k] = wp_demo_month_day(as_of, k, point->remote ? 31 : day);
        if (k == point->months)
            continue;
        int days = b->days[k] - b->days[k + 1];
        int month = wp_date_split(b->days[k]).month;
        int64_t daily = (int64_t)point->daily_l * season[point->use][month - 1] *
                        wp_demo_random_between(random, 880, 1120) / 1000000;
        if (k - b->last < point->leak) /* each month of a leak adds half of the usual consumption */
            daily += (int64_t)point->daily_l * (point->leak - (k - b->last)) / 2;
        b->uses[k] = daily * days;
    }
}

/* The counter at the first reading, in litres. */
static int64_t start_of(const build_t *b)
{
    const wp_demo_point_t *point = b->point;
    if (point->rollover == 0)
        return (int64_t)point->start_m3 * 1000;
    int64_t before = b->uses[point->rollover] / 2;
    for (int k = point->months - 1; k > point->rollover; k--)
        before += b->uses[k];
    return counter_size(point) - before;
}

static void add(build_t *b, wp_date_t on, wp_reading_kind_t kind, int64_t total_l)
{
    wp_demo_series_t *series = b->series;
    series->reading[series->count++] = (wp_reading_t){.device = series->devices - 1,
                                                      .on = on,
                                                      .kind = kind,
                                                      .litres = counter_show(b->point, total_l)};
}

/* The old meter is removed ten days before the month's reading; it was verified until the end of the following month.
 * Returns how much of the month's consumption the old meter counted. */
static int64_t swap(build_t *b, int month, int64_t total_l)
{
    wp_demo_series_t *series = b->series;
    wp_date_t on = b->days[month] - 10;
    int64_t before = b->uses[month] * (on - b->days[month + 1]) / (b->days[month] - b->days[month + 1]);

    add(b, on, WP_READING_SWAP_END, total_l + before);
    series->device[0].removed_on = on;
    series->device[0].verified_until = wp_demo_month_day(on, -1, 31);
    series->device[1].installed_on = on;
    series->devices = 2;
    add(b, on, WP_READING_SWAP_START, 0);
    return before;
}

static wp_reading_kind_t kind_of(const wp_demo_point_t *point, int month)
{
    if (point->missing & WP_DEMO_MONTH(month))
        return WP_READING_MISSING;
    if (point->estimated & WP_DEMO_MONTH(month))
        return WP_READING_ESTIMATED;
    return point->remote ? WP_READING_REMOTE : WP_READING_READ;
}

static int64_t add_months(build_t *b)
{
    int64_t total = start_of(b);

    add(b, b->days[b->point->months], WP_READING_STAFF, total);
    for (int k = b->point->months - 1; k >= b->last; k--) {
        wp_reading_kind_t kind = kind_of(b->point, k);
        if (k == b->point->swap && k > 0)
            total = -swap(b, k, total);
        total += b->uses[k];
        add(b, b->days[k], kind, kind == WP_READING_ESTIMATED ? total - b->uses[k] / 10 : total);
    }
    return total;
}

void wp_demo_series_make(wp_demo_series_t *series, const wp_demo_point_t *point, wp_date_t as_of,
                         wp_demo_random_t *random)
{
    build_t b = {.series = series, .point = point, .last = point->ended > 0 ? point->ended : 1};

    series->count = 0;
    series->devices = 1;
    series->device[0] = series->device[1] = (wp_demo_device_t){0};
    if (point->months == 0) {
        series->device[0].installed_on = as_of - 12;
    } else {
        plan_months(&b, as_of, random);
        series->device[0].installed_on = b.days[point->months];
        int64_t total = add_months(&b);
        if (point->remote && point->ended == 0) /* reads itself: what it has counted since the end of the month */
            add(&b, as_of, WP_READING_REMOTE, total + b.uses[b.last] * (as_of - b.days[b.last]) / 31);
    }
    series->device[series->devices - 1].verified_until = wp_demo_month_day(as_of, -point->verified, 31);
}
