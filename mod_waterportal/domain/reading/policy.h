/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_READING_POLICY_H
#define WP_DOMAIN_READING_POLICY_H

#include <stdbool.h>
#include <stddef.h>

/* The thresholds of the reading rules: member, directive-style name, default, minimum, maximum, unit, meaning.
 * docs/reading-rules.md gives the reasons for the defaults; the percentages are bounded so that products stay exact. */
#define WP_READING_POLICY(X) \
    X(high_percent, "high-percent", 300, 110, 5000, "percent", "ask above this part of the usual") \
    X(high_minimum, "high-minimum", 5000, 0, 1000000, "litres", "never ask about a use up to this") \
    X(first_per_day, "first-per-day", 2000, 100, 1000000, "litres a day", "ask above this when nothing is usual yet") \
    X(season_percent, "season-percent", 250, 110, 5000, "percent", "ask above this part of last year's season") \
    X(season_usual_percent, "season-usual-percent", 150, 100, 5000, "percent", \
      "against the season: only above this part of the usual") \
    X(low_percent, "low-percent", 15, 0, 90, "percent", "ask below this part of usual or season; 0 never asks") \
    X(low_usual_percent, "low-usual-percent", 50, 0, 100, "percent", \
      "against the season: only below this part of the usual") \
    X(low_minimum, "low-minimum", 3000, 0, 1000000, "litres", "never ask about too little when less is usual") \
    X(zero_days, "zero-days", 50, 1, 1000, "days", "so long without use makes new use remarkable") \
    X(zero_minimum, "zero-minimum", 1000, 0, 1000000, "litres", "when more than this is used") \
    X(hint_low_percent, "hint-low-percent", 50, 0, 100, "percent", \
      "a corrected value fits from this part of the usual") \
    X(hint_high_percent, "hint-high-percent", 200, 100, 5000, "percent", "to this part of the usual") \
    X(rollover_percent, "rollover-percent", 500, 110, 5000, "percent", \
      "a choice is unlikely above this part of the usual") \
    X(rollover_counter_percent, "rollover-counter-percent", 10, 1, 50, "percent", \
      "of the counter's range when nothing is usual") \
    X(usual_days, "usual-days", 400, 30, 1100, "days", "how far back usual use is looked for") \
    X(usual_step_days, "usual-step-days", 7, 1, 60, "days", "shorter intervals say nothing") \
    X(usual_steps, "usual-steps", 2, 1, 12, "intervals", "so many are needed to call something usual") \
    X(season_coverage_percent, "season-coverage-percent", 60, 10, 100, "percent", \
      "so much of last year's days must be known") \
    X(leak_percent, "leak-percent", 150, 110, 1000, "percent", "raised above this part of earlier use") \
    X(leak_per_day, "leak-per-day", 50, 1, 100000, "litres a day", "and by at least this much") \
    X(leak_step_days, "leak-step-days", 20, 7, 100, "days", "intervals that tell something about a leak") \
    X(leak_history, "leak-history", 3, 2, 12, "intervals", "earlier intervals needed")

typedef struct wp_reading_policy_t {
#define WP_MEMBER(member, name, initial, least, most, unit, meaning) int member;
    WP_READING_POLICY(WP_MEMBER)
#undef WP_MEMBER
} wp_reading_policy_t;

typedef struct wp_reading_policy_field_t {
    const char *name;
    size_t offset; /* of the int in wp_reading_policy_t */
    int initial, least, most;
    const char *unit, *meaning;
} wp_reading_policy_field_t;

/* Ends with a row whose name is NULL. */
extern const wp_reading_policy_field_t wp_reading_policy_fields[];
extern const wp_reading_policy_t wp_reading_policy_default;

/* The row with a name; NULL if there is none. */
const wp_reading_policy_field_t *wp_reading_policy_find(const char *name);

/* False, with nothing changed, if value is outside the row's bounds. */
bool wp_reading_policy_set(wp_reading_policy_t *policy, const wp_reading_policy_field_t *field, long value);

#endif
