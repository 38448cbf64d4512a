/* SPDX-License-Identifier: Apache-2.0 */
#include "render/stylesheet.h"

#include <apr_file_info.h>
#include <apr_strings.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "render/former_names.h"
#include "render/specialise.h"
#include "render/xmlfile.h"

#include "base/banned.h"

#define OURS "waterportal:"
#define SITE "site:"

#define ERROR_MAX_BYTES 1024

typedef struct job_t {
    const wp_stylesheet_source_t *source;
    bool of_site;
    char error[ERROR_MAX_BYTES]; /* the first errors, on one line */
} job_t;

/* What other modules may have set in libxslt (process-wide) and libxml2 (this thread). */
typedef struct globals_t {
    xsltDocLoaderFunc loader;
    xsltSecurityPrefsPtr preferences;
    xmlGenericErrorFunc xslt_error;
    void *xslt_context;
    xmlStructuredErrorFunc xml_error;
    void *xml_context;
} globals_t;

/* libxslt gives its loader no context when a stylesheet is read. */
static job_t *compiling;

static void note(job_t *job, const char *text)
{
    size_t used = strlen(job->error);
    for (; *text != '\0' && used + 1 < sizeof job->error; text++)
        job->error[used++] = *text == '\n' ? ' ' : *text;
    job->error[used] = '\0';
}

static void note_xslt_error(void *context, const char *format, ...)
{
    char text[ERROR_MAX_BYTES];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    note(context, text);
}

static void note_xml_error(void *context, xmlErrorPtr error)
{
    note(context, error->message ? error->message : "XPath error");
    if (error->str1)
        note(context, error->str1);
}

/* Accepts a relative name below one of the directories. */
static bool valid_name(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".xsl") == 0 && *name != '/' && !strstr(name, "..") &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")] == '\0';
}

static const char *file_path(apr_pool_t *pool, const char *directory, const char *name)
{
    return apr_pstrcat(pool, directory, "/", name, NULL);
}

static bool site_has(const wp_stylesheet_source_t *source, const char *name)
{
    apr_finfo_t info;
    return name && source->site_directory &&
           apr_stat(&info, file_path(source->pool, source->site_directory, name), APR_FINFO_TYPE, source->pool) ==
               APR_SUCCESS;
}

/* The site's file under its current name or its former one, otherwise the portal's. */
static const char *address_of(job_t *job, const char *asked)
{
    const wp_stylesheet_source_t *source = job->source;

    if (!valid_name(asked))
        return NULL;
    const char *name = wp_stylesheet_name(asked), *former = wp_stylesheet_former_name(name);
    const char *of_site = site_has(source, name) ? name : site_has(source, former) ? former : NULL;
    if (!of_site)
        return apr_pstrcat(source->pool, OURS, name, NULL);
    job->of_site = true;
    return apr_pstrcat(source->pool, SITE, of_site, NULL);
}

/* For a name that a stylesheet requests with "waterportal:". */
static const char *address_of_ours(job_t *job, const char *name)
{
    return valid_name(name) ? apr_pstrcat(job->source->pool, OURS, wp_stylesheet_name(name), NULL) : NULL;
}

/* The name without the scheme, or NULL if the scheme is not one of the two. */
static const char *name_in(const char *address)
{
    if (strncmp(address, OURS, strlen(OURS)) == 0)
        return address + strlen(OURS);
    return strncmp(address, SITE, strlen(SITE)) == 0 ? address + strlen(SITE) : NULL;
}

static const char *resolve(void *context, const char *href, const char *from)
{
    job_t *job = context;
    apr_pool_t *pool = job->source->pool;
    const char *base = name_in(from), *slash = strrchr(base, '/');
    char *name;

    if (strncmp(href, OURS, strlen(OURS)) == 0)
        return address_of_ours(job, href + strlen(OURS));
    if (strchr(href, ':') || *href == '/')
        return NULL;
    const char *directory = slash ? apr_pstrmemdup(pool, base, (apr_size_t)(slash - base)) : "";
    if (apr_filepath_merge(&name, directory, href, APR_FILEPATH_NOTABSOLUTE, pool) != APR_SUCCESS)
        return NULL;
    return address_of(job, name);
}

static xmlDocPtr read_stylesheet(job_t *job, const char *address, xmlDictPtr dict)
{
    const wp_stylesheet_source_t *source = job->source;
    const char *name = name_in(address), *why = NULL;

    if (!name || !valid_name(name)) {
        note(job, apr_psprintf(source->pool, "may not read \"%s\"", address));
        return NULL;
    }
    const char *directory = strncmp(address, SITE, strlen(SITE)) == 0 ? source->site_directory : source->directory;
    xmlDocPtr document = wp_xmlfile_read(source->pool, file_path(source->pool, directory, name), address, dict, &why);
    if (document) {
        wp_specialise_t with = {source->pool, source->texts, source->log, resolve, job};
        why = wp_specialise(&with, document);
    }
    if (!why)
        return document;
    note(job, why);
    note(job, " ");
    xmlFreeDoc(document);
    return NULL;
}

static xmlDocPtr load(const xmlChar *uri, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
    (void)options;
    (void)context;
    return type == XSLT_LOAD_STYLESHEET ? read_stylesheet(compiling, (const char *)uri, dict) : NULL;
}

static void take_globals(globals_t *saved, job_t *job)
{
    *saved = (globals_t){xsltDocDefaultLoader, xsltGetDefaultSecurityPrefs(), xsltGenericError, xsltGenericErrorContext,
                         xmlStructuredError,   xmlStructuredErrorContext};
    compiling = job;
    xsltSetLoaderFunc(load);
    xsltSetDefaultSecurityPrefs(NULL);
    xsltSetGenericErrorFunc(job, note_xslt_error);
    xmlSetStructuredErrorFunc(job, note_xml_error);
}

static void give_globals_back(const globals_t *saved)
{
    xmlSetStructuredErrorFunc(saved->xml_context, saved->xml_error);
    xsltSetGenericErrorFunc(saved->xslt_context, saved->xslt_error);
    xsltSetDefaultSecurityPrefs(saved->preferences);
    xsltSetLoaderFunc(saved->loader);
    compiling = NULL;
}

/* Treats what libxslt only warns about (an include that did not load) as a failure. */
static xsltStylesheetPtr compile(job_t *job, const char *address)
{
    xmlDocPtr document = read_stylesheet(job, address, NULL);
    if (!document)
        return NULL;
    xsltStylesheetPtr compiled = xsltParseStylesheetDoc(document);
    if (!compiled)
        xmlFreeDoc(document);
    if (compiled && job->error[0] != '\0') {
        xsltFreeStylesheet(compiled);
        compiled = NULL;
    }
    return compiled;
}

wp_stylesheet_t wp_stylesheet_compile(const wp_stylesheet_source_t *source, const char *name)
{
    job_t job = {.source = source};
    globals_t saved;
    wp_stylesheet_t made = {NULL, false, NULL};
    const char *address = address_of(&job, apr_pstrcat(source->pool, name, ".xsl", NULL));

    if (!address) {
        made.why = apr_psprintf(source->pool, "\"%s\" is not a stylesheet's name", name);
        return made;
    }
    take_globals(&saved, &job);
    made.compiled = compile(&job, address);
    give_globals_back(&saved);
    made.of_site = job.of_site;
    if (!made.compiled)
        made.why = apr_pstrdup(source->pool, job.error[0] != '\0' ? job.error : address);
    return made;
}
