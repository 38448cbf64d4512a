/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <string.h>

#include "base/banned.h"

/* Nothing inline, nothing from elsewhere. Browsers apply form-action to redirects too, so the policy names the issuers,
 * because a form whose session has ended leads to one, and the banks, which receive orders as forms. */
static const char *content_policy(apr_pool_t *pool, const wp_portal_t *portal)
{
    const char *policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; "
                         "frame-ancestors 'none'; form-action 'self'";
    for (int i = 0; portal->issuers && i < portal->issuers->list->nelts; i++)
        policy = apr_pstrcat(pool, policy, " ", APR_ARRAY_IDX(portal->issuers->list, i, wp_issuer_t).origin, NULL);
    for (int i = 0; portal->agreements && i < portal->agreements->list->nelts; i++) {
        const char *origin = APR_ARRAY_IDX(portal->agreements->list, i, wp_agreement_t).origin;
        if (!strstr(policy, origin)) /* a bank may have several agreements */
            policy = apr_pstrcat(pool, policy, " ", origin, NULL);
    }
    return policy;
}

typedef struct header_t {
    const char *name, *value;
} header_t;

static const header_t fixed_headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static void set_headers(request_rec *r, const wp_config_t *config, const wp_answer_t *answer)
{
    apr_table_t *out = r->err_headers_out;

    for (size_t i = 0; i < sizeof fixed_headers / sizeof *fixed_headers; i++)
        apr_table_setn(out, fixed_headers[i].name, fixed_headers[i].value);
    if (strcmp(ap_http_scheme(r), "https") == 0)
        apr_table_setn(out, "Strict-Transport-Security", "max-age=31536000");
    apr_table_setn(out, "Content-Security-Policy", content_policy(r->pool, config->portal));
    apr_table_setn(out, "Cache-Control", answer->personal ? "no-store" : "private, no-cache");
    apr_table_setn(out, "Vary", answer->vary ? answer->vary : "Accept, Cookie");
    if (answer->location)
        apr_table_setn(out, "Location", answer->location);
    const apr_array_header_t *more = apr_table_elts(answer->headers);
    for (int i = 0; i < more->nelts; i++) {
        const apr_table_entry_t *header = &APR_ARRAY_IDX(more, i, apr_table_entry_t);
        apr_table_addn(out, header->key, header->val);
    }
}

apr_status_t wp_glue_send(request_rec *r, const wp_config_t *config, const wp_answer_t *answer, ap_filter_t *to)
{
    apr_bucket_brigade *brigade = apr_brigade_create(r->pool, r->connection->bucket_alloc);

    set_headers(r, config, answer);
    r->status = answer->status;
    r->status_line = NULL;
    if (answer->status != HTTP_NOT_MODIFIED) {
        ap_set_content_type(r, answer->content_type ? answer->content_type : "text/plain; charset=utf-8");
        ap_set_content_length(r, answer->file ? answer->file_length : (apr_off_t)answer->length);
    }
    if (answer->file)
        apr_brigade_insert_file(brigade, answer->file, 0, answer->file_length, r->pool);
    else if (answer->length > 0)
        APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_pool_create(answer->body, answer->length, r->pool,
                                                                r->connection->bucket_alloc));
    APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_eos_create(r->connection->bucket_alloc));
    return ap_pass_brigade(to, brigade);
}

int wp_glue_respond(request_rec *r, const wp_config_t *config, const wp_answer_t *answer)
{
    wp_glue_send(r, config, answer, r->output_filters); /* a client that disconnected is not our fault */
    return OK;
}
