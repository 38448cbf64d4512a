/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "data/date_text.h"
#include "domain/date.h"
#include "service/erasure.h"

#include "base/banned.h"

/* Requests to erase an account. The portal accepts them; whether the law allows the erasure is for people to decide, so
 * a command settles them. */

enum { OPTION_DONE = 256 };

#define LISTED_MAX 10000
#define DUE_MONTHS 1 /* an answer is due within one month: Regulation (EU) 2016/679 art. 12(3) */

static const apr_getopt_option_t options[] =
    {{"done", OPTION_DONE, 1, "erase the account of this request; what the law requires to be kept stays"},
     {NULL, 0, 0, NULL}};

static const char *wanted;

static const char *take(int option, const char *value)
{
    (void)option;
    wanted = value;
    return NULL;
}

/* --- the list --- */

typedef struct list_t {
    wp_rows_t *requests;
    apr_array_header_t *contracts; /* const char *, the contracts of each request */
} list_t;

static apr_status_t read_contracts(wp_db_t *db, const char *account, const char **contracts)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    wp_args_text(args, "account", account);
    apr_status_t status = wp_db_select(db, "erasure_contracts", args, &rows);
    *contracts = "";
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        *contracts = apr_pstrcat(wp_db_pool(db), *contracts, i ? " " : "", wp_row_text(rows, i, "contract_no"), NULL);
    return status;
}

static apr_status_t read_list(wp_db_t *db, void *baton)
{
    list_t *list = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    list->contracts = apr_array_make(wp_db_pool(db), 8, sizeof(const char *));
    wp_args_int(args, "size", LISTED_MAX);
    apr_status_t status = wp_db_select(db, "erasures_waiting", args, &list->requests);
    for (int i = 0; status == APR_SUCCESS && i < list->requests->count; i++)
        status = read_contracts(db, wp_row_text(list->requests, i, "account_id"),
                                &APR_ARRAY_PUSH(list->contracts, const char *));
    return status;
}

static void print_request(const list_t *list, int row)
{
    const char *name = wp_row_text(list->requests, row, "name");
    char due[WP_DATE_SIZE];
    wp_instant_t at = 0;

    wp_instant_parse(wp_row_text(list->requests, row, "at"), &at);
    wp_date_format_iso(wp_date_add_months(wp_riga_date(at), DUE_MONTHS), due);
    printf("%s  %s  %s  %s  %s\n", wp_row_text(list->requests, row, "erasure_id"),
           wp_row_text(list->requests, row, "at"), due, name ? name : "-",
           APR_ARRAY_IDX(list->contracts, row, const char *));
}

static wp_ctl_exit_t print_list(wp_ctl_t *ctl)
{
    list_t list;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_list, &list);

    for (int i = 0; status == APR_SUCCESS && i < list.requests->count; i++)
        print_request(&list, i);
    return wp_ctl_exit_of(status);
}

/* --- settling one --- */

/* Only a request that is settled, and so its account, is written. */
static apr_status_t settle(wp_act_t *act, void *baton)
{
    wp_result_t *result = baton;

    *result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_erasure_settle(act, wanted, result);
    return status == APR_SUCCESS && wp_result_is_against(result) ? WP_DB_ROLLBACK : status;
}

static wp_ctl_exit_t settle_one(wp_ctl_t *ctl)
{
    static const char *const reasons[] = {[WP_OUTCOME_UNKNOWN] = "there is no such request; waterportalctl erasures "
                                                                 "lists the open ones",
                                          [WP_OUTCOME_CONFLICT] = "this request was withdrawn or is done; nothing was "
                                                                  "changed",
                                          [WP_OUTCOME_REFUSED] = "a payment of this person is still under way; settle "
                                                                 "the request when the bank has answered. Nothing was "
                                                                 "changed"};
    wp_result_t result;
    apr_status_t status = wp_ctl_act(ctl, ctl->pool, settle, &result);

    if (status == WP_DB_ROLLBACK) {
        fprintf(stderr, "waterportalctl: %s: %s\n", wanted, reasons[result.outcome]);
        return WP_CTL_USAGE;
    }
    if (status == APR_SUCCESS)
        printf("%s  erased\n", wanted);
    return wp_ctl_exit_of(status);
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    if (code != WP_CTL_DONE)
        return code;
    return wanted ? settle_one(ctl) : print_list(ctl);
}

const wp_ctl_command_t wp_ctl_erasures = {"erasures", "lists requests to erase an account; --done settles one", options,
                                          take, run};
