/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_MONEY_H
#define WP_DOMAIN_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Money is int64 euro cents. Rates and prices have their own units, named below. */
#define WP_MONEY_DIGITS_MAX 12
#define WP_MONEY_SIZE       24 /* "-92233720368547758.08" and NUL */

/* Reads an amount as people type it (domain/decimal.h): at most 12 digits before the comma and 2 decimals, with a minus
 * for a credit. False and 0 for everything else, including an empty text. */
bool wp_money_parse(const char *text, size_t length, int64_t *cents);

/* The canonical text: euros with a dot and two decimals, no separators ("1234.50", "-0.05"). */
void wp_money_format(int64_t cents, char text[WP_MONEY_SIZE]);

/* amount × numerator / denominator, rounded half away from zero: a negative amount rounds as its positive
 * counterpart does, so that a credit note cancels its invoice. The product may exceed int64, the result must not;
 * denominator > 0. */
int64_t wp_money_scale(int64_t amount, int64_t numerator, int64_t denominator);

/* The net amount of an invoice line: volume × tariff, rounded once (EN 16931 BT-131). Tariffs have up to four decimals:
 * price is in 1/10000 EUR per m³. */
int64_t wp_money_line(int64_t litres, int64_t price);

/* VAT of a net amount at a rate in hundredths of a percent (2100 is 21 %). */
int64_t wp_money_vat(int64_t net, int rate);

/* A price per m³ (1/10000 EUR) including VAT, in cents, as tariffs are published. */
int64_t wp_money_gross_price(int64_t price, int rate);

typedef struct wp_vat_t {
    char category; /* UNCL 5305: 'S' standard, 'Z' zero, 'E' exempt … */
    int rate;      /* hundredths of a percent */
    int64_t net, vat;
} wp_vat_t;

/* Sums invoice lines (category, rate, net; vat is not read) into one breakdown per category and rate, in order of first
 * appearance. VAT is computed on the sum (EN 16931 BR-CO-17); computing it line by line would give other totals.
 * breakdown has room for count entries; returns how many were made. */
size_t wp_vat_sum(const wp_vat_t *lines, size_t count, wp_vat_t *breakdown);

#endif
