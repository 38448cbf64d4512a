/* SPDX-License-Identifier: Apache-2.0 */
#include "notify/outbox.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

#include "data/random_id.h"

#include "base/banned.h"

static int add_argument(void *object, const char *name, const char *value)
{
    json_object_set_new(object, name, json_string(value));
    return 1;
}

/* {"holder":"Anna Bērziņa"}, sorted, so that the same message is the same text. */
static const char *json_text(apr_pool_t *pool, const apr_table_t *arguments)
{
    json_t *object = json_object();
    if (arguments)
        apr_table_do(add_argument, object, arguments, NULL);
    char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    const char *kept = text ? apr_pstrdup(pool, text) : "{}";
    free(text);
    json_decref(object);
    return kept;
}

apr_status_t wp_outbox_add(wp_db_t *db, const wp_args_t *page_args, const wp_message_t *message)
{
    wp_args_t *args = wp_args_make(wp_db_pool(db), page_args);

    wp_args_text(args, "message_id", wp_random_id(wp_db_pool(db)));
    wp_args_text(args, "kind", message->kind);
    wp_args_text(args, "channel", message->channel);
    wp_args_text(args, "recipient", message->recipient);
    wp_args_text(args, "message_subject", message->subject);
    wp_args_text(args, "period", message->period ? message->period : "");
    wp_args_text(args, "language", message->language);
    wp_args_text(args, "arguments", json_text(wp_db_pool(db), message->arguments));
    return wp_db_change(db, "outbox_add", args, NULL);
}
