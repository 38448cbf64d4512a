/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DATA_SQL_SCAN_H
#define WP_DATA_SQL_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* The lexical part of reading SQL files: which stretch of text comes next. Knows nothing of statements. */
typedef enum {
    WP_SQL_END,         /* the text is over */
    WP_SQL_TEXT,        /* anything without a meaning here: operators, numbers, blanks */
    WP_SQL_WORD,        /* a keyword or a name */
    WP_SQL_QUOTED,      /* '…' or "…", with its quotes */
    WP_SQL_COMMENT,     /* from -- to before the line's end, or slash-star … star-slash */
    WP_SQL_DIRECTIVE,   /* "-- @…" to before the line's end */
    WP_SQL_PLACEHOLDER, /* :name */
    WP_SQL_SEMICOLON,   /* ";" with nothing but blanks and a comment after it on its line */
    WP_SQL_BROKEN       /* a literal or a comment without end */
} wp_sql_kind_t;

typedef struct wp_sql_token_t {
    wp_sql_kind_t kind;
    const char *start;
    size_t length;
} wp_sql_token_t;

/* The token at text. Always at least one byte long, but for the end. */
wp_sql_token_t wp_sql_next(const char *text);

/* Reads SQL's clock? next: the text after the token. A literal 'now' counts too: date('now'). */
bool wp_sql_is_clock(const wp_sql_token_t *token, const char *next);

/* Compares a token with a lower-case word, whatever its case. */
bool wp_sql_word_is(const wp_sql_token_t *token, const char *word);

#endif
