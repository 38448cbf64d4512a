/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_READING_NAMES_H
#define WP_DOMAIN_READING_NAMES_H

#include "domain/reading/check.h"

const char *wp_reading_verdict_name(wp_reading_verdict_t verdict);
const char *wp_reading_code_name(wp_reading_code_t code);
bool wp_reading_code_is_question(wp_reading_code_t code);
bool wp_reading_code_is_mistake(wp_reading_code_t code);  /* the question is about a likely mistake */
const char *wp_reading_what_name(wp_reading_what_t what); /* "" for unknown */
const char *wp_reading_flag_name(wp_reading_flag_t flag);
const char *wp_leak_name(wp_leak_t leak);                         /* "none", "low", "medium" */
const char *wp_reading_arg_type_name(wp_reading_arg_type_t type); /* "volume", "int", "date", "percent" */

/* Parses what a form posts back; false for an unknown name (of the codes, only questions are known). */
bool wp_reading_code_parse(const char *name, wp_reading_code_t *code);
bool wp_reading_what_parse(const char *name, wp_reading_what_t *what);

/* A confirmation as text, "high.75900": the question and the value that it was about, so that it confirms that question
 * about that value only. */
#define WP_READING_CONFIRMATION_SIZE 64
void wp_reading_confirmation_format(wp_reading_confirmation_t confirmation, char text[WP_READING_CONFIRMATION_SIZE]);
bool wp_reading_confirmation_parse(const char *text, wp_reading_confirmation_t *confirmation);

#endif
