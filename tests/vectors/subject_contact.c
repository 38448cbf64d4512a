/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/contact.h"

#include "base/banned.h"

/* {email} → {valid}; {phone} → {number}, null when it is none */
json_t *wp_subject_contact(const json_t *input)
{
    const char *email = json_string_value(json_object_get(input, "email"));
    const char *phone = json_string_value(json_object_get(input, "phone"));
    char number[WP_PHONE_SIZE];
    if (email)
        return json_pack("{s:b}", "valid", wp_email_is_valid(email));
    if (!phone)
        return NULL;
    return wp_phone_parse(phone, number) ? json_pack("{s:s}", "number", number) : json_pack("{s:n}", "number");
}
