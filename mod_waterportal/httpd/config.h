/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_HTTPD_CONFIG_H
#define WP_HTTPD_CONFIG_H

#include <httpd.h>
#include <http_config.h>

#include "domain/reading/policy.h"
#include "domain/window.h"
#include "portal/portal.h"

extern module AP_MODULE_DECLARE_DATA waterportal_module;

/* What an admin configures for one server. X(type, member, value when not set). The struct, its creation and its
 * merging are generated from this list, so that none of them can miss a member. */
#define WP_CONFIG_MEMBERS(X) \
    X(int, engine, -1) \
    X(const char *, mount, NULL) \
    X(const char *, directory, NULL) \
    X(const char *, theme_directory, NULL) \
    X(const char *, issuers_file, NULL) \
    X(const char *, agreements_file, NULL) \
    X(const char *, other_secret_file, NULL) \
    X(const char *, person_secret_file, NULL) \
    X(const char *, secret_file, NULL) \
    X(const char *, asset_path, NULL) \
    X(const char *, origin, NULL) \
    X(const char *, session_cookie, NULL) \
    X(const char *, session_store, NULL) \
    X(const char *, callback, NULL) \
    X(const char *, site_name, NULL) \
    X(int, payment_qr, -1) \
    X(apr_array_header_t *, languages, NULL) \
    X(const wp_window_spec_t *, window, NULL) \
    X(int, idle_minutes, -1) \
    X(int, token_rate, -1) \
    X(int, heavy_requests, -1) \
    X(int, connections, -1) \
    X(int, database_wait, -1) \
    X(int, statement_timeout, -1) \
    X(int, database_time, -1) \
    X(int, prepare, -1) \
    X(const char *, dbd_driver, NULL) \
    X(const char *, dbd_params, NULL) \
    X(apr_array_header_t *, dbd_init_sql, NULL) \
    X(int, dbd_persist, -1) \
    X(int, dbd_min, -1) \
    X(int, dbd_keep, -1) \
    X(int, dbd_max, -1) \
    X(int, dbd_exptime, -1) \
    X(const char *, fixed_time, NULL)

/* Settings that are given per name: the last value of each name wins, and a virtual host inherits the names that it
 * does not give. */
#define WP_CONFIG_TABLES(T) \
    T(help) \
    T(seller) \
    T(limits) \
    T(thresholds)

#define WP_CONFIG_MEMBER(type, name, unset) type name;
#define WP_CONFIG_TABLE(name)               apr_table_t *name;
typedef struct wp_config_t {
    WP_CONFIG_MEMBERS(WP_CONFIG_MEMBER)
    WP_CONFIG_TABLES(WP_CONFIG_TABLE)
    wp_portal_t *portal; /* made at start-up; NULL if the engine is off or no mount is set */
} wp_config_t;
#undef WP_CONFIG_MEMBER
#undef WP_CONFIG_TABLE

extern const command_rec wp_directives[];

void *wp_config_create(apr_pool_t *pool, server_rec *server);
void *wp_config_merge(apr_pool_t *pool, void *base, void *over);
wp_config_t *wp_config_of(server_rec *server);
bool wp_config_is_on(const wp_config_t *config);

/* Fills in the defaults of directives that were not given. */
void wp_config_settle(wp_config_t *config, apr_pool_t *pool);

/* Tells kept that the theme of this configuration will be loaded. */
void wp_config_want(const wp_config_t *config, wp_kept_t *kept, apr_pool_t *pool);

/* Called between two readings of the configuration; compiles a theme that has changed. True: a theme was compiled. */
bool wp_config_look_ahead(const wp_config_t *config, wp_kept_t *kept, apr_pool_t *pool);

/* Makes the portal of a server: statements, stylesheets, issuers, keys. Whatever is wrong is added to findings
 * (wp_finding_t); the portal then exists, but is not marked whole. kept: themes of earlier configurations, or NULL. */
void wp_config_prepare(wp_config_t *config, wp_kept_t *kept, const wp_log_t *log, apr_pool_t *pool,
                       apr_array_header_t *findings);

#endif
