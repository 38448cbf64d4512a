/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/bank.h"

#include <apr_strings.h>
#include <string.h>

#include "base/json_pool.h"
#include "domain/money.h"
#include "crypto/jws.h"
#include "bank/wire.h"

#include "base/banned.h"

/* Swedbank's Payment Initiation API V3: we place the order by a request, whose answer has the address where the person
 * continues. A notification, or the answer when we ask, says what became of it. All messages carry a detached JWS, in
 * both directions. */

#define ANSWER_SECONDS       300   /* an answer is signed while we wait */
#define NOTIFICATION_SECONDS 90000 /* the bank repeats a notification for a day */
#define BANK_REF_MAX         64
#define ADDRESS_MAX          2048

static const char *text(const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));
    return value && *value ? value : NULL;
}

/* --- asking --- */

/* A signed answer, or why there is none. */
typedef struct talk_t {
    const wp_agreement_t *agreement;
    apr_pool_t *pool;
    wp_instant_t now;
    wp_wire_answer_t answer;
    wp_bank_refusal_t refusal;
    const char *why;          /* for the administrator */
    const wp_sign_key_t *key; /* the key that signed the answer */
} talk_t;

static wp_jws_t signed_as(const talk_t *talk, const char *url, const char *kid)
{
    return (wp_jws_t){.algorithm = talk->agreement->algorithm,
                      .url = url,
                      .kid = kid,
                      .now = talk->now,
                      .age = ANSWER_SECONDS,
                      .body = ""};
}

static void check_answer(talk_t *talk, const char *url)
{
    wp_jws_t message = signed_as(talk, url, talk->agreement->bank_id);

    message.body = talk->answer.body;
    message.length = talk->answer.length;
    if (talk->answer.signature)
        talk->key = wp_jws_verify(talk->agreement->bank_keys, &message, talk->answer.signature, talk->pool);
    talk->refusal = talk->key                ? WP_REFUSAL_NONE
                    : talk->answer.signature ? WP_REFUSAL_BAD_SIGNATURE
                                             : WP_REFUSAL_UNSIGNED;
    talk->why = wp_bank_refusal_name(talk->refusal);
}

/* body: NULL for GET. The answer as JSON; NULL if there is none that can be believed. */
static json_t *ask(talk_t *talk, const char *path, const char *body)
{
    const char *url = apr_pstrcat(talk->pool, talk->agreement->url, path, NULL);
    wp_jws_t message = signed_as(talk, url, talk->agreement->our_id);

    message.body = body ? body : "";
    message.length = strlen(message.body);
    const wp_wire_question_t question = {url, body, wp_jws_make(talk->agreement->own_key, &message, talk->pool),
                                         talk->agreement->ca_file};
    talk->refusal = WP_REFUSAL_SILENT;
    talk->why = "OpenSSL cannot sign";
    if (!question.signature)
        return NULL;
    wp_wire_ask(&question, talk->pool, &talk->answer);
    talk->why = talk->answer.why;
    if (talk->answer.status != 0 && talk->answer.status / 100 != 2)
        talk->why = apr_psprintf(talk->pool, "HTTP status %ld", talk->answer.status);
    if (talk->answer.status / 100 == 4)
        talk->refusal = WP_REFUSAL_UNKNOWN_ORDER;
    if (talk->answer.status / 100 != 2)
        return NULL;
    check_answer(talk, url);
    json_t *json = talk->refusal == WP_REFUSAL_NONE
                       ? wp_json_parse(talk->pool, talk->answer.body, talk->answer.length, NULL)
                       : NULL;
    if (talk->refusal == WP_REFUSAL_NONE && !json)
        talk->why = wp_bank_refusal_name(talk->refusal = WP_REFUSAL_UNREADABLE);
    return json;
}

/* --- the state of an order --- */

/* An unknown status means pending: only the statuses listed here end an order. */
static wp_bank_said_t said_of(const char *status)
{
    static const struct {
        const char *status;
        wp_bank_said_t said;
    } known[] = {{"EXECUTED", WP_SAID_PAID},
                 {"SETTLED", WP_SAID_PAID},
                 {"FAILED", WP_SAID_FAILED},
                 {"EXPIRED", WP_SAID_UNPAID},
                 {"CANCELLED_BY_USER", WP_SAID_UNPAID},
                 {"ABANDONED", WP_SAID_UNPAID}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].status, status) == 0)
            return known[i].said;
    }
    return WP_SAID_PENDING;
}

/* It becomes part of an address. */
static bool is_bank_ref(const char *id)
{
    return strlen(id) <= BANK_REF_MAX &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(id);
}

static wp_bank_refusal_t read_status(const json_t *json, wp_bank_report_t *report)
{
    const char *status = text(json, "status"), *amount = text(json, "amount");

    report->bank_ref = text(json, "id");
    if (!status || !report->bank_ref)
        return WP_REFUSAL_MISSING_FIELD;
    if (!is_bank_ref(report->bank_ref) || (amount && !wp_bank_amount_parse(amount, &report->cents)))
        return WP_REFUSAL_WRONG_VALUE;
    report->said = said_of(status);
    report->currency = text(json, "currency");
    report->message = text(json, "description");
    return report->said == WP_SAID_PAID && (!amount || !report->currency) ? WP_REFUSAL_MISSING_FIELD : WP_REFUSAL_NONE;
}

static void read_notification(const wp_agreement_t *agreement, const wp_bank_message_t *message, apr_pool_t *pool,
                              wp_bank_report_t *report)
{
    const wp_jws_t sent = {.algorithm = agreement->algorithm,
                           .url = message->url,
                           .kid = agreement->bank_id,
                           .now = message->now,
                           .age = NOTIFICATION_SECONDS,
                           .body = message->bytes,
                           .length = message->length};

    *report = (wp_bank_report_t){.refusal = WP_REFUSAL_UNSIGNED,
                                 .pushed = true,
                                 .bytes = message->bytes,
                                 .length = message->length};
    if (!message->signature)
        return;
    const wp_sign_key_t *key = wp_jws_verify(agreement->bank_keys, &sent, message->signature, pool);
    const json_t *json = key ? wp_json_parse(pool, message->bytes, message->length, NULL) : NULL;
    report->key_tag = key ? wp_sign_key_tag(key) : NULL;
    report->refusal = json ? read_status(json, report) : key ? WP_REFUSAL_UNREADABLE : WP_REFUSAL_BAD_SIGNATURE;
}

static void poll(const wp_agreement_t *agreement, const char *bank_ref, wp_instant_t now, apr_pool_t *pool,
                 wp_bank_report_t *report)
{
    talk_t talk = {.agreement = agreement, .pool = pool, .now = now};
    const json_t *json = ask(&talk, apr_pstrcat(pool, "/public/api/v3/transactions/", bank_ref, "/status", NULL), NULL);

    *report = (wp_bank_report_t){.refusal = talk.refusal, .bytes = talk.answer.body, .length = talk.answer.length};
    if (!json)
        return;
    report->key_tag = wp_sign_key_tag(talk.key);
    report->refusal = read_status(json, report);
    if (report->refusal == WP_REFUSAL_NONE && strcmp(report->bank_ref, bank_ref) != 0)
        report->refusal = WP_REFUSAL_WRONG_VALUE;
}

/* --- an order --- */

static const char *make_wish(const wp_order_t *order, apr_pool_t *pool)
{
    char amount[WP_MONEY_SIZE];

    wp_money_format(order->cents, amount);
    json_t *wish = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "amount", amount, "currency", "EUR", "description",
                             order->message, "redirectUrl", order->return_url, "notificationUrl", order->notify_url,
                             "locale", order->language);
    return wp_json_text(pool, wish);
}

static bool is_address(const char *url)
{
    return url && strncmp(url, "https://", 8) == 0 && strlen(url) <= ADDRESS_MAX && !strpbrk(url, " \"'<>\\\r\n\t");
}

static apr_status_t begin(const wp_agreement_t *agreement, const wp_order_t *order, apr_pool_t *pool,
                          wp_departure_t *departure)
{
    talk_t talk = {.agreement = agreement, .pool = pool, .now = order->now};
    const char *wish = make_wish(order, pool);

    *departure = (wp_departure_t){.why = "the order is no JSON"};
    if (!wish)
        return APR_EGENERAL;
    const json_t *json = ask(&talk, apr_pstrcat(pool, "/public/api/v3/transactions/providers/", agreement->bic, NULL),
                             wish);
    departure->why = talk.why;
    departure->silent = talk.refusal == WP_REFUSAL_SILENT;
    if (!json)
        return APR_EGENERAL;
    departure->bank_ref = text(json, "id");
    departure->url = text(json_object_get(json, "urls"), "redirect");
    departure->why = "the bank's answer lacks an id or an address";
    return departure->bank_ref && is_bank_ref(departure->bank_ref) && is_address(departure->url) ? APR_SUCCESS
                                                                                                 : APR_EGENERAL;
}

/* --- an agreement --- */

static bool lists(const json_t *providers, const char *bic)
{
    const json_t *provider;
    size_t i;

    json_array_foreach(providers, i, provider)
    {
        const char *found = text(provider, "bic");
        if (found && strcmp(found, bic) == 0)
            return true;
    }
    return false;
}

/* Asks the bank: only the bank knows whether it accepts our key. */
static void check(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool, apr_array_header_t *problems)
{
    talk_t talk = {.agreement = agreement, .pool = pool, .now = now};
    const json_t *providers = ask(&talk, "/public/api/v3/agreement/providers", NULL);

    if (!providers)
        APR_ARRAY_PUSH(problems, const char *) = apr_pstrcat(pool, "the bank was asked for its providers: ", talk.why,
                                                             NULL);
    else if (!lists(providers, agreement->bic))
        APR_ARRAY_PUSH(problems, const char *) = "\"bic\" is not among the providers of this agreement";
}

const wp_bank_t wp_bank_swedbank = {.name = "swedbank",
                                    .check = check,
                                    .begin = begin,
                                    .read = read_notification,
                                    .poll = poll};
