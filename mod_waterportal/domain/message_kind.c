/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/message_kind.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

enum { DROP = false, AGAIN = true, OPEN = false, CODE = true, MAIL = false, SMS = true };

#define ROW(name, urgency, crash, secret, channel, arguments) {name, urgency, crash, secret, channel, arguments},
const wp_message_kind_t wp_message_kinds[] = {WP_MESSAGE_KINDS(ROW){NULL, 0, DROP, OPEN, MAIL, NULL}};
#undef ROW

const wp_message_kind_t *wp_message_kind_find(const char *name)
{
    for (const wp_message_kind_t *kind = wp_message_kinds; kind->name; kind++) {
        if (strcmp(kind->name, name) == 0)
            return kind;
    }
    return NULL;
}
