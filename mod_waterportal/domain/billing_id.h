/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_BILLING_ID_H
#define WP_DOMAIN_BILLING_ID_H

/* The ids of billing – contract, meter, point, act, invoice … – are text as the utility has it: "2019/1234", "Ū-1234",
 * "A B". They stand in addresses, forms and field names as they are, and are compared byte by byte. Only what could not
 * work there, or what nobody could see or type, is none. */

#define WP_BILLING_ID_MAX 64 /* characters */

typedef enum {
    WP_BILLING_ID_GOOD,
    WP_BILLING_ID_EMPTY,
    WP_BILLING_ID_LONG,    /* over WP_BILLING_ID_MAX characters */
    WP_BILLING_ID_CONTROL, /* a control character, a line or paragraph separator */
    WP_BILLING_ID_BLANK,   /* begins or ends with white space */
    WP_BILLING_ID_DOTS     /* "." or "..": browsers and httpd take them for directories */
} wp_billing_id_verdict_t;

/* text: valid UTF-8. */
wp_billing_id_verdict_t wp_billing_id_check(const char *text);

/* Why it is none, in words for a log or a terminal: "begins or ends with a blank". */
const char *wp_billing_id_reason(wp_billing_id_verdict_t verdict);

#endif
