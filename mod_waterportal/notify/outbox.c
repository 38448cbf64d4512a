/* SPDX-License-Identifier: Apache-2.0 */
#include "notify/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_pool.h"
#include "crypto/random.h"
#include "data/date_text.h"
#include "domain/message_kind.h"

#include "base/banned.h"

static const char *arguments_text(apr_pool_t *pool, const wp_message_arg_t *arguments)
{
    json_t *object = json_object();
    for (const wp_message_arg_t *argument = arguments; argument && argument->name; argument++)
        json_object_set_new(object, argument->name, json_string(argument->text ? argument->text : ""));
    return wp_json_text(pool, object);
}

#define URGENCY_OTHER 2 /* of a kind that this release does not know */

static const char *argument_of(const wp_message_t *message, const char *name)
{
    for (const wp_message_arg_t *argument = message->arguments; argument && argument->name; argument++) {
        if (strcmp(argument->name, name) == 0)
            return argument->text;
    }
    return NULL;
}

/* NULL: it does not expire. */
static const char *expiry(apr_pool_t *pool, const wp_message_t *message, const wp_message_kind_t *kind, const char *now)
{
    const char *minutes = kind && kind->code ? argument_of(message, "minutes") : NULL;
    wp_instant_t at;

    return minutes && wp_instant_parse(now, &at) ? wp_instant_text(pool, at + strtol(minutes, NULL, 10) * 60) : NULL;
}

apr_status_t wp_outbox_add(wp_db_t *db, const wp_message_t *message, const char *now)
{
    apr_pool_t *pool = wp_db_pool(db);
    const wp_message_kind_t *kind = wp_message_kind_find(message->kind);
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
    wp_args_text(args, "owner", message->account);
    wp_args_int(args, "urgency", kind ? kind->urgency : URGENCY_OTHER);
    wp_args_text(args, "due", message->not_before ? message->not_before : "");
    wp_args_text(args, "expires", expiry(pool, message, kind, now));
    return wp_db_change(db, "outbox_add", args, NULL);
}
