/* SPDX-License-Identifier: Apache-2.0 */
#include <httpd.h>
#include <http_config.h>

#include "base/banned.h"

static void register_hooks(apr_pool_t *pool)
{
    (void)pool;
}

AP_DECLARE_MODULE(waterportal) = {STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, register_hooks, 0};
