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

/* A problem of one control: code is "error.CODE" in the catalogue. */
typedef struct wp_value_t {
    const wp_field_t *field;
    const char *key;     /* of a repeated field: "M123"; else NULL */
    const char *control; /* the HTML id: "value-M123"; wp_control_key() */
    const char *typed;   /* as typed, trimmed of nothing: shown again */
    const char *meant;   /* the same cleaned and trimmed: what a problem quotes */
    const char *value;   /* checked and normalised; NULL when empty or not right */
    xmlNodePtr problems; /* parent of <problem> nodes, or NULL: kept in a scratch document of the form */
} wp_value_t;

typedef struct wp_form_t {
    apr_pool_t *pool;
    const wp_form_def_t *def;
    const char *key;           /* idempotency key: 26 characters of [a-z2-7] */
    const char *token;         /* as sent */
    const char *button;        /* the value of the control "do": which button */
    apr_hash_t *values;        /* "name" or "name.key" → wp_value_t */
    apr_array_header_t *order; /* wp_value_t *, as declared, repeated ones by key as sent */
    xmlDocPtr scratch;
    int problems;
    const apr_array_header_t *pairs; /* what take() was given */
    bool submitted;                  /* values come from a client (POST or restored), not from load() */
} wp_form_t;

/* A form with no values. */
wp_form_t *wp_form_make(apr_pool_t *pool, const wp_form_def_t *def);

/* A key as part of an HTML id, which must have no blank in it and be found by a link and by a script: percent-encoded
 * with
 * ":" in place of "%". Different keys stay different. */
const char *wp_control_key(apr_pool_t *pool, const char *key);

/* Takes a body's pairs: undeclared names are ignored but form-key, form-token and do; a repeated control, a key that is
 * no key, or more than 20 keys are refused (false): that is no form of ours. Types are checked, problems added. */
bool wp_form_take(wp_form_t *form, const apr_array_header_t *pairs);

/* The same for values kept from before: shown as typed, without problems yet. */
bool wp_form_restore(wp_form_t *form, const apr_array_header_t *pairs);

/* The button that only computes was pressed: nothing is to be saved. */
bool wp_form_computes(const wp_form_t *form);

/* The checked value, "" never: NULL when not given. key NULL for a field that is not repeated. */
const char *wp_form_value(const wp_form_t *form, const char *name, const char *key);
/* Nothing was typed, or only white space. */
bool wp_form_is_blank(const wp_form_t *form, const char *name, const char *key);
bool wp_form_ticked(const wp_form_t *form, const char *name, const char *key);

/* What a form shows before anything was typed. No effect on a submitted form. */
void wp_form_preset(wp_form_t *form, const char *name, const char *key, const char *value);

/* Adds a problem to a control; returns the <problem> node for wp_message_arg(). The control need not have been sent. */
xmlNodePtr wp_form_problem(wp_form_t *form, const char *name, const char *key, wp_error_t code);
/* The same with what the rules for readings found. */
xmlNodePtr wp_form_finding(wp_form_t *form, const char *name, const char *key, wp_reading_code_t code);

/* The keys sent for any repeated field, in order: const char *. */
apr_array_header_t *wp_form_keys(const wp_form_t *form);

/* Forgets what load(), check() and a restored form added: as it was taken from the client. */
void wp_form_rewind(wp_form_t *form);

/* A new key, so that the same values can be submitted as something new. */
void wp_form_renew(wp_form_t *form);

/* A keyed hash of all that was typed: tells a repeated submission from one with other values. */
const char *wp_form_tag(const wp_form_t *form, const wp_secret_t *secret);

/* Writes <form> (and the page's <problems>) into the page. */
void wp_form_write(const wp_form_t *form, xmlNodePtr page, const char *action, const char *token);

/* Checked values of path and query. */
typedef struct wp_inputs_t {
    apr_table_t *values;
    apr_table_t *typed, *problems; /* of the filters (wp_field_t.filter): as typed, and the code of what is not right */
} wp_inputs_t;

/* What was meant by what was typed: cleaned as the field's type wants it (base/clean.h; an id of billing stays as it
 * is) and trimmed. */
const char *wp_field_clean(apr_pool_t *pool, const wp_field_t *field, const char *typed);

/* One value by a field's type: NULL when it is not right. */
const char *wp_field_check(apr_pool_t *pool, const wp_field_t *field, const char *typed, wp_error_t *problem);

#endif
