/* SPDX-License-Identifier: Apache-2.0 */
#include "render/zip.h"

#include <apr_strings.h>
#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

typedef struct growing_t {
    char *bytes;
    size_t length, room;
    bool full; /* more came than there may be */
} growing_t;

/* Never says no: libarchive leaves its compressor behind (270 KB) when an entry cannot be written to its end. */
static la_ssize_t take_bytes(struct archive *archive, void *context, const void *bytes, size_t length)
{
    growing_t *made = context;
    (void)archive;

    if (made->full || length > WP_ZIP_MAX - made->length) {
        made->full = true;
        return (la_ssize_t)length;
    }
    if (made->length + length > made->room) {
        size_t room = (made->length + length) * 2;
        char *more = realloc(made->bytes, room);
        if (!more) {
            made->full = true;
            return (la_ssize_t)length;
        }
        made->bytes = more;
        made->room = room;
    }
    memcpy(made->bytes + made->length, bytes, length);
    made->length += length;
    return (la_ssize_t)length;
}

static bool put(struct archive *archive, const wp_zip_entry_t *file, int64_t at)
{
    struct archive_entry *entry = archive_entry_new();
    bool good = entry != NULL;

    if (good) {
        archive_entry_set_pathname(entry, file->name);
        archive_entry_set_size(entry, (la_int64_t)file->length);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, (time_t)at, 0);
        good = archive_write_header(archive, entry) == ARCHIVE_OK &&
               archive_write_data(archive, file->bytes, file->length) == (la_ssize_t)file->length;
    }
    archive_entry_free(entry);
    return good;
}

apr_status_t wp_zip_make(apr_pool_t *pool, const apr_array_header_t *entries, int64_t at, const char **bytes,
                         apr_size_t *length)
{
    growing_t made = {0};
    struct archive *archive = archive_write_new();
    bool good = archive && archive_write_set_format_zip(archive) == ARCHIVE_OK &&
                archive_write_zip_set_compression_deflate(archive) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
                archive_write_open(archive, &made, NULL, take_bytes, NULL) == ARCHIVE_OK;

    for (int i = 0; i < entries->nelts && good && !made.full; i++)
        good = put(archive, &APR_ARRAY_IDX(entries, i, wp_zip_entry_t), at);
    good = good && archive_write_close(archive) == ARCHIVE_OK;
    if (archive)
        archive_write_free(archive);
    good = good && !made.full;
    *length = good ? made.length : 0;
    *bytes = good ? apr_pstrmemdup(pool, made.bytes, made.length) : NULL;
    free(made.bytes);
    return good ? APR_SUCCESS : APR_EGENERAL;
}
