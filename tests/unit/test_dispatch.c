/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatching without a server: what a carrier says decides, and the clock; on both databases, with several senders. */
#include <pthread.h>

#include "data/date_text.h"
#include "notify/dispatch.h"
#include "notify/outbox.h"
#include "service_fixture.h"

#include "base/banned.h"

static wp_instant_t clock_now;
static wp_carriage_t said;
static int carried;
static char last[64];
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

static wp_instant_t tell_time(void)
{
    return clock_now;
}

static wp_carriage_t carry(void *context, apr_pool_t *pool, const wp_outbox_row_t *row)
{
    (void)context;
    (void)pool;
    pthread_mutex_lock(&counting);
    carried++;
    snprintf(last, sizeof last, "%s", row->recipient);
    pthread_mutex_unlock(&counting);
    return said;
}

static void begin(void)
{
    wp_instant_parse(TOWN_NOW, &clock_now);
    said = (wp_carriage_t){.carried = WP_CARRIED_TAKEN};
    carried = 0;
}

static wp_dispatch_tally_t send_round(void)
{
    const wp_dispatch_t dispatch =
        {.source = town.source, .carry = carry, .email = true, .sms = true, .lease_s = 60, .now = tell_time};
    wp_dispatch_tally_t tally;

    assert_int_equal(wp_dispatch_round(&dispatch, town.pool, &tally), APR_SUCCESS);
    return tally;
}

static apr_status_t add(wp_db_t *unit, void *baton)
{
    return wp_outbox_add(unit, baton, TOWN_NOW);
}

static void queue(wp_message_t message)
{
    assert_int_equal(wp_db_transact(town.source, WP_DB_WRITE, town.pool, add, &message), APR_SUCCESS);
}

static const wp_message_arg_t code[] = {{"code", "123456"}, {"minutes", "30"}, {NULL, NULL}};

static wp_message_t message(const char *kind, const char *subject)
{
    return (wp_message_t){.kind = kind,
                          .channel = "email",
                          .recipient = "anna@example.lv",
                          .subject = subject,
                          .language = "lv",
                          .arguments = strcmp(kind, "contact_code") == 0 ? code : NULL};
}

static const char *state_of(const char *subject)
{
    return town_ask(apr_psprintf(
        town.pool,
        "select state || ' ' || coalesce(reason, '-') || ' ' || tries || ' ' || repeats from portal_outbox "
        "where subject = '%s'",
        subject));
}

static void a_message_is_queued_once_and_sent_once(void **state)
{
    (void)state;
    begin();
    queue(message("erasure_asked", "s"));
    queue(message("erasure_asked", "s"));
    assert_int_equal(send_round().taken, 1);
    assert_int_equal(send_round().taken, 0);
    assert_string_equal(state_of("s"), "handed - 0 0");
    assert_int_equal(carried, 1);
}

static void a_code_goes_first_expires_and_is_forgotten(void **state)
{
    (void)state;
    begin();
    queue(message("erasure_asked", "s"));
    wp_message_t first = message("contact_code", "c");
    first.recipient = "code@example.lv";
    queue(first);
    said.carried = WP_CARRIED_AWAY;
    assert_true(send_round().email_away);
    assert_string_equal(last, "code@example.lv");
    assert_string_equal(state_of("s"), "waiting - 0 0");
    assert_string_equal(state_of("c"), "deferred away 1 0");
    assert_string_equal(town_ask("select arguments from portal_outbox where subject = 'c'"),
                        "{\"code\":\"123456\",\"minutes\":\"30\"}");
    clock_now += 30 * 60;
    said.carried = WP_CARRIED_TAKEN;
    assert_int_equal(send_round().taken, 1);
    assert_string_equal(state_of("c"), "failed expired 1 0");
    assert_string_equal(town_ask("select arguments from portal_outbox where subject = 'c'"), "{}");
}

static void not_before_its_time(void **state)
{
    (void)state;
    begin();
    wp_message_t later = message("erasure_asked", "s");
    later.not_before = "2026-11-27T10:00:01Z";
    later.account = "anna";
    queue(later);
    assert_int_equal(send_round().taken, 0);
    clock_now++;
    assert_int_equal(send_round().taken, 1);
    assert_string_equal(town_ask("select account_id from portal_outbox where subject = 's'"), "anna");
}

static void what_a_carrier_says_decides(void **state)
{
    (void)state;
    static const struct {
        wp_carriage_t said;
        const char *state;
    } cases[] = {{{WP_CARRIED_LATER, WP_OUTBOX_BUSY, "451"}, "deferred busy 1 0"},
                 {{WP_CARRIED_NEVER, WP_OUTBOX_REFUSED, "550"}, "failed refused 0 0"},
                 {{WP_CARRIED_AWAY, WP_OUTBOX_AWAY, NULL}, "deferred away 1 0"},
                 {{WP_CARRIED_LATER, WP_OUTBOX_UNCLEAR, NULL}, "deferred unclear 1 1"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        town_sql("delete from portal_outbox");
        queue(message("erasure_asked", "s"));
        said = cases[i].said;
        send_round();
        assert_string_equal(state_of("s"), cases[i].state);
        assert_int_equal(send_round().later, 0); /* not due yet */
    }
    clock_now += 60;
    send_round(); /* unclear for the second time */
    assert_string_equal(state_of("s"), "failed unclear 2 1");
}

/* As a sender leaves it that is killed. */
static void leave(const char *subject, const char *state)
{
    town_sql(
        apr_psprintf(town.pool,
                     "update portal_outbox set state = '%s', lease = 'gone', leased_until = '2026-11-27T10:00:30Z' "
                     "where subject = '%s'",
                     state, subject));
}

static void a_dead_sender_s_messages_are_taken_back_when_its_lease_is_over(void **state)
{
    (void)state;
    begin();
    queue(message("erasure_asked", "held"));
    queue(message("erasure_asked", "spoken"));
    queue(message("test", "dropped"));
    leave("held", "leased");
    leave("spoken", "transmitting");
    leave("dropped", "transmitting");
    assert_int_equal(send_round().swept, 0);
    clock_now += 31;
    wp_dispatch_tally_t tally = send_round();
    assert_int_equal(tally.swept, 3);
    assert_int_equal(tally.taken, 2);
    assert_string_equal(state_of("held"), "handed - 0 0");
    assert_string_equal(state_of("spoken"), "handed - 0 1");
    assert_string_equal(state_of("dropped"), "failed unclear 0 0");
    town_sql("update portal_outbox set state = 'transmitting', lease = 'gone', leased_until = '2026-11-27T10:00:00Z' "
             "where subject = 'spoken'");
    send_round();
    assert_string_equal(state_of("spoken"), "failed unclear 0 1");
}

static apr_status_t settle_as_another(wp_db_t *unit, void *baton)
{
    wp_rows_t *rows;
    wp_args_t *args = wp_args_make(wp_db_pool(unit), NULL);

    wp_args_int(args, "size", 1);
    apr_status_t status = wp_db_select(unit, "outbox_waiting", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    const wp_outbox_move_t move = {.message = wp_row_text(rows, 0, "message_id"),
                                   .lease = "another",
                                   .from = WP_MESSAGE_TRANSMITTING,
                                   .event = WP_MESSAGE_TAKEN};
    return wp_outbox_move(unit, &move, TOWN_NOW, baton);
}

static void who_lost_the_lease_changes_nothing(void **state)
{
    bool moved = true;

    (void)state;
    begin();
    queue(message("erasure_asked", "s"));
    leave("s", "transmitting");
    assert_int_equal(wp_db_transact(town.source, WP_DB_WRITE, town.pool, settle_as_another, &moved), APR_SUCCESS);
    assert_false(moved);
    assert_string_equal(state_of("s"), "transmitting - 0 0");
}

#define RACED 120

static void *send_in_a_thread(void *unused)
{
    apr_pool_t *pool;
    wp_dispatch_tally_t tally;
    const wp_dispatch_t dispatch = {.source = town.source,
                                    .carry = carry,
                                    .email = true,
                                    .lease_s = 60,
                                    .now = tell_time};

    (void)unused;
    apr_pool_create(&pool, NULL);
    apr_status_t status = wp_dispatch_round(&dispatch, pool, &tally);
    apr_pool_destroy(pool);
    return status == APR_SUCCESS ? NULL : pool;
}

static void several_senders_send_each_message_once(void **state)
{
    pthread_t threads[TOWN_THREADS];

    (void)state;
    begin();
    for (int i = 0; i < RACED; i++)
        queue(message("erasure_asked", apr_itoa(town.pool, i)));
    for (int i = 0; i < TOWN_THREADS; i++)
        pthread_create(&threads[i], NULL, send_in_a_thread, NULL);
    for (int i = 0; i < TOWN_THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    assert_int_equal(carried, RACED);
    assert_int_equal(town_count("select count(*) from portal_outbox where state = 'handed'"), RACED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_message_is_queued_once_and_sent_once),
                                       cmocka_unit_test(a_code_goes_first_expires_and_is_forgotten),
                                       cmocka_unit_test(not_before_its_time),
                                       cmocka_unit_test(what_a_carrier_says_decides),
                                       cmocka_unit_test(a_dead_sender_s_messages_are_taken_back_when_its_lease_is_over),
                                       cmocka_unit_test(who_lost_the_lease_changes_nothing),
                                       cmocka_unit_test(several_senders_send_each_message_once)};
    return SERVICE_TESTS("dispatch", tests);
}
