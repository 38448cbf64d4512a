/* SPDX-License-Identifier: Apache-2.0 */
#include "data/clause.h"

#include <apr_strings.h>
#include <string.h>

#include "data/sql_scan.h"
#include "domain/rights.h"

#include "base/banned.h"

#define WORDS_MAX     8     /* a name and its arguments */
#define EXPANSION_MAX 32768 /* bytes: clauses that double each other must not fill the memory */

/* Letters that an argument may have: an alias, a column, a placeholder, a sum of rights. */
#define ARGUMENT_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:+"

typedef struct expansion_t {
    apr_hash_t *clauses;
    apr_pool_t *pool;
    apr_array_header_t *pieces; /* const char *; the expanded text is their concatenation */
    size_t length;              /* of all pieces */
    const char *error;
} expansion_t;

/* A text with what its parameters stand for. values NULL: not known, the text is only checked. */
typedef struct body_t {
    const char *text;
    const apr_array_header_t *parameters; /* const char *; may be NULL */
    const char *const *values;
} body_t;

/* The words of one use: the name, then the arguments. */
typedef struct use_t {
    const char *words[WORDS_MAX];
    int count;
    bool parameter; /* the name is one of the body's parameters, and its value stands in its place */
} use_t;

static bool fail(expansion_t *expansion, const char *error)
{
    expansion->error = error;
    return false;
}

static bool push(expansion_t *expansion, const char *text, size_t length)
{
    expansion->length += length;
    if (expansion->length > EXPANSION_MAX)
        return fail(expansion, apr_psprintf(expansion->pool, "expands to more than %d bytes", EXPANSION_MAX));
    APR_ARRAY_PUSH(expansion->pieces, const char *) = apr_pstrmemdup(expansion->pool, text, length);
    return true;
}

static int parameter_index(const body_t *body, const char *word)
{
    for (int i = 0; body->parameters && i < body->parameters->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(body->parameters, i, const char *), word) == 0)
            return i;
    return -1;
}

/* Splits "{name argument …}" into words, with the parameters of its body replaced. */
static bool read_use(expansion_t *expansion, const body_t *body, const wp_sql_token_t *token, use_t *use)
{
    char *rest = apr_pstrmemdup(expansion->pool, token->start + 1, token->length - 2), *next, *word;

    *use = (use_t){.count = 0};
    for (word = apr_strtok(rest, " \t", &next); word; word = apr_strtok(NULL, " \t", &next)) {
        if (use->count == WORDS_MAX)
            return fail(expansion, "has too many arguments");
        if (word[strspn(word, ARGUMENT_CHARS)] != '\0')
            return fail(expansion, apr_psprintf(expansion->pool, "cannot take \"%s\"", word));
        int index = parameter_index(body, word);
        use->parameter = use->parameter || (use->count == 0 && index >= 0);
        use->words[use->count++] = index >= 0 && body->values ? body->values[index] : word;
    }
    return use->count > 0 || fail(expansion, "names no clause");
}

/* {right pay}: its number. {right :right}: a sum that is bound. */
static bool expand_right(expansion_t *expansion, const body_t *body, const use_t *use)
{
    if (use->count != 2)
        return fail(expansion, "needs one sum of rights, as in {right readings+submit}");
    const char *word = use->words[1];
    if (*word == ':' || (!body->values && parameter_index(body, word) >= 0))
        return push(expansion, word, strlen(word));
    int rights = wp_rights_named(word);
    if (rights == 0)
        return fail(expansion, apr_psprintf(expansion->pool, "\"%s\" is not a right", word));
    word = apr_itoa(expansion->pool, rights);
    return push(expansion, word, strlen(word));
}

/* It would be hidden by an alias that the clause makes (query_file.h). */
static bool is_alias_of(const wp_clause_t *clause, const char *word)
{
    size_t length = strlen(clause->name);
    return strncmp(word, clause->name, length) == 0 && word[length] == '_';
}

static bool expand_body(expansion_t *expansion, const body_t *body);

static bool expand_use(expansion_t *expansion, const body_t *body, const wp_sql_token_t *token)
{
    use_t use;

    if (!read_use(expansion, body, token, &use))
        return false;
    if (use.parameter)
        return use.count == 1 ? push(expansion, use.words[0], strlen(use.words[0]))
                              : fail(expansion, "gives arguments to a parameter");
    if (strcmp(use.words[0], "right") == 0)
        return expand_right(expansion, body, &use);
    const wp_clause_t *clause = apr_hash_get(expansion->clauses, use.words[0], APR_HASH_KEY_STRING);
    if (!clause)
        return fail(expansion, apr_psprintf(expansion->pool, "there is no clause \"%s\" so far", use.words[0]));
    if (use.count - 1 != clause->parameters->nelts)
        return fail(expansion, apr_psprintf(expansion->pool, "clause %s needs %d arguments, not %d", clause->name,
                                            clause->parameters->nelts, use.count - 1));
    for (int i = 1; i < use.count; i++)
        if (is_alias_of(clause, use.words[i]))
            return fail(expansion,
                        apr_psprintf(expansion->pool, "\"%s\" is named like an alias of the clause", use.words[i]));
    /* a text that is only checked knows no values; the clause in it was checked when it was read */
    if (!body->values && body->parameters)
        return true;
    /* a blank, so that neither end becomes one word or a comment with what stands beside it in another clause */
    size_t gap = body->parameters ? 1 : 0;
    return push(expansion, " ", gap) &&
           expand_body(expansion, &(body_t){clause->text, clause->parameters, use.words + 1}) &&
           push(expansion, " ", gap);
}

static bool expand_body(expansion_t *expansion, const body_t *body)
{
    const char *copied = body->text, *text = copied;
    wp_sql_token_t token;

    for (; (token = wp_sql_next(text)).kind != WP_SQL_END; text = token.start + token.length) {
        if (token.kind != WP_SQL_USE)
            continue;
        if (!push(expansion, copied, (size_t)(token.start - copied)) || !expand_use(expansion, body, &token))
            return false;
        copied = token.start + token.length;
    }
    return push(expansion, copied, (size_t)(text - copied));
}

static expansion_t begin(apr_hash_t *clauses, apr_pool_t *pool)
{
    return (expansion_t){.clauses = clauses, .pool = pool, .pieces = apr_array_make(pool, 32, sizeof(const char *))};
}

const char *wp_clause_expand(apr_hash_t *clauses, apr_pool_t *pool, const char *use, const char **error)
{
    expansion_t expansion = begin(clauses, pool);
    bool done = expand_body(&expansion, &(body_t){.text = use});

    *error = expansion.error;
    return done ? apr_array_pstrcat(pool, expansion.pieces, 0) : NULL;
}

const char *wp_clause_check(apr_hash_t *clauses, apr_pool_t *pool, const wp_clause_t *clause)
{
    expansion_t expansion = begin(clauses, pool);

    expand_body(&expansion, &(body_t){.text = clause->text, .parameters = clause->parameters});
    return expansion.error;
}
