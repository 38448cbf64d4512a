/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_READING_CHECK_H
#define WP_DOMAIN_READING_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/date.h"
#include "domain/meter.h"
#include "domain/reading/policy.h"

/* One rule engine for every channel: what a person typed for a meter → accept, ask, choose or refuse, as codes and
 * numbers, not words. docs/reading-rules.md explains each rule to people, tests/vectors/readings.json has the cases. */

typedef enum wp_reading_verdict_t {
    WP_READING_ACCEPT,
    WP_READING_ASK,    /* a question that the person can confirm */
    WP_READING_CHOOSE, /* lower than last: what happened? */
    WP_READING_REFUSE  /* impossible */
} wp_reading_verdict_t;

/* What a code means: the value is impossible, it is lower than the last, or it raises a question that the person can
 * confirm – about a likely mistake, or about a remarkable use. */
typedef enum wp_reading_code_kind_t {
    WP_CODE_KIND_NOTHING,
    WP_CODE_KIND_REFUSAL,
    WP_CODE_KIND_CHOICE,
    WP_CODE_KIND_MISTAKE,
    WP_CODE_KIND_USE
} wp_reading_code_kind_t;

/* member, kind, code */
#define WP_READING_CODES(X) \
    X(NONE, NOTHING, "") \
    X(REMOTE, REFUSAL, "reading_remote") \
    X(CLOSED, REFUSAL, "reading_closed") \
    X(EMPTY, REFUSAL, "reading_empty") \
    X(NOT_NUMBER, REFUSAL, "reading_not_number") \
    X(NEGATIVE, REFUSAL, "reading_negative") \
    X(DIGITS, REFUSAL, "reading_digits") \
    X(WHOLE, REFUSAL, "reading_whole") \
    X(DECIMALS, REFUSAL, "reading_decimals") \
    X(FUTURE, REFUSAL, "reading_future") \
    X(NOT_NEWER, REFUSAL, "reading_not_newer") \
    X(MISTYPED_VALUE, REFUSAL, "reading_mistyped") \
    X(SWAP_DATE, REFUSAL, "swap_date") \
    X(SWAP_END, REFUSAL, "swap_end") \
    X(SWAP_END_BELOW, REFUSAL, "swap_end_below") \
    X(SWAP_START, REFUSAL, "swap_start") \
    X(SWAP_START_ABOVE, REFUSAL, "swap_start_above") \
    X(BELOW, CHOICE, "reading_below") \
    X(EXCHANGED, MISTAKE, "exchanged") \
    X(DUPLICATE, MISTAKE, "duplicate") \
    X(SAME_AS_OLDER, MISTAKE, "same_as_older") \
    X(OTHER_METER, MISTAKE, "other_meter") \
    X(SAME_AS_ESTIMATE, MISTAKE, "same_as_estimate") \
    X(SLIP_UP, MISTAKE, "slip_up") \
    X(SLIP_DOWN, MISTAKE, "slip_down") \
    X(TRANSPOSED, MISTAKE, "transposed") \
    X(ROLLOVER_UNLIKELY, MISTAKE, "rollover_unlikely") \
    X(USE_AFTER_ZERO, USE, "use_after_zero") \
    X(HIGH, USE, "high") \
    X(HIGH_FIRST, USE, "high_first") \
    X(SEASON_HIGH, USE, "season_high") \
    X(ZERO_AFTER_USE, USE, "zero_after_use") \
    X(SAME, USE, "same") \
    X(LOW, USE, "low") \
    X(SEASON_LOW, USE, "season_low")

typedef enum wp_reading_code_t {
#define WP_CODE(member, kind, name) WP_CODE_##member,
    WP_READING_CODES(WP_CODE)
#undef WP_CODE
} wp_reading_code_t;

/* What happened, if the value is lower than the last; also the answer to that question. */
typedef enum wp_reading_what_t {
    WP_WHAT_UNKNOWN,
    WP_WHAT_MISTYPED,
    WP_WHAT_LAST_WRONG,
    WP_WHAT_SWAPPED,
    WP_WHAT_ROLLOVER
} wp_reading_what_t;

#define WP_READING_FLAGS(X) \
    X(FIRST, "first_reading") \
    X(AFTER_ESTIMATE, "after_estimate") \
    X(OVER_ESTIMATE, "over_estimate") \
    X(AFTER_MISSING, "after_missing") \
    X(ACROSS_SWAP, "across_swap") \
    X(SWAP_INCOMPLETE, "swap_incomplete") \
    X(ROLLED_OVER, "rolled_over") \
    X(ZERO_AGAIN, "zero_again") \
    X(LAST_WRONG, "last_wrong") \
    X(SWAP_REPORTED, "swap_reported") \
    X(USE_UNKNOWN, "use_unknown")

typedef enum wp_reading_flag_t { /* bit numbers */
#define WP_FLAG(member, name) WP_FLAG_##member,
                                 WP_READING_FLAGS(WP_FLAG)
#undef WP_FLAG
                                     WP_FLAG_COUNT
} wp_reading_flag_t;

typedef struct wp_reading_answer_t {
    wp_reading_what_t what;
    bool has_on; /* swapped: the day is known */
    wp_date_t on;
    const char *end, *start; /* swapped: as typed; NULL or "": not given, and the new meter started at 0 */
} wp_reading_answer_t;

typedef struct wp_reading_confirmation_t {
    wp_reading_code_t code;
    int64_t litres; /* the value that the question was about */
} wp_reading_confirmation_t;

typedef struct wp_reading_input_t wp_reading_input_t;
struct wp_reading_input_t {
    wp_meter_t meter;
    const wp_reading_t *history; /* chronological, without the value that this one corrects */
    size_t history_count;
    const char *typed; /* NULL or "": nothing was typed */
    wp_date_t on;      /* the day of the reading */
    wp_date_t today;
    bool closed; /* the submission window is closed */
    wp_reading_answer_t answer;
    const wp_reading_confirmation_t *confirmed;
    size_t confirmed_count;
    const wp_reading_input_t *form; /* the meters on the same form; this one may be among them, at its own address */
    size_t form_count;
    const wp_reading_policy_t *policy; /* NULL: wp_reading_policy_default */
};

typedef enum wp_reading_arg_type_t { WP_ARG_VOLUME, WP_ARG_INT, WP_ARG_DATE, WP_ARG_PERCENT } wp_reading_arg_type_t;

typedef struct wp_reading_arg_t {
    const char *name;
    wp_reading_arg_type_t type;
    int64_t value; /* litres, a number, a wp_date_t */
} wp_reading_arg_t;

#define WP_READING_ARGS_MAX 8
typedef struct wp_reading_args_t {
    wp_reading_arg_t list[WP_READING_ARGS_MAX];
    size_t count;
} wp_reading_args_t;

/* One refusal, question or likely mistake that the rules found in a reading. */
typedef struct wp_reading_finding_t {
    wp_reading_code_t code;
    bool confirmed;
    int other; /* index into form of the other meter concerned; -1 for none */
    wp_reading_args_t args;
} wp_reading_finding_t;

typedef struct wp_reading_choice_t {
    wp_reading_what_t what;
    bool unlikely;
    wp_reading_args_t args;
} wp_reading_choice_t;

typedef enum wp_leak_t { WP_LEAK_NONE, WP_LEAK_LOW, WP_LEAK_MEDIUM } wp_leak_t;

typedef struct wp_reading_result_t {
    wp_reading_verdict_t verdict;
    bool has_litres; /* the text is a value of this meter */
    int64_t litres;
    bool has_use; /* litres, days and since are known: accept and ask only */
    int64_t use;  /* litres, never negative */
    int days;
    wp_date_t since;
    wp_reading_finding_t findings[2]; /* the refusal, the question, or BELOW and the likely mistake */
    size_t finding_count;
    wp_reading_choice_t choices[4];
    size_t choice_count;
    wp_leak_t leak;
    wp_reading_args_t leak_args;
    unsigned flags; /* 1u << wp_reading_flag_t */
} wp_reading_result_t;

/* Never fails; a pure function of its input. */
void wp_reading_check(const wp_reading_input_t *input, wp_reading_result_t *result);

#endif
