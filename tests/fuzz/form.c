/* SPDX-License-Identifier: Apache-2.0 */
/* The body of a form: pairs, then a form with a field of every type, as a section declares them. */
#include "fuzz/fuzz.h"

#include <apr_strings.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "domain/billing_id.h"
#include "domain/contact.h"
#include "domain/date.h"
#include "domain/money.h"
#include "domain/month.h"
#include "domain/volume.h"
#include "portal/form.h"
#include "render/xml.h"

#include "base/banned.h"

static const char *const colours[] = {"blue", "green", NULL};
static const wp_field_t fields[] = {{.name = "name", .type = WP_FIELD_TEXT, .required = true, .max = 5},
                                    {.name = "colour", .type = WP_FIELD_CHOICE, .choices = colours},
                                    {.name = "email", .type = WP_FIELD_EMAIL},
                                    {.name = "phone", .type = WP_FIELD_PHONE},
                                    {.name = "agree", .type = WP_FIELD_TICK},
                                    {.name = "count", .type = WP_FIELD_COUNT, .max = 40},
                                    {.name = "day", .type = WP_FIELD_DATE},
                                    {.name = "month", .type = WP_FIELD_MONTH},
                                    {.name = "meter", .type = WP_FIELD_KEY, .each = true},
                                    {.name = "value", .type = WP_FIELD_VOLUME, .each = true, .max = 20},
                                    {.name = "contract", .type = WP_FIELD_PLAIN, .max = 20},
                                    {.name = "point", .type = WP_FIELD_ID},
                                    {.name = "litres", .type = WP_FIELD_LITRES},
                                    {.name = NULL}};
static const wp_form_def_t def = {.name = "test", .fields = fields};

/* ---- pairs: the model first decodes a whole name or value, then folds its line ends, then looks at it */

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *at = c != '\0' ? strchr(digits, c) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

static char *model_decode(apr_pool_t *pool, const char *text, size_t length)
{
    char *out = apr_palloc(pool, length + 1);
    size_t used = 0, kept = 0;

    for (size_t i = 0; i < length; i++) {
        bool escape = text[i] == '%';
        if (escape && (i + 2 >= length || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0))
            return NULL;
        out[used++] = escape           ? (char)(hex_value(text[i + 1]) << 4 | hex_value(text[i + 2]))
                      : text[i] == '+' ? ' '
                                       : text[i];
        i += escape ? 2 : 0;
    }
    for (size_t i = 0; i < used; i++) {
        bool folded = out[i] == '\r' && i + 1 < used && out[i + 1] == '\n'; /* the LF stays */
        if (!folded)
            out[kept++] = out[i] == '\r' ? '\n' : out[i];
    }
    out[kept] = '\0';
    return wp_utf8_valid(out, kept) ? out : NULL;
}

static void check_pair(apr_pool_t *pool, const wp_pair_t *pair, const char *text, size_t length)
{
    size_t equals = 0;
    while (equals < length && text[equals] != '=')
        equals++;
    const char *name = model_decode(pool, text, equals);
    const char *value = equals < length ? model_decode(pool, text + equals + 1, length - equals - 1) : "";
    CLAIM((pair != NULL) == (name && value));
    CLAIM(!pair || (strcmp(pair->name, name) == 0 && strcmp(pair->value, value) == 0));
}

/* The pairs, or NULL when the body is refused: then the first pair that is not there is why. */
static apr_array_header_t *check_pairs(apr_pool_t *pool, const char *body, size_t length)
{
    apr_array_header_t *pairs;
    bool taken = wp_pairs_parse(&pairs, pool, body, length) == APR_SUCCESS;
    int at = 0;

    for (size_t from = 0, end; from < length; from = end + 1) {
        for (end = from; end < length && body[end] != '&';)
            end++;
        if (end == from)
            continue;
        bool there = at < pairs->nelts;
        if (!there && at == WP_PAIRS_MAX) {
            CLAIM(!taken);
            return NULL;
        }
        check_pair(pool, there ? &APR_ARRAY_IDX(pairs, at, wp_pair_t) : NULL, body + from, end - from);
        if (!there) {
            CLAIM(!taken);
            return NULL;
        }
        at++;
    }
    CLAIM(taken && at == pairs->nelts);
    return pairs;
}

/* What is encoded is read back. */
static void check_encoding(apr_pool_t *pool, const apr_array_header_t *pairs)
{
    apr_array_header_t *parts = apr_array_make(pool, 16, sizeof(const char *)), *again;

    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        APR_ARRAY_PUSH(parts, const char *) = apr_pstrcat(pool, wp_urlencode(pool, pair->name), "=",
                                                          wp_urlencode(pool, pair->value), NULL);
    }
    const char *body = apr_array_pstrcat(pool, parts, '&');
    CLAIM(body[strspn(body, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%=&")] == '\0');
    CLAIM(wp_pairs_parse(&again, pool, body, strlen(body)) == APR_SUCCESS);
    CLAIM(again->nelts == pairs->nelts);
    for (int i = 0; i < pairs->nelts; i++) {
        CLAIM(strcmp(APR_ARRAY_IDX(again, i, wp_pair_t).name, APR_ARRAY_IDX(pairs, i, wp_pair_t).name) == 0);
        CLAIM(strcmp(APR_ARRAY_IDX(again, i, wp_pair_t).value, APR_ARRAY_IDX(pairs, i, wp_pair_t).value) == 0);
    }
}

/* ---- the form */

static bool is_key(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
    return length >= 1 && length <= 64 && text[length] == '\0';
}

/* An id of billing, or something made of one that is longer. */
static bool is_each_key(const char *text)
{
    wp_billing_id_verdict_t verdict = wp_billing_id_check(text);
    return verdict == WP_BILLING_ID_GOOD || (verdict == WP_BILLING_ID_LONG && strlen(text) <= 64 * 4 * 3);
}

/* What an HTML id, a link to it and a list of ids can hold. */
static bool is_control(const char *text)
{
    return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:")] == '\0';
}

static void check_value(apr_pool_t *pool, const wp_field_t *field, const char *value)
{
    switch (field->type) {
    case WP_FIELD_TEXT:
        CLAIM(value[strcspn(value, "\r\n\t")] == '\0');
        CLAIM(wp_utf8_count(value, strlen(value)) <= (size_t)field->max);
        CLAIM(*value != ' ' && value[strlen(value) - 1] != ' ');
        break;
    case WP_FIELD_PLAIN:
    case WP_FIELD_VOLUME:
        CLAIM(wp_utf8_count(value, strlen(value)) <= (size_t)field->max);
        CLAIM(wp_utf8_valid(value, strlen(value)));
        CLAIM(*value != ' ' && value[strlen(value) - 1] != ' ');
        CLAIM(strcmp(wp_clean(pool, value, WP_CLEAN_PLAIN), value) == 0); /* once is enough */
        break;
    case WP_FIELD_ID:
        CLAIM(wp_billing_id_check(value) == WP_BILLING_ID_GOOD);
        break;
    case WP_FIELD_KEY:
        CLAIM(is_key(value));
        break;
    case WP_FIELD_EMAIL:
        CLAIM(wp_email_is_valid(value));
        break;
    case WP_FIELD_PHONE:
        CLAIM(*value == '+' && strlen(value) >= 9 && strlen(value) < WP_PHONE_SIZE);
        break;
    case WP_FIELD_CHOICE:
        CLAIM(value == colours[0] || value == colours[1]);
        break;
    case WP_FIELD_TICK:
        CLAIM(strcmp(value, "1") == 0);
        break;
    case WP_FIELD_MONEY: {
        int64_t cents;
        CLAIM(wp_money_parse(value, strlen(value), &cents) && value[strlen(value) - 3] == '.');
        break;
    }
    case WP_FIELD_LITRES: {
        int64_t litres;
        wp_volume_verdict_t verdict = wp_volume_parse(value, strlen(value), WP_VOLUME_DIGITS_MAX,
                                                      WP_VOLUME_DECIMALS_MAX, &litres);
        CLAIM(verdict == WP_VOLUME_OK || verdict == WP_VOLUME_NEGATIVE || verdict == WP_VOLUME_TOO_MANY_DIGITS);
        break;
    }
    case WP_FIELD_DATE: {
        wp_date_t date;
        CLAIM(wp_date_parse_iso(value, &date));
        break;
    }
    case WP_FIELD_MONTH: {
        wp_month_t month;
        CLAIM(strlen(value) == WP_MONTH_SIZE - 1 && wp_month_parse(value, &month));
        break;
    }
    case WP_FIELD_COUNT:
        CLAIM(strtol(value, NULL, 10) >= 1 && strtol(value, NULL, 10) <= field->max);
        break;
    }
}

static int count_problems(const wp_value_t *value)
{
    int count = 0;
    for (xmlNodePtr node = value->problems ? value->problems->children : NULL; node; node = node->next)
        count++;
    return count;
}

/* Every control is sent by a client of ours; each has a value, or nothing typed, or a problem; and is there once. */
static void check_form(const wp_form_t *form)
{
    int problems = 0;

    CLAIM(is_key(form->key));
    CLAIM(wp_form_keys(form)->nelts <= 20);
    for (int i = 0; i < form->order->nelts; i++) {
        const wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
        int own = count_problems(value);
        bool blank = wp_form_is_blank(form, value->field->name, value->key);
        CLAIM((value->key != NULL) == value->field->each && (!value->key || is_each_key(value->key)));
        CLAIM(is_control(value->control));
        CLAIM(wp_form_value(form, value->field->name, value->key) == value->value);
        if (value->value)
            check_value(form->pool, value->field, value->value);
        CLAIM((own > 0) == (!value->value && (!blank || value->field->required)));
        problems += own;
    }
    CLAIM(problems == form->problems);
    CLAIM(form->problems > 0 || wp_form_value(form, "name", NULL));
}

/* What the page shows again is what was typed, and the page is XML. */
static void check_page(apr_pool_t *pool, const wp_form_t *form)
{
    xmlDocPtr page = wp_xml_document(pool, "page");
    unsigned long before = wp_xml_replaced();
    apr_size_t length;

    wp_form_write(form, xmlDocGetRootElement(page), "/portal/test", "token");
    const char *xml = wp_xml_serialise(page, pool, &length);
    CLAIM(wp_xml_replaced() == before);
    xmlDocPtr again = xmlReadMemory(xml, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    CLAIM(again != NULL);
    int shown = 0;
    xmlNodePtr node = xmlLastElementChild(xmlDocGetRootElement(again));
    for (node = xmlFirstElementChild(node); node; node = xmlNextElementSibling(node)) {
        xmlChar *name = xmlGetProp(node, BAD_CAST "name"), *key = xmlGetProp(node, BAD_CAST "for");
        xmlChar *typed = xmlGetProp(node, BAD_CAST "value");
        for (int i = 0; i < form->order->nelts; i++) {
            const wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
            if (strcmp(value->field->name, (char *)name) != 0 || !xmlStrEqual(BAD_CAST value->key, key))
                continue;
            CLAIM(strcmp((char *)typed, value->typed ? value->typed : "") == 0);
            shown++;
        }
        xmlFree(name);
        xmlFree(key);
        xmlFree(typed);
    }
    CLAIM(shown == form->order->nelts);
    xmlFreeDoc(again);
}

static void check_again(wp_form_t *form, const apr_array_header_t *pairs)
{
    const char *key = form->key;
    int problems = form->problems, controls = form->order->nelts;

    wp_form_problem(form, "name", NULL, WP_ERROR_CHOICE);
    wp_form_rewind(form);
    check_form(form);
    CLAIM(form->problems == problems && form->order->nelts == controls && strcmp(form->key, key) == 0);
    wp_form_preset(form, "name", NULL, "no effect");
    CLAIM(form->order->nelts == controls);
    wp_form_renew(form);
    CLAIM(strcmp(form->key, key) != 0);

    wp_form_t *restored = wp_form_make(form->pool, &def);
    CLAIM(wp_form_restore(restored, pairs) && restored->problems == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_pool_open();
    char *body = apr_pmemdup(pool, data, size); /* no NUL behind it */
    apr_array_header_t *pairs = check_pairs(pool, body, size);
    wp_form_t *form = wp_form_make(pool, &def);

    if (pairs)
        check_encoding(pool, pairs);
    if (pairs && wp_form_take(form, pairs)) {
        check_form(form);
        check_page(pool, form);
        check_again(form, pairs);
    }
    fuzz_pool_close(pool);
    return 0;
}
