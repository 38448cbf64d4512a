/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses and the codes that prove them; consents to be reminded there. */
#include "service_fixture.h"

#include <apr_strings.h>
#include <string.h>

#include "service/consent.h"
#include "service/contact.h"

#include "base/banned.h"

/* --- acts --- */

static apr_status_t propose_email(wp_act_t *act, void *baton, wp_result_t *result)
{
    bool open;
    return wp_contact_propose(act, &(wp_contact_wanted_t){"email", baton}, &open, result);
}

static wp_result_t proposed(wp_actor_t actor, const char *email)
{
    return town_act(&actor, propose_email, (void *)email);
}

typedef struct phone_t {
    const char *value;
    bool open;
} phone_t;

static apr_status_t propose_phone(wp_act_t *act, void *baton, wp_result_t *result)
{
    phone_t *phone = baton;
    return wp_contact_propose(act, &(wp_contact_wanted_t){"sms", phone->value}, &phone->open, result);
}

typedef struct entry_t {
    wp_contact_codes_t codes;
    wp_contact_wrong_t wrong;
} entry_t;

static apr_status_t confirm(wp_act_t *act, void *baton, wp_result_t *result)
{
    entry_t *entry = baton;
    return wp_contact_confirm(act, &entry->codes, &entry->wrong, result);
}

static wp_result_t entered(wp_actor_t actor, const char *code, const char *old)
{
    entry_t entry = {.codes = {"email", code, old}};
    return town_act(&actor, confirm, &entry);
}

/* The code in the message of this kind that still waits; "" if there is none. */
static const char *code_of(const char *kind)
{
    const char *text = town_ask(
        apr_psprintf(town.pool, "select arguments from portal_outbox where kind = '%s' and state = 'waiting'", kind));
    const char *at = strstr(text, "\"code\"");
    const char *digits = at ? at + strcspn(at, "0123456789") : "";
    return apr_pstrmemdup(town.pool, digits, strspn(digits, "0123456789"));
}

static const char *other_than(const char *code)
{
    char *other = apr_pstrdup(town.pool, code);
    other[0] = other[0] == '9' ? '0' : (char)(other[0] + 1);
    return other;
}

static void prove(const char *channel, const char *value)
{
    town_sql(apr_psprintf(
        town.pool,
        "insert into portal_contact_change (change_id, account_id, channel, value, code_hash, tries, state, "
        "created_at, expires_at) values ('proved-%s', 'anna', '%s', '%s', '', 0, 'done', "
        "'2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
        channel, channel, value));
}

static const char *email(void)
{
    return town_ask("select email from portal_account where account_id = 'anna'");
}

static int open_changes(void)
{
    return town_count("select count(*) from portal_contact_change where state = 'open'");
}

static int audited(const char *action)
{
    return town_count(apr_psprintf(town.pool, "select count(*) from portal_audit where action = '%s'", action));
}

/* --- proposing --- */

static void an_address_counts_when_its_code_came_back(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    assert_int_equal(proposed(anna, "new@example.org").outcome, WP_OUTCOME_DONE);
    assert_string_equal(email(), "anna@example.org");
    assert_string_equal(code_of("contact_code_old"), "");
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_notice'"), 1);
    assert_int_equal(entered(anna, code_of("contact_code"), NULL).outcome, WP_OUTCOME_DONE);
    assert_string_equal(email(), "new@example.org");
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_changed'"), 1);
    assert_string_equal(code_of("contact_code"), ""); /* used: forgotten */
    assert_int_equal(audited("contact_asked") + audited("contact_changed"), 2);
}

static void a_proved_address_must_agree(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    prove("email", "anna@example.org");
    assert_int_equal(proposed(anna, "new@example.org").outcome, WP_OUTCOME_DONE);
    const char *code = code_of("contact_code"), *old = code_of("contact_code_old");
    wp_result_t result = entered(anna, code, NULL);
    assert_int_equal(result.code, WP_ERROR_CODE_WRONG);
    assert_string_equal(result.field, "old");
    assert_string_equal(entered(anna, NULL, old).field, "code");
    assert_string_equal(email(), "anna@example.org");
    assert_int_equal(entered(anna, code, old).outcome, WP_OUTCOME_DONE);
    assert_string_equal(email(), "new@example.org");
}

static void what_cannot_be_asked_for_is_refused(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna"), svesa = town_person("svesa");
    phone_t none = {NULL, false};
    prove("email", "anna@example.org");
    assert_int_equal(proposed(anna, "anna@example.org").code, WP_ERROR_CONTACT_SAME);
    assert_int_equal(proposed(anna, NULL).code, WP_ERROR_EMAIL_REQUIRED);
    wp_result_t result = town_act(&svesa, propose_phone, &none);
    assert_int_equal(result.code, WP_ERROR_PHONE_NONE);
    assert_string_equal(result.field, "value");
    assert_int_equal(open_changes(), 0);
}

static void a_number_that_was_never_proved_is_removed_at_once(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    phone_t none = {NULL, true};
    assert_int_equal(town_act(&anna, propose_phone, &none).outcome, WP_OUTCOME_DONE);
    assert_false(none.open);
    assert_string_equal(town_ask("select phone from portal_account where account_id = 'anna'"), "");
    town_sql("update portal_account set phone = '+37120000001' where account_id = 'anna'");
    prove("sms", "+37120000001");
    assert_int_equal(town_act(&anna, propose_phone, &none).outcome, WP_OUTCOME_DONE);
    assert_true(none.open); /* a proved number must agree */
    entry_t entry = {.codes = {"sms", NULL, code_of("contact_code_old")}};
    assert_int_equal(town_act(&anna, confirm, &entry).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select phone from portal_account where account_id = 'anna'"), "");
}

static void only_a_person_changes_their_own(void **state)
{
    (void)state;
    wp_actor_t actors[] = {town_token("anna", WP_RIGHT_ANY), town_staff(WP_RIGHT_ANY), town_system()};
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        assert_int_equal(proposed(actors[i], "new@example.org").code, WP_ERROR_NO_RIGHT);
        assert_int_equal(entered(actors[i], "123456", NULL).code, WP_ERROR_NO_RIGHT);
    }
    wp_actor_t lasa = town_person("lasa"); /* a delegate has an account of their own, and changes that */
    assert_int_equal(proposed(lasa, "lasa@example.org").outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select account_id from portal_contact_change"), "lasa");
    town_sql("delete from portal_person_code where account_id = 'svesa'"); /* erased */
    assert_int_equal(proposed(town_person("svesa"), "new@example.org").outcome, WP_OUTCOME_UNKNOWN);
    assert_int_equal(entered(town_person("svesa"), "123456", NULL).outcome, WP_OUTCOME_UNKNOWN);
}

static void five_changes_an_hour(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    phone_t phone = {"+37120000099", false};
    for (int i = 0; i < WP_CONTACT_CHANGES; i++)
        assert_int_equal(proposed(town_later(anna, i * 60), apr_psprintf(town.pool, "new%d@example.org", i)).outcome,
                         WP_OUTCOME_DONE);
    wp_actor_t later = town_later(anna, 300);
    wp_result_t result = town_act(&later, propose_phone, &phone);
    assert_int_equal(result.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(result.code, WP_ERROR_CONTACT_TOO_OFTEN);
    assert_int_equal(result.retry_at - anna.clock.now, 3600);
    assert_int_equal(audited("contact_limited"), 1);
    assert_int_equal(open_changes(), 1);
    later = town_later(anna, 3600);
    assert_int_equal(town_act(&later, propose_phone, &phone).outcome, WP_OUTCOME_DONE);
}

static void an_address_gets_so_many_codes_whoever_asks(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_CODES] = 2;
    assert_int_equal(proposed(town_person("anna"), "x@example.org").outcome, WP_OUTCOME_DONE);
    assert_int_equal(proposed(town_person("karlis"), "X@example.org").outcome, WP_OUTCOME_DONE);
    wp_result_t result = proposed(town_person("dace"), "x@Example.org");
    assert_int_equal(result.outcome, WP_OUTCOME_LIMITED);
    assert_int_equal(result.code, WP_ERROR_ADDRESS_TOO_OFTEN);
    assert_true(result.retry_at > town.clock.now);
    assert_int_equal(town_count("select count(*) from portal_contact_change where account_id = 'dace'"), 0);
    assert_int_equal(proposed(town_person("dace"), "y@example.org").outcome, WP_OUTCOME_DONE);
}

/* --- confirming --- */

/* Wrong, and committed, also when it is the last try. */
static void five_wrong_codes_end_it(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    proposed(anna, "new@example.org");
    const char *code = code_of("contact_code");
    for (int left = WP_CONTACT_TRIES - 1; left >= 0; left--) {
        entry_t entry = {.codes = {"email", other_than(code), NULL}};
        wp_result_t result = town_act(&anna, confirm, &entry);
        assert_int_equal(result.outcome, WP_OUTCOME_REFUSED);
        assert_int_equal(result.code, left > 0 ? WP_ERROR_CODE_WRONG : WP_ERROR_CODE_SPENT);
        assert_true(entry.wrong.code && !entry.wrong.old);
        assert_int_equal(entry.wrong.left, left);
    }
    assert_int_equal(town_count("select tries from portal_contact_change where state = 'dropped'"), 5);
    assert_int_equal(audited("contact_code_wrong"), 5);
    assert_string_equal(code_of("contact_code"), "");
    assert_int_equal(entered(anna, code, NULL).code, WP_ERROR_CODE_GONE);
    assert_string_equal(email(), "anna@example.org");
}

static void a_code_that_is_late_or_replaced_or_a_strangers_is_worth_nothing(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna"), karlis = town_person("karlis");
    proposed(anna, "first@example.org");
    const char *first = code_of("contact_code");
    assert_int_equal(entered(karlis, first, NULL).code, WP_ERROR_CODE_GONE);
    assert_int_equal(entered(town_later(anna, WP_CONTACT_MINUTES * 60), first, NULL).code, WP_ERROR_CODE_GONE);
    proposed(anna, "second@example.org");
    if (strcmp(first, code_of("contact_code")) != 0)
        assert_int_equal(entered(anna, first, NULL).code, WP_ERROR_CODE_WRONG);
    assert_int_equal(open_changes(), 1);
    assert_int_equal(entered(anna, code_of("contact_code"), NULL).outcome, WP_OUTCOME_DONE);
    assert_string_equal(email(), "second@example.org");
}

/* --- six at once --- */

static town_racer_t anna_proposes(apr_pool_t *pool, int number)
{
    return (town_racer_t){.actor = town_person("anna"), .baton = apr_psprintf(pool, "new%d@example.org", number)};
}

static void six_changes_at_once_are_five_and_one_is_open(void **state)
{
    (void)state;
    town_race_t race = town_race(propose_email, anna_proposes);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], WP_CONTACT_CHANGES);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], 1);
    assert_int_equal(open_changes(), 1);
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_code' and state = 'waiting'"),
                     1);
}

static const char *const people[TOWN_THREADS] = {"anna", "karlis", "dace", "svesa", "lasa", "viss"};

static town_racer_t everybody_proposes_one(apr_pool_t *pool, int number)
{
    (void)pool;
    return (town_racer_t){.actor = town_person(people[number]), .baton = "victim@example.org"};
}

static void six_people_at_once_write_to_one_address_as_often_as_allowed(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_CODES] = 2;
    town_race_t race = town_race(propose_email, everybody_proposes_one);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 2);
    assert_int_equal(race.outcomes[WP_OUTCOME_LIMITED], TOWN_THREADS - 2);
    assert_int_equal(town_count("select count(*) from portal_outbox where kind = 'contact_code'"), 2);
}

static const char *raced_code;

static town_racer_t anna_confirms(apr_pool_t *pool, int number)
{
    entry_t *entry = apr_pcalloc(pool, sizeof *entry);

    (void)number;
    entry->codes = (wp_contact_codes_t){"email", raced_code, NULL};
    return (town_racer_t){.actor = town_person("anna"), .baton = entry};
}

static void the_right_code_six_times_is_one_change(void **state)
{
    (void)state;
    proposed(town_person("anna"), "new@example.org");
    raced_code = code_of("contact_code");
    town_race_t race = town_race(confirm, anna_confirms);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], 1);
    assert_int_equal(race.outcomes[WP_OUTCOME_REFUSED], TOWN_THREADS - 1);
    assert_int_equal(audited("contact_changed"), 1);
    assert_string_equal(email(), "new@example.org");
}

static void six_wrong_codes_are_five_tries(void **state)
{
    (void)state;
    proposed(town_person("anna"), "new@example.org");
    raced_code = other_than(code_of("contact_code"));
    town_race_t race = town_race(confirm, anna_confirms);
    assert_int_equal(race.outcomes[WP_OUTCOME_REFUSED], TOWN_THREADS);
    assert_int_equal(town_count("select tries from portal_contact_change"), WP_CONTACT_TRIES);
    assert_int_equal(audited("contact_code_wrong"), WP_CONTACT_TRIES);
}

/* --- consents --- */

static apr_status_t remind(wp_act_t *act, void *baton, wp_result_t *result)
{
    return wp_consent_change(act, baton, result);
}

static wp_result_t reminded(wp_actor_t actor, wp_reminding_t wanted)
{
    return town_act(&actor, remind, &wanted);
}

static void every_answer_is_kept_and_numbered(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    wp_reminding_t yes = {.consents = {{true}}}, no = {.consents = {{false}}};
    prove("email", "anna@example.org");
    assert_int_equal(reminded(anna, no).outcome, WP_OUTCOME_SAME);
    assert_int_equal(reminded(anna, yes).outcome, WP_OUTCOME_DONE);
    assert_int_equal(reminded(anna, yes).outcome, WP_OUTCOME_SAME);
    assert_int_equal(reminded(anna, no).outcome, WP_OUTCOME_DONE);
    assert_int_equal(town_count("select count(*) from portal_consent"), 2);
    assert_int_equal(town_count("select given from portal_consent where number = 2"), 0);
    assert_int_equal(audited("reminders_changed"), 2);
}

static void language_and_quiet_hours_change_alone(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    assert_int_equal(reminded(anna, (wp_reminding_t){.language = "en"}).outcome, WP_OUTCOME_DONE);
    assert_string_equal(town_ask("select language || ' ' || quiet from portal_account where account_id = 'anna'"),
                        "en 21-8");
    assert_int_equal(reminded(anna, (wp_reminding_t){.quiet = "none"}).outcome, WP_OUTCOME_DONE);
    assert_int_equal(reminded(anna, (wp_reminding_t){.language = "en", .quiet = "none"}).outcome, WP_OUTCOME_SAME);
    assert_int_equal(town_count("select count(*) from portal_consent"), 0);
    assert_int_equal(reminded(anna, (wp_reminding_t){.language = "xx"}).code, WP_ERROR_CHOICE);
    assert_string_equal(reminded(anna, (wp_reminding_t){.quiet = "1-2"}).field, "quiet");
}

/* The address may have lost its proof since the page was read. */
static void nothing_is_promised_to_an_address_without_proof(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna"), karlis = town_person("karlis");
    wp_reminding_t mail = {.consents = {{true}}}, text = {.consents = {{false, true}}};
    wp_result_t result = reminded(anna, mail);
    assert_int_equal(result.code, WP_ERROR_EMAIL_UNPROVED);
    assert_string_equal(result.field, "remind-readings-email");
    assert_int_equal(reminded(anna, text).code, WP_ERROR_PHONE_UNPROVED);
    assert_int_equal(reminded(karlis, mail).code, WP_ERROR_EMAIL_MISSING);
    assert_int_equal(reminded(karlis, text).code, WP_ERROR_PHONE_MISSING);
    prove("email", "anna@example.org");
    assert_int_equal(reminded(anna, mail).outcome, WP_OUTCOME_DONE);
    town_sql("update portal_account set email = 'other@example.org' where account_id = 'anna'");
    assert_int_equal(reminded(anna, mail).outcome, WP_OUTCOME_SAME); /* a choice made earlier remains */
}

static void only_a_person_consents(void **state)
{
    (void)state;
    wp_reminding_t wanted = {.language = "en"};
    assert_int_equal(reminded(town_token("anna", WP_RIGHT_ANY), wanted).code, WP_ERROR_NO_RIGHT);
    assert_int_equal(reminded(town_staff(WP_RIGHT_ANY), wanted).code, WP_ERROR_NO_RIGHT);
    assert_int_equal(reminded(town_system(), wanted).code, WP_ERROR_NO_RIGHT);
    town_sql("delete from portal_person_code where account_id = 'anna'");
    assert_int_equal(reminded(town_person("anna"), wanted).outcome, WP_OUTCOME_UNKNOWN);
}

static town_racer_t anna_answers(apr_pool_t *pool, int number)
{
    wp_reminding_t *wanted = apr_pcalloc(pool, sizeof *wanted);

    wanted->consents.given[0] = number % 2 == 0;
    return (town_racer_t){.actor = town_person("anna"), .baton = wanted};
}

/* Yes and no from six tabs: however they come, the numbers have no gap and no two answers in a row are equal. */
static void six_answers_are_numbered_without_gap(void **state)
{
    (void)state;
    prove("email", "anna@example.org");
    town_race_t race = town_race(remind, anna_answers);
    int answers = town_count("select count(*) from portal_consent");
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE], answers);
    assert_int_equal(race.outcomes[WP_OUTCOME_DONE] + race.outcomes[WP_OUTCOME_SAME], TOWN_THREADS);
    assert_int_equal(town_count("select max(number) from portal_consent"), answers);
    assert_int_equal(town_count(
                         "select count(*) from portal_consent a join portal_consent b on b.number = a.number + 1 "
                         "where a.given = b.given"),
                     0);
    assert_int_equal(audited("reminders_changed"), answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_counts_when_its_code_came_back),
        cmocka_unit_test(a_proved_address_must_agree),
        cmocka_unit_test(what_cannot_be_asked_for_is_refused),
        cmocka_unit_test(a_number_that_was_never_proved_is_removed_at_once),
        cmocka_unit_test(only_a_person_changes_their_own),
        cmocka_unit_test(five_changes_an_hour),
        cmocka_unit_test(an_address_gets_so_many_codes_whoever_asks),
        cmocka_unit_test(five_wrong_codes_end_it),
        cmocka_unit_test(a_code_that_is_late_or_replaced_or_a_strangers_is_worth_nothing),
        cmocka_unit_test(six_changes_at_once_are_five_and_one_is_open),
        cmocka_unit_test(six_people_at_once_write_to_one_address_as_often_as_allowed),
        cmocka_unit_test(the_right_code_six_times_is_one_change),
        cmocka_unit_test(six_wrong_codes_are_five_tries),
        cmocka_unit_test(every_answer_is_kept_and_numbered),
        cmocka_unit_test(language_and_quiet_hours_change_alone),
        cmocka_unit_test(nothing_is_promised_to_an_address_without_proof),
        cmocka_unit_test(only_a_person_consents),
        cmocka_unit_test(six_answers_are_numbered_without_gap),
    };
    return SERVICE_TESTS("contact and consent", tests);
}
