/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_SECTION_H
#define WP_PORTAL_SECTION_H
#include <stddef.h>

typedef struct wp_section_t {
    const char *name;
} wp_section_t;
#endif
