/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xmlfile.h"

#include <apr_strings.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/file.h"

#include "base/banned.h"

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
    wp_file_t file;

    if (wp_file_read(&file, pool, path, why) != APR_SUCCESS)
        return NULL;
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser) {
        *why = "out of memory";
        return NULL;
    }
    share_dict(parser, dict);
    xmlDocPtr document = xmlCtxtReadMemory(parser, file.bytes, (int)file.length, name, NULL,
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
