/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "ctl/ctl.h"
#include "data/upkeep.h"
#include "town/fill.h"

#include "base/banned.h"

#define CUSTOMERS_DEFAULT 200
#define SEED_DEFAULT      1

enum { OPTION_CUSTOMERS = 256, OPTION_AS_OF, OPTION_SEED, OPTION_FORCE, OPTION_LIST };

static const apr_getopt_option_t options[] =
    {{"customers", OPTION_CUSTOMERS, 1, "how many besides the named persons: 0 to 100000 (200)"},
     {"as-of", OPTION_AS_OF, 1, "the day that counts as today for the data, YYYY-MM-DD (today in Riga)"},
     {"seed", OPTION_SEED, 1, "a different number gives different data (1)"},
     {"force", OPTION_FORCE, 0, "write even into a database that has customers of its own; they stay"},
     {"list", OPTION_LIST, 0, "only print the persons: login|issuer|person code|contracts|what is special"},
     {NULL, 0, 0, NULL}};

static wp_demo_plan_t plan = {.customers = CUSTOMERS_DEFAULT, .seed = SEED_DEFAULT};
static bool force, list;

static bool read_number(const char *text, apr_int64_t max, apr_int64_t *number)
{
    char *end;
    *number = apr_strtoi64(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *number <= max;
}

static const char *take(int option, const char *value)
{
    apr_int64_t number = 0;

    switch (option) {
    case OPTION_CUSTOMERS:
        if (!read_number(value, WP_DEMO_BULK_MAX, &number))
            return "--customers is a number from 0 to 100000";
        plan.customers = (int)number;
        return NULL;
    case OPTION_AS_OF:
        return wp_date_parse_iso(value, &plan.as_of) ? NULL : "--as-of is a day, YYYY-MM-DD";
    case OPTION_SEED:
        if (!read_number(value, INT32_MAX, &number))
            return "--seed is a number from 0 to 2147483647";
        plan.seed = (uint64_t)number;
        return NULL;
    case OPTION_FORCE:
        force = true;
        return NULL;
    default:
        list = true;
        return NULL;
    }
}

static void print_people(void)
{
    for (const wp_demo_person_t *p = wp_demo_people; p->login; p++) {
        printf("%s|%s|%s|", p->login, p->issuer, p->code);
        for (int i = 0; i < 5 && p->contracts[i]; i++)
            printf("%s%s", i > 0 ? " " : "", p->contracts[i]);
        printf("|%s\n", p->special);
    }
}

static void print_progress(const wp_demo_tally_t *so_far)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%lld customers, %lld readings", (long long)so_far->customers, (long long)so_far->readings);
}

static const char *load_file(wp_ctl_t *ctl, const char *name)
{
    const char *path = apr_pstrcat(ctl->pool, ctl->sql, "/", name, NULL), *error;
    wp_file_t file;

    if (wp_file_read(&file, ctl->pool, path, &error) != APR_SUCCESS)
        return error;
    return wp_query_parse(ctl->queries, ctl->pool, name, file.bytes, &error) == APR_SUCCESS ? NULL : error;
}

/* These statements are kept apart from the portal's own, see sql/local.mk. */
static const char *load_statements(wp_ctl_t *ctl)
{
    const char *error = load_file(ctl, "demo/demo.sql");
    return error ? error : load_file(ctl, "demo/bulk.sql");
}

/* *took: the time of filling alone, without the removal of what an earlier run left. */
static apr_status_t replace(wp_ctl_t *ctl, wp_demo_tally_t *tally, wp_tick_t *took)
{
    apr_status_t status = wp_demo_remove(ctl->source, ctl->pool);
    wp_tick_t began = wp_tick_now();

    if (status == APR_SUCCESS)
        status = wp_demo_fill(ctl->source, ctl->pool, &plan, print_progress, tally);
    if (status == APR_SUCCESS)
        status = wp_upkeep_analyze(ctl->source, ctl->pool);
    *took = wp_tick_now() - began;
    return status;
}

static wp_ctl_exit_t fill(wp_ctl_t *ctl)
{
    wp_demo_tally_t tally = {0};
    char day[WP_DATE_SIZE];
    wp_tick_t took;

    if (plan.as_of == 0)
        plan.as_of = wp_riga_date(apr_time_sec(apr_time_now()));
    apr_status_t status = replace(ctl, &tally, &took);
    double seconds = (double)took / APR_USEC_PER_SEC;
    if (status != APR_SUCCESS) {
        fprintf(stderr,
                "waterportalctl: the demo data is incomplete: correct what the lines above report and run it again\n");
        return wp_ctl_exit_of(status);
    }
    wp_date_format_iso(plan.as_of, day);
    printf("demo data as of %s: %lld customers, %lld accounts, %lld contracts, %lld meters, %lld readings, %lld acts, "
           "%lld invoices in %.1f s (%.0f readings/s)\n",
           day, (long long)tally.customers, (long long)tally.accounts, (long long)tally.contracts,
           (long long)tally.meters, (long long)tally.readings, (long long)tally.acts, (long long)tally.invoices,
           seconds, (double)tally.readings / seconds);
    return WP_CTL_DONE;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    int64_t foreign;

    if (list) {
        print_people();
        return WP_CTL_DONE;
    }
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    if (code != WP_CTL_DONE)
        return code;
    const char *error = load_statements(ctl);
    if (error) {
        fprintf(stderr, "waterportalctl: %s\n", error);
        return WP_CTL_USAGE;
    }
    apr_status_t status = wp_demo_count_foreign(ctl->source, ctl->pool, &foreign);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    if (foreign > 0 && !force) {
        fprintf(stderr,
                "waterportalctl: this database has %lld customers of its own: nothing was changed (--force adds the "
                "demo's beside them)\n",
                (long long)foreign);
        return WP_CTL_FAILED;
    }
    return fill(ctl);
}

const wp_ctl_command_t wp_ctl_demo_data = {"demo-data",
                                           "fills an embedded database with invented customers, for trying out",
                                           options, take, run};
