/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/period.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

static void read_month(const wp_form_t *filter, const char *name, wp_month_t *month)
{
    const char *value = wp_form_value(filter, name, NULL);
    if (value)
        wp_month_parse(value, month);
}

static bool is_wrong(const wp_form_t *filter, const char *name)
{
    return !wp_form_is_blank(filter, name, NULL) && !wp_form_value(filter, name, NULL);
}

static void show_month(wp_page_t *page, const char *name, wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    wp_form_preset(page->filter, name, NULL, apr_pstrdup(page->pool, text));
}

bool wp_period_read(wp_page_t *page, const wp_period_fields_t *fields, wp_period_t *period)
{
    wp_month_t now = wp_month_of(page->today);
    const char *problem = NULL;

    if (is_wrong(page->filter, fields->from) || is_wrong(page->filter, fields->until))
        return false;
    read_month(page->filter, fields->from, &period->from);
    read_month(page->filter, fields->until, &period->until);
    if (period->until > now)
        period->until = now;
    /* an end that was not typed does not contradict a begin that was */
    if (period->from > period->until && period->from <= now && wp_form_is_blank(page->filter, fields->until, NULL))
        period->until = now;
    if (period->from > period->until && wp_form_is_blank(page->filter, fields->from, NULL))
        period->from = period->until;
    show_month(page, fields->from, period->from);
    show_month(page, fields->until, period->until);
    if (period->from > now)
        problem = "period_future";
    else if (period->from > period->until)
        problem = "period_order";
    else if (period->until - period->from >= WP_PERIOD_MONTHS_MAX)
        problem = "period_long";
    if (problem)
        wp_form_problem(page->filter, strcmp(problem, "period_future") == 0 ? fields->from : fields->until, NULL, problem);
    return problem == NULL;
}

int wp_period_group(wp_page_t *page)
{
    const char *by = wp_form_value(page->filter, "by", NULL);

    wp_form_preset(page->filter, "by", NULL, "month");
    return !by || strcmp(by, "month") == 0 ? 1 : strcmp(by, "quarter") == 0 ? 3 : 12;
}

int64_t wp_chart_step(int64_t highest)
{
    static const int tenths[] = {10, 20, 25, 50};

    for (int64_t power = 10;; power *= 10) {
        for (size_t i = 0; i < sizeof tenths / sizeof *tenths; i++) {
            if (tenths[i] * power / 10 * 4 >= highest)
                return tenths[i] * power / 10;
        }
    }
}

void wp_xml_attr_month(xmlNodePtr node, const char *name, wp_month_t month)
{
    char text[WP_MONTH_SIZE];
    wp_month_format(month, text);
    wp_xml_attr(node, name, text);
}
