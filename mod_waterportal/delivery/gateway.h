/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DELIVERY_GATEWAY_H
#define WP_DELIVERY_GATEWAY_H

#include <apr_pools.h>
#include <stdbool.h>

/* An SMS provider's HTTP interface, described by a file (WaterPortalSMS, docs/admin.md):
 *
 *   {"url": "https://sms.example/send", "method": "POST",
 *    "headers": {"Content-Type": "application/json", "Authorization": "Bearer …"},
 *    "body": "{\"to\": \"{to}\", \"text\": \"{text}\", \"from\": \"{sender}\", \"reference\": \"{id}\"}",
 *    "sender": "Udens", "success": "\"status\":\"accepted\"", "refused": "unknown number",
 *    "encoding": "translit", "ca": "/etc/…", "timeout": 20}
 *
 * {to}, {text}, {sender} and {id} are replaced: in the URL percent-encoded, in the body as its Content-Type needs
 * (application/json, application/x-www-form-urlencoded, text/xml or application/xml). Headers have no placeholders.
 * Only url is required; without a body the request is a GET. https, or http to this machine. */
typedef struct wp_gateway_t wp_gateway_t;

/* *error: what is wrong with the file, and where. */
apr_status_t wp_gateway_load(wp_gateway_t **gateway, apr_pool_t *pool, const char *file, const char **error);

typedef struct wp_sms_t {
    const char *id;   /* of the message, for the provider's reference */
    const char *to;   /* E.164 */
    const char *text; /* UTF-8 */
} wp_sms_t;

typedef enum wp_gateway_outcome_t {
    WP_GATEWAY_ACCEPTED,
    WP_GATEWAY_NOT_NOW, /* 408, 429, 5xx, or an answer without the text of success */
    WP_GATEWAY_REFUSED, /* 400, 410, 422, or the text of a refusal: this message will never be accepted */
    WP_GATEWAY_CUT,     /* the connection ended after the request was sent: nobody knows */
    WP_GATEWAY_AWAY     /* no connection, or our access is not accepted: any other status */
} wp_gateway_outcome_t;

typedef struct wp_gateway_answer_t {
    wp_gateway_outcome_t outcome;
    const char *text; /* "HTTP 200", or libcurl's reason; in pool */
} wp_gateway_answer_t;

/* seconds: the most time it may take, if the file does not give less. */
wp_gateway_answer_t wp_gateway_send(const wp_gateway_t *gateway, apr_pool_t *pool, const wp_sms_t *sms, int seconds);

/* The text as this gateway is given it: without marks and in the GSM alphabet, unless its encoding is "auto". A
 * character that neither has becomes "?". */
const char *wp_gateway_text(const wp_gateway_t *gateway, apr_pool_t *pool, const char *text);

/* One template with its values filled in; for tests. kind: a Content-Type, or NULL for a URL. */
const char *wp_gateway_fill(const wp_gateway_t *gateway, apr_pool_t *pool, const char *template, const char *kind,
                            const wp_sms_t *sms);

#endif
