/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/reference.h"

#include "base/banned.h"

static json_t *verdict_and(wp_reference_verdict_t verdict, const char *key, const char *made)
{
    json_t *output = json_pack("{s:s}", "verdict", wp_reference_verdict_name(verdict));
    if (verdict == WP_REFERENCE_OK)
        json_object_set_new(output, key, json_string(made));
    return output;
}

/* {text} → {verdict, iban?} */
json_t *wp_subject_iban(const json_t *input)
{
    const json_t *text = json_object_get(input, "text");
    char iban[WP_IBAN_SIZE];
    if (!json_is_string(text))
        return NULL;
    return verdict_and(wp_iban_parse(json_string_value(text), json_string_length(text), iban), "iban", iban);
}

/* {text} → {verdict, rf?}; {body} → {rf}, null when it cannot be made */
json_t *wp_subject_rf(const json_t *input)
{
    const json_t *text = json_object_get(input, "text");
    const char *body = json_string_value(json_object_get(input, "body"));
    char rf[WP_RF_SIZE];
    if (json_is_string(text))
        return verdict_and(wp_rf_parse(json_string_value(text), json_string_length(text), rf), "rf", rf);
    if (!body)
        return NULL;
    return wp_rf_make(body, rf) ? json_pack("{s:s}", "rf", rf) : json_pack("{s:n}", "rf");
}

/* {text} → {verdict, reference?}; {digits} → {reference}, null when it cannot be made */
json_t *wp_subject_check731(const json_t *input)
{
    const json_t *text = json_object_get(input, "text");
    const char *digits = json_string_value(json_object_get(input, "digits"));
    char made[WP_CHECK731_SIZE];
    if (json_is_string(text))
        return verdict_and(wp_check731_parse(json_string_value(text), json_string_length(text), made), "reference",
                           made);
    if (!digits)
        return NULL;
    return wp_check731_make(digits, made) ? json_pack("{s:s}", "reference", made) : json_pack("{s:n}", "reference");
}
