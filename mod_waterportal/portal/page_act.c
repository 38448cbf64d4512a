/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>

#include "service/act.h"

#include "base/banned.h"

/* The page as a door: who acts, and under which rules, for the services. */

static wp_actor_kind_t kind_of(const wp_page_t *page)
{
    if (page->who.token)
        return WP_ACTOR_TOKEN;
    if (page->route->need == WP_NEED_SIGNED) /* a bank */
        return WP_ACTOR_SYSTEM;
    return page->who.identity && page->who.identity->staff ? WP_ACTOR_STAFF : WP_ACTOR_CUSTOMER;
}

const wp_actor_t *wp_page_actor(const wp_page_t *page)
{
    const wp_identity_t *identity = page->who.identity;
    wp_actor_t *actor = apr_pcalloc(page->pool, sizeof *actor);
    wp_account_key_t *login = apr_pcalloc(page->pool, sizeof *login);

    if (identity)
        *login = wp_identity_key(identity);

    *actor = (wp_actor_t){.kind = kind_of(page),
                          .account = page->who.account ? page->who.account->id : NULL,
                          .person = identity ? identity->tag : "",
                          .name = identity ? identity->known_as : NULL,
                          .login = identity ? login : NULL,
                          .full_name = identity ? identity->name : NULL,
                          .token = page->who.token,
                          .may = page->who.token ? page->who.token_may : WP_RIGHT_ANY,
                          .strong = identity && wp_identity_is_stepped_up(identity, page->clock.now),
                          .language = page->language,
                          .clock = page->clock};
    if (page->who.token) {
        actor->person = apr_pstrcat(page->pool, "token ", page->who.token, NULL);
        actor->name = page->who.account ? page->who.account->name : NULL;
    }
    return actor;
}

const wp_rules_t *wp_page_rules(const wp_page_t *page)
{
    const wp_portal_t *portal = page->portal;
    wp_rules_t *rules = apr_pcalloc(page->pool, sizeof *rules);

    *rules = (wp_rules_t){.limits = &portal->limits,
                          .window = &portal->window,
                          .policy = &portal->policy,
                          .secret = portal->secret,
                          .agreements = portal->agreements,
                          .log = portal->log};
    return rules;
}

wp_act_t *wp_page_act(wp_page_t *page)
{
    if (!page->act)
        page->act = wp_act_begin(page->db, wp_page_actor(page), wp_page_rules(page));
    return page->act;
}

bool wp_page_is_done(wp_page_t *page, const wp_result_t *result)
{
    page->out.same = result->outcome == WP_OUTCOME_SAME;
    switch (result->outcome) {
    case WP_OUTCOME_DONE:
    case WP_OUTCOME_SAME:
        return true;
    case WP_OUTCOME_REFUSED:
        if (result->field)
            wp_form_problem(page->form, result->field, NULL, result->code);
        else
            wp_page_refuse(page, 403, WP_PAGE_NO_RIGHT);
        break;
    case WP_OUTCOME_LIMITED:
        page->out.retry_at = result->retry_at;
        break;
    case WP_OUTCOME_UNKNOWN:
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        break;
    case WP_OUTCOME_CONFLICT:
    case WP_OUTCOME_NONE:
        break;
    }
    return false;
}
