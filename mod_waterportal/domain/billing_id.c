/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/billing_id.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "domain/text.h"

#include "base/banned.h"

/* C0, DEL, C1 (C2 80 to C2 9F), U+2028 and U+2029. */
static bool is_control(const unsigned char *c)
{
    if (c[0] < 0x20 || c[0] == 0x7F)
        return true;
    if (c[0] == 0xC2)
        return c[1] >= 0x80 && c[1] < 0xA0;
    return c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0xA8 || c[2] == 0xA9);
}

static bool has_control(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (is_control(c))
            return true;
    }
    return false;
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static bool ends_blank(const char *text)
{
    size_t length = strlen(text);
    for (size_t size = 1; size <= 3 && size <= length; size++) {
        if (wp_text_space(text + length - size, size) == size)
            return true;
    }
    return wp_text_space(text, length) > 0;
}

wp_billing_id_verdict_t wp_billing_id_check(const char *text)
{
    if (*text == '\0')
        return WP_BILLING_ID_EMPTY;
    if (has_control(text))
        return WP_BILLING_ID_CONTROL;
    if (ends_blank(text))
        return WP_BILLING_ID_BLANK;
    if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
        return WP_BILLING_ID_DOTS;
    return characters(text) > WP_BILLING_ID_MAX ? WP_BILLING_ID_LONG : WP_BILLING_ID_GOOD;
}

const char *wp_billing_id_reason(wp_billing_id_verdict_t verdict)
{
    static const char *const reasons[] = {
        [WP_BILLING_ID_GOOD] = "is good",
        [WP_BILLING_ID_EMPTY] = "is empty",
        [WP_BILLING_ID_LONG] = "is longer than 64 characters",
        [WP_BILLING_ID_CONTROL] = "has a control character or a line end in it",
        [WP_BILLING_ID_BLANK] = "begins or ends with a blank",
        [WP_BILLING_ID_DOTS] = "is a directory to browsers",
    };
    return reasons[verdict];
}
