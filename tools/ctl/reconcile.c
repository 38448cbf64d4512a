/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "domain/date.h"
#include "bank/bank.h"
#include "service/payment.h"
#include "service/reconcile.h"

#include "base/banned.h"

/* Run from a timer: expires payments without news, asks the banks that can be asked, reads statements of the utility's
 * account, and lists what people must review. What becomes of it all is decided in service/reconcile.h and
 * service/payment_news.h, so a payment counts once whatever runs at the same time. */

enum { OPTION_STATEMENT = 256 };

#define AT_ONCE      500
#define MISSING_DAYS 5 /* three bank days and a weekend */

static const apr_getopt_option_t options[] = {{"statement", OPTION_STATEMENT, 1,
                                               "a bank statement, camt.053; may be given several times"},
                                              {NULL, 0, 0, NULL}};

static const char *statements[64];
static size_t statement_count;

static const char *take(int option, const char *value)
{
    (void)option;
    if (statement_count == sizeof statements / sizeof *statements)
        return "--statement: at most 64 at a time";
    statements[statement_count++] = value;
    return NULL;
}

typedef struct run_t {
    wp_ctl_t *ctl;
    wp_agreements_t *agreements; /* NULL: no agreements are known, so no bank is asked */
    char now[WP_INSTANT_SIZE], today[WP_DATE_SIZE];
    wp_reconcile_tally_t tally;
    int expired, asked, moved, findings;
} run_t;

static wp_args_t *args_of(wp_db_t *db, const run_t *run)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_args_text(args, "now", run->now);
    wp_args_text(args, "today", run->today);
    wp_args_int(args, "size", AT_ONCE);
    return args;
}

/* --- orders without news --- */

static apr_status_t expire(wp_act_t *act, void *baton)
{
    run_t *run = baton;
    return wp_reconcile_expire(act, &run->expired);
}

/* --- banks that can be asked --- */

typedef struct question_t {
    run_t *run;
    wp_rows_t *open;
    int row;
    const wp_agreement_t *agreement; /* the agreement of the current row */
    const wp_bank_report_t *report;
    bool moved;
    apr_table_t *silent; /* keys of the agreements whose bank did not answer */
} question_t;

static apr_status_t find_open(wp_db_t *db, void *baton)
{
    question_t *question = baton;
    return wp_db_select(db, "reconcile_open", args_of(db, question->run), &question->open);
}

static apr_status_t hear_answer(wp_act_t *act, void *baton)
{
    question_t *question = baton;
    const wp_payment_message_t message = {question->agreement, question->report, "poll"};
    wp_payment_outcome_t outcome;
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_payment_receive(act, &message, &outcome, &result);

    question->moved = status == APR_SUCCESS && outcome.decision == WP_HEARD_MOVED;
    return status;
}

/* A bank that failed to answer once is not asked again in this run. */
static bool may_be_asked(const question_t *question)
{
    return question->agreement && question->agreement->bank->poll &&
           !apr_table_get(question->silent, question->agreement->key);
}

static apr_status_t ask_bank(question_t *question)
{
    wp_ctl_t *ctl = question->run->ctl;
    wp_bank_report_t report;
    apr_status_t status = APR_SUCCESS;

    question->agreement->bank->poll(question->agreement, wp_row_text(question->open, question->row, "bank_ref"),
                                    apr_time_sec(apr_time_now()), ctl->pool, &report);
    question->run->asked++;
    question->report = &report;
    if (report.refusal == WP_REFUSAL_NONE) {
        status = wp_ctl_act(ctl, ctl->pool, hear_answer, question);
        question->run->moved += question->moved;
        return status;
    }
    printf("%-9s  %s  %s\n", "no answer", question->agreement->key, wp_bank_refusal_name(report.refusal));
    if (report.refusal == WP_REFUSAL_SILENT)
        apr_table_set(question->silent, question->agreement->key, "");
    return status;
}

static apr_status_t ask(run_t *run)
{
    question_t question = {.run = run, .silent = apr_table_make(run->ctl->pool, 2)};
    apr_status_t status = wp_db_transact(run->ctl->source, WP_DB_READ, run->ctl->pool, find_open, &question);

    for (; status == APR_SUCCESS && question.row < question.open->count; question.row++) {
        question.agreement = wp_agreement_find(run->agreements, wp_row_text(question.open, question.row, "agreement"));
        if (may_be_asked(&question))
            status = ask_bank(&question);
    }
    return status;
}

/* --- statements --- */

typedef struct import_t {
    run_t *run;
    wp_reconcile_t *reconcile;
    const wp_statement_entry_t *next; /* NULL: none */
} import_t;

static apr_status_t write_entries(wp_act_t *act, void *baton)
{
    const import_t *import = baton;
    return wp_reconcile_write(act, import->reconcile, import->next);
}

static apr_status_t flush(import_t *import, const wp_statement_entry_t *next)
{
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, import->run->ctl->pool);

    if (status != APR_SUCCESS)
        return status;
    import->next = next;
    status = wp_ctl_act(import->run->ctl, pool, write_entries, import);
    if (status == APR_SUCCESS)
        wp_reconcile_written(import->reconcile, &import->run->tally);
    apr_pool_destroy(pool);
    return status;
}

static apr_status_t take_entry(void *baton, const wp_statement_entry_t *entry, apr_pool_t *pool)
{
    import_t *import = baton;
    apr_status_t status = wp_reconcile_is_full(import->reconcile, entry) ? flush(import, entry) : APR_SUCCESS;

    (void)pool;
    if (status == APR_SUCCESS)
        wp_reconcile_take(import->reconcile, entry);
    return status;
}

static apr_status_t import(run_t *run, const char *file)
{
    import_t import = {.run = run, .reconcile = wp_reconcile_make(run->ctl->pool)};
    const char *error;
    apr_status_t status = wp_statement_read(file, take_entry, &import, run->ctl->pool, &error);

    if (error) {
        fprintf(stderr, "waterportalctl: %s: %s\n", file, error);
        run->findings++;
    }
    return status == APR_SUCCESS || error ? flush(&import, NULL) : status;
}

/* --- what people must review --- */

static void print_rows(const wp_rows_t *rows, const char *what)
{
    for (int row = 0; row < rows->count; row++) {
        printf("%-9s", what);
        for (int i = 0; i < rows->query->columns->nelts; i++) {
            const char *cell = wp_rows_cell(rows, row, i);
            printf("  %s", cell ? cell : "-");
        }
        printf("\n");
    }
}

/* Each in a line: why, day, amount in cents, direction, the bank's reference, the payment, and the case to settle. */
static apr_status_t print_doubts(wp_db_t *db, run_t *run, const char *kind)
{
    static const char *const facts[] = {"day", "amount", "currency", "direction", "bank_ref", "payment"};
    wp_args_t *args = args_of(db, run);
    wp_rows_t *rows;

    wp_args_text(args, "kind", kind);
    apr_status_t status = wp_db_select(db, "reconcile_doubts", args, &rows);
    for (int row = 0; status == APR_SUCCESS && row < rows->count; row++, run->findings++) {
        json_t *object = json_loads(wp_row_text(rows, row, "facts"), 0, NULL);
        printf("%-9s", wp_row_text(rows, row, "reason"));
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
            const char *text = json_string_value(json_object_get(object, facts[i]));
            printf("  %s", text ? text : "-");
        }
        printf("  %s\n", wp_row_text(rows, row, "case_id"));
        json_decref(object);
    }
    return status;
}

static apr_status_t look(wp_db_t *db, void *baton)
{
    static const struct {
        const char *query, *what;
    } lists[] = {{"reconcile_review", "review"}, {"reconcile_missing", "missing"}};
    run_t *run = baton;
    wp_args_t *args = args_of(db, run);
    char until[WP_DATE_SIZE];
    apr_status_t status = APR_SUCCESS;

    wp_date_format_iso(wp_riga_date(apr_time_sec(apr_time_now())) - MISSING_DAYS, until);
    wp_args_text(args, "until", until);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && status == APR_SUCCESS; i++) {
        wp_rows_t *rows;
        status = wp_db_select(db, lists[i].query, args, &rows);
        if (status == APR_SUCCESS) {
            print_rows(rows, lists[i].what);
            run->findings += rows->count;
        }
    }
    if (status == APR_SUCCESS)
        status = print_doubts(db, run, WP_CASE_PAYMENT);
    return status == APR_SUCCESS ? print_doubts(db, run, WP_CASE_STATEMENT) : status;
}

static wp_ctl_exit_t reconcile(wp_ctl_t *ctl)
{
    run_t run = {.ctl = ctl};
    wp_instant_t now = apr_time_sec(apr_time_now());
    const char *error;

    wp_instant_format(now, run.now);
    wp_date_format_iso(wp_riga_date(now), run.today);
    if (ctl->agreements && wp_agreements_load(&run.agreements, ctl->pool, ctl->agreements, &error) != APR_SUCCESS) {
        fprintf(stderr, "waterportalctl: %s\n", error);
        return WP_CTL_USAGE;
    }
    apr_status_t status = ask(&run);
    for (size_t i = 0; i < statement_count && status == APR_SUCCESS; i++)
        status = import(&run, statements[i]);
    /* last, so that nothing a bank or a statement has just reported expires */
    if (status == APR_SUCCESS)
        status = wp_ctl_act(ctl, ctl->pool, expire, &run);
    if (status == APR_SUCCESS)
        status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, look, &run);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    printf("%d asked, %d moved; statements: %d of the portal, %d foreign, %d read before; %d expired; %d to look at\n",
           run.asked, run.moved, run.tally.ours, run.tally.foreign, run.tally.known, run.expired, run.findings);
    return run.findings ? WP_CTL_PROBLEMS : WP_CTL_DONE;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    return code == WP_CTL_DONE ? reconcile(ctl) : code;
}

const wp_ctl_command_t wp_ctl_reconcile = {"reconcile",
                                           "asks banks, reads statements, expires orders without news; for a timer",
                                           options, take, run};
