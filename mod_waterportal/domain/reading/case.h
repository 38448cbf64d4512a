/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the reading rules: what one check knows while the rules look at it. */
#ifndef WP_DOMAIN_READING_CASE_H
#define WP_DOMAIN_READING_CASE_H

#include "domain/reading/check.h"

/* From where use is counted. */
typedef struct wp_reading_base_t {
    const wp_reading_t *last; /* the entry a value is compared with; NULL: the counter's state is not known */
    wp_date_t since;          /* use is counted from this day … */
    int64_t use;              /* … and this much was used up to last: swaps stand between */
    bool swap, incomplete, rolled;
} wp_reading_base_t;

typedef struct wp_reading_case_t {
    const wp_reading_input_t *input;
    const wp_reading_policy_t *policy;
    wp_meter_history_t history;
    wp_reading_base_t base;
    bool has_value; /* the text is a value, value holds it */
    int64_t value;
    bool below;    /* lower than last, and no answer has settled that */
    bool answered; /* use rests on the person's answer */
    bool partial;  /* only a part of the use is known: too little says nothing */
    bool has_use;
    int64_t use;
    int days; /* at least 1 */
    bool has_usual, has_season;
    int64_t usual, season; /* litres for those days */
} wp_reading_case_t;

void wp_args_add(wp_reading_args_t *args, const char *name, wp_reading_arg_type_t type, int64_t value);

/* Looks up usual and season for the days the case counts. */
void wp_reading_case_compare(wp_reading_case_t *c);

/* What is needed of another meter of the form: its value, use and usual. */
void wp_reading_case_make(wp_reading_case_t *c, const wp_reading_input_t *input);

/* Above this a choice is unlikely. */
int64_t wp_reading_unlikely_limit(const wp_reading_case_t *c);

/* The first rule that asks, in the order of docs/reading-rules.md; false when none does. */
bool wp_reading_rules_ask(const wp_reading_case_t *c, wp_reading_finding_t *finding);

/* The interval before this one is known and nothing was used in it (or: something was). */
bool wp_reading_zero_before(const wp_reading_case_t *c);

wp_leak_t wp_reading_leak(const wp_reading_case_t *c, wp_reading_args_t *args);

#endif
