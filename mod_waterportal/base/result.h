/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_RESULT_H
#define WP_BASE_RESULT_H

/* What a person sees if a request could not be fulfilled. C returns codes; the words are in xslt/l10n.
 * status  the HTTP status of the answer
 * key     the message's key under "error." in the catalogue, e.g. "not_found"; NULL if all went well
 * field   the form field concerned, or NULL
 * detail  for the log only; never personal data, never shown */
typedef struct wp_result_t {
    int status;
    const char *key;
    const char *field;
    const char *detail;
} wp_result_t;

#define WP_OK ((wp_result_t){.status = 200})

#endif
