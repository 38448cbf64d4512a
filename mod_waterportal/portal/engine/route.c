/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

#define PROGRAMS "/api/"

/* Compares one segment of a pattern with one of a path; "{name}" matches any non-empty segment. The path is decoded
 * only here, after it was split into segments, because an id may contain a slash. */
static bool segment_matches(wp_exchange_t *exchange, const char *pattern, size_t pattern_length, const char *path,
                            size_t path_length)
{
    if (pattern_length > 2 && pattern[0] == '{') {
        const char *name = apr_pstrmemdup(exchange->page.pool, pattern + 1, pattern_length - 2);
        const char *value = wp_urldecode(exchange->page.pool, path, path_length);
        if (value)
            apr_table_setn(exchange->inputs.values, name, value);
        return value && path_length > 0;
    }
    return pattern_length == path_length && memcmp(pattern, path, path_length) == 0;
}

static bool path_matches(wp_exchange_t *exchange, const char *pattern, const char *path)
{
    apr_table_clear(exchange->inputs.values);
    while (*pattern == '/' && *path == '/') {
        size_t pattern_length = strcspn(++pattern, "/");
        size_t path_length = strcspn(++path, "/");
        if (!segment_matches(exchange, pattern, pattern_length, path, path_length))
            return false;
        pattern += pattern_length;
        path += path_length;
    }
    return *pattern == '\0' && *path == '\0';
}

/* A program's form and the list that it adds to have one path. */
static bool takes(const wp_route_t *route, wp_method_t method)
{
    return route->need != WP_NEED_TOKEN || (route->form != NULL) == (method == WP_METHOD_POST);
}

static bool find(wp_exchange_t *exchange, const char *path)
{
    wp_page_t *page = &exchange->page;

    for (int i = 0; wp_sections[i]; i++) {
        const wp_section_t *section = wp_sections[i];
        size_t length = strlen(section->path);
        if (page->request->only_section && strcmp(page->request->only_section, section->name) != 0)
            continue;
        if (strncmp(path, section->path, length) != 0)
            continue;
        for (const wp_route_t *route = section->routes; route->name; route++) {
            bool taken = takes(route, page->request->method);
            if ((!taken && page->route) || !path_matches(exchange, route->path, path + length))
                continue;
            page->section = section;
            page->route = route;
            page->out.route_name = route->name;
            if (taken)
                return true;
        }
    }
    return page->route != NULL;
}

bool wp_route_find(wp_exchange_t *exchange)
{
    return find(exchange, exchange->page.request->path);
}

const char *wp_route_without_slash(wp_exchange_t *exchange)
{
    const wp_request_t *request = exchange->page.request;
    size_t length = strlen(request->path);

    if (length < 2 || request->path[length - 1] != '/')
        return NULL;
    const char *path = apr_pstrmemdup(request->pool, request->path, length - 1);
    return find(exchange, path) ? apr_pstrcat(request->pool, request->base, path, NULL) : NULL;
}

static const char *query_value(const wp_exchange_t *exchange, const char *name, int *count)
{
    const char *value = NULL;
    *count = 0;
    for (int i = 0; i < exchange->query->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(exchange->query, i, wp_pair_t);
        if (strcmp(pair->name, name) == 0) {
            value = pair->value;
            (*count)++;
        }
    }
    return value;
}

static const wp_field_t contract_input = {.name = "contract", .type = WP_FIELD_ID};
static const wp_field_t page_input = {.name = "page", .type = WP_FIELD_COUNT, .max = 10000};
static const wp_field_t parked_input = {.name = "parked", .type = WP_FIELD_KEY};

static bool take_several(wp_exchange_t *exchange, const wp_field_t *field)
{
    wp_error_t problem = WP_ERROR_NONE;
    int count = 0;

    for (int i = 0; i < exchange->query->nelts && !problem; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(exchange->query, i, wp_pair_t);
        if (strcmp(pair->name, field->name) != 0)
            continue;
        const char *value = wp_field_check(exchange->page.pool, field, pair->value, &problem);
        if (value)
            apr_table_addn(exchange->inputs.values, field->name, value);
        if (++count > field->max)
            return false;
    }
    return problem == WP_ERROR_NONE;
}

static bool take_input(wp_exchange_t *exchange, const wp_field_t *field)
{
    int count;
    const char *typed = apr_table_get(exchange->inputs.values, field->name);
    const char *from_query = query_value(exchange, field->name, &count);
    wp_error_t problem;

    if (count > 1 || (typed && count))
        return false;
    if (!typed)
        typed = from_query;
    if (!typed)
        return !field->required;
    const char *value = wp_field_check(exchange->page.pool, field, typed, &problem);
    if (value)
        apr_table_setn(exchange->inputs.values, field->name, value);
    else
        apr_table_unset(exchange->inputs.values, field->name);
    if (!field->filter)
        return problem == WP_ERROR_NONE;
    apr_table_setn(exchange->inputs.typed, field->name, typed);
    if (problem)
        apr_table_setn(exchange->inputs.problems, field->name, wp_error_name(problem));
    return true;
}

bool wp_route_take_inputs(wp_exchange_t *exchange)
{
    const wp_route_t *route = exchange->page.route;

    if (!take_input(exchange, &page_input))
        return false;
    bool chosen = route->contract == WP_CONTRACT_REQUIRED || route->contract == WP_CONTRACT_OPTIONAL;
    if (chosen && !take_input(exchange, &contract_input))
        return false;
    if (route->form && !take_input(exchange, &parked_input))
        return false;
    for (const wp_field_t *field = route->inputs; field && field->name; field++) {
        if (!(field->several ? take_several(exchange, field) : take_input(exchange, field)))
            return false;
    }
    return true;
}

bool wp_route_needs_data(const wp_route_t *route)
{
    return route->need != WP_NEED_PUBLIC || route->contract != WP_CONTRACT_NONE || route->load || route->rows ||
           route->show || route->record || route->form;
}

bool wp_route_is_signed(const wp_exchange_t *exchange)
{
    return exchange->page.route && exchange->page.route->need == WP_NEED_SIGNED;
}

bool wp_route_is_for_programs(const wp_exchange_t *exchange)
{
    return strncmp(exchange->page.request->path, PROGRAMS, sizeof PROGRAMS - 1) == 0;
}
