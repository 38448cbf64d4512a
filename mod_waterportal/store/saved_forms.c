/* SPDX-License-Identifier: Apache-2.0 */
#include "store/saved_forms.h"

#include "base/banned.h"

static wp_args_t *args_of(wp_db_t *db, const wp_saved_form_t *form, const char *now)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), NULL);

    wp_args_text(args, "park_id", form->id);
    wp_args_text(args, "person", form->person);
    wp_args_text(args, "route", form->route);
    wp_args_text(args, "sealed", form->sealed);
    wp_args_text(args, "expires", form->expires);
    wp_args_text(args, "now", now);
    return args;
}

apr_status_t wp_saved_form_add(wp_db_t *db, const wp_saved_form_t *form, const char *now)
{
    const wp_args_t *args = args_of(db, form, now);
    apr_status_t status = wp_db_change(db, "parked_forget", args, NULL);

    if (status == APR_SUCCESS)
        status = wp_db_change(db, "parked_make_room", args, NULL);
    return status == APR_SUCCESS ? wp_db_change(db, "parked_save", args, NULL) : status;
}

apr_status_t wp_saved_form_find(wp_db_t *db, const wp_saved_form_t *form, const char *now, const char **sealed)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(db, "parked_find", args_of(db, form, now), &rows);

    *sealed = status == APR_SUCCESS ? wp_row_text(rows, 0, "sealed") : NULL;
    return status;
}

apr_status_t wp_saved_form_drop(wp_db_t *db, const char *id, const char *person)
{
    const wp_saved_form_t form = {.id = id, .person = person};
    return wp_db_change(db, "parked_drop", args_of(db, &form, NULL), NULL);
}
