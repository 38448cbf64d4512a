/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_RETENTION_H
#define WP_DOMAIN_RETENTION_H

#include <stdbool.h>

/* How long the portal keeps what it writes; docs/limits.md gives the reasons and the law. Every portal_ table must be
 * listed here, or a guard fails.
 *
 * X(name of WaterPortalKeep, table, days, minimum days): "waterportalctl tidy" deletes older rows, by the statement
 * tidy_NAME of sql/ctl/tidy.sql, which says from when the age is counted. The minimum is what the law or the portal
 * itself needs. */
/* clang-format off */
#define WP_RETENTIONS(X) \
    X("codes",      portal_outbox,              0,    0) \
    X("messages",   portal_outbox,              90,   7) \
    X("forms",      portal_form_result,         30,   1) \
    X("parked",     portal_parked_form,         0,    0) \
    X("allowances", portal_allowance,           0,    0) \
    X("sessions",   portal_session,             30,   1) \
    X("tries",      portal_registration_try,    90,   1) \
    X("turns",      portal_registration_turn,   1,    1) \
    X("changes",    portal_contact_change,      90,   1) \
    X("consents",   portal_consent,             1096, 1) \
    X("uses",       portal_token_use,           1,    1) \
    X("tokens",     portal_token,               365,  1) \
    X("drafts",     portal_delegation,          2,    1) \
    X("rights",     portal_delegation,          1096, 30) \
    X("erasures",   portal_erasure,             1096, 30) \
    X("cases",      portal_case,                1096, 30) \
    X("orders",     portal_payment,             30,   2) \
    X("unpaid",     portal_payment,             400,  60) \
    X("payments",   portal_payment,             2192, 1827) \
    X("credits",    portal_credit,              2192, 1827) \
    X("closes",     portal_close,               2192, 1827) \
    X("reports",    portal_payment_event,       400,  30) \
    X("statements", portal_statement_entry,     2192, 1827) \
    X("readings",   portal_reading,             2192, 1827) \
    X("receipts",   portal_submission,          2192, 1827) \
    X("audit",      portal_audit,               1096, 180)

/* X(table, why): kept for ever, or as long as something else determines. */
#define WP_KEPT_TABLES(X) \
    X(portal_schema_version,   "one row a release") \
    X(portal_account,          "until its person asks for erasure: waterportalctl erasures") \
    X(portal_identity,         "with its account") \
    X(portal_person_code,      "with its account") \
    X(portal_payment_item,     "with its payment") \
    X(portal_payment_paid,     "with its payment") \
    X(portal_account_contract, "with its account: whose a contract was decides who may see what was before")
/* clang-format on */

typedef struct wp_retention_t {
    const char *name, *table;
    int days, least; /* least 0: not a number of days, cannot be changed */
} wp_retention_t;

/* In the order in which rows may be deleted; ends with a NULL name. */
extern const wp_retention_t wp_retentions[];

/* NULL: no period of this name can be changed. */
const wp_retention_t *wp_retention_find(const char *name);

#define WP_RETENTION_MOST 36525 /* days */
bool wp_retention_allows(const wp_retention_t *retention, long days);

#endif
