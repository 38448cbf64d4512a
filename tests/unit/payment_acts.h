/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAYMENT_ACTS_H
#define PAYMENT_ACTS_H

#include "service_fixture.h"

#include "service/payment.h"

/* Orders of the small town, at a bank "bank" whose orders have an hour. */

/* Before service_tests(). */
void open_bank(void);

typedef struct wish_t {
    const char *bank;
    wp_order_item_t items[4];
    int count;
    int64_t sum; /* 0: that of the items */
    int item;
} wish_t;

/* Acts for town_act() and town_race(); their batons are a wish_t, a way_t, a wp_bank_report_t. */
apr_status_t order(wp_act_t *act, void *baton, wp_result_t *result);
typedef struct way_t {
    const char *payment;
    wp_payment_placed_t placed;
    bool is_waiting;
    const char *href; /* where to */
} way_t;
apr_status_t leave(wp_act_t *act, void *baton, wp_result_t *result);
apr_status_t receive(wp_act_t *act, void *baton, wp_result_t *result);

/* All that is open of one invoice; again: although it is being paid by that payment. */
wish_t wish_for(const char *invoice, int64_t open);
wish_t again_for(const char *invoice, int64_t open, const char *repeats);

wp_result_t order_by(wp_actor_t actor, wish_t wish);
wp_result_t leave_by(wp_actor_t actor, const char *payment);
wp_result_t receive_report(wp_bank_report_t report);
/* Orders, which must be done; the payment's id. */
const char *ordered(const char *account, const char *invoice, int64_t open);
/* As its bank would tell of it. */
wp_bank_report_t report_on(const char *payment, wp_bank_said_t said);
/* Tries to leave, which must be refused for this reason, and leave the payment in this state. */
void refused_as(const char *payment, wp_actor_t actor, wp_error_t code, const char *state);

/* A cell of a statement with one %s. */
const char *ask(const char *format, const char *id);
const char *state_of(const char *payment);
int orders(void);
/* The orders under way for an invoice. */
int under_way(const char *invoice, const char *now);
void forget_payments(void);

#endif
