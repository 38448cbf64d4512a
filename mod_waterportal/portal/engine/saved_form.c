/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/random.h"

#include "data/date_text.h"
#include "store/saved_forms.h"

#include "base/banned.h"

/* What was typed survives the end of the session. The request is answered with 401 and httpd calls the portal for the
 * error document, which keeps the body, sealed for its person and route, if its form token proves that the portal made
 * the form (docs/identity.md, hole 5). */

#define KEPT_SECONDS 3600

/* A form on its way into the database. */
typedef struct keeping_t {
    wp_saved_form_t form;
    const char *now;
} keeping_t;

static apr_status_t save(wp_db_t *db, void *baton)
{
    const keeping_t *keeping = baton;
    return wp_saved_form_add(db, &keeping->form, keeping->now);
}

static const char *route_label(const wp_exchange_t *exchange)
{
    return apr_pstrcat(exchange->page.pool, exchange->page.section->name, "/", exchange->page.route->name, NULL);
}

static const char *seal_label(const wp_exchange_t *exchange, const char *owner)
{
    return apr_pstrcat(exchange->page.pool, owner, "|", route_label(exchange), NULL);
}

/* Stores the failed request's body for its owner. Returns the id, or NULL if the form is not the portal's or could not
 * be kept. */
static const char *keep_for(wp_exchange_t *exchange, const char *owner, const char *body)
{
    apr_pool_t *pool = exchange->page.pool;
    const wp_portal_t *portal = exchange->page.portal;
    const char *sealed = wp_secret_seal(portal->secret, WP_PURPOSE_PARK, pool, body, seal_label(exchange, owner));
    keeping_t keeping = {.form = {.id = wp_random_id(pool),
                                  .person = owner,
                                  .route = route_label(exchange),
                                  .sealed = sealed,
                                  .expires = wp_instant_text(pool, exchange->page.clock.now + KEPT_SECONDS)},
                         .now = exchange->page.clock.now_text};
    apr_status_t status = wp_db_transact(exchange->source, WP_DB_WRITE, pool, save, &keeping);

    return status == APR_SUCCESS ? keeping.form.id : NULL;
}

const char *wp_saved_form_keep(wp_exchange_t *exchange)
{
    wp_form_t *form = wp_form_make(exchange->page.pool, exchange->page.route->form);
    const char *owner = NULL;

    if (!exchange->body || !wp_form_take(form, exchange->body) ||
        wp_form_token_check(exchange, form, NULL, &owner) == WP_FORM_TOKEN_BAD)
        return NULL;
    return keep_for(exchange, owner, exchange->page.request->body->bytes);
}

const char *wp_saved_form_page(const wp_exchange_t *exchange, const char *id)
{
    apr_pool_t *pool = exchange->page.pool;
    const char *url = apr_pstrcat(pool, exchange->page.request->base, exchange->page.request->path, NULL);
    const char *mark = "?";

    for (int i = 0; i < exchange->query->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(exchange->query, i, wp_pair_t);
        if (strcmp(pair->name, "parked") == 0)
            continue;
        url = apr_pstrcat(pool, url, mark, wp_urlencode(pool, pair->name), "=", wp_urlencode(pool, pair->value), NULL);
        mark = "&";
    }
    return id ? apr_pstrcat(pool, url, mark, "parked=", id, NULL) : url;
}

apr_status_t wp_saved_form_restore(wp_exchange_t *exchange)
{
    wp_page_t *page = &exchange->page;
    const wp_saved_form_t wanted = {.id = wp_page_input(page, "parked"),
                                    .person = page->who.identity->tag,
                                    .route = route_label(exchange)};
    apr_array_header_t *pairs;
    const char *sealed = NULL;

    if (!wanted.id || page->form->submitted)
        return APR_SUCCESS;
    apr_status_t status = wp_saved_form_find(page->db, &wanted, page->clock.now_text, &sealed);
    if (status != APR_SUCCESS || !sealed)
        return status;
    const char *body = wp_secret_open(page->portal->secret, WP_PURPOSE_PARK, page->pool, sealed,
                                      seal_label(exchange, wanted.person));
    exchange->restored = body && wp_pairs_parse(&pairs, page->pool, body, strlen(body)) == APR_SUCCESS &&
                         wp_form_restore(page->form, pairs);
    return APR_SUCCESS;
}
