/* SPDX-License-Identifier: Apache-2.0 */
#include "base/codes.h"

#include <stddef.h>

#include "base/banned.h"

const char *wp_error_name(wp_error_t error)
{
    static const char *const names[] = {NULL,
#define WP_NAME(member, code) code,
                                        WP_ERRORS(WP_NAME)
#undef WP_NAME
    };
    return names[error];
}

const char *wp_notice_name(wp_notice_t notice)
{
    static const char *const names[] = {
#define WP_NAME(member, code) code,
        WP_NOTICES(WP_NAME)
#undef WP_NAME
    };
    return names[notice];
}

const char *wp_page_code_name(wp_page_code_t code)
{
    static const char *const names[] = {NULL,
#define WP_NAME(member, audience, name) name,
                                        WP_PAGE_CODES(WP_NAME)
#undef WP_NAME
    };
    return names[code];
}

const char *wp_did_name(wp_did_t did)
{
    static const char *const names[] = {
#define WP_NAME(member, code) code,
        WP_DEEDS(WP_NAME)
#undef WP_NAME
    };
    return names[did];
}
