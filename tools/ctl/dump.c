/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/codes.h"
#include "ctl/ctl.h"
#include "domain/message_kind.h"
#include "domain/reading/check.h"
#include "domain/reading/names.h"
#include "domain/retention.h"
#include "portal/portal.h"
#include "portal/section.h"

#include "base/banned.h"

/* check --dump: the tables that the portal is made of, as built, in JSON. Guards and tests read them here instead of
 * parsing the C. docs/adding.md says who uses it. */

#define NAMES_END(names, last) _Static_assert(sizeof(names) / sizeof *(names) == (last) + 1, "a name for each member")

static const char *const needs[] = {
    [WP_NEED_PUBLIC] = "public",   [WP_NEED_SIGNED] = "signed",     [WP_NEED_IDENTITY] = "identity",
    [WP_NEED_ACCOUNT] = "account", [WP_NEED_CUSTOMER] = "customer", [WP_NEED_TOKEN] = "token",
    [WP_NEED_STAFF] = "staff",
};
NAMES_END(needs, WP_NEED_STAFF);

static const char *const contracts[] = {
    [WP_CONTRACT_NONE] = "none",         [WP_CONTRACT_ALL] = "all",     [WP_CONTRACT_REQUIRED] = "required",
    [WP_CONTRACT_OPTIONAL] = "optional", [WP_CONTRACT_FOUND] = "found",
};
NAMES_END(contracts, WP_CONTRACT_FOUND);

static const char *const types[] = {
    [WP_FIELD_TEXT] = "text",   [WP_FIELD_PLAIN] = "plain",   [WP_FIELD_VOLUME] = "volume",
    [WP_FIELD_KEY] = "key",     [WP_FIELD_ID] = "id",         [WP_FIELD_EMAIL] = "email",
    [WP_FIELD_PHONE] = "phone", [WP_FIELD_CHOICE] = "choice", [WP_FIELD_TICK] = "tick",
    [WP_FIELD_COUNT] = "count", [WP_FIELD_DATE] = "date",     [WP_FIELD_MONTH] = "month",
    [WP_FIELD_MONEY] = "money", [WP_FIELD_LITRES] = "litres",
};
NAMES_END(types, WP_FIELD_LITRES);

typedef struct named_rights_t {
    const char *name;
    int rights;
} named_rights_t;

#define RIGHT(member, bit, name, what) {name, bit},
#define LEVEL(name, rights)            {name, rights},
static const named_rights_t rights[] = {WP_RIGHTS(RIGHT){"any", WP_RIGHT_ANY}, {NULL, 0}};
static const named_rights_t levels[] = {WP_LEVELS(LEVEL){NULL, 0}};

/* --- routes --- */

/* null: no right is declared. */
static json_t *right_name(wp_right_t right)
{
    for (const named_rights_t *named = rights; named->name; named++)
        if (named->rights == (int)right)
            return json_string(named->name);
    return json_null();
}

static json_t *limit_name(wp_limit_t limit)
{
    return json_string(wp_limit_kinds[limit].name);
}

static json_t *strings(const char *const *list)
{
    json_t *array = json_array();
    for (; list && *list; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *dump_fields(const wp_field_t *fields)
{
    json_t *array = json_array();
    for (const wp_field_t *field = fields; field && field->name; field++)
        json_array_append_new(array, json_pack("{s:s, s:s, s:i, s:b, s:b, s:b, s:b, s:o}", "name", field->name, "type",
                                               types[field->type], "max", field->max, "required", field->required,
                                               "each", field->each, "several", field->several, "filter", field->filter,
                                               "choices", strings(field->choices)));
    return array;
}

static json_t *dump_form(const wp_form_def_t *form)
{
    if (!form)
        return json_null();
    return json_pack("{s:s, s:o, s:o, s:o}", "name", form->name, "right", right_name(form->right), "limit",
                     limit_name(form->limit), "fields", dump_fields(form->fields));
}

/* How the answer is made, and from what. */
static json_t *dump_answer(const wp_route_t *route)
{
    return json_pack("{s:s?, s:s?, s:s?, s:b, s:b, s:b}", "media", route->media, "sheet", route->sheet, "file",
                     route->file, "write", route->write != NULL, "save_file", route->save_file != NULL, "heavy",
                     route->heavy);
}

static json_t *dump_route(const wp_section_t *section, const wp_route_t *route)
{
    json_t *about = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:b, s:b, s:s?, s:s?}", "section", section->name, "name",
                              route->name, "path", route->path, "need", needs[route->need], "contract",
                              contracts[route->contract], "right", right_name(route->right), "whole", route->whole,
                              "stepup", route->stepup, "contract_query", route->contract_query, "scope", route->scope);
    json_t *does = json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "inputs", dump_fields(route->inputs), "rows",
                             strings(route->rows), "form", dump_form(route->form), "limit",
                             route->limit ? limit_name(route->limit) : json_null(), "reach", route->reach != NULL,
                             "record", route->record != NULL, "awaits", route->awaits != NULL);
    json_t *answer = dump_answer(route);

    json_object_update(about, does);
    json_object_update(about, answer);
    json_decref(does);
    json_decref(answer);
    return about;
}

static json_t *dump_routes(void)
{
    json_t *array = json_array();
    for (const wp_section_t *const *section = wp_sections; *section; section++) {
        for (const wp_route_t *route = (*section)->routes; route->name; route++)
            json_array_append_new(array, dump_route(*section, route));
    }
    return array;
}

static json_t *dump_sections(void)
{
    json_t *array = json_array();
    for (const wp_section_t *const *section = wp_sections; *section; section++)
        json_array_append_new(array, json_pack("{s:s, s:s, s:i}", "name", (*section)->name, "path", (*section)->path,
                                               "menu", (*section)->menu));
    return array;
}

static json_t *dump_rights(const named_rights_t *named)
{
    json_t *object = json_object();
    for (; named->name; named++)
        json_object_set_new(object, named->name, json_integer(named->rights));
    return object;
}

/* --- codes --- */

/* Grouped by the kind of message; those of the reading rules by kind and code. */
static json_t *dump_codes(void)
{
    static const char *const errors[] = {
#define CODE(member, code) code,
        WP_ERRORS(CODE) NULL};
    static const char *const notices[] = {WP_NOTICES(CODE) NULL};
    static const char *const deeds[] = {WP_DEEDS(CODE) NULL};
    static const char *const flags[] = {WP_READING_FLAGS(CODE) NULL};
#undef CODE
    json_t *choices = json_array();
    for (wp_reading_what_t what = WP_WHAT_UNKNOWN + 1; what <= WP_WHAT_ROLLOVER; what++)
        json_array_append_new(choices, json_string(wp_reading_what_name(what)));
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:[s,s]}", "error", strings(errors), "notice", strings(notices), "did",
                     strings(deeds), "flag", strings(flags), "choice", choices, "leak", wp_leak_name(WP_LEAK_LOW),
                     wp_leak_name(WP_LEAK_MEDIUM));
}

/* The kinds of messages, and the words that may stand in one. */
static json_t *dump_messages(void)
{
    static const char *const changes[] = {
#define CHANGE(name) name,
        WP_MESSAGE_CHANGES(CHANGE) NULL};
#undef CHANGE
    json_t *kinds = json_array();
    for (const wp_message_kind_t *kind = wp_message_kinds; kind->name; kind++)
        json_array_append_new(kinds, json_pack("{s:s, s:b, s:b, s:s}", "name", kind->name, "code", kind->code, "sms",
                                               kind->sms, "arguments", kind->arguments));
    return json_pack("{s:o, s:o}", "kinds", kinds, "changes", strings(changes));
}

static json_t *dump_page_codes(void)
{
    json_t *array = json_array();
#define CODE(member, audience, code) \
    json_array_append_new(array, json_pack("{s:s, s:s}", "code", code, "audience", #audience));
    WP_PAGE_CODES(CODE)
#undef CODE
    return array;
}

static json_t *dump_findings(void)
{
    json_t *array = json_array();
#define CODE(member, kind, code) json_array_append_new(array, json_pack("{s:s, s:s}", "code", code, "kind", #kind));
    WP_READING_CODES(CODE)
#undef CODE
    return array;
}

/* --- log, limits, retention, thresholds --- */

static json_t *dump_log(void)
{
    json_t *array = json_array();
#define EVENT(id, number, level, meaning, remedy) \
    json_array_append_new(array, json_pack("{s:s, s:i, s:s, s:s, s:s}", "id", #id, "number", number, "level", #level, \
                                           "meaning", meaning, "remedy", remedy));
    WP_EVENTS(EVENT)
#undef EVENT
    return array;
}

static json_t *dump_limits(void)
{
    json_t *array = json_array();
#define LIMIT(id, name, initial, least, most, seconds, what) \
    json_array_append_new(array, json_pack("{s:s, s:i, s:i, s:i, s:i, s:s}", "name", name, "initial", initial, \
                                           "least", least, "most", most, "seconds", seconds, "what", what));
    WP_LIMITS(LIMIT)
#undef LIMIT
    return array;
}

static json_t *dump_retention(void)
{
    json_t *rules = json_array(), *kept = json_object();
    for (const wp_retention_t *rule = wp_retentions; rule->name; rule++)
        json_array_append_new(rules, json_pack("{s:s, s:s, s:i, s:i}", "name", rule->name, "table", rule->table, "days",
                                               rule->days, "least", rule->least));
#define KEPT(table, why) json_object_set_new(kept, #table, json_string(why));
    WP_KEPT_TABLES(KEPT)
#undef KEPT
    return json_pack("{s:o, s:o}", "rules", rules, "kept", kept);
}

static json_t *dump_thresholds(void)
{
    json_t *array = json_array();
    for (const wp_reading_policy_field_t *field = wp_reading_policy_fields; field->name; field++)
        json_array_append_new(array, json_pack("{s:s, s:i, s:i, s:i, s:s, s:s}", "name", field->name, "initial",
                                               field->initial, "least", field->least, "most", field->most, "unit",
                                               field->unit, "meaning", field->meaning));
    return array;
}

wp_ctl_exit_t wp_ctl_dump(void)
{
    json_t *all = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "sections", dump_sections(),
                            "routes", dump_routes(), "rights", dump_rights(rights), "levels", dump_rights(levels),
                            "codes", dump_codes(), "page_codes", dump_page_codes(), "findings", dump_findings(), "log",
                            dump_log(), "limits", dump_limits(), "retention", dump_retention(), "thresholds",
                            dump_thresholds(), "messages", dump_messages());
    int status = all ? json_dumpf(all, stdout, JSON_INDENT(1)) : -1;

    json_decref(all);
    return status == 0 && putchar('\n') != EOF ? WP_CTL_DONE : WP_CTL_FAILED;
}
