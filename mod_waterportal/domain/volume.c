/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/volume.h"

#include <inttypes.h>
#include <stdio.h>

#include "domain/decimal.h"

#include "base/banned.h"

static int between(int low, int value, int high)
{
    return value < low ? low : value > high ? high : value;
}

wp_volume_verdict_t wp_volume_parse(const char *text, size_t length, int digits, int decimals, int64_t *litres)
{
    wp_decimal_t number;

    *litres = 0;
    switch (wp_decimal_parse(text, length, WP_VOLUME_DECIMALS_MAX, &number)) {
    case WP_DECIMAL_EMPTY:
        return WP_VOLUME_EMPTY;
    case WP_DECIMAL_NOT_A_NUMBER:
        return WP_VOLUME_NOT_A_NUMBER;
    case WP_DECIMAL_OK:
        break;
    }
    if (number.negative)
        return WP_VOLUME_NEGATIVE;
    if (number.digits > between(1, digits, WP_VOLUME_DIGITS_MAX))
        return WP_VOLUME_TOO_MANY_DIGITS;
    if (number.places > between(0, decimals, WP_VOLUME_DECIMALS_MAX))
        return WP_VOLUME_TOO_MANY_DECIMALS;
    *litres = number.value;
    return WP_VOLUME_OK;
}

void wp_volume_format(int64_t litres, int decimals, char text[WP_VOLUME_SIZE])
{
    static const unsigned hidden[] = {1000, 100, 10, 1}; /* litres in a unit of the last shown place */
    int places = between(0, decimals, WP_VOLUME_DECIMALS_MAX);
    uint64_t amount = litres < 0 ? 0 - (uint64_t)litres : (uint64_t)litres;
    uint64_t whole = amount / WP_LITRES_PER_M3;
    unsigned part = (unsigned)(amount % WP_LITRES_PER_M3) / hidden[places];
    const char *sign = litres < 0 && (whole > 0 || part > 0) ? "-" : "";

    if (places == 0)
        snprintf(text, WP_VOLUME_SIZE, "%s%" PRIu64, sign, whole);
    else
        snprintf(text, WP_VOLUME_SIZE, "%s%" PRIu64 ".%0*u", sign, whole, places, part);
}

const char *wp_volume_verdict_name(wp_volume_verdict_t verdict)
{
    static const char *const names[] = {[WP_VOLUME_OK] = "ok",
                                        [WP_VOLUME_EMPTY] = "empty",
                                        [WP_VOLUME_NOT_A_NUMBER] = "not_a_number",
                                        [WP_VOLUME_NEGATIVE] = "negative",
                                        [WP_VOLUME_TOO_MANY_DIGITS] = "too_many_digits",
                                        [WP_VOLUME_TOO_MANY_DECIMALS] = "too_many_decimals"};
    return names[verdict];
}
