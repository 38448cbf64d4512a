/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "identity/identity.h"

#include "base/banned.h"

static apr_pool_t *pool;

/* Readable by its owner only. */
static const char *file_with(const char *text)
{
    char *name = apr_pstrdup(pool, "/tmp/wp-test-XXXXXX");
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    return name;
}

/* --- issuers.json --- */

static apr_status_t issuers_of(const char *json, wp_issuers_t **read, const char **error)
{
    const char *name = file_with(json);
    apr_status_t status = wp_issuers_load(read, pool, name, error);
    unlink(name);
    return status;
}

static void issuers_are_read(void **state)
{
    wp_issuers_t *read;
    const char *error = NULL;
    (void)state;
    assert_int_equal(
        issuers_of("{\"issuers\":[{\"issuer\":\"https://a.example:8/x\",\"name\":{\"lv\":\"Banka\",\"en\":\"Bank\"},"
                   "\"level\":\"bank\",\"person_code_claim\":\"nin\"}]}",
                   &read, &error),
        APR_SUCCESS);
    const wp_issuer_t *issuer = wp_issuers_find(read, "https://a.example:8/x");
    assert_non_null(issuer);
    assert_string_equal(issuer->origin, "https://a.example:8");
    assert_string_equal(wp_issuer_text(issuer->names, "en"), "Bank");
    assert_string_equal(wp_issuer_text(issuer->names, "ru"), "Banka");
    assert_null(wp_issuers_find(read, "https://a.example:8"));
}

static void wrong_issuer_files_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"issuers\":[]}",
        "{\"issuers\":[{}]}",
        "{\"issuers\":[{\"issuer\":\"http://"
        "a\",\"name\":{\"lv\":\"A\"},\"level\":\"bank\",\"person_code_claim\":\"n\"}]}",
        "{\"issuers\":[{\"issuer\":\"https://"
        "a\",\"name\":{\"lv\":\"A\"},\"level\":\"king\",\"person_code_claim\":\"n\"}]}",
        "{\"issuers\":[{\"issuer\":\"https://a\",\"name\":{\"lv\":\"A\"},\"level\":\"bank\"}]}",
        "{\"issuers\":[{\"issuer\":\"https://a; script-src "
        "*\",\"name\":{\"lv\":\"A\"},\"level\":\"bank\",\"person_code_claim\":\"n\"}]}",
        "{\"issuers\":[{\"issuer\":\"https://a\",\"name\":{\"lv\":\"A\"},\"level\":\"staff\"}]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        wp_issuers_t *read;
        const char *error = NULL;
        assert_int_not_equal(issuers_of(bad[i], &read, &error), APR_SUCCESS);
        assert_non_null(error);
    }
}

/* --- from claims to a person --- */

#define BANK  "https://bank.example"
#define EID   "https://eid.example"
#define STAFF "https://staff.example"
#define CODE  "nin", "010190-12345"

static const char issuers_json[] = "{\"issuers\":["
                                   "{\"issuer\":\"" BANK "\",\"name\":{\"lv\":\"Banka\"},\"level\":\"bank\","
                                   "\"person_code_claim\":\"nin\",\"person_code_country\":\"LV\"},"
                                   "{\"issuer\":\"" EID
                                   "\",\"name\":{\"lv\":\"eID\"},\"level\":\"eid\",\"acr\":\"urn:eid\","
                                   "\"person_code_claim\":\"urn:serial\",\"country_claim\":\"urn:country\","
                                   "\"id_token_signed_response_alg\":\"ES256\"},"
                                   "{\"issuer\":\"" STAFF "\",\"name\":{\"lv\":\"Mēs\"},\"level\":\"staff\","
                                   "\"role_claim\":\"roles\",\"roles\":[\"desk\",\"boss\"]}]}";

static wp_issuers_t *issuers;
static wp_secret_t *secret;

static const char *get(void *context, const char *claim)
{
    return apr_table_get(context, claim);
}

/* claims: name, value, …, NULL */
static wp_identity_state_t read_claims(wp_claims_t said, const char *const *claims, wp_identity_t **identity)
{
    apr_table_t *table = apr_table_make(pool, 8);

    for (; *claims; claims += 2)
        apr_table_setn(table, claims[0], claims[1]);
    said.get = get;
    said.context = table;
    return wp_identity_read(issuers, secret, &said, pool, identity);
}

static wp_claims_t of(const char *issuer, const char *subject, const char *algorithm)
{
    return (wp_claims_t){.issuer = issuer, .subject = subject, .algorithm = algorithm};
}

static const wp_identity_t *known(const char *issuer, const char *subject, const char *const *claims)
{
    wp_identity_t *identity;
    const char *algorithm = strcmp(issuer, EID) == 0 ? "ES256" : "RS256";
    assert_int_equal(read_claims(of(issuer, subject, algorithm), claims, &identity), WP_IDENTITY_OK);
    return identity;
}

static void whoever_is_not_proved_is_nobody(void **state)
{
    static const char *const code[] = {CODE, NULL}, *const none[] = {NULL};
    static const char *const wrong[] = {"nin", "010190-1234", NULL}, *const broken[] = {"nin", "010190-12345\xFF",
                                                                                        NULL};
    char subject[WP_SUBJECT_MAX + 2] = "";
    const struct {
        wp_claims_t said;
        const char *const *claims;
        wp_identity_state_t state;
    } bad[] = {{of(NULL, "anna", "RS256"), code, WP_IDENTITY_FOREIGN_ISSUER},
               {of(BANK "/", "anna", "RS256"), code, WP_IDENTITY_FOREIGN_ISSUER},
               {of(BANK, "anna", NULL), code, WP_IDENTITY_UNSIGNED},
               {of(BANK, "anna", "none"), code, WP_IDENTITY_UNSIGNED},
               {of(EID, "anna", "RS256"), code, WP_IDENTITY_UNSIGNED},
               {of(BANK, NULL, "RS256"), code, WP_IDENTITY_NO_SUBJECT},
               {of(BANK, "  ", "RS256"), code, WP_IDENTITY_NO_SUBJECT},
               {of(BANK, "an\nna", "RS256"), code, WP_IDENTITY_NO_SUBJECT},
               {of(BANK, "ann\xC4\x81", "RS256"), code, WP_IDENTITY_NO_SUBJECT},
               {of(BANK, subject, "RS256"), code, WP_IDENTITY_NO_SUBJECT}, /* a character too long */
               {of(BANK, "anna", "RS256"), none, WP_IDENTITY_NO_CODE},
               {of(BANK, "anna", "RS256"), wrong, WP_IDENTITY_NO_CODE},
               {of(BANK, "anna", "RS256"), broken, WP_IDENTITY_NO_CODE}};
    (void)state;
    memset(subject, 'x', sizeof subject - 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        wp_identity_t *identity;
        assert_int_equal(read_claims(bad[i].said, bad[i].claims, &identity), bad[i].state);
        assert_null(identity);
    }
    subject[WP_SUBJECT_MAX] = '\0';
    assert_string_equal(known(BANK, subject, code)->subject, subject);
}

/* The same person at another issuer and by another subject, and nobody else. */
static void a_person_is_tagged_by_the_code(void **state)
{
    static const char *const code[] = {CODE, NULL}, *const other[] = {"nin", "010190-12346", NULL};
    static const char *const eid[] = {"urn:serial", "01019012345", "urn:country", "LV", NULL};
    (void)state;
    const wp_identity_t *anna = known(BANK, "anna", code);
    assert_string_equal(anna->person_code, "PNOLV-01019012345");
    assert_string_equal(known(BANK, "a2", code)->tag, anna->tag);
    assert_string_equal(known(EID, "x", eid)->tag, anna->tag);
    assert_string_not_equal(known(BANK, "anna", other)->tag, anna->tag);
    assert_null(strstr(anna->tag, "12345"));
}

static void a_name_is_what_the_issuer_calls_the_person(void **state)
{
    static const char *const whole[] = {CODE, "name", " Anna  Ozola", "given_name", "Ann", "family_name", "O", NULL};
    static const char *const parts[] = {CODE, "given_name", "Anna", "family_name", "Ozola", NULL};
    static const char *const given[] = {CODE, "given_name", "Anna", "family_name", "", NULL};
    static const char *const number[] = {CODE, "name", "12345", NULL};
    (void)state;
    assert_string_equal(known(BANK, "anna", whole)->known_as, "Anna Ozola");
    assert_string_equal(known(BANK, "anna", whole)->given, "Ann");
    assert_string_equal(known(BANK, "anna", parts)->name, "Anna Ozola");
    assert_string_equal(known(BANK, "anna", given)->name, "Anna");
    const wp_identity_t *nameless = known(BANK, "anna", number);
    assert_null(nameless->name);
    assert_non_null(nameless->known_as); /* the code, masked */
    assert_null(strstr(nameless->known_as, "12345"));
}

static void staff_is_who_has_a_role(void **state)
{
    static const char *const desk[] = {"roles", "reader,desk", CODE, NULL}, *const none[] = {NULL};
    static const char *const reader[] = {"roles", "reader,desktop", NULL};
    static const char *const customer[] = {CODE, "roles", "desk", NULL};
    (void)state;
    const wp_identity_t *clerk = known(STAFF, "17", desk);
    assert_true(clerk->staff);
    assert_null(clerk->person_code); /* nobody is a customer by the staff's issuer */
    assert_string_not_equal(known(STAFF, "18", desk)->tag, clerk->tag);
    assert_false(known(STAFF, "17", reader)->staff);
    assert_false(known(STAFF, "17", none)->staff);
    assert_false(known(BANK, "17", customer)->staff);
}

static void the_time_of_a_login_is_a_number(void **state)
{
    static const struct {
        const char *said;
        wp_instant_t instant;
    } times[] = {{"1800000000", 1800000000}, {"1800000000.5", 0}, {"-5", 0}, {"1e9", 0}, {"", 0}, {"1800000000000", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        const char *const claims[] = {CODE, "auth_time", times[i].said, "acr", "urn:x", NULL};
        const wp_identity_t *identity = known(BANK, "anna", claims);
        assert_int_equal(identity->logged_in, times[i].instant);
        assert_string_equal(identity->acr, "urn:x");
    }
}

#define NOW 1800000000

static bool stepped_up(wp_level_t level, const char *asked, const char *said, wp_instant_t logged_in)
{
    wp_issuer_t issuer = {.issuer = "https://a.example", .level = level, .acr = asked};
    wp_identity_t identity = {.issuer = &issuer, .acr = said, .logged_in = logged_in};
    return wp_identity_is_stepped_up(&identity, NOW);
}

static void only_a_fresh_eid_is_a_step_up(void **state)
{
    (void)state;
    assert_true(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", NOW));
    assert_true(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", NOW - 300));
    assert_false(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", NOW - 301));
    assert_true(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", NOW + 60));
    assert_false(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", NOW + 61));
    assert_false(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:eid", 0));
    assert_false(stepped_up(WP_LEVEL_EID, "urn:eid", "urn:other", NOW));
    assert_false(stepped_up(WP_LEVEL_EID, "urn:eid", NULL, NOW));
    assert_false(stepped_up(WP_LEVEL_EID, NULL, "urn:eid", NOW));
    assert_false(stepped_up(WP_LEVEL_EID, NULL, NULL, NOW));
    assert_false(stepped_up(WP_LEVEL_BANK, "urn:eid", "urn:eid", NOW));
    assert_false(stepped_up(WP_LEVEL_STAFF, "urn:eid", "urn:eid", NOW));
}

static int begin(void **state)
{
    const char *error = NULL;
    (void)state;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    const char *key = file_with("0123456789abcdef0123456789abcdef");
    apr_status_t status = wp_secret_load(&secret, pool, key, &error);
    unlink(key);
    return status == APR_SUCCESS && issuers_of(issuers_json, &issuers, &error) == APR_SUCCESS ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(issuers_are_read),
                                       cmocka_unit_test(wrong_issuer_files_are_refused),
                                       cmocka_unit_test(whoever_is_not_proved_is_nobody),
                                       cmocka_unit_test(a_person_is_tagged_by_the_code),
                                       cmocka_unit_test(a_name_is_what_the_issuer_calls_the_person),
                                       cmocka_unit_test(staff_is_who_has_a_role),
                                       cmocka_unit_test(the_time_of_a_login_is_a_number),
                                       cmocka_unit_test(only_a_fresh_eid_is_a_step_up)};
    return cmocka_run_group_tests(tests, begin, end);
}
