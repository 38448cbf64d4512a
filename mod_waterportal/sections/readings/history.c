/* SPDX-License-Identifier: Apache-2.0 */
#include "sections/readings/readings.h"

#include <apr_strings.h>
#include <string.h>

#include "portal/view/reading_view.h"

#include "base/banned.h"

/* The history of a contract's meters. */

typedef struct state_t {
    wp_sheet_t sheet;
    wp_rows_t *versions; /* corrected and withdrawn readings, newest first */
} state_t;

apr_status_t wp_readings_load_history(wp_page_t *page)
{
    state_t *state = page->state = apr_pcalloc(page->pool, sizeof *state);
    apr_status_t status = wp_page_select(page, "version_list", &state->versions);
    return status == APR_SUCCESS ? wp_readings_load_sheet(page, WP_RIGHT_READINGS, true, &state->sheet) : status;
}

static const wp_meter_step_t *step_to(const wp_meter_history_t *history, int i)
{
    for (size_t k = 0; k < history->count; k++) {
        if (history->steps[k].to == (size_t)i)
            return &history->steps[k];
    }
    return NULL;
}

static void show_version(xmlNodePtr meter, const wp_rows_t *versions, int row)
{
    xmlNodePtr entry = wp_xml_child(meter, "entry");
    wp_xml_typed(entry, "on", "date", wp_row_text(versions, row, "on"));
    wp_xml_typed(entry, "value", "volume", wp_row_text(versions, row, "value"));
    wp_xml_typed(entry, "use", "volume", wp_row_text(versions, row, "use"));
    wp_xml_typed(entry, "days", "int", wp_row_text(versions, row, "days"));
    wp_xml_text(entry, "kind", "customer");
    wp_xml_child(entry, strcmp(wp_row_text(versions, row, "state"), "withdrawn") == 0 ? "withdrawn" : "corrected");
}

/* Versions are sorted newest first; those before `since` are left for later. Returns the next row. */
static int show_versions(xmlNodePtr meter, const wp_point_t *point, const wp_rows_t *versions, int row, wp_date_t since)
{
    wp_date_t on;

    for (; row < versions->count; row++) {
        if (strcmp(wp_row_text(versions, row, "point_id"), point->point_id) != 0)
            continue;
        if (wp_date_parse_iso(wp_row_text(versions, row, "on"), &on) && on < since)
            break;
        show_version(meter, versions, row);
    }
    return row;
}

/* Newest first. Corrected and withdrawn values are kept and shown: on their day, below the one that counts. */
static void show_entries(xmlNodePtr meter, const wp_point_t *point, const wp_rows_t *versions)
{
    wp_meter_history_t history;
    int row = 0;

    wp_meter_history_make(&history, &point->meter, point->history, point->history_count);
    for (int i = (int)point->history_count - 1; i >= 0; i--) {
        row = show_versions(meter, point, versions, row, point->history[i].on + 1);
        wp_reading_view_entry(meter, &point->history[i], step_to(&history, i));
    }
    show_versions(meter, point, versions, row, INT32_MIN);
}

static void show_point(wp_page_t *page, const wp_point_t *point, const wp_rows_t *versions)
{
    xmlNodePtr meter = wp_xml_child(page->out.data, "meter");

    wp_xml_text(meter, "place", point->place);
    wp_xml_text(meter, "serial", point->serial);
    wp_xml_typed(meter, "decimals", "int", apr_itoa(page->pool, point->meter.decimals));
    show_entries(meter, point, versions);
}

apr_status_t wp_readings_show_history(wp_page_t *page)
{
    const state_t *state = page->state;

    for (int i = 0; i < state->sheet.count; i++)
        show_point(page, &state->sheet.points[i], state->versions);
    return APR_SUCCESS;
}
