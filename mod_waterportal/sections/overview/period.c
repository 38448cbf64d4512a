/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/overview/period.h"

#include <string.h>

#include "base/banned.h"

const wp_period_fields_t wp_period_shown = {"from", "until"};

static void read_month(const wp_page_t *page, const char *name, wp_month_t *month)
{
    const char *value = wp_page_input(page, name);
    if (value)
        wp_month_parse(value, month);
}

static void show_month(wp_page_t *page, const char *name, wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    wp_page_filter_preset(page, name, text);
}

static wp_error_t period_problem(const wp_period_t *period, wp_month_t now)
{
    if (period->from > now)
        return WP_ERROR_MONTHS_FUTURE;
    if (period->from > period->until)
        return WP_ERROR_MONTHS_ORDER;
    return period->until - period->from >= WP_PERIOD_MONTHS_MAX ? WP_ERROR_MONTHS_LONG : WP_ERROR_NONE;
}

bool wp_period_read(wp_page_t *page, const wp_period_fields_t *fields, wp_period_t *period)
{
    wp_month_t now = wp_month_of(page->clock.today);

    if (wp_page_filter_is_wrong(page, fields->from) || wp_page_filter_is_wrong(page, fields->until))
        return false;
    read_month(page, fields->from, &period->from);
    read_month(page, fields->until, &period->until);
    if (period->until > now)
        period->until = now;
    /* a default end does not contradict a typed beginning */
    if (period->from > period->until && period->from <= now && !wp_page_input(page, fields->until))
        period->until = now;
    if (period->from > period->until && !wp_page_input(page, fields->from))
        period->from = period->until;
    show_month(page, fields->from, period->from);
    show_month(page, fields->until, period->until);
    wp_error_t problem = period_problem(period, now);
    if (problem)
        wp_page_filter_problem(page, period->from > now ? fields->from : fields->until, problem);
    return problem == WP_ERROR_NONE;
}

/* By how many months a period was shortened because they are in the future. */
static int months_cut(const wp_page_t *page, const char *until, const wp_period_t *period)
{
    wp_month_t typed = period->until;
    read_month(page, until, &typed);
    return typed - period->until;
}

/* Compares all of this year with all of last year. If both periods have the same length, months cut off one are cut off
 * the other too, so that no month is without its counterpart. */
static void keep_equal(wp_period_pair_t *pair, int these_cut, int those_cut)
{
    int these = pair->these.until - pair->these.from, those = pair->those.until - pair->those.from;

    if (these + these_cut != those + those_cut)
        return;
    pair->these.until -= these > those ? these - those : 0;
    pair->those.until -= those > these ? those - these : 0;
}

bool wp_period_read_pair(wp_page_t *page, wp_month_t last, wp_period_pair_t *pair)
{
    static const wp_period_fields_t these_fields = {"this-from", "this-until"};
    static const wp_period_fields_t those_fields = {"that-from", "that-until"};

    pair->these = (wp_period_t){last - last % 12, last, 1};
    bool right = wp_period_read(page, &these_fields, &pair->these);
    pair->those = (wp_period_t){pair->these.from - 12, pair->these.until - 12, 1};
    if (!wp_period_read(page, &those_fields, &pair->those) || !right)
        return false;
    keep_equal(pair, months_cut(page, these_fields.until, &pair->these),
               months_cut(page, those_fields.until, &pair->those));
    return true;
}

int wp_period_group(wp_page_t *page)
{
    const char *by = wp_page_input(page, "by");

    wp_page_filter_preset(page, "by", "month");
    return !by || strcmp(by, "month") == 0 ? 1 : strcmp(by, "quarter") == 0 ? 3 : 12;
}

int64_t wp_chart_step(int64_t highest)
{
    static const int tenths[] = {10, 20, 25, 50};
    int64_t quarter = highest / 4 + (highest % 4 > 0);

    for (int64_t power = 1; power <= INT64_MAX / 100; power *= 10) {
        for (size_t i = 0; i < sizeof tenths / sizeof *tenths; i++) {
            if (tenths[i] * power >= quarter)
                return tenths[i] * power;
        }
    }
    return quarter; /* for a sum that cannot occur */
}

void wp_xml_attr_month(xmlNodePtr node, const char *name, wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    wp_xml_attr(node, name, text);
}
