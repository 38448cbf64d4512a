/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_PAYMENT_MONEY_H
#define WP_DOMAIN_PAYMENT_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/payment_state.h"

/* How often the money for one order has come. Two sources tell of the same money: the bank's signed message and the
 * statement of our account. An order is received as often as the source that knows more says, less what the statement
 * shows as taken back; whatever arrived first, and however often it is repeated. What was received beyond the first
 * time is the customer's credit. */

/* What is said of the money, by an order or by a bank. NULL, 0: it does not say. */
typedef struct wp_payment_sum_t {
    int64_t cents;
    const char *currency; /* "EUR" */
    const char *iban;     /* our account */
    const char *message;  /* the payment's text */
} wp_payment_sum_t;

typedef enum wp_payment_difference_t {
    WP_DIFFERENCE_NONE,
    WP_DIFFERENCE_CURRENCY,
    WP_DIFFERENCE_ACCOUNT,
    WP_DIFFERENCE_AMOUNT,
    WP_DIFFERENCE_MESSAGE
} wp_payment_difference_t;

/* How what a bank tells differs from the order; what it does not say does not differ. */
wp_payment_difference_t wp_payment_compare(const wp_payment_sum_t *ordered, const wp_payment_sum_t *told);

/* "currency", "account", "amount", "message": why a payment is under review; NULL for none. */
const char *wp_payment_difference_name(wp_payment_difference_t difference);

/* What a movement on a statement is to its order. */
typedef enum wp_payment_part_t {
    WP_PART_NONE, /* a refund, or a credit marked as a reversal: people must look */
    WP_PART_CREDIT,
    WP_PART_REVERSAL
} wp_payment_part_t;

/* credit: money came. back: the bank marks it as a reversal or a return. */
wp_payment_part_t wp_payment_part(bool credit, bool back);

/* What is known of the money for one order, all of it of the sum ordered. */
typedef struct wp_payment_money_t {
    int64_t messages;  /* how many payments the bank's signed messages tell of: each has a number of its own */
    int64_t credits;   /* how many statements show */
    int64_t reversals; /* how many of them statements show as taken back */
} wp_payment_money_t;

typedef struct wp_payment_weight_t {
    wp_payment_news_t news; /* WP_NEWS_PAID, WP_NEWS_STATEMENT or WP_NEWS_REVERSED */
    int64_t came;           /* how often the money has come, whether or not it was taken back */
    int64_t surplus;        /* how many of those that remain are beyond the first */
} wp_payment_weight_t;

/* At least one of the figures must be above 0. */
wp_payment_weight_t wp_payment_weigh(const wp_payment_money_t *money);

#endif
