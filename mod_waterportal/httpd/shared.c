/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <ap_mpm.h>
#include <apr_shm.h>
#include <errno.h>
#include <fcntl.h>
#include <http_config.h>
#include <string.h>
#include <unistd.h>
#include <unixd.h>

#include "base/banned.h"

#define PLACES "waterportal-places"
/* The fraction of a process's threads (one in N) that heavy routes may occupy together, working or waiting; the rest
 * serves everybody else. */
#define SHARE  4

static const char *places_file(apr_pool_t *pool)
{
    return ap_runtime_dir_relative(pool, PLACES);
}

static apr_status_t make_file(apr_pool_t *pool)
{
    int file = open(places_file(pool), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    apr_status_t status = APR_SUCCESS;

    if (file < 0)
        return APR_FROM_OS_ERROR(errno);
    if (geteuid() == 0 && fchown(file, ap_unixd_config.user_id, ap_unixd_config.group_id) != 0)
        status = APR_FROM_OS_ERROR(errno);
    close(file);
    return status;
}

/* The children inherit the memory by being forked from the parent; all zeros is its initial state. */
static wp_bank_lines_t *make_lines(apr_pool_t *pool)
{
    apr_shm_t *memory;

    if (apr_shm_create(&memory, wp_bank_lines_size(), NULL, pool) != APR_SUCCESS)
        return NULL;
    return memset(apr_shm_baseaddr_get(memory), 0, wp_bank_lines_size());
}

void wp_glue_share(wp_config_t *config, apr_pool_t *pool)
{
    if (!config->portal)
        return;
    make_file(pool); /* the children, who use the file, report what is wrong */
    config->portal->bank_lines = make_lines(pool);
}

static void limit_heavy(wp_config_t *config, apr_pool_t *pool)
{
    int threads = 1;

    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    wp_portal_limit_heavy(config->portal, pool, config->heavy_requests, threads / SHARE, config->database_wait);
}

void wp_glue_take_part(wp_config_t *config, apr_pool_t *pool)
{
    apr_status_t status = wp_places_make(&config->portal->places, pool, places_file(pool));

    if (status != APR_SUCCESS || !config->portal->bank_lines)
        wp_log_event(config->portal->log, WP_EV_NO_PLACES, "%s: %pm", places_file(pool), &status);
    limit_heavy(config, pool);
}
