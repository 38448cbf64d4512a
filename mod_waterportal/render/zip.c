/* SPDX-License-Identifier: Apache-2.0 */
#include "render/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>

#include "base/banned.h"

struct wp_zip_t {
    struct archive *archive;
    apr_file_t *file;
    apr_off_t length;
    int64_t at;
    bool bad; /* a write failed, or the archive exceeded its limit */
};

/* Never reports an error: libarchive leaks its compressor (270 KB) if an entry cannot be written completely. */
static la_ssize_t take_bytes(struct archive *archive, void *context, const void *bytes, size_t length)
{
    wp_zip_t *zip = context;
    (void)archive;

    zip->length += (apr_off_t)length;
    zip->bad = zip->bad || zip->length > WP_ZIP_MAX ||
               apr_file_write_full(zip->file, bytes, length, NULL) != APR_SUCCESS;
    return (la_ssize_t)length;
}

static apr_status_t free_archive(void *baton)
{
    wp_zip_t *zip = baton;
    if (zip->archive)
        archive_write_free(zip->archive);
    zip->archive = NULL;
    return APR_SUCCESS;
}

/* The size of an entry is known only at its end and is written after it. 64-bit sizes, which older programs cannot
 * read, are not needed, because an archive larger than WP_ZIP_MAX is refused. */
static bool set_up(struct archive *archive, wp_zip_t *zip)
{
    return archive_write_set_format_zip(archive) == ARCHIVE_OK &&
           archive_write_zip_set_compression_deflate(archive) == ARCHIVE_OK &&
           archive_write_set_format_option(archive, "zip", "zip64", NULL) == ARCHIVE_OK &&
           archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
           archive_write_open(archive, zip, NULL, take_bytes, NULL) == ARCHIVE_OK;
}

wp_zip_t *wp_zip_open(apr_pool_t *pool, apr_file_t *file, int64_t at)
{
    wp_zip_t *zip = apr_pcalloc(pool, sizeof *zip);

    zip->file = file;
    zip->at = at;
    zip->archive = archive_write_new();
    apr_pool_cleanup_register(pool, zip, free_archive, apr_pool_cleanup_null);
    return zip->archive && set_up(zip->archive, zip) ? zip : NULL;
}

void wp_zip_begin(wp_zip_t *zip, const char *name)
{
    struct archive_entry *entry = archive_entry_new();

    if (!entry) {
        zip->bad = true;
        return;
    }
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, (time_t)zip->at, 0);
    zip->bad = archive_write_header(zip->archive, entry) != ARCHIVE_OK || zip->bad;
    archive_entry_free(entry);
}

void wp_zip_add(wp_zip_t *zip, const char *bytes, apr_size_t length)
{
    zip->bad = zip->bad || archive_write_data(zip->archive, bytes, length) != (la_ssize_t)length;
}

apr_status_t wp_zip_end(wp_zip_t *zip, apr_off_t *length)
{
    bool good = archive_write_close(zip->archive) == ARCHIVE_OK && !zip->bad;

    free_archive(zip);
    *length = good ? zip->length : 0;
    return good ? apr_file_flush(zip->file) : APR_EGENERAL;
}
