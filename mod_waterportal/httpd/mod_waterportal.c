/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/config.h"
#include "httpd/glue.h"

#include <apr_strings.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <string.h>

#include "base/banned.h"

#define NO_FILE "waterportal:" /* in r->filename: there is no file, so no <Directory> speaks about us */

static const wp_config_t *portal_config(request_rec *r)
{
    const wp_config_t *config = wp_config_of(r->server);
    return wp_config_is_on(config) && config->portal ? config : NULL;
}

static int translate_name(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    if (!config || !wp_glue_is_ours(config, r->uri))
        return DECLINED;
    r->filename = apr_pstrcat(r->pool, NO_FILE, r->uri, NULL);
    return OK;
}

static int map_to_storage(request_rec *r)
{
    return r->filename && strncmp(r->filename, NO_FILE, sizeof NO_FILE - 1) == 0 ? OK : DECLINED;
}

/* Before authentication, so that a form that meets the end of its session is not lost. The callback's body is for
 * mod_auth_openidc. */
static int before_authentication(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    const char *section;

    if (!config || (!wp_glue_is_ours(config, r->uri) && !wp_glue_is_mounted(r, &section)))
        return DECLINED;
    wp_glue_note_session(r, config);
    if (strcmp(r->uri, config->callback) != 0)
        wp_glue_keep_body(r);
    return DECLINED;
}

/* Before mod_mime, which would take "/account/export.zip" for a file of that kind, find none, and end the question of the
 * handler; SetHandler comes later and wins. */
static int choose_handler(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    if (!config || !wp_glue_is_ours(config, r->uri))
        return DECLINED;
    r->handler = WP_HANDLER;
    return OK;
}

static int handle(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    const char *section;
    wp_answer_t answer = {0};

    if (!config || !wp_glue_names_section(r->handler, &section) || strcmp(r->uri, config->callback) == 0)
        return DECLINED;
    wp_glue_keep_body(r);
    wp_request_t *request = wp_glue_request(r, config, section);
    if (!request)
        return HTTP_NOT_FOUND;
    wp_glue_log_enter(r, request->id);
    wp_portal_answer(config->portal, request, &answer);
    wp_glue_log_leave();
    return wp_glue_respond(r, config, &answer);
}

static void before_error_answer(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    if (config)
        wp_glue_bind_login(r, config);
}

static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    (void)plog;
    (void)ptemp;
    for (server_rec *s = main_server; s; s = s->next) {
        wp_config_t *config = wp_config_of(s);
        const char *error = NULL;
        if (wp_config_is_on(config) && !wp_config_check(config, pconf, &error)) {
            ap_log_error(APLOG_MARK, APLOG_EMERG | APLOG_NOERRNO, 0, s, "waterportal: %s", error);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

/* A portal that cannot be prepared answers 503; the server's other sites go on. */
static int prepare(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    (void)plog;
    (void)ptemp;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    for (server_rec *s = main_server; s; s = s->next) {
        wp_config_t *config = wp_config_of(s);
        const char *error = NULL;
        if (wp_config_is_on(config))
            wp_glue_share(pconf); /* what is wrong is said by the children, who use it */
        if (wp_config_is_on(config) && !wp_config_prepare(config, s, pconf, &error))
            wp_log_event(config->portal->log, WP_EV_STARTUP, "%s", error);
    }
    return OK;
}

static void start_child(apr_pool_t *pchild, server_rec *main_server)
{
    for (server_rec *s = main_server; s; s = s->next) {
        wp_config_t *config = wp_config_of(s);
        if (!wp_config_is_on(config) || !config->portal || !config->portal->queries)
            continue;
        config->portal->source = wp_glue_source(s, config, pchild);
        config->portal->heavy = wp_glue_heavy(config, pchild);
        if (!config->portal->source)
            wp_log_event(config->portal->log, WP_EV_STARTUP,
                         "mod_dbd is not loaded: a2enmod dbd, and set DBDriver and DBDParams");
    }
}

static void register_hooks(apr_pool_t *pool)
{
    static const char *const after[] = {"mod_dbd.c", NULL};
    wp_glue_register_stepup(pool);
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(prepare, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(start_child, after, NULL, APR_HOOK_MIDDLE);
    ap_hook_translate_name(translate_name, NULL, NULL, APR_HOOK_LAST);
    ap_hook_map_to_storage(map_to_storage, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_header_parser(before_authentication, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_type_checker(choose_handler, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_insert_error_filter(before_error_answer, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(handle, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(waterportal) = {STANDARD20_MODULE_STUFF, NULL,          NULL,           wp_config_create,
                                  wp_config_merge,         wp_directives, register_hooks, AP_MODULE_FLAG_NONE};
