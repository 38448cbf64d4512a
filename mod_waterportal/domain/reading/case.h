/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the reading rules: what one check knows while the rules look at it. */
#ifndef WP_DOMAIN_READING_CASE_H
#define WP_DOMAIN_READING_CASE_H

#include "domain/reading/check.h"
#include "domain/volume.h"

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

/* A number of a finding, a choice or a hint; one more than there is room for is left out. */
void wp_reading_args_add(wp_reading_args_t *args, const char *name, wp_reading_arg_type_t type, int64_t value);

/* The history, and from where use is counted by it; nothing is known of a value yet. */
void wp_reading_case_begin(wp_reading_case_t *c, const wp_reading_input_t *input);

/* A value of this meter as typed; NULL is nothing. */
wp_volume_verdict_t wp_reading_case_parse(const wp_reading_case_t *c, const char *text, int64_t *litres);

/* With a value: use and usual as they are when no answer changes them. */
void wp_reading_case_look(wp_reading_case_t *c);

/* Use by the person's answer, and what is usual for so many days. */
void wp_reading_case_set_use(wp_reading_case_t *c, int64_t use, int days);

/* What is needed of another meter of the form: its value, use and usual. */
void wp_reading_case_make(wp_reading_case_t *c, const wp_reading_input_t *input);

/* The history without the last reading; false when that tells no use: nothing before, another meter, still lower. */
bool wp_reading_case_drop_last(const wp_reading_case_t *c, wp_reading_case_t *without);

/* The meter that the last reading was read from: a former one as long as nothing was read from the one in use. */
wp_meter_t wp_reading_case_last_meter(const wp_reading_case_t *c);

/* The interval before this one is known and nothing was used in it (or: something was). */
bool wp_reading_case_zero_before(const wp_reading_case_t *c);

#endif
