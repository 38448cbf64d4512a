/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVICE_FIXTURE_H
#define SERVICE_FIXTURE_H

#include "db_fixture.h"

#include "service/once.h"

/* Services without a page: the portal's own schema and statements on SQLite and on PostgreSQL, with a small town
 * (service_town.sql), where it is 2026-11-27T10:00:00Z and the reading window is open. */

#define TOWN_NOW "2026-11-27T10:00:00Z"

typedef struct service_town_t {
    apr_pool_t *pool;   /* cleared before each test */
    const char *driver; /* "sqlite3" or "pgsql" */
    const wp_queries_t *queries;
    wp_db_source_t *source;
    wp_limits_t limits; /* reset before each test; a test may lower one */
    wp_rules_t rules;   /* agreements: as main() set them, before service_tests() */
    wp_clock_t clock;
} service_town_t;

extern service_town_t town;

/* Runs the tests on both databases, each on the town as service_town.sql has it; what main() returns. Tests that the
 * town was left with a warning in the log fail. */
int service_tests(const char *name, const struct CMUnitTest *tests, size_t count);
#define SERVICE_TESTS(name, tests) service_tests(name, tests, sizeof tests / sizeof *tests)

/* Somebody who is logged in (account: a literal): "anna" (customer of 10-00001 and 10-00002), "karlis" (representative
 * of the company of 20-00001), "bijusi" (was one until yesterday), "dace" (customer of 10-00003, which has ended),
 * "svesa" (no contract); delegates of 10-00001: "lasa" (read), "iesniedz" (submit), "maksa" (pay), "viss" (full),
 * "viens" (submit, on meter M1's point T1 only), "vakar" (full, until yesterday). */
wp_actor_t town_person(const char *account);
/* A program of this account's with these rights, by the token "t1", which this adds; a staff member; a command. */
wp_actor_t town_token(const char *account, int may);
wp_actor_t town_staff(int may);
wp_actor_t town_system(void);
/* The same actor at another time. */
wp_actor_t town_later(wp_actor_t actor, int seconds);

/* Runs an act in a write unit of its own, without a key, as the engine would: REFUSED and LIMITED commit, CONFLICT and
 * UNKNOWN roll back. */
wp_result_t town_act(const wp_actor_t *actor, wp_once_run_t run, void *baton);
/* The same through wp_once(), with a key. */
wp_result_t town_once(const wp_actor_t *actor, const char *key, const char *hash, wp_once_run_t run, void *baton);

/* Any SQL, without parameters: to prepare a case, and to look at what is there. The first cell; "" for NULL or no row.
 */
void town_sql(const char *sql);
const char *town_ask(const char *sql);
int town_count(const char *sql);
/* Inside a test: the town as service_town.sql has it. */
void town_begin_again(void);

/* The same act TOWN_THREADS times at the same moment, each in a unit of its own: how often each outcome came out. A
 * service that decides inside its transaction lets as many through as the limit or the exclusivity allows. make: who
 * acts on what, called in each thread with a pool of its own, before the start; it must not use town.pool, which is not
 * shared between threads. */
typedef struct town_racer_t {
    wp_actor_t actor;
    void *baton;
    const char *key; /* NULL: without a key; otherwise through wp_once() */
} town_racer_t;
typedef struct town_race_t {
    int outcomes[WP_OUTCOME_UNKNOWN + 1];
} town_race_t;
#define TOWN_THREADS 6
town_race_t town_race(wp_once_run_t run, town_racer_t (*make)(apr_pool_t *pool, int number));

#endif
