/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "base/json_pool.h"

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
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
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

void wp_problem_json_answer(wp_exchange_t *exchange, int status, wp_page_code_t code)
{
    wp_answer_t *answer = exchange->answer;
    apr_pool_t *pool = exchange->page.pool;
    json_t *problem = json_object();

    json_object_set_new(problem, "type", json_string(apr_pstrcat(pool, TYPE, wp_page_code_name(code), NULL)));
    json_object_set_new(problem, "title", json_string(title_of(status)));
    json_object_set_new(problem, "status", json_integer(status));
    json_object_set_new(problem, "request", json_string(exchange->page.request->id));
    const char *text = wp_json_text(pool, problem);

    answer->status = status;
    answer->personal = true;
    answer->vary = "Accept, Authorization";
    answer->content_type = "application/problem+json";
    answer->body = text ? text : "{}";
    answer->length = strlen(answer->body);
}
