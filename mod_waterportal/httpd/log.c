/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <apr_strings.h>
#include <http_log.h>

#include "crypto/random.h"

#include "base/banned.h"

APLOG_USE_MODULE(waterportal);

/* The libraries log without knowing about requests; this thread's current request adds its client and id to the
 * line. */
static _Thread_local request_rec *current;
static _Thread_local const char *current_id;

static const int levels[] = {[WP_LOG_ERROR] = APLOG_ERR,
                             [WP_LOG_WARNING] = APLOG_WARNING,
                             [WP_LOG_NOTICE] = APLOG_NOTICE,
                             [WP_LOG_INFO] = APLOG_INFO,
                             [WP_LOG_DEBUG] = APLOG_DEBUG};

static void write_line(void *context, wp_log_level_t level, const char *line)
{
    if (current)
        ap_log_rerror(APLOG_MARK, levels[level] | APLOG_NOERRNO, 0, current, "%s [request %s]", line, current_id);
    else
        ap_log_error(APLOG_MARK, levels[level] | APLOG_NOERRNO, 0, (server_rec *)context, "%s", line);
}

const wp_log_t *wp_glue_log(server_rec *server, apr_pool_t *pool)
{
    wp_log_t *log = apr_pcalloc(pool, sizeof *log);
    log->write = write_line;
    log->context = server;
    return log;
}

static void write_test_line(void *context, wp_log_level_t level, const char *line)
{
    int loud = wp_log_level_is_trouble(level) ? APLOG_EMERG : APLOG_DEBUG;
    ap_log_error(APLOG_MARK, loud | APLOG_NOERRNO, 0, (server_rec *)context, "%s", line);
}

const wp_log_t *wp_glue_test_log(server_rec *server, apr_pool_t *pool)
{
    wp_log_t *log = apr_pcalloc(pool, sizeof *log);
    log->write = write_test_line;
    log->context = server;
    return log;
}

const char *wp_glue_request_id(apr_pool_t *pool)
{
    unsigned char bytes[6];
    wp_random_bytes(bytes, sizeof bytes);
    return apr_psprintf(pool, "%02x%02x-%02x%02x-%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
}

void wp_glue_log_enter(request_rec *r, const char *request_id)
{
    current = r;
    current_id = request_id;
}

void wp_glue_log_leave(void)
{
    current = NULL;
}
