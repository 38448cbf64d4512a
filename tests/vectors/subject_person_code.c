/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/person_code.h"

#include "base/banned.h"

/* {text, country?} → {code, masked}, both null when the text is no person code */
json_t *wp_subject_person_code(const json_t *input)
{
    const char *text = json_string_value(json_object_get(input, "text"));
    const char *country = json_string_value(json_object_get(input, "country"));
    char code[WP_PERSON_CODE_SIZE];
    char masked[WP_PERSON_CODE_MASKED_SIZE];
    if (!text)
        return NULL;
    if (!wp_person_code_parse(text, country, code))
        return json_pack("{s:n, s:n}", "code", "masked");
    wp_person_code_mask(code, masked);
    return json_pack("{s:s, s:s}", "code", code, "masked", masked);
}
