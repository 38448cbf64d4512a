/* SPDX-License-Identifier: Apache-2.0 */
/* All that can be heard of a payment, in every order and as often as may be, against a model that knows no states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/payment_money.h"
#include "domain/payment_state.h"

#include "base/banned.h"

#define LENGTH  6
#define ORDERED 1000 /* cents */

/* What can arrive about an order. */
typedef struct event_t {
    enum { NEWS, MESSAGE, ENTRY } kind;
    wp_payment_news_t news; /* of NEWS */
    int number;             /* of MESSAGE: which payment at the bank it tells of, 0 or 1 */
    bool credit, back;      /* of ENTRY */
    int64_t cents;
} event_t;

/* The last two are money that came otherwise; the three before them move nothing, because people must look. */
static const event_t events[] = {
    {.kind = NEWS, .news = WP_NEWS_LEFT},
    {.kind = NEWS, .news = WP_NEWS_PENDING},
    {.kind = NEWS, .news = WP_NEWS_CANCELLED},
    {.kind = NEWS, .news = WP_NEWS_FAILED},
    {.kind = NEWS, .news = WP_NEWS_EXPIRED},
    {.kind = MESSAGE, .number = 0, .cents = ORDERED},
    {.kind = MESSAGE, .number = 1, .cents = ORDERED},
    {.kind = ENTRY, .credit = true, .cents = ORDERED},
    {.kind = ENTRY, .back = true, .cents = ORDERED},
    {.kind = ENTRY, .credit = true, .back = true, .cents = ORDERED},
    {.kind = ENTRY, .cents = ORDERED},
    {.kind = ENTRY, .back = true, .cents = ORDERED - 300},
    {.kind = MESSAGE, .number = 1, .cents = ORDERED - 1},
    {.kind = ENTRY, .credit = true, .cents = ORDERED - 1},
};
enum { ALL = sizeof events / sizeof *events, AS_ORDERED = ALL - 2 };

typedef struct outcome_t {
    wp_payment_state_t state;
    int posted, reversed, late;
    int64_t credits; /* of the customer */
} outcome_t;

/* What the portal remembers of an order. */
typedef struct order_t {
    outcome_t outcome;
    bool heard[2];
    wp_payment_money_t money;
} order_t;

static void move(order_t *order, wp_payment_news_t news)
{
    outcome_t *outcome = &order->outcome;
    wp_payment_move_t move = wp_payment_next(outcome->state, news);

    assert_true(move.moves || move.to == outcome->state);
    assert_false(move.moves && move.repeats);
    outcome->state = move.to;
    outcome->posted += move.posts;
    outcome->reversed += move.reverses;
    outcome->late += move.late;
}

static void weigh(order_t *order)
{
    wp_payment_weight_t weight = wp_payment_weigh(&order->money);
    move(order, weight.news);
    order->outcome.credits = weight.surplus;
}

static bool fits(const event_t *event)
{
    static const wp_payment_sum_t ordered = {ORDERED, "EUR", "LV80BANK0000435195001", "WP1"};
    const wp_payment_sum_t told = {.cents = event->cents, .currency = "EUR"};
    return wp_payment_compare(&ordered, &told) == WP_DIFFERENCE_NONE;
}

static void take_message(order_t *order, const event_t *event)
{
    if (!fits(event)) {
        move(order, WP_NEWS_PAID_OTHERWISE);
        return;
    }
    order->money.messages += !order->heard[event->number];
    order->heard[event->number] = true;
    weigh(order);
}

static void take_entry(order_t *order, const event_t *event)
{
    wp_payment_part_t part = wp_payment_part(event->credit, event->back);

    if (part == WP_PART_CREDIT && !fits(event))
        move(order, WP_NEWS_PAID_OTHERWISE);
    if (part == WP_PART_NONE || !fits(event))
        return;
    order->money.credits += part == WP_PART_CREDIT;
    order->money.reversals += part == WP_PART_REVERSAL;
    weigh(order);
}

static outcome_t play(const int *what, int count)
{
    order_t order = {.outcome = {.state = WP_PAYMENT_REDIRECTED}};

    for (int i = 0; i < count; i++) {
        const event_t *event = &events[what[i]];
        if (event->kind == NEWS)
            move(&order, event->news);
        else if (event->kind == MESSAGE)
            take_message(&order, event);
        else
            take_entry(&order, event);
    }
    return order.outcome;
}

/* --- the model --- */

typedef struct tally_t {
    bool told[2], money; /* payments that the bank told of; anything about money was heard */
    int came, back;      /* on statements */
    bool pending;
    int no; /* the first no, or -1 */
} tally_t;

static void count(tally_t *tally, const event_t *event)
{
    bool right = event->cents == ORDERED;

    if (event->kind == MESSAGE)
        tally->told[event->number] = true;
    if (event->kind == ENTRY && right) {
        tally->came += event->credit && !event->back;
        tally->back += event->back && !event->credit;
    }
    if (event->kind == NEWS && event->news == WP_NEWS_PENDING)
        tally->pending = true;
    if (event->kind == NEWS && event->news >= WP_NEWS_CANCELLED && event->news <= WP_NEWS_EXPIRED && tally->no < 0)
        tally->no = (int)event->news;
    tally->money = tally->told[0] || tally->told[1] || tally->came || tally->back;
}

/* Pairs what the bank told with what the statement shows, and what was taken back with what came. */
static int left_of(const tally_t *tally)
{
    int told = tally->told[0] + tally->told[1], only_told = told > tally->came ? told - tally->came : 0;
    return tally->came + only_told - tally->back;
}

static wp_payment_state_t state_of(const tally_t *tally)
{
    static const wp_payment_state_t given_up[] = {[WP_NEWS_CANCELLED] = WP_PAYMENT_CANCELLED,
                                                  [WP_NEWS_FAILED] = WP_PAYMENT_FAILED,
                                                  [WP_NEWS_EXPIRED] = WP_PAYMENT_EXPIRED};
    if (tally->money && left_of(tally) <= 0)
        return WP_PAYMENT_REVERSED;
    if (tally->money)
        return tally->came > tally->back ? WP_PAYMENT_RECONCILED : WP_PAYMENT_CONFIRMED;
    if (tally->no >= 0)
        return given_up[tally->no];
    return tally->pending ? WP_PAYMENT_PENDING : WP_PAYMENT_REDIRECTED;
}

/* The sums decide, in whatever order they were heard; how often it was posted and taken back, the way there. */
static outcome_t model(const int *what, int length)
{
    tally_t tally = {.no = -1};
    outcome_t wanted = {.state = WP_PAYMENT_REDIRECTED};
    bool counts = false;

    for (int i = 0; i < length; i++) {
        bool before = counts, first = !tally.money;
        count(&tally, &events[what[i]]);
        counts = tally.money && left_of(&tally) > 0;
        wanted.posted += counts && !before;
        wanted.reversed += before && !counts;
        wanted.late += first && counts && tally.no >= 0;
    }
    wanted.credits = counts ? left_of(&tally) - 1 : 0;
    wanted.state = state_of(&tally);
    return wanted;
}

static void write_out(int *what, int code, int length, int kinds)
{
    for (int i = 0; i < length; i++, code /= kinds)
        what[i] = code % kinds;
}

static int power(int base, int exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

static void test_every_order_and_repetition(void **state)
{
    int what[LENGTH] = {0}, sequences = 0;

    (void)state;
    for (int length = 0; length <= LENGTH; length++) {
        for (int code = 0; code < power(AS_ORDERED, length); code++, sequences++) {
            write_out(what, code, length, AS_ORDERED);
            outcome_t found = play(what, length), wanted = model(what, length);
            assert_memory_equal(&found, &wanted, sizeof found);
        }
    }
    assert_true(sequences > 3200000);
}

/* The customer's credit and the state are the same in whatever order the same things are heard. */
static void test_the_order_of_money_does_not_matter(void **state)
{
    static const int money[] = {5, 6, 7, 8};
    int what[LENGTH] = {0}, backwards[LENGTH], rotated[LENGTH];

    (void)state;
    for (int code = 0; code < power(4, LENGTH); code++) {
        write_out(what, code, LENGTH, 4);
        for (int i = 0; i < LENGTH; i++)
            what[i] = money[what[i]];
        for (int i = 0; i < LENGTH; i++) {
            backwards[LENGTH - 1 - i] = what[i];
            rotated[(i + 2) % LENGTH] = what[i];
        }
        outcome_t found = play(what, LENGTH);
        outcome_t others[] = {play(backwards, LENGTH), play(rotated, LENGTH)};
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(found.state, others[i].state);
            assert_int_equal(found.credits, others[i].credits);
        }
    }
}

/* With money that came otherwise, too: what counts was posted once more than it was taken back, never twice in a
 * row. */
static void test_nothing_happens_twice(void **state)
{
    int what[LENGTH - 1] = {0};

    (void)state;
    for (int code = 0; code < power(ALL, LENGTH - 1); code++) {
        write_out(what, code, LENGTH - 1, ALL);
        outcome_t found = play(what, LENGTH - 1);
        bool counts = found.state == WP_PAYMENT_CONFIRMED || found.state == WP_PAYMENT_RECONCILED;
        assert_int_equal(found.posted - found.reversed, counts);
    }
}

/* A machine that is told the raw news, in any order: posted and taken back take turns. */
static void test_no_news_counts_twice(void **state)
{
    (void)state;
    for (int code = 0; code < power(WP_NEWS_KINDS, LENGTH); code++) {
        order_t order = {.outcome = {.state = WP_PAYMENT_REDIRECTED}};
        for (int i = 0, rest = code; i < LENGTH; i++, rest /= WP_NEWS_KINDS) {
            move(&order, (wp_payment_news_t)(rest % WP_NEWS_KINDS));
            bool counts = order.outcome.state == WP_PAYMENT_CONFIRMED || order.outcome.state == WP_PAYMENT_RECONCILED;
            assert_int_equal(order.outcome.posted - order.outcome.reversed, counts);
        }
    }
}

static void test_what_differs_is_named(void **state)
{
    static const wp_payment_sum_t ordered = {ORDERED, "EUR", "LV80BANK0000435195001", "WP1 26/1"};
    static const struct {
        wp_payment_sum_t told;
        const char *name;
    } cases[] = {
        {{0, NULL, NULL, NULL}, NULL},
        {{ORDERED, "EUR", "LV80BANK0000435195001", "WP1 26/1"}, NULL},
        {{ORDERED - 1, "EUR", NULL, NULL}, "amount"},
        {{ORDERED - 1, "USD", "LV1", "x"}, "currency"},
        {{ORDERED, "EUR", "LV97BANK0000000000024", NULL}, "account"},
        {{ORDERED, NULL, NULL, "WP2"}, "message"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = wp_payment_difference_name(wp_payment_compare(&ordered, &cases[i].told));
        assert_true(cases[i].name ? found && strcmp(found, cases[i].name) == 0 : !found);
    }
}

static void test_what_came_otherwise_waits_for_people_or_the_statement(void **state)
{
    (void)state;
    assert_int_equal(wp_payment_next(WP_PAYMENT_PENDING, WP_NEWS_PAID_OTHERWISE).to, WP_PAYMENT_REVIEW);
    assert_int_equal(wp_payment_next(WP_PAYMENT_CANCELLED, WP_NEWS_PAID_OTHERWISE).to, WP_PAYMENT_REVIEW);
    assert_false(wp_payment_next(WP_PAYMENT_CONFIRMED, WP_NEWS_PAID_OTHERWISE).moves);
    for (wp_payment_news_t news = 0; news < WP_NEWS_KINDS; news++)
        assert_int_equal(wp_payment_next(WP_PAYMENT_REVIEW, news).to, news == WP_NEWS_STATEMENT  ? WP_PAYMENT_RECONCILED
                                                                      : news == WP_NEWS_REVERSED ? WP_PAYMENT_REVERSED
                                                                                                 : WP_PAYMENT_REVIEW);
    assert_true(wp_payment_next(WP_PAYMENT_REVIEW, WP_NEWS_STATEMENT).posts);
}

static void test_names(void **state)
{
    wp_payment_state_t found;
    (void)state;
    for (wp_payment_state_t s = 0; s < WP_PAYMENT_STATES; s++) {
        assert_true(wp_payment_state_parse(wp_payment_state_name(s), &found));
        assert_int_equal(found, s);
        assert_int_equal(wp_payment_is_open(s), s <= WP_PAYMENT_PENDING);
    }
    assert_false(wp_payment_state_parse("", &found));
    assert_false(wp_payment_state_parse(NULL, &found));
    assert_false(wp_payment_state_parse("Confirmed", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_order_and_repetition),
        cmocka_unit_test(test_the_order_of_money_does_not_matter),
        cmocka_unit_test(test_nothing_happens_twice),
        cmocka_unit_test(test_no_news_counts_twice),
        cmocka_unit_test(test_what_differs_is_named),
        cmocka_unit_test(test_what_came_otherwise_waits_for_people_or_the_statement),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
