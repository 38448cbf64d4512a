/* SPDX-License-Identifier: Apache-2.0 */
/* The HTML serialiser. Each line of the input builds on a tree: "<name", "=name value", "-text", "[CDATA", "!comment",
 * "?instruction", ">" closes; "\n", "\r", "\t" in a text mean these characters. The tree and what a strict reader finds
 * in the HTML are both written down as one flat text; the two must be the same. */
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "render/html.h"

#include "base/banned.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
#define START           "\x01"
#define ATTRIBUTE       "\x02"
#define VALUE           "\x03"
#define END             "\x04"

static const char *const voids[] = {"area", "base", "br",    "col",    "embed", "hr",  "img", "input",
                                    "link", "meta", "param", "source", "track", "wbr", NULL};
static const char *const newline_eaters[] = {"pre", "textarea", "listing", NULL};
static const char *const codes[] = {"script", "style", NULL};
static const char *const addresses[] = {"action",   "background", "cite", "codebase", "data", "formaction", "href",
                                        "longdesc", "manifest",   "ping", "poster",   "src",  NULL};
static const char *const never[] = {"srcdoc", "style", NULL};
static const char *const schemes[] = {"http", "https", "mailto", "sms", "tel", NULL};

static const struct {
    const char *prefix, *href;
} namespaces[] = {{"svg", "http://www.w3.org/2000/svg"},
                  {"math", "http://www.w3.org/1998/Math/MathML"},
                  {"h", "http://www.w3.org/1999/xhtml"},
                  {"xlink", "http://www.w3.org/1999/xlink"},
                  {"wp", "urn:waterportal:text"}};
#define FOREIGN_COUNT 2

static bool is_in(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

static bool is_foreign(const xmlNode *node)
{
    for (size_t i = 0; node->ns && i < FOREIGN_COUNT; i++)
        if (strcmp((const char *)node->ns->href, namespaces[i].href) == 0)
            return true;
    return false;
}

/* ---- building */

static xmlNsPtr find_namespace(xmlDocPtr tree, const char *prefix)
{
    xmlNodePtr root = xmlDocGetRootElement(tree);
    if (strcmp(prefix, "xml") == 0)
        return xmlSearchNs(tree, root, BAD_CAST "xml");
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
        if (strcmp(prefix, namespaces[i].prefix) != 0)
            continue;
        xmlNsPtr known = xmlSearchNsByHref(tree, root, BAD_CAST namespaces[i].href);
        return known ? known : xmlNewNs(root, BAD_CAST namespaces[i].href, BAD_CAST prefix);
    }
    return NULL;
}

/* "prefix:name" of a known prefix, or "name"; NULL when it is none. */
static const char *take_name(xmlDocPtr tree, char *text, xmlNsPtr *ns)
{
    char *colon = strchr(text, ':');
    *ns = NULL;
    if (colon) {
        *colon = '\0';
        *ns = find_namespace(tree, text);
        text = colon + 1;
    }
    return (!colon || *ns != NULL) && isalpha((unsigned char)*text) && text[strspn(text, NAME_CHARACTERS)] == '\0'
               ? text
               : NULL;
}

static void unescape(char *text)
{
    char *to = text;
    for (; *text != '\0'; text++) {
        const char *known = *text == '\\' && text[1] != '\0' ? strchr("nrt", text[1]) : NULL;
        text += known != NULL;
        *to++ = !known ? *text : *known == 'n' ? '\n' : *known == 'r' ? '\r' : '\t';
    }
    *to = '\0';
}

static xmlNodePtr open_element(xmlDocPtr tree, xmlNodePtr parent, char *operand)
{
    xmlNsPtr ns;
    const char *name = take_name(tree, operand, &ns);

    if (!name)
        return parent;
    xmlNodePtr node = xmlNewDocRawNode(tree, ns, BAD_CAST name, NULL);
    /* in SVG there is no such element, and a browser would leave SVG for it */
    if (is_foreign(node) && (is_in(name, voids) || is_in(name, newline_eaters)))
        node->ns = NULL;
    return xmlAddChild(parent, node);
}

static void add_attribute(xmlDocPtr tree, xmlNodePtr parent, char *operand)
{
    char *space = strchr(operand, ' ');
    xmlNsPtr ns;

    if (space)
        *space = '\0';
    const char *name = take_name(tree, operand, &ns);
    if (name)
        xmlSetNsProp(parent, ns, BAD_CAST name, BAD_CAST(space ? space + 1 : ""));
}

static xmlNodePtr build_line(xmlDocPtr tree, xmlNodePtr parent, char *line)
{
    char *operand = line + 1;

    unescape(operand);
    switch (*line) {
    case '<':
        return open_element(tree, parent, operand);
    case '>':
        return parent->parent->type == XML_ELEMENT_NODE ? parent->parent : parent;
    case '=':
        add_attribute(tree, parent, operand);
        break;
    case '-':
        xmlAddChild(parent, xmlNewDocText(tree, BAD_CAST operand));
        break;
    case '[':
        xmlAddChild(parent, xmlNewCDataBlock(tree, BAD_CAST operand, (int)strlen(operand)));
        break;
    case '!':
        xmlAddChild(parent, xmlNewDocComment(tree, BAD_CAST operand));
        break;
    case '?':
        xmlAddChild(parent, xmlNewDocPI(tree, BAD_CAST "pi", BAD_CAST operand));
        break;
    }
    return parent;
}

static xmlDocPtr build(char *text)
{
    xmlDocPtr tree = xmlNewDoc(BAD_CAST "1.0");
    xmlNodePtr node = xmlNewDocRawNode(tree, NULL, BAD_CAST "html", NULL);
    char *rest;

    xmlDocSetRootElement(tree, node);
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        node = build_line(tree, node, line);
    return tree;
}

/* ---- what the tree says */

static bool is_kept_address(const char *value)
{
    char scheme[8];
    while (*value != '\0' && (unsigned char)*value <= ' ')
        value++;
    size_t length = strcspn(value, "/?#:");
    if (value[length] != ':')
        return true;
    snprintf(scheme, sizeof scheme, "%.*s", (int)(length < sizeof scheme ? length : 0), value);
    return is_in(scheme, schemes);
}

static void expect_attribute(FILE *to, const xmlAttr *attr)
{
    const char *name = (const char *)attr->name, *prefix = "";
    const char *value = attr->children ? (const char *)attr->children->content : "";

    if (attr->ns && attr->ns->prefix && strcmp((const char *)attr->ns->prefix, "xlink") == 0)
        prefix = "xlink:";
    else if (attr->ns && (strcmp((const char *)attr->ns->prefix, "xml") != 0 || strcmp(name, "lang") != 0))
        return;
    if (strncasecmp(name, "on", 2) == 0 || is_in(name, never) || (is_in(name, addresses) && !is_kept_address(value)))
        return;
    fprintf(to, ATTRIBUTE "%s%s" VALUE "%s", prefix, name, value);
}

static void expect_node(FILE *to, const xmlNode *node)
{
    const char *name = (const char *)node->name;

    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        fputs((const char *)node->content, to);
    if (node->type != XML_ELEMENT_NODE)
        return;
    fprintf(to, START "%s", name);
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
        expect_attribute(to, attr);
    fputs(END, to);
    if (is_in(name, voids))
        return;
    for (const xmlNode *child = node->children; child && !is_in(name, codes); child = child->next)
        expect_node(to, child);
    fprintf(to, START "/%s" END, name);
}

/* ---- what a browser reads: no markup but tags, every character of a text escaped */

static const char *read_characters(FILE *to, const char *html, const char *stops)
{
    static const struct {
        const char *escape;
        char character;
    } escapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#13;", '\r'}};

    while (!strchr(stops, *html)) {
        CLAIM(*html != '>' && *html != '<' && *html != '\r');
        size_t i = 0;
        while (*html == '&' && strncmp(html, escapes[i].escape, strlen(escapes[i].escape)) != 0)
            CLAIM(++i < sizeof escapes / sizeof *escapes);
        fputc(*html == '&' ? escapes[i].character : *html, to);
        html += *html == '&' ? strlen(escapes[i].escape) : 1;
    }
    return html;
}

/* URL Living Standard 4.4: the scheme of an address, in small letters; "" when it has none. */
static void read_scheme(const char *value, char *scheme, size_t size)
{
    size_t used = 0;
    while (*value != '\0' && (unsigned char)*value <= ' ')
        value++;
    for (; *value != '\0' && *value != ':'; value++) {
        if (strchr("\t\n\r", *value))
            continue;
        bool good = isalpha((unsigned char)*value) || (used > 0 && strchr("0123456789+-.", *value));
        if (!good || used + 1 == size) {
            used = 0;
            break;
        }
        scheme[used++] = (char)tolower((unsigned char)*value);
    }
    scheme[*value == ':' ? used : 0] = '\0';
}

static void check_attribute(const char *name, size_t length, const char *value)
{
    char plain[64], scheme[32];
    const char *colon = memchr(name, ':', length);

    length -= colon ? (size_t)(colon + 1 - name) : 0;
    snprintf(plain, sizeof plain, "%.*s", (int)length, colon ? colon + 1 : name);
    CLAIM(strncasecmp(plain, "on", 2) != 0 && !is_in(plain, never));
    read_scheme(value, scheme, sizeof scheme);
    CLAIM(!is_in(plain, addresses) || scheme[0] == '\0' || is_in(scheme, schemes));
}

static const char *read_attribute(FILE *to, const char *html)
{
    size_t length = strspn(html, NAME_CHARACTERS ":");
    const char *name = html;
    char *value = NULL;
    size_t size;

    CLAIM(length > 0);
    html += length;
    FILE *into = open_memstream(&value, &size);
    if (*html == '=') {
        CLAIM(html[1] == '"');
        html = read_characters(into, html + 2, "\"");
        CLAIM(*html++ == '"');
    }
    fclose(into);
    check_attribute(name, length, value);
    fprintf(to, ATTRIBUTE "%.*s" VALUE "%s", (int)length, name, value);
    free(value);
    return html;
}

static const char *read_tag(FILE *to, const char *html)
{
    char name[64];
    bool end = *html == '/';

    html += end;
    size_t length = strspn(html, NAME_CHARACTERS);
    CLAIM(length > 0);
    snprintf(name, sizeof name, "%.*s", (int)length, html);
    fprintf(to, START "%s%.*s", end ? "/" : "", (int)length, html);
    const char *whole = html;
    html += length;
    while (*html == ' ' && !end)
        html = read_attribute(to, html + 1);
    fputs(END, to);
    bool empty = strncmp(html, "/>", 2) == 0;
    if (empty)
        fprintf(to, START "/%.*s" END, (int)length, whole);
    html += empty;
    CLAIM(*html == '>' && !(empty && end));
    return html[1] == '\n' && !end && is_in(name, newline_eaters) ? html + 2 : html + 1;
}

static void read_html(FILE *to, const char *html)
{
    static const char doctype[] = "<!DOCTYPE html>\n";

    CLAIM(strncmp(html, doctype, strlen(doctype)) == 0);
    for (html += strlen(doctype); *html != '\0'; html = *html == '<' ? read_tag(to, html + 1) : html)
        html = read_characters(to, html, "<");
}

static void check(xmlDocPtr tree)
{
    apr_pool_t *pool = fuzz_pool_open();
    char *expected = NULL, *found = NULL;
    size_t expected_size, found_size;
    FILE *expect = open_memstream(&expected, &expected_size), *find = open_memstream(&found, &found_size);
    const char *html;
    apr_size_t length;

    CLAIM(wp_html_serialise(tree, pool, &html, &length) == APR_SUCCESS);
    CLAIM(strlen(html) == length);
    expect_node(expect, xmlDocGetRootElement(tree));
    read_html(find, html);
    fclose(expect);
    fclose(find);
    CLAIM(strcmp(expected, found) == 0);
    free(expected);
    free(found);
    fuzz_pool_close(pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    char *text = fuzz_text(&bytes);

    if (wp_utf8_valid(text, strlen(text))) { /* nothing else gets into a tree */
        xmlDocPtr tree = build(text);
        check(tree);
        xmlFreeDoc(tree);
    }
    free(text);
    return 0;
}
