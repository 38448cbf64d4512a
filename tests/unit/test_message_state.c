/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a message: whatever happens in whatever order, against a model that knows no states; and the tries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "domain/mail_server.h"
#include "domain/message_kind.h"
#include "domain/message_state.h"

#include "base/banned.h"

#define LENGTH 9

/* What is known of a message, without its state. */
typedef struct model_t {
    bool held;   /* by a sender */
    bool spoken; /* a server was told, and the answer is not known */
    bool over;   /* nothing more is done about it */
    bool handed, arrived, returned, failed;
} model_t;

/* May this happen to it? */
static bool may(const model_t *is, wp_message_event_t event)
{
    switch (event) {
    case WP_MESSAGE_LEASE:
        return !is->held && !is->over;
    case WP_MESSAGE_RELEASE:
    case WP_MESSAGE_BEGIN:
        return is->held && !is->spoken;
    case WP_MESSAGE_TAKEN:
    case WP_MESSAGE_LATER:
    case WP_MESSAGE_SILENCE:
        return is->held && is->spoken;
    case WP_MESSAGE_NEVER:
    case WP_MESSAGE_SUPPRESS:
        return !is->over;
    case WP_MESSAGE_RECEIPT:
        return is->handed && !is->arrived && !is->returned;
    case WP_MESSAGE_RETURN:
        return is->handed && !is->returned;
    case WP_MESSAGE_AGAIN:
        return is->failed;
    default:
        return false;
    }
}

static void happen(model_t *is, wp_message_event_t event)
{
    is->spoken = event == WP_MESSAGE_BEGIN;
    is->held = event == WP_MESSAGE_LEASE || event == WP_MESSAGE_BEGIN;
    is->over = event == WP_MESSAGE_TAKEN || event == WP_MESSAGE_NEVER || event == WP_MESSAGE_SUPPRESS ||
               event == WP_MESSAGE_RECEIPT || event == WP_MESSAGE_RETURN;
    is->failed = event == WP_MESSAGE_NEVER;
    is->handed = event == WP_MESSAGE_TAKEN || event == WP_MESSAGE_RECEIPT || event == WP_MESSAGE_RETURN;
    is->arrived = event == WP_MESSAGE_RECEIPT;
    is->returned = event == WP_MESSAGE_RETURN;
}

static int play(wp_message_state_t state, model_t model, int left)
{
    int checked = 0;

    assert_int_equal(wp_message_is_open(state), !model.over);
    for (wp_message_event_t event = 0; left > 0 && event < WP_MESSAGE_EVENTS; event++) {
        wp_message_state_t to;
        bool moves = wp_message_next(state, event, &to);
        if (moves != may(&model, event))
            fail_msg("%s, event %d", wp_message_state_name(state), event);
        checked++;
        if (!moves) {
            assert_int_equal(to, state);
            continue;
        }
        model_t after = model;
        happen(&after, event);
        checked += play(to, after, left - 1);
    }
    return checked;
}

static void every_order_of_events_agrees_with_the_model(void **state)
{
    (void)state;
    assert_true(play(WP_MESSAGE_WAITING, (model_t){0}, LENGTH) > 1000);
}

static void names_are_read_back(void **state)
{
    (void)state;
    wp_message_state_t parsed;

    for (wp_message_state_t one = 0; one < WP_MESSAGE_STATES; one++) {
        assert_true(wp_message_state_parse(wp_message_state_name(one), &parsed));
        assert_int_equal(parsed, one);
    }
    assert_false(wp_message_state_parse("sent", &parsed));
    assert_false(wp_message_state_parse(NULL, &parsed));
}

static void tries_last_a_day(void **state)
{
    (void)state;
    int total = 0, tries = 0;

    while (wp_message_retry_s(tries + 1))
        total += wp_message_retry_s(++tries);
    assert_int_equal(tries, WP_MESSAGE_RETRIES);
    assert_int_equal(total, (1 + 5 + 15) * 60 + 24 * 3600);
    assert_int_equal(wp_message_retry_s(0), 0);
    assert_int_equal(wp_message_retry_s(-1), 0);
}

static void after_a_crash_it_is_sent_once_more_or_not_at_all(void **state)
{
    (void)state;
    assert_int_equal(wp_message_after_crash(true, 0), WP_MESSAGE_SILENCE);
    assert_int_equal(wp_message_after_crash(true, 1), WP_MESSAGE_NEVER);
    assert_int_equal(wp_message_after_crash(false, 0), WP_MESSAGE_NEVER);
}

static void kinds_have_what_their_flags_need(void **state)
{
    (void)state;
    int codes = 0;

    for (const wp_message_kind_t *kind = wp_message_kinds; kind->name; kind++) {
        assert_ptr_equal(wp_message_kind_find(kind->name), kind);
        assert_int_equal(kind->code, strstr(kind->arguments, "code") != NULL);
        assert_true(!kind->code || (strstr(kind->arguments, "minutes") && kind->urgency == 0));
        codes += kind->code;
    }
    assert_int_equal(codes, 2);
    assert_null(wp_message_kind_find("no_such"));
}

static void addresses_of_mail_servers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good, tls, local;
    } cases[] = {{"smtp://mail.example.org", true, false, false},
                 {"smtp://mail.example.org:587", true, false, false},
                 {"smtps://mail.example.org", true, true, false},
                 {"smtp://127.0.0.1:25", true, false, true},
                 {"smtp://localhost", true, false, true},
                 {"smtps://[::1]:465", true, true, true},
                 {"smtp://localhost.example", true, false, false},
                 {"smtp://127.0.0.1.example", true, false, false},
                 {"smtp://[2001:db8::1]", true, false, false},
                 {"smtp://", false, false, false},
                 {"smtp://user@host", false, false, false},
                 {"smtp://host/path", false, false, false},
                 {"smtp://host:", false, false, false},
                 {"smtp://host:0", false, false, false},
                 {"smtp://host:65536", false, false, false},
                 {"smtp://host:25x", false, false, false},
                 {"smtp://-host", false, false, false},
                 {"smtp://[::1", false, false, false},
                 {"http://host", false, false, false},
                 {"mail.example.org", false, false, false}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wp_mail_server_t server = {0};
        if (wp_mail_server_parse(cases[i].text, &server) != cases[i].good || server.tls != cases[i].tls ||
            server.local != cases[i].local)
            fail_msg("%s", cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_order_of_events_agrees_with_the_model),
                                       cmocka_unit_test(names_are_read_back),
                                       cmocka_unit_test(tries_last_a_day),
                                       cmocka_unit_test(after_a_crash_it_is_sent_once_more_or_not_at_all),
                                       cmocka_unit_test(kinds_have_what_their_flags_need),
                                       cmocka_unit_test(addresses_of_mail_servers)};
    return cmocka_run_group_tests_name("message state", tests, NULL, NULL);
}
