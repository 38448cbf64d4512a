/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>

#include "ctl/ctl.h"
#include "domain/contact.h"

#include "base/banned.h"

enum { OPTION_SHOW = 256, OPTION_LIMIT };

#define LIMIT_DEFAULT 100
#define LIMIT_MAX     10000

static const apr_getopt_option_t options[] = {{"show", OPTION_SHOW, 1,
                                               "print this message with recipient and arguments, including codes"},
                                              {"limit", OPTION_LIMIT, 1, "list at most this many (100)"},
                                              {NULL, 0, 0, NULL}};

static const char *wanted;
static int limit = LIMIT_DEFAULT;

static const char *take(int option, const char *value)
{
    char *end;
    if (option == OPTION_SHOW) {
        wanted = value;
        return NULL;
    }
    limit = (int)strtol(value, &end, 10);
    return *end || end == value || limit < 1 || limit > LIMIT_MAX ? "--limit takes a number from 1 to 10000" : NULL;
}

/* rows: in the pool of the unit of work's caller. */
typedef struct look_t {
    wp_rows_t *rows;
} look_t;

static apr_status_t look(wp_db_t *db, void *baton)
{
    look_t *result = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_int(args, "size", limit);
    wp_args_text(args, "message", wanted);
    return wp_db_select(db, wanted ? "outbox_message" : "outbox_waiting", args, &result->rows);
}

static void print_line(const wp_rows_t *rows, int row)
{
    char masked[WP_CONTACT_MASKED_SIZE];

    wp_contact_mask(wp_row_text(rows, row, "recipient"), masked);
    printf("%s  %s  %-18s %-5s  %s  %s\n", wp_row_text(rows, row, "message_id"), wp_row_text(rows, row, "created_at"),
           wp_row_text(rows, row, "kind"), wp_row_text(rows, row, "channel"), wp_row_text(rows, row, "language"),
           masked);
}

static void print_message(const wp_rows_t *rows)
{
    static const char *const columns[] = {"message_id", "created_at", "kind",  "channel",
                                          "recipient",  "language",   "state", "arguments"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        printf("%-10s  %s\n", columns[i], wp_row_text(rows, 0, columns[i]));
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    look_t result = {NULL};
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    apr_status_t status;

    if (code != WP_CTL_DONE)
        return code;
    status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, look, &result);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    if (wanted && result.rows->count == 0) {
        fprintf(stderr, "waterportalctl: there is no message %s\n", wanted);
        return WP_CTL_USAGE;
    }
    if (wanted)
        print_message(result.rows);
    for (int i = 0; !wanted && i < result.rows->count; i++)
        print_line(result.rows, i);
    return WP_CTL_DONE;
}

const wp_ctl_command_t wp_ctl_outbox = {"outbox", "lists messages that wait to be sent; --show prints one", options,
                                        take, run};
