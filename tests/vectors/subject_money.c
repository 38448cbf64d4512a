/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/money.h"

#include "base/banned.h"

#define LINES_MAX 20

static json_t *typed_amount(const json_t *text)
{
    int64_t cents;
    char canonical[WP_MONEY_SIZE];
    if (!wp_money_parse(json_string_value(text), json_string_length(text), &cents))
        return json_pack("{s:b, s:n}", "valid", 0, "cents");
    wp_money_format(cents, canonical);
    return json_pack("{s:b, s:I, s:s}", "valid", 1, "cents", (json_int_t)cents, "text", canonical);
}

static json_t *vat_breakdown(const json_t *given)
{
    wp_vat_t lines[LINES_MAX];
    wp_vat_t breakdown[LINES_MAX];
    size_t count = json_array_size(given);
    if (count > LINES_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *category;
        json_int_t net;
        if (json_unpack(json_array_get(given, i), "{s:s, s:i, s:I}", "category", &category, "rate", &lines[i].rate,
                        "net", &net) < 0)
            return NULL;
        lines[i].category = category[0];
        lines[i].net = net;
    }

    json_t *made = json_array();
    size_t entries = wp_vat_sum(lines, count, breakdown);
    for (size_t i = 0; i < entries; i++)
        json_array_append_new(made, json_pack("{s:s#, s:i, s:I, s:I}", "category", &breakdown[i].category, 1, "rate",
                                              breakdown[i].rate, "net", (json_int_t)breakdown[i].net, "vat",
                                              (json_int_t)breakdown[i].vat));
    return json_pack("{s:o}", "breakdown", made);
}

/* {text} → {valid, cents, text?}; {litres, price} → {cents}; {net, rate} → {vat, gross}; {lines: [{category, rate,
 * net}]} → {breakdown: [{category, rate, net, vat}]} */
json_t *wp_subject_money(const json_t *input)
{
    const json_t *text = json_object_get(input, "text");
    const json_t *lines = json_object_get(input, "lines");
    json_int_t volume, price, net;
    int rate;
    if (json_is_string(text))
        return typed_amount(text);
    if (json_is_array(lines))
        return vat_breakdown(lines);
    if (json_unpack((json_t *)input, "{s:I, s:I}", "litres", &volume, "price", &price) == 0)
        return json_pack("{s:I}", "cents", (json_int_t)wp_money_line(volume, price));
    if (json_unpack((json_t *)input, "{s:I, s:i}", "net", &net, "rate", &rate) < 0)
        return NULL;
    json_int_t vat = wp_money_vat(net, rate);
    return json_pack("{s:I, s:I}", "vat", vat, "gross", net + vat);
}
