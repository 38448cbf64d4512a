/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define FIRST_BYTES (32 * 1024) /* most pages fit */

#define HTML_NS   "http://www.w3.org/1999/xhtml"
#define SVG_NS    "http://www.w3.org/2000/svg"
#define MATHML_NS "http://www.w3.org/1998/Math/MathML"
#define XLINK_NS  "http://www.w3.org/1999/xlink"

typedef struct buffer_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t used, size;
    bool letter; /* may have styles */
} buffer_t;

/* HTML Living Standard 13.1.2 (void elements) and 13.2.5.1 (elements that the parser treats specially). */
typedef enum { PLAIN = 0, VOID = 1, SCRIPT = 2, EATS_NEWLINE = 4 } kind_t;

static const struct {
    const char *name;
    kind_t kind;
} special[] = {{"area", VOID},
               {"base", VOID},
               {"br", VOID},
               {"col", VOID},
               {"embed", VOID},
               {"hr", VOID},
               {"img", VOID},
               {"input", VOID},
               {"link", VOID},
               {"listing", EATS_NEWLINE},
               {"meta", VOID},
               {"param", VOID},
               {"pre", EATS_NEWLINE},
               {"script", SCRIPT},
               {"source", VOID},
               {"style", SCRIPT},
               {"textarea", EATS_NEWLINE},
               {"track", VOID},
               {"wbr", VOID}};

static const char *const address_attributes[] = {"action", "background", "cite",     "codebase", "data",   "formaction",
                                                 "href",   "longdesc",   "manifest", "ping",     "poster", "src"};
static const char *const forbidden_attributes[] = {"srcdoc"};
static const char *const allowed_schemes[] = {"http", "https", "mailto", "sms", "tel"};

/* The bytes that end a run of plain text: & < > " CR. A literal CR would be read back as a line feed. */
static const bool stops[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\r'] = true};

static void reserve(buffer_t *to, apr_size_t more)
{
    while (to->size - to->used <= more)
        to->size *= 2;
    char *bytes = apr_palloc(to->pool, to->size);
    memcpy(bytes, to->bytes, to->used);
    to->bytes = bytes;
}

static void put(buffer_t *to, const char *bytes, apr_size_t length)
{
    if (to->size - to->used <= length)
        reserve(to, length);
    memcpy(to->bytes + to->used, bytes, length);
    to->used += length;
}

static void put_string(buffer_t *to, const char *string)
{
    put(to, string, strlen(string));
}

static void put_char(buffer_t *to, char c)
{
    if (to->size - to->used <= 1)
        reserve(to, 1);
    to->bytes[to->used++] = c;
}

static void put_stop(buffer_t *to, char stop)
{
    switch (stop) {
    case '&':
        put(to, "&amp;", 5);
        break;
    case '<':
        put(to, "&lt;", 4);
        break;
    case '>':
        put(to, "&gt;", 4);
        break;
    case '"':
        put(to, "&quot;", 6);
        break;
    default:
        put(to, "&#13;", 5);
        break;
    }
}

static void put_escaped(buffer_t *to, const xmlChar *text)
{
    const xmlChar *from = text;

    for (; *text != '\0'; text++) {
        if (!stops[*text])
            continue;
        put(to, (const char *)from, (apr_size_t)(text - from));
        put_stop(to, (char)*text);
        from = text + 1;
    }
    put(to, (const char *)from, (apr_size_t)(text - from));
}

/* Comparing the first letter rules out nearly all names. */
static bool is_named(const xmlChar *name, const char *wanted)
{
    return (name[0] | 0x20) == wanted[0] && xmlStrcasecmp(name, BAD_CAST wanted) == 0;
}

static bool is_listed(const xmlChar *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_named(name, list[i]))
            return true;
    return false;
}

#define LISTED(name, list) is_listed(name, list, sizeof(list) / sizeof *(list))

static bool is_foreign(const xmlNode *node)
{
    return node->ns &&
           (xmlStrEqual(node->ns->href, BAD_CAST SVG_NS) || xmlStrEqual(node->ns->href, BAD_CAST MATHML_NS));
}

static kind_t element_kind(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (is_named(node->name, special[i].name))
            return is_foreign(node) ? special[i].kind & SCRIPT : special[i].kind;
    return PLAIN;
}

/* Reads an address as a browser does: leading blanks and control characters are skipped, and tabs and line ends are
 * removed everywhere (URL Living Standard 4.4). A scheme is therefore allowed only if it is spelled plainly. */
static bool is_safe_address(const char *address)
{
    while (*address != '\0' && (unsigned char)*address <= ' ')
        address++;
    size_t length = strcspn(address, ":/?#");
    if (address[length] != ':')
        return true;
    for (size_t i = 0; i < sizeof allowed_schemes / sizeof *allowed_schemes; i++)
        if (strlen(allowed_schemes[i]) == length &&
            xmlStrncasecmp(BAD_CAST address, BAD_CAST allowed_schemes[i], (int)length) == 0)
            return true;
    return false;
}

static bool is_safe_attribute(const buffer_t *to, const xmlChar *name, const xmlChar *value)
{
    if (is_named(name, "style"))
        return to->letter;
    if ((name[0] | 0x20) == 'o' && (name[1] | 0x20) == 'n')
        return false;
    if (LISTED(name, forbidden_attributes))
        return false;
    return !LISTED(name, address_attributes) || !value || is_safe_address((const char *)value);
}

/* HTML knows two prefixes: xlink: in SVG, and xml:lang, which becomes lang. Attributes with other prefixes are
 * dropped. */
static const char *attribute_prefix(const xmlAttr *attr)
{
    if (!attr->ns)
        return "";
    if (xmlStrEqual(attr->ns->href, BAD_CAST XLINK_NS))
        return "xlink:";
    return xmlStrEqual(attr->ns->href, XML_XML_NAMESPACE) && xmlStrEqual(attr->name, BAD_CAST "lang") ? "" : NULL;
}

static void put_attribute(buffer_t *to, const xmlAttr *attr)
{
    const char *prefix = attribute_prefix(attr);
    /* nearly always one text node; anything else is assembled first */
    bool simple = !attr->children || (!attr->children->next && attr->children->type == XML_TEXT_NODE);
    xmlChar *whole = simple ? NULL : xmlNodeListGetString(attr->doc, attr->children, 1);
    const xmlChar *value = !simple ? whole : attr->children ? attr->children->content : NULL;

    if (prefix && is_safe_attribute(to, attr->name, value)) {
        put_char(to, ' ');
        put_string(to, prefix);
        put_string(to, (const char *)attr->name);
        if (value && *value != '\0') {
            put(to, "=\"", 2);
            put_escaped(to, value);
            put_char(to, '"');
        }
    }
    xmlFree(whole);
}

static bool is_text(const xmlNode *node)
{
    return (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content;
}

/* Looks at the first thing that will be written inside the element; comments, processing instructions and empty texts
 * write nothing. */
static bool begins_with_newline(const xmlNode *node)
{
    const xmlNode *first = node->children;
    while (first && first->type != XML_ELEMENT_NODE && (!is_text(first) || first->content[0] == '\0'))
        first = first->next;
    return first && is_text(first) && first->content[0] == '\n';
}

/* True if the element is left open: its children follow, then put_end. */
static bool put_start(buffer_t *to, const xmlNode *node, kind_t kind)
{
    put_char(to, '<');
    put_string(to, (const char *)node->name);
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
        put_attribute(to, attr);
    if (!node->children && is_foreign(node)) {
        put(to, "/>", 2);
        return false;
    }
    put_char(to, '>');
    if (kind == EATS_NEWLINE && begins_with_newline(node))
        put_char(to, '\n');
    return kind != VOID;
}

static void put_end(buffer_t *to, const xmlNode *node)
{
    put(to, "</", 2);
    put_string(to, (const char *)node->name);
    put_char(to, '>');
}

/* The style sheet of a letter, whose text is not escaped: it must not end the element, nor begin another one. */
static void put_style(buffer_t *to, const xmlNode *node)
{
    for (const xmlNode *text = node->children; text; text = text->next) {
        if (is_text(text) && !xmlStrchr(text->content, '<'))
            put_string(to, (const char *)text->content);
    }
}

/* Writes the node itself; true if its children are to be written next. */
static bool put_node(buffer_t *to, const xmlNode *node)
{
    if (is_text(node))
        put_escaped(to, node->content);
    if (node->type != XML_ELEMENT_NODE)
        return false;
    kind_t kind = element_kind(node);
    if (!put_start(to, node, kind))
        return false;
    if (node->children && kind != SCRIPT)
        return true;
    if (to->letter && is_named(node->name, "style") && !is_foreign(node))
        put_style(to, node);
    put_end(to, node);
    return false;
}

/* Does not recurse, because the depth of the tree is not under our control. */
static void put_tree(buffer_t *to, const xmlDoc *tree)
{
    const xmlNode *node = tree->children;

    while (node) {
        if (put_node(to, node)) {
            node = node->children;
            continue;
        }
        while (!node->next && node->parent && node->parent != (const xmlNode *)tree) {
            node = node->parent;
            put_end(to, node);
        }
        node = node->next;
    }
}

static void end_text(buffer_t *to, const char **text, apr_size_t *length)
{
    *length = to->used;
    reserve(to, 1);
    to->bytes[to->used] = '\0';
    *text = to->bytes;
}

/* libxslt merges adjacent text nodes, and a text result contains nothing else. */
apr_status_t wp_text_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **text, apr_size_t *length)
{
    buffer_t to = {.pool = pool, .bytes = apr_palloc(pool, FIRST_BYTES), .size = FIRST_BYTES};

    for (const xmlNode *node = tree->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE && node->content)
            put_string(&to, (const char *)node->content);
    }
    end_text(&to, text, length);
    return APR_SUCCESS;
}

static apr_status_t serialise(xmlDocPtr tree, apr_pool_t *pool, bool letter, const char **html, apr_size_t *length)
{
    buffer_t to = {.pool = pool, .bytes = apr_palloc(pool, FIRST_BYTES), .size = FIRST_BYTES, .letter = letter};

    put_string(&to, "<!DOCTYPE html>\n");
    put_tree(&to, tree);
    end_text(&to, html, length);
    return APR_SUCCESS;
}

apr_status_t wp_html_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **html, apr_size_t *length)
{
    return serialise(tree, pool, false, html, length);
}

apr_status_t wp_letter_serialise(xmlDocPtr tree, apr_pool_t *pool, const char **html, apr_size_t *length)
{
    return serialise(tree, pool, true, html, length);
}
