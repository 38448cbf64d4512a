/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DELIVERY_DOCUMENT_H
#define WP_DELIVERY_DOCUMENT_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <libxml/tree.h>

#include "store/messages.h"

/* What messages say of the site. */
typedef struct wp_site_t {
    const char *name;     /* "Pilsētas ūdens" */
    const char *portal;   /* the portal's address: "https://portal.example.org/portal/" */
    const char *phone;    /* of the customer service, or NULL */
    const char *hours;    /* when it answers, or NULL */
    apr_table_t *issuers; /* "lv https://bank.example" → "Banka": how people call who vouches for them; may be NULL */
} wp_site_t;

/* One message, for the stylesheets of xslt/messages:
 *
 *   <message kind="login_added" channel="email" lang="lv">
 *     <arg name="site">Pilsētas ūdens</arg> <arg name="portal">https://…</arg>
 *     <arg name="phone">…</arg> <arg name="hours">…</arg>
 *     <arg name="issuer" code="…">Banka</arg>            what the row has, cleaned to one line
 *   </message>
 *
 * code: the argument as it was stored, if it is a word of a-z and "_", so that a stylesheet can give it words. NULL and
 * *reason: an argument that the kind needs is missing (TEXT), or this release does not know the kind (KIND). In pool.
 */
xmlDocPtr wp_message_document(apr_pool_t *pool, const wp_site_t *site, const wp_outbox_row_t *row,
                              wp_outbox_reason_t *reason);

#endif
