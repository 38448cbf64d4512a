/* SPDX-License-Identifier: Apache-2.0 */
#include "notify/outbox.h"

#include "base/json_pool.h"
#include "crypto/random.h"

#include "base/banned.h"

static const char *arguments_text(apr_pool_t *pool, const wp_message_arg_t *arguments)
{
    json_t *object = json_object();
    for (const wp_message_arg_t *argument = arguments; argument && argument->name; argument++)
        json_object_set_new(object, argument->name, json_string(argument->text ? argument->text : ""));
    return wp_json_text(pool, object);
}

apr_status_t wp_outbox_add(wp_db_t *db, const wp_message_t *message, const char *now)
{
    apr_pool_t *pool = wp_db_pool(db);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "message", wp_random_id(pool));
    wp_args_text(args, "kind", message->kind);
    wp_args_text(args, "channel", message->channel);
    wp_args_text(args, "recipient", message->recipient);
    wp_args_text(args, "subject", message->subject);
    wp_args_text(args, "period", message->period ? message->period : "");
    wp_args_text(args, "message_language", message->language);
    wp_args_text(args, "arguments", arguments_text(pool, message->arguments));
    wp_args_text(args, "now", now);
    return wp_db_change(db, "outbox_add", args, NULL);
}
