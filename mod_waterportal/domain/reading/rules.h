/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_READING_RULES_H
#define WP_DOMAIN_READING_RULES_H

#include "domain/reading/case.h"

/* Internal to the reading rules. */

/* The first rule that asks, in the order of docs/reading-rules.md; false if none does. */
bool wp_reading_rules_ask(const wp_reading_case_t *c, wp_reading_finding_t *finding);

/* A choice whose use exceeds this is unlikely. */
int64_t wp_reading_rules_unlikely_limit(const wp_reading_case_t *c);

#endif
