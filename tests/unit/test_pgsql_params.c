/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <apr_general.h>

#include "data/pgsql_params.h"

#include "base/banned.h"

#define DEFAULTS \
    "connect_timeout=3 keepalives_idle=10 keepalives_interval=3 keepalives_count=3 tcp_user_timeout=10000 " \
    "application_name=waterportal "

/* Of words libpq takes the last of a name; a URI is read by it in the same way, but an admin's setting would come
 * before ours. */
static void the_admin_s_settings_hold_but_the_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *given, *used;
    } cases[] = {
        {"", DEFAULTS " client_encoding=UTF8"},
        {"host=a dbname='b c'", DEFAULTS "host=a dbname='b c' client_encoding=UTF8"},
        {"host=a connect_timeout=9 client_encoding=LATIN1",
         DEFAULTS "host=a connect_timeout=9 client_encoding=LATIN1 client_encoding=UTF8"},
        {"postgresql://u@a,b/d",
         "postgresql://u@a,b/d?connect_timeout=3&keepalives_idle=10&keepalives_interval=3&keepalives_count=3"
         "&tcp_user_timeout=10000&application_name=waterportal&client_encoding=UTF8"},
        {"postgres:///"
         "d?tcp_user_timeout=1&connect_timeout=2&keepalives_idle=3&keepalives_interval=4&keepalives_count=5",
         "postgres:///"
         "d?tcp_user_timeout=1&connect_timeout=2&keepalives_idle=3&keepalives_interval=4&keepalives_count=5&"
         "application_name=waterportal&client_encoding=UTF8"},
        {"postgres://connect_timeout=1@a/d",
         "postgres://connect_timeout=1@a/d?connect_timeout=3&keepalives_idle=10&keepalives_interval=3"
         "&keepalives_count=3&tcp_user_timeout=10000&application_name=waterportal&client_encoding=UTF8"},
    };
    apr_pool_t *pool;
    apr_pool_create(&pool, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(wp_pgsql_params(pool, cases[i].given), cases[i].used);
}

static void who_wants_a_primary_says_so(void **state)
{
    (void)state;
    assert_true(wp_pgsql_wants_primary("host=a,b target_session_attrs=read-write"));
    assert_true(wp_pgsql_wants_primary("postgresql://a,b/d?target_session_attrs=primary"));
    assert_false(wp_pgsql_wants_primary("host=a,b target_session_attrs=any"));
    assert_false(wp_pgsql_wants_primary(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_admin_s_settings_hold_but_the_encoding),
                                       cmocka_unit_test(who_wants_a_primary_says_so)};
    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
