/* SPDX-License-Identifier: Apache-2.0 */
#include "data/query_file.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/clause.h"
#include "data/sql_scan.h"

#include "base/banned.h"

/* PostgreSQL truncates identifiers to 63 bytes; a prepared statement is called wp_<name>_<generation> */
#define NAME_MAX_BYTES   40
#define PLACEHOLDERS_MAX 90

typedef struct reader_t {
    wp_queries_t *queries;
    apr_pool_t *keep; /* the queries' own */
    apr_pool_t *pool;
    const char *file;
    int line;
    const char *error;
    wp_query_t *query;      /* the open block: a query, */
    wp_schema_step_t *step; /* a schema step, */
    wp_clause_t *clause;    /* or a clause */
    bool scoped;
    char *sql; /* the text being read */
    size_t length, room;
} reader_t;

static const char *const type_names[] =
    {[WP_TYPE_TEXT] = "text",   [WP_TYPE_INT] = "int",     [WP_TYPE_FLAG] = "flag", [WP_TYPE_VOLUME] = "volume",
     [WP_TYPE_MONEY] = "money", [WP_TYPE_PRICE] = "price", [WP_TYPE_DATE] = "date", [WP_TYPE_TIME] = "time"};
static const char *const scope_names[] = {[WP_SCOPE_ACCOUNT] = "account",
                                          [WP_SCOPE_IDENTITY] = "identity",
                                          [WP_SCOPE_STAFF] = "staff",
                                          [WP_SCOPE_PUBLIC] = "public",
                                          [WP_SCOPE_SYSTEM] = "system"};

/* Sets the error and returns false, so that callers can write "return fail(…)". */
static bool fail(reader_t *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail(reader_t *reader, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    reader->error = apr_psprintf(reader->pool, "%s:%d: %s", reader->file, reader->line,
                                 apr_pvsprintf(reader->pool, format, args));
    va_end(args);
    return false;
}

static int index_of(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

static bool is_name(const char *text, const char *also)
{
    if (!apr_isalpha(*text))
        return false;
    for (; *text; text++)
        if (!apr_isalnum(*text) && *text != '_' && !strchr(also, *text))
            return false;
    return true;
}

/* The next word of a directive's line, or NULL. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t\r");
    size_t length = strcspn(word, " \t\r");
    if (length == 0)
        return NULL;
    *rest = word + length;
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}

static int named_index(const apr_array_header_t *list, const char *name)
{
    for (int i = 0; i < list->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(list, i, wp_named_type_t).name, name) == 0)
            return i;
    return -1;
}

/* name:type name:type … */
static bool read_named_types(reader_t *reader, apr_array_header_t *list, char *rest, const char *also)
{
    char *word;
    while ((word = next_word(&rest))) {
        char *colon = strchr(word, ':');
        if (!colon)
            return fail(reader, "\"%s\" has no type (name:type)", word);
        *colon = '\0';
        int type = index_of(type_names, sizeof type_names / sizeof *type_names, colon + 1);
        if (type < 0)
            return fail(reader, "unknown type \"%s\"", colon + 1);
        if (!is_name(word, also))
            return fail(reader, "\"%s\" is not a name", word);
        if (named_index(list, word) >= 0)
            return fail(reader, "\"%s\" is declared twice", word);
        APR_ARRAY_PUSH(list, wp_named_type_t) = (wp_named_type_t){apr_pstrdup(reader->keep, word), (wp_type_t)type};
    }
    return true;
}

/* --- blocks --- */

static bool check_query(reader_t *reader, const wp_query_t *query)
{
    if (!query->sql)
        return fail(reader, "statement %s has no text", query->name);
    if (!reader->scoped)
        return fail(reader, "statement %s has no @scope", query->name);
    if (query->row && query->columns->nelts == 0)
        return fail(reader, "statement %s: @row names no column", query->name);
    if (query->scope == WP_SCOPE_ACCOUNT && named_index(query->args, "account") < 0)
        return fail(reader, "statement %s: account scope must use :account", query->name);
    for (int arg = 0; arg < query->args->nelts; arg++) {
        int i = 0;
        while (i < query->positions->nelts && APR_ARRAY_IDX(query->positions, i, int) != arg)
            i++;
        if (i == query->positions->nelts)
            return fail(reader, "statement %s: argument %s is not used", query->name,
                        APR_ARRAY_IDX(query->args, arg, wp_named_type_t).name);
    }
    return true;
}

static bool close_block(reader_t *reader)
{
    wp_query_t *query = reader->query;

    if (reader->length)
        return fail(reader, "the statement has no ; at its line's end");
    if (query) {
        if (!check_query(reader, query))
            return false;
        query->number = reader->queries->list->nelts;
        apr_hash_set(reader->queries->by_name, query->name, APR_HASH_KEY_STRING, query);
        APR_ARRAY_PUSH(reader->queries->list, const wp_query_t *) = query;
    }
    if (reader->step) {
        if (reader->step->statements->nelts == 0)
            return fail(reader, "schema step %d has no statement", reader->step->version);
        APR_ARRAY_PUSH(reader->queries->steps, const wp_schema_step_t *) = reader->step;
    }
    if (reader->clause && !reader->clause->text)
        return fail(reader, "clause %s has no text", reader->clause->name);
    reader->query = NULL;
    reader->step = NULL;
    reader->clause = NULL;
    return true;
}

static bool open_query(reader_t *reader, char *rest)
{
    const char *name = next_word(&rest);

    if (!close_block(reader))
        return false;
    if (!name || !is_name(name, "") || strlen(name) > NAME_MAX_BYTES || next_word(&rest))
        return fail(reader, "@query needs one name of at most %d letters, digits, underscores", NAME_MAX_BYTES);
    if (wp_query_find(reader->queries, name))
        return fail(reader, "statement %s is defined twice", name);
    wp_query_t *query = apr_pcalloc(reader->keep, sizeof *query);
    query->name = apr_pstrdup(reader->keep, name);
    query->file = apr_pstrdup(reader->keep, reader->file);
    query->line = reader->line;
    query->args = apr_array_make(reader->keep, 4, sizeof(wp_named_type_t));
    query->columns = apr_array_make(reader->keep, 8, sizeof(wp_named_type_t));
    query->positions = apr_array_make(reader->keep, 4, sizeof(int));
    reader->query = query;
    reader->scoped = false;
    return true;
}

/* A version: 1 to 9999. */
static bool read_version(const char *word, int *version)
{
    size_t length = word ? strlen(word) : 0;
    if (length == 0 || length > 4 || strspn(word, "0123456789") != length)
        return false;
    *version = (int)strtol(word, NULL, 10);
    return *version > 0;
}

static bool open_step(reader_t *reader, char *rest)
{
    wp_schema_step_t *step = apr_pcalloc(reader->keep, sizeof *step);
    const char *word;

    if (!close_block(reader))
        return false;
    if (!read_version(next_word(&rest), &step->version))
        return fail(reader, "@schema needs a version from 1 to 9999");
    step->oldest = step->version;
    while ((word = next_word(&rest))) {
        if (strcmp(word, "embedded") == 0)
            step->embedded = true;
        else if (strncmp(word, "oldest=", 7) != 0 || !read_version(word + 7, &step->oldest) ||
                 step->oldest > step->version)
            return fail(reader, "@schema does not know \"%s\"", word);
    }
    step->file = apr_pstrdup(reader->keep, reader->file);
    step->line = reader->line;
    step->statements = apr_array_make(reader->keep, 16, sizeof(const char *));
    reader->step = step;
    return true;
}

static bool open_clause(reader_t *reader, char *rest)
{
    const char *name = next_word(&rest), *parameter;

    if (!close_block(reader))
        return false;
    if (!name || !is_name(name, "") || strcmp(name, "right") == 0)
        return fail(reader, "@clause needs a name of letters, digits, underscores, and not \"right\"");
    if (apr_hash_get(reader->queries->clauses, name, APR_HASH_KEY_STRING))
        return fail(reader, "clause %s is defined twice", name);
    wp_clause_t *clause = apr_pcalloc(reader->keep, sizeof *clause);
    clause->name = apr_pstrdup(reader->keep, name);
    clause->parameters = apr_array_make(reader->keep, 2, sizeof(const char *));
    while ((parameter = next_word(&rest))) {
        if (!is_name(parameter, ""))
            return fail(reader, "clause %s: \"%s\" is not a name", name, parameter);
        APR_ARRAY_PUSH(clause->parameters, const char *) = apr_pstrdup(reader->keep, parameter);
    }
    reader->clause = clause;
    return true;
}

static bool read_scope(reader_t *reader, char *rest)
{
    const char *word = next_word(&rest);
    int scope = word ? index_of(scope_names, sizeof scope_names / sizeof *scope_names, word) : -1;
    if (scope < 0 || next_word(&rest))
        return fail(reader, "@scope must be account, identity, staff, public or system");
    reader->query->scope = (wp_scope_t)scope;
    reader->scoped = true;
    return true;
}

static bool read_args(reader_t *reader, char *rest)
{
    return read_named_types(reader, reader->query->args, rest, "");
}

static bool read_row(reader_t *reader, char *rest)
{
    wp_query_t *query = reader->query;
    const char *element = next_word(&rest);

    if (!element || !is_name(element, "-"))
        return fail(reader, "@row needs an element's name");
    if (query->row && strcmp(query->row, element) != 0)
        return fail(reader, "a further @row line must repeat \"%s\"", query->row);
    query->row = apr_pstrdup(reader->keep, element);
    return read_named_types(reader, query->columns, rest, "-");
}

/* The directives; those of a statement must appear inside its block and before its text. */
static const struct directive_t {
    const char *name;
    bool (*read)(reader_t *reader, char *rest);
    bool in_query;
} directives[] = {{"@query", open_query, false}, {"@schema", open_step, false}, {"@clause", open_clause, false},
                  {"@scope", read_scope, true},  {"@args", read_args, true},    {"@row", read_row, true}};

static bool read_directive(reader_t *reader, const wp_sql_token_t *token)
{
    char *rest = apr_pstrmemdup(reader->pool, token->start + 2, token->length - 2);
    const char *name = next_word(&rest);

    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        if (strcmp(directives[i].name, name) != 0)
            continue;
        if (directives[i].in_query && (!reader->query || reader->query->sql || reader->length))
            return fail(reader, "%s must stand between @query and the statement", name);
        return directives[i].read(reader, rest);
    }
    return fail(reader, "unknown directive \"%s\"", name);
}

/* --- statements --- */

static void append(reader_t *reader, const char *text, size_t length)
{
    if (reader->length + length > reader->room) {
        char *sql = apr_palloc(reader->pool, reader->room = 2 * (reader->length + length) + 1024);
        reader->sql = memcpy(sql, reader->length ? reader->sql : "", reader->length);
    }
    memcpy(reader->sql + reader->length, text, length);
    reader->length += length;
}

/* apr_dbd reads %% as %, but only in named statements; schema steps are sent unchanged */
static void append_escaped(reader_t *reader, const wp_sql_token_t *token)
{
    for (size_t i = 0; i < token->length; i++) {
        if (reader->query && token->start[i] == '%')
            append(reader, "%", 1);
        append(reader, token->start + i, 1);
    }
}

static bool append_placeholder(reader_t *reader, const wp_sql_token_t *token)
{
    wp_query_t *query = reader->query;
    const char *name = apr_pstrmemdup(reader->pool, token->start + 1, token->length - 1);
    if (!query)
        return fail(reader, "a schema step cannot have the placeholder :%s", name);
    int arg = named_index(query->args, name);
    if (arg < 0)
        return fail(reader, "statement %s: :%s is not declared in @args", query->name, name);
    if (query->positions->nelts == PLACEHOLDERS_MAX)
        return fail(reader, "statement %s has more than %d placeholders", query->name, PLACEHOLDERS_MAX);
    APR_ARRAY_PUSH(query->positions, int) = arg;
    const char *format = wp_type_is_int(APR_ARRAY_IDX(query->args, arg, wp_named_type_t).type) ? "%lld" : "%s";
    append(reader, format, strlen(format));
    return true;
}

static bool starts_with_read(const char *sql)
{
    wp_sql_token_t word = wp_sql_next(sql + strspn(sql, "("));
    return wp_sql_word_is(&word, "select") || wp_sql_word_is(&word, "with") || wp_sql_word_is(&word, "values");
}

static bool end_clause(reader_t *reader, const char *text)
{
    wp_clause_t *clause = reader->clause;

    if (clause->text)
        return fail(reader, "clause %s has more than one text", clause->name);
    clause->text = text;
    const char *wrong = wp_clause_check(reader->queries->clauses, reader->pool, clause);
    if (wrong)
        return fail(reader, "clause %s: {…} %s", clause->name, wrong);
    apr_hash_set(reader->queries->clauses, clause->name, APR_HASH_KEY_STRING, clause);
    return true;
}

static bool end_statement(reader_t *reader)
{
    while (reader->length && apr_isspace(reader->sql[reader->length - 1]))
        reader->length--;
    const char *sql = apr_pstrmemdup(reader->keep, reader->sql, reader->length);
    size_t length = reader->length;
    reader->length = 0;
    if (length == 0 || sql[length - 1] == ';')
        return fail(reader, "; without a statement");
    if (reader->step) {
        APR_ARRAY_PUSH(reader->step->statements, const char *) = sql;
        return true;
    }
    if (reader->clause)
        return end_clause(reader, sql);
    if (reader->query->sql)
        return fail(reader, "statement %s has more than one statement", reader->query->name);
    reader->query->sql = sql;
    reader->query->reads = starts_with_read(sql);
    return true;
}

/* To SQL a comment is white space: the text before it and the text after it must not become one word. */
static void append_gap(reader_t *reader)
{
    if (reader->length > 0 && !apr_isspace(reader->sql[reader->length - 1]))
        append(reader, " ", 1);
}

static bool read_token(reader_t *reader, const wp_sql_token_t *token);

/* Reads what a use stands for as if it stood there. */
static bool expand(reader_t *reader, const wp_sql_token_t *use)
{
    const char *text = apr_pstrmemdup(reader->pool, use->start, use->length), *wrong;
    wp_sql_token_t token;

    if (!reader->query)
        return fail(reader, "a schema step cannot use %s: it stays as databases ran it", text);
    const char *expanded = wp_clause_expand(reader->queries->clauses, reader->pool, text, &wrong);
    if (!expanded)
        return fail(reader, "statement %s: %s %s", reader->query->name, text, wrong);
    append_gap(reader);
    for (; (token = wp_sql_next(expanded)).kind != WP_SQL_END; expanded = token.start + token.length)
        if (!read_token(reader, &token))
            return false;
    append_gap(reader);
    return true;
}

/* An alias of a clause must not hide one of the statement's that is given as an argument. */
static bool is_own_alias(const wp_clause_t *clause, const wp_sql_token_t *token)
{
    size_t length = strlen(clause->name);
    return token->length > length && strncmp(token->start, clause->name, length) == 0 && token->start[length] == '_';
}

static bool read_token(reader_t *reader, const wp_sql_token_t *token)
{
    bool blank = token->kind == WP_SQL_TEXT && apr_isspace(*token->start);

    if (token->kind == WP_SQL_DIRECTIVE)
        return read_directive(reader, token);
    if (token->kind == WP_SQL_COMMENT)
        append_gap(reader);
    if (token->kind == WP_SQL_COMMENT || (blank && reader->length == 0))
        return true;
    if (token->kind == WP_SQL_BROKEN)
        return fail(reader, "a literal, a comment or a { without end begins here");
    if (!reader->query && !reader->step && !reader->clause)
        return fail(reader, "SQL before @query, @schema or @clause");
    if (token->kind == WP_SQL_SEMICOLON)
        return end_statement(reader);
    if (*token->start == ';' && reader->query)
        return fail(reader, "statement %s has more than one statement", reader->query->name);
    if (wp_sql_is_clock(token, token->start + token->length))
        return fail(reader, "the clock of SQL is not used (%.*s): bind the time", (int)token->length, token->start);
    if (reader->clause && token->kind == WP_SQL_WORD && token->start[token->length] == '.' &&
        !is_own_alias(reader->clause, token))
        return fail(reader, "clause %s: the alias %.*s must begin with %s_", reader->clause->name, (int)token->length,
                    token->start, reader->clause->name);
    if (token->kind == WP_SQL_PLACEHOLDER && !reader->clause)
        return append_placeholder(reader, token);
    if (token->kind == WP_SQL_USE && !reader->clause)
        return expand(reader, token);
    append_escaped(reader, token);
    return true;
}

static int count_lines(const char *text, size_t length)
{
    int lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

static bool read_text(reader_t *reader, const char *text)
{
    wp_sql_token_t token;

    while ((token = wp_sql_next(text)).kind != WP_SQL_END) {
        if (!read_token(reader, &token))
            return false;
        reader->line += count_lines(token.start, token.length);
        text = token.start + token.length;
    }
    return close_block(reader);
}

static int compare_steps(const void *left, const void *right)
{
    const wp_schema_step_t *a = *(const wp_schema_step_t *const *)left, *b = *(const wp_schema_step_t *const *)right;
    if (a->version != b->version)
        return a->version < b->version ? -1 : 1;
    if (a->embedded != b->embedded)
        return a->embedded ? -1 : 1;
    int order = strcmp(a->file, b->file);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static void order_steps(wp_queries_t *queries)
{
    apr_array_header_t *steps = queries->steps;
    if (steps->nelts == 0)
        return;
    qsort(steps->elts, (size_t)steps->nelts, (size_t)steps->elt_size, compare_steps);
    queries->schema_version = APR_ARRAY_IDX(steps, steps->nelts - 1, const wp_schema_step_t *)->version;
}

/* --- public --- */

wp_queries_t *wp_queries_make(apr_pool_t *pool)
{
    wp_queries_t *queries = apr_pcalloc(pool, sizeof *queries);
    queries->by_name = apr_hash_make(pool);
    queries->clauses = apr_hash_make(pool);
    queries->list = apr_array_make(pool, 64, sizeof(const wp_query_t *));
    queries->steps = apr_array_make(pool, 8, sizeof(const wp_schema_step_t *));
    return queries;
}

apr_status_t wp_query_parse(wp_queries_t *queries, apr_pool_t *pool, const char *file, const char *text,
                            const char **error)
{
    size_t size = strlen(text);
    reader_t reader = {.queries = queries,
                       .keep = apr_hash_pool_get(queries->by_name),
                       .pool = pool,
                       .file = file,
                       .line = 1};

    *error = NULL;
    if (!wp_utf8_valid(text, size))
        fail(&reader, "the file is not valid UTF-8 text");
    else if (read_text(&reader, text))
        order_steps(queries);
    *error = reader.error;
    return reader.error ? APR_EINVAL : APR_SUCCESS;
}

const wp_query_t *wp_query_find(const wp_queries_t *queries, const char *name)
{
    return apr_hash_get(queries->by_name, name, APR_HASH_KEY_STRING);
}

const char *wp_type_name(wp_type_t type)
{
    return type_names[type];
}

bool wp_type_is_int(wp_type_t type)
{
    return type == WP_TYPE_INT || type == WP_TYPE_FLAG || type == WP_TYPE_VOLUME || type == WP_TYPE_MONEY ||
           type == WP_TYPE_PRICE;
}
