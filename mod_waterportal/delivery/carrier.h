/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DELIVERY_CARRIER_H
#define WP_DELIVERY_CARRIER_H

#include "crypto/secret.h"
#include "delivery/document.h"
#include "delivery/gateway.h"
#include "delivery/smtp.h"
#include "notify/dispatch.h"
#include "render/theme.h"

/* What a sender needs to carry a message: who we are, how it is worded, and the servers. */
typedef struct wp_carrier_t {
    wp_site_t site;
    const char *from;            /* the address that e-mails come from */
    const wp_secret_t *secret;   /* signs the address to which an e-mail returns */
    const wp_theme_t *theme;     /* with the stylesheets of wp_message_stylesheets */
    wp_smtp_t *smtp;             /* NULL: no e-mail */
    const wp_gateway_t *gateway; /* NULL: no SMS */
    int seconds;                 /* for one message */
    wp_instant_t (*now)(void);
} wp_carrier_t;

/* For wp_theme_load(): "messages/html" … NULL-terminated. */
extern const char *const wp_message_stylesheets[];

/* wp_carry_t with a wp_carrier_t as its context. */
wp_carriage_t wp_carrier_carry(void *context, apr_pool_t *pool, const wp_outbox_row_t *row);

/* The e-mail that a message becomes, as bytes; NULL and *reason: it cannot be written. */
const char *wp_carrier_letter(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row,
                              apr_size_t *length, wp_outbox_reason_t *reason);

/* The text of the SMS likewise, before wp_gateway_text(). */
const char *wp_carrier_sms(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row,
                           wp_outbox_reason_t *reason);

/* The address to which an undeliverable e-mail returns: "bounce+ID.TAG@domain", where TAG shows that it is ours. */
const char *wp_carrier_envelope(const wp_carrier_t *carrier, apr_pool_t *pool, const char *id);

#endif
