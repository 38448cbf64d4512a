/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/issuers.h"

#include <apr_strings.h>
#include <jansson.h>
#include <string.h>

#include "base/json_pool.h"

#include "base/banned.h"

static const char *const level_names[] = {[WP_LEVEL_BANK] = "bank", [WP_LEVEL_EID] = "eid", [WP_LEVEL_STAFF] = "staff"};

typedef struct reader_t {
    apr_pool_t *pool;
    const char *file;
    apr_size_t row;
    const char **error;
} reader_t;

static apr_status_t fail(const reader_t *reader, const char *what)
{
    *reader->error = apr_psprintf(reader->pool, "%s: issuers[%" APR_SIZE_T_FMT "]: %s", reader->file, reader->row,
                                  what);
    return APR_EGENERAL;
}

static const char *text(const reader_t *reader, json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));
    return value ? apr_pstrdup(reader->pool, value) : NULL;
}

static apr_array_header_t *strings(const reader_t *reader, json_t *array)
{
    apr_array_header_t *list = apr_array_make(reader->pool, 2, sizeof(const char *));
    size_t i;
    json_t *value;
    json_array_foreach(array, i, value)
    {
        if (json_is_string(value))
            APR_ARRAY_PUSH(list, const char *) = apr_pstrdup(reader->pool, json_string_value(value));
    }
    return list;
}

static apr_status_t read_level(const reader_t *reader, json_t *object, wp_level_t *level)
{
    const char *name = json_string_value(json_object_get(object, "level"));
    for (size_t l = 0; l < sizeof level_names / sizeof *level_names; l++) {
        if (name && strcmp(name, level_names[l]) == 0) {
            *level = (wp_level_t)l;
            return APR_SUCCESS;
        }
    }
    return fail(reader, "\"level\" must be \"bank\", \"eid\" or \"staff\"");
}

/* "https://host:port/path" → "https://host:port" */
static const char *origin_of(apr_pool_t *pool, const char *issuer)
{
    const char *host = issuer + strlen("https://");
    return apr_pstrndup(pool, issuer, (apr_size_t)(host - issuer) + strcspn(host, "/"));
}

/* How the issuer signs its ID tokens; waterportal-issuers also writes it to where mod_auth_openidc reads it. Others are
 * not accepted: without a signature, or with a shared secret, others could make tokens. */
static bool is_signature(const json_t *value)
{
    static const char *const known[] = {"RS256", "RS384", "RS512", "PS256", "PS384",
                                        "PS512", "ES256", "ES384", "ES512"};
    const char *name = json_string_value(value);

    for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return !value;
}

static apr_status_t read_issuer(const reader_t *reader, json_t *object, wp_issuer_t *issuer)
{
    issuer->issuer = text(reader, object, "issuer");
    if (!issuer->issuer || strncmp(issuer->issuer, "https://", 8) != 0 || strpbrk(issuer->issuer, " ;,'\"\\\r\n\t"))
        return fail(reader, "\"issuer\" must be the issuer's https address, as in its discovery document");
    issuer->origin = origin_of(reader->pool, issuer->issuer);
    if (read_level(reader, object, &issuer->level) != APR_SUCCESS)
        return APR_EGENERAL;
    issuer->names = wp_json_texts(reader->pool, json_object_get(object, "name"));
    issuer->hints = wp_json_texts(reader->pool, json_object_get(object, "hint"));
    if (apr_is_empty_table(issuer->names))
        return fail(reader, "\"name\" must give the name by language: {\"lv\": \"…\", \"en\": \"…\"}");
    issuer->mark = text(reader, object, "mark");
    issuer->code_claim = text(reader, object, "person_code_claim");
    issuer->code_country = text(reader, object, "person_code_country");
    issuer->country_claim = text(reader, object, "country_claim");
    issuer->role_claim = text(reader, object, "role_claim");
    issuer->roles = strings(reader, json_object_get(object, "roles"));
    issuer->acr = text(reader, object, "acr");
    issuer->signature = text(reader, object, "id_token_signed_response_alg");
    if (!issuer->signature)
        issuer->signature = "RS256"; /* OpenID Connect Discovery, section 3: every issuer supports it */
    if (!is_signature(json_object_get(object, "id_token_signed_response_alg")))
        return fail(reader, "\"id_token_signed_response_alg\" must be RS256 (what it is when left out), RS384, RS512, "
                            "PS256, PS384, PS512, "
                            "ES256, ES384 or ES512");
    if (issuer->level != WP_LEVEL_STAFF && !issuer->code_claim)
        return fail(reader, "\"person_code_claim\" must name the claim that carries the person code");
    if (issuer->level == WP_LEVEL_STAFF && (!issuer->role_claim || issuer->roles->nelts == 0))
        return fail(reader, "a staff issuer needs \"role_claim\" and \"roles\"");
    return APR_SUCCESS;
}

apr_status_t wp_issuers_load(wp_issuers_t **issuers, apr_pool_t *pool, const char *file, const char **error)
{
    wp_file_t read;
    json_t *root = NULL;

    *issuers = NULL;
    if (wp_file_read(&read, pool, file, error) == APR_SUCCESS)
        root = wp_json_parse_file(pool, &read, file, error);
    if (!root)
        return APR_EGENERAL;
    json_t *array = json_object_get(root, "issuers");
    reader_t reader = {.pool = pool, .file = file, .error = error};
    if (json_array_size(array) == 0) {
        *error = apr_psprintf(pool, "%s: needs {\"issuers\": [ … ]} with at least one issuer", file);
        return APR_EGENERAL;
    }
    wp_issuers_t *made = apr_pcalloc(pool, sizeof *made);
    made->list = apr_array_make(pool, 4, sizeof(wp_issuer_t));
    for (; reader.row < json_array_size(array); reader.row++) {
        wp_issuer_t issuer = {0};
        if (read_issuer(&reader, json_array_get(array, reader.row), &issuer) != APR_SUCCESS)
            return APR_EGENERAL;
        if (wp_issuers_find(made, issuer.issuer))
            return fail(&reader, "this issuer is listed more than once");
        APR_ARRAY_PUSH(made->list, wp_issuer_t) = issuer;
    }
    *issuers = made;
    return APR_SUCCESS;
}

const wp_issuer_t *wp_issuers_find(const wp_issuers_t *issuers, const char *issuer)
{
    for (int i = 0; i < issuers->list->nelts; i++) {
        const wp_issuer_t *row = &APR_ARRAY_IDX(issuers->list, i, wp_issuer_t);
        if (strcmp(row->issuer, issuer) == 0)
            return row;
    }
    return NULL;
}

const char *wp_level_name(wp_level_t level)
{
    return level_names[level];
}

bool wp_issuer_can_step_up(const wp_issuer_t *issuer)
{
    return issuer->level == WP_LEVEL_EID && issuer->acr;
}

bool wp_issuers_can_step_up(const wp_issuers_t *issuers)
{
    for (int i = 0; i < issuers->list->nelts; i++) {
        if (wp_issuer_can_step_up(&APR_ARRAY_IDX(issuers->list, i, wp_issuer_t)))
            return true;
    }
    return false;
}

const char *wp_issuer_text(const apr_table_t *texts, const char *language)
{
    const char *text = apr_table_get(texts, language);
    if (text)
        return text;
    const apr_array_header_t *all = apr_table_elts(texts);
    return all->nelts ? APR_ARRAY_IDX(all, 0, apr_table_entry_t).val : NULL;
}
