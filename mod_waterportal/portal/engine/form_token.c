/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* A form may stay open for this long: a working day. An older one is shown again with what was typed. */
#define TOKEN_SECONDS (12 * 3600)

/* token = ISSUED "." PERSON "." MAC; the MAC covers both, the route and the form key. A form is thus accepted only
 * where it was made for, and the portal recognises it as its own even if nobody is logged in any more
 * (saved_form.c). */
static const char *signed_text(const wp_exchange_t *exchange, const char *issued, const char *person,
                               const char *form_key)
{
    return apr_psprintf(exchange->page.pool, "%s|%s|%s/%s|%s", issued, person, exchange->page.section->name,
                        exchange->page.route->name, form_key);
}

const char *wp_form_token_make(const wp_exchange_t *exchange, const char *form_key)
{
    const wp_page_t *page = &exchange->page;
    const char *issued = apr_psprintf(page->pool, "%" APR_INT64_T_FMT, page->clock.now);
    const char *person = page->who.identity ? page->who.identity->tag : "";
    const char *text = signed_text(exchange, issued, person, form_key);
    return apr_pstrcat(page->pool, issued, ".", person, ".",
                       wp_secret_tag(page->portal->secret, WP_PURPOSE_FORM, page->pool, text), NULL);
}

wp_form_token_state_t wp_form_token_check(const wp_exchange_t *exchange, const wp_form_t *form, const char *person,
                                          const char **owner)
{
    const wp_page_t *page = &exchange->page;
    const char *dot = form->token ? strchr(form->token, '.') : NULL;
    const char *mac = dot ? strchr(dot + 1, '.') : NULL;

    if (!mac)
        return WP_FORM_TOKEN_BAD;
    const char *issued = apr_pstrmemdup(page->pool, form->token, (apr_size_t)(dot - form->token));
    const char *holder = apr_pstrmemdup(page->pool, dot + 1, (apr_size_t)(mac - dot - 1));
    if (!wp_secret_tag_is(page->portal->secret, WP_PURPOSE_FORM, page->pool,
                          signed_text(exchange, issued, holder, form->key), mac + 1))
        return WP_FORM_TOKEN_BAD;
    if (owner)
        *owner = holder;
    if (person && strcmp(person, holder) != 0)
        return WP_FORM_TOKEN_FOREIGN;
    wp_instant_t age = page->clock.now - strtoll(issued, NULL, 10);
    return age > TOKEN_SECONDS ? WP_FORM_TOKEN_OLD : WP_FORM_TOKEN_GOOD;
}
