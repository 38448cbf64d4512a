/* SPDX-License-Identifier: Apache-2.0 */
/* Rights given to others: who may give, what is refused, and drafts. Answers and ends are in
 * test_service_delegation_answers.c, many at once in test_service_delegation_races.c. */
#include "delegation_acts.h"

#include <apr_strings.h>
#include <string.h>

#include "base/banned.h"

static int rights(void)
{
    return town_count("select count(*) from portal_delegation");
}

/* --- who gives --- */

static void only_a_holder_gives(void **state)
{
    (void)state;
    const struct {
        wp_actor_t actor;
        const char *contract;
        wp_outcome_t outcome;
    } cases[] = {
        {town_person("anna"), "10-00001", WP_OUTCOME_DONE},
        {town_person("karlis"), "20-00001", WP_OUTCOME_DONE},
        {town_person("dace"), "10-00003", WP_OUTCOME_DONE}, /* it has ended: its invoices are still there to be seen */
        {town_person("lasa"), "10-00001", WP_OUTCOME_REFUSED},
        {town_person("iesniedz"), "10-00001", WP_OUTCOME_REFUSED},
        {town_person("maksa"), "10-00001", WP_OUTCOME_REFUSED},
        {town_person("viss"), "10-00001", WP_OUTCOME_REFUSED},
        {town_person("viens"), "10-00001", WP_OUTCOME_REFUSED},
        {town_person("vakar"), "10-00001", WP_OUTCOME_UNKNOWN},
        {town_person("bijusi"), "20-00001", WP_OUTCOME_UNKNOWN},
        {town_person("svesa"), "10-00001", WP_OUTCOME_UNKNOWN},
        {town_person("anna"), "20-00001", WP_OUTCOME_UNKNOWN},
        {town_person("anna"), "no such", WP_OUTCOME_UNKNOWN},
        {town_token("anna", WP_RIGHT_READINGS), "10-00001", WP_OUTCOME_REFUSED},
        {town_token("anna", WP_RIGHT_ANY), "10-00001", WP_OUTCOME_REFUSED},
        {town_token("svesa", WP_RIGHT_ANY), "10-00001", WP_OUTCOME_UNKNOWN},
        {town_staff(WP_RIGHT_ANY), "10-00001", WP_OUTCOME_REFUSED},
        {town_system(), "10-00001", WP_OUTCOME_REFUSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int before = rights();
        offer_t offer = offer_of("read", NOBODY);
        offer.wanted.contract = cases[i].contract;
        wp_result_t result = give_as(cases[i].actor, &offer);
        if (result.outcome != cases[i].outcome)
            fail_msg("case %d: %s", (int)i, wp_outcome_name(result.outcome));
        if (result.outcome == WP_OUTCOME_REFUSED)
            assert_refused(result, WP_ERROR_NO_RIGHT, NULL);
        assert_int_equal(rights(), before + (result.outcome == WP_OUTCOME_DONE));
    }
}

static void an_offer_is_written_logged_and_told(void **state)
{
    (void)state;
    town_sql("update portal_account set email = 'svesa@example.org' where account_id = 'svesa'");
    offer_t offer = offer_of("submit", STRANGER);
    offer.wanted.point = "T2";
    wp_result_t result = give_as(town_person("anna"), &offer);
    assert_int_equal(result.outcome, WP_OUTCOME_DONE);
    assert_string_equal(result.detail, offer.given.id);
    assert_false(offer.given.draft);
    assert_null(offer.given.secret);
    assert_string_equal(town_ask(apr_psprintf(town.pool,
                                              "select contract_no || point_id || giver_account || receiver_code || "
                                              "receiver_name || level || since || until || state from "
                                              "portal_delegation where delegation_id = '%s'",
                                              offer.given.id)),
                        "10-00001T2annaPNOLV-32000000004Līgasubmit2026-11-272027-05-31offered");
    assert_int_equal(logged("delegation_offered", offer.given.id), 1);
    assert_int_equal(told("svesa@example.org"), 1);
}

static void an_invitation_has_a_secret_that_is_not_stored(void **state)
{
    (void)state;
    offer_t offer = offer_of("read", NULL);
    give_as(town_person("anna"), &offer);
    assert_int_equal(strlen(offer.given.secret), 26);
    assert_int_equal(town_count(apr_psprintf(town.pool,
                                             "select count(*) from portal_delegation where invite_hash is not null "
                                             "and invite_hash <> '%s' and invite_until = '2026-12-11T10:00:00Z'",
                                             offer.given.secret)),
                     1);
    const char *first = offer.given.secret;
    assert_int_equal(give_as(town_person("anna"), &offer).outcome, WP_OUTCOME_DONE);
    assert_string_not_equal(offer.given.secret, first);
}

/* --- what is refused --- */

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    const struct {
        const char *level, *point, *receiver, *until;
        wp_error_t code;
        const char *field;
    } cases[] = {
        {"read", NULL, "PNOLV-01019012345", "2027-05-31", WP_ERROR_RECEIVER_SELF, "receiver"},
        {"read", NULL, "PNOLV-32000000011", "2027-05-31", WP_ERROR_RECEIVER_HAS, "receiver"},
        {"full", NULL, "PNOLV-32000000011", "2027-05-31", WP_ERROR_RECEIVER_HAS, "receiver"}, /* at another level */
        {"submit", "T1", "PNOLV-32000000015", "2027-05-31", WP_ERROR_RECEIVER_HAS, "receiver"},
        {"read", NULL, "32000000050", "2027-05-31", WP_ERROR_PERSON_CODE, "receiver"}, /* not as the portal writes it */
        {NULL, NULL, NOBODY, "2027-05-31", WP_ERROR_CHOICE, "level"},
        {"all", NULL, NOBODY, "2027-05-31", WP_ERROR_CHOICE, "level"},
        {"pay", "T1", NOBODY, "2027-05-31", WP_ERROR_PAY_WHOLE, "point"},
        {"read", NULL, NOBODY, "2026-11-27", WP_ERROR_UNTIL_PAST, "until"},
        {"read", NULL, NOBODY, "2029-11-28", WP_ERROR_UNTIL_FAR, "until"},
        {"read", NULL, NOBODY, "2026-13-01", WP_ERROR_UNTIL_REQUIRED, "until"},
        {"read", NULL, NOBODY, NULL, WP_ERROR_UNTIL_REQUIRED, "until"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        offer_t offer = offer_of(cases[i].level, cases[i].receiver);
        offer.wanted.point = cases[i].point;
        offer.wanted.until = cases[i].until;
        assert_refused(give_as(town_person("anna"), &offer), cases[i].code, cases[i].field);
    }
    assert_int_equal(rights(), 6);
    assert_int_equal(town_count("select count(*) from portal_audit"), 0);
    assert_int_equal(town_count("select count(*) from portal_allowance"), 0);
}

static void what_is_just_within_bounds_is_given(void **state)
{
    (void)state;
    static const struct {
        const char *point, *receiver, *until;
    } cases[] = {
        {NULL, NOBODY, "2026-11-28"},
        {"T1", NOBODY, "2029-11-27"},
        {"T2", "PNOLV-32000000015", "2027-05-31"}, /* has T1 */
        {NULL, "PNOLV-32000000016", "2027-05-31"}, /* had it until yesterday */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        offer_t offer = offer_of("read", cases[i].receiver);
        offer.wanted.point = cases[i].point;
        offer.wanted.until = cases[i].until;
        assert_int_equal(give_as(town_person("anna"), &offer).outcome, WP_OUTCOME_DONE);
    }
}

static void a_foreign_point_is_unknown(void **state)
{
    (void)state;
    static const char *const points[] = {"T3", "T4", "no such"};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        offer_t offer = offer_of("read", NOBODY);
        offer.wanted.point = points[i];
        assert_int_equal(give_as(town_person("anna"), &offer).outcome, WP_OUTCOME_UNKNOWN);
    }
}

/* A person is who the account says, whichever of its codes was typed. */
static void another_code_of_a_person_is_the_same_person(void **state)
{
    (void)state;
    town_sql("insert into portal_person_code (person_code, account_id, since) values "
             "('PNOLV-32000000091', 'anna', 'x'), ('PNOLV-32000000092', 'lasa', 'x'), "
             "('PNOLV-32000000093', 'bijusi', 'x')");
    offer_t own = offer_of("read", "PNOLV-32000000091"), again = offer_of("submit", "PNOLV-32000000092");
    assert_refused(give_as(town_person("anna"), &own), WP_ERROR_RECEIVER_SELF, "receiver");
    assert_refused(give_as(town_person("anna"), &again), WP_ERROR_RECEIVER_HAS, "receiver");
    town_sql("update billing_representative set until = null");
    offer_t entitled = offer_of("read", "PNOLV-32000000093");
    entitled.wanted.contract = "20-00001";
    assert_refused(give_as(town_person("karlis"), &entitled), WP_ERROR_RECEIVER_ENTITLED, "receiver");
}

/* What a giver gave who has lost the contract is over, so it is in nobody's way. */
static void a_right_of_a_former_holder_is_over(void **state)
{
    (void)state;
    town_sql("insert into portal_delegation (delegation_id, contract_no, giver_account, giver_code, receiver_code, "
             "level, since, until, state, created_at) values "
             "('old', '20-00001', 'bijusi', 'PNOLV-32000000009', 'PNOLV-32000000004', 'read', '2026-06-01', "
             "'2027-05-31', 'active', 'x'), "
             "('oldoffer', '20-00001', 'bijusi', 'PNOLV-32000000009', 'PNOLV-32000000050', 'read', '2026-06-01', "
             "'2027-05-31', 'offered', 'x')");
    wp_actor_t liga = town_person("svesa");
    assert_int_equal(act_of(liga, revoke_it, "old").outcome, WP_OUTCOME_CONFLICT);
    const wp_delegation_term_t term = {"old", "2027-05-31", "2027-06-30"};
    assert_int_equal(act_of(town_person("karlis"), extend_it, &term).outcome, WP_OUTCOME_CONFLICT);
    static const wp_account_key_t login = {.issuer = "i", .subject = "s", .code = NOBODY};
    liga.login = &login;
    assert_int_equal(act_of(liga, accept_it, "oldoffer").outcome, WP_OUTCOME_CONFLICT);
    offer_t offer = offer_of("read", STRANGER);
    offer.wanted.contract = "20-00001";
    assert_int_equal(give_as(town_person("karlis"), &offer).outcome, WP_OUTCOME_DONE);
}

static void twenty_offers_wait_at_most(void **state)
{
    (void)state;
    town.limits.most[WP_LIMIT_OFFERS] = 100;
    for (int i = 0; i < 20; i++) {
        offer_t offer = offer_of("read", NULL);
        assert_int_equal(give_as(town_person("anna"), &offer).outcome, WP_OUTCOME_DONE);
    }
    offer_t more = offer_of("read", NULL);
    assert_refused(give_as(town_person("anna"), &more), WP_ERROR_OFFERS_MANY, "who");
    wp_actor_t later = town_later(town_person("anna"), DAYS(14)); /* those have lapsed */
    assert_int_equal(give_as(later, &more).outcome, WP_OUTCOME_DONE);
}

static apr_status_t look(wp_act_t *act, void *baton, wp_result_t *result)
{
    *result = wp_result_done(NULL);
    return wp_delegation_seen(act, "10-00001", baton);
}

/* Two tabs: the second did not know of the first one's. Who has seen it may want one more. */
static void an_equal_invitation_that_was_not_seen_is_named(void **state)
{
    (void)state;
    int seen = 0;
    act_of(town_person("anna"), look, &seen);
    offer_t one = offer_of("read", NULL), other = offer_of("read", NULL), two;
    one.wanted.seen = other.wanted.seen = seen;
    other.wanted.who = "Juris";
    two = one;
    assert_int_equal(give_as(town_person("anna"), &one).outcome, WP_OUTCOME_DONE);
    assert_refused(give_as(town_person("anna"), &two), WP_ERROR_INVITED_ALREADY, "who");
    assert_int_equal(give_as(town_person("anna"), &other).outcome, WP_OUTCOME_DONE);
    act_of(town_person("anna"), look, &two.wanted.seen);
    assert_int_equal(give_as(town_person("anna"), &two).outcome, WP_OUTCOME_DONE);
}

static apr_status_t check(wp_act_t *act, void *baton, wp_result_t *result)
{
    apr_array_header_t *faults;
    apr_status_t status = wp_delegation_check(act, &((offer_t *)baton)->wanted, &faults, result);
    if (status == APR_SUCCESS && faults)
        *result = (wp_result_t){.outcome = WP_OUTCOME_DONE, .retry_at = faults->nelts};
    return status;
}

static void a_check_names_everything_at_once(void **state)
{
    (void)state;
    offer_t offer = offer_of("pay", "PNOLV-01019012345");
    offer.wanted.point = "T1";
    offer.wanted.until = "2020-01-01";
    assert_int_equal(act_of(town_person("anna"), check, &offer).retry_at, 3);
    assert_refused(act_of(town_person("lasa"), check, &offer), WP_ERROR_NO_RIGHT, NULL);
    assert_int_equal(act_of(town_person("svesa"), check, &offer).outcome, WP_OUTCOME_UNKNOWN);
    offer.wanted.point = "T4";
    assert_int_equal(act_of(town_person("anna"), check, &offer).outcome, WP_OUTCOME_UNKNOWN);
}

/* --- drafts --- */

static void a_strong_right_is_confirmed_with_an_eid(void **state)
{
    (void)state;
    static const char *const levels[] = {"pay", "full"};
    for (size_t i = 0; i < 2; i++) {
        wp_actor_t anna = town_person("anna");
        offer_t offer = offer_of(levels[i], i ? STRANGER : NULL);
        assert_int_equal(give_as(anna, &offer).outcome, WP_OUTCOME_DONE);
        assert_true(offer.given.draft);
        assert_null(offer.given.secret);
        const char *id = offer.given.id;
        assert_int_equal(logged("delegation_drafted", id), 1);
        assert_int_equal(act_of(town_person("svesa"), accept_it, id).outcome, WP_OUTCOME_UNKNOWN);
        assert_refused(act_of(anna, confirm_it, &offer), WP_ERROR_STEP_UP, NULL);
        assert_string_equal(state_of(id), "draft");
        anna.strong = true;
        assert_int_equal(act_of(anna, confirm_it, &offer).outcome, WP_OUTCOME_DONE);
        assert_string_equal(state_of(id), "offered");
        assert_true(i ? !offer.given.secret : strlen(offer.given.secret) == 26);
        assert_int_equal(act_of(anna, confirm_it, &offer).outcome, WP_OUTCOME_SAME);
        assert_null(offer.given.secret);
        assert_int_equal(logged("delegation_offered", id), 1);
    }
}

static void a_draft_is_confirmed_by_its_giver_only(void **state)
{
    (void)state;
    offer_t offer = offer_of("full", NOBODY);
    offer.wanted.contract = "20-00001";
    give_as(town_person("karlis"), &offer);
    town_sql("update billing_representative set until = null"); /* bijusi is one too */
    wp_actor_t others[] = {town_person("bijusi"),
                           town_person("anna"),
                           town_person("svesa"),
                           town_staff(WP_RIGHT_ANY),
                           town_token("karlis", WP_RIGHT_ANY),
                           town_system()};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        others[i].strong = true;
        assert_true(wp_result_is_against(&(wp_result_t){.outcome = act_of(others[i], confirm_it, &offer).outcome}));
    }
    assert_string_equal(state_of(offer.given.id), "draft");
}

static void a_draft_is_forgotten_after_a_day(void **state)
{
    (void)state;
    offer_t offer = offer_of("full", NOBODY), again = offer;
    give_as(town_person("anna"), &offer);
    wp_actor_t later = town_later(town_person("anna"), DAYS(1));
    later.strong = true;
    assert_int_equal(act_of(later, confirm_it, &offer).outcome, WP_OUTCOME_CONFLICT);
    assert_int_equal(give_as(later, &again).outcome, WP_OUTCOME_DONE);
}

static void an_equal_draft_is_the_same_one(void **state)
{
    (void)state;
    offer_t first = offer_of("full", NULL), second = first, other = first;
    give_as(town_person("anna"), &first);
    assert_int_equal(give_as(town_person("anna"), &second).outcome, WP_OUTCOME_SAME);
    assert_string_equal(second.given.id, first.given.id);
    assert_true(second.given.draft);
    other.wanted.until = "2027-06-01";
    assert_int_equal(give_as(town_person("anna"), &other).outcome, WP_OUTCOME_DONE);
    assert_string_not_equal(other.given.id, first.given.id);
}

static void what_has_changed_since_the_draft_stops_it(void **state)
{
    (void)state;
    wp_actor_t anna = town_person("anna");
    anna.strong = true;
    offer_t pay = offer_of("pay", STRANGER), full = offer_of("full", STRANGER);
    give_as(anna, &pay);
    give_as(anna, &full);
    assert_int_equal(act_of(anna, confirm_it, &pay).outcome, WP_OUTCOME_DONE);
    assert_refused(act_of(anna, confirm_it, &full), WP_ERROR_RECEIVER_HAS, "receiver");
    town_sql("update portal_account_contract set ended_at = 'x' where account_id = 'anna'");
    assert_int_equal(act_of(anna, confirm_it, &full).outcome, WP_OUTCOME_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_holder_gives),
        cmocka_unit_test(an_offer_is_written_logged_and_told),
        cmocka_unit_test(an_invitation_has_a_secret_that_is_not_stored),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_is_just_within_bounds_is_given),
        cmocka_unit_test(a_foreign_point_is_unknown),
        cmocka_unit_test(another_code_of_a_person_is_the_same_person),
        cmocka_unit_test(a_right_of_a_former_holder_is_over),
        cmocka_unit_test(twenty_offers_wait_at_most),
        cmocka_unit_test(an_equal_invitation_that_was_not_seen_is_named),
        cmocka_unit_test(a_check_names_everything_at_once),
        cmocka_unit_test(a_strong_right_is_confirmed_with_an_eid),
        cmocka_unit_test(a_draft_is_confirmed_by_its_giver_only),
        cmocka_unit_test(a_draft_is_forgotten_after_a_day),
        cmocka_unit_test(an_equal_draft_is_the_same_one),
        cmocka_unit_test(what_has_changed_since_the_draft_stops_it),
    };
    return SERVICE_TESTS("rights given", tests);
}
