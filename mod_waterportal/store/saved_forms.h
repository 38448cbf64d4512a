/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_SAVED_FORMS_H
#define WP_STORE_SAVED_FORMS_H

#include "data/db.h"

/* Forms that were sent after their session ended (portal/engine/saved_form.c), until their person comes back. */

typedef struct wp_saved_form_t {
    const char *id;
    const char *person; /* tag of its person, who alone gets it back */
    const char *route;  /* "section/route" */
    const char *sealed; /* what was typed, encrypted */
    const char *expires;
} wp_saved_form_t;

/* Also deletes what has expired, and all but the newest forms of the person. */
apr_status_t wp_saved_form_add(wp_db_t *db, const wp_saved_form_t *form, const char *now);

/* *sealed: NULL if this person has none of this id for this route. */
apr_status_t wp_saved_form_find(wp_db_t *db, const wp_saved_form_t *form, const char *now, const char **sealed);

/* After it was sent once more. */
apr_status_t wp_saved_form_drop(wp_db_t *db, const char *id, const char *person);

#endif
