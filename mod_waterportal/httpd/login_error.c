/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <http_core.h>
#include <string.h>
#include <util_filter.h>

#include "base/banned.h"

/* mod_auth_openidc 2.4.12 reports login errors as its own page with status 200 (later releases return a status, and
 * httpd asks for the error document). It sends no other HTML from the redirect address, so all HTML from there is
 * replaced. */

#define FILTER "WATERPORTAL_LOGIN_ERROR"

static const char replaced[] = "waterportal-login-error";

static bool is_page(const request_rec *r)
{
    return r->status == HTTP_OK && r->content_type && strncmp(r->content_type, "text/html", 9) == 0;
}

static apr_status_t replace_page(ap_filter_t *f, apr_bucket_brigade *brigade)
{
    request_rec *r = f->r;
    const wp_config_t *config = wp_config_of(r->server);
    wp_answer_t answer = {0};

    if (f->ctx) { /* the rest of the page that was replaced */
        apr_brigade_cleanup(brigade);
        return APR_SUCCESS;
    }
    if (!is_page(r)) {
        ap_remove_output_filter(f);
        return ap_pass_brigade(f->next, brigade);
    }
    f->ctx = r;
    apr_table_setn(r->notes, replaced, "");
    apr_brigade_cleanup(brigade);
    apr_table_unset(r->headers_out, "Content-Length");
    const wp_request_t *request = wp_glue_failed_request(r, config, HTTP_INTERNAL_SERVER_ERROR);
    wp_glue_log_enter(r, request->id);
    wp_portal_answer(config->portal, request, &answer);
    wp_glue_log_leave();
    return wp_glue_send(r, config, &answer, f->next);
}

/* mod_auth_openidc returns an error all the same, so httpd would append an error document to the page. */
bool wp_glue_login_error_replaced(const request_rec *r)
{
    return r->prev && apr_table_get(r->prev->notes, replaced);
}

void wp_glue_watch_login(request_rec *r)
{
    ap_add_output_filter(FILTER, NULL, r, r->connection);
}

void wp_glue_register_login_error(void)
{
    ap_register_output_filter(FILTER, replace_page, NULL, AP_FTYPE_RESOURCE);
}
