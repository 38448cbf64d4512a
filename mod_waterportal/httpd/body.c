/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <ap_mpm.h>
#include <apr_hash.h>
#include <apr_poll.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <http_core.h>
#include <http_protocol.h>
#include <string.h>

#include "base/clock.h"

#include "base/banned.h"

/* A body is read only when the portal asks for it, after the portal has checked everything else, and never for longer
 * than the portal allows. httpd itself would read whatever body a request brought, for as long as the sender likes,
 * even if nobody wanted it. The connection of a request with a body is therefore marked for closing until its body has
 * been read. */

#define CHUNK       8192
#define PAUSE_MS    20 /* between two attempts: to get a place, or where there is no socket to wait for (HTTP/2) */
#define PER_PERSON  2  /* slow bodies of one person at a time: a browser sends one */
/* for a place, or for the rest of the body: after many clicks at once, each body arrives a moment after its head */
#define PATIENCE_MS 500
#define PLACES_MAX  1024

/* The fraction of a process's threads (one in N) that may wait for bodies of each kind of sender. A body that arrives
 * with its request waits for nothing and needs no place. Together with the quarter that heavy pages may occupy
 * (shared.c), this leaves an eighth for everybody else. */
static const int shares[] = {[WP_SENDER_STRANGER] = 4, [WP_SENDER_SIGNED] = 8, [WP_SENDER_PERSON] = 4};
#define SENDERS (sizeof shares / sizeof *shares)

typedef struct places_t {
    int most, used;
    int most_trying, trying;  /* briefly waiting for a place: at most half of the threads */
    unsigned who[PLACES_MAX]; /* of the first `used`: hash of the person, or 0 */
} places_t;

static struct {
    apr_thread_mutex_t *mutex;
    places_t places[SENDERS];
} waiting;

/* What the request's configuration holds, for requests with a body and for every POST. */
typedef struct kept_t {
    wp_body_t body;
    request_rec *r; /* the request, or its error document, that reads the body */
    bool is_post;
    ap_conn_keepalive_e keepalive; /* the value before it was changed */
} kept_t;

apr_status_t wp_glue_open_places(apr_pool_t *pool)
{
    int threads = 1;

    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    for (size_t i = 0; i < SENDERS; i++) {
        int most = threads / shares[i];
        waiting.places[i].most = most < 1 ? 1 : most > PLACES_MAX ? PLACES_MAX : most;
        waiting.places[i].most_trying = threads / 2;
        waiting.places[i].used = waiting.places[i].trying = 0;
    }
    return apr_thread_mutex_create(&waiting.mutex, APR_THREAD_MUTEX_DEFAULT, pool);
}

static unsigned hash_of(const char *who)
{
    apr_ssize_t length = APR_HASH_KEY_STRING;
    return who ? apr_hashfunc_default(who, &length) | 1U : 0;
}

static bool take_place(wp_sender_t sender, unsigned who)
{
    places_t *places = &waiting.places[sender];
    int same = 0;

    if (!waiting.mutex || apr_thread_mutex_lock(waiting.mutex) != APR_SUCCESS)
        return false;
    for (int i = 0; who && i < places->used; i++)
        same += places->who[i] == who;
    bool taken = places->used < places->most && same < PER_PERSON;
    if (taken)
        places->who[places->used++] = who;
    apr_thread_mutex_unlock(waiting.mutex);
    return taken;
}

static void leave_place(wp_sender_t sender, unsigned who)
{
    places_t *places = &waiting.places[sender];
    int i = 0;

    apr_thread_mutex_lock(waiting.mutex);
    while (i < places->used && places->who[i] != who)
        i++;
    if (i < places->used)
        places->who[i] = places->who[--places->used];
    apr_thread_mutex_unlock(waiting.mutex);
}

/* by: 1 or -1. False: too many are trying already. */
static bool change_trying(wp_sender_t sender, int by)
{
    places_t *places = &waiting.places[sender];

    if (!waiting.mutex || apr_thread_mutex_lock(waiting.mutex) != APR_SUCCESS)
        return false;
    bool changed = by < 0 || places->trying < places->most_trying;
    if (changed)
        places->trying += by;
    apr_thread_mutex_unlock(waiting.mutex);
    return changed;
}

/* Waits until more data may have arrived, or the time is up. */
static void wait_for_more(const request_rec *r, wp_tick_t ends)
{
    int left = wp_tick_ms_left(ends);
    apr_int32_t ready = 0;

    if (left <= 0)
        return;
    if (r->connection->master) {
        apr_sleep(apr_time_from_msec(left < PAUSE_MS ? left : PAUSE_MS));
        return;
    }
    apr_pollfd_t socket = {.p = r->pool,
                           .desc_type = APR_POLL_SOCKET,
                           .reqevents = APR_POLLIN,
                           .desc.s = ap_get_conn_socket(r->connection)};
    apr_poll(&socket, 1, &ready, apr_time_from_msec(left));
}

/* Appends a brigade's data. APR_EOF: the body is complete; APR_ENOSPC: it is too long. */
static apr_status_t append(wp_body_t *body, char *bytes, apr_bucket_brigade *brigade, apr_size_t most)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(brigade); b != APR_BRIGADE_SENTINEL(brigade); b = APR_BUCKET_NEXT(b)) {
        const char *data;
        apr_size_t length;
        if (APR_BUCKET_IS_EOS(b))
            return APR_EOF;
        if (APR_BUCKET_IS_METADATA(b))
            continue;
        apr_status_t status = apr_bucket_read(b, &data, &length, APR_BLOCK_READ);
        if (status != APR_SUCCESS)
            return status;
        if (length > most - body->length)
            return APR_ENOSPC;
        memcpy(bytes + body->length, data, length);
        body->length += length;
    }
    return APR_SUCCESS;
}

typedef struct reading_t {
    kept_t *kept;
    const wp_body_terms_t *terms;
    apr_bucket_brigade *brigade;
    char *bytes;
    wp_tick_t ends;
    unsigned who;
    bool has_place;
    wp_tick_t tries_until; /* 0: is not trying to get a place */
} reading_t;

/* With a place, until the time is up; without one, until a place is free, but only briefly. */
static bool may_wait(reading_t *reading)
{
    wp_sender_t sender = reading->terms->sender;

    if (reading->has_place)
        return true;
    reading->has_place = take_place(sender, reading->who);
    if (reading->has_place)
        return true;
    if (!reading->tries_until && change_trying(sender, 1))
        reading->tries_until = wp_tick_after_ms(PATIENCE_MS);
    return wp_tick_now() < reading->tries_until;
}

static void stop_waiting(reading_t *reading)
{
    if (reading->has_place)
        leave_place(reading->terms->sender, reading->who);
    if (reading->tries_until)
        change_trying(reading->terms->sender, -1);
}

/* Never blocks: a blocking read inside mod_ssl or the chunk filter ends only when the sender likes. */
static apr_status_t read_some(reading_t *reading)
{
    request_rec *r = reading->kept->r;
    apr_status_t status = ap_get_brigade(r->input_filters, reading->brigade, AP_MODE_READBYTES, APR_NONBLOCK_READ,
                                         CHUNK);

    if (status == APR_SUCCESS && APR_BRIGADE_EMPTY(reading->brigade))
        status = APR_EAGAIN;
    if (status == APR_SUCCESS)
        status = append(&reading->kept->body, reading->bytes, reading->brigade, reading->terms->most);
    apr_brigade_cleanup(reading->brigade);
    return status;
}

static wp_body_state_t read_all(reading_t *reading)
{
    for (;;) {
        apr_status_t status = read_some(reading);
        if (APR_STATUS_IS_EAGAIN(status)) {
            if (!may_wait(reading))
                return WP_BODY_BUSY;
            wait_for_more(reading->kept->r, reading->has_place ? reading->ends : wp_tick_after_ms(PAUSE_MS));
        } else if (status == APR_EOF) {
            return WP_BODY_READ;
        } else if (status == APR_ENOSPC) {
            return WP_BODY_TOO_LARGE;
        } else if (status != APR_SUCCESS) {
            int answer = ap_map_http_request_error(status, HTTP_BAD_REQUEST);
            return answer == HTTP_REQUEST_ENTITY_TOO_LARGE ? WP_BODY_TOO_LARGE
                   : answer == HTTP_REQUEST_TIME_OUT       ? WP_BODY_SLOW
                                                           : WP_BODY_BROKEN;
        }
        if (wp_tick_now() >= reading->ends)
            return WP_BODY_SLOW;
    }
}

static void read_body(wp_body_t *body, const wp_body_terms_t *terms)
{
    kept_t *kept = body->source;
    request_rec *r = kept->r;
    reading_t reading = {.kept = kept,
                         .terms = terms,
                         .ends = wp_tick_after_ms(terms->milliseconds),
                         .who = terms->sender == WP_SENDER_PERSON ? hash_of(r->user) : 0};

    if (body->state != WP_BODY_NONE)
        return;
    reading.brigade = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    reading.bytes = apr_palloc(r->pool, terms->most + 1);
    body->state = read_all(&reading);
    stop_waiting(&reading);
    reading.bytes[body->length] = '\0';
    body->bytes = reading.bytes;
    if (body->state == WP_BODY_READ)
        r->connection->keepalive = kept->keepalive;
}

static bool is_urlencoded(request_rec *r)
{
    static const char wanted[] = "application/x-www-form-urlencoded";
    const char *type = apr_table_get(r->headers_in, "Content-Type");
    return type && strncasecmp(type, wanted, sizeof wanted - 1) == 0 && strchr(";\t ", type[sizeof wanted - 1]);
}

static int64_t announced(request_rec *r)
{
    const char *length = apr_table_get(r->headers_in, "Content-Length");
    char *end = NULL;
    apr_off_t bytes = 0;

    if (apr_table_get(r->headers_in, "Transfer-Encoding"))
        return -1;
    return !length ? 0 : apr_strtoff(&bytes, length, &end, 10) == APR_SUCCESS && *end == '\0' ? bytes : -1;
}

static kept_t *kept_of(const request_rec *r)
{
    return ap_get_module_config(r->request_config, &waterportal_module);
}

void wp_glue_note_body(request_rec *r)
{
    bool has_body = ap_request_has_body(r);

    if (r->prev || r->main || kept_of(r) || (!has_body && r->method_number != M_POST))
        return;
    kept_t *kept = apr_pcalloc(r->pool, sizeof *kept);
    *kept = (kept_t){.r = r, .is_post = r->method_number == M_POST, .keepalive = r->connection->keepalive};
    kept->body = (wp_body_t){.is_form = is_urlencoded(r), .announced = announced(r), .read = read_body, .source = kept};
    ap_set_module_config(r->request_config, &waterportal_module, kept);
    if (has_body)
        r->connection->keepalive = AP_CONN_CLOSE;
}

void wp_glue_leave_body(request_rec *r)
{
    const kept_t *kept = kept_of(r);
    if (kept)
        r->connection->keepalive = kept->keepalive;
}

wp_body_t *wp_glue_posted(request_rec *r, request_rec *reader)
{
    kept_t *kept = kept_of(r);
    if (!kept || !kept->is_post)
        return NULL;
    kept->r = reader;
    return &kept->body;
}

/* --- a body that another module reads --- */

#define FILTER "WATERPORTAL_BODY"

static apr_status_t give(ap_filter_t *f, apr_bucket_brigade *brigade, ap_input_mode_t mode, apr_read_type_e block,
                         apr_off_t wanted)
{
    wp_body_t *body = f->ctx;
    apr_size_t length = (apr_off_t)body->length < wanted ? body->length : (apr_size_t)wanted;
    (void)block;

    if (mode != AP_MODE_READBYTES)
        return APR_ENOTIMPL;
    if (length > 0)
        APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_pool_create(body->bytes, length, f->r->pool, f->c->bucket_alloc));
    body->bytes += length;
    body->length -= length;
    if (body->length == 0)
        APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_eos_create(f->c->bucket_alloc));
    return APR_SUCCESS;
}

void wp_glue_register_body(void)
{
    ap_register_input_filter(FILTER, give, NULL, AP_FTYPE_RESOURCE);
}

/* At the redirect address mod_auth_openidc reads only one kind of body: the provider's message that a session has ended
 * (OpenID Connect Back-Channel Logout 1.0, 2.5). */
int wp_glue_offer_body(request_rec *r)
{
    static const wp_body_terms_t terms = {16 * 1024, 5000, WP_SENDER_STRANGER};
    wp_body_t *body = wp_glue_posted(r, r);

    if (!body)
        return DECLINED;
    if (!r->args || strcmp(r->args, "logout=backchannel") != 0)
        return HTTP_METHOD_NOT_ALLOWED;
    if (body->announced > (int64_t)terms.most)
        return HTTP_REQUEST_ENTITY_TOO_LARGE;
    read_body(body, &terms);
    if (body->state != WP_BODY_READ)
        return body->state == WP_BODY_BUSY   ? HTTP_TOO_MANY_REQUESTS
               : body->state == WP_BODY_SLOW ? HTTP_REQUEST_TIME_OUT
                                             : HTTP_BAD_REQUEST;
    ap_add_input_filter(FILTER, body, r, r->connection);
    return DECLINED;
}
