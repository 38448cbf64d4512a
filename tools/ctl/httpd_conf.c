/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <glob.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "ctl/ctl.h"

#include "base/banned.h"

/* Understands just enough of httpd's configuration to see what httpd sees: Define, IfDefine, Include and the portal's
 * own directives. The contents of containers other than IfDefine are read as if they always applied. */

#define DEPTH_MAX 16

typedef struct reader_t {
    apr_pool_t *pool;
    apr_table_t *defines;
    apr_table_t *values;           /* directive → its last value */
    apr_table_t *keep;             /* WaterPortalKeep */
    apr_table_t *help;             /* WaterPortalHelp */
    apr_array_header_t *languages; /* const char *, from the last WaterPortalLanguages */
    const char *read_timeout;      /* see wp_ctl_t */
    const char *root;              /* ServerRoot, or NULL */
    int depth;                     /* nesting of included files */
    int skipping;                  /* nesting of IfDefine blocks that do not apply, or 0 */
} reader_t;

static const struct {
    const char *directive;
    size_t member;
} wanted[] = {
    {"DBDriver", offsetof(wp_ctl_t, driver)},
    {"DBDParams", offsetof(wp_ctl_t, params)},
    {"WaterPortalDirectory", offsetof(wp_ctl_t, directory)},
    {"WaterPortalThemeDirectory", offsetof(wp_ctl_t, theme)},
    {"WaterPortalIssuersFile", offsetof(wp_ctl_t, issuers)},
    {"WaterPortalSecretFile", offsetof(wp_ctl_t, secret)},
    {"WaterPortalOtherSecretFile", offsetof(wp_ctl_t, other_secret)},
    {"WaterPortalPersonSecretFile", offsetof(wp_ctl_t, person_secret)},
    {"WaterPortalAgreementsFile", offsetof(wp_ctl_t, agreements)},
    {"WaterPortalOrigin", offsetof(wp_ctl_t, origin)},
    {"WaterPortalMount", offsetof(wp_ctl_t, mount)},
    {"WaterPortalSiteName", offsetof(wp_ctl_t, site_name)},
    {"WaterPortalMessages", offsetof(wp_ctl_t, messages)},
    {"WaterPortalMail", offsetof(wp_ctl_t, mail)},
    {"WaterPortalMailFrom", offsetof(wp_ctl_t, mail_from)},
    {"WaterPortalMailLoginFile", offsetof(wp_ctl_t, mail_login)},
    {"WaterPortalMailCAFile", offsetof(wp_ctl_t, mail_ca)},
    {"WaterPortalSMS", offsetof(wp_ctl_t, sms)},
};
#define WANTED_COUNT (sizeof wanted / sizeof *wanted)

/* The next argument of a line, as httpd reads it: a word, or "…" with \" inside; "" at the end of the line. */
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

/* As in httpd, ${NAME} is left unchanged if nothing defines it. */
static const char *substitute(const reader_t *reader, const char *text)
{
    const char *open = strstr(text, "${"), *close = open ? strchr(open, '}') : NULL;

    if (!close)
        return text;
    const char *name = apr_pstrmemdup(reader->pool, open + 2, (apr_size_t)(close - open - 2));
    const char *value = apr_table_get(reader->defines, name);
    if (!value)
        value = getenv(name);
    if (!value)
        value = apr_pstrmemdup(reader->pool, open, (apr_size_t)(close - open + 1));
    return apr_pstrcat(reader->pool, apr_pstrmemdup(reader->pool, text, (apr_size_t)(open - text)), value,
                       substitute(reader, close + 1), NULL);
}

static const char *next_value(const reader_t *reader, const char **rest)
{
    return substitute(reader, next_argument(reader->pool, rest));
}

/* "!NAME>" or "NAME>" */
static bool condition_holds(const reader_t *reader, const char *condition)
{
    bool negated = *condition == '!';
    const char *name = apr_pstrmemdup(reader->pool, condition + negated, strcspn(condition + negated, ">"));
    return (apr_table_get(reader->defines, name) == NULL) == negated;
}

/* True: the line is an IfDefine or its end, or is inside one that does not apply. */
static bool read_condition(reader_t *reader, const char *name, const char *rest)
{
    if (strcasecmp(name, "<IfDefine") == 0) {
        if (reader->skipping || !condition_holds(reader, next_argument(reader->pool, &rest)))
            reader->skipping++;
        return true;
    }
    if (strcasecmp(name, "</IfDefine>") == 0) {
        reader->skipping -= reader->skipping > 0;
        return true;
    }
    return reader->skipping > 0;
}

static void read_languages(reader_t *reader, const char *rest)
{
    reader->languages = apr_array_make(reader->pool, 2, sizeof(const char *));
    for (const char *language = next_value(reader, &rest); *language; language = next_value(reader, &rest))
        APR_ARRAY_PUSH(reader->languages, const char *) = language;
}

/* A name and its value. */
static void read_named(reader_t *reader, apr_table_t *table, const char *rest)
{
    const char *name = next_value(reader, &rest);
    apr_table_set(table, name, next_value(reader, &rest));
}

static void read_define(reader_t *reader, const char *rest)
{
    const char *name = next_argument(reader->pool, &rest);
    apr_table_set(reader->defines, name, next_value(reader, &rest));
}

static void read_wanted(reader_t *reader, const char *name, const char *rest)
{
    for (size_t i = 0; i < WANTED_COUNT; i++) {
        if (strcasecmp(wanted[i].directive, name) == 0)
            apr_table_set(reader->values, wanted[i].directive, next_value(reader, &rest));
    }
}

static const char *read_file(reader_t *reader, const char *file);

/* A relative name is resolved against ServerRoot or, if none was read, against the folder of the file that contains
 * it. */
static const char *read_included(reader_t *reader, const char *pattern, const char *including)
{
    const char *error = NULL, *slash = strrchr(including, '/');
    glob_t found;

    if (*pattern != '/' && reader->root)
        pattern = apr_pstrcat(reader->pool, reader->root, "/", pattern, NULL);
    else if (*pattern != '/' && slash)
        pattern = apr_pstrcat(reader->pool, apr_pstrmemdup(reader->pool, including, (apr_size_t)(slash - including)),
                              "/", pattern, NULL);
    if (glob(pattern, 0, NULL, &found) != 0)
        return NULL; /* whether a file must exist is for httpd to say: it may be another site's */
    for (size_t i = 0; i < found.gl_pathc && !error; i++)
        error = read_file(reader, found.gl_pathv[i]);
    globfree(&found);
    return error;
}

/* For mod_reqtimeout: note that LoadModule loads it, or keep the text that follows RequestReadTimeout. */
static void read_reqtimeout(reader_t *reader, const char *name, const char *rest)
{
    bool loads = strcasecmp(name, "LoadModule") == 0;
    if (loads && !reader->read_timeout && strcmp(next_argument(reader->pool, &rest), "reqtimeout_module") == 0)
        reader->read_timeout = "";
    if (!loads)
        reader->read_timeout = substitute(reader, apr_pstrdup(reader->pool, rest));
}

static const char *read_line(reader_t *reader, const char *line, const char *file)
{
    const char *rest = line;
    const char *name = next_argument(reader->pool, &rest);

    if (*name == '#' || read_condition(reader, name, rest))
        return NULL;
    if (strcasecmp(name, "Include") == 0 || strcasecmp(name, "IncludeOptional") == 0)
        return read_included(reader, next_value(reader, &rest), file);
    if (strcasecmp(name, "ServerRoot") == 0)
        reader->root = next_value(reader, &rest);
    else if (strcasecmp(name, "Define") == 0)
        read_define(reader, rest);
    else if (strcasecmp(name, "WaterPortalLanguages") == 0)
        read_languages(reader, rest);
    else if (strcasecmp(name, "WaterPortalKeep") == 0)
        read_named(reader, reader->keep, rest);
    else if (strcasecmp(name, "WaterPortalHelp") == 0)
        read_named(reader, reader->help, rest);
    else if (strcasecmp(name, "LoadModule") == 0 || strcasecmp(name, "RequestReadTimeout") == 0)
        read_reqtimeout(reader, name, rest);
    else
        read_wanted(reader, name, rest);
    return NULL;
}

/* The next line, joined with those that follow a backslash at its end; NULL at the end of the file. */
static char *next_line(char **next)
{
    char *line = *next, *to = line;
    bool joined = true;

    if (!*line)
        return NULL;
    while (joined) {
        size_t length = strcspn(*next, "\r\n");
        memmove(to, *next, length);
        to += length;
        *next += length;
        *next += strcspn(*next, "\n");
        *next += **next == '\n';
        joined = to > line && to[-1] == '\\';
        to -= joined;
        joined = joined && **next;
    }
    *to = '\0';
    return line;
}

static const char *read_file(reader_t *reader, const char *file)
{
    const char *error = NULL;
    wp_file_t read;

    if (reader->depth >= DEPTH_MAX)
        return apr_psprintf(reader->pool, "%s: files include each other more than %d deep", file, DEPTH_MAX);
    if (wp_file_read(&read, reader->pool, file, &error) != APR_SUCCESS)
        return error;
    reader->depth++;
    for (char *line = next_line(&read.bytes); line && !error; line = next_line(&read.bytes))
        error = read_line(reader, line, file);
    reader->depth--;
    return error;
}

const char *wp_ctl_read_conf(wp_ctl_t *ctl, const char *file)
{
    reader_t reader = {.pool = ctl->pool,
                       .defines = apr_table_make(ctl->pool, 8),
                       .values = apr_table_make(ctl->pool, 8),
                       .keep = ctl->keep,
                       .help = ctl->help};
    const char *error = read_file(&reader, file);

    for (size_t i = 0; i < WANTED_COUNT && !error; i++) {
        const char **member = (const char **)((char *)ctl + wanted[i].member);
        if (*member)
            continue;
        *member = apr_table_get(reader.values, wanted[i].directive);
        if (*member && strstr(*member, "${"))
            error = apr_psprintf(ctl->pool,
                                 "%s: %s is %s: neither a file read so far nor the environment defines that name", file,
                                 wanted[i].directive, *member);
    }
    if (!ctl->languages)
        ctl->languages = reader.languages;
    ctl->conf = true;
    ctl->read_timeout = reader.read_timeout;
    return error;
}
