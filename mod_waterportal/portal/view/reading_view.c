/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/view/reading_view.h"

#include <string.h>

#include "domain/reading/names.h"
#include "portal/page.h"
#include "render/xml.h"

#include "base/banned.h"

static void add_typed_int(xmlNodePtr parent, const char *name, const char *type, int64_t value)
{
    wp_xml_attr(wp_xml_int(parent, name, value), "t", type);
}

static void add_verification(xmlNodePtr meter, const wp_point_t *point)
{
    if (!point->verified_until)
        return;
    wp_xml_typed(meter, "verified-until", "date", point->verified_until);
    if (point->expired)
        wp_xml_child(meter, "verification-expired");
}

/* The first of the consecutive periods without a reading at the end of the history; NULL if it ends with a reading. */
static const wp_reading_t *missing_since(const wp_point_t *point)
{
    const wp_reading_t *first = NULL;
    for (size_t i = point->history_count; i > 0 && point->history[i - 1].kind == WP_READING_MISSING; i--)
        first = &point->history[i - 1];
    return first;
}

void wp_point_view(xmlNodePtr meter, const wp_point_t *point, const char *current_at)
{
    const wp_reading_t *last = wp_point_last(point);
    const wp_reading_t *missing = missing_since(point);

    wp_xml_text(meter, "place", point->place);
    wp_xml_text(meter, "serial", point->serial);
    if (last) {
        add_typed_int(meter, "previous", "volume", last->litres);
        wp_date_child(meter, "previous-on", last->on);
        wp_xml_text(meter, "previous-kind", wp_reading_kind_name(last->kind));
    }
    add_verification(meter, point);
    if (missing)
        wp_date_child(meter, "missing-since", missing->on);
    if (point->current.reading_id) {
        add_typed_int(meter, "current", "volume", point->current.litres);
        wp_xml_typed(meter, "current-at", "time", current_at);
        wp_xml_text(meter, "receipt", point->current.receipt_no);
    }
}

static void add_arg(xmlNodePtr message, const wp_reading_arg_t *arg)
{
    if (arg->type == WP_ARG_DATE)
        wp_date_child(message, "arg", (wp_date_t)arg->value);
    else /* a percentage is a plain number here; the message says what it is */
        add_typed_int(message, "arg", arg->type == WP_ARG_VOLUME ? "volume" : "int", arg->value);
    wp_xml_attr(message->last, "name", arg->name);
}

void wp_reading_view_args(xmlNodePtr message, const wp_reading_args_t *args)
{
    for (size_t i = 0; i < args->count; i++)
        add_arg(message, &args->list[i]);
}

static bool has_value(const wp_reading_args_t *args)
{
    for (size_t i = 0; i < args->count; i++) {
        if (strcmp(args->list[i].name, "value") == 0)
            return true;
    }
    return false;
}

static void add_questions(xmlNodePtr meter, const wp_reading_result_t *result, const char *const *meter_ids)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const wp_reading_finding_t *finding = &result->findings[i];
        char confirmation[WP_READING_CONFIRMATION_SIZE];
        if (!wp_reading_code_is_question(finding->code))
            continue;
        xmlNodePtr ask = wp_xml_child(meter, "ask");
        wp_xml_attr(ask, "code", wp_reading_code_name(finding->code));
        wp_reading_confirmation_format((wp_reading_confirmation_t){finding->code, result->litres}, confirmation);
        wp_xml_attr(ask, "confirm", confirmation);
        if (!has_value(&finding->args)) /* the value in question always comes first */
            add_arg(ask, &(wp_reading_arg_t){.name = "value", .type = WP_ARG_VOLUME, .value = result->litres});
        wp_reading_view_args(ask, &finding->args);
        if (finding->other >= 0)
            wp_xml_attr(wp_xml_typed(ask, "arg", "text", meter_ids[finding->other]), "name", "other");
    }
}

static void add_choices(xmlNodePtr meter, const wp_reading_result_t *result)
{
    for (size_t i = 0; i < result->choice_count; i++) {
        xmlNodePtr choice = wp_xml_child(meter, "choice");
        wp_xml_attr(choice, "code", wp_reading_what_name(result->choices[i].what));
        wp_reading_view_args(choice, &result->choices[i].args);
        if (result->choices[i].unlikely)
            wp_xml_child(choice, "unlikely");
    }
}

void wp_reading_view(xmlNodePtr meter, const wp_reading_result_t *result, const char *const *meter_ids)
{
    if (result->has_use) {
        add_typed_int(meter, "use", "volume", result->use);
        add_typed_int(meter, "days", "int", result->days);
    }
    add_questions(meter, result, meter_ids);
    add_choices(meter, result);
    if (result->leak != WP_LEAK_NONE) {
        xmlNodePtr leak = wp_xml_child(meter, "leak");
        wp_xml_attr(leak, "certainty", wp_leak_name(result->leak));
        wp_reading_view_args(leak, &result->leak_args);
    }
    for (unsigned flag = 0; flag < WP_FLAG_COUNT; flag++) {
        if (result->flags & (1u << flag))
            wp_xml_attr(wp_xml_child(meter, "flag"), "code", wp_reading_flag_name((wp_reading_flag_t)flag));
    }
}

void wp_reading_view_entry(xmlNodePtr meter, const wp_reading_t *reading, const wp_meter_step_t *step)
{
    xmlNodePtr entry = wp_xml_child(meter, "entry");
    bool missing = reading->kind == WP_READING_MISSING;

    wp_date_child(entry, "on", reading->on);
    if (!missing)
        add_typed_int(entry, "value", "volume", reading->litres);
    if (step && step->known && !step->swap) {
        add_typed_int(entry, "use", "volume", step->use);
        add_typed_int(entry, "days", "int", step->to_on - step->from_on);
    }
    wp_xml_text(entry, "kind", reading->kind == WP_READING_READ ? "customer" : wp_reading_kind_name(reading->kind));
    if (reading->kind == WP_READING_ESTIMATED)
        wp_xml_child(entry, "estimated");
    if (missing)
        wp_xml_child(entry, "missing");
    if (step && step->swap)
        wp_xml_child(entry, "swap");
    if (step && step->rolled)
        wp_xml_child(entry, "rollover");
}
