/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/e_invoice.h"

#include <stdio.h>
#include <string.h>

#include "base/banned.h"

#define SCHEME_DIGITS       4
#define REGISTRATION_DIGITS 11
#define LATVIA              "0218"

bool wp_e_invoice_make(const wp_billed_t *billed, const wp_vat_t *breakdown, size_t parts, wp_e_invoice_t *made)
{
    int64_t interest = billed->total - billed->net - billed->vat, net = 0, vat = 0;
    bool credit = billed->total < 0;

    for (size_t i = 0; i < parts; i++) {
        net += breakdown[i].net;
        vat += breakdown[i].vat;
    }
    *made = (wp_e_invoice_t){0};
    if (parts == 0 || net != billed->net || vat != billed->vat ||
        (credit ? interest > 0 || net + vat > 0 : interest < 0))
        return false;
    made->credit = credit;
    made->interest = interest;
    made->exclusive = billed->net + interest;
    made->prepaid = credit ? 0 : billed->prepaid;
    made->payable = billed->total - made->prepaid;
    return true;
}

bool wp_e_invoice_by_volume(int64_t litres, int64_t price, int64_t net)
{
    return price >= 0 && wp_money_line(litres, price) == net;
}

static bool is_scheme_address(const char *text)
{
    return strspn(text, "0123456789") == SCHEME_DIGITS && text[SCHEME_DIGITS] == ':' &&
           text[SCHEME_DIGITS + 1] != '\0' && strlen(text) < WP_ENDPOINT_SIZE && !strpbrk(text, " \t\r\n");
}

const char *wp_e_invoice_endpoint(const char *own, const char *registration, char made[WP_ENDPOINT_SIZE])
{
    if (own && is_scheme_address(own))
        snprintf(made, WP_ENDPOINT_SIZE, "%s", own);
    else if (registration && strlen(registration) == REGISTRATION_DIGITS &&
             strspn(registration, "0123456789") == REGISTRATION_DIGITS)
        snprintf(made, WP_ENDPOINT_SIZE, LATVIA ":%s", registration);
    else
        return NULL;
    return made;
}
