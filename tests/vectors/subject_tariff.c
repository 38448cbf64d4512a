/* SPDX-License-Identifier: Apache-2.0 */
/* Prices in force and what they make of a period's use (docs/vectors.md). */
#include "vectors/subjects.h"

#include "domain/money.h"
#include "domain/tariff.h"

#include "base/banned.h"

#define TARIFFS_MAX 40
#define LINES_MAX   20

typedef struct line_t {
    wp_tariff_part_t parts[WP_TARIFF_PARTS_MAX];
    size_t count;
} line_t;

static bool read_period(const json_t *input, wp_date_t period[2])
{
    const char *from = json_string_value(json_object_get(input, "from")),
               *until = json_string_value(json_object_get(input, "until"));
    return from && until && wp_date_parse_iso(from, &period[0]) && wp_date_parse_iso(until, &period[1]);
}

/* {tariffs: [[since, price]…], litres} */
static bool split(const json_t *input, const wp_date_t period[2], line_t *line)
{
    wp_tariff_t tariffs[TARIFFS_MAX];
    const json_t *given = json_object_get(input, "tariffs"), *litres = json_object_get(input, "litres");
    size_t count = json_array_size(given);

    if (!json_is_array(given) || count > TARIFFS_MAX || !json_is_integer(litres))
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *price = json_array_get(json_array_get(given, i), 1);
        const char *since = json_string_value(json_array_get(json_array_get(given, i), 0));
        if (!json_is_integer(price) || !since || !wp_date_parse_iso(since, &tariffs[i].since))
            return false;
        tariffs[i].price = json_integer_value(price);
    }
    line->count = wp_tariff_split(tariffs, count, period, json_integer_value(litres), line->parts);
    return true;
}

static json_t *one_line(const json_t *input, const wp_date_t period[2])
{
    line_t line;
    if (!split(input, period, &line))
        return NULL;
    json_t *parts = json_array();
    for (size_t i = 0; i < line.count; i++) {
        char from[WP_DATE_SIZE], until[WP_DATE_SIZE];
        wp_date_format_iso(line.parts[i].from, from);
        wp_date_format_iso(line.parts[i].until, until);
        json_array_append_new(parts,
                              json_pack("{s:s, s:s, s:I, s:I}", "from", from, "until", until, "litres",
                                        (json_int_t)line.parts[i].litres, "price", (json_int_t)line.parts[i].price));
    }
    if (line.count == 0)
        return json_pack("{s:o, s:n}", "parts", parts, "net");
    return json_pack("{s:o, s:I}", "parts", parts, "net", (json_int_t)wp_tariff_net(line.parts, line.count));
}

/* As an invoice: each line rounded once, VAT on the sum of each rate. */
static json_t *invoice(const json_t *given, const wp_date_t period[2])
{
    wp_vat_t lines[LINES_MAX], breakdown[LINES_MAX];
    size_t count = json_array_size(given);
    json_int_t total = 0;

    if (count > LINES_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const json_t *rate = json_object_get(json_array_get(given, i), "rate");
        line_t line;
        if (!json_is_integer(rate) || !split(json_array_get(given, i), period, &line) || line.count == 0)
            return NULL;
        lines[i] = (wp_vat_t){.category = json_integer_value(rate) > 0 ? 'S' : 'E',
                              .rate = (int)json_integer_value(rate),
                              .net = wp_tariff_net(line.parts, line.count)};
    }
    json_t *nets = json_array(), *sums = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(nets, json_integer(lines[i].net));
    size_t entries = wp_vat_sum(lines, count, breakdown);
    for (size_t i = 0; i < entries; i++) {
        json_array_append_new(sums, json_pack("{s:i, s:I, s:I}", "rate", breakdown[i].rate, "net",
                                              (json_int_t)breakdown[i].net, "vat", (json_int_t)breakdown[i].vat));
        total += breakdown[i].net + breakdown[i].vat;
    }
    return json_pack("{s:o, s:o, s:I}", "nets", nets, "breakdown", sums, "total", total);
}

/* {price, rate} → {gross}; {from, until, tariffs, litres} → {parts, net}; {from, until, lines: [{tariffs, litres,
 * rate}]} → {nets, breakdown, total} */
json_t *wp_subject_tariff(const json_t *input)
{
    const json_t *lines = json_object_get(input, "lines");
    wp_date_t period[2];
    json_int_t price;
    int rate;

    if (json_unpack((json_t *)input, "{s:I, s:i}", "price", &price, "rate", &rate) == 0)
        return json_pack("{s:I}", "gross", (json_int_t)wp_money_gross_price(price, rate));
    if (!read_period(input, period))
        return NULL;
    return json_is_array(lines) ? invoice(lines, period) : one_line(input, period);
}
