/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_IDENTITY_ISSUERS_H
#define WP_IDENTITY_ISSUERS_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <stdbool.h>

typedef enum { WP_LEVEL_BANK, WP_LEVEL_EID, WP_LEVEL_STAFF } wp_level_t;

/* One row of issuers.json: who may vouch for a person, and how that issuer says what we need. */
typedef struct wp_issuer_t {
    const char *issuer; /* the OpenID Connect issuer, exactly */
    const char *origin; /* scheme://host[:port], for form-action */
    wp_level_t level;
    const char *mark;           /* one or two letters shown on the chooser's tile */
    apr_table_t *names, *hints; /* by language */
    const char *code_claim;     /* the claim with the person code */
    const char *code_country;   /* country of codes that carry none: "LV" */
    const char *country_claim;  /* the claim with the country, or NULL */
    const char *role_claim;     /* staff: the claim with roles */
    apr_array_header_t *roles;  /* staff: const char *, any of which lets in */
    const char *signature;      /* how it signs ID tokens: "RS256" */
    const char *acr;            /* what a step-up asks for, or NULL */
} wp_issuer_t;

typedef struct wp_issuers_t {
    apr_array_header_t *list; /* wp_issuer_t */
} wp_issuers_t;

/* Reads the file; *error says file, line or member, and the mend. */
apr_status_t wp_issuers_load(wp_issuers_t **issuers, apr_pool_t *pool, const char *file, const char **error);
const wp_issuer_t *wp_issuers_find(const wp_issuers_t *issuers, const char *issuer);
const char *wp_level_name(wp_level_t level); /* "bank", "eid", "staff" */
/* May it answer a step-up: at eID level, and we know what to ask for. */
bool wp_issuer_can_step_up(const wp_issuer_t *issuer);
/* Is there one at all? */
bool wp_issuers_can_step_up(const wp_issuers_t *issuers);
/* A name or hint in a language, else in the first one given; NULL when there is none. */
const char *wp_issuer_text(const apr_table_t *texts, const char *language);

#endif
