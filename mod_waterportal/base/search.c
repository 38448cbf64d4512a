/* SPDX-License-Identifier: Apache-2.0 */
#include "base/search.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/clean.h"
#include "base/fold.h"

#include "base/banned.h"

#define WHOLE_DIGITS 3 /* a longer number may match a part of one; up to this, it must match as a whole */
#define BLANKS       " \t\r\n"

/* The form that is compared: letters and digits as folded by wp_fold, with a space between words and between letters
 * and digits: "Čiekuru iela 3A–12" → "ciekuru iela 3 a 12". */
typedef struct word_t {
    const char *form, *run;       /* and the same without spaces */
    bool whole_first, whole_last; /* it begins, ends with a number that must match as a whole */
    bool number;                  /* it has enough digits to be searched for in numbers */
    bool found;
} word_t;

struct wp_search_t {
    apr_pool_t *pool;
    word_t *words; /* none: nothing can be found */
    int count;
    const char *grouped; /* the whole query without spaces, because a number may be typed in groups; or NULL */
    char *room;          /* buffer for the form of a text */
    apr_size_t size;
};

/* --- the form --- */

typedef enum { SIGN, DIGIT, LETTER } kind_t;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static kind_t kind_of(ucs4_t c)
{
    if (c < 0x80)
        return is_digit((char)c) ? DIGIT : c >= 'a' && c <= 'z' ? LETTER : SIGN;
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N) ? LETTER
                                                                                                             : SIGN;
}

/* from: folded. to: twice its length and 1. */
static void make_form(const char *from, char *to)
{
    const uint8_t *at = (const uint8_t *)from, *end = at + strlen(from);
    char *begin = to;
    kind_t last = SIGN;

    while (at < end) {
        ucs4_t c = *at;
        int length = c < 0x80 ? 1 : u8_mbtouc(&c, at, (size_t)(end - at));
        kind_t kind = kind_of(c);
        if (kind != SIGN) {
            if (kind != last && to > begin)
                *to++ = ' ';
            memcpy(to, at, (size_t)length);
            to += length;
        }
        last = kind;
        at += length;
    }
    *to = '\0';
}

/* The bytes of a character that needs no cleaning, or 0: Latin letters up to U+017F, Cyrillic ones up to U+047F, dashes
 * and quotes of U+2010 to U+201F. */
static size_t usual_length(const unsigned char *c)
{
    if (c[0] < 0x80)
        return 1;
    bool latin = c[0] >= 0xC3 && c[0] <= 0xC5, sign = c[0] == 0xC2 && c[1] >= 0xA0 && c[1] != 0xAD;
    if (latin || sign || c[0] == 0xD0 || c[0] == 0xD1)
        return c[1] ? 2 : 0;
    return c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0x90 && c[2] <= 0x9F ? 3 : 0;
}

/* Cleaning takes longer than the search, and hardly any of our texts needs it. */
static bool is_clean(const char *text)
{
    size_t length = 1;
    for (; length > 0 && *text; text += length)
        length = usual_length((const unsigned char *)text);
    return length > 0;
}

/* In the search's buffer, until the next form is made. */
static char *form_of(wp_search_t *search, const char *text)
{
    if (!is_clean(text))
        text = wp_clean(search->pool, text, WP_CLEAN_PLAIN);
    apr_size_t folded = strlen(text) + 1, needed = folded + 2 * folded;
    if (needed > search->size) {
        search->size = 2 * needed;
        search->room = apr_palloc(search->pool, search->size);
    }
    wp_fold(text, search->room);
    make_form(search->room, search->room + folded);
    return search->room + folded;
}

/* Removes the spaces from a form. */
static char *run_together(char *form)
{
    char *to = form;

    for (const char *from = form; *from; from++) {
        if (*from != ' ')
            *to++ = *from;
    }
    *to = '\0';
    return form;
}

/* --- the query --- */

static int count_digits(const char *text)
{
    int digits = 0;
    for (; *text; text++)
        digits += is_digit(*text);
    return digits;
}

static bool is_short(size_t digits)
{
    return digits > 0 && digits <= WHOLE_DIGITS;
}

static word_t make_word(apr_pool_t *pool, const char *form)
{
    size_t length = strlen(form), last = 0;

    while (last < length && is_digit(form[length - 1 - last]))
        last++;
    return (word_t){.form = apr_pstrdup(pool, form),
                    .run = run_together(apr_pstrdup(pool, form)),
                    .whole_first = is_short(strspn(form, "0123456789")),
                    .whole_last = is_short(last),
                    .number = count_digits(form) > WHOLE_DIGITS};
}

/* "12 - 4" → "12-4": the same flat. Between words a dash separates: "Rīga - Brīvības 3". */
static char *join_numbers(apr_pool_t *pool, const char *typed)
{
    char *out = apr_palloc(pool, strlen(typed) + 1), *to = out;

    while (*typed) {
        size_t space = strspn(typed, BLANKS), sign = strspn(typed + space, "-/");
        const char *next = typed + space + sign + strspn(typed + space + sign, BLANKS);
        bool number = to > out && (is_digit(to[-1]) || (to > out + 1 && is_digit(to[-2])));
        if (sign > 0 && number && is_digit(*next)) {
            *to++ = '-';
            typed = next;
        } else {
            *to++ = *typed++;
        }
    }
    *to = '\0';
    return out;
}

static void take_words(wp_search_t *search, char *typed)
{
    apr_array_header_t *words = apr_array_make(search->pool, 8, sizeof(word_t));
    char *state;

    for (char *word = apr_strtok(typed, BLANKS, &state); word; word = apr_strtok(NULL, BLANKS, &state)) {
        const char *form = form_of(search, word);
        if (*form)
            APR_ARRAY_PUSH(words, word_t) = make_word(search->pool, form);
    }
    search->words = (word_t *)words->elts;
    search->count = words->nelts;
}

wp_search_t *wp_search_make(apr_pool_t *pool, const char *typed)
{
    typed = wp_clean(pool, typed, WP_CLEAN_PLAIN);
    if (typed[strspn(typed, BLANKS)] == '\0')
        return NULL;
    wp_search_t *search = apr_pcalloc(pool, sizeof *search);
    search->pool = pool;
    take_words(search, join_numbers(pool, typed));
    if (search->count > 1 && count_digits(typed) > WHOLE_DIGITS)
        search->grouped = apr_pstrdup(pool, run_together(form_of(search, typed)));
    return search;
}

/* --- the search --- */

void wp_search_begin(wp_search_t *search)
{
    for (int i = 0; i < search->count; i++)
        search->words[i].found = false;
}

static bool stands_in(const word_t *word, const char *form)
{
    size_t length = strlen(word->form);

    for (const char *at = strstr(form, word->form); at; at = strstr(at + 1, word->form)) {
        bool longer_before = at > form && is_digit(at[-1]), longer_behind = is_digit(at[length]);
        if (!(word->whole_first && longer_before) && !(word->whole_last && longer_behind))
            return true;
    }
    return false;
}

void wp_search_text(wp_search_t *search, const char *text)
{
    if (!text || wp_search_is_found(search))
        return;
    const char *form = form_of(search, text);
    for (int i = 0; i < search->count; i++)
        search->words[i].found = search->words[i].found || stands_in(&search->words[i], form);
}

void wp_search_number(wp_search_t *search, const char *number)
{
    if (!number || !wp_search_has_number(search) || wp_search_is_found(search))
        return;
    const char *run = run_together(form_of(search, number));
    bool all = search->grouped && strstr(run, search->grouped);
    for (int i = 0; i < search->count; i++) {
        word_t *word = &search->words[i];
        word->found = word->found || all || (word->number && strstr(run, word->run));
    }
}

bool wp_search_is_found(const wp_search_t *search)
{
    for (int i = 0; i < search->count; i++) {
        if (!search->words[i].found)
            return false;
    }
    return search->count > 0;
}

bool wp_search_has_number(const wp_search_t *search)
{
    for (int i = 0; i < search->count; i++) {
        if (search->words[i].number)
            return true;
    }
    return search->grouped != NULL;
}
