/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/portal.h"

#include <string.h>

#include "base/banned.h"

const char *wp_language_pick(const wp_portal_t *portal, const char *wanted)
{
    for (int i = 0; wanted && portal->languages[i]; i++) {
        if (strcmp(portal->languages[i], wanted) == 0)
            return portal->languages[i];
    }
    return portal->languages[0];
}
