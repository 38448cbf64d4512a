/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bank/bank.h"

#include "base/banned.h"

extern const wp_bank_t wp_bank_form, wp_bank_swedbank;

const wp_bank_t *const wp_banks[] = {&wp_bank_form, &wp_bank_swedbank, NULL};

const wp_bank_t *wp_bank_find(const char *name)
{
    for (int i = 0; wp_banks[i]; i++) {
        if (strcmp(wp_banks[i]->name, name) == 0)
            return wp_banks[i];
    }
    return NULL;
}
