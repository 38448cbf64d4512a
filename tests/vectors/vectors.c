/* SPDX-License-Identifier: Apache-2.0 */
/* vectors FILE…: puts every case of the files to the domain's code and prints a verdict per case (docs/vectors.md).
 * Exits 1 when a case failed, 2 when a file is not a vector file. */
#include "vectors/subjects.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

typedef json_t *(*subject_fn_t)(const json_t *input);

typedef struct subject_t {
    const char *name;
    subject_fn_t answer;
} subject_t;

typedef struct tally_t {
    size_t passed, failed;
    bool broken_file;
} tally_t;

#define SUBJECT(name) {#name, wp_subject_##name},
static const subject_t subjects[] = {WP_SUBJECTS(SUBJECT)};
#undef SUBJECT

static subject_fn_t find_subject(const char *name)
{
    for (size_t i = 0; name && i < sizeof subjects / sizeof *subjects; i++)
        if (strcmp(subjects[i].name, name) == 0)
            return subjects[i].answer;
    return NULL;
}

static bool agrees(const json_t *expected, const json_t *got);

static bool members_agree(const json_t *expected, const json_t *got)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)expected, key, value) if (!agrees(value, json_object_get(got, key))) return false;
    return true;
}

static bool elements_agree(const json_t *expected, const json_t *got)
{
    size_t i;
    json_t *value;
    if (json_array_size(expected) != json_array_size(got))
        return false;
    json_array_foreach(expected, i, value) if (!agrees(value, json_array_get(got, i))) return false;
    return true;
}

/* Of an object only the members that are expected count, null stands for absent, arrays must agree in full. */
static bool agrees(const json_t *expected, const json_t *got)
{
    if (json_is_null(expected))
        return !got || json_is_null(got);
    if (json_is_object(expected))
        return json_is_object(got) && members_agree(expected, got);
    if (json_is_array(expected))
        return json_is_array(got) && elements_agree(expected, got);
    return json_equal(expected, got);
}

static void print_line(json_t *line)
{
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static bool is_case(const json_t *one)
{
    return json_is_string(json_object_get(one, "name")) && json_is_string(json_object_get(one, "rule")) &&
           json_is_object(json_object_get(one, "input")) && json_object_size(json_object_get(one, "expect")) > 0;
}

static void run_case(const char *file, const json_t *one, subject_fn_t answer, tally_t *tally)
{
    json_t *expected = json_object_get(one, "expect");
    json_t *got = answer(json_object_get(one, "input"));
    bool ok = got && agrees(expected, got);
    json_t *line = json_pack("{s:s, s:O, s:b}", "file", file, "name", json_object_get(one, "name"), "ok", ok);

    if (!got)
        json_object_set_new(line, "error", json_string("the subject does not understand this input"));
    else if (!ok) {
        json_object_set(line, "expected", expected);
        json_object_set(line, "got", got);
    }
    if (ok)
        tally->passed++;
    else
        tally->failed++;
    print_line(line);
    json_decref(got);
}

static void refuse(const char *file, const char *error, int line, tally_t *tally)
{
    tally->broken_file = true;
    print_line(json_pack("{s:s, s:b, s:s, s:i}", "file", file, "ok", 0, "error", error, "line", line));
}

/* The name tells a person which case failed, so it must be one of its own. */
static const char *fault_of(const json_t *cases)
{
    const char *fault = json_array_size(cases) == 0 ? "no cases" : NULL;
    json_t *names = json_object();
    size_t i;
    json_t *one;
    json_array_foreach(cases, i, one)
    {
        const char *name = json_string_value(json_object_get(one, "name"));
        if (!is_case(one))
            fault = "a case lacks name, rule, input or expect";
        else if (json_object_get(names, name))
            fault = "two cases have the same name";
        else
            json_object_set_new(names, name, json_true());
    }
    json_decref(names);
    return fault;
}

static void run_file(const char *file, tally_t *tally)
{
    json_error_t error;
    json_t *root = json_load_file(file, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!root) {
        refuse(file, error.text, error.line, tally);
        return;
    }

    subject_fn_t answer = find_subject(json_string_value(json_object_get(root, "subject")));
    const json_t *cases = json_object_get(root, "cases");
    const char *fault = !answer ? "unknown subject" : fault_of(cases);
    size_t i;
    json_t *one;
    if (fault)
        refuse(file, fault, 0, tally);
    else
        json_array_foreach(cases, i, one) run_case(file, one, answer, tally);
    json_decref(root);
}

int main(int argc, char **argv)
{
    tally_t tally = {0};
    if (argc < 2) {
        fputs("usage: vectors FILE...\n", stderr);
        return 2;
    }
    for (int i = 1; i < argc; i++)
        run_file(argv[i], &tally);
    fprintf(stderr, "%zu passed, %zu failed\n", tally.passed, tally.failed);
    if (tally.broken_file)
        return 2;
    return tally.failed > 0 ? 1 : 0;
}
