/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>

#include "base/banned.h"

/* A secret is made in a save(), but shown by the page after the redirect. In between it travels in a cookie that
 * only the portal can open, and only for the same person; the server stores nothing. */

#define NAME    "__Secure-wp-once"
#define SECONDS "120"

static const char *cookie(const wp_page_t *page, const char *value, const char *age)
{
    return apr_pstrcat(page->pool, NAME "=", value, "; Path=", page->request->base, page->section->path,
                       "; Max-Age=", age, "; Secure; HttpOnly; SameSite=Strict", NULL);
}

static const char *binding(const wp_page_t *page)
{
    return apr_pstrcat(page->pool, page->who.identity->tag, "|", page->section->name, NULL);
}

void wp_page_flash(wp_page_t *page, const char *text)
{
    const char *sealed = wp_secret_seal(page->portal->secret, WP_PURPOSE_ONCE, page->pool, text, binding(page));
    if (sealed)
        apr_table_setn(page->out.headers, "Set-Cookie", cookie(page, sealed, SECONDS));
}

const char *wp_page_take_flash(wp_page_t *page)
{
    if (!page->request->once_cookie)
        return NULL;
    apr_table_setn(page->out.headers, "Set-Cookie", cookie(page, "", "0"));
    return wp_secret_open(page->portal->secret, WP_PURPOSE_ONCE, page->pool, page->request->once_cookie, binding(page));
}
