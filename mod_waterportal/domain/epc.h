/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_EPC_H
#define WP_DOMAIN_EPC_H

#include <stdbool.h>
#include <stdint.h>

/* The payment that a QR code requests: European Payments Council EPC069-12, version 002, SCT. */
typedef struct wp_epc_t {
    const char *bic;       /* or NULL */
    const char *name;      /* of the payee, at most 70 characters */
    const char *iban;      /* electronic form */
    int64_t cents;         /* 1 to 99999999999 */
    const char *reference; /* structured, RF… (ISO 11649); NULL: use text */
    const char *text;      /* unstructured, at most 140 characters; or NULL */
} wp_epc_t;

#define WP_EPC_SIZE 332 /* at most 331 bytes (EPC069-12 section 3.1) and NUL */

/* The bytes of the code, UTF-8, elements separated by LF; none after the last filled one. False and "" if a field is
 * missing or too long, or the code would exceed 331 bytes. */
bool wp_epc_format(const wp_epc_t *epc, char text[WP_EPC_SIZE]);

#endif
