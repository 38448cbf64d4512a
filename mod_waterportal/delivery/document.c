/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/document.h"

#include <apr_strings.h>
#include <string.h>

#include "base/clean.h"
#include "base/json_pool.h"
#include "base/utf8.h"
#include "domain/message_kind.h"
#include "render/xml.h"

#include "base/banned.h"

#define ARGUMENT_MAX 400 /* bytes; no value that the portal writes is longer */

/* One line: what somebody typed, or a bank said, must not look like a paragraph of ours. */
static const char *one_line(apr_pool_t *pool, const char *text)
{
    if (!wp_utf8_valid(text, strlen(text)) || strlen(text) > ARGUMENT_MAX)
        return NULL;
    char *line = apr_pstrdup(pool, wp_clean(pool, text, WP_CLEAN_TEXT));
    for (char *c = line; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    }
    return line;
}

static bool is_word(const char *text)
{
    return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
}

static void add(xmlNodePtr message, const char *name, const char *text, const char *code)
{
    xmlNodePtr node = wp_xml_text(message, "arg", text);

    if (!node)
        return;
    wp_xml_attr(node, "name", name);
    if (is_word(code))
        wp_xml_attr(node, "code", code);
}

/* What people call it; the address of an issuer says little. */
static const char *shown(apr_pool_t *pool, const wp_site_t *site, const wp_outbox_row_t *row, const char *name,
                         const char *text)
{
    const char *known = strcmp(name, "issuer") == 0 && site->issuers
                            ? apr_table_get(site->issuers, apr_pstrcat(pool, row->language, " ", text, NULL))
                            : NULL;
    return known ? known : text;
}

/* Every argument that the kind names, and no other. */
static bool add_arguments(xmlNodePtr message, apr_pool_t *pool, const wp_site_t *site, const wp_outbox_row_t *row)
{
    const char *rest = wp_message_kind_find(row->kind)->arguments;
    const json_t *object = wp_json_parse(pool, row->arguments, strlen(row->arguments), NULL);
    bool whole = true;

    while (*rest != '\0' && whole) {
        size_t length = strcspn(rest, " ");
        const char *name = apr_pstrmemdup(pool, rest, length);
        const char *text = json_string_value(json_object_get(object, name));
        text = text ? one_line(pool, text) : NULL;
        whole = text && *text != '\0';
        if (whole)
            add(message, name, shown(pool, site, row, name, text), text);
        rest += length + strspn(rest + length, " ");
    }
    return whole;
}

xmlDocPtr wp_message_document(apr_pool_t *pool, const wp_site_t *site, const wp_outbox_row_t *row,
                              wp_outbox_reason_t *reason)
{
    *reason = WP_OUTBOX_KIND;
    if (!wp_message_kind_find(row->kind))
        return NULL;
    xmlDocPtr document = wp_xml_document(pool, "message");
    xmlNodePtr message = xmlDocGetRootElement(document);
    wp_xml_attr(message, "kind", row->kind);
    wp_xml_attr(message, "channel", row->channel);
    wp_xml_attr(message, "lang", row->language);
    add(message, "site", site->name, "");
    add(message, "portal", site->portal, "");
    add(message, "phone", site->phone, "");
    add(message, "hours", site->hours, "");
    *reason = WP_OUTBOX_TEXT;
    return add_arguments(message, pool, site, row) ? document : NULL;
}
