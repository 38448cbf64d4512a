/* SPDX-License-Identifier: Apache-2.0 */
#include "store/contract_search.h"

#include <string.h>

#include "base/clean.h"
#include "base/search.h"
#include "domain/contract_number.h"
#include "domain/text.h"

#include "base/banned.h"

typedef struct searching_t {
    apr_pool_t *pool;
    wp_search_t *search;
    const char *key; /* the query, in the form in which contract numbers are compared … */
    int digits;      /* … and its number of digits */
    apr_hash_t *found;
} searching_t;

static int count_digits(const char *text)
{
    int digits = 0;
    for (; *text; text++)
        digits += wp_text_is_digit(*text);
    return digits;
}

/* A number that matches has the same number of digits; no other need be converted to a key. */
static bool is_number(const searching_t *searching, const char *contract)
{
    return count_digits(contract) == searching->digits &&
           wp_contract_number_match(wp_clean_key(searching->pool, contract), searching->key) != WP_NUMBER_OTHER;
}

/* Starts the next contract. */
static void take_contract(const searching_t *searching, const wp_rows_t *rows, int row)
{
    static const char *const texts[] = {"address", "locality", "holder", "contract_no"};
    const char *contract = wp_row_text(rows, row, "contract_no");

    wp_search_begin(searching->search);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wp_search_text(searching->search, wp_row_text(rows, row, texts[i]));
    wp_search_number(searching->search, contract);
    if (!wp_search_is_found(searching->search) && is_number(searching, contract))
        apr_hash_set(searching->found, contract, APR_HASH_KEY_STRING, contract);
}

/* The rows of a contract are adjacent. */
static void take_rows(const searching_t *searching, const wp_rows_t *rows)
{
    const char *last = "";

    for (int i = 0; i < rows->count; i++) {
        const char *contract = wp_row_text(rows, i, "contract_no");
        if (strcmp(contract, last) != 0)
            take_contract(searching, rows, i);
        wp_search_number(searching->search, wp_row_text(rows, i, "serial"));
        if (wp_search_is_found(searching->search))
            apr_hash_set(searching->found, contract, APR_HASH_KEY_STRING, contract);
        last = contract;
    }
}

apr_status_t wp_contract_search(wp_db_t *db, const wp_args_t *args, const char *typed, apr_hash_t **found)
{
    apr_pool_t *pool = wp_db_pool(db);
    searching_t searching = {.pool = pool, .search = typed ? wp_search_make(pool, typed) : NULL};
    wp_args_t *own = wp_args_make(pool, args);
    wp_rows_t *rows;

    *found = NULL;
    if (!searching.search)
        return APR_SUCCESS;
    wp_args_int(own, "numbers", wp_search_has_number(searching.search));
    apr_status_t status = wp_db_select(db, "contract_texts", own, &rows);
    if (status != APR_SUCCESS)
        return status;
    searching.key = wp_clean_key(pool, typed);
    searching.digits = count_digits(searching.key);
    *found = searching.found = apr_hash_make(pool);
    take_rows(&searching, rows);
    return APR_SUCCESS;
}

bool wp_contract_is_found(apr_hash_t *found, const char *contract)
{
    return !found || apr_hash_get(found, contract, APR_HASH_KEY_STRING);
}
