/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/payment_money.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

static bool differs(const char *ordered, const char *told)
{
    return told && strcmp(ordered, told) != 0;
}

wp_payment_difference_t wp_payment_compare(const wp_payment_sum_t *ordered, const wp_payment_sum_t *told)
{
    if (differs(ordered->currency, told->currency))
        return WP_DIFFERENCE_CURRENCY;
    if (differs(ordered->iban, told->iban))
        return WP_DIFFERENCE_ACCOUNT;
    if (told->cents && told->cents != ordered->cents)
        return WP_DIFFERENCE_AMOUNT;
    return differs(ordered->message, told->message) ? WP_DIFFERENCE_MESSAGE : WP_DIFFERENCE_NONE;
}

const char *wp_payment_difference_name(wp_payment_difference_t difference)
{
    static const char *const names[] = {[WP_DIFFERENCE_NONE] = NULL,
                                        [WP_DIFFERENCE_CURRENCY] = "currency",
                                        [WP_DIFFERENCE_ACCOUNT] = "account",
                                        [WP_DIFFERENCE_AMOUNT] = "amount",
                                        [WP_DIFFERENCE_MESSAGE] = "message"};
    return names[difference];
}

wp_payment_part_t wp_payment_part(bool credit, bool back)
{
    if (credit == back)
        return WP_PART_NONE;
    return credit ? WP_PART_CREDIT : WP_PART_REVERSAL;
}

wp_payment_weight_t wp_payment_weigh(const wp_payment_money_t *money)
{
    int64_t came = money->messages > money->credits ? money->messages : money->credits;
    int64_t left = came - money->reversals;

    return (wp_payment_weight_t){.news = left <= 0                           ? WP_NEWS_REVERSED
                                         : money->credits > money->reversals ? WP_NEWS_STATEMENT
                                                                             : WP_NEWS_PAID,
                                 .came = came,
                                 .surplus = left > 1 ? left - 1 : 0};
}
