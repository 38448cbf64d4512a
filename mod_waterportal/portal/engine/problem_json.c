/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/json_pool.h"
#include "render/json.h"
#include "render/lists.h"

#include "base/banned.h"

/* Errors for programs: application/problem+json (RFC 9457). docs/api.md lists the types. The title is the status's
 * standard name, which is not one of the portal's texts and exists in one language only. */

#define TYPE "urn:waterportal:problem:"

typedef struct title_t {
    int status;
    const char *text;
} title_t;

static const title_t titles[] = {
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {503, "Service Unavailable"},
};

static const char *title_of(int status)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (titles[i].status == status)
            return titles[i].text;
    }
    return "Error";
}

/* Each problem with the member it is about, and the key of its object, if it is one of a list. */
static json_t *form_problems(const wp_form_t *form, apr_pool_t *pool)
{
    json_t *problems = json_array();

    for (int i = 0; i < form->order->nelts; i++) {
        const wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
        char *member = apr_pstrdup(pool, value->field->name);
        for (char *c = strchr(member, '-'); c; c = strchr(c, '-'))
            *c = '_';
        for (xmlNodePtr node = value->problems ? value->problems->children : NULL; node; node = node->next) {
            json_t *problem = json_object();
            if (form->def->key)
                json_object_set_new(problem, form->def->key, value->key ? json_string(value->key) : json_null());
            json_object_set_new(problem, "member", json_string(member));
            json_object_set_new(problem, "code", json_string(wp_list_attr(node, "code", pool)));
            json_array_append_new(problems, problem);
        }
    }
    return problems;
}

static void add_form(json_t *problem, const wp_page_t *page)
{
    json_object_set_new(problem, "problems", form_problems(page->form, page->pool));
    if (page->out.document)
        wp_json_add(problem, page->out.document, page->pool);
}

void wp_problem_json_answer(wp_exchange_t *exchange, int status, wp_page_code_t code)
{
    wp_answer_t *answer = exchange->answer;
    apr_pool_t *pool = exchange->page.pool;
    json_t *problem = json_object();

    json_object_set_new(problem, "type", json_string(apr_pstrcat(pool, TYPE, wp_page_code_name(code), NULL)));
    json_object_set_new(problem, "title", json_string(title_of(status)));
    json_object_set_new(problem, "status", json_integer(status));
    json_object_set_new(problem, "request", json_string(exchange->page.request->id));
    if (exchange->wrong_at)
        json_object_set_new(problem, "at", json_string(exchange->wrong_at));
    if (code == WP_PAGE_INVALID)
        add_form(problem, &exchange->page);
    const char *text = wp_json_text(pool, problem);

    answer->status = status;
    answer->personal = true;
    answer->vary = "Accept, Authorization";
    answer->content_type = "application/problem+json";
    answer->body = text ? text : "{}";
    answer->length = strlen(answer->body);
}
