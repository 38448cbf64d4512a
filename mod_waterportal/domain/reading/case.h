/* SPDX-License-Identifier: Apache-2.0 */
/* The context of one check, internal to the reading rules: what the check knows while the rules look at it. */
#ifndef WP_DOMAIN_READING_CASE_H
#define WP_DOMAIN_READING_CASE_H

#include "domain/reading/check.h"
#include "domain/volume.h"

/* The base from which use is counted. */
typedef struct wp_reading_base_t {
    const wp_reading_t *last; /* the entry a value is compared with; NULL: the state of the counter is unknown */
    wp_date_t since;          /* use is counted from this day … */
    int64_t use;              /* … and this much was used from there to last, across swaps */
    bool swap, incomplete, rolled;
} wp_reading_base_t;

typedef struct wp_reading_case_t {
    const wp_reading_input_t *input;
    const wp_reading_policy_t *policy;
    wp_meter_history_t history;
    wp_reading_base_t base;
    bool has_value; /* the text is a valid number, stored in value */
    int64_t value;
    bool below;    /* lower than last, and no answer has resolved that */
    bool answered; /* use is based on the person's answer */
    bool partial;  /* only part of the use is known, so a low use means nothing */
    bool has_use;
    int64_t use;
    int days; /* at least 1 */
    bool has_usual, has_season;
    int64_t usual, season; /* litres for those days */
} wp_reading_case_t;

/* Adds a number to a finding, a choice or a hint; beyond the available room it is dropped. */
void wp_reading_args_add(wp_reading_args_t *args, const char *name, wp_reading_arg_type_t type, int64_t value);

/* Sets the history and the base that follows from it; nothing is known about a value yet. */
void wp_reading_case_begin(wp_reading_case_t *c, const wp_reading_input_t *input);

/* Parses a value of this meter as typed; NULL means nothing was typed. */
wp_volume_verdict_t wp_reading_case_parse(const wp_reading_case_t *c, const char *text, int64_t *litres);

/* With a value: computes use and usual use, assuming that no answer changes them. */
void wp_reading_case_look(wp_reading_case_t *c);

/* Sets the use according to the person's answer, and what is usual for that many days. */
void wp_reading_case_set_use(wp_reading_case_t *c, int64_t use, int days);

/* Computes what is needed about another meter of the form: its value, use and usual use. */
void wp_reading_case_make(wp_reading_case_t *c, const wp_reading_input_t *input);

/* The history without the last reading; false if no use follows from it: nothing before, another meter, still lower. */
bool wp_reading_case_drop_last(const wp_reading_case_t *c, wp_reading_case_t *without);

/* The meter of the last reading: a former one as long as nothing was read from the current one. */
wp_meter_t wp_reading_case_last_meter(const wp_reading_case_t *c);

/* Is the previous interval known, and was nothing (or: something) used in it? */
bool wp_reading_case_zero_before(const wp_reading_case_t *c);

#endif
