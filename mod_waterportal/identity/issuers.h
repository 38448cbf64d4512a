/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_ISSUERS_H
#define WP_IDENTITY_ISSUERS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

typedef enum { WP_LEVEL_BANK, WP_LEVEL_EID, WP_LEVEL_STAFF } wp_level_t;

/* One row of issuers.json: an issuer that may vouch for a person, and how it provides what the portal needs. */
typedef struct wp_issuer_t {
    const char *issuer; /* the OpenID Connect issuer, exactly as it names itself */
    const char *origin; /* scheme://host[:port], for form-action */
    wp_level_t level;
    const char *mark;           /* one or two letters shown on the chooser's tile */
    apr_table_t *names, *hints; /* by language */
    const char *code_claim;     /* the claim with the person code */
    const char *code_country;   /* country of codes that carry none: "LV" */
    const char *country_claim;  /* the claim with the country, or NULL */
    const char *role_claim;     /* staff: the claim with roles */
    apr_array_header_t *roles;  /* staff: const char *, any of which admits the person */
    const char *signature;      /* how it signs ID tokens: "RS256" */
    const char *acr;            /* the acr to request for a step-up, or NULL */
} wp_issuer_t;

typedef struct wp_issuers_t {
    apr_array_header_t *list; /* wp_issuer_t */
} wp_issuers_t;

/* Loads the file; *error names the file, the line or member, and the remedy. */
apr_status_t wp_issuers_load(wp_issuers_t **issuers, apr_pool_t *pool, const char *file, const char **error);
const wp_issuer_t *wp_issuers_find(const wp_issuers_t *issuers, const char *issuer);
const char *wp_level_name(wp_level_t level); /* "bank", "eid", "staff" */
/* Can the issuer do a step-up? It must be at eID level, with an acr configured. */
bool wp_issuer_can_step_up(const wp_issuer_t *issuer);
/* Can any of them? */
bool wp_issuers_can_step_up(const wp_issuers_t *issuers);
/* A name or hint in the language, or in the first one configured; NULL if there is none. */
const char *wp_issuer_text(const apr_table_t *texts, const char *language);

#endif
