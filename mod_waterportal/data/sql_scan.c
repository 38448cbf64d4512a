/* SPDX-License-Identifier: Apache-2.0 */
#include "data/sql_scan.h"

#include <apr_lib.h>
#include <string.h>
#include <strings.h>

#include "base/banned.h"

static bool is_word_char(char c)
{
    return apr_isalnum(c) || c == '_';
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (is_word_char(text[length]))
        length++;
    return length;
}

static size_t quoted_length(const char *text)
{
    const char *end = strchr(text + 1, *text);
    return end ? (size_t)(end - text) + 1 : 0;
}

static size_t block_comment_length(const char *text)
{
    const char *end = strstr(text + 2, "*/");
    return end ? (size_t)(end - text) + 2 : 0;
}

static size_t use_length(const char *text)
{
    size_t length = strcspn(text, "}\n");
    return text[length] == '}' ? length + 1 : 0;
}

static bool ends_line(const char *text)
{
    size_t comment;

    text += strspn(text, " \t\r");
    while (strncmp(text, "/*", 2) == 0 && (comment = block_comment_length(text)) > 0)
        text += comment + strspn(text + comment, " \t\r");
    return *text == '\0' || *text == '\n' || (text[0] == '-' && text[1] == '-');
}

static bool is_directive(const char *comment)
{
    comment += 2;
    return comment[strspn(comment, " \t")] == '@';
}

static size_t text_length(const char *text)
{
    if (text[0] == ':' && text[1] == ':')
        return 2;
    /* a number with its letters (1e5) is not a name */
    return apr_isdigit(*text) ? word_length(text) : 1;
}

static wp_sql_token_t make_token(wp_sql_kind_t kind, const char *start, size_t length)
{
    return (wp_sql_token_t){length ? kind : WP_SQL_BROKEN, start, length};
}

wp_sql_token_t wp_sql_next(const char *text)
{
    if (*text == '\0')
        return (wp_sql_token_t){WP_SQL_END, text, 0};
    if (text[0] == '-' && text[1] == '-')
        return make_token(is_directive(text) ? WP_SQL_DIRECTIVE : WP_SQL_COMMENT, text, strcspn(text, "\n"));
    if (text[0] == '/' && text[1] == '*')
        return make_token(WP_SQL_COMMENT, text, block_comment_length(text));
    if (*text == '\'' || *text == '"')
        return make_token(WP_SQL_QUOTED, text, quoted_length(text));
    if (*text == '{')
        return make_token(WP_SQL_USE, text, use_length(text));
    if (*text == ';' && ends_line(text + 1))
        return make_token(WP_SQL_SEMICOLON, text, 1);
    if (*text == ':' && (apr_isalpha(text[1]) || text[1] == '_'))
        return make_token(WP_SQL_PLACEHOLDER, text, 1 + word_length(text + 1));
    if (apr_isalpha(*text) || *text == '_')
        return make_token(WP_SQL_WORD, text, word_length(text));
    return make_token(WP_SQL_TEXT, text, text_length(text));
}

bool wp_sql_word_is(const wp_sql_token_t *token, const char *word)
{
    return strlen(word) == token->length && strncasecmp(token->start, word, token->length) == 0;
}

static bool is_one_of(const wp_sql_token_t *token, const char *const *words)
{
    for (; *words; words++)
        if (wp_sql_word_is(token, *words))
            return true;
    return false;
}

bool wp_sql_is_clock(const wp_sql_token_t *token, const char *next)
{
    static const char *const always[] =
        {"current_timestamp", "current_date",          "current_time", "localtime", "localtimestamp", "clock_timestamp",
         "timeofday",         "transaction_timestamp", "julianday",    "strftime",  "datetime",       "unixepoch",
         "timediff",          "statement_timestamp",   "'now'",        NULL};
    static const char *const called[] = {"now", NULL};
    static const char *const called_empty[] = {"date", "time", NULL};

    if (is_one_of(token, always))
        return true;
    next += strspn(next, " \t\r\n");
    if (*next != '(')
        return false;
    return is_one_of(token, called) || (is_one_of(token, called_empty) && next[1 + strspn(next + 1, " \t\r\n")] == ')');
}
