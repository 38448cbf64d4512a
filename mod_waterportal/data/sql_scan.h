/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_SQL_SCAN_H
#define WP_DATA_SQL_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* The lexical part of reading SQL files: finds the next token. Knows nothing about statements. */
typedef enum {
    WP_SQL_END,         /* the end of the text */
    WP_SQL_TEXT,        /* anything without a meaning here: operators, numbers, white space */
    WP_SQL_WORD,        /* a keyword or a name */
    WP_SQL_QUOTED,      /* '…' or "…", with its quotes */
    WP_SQL_COMMENT,     /* from -- to before the end of the line, or slash-star … star-slash */
    WP_SQL_DIRECTIVE,   /* "-- @…" to before the end of the line */
    WP_SQL_PLACEHOLDER, /* :name */
    WP_SQL_USE,         /* "{…}" on one line: a clause is used */
    WP_SQL_SEMICOLON,   /* ";" followed on its line only by white space and a comment */
    WP_SQL_BROKEN       /* an unterminated literal, comment or use */
} wp_sql_kind_t;

typedef struct wp_sql_token_t {
    wp_sql_kind_t kind;
    const char *start;
    size_t length;
} wp_sql_token_t;

/* The token at text. Always at least one byte long, except at the end. */
wp_sql_token_t wp_sql_next(const char *text);

/* Does the token read SQL's clock? next: the text after the token. A literal 'now' counts too: date('now'). */
bool wp_sql_is_clock(const wp_sql_token_t *token, const char *next);

/* Compares a token with a lower-case word, ignoring case. */
bool wp_sql_word_is(const wp_sql_token_t *token, const char *word);

#endif
