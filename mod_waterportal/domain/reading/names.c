/* SPDX-License-Identifier: Apache-2.0 */
/* The names of codes, flags and answers, as used in messages, forms and vector files. */
#include "domain/reading/names.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static const char *const verdict_names[] = {[WP_READING_ACCEPT] = "accept",
                                            [WP_READING_ASK] = "ask",
                                            [WP_READING_CHOOSE] = "choose",
                                            [WP_READING_REFUSE] = "refuse"};
static const char *const what_names[] = {[WP_WHAT_UNKNOWN] = "",
                                         [WP_WHAT_MISTYPED] = "mistyped",
                                         [WP_WHAT_LAST_WRONG] = "last_wrong",
                                         [WP_WHAT_SWAPPED] = "swapped",
                                         [WP_WHAT_ROLLOVER] = "rollover"};
static const char *const leak_names[] = {[WP_LEAK_NONE] = "none", [WP_LEAK_LOW] = "low", [WP_LEAK_MEDIUM] = "medium"};
static const char *const type_names[] =
    {[WP_ARG_VOLUME] = "volume", [WP_ARG_INT] = "int", [WP_ARG_DATE] = "date", [WP_ARG_PERCENT] = "percent"};

static const struct {
    wp_reading_code_kind_t kind;
    const char *name;
} codes[] = {
#define ROW(member, kind, name) [WP_CODE_##member] = {WP_CODE_KIND_##kind, name},
    WP_READING_CODES(ROW)
#undef ROW
};

#define NAME(member, name) [WP_FLAG_##member] = name,
static const char *const flag_names[] = {WP_READING_FLAGS(NAME)};
#undef NAME

const char *wp_reading_verdict_name(wp_reading_verdict_t verdict)
{
    return verdict_names[verdict];
}

const char *wp_reading_code_name(wp_reading_code_t code)
{
    return codes[code].name;
}

bool wp_reading_code_is_mistake(wp_reading_code_t code)
{
    return codes[code].kind == WP_CODE_KIND_MISTAKE;
}

bool wp_reading_code_is_question(wp_reading_code_t code)
{
    return wp_reading_code_is_mistake(code) || codes[code].kind == WP_CODE_KIND_USE;
}

const char *wp_reading_what_name(wp_reading_what_t what)
{
    return what_names[what];
}

const char *wp_reading_flag_name(wp_reading_flag_t flag)
{
    return flag_names[flag];
}

const char *wp_leak_name(wp_leak_t leak)
{
    return leak_names[leak];
}

const char *wp_reading_arg_type_name(wp_reading_arg_type_t type)
{
    return type_names[type];
}

bool wp_reading_code_parse(const char *name, wp_reading_code_t *code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (wp_reading_code_is_question((wp_reading_code_t)i) && strcmp(codes[i].name, name) == 0) {
            *code = (wp_reading_code_t)i;
            return true;
        }
    return false;
}

bool wp_reading_what_parse(const char *name, wp_reading_what_t *what)
{
    for (size_t i = 0; i < sizeof what_names / sizeof *what_names; i++)
        if (i != WP_WHAT_UNKNOWN && strcmp(what_names[i], name) == 0) {
            *what = (wp_reading_what_t)i;
            return true;
        }
    return false;
}

void wp_reading_confirmation_format(wp_reading_confirmation_t confirmation, char text[WP_READING_CONFIRMATION_SIZE])
{
    snprintf(text, WP_READING_CONFIRMATION_SIZE, "%s.%" PRId64, codes[confirmation.code].name, confirmation.litres);
}

bool wp_reading_confirmation_parse(const char *text, wp_reading_confirmation_t *confirmation)
{
    const char *dot = strrchr(text, '.');
    char code[WP_READING_CONFIRMATION_SIZE];
    char *end;

    if (!dot || (size_t)(dot - text) >= sizeof code || dot[1] == '\0')
        return false;
    memcpy(code, text, (size_t)(dot - text));
    code[dot - text] = '\0';
    confirmation->litres = strtoll(dot + 1, &end, 10);
    return *end == '\0' && wp_reading_code_parse(code, &confirmation->code);
}
