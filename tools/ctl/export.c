/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "service/hand_over.h"
#include "domain/date.h"
#include "render/csv.h"
#include "render/xml.h"

#include "base/banned.h"

/* Exports the payments and readings that billing does not show yet, for billing to import. */

enum { OPTION_WHAT = 256, OPTION_FORMAT, OPTION_SINCE, OPTION_DRY_RUN };

static const apr_getopt_option_t options[] = {{"what", OPTION_WHAT, 1, "payments (default) or readings"},
                                              {"format", OPTION_FORMAT, 1, "csv (default) or xml"},
                                              {"since", OPTION_SINCE, 1, "only from this day on: YYYY-MM-DD"},
                                              {"dry-run", OPTION_DRY_RUN, 0,
                                               "only print: payments do not count as handed over"},
                                              {NULL, 0, 0, NULL}};

typedef struct kind_t {
    const char *name, *query;
    apr_status_t (*handed)(wp_act_t *act, const wp_rows_t *given); /* what to remember of it, or NULL */
} kind_t;

static const kind_t kinds[] = {{"payments", "export_payments", wp_hand_over_payments},
                               {"readings", "export_readings", NULL}};

static const kind_t *kind = &kinds[0];
static const char *since = "0000-01-01";
static bool as_xml, dry_run;

static const char *take_kind(const char *value)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, value) == 0) {
            kind = &kinds[i];
            return NULL;
        }
    }
    return "--what takes payments or readings";
}

static const char *take(int option, const char *value)
{
    wp_date_t day;

    if (option == OPTION_WHAT)
        return take_kind(value);
    if (option == OPTION_DRY_RUN) {
        dry_run = true;
        return NULL;
    }
    if (option == OPTION_FORMAT) {
        as_xml = strcmp(value, "xml") == 0;
        return as_xml || strcmp(value, "csv") == 0 ? NULL : "--format takes csv or xml";
    }
    since = value;
    return wp_date_parse_iso(value, &day) ? NULL : "--since takes a day, YYYY-MM-DD";
}

typedef struct handed_t {
    wp_rows_t *rows;
} handed_t;

static apr_status_t read_rows(wp_db_t *db, void *baton)
{
    handed_t *handed = baton;
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "since", since);
    return wp_db_select(db, kind->query, args, &handed->rows);
}

static const char *columns_of(apr_pool_t *pool, const wp_rows_t *rows)
{
    const char *columns = NULL;
    for (int i = 0; i < rows->query->columns->nelts; i++) {
        const char *name = APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t).name;
        columns = columns ? apr_pstrcat(pool, columns, " ", name, NULL) : name;
    }
    return columns;
}

static void add_row(xmlNodePtr list, const wp_rows_t *rows, int row)
{
    xmlNodePtr node = wp_xml_child(list, rows->query->row);
    for (int i = 0; i < rows->query->columns->nelts; i++) {
        const wp_named_type_t *column = &APR_ARRAY_IDX(rows->query->columns, i, wp_named_type_t);
        wp_xml_typed(node, column->name, wp_type_name(column->type), wp_rows_cell(rows, row, i));
    }
}

static xmlDocPtr make_document(apr_pool_t *pool, const wp_rows_t *rows)
{
    xmlDocPtr document = wp_xml_document(pool, "list");
    xmlNodePtr list = xmlDocGetRootElement(document);

    wp_xml_attr(list, "name", kind->name);
    wp_xml_attr(list, "columns", columns_of(pool, rows));
    for (int i = 0; i < rows->count; i++)
        add_row(list, rows, i);
    return document;
}

static apr_status_t remember(wp_act_t *act, void *baton)
{
    const handed_t *handed = baton;
    return kind->handed(act, handed->rows);
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    handed_t handed = {NULL};
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    const char *text;
    apr_size_t length;

    if (code != WP_CTL_DONE)
        return code;
    apr_status_t status = wp_db_transact(ctl->source, WP_DB_READ, ctl->pool, read_rows, &handed);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    xmlDocPtr document = make_document(ctl->pool, handed.rows);
    if (as_xml)
        text = wp_xml_serialise(document, ctl->pool, &length);
    else
        text = wp_csv_write(xmlDocGetRootElement(document), WP_CSV_PROGRAMS, ctl->pool, &length);
    bool written = fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0;
    if (!written)
        return WP_CTL_FAILED;
    if (!kind->handed || dry_run)
        return WP_CTL_DONE;
    return wp_ctl_exit_of(wp_ctl_act(ctl, ctl->pool, remember, &handed));
}

const wp_ctl_command_t wp_ctl_export = {"export", "prints payments or readings that billing does not show yet", options,
                                        take, run};
