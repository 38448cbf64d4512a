/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_AUDIT_H
#define WP_STORE_AUDIT_H

#include <stdbool.h>

#include "base/codes.h"
#include "data/db.h"

/* An entry of the audit log (portal_audit): who did what. No personal data in detail. */
typedef struct wp_audit_t {
    const char *id;         /* an entry of the same id is written once; NULL: it gets a new one */
    const char *account;    /* the account concerned, or NULL */
    const char *actor_tag;  /* of the person, or what acted: "token …", "waterportalctl" */
    const char *actor_name; /* what customers read, or NULL */
    const char *actor_kind; /* "customer", "representative", "delegate", "token", "staff", "system" */
    const char *delegation; /* by which right of another, or NULL */
    const char *contract;   /* or NULL */
    wp_did_t action;
    const char *detail; /* an id, a code or an issuer, or NULL */
} wp_audit_t;

/* Writes it in the running write transaction. now: an instant. */
apr_status_t wp_audit_add(wp_db_t *db, const wp_audit_t *entry, const char *now);

/* Is an entry of this id written? */
apr_status_t wp_audit_seen(wp_db_t *db, const char *id, bool *seen);

#endif
