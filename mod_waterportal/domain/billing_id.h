/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_BILLING_ID_H
#define WP_DOMAIN_BILLING_ID_H

/* The ids of billing – contract, meter, point, act, invoice … – are text, exactly as the utility has it: "2019/1234",
 * "Ū-1234", "A B". They are used unchanged in addresses, forms and field names, and compared byte by byte. Only texts
 * that could not work there, or that nobody could see or type, are not ids. */

#define WP_BILLING_ID_MAX 64 /* characters */

typedef enum {
    WP_BILLING_ID_GOOD,
    WP_BILLING_ID_EMPTY,
    WP_BILLING_ID_LONG,    /* more than WP_BILLING_ID_MAX characters */
    WP_BILLING_ID_CONTROL, /* a control character, a line or paragraph separator */
    WP_BILLING_ID_BLANK,   /* begins or ends with white space */
    WP_BILLING_ID_DOTS     /* "." or "..": browsers and httpd treat them as directories */
} wp_billing_id_verdict_t;

/* text: valid UTF-8. */
wp_billing_id_verdict_t wp_billing_id_check(const char *text);

/* Why a text is not an id, in words for a log or a terminal: "begins or ends with a blank". */
const char *wp_billing_id_reason(wp_billing_id_verdict_t verdict);

#endif
