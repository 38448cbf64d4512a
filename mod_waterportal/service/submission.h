/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_SUBMISSION_H
#define WP_SERVICE_SUBMISSION_H

#include "domain/reading/check.h"
#include "service/act.h"
#include "store/meters.h"

/* Readings that somebody submits for meters of one contract: all of a submission or none of it, with one receipt. A
 * later value for the same meter in the same reading window corrects the earlier one, which is kept as a version. */

#define WP_SEEN_ANY (-1)

/* What somebody says about one meter. */
typedef struct wp_reading_wanted_t {
    const char *meter;          /* its id in billing */
    const char *typed;          /* the counter in cubic metres, as typed; NULL or "": nothing is submitted for it */
    wp_reading_answer_t answer; /* to what happened, if the value is below the last */
    const char *confirm;        /* wp_reading_confirmation_format() of a question; NULL: none is confirmed */
    const char *reason;         /* what the person says about the question, a code; or NULL */
    int seen; /* wp_point_t.versions when the sender last looked: if somebody else has submitted another value since,
                 that is a conflict. WP_SEEN_ANY: whatever counts now is corrected */
} wp_reading_wanted_t;

typedef struct wp_submission_wanted_t {
    const char *contract;
    const wp_reading_wanted_t *readings;
    int count;
} wp_submission_wanted_t;

/* Which meters of a contract are looked at. */
typedef struct wp_sheet_wanted_t {
    const char *contract;
    wp_right_t right;                 /* on these meters */
    bool history;                     /* what was submitted in the open window belongs to the history */
    const apr_array_header_t *meters; /* const char *: these come first; NULL: in page order */
    int size, skip;                   /* at most so many, after so many */
} wp_sheet_wanted_t;

/* Meters of a contract, what is said about them and what the rules say to that; all arrays have the same order. They
 * also hold meters about which nothing is said, because the rules compare a value with the other meters' (a number in
 * its neighbour's field). */
typedef struct wp_sheet_t {
    wp_standing_t standing;
    wp_window_t window; /* at the act's time; never open for a contract that has ended */
    int total;          /* meters of the contract, whatever the sheet's size */
    int count;          /* meters on the sheet */
    wp_point_t *points;
    const char **meter_ids;
    const wp_reading_wanted_t **wanted; /* NULL: nothing is said about this meter */
    wp_reading_input_t *inputs;
    wp_reading_result_t *results; /* of those with a value (wp_sheet_is_filled) */
    const char *account;          /* under which readings are kept */
} wp_sheet_t;

/* Was a value typed for this meter? */
bool wp_sheet_is_filled(const wp_sheet_t *sheet, int i);
/* Is the value valid and another one than what counts now? */
bool wp_sheet_is_new(const wp_sheet_t *sheet, int i);

/* Loads a sheet; works in a read unit too. *result: UNKNOWN or REFUSED as wp_act_stand() says; otherwise left alone. */
apr_status_t wp_sheet_load(wp_act_t *act, const wp_sheet_wanted_t *wanted, wp_sheet_t *sheet, wp_result_t *result);

/* What submitting this would come to, from what the sheet has; changes nothing but the sheet. *result:
 *   UNKNOWN   one of the meters is not on the sheet
 *   REFUSED   WP_ERROR_NONE: sheet->results say why, of each meter; READINGS_NONE: there is no value at all;
 *             READINGS_TWICE: a meter is named twice
 *   CONFLICT  somebody else has submitted another value for one of the meters since the sender looked
 *   SAME      all these values were submitted before; detail: the receipt
 *   otherwise left alone: they could be submitted */
void wp_submission_judge(const wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                         wp_result_t *result);

/* The same with a sheet that is loaded for it, by any door that lets somebody try; works in a read unit too. */
apr_status_t wp_submission_check(wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                                 wp_result_t *result);

/* Submits what wp_submission_check() found to be right in the same unit of work, for a door that has rules of its own
 * beside. *result: DONE with the receipt's number as detail; LIMITED; CONFLICT. */
apr_status_t wp_submission_add(wp_act_t *act, const wp_sheet_t *sheet, wp_result_t *result);

/* Submits. *result: DONE with the receipt's number as detail; LIMITED (WP_LIMIT_READINGS); otherwise as
 * wp_submission_check(). sheet: what it was decided by. */
apr_status_t wp_submission_send(wp_act_t *act, const wp_submission_wanted_t *wanted, wp_sheet_t *sheet,
                                wp_result_t *result);

/* Withdraws what still counts of a submission, by its receipt. *result: DONE; SAME: it was withdrawn before; UNKNOWN:
 * no such receipt, or another account's; CONFLICT: its window has closed, its contract has ended, or all of it has been
 * corrected; REFUSED: the right to submit is missing. */
apr_status_t wp_submission_withdraw(wp_act_t *act, const char *receipt, wp_result_t *result);

#endif
