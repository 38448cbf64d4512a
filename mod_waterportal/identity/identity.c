/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/identity.h"

#include <apr_strings.h>
#include <string.h>

#include "domain/person_code.h"

#include "base/banned.h"

#define STEP_UP_SECONDS    300
#define CLOCK_SKEW_SECONDS 60 /* tolerance for an issuer's clock that is fast */

static const char *person_code(const wp_issuer_t *issuer, const wp_claims_t *claims, apr_pool_t *pool)
{
    const char *country = wp_claims_text(claims, issuer->country_claim);
    const char *typed = wp_claims_text(claims, issuer->code_claim);
    char code[WP_PERSON_CODE_SIZE];

    if (!typed || !wp_person_code_parse(typed, country ? country : issuer->code_country, code))
        return NULL;
    return apr_pstrdup(pool, code);
}

static void read_name(wp_identity_t *identity, const wp_claims_t *claims, apr_pool_t *pool)
{
    const char *family = wp_claims_person_name(claims, "family_name", pool);
    const char *name = wp_claims_person_name(claims, "name", pool);

    identity->given = wp_claims_person_name(claims, "given_name", pool);
    if (!name && identity->given && family)
        name = apr_pstrcat(pool, identity->given, " ", family, NULL);
    identity->name = name ? name : identity->given;
    identity->known_as = identity->name;
    if (!identity->name && identity->person_code) {
        char *masked = apr_palloc(pool, WP_PERSON_CODE_MASKED_SIZE);
        wp_person_code_mask(identity->person_code, masked);
        identity->known_as = masked;
    }
}

/* OpenID Connect Core, section 2: at most 255 ASCII characters. Only blanks identify nobody; a control character or a
 * character outside ASCII does not come from an issuer that follows the standard. */
static bool is_subject(const char *subject)
{
    size_t length = subject ? strlen(subject) : 0, blanks = subject ? strspn(subject, " ") : 0;

    for (size_t i = 0; i < length; i++)
        if (subject[i] < ' ' || subject[i] > '~')
            return false;
    return blanks < length && length <= WP_SUBJECT_MAX;
}

static wp_identity_t *make(const wp_issuer_t *issuer, const wp_claims_t *claims, apr_pool_t *pool)
{
    bool staff = issuer->level == WP_LEVEL_STAFF;
    wp_identity_t *identity = apr_pcalloc(pool, sizeof *identity);

    identity->issuer = issuer;
    identity->subject = claims->subject;
    identity->staff = staff && wp_claims_have_word(claims, issuer->role_claim, issuer->roles, pool);
    identity->person_code = staff ? NULL : person_code(issuer, claims, pool);
    read_name(identity, claims, pool);
    identity->acr = wp_claims_text(claims, "acr");
    identity->logged_in = wp_claims_instant(claims, "auth_time");
    return identity;
}

wp_identity_state_t wp_identity_read(const wp_issuers_t *issuers, const wp_secret_t *secret, const wp_claims_t *claims,
                                     apr_pool_t *pool, wp_identity_t **identity)
{
    const wp_issuer_t *issuer = claims->issuer ? wp_issuers_find(issuers, claims->issuer) : NULL;
    *identity = NULL;
    if (!issuer)
        return WP_IDENTITY_FOREIGN_ISSUER;
    if (!claims->algorithm || strcmp(claims->algorithm, issuer->signature) != 0)
        return WP_IDENTITY_UNSIGNED;
    if (!is_subject(claims->subject))
        return WP_IDENTITY_NO_SUBJECT;

    wp_identity_t *made = make(issuer, claims, pool);
    if (issuer->level != WP_LEVEL_STAFF && !made->person_code)
        return WP_IDENTITY_NO_CODE;

    const char *person = made->person_code ? made->person_code
                                           : apr_pstrcat(pool, issuer->issuer, "|", made->subject, NULL);
    made->tag = wp_secret_tag(secret, WP_PURPOSE_PERSON, pool, person);
    *identity = made;
    return WP_IDENTITY_OK;
}

bool wp_identity_is_stepped_up(const wp_identity_t *identity, wp_instant_t now)
{
    wp_instant_t age = now - identity->logged_in;
    return wp_issuer_can_step_up(identity->issuer) && identity->acr &&
           strcmp(identity->acr, identity->issuer->acr) == 0 && age <= STEP_UP_SECONDS && age >= -CLOCK_SKEW_SECONDS;
}

wp_account_key_t wp_identity_key(const wp_identity_t *identity)
{
    return (wp_account_key_t){.issuer = identity->issuer->issuer,
                              .subject = identity->subject,
                              .code = identity->person_code};
}
