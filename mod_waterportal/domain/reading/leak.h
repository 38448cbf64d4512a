/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_READING_LEAK_H
#define WP_DOMAIN_READING_LEAK_H

#include "domain/reading/case.h"

/* Internal to the reading rules: the hint, and in args the numbers on which it is based. */
wp_leak_t wp_reading_leak(const wp_reading_case_t *c, wp_reading_args_t *args);

#endif
