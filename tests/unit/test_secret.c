/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "crypto/digest.h"
#include "crypto/secret.h"

#include "base/banned.h"

static apr_pool_t *pool;

static const char *file_with(const char *text, int mode)
{
    char *name = apr_pstrdup(pool, "/tmp/wp-test-XXXXXX");
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(file, (mode_t)mode), 0);
    close(file);
    return name;
}

static wp_secret_t *secret_of(const char *text)
{
    wp_secret_t *secret;
    const char *error = NULL;
    const char *name = file_with(text, 0600);
    assert_int_equal(wp_secret_load(&secret, pool, name, &error), APR_SUCCESS);
    unlink(name);
    return secret;
}

#define KEY_A "0123456789abcdef0123456789abcdef"
#define KEY_B "0123456789abcdef0123456789abcdeg"

static void bad_files_are_refused_with_the_mend(void **state)
{
    wp_secret_t *secret;
    const char *error = NULL;
    const char *shared = file_with(KEY_A, 0644);
    const char *shorter = file_with("too short", 0600);
    (void)state;
    assert_int_not_equal(wp_secret_load(&secret, pool, shared, &error), APR_SUCCESS);
    assert_non_null(strstr(error, "chmod"));
    assert_int_not_equal(wp_secret_load(&secret, pool, shorter, &error), APR_SUCCESS);
    assert_non_null(strstr(error, "at least 32"));
    assert_int_not_equal(wp_secret_load(&secret, pool, "/nonexistent/secret", &error), APR_SUCCESS);
    unlink(shared);
    unlink(shorter);
    const char *monotonous = file_with("abababcabababcabababcabababcababab", 0600);
    assert_int_not_equal(wp_secret_load(&secret, pool, monotonous, &error), APR_SUCCESS);
    assert_non_null(strstr(error, "not random"));
    unlink(monotonous);
}

static void tags_differ_by_key_purpose_and_text(void **state)
{
    const wp_secret_t *a = secret_of(KEY_A), *b = secret_of(KEY_B);
    const char *tag = wp_secret_tag(a, WP_PURPOSE_FORM, pool, "text");
    (void)state;
    assert_int_equal(strlen(tag), 32);
    assert_string_equal(tag, wp_secret_tag(secret_of(KEY_A), WP_PURPOSE_FORM, pool, "text"));
    assert_true(wp_secret_tag_is(a, WP_PURPOSE_FORM, pool, "text", tag));
    assert_false(wp_secret_tag_is(b, WP_PURPOSE_FORM, pool, "text", tag));
    assert_false(wp_secret_tag_is(a, WP_PURPOSE_LOGIN, pool, "text", tag));
    assert_false(wp_secret_tag_is(a, WP_PURPOSE_FORM, pool, "texT", tag));
    assert_false(wp_secret_tag_is(a, WP_PURPOSE_FORM, pool, "text", ""));
    assert_false(wp_secret_tag_is(a, WP_PURPOSE_FORM, pool, "text", NULL));
}

static void what_is_sealed_opens_only_unchanged_and_for_its_owner(void **state)
{
    const wp_secret_t *a = secret_of(KEY_A), *b = secret_of(KEY_B);
    const char *plain = "value.M1=43%2C409&note=\xc4\x81";
    char *sealed = apr_pstrdup(pool, wp_secret_seal(a, WP_PURPOSE_PARK, pool, plain, "anna|readings/form"));
    (void)state;
    assert_string_equal(wp_secret_open(a, WP_PURPOSE_PARK, pool, sealed, "anna|readings/form"), plain);
    assert_null(wp_secret_open(a, WP_PURPOSE_PARK, pool, sealed, "janis|readings/form"));
    assert_null(wp_secret_open(b, WP_PURPOSE_PARK, pool, sealed, "anna|readings/form"));
    assert_null(wp_secret_open(a, WP_PURPOSE_FORM, pool, sealed, "anna|readings/form"));
    for (size_t i = 0; i + 1 < strlen(sealed); i++) { /* the last digit carries bits that belong to no byte */
        char was = sealed[i];
        sealed[i] = was == 'A' ? 'B' : 'A';
        assert_null(wp_secret_open(a, WP_PURPOSE_PARK, pool, sealed, "anna|readings/form"));
        sealed[i] = was;
    }
    assert_null(wp_secret_open(a, WP_PURPOSE_PARK, pool, "", "x"));
    assert_null(wp_secret_open(a, WP_PURPOSE_PARK, pool, "!!!!", "x"));
}

/* FIPS 180-2, appendix B.1 */
static void a_digest_is_sha256(void **state)
{
    (void)state;
    assert_string_equal(wp_digest(pool, "abc", 3), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* What was made before the change is accepted after it; of a third secret nothing is. */
static void another_secret_is_accepted_while_it_is_changed(void **state)
{
    static const wp_purpose_t passing[] = {WP_PURPOSE_FORM, WP_PURPOSE_LOGIN, WP_PURPOSE_CODE};
    (void)state;
    const wp_secret_t *before = secret_of(KEY_A), *stranger = secret_of("fedcba9876543210fedcba9876543210");
    wp_secret_t *now = secret_of(KEY_B);
    const wp_secret_t *plain = secret_of(KEY_B);

    wp_secret_join(now, before, before);
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
        const char *old = wp_secret_tag(before, passing[i], pool, "text"),
                   *foreign = wp_secret_tag(stranger, passing[i], pool, "text");
        assert_true(wp_secret_tag_is(now, passing[i], pool, "text", old));
        assert_false(wp_secret_tag_is(plain, passing[i], pool, "text", old));
        assert_false(wp_secret_tag_is(now, passing[i], pool, "text", foreign));
        assert_false(wp_secret_tag_is(now, passing[i], pool, "another", old));
        assert_string_equal(wp_secret_tag(now, passing[i], pool, "text"),
                            wp_secret_tag(plain, passing[i], pool, "text"));
    }
    const char *old = wp_secret_seal(before, WP_PURPOSE_PARK, pool, "typed", "me"),
               *foreign = wp_secret_seal(stranger, WP_PURPOSE_PARK, pool, "typed", "me");
    assert_string_equal(wp_secret_open(now, WP_PURPOSE_PARK, pool, old, "me"), "typed");
    assert_null(wp_secret_open(now, WP_PURPOSE_PARK, pool, old, "you"));
    assert_null(wp_secret_open(now, WP_PURPOSE_PARK, pool, foreign, "me"));
    assert_null(
        wp_secret_open(before, WP_PURPOSE_PARK, pool, wp_secret_seal(now, WP_PURPOSE_PARK, pool, "typed", "me"), "me"));
}

/* Rows of the database go on knowing their persons. */
static void persons_keep_their_tags(void **state)
{
    (void)state;
    const wp_secret_t *first = secret_of(KEY_A);
    wp_secret_t *now = secret_of(KEY_B);

    wp_secret_join(now, NULL, first);
    assert_string_equal(wp_secret_tag(now, WP_PURPOSE_PERSON, pool, "PNOLV-1"),
                        wp_secret_tag(first, WP_PURPOSE_PERSON, pool, "PNOLV-1"));
    assert_string_equal(wp_secret_tag(now, WP_PURPOSE_BODY, pool, "typed"),
                        wp_secret_tag(first, WP_PURPOSE_BODY, pool, "typed"));
    assert_false(
        wp_secret_tag_is(now, WP_PURPOSE_FORM, pool, "text", wp_secret_tag(first, WP_PURPOSE_FORM, pool, "text")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_secret_is_accepted_while_it_is_changed),
        cmocka_unit_test(persons_keep_their_tags),
        cmocka_unit_test(bad_files_are_refused_with_the_mend),
        cmocka_unit_test(tags_differ_by_key_purpose_and_text),
        cmocka_unit_test(what_is_sealed_opens_only_unchanged_and_for_its_owner),
        cmocka_unit_test(a_digest_is_sha256),
    };
    apr_initialize();
    apr_pool_create(&pool, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
