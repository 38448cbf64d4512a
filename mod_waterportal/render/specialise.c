/* SPDX-License-Identifier: Apache-2.0 */
#include "render/specialise.h"

#include <apr_strings.h>
#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"
#define WP_NS  "urn:waterportal:text"

#define NAME_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
#define KEY_CHARS  NAME_CHARS "."

typedef struct job_t {
    const wp_specialise_t *with;
    apr_pool_t *pool;
    xmlDocPtr document;
    xmlNsPtr xsl;
    const char *wrong; /* the first error found, or NULL */
} job_t;

/* One use of a text and how its placeholders are filled. */
typedef struct use_t {
    const wp_text_t *text;
    xmlNodePtr call; /* the wp:text whose wp:with elements fill the placeholders; NULL in a message, whose arg elements
                        fill them */
    const char *number; /* the XPath expression that chooses the plural form, or NULL */
} use_t;

static void complain(job_t *job, const xmlNode *node, const char *what)
{
    if (!job->wrong)
        job->wrong = apr_psprintf(job->pool, "%s line %ld: %s", (const char *)job->document->URL, xmlGetLineNo(node),
                                  what);
}

static bool is_element(const xmlNode *node, const char *ns, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && xmlStrEqual(node->ns->href, BAD_CAST ns) &&
           (!name || xmlStrEqual(node->name, BAD_CAST name));
}

static const char *attribute(job_t *job, xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    const char *copy = value ? apr_pstrdup(job->pool, (char *)value) : NULL;
    xmlFree(value);
    return copy;
}

static const char *attribute_or(job_t *job, xmlNodePtr node, const char *name, const char *otherwise)
{
    const char *value = attribute(job, node, name);
    return value ? value : otherwise;
}

static xmlNodePtr add_element(job_t *job, xmlNodePtr parent, xmlNsPtr ns, const xmlChar *name)
{
    xmlNodePtr node = xmlNewDocRawNode(job->document, ns, name, NULL);
    node->line = parent->line; /* for the compiler's messages */
    return xmlAddChild(parent, node);
}

static xmlNodePtr add_xsl(job_t *job, xmlNodePtr parent, const char *name)
{
    return add_element(job, parent, job->xsl, BAD_CAST name);
}

static xmlNodePtr add_xsl_with(job_t *job, xmlNodePtr parent, const char *name, const char *attr, const char *value)
{
    xmlNodePtr node = add_xsl(job, parent, name);
    xmlNewProp(node, BAD_CAST attr, BAD_CAST value);
    return node;
}

/* Always wraps them in xsl:text, so that they do not merge with adjacent white space that the compiler strips. */
static void add_characters(job_t *job, xmlNodePtr parent, const char *characters, apr_size_t length)
{
    if (length == 0)
        return;
    xmlNodePtr text = xmlNewDocTextLen(job->document, BAD_CAST characters, (int)length);
    xmlAddChild(add_xsl(job, parent, "text"), text);
}

static void add_string(job_t *job, xmlNodePtr parent, const char *string)
{
    add_characters(job, parent, string, strlen(string));
}

static xmlNodePtr find_with(job_t *job, xmlNodePtr call, const char *name)
{
    for (xmlNodePtr node = xmlFirstElementChild(call); node; node = xmlNextElementSibling(node))
        if (is_element(node, WP_NS, "with") && strcmp(attribute_or(job, node, "name", ""), name) == 0)
            return node;
    return NULL;
}

static void add_placeholder(job_t *job, const use_t *use, xmlNodePtr parent, const char *name)
{
    if (!use->call) {
        xmlNodePtr apply = add_xsl_with(job, parent, "apply-templates", "select",
                                        apr_psprintf(job->pool, "arg[@name='%s']", name));
        xmlNewProp(apply, BAD_CAST "mode", BAD_CAST "value");
        return;
    }
    xmlNodePtr with = find_with(job, use->call, name);
    if (with) {
        xmlAddChildList(parent, xmlDocCopyNodeList(job->document, with->children));
    } else if (use->number && (strcmp(name, "n") == 0 || strcmp(name, use->text->count) == 0)) {
        add_xsl_with(job, parent, "value-of", "select", use->number);
    } else {
        wp_log_event(job->with->log, WP_EV_PLACEHOLDER, "%s line %ld: {%s} of %s", (const char *)job->document->URL,
                     xmlGetLineNo(use->call), name, use->text->key);
        add_string(job, parent, apr_psprintf(job->pool, "{%s}", name));
    }
}

/* The length of a "{name}" that begins at text, or 0 if there is none. */
static apr_size_t placeholder_length(const char *text)
{
    apr_size_t name = *text == '{' ? strspn(text + 1, NAME_CHARS) : 0;
    return name > 0 && text[1 + name] == '}' ? name + 2 : 0;
}

static void add_run(job_t *job, const use_t *use, xmlNodePtr parent, const char *text)
{
    const char *from = text;

    for (const char *at = text; *at != '\0';) {
        apr_size_t length = placeholder_length(at);
        if (length == 0) {
            at++;
            continue;
        }
        add_characters(job, parent, from, (apr_size_t)(at - from));
        add_placeholder(job, use, parent, apr_pstrmemdup(job->pool, at + 1, length - 2));
        from = at += length;
    }
    add_string(job, parent, from);
}

static void add_form(job_t *job, const use_t *use, xmlNodePtr parent, const xmlNode *children)
{
    for (const xmlNode *node = children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            add_run(job, use, parent, (const char *)node->content);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlNodePtr copy = add_element(job, parent, NULL, node->name);
        xmlChar *class = xmlGetNoNsProp(node, BAD_CAST "class");
        if (class)
            xmlNewProp(copy, BAD_CAST "class", class);
        xmlFree(class);
        add_form(job, use, copy, node->children);
    }
}

/* Replaces each "#" of a plural rule by the number's expression. */
static const char *plural_test(job_t *job, const char *condition, const char *number)
{
    const char *test = "";
    for (const char *hash; (hash = strchr(condition, '#')); condition = hash + 1)
        test = apr_psprintf(job->pool, "%s%.*s(%s)", test, (int)(hash - condition), condition, number);
    return apr_pstrcat(job->pool, test, condition, NULL);
}

static void add_text(job_t *job, const use_t *use, xmlNodePtr parent)
{
    if (!use->text->plurals || !use->number) {
        add_form(job, use, parent, wp_text_form(use->text, "other"));
        return;
    }
    xmlNodePtr choose = add_xsl(job, parent, "choose");
    const wp_plural_form_t *form = use->text->plurals;
    for (; form->condition; form++) {
        xmlNodePtr children = wp_text_form(use->text, form->name);
        if (children)
            add_form(job, use,
                     add_xsl_with(job, choose, "when", "test", plural_test(job, form->condition, use->number)),
                     children);
    }
    add_form(job, use, add_xsl(job, choose, "otherwise"), wp_text_form(use->text, form->name));
}

static const wp_text_t *find_text(job_t *job, const xmlNode *node, const char *key)
{
    const wp_text_t *text = wp_catalogue_find(job->with->texts, key);
    if (!text)
        wp_log_event(job->with->log, WP_EV_MESSAGE_MISSING, "%s line %ld: no language has %s",
                     (const char *)job->document->URL, xmlGetLineNo(node), key);
    return text;
}

/* Replaces node by the children of box. */
static void replace(xmlNodePtr node, xmlNodePtr box)
{
    while (box->children)
        xmlAddPrevSibling(node, box->children);
    xmlFreeNode(box);
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static xmlNodePtr make_box(job_t *job, const xmlNode *node)
{
    xmlNodePtr box = xmlNewDocRawNode(job->document, NULL, BAD_CAST "box", NULL);
    box->line = node->line;
    return box;
}

static void specialise_text(job_t *job, xmlNodePtr node)
{
    const char *key = attribute(job, node, "key");

    if (!key) {
        complain(job, node, "wp:text needs a key");
        return;
    }
    for (xmlNodePtr child = xmlFirstElementChild(node); child; child = xmlNextElementSibling(child))
        if (!is_element(child, WP_NS, "with"))
            complain(job, child, "wp:text may contain only wp:with");
    xmlNodePtr box = make_box(job, node);
    use_t use = {find_text(job, node, key), node, attribute(job, node, "n")};
    if (use.text)
        add_text(job, &use, box);
    else
        add_string(job, box, apr_psprintf(job->pool, "???%s???", key));
    replace(node, box);
}

/* Returns X if the key is PREFIX X SUFFIX, otherwise NULL. Unless there is a select, X is one word: "ask.high.title"
 * does not belong to "ask.". */
static const char *message_code(job_t *job, const char *key, xmlNodePtr node)
{
    const char *prefix = attribute_or(job, node, "prefix", ""), *suffix = attribute_or(job, node, "suffix", "");
    apr_size_t start = strlen(prefix), end = strlen(suffix), length = strlen(key);

    if (length <= start + end || strncmp(key, prefix, start) != 0 || strcmp(key + length - end, suffix) != 0)
        return NULL;
    const char *code = apr_pstrmemdup(job->pool, key + start, length - start - end);
    return !strchr(code, '.') || attribute(job, node, "select") ? code : NULL;
}

static void add_unknown_code(job_t *job, xmlNodePtr node, const char *select, xmlNodePtr parent)
{
    add_string(job, parent, apr_pstrcat(job->pool, "???", attribute(job, node, "prefix"), NULL));
    add_xsl_with(job, parent, "value-of", "select", select);
    add_string(job, parent, apr_pstrcat(job->pool, attribute_or(job, node, "suffix", ""), "???", NULL));
}

/* Writes one template that chooses by the code. With a template for each code, libxslt would try one whole pattern
 * after another. */
static void specialise_messages(job_t *job, xmlNodePtr node)
{
    const apr_array_header_t *texts = wp_catalogue_list(job->with->texts);
    const char *match = attribute_or(job, node, "match", "*");
    const char *by = apr_pstrcat(job->pool, "@", attribute_or(job, node, "by", "code"), NULL);
    const char *select = attribute_or(job, node, "select", by);
    xmlNodePtr choose = NULL;

    if (!attribute(job, node, "prefix") || node->parent != xmlDocGetRootElement(job->document)) {
        complain(job, node, "wp:messages belongs at top level and needs a prefix");
        return;
    }
    if (!attribute(job, node, "select"))
        match = apr_psprintf(job->pool, "%s[%s]", match, by);
    xmlNodePtr box = make_box(job, node);
    xmlNodePtr template = add_xsl_with(job, box, "template", "match", match);
    xmlNewProp(template, BAD_CAST "mode", BAD_CAST attribute_or(job, node, "mode", "text"));
    for (int i = 0; i < texts->nelts; i++) {
        const wp_text_t *text = APR_ARRAY_IDX(texts, i, const wp_text_t *);
        const char *code = message_code(job, text->key, node);
        if (!code)
            continue;
        use_t use = {text, NULL, apr_psprintf(job->pool, "arg[@name='%s']", text->count)};
        if (!choose)
            choose = add_xsl(job, template, "choose");
        add_text(job, &use,
                 add_xsl_with(job, choose, "when", "test", apr_psprintf(job->pool, "%s = '%s'", select, code)));
    }
    add_unknown_code(job, node, select, choose ? add_xsl(job, choose, "otherwise") : template);
    replace(node, box);
}

static void specialise_address(job_t *job, xmlNodePtr node)
{
    const char *href = attribute_or(job, node, "href", "");
    const char *address = job->with->resolve(job->with->context, href, (const char *)job->document->URL);

    if (!address)
        complain(job, node, apr_psprintf(job->pool, "may not read \"%s\"", href));
    else
        xmlSetProp(node, BAD_CAST "href", BAD_CAST address);
}

/* The characters without markup: what a text sets in bold is kept. */
static const char *characters_of(job_t *job, xmlNodePtr children)
{
    const char *characters = "";
    for (xmlNodePtr node = children; node; node = node->next) {
        if (node->type != XML_TEXT_NODE && node->type != XML_ELEMENT_NODE)
            continue;
        xmlChar *content = xmlNodeGetContent(node);
        characters = apr_pstrcat(job->pool, characters, content ? (char *)content : "", NULL);
        xmlFree(content);
    }
    return characters;
}

/* name: "readings.title", or "meter.use#one" for one plural form; a language without that form uses "other". In an
 * attribute of a literal element braces belong to XSLT, so those of a text are doubled. */
static const char *attribute_text(job_t *job, const xmlNode *node, const char *name)
{
    const char *hash = strchr(name, '#');
    const char *key = hash ? apr_pstrmemdup(job->pool, name, (apr_size_t)(hash - name)) : name;
    const wp_text_t *text = find_text(job, node, key);
    if (!text)
        return apr_psprintf(job->pool, "???%s???", key);
    xmlNodePtr form = hash ? wp_text_form(text, hash + 1) : NULL;
    const char *escaped = "", *from = characters_of(job, form ? form : wp_text_form(text, "other"));
    for (apr_size_t run; *from != '\0'; from += run + (from[run] != '\0')) {
        run = strcspn(from, "{}");
        escaped = apr_psprintf(job->pool, "%s%.*s%.*s%.*s", escaped, (int)run, from, from[run] != '\0', from + run,
                               from[run] != '\0', from + run);
    }
    return escaped;
}

static void specialise_attribute(job_t *job, xmlNodePtr node, xmlAttrPtr attr)
{
    xmlChar *value = xmlNodeListGetString(job->document, attr->children, 1);
    const char *text = (const char *)value, *done = "";
    const char *open;

    while (text && (open = strstr(text, "[["))) {
        apr_size_t length = strspn(open + 2, KEY_CHARS "#");
        bool found = length > 0 && strncmp(open + 2 + length, "]]", 2) == 0;
        const char *put = found ? attribute_text(job, node, apr_pstrmemdup(job->pool, open + 2, length)) : "[[";
        done = apr_psprintf(job->pool, "%s%.*s%s", done, (int)(open - text), text, put);
        text = open + 2 + (found ? length + 2 : 0);
    }
    if (text != (const char *)value)
        xmlSetNsProp(node, attr->ns, attr->name, BAD_CAST apr_pstrcat(job->pool, done, text, NULL));
    xmlFree(value);
}

static const struct {
    const char *ns, *name;
    void (*specialise)(job_t *job, xmlNodePtr node);
} elements[] = {{WP_NS, "text", specialise_text},
                {WP_NS, "messages", specialise_messages},
                {XSL_NS, "include", specialise_address},
                {XSL_NS, "import", specialise_address}};

static void specialise_element(job_t *job, xmlNodePtr node)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (is_element(node, elements[i].ns, elements[i].name)) {
            elements[i].specialise(job, node);
            return;
        }
    }
    if (is_element(node, WP_NS, "with") && is_element(node->parent, WP_NS, "text"))
        return;
    if (is_element(node, WP_NS, NULL))
        complain(job, node, apr_psprintf(job->pool, "wp:%s is not known here", (const char *)node->name));
    for (xmlAttrPtr attr = node->properties; attr && !is_element(node, XSL_NS, NULL); attr = attr->next)
        specialise_attribute(job, node, attr);
}

/* Children first: what fills a placeholder may itself contain texts. */
static void walk(job_t *job, xmlNodePtr node)
{
    xmlNodePtr next;

    for (xmlNodePtr child = xmlFirstElementChild(node); child; child = next) {
        next = xmlNextElementSibling(child);
        walk(job, child);
    }
    specialise_element(job, node);
}

const char *wp_specialise(const wp_specialise_t *with, xmlDocPtr stylesheet)
{
    xmlNodePtr root = xmlDocGetRootElement(stylesheet);
    job_t job = {with, with->pool, stylesheet, NULL, NULL};

    job.xsl = xmlSearchNsByHref(stylesheet, root, BAD_CAST XSL_NS);
    if (!job.xsl || !is_element(root, XSL_NS, NULL))
        complain(&job, root, "is not an XSLT stylesheet");
    else
        walk(&job, root);
    return job.wrong;
}
