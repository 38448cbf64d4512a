/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_FORM_H
#define WP_PORTAL_FORM_H

#include <apr_hash.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/codes.h"
#include "base/urlencoded.h"
#include "domain/reading/check.h"
#include "crypto/secret.h"
#include "portal/section.h"

/* A value of one control, with its problems: a problem's code is "error.CODE" in the catalogue. */
typedef struct wp_value_t {
    const wp_field_t *field;
    const char *key;         /* of a repeated field: "M123"; otherwise NULL */
    const char *control;     /* the HTML id: "value-M123"; wp_control_key() */
    const char *typed;       /* as typed, not even trimmed: shown again */
    const char *meant;       /* cleaned and trimmed: what a problem quotes */
    const char *value;       /* checked and normalised; NULL if empty or invalid */
    xmlNodePtr problems;     /* parent of <problem> nodes, or NULL; in a scratch document of the form */
    xmlNodePtr sent_problem; /* the last of them that wp_form_take() found */
} wp_value_t;

typedef struct wp_form_t {
    apr_pool_t *pool;
    const wp_form_def_t *def;
    const char *key;           /* idempotency key: 26 characters of [a-z2-7] */
    const char *token;         /* as the client sent it */
    const char *button;        /* the value of the control "do": the button that was pressed */
    apr_hash_t *values;        /* "name" or "name.key" → wp_value_t */
    apr_array_header_t *order; /* wp_value_t *, in the order of declaration; repeated ones by key in the order sent */
    xmlDocPtr scratch;         /* NULL until there is a problem */
    int problems;
    bool sent;                      /* by this request: wp_form_rewind() keeps these values and their problems */
    int sent_values, sent_problems; /* how many */
    bool submitted;                 /* the values come from a client (POST or restored), not from show() */
} wp_form_t;

/* Makes a form without values. */
wp_form_t *wp_form_make(apr_pool_t *pool, const wp_form_def_t *def);

/* Makes a key usable in an HTML id, which must not contain blanks and must work in a link and in a script:
 * percent-encoded, with ":" instead of "%". Different keys remain different. */
const char *wp_control_key(apr_pool_t *pool, const char *key);

/* Takes the pairs of a request body, checks the types and adds problems. Undeclared names except form-key,
 * form-token and do are ignored. False if the body cannot come from a form of the portal: a repeated control, an
 * invalid key, or more than 20 keys. */
bool wp_form_take(wp_form_t *form, const apr_array_header_t *pairs);

/* The same for values that were stored earlier: shown as typed, without problems so far. */
bool wp_form_restore(wp_form_t *form, const apr_array_header_t *pairs);

/* Was the button pressed that only computes? Then nothing is saved. */
bool wp_form_computes(const wp_form_t *form);

/* The checked value; NULL if not given, never "". key: NULL for a field that is not repeated. */
const char *wp_form_value(const wp_form_t *form, const char *name, const char *key);
/* Was nothing typed, or only white space? */
bool wp_form_is_blank(const wp_form_t *form, const char *name, const char *key);
bool wp_form_ticked(const wp_form_t *form, const char *name, const char *key);

/* Sets what a form shows before anything was typed. No effect on a submitted form. */
void wp_form_preset(wp_form_t *form, const char *name, const char *key, const char *value);

/* Adds a problem to a control, which need not have been sent; returns the <problem> node for wp_message_arg(). */
xmlNodePtr wp_form_problem(wp_form_t *form, const char *name, const char *key, wp_error_t code);
/* The same for a finding of the rules for readings. */
xmlNodePtr wp_form_finding(wp_form_t *form, const char *name, const char *key, wp_reading_code_t code);

/* The keys sent for any repeated field, in the order sent: const char *. */
apr_array_header_t *wp_form_keys(const wp_form_t *form);

/* Removes what show(), check() and restoring added: the form is again as the client sent it. */
void wp_form_rewind(wp_form_t *form);

/* Gives the form a new key, so that the same values can be submitted as something new. */
void wp_form_renew(wp_form_t *form);

/* A keyed hash of everything typed: distinguishes a repeated submission from one with other values. */
const char *wp_form_tag(const wp_form_t *form, const wp_secret_t *secret);

/* Writes <form> (and the page's <problems>) to the page. */
void wp_form_write(const wp_form_t *form, xmlNodePtr page, const char *action, const char *token);

/* Checked values of path and query. */
typedef struct wp_inputs_t {
    apr_table_t *values;
    apr_table_t *typed, *problems; /* of the filters (wp_field_t.filter): text as typed, codes of invalid ones */
} wp_inputs_t;

/* What the person meant by what was typed: cleaned as the field's type requires (base/clean.h; an id from billing
 * remains unchanged) and trimmed. */
const char *wp_field_clean(apr_pool_t *pool, const wp_field_t *field, const char *typed);

/* Checks one value by the field's type: the normalised value, or NULL if it is invalid. */
const char *wp_field_check(apr_pool_t *pool, const wp_field_t *field, const char *typed, wp_error_t *problem);

#endif
