/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json_pool.h"

#include "base/banned.h"

#define NOBODY 65534

static apr_pool_t *pool;
static char *folder;

static int set_up(void **state)
{
    (void)state;
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return -1;
    folder = mkdtemp(apr_pstrdup(pool, "/tmp/wp-file-XXXXXX"));
    return folder ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    rmdir(folder);
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static const char *write_bytes(const char *name, const char *bytes, apr_size_t length)
{
    const char *path = apr_pstrcat(pool, folder, "/", name, NULL);
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_UREAD | APR_FPROT_UWRITE | APR_FPROT_GREAD, pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, bytes, length, NULL), APR_SUCCESS);
    apr_file_close(file);
    return path;
}

/* Each is read and removed again. */
static wp_file_t read_whole(const char *path)
{
    wp_file_t file;
    const char *why = NULL;

    assert_int_equal(wp_file_read(&file, pool, path, &why), APR_SUCCESS);
    assert_null(why);
    assert_int_equal(file.bytes[file.length], '\0');
    unlink(path);
    return file;
}

static void refuses(const char *path, apr_status_t wanted, const char *words)
{
    wp_file_t file = {.bytes = folder, .length = 1, .protection = 1};
    const char *why = NULL;
    apr_status_t status = wp_file_read(&file, pool, path, &why);

    assert_int_equal(status, wanted);
    assert_null(file.bytes);
    assert_int_equal(file.length, 0);
    assert_int_equal(file.protection, 0);
    assert_string_equal(why, apr_pstrcat(pool, path, ": ", words, NULL));
}

static void a_file_is_read_as_it_is(void **state)
{
    (void)state;
    static const char bytes[] = "a\0b\r\n\xff";
    wp_file_t file = read_whole(write_bytes("bytes", bytes, sizeof bytes - 1));

    assert_int_equal(file.length, sizeof bytes - 1);
    assert_memory_equal(file.bytes, bytes, sizeof bytes);
    assert_true(file.protection & APR_FPROT_UREAD);
    assert_false(file.protection & APR_FPROT_WREAD);
}

static void an_empty_file_is_read(void **state)
{
    (void)state;
    assert_int_equal(read_whole(write_bytes("empty", "", 0)).length, 0);
}

static void the_limit_can_be_reached_and_not_passed(void **state)
{
    (void)state;
    char *bytes = malloc(WP_FILE_MAX_BYTES + 1);

    memset(bytes, 'x', WP_FILE_MAX_BYTES + 1);
    assert_int_equal(read_whole(write_bytes("full", bytes, WP_FILE_MAX_BYTES)).length, WP_FILE_MAX_BYTES);
    const char *path = write_bytes("more", bytes, WP_FILE_MAX_BYTES + 1);
    refuses(path, APR_EINVAL, "has more than a megabyte");
    unlink(path);
    free(bytes);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    const char *pipe = apr_pstrcat(pool, folder, "/pipe", NULL);

    refuses(apr_pstrcat(pool, folder, "/none", NULL), APR_ENOENT, "No such file or directory");
    refuses(folder, APR_EINVAL, "is no file");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    alarm(10); /* nobody writes into it: a reader that waits waits for ever */
    refuses(pipe, APR_EINVAL, "is no file");
    alarm(0);
    unlink(pipe);
    refuses("/dev/null", APR_EINVAL, "is no file");
}

/* Root may read everything: the test gives that up meanwhile. */
static void what_may_not_be_read_is_refused(void **state)
{
    (void)state;
    const char *path = write_bytes("secret", "x", 1);
    bool root = geteuid() == 0;

    chmod(folder, 0755);
    chmod(path, 0200);
    assert_true(!root || seteuid(NOBODY) == 0);
    refuses(path, APR_EACCES, "Permission denied");
    assert_true(!root || seteuid(0) == 0);
    unlink(path);
}

static void json_says_the_line_of_its_mistake(void **state)
{
    (void)state;
    static const char *const wrong[] = {"{\n\"a\": 1,\n\"a\": 2}", "{\n\n\"a\" 1}", "{\"a\":\n\n\"\xff\"}"};
    const char *error;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        wp_file_t file = read_whole(write_bytes("wrong", wrong[i], strlen(wrong[i])));
        assert_null(wp_json_parse_file(pool, &file, "wrong.json", &error));
        assert_ptr_equal(strstr(error, "wrong.json:3: "), error);
    }
    wp_file_t nul = read_whole(write_bytes("nul", "{}\0{}", 5));
    assert_null(wp_json_parse_file(pool, &nul, "nul.json", &error));
    assert_ptr_equal(strstr(error, "nul.json:1: "), error);
    wp_file_t empty = read_whole(write_bytes("empty", "", 0));
    assert_null(wp_json_parse_file(pool, &empty, "empty.json", &error));
}

static void texts_are_the_strings_of_an_object(void **state)
{
    (void)state;
    static const char names[] = "{\"lv\": \"Ūdens\", \"en\": \"Water\", \"de\": 1, \"ru\": null}";
    apr_table_t *texts = wp_json_texts(pool, wp_json_parse(pool, names, sizeof names - 1, NULL));

    assert_int_equal(apr_table_elts(texts)->nelts, 2);
    assert_string_equal(apr_table_get(texts, "lv"), "Ūdens");
    assert_true(apr_is_empty_table(wp_json_texts(pool, NULL)));
    assert_true(apr_is_empty_table(wp_json_texts(pool, wp_json_parse(pool, "[\"lv\"]", 6, NULL))));
}

static void a_value_is_written_and_released(void **state)
{
    (void)state;
    assert_string_equal(wp_json_text(pool, json_pack("{s:s}", "a", "\"ā\"")), "{\"a\":\"\\\"ā\\\"\"}");
    assert_string_equal(wp_json_text(pool, json_string("a\nb")), "\"a\\nb\"");
    assert_null(wp_json_text(pool, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_as_it_is),
        cmocka_unit_test(an_empty_file_is_read),
        cmocka_unit_test(the_limit_can_be_reached_and_not_passed),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(what_may_not_be_read_is_refused),
        cmocka_unit_test(json_says_the_line_of_its_mistake),
        cmocka_unit_test(texts_are_the_strings_of_an_object),
        cmocka_unit_test(a_value_is_written_and_released),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
