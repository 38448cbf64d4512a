/* SPDX-License-Identifier: Apache-2.0 */
/* The names of codes, flags and answers: what messages, forms and vector files call them. */
#include "domain/reading_check.h"

#include <string.h>

#include "base/banned.h"

static const char *const verdict_names[] = {"accept", "ask", "choose", "refuse"};
static const char *const what_names[] = {"", "mistyped", "last_wrong", "swapped", "rollover"};
static const char *const leak_names[] = {"none", "low", "medium"};
static const char *const type_names[] = {"volume", "int", "date", "percent"};

#define NAME(member, name) name,
static const char *const code_names[] = {WP_READING_CODES(NAME)};
static const char *const flag_names[] = {WP_READING_FLAGS(NAME)};
#undef NAME

const char *wp_reading_verdict_name(wp_reading_verdict_t verdict)
{
    return verdict_names[verdict];
}

const char *wp_reading_code_name(wp_reading_code_t code)
{
    return code_names[code];
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
    for (size_t i = WP_CODE_EXCHANGED; i < sizeof code_names / sizeof *code_names; i++)
        if (strcmp(code_names[i], name) == 0) {
            *code = (wp_reading_code_t)i;
            return true;
        }
    return false;
}

bool wp_reading_what_parse(const char *name, wp_reading_what_t *what)
{
    for (size_t i = WP_WHAT_MISTYPED; i < sizeof what_names / sizeof *what_names; i++)
        if (strcmp(what_names[i], name) == 0) {
            *what = (wp_reading_what_t)i;
            return true;
        }
    return false;
}
