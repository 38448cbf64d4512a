/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/config.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <string.h>

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

static void set_defaults(wp_config_t *config, apr_pool_t *pool)
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

bool wp_config_check(wp_config_t *config, apr_pool_t *pool, const char **error)
{
    wp_agreements_t *agreements;
    wp_issuers_t *issuers;
    wp_secret_t *secret;

    set_defaults(config, pool);
    if (!config->mount)
        *error = "WaterPortalEngine is On, but WaterPortalMount is missing: name the path of the portal, for example /portal";
    else if (!config->issuers_file)
        *error = "WaterPortalEngine is On, but WaterPortalIssuersFile is missing: name the file of banks and eID (see issuers.json)";
    else if (!config->secret_file)
        *error = "WaterPortalEngine is On, but WaterPortalSecretFile is missing: make one with head -c 48 /dev/urandom | base64";
    else if (wp_issuers_load(&issuers, pool, config->issuers_file, error) == APR_SUCCESS &&
             (!config->agreements_file || wp_agreements_load(&agreements, pool, config->agreements_file, error) == APR_SUCCESS))
        return wp_secret_load(&secret, pool, config->secret_file, error) == APR_SUCCESS;
    return false;
}

/* assets.list has a line per static file: "portal.css portal.1a2b3c4d.css" */
static bool read_assets(apr_table_t *assets, apr_pool_t *pool, const char *directory, const char **error)
{
    const char *name = apr_pstrcat(pool, directory, "/assets/assets.list", NULL);
    apr_file_t *file;
    char line[512];
    apr_status_t status = apr_file_open(&file, name, APR_READ | APR_BUFFERED, APR_OS_DEFAULT, pool);

    if (status != APR_SUCCESS) {
        *error = apr_psprintf(pool, "%s: %pm; is WaterPortalDirectory the installed share/waterportal?", name, &status);
        return false;
    }
    while (apr_file_gets(line, sizeof line, file) == APR_SUCCESS) {
        char *hashed = strchr(line, ' ');
        if (!hashed)
            continue;
        *hashed++ = '\0';
        hashed[strcspn(hashed, "\r\n")] = '\0';
        apr_table_set(assets, line, hashed);
    }
    apr_file_close(file);
    return true;
}

static const char *const *null_terminated(apr_pool_t *pool, const apr_array_header_t *array)
{
    const char **list = apr_pcalloc(pool, sizeof *list * ((apr_size_t)array->nelts + 1));
    for (int i = 0; i < array->nelts; i++)
        list[i] = APR_ARRAY_IDX(array, i, const char *);
    return list;
}

/* Its directive has looked at name and value. */
static int set_threshold(void *policy, const char *name, const char *value)
{
    return wp_reading_policy_set(policy, wp_reading_policy_find(name), apr_atoi64(value));
}

static bool load_theme(wp_portal_t *portal, const wp_config_t *config, apr_pool_t *pool, const char **error)
{
    wp_theme_options_t options = {.directory = apr_pstrcat(pool, config->directory, "/xslt", NULL),
                                  .site_directory = config->theme_directory,
                                  .languages = portal->languages,
                                  .stylesheets = wp_portal_stylesheets(pool),
                                  .log = portal->log};
    wp_theme_t *theme;
    if (wp_theme_load(&theme, pool, &options) != APR_SUCCESS) {
        *error = "a stylesheet of the portal does not compile";
        return false;
    }
    portal->theme = theme;
    return true;
}

bool wp_config_prepare(wp_config_t *config, server_rec *server, apr_pool_t *pool, const char **error)
{
    wp_portal_t *portal = apr_pcalloc(pool, sizeof *portal);
    wp_queries_t *queries;
    wp_agreements_t *agreements = NULL;
    wp_issuers_t *issuers;
    wp_secret_t *secret;

    portal->log = wp_glue_log(server, pool);
    portal->name = config->site_name;
    portal->asset_path = config->asset_path;
    portal->assets = apr_table_make(pool, 8);
    portal->help = config->help;
    portal->seller = config->seller;
    portal->payment_qr = config->payment_qr != 0;
    portal->languages = null_terminated(pool, config->languages);
    portal->callback = config->callback;
    portal->idle_minutes = config->idle_minutes;
    portal->token_rate = config->token_rate;
    portal->window = *config->window;
    portal->policy = wp_reading_policy_default;
    apr_table_do(set_threshold, &portal->policy, config->thresholds, NULL);
    config->portal = portal;
    if (wp_issuers_load(&issuers, pool, config->issuers_file, error) != APR_SUCCESS ||
        wp_secret_load(&secret, pool, config->secret_file, error) != APR_SUCCESS)
        return false;
    if (config->agreements_file && wp_agreements_load(&agreements, pool, config->agreements_file, error) != APR_SUCCESS)
        return false;
    portal->agreements = agreements;
    portal->issuers = issuers;
    portal->secret = secret;
    if (!load_theme(portal, config, pool, error) || !read_assets(portal->assets, pool, config->directory, error))
        return false;
    if (wp_queries_load(&queries, pool, apr_pstrcat(pool, config->directory, "/sql", NULL), error) != APR_SUCCESS)
        return false;
    portal->queries = queries;
    return true;
}
