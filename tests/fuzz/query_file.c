/* SPDX-License-Identifier: Apache-2.0 */
/* SQL files: what was read is written as a file again, and that file must read the same. */
#include "fuzz/fuzz.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "data/query_file.h"

#include "base/banned.h"

static const char *const scopes[] = {"account", "identity", "staff", "public", "system"};

static const char *write_types(apr_pool_t *pool, const apr_array_header_t *types)
{
    const char *text = "";
    for (int i = 0; i < types->nelts; i++) {
        const wp_named_type_t *one = &APR_ARRAY_IDX(types, i, wp_named_type_t);
        text = apr_pstrcat(pool, text, " ", one->name, ":", wp_type_name(one->type), NULL);
    }
    return text;
}

/* Turns apr_dbd's notation back: %lld and %s are placeholders in order, %% is one %. */
static const char *write_sql(apr_pool_t *pool, const wp_query_t *query)
{
    int placeholders = 0;
    size_t size = strlen(query->sql) + 1;

    for (int i = 0; i < query->positions->nelts; i++) {
        int arg = APR_ARRAY_IDX(query->positions, i, int);
        CLAIM(arg >= 0 && arg < query->args->nelts);
        size += strlen(APR_ARRAY_IDX(query->args, arg, wp_named_type_t).name);
    }
    char *sql = apr_palloc(pool, size), *to = sql;

    for (const char *from = query->sql; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from == '%') {
            *to++ = '%';
            continue;
        }
        CLAIM(placeholders < query->positions->nelts);
        const wp_named_type_t *declared =
            &APR_ARRAY_IDX(query->args, APR_ARRAY_IDX(query->positions, placeholders++, int), wp_named_type_t);
        const char *notation = wp_type_is_int(declared->type) ? "lld" : "s";
        CLAIM(strncmp(from, notation, strlen(notation)) == 0);
        from += strlen(notation) - 1;
        *to++ = ':';
        memcpy(to, declared->name, strlen(declared->name));
        to += strlen(declared->name);
    }
    *to = '\0';
    CLAIM(placeholders == query->positions->nelts);
    return sql;
}

static const char *write_query(apr_pool_t *pool, const wp_query_t *query)
{
    const char *args = query->args->nelts ? apr_pstrcat(pool, "-- @args", write_types(pool, query->args), "\n", NULL)
                                          : "";
    const char *row = query->row
                          ? apr_pstrcat(pool, "-- @row ", query->row, write_types(pool, query->columns), "\n", NULL)
                          : "";
    return apr_pstrcat(pool, "-- @query ", query->name, "\n-- @scope ", scopes[query->scope], "\n", args, row,
                       write_sql(pool, query), "\n;\n", NULL);
}

static const char *write_step(apr_pool_t *pool, const wp_schema_step_t *step)
{
    const char *text = apr_psprintf(pool, "-- @schema %d oldest=%d%s\n", step->version, step->oldest,
                                    step->embedded ? " embedded" : "");
    for (int i = 0; i < step->statements->nelts; i++)
        text = apr_pstrcat(pool, text, APR_ARRAY_IDX(step->statements, i, const char *), "\n;\n", NULL);
    return text;
}

static const char *write_file(apr_pool_t *pool, const wp_queries_t *queries)
{
    const char *text = "";
    for (int i = 0; i < queries->list->nelts; i++)
        text = apr_pstrcat(pool, text, write_query(pool, APR_ARRAY_IDX(queries->list, i, const wp_query_t *)), NULL);
    for (int i = 0; i < queries->steps->nelts; i++)
        text = apr_pstrcat(pool, text, write_step(pool, APR_ARRAY_IDX(queries->steps, i, const wp_schema_step_t *)),
                           NULL);
    return text;
}

/* A word of SQL's clock outside of literals: seen with other eyes than the reader's, after comments have gone. */
static bool has_clock(const char *sql)
{
    static const char *const words[] = {"current_timestamp", "current_date", "current_time", "localtimestamp",
                                        "julianday"};
    for (char quote = '\0'; *sql != '\0'; sql++) {
        if (quote != '\0' || *sql == '\'' || *sql == '"') {
            quote = quote == '\0' ? *sql : *sql == quote ? '\0' : quote;
            continue;
        }
        size_t length = 0;
        while (apr_isalnum(sql[length]) || sql[length] == '_')
            length++;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == length && strncasecmp(sql, words[i], length) == 0)
                return true;
        sql += length > 0 ? length - 1 : 0;
    }
    return false;
}

static bool begins_with(const char *sql, const char *word)
{
    size_t length = strlen(word);
    return strncasecmp(sql, word, length) == 0 && !apr_isalnum(sql[length]) && sql[length] != '_';
}

static void check_query(const wp_queries_t *queries, const wp_query_t *query, int number)
{
    size_t length = strlen(query->name);
    bool account = false;

    CLAIM(wp_query_find(queries, query->name) == query && query->number == number);
    CLAIM(length >= 1 && length <= 40 && query->line >= 1);
    CLAIM(*query->sql != '\0' && wp_utf8_valid(query->sql, strlen(query->sql)));
    CLAIM(!has_clock(query->sql));
    for (int i = 0; i < query->args->nelts; i++)
        account = account || strcmp(APR_ARRAY_IDX(query->args, i, wp_named_type_t).name, "account") == 0;
    CLAIM(query->scope != WP_SCOPE_ACCOUNT || account);
    CLAIM(!query->row || query->columns->nelts > 0);
    const char *begin = query->sql + strspn(query->sql, "(");
    CLAIM(query->reads == (begins_with(begin, "select") || begins_with(begin, "with") || begins_with(begin, "values")));
}

static void check_steps(const wp_queries_t *queries)
{
    int version = 0;
    for (int i = 0; i < queries->steps->nelts; i++) {
        const wp_schema_step_t *step = APR_ARRAY_IDX(queries->steps, i, const wp_schema_step_t *);
        CLAIM(step->version >= version && step->oldest >= 1 && step->oldest <= step->version);
        CLAIM(step->statements->nelts > 0);
        for (int k = 0; k < step->statements->nelts; k++)
            CLAIM(!has_clock(APR_ARRAY_IDX(step->statements, k, const char *)));
        version = step->version;
    }
    CLAIM(queries->schema_version == version);
}

static void check_again(apr_pool_t *pool, const wp_queries_t *queries)
{
    const char *error, *text = write_file(pool, queries);
    wp_queries_t *again = wp_queries_make(pool);

    CLAIM(wp_query_parse(again, pool, "again.sql", text, &error) == APR_SUCCESS);
    CLAIM(again->list->nelts == queries->list->nelts && again->steps->nelts == queries->steps->nelts);
    for (int i = 0; i < queries->list->nelts; i++)
        CLAIM(APR_ARRAY_IDX(again->list, i, const wp_query_t *)->reads ==
              APR_ARRAY_IDX(queries->list, i, const wp_query_t *)->reads);
    CLAIM(strcmp(write_file(pool, again), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    char *text = fuzz_text(&bytes);
    apr_pool_t *pool = fuzz_pool_open();
    wp_queries_t *queries = wp_queries_make(pool);
    const char *error = "";
    apr_status_t status = wp_query_parse(queries, pool, "t.sql", text, &error);

    CLAIM((status == APR_SUCCESS) == (error == NULL));
    CLAIM(!error || (strncmp(error, "t.sql:", 6) == 0 && strtol(error + 6, NULL, 10) >= 1));
    if (status == APR_SUCCESS) {
        for (int i = 0; i < queries->list->nelts; i++)
            check_query(queries, APR_ARRAY_IDX(queries->list, i, const wp_query_t *), i);
        check_steps(queries);
        check_again(pool, queries);
    }
    fuzz_pool_close(pool);
    free(text);
    return 0;
}
