/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of a page document as JSON, CSV and in a ZIP archive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "render/csv.h"
#include "render/json.h"
#include "render/lists.h"
#include "render/xml.h"
#include "render/zip.h"

#include "base/banned.h"

static int make_pool(void **state)
{
    apr_pool_t *pool;
    apr_pool_create(&pool, NULL);
    *state = pool;
    return 0;
}

static int drop_pool(void **state)
{
    apr_pool_destroy(*state);
    return 0;
}

static xmlNodePtr add_list(xmlDocPtr document, const char *columns)
{
    xmlNodePtr data = wp_list_data(document);
    if (!data) {
        wp_xml_text(xmlDocGetRootElement(document), "site", "not for programs");
        data = wp_xml_child(xmlDocGetRootElement(document), "data");
        wp_xml_attr_int(data, "version", 1);
    }
    xmlNodePtr list = wp_xml_child(data, "list");
    wp_xml_attr(list, "name", "things");
    wp_xml_attr(list, "columns", columns);
    return list;
}

static const char *json_of(apr_pool_t *pool, xmlDocPtr document)
{
    const char *text;
    apr_size_t length;
    assert_int_equal(wp_json_write(document, pool, &text, &length), APR_SUCCESS);
    assert_int_equal(length, strlen(text));
    return text;
}

static void each_type_has_its_own_kind(void **state)
{
    xmlDocPtr document = wp_xml_document(*state, "page");
    xmlNodePtr row = wp_xml_child(add_list(document, "a b c d e f g h"), "thing");
    wp_xml_typed(row, "a", "text", "5");
    wp_xml_typed(row, "b", "volume", "43409");
    wp_xml_typed(row, "c", "money", "-121");
    wp_xml_typed(row, "d", "flag", "0");
    wp_xml_typed(row, "e", "flag", "1");
    wp_xml_typed(row, "g", "time", "2026-11-22T13:42:00Z");
    wp_xml_typed(row, "h", "int", "9223372036854775807");
    assert_string_equal(
        json_of(*state, document),
        "{\"version\":1,\"things\":[{\"a\":\"5\",\"b\":43409,\"c\":-121,\"d\":false,\"e\":true,\"f\":null,"
        "\"g\":\"2026-11-22T13:42:00Z\",\"h\":9223372036854775807}],\"page\":1,\"pages\":1,\"next\":null}");
}

static void an_empty_list_is_a_list(void **state)
{
    xmlDocPtr document = wp_xml_document(*state, "page");
    add_list(document, "a");
    xmlNodePtr paging = wp_xml_child(wp_list_data(document), "paging");
    wp_xml_attr_int(paging, "page", 2);
    wp_xml_attr_int(paging, "pages", 3);
    wp_xml_attr(paging, "href-next", "/portal/api/v1/x?a=\"b\"&page=3");
    assert_string_equal(
        json_of(*state, document),
        "{\"version\":1,\"things\":[],\"page\":2,\"pages\":3,\"next\":\"/portal/api/v1/x?a=\\\"b\\\"&page=3\"}");
}

static void a_number_that_is_none_is_an_error(void **state)
{
    static const char *const bad[] = {"", "x", "1.5", "9223372036854775808", "1 "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        xmlDocPtr document = wp_xml_document(*state, "page");
        const char *text;
        apr_size_t length;
        wp_xml_typed(wp_xml_child(add_list(document, "a"), "thing"), "a", "int", bad[i]);
        assert_int_equal(wp_json_write(document, *state, &text, &length), APR_EGENERAL);
    }
}

static void no_document_no_text(void **state)
{
    const char *text;
    apr_size_t length;
    assert_int_equal(wp_json_write(wp_xml_document(*state, "page"), *state, &text, &length), APR_EGENERAL);
}

static void cells_are_quoted_and_no_formula_gets_through(void **state)
{
    xmlDocPtr document = wp_xml_document(*state, "page");
    xmlNodePtr list = add_list(document, "a b c");
    static const char *const texts[] = {"plain", "a,b", "say \"hi\"", "two\nlines", "=1+1", "+371",
                                        "-5",    "@x",  "\tx",        "",           "ā<b>"};
    apr_size_t length;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        xmlNodePtr row = wp_xml_child(list, "thing");
        wp_xml_typed(row, "a", "text", texts[i]);
        wp_xml_typed(row, "c", "money", "-121");
    }
    const char *text = wp_csv_write(list, WP_CSV_PROGRAMS, *state, &length);
    assert_string_equal(
        text, "\xEF\xBB\xBF"
              "a,b,c\r\nplain,,-121\r\n\"a,b\",,-121\r\n\"say \"\"hi\"\"\",,-121\r\n\"two\nlines\",,-121\r\n"
              "'=1+1,,-121\r\n'+371,,-121\r\n'-5,,-121\r\n'@x,,-121\r\n'\tx,,-121\r\n,,-121\r\nā<b>,,-121\r\n");
    assert_int_equal(length, strlen(text));
}

/* zip-csv-for-people: a Latvian spreadsheet made one column of it, and "+371…" was not the person's number any more. */
static void people_get_semicolons_units_and_their_number(void **state)
{
    xmlDocPtr document = wp_xml_document(*state, "page");
    xmlNodePtr list = add_list(document, "phone total_c value_l l");
    static const char *const rows[][4] = {
        {"+37100002345", "1210", "1234567", "a;b"}, {"+1234567", "-5", "0", "a,b"},
        {"+1234567890123456", "0", "-12", "=1"},    {"+3710000234a", "100", "1000", "\""},
        {"+12345678", "-123456", "7", "x"},
    };
    apr_size_t length;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        xmlNodePtr row = wp_xml_child(list, "thing");
        wp_xml_typed(row, "phone", "text", rows[i][0]);
        wp_xml_typed(row, "total_c", "money", rows[i][1]);
        wp_xml_typed(row, "value_l", "volume", rows[i][2]);
        wp_xml_typed(row, "l", "text", rows[i][3]);
    }
    assert_string_equal(wp_csv_write(list, WP_CSV_PEOPLE, *state, &length), "\xEF\xBB\xBF"
                                                                            "phone;total_eur;value_m3;l\r\n"
                                                                            "+37100002345;12,10;1234,567;\"a;b\"\r\n"
                                                                            "'+1234567;-0,05;0,000;a,b\r\n"
                                                                            "'+1234567890123456;0,00;-0,012;'=1\r\n"
                                                                            "'+3710000234a;1,00;1,000;\"\"\"\"\r\n"
                                                                            "+12345678;-1234,56;0,007;x\r\n");
}

typedef struct file_t {
    const char *name, *bytes;
    apr_size_t length;
} file_t;

/* The files as an archive: its bytes, and what wp_zip_end() says. */
static apr_status_t archived(apr_pool_t *pool, const file_t *files, int count, char **bytes, apr_off_t *length)
{
    const char *folder;
    apr_file_t *out;
    apr_off_t start = 0;

    assert_int_equal(apr_temp_dir_get(&folder, pool), APR_SUCCESS);
    assert_int_equal(apr_file_mktemp(&out, apr_pstrcat(pool, folder, "/wp-zip-XXXXXX", NULL), 0, pool), APR_SUCCESS);
    wp_zip_t *zip = wp_zip_open(pool, out, 1795354920);
    for (int i = 0; i < count; i++) {
        wp_zip_begin(zip, files[i].name);
        for (apr_size_t at = 0; at < files[i].length; at += 70000) /* piece by piece */
            wp_zip_add(zip, files[i].bytes + at, files[i].length - at < 70000 ? files[i].length - at : 70000);
    }
    apr_status_t status = wp_zip_end(zip, length);
    *bytes = apr_palloc(pool, (apr_size_t)*length + 1);
    assert_int_equal(apr_file_seek(out, APR_SET, &start), APR_SUCCESS);
    if (*length > 0)
        assert_int_equal(apr_file_read_full(out, *bytes, (apr_size_t)*length, NULL), APR_SUCCESS);
    return status;
}

static void an_archive_can_be_read_again(void **state)
{
    static char large[300000];
    const file_t files[] = {{"data.json", "{}", 2}, {"large.csv", large, sizeof large}, {"empty.csv", "", 0}};
    char *bytes;
    apr_off_t length;

    memset(large, 'x', sizeof large);
    assert_int_equal(archived(*state, files, 3, &bytes, &length), APR_SUCCESS);
    assert_true(length > 0 && length < 5000);

    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_format_zip(archive);
    assert_int_equal(archive_read_open_memory(archive, bytes, (size_t)length), ARCHIVE_OK);
    for (int i = 0; i < 3; i++) {
        char *content = malloc(files[i].length + 1);
        assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_OK);
        assert_string_equal(archive_entry_pathname(entry), files[i].name);
        assert_int_equal(archive_entry_mtime(entry), 1795354920);
        assert_int_equal(archive_read_data(archive, content, files[i].length + 1), files[i].length);
        assert_memory_equal(content, files[i].bytes, files[i].length);
        free(content);
    }
    assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_EOF);
    archive_read_free(archive);
    /* sizes of 32 bits: what programs of twenty years ago read too */
    for (apr_off_t i = 0; i + 4 <= length; i++)
        assert_memory_not_equal(bytes + i, "PK\x06\x06", 4);
}

static void an_archive_that_is_too_large_is_refused(void **state)
{
    /* bytes that cannot be made smaller */
    apr_size_t size = WP_ZIP_MAX + 1024;
    char *noise = malloc(size), *bytes;
    uint32_t seed = 1;
    apr_off_t length;
    for (apr_size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        noise[i] = (char)(seed >> 24);
    }
    const file_t file = {"noise.csv", noise, size};
    assert_int_equal(archived(*state, &file, 1, &bytes, &length), APR_EGENERAL);
    assert_int_equal(length, 0);
    free(noise);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_pool, drop_pool)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_type_has_its_own_kind),
        TEST(an_empty_list_is_a_list),
        TEST(a_number_that_is_none_is_an_error),
        TEST(no_document_no_text),
        TEST(cells_are_quoted_and_no_formula_gets_through),
        TEST(people_get_semicolons_units_and_their_number),
        TEST(an_archive_can_be_read_again),
        TEST(an_archive_that_is_too_large_is_refused),
    };
    apr_initialize();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
