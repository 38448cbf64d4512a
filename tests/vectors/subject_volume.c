/* SPDX-License-Identifier: Apache-2.0 */
#include "vectors/subjects.h"

#include "domain/volume.h"

#include "base/banned.h"

/* {text, digits, decimals} → {verdict, litres}; litres is 0 unless the verdict is ok */
json_t *wp_subject_volume(const json_t *input)
{
    const char *text;
    size_t length;
    int digits, decimals;
    if (json_unpack((json_t *)input, "{s:s%, s:i, s:i}", "text", &text, &length, "digits", &digits, "decimals",
                    &decimals) < 0)
        return NULL;

    int64_t litres;
    wp_volume_verdict_t verdict = wp_volume_parse(text, length, digits, decimals, &litres);
    return json_pack("{s:s, s:I}", "verdict", wp_volume_verdict_name(verdict), "litres", (json_int_t)litres);
}

/* {litres, decimals} → {text} */
json_t *wp_subject_volume_text(const json_t *input)
{
    char text[WP_VOLUME_SIZE];
    json_int_t litres;
    int decimals;
    if (json_unpack((json_t *)input, "{s:I, s:i}", "litres", &litres, "decimals", &decimals) < 0)
        return NULL;
    wp_volume_format(litres, decimals, text);
    return json_pack("{s:s}", "text", text);
}
