/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/config.h"

#include <apr_strings.h>
#include <string.h>

#include "data/db.h"
#include "httpd/glue.h"

#include "base/banned.h"

#define SET_UNSET(type, name, unset) config->name = unset;
#define MAKE_TABLE(name)             config->name = apr_table_make(pool, 4);
void *wp_config_create(apr_pool_t *pool, server_rec *server)
{
    wp_config_t *config = apr_pcalloc(pool, sizeof *config);
    (void)server;
    WP_CONFIG_MEMBERS(SET_UNSET)
    WP_CONFIG_TABLES(MAKE_TABLE)
    return config;
}
#undef SET_UNSET
#undef MAKE_TABLE

static apr_table_t *merge_tables(apr_pool_t *pool, const apr_table_t *base, const apr_table_t *over)
{
    apr_table_t *merged = apr_table_copy(pool, base);
    apr_table_overlap(merged, over, APR_OVERLAP_TABLES_SET);
    return merged;
}

#define MERGE(type, name, unset) merged->name = over->name != unset ? over->name : base->name;
#define MERGE_TABLE(name)        merged->name = merge_tables(pool, base->name, over->name);
void *wp_config_merge(apr_pool_t *pool, void *base_config, void *over_config)
{
    const wp_config_t *base = base_config;
    const wp_config_t *over = over_config;
    wp_config_t *merged = apr_pcalloc(pool, sizeof *merged);
    WP_CONFIG_MEMBERS(MERGE)
    WP_CONFIG_TABLES(MERGE_TABLE)
    return merged;
}
#undef MERGE
#undef MERGE_TABLE

wp_config_t *wp_config_of(server_rec *server)
{
    return ap_get_module_config(server->module_config, &waterportal_module);
}

bool wp_config_is_on(const wp_config_t *config)
{
    return config->engine == 1;
}

void wp_config_settle(wp_config_t *config, apr_pool_t *pool)
{
    static wp_window_spec_t last_third;

    if (!config->directory)
        config->directory = WP_PKGDATADIR;
    if (!config->asset_path)
        config->asset_path = "/portal-assets";
    if (!config->session_cookie)
        config->session_cookie = "__Host-wp";
    if (!config->callback && config->mount)
        config->callback = apr_pstrcat(pool, config->mount, "/oidc", NULL);
    if (!config->site_name)
        config->site_name = "Waterportal";
    if (!config->languages) {
        config->languages = apr_array_make(pool, 2, sizeof(const char *));
        APR_ARRAY_PUSH(config->languages, const char *) = "lv";
        APR_ARRAY_PUSH(config->languages, const char *) = "en";
    }
    if (!config->window && wp_window_parse("20-last", &last_third))
        config->window = &last_third;
    config->idle_minutes = config->idle_minutes < 0 ? 20 : config->idle_minutes;
    config->token_rate = config->token_rate < 0 ? 60 : config->token_rate;
    config->connections = config->connections < 0 ? 4 : config->connections;
    if (config->heavy_requests < 0)
        config->heavy_requests = config->connections > 1 ? config->connections / 2 : 1;
    config->database_wait = config->database_wait < 0 ? 3000 : config->database_wait;
    config->statement_timeout = config->statement_timeout < 0 ? 10000 : config->statement_timeout;
    config->prepare = config->prepare < 0 ? 1 : config->prepare;
}

static const char *const *null_terminated(apr_pool_t *pool, const apr_array_header_t *array)
{
    const char **list = apr_pcalloc(pool, sizeof *list * ((apr_size_t)array->nelts + 1));
    for (int i = 0; i < array->nelts; i++)
        list[i] = APR_ARRAY_IDX(array, i, const char *);
    return list;
}

/* The directive has already checked name and value. */
static int set_threshold(void *policy, const char *name, const char *value)
{
    return wp_reading_policy_set(policy, wp_reading_policy_find(name), apr_atoi64(value));
}

static int set_limit(void *limits, const char *name, const char *value)
{
    wp_limit_t limit;
    if (wp_limit_find(name, &limit))
        ((wp_limits_t *)limits)->most[limit] = (int)apr_atoi64(value);
    return 1;
}

static wp_parts_t parts_of(const wp_config_t *config, apr_pool_t *pool)
{
    return (wp_parts_t){.issuers = config->issuers_file,
                        .secret = config->secret_file,
                        .other_secret = config->other_secret_file,
                        .person_secret = config->person_secret_file,
                        .agreements = config->agreements_file,
                        .sql = apr_pstrcat(pool, config->directory, "/sql", NULL),
                        .assets = apr_pstrcat(pool, config->directory, "/assets", NULL),
                        .theme = {.directory = apr_pstrcat(pool, config->directory, "/xslt", NULL),
                                  .site_directory = config->theme_directory,
                                  .languages = null_terminated(pool, config->languages),
                                  .stylesheets = wp_portal_stylesheets(pool)}};
}

void wp_config_want(const wp_config_t *config, wp_kept_t *kept, apr_pool_t *pool)
{
    const wp_parts_t parts = parts_of(config, pool);
    wp_kept_want(kept, &parts.theme);
}

bool wp_config_look_ahead(const wp_config_t *config, wp_kept_t *kept, apr_pool_t *pool)
{
    wp_parts_t parts = parts_of(config, pool);
    parts.theme.log = config->portal->log;
    return wp_kept_look_ahead(kept, &parts.theme);
}

/* Checks what cannot be found out by reading a file. */
static void check_directives(const wp_config_t *config, apr_array_header_t *findings)
{
    if (!config->mount)
        wp_finding_add(findings, WP_EV_INCOMPLETE,
                       "WaterPortalMount: name the path of the portal, for example /portal");
    if (!config->issuers_file)
        wp_finding_add(findings, WP_EV_INCOMPLETE,
                       "WaterPortalIssuersFile: name the file of banks and eID (see issuers.json)");
    if (!config->secret_file)
        wp_finding_add(findings, WP_EV_INCOMPLETE,
                       "WaterPortalSecretFile: create one with head -c 48 /dev/urandom | base64");
    if (!config->dbd_driver)
        wp_finding_add(findings, WP_EV_INCOMPLETE,
                       "DBDriver: name the database's driver, sqlite3 or pgsql, and the database with DBDParams");
    else if (wp_db_load_driver(config->dbd_driver, findings->pool) != APR_SUCCESS)
        wp_finding_add(findings, WP_EV_INCOMPLETE,
                       apr_pstrcat(findings->pool, "DBDriver ", config->dbd_driver,
                                   ": APR has no such driver (Debian: libaprutil1-dbd-sqlite3, libaprutil1-dbd-pgsql)",
                                   NULL));
}

void wp_config_prepare(wp_config_t *config, wp_kept_t *kept, const wp_log_t *log, apr_pool_t *pool,
                       apr_array_header_t *findings)
{
    wp_portal_t *portal = apr_pcalloc(pool, sizeof *portal);
    wp_parts_t parts = parts_of(config, pool);

    parts.kept = kept;
    portal->log = log;
    portal->name = config->site_name;
    portal->asset_path = config->asset_path;
    portal->help = config->help;
    portal->seller = config->seller;
    portal->payment_qr = config->payment_qr != 0;
    portal->languages = parts.theme.languages;
    portal->callback = config->callback;
    portal->idle_minutes = config->idle_minutes;
    portal->token_rate = config->token_rate;
    portal->window = *config->window;
    portal->policy = wp_reading_policy_default;
    wp_limits_default(&portal->limits);
    apr_table_do(set_limit, &portal->limits, config->limits, NULL);
    apr_table_do(set_threshold, &portal->policy, config->thresholds, NULL);
    check_directives(config, findings);
    wp_portal_prepare(portal, &parts, pool, findings);
    portal->whole = findings->nelts == 0;
    config->portal = config->mount ? portal : NULL;
}
