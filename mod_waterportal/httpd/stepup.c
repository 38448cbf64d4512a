/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/glue.h"

#include <ap_provider.h>
#include <http_request.h>
#include <mod_auth.h>

#include "identity/identity.h"
#include "portal/portal.h"

#include "base/banned.h"

static bool is_stepped_up(const wp_portal_t *portal, const wp_request_t *request)
{
    wp_identity_t *identity;
    return request->login == WP_LOGIN_DONE &&
           wp_identity_read(portal->issuers, portal->secret, &request->claims, request->pool, &identity) ==
               WP_IDENTITY_OK &&
           wp_identity_is_stepped_up(identity, request->now);
}

/* "Require waterportal-stepup" grants access to a person who has just logged in at eID level. mod_auth_openidc can
 * compare a claim with a word, but not a time with the current time. So conf/oidc.conf asks this module first; what it
 * then requires of mod_auth_openidc can never be met, which sends the person to the login. The portal's own loop checks
 * the same again: this function only decides where httpd sends the person, and it does so for pages only (GET, HEAD).
 * Other requests go to the loop, which leads a form back to its page. */
static authz_status check(request_rec *r, const char *line, const void *parsed)
{
    const wp_config_t *config = wp_config_of(r->server);
    (void)line;
    (void)parsed;

    if (!r->user)
        return AUTHZ_DENIED_NO_USER;
    if (!wp_config_is_on(config) || !config->portal || !config->portal->whole || !wp_glue_is_ours(config, r->uri))
        return AUTHZ_DENIED;
    if (r->method_number != M_GET)
        return AUTHZ_GRANTED;
    wp_request_t *request = wp_glue_request(r, config, NULL);
    return request && is_stepped_up(config->portal, request) ? AUTHZ_GRANTED : AUTHZ_DENIED;
}

static const authz_provider provider = {check, NULL};

void wp_glue_register_stepup(apr_pool_t *pool)
{
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "waterportal-stepup", AUTHZ_PROVIDER_VERSION, &provider,
                              AP_AUTH_INTERNAL_PER_CONF);
}
