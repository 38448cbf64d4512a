/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <ap_mpm.h>
#include <errno.h>
#include <fcntl.h>
#include <http_config.h>
#include <unistd.h>
#include <unixd.h>

#include "base/banned.h"

#define PLACES "waterportal-places"
/* Of a process' threads, what heavy routes may hold together, working and waiting: the rest serves everybody else. */
#define SHARE  4

static const char *places_file(apr_pool_t *pool)
{
    return ap_runtime_dir_relative(pool, PLACES);
}

apr_status_t wp_glue_share(apr_pool_t *pool)
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

wp_heavy_t *wp_glue_heavy(const wp_config_t *config, apr_pool_t *pool)
{
    wp_heavy_options_t options = {.at_once = config->heavy_requests, .wait_ms = config->database_wait};
    wp_places_t *places;
    wp_heavy_t *heavy;
    int threads = 1;
    apr_status_t status = wp_places_make(&places, pool, places_file(pool));

    if (status != APR_SUCCESS)
        wp_log_event(config->portal->log, WP_EV_NO_PLACES, "%s: %pm", places_file(pool), &status);
    options.places = places;
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    options.inside = threads / SHARE > options.at_once ? threads / SHARE : options.at_once;
    return wp_heavy_make(&heavy, pool, &options) == APR_SUCCESS ? heavy : NULL;
}
