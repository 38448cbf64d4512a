/* SPDX-License-Identifier: Apache-2.0 */
#include "data/pgsql_params.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

typedef struct setting_t {
    const char *name, *value;
} setting_t;

/* A machine that disappeared is noticed after 10 + 3 × 3 s of silence, or if it confirms nothing for 10 s. */
static const setting_t defaults[] = {{"connect_timeout", "3"},
                                     {"keepalives_idle", "10"},
                                     {"keepalives_interval", "3"},
                                     {"keepalives_count", "3"},
                                     {"tcp_user_timeout", "10000"},
                                     {"application_name", "waterportal"},
                                     {NULL, NULL}};

static const setting_t encoding = {"client_encoding", "UTF8"};

static bool is_uri(const char *params)
{
    return strncmp(params, "postgresql://", 13) == 0 || strncmp(params, "postgres://", 11) == 0;
}

/* Does the query part of a URI set name? */
static bool sets(const char *uri, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = strpbrk(uri, "?&"); at; at = strpbrk(at + 1, "&"))
        if (strncmp(at + 1, name, length) == 0 && at[1 + length] == '=')
            return true;
    return false;
}

static const char *add(apr_pool_t *pool, const char *uri, const setting_t *setting)
{
    return apr_pstrcat(pool, uri, strchr(uri, '?') ? "&" : "?", setting->name, "=", setting->value, NULL);
}

const char *wp_pgsql_params(apr_pool_t *pool, const char *params)
{
    bool uri = is_uri(params);
    const char *all = uri ? params : "";

    /* libpq takes the last of two equal keywords: ours precede the administrator's */
    for (const setting_t *setting = defaults; setting->name; setting++) {
        if (!uri)
            all = apr_pstrcat(pool, all, setting->name, "=", setting->value, " ", NULL);
        else if (!sets(params, setting->name))
            all = add(pool, all, setting);
    }
    return uri ? add(pool, all, &encoding)
               : apr_pstrcat(pool, all, params, " ", encoding.name, "=", encoding.value, NULL);
}

bool wp_pgsql_wants_primary(const char *params)
{
    return strstr(params, "target_session_attrs=read-write") || strstr(params, "target_session_attrs=primary");
}
