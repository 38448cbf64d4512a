/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_VECTORS_SUBJECTS_H
#define WP_TESTS_VECTORS_SUBJECTS_H

#include <jansson.h>

/* The subjects a vector file can name. X(name) stands for
 *     json_t *wp_subject_<name>(const json_t *input)
 * in a subject_*.c of this folder: it calls the rule with a case's "input" and returns its answer as a new object
 * (the caller decrefs), or NULL when the input lacks a member or has one of the wrong type. */
#define WP_SUBJECTS(X) \
    X(volume) \
    X(volume_text) \
    X(window) \
    X(person_name) \
    X(person_code) \
    X(money) \
    X(iban) \
    X(rf) \
    X(check731) \
    X(contact) \
    X(consumption) \
    X(date) \
    X(clean) \
    X(clean_volume) \
    X(contract_number) \
    X(search) \
    X(readings) \
    X(tariff) \
    X(bank_message)

#define WP_SUBJECT_DECLARE(name) json_t *wp_subject_##name(const json_t *input);
WP_SUBJECTS(WP_SUBJECT_DECLARE)
#undef WP_SUBJECT_DECLARE

#endif
