/* SPDX-License-Identifier: Apache-2.0 */
#include "service_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "data/date_text.h"
#include "data/db_internal.h"
#include "data/migrate.h"
#include "pgsql_cluster.h"

#include "base/banned.h"

#define CONNECTIONS (TOWN_THREADS + 2)

service_town_t town;

static apr_pool_t *whole_run;
static const char *town_text;
static wp_window_spec_t window;
static char logged[4096];
static apr_thread_mutex_t *mutex;

static void keep_line(void *context, wp_log_level_t level, const char *line)
{
    (void)context;
    if (level > WP_LOG_WARNING)
        return;
    apr_thread_mutex_lock(mutex);
    size_t used = strlen(logged);
    apr_snprintf(logged + used, sizeof logged - used, "%s\n", line);
    apr_thread_mutex_unlock(mutex);
}

static const wp_log_t town_log = {keep_line, NULL};

static __attribute__((noreturn)) void give_up(const char *why)
{
    fprintf(stderr, "%s\n%s\n", why, logged);
    exit(1);
}

/* --- units of work --- */

typedef struct raw_t {
    const char *sql, *cell;
} raw_t;

/* SQLite's driver takes one statement at a time. No text in a test has a semicolon. */
static apr_status_t run_raw(wp_db_t *unit, void *baton)
{
    char *rest = apr_pstrdup(wp_db_pool(unit), ((raw_t *)baton)->sql), *next;
    apr_status_t status = APR_SUCCESS;

    for (char *sql = apr_strtok(rest, ";", &next); sql && status == APR_SUCCESS; sql = apr_strtok(NULL, ";", &next)) {
        if (sql[strspn(sql, " \n")])
            status = wp_db_run(unit, sql, "a test's own");
    }
    return status;
}

static apr_status_t ask_raw(wp_db_t *unit, void *baton)
{
    raw_t *raw = baton;
    apr_status_t status = wp_db_ask(unit, raw->sql, &raw->cell);
    raw->cell = raw->cell ? apr_pstrdup(town.pool, raw->cell) : "";
    return status;
}

void town_sql(const char *sql)
{
    raw_t raw = {sql, NULL};
    if (wp_db_transact(town.source, WP_DB_WRITE, town.pool, run_raw, &raw) != APR_SUCCESS)
        give_up(sql);
}

const char *town_ask(const char *sql)
{
    raw_t raw = {sql, ""};
    if (wp_db_transact(town.source, WP_DB_READ, town.pool, ask_raw, &raw) != APR_SUCCESS)
        give_up(sql);
    return raw.cell;
}

int town_count(const char *sql)
{
    return (int)strtol(town_ask(sql), NULL, 10);
}

typedef struct plain_t {
    const wp_actor_t *actor;
    wp_once_run_t run;
    void *baton;
    wp_result_t result;
} plain_t;

static apr_status_t plain_unit(wp_db_t *unit, void *baton)
{
    plain_t *plain = baton;

    plain->result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = plain->run(wp_act_begin(unit, plain->actor, &town.rules), plain->baton, &plain->result);
    bool undone = plain->result.outcome == WP_OUTCOME_CONFLICT || plain->result.outcome == WP_OUTCOME_UNKNOWN;
    return status == APR_SUCCESS && undone ? WP_DB_ROLLBACK : status;
}

static wp_result_t act_in(apr_pool_t *pool, const wp_actor_t *actor, wp_once_run_t run, void *baton)
{
    plain_t plain = {.actor = actor, .run = run, .baton = baton};
    apr_status_t status = wp_db_transact(town.source, WP_DB_WRITE, pool, plain_unit, &plain);

    if (status == WP_DB_ROLLBACK && !wp_result_is_against(&plain.result))
        plain.result = wp_result_of(WP_OUTCOME_CONFLICT);
    else if (status != APR_SUCCESS && status != WP_DB_ROLLBACK)
        give_up(apr_psprintf(pool, "an act failed: %d", status));
    return plain.result;
}

wp_result_t town_act(const wp_actor_t *actor, wp_once_run_t run, void *baton)
{
    return act_in(town.pool, actor, run, baton);
}

static wp_result_t once_in(apr_pool_t *pool, wp_once_t once)
{
    wp_result_t result;

    once.who = once.actor->person;
    once.rules = &town.rules;
    if (wp_once(town.source, pool, &once, &result) != APR_SUCCESS)
        give_up("an act with a key failed");
    return result;
}

wp_result_t town_once(const wp_actor_t *actor, const char *key, const char *hash, wp_once_run_t run, void *baton)
{
    return once_in(town.pool, (wp_once_t){.key = key, .hash = hash, .actor = actor, .run = run, .baton = baton});
}

/* --- people --- */

#define LOGIN(who, person_code) \
    { \
        .issuer = "https://bank.example", .subject = (who), .code = (person_code) \
    }
static const wp_account_key_t logins[] = {
    LOGIN("anna", "PNOLV-01019012345"),     LOGIN("karlis", "PNOLV-32000000002"), LOGIN("dace", "PNOLV-32000000003"),
    LOGIN("svesa", "PNOLV-32000000004"),    LOGIN("bijusi", "PNOLV-32000000009"), LOGIN("lasa", "PNOLV-32000000011"),
    LOGIN("iesniedz", "PNOLV-32000000012"), LOGIN("maksa", "PNOLV-32000000013"),  LOGIN("viss", "PNOLV-32000000014"),
    LOGIN("viens", "PNOLV-32000000015"),    LOGIN("vakar", "PNOLV-32000000016"),
};

static const wp_account_key_t *login_of(const char *account)
{
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        if (strcmp(logins[i].subject, account) == 0)
            return &logins[i];
    }
    return NULL;
}

wp_actor_t town_person(const char *account)
{
    return (wp_actor_t){.kind = WP_ACTOR_CUSTOMER,
                        .account = account,
                        .person = account, /* the test's stand-in for the hash */
                        .name = account,
                        .login = login_of(account),
                        .full_name = account,
                        .may = WP_RIGHT_ANY,
                        .language = "lv",
                        .clock = town.clock};
}

wp_actor_t town_token(const char *account, int may)
{
    wp_actor_t actor = town_person(account);

    town_sql(apr_psprintf(town.pool,
                          "insert into portal_token (token_id, account_id, name, hash, scopes, created_at, expires_on) "
                          "values ('t1', '%s', 'Excel', 'h1', 'readings', '2026-11-01T00:00:00Z', '2026-12-31') "
                          "on conflict (token_id) do nothing",
                          account));
    actor.kind = WP_ACTOR_TOKEN;
    actor.login = NULL;
    actor.full_name = NULL;
    actor.token = "t1";
    actor.person = "token t1";
    actor.may = may;
    return actor;
}

wp_actor_t town_staff(int may)
{
    return (wp_actor_t){.kind = WP_ACTOR_STAFF,
                        .person = "tag-olga",
                        .name = "Olga Vītola",
                        .may = may,
                        .language = "lv",
                        .clock = town.clock};
}

wp_actor_t town_system(void)
{
    return (wp_actor_t){.kind = WP_ACTOR_SYSTEM,
                        .person = "waterportalctl",
                        .may = WP_RIGHT_ANY,
                        .language = "lv",
                        .clock = town.clock};
}

wp_actor_t town_later(wp_actor_t actor, int seconds)
{
    actor.clock = wp_clock_at(town.pool, actor.clock.now + seconds);
    return actor;
}

/* --- races --- */

static apr_status_t run_whole(wp_db_t *unit, void *baton)
{
    return wp_db_run(unit, baton, "a test's own");
}

static void run_statement(char *sql)
{
    if (wp_db_transact(town.source, WP_DB_WRITE, town.pool, run_whole, sql) != APR_SUCCESS)
        give_up(sql);
}

/* In a race whoever writes to the audit log pauses there, with everything decided and nothing committed, so that six at
 * once meet also on a machine with few processors. SQLite has one writer at a time. */
static void make_pause(void)
{
    run_statement("create function town_pause() returns trigger language plpgsql as "
                  "$$ begin perform pg_sleep(0.02); return new; end $$");
    run_statement("create trigger town_pause before insert on portal_audit for each row execute function town_pause()");
    run_statement("alter table portal_audit disable trigger town_pause");
}

static void let_pause(bool on)
{
    if (strcmp(town.driver, "pgsql") == 0)
        run_statement(on ? "alter table portal_audit enable trigger town_pause"
                         : "alter table portal_audit disable trigger town_pause");
}

static pthread_barrier_t start_line;

typedef struct runner_t {
    wp_once_run_t run;
    town_racer_t (*make)(apr_pool_t *pool, int number);
    int number;
    wp_outcome_t outcome;
    apr_thread_t *thread;
} runner_t;

static void *APR_THREAD_FUNC run_racer(apr_thread_t *thread, void *data)
{
    runner_t *runner = data;
    apr_pool_t *pool;
    (void)thread;

    apr_pool_create(&pool, NULL);
    town_racer_t racer = runner->make(pool, runner->number);
    pthread_barrier_wait(&start_line);
    wp_once_t once = {.key = racer.key, .hash = "h", .actor = &racer.actor, .run = runner->run, .baton = racer.baton};
    runner->outcome = (racer.key ? once_in(pool, once) : act_in(pool, &racer.actor, once.run, once.baton)).outcome;
    apr_pool_destroy(pool);
    return NULL;
}

town_race_t town_race(wp_once_run_t run, town_racer_t (*make)(apr_pool_t *pool, int number))
{
    runner_t runners[TOWN_THREADS];
    town_race_t race = {{0}};
    apr_status_t status;

    let_pause(true);
    pthread_barrier_init(&start_line, NULL, TOWN_THREADS);
    for (int i = 0; i < TOWN_THREADS; i++) {
        runners[i] = (runner_t){.run = run, .make = make, .number = i};
        if (apr_thread_create(&runners[i].thread, NULL, run_racer, &runners[i], town.pool) != APR_SUCCESS)
            give_up("no thread");
    }
    for (int i = 0; i < TOWN_THREADS; i++) {
        apr_thread_join(&status, runners[i].thread);
        race.outcomes[runners[i].outcome]++;
    }
    pthread_barrier_destroy(&start_line);
    let_pause(false);
    return race;
}

/* --- both databases --- */

void town_begin_again(void)
{
    town_sql(town_text);
}

static int begin_test(void **state)
{
    (void)state;
    apr_pool_clear(town.pool);
    logged[0] = '\0';
    town.clock = wp_clock_at(town.pool, town.clock.now);
    wp_limits_default(&town.limits);
    town_begin_again();
    return 0;
}

static int end_test(void **state)
{
    (void)state;
    if (strstr(logged, "WP02")) /* the database's own warnings; a service may log what a person tried */
        fail_msg("logged: %s", logged);
    return 0;
}

static const wp_secret_t *make_secret(void)
{
    char path[] = "/tmp/wp-secret-XXXXXX";
    wp_secret_t *secret;
    const char *error;
    int file = mkstemp(path);

    if (file < 0 || write(file, "0123456789abcdefghijklmnopqrstuv", 32) != 32)
        give_up("no file for the secret");
    close(file);
    chmod(path, 0600);
    if (wp_secret_load(&secret, whole_run, path, &error) != APR_SUCCESS)
        give_up(error);
    unlink(path);
    return secret;
}

static void say_nothing(void *context, const wp_schema_step_t *step)
{
    (void)context, (void)step;
}

static void open_town(const char *driver, const char *params)
{
    const wp_db_options_t options = {.driver = driver,
                                     .params = params,
                                     .connections = CONNECTIONS,
                                     .keep = CONNECTIONS,
                                     .wait_ms = 10000,
                                     .statement_ms = 10000,
                                     .prepare = true,
                                     .log = &town_log};
    wp_queries_t *queries;
    const char *error;

    apr_pool_create(&town.pool, whole_run);
    town.driver = driver;
    if (wp_queries_load(&queries, whole_run, SQL_DIR, &error) != APR_SUCCESS)
        give_up(error);
    town.queries = queries;
    if (wp_db_source_make(&town.source, whole_run, queries, &options) != APR_SUCCESS)
        give_up("no source");
    if (wp_schema_upgrade(town.source, whole_run, queries, &(wp_schema_wish_t){.embedded = true, .say = say_nothing}) !=
        APR_SUCCESS)
        give_up("no schema");
}

static void make_rules(void)
{
    wp_file_t file;
    const char *error;
    wp_instant_t now;

    if (wp_file_read(&file, whole_run, SERVICE_TOWN, &error) != APR_SUCCESS)
        give_up(error);
    town_text = file.bytes;
    if (!wp_window_parse("25-last", &window) || !wp_instant_parse(TOWN_NOW, &now))
        give_up("no window");
    town.rules = (wp_rules_t){.limits = &town.limits,
                              .window = &window,
                              .policy = &wp_reading_policy_default,
                              .secret = make_secret(),
                              .agreements = town.rules.agreements,
                              .log = &town_log};
    town.clock = (wp_clock_t){.now = now};
}

static int run_group(const char *name, const struct CMUnitTest *tests, size_t count)
{
    struct CMUnitTest *framed = apr_pmemdup(whole_run, tests, count * sizeof *tests);

    for (size_t i = 0; i < count; i++) {
        framed[i].setup_func = begin_test;
        framed[i].teardown_func = end_test;
    }
    return _cmocka_run_group_tests(name, framed, count, NULL, NULL);
}

int service_tests(const char *name, const struct CMUnitTest *tests, size_t count)
{
    char folder[] = "/tmp/wp-service-XXXXXX";
    int code = 1, failed;

    apr_initialize();
    apr_pool_create(&whole_run, NULL);
    apr_thread_mutex_create(&mutex, APR_THREAD_MUTEX_DEFAULT, whole_run);
    make_rules();
    if (!mkdtemp(folder))
        return 1;
    open_town("sqlite3", apr_pstrcat(whole_run, folder, "/a.db", NULL));
    failed = run_group(apr_pstrcat(whole_run, name, ", sqlite", NULL), tests, count);
    char *params = start_cluster(directory, &code);
    if (!params) {
        fprintf(stderr, "no PostgreSQL for the test (exit status %d)\n", code);
        rmdir(directory);
        return failed ? 1 : code;
    }
    open_town("pgsql", params);
    make_pause();
    failed += run_group(apr_pstrcat(whole_run, name, ", pgsql", NULL), tests, count);
    apr_pool_destroy(whole_run);
    cluster("remove");
    free(params);
    db_command("rm", "-r", folder, NULL);
    return failed != 0;
}
