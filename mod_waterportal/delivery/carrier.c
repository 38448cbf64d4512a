/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/carrier.h"

#include <apr_strings.h>
#include <string.h>

#include "delivery/letter.h"
#include "domain/contact.h"
#include "domain/message_kind.h"

#include "base/banned.h"

#define TAG_LENGTH 20 /* 80 bits; "bounce+" and an id of 26 characters leave 30 of the 64 (RFC 5321 4.5.3.1.1) */

const char *const wp_message_stylesheets[] = {"messages/subject", "messages/text", "messages/html", "messages/sms",
                                              NULL};

const char *wp_carrier_envelope(const wp_carrier_t *carrier, apr_pool_t *pool, const char *id)
{
    const char *tag = wp_secret_tag(carrier->secret, WP_PURPOSE_BOUNCE, pool, id);
    return apr_psprintf(pool, "bounce+%s.%.*s@%s", id, TAG_LENGTH, tag, wp_letter_domain(carrier->from));
}

static const char *render(const wp_carrier_t *carrier, apr_pool_t *pool, const char *stylesheet, const char *language,
                          xmlDocPtr document)
{
    const wp_view_t view = {.stylesheet = stylesheet, .language = language, .page = document};
    const char *text;
    apr_size_t length;

    return wp_theme_render(carrier->theme, &view, pool, &text, &length) == APR_SUCCESS ? text : NULL;
}

const char *wp_carrier_letter(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row,
                              apr_size_t *length, wp_outbox_reason_t *reason)
{
    xmlDocPtr document = wp_message_document(pool, &carrier->site, row, reason);

    if (!document)
        return NULL;
    const wp_letter_t letter = {.from_name = carrier->site.name,
                                .from = carrier->from,
                                .to = row->recipient,
                                .subject = render(carrier, pool, "messages/subject", row->language, document),
                                .text = render(carrier, pool, "messages/text", row->language, document),
                                .html = render(carrier, pool, "messages/html", row->language, document),
                                .id = row->id,
                                .language = row->language,
                                .date = carrier->now()};
    *reason = WP_OUTBOX_TEXT;
    return letter.subject && letter.text && letter.html ? wp_letter_write(pool, &letter, length) : NULL;
}

const char *wp_carrier_sms(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row,
                           wp_outbox_reason_t *reason)
{
    const wp_message_kind_t *kind = wp_message_kind_find(row->kind);
    xmlDocPtr document = wp_message_document(pool, &carrier->site, row, reason);
    const char *text = document && kind->sms ? render(carrier, pool, "messages/sms", row->language, document) : NULL;

    if (document)
        *reason = WP_OUTBOX_TEXT;
    return text && *text != '\0' ? text : NULL;
}

/* While two releases serve, a sender of the next one knows a kind that this one does not. */
static wp_carriage_t not_carried(wp_outbox_reason_t reason)
{
    return (wp_carriage_t){.carried = reason == WP_OUTBOX_KIND ? WP_CARRIED_LATER : WP_CARRIED_NEVER, .reason = reason};
}

static wp_carriage_t carry_email(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row)
{
    static const wp_carriage_t came[] = {[WP_SMTP_ACCEPTED] = {.carried = WP_CARRIED_TAKEN},
                                         [WP_SMTP_NOT_NOW] = {WP_CARRIED_LATER, WP_OUTBOX_BUSY, NULL},
                                         [WP_SMTP_REFUSED] = {WP_CARRIED_NEVER, WP_OUTBOX_REFUSED, NULL},
                                         [WP_SMTP_CUT] = {WP_CARRIED_LATER, WP_OUTBOX_UNCLEAR, NULL},
                                         [WP_SMTP_AWAY] = {WP_CARRIED_AWAY, WP_OUTBOX_AWAY, NULL}};
    wp_outbox_reason_t reason;
    apr_size_t length;

    if (!wp_email_is_valid(row->recipient))
        return not_carried(WP_OUTBOX_ADDRESS);
    const char *letter = wp_carrier_letter(carrier, pool, row, &length, &reason);
    if (!letter)
        return not_carried(reason);
    const wp_envelope_t envelope = {.from = wp_carrier_envelope(carrier, pool, row->id),
                                    .to = row->recipient,
                                    .letter = letter,
                                    .length = length};
    wp_smtp_answer_t answer = wp_smtp_send(carrier->smtp, pool, &envelope);
    wp_carriage_t carriage = came[answer.outcome];
    carriage.answer = answer.text;
    return carriage;
}

static wp_carriage_t carry_sms(const wp_carrier_t *carrier, apr_pool_t *pool, const wp_outbox_row_t *row)
{
    static const wp_carriage_t came[] = {[WP_GATEWAY_ACCEPTED] = {.carried = WP_CARRIED_TAKEN},
                                         [WP_GATEWAY_NOT_NOW] = {WP_CARRIED_LATER, WP_OUTBOX_BUSY, NULL},
                                         [WP_GATEWAY_REFUSED] = {WP_CARRIED_NEVER, WP_OUTBOX_REFUSED, NULL},
                                         [WP_GATEWAY_CUT] = {WP_CARRIED_LATER, WP_OUTBOX_UNCLEAR, NULL},
                                         [WP_GATEWAY_AWAY] = {WP_CARRIED_AWAY, WP_OUTBOX_AWAY, NULL}};
    char number[WP_PHONE_SIZE];
    wp_outbox_reason_t reason;

    if (!wp_phone_parse(row->recipient, number))
        return not_carried(WP_OUTBOX_ADDRESS);
    const char *text = wp_carrier_sms(carrier, pool, row, &reason);
    if (!text)
        return not_carried(reason);
    const wp_sms_t sms = {.id = row->id, .to = number, .text = wp_gateway_text(carrier->gateway, pool, text)};
    wp_gateway_answer_t answer = wp_gateway_send(carrier->gateway, pool, &sms, carrier->seconds);
    wp_carriage_t carriage = came[answer.outcome];
    carriage.answer = answer.text;
    return carriage;
}

wp_carriage_t wp_carrier_carry(void *context, apr_pool_t *pool, const wp_outbox_row_t *row)
{
    const wp_carrier_t *carrier = context;

    return strcmp(row->channel, "sms") == 0 ? carry_sms(carrier, pool, row) : carry_email(carrier, pool, row);
}
