/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ctl.h"

#include "base/banned.h"

#define LINE_MAX_BYTES 8192

typedef struct reader_t {
    wp_ctl_t *ctl;
    apr_table_t *defines;
    const char *unknown; /* a ${NAME} that nothing defines */
} reader_t;

/* The next argument of a line, as httpd reads it: a word, or "…" with \" inside. */
static const char *next_argument(apr_pool_t *pool, const char **rest)
{
    const char *text = *rest + strspn(*rest, " \t");
    char *argument = apr_palloc(pool, strlen(text) + 1), *to = argument;
    char quote = *text == '"' || *text == '\'' ? *text++ : '\0';

    while (*text && (quote ? *text != quote : !apr_isspace(*text))) {
        if (quote && text[0] == '\\' && text[1] == quote)
            text++;
        *to++ = *text++;
    }
    *to = '\0';
    *rest = *text ? text + 1 : text;
    return argument;
}

static const char *look_up(reader_t *reader, const char *name)
{
    const char *value = apr_table_get(reader->defines, name);
    if (!value)
        value = getenv(name);
    if (!value && !reader->unknown)
        reader->unknown = name;
    return value ? value : "";
}

static const char *substitute(reader_t *reader, const char *text)
{
    apr_pool_t *pool = reader->ctl->pool;
    const char *open = strstr(text, "${"), *close = open ? strchr(open, '}') : NULL;

    if (!close)
        return text;
    return apr_pstrcat(pool, apr_pstrmemdup(pool, text, (apr_size_t)(open - text)),
                       look_up(reader, apr_pstrmemdup(pool, open + 2, (apr_size_t)(close - open - 2))),
                       substitute(reader, close + 1), NULL);
}

static void take(reader_t *reader, const char *rest, const char **value)
{
    if (!*value)
        *value = substitute(reader, next_argument(reader->ctl->pool, &rest));
}

static void read_line(reader_t *reader, const char *line)
{
    wp_ctl_t *ctl = reader->ctl;
    const char *rest = line;
    const char *name = next_argument(ctl->pool, &rest);

    if (strcasecmp(name, "Define") == 0) {
        const char *variable = next_argument(ctl->pool, &rest);
        apr_table_set(reader->defines, variable, substitute(reader, next_argument(ctl->pool, &rest)));
    } else if (strcasecmp(name, "DBDriver") == 0) {
        take(reader, rest, &ctl->driver);
    } else if (strcasecmp(name, "DBDParams") == 0) {
        take(reader, rest, &ctl->params);
    } else if (strcasecmp(name, "WaterPortalDirectory") == 0) {
        take(reader, rest, &ctl->directory);
    } else if (strcasecmp(name, "WaterPortalIssuersFile") == 0) {
        take(reader, rest, &ctl->issuers);
    }
}

const char *wp_ctl_read_conf(wp_ctl_t *ctl, const char *file)
{
    reader_t reader = {.ctl = ctl, .defines = apr_table_make(ctl->pool, 8)};
    char line[LINE_MAX_BYTES];
    apr_file_t *handle;
    apr_status_t status = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BUFFERED, APR_FPROT_OS_DEFAULT,
                                        ctl->pool);

    if (status != APR_SUCCESS)
        return apr_psprintf(ctl->pool, "%s: %s", file, apr_strerror(status, line, sizeof line));
    while (apr_file_gets(line, sizeof line, handle) == APR_SUCCESS) {
        line[strcspn(line, "\r\n")] = '\0';
        read_line(&reader, line);
    }
    apr_file_close(handle);
    if (reader.unknown)
        return apr_psprintf(ctl->pool, "%s: ${%s} is not defined in this file nor in the environment", file,
                            reader.unknown);
    return NULL;
}
