/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/money.h"

#include <inttypes.h>
#include <stdio.h>

#include "domain/decimal.h"

#include "base/banned.h"

#define DECIMALS 2

/* litres × 1/10000 EUR: a thousand litres per m³, a hundred ten-thousandths per cent */
#define LINE_UNITS_PER_CENT (1000 * 100)

bool wp_money_parse(const char *text, size_t length, int64_t *cents)
{
    wp_decimal_t number;

    *cents = 0;
    if (wp_decimal_parse(text, length, DECIMALS, &number) != WP_DECIMAL_OK || number.digits > WP_MONEY_DIGITS_MAX ||
        number.places > DECIMALS)
        return false;
    *cents = number.negative ? -number.value : number.value;
    return true;
}

void wp_money_format(int64_t cents, char text[WP_MONEY_SIZE])
{
    uint64_t amount = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
    snprintf(text, WP_MONEY_SIZE, "%s%" PRIu64 ".%02u", cents < 0 ? "-" : "", amount / 100, (unsigned)(amount % 100));
}

int64_t wp_money_scale(int64_t amount, int64_t numerator, int64_t denominator)
{
    __int128 product = (__int128)amount * numerator;
    bool negative = product < 0;
    __int128 twice = (negative ? -product : product) * 2;
    int64_t rounded = (int64_t)((twice + denominator) / ((__int128)denominator * 2));
    return negative ? -rounded : rounded;
}

int64_t wp_money_line(int64_t litres, int64_t price)
{
    return wp_money_scale(litres, price, LINE_UNITS_PER_CENT);
}

int64_t wp_money_vat(int64_t net, int rate)
{
    return wp_money_scale(net, rate, 10000);
}

int64_t wp_money_gross_price(int64_t price, int rate)
{
    return wp_money_scale(price, 10000 + rate, 1000000);
}

static wp_vat_t *find_entry(wp_vat_t *breakdown, size_t *count, const wp_vat_t *line)
{
    for (size_t i = 0; i < *count; i++)
        if (breakdown[i].category == line->category && breakdown[i].rate == line->rate)
            return &breakdown[i];
    breakdown[*count] = (wp_vat_t){.category = line->category, .rate = line->rate};
    return &breakdown[(*count)++];
}

size_t wp_vat_sum(const wp_vat_t *lines, size_t count, wp_vat_t *breakdown)
{
    size_t entries = 0;
    for (size_t i = 0; i < count; i++)
        find_entry(breakdown, &entries, &lines[i])->net += lines[i].net;
    for (size_t i = 0; i < entries; i++)
        breakdown[i].vat = wp_money_vat(breakdown[i].net, breakdown[i].rate);
    return entries;
}
