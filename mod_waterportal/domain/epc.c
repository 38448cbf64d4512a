/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/epc.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "domain/bank_message.h"
#include "domain/money.h"

#include "base/banned.h"

#define NAME_MAX_CHARACTERS 70
#define TEXT_MAX_CHARACTERS 140
#define CENTS_MAX           99999999999
#define LINE_ENDS           3 /* that may follow the last filled element: of purpose, reference and text */

static bool fits(const char *text, size_t most)
{
    return !text || (wp_bank_trim(text).characters <= most && !strpbrk(text, "\r\n"));
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* "If elements at the end are empty, the last filled one is the end": no line end after it (EPC069-12 section 3.2). */
static int without_line_ends(const char *text, int length)
{
    while (length > 0 && text[length - 1] == '\n')
        length--;
    return length;
}

bool wp_epc_format(const wp_epc_t *epc, char text[WP_EPC_SIZE])
{
    char amount[WP_MONEY_SIZE], made[WP_EPC_SIZE + LINE_ENDS];

    *text = '\0';
    if (!epc->name || !*epc->name || !epc->iban || epc->cents < 1 || epc->cents > CENTS_MAX ||
        (epc->reference && epc->text) || !fits(epc->name, NAME_MAX_CHARACTERS) || !fits(epc->text, TEXT_MAX_CHARACTERS))
        return false;
    wp_money_format(epc->cents, amount);
    int length = snprintf(made, sizeof made, "BCD\n002\n1\nSCT\n%s\n%s\n%s\nEUR%s\n\n%s\n%s", or_empty(epc->bic),
                          epc->name, epc->iban, amount, or_empty(epc->reference), or_empty(epc->text));
    if (length < 0 || length >= (int)sizeof made)
        return false;
    length = without_line_ends(made, length);
    if (length >= WP_EPC_SIZE)
        return false;
    memcpy(text, made, (size_t)length);
    text[length] = '\0';
    return true;
}
