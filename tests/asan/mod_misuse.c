/* SPDX-License-Identifier: Apache-2.0 */
/* "Misuse CASE" in a configuration: the cases of misuse.c inside the stock httpd, in a module that is built as ours
 * is. */
#include <httpd.h>
#include <http_config.h>

#include "misuse.h"

static const char *misuse(cmd_parms *command, void *directory, const char *name)
{
    (void)directory;
    return wp_misuse(name, command->temp_pool);
}

static const command_rec directives[] = {
    AP_INIT_TAKE1("Misuse", misuse, NULL, RSRC_CONF, "a case of misuse.c"),
    {.name = NULL},
};

extern module AP_MODULE_DECLARE_DATA misuse_module;
module AP_MODULE_DECLARE_DATA misuse_module = {
    STANDARD20_MODULE_STUFF,
    .cmds = directives,
};
