/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xmlfile.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/banned.h"

#define FILE_MAX_BYTES (1024 * 1024)

static apr_status_t read_whole(apr_pool_t *pool, const char *path, char **bytes, apr_size_t *size)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status = apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);

    if (status != APR_SUCCESS)
        return status;
    status = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
    if (status == APR_SUCCESS && (info.filetype != APR_REG || info.size > FILE_MAX_BYTES))
        status = APR_EINVAL;
    if (status == APR_SUCCESS) {
        *bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
        status = apr_file_read_full(file, *bytes, (apr_size_t)info.size, size);
        if (APR_STATUS_IS_EOF(status))
            status = APR_SUCCESS;
    }
    apr_file_close(file);
    return status;
}

static const char *parse_error(apr_pool_t *pool, xmlParserCtxtPtr parser, const char *name)
{
    const xmlError *error = xmlCtxtGetLastError(parser);
    if (!error || !error->message)
        return apr_psprintf(pool, "%s: not well-formed XML", name);
    return apr_psprintf(pool, "%s line %d: %.*s", name, error->line, (int)strcspn(error->message, "\n"),
                        error->message);
}

static void share_dict(xmlParserCtxtPtr parser, xmlDictPtr dict)
{
    if (!dict)
        return;
    xmlDictFree(parser->dict);
    parser->dict = dict;
    xmlDictReference(dict);
}

xmlDocPtr wp_xmlfile_read(apr_pool_t *pool, const char *path, const char *name, xmlDictPtr dict, const char **why)
{
    char *bytes = NULL;
    apr_size_t size = 0;
    char reason[120];

    apr_status_t status = read_whole(pool, path, &bytes, &size);
    if (status != APR_SUCCESS) {
        *why = apr_psprintf(pool, "%s: %s", path, apr_strerror(status, reason, sizeof reason));
        return NULL;
    }
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser) {
        *why = "out of memory";
        return NULL;
    }
    share_dict(parser, dict);
    xmlDocPtr document = xmlCtxtReadMemory(parser, bytes, (int)size, name, NULL,
                                           XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR |
                                               XML_PARSE_NOWARNING);
    if (!document) {
        *why = parse_error(pool, parser, name);
    } else if (document->intSubset) {
        *why = apr_psprintf(pool, "%s: has a document type, which is not read", name);
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(parser);
    return document;
}
