/* SPDX-License-Identifier: Apache-2.0 */
#include "data/connections.h"

#include <apr_strings.h>
#include <pthread.h>
#include <signal.h>

#include "base/banned.h"

#define SET_UP_MS      5000 /* for the first statements on a connection */
#define SECOND_TRY_MS  100  /* the first failure may come from a server that is just being restarted */
#define FAST_MS        1000 /* a failure that took longer than this is not retried at once */
#define PROBE_EVERY_MS 1000 /* while the database is down */
#define PROBE_AGAIN_MS 100  /* a request may bring the next probe forward, but not closer than this */
#define PROBE_WAIT_MS  1000 /* and waits this long for its result */
#define OTHERS_WAIT_MS 50   /* for a request that arrives just after a probe began: most probes take a millisecond */
#define REASON_SIZE    200

APR_RING_HEAD(ring_t, wp_connection_t);

struct wp_connections_t {
    const wp_connector_t *how;
    const wp_db_options_t *options;
    pthread_mutex_t mutex;
    pthread_cond_t demand;  /* wakes the opener */
    pthread_cond_t supply;  /* wakes those that wait for a connection */
    pthread_cond_t earlier; /* wakes the watch */
    pthread_t opener, watch;
    bool started, ending;
    struct ring_t idle; /* most recently used first */
    struct ring_t used;
    int idle_count, count; /* count: idle, in use and being opened */
    int waiting;
    unsigned epoch; /* connections of an earlier epoch are not used again */
    bool down, opening, hurried, second_try;
    unsigned failures;
    wp_tick_t opening_since, failed_at;
    wp_tick_t watched_until; /* when the watch wakes */
    char reason[REASON_SIZE];
};

/* --- under the mutex --- */

static void take_out(wp_connections_t *pool, wp_connection_t *connection)
{
    APR_RING_REMOVE(connection, link);
    pool->idle_count--;
}

static void watch_until(wp_connections_t *pool, wp_connection_t *connection, wp_tick_t until)
{
    connection->until = until;
    if (until < pool->watched_until)
        pthread_cond_signal(&pool->earlier);
}

static void put_to_use(wp_connections_t *pool, wp_connection_t *connection, wp_tick_t until)
{
    connection->cut = false;
    APR_RING_INSERT_TAIL(&pool->used, connection, wp_connection_t, link);
    watch_until(pool, connection, until);
}

/* Takes an idle connection. Those that may no longer be used go into closing, to be closed outside the mutex. */
static wp_connection_t *take_idle(wp_connections_t *pool, struct ring_t *closing)
{
    while (!APR_RING_EMPTY(&pool->idle, wp_connection_t, link)) {
        wp_connection_t *first = APR_RING_FIRST(&pool->idle);
        take_out(pool, first);
        if (first->epoch == pool->epoch && !wp_native_is_lost(&first->native)) {
            put_to_use(pool, first, WP_TICK_NEVER); /* nothing runs on it yet */
            return first;
        }
        if (first->epoch == pool->epoch)
            pool->epoch++;
        pool->count--;
        APR_RING_INSERT_TAIL(closing, first, wp_connection_t, link);
    }
    return NULL;
}

/* Connections beyond DBDKeep stay only for DBDExptime. */
static void trim_idle(wp_connections_t *pool, struct ring_t *closing)
{
    wp_tick_t oldest = wp_tick_now() - (wp_tick_t)pool->options->idle_s * 1000000;

    while (pool->idle_count > pool->options->keep) {
        wp_connection_t *last = APR_RING_LAST(&pool->idle);
        if (last->idle_since > oldest)
            return;
        take_out(pool, last);
        pool->count--;
        APR_RING_INSERT_TAIL(closing, last, wp_connection_t, link);
    }
}

static void close_all(struct ring_t *closing)
{
    while (!APR_RING_EMPTY(closing, wp_connection_t, link)) {
        wp_connection_t *connection = APR_RING_FIRST(closing);
        APR_RING_REMOVE(connection, link);
        wp_connection_close(connection);
    }
}

static void note_failure(wp_connections_t *pool)
{
    pool->down = true;
    pool->failures++;
    pool->failed_at = wp_tick_now();
    pthread_cond_broadcast(&pool->supply);
}

/* --- the opener --- */

/* Connects, outside the mutex. The first statements on a new connection are watched, too. */
static wp_connection_t *make_ready(wp_connections_t *pool, char *reason)
{
    wp_connection_t *connection = wp_connection_open(pool->how, reason, REASON_SIZE);

    if (!connection)
        return NULL;
    pthread_mutex_lock(&pool->mutex);
    put_to_use(pool, connection, wp_tick_after_ms(SET_UP_MS));
    pthread_mutex_unlock(&pool->mutex);
    int code = wp_connection_set_up(connection);
    pthread_mutex_lock(&pool->mutex);
    APR_RING_REMOVE(connection, link);
    pthread_mutex_unlock(&pool->mutex);
    if (code == 0 && !connection->cut)
        return connection;
    apr_cpystrn(reason,
                connection->cut ? "it takes connections and does not answer"
                                : wp_connection_error(connection, connection->home, code),
                REASON_SIZE);
    wp_connection_close(connection);
    return NULL;
}

static void take_failure(wp_connections_t *pool)
{
    pool->count--;
    pool->second_try = !pool->down && !pool->second_try && wp_tick_now() - pool->opening_since < FAST_MS * 1000;
    if (pool->second_try)
        pool->failed_at = wp_tick_now();
    else
        note_failure(pool);
}

static void take_success(wp_connections_t *pool, wp_connection_t *connection, unsigned epoch)
{
    connection->epoch = epoch;
    connection->idle_since = wp_tick_now();
    APR_RING_INSERT_HEAD(&pool->idle, connection, wp_connection_t, link);
    pool->idle_count++;
    pool->down = pool->second_try = false;
    pthread_cond_broadcast(&pool->supply);
}

static void open_one(wp_connections_t *pool)
{
    char reason[REASON_SIZE] = "";
    unsigned epoch = pool->epoch;

    pool->opening = true;
    pool->hurried = false;
    pool->opening_since = wp_tick_now();
    pool->count++;
    pthread_mutex_unlock(&pool->mutex);
    wp_connection_t *connection = make_ready(pool, reason);
    pthread_mutex_lock(&pool->mutex);
    pool->opening = false;
    apr_cpystrn(pool->reason, reason, sizeof pool->reason);
    if (connection)
        take_success(pool, connection, epoch);
    else
        take_failure(pool);
}

static bool is_short(const wp_connections_t *pool)
{
    if (pool->count >= pool->options->connections)
        return false;
    return pool->down || pool->waiting > pool->idle_count || pool->count < pool->options->open_first;
}

/* When the opener may try again. */
static wp_tick_t next_try(const wp_connections_t *pool)
{
    if (pool->second_try)
        return pool->failed_at + SECOND_TRY_MS * 1000;
    if (pool->down && !pool->hurried)
        return pool->failed_at + PROBE_EVERY_MS * 1000;
    return 0;
}

static void *run_opener(void *data)
{
    wp_connections_t *pool = data;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->ending) {
        wp_tick_t next = is_short(pool) ? next_try(pool) : WP_TICK_NEVER;
        if (next > wp_tick_now())
            wp_turn_wait(&pool->demand, &pool->mutex, next);
        else
            open_one(pool);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* --- the watch --- */

static void *run_watch(void *data)
{
    wp_connections_t *pool = data;
    wp_connection_t *connection;

    pthread_mutex_lock(&pool->mutex);
    while (!pool->ending) {
        wp_tick_t now = wp_tick_now();
        pool->watched_until = WP_TICK_NEVER;
        APR_RING_FOREACH(connection, &pool->used, wp_connection_t, link)
        {
            if (connection->until <= now) {
                connection->cut = true;
                connection->until = WP_TICK_NEVER;
                wp_native_cut(&connection->native);
            }
            if (connection->until < pool->watched_until)
                pool->watched_until = connection->until;
        }
        wp_turn_wait(&pool->earlier, &pool->mutex, pool->watched_until);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* --- their life --- */

/* httpd's signals are for its own threads, so ours block them. */
static bool start_thread(pthread_t *thread, void *(*run)(void *), wp_connections_t *pool)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(thread, NULL, run, pool) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Runs before the memory goes. Waits for a connect in progress, which connect_timeout bounds. */
static apr_status_t end_connections(void *data)
{
    wp_connections_t *pool = data;

    pthread_mutex_lock(&pool->mutex);
    pool->ending = true;
    pthread_cond_signal(&pool->demand);
    pthread_cond_signal(&pool->earlier);
    pthread_cond_broadcast(&pool->supply);
    pthread_mutex_unlock(&pool->mutex);
    if (pool->started) {
        pthread_join(pool->opener, NULL);
        pthread_join(pool->watch, NULL);
    }
    close_all(&pool->idle);
    return APR_SUCCESS;
}

static apr_status_t start_threads(wp_connections_t *pool)
{
    if (pool->started)
        return APR_SUCCESS;
    if (!start_thread(&pool->opener, run_opener, pool))
        return APR_EGENERAL;
    pool->started = start_thread(&pool->watch, run_watch, pool);
    if (pool->started)
        return APR_SUCCESS;
    pool->ending = true;
    pthread_cond_signal(&pool->demand);
    pthread_mutex_unlock(&pool->mutex);
    pthread_join(pool->opener, NULL);
    pthread_mutex_lock(&pool->mutex);
    return APR_EGENERAL;
}

apr_status_t wp_connections_make(wp_connections_t **connections, apr_pool_t *pool, const wp_connector_t *how,
                                 const wp_db_options_t *options)
{
    wp_connections_t *made = apr_pcalloc(pool, sizeof *made);

    *connections = NULL;
    made->how = how;
    made->options = options;
    made->watched_until = WP_TICK_NEVER;
    APR_RING_INIT(&made->idle, wp_connection_t, link);
    APR_RING_INIT(&made->used, wp_connection_t, link);
    if (pthread_mutex_init(&made->mutex, NULL) != 0 || !wp_turn_init(&made->demand) || !wp_turn_init(&made->supply) ||
        !wp_turn_init(&made->earlier))
        return APR_ENOMEM;
    apr_pool_pre_cleanup_register(pool, made, end_connections);
    pthread_mutex_lock(&made->mutex);
    apr_status_t status = options->open_first > 0 ? start_threads(made) : APR_SUCCESS;
    pthread_mutex_unlock(&made->mutex);
    *connections = status == APR_SUCCESS ? made : NULL;
    return status;
}

/* --- borrowing --- */

static bool some_are_used(const wp_connections_t *pool)
{
    return !APR_RING_EMPTY(&pool->used, wp_connection_t, link);
}

/* Until when to wait for the opener. A request that finds the database down waits for a probe, and only the first
 * such request waits long. But the server may merely have refused us one more: while connections are in use, one
 * may come back. */
static wp_tick_t patience(wp_connections_t *pool, wp_tick_t until)
{
    wp_tick_t now = wp_tick_now(), limit = until;

    if (some_are_used(pool))
        return until;
    if (pool->down && !pool->opening && !pool->hurried && now >= pool->failed_at + PROBE_AGAIN_MS * 1000) {
        pool->hurried = true;
        limit = now + PROBE_WAIT_MS * 1000;
    } else if (pool->down) {
        limit = (pool->opening ? pool->opening_since : now) + OTHERS_WAIT_MS * 1000;
    }
    return limit < until ? limit : until;
}

static apr_status_t wait_for_supply(wp_connections_t *pool, wp_tick_t until)
{
    unsigned failures = pool->failures;
    bool down = pool->down, in_time = true;
    wp_tick_t limit = patience(pool, until);

    pool->waiting++;
    pthread_cond_signal(&pool->demand);
    while (pool->idle_count == 0 && (pool->failures == failures || some_are_used(pool)) && !pool->ending && in_time)
        in_time = wp_turn_wait(&pool->supply, &pool->mutex, limit);
    pool->waiting--;
    if (pool->idle_count > 0)
        return APR_SUCCESS;
    return pool->failures != failures || pool->ending || down ? WP_DB_DOWN : APR_TIMEUP;
}

apr_status_t wp_connections_borrow(wp_connections_t *connections, wp_tick_t until, wp_connection_t **borrowed)
{
    struct ring_t closing;

    APR_RING_INIT(&closing, wp_connection_t, link);
    pthread_mutex_lock(&connections->mutex);
    apr_status_t status = start_threads(connections);
    *borrowed = NULL;
    while (status == APR_SUCCESS && !*borrowed) {
        *borrowed = take_idle(connections, &closing);
        if (!*borrowed)
            status = wait_for_supply(connections, until);
    }
    pthread_mutex_unlock(&connections->mutex);
    close_all(&closing);
    return status;
}

void wp_connections_allow(wp_connections_t *connections, wp_connection_t *connection, wp_tick_t until)
{
    pthread_mutex_lock(&connections->mutex);
    watch_until(connections, connection, until);
    pthread_mutex_unlock(&connections->mutex);
}

bool wp_connections_did_cut(wp_connections_t *connections, const wp_connection_t *connection)
{
    pthread_mutex_lock(&connections->mutex);
    bool cut = connection->cut;
    pthread_mutex_unlock(&connections->mutex);
    return cut;
}

void wp_connections_give_back(wp_connections_t *connections, wp_connection_t *connection, bool lost)
{
    struct ring_t closing;

    APR_RING_INIT(&closing, wp_connection_t, link);
    pthread_mutex_lock(&connections->mutex);
    APR_RING_REMOVE(connection, link);
    if (lost && connection->epoch == connections->epoch)
        connections->epoch++;
    /* if a server took a statement and never answered, the opener tries it next, not the next visitor */
    if (lost && connection->cut && !connections->down)
        note_failure(connections);
    if (connection->epoch != connections->epoch) {
        connections->count--;
        APR_RING_INSERT_TAIL(&closing, connection, wp_connection_t, link);
    } else {
        connection->idle_since = wp_tick_now();
        APR_RING_INSERT_HEAD(&connections->idle, connection, wp_connection_t, link);
        connections->idle_count++;
        trim_idle(connections, &closing);
    }
    if (connections->waiting > 0)
        pthread_cond_signal(&connections->supply);
    if (is_short(connections))
        pthread_cond_signal(&connections->demand);
    pthread_mutex_unlock(&connections->mutex);
    close_all(&closing);
}

const char *wp_connections_reason(wp_connections_t *connections, apr_pool_t *pool)
{
    pthread_mutex_lock(&connections->mutex);
    const char *reason = apr_pstrdup(pool, connections->reason);
    pthread_mutex_unlock(&connections->mutex);
    return reason;
}
