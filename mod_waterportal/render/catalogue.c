/* SPDX-License-Identifier: Apache-2.0 */
#include "render/catalogue.h"

#include <apr_file_info.h>
#include <apr_hash.h>
#include <apr_strings.h>
#include <stdbool.h>
#include <string.h>

#include "render/xmlfile.h"

#include "base/banned.h"

struct wp_catalogue_t {
    apr_hash_t *by_key;
    apr_array_header_t *list;
};

typedef struct file_t {
    apr_pool_t *pool;
    const char *name; /* "l10n/lv.xml", for messages */
    const wp_plural_form_t *plurals;
    const char *why; /* what is wrong, or NULL */
} file_t;

/* Unicode CLDR, cardinal plural rules, for whole numbers. */
static const wp_plural_form_t plurals_en[] = {{"one", "# = 1"}, {"other", NULL}};
static const wp_plural_form_t plurals_lv[] = {{"one", "# mod 10 = 1 and # mod 100 != 11"}, {"other", NULL}};
static const wp_plural_form_t plurals_ru[] =
    {{"one", "# mod 10 = 1 and # mod 100 != 11"},
     {"few", "# mod 10 >= 2 and # mod 10 <= 4 and (# mod 100 < 12 or # mod 100 > 14)"},
     {"many", "# mod 10 = 0 or # mod 10 >= 5 or (# mod 100 >= 11 and # mod 100 <= 14)"},
     {"other", NULL}};
static const struct {
    const char *name;
    const wp_plural_form_t *forms;
} plural_rules[] = {{"en", plurals_en}, {"lv", plurals_lv}, {"ru", plurals_ru}};

static const char *const inline_elements[] = {"b", "br", "code", "span", "strong"};

static wp_catalogue_t *make_catalogue(apr_pool_t *pool)
{
    wp_catalogue_t *catalogue = apr_palloc(pool, sizeof *catalogue);
    *catalogue = (wp_catalogue_t){apr_hash_make(pool), apr_array_make(pool, 256, sizeof(const wp_text_t *))};
    return catalogue;
}

static void append(wp_catalogue_t *catalogue, const wp_text_t *text)
{
    apr_hash_set(catalogue->by_key, text->key, APR_HASH_KEY_STRING, text);
    APR_ARRAY_PUSH(catalogue->list, const wp_text_t *) = text;
}

static const char *attribute(apr_pool_t *pool, xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    const char *copy = value ? apr_pstrdup(pool, (char *)value) : NULL;
    xmlFree(value);
    return copy;
}

static void complain(file_t *file, xmlNodePtr node, const char *what)
{
    if (!file->why)
        file->why = apr_psprintf(file->pool, "%s line %ld: %s", file->name, xmlGetLineNo(node), what);
}

static bool is_inline(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof inline_elements / sizeof *inline_elements; i++)
        if (xmlStrEqual(node->name, BAD_CAST inline_elements[i]))
            return true;
    return false;
}

/* A text consists of characters and a few inline elements, whose only permitted attribute is class. */
static void check_inline(file_t *file, xmlNodePtr children)
{
    for (xmlNodePtr node = children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (!is_inline(node))
            complain(file, node, "a text may contain only b, br, code, span and strong");
        for (xmlAttrPtr attr = node->properties; attr; attr = attr->next)
            if (!xmlStrEqual(attr->name, BAD_CAST "class"))
                complain(file, node, "an element in a text may have only the attribute class");
        check_inline(file, node->children);
    }
}

static bool known_form(const wp_plural_form_t *forms, const char *name)
{
    while (strcmp(forms->name, name) != 0) {
        if (!forms->condition)
            return false;
        forms++;
    }
    return true;
}

/* True if the text is written in plural forms. Each of them must then be a form of the language, and "other" must be
 * among them. */
static bool check_forms(file_t *file, xmlNodePtr text)
{
    bool forms = false, other = false;

    for (xmlNodePtr node = xmlFirstElementChild(text); node; node = xmlNextElementSibling(node)) {
        if (is_inline(node) && !forms)
            return false;
        forms = true;
        other = other || xmlStrEqual(node->name, BAD_CAST "other");
        if (!known_form(file->plurals, (const char *)node->name))
            complain(file, node, "not a plural form of this language");
        check_inline(file, node->children);
    }
    if (forms && !other)
        complain(file, text, "the plural form <other> is missing");
    return forms;
}

static bool valid_key(const char *key)
{
    return key && *key != '\0' &&
           key[strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

static void add_text(file_t *file, wp_catalogue_t *own, xmlNodePtr node)
{
    const char *key = attribute(file->pool, node, "key");
    const char *count = attribute(file->pool, node, "count");

    if (!xmlStrEqual(node->name, BAD_CAST "text") || !valid_key(key)) {
        complain(file, node, "expected <text key=\"…\"> with letters, digits, '.', '_' and '-' in the key");
        return;
    }
    if (wp_catalogue_find(own, key))
        complain(file, node, "the key occurs twice");
    bool forms = check_forms(file, node);
    if (!forms)
        check_inline(file, node->children);
    wp_text_t *text = apr_palloc(file->pool, sizeof *text);
    *text = (wp_text_t){key, count ? count : "n", forms ? file->plurals : NULL, node};
    append(own, text);
}

static const wp_plural_form_t *find_plurals(const char *name)
{
    for (size_t i = 0; name && i < sizeof plural_rules / sizeof *plural_rules; i++)
        if (strcmp(plural_rules[i].name, name) == 0)
            return plural_rules[i].forms;
    return NULL;
}

static apr_status_t free_document(void *document)
{
    xmlFreeDoc(document);
    return APR_SUCCESS;
}

static wp_catalogue_t *read_texts(file_t *file, const char *path)
{
    wp_catalogue_t *own = make_catalogue(file->pool);
    xmlDocPtr document = wp_xmlfile_read(file->pool, path, file->name, NULL, &file->why);

    if (!document)
        return own;
    apr_pool_cleanup_register(file->pool, document, free_document, apr_pool_cleanup_null);
    xmlNodePtr root = xmlDocGetRootElement(document);
    file->plurals = find_plurals(attribute(file->pool, root, "plural"));
    if (!xmlStrEqual(root->name, BAD_CAST "texts") || !file->plurals) {
        complain(file, root, "expected <texts lang=\"…\" plural=\"en|lv|ru\">");
        return own;
    }
    for (xmlNodePtr node = xmlFirstElementChild(root); node; node = xmlNextElementSibling(node))
        add_text(file, own, node);
    return own;
}

/* Adds the texts whose keys are not present yet, so the file read first has precedence. added: receives their keys; may
 * be NULL. */
static void merge(wp_catalogue_t *into, const wp_catalogue_t *from, apr_array_header_t *added)
{
    for (int i = 0; i < from->list->nelts; i++) {
        const wp_text_t *text = APR_ARRAY_IDX(from->list, i, const wp_text_t *);
        if (wp_catalogue_find(into, text->key))
            continue;
        append(into, text);
        if (added)
            APR_ARRAY_PUSH(added, const char *) = text->key;
    }
}

/* A directory without the file adds nothing: a site need not have the file, and a language may exist only at the
 * site. */
static apr_status_t merge_file(wp_catalogue_t *into, const char *directory, const char *name, file_t *file)
{
    apr_finfo_t info;
    const char *path = apr_pstrcat(file->pool, directory, "/", name, NULL);

    if (!directory || apr_stat(&info, path, APR_FINFO_TYPE, file->pool) != APR_SUCCESS)
        return APR_ENOENT;
    const wp_catalogue_t *texts = read_texts(file, path);
    if (file->why)
        return APR_EGENERAL;
    merge(into, texts, NULL);
    return APR_SUCCESS;
}

static apr_status_t load_language(wp_catalogue_t **made, apr_pool_t *pool, const wp_catalogue_source_t *source,
                                  const char *language)
{
    wp_catalogue_t *catalogue = make_catalogue(pool);
    const char *name = apr_psprintf(pool, "l10n/%s.xml", language);
    file_t site = {pool, apr_pstrcat(pool, "site:", name, NULL), NULL, NULL};
    file_t ours = {pool, name, NULL, NULL};

    apr_status_t site_status = merge_file(catalogue, source->site_directory, name, &site);
    if (site_status == APR_EGENERAL)
        wp_log_event(source->log, WP_EV_STYLESHEET, "%s", site.why);
    apr_status_t status = merge_file(catalogue, source->directory, name, &ours);
    if (status == APR_EGENERAL)
        wp_log_event(source->log, WP_EV_STYLESHEET, "%s", ours.why);
    else if (status == APR_ENOENT && site_status == APR_SUCCESS)
        status = APR_SUCCESS;
    else if (status == APR_ENOENT)
        wp_log_event(source->log, WP_EV_STYLESHEET, "%s/%s does not exist", source->directory, name);
    *made = status == APR_SUCCESS ? catalogue : NULL;
    return status;
}

apr_status_t wp_catalogue_load(wp_catalogue_t **catalogue, apr_pool_t *pool, const wp_catalogue_source_t *source,
                               const char *language)
{
    wp_catalogue_t *fallback;
    apr_status_t status = load_language(catalogue, pool, source, language);

    if (status != APR_SUCCESS || strcmp(language, source->fallback) == 0)
        return status;
    status = load_language(&fallback, pool, source, source->fallback);
    if (status != APR_SUCCESS)
        return status;
    apr_array_header_t *missing = apr_array_make(pool, 8, sizeof(const char *));
    merge(*catalogue, fallback, missing);
    if (missing->nelts > 0)
        wp_log_event(source->log, WP_EV_MESSAGE_MISSING, "l10n/%s.xml lacks %d: %s", language, missing->nelts,
                     apr_array_pstrcat(pool, missing, ' '));
    return APR_SUCCESS;
}

const wp_text_t *wp_catalogue_find(const wp_catalogue_t *catalogue, const char *key)
{
    return apr_hash_get(catalogue->by_key, key, APR_HASH_KEY_STRING);
}

const apr_array_header_t *wp_catalogue_list(const wp_catalogue_t *catalogue)
{
    return catalogue->list;
}

xmlNodePtr wp_text_form(const wp_text_t *text, const char *form)
{
    for (xmlNodePtr node = xmlFirstElementChild(text->node); text->plurals && node; node = xmlNextElementSibling(node))
        if (xmlStrEqual(node->name, BAD_CAST form))
            return node->children;
    return !text->plurals ? text->node->children : NULL;
}
