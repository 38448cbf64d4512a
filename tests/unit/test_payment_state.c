/* SPDX-License-Identifier: Apache-2.0 */
/* All that can be heard of a payment, in every order and as often as may be, against a model that knows no states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/payment_state.h"

#include "base/banned.h"

#define LENGTH 6

typedef struct outcome_t {
    wp_payment_state_t state;
    int posted, reversed, late;
} outcome_t;

static outcome_t play(const wp_payment_news_t *news, int count)
{
    outcome_t outcome = {.state = WP_PAYMENT_REDIRECTED};

    for (int i = 0; i < count; i++) {
        wp_payment_move_t move = wp_payment_next(outcome.state, news[i]);
        assert_true(move.moves || move.to == outcome.state);
        assert_false(move.moves && move.repeats);
        outcome.state = move.to;
        outcome.posted += move.posts;
        outcome.reversed += move.reverses;
        outcome.late += move.late;
    }
    return outcome;
}

static int first(const wp_payment_news_t *news, int count, unsigned kinds)
{
    for (int i = 0; i < count; i++)
        if (kinds & 1U << news[i])
            return i;
    return LENGTH + 1;
}

enum {
    MONEY = 1 << WP_NEWS_PAID | 1 << WP_NEWS_STATEMENT,
    GIVEN_UP = 1 << WP_NEWS_CANCELLED | 1 << WP_NEWS_FAILED | 1 << WP_NEWS_EXPIRED
};

/* What the statement said last decides: it came, or it was taken back. Where it said nothing: did a bank say paid; else
 * the first no; else that something is under way. */
static outcome_t model(const wp_payment_news_t *news, int count)
{
    static const wp_payment_state_t given_up[] = {[WP_NEWS_CANCELLED] = WP_PAYMENT_CANCELLED,
                                                  [WP_NEWS_FAILED] = WP_PAYMENT_FAILED,
                                                  [WP_NEWS_EXPIRED] = WP_PAYMENT_EXPIRED};
    int decisive = first(news, count, MONEY | 1U << WP_NEWS_REVERSED), no = first(news, count, GIVEN_UP);
    wp_payment_news_t last = WP_NEWS_KINDS;
    outcome_t wanted = {.state = WP_PAYMENT_REDIRECTED};
    bool counts = false;

    for (int i = 0; i < count; i++) {
        bool before = counts;
        if (news[i] == WP_NEWS_STATEMENT || news[i] == WP_NEWS_REVERSED)
            last = news[i];
        counts = last == WP_NEWS_KINDS ? before || news[i] == WP_NEWS_PAID : last == WP_NEWS_STATEMENT;
        wanted.posted += counts && !before;
        wanted.reversed += before && !counts;
    }
    wanted.late = decisive <= LENGTH && no < decisive && news[decisive] != WP_NEWS_REVERSED;
    if (last != WP_NEWS_KINDS)
        wanted.state = last == WP_NEWS_STATEMENT ? WP_PAYMENT_RECONCILED : WP_PAYMENT_REVERSED;
    else if (counts)
        wanted.state = WP_PAYMENT_CONFIRMED;
    else if (no <= LENGTH)
        wanted.state = given_up[news[no]];
    else if (first(news, count, 1U << WP_NEWS_PENDING) <= LENGTH)
        wanted.state = WP_PAYMENT_PENDING;
    return wanted;
}

static void test_every_order_and_repetition(void **state)
{
    static const wp_payment_news_t kinds[] = {WP_NEWS_LEFT,   WP_NEWS_PENDING, WP_NEWS_PAID,      WP_NEWS_CANCELLED,
                                              WP_NEWS_FAILED, WP_NEWS_EXPIRED, WP_NEWS_STATEMENT, WP_NEWS_REVERSED};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    wp_payment_news_t news[LENGTH];
    int sequences = 0;

    (void)state;
    for (int count = 0; count <= LENGTH; count++) {
        int all = 1;
        for (int i = 0; i < count; i++)
            all *= KINDS;
        for (int code = 0; code < all; code++, sequences++) {
            for (int i = 0, rest = code; i < count; i++, rest /= KINDS)
                news[i] = kinds[rest % KINDS];
            outcome_t found = play(news, count), wanted = model(news, count);
            assert_memory_equal(&found, &wanted, sizeof found);
        }
    }
    assert_true(sequences > 299000);
}

/* With money that came otherwise, too: what counts was posted once more than it was taken back, never twice in a
 * row. */
static void test_nothing_happens_twice(void **state)
{
    wp_payment_news_t news[LENGTH];
    int all = 1;

    (void)state;
    for (int i = 0; i < LENGTH; i++)
        all *= WP_NEWS_KINDS;
    for (int code = 0; code < all; code++) {
        for (int i = 0, rest = code; i < LENGTH; i++, rest /= WP_NEWS_KINDS)
            news[i] = (wp_payment_news_t)(rest % WP_NEWS_KINDS);
        for (int count = 1; count <= LENGTH; count++) {
            outcome_t found = play(news, count);
            bool counts = found.state == WP_PAYMENT_CONFIRMED || found.state == WP_PAYMENT_RECONCILED;
            assert_int_equal(found.posted - found.reversed, counts);
        }
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
        cmocka_unit_test(test_nothing_happens_twice),
        cmocka_unit_test(test_what_came_otherwise_waits_for_people_or_the_statement),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
