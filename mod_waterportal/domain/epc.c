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

static bool fits(const char *text, size_t most)
{
    return !text || (wp_bank_trim(text).characters <= most && !strpbrk(text, "\r\n"));
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

bool wp_epc_format(const wp_epc_t *epc, char text[WP_EPC_SIZE])
{
    char amount[WP_MONEY_SIZE];

    *text = '\0';
    if (!epc->name || !*epc->name || !epc->iban || epc->cents < 1 || epc->cents > CENTS_MAX || (epc->reference && epc->text) ||
        !fits(epc->name, NAME_MAX_CHARACTERS) || !fits(epc->text, TEXT_MAX_CHARACTERS))
        return false;
    wp_money_format(epc->cents, amount);
    int length = snprintf(text, WP_EPC_SIZE, "BCD\n002\n1\nSCT\n%s\n%s\n%s\nEUR%s\n\n%s\n%s", or_empty(epc->bic), epc->name, epc->iban, amount,
                          or_empty(epc->reference), or_empty(epc->text));
    if (length > 0 && length < WP_EPC_SIZE)
        return true;
    *text = '\0';
    return false;
}
