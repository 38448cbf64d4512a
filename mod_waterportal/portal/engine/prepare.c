/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/portal.h"

#include <apr_strings.h>
#include <string.h>

#include "base/file.h"
#include "data/query_file.h"

#include "base/banned.h"

typedef struct preparation_t {
    wp_portal_t *portal;
    const wp_parts_t *parts;
    apr_pool_t *pool;
    apr_array_header_t *findings;
} preparation_t;

void wp_finding_add(apr_array_header_t *findings, wp_event_id_t event, const char *text)
{
    APR_ARRAY_PUSH(findings, wp_finding_t) = (wp_finding_t){event, text};
}

/* Checks the file before it is opened: a pipe or a device would block the whole server. */
static void read_issuers(preparation_t *p)
{
    const char *file = p->parts->issuers;
    const char *error = NULL;
    wp_issuers_t *issuers = NULL;

    if (file)
        wp_issuers_load(&issuers, p->pool, file, &error);
    p->portal->issuers = issuers;
    if (file && !issuers)
        wp_finding_add(p->findings, WP_EV_CHECK_ISSUERS, error);
}

/* file NULL: returns NULL. */
static wp_secret_t *read_secret_file(preparation_t *p, const char *file)
{
    const char *error = NULL;
    wp_secret_t *secret = NULL;

    if (file)
        wp_secret_load(&secret, p->pool, file, &error);
    if (file && !secret)
        wp_finding_add(p->findings, WP_EV_CHECK_SECRET, error);
    return secret;
}

/* If a secret that is named cannot be used, the portal gets none at all: with only some of them it would reject what is
 * valid. */
static void read_secret(preparation_t *p)
{
    const wp_parts_t *parts = p->parts;
    wp_secret_t *secret = read_secret_file(p, parts->secret);
    const wp_secret_t *other = read_secret_file(p, parts->other_secret),
                      *first = read_secret_file(p, parts->person_secret);
    bool whole = secret && (other || !parts->other_secret) && (first || !parts->person_secret);

    if (whole)
        wp_secret_join(secret, other, first);
    p->portal->secret = whole ? secret : NULL;
}

static void read_agreements(preparation_t *p)
{
    const char *file = p->parts->agreements;
    const char *error = NULL;
    wp_agreements_t *agreements = NULL;

    if (file)
        wp_agreements_load(&agreements, p->pool, file, &error);
    p->portal->agreements = agreements;
    if (file && !agreements)
        wp_finding_add(p->findings, WP_EV_CHECK_AGREEMENT, error);
}

/* The theme logs by itself what does not compile; the finding here says only that the portal has no theme. */
static void read_theme(preparation_t *p)
{
    wp_theme_options_t options = p->parts->theme;
    wp_theme_t *theme = NULL;

    if (!options.directory)
        return;
    options.log = p->portal->log;
    if (p->parts->kept)
        wp_kept_load(p->parts->kept, &theme, p->pool, &options);
    else
        wp_theme_load(&theme, p->pool, &options);
    p->portal->theme = theme;
    if (!theme)
        wp_finding_add(p->findings, WP_EV_CHECK_FILES,
                       apr_psprintf(p->pool, "%s: a stylesheet of the portal, or its texts, cannot be used",
                                    options.directory));
}

/* assets.list has a line per static file: "portal.css portal.1a2b3c4d.css" */
static void read_assets(preparation_t *p)
{
    const char *error = NULL;
    char *rest;
    wp_file_t file;

    p->portal->assets = apr_table_make(p->pool, 8);
    if (!p->parts->assets)
        return;
    const char *name = apr_pstrcat(p->pool, p->parts->assets, "/assets.list", NULL);
    wp_file_read(&file, p->pool, name, &error);
    for (char *line = file.bytes ? apr_strtok(file.bytes, "\r\n", &rest) : NULL; line;
         line = apr_strtok(NULL, "\r\n", &rest)) {
        char *hashed = strchr(line, ' ');
        if (!hashed)
            continue;
        *hashed++ = '\0';
        apr_table_set(p->portal->assets, line, hashed);
    }
    if (apr_is_empty_table(p->portal->assets))
        wp_finding_add(p->findings, WP_EV_CHECK_FILES,
                       error ? error : apr_psprintf(p->pool, "%s: names no static file", name));
}

static void read_statements(preparation_t *p)
{
    wp_queries_t *queries = NULL;
    const char *error = NULL;

    if (!p->parts->sql)
        return;
    if (wp_queries_load(&queries, p->pool, p->parts->sql, &error) != APR_SUCCESS) {
        wp_finding_add(p->findings, WP_EV_CHECK_FILES, error ? error : p->parts->sql);
        queries = NULL;
    }
    p->portal->queries = queries;
}

void wp_portal_prepare(wp_portal_t *portal, const wp_parts_t *parts, apr_pool_t *pool, apr_array_header_t *findings)
{
    static void (*const readers[])(preparation_t * p) = {read_theme,      read_issuers, read_secret,
                                                         read_agreements, read_assets,  read_statements};
    preparation_t p = {portal, parts, pool, findings};
    int before = findings->nelts;

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        readers[i](&p);
    portal->whole = findings->nelts == before;
}
