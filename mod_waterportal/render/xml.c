/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xml.h"

#include <apr_strings.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define INT64_TEXT  24

static atomic_ulong replaced_bytes;

/* A copy of text in which U+FFFD replaces each byte that is not part of a valid character. The caller frees it with
 * xmlFree. */
static xmlChar *clean_copy(const char *text, size_t length)
{
    char *copy = xmlMalloc(length * strlen(REPLACEMENT) + 1);
    char *to = copy;
    unsigned long replaced = 0;

    if (!copy)
        return NULL;
    for (size_t step; length > 0; text += step, length -= step) {
        size_t good = wp_utf8_next(text, length);
        const char *from = good > 0 ? text : REPLACEMENT;
        size_t bytes = good > 0 ? good : strlen(REPLACEMENT);
        memcpy(to, from, bytes);
        to += bytes;
        replaced += good == 0;
        step = good > 0 ? good : 1;
    }
    *to = '\0';
    atomic_fetch_add_explicit(&replaced_bytes, replaced, memory_order_relaxed);
    return (xmlChar *)copy;
}

/* This function and the next take text as characters, not as markup with entities (docs/platform.md, X1). */
static xmlNodePtr add_text_element(xmlNodePtr parent, const char *name, const xmlChar *text)
{
    if (!parent)
        abort(); /* libxml2 would drop the element without a word, and with it a part of the page */
    return xmlNewTextChild(parent, NULL, BAD_CAST name, text);
}

static void set_attribute(xmlNodePtr node, const char *name, const xmlChar *value)
{
    xmlSetProp(node, BAD_CAST name, value);
}

static apr_status_t free_document(void *document)
{
    xmlFreeDoc(document);
    return APR_SUCCESS;
}

xmlDocPtr wp_xml_document(apr_pool_t *pool, const char *root)
{
    xmlDocPtr document = xmlNewDoc(BAD_CAST "1.0");
    if (!document)
        return NULL;
    apr_pool_cleanup_register(pool, document, free_document, apr_pool_cleanup_null);
    xmlDocSetRootElement(document, xmlNewDocRawNode(document, NULL, BAD_CAST root, NULL));
    return document;
}

xmlNodePtr wp_xml_child(xmlNodePtr parent, const char *name)
{
    return add_text_element(parent, name, NULL);
}

xmlNodePtr wp_xml_text(xmlNodePtr parent, const char *name, const char *text)
{
    if (!text)
        return NULL;
    size_t length = strlen(text);
    if (wp_utf8_valid(text, length))
        return add_text_element(parent, name, BAD_CAST text);
    xmlChar *clean = clean_copy(text, length);
    xmlNodePtr node = add_text_element(parent, name, clean);
    xmlFree(clean);
    return node;
}

xmlNodePtr wp_xml_int(xmlNodePtr parent, const char *name, int64_t value)
{
    char text[INT64_TEXT];
    snprintf(text, sizeof text, "%" PRId64, value);
    return add_text_element(parent, name, BAD_CAST text);
}

xmlNodePtr wp_xml_typed(xmlNodePtr parent, const char *name, const char *type, const char *text)
{
    xmlNodePtr node = wp_xml_text(parent, name, text);
    if (node)
        wp_xml_attr(node, "t", type);
    return node;
}

void wp_xml_attr(xmlNodePtr node, const char *name, const char *value)
{
    if (!value)
        return;
    size_t length = strlen(value);
    if (wp_utf8_valid(value, length)) {
        set_attribute(node, name, BAD_CAST value);
        return;
    }
    xmlChar *clean = clean_copy(value, length);
    set_attribute(node, name, clean);
    xmlFree(clean);
}

void wp_xml_attr_int(xmlNodePtr node, const char *name, int64_t value)
{
    char text[INT64_TEXT];
    snprintf(text, sizeof text, "%" PRId64, value);
    set_attribute(node, name, BAD_CAST text);
}

const char *wp_xml_serialise(xmlDocPtr document, apr_pool_t *pool, apr_size_t *length)
{
    xmlChar *text = NULL;
    int size = 0;

    xmlDocDumpMemoryEnc(document, &text, &size, "UTF-8");
    char *copy = apr_pstrmemdup(pool, text ? (char *)text : "", (apr_size_t)size);
    xmlFree(text);
    if (length)
        *length = (apr_size_t)size;
    return copy;
}

unsigned long wp_xml_replaced(void)
{
    return atomic_load_explicit(&replaced_bytes, memory_order_relaxed);
}
