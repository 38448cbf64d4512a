/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/config.h"
#include "httpd/glue.h"

#include <apr_strings.h>
#include <http_core.h>
#include <mpm_common.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <string.h>

#include "base/banned.h"

#define NO_FILE "waterportal:" /* in r->filename: there is no file, so no <Directory> applies to the portal */

static const wp_config_t *portal_config(request_rec *r)
{
    const wp_config_t *config = wp_config_of(r->server);
    return wp_config_is_on(config) && config->portal ? config : NULL;
}

static void begin(request_rec *r, const wp_config_t *config)
{
    wp_glue_own_errors(r, config);
    wp_glue_note_body(r);
}

/* Before httpd looks at the address, which it may reject. A slowly sent body to any other place of the site would
 * occupy a thread just as well. */
static int after_reading(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    if (config && wp_glue_is_ours(config, r->uri))
        begin(r, config);
    else if (config)
        wp_glue_note_body(r);
    return DECLINED;
}

/* A place with its own handler (SetHandler, a proxy, a script) reads its bodies as it would without this module. */
static int leave_to_others(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    const char *section;

    if (config && r->handler && !wp_glue_names_section(r->handler, &section) && !wp_glue_is_ours(config, r->uri))
        wp_glue_leave_body(r);
    return DECLINED;
}

/* For the places that httpd knows before it decodes the address. */
static int keep_address(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    const char *section;

    if (config && r->parsed_uri.path && (wp_glue_is_ours(config, r->uri) || wp_glue_is_mounted(r, &section)))
        wp_glue_keep_address(r);
    return DECLINED;
}

static int translate_name(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    if (!config || !wp_glue_is_ours(config, r->uri))
        return DECLINED;
    begin(r, config); /* only now is the address decoded */
    r->filename = apr_pstrcat(r->pool, NO_FILE, r->uri, NULL);
    return OK;
}

static int map_to_storage(request_rec *r)
{
    return r->filename && strncmp(r->filename, NO_FILE, sizeof NO_FILE - 1) == 0 ? OK : DECLINED;
}

/* The callback's body is for mod_auth_openidc; any other is read when the portal asks for it. */
static int before_authentication(request_rec *r)
{
    const wp_config_t *config = portal_config(r);
    const char *section;

    if (!config || (!wp_glue_is_ours(config, r->uri) && !wp_glue_is_mounted(r, &section)))
        return DECLINED;
    begin(r, config);
    if (!config->portal->whole && !r->prev)
        return HTTP_SERVICE_UNAVAILABLE; /* send nobody to a bank in vain */
    wp_glue_note_session(r, config);
    if (!r->prev && wp_glue_begins_login(r, config) && wp_glue_session_store_is_away(config, r->pool)) {
        wp_glue_note_login_away(r);
        return HTTP_SERVICE_UNAVAILABLE;
    }
    if (strcmp(r->uri, config->callback) != 0)
        return DECLINED;
    wp_glue_watch_login(r);
    return wp_glue_offer_body(r);
}

/* Runs before mod_mime, which would take "/account/export.zip" for a file of that type, find none, and stop the search
 * for a handler. SetHandler is applied later and wins. */
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
    if (wp_glue_login_error_replaced(r))
        return OK;
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
    if (config && config->portal->whole)
        wp_glue_bind_login(r, config);
}

static void log_findings(const wp_log_t *log, const apr_array_header_t *findings)
{
    for (int i = 0; i < findings->nelts; i++) {
        const wp_finding_t *finding = &APR_ARRAY_IDX(findings, i, wp_finding_t);
        wp_log_event(log, finding->event, "%s", finding->text);
    }
}

static bool is_tested(void)
{
    return ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST;
}

/* Also runs at every start and reload, where an error would take down all sites of the server (docs/platform.md, H2);
 * so only configtest fails. */
static int check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    apr_array_header_t *findings = apr_array_make(ptemp, 4, sizeof(wp_finding_t));
    int found = 0;
    (void)plog;

    for (server_rec *s = main_server; s && is_tested(); s = s->next) {
        wp_config_t *config = wp_config_of(s);
        if (!wp_config_is_on(config))
            continue;
        const wp_log_t *log = wp_glue_test_log(s, ptemp);
        apr_array_clear(findings);
        wp_config_settle(config, pconf);
        wp_config_prepare(config, NULL, log, ptemp, findings);
        log_findings(log, findings);
        found += findings->nelts;
    }
    return found > 0 ? HTTP_INTERNAL_SERVER_ERROR : OK;
}

/* Outlives this module's configuration. The layout of the first two members must never change: a reload may bring in
 * another build of the module, about which nothing else is known. */
typedef struct retained_t {
    const void *owner; /* an address that exists only in this copy of the module */
    apr_pool_t *pool;
    wp_kept_t *kept;
} retained_t;

static wp_kept_t *kept_themes(apr_pool_t *process)
{
    static const char key[] = "waterportal-themes";
    retained_t *retained = ap_retained_data_get(key);

    if (!retained)
        retained = ap_retained_data_create(key, sizeof *retained);
    if (retained->owner == key)
        return retained->kept;
    if (retained->pool) /* its code is still loaded: the module is linked with -z nodelete */
        apr_pool_destroy(retained->pool);
    *retained = (retained_t){0};
    if (apr_pool_create(&retained->pool, process) != APR_SUCCESS)
        return NULL;
    retained->kept = wp_kept_make(retained->pool);
    retained->owner = key;
    return retained->kept;
}

static void keep_wanted(wp_kept_t *kept, server_rec *main_server, apr_pool_t *ptemp)
{
    wp_kept_begin(kept);
    for (server_rec *s = main_server; s; s = s->next) {
        const wp_config_t *config = wp_config_of(s);
        if (wp_config_is_on(config))
            wp_config_want(config, kept, ptemp);
    }
    wp_kept_sweep(kept);
}

/* A portal that cannot be prepared answers 503; the server's other sites are not affected. */
static int prepare(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    (void)plog;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    for (server_rec *s = main_server; s; s = s->next) {
        if (wp_config_is_on(wp_config_of(s)))
            wp_config_settle(wp_config_of(s), pconf);
    }
    wp_kept_t *kept = kept_themes(main_server->process->pool);
    if (kept)
        keep_wanted(kept, main_server, ptemp);
    for (server_rec *s = main_server; s; s = s->next) {
        wp_config_t *config = wp_config_of(s);
        apr_array_header_t *findings = apr_array_make(ptemp, 4, sizeof(wp_finding_t));
        if (!wp_config_is_on(config))
            continue;
        const wp_log_t *log = wp_glue_log(s, pconf);
        wp_config_prepare(config, kept, log, pconf, findings);
        wp_glue_share(config, pconf);
        log_findings(log, findings);
        if (findings->nelts > 0)
            wp_log_event(log, WP_EV_STARTUP, "%d found", findings->nelts);
    }
    return OK;
}

/* In the parent, every ten seconds: compiles what a reload would have to compile, while the children serve requests. */
static int look_ahead(apr_pool_t *pconf, server_rec *main_server)
{
    wp_kept_t *kept = kept_themes(main_server->process->pool);
    apr_pool_t *scratch;

    if (!kept || apr_pool_create(&scratch, pconf) != APR_SUCCESS)
        return DECLINED;
    for (server_rec *s = main_server; s; s = s->next) {
        const wp_config_t *config = wp_config_of(s);
        if (wp_config_is_on(config) && config->portal && wp_config_look_ahead(config, kept, scratch))
            wp_log_info(config->portal->log, "the changed stylesheets are compiled: a reload takes them at once");
    }
    apr_pool_destroy(scratch);
    return DECLINED;
}

static void start_child(apr_pool_t *pchild, server_rec *main_server)
{
    wp_glue_open_places(pchild); /* if this fails, only bodies that arrive with their request are read */
    for (server_rec *s = main_server; s; s = s->next) {
        wp_config_t *config = wp_config_of(s);
        if (!wp_config_is_on(config) || !config->portal || !config->portal->whole)
            continue;
        wp_glue_open_session_store(config, pchild);
        config->portal->source = wp_glue_source(config, pchild);
        wp_glue_take_part(config, pchild);
    }
}

static void register_hooks(apr_pool_t *pool)
{
    wp_glue_register_stepup(pool);
    wp_glue_register_login_error();
    wp_glue_register_body();
    ap_hook_check_config(check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(prepare, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(start_child, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_monitor(look_ahead, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_read_request(after_reading, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_pre_translate_name(keep_address, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_translate_name(translate_name, NULL, NULL, APR_HOOK_LAST);
    ap_hook_map_to_storage(map_to_storage, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_header_parser(before_authentication, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_fixups(leave_to_others, NULL, NULL, APR_HOOK_LAST);
    ap_hook_type_checker(choose_handler, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_insert_error_filter(before_error_answer, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(handle, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(waterportal) = {STANDARD20_MODULE_STUFF, NULL,          NULL,           wp_config_create,
                                  wp_config_merge,         wp_directives, register_hooks, AP_MODULE_FLAG_NONE};
