/* SPDX-License-Identifier: Apache-2.0 */
#include "render/kept.h"

#include <apr_encode.h>
#include <apr_file_io.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define DEPTH_MAX   8 /* of folders below the site's directory: a symbolic link may form a loop */
#define CHUNK_BYTES 16384

typedef struct line_t {
    wp_log_level_t level;
    const char *text;
} line_t;

typedef struct entry_t {
    struct entry_t *next;
    apr_pool_t *pool; /* the entry's own, which also owns its stylesheets */
    const char *key;
    bool wanted;               /* by the most recently read configuration */
    const char *place;         /* the directories it was compiled from */
    const wp_theme_t *theme;   /* NULL: wanted, but not compiled yet */
    apr_array_header_t *lines; /* line_t: what was logged during compilation */
} entry_t;

struct wp_kept_t {
    apr_pool_t *pool;
    entry_t *first;
    apr_table_t *seen; /* place → key at the last call of wp_kept_look_ahead() */
};

/* --- the key --- */

static bool is_source(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".xsl") == 0 || strcmp(dot, ".xml") == 0);
}

static bool add_text(EVP_MD_CTX *digest, const char *text)
{
    return EVP_DigestUpdate(digest, text ? text : "", text ? strlen(text) + 1 : 1) == 1;
}

/* Name, size, bytes: two different lists of files never give the same input. */
static bool add_file(EVP_MD_CTX *digest, const char *path, apr_pool_t *pool)
{
    char chunk[CHUNK_BYTES];
    apr_size_t length;
    apr_finfo_t info;
    apr_file_t *file;

    if (apr_stat(&info, path, APR_FINFO_TYPE | APR_FINFO_SIZE, pool) != APR_SUCCESS || info.filetype != APR_REG)
        return false;
    if (apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool) != APR_SUCCESS)
        return false;
    bool ok = add_text(digest, path) && EVP_DigestUpdate(digest, &info.size, sizeof info.size) == 1;
    apr_status_t status = APR_SUCCESS;
    while (ok && status == APR_SUCCESS) {
        status = apr_file_read_full(file, chunk, sizeof chunk, &length);
        ok = (status == APR_SUCCESS || APR_STATUS_IS_EOF(status)) && EVP_DigestUpdate(digest, chunk, length) == 1;
    }
    apr_file_close(file);
    return ok;
}

static bool list_sources(apr_array_header_t *paths, const char *directory, int depth)
{
    apr_pool_t *pool = paths->pool;
    apr_finfo_t info;
    apr_dir_t *folder;

    if (depth > DEPTH_MAX || apr_dir_open(&folder, directory, pool) != APR_SUCCESS)
        return false;
    bool ok = true;
    for (apr_status_t status = APR_SUCCESS; ok;) {
        status = apr_dir_read(&info, APR_FINFO_NAME, folder);
        if (status != APR_SUCCESS && status != APR_INCOMPLETE)
            break;
        if (info.name[0] == '.')
            continue;
        const char *path = apr_pstrcat(pool, directory, "/", info.name, NULL);
        if (is_source(path))
            APR_ARRAY_PUSH(paths, const char *) = path;
        else if (apr_stat(&info, path, APR_FINFO_TYPE, pool) == APR_SUCCESS && info.filetype == APR_DIR)
            ok = list_sources(paths, path, depth + 1);
    }
    apr_dir_close(folder);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_directory(EVP_MD_CTX *digest, const char *directory, apr_pool_t *pool)
{
    apr_array_header_t *paths = apr_array_make(pool, 128, sizeof(const char *));

    if (!add_text(digest, directory) || (directory && !list_sources(paths, directory, 0)))
        return false;
    qsort(paths->elts, (size_t)paths->nelts, sizeof(const char *), by_name);
    for (int i = 0; i < paths->nelts; i++) {
        if (!add_file(digest, APR_ARRAY_IDX(paths, i, const char *), pool))
            return false;
    }
    return true;
}

static bool add_options(EVP_MD_CTX *digest, const wp_theme_options_t *options, apr_pool_t *pool)
{
    bool ok = EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    for (const char *const *language = options->languages; ok && *language; language++)
        ok = add_text(digest, *language);
    ok = ok && add_text(digest, NULL);
    for (const char *const *name = options->stylesheets; ok && *name; name++)
        ok = add_text(digest, *name);
    return ok && add_directory(digest, options->directory, pool) &&
           add_directory(digest, options->site_directory, pool);
}

const char *wp_theme_key(const wp_theme_options_t *options, apr_pool_t *pool)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const char *hex = NULL;
    apr_pool_t *scratch;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();

    if (digest && apr_pool_create(&scratch, pool) == APR_SUCCESS) {
        if (add_options(digest, options, scratch) && EVP_DigestFinal_ex(digest, bytes, &size) == 1)
            hex = apr_pencode_base16_binary(pool, bytes, size, APR_ENCODE_LOWER, NULL);
        apr_pool_destroy(scratch);
    }
    EVP_MD_CTX_free(digest);
    return hex;
}

/* --- what is kept --- */

wp_kept_t *wp_kept_make(apr_pool_t *pool)
{
    wp_kept_t *kept = apr_pcalloc(pool, sizeof *kept);
    kept->pool = pool;
    kept->seen = apr_table_make(pool, 2);
    return kept;
}

static entry_t *find(const wp_kept_t *kept, const char *key)
{
    entry_t *entry = kept->first;
    while (entry && strcmp(entry->key, key) != 0)
        entry = entry->next;
    return entry;
}

static const char *place_of(const wp_theme_options_t *options, apr_pool_t *pool)
{
    return apr_pstrcat(pool, options->directory, "|", options->site_directory, NULL);
}

static entry_t *add(wp_kept_t *kept, const char *key, const wp_theme_options_t *options)
{
    apr_pool_t *pool;
    if (apr_pool_create(&pool, kept->pool) != APR_SUCCESS)
        return NULL;
    entry_t *entry = apr_pcalloc(pool, sizeof *entry);
    *entry = (entry_t){.next = kept->first,
                       .pool = pool,
                       .key = apr_pstrdup(pool, key),
                       .place = place_of(options, pool),
                       .lines = apr_array_make(pool, 2, sizeof(line_t))};
    kept->first = entry;
    return entry;
}

void wp_kept_begin(wp_kept_t *kept)
{
    for (entry_t *entry = kept->first; entry; entry = entry->next)
        entry->wanted = false;
}

/* A theme that cannot be read is not kept; loading it will report what is wrong. */
void wp_kept_want(wp_kept_t *kept, const wp_theme_options_t *options)
{
    apr_pool_t *scratch;

    if (apr_pool_create(&scratch, kept->pool) != APR_SUCCESS)
        return;
    const char *key = wp_theme_key(options, scratch);
    entry_t *entry = key ? find(kept, key) : NULL;
    if (entry)
        entry->wanted = true;
    apr_pool_destroy(scratch);
}

void wp_kept_sweep(wp_kept_t *kept)
{
    for (entry_t **at = &kept->first; *at;) {
        entry_t *entry = *at;
        if (entry->wanted) {
            at = &entry->next;
        } else {
            *at = entry->next;
            apr_pool_destroy(entry->pool);
        }
    }
}

static void note_line(void *context, wp_log_level_t level, const char *text)
{
    apr_array_header_t *lines = context;
    APR_ARRAY_PUSH(lines, line_t) = (line_t){level, apr_pstrdup(lines->pool, text)};
}

static void log_again(const entry_t *entry, const wp_log_t *log)
{
    for (int i = 0; i < entry->lines->nelts; i++) {
        const line_t *line = &APR_ARRAY_IDX(entry->lines, i, line_t);
        log->write(log->context, line->level, line->text);
    }
}

static apr_status_t compile(entry_t *entry, const wp_theme_options_t *options)
{
    const wp_log_t log = {note_line, entry->lines};
    wp_theme_options_t noted = *options;
    wp_theme_t *theme;

    noted.log = &log;
    apr_status_t status = wp_theme_load(&theme, entry->pool, &noted);
    entry->theme = theme;
    log_again(entry, options->log);
    return status;
}

apr_status_t wp_kept_load(wp_kept_t *kept, wp_theme_t **theme, apr_pool_t *pool, const wp_theme_options_t *options)
{
    const char *key = wp_theme_key(options, pool);
    entry_t *entry = key ? find(kept, key) : NULL;
    apr_status_t status = APR_SUCCESS;

    *theme = NULL;
    if (!key)
        return wp_theme_load(theme, pool, options);
    if (entry)
        log_again(entry, options->log);
    else if (!(entry = add(kept, key, options)))
        return APR_ENOMEM;
    else if ((status = compile(entry, options)) == APR_SUCCESS)
        wp_log_info(options->log, "the stylesheets were compiled");
    if (status == APR_SUCCESS) {
        entry->wanted = true;
        *theme = wp_theme_for(entry->theme, pool, options->log);
        return APR_SUCCESS;
    }
    kept->first = entry->next; /* it was added first; a broken theme is tried again at the next restart */
    apr_pool_destroy(entry->pool);
    return status;
}

/* Drops what was compiled ahead for the same place and never used. */
static void drop_older(wp_kept_t *kept, const char *place)
{
    for (entry_t **at = &kept->first; *at;) {
        entry_t *entry = *at;
        if (entry->wanted || strcmp(entry->place, place) != 0) {
            at = &entry->next;
        } else {
            *at = entry->next;
            apr_pool_destroy(entry->pool);
        }
    }
}

static bool compile_ahead(wp_kept_t *kept, const char *key, const wp_theme_options_t *options)
{
    entry_t *entry = add(kept, key, options);

    if (entry && compile(entry, options) == APR_SUCCESS)
        return true;
    if (entry) {
        kept->first = entry->next;
        apr_pool_destroy(entry->pool);
    }
    return false;
}

bool wp_kept_look_ahead(wp_kept_t *kept, const wp_theme_options_t *options)
{
    apr_pool_t *scratch;
    bool compiled = false;

    if (apr_pool_create(&scratch, kept->pool) != APR_SUCCESS)
        return false;
    const char *place = place_of(options, scratch), *key = wp_theme_key(options, scratch);
    const char *before = apr_table_get(kept->seen, place);
    if (key && !find(kept, key) && (!before || strcmp(before, key) != 0)) {
        apr_table_set(kept->seen, place, key);
    } else if (key && !find(kept, key) && !apr_table_get(kept->seen, key)) {
        drop_older(kept, place);
        compiled = compile_ahead(kept, key, options);
        if (!compiled)
            apr_table_set(kept->seen, key, "failed");
    }
    apr_pool_destroy(scratch);
    return compiled;
}

int wp_kept_count(const wp_kept_t *kept)
{
    int count = 0;
    for (const entry_t *entry = kept->first; entry; entry = entry->next)
        count++;
    return count;
}
