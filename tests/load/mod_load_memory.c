/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h> /* before APR: its own offsetof is no C that clang likes */

#include <httpd.h>

#include <apr_file_io.h>
#include <apr_strings.h>
#include <http_config.h>
#include <http_protocol.h>
#include <string.h>

/* What an answer costs at least: bytes that lie in memory, behind everything that httpd and mod_auth_openidc do for
 * each request. Only for tests/load, never installed:
 *   <Location "/load/memory">
 *     LoadMemoryFile /path/of/a/page.html
 *     SetHandler load-memory
 *   </Location> */

typedef struct bytes_t {
    const char *text;
    apr_size_t length;
} bytes_t;

module AP_MODULE_DECLARE_DATA load_memory_module;

static void *create(apr_pool_t *pool, char *place)
{
    (void)place;
    return apr_pcalloc(pool, sizeof(bytes_t));
}

static const char *read_file(cmd_parms *command, void *dir, const char *name)
{
    bytes_t *bytes = dir;
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status = apr_file_open(&file, name, APR_READ | APR_BINARY, APR_OS_DEFAULT, command->pool);

    if (status == APR_SUCCESS)
        status = apr_file_info_get(&info, APR_FINFO_SIZE, file);
    if (status != APR_SUCCESS)
        return apr_psprintf(command->pool, "%s: %pm", name, &status);
    char *text = apr_palloc(command->pool, (apr_size_t)info.size);
    status = apr_file_read_full(file, text, (apr_size_t)info.size, &bytes->length);
    apr_file_close(file);
    bytes->text = text;
    return status == APR_SUCCESS ? NULL : apr_psprintf(command->pool, "%s: %pm", name, &status);
}

static int handle(request_rec *r)
{
    if (!r->handler || strcmp(r->handler, "load-memory") != 0)
        return DECLINED;
    const bytes_t *bytes = ap_get_module_config(r->per_dir_config, &load_memory_module);
    apr_bucket_brigade *brigade = apr_brigade_create(r->pool, r->connection->bucket_alloc);

    if (!bytes->text)
        return HTTP_NOT_FOUND;
    ap_set_content_type(r, "text/html; charset=utf-8");
    ap_set_content_length(r, (apr_off_t)bytes->length);
    apr_table_setn(r->headers_out, "Cache-Control", "no-store");
    APR_BRIGADE_INSERT_TAIL(brigade,
                            apr_bucket_immortal_create(bytes->text, bytes->length, r->connection->bucket_alloc));
    APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, brigade);
    return OK;
}

static const command_rec directives[] = {
    AP_INIT_TAKE1("LoadMemoryFile", read_file, NULL, ACCESS_CONF, "the file whose bytes are answered"),
    {NULL, {NULL}, NULL, 0, RAW_ARGS, NULL},
};

static void register_hooks(apr_pool_t *pool)
{
    (void)pool;
    ap_hook_handler(handle, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(load_memory) = {STANDARD20_MODULE_STUFF, create, NULL, NULL, NULL, directives, register_hooks,
                                  AP_MODULE_FLAG_NONE};
