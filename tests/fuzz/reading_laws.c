/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/reading_laws.h"

#include <stdio.h>
#include <string.h>

#include "domain/reading/check.h"
#include "domain/volume.h"

#include "base/banned.h"

#define ENTRIES_MAX 60
#define TYPED_SIZE  64

typedef struct life_t {
    wp_reading_policy_t policy;
    wp_meter_t meter;
    wp_reading_t history[ENTRIES_MAX];
    size_t count;
    bool honest;     /* every entry is what the counter showed, */
    bool plain;      /* and nothing but one meter's readings, none of them across a rollover */
    int64_t run;     /* litres through the meter since the last entry that was read */
    int64_t counter; /* what it shows today */
    char typed[TYPED_SIZE];
    wp_reading_input_t input;
} life_t;

#define LAW(condition) \
    do { \
        if (!(condition)) \
            return "reading law: " #condition; \
    } while (0)
#define OBEY(law) \
    do { \
        const char *broken = (law); \
        if (broken) \
            return broken; \
    } while (0)

/* ---- a life */

static void make_policy(life_t *life, fuzz_bytes_t *bytes)
{
    life->policy = wp_reading_policy_default;
    for (unsigned changes = fuzz_byte(bytes) % 4; changes > 0; changes--) {
        unsigned skip = fuzz_byte(bytes) % 22;
        const wp_reading_policy_field_t *field = wp_reading_policy_fields;
        while (skip-- > 0 && field[1].name)
            field++;
        wp_reading_policy_set(&life->policy, field, (long)fuzz_between(bytes, field->least, field->most));
    }
}

static wp_reading_t *add_entry(life_t *life, wp_date_t on, wp_reading_kind_t kind, int64_t litres)
{
    int device = life->count > 0 ? life->history[life->count - 1].device : 1;
    wp_reading_t *entry = &life->history[life->count++];
    *entry = (wp_reading_t){.on = on, .litres = litres, .kind = kind, .device = device};
    return entry;
}

static int64_t shown(const life_t *life, int64_t litres)
{
    return litres / wp_meter_unit(&life->meter) * wp_meter_unit(&life->meter);
}

/* The water of some days: nothing, a household's, or anything. */
static int64_t draw_use(fuzz_bytes_t *bytes, int days)
{
    unsigned how = fuzz_byte(bytes) % 8;
    return how == 0 ? 0 : how < 7 ? fuzz_between(bytes, 50, 400) * days : fuzz_between(bytes, 0, 20000000);
}

static void run_water(life_t *life, int64_t use)
{
    int64_t turn = wp_meter_turn(&life->meter);
    use = shown(life, use % turn);
    life->plain = life->plain && life->counter + use < turn;
    life->counter = (life->counter + use) % turn;
    life->run += use;
}

static void exchange_meter(life_t *life, wp_date_t on, fuzz_bytes_t *bytes)
{
    add_entry(life, on, WP_READING_SWAP_END, life->counter);
    life->counter = shown(life, fuzz_between(bytes, 0, 5000) % wp_meter_turn(&life->meter));
    add_entry(life, on, WP_READING_SWAP_START, life->counter)->device++;
    life->plain = false;
}

static wp_date_t live(life_t *life, fuzz_bytes_t *bytes)
{
    wp_date_t on = wp_date_make(2020, 1, 1) + (wp_date_t)fuzz_between(bytes, 0, 1000);

    life->counter = shown(life, (int64_t)fuzz_number(bytes, 5) % wp_meter_turn(&life->meter));
    for (unsigned entries = fuzz_byte(bytes) % 24; entries > 0 && life->count + 3 < ENTRIES_MAX; entries--) {
        int days = (int)fuzz_between(bytes, 0, 63);
        unsigned what = fuzz_byte(bytes) % 16;
        int64_t before = life->counter;
        on += days;
        run_water(life, draw_use(bytes, days));
        if (what == 0) {
            exchange_meter(life, on, bytes);
        } else if (what <= 2) {
            add_entry(life, on, what == 1 ? WP_READING_ESTIMATED : WP_READING_MISSING, shown(life, before + 5000));
            continue; /* nobody looked: the water runs on */
        } else {
            add_entry(life, on, (wp_reading_kind_t)(what % 3), life->counter)->rolled = life->counter < before;
        }
        life->run = 0;
    }
    return on;
}

/* Anything a table may hold, in the order of days. */
static wp_date_t live_at_random(life_t *life, fuzz_bytes_t *bytes)
{
    wp_date_t on = wp_date_make(1990, 1, 1);

    life->honest = life->plain = false;
    for (unsigned entries = fuzz_byte(bytes) % ENTRIES_MAX; entries > 0; entries--) {
        unsigned what = fuzz_byte(bytes);
        on += (wp_date_t)fuzz_between(bytes, 0, what % 16 == 0 ? 5000 : 60);
        wp_reading_t *entry = add_entry(life, on, (wp_reading_kind_t)(what / 16 % 7), (int64_t)fuzz_number(bytes, 4));
        entry->litres = what % 8 == 1 ? (int64_t)fuzz_number(bytes, 8) : entry->litres;
        entry->device += what % 8 == 2;
        entry->rolled = what % 8 == 3;
    }
    life->counter = (int64_t)fuzz_number(bytes, 5) % wp_meter_turn(&life->meter);
    return on;
}

static void make_life(life_t *life, fuzz_bytes_t *bytes)
{
    unsigned how = fuzz_byte(bytes);

    *life = (life_t){.honest = true, .plain = true};
    life->meter = (wp_meter_t){.digits = 1 + (int)fuzz_byte(bytes) % 9, .decimals = (int)fuzz_byte(bytes) % 4};
    if (how % 2)
        life->meter.digits = 5;
    make_policy(life, bytes);
    wp_date_t on = how % 4 == 0 ? live_at_random(life, bytes) : live(life, bytes);
    int days = (int)fuzz_between(bytes, 0, 90);
    if (life->honest)
        run_water(life, draw_use(bytes, days));
    else
        life->counter = shown(life, life->counter);
    wp_volume_format(life->counter, life->meter.decimals, life->typed);
    life->input = (wp_reading_input_t){.meter = life->meter,
                                       .history = life->history,
                                       .history_count = life->count,
                                       .typed = life->typed,
                                       .on = on + days,
                                       .today = on + days,
                                       .policy = &life->policy};
}

/* ---- laws */

static bool same_args(const wp_reading_args_t *a, const wp_reading_args_t *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->list[i].name, b->list[i].name) != 0 || a->list[i].value != b->list[i].value)
            return false;
    return true;
}

static bool same_result(const wp_reading_result_t *a, const wp_reading_result_t *b)
{
    if (a->verdict != b->verdict || a->has_litres != b->has_litres || a->litres != b->litres ||
        a->has_use != b->has_use || a->use != b->use || a->days != b->days || a->since != b->since ||
        a->finding_count != b->finding_count || a->choice_count != b->choice_count || a->leak != b->leak ||
        a->flags != b->flags || !same_args(&a->leak_args, &b->leak_args))
        return false;
    for (size_t i = 0; i < a->finding_count; i++)
        if (a->findings[i].code != b->findings[i].code || !same_args(&a->findings[i].args, &b->findings[i].args))
            return false;
    for (size_t i = 0; i < a->choice_count; i++)
        if (a->choices[i].what != b->choices[i].what || a->choices[i].unlikely != b->choices[i].unlikely ||
            !same_args(&a->choices[i].args, &b->choices[i].args))
            return false;
    return true;
}

static const char *check_args(const wp_reading_args_t *args)
{
    LAW(args->count <= WP_READING_ARGS_MAX);
    for (size_t i = 0; i < args->count; i++)
        LAW(args->list[i].type == WP_ARG_DATE || args->list[i].value >= 0);
    return NULL;
}

/* No negative number, and what belongs to a verdict. */
static const char *check_sense(const wp_reading_result_t *r)
{
    static const struct {
        size_t findings_least, findings_most, choices_least, choices_most;
    } counts[] = {[WP_READING_ACCEPT] = {0, 1, 0, 0},
                  [WP_READING_ASK] = {1, 1, 0, 0},
                  [WP_READING_CHOOSE] = {1, 2, 3, 4},
                  [WP_READING_REFUSE] = {1, 1, 0, 0}};

    LAW(r->finding_count >= counts[r->verdict].findings_least && r->finding_count <= counts[r->verdict].findings_most);
    LAW(r->choice_count >= counts[r->verdict].choices_least && r->choice_count <= counts[r->verdict].choices_most);
    LAW(!r->has_use || (r->use >= 0 && r->days >= 0));
    LAW(!r->has_use || r->verdict == WP_READING_ACCEPT || r->verdict == WP_READING_ASK);
    LAW(r->verdict != WP_READING_ACCEPT || r->finding_count == 0 || r->findings[0].confirmed);
    for (size_t i = 0; i < r->finding_count; i++)
        OBEY(check_args(&r->findings[i].args));
    for (size_t i = 0; i < r->choice_count; i++)
        OBEY(check_args(&r->choices[i].args));
    return check_args(&r->leak_args);
}

static void check_typed(const life_t *life, const char *typed, wp_reading_result_t *r)
{
    wp_reading_input_t input = life->input;
    input.typed = typed;
    wp_reading_check(&input, r);
}

/* How a number is spelled makes no difference: comma, leading zero, groups, white space. */
static const char *check_spelling(const life_t *life, const wp_reading_result_t *r)
{
    char typed[TYPED_SIZE], grouped[TYPED_SIZE] = "";
    wp_reading_result_t other;
    size_t whole = strcspn(life->typed, "."), used = 0;

    snprintf(typed, sizeof typed, "\xC2\xA0 00%.*s%s%s\t", (int)whole, life->typed, life->typed[whole] ? "," : "",
             life->typed[whole] ? life->typed + whole + 1 : "");
    check_typed(life, typed, &other);
    LAW(same_result(r, &other));
    for (size_t i = 0; life->typed[i] != '\0'; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            grouped[used++] = ' ';
        grouped[used++] = life->typed[i];
    }
    check_typed(life, grouped, &other);
    LAW(same_result(r, &other));
    return NULL;
}

/* Who has confirmed a question is not asked it again. */
static const char *check_confirmed(const wp_reading_input_t *asked, const wp_reading_result_t *r)
{
    wp_reading_confirmation_t confirmed = {r->findings[0].code, r->litres}, other = {confirmed.code, r->litres + 1};
    wp_reading_input_t input = *asked;
    wp_reading_result_t answer;

    if (r->verdict != WP_READING_ASK)
        return NULL;
    input.confirmed = &confirmed;
    input.confirmed_count = 1;
    wp_reading_check(&input, &answer);
    LAW(answer.verdict == WP_READING_ACCEPT && answer.findings[0].confirmed);
    LAW(answer.has_use == r->has_use && answer.use == r->use);
    input.confirmed = &other; /* another value was confirmed */
    wp_reading_check(&input, &answer);
    LAW(answer.verdict == WP_READING_ASK);
    return NULL;
}

static bool find_arg(const wp_reading_args_t *args, const char *name, int64_t *value)
{
    for (size_t i = 0; i < args->count; i++)
        if (strcmp(args->list[i].name, name) == 0) {
            *value = args->list[i].value;
            return true;
        }
    return false;
}

/* Each choice that is offered settles the question, with the use it told. */
static const char *check_choices(const life_t *life, const wp_reading_result_t *r)
{
    for (size_t i = 0; i < r->choice_count; i++) {
        wp_reading_input_t input = life->input;
        wp_reading_result_t answer;
        int64_t use;
        input.answer.what = r->choices[i].what;
        wp_reading_check(&input, &answer);
        OBEY(check_sense(&answer));
        bool mistyped = input.answer.what == WP_WHAT_MISTYPED;
        LAW(mistyped == (answer.verdict == WP_READING_REFUSE) && answer.verdict != WP_READING_CHOOSE);
        bool told = find_arg(&r->choices[i].args, "use", &use);
        LAW(told == answer.has_use);
        LAW(!told || answer.use == use);
        OBEY(check_confirmed(&input, &answer));
    }
    return NULL;
}

/* What the counter showed is never refused, and the use is the water that ran. */
static const char *check_truth(const life_t *life, const wp_reading_result_t *r)
{
    if (!life->honest)
        return NULL;
    LAW(r->verdict != WP_READING_REFUSE && r->litres == life->counter);
    if (life->plain && r->has_use)
        LAW(r->use == life->run);
    if (life->plain)
        LAW(r->verdict != WP_READING_CHOOSE);
    return NULL;
}

/* Thresholds that ask less never ask what was accepted before. */
static const char *check_thresholds(const life_t *life, const wp_reading_result_t *r, fuzz_bytes_t *bytes)
{
    static const char *const higher[] = {"high-percent",         "high-minimum", "first-per-day", "season-percent",
                                         "season-usual-percent", "low-minimum",  "zero-days",     "zero-minimum"};
    static const char *const lower[] = {"low-percent", "low-usual-percent"};
    wp_reading_policy_t policy = life->policy;
    wp_reading_input_t input = life->input;
    wp_reading_result_t milder;
    unsigned which = fuzz_byte(bytes) % 10;
    const wp_reading_policy_field_t *field = wp_reading_policy_find(which < 8 ? higher[which] : lower[which - 8]);
    int now = *(const int *)((const char *)&policy + field->offset);

    if (r->verdict != WP_READING_ACCEPT)
        return NULL;
    wp_reading_policy_set(&policy, field,
                          (long)(which < 8 ? fuzz_between(bytes, now, field->most)
                                           : fuzz_between(bytes, field->least, now)));
    input.policy = &policy;
    wp_reading_check(&input, &milder);
    LAW(milder.verdict == WP_READING_ACCEPT);
    return NULL;
}

/* More than what was too much is too much. */
static const char *check_more(const life_t *life, const wp_reading_result_t *r, fuzz_bytes_t *bytes)
{
    wp_reading_code_t code = r->finding_count > 0 ? r->findings[0].code : WP_CODE_NONE;
    char typed[WP_VOLUME_SIZE];
    wp_reading_result_t more;

    if (r->verdict != WP_READING_ASK ||
        (code != WP_CODE_HIGH && code != WP_CODE_HIGH_FIRST && code != WP_CODE_SEASON_HIGH && code != WP_CODE_SLIP_UP))
        return NULL;
    int64_t top = wp_meter_turn(&life->meter) - wp_meter_unit(&life->meter);
    wp_volume_format(shown(life, fuzz_between(bytes, r->litres, top)), life->meter.decimals, typed);
    check_typed(life, typed, &more);
    LAW(more.verdict == WP_READING_ASK);
    return NULL;
}

/* Estimates are not readings: with one more of them the use is what it was. */
static const char *check_estimate(const life_t *life, const wp_reading_result_t *r)
{
    wp_reading_t history[ENTRIES_MAX + 1];
    wp_reading_input_t input = life->input;
    wp_reading_result_t other;

    if (life->count >= WP_METER_HISTORY_MAX) /* it would push out the oldest */
        return NULL;
    memcpy(history, life->history, sizeof life->history);
    history[life->count] =
        (wp_reading_t){.on = input.on, .litres = r->litres + 1, .kind = WP_READING_ESTIMATED, .device = 1};
    input.history = history;
    input.history_count = life->count + 1;
    wp_reading_check(&input, &other);
    LAW(other.verdict == r->verdict && other.has_use == r->has_use && other.use == r->use && other.since == r->since);
    return NULL;
}

/* A question about another meter of the form names it. */
static const char *check_other(const wp_reading_input_t *input, const wp_reading_result_t *r)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        wp_reading_code_t code = r->findings[i].code;
        bool other = code == WP_CODE_EXCHANGED || code == WP_CODE_DUPLICATE || code == WP_CODE_OTHER_METER;
        LAW(other == (r->findings[i].other >= 0));
        LAW(!other || (size_t)r->findings[i].other < input->form_count);
    }
    return NULL;
}

/* A second meter stands in the same form; what was typed may have gone to the wrong one, or to both. */
static void add_other(life_t *life, life_t *other, fuzz_bytes_t *bytes)
{
    unsigned how = fuzz_byte(bytes) % 8;

    if (how < 4)
        return;
    make_life(other, bytes);
    if (how == 5)
        memcpy(other->typed, life->typed, sizeof other->typed);
    if (how == 6) {
        char typed[TYPED_SIZE];
        memcpy(typed, life->typed, sizeof typed);
        memcpy(life->typed, other->typed, sizeof life->typed);
        memcpy(other->typed, typed, sizeof other->typed);
        life->honest = false;
    }
    life->input.form = &other->input;
    life->input.form_count = 1;
}

const char *reading_law_broken(fuzz_bytes_t *bytes)
{
    life_t life, other;
    wp_reading_result_t r, again;

    make_life(&life, bytes);
    add_other(&life, &other, bytes);
    wp_reading_check(&life.input, &r);
    wp_reading_check(&life.input, &again);
    LAW(same_result(&r, &again));
    OBEY(check_sense(&r));
    OBEY(check_other(&life.input, &r));
    OBEY(check_truth(&life, &r));
    if (r.verdict == WP_READING_REFUSE) /* the other meter's value is none of this one */
        return NULL;
    OBEY(check_spelling(&life, &r));
    OBEY(check_confirmed(&life.input, &r));
    OBEY(check_choices(&life, &r));
    if (life.input.form_count == 0)
        OBEY(check_thresholds(&life, &r, bytes));
    OBEY(check_more(&life, &r, bytes));
    return check_estimate(&life, &r);
}
