/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "data/date_text.h"
#include "domain/date.h"
#include "notify/outbox.h"
#include "store/audit.h"

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

typedef enum { ERASED, NO_SUCH, NOT_WAITING, PAYS } verdict_t;

/* In this order: rows that others refer to come last. */
static const char *const statements[] = {"erase_messages",   "erase_cases",        "erase_contact_changes",
                                         "erase_consents",   "erase_token_uses",   "erase_tokens",
                                         "erase_given",      "erase_received",     "erase_contracts",
                                         "erase_identities", "erase_person_codes", "erase_account"};

static apr_status_t tell(wp_db_t *db, const wp_rows_t *request, const char *now)
{
    const wp_message_t message = {.kind = "erasure_done",
                                  .channel = "email",
                                  .recipient = wp_row_text(request, 0, "email"),
                                  .subject = wanted,
                                  .language = wp_row_text(request, 0, "language")};
    return message.recipient ? wp_outbox_add(db, &message, now) : APR_SUCCESS;
}

static apr_status_t write_down(wp_db_t *db, const char *account, const char *now)
{
    const wp_audit_t entry = {.account = account,
                              .actor_tag = "waterportalctl",
                              .actor_kind = "system",
                              .action = WP_DID_ERASURE_DONE,
                              .detail = wanted};
    return wp_audit_add(db, &entry, now);
}

static apr_status_t erase(wp_db_t *db, const wp_rows_t *request)
{
    const char *now = wp_instant_text(wp_db_pool(db), apr_time_sec(apr_time_now()));
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    apr_status_t status = APR_SUCCESS;

    wp_args_text(args, "account", wp_row_text(request, 0, "account_id"));
    wp_args_text(args, "now", now);
    for (size_t i = 0; i < sizeof statements / sizeof *statements && status == APR_SUCCESS; i++)
        status = wp_db_change(db, statements[i], args, NULL);
    if (status == APR_SUCCESS)
        status = write_down(db, wp_row_text(request, 0, "account_id"), now);
    return status == APR_SUCCESS ? tell(db, request, now) : status;
}

static apr_status_t settle(wp_db_t *db, void *baton)
{
    verdict_t *verdict = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *request;
    int settled = 0;

    wp_args_text(args, "erasure", wanted);
    apr_status_t status = wp_db_change(db, "erasure_settle", args, &settled);
    if (status == APR_SUCCESS)
        status = wp_db_select(db, "erasure_one", args, &request);
    if (status != APR_SUCCESS)
        return status;
    *verdict = request->count == 0                      ? NO_SUCH
               : !settled                               ? NOT_WAITING
               : wp_row_int(request, 0, "payments") > 0 ? PAYS
                                                        : ERASED;
    return *verdict == ERASED ? erase(db, request) : WP_DB_ROLLBACK;
}

static wp_ctl_exit_t settle_one(wp_ctl_t *ctl)
{
    static const char *const reasons[] = {[NO_SUCH] =
                                              "there is no such request; waterportalctl erasures lists the open ones",
                                          [NOT_WAITING] = "this request was withdrawn or is done; nothing was changed",
                                          [PAYS] = "a payment of this person is still under way; settle the request "
                                                   "when the bank has answered. Nothing was changed"};
    verdict_t verdict = ERASED;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_WRITE, ctl->pool, settle, &verdict);

    if (status == WP_DB_ROLLBACK) {
        fprintf(stderr, "waterportalctl: %s: %s\n", wanted, reasons[verdict]);
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
