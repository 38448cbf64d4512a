/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/engine/exchange.h"

#include <apr_strings.h>
#include <string.h>
#include <strings.h>

#include "crypto/digest.h"
#include "service/access_token.h"

#include "data/date_text.h"
#include "store/tokens.h"

#include "base/banned.h"

/* Personal access tokens (RFC 6750). Only the Authorization header is accepted: an address with a token in it would end
 * up in logs. The portal stores only the SHA-256 of a token. */

#define SCHEME     "Bearer"
#define CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/="
#define LENGTH_MAX 200

/* The name of the scheme is case-insensitive (RFC 9110 section 11.1). */
const char *wp_access_token_take(wp_exchange_t *exchange)
{
    const char *header = exchange->page.request->authorization;
    size_t scheme = sizeof SCHEME - 1;

    if (!header || strncasecmp(header, SCHEME, scheme) != 0 || (header[scheme] != ' ' && header[scheme] != '\0'))
        return "";
    const char *token = header + scheme + strspn(header + scheme, " ");
    size_t length = strlen(token);
    if (length == 0 || length > LENGTH_MAX || strspn(token, CHARACTERS) != length)
        return "invalid_token";
    exchange->access_token_hash = wp_digest(exchange->page.pool, token, length);
    return NULL;
}

void wp_access_token_challenge(wp_exchange_t *exchange, const char *error)
{
    const wp_page_t *page = &exchange->page;
    const char *challenge = SCHEME " realm=\"waterportal\"";

    if (*error)
        challenge = apr_pstrcat(page->pool, challenge, ", error=\"", error, "\"", NULL);
    if (strcmp(error, "insufficient_scope") == 0)
        challenge = apr_pstrcat(page->pool, challenge, ", scope=\"", page->route->scope, "\"", NULL);
    apr_table_setn(exchange->answer->headers, "WWW-Authenticate", challenge);
}

static const char *this_minute(const wp_page_t *page)
{
    return wp_instant_text(page->pool, page->clock.now - page->clock.now % 60);
}

static void take_account(wp_exchange_t *exchange, const wp_token_t *token)
{
    wp_page_t *page = &exchange->page;

    exchange->account = (wp_account_t){.id = token->account, .name = token->name};
    page->who.account = &exchange->account;
    page->who.token = token->id;
    page->who.token_may = wp_access_token_may(token->scopes);
    exchange->access_token_uses = token->uses;
}

apr_status_t wp_access_token_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    wp_page_t *page = &exchange->page;
    wp_token_t token;
    apr_status_t status = wp_token_find(db, exchange->access_token_hash, this_minute(page), &token);

    page->out.code = WP_PAGE_NONE;
    page->out.status = 200;
    if (status != APR_SUCCESS)
        return status;
    if (!token.id || token.revoked || strcmp(token.expires_on, page->clock.today_text) < 0) {
        wp_page_refuse(page, 401, WP_PAGE_TOKEN_BAD);
        return APR_SUCCESS;
    }
    take_account(exchange, &token);
    if (!wp_access_token_has(token.scopes, page->route->scope))
        wp_page_refuse(page, 403, WP_PAGE_TOKEN_SCOPE);
    return APR_SUCCESS;
}

apr_status_t wp_access_token_use_unit(wp_db_t *db, void *baton)
{
    wp_exchange_t *exchange = baton;
    return wp_token_use(db, exchange->page.who.token, this_minute(&exchange->page), &exchange->access_token_uses);
}
