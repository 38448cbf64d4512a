/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/bank.h"

#include <apr_strings.h>
#include <string.h>

#include "base/urlencoded.h"
#include "domain/money.h"

#include "base/banned.h"

/* Bank links: the order is a signed form that the browser carries to the bank, and so is the answer. The profile's
 * table describes everything that differs between banks (domain/bank_message.h). */

#define SIGNED_MAX 4096 /* bytes of all signed fields: the longest message has less than 1200 characters */

/* --- the bytes that are signed --- */

/* values: by field name, of an incoming or outgoing message. Returns 0 if they do not fit. */
static size_t signed_bytes(const wp_bank_service_t *service, const apr_table_t *values, char *bytes)
{
    size_t length = 0;

    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        if (field->unsigned_too)
            continue;
        size_t part = wp_bank_sign_field(bytes + length, SIGNED_MAX - length, apr_table_get(values, field->name));
        if (part == 0 || length + part > SIGNED_MAX)
            return 0;
        length += part;
    }
    return length;
}

/* --- an order --- */

static const char *name_in(apr_pool_t *pool, const wp_agreement_t *agreement, const char *field)
{
    return apr_pstrcat(pool, agreement->profile->prefix, field, NULL);
}

/* "2026-03-13T07:21:14+0200": local time in Riga with its offset from UTC. */
static const char *time_text(apr_pool_t *pool, wp_instant_t now)
{
    wp_civil_t c = wp_riga_split(now);
    wp_instant_t wall = (wp_instant_t)wp_date_make(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 +
                        c.second;

    return apr_psprintf(pool, "%04d-%02d-%02dT%02d:%02d:%02d+%02d00", c.year, c.month, c.day, c.hour, c.minute,
                        c.second, (int)((wall - now) / 3600));
}

static const char *language_of(const char *language)
{
    return strcmp(language, "en") == 0 ? "ENG" : strcmp(language, "ru") == 0 ? "RUS" : "LAT";
}

static const char *order_value(const wp_agreement_t *agreement, const wp_order_t *order, wp_bank_role_t role,
                               apr_pool_t *pool)
{
    char *amount;

    switch (role) {
    case WP_ROLE_SERVICE:
        return wp_bank_service_of(agreement->profile, WP_SERVICE_ORDER)->code;
    case WP_ROLE_VERSION:
        return agreement->profile->version;
    case WP_ROLE_SENDER:
        return agreement->our_id;
    case WP_ROLE_STAMP:
        return order->stamp;
    case WP_ROLE_AMOUNT:
        amount = apr_palloc(pool, WP_MONEY_SIZE);
        wp_money_format(order->cents, amount);
        return amount;
    case WP_ROLE_CURRENCY:
        return "EUR";
    case WP_ROLE_NAME:
        return agreement->name;
    case WP_ROLE_MESSAGE:
        return order->message;
    case WP_ROLE_RETURN:
    case WP_ROLE_CANCEL:
        return order->return_url;
    case WP_ROLE_TIME:
        return time_text(pool, order->now);
    case WP_ROLE_LANGUAGE:
        return language_of(order->language);
    case WP_ROLE_CHARSET:
        return "UTF-8";
    default:
        return "";
    }
}

/* The bank would refuse a longer value, in front of the customer. */
static bool fits(const wp_bank_field_t *field, const char *value)
{
    return wp_bank_trim(value).characters <= (size_t)field->max;
}

static apr_status_t begin(const wp_agreement_t *agreement, const wp_order_t *order, apr_pool_t *pool,
                          wp_departure_t *departure)
{
    const wp_bank_service_t *service = wp_bank_service_of(agreement->profile, WP_SERVICE_ORDER);
    apr_table_t *plain = apr_table_make(pool, 16), *fields = apr_table_make(pool, 16);
    char *bytes = apr_palloc(pool, SIGNED_MAX);

    *departure =
        (wp_departure_t){.url = agreement->url, .fields = fields, .why = "the order does not fit into the bank's form"};
    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        const char *value = order_value(agreement, order, field->role, pool);
        if (!fits(field, value))
            return APR_EGENERAL;
        apr_table_setn(plain, field->name, value);
    }
    size_t length = signed_bytes(service, plain, bytes);
    const wp_signed_t what = {agreement->profile->digest, bytes, length};
    const char *mac = length ? wp_sign_make(agreement->own_key, &what, pool) : NULL;
    if (!mac)
        return APR_EGENERAL;
    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        const char *value = field->role == WP_ROLE_MAC ? mac : apr_table_get(plain, field->name);
        if (*value)
            apr_table_setn(fields, name_in(pool, agreement, field->name), value);
    }
    return APR_SUCCESS;
}

/* --- an answer --- */

typedef struct answer_t {
    const wp_agreement_t *agreement;
    const wp_bank_service_t *service;
    apr_table_t *values; /* by the field's name without the prefix */
} answer_t;

static const char *value(const answer_t *answer, wp_bank_role_t role)
{
    const wp_bank_field_t *field = wp_bank_field_of(answer->service, role);
    const char *found = field ? apr_table_get(answer->values, field->name) : NULL;
    return found && *found ? found : NULL;
}

static bool is(const char *value, const char *wanted)
{
    return value && strcmp(value, wanted) == 0;
}

/* Ignores fields that are not in the profile: some banks send more. */
static wp_bank_refusal_t take_fields(answer_t *answer, const wp_bank_message_t *message, apr_pool_t *pool)
{
    size_t prefix = strlen(answer->agreement->profile->prefix);
    apr_array_header_t *pairs;

    answer->values = apr_table_make(pool, 24);
    if (wp_pairs_parse_exact(&pairs, pool, message->bytes, message->length) != APR_SUCCESS)
        return WP_REFUSAL_UNREADABLE;
    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        if (strncmp(pair->name, answer->agreement->profile->prefix, prefix) != 0)
            continue;
        if (apr_table_get(answer->values, pair->name + prefix))
            return WP_REFUSAL_REPEATED_FIELD;
        wp_bank_value_t trimmed = wp_bank_trim(pair->value);
        apr_table_setn(answer->values, pair->name + prefix, apr_pstrmemdup(pool, trimmed.begin, trimmed.bytes));
    }
    return WP_REFUSAL_NONE;
}

static wp_bank_refusal_t find_service(answer_t *answer)
{
    const char *code = apr_table_get(answer->values, "SERVICE");

    answer->service = code ? wp_bank_service_find(answer->agreement->profile, code) : NULL;
    return answer->service && answer->service->kind != WP_SERVICE_ORDER ? WP_REFUSAL_NONE : WP_REFUSAL_UNKNOWN_SERVICE;
}

static wp_bank_refusal_t check_fields(const answer_t *answer)
{
    for (const wp_bank_field_t *field = answer->service->fields; field->name; field++) {
        const char *found = apr_table_get(answer->values, field->name);
        if (field->required && (!found || !*found))
            return field->role == WP_ROLE_MAC ? WP_REFUSAL_UNSIGNED : WP_REFUSAL_MISSING_FIELD;
        if (found && !fits(field, found))
            return WP_REFUSAL_TOO_LONG;
    }
    const char *charset = value(answer, WP_ROLE_CHARSET);
    return !charset || strcasecmp(charset, "UTF-8") == 0 ? WP_REFUSAL_NONE : WP_REFUSAL_WRONG_CHARSET;
}

/* Accepts any of the bank's agreed keys: while it changes its key, there are two. */
static wp_bank_refusal_t check_signature(const answer_t *answer, apr_pool_t *pool, const char **key_tag)
{
    const wp_agreement_t *agreement = answer->agreement;
    char *bytes = apr_palloc(pool, SIGNED_MAX);
    size_t length = signed_bytes(answer->service, answer->values, bytes);
    const wp_signed_t what = {agreement->profile->digest, bytes, length};

    for (int i = 0; length > 0 && i < agreement->bank_keys->nelts; i++) {
        const wp_sign_key_t *key = APR_ARRAY_IDX(agreement->bank_keys, i, wp_sign_key_t *);
        if (wp_sign_verify(key, &what, value(answer, WP_ROLE_MAC), pool)) {
            *key_tag = wp_sign_key_tag(key);
            return WP_REFUSAL_NONE;
        }
    }
    return WP_REFUSAL_BAD_SIGNATURE;
}

static wp_bank_refusal_t check_parties(const answer_t *answer)
{
    if (!is(value(answer, WP_ROLE_VERSION), answer->agreement->profile->version))
        return WP_REFUSAL_WRONG_VERSION;
    if (!is(value(answer, WP_ROLE_SENDER), answer->agreement->bank_id))
        return WP_REFUSAL_WRONG_SENDER;
    return is(value(answer, WP_ROLE_RECEIVER), answer->agreement->our_id) ? WP_REFUSAL_NONE : WP_REFUSAL_WRONG_RECEIVER;
}

static wp_bank_refusal_t read_sum(const answer_t *answer, apr_pool_t *pool, wp_bank_report_t *report)
{
    const char *day = value(answer, WP_ROLE_DAY);
    char *paid_on = apr_palloc(pool, WP_DATE_SIZE);

    if (!wp_bank_amount_parse(value(answer, WP_ROLE_AMOUNT), &report->cents) || !wp_bank_day_parse(day, paid_on))
        return WP_REFUSAL_WRONG_VALUE;
    report->paid_on = paid_on;
    report->bank_no = value(answer, WP_ROLE_NUMBER);
    report->currency = value(answer, WP_ROLE_CURRENCY);
    report->iban = value(answer, WP_ROLE_ACCOUNT);
    return WP_REFUSAL_NONE;
}

static wp_bank_said_t state_said(const char *status)
{
    return is(status, "ACCOMPLISHED") ? WP_SAID_PAID : is(status, "CANCELLED") ? WP_SAID_UNPAID : WP_SAID_NOTHING;
}

static wp_bank_refusal_t read_said(const answer_t *answer, apr_pool_t *pool, wp_bank_report_t *report)
{
    report->stamp = value(answer, WP_ROLE_STAMP);
    report->message = value(answer, WP_ROLE_MESSAGE);
    report->pushed = is(value(answer, WP_ROLE_PUSH), "Y");
    switch (answer->service->kind) {
    case WP_SERVICE_PAID:
        report->said = WP_SAID_PAID;
        return read_sum(answer, pool, report);
    case WP_SERVICE_ACCEPTED:
        report->said = WP_SAID_PENDING;
        return read_sum(answer, pool, report);
    case WP_SERVICE_UNPAID:
        report->said = WP_SAID_UNPAID;
        return WP_REFUSAL_NONE;
    default:
        report->said = state_said(value(answer, WP_ROLE_STATUS));
        return report->said == WP_SAID_NOTHING ? WP_REFUSAL_WRONG_VALUE : WP_REFUSAL_NONE;
    }
}

static void read_answer(const wp_agreement_t *agreement, const wp_bank_message_t *message, apr_pool_t *pool,
                        wp_bank_report_t *report)
{
    answer_t answer = {.agreement = agreement};

    *report = (wp_bank_report_t){.said = WP_SAID_NOTHING, .bytes = message->bytes, .length = message->length};
    report->refusal = take_fields(&answer, message, pool);
    if (report->refusal == WP_REFUSAL_NONE)
        report->refusal = find_service(&answer);
    if (report->refusal == WP_REFUSAL_NONE)
        report->refusal = check_fields(&answer);
    if (report->refusal == WP_REFUSAL_NONE)
        report->refusal = check_signature(&answer, pool, &report->key_tag);
    if (report->refusal == WP_REFUSAL_NONE)
        report->refusal = check_parties(&answer);
    if (report->refusal == WP_REFUSAL_NONE)
        report->refusal = read_said(&answer, pool, report);
}

const wp_bank_t wp_bank_form = {.name = "form", .begin = begin, .read = read_answer};
