/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/identity.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "domain/person_code.h"
#include "domain/person_name.h"
#include "portal/portal.h"

#include "base/banned.h"

#define STEP_UP_SECONDS    300
#define CLOCK_SKEW_SECONDS 60 /* an issuer's clock may be ahead of ours by so much */

static const char *claim(const wp_request_t *request, const char *name)
{
    const char *value = name ? request->claims.get(request->claims.context, name) : NULL;
    return value && *value && wp_utf8_valid(value, strlen(value)) ? value : NULL;
}

static const char *person_code(const wp_issuer_t *issuer, const wp_request_t *request)
{
    const char *country = claim(request, issuer->country_claim);
    const char *typed = claim(request, issuer->code_claim);
    char code[WP_PERSON_CODE_SIZE];

    if (!typed || !wp_person_code_parse(typed, country ? country : issuer->code_country, code))
        return NULL;
    return apr_pstrdup(request->pool, code);
}

/* "desk", or a list as mod_auth_openidc passes arrays: "desk,reader" */
static bool has_role(const wp_issuer_t *issuer, const wp_request_t *request)
{
    const char *given = claim(request, issuer->role_claim);
    char *rest = NULL;

    if (issuer->level != WP_LEVEL_STAFF || !given)
        return false;
    for (char *role = apr_strtok(apr_pstrdup(request->pool, given), ", ", &rest); role;
         role = apr_strtok(NULL, ", ", &rest)) {
        for (int i = 0; i < issuer->roles->nelts; i++) {
            if (strcmp(role, APR_ARRAY_IDX(issuer->roles, i, const char *)) == 0)
                return true;
        }
    }
    return false;
}

/* A claim that is somebody's name, as it is shown and kept; NULL when there is none: blanks, a number, an object as
 * text. */
static const char *name_claim(const wp_request_t *request, const char *claim_name)
{
    const char *given = claim(request, claim_name);
    const char *name = given ? wp_clean_name(request->pool, given) : NULL;
    return name && wp_person_name_is(name) ? name : NULL;
}

static void read_name(const wp_request_t *request, wp_identity_t *identity)
{
    const char *family = name_claim(request, "family_name");
    const char *name = name_claim(request, "name");

    identity->given = name_claim(request, "given_name");
    if (!name && identity->given && family)
        name = apr_pstrcat(request->pool, identity->given, " ", family, NULL);
    identity->name = name ? name : identity->given;
    identity->known_as = identity->name;
    if (!identity->name && identity->person_code) {
        char *masked = apr_palloc(request->pool, WP_PERSON_CODE_MASKED_SIZE);
        wp_person_code_mask(identity->person_code, masked);
        identity->known_as = masked;
    }
}

/* Seconds since 1970 (OpenID Connect Core, section 2); anything else is no time. */
static wp_instant_t instant_claim(const wp_request_t *request, const char *name)
{
    const char *given = claim(request, name);
    size_t digits = given ? strspn(given, "0123456789") : 0;
    return digits > 0 && digits <= 12 && given[digits] == '\0' ? strtoll(given, NULL, 10) : 0;
}

/* OpenID Connect Core, section 2: at most 255 ASCII characters. Blanks alone name nobody; a control character, or
 * anything that is not ASCII, is of no issuer that keeps to it. */
static bool is_subject(const char *subject)
{
    size_t length = subject ? strlen(subject) : 0, blanks = subject ? strspn(subject, " ") : 0;

    for (size_t i = 0; i < length; i++)
        if (subject[i] < ' ' || subject[i] > '~')
            return false;
    return blanks < length && length <= WP_SUBJECT_MAX;
}

wp_identity_state_t wp_identity_read(const wp_portal_t *portal, const wp_request_t *request, wp_identity_t **identity)
{
    const wp_issuer_t *issuer = wp_issuers_find(portal->issuers, request->issuer);
    *identity = NULL;
    if (!issuer)
        return WP_IDENTITY_FOREIGN_ISSUER;
    if (!request->token_algorithm || strcmp(request->token_algorithm, issuer->signature) != 0)
        return WP_IDENTITY_UNSIGNED;
    if (!is_subject(request->subject))
        return WP_IDENTITY_NO_SUBJECT;

    wp_identity_t *made = apr_pcalloc(request->pool, sizeof *made);
    made->issuer = issuer;
    made->subject = request->subject;
    made->staff = has_role(issuer, request);
    made->person_code = issuer->level == WP_LEVEL_STAFF ? NULL : person_code(issuer, request);
    read_name(request, made);
    made->acr = claim(request, "acr");
    made->logged_in = instant_claim(request, "auth_time");
    if (issuer->level != WP_LEVEL_STAFF && !made->person_code)
        return WP_IDENTITY_NO_CODE;

    const char *person = made->person_code ? made->person_code
                                           : apr_pstrcat(request->pool, issuer->issuer, "|", made->subject, NULL);
    made->tag = wp_secret_tag(portal->secret, WP_PURPOSE_PERSON, request->pool, person);
    *identity = made;
    return WP_IDENTITY_OK;
}

bool wp_identity_is_stepped_up(const wp_identity_t *identity, wp_instant_t now)
{
    wp_instant_t age = now - identity->logged_in;
    return wp_issuer_can_step_up(identity->issuer) && identity->acr &&
           strcmp(identity->acr, identity->issuer->acr) == 0 && age <= STEP_UP_SECONDS && age >= -CLOCK_SKEW_SECONDS;
}

bool wp_request_is_stepped_up(const wp_portal_t *portal, const wp_request_t *request)
{
    wp_identity_t *identity;
    return request->login == WP_LOGIN_DONE && wp_identity_read(portal, request, &identity) == WP_IDENTITY_OK &&
           wp_identity_is_stepped_up(identity, request->now);
}

/* Nobody's account may do nothing. */
static apr_status_t find_rights(wp_db_t *db, const char *today, wp_account_t *account)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_rows_t *rows;

    if (!account->id)
        return APR_SUCCESS;
    wp_args_text(args, "account", account->id);
    wp_args_text(args, "today", today);
    apr_status_t status = wp_db_select(db, "login_rights", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    account->contracts = (int)wp_row_int(rows, 0, "contracts");
    account->rights = (int)wp_row_int(rows, 0, "rights");
    account->whole_rights = (int)wp_row_int(rows, 0, "whole_rights");
    return APR_SUCCESS;
}

static wp_args_t *login_args(wp_db_t *db, const wp_identity_t *identity)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);
    wp_args_text(args, "issuer", identity->issuer->issuer);
    wp_args_text(args, "subject", identity->subject);
    wp_args_text(args, "code", identity->person_code);
    wp_args_text(args, "person", identity->tag);
    return args;
}

apr_status_t wp_account_find(wp_db_t *db, const wp_identity_t *identity, const char *today, wp_account_t *account,
                             wp_identity_state_t *state)
{
    wp_args_t *args = login_args(db, identity);
    wp_rows_t *rows;

    apr_status_t status = wp_db_select(db, "login_account", args, &rows);
    if (status != APR_SUCCESS)
        return status;

    const char *by_login = wp_row_text(rows, 0, "by_login");
    const char *by_code = wp_row_text(rows, 0, "by_code");
    bool conflict = by_login && by_code && strcmp(by_login, by_code) != 0;
    *account = (wp_account_t){.id = wp_row_text(rows, 0, "account_id"),
                              .language = wp_row_text(rows, 0, "language"),
                              .attach = (by_login == NULL) != (by_code == NULL),
                              .other = conflict ? by_code : NULL};
    *state = conflict ? WP_IDENTITY_CONFLICT : WP_IDENTITY_OK;
    return find_rights(db, today, account);
}
