/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/rights.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

typedef struct named_t {
    const char *name;
    int rights;
} named_t;

#define RIGHT(member, bit, name, what) {name, bit},
#define LEVEL(name, rights)            {name, rights},
static const named_t rights[] = {WP_RIGHTS(RIGHT){"any", WP_RIGHT_ANY}, {NULL, 0}};
static const named_t levels[] = {WP_LEVELS(LEVEL){NULL, 0}};

static int find(const named_t *all, const char *name, size_t length)
{
    for (; all->name; all++)
        if (strlen(all->name) == length && memcmp(all->name, name, length) == 0)
            return all->rights;
    return 0;
}

int wp_rights_named(const char *names)
{
    int sum = 0;

    for (;;) {
        size_t length = strcspn(names, "+");
        int one = find(rights, names, length);
        if (one == 0)
            return 0;
        sum |= one;
        if (names[length] == '\0')
            return sum;
        names += length + 1;
    }
}

int wp_level_rights(const char *level)
{
    return find(levels, level, strlen(level));
}
