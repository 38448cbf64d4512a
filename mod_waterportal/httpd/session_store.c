/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_atomic.h>
#include <apr_hash.h>
#include <apr_network_io.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <string.h>

#include "base/clock.h"

#include "base/banned.h"

/* Without the store in which mod_auth_openidc keeps its sessions, people would go to the bank, prove who they are, and
 * meet an error on the way back. So the portal asks the store before it sends them. One thread asks; its result is
 * valid for some seconds. */

#define GOOD_FOR_USEC 2000000
#define PATIENCE_MS   500 /* for connecting, and again for an answer */
#define REDIS_PORT    6379
#define ANSWER_BYTES  32

typedef struct probe_t {
    apr_thread_mutex_t *mutex;
    const wp_log_t *log;
    const char *store;
    wp_tick_t asked; /* 0: never */
    volatile apr_uint32_t away;
} probe_t;

/* Keyed by the store's name; filled in each child, then read-only. */
static apr_hash_t *probes;

void wp_glue_open_session_store(const wp_config_t *config, apr_pool_t *pool)
{
    if (!probes)
        probes = apr_hash_make(pool);
    if (!config->session_store || apr_hash_get(probes, config->session_store, APR_HASH_KEY_STRING))
        return;
    probe_t *probe = apr_pcalloc(pool, sizeof *probe);
    probe->store = config->session_store;
    probe->log = config->portal->log;
    if (apr_thread_mutex_create(&probe->mutex, APR_THREAD_MUTEX_DEFAULT, pool) == APR_SUCCESS)
        apr_hash_set(probes, probe->store, APR_HASH_KEY_STRING, probe);
}

static apr_status_t open_socket(apr_socket_t **opened, const char *store, apr_pool_t *pool)
{
    apr_sockaddr_t *address;
    apr_port_t port;
    char *host, *scope;
    apr_status_t status = apr_parse_addr_port(&host, &scope, &port, store, pool);

    if (status == APR_SUCCESS && !host)
        status = APR_EINVAL;
    if (status == APR_SUCCESS)
        status = apr_sockaddr_info_get(&address, host, APR_UNSPEC, port ? port : REDIS_PORT, 0, pool);
    if (status == APR_SUCCESS)
        status = apr_socket_create(opened, address->family, SOCK_STREAM, APR_PROTO_TCP, pool);
    if (status == APR_SUCCESS)
        status = apr_socket_timeout_set(*opened, apr_time_from_msec(PATIENCE_MS));
    return status == APR_SUCCESS ? apr_socket_connect(*opened, address) : status;
}

/* A store that asks for a password is alive, too. */
static bool is_alive(const char *answer)
{
    return strncmp(answer, "+PONG", 5) == 0 || strncmp(answer, "-NOAUTH", 7) == 0 || strncmp(answer, "-NOPERM", 7) == 0;
}

static bool ask(const char *store, apr_pool_t *pool)
{
    static const char question[] = "PING\r\n";
    char answer[ANSWER_BYTES + 1] = "";
    apr_size_t sent = sizeof question - 1, got = ANSWER_BYTES;
    apr_socket_t *opened = NULL;
    bool alive = false;

    if (open_socket(&opened, store, pool) == APR_SUCCESS && apr_socket_send(opened, question, &sent) == APR_SUCCESS &&
        apr_socket_recv(opened, answer, &got) == APR_SUCCESS) {
        answer[got] = '\0';
        alive = is_alive(answer);
    }
    if (opened)
        apr_socket_close(opened);
    return alive;
}

bool wp_glue_session_store_is_away(const wp_config_t *config, apr_pool_t *pool)
{
    probe_t *probe = config->session_store && probes ? apr_hash_get(probes, config->session_store, APR_HASH_KEY_STRING)
                                                     : NULL;

    if (!probe)
        return false;
    if (apr_thread_mutex_trylock(probe->mutex) == APR_SUCCESS) { /* otherwise another thread is asking just now */
        if (!probe->asked || wp_tick_now() - probe->asked >= GOOD_FOR_USEC) {
            bool away = !ask(probe->store, pool);
            if (away && !apr_atomic_read32(&probe->away))
                wp_log_event(probe->log, WP_EV_SESSION_STORE, "%s", probe->store);
            apr_atomic_set32(&probe->away, away);
            probe->asked = wp_tick_now();
        }
        apr_thread_mutex_unlock(probe->mutex);
    }
    return apr_atomic_read32(&probe->away) != 0;
}
