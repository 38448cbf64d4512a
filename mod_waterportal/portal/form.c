/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/form.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "data/date_text.h"
#include "crypto/random.h"
#include "domain/billing_id.h"
#include "domain/contact.h"
#include "domain/money.h"
#include "domain/month.h"
#include "domain/reading/names.h"
#include "domain/volume.h"
#include "portal/page.h"
#include "render/xml.h"

#include "base/banned.h"

#define KEYS_MAX       20 /* as many meters as a page shows */
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
#define KEY_LENGTH_MAX 64
#define EACH_BYTES_MAX (WP_BILLING_ID_MAX * 4 * 3) /* an id from billing, with three characters for each byte */

static bool is_key(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= KEY_LENGTH_MAX && strspn(text, KEY_CHARACTERS) == length;
}

/* The key of a repeated field is an id from billing, or one that a section made from it. */
static bool is_each_key(const char *text)
{
    wp_billing_id_verdict_t verdict = wp_billing_id_check(text);
    return verdict == WP_BILLING_ID_GOOD || (verdict == WP_BILLING_ID_LONG && strlen(text) <= EACH_BYTES_MAX);
}

const char *wp_control_key(apr_pool_t *pool, const char *key)
{
    char *made = apr_pstrdup(pool, wp_urlencode(pool, key));
    for (char *c = strchr(made, '%'); c; c = strchr(c, '%'))
        *c = ':';
    return made;
}

/* One check per field type: returns the normalised value, or NULL with the problem's code. */
typedef const char *(*check_t)(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem);

static const char *check_text(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    if (strpbrk(text, "\r\n\t"))
        *problem = WP_ERROR_ONE_LINE;
    else if (wp_utf8_count(text, strlen(text)) > (size_t)field->max)
        *problem = WP_ERROR_TOO_LONG;
    return *problem ? NULL : text;
}

static const char *check_plain(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    if (wp_utf8_count(text, strlen(text)) <= (size_t)field->max)
        return text;
    *problem = WP_ERROR_TOO_LONG;
    return NULL;
}

static const char *check_id(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    (void)field;
    if (wp_billing_id_check(text) == WP_BILLING_ID_GOOD)
        return text;
    *problem = WP_ERROR_CHOICE; /* people do not type keys, they choose */
    return NULL;
}

static const char *check_key(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    (void)field;
    if (is_key(text))
        return text;
    *problem = WP_ERROR_NOT_A_KEY;
    return NULL;
}

/* Mail programs copy addresses as "mailto:anna@example.lv" or "Anna <anna@example.lv>". */
static const char *bare_address(apr_pool_t *pool, const char *text)
{
    static const char scheme[] = "mailto:";
    size_t length = strlen(text);
    const char *open = strrchr(text, '<');

    if (open && text[length - 1] == '>')
        return apr_pstrmemdup(pool, open + 1, (apr_size_t)(text + length - 1 - (open + 1)));
    return strncasecmp(text, scheme, sizeof scheme - 1) == 0 ? text + sizeof scheme - 1 : text;
}

static const char *check_email(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    const char *address = bare_address(pool, text);
    (void)field;
    if (wp_email_is_valid(address))
        return address;
    *problem = wp_utf8_count(address, strlen(address)) < strlen(address) ? WP_ERROR_EMAIL_LETTERS : WP_ERROR_EMAIL;
    return NULL;
}

static const char *check_phone(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    static const char scheme[] = "tel:"; /* copied from a link */
    char number[WP_PHONE_SIZE];
    (void)field;
    if (wp_phone_parse(strncasecmp(text, scheme, sizeof scheme - 1) == 0 ? text + sizeof scheme - 1 : text, number))
        return apr_pstrdup(pool, number);
    *problem = WP_ERROR_PHONE;
    return NULL;
}

static const char *check_choice(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    for (int i = 0; field->choices[i]; i++) {
        if (strcmp(field->choices[i], text) == 0)
            return field->choices[i];
    }
    *problem = WP_ERROR_CHOICE;
    return NULL;
}

static const char *check_tick(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    (void)field;
    if (strcmp(text, "1") == 0)
        return text;
    *problem = WP_ERROR_CHOICE;
    return NULL;
}

static const char *check_count(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    (void)pool;
    if (strspn(text, "0123456789") == strlen(text) && strlen(text) < 7 && text[0] != '0' &&
        strtol(text, NULL, 10) <= field->max)
        return text;
    *problem = WP_ERROR_COUNT;
    return NULL;
}

static const char *check_month(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    char canonical[WP_MONTH_SIZE];
    wp_month_t month;
    (void)field;
    if (!wp_month_parse(text, &month)) {
        *problem = WP_ERROR_MONTH;
        return NULL;
    }
    wp_month_format(month, canonical);
    return apr_pstrdup(pool, canonical);
}

/* "2. 11. 2026.", as word processors write a date. */
static const char *without_space_after_dots(apr_pool_t *pool, const char *text)
{
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;

    while (*text) {
        bool dot = *text == '.';
        *to++ = *text++;
        text += dot ? strspn(text, " ") : 0;
    }
    *to = '\0';
    return out;
}

static const char *check_date(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    wp_date_t date;
    (void)field;
    if (wp_date_parse(without_space_after_dots(pool, text), &date))
        return wp_date_text(pool, date);
    *problem = WP_ERROR_DATE;
    return NULL;
}

static const char *check_money(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    char *canonical = apr_palloc(pool, WP_MONEY_SIZE);
    int64_t cents;
    (void)field;
    if (wp_money_parse(text, strlen(text), &cents)) {
        wp_money_format(cents, canonical);
        return canonical;
    }
    *problem = WP_ERROR_MONEY;
    return NULL;
}

/* Programs write litres: whole, so that nothing is rounded. */
static const char *check_litres(apr_pool_t *pool, const wp_field_t *field, const char *text, wp_error_t *problem)
{
    char *cubic = apr_palloc(pool, WP_VOLUME_SIZE), *end;
    int64_t litres = strtoll(text, &end, 10);
    (void)field;
    if (*end != '\0') {
        *problem = WP_ERROR_COUNT;
        return NULL;
    }
    wp_volume_format(litres, WP_VOLUME_DECIMALS_MAX, cubic);
    for (end = cubic + strlen(cubic); end[-1] == '0'; end--) /* a meter without decimals shows none */
        end[-1] = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
    return cubic;
}

typedef struct type_t {
    check_t check;
    bool exact; /* an id is taken exactly as billing wrote it, not cleaned as typed text is */
    wp_clean_t clean;
} type_t;

static const type_t types[] = {
    [WP_FIELD_TEXT] = {check_text, false, WP_CLEAN_TEXT},
    [WP_FIELD_PLAIN] = {check_plain, false, WP_CLEAN_PLAIN},
    [WP_FIELD_VOLUME] = {check_plain, false, WP_CLEAN_VOLUME},
    [WP_FIELD_KEY] = {check_key, false, WP_CLEAN_PLAIN},
    [WP_FIELD_ID] = {check_id, true, WP_CLEAN_TEXT},
    [WP_FIELD_EMAIL] = {check_email, false, WP_CLEAN_PLAIN},
    [WP_FIELD_PHONE] = {check_phone, false, WP_CLEAN_PLAIN},
    [WP_FIELD_CHOICE] = {check_choice, false, WP_CLEAN_PLAIN},
    [WP_FIELD_TICK] = {check_tick, false, WP_CLEAN_PLAIN},
    [WP_FIELD_COUNT] = {check_count, false, WP_CLEAN_PLAIN},
    [WP_FIELD_DATE] = {check_date, false, WP_CLEAN_PLAIN},
    [WP_FIELD_MONTH] = {check_month, false, WP_CLEAN_PLAIN},
    [WP_FIELD_MONEY] = {check_money, false, WP_CLEAN_MONEY},
    [WP_FIELD_LITRES] = {check_litres, false, WP_CLEAN_PLAIN},
};

static const char *trim(apr_pool_t *pool, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    return apr_pstrndup(pool, text, length);
}

const char *wp_field_clean(apr_pool_t *pool, const wp_field_t *field, const char *typed)
{
    const type_t *type = &types[field->type];
    return trim(pool, type->exact ? typed : wp_clean(pool, typed, type->clean));
}

const char *wp_field_check(apr_pool_t *pool, const wp_field_t *field, const char *typed, wp_error_t *problem)
{
    const char *text = wp_field_clean(pool, field, typed);
    *problem = WP_ERROR_NONE;
    if (*text == '\0') {
        *problem = field->required ? WP_ERROR_REQUIRED : WP_ERROR_NONE;
        return NULL;
    }
    return types[field->type].check(pool, field, text, problem);
}

wp_form_t *wp_form_make(apr_pool_t *pool, const wp_form_def_t *def)
{
    wp_form_t *form = apr_pcalloc(pool, sizeof *form);
    form->pool = pool;
    form->def = def;
    form->key = wp_random_id(pool);
    form->values = apr_hash_make(pool);
    form->order = apr_array_make(pool, 8, sizeof(wp_value_t *));
    return form;
}

static const char *slot_name(apr_pool_t *pool, const char *name, const char *key)
{
    return key ? apr_pstrcat(pool, name, ".", key, NULL) : name;
}

static wp_value_t *find_value(const wp_form_t *form, const char *name, const char *key)
{
    return apr_hash_get(form->values, slot_name(form->pool, name, key), APR_HASH_KEY_STRING);
}

static const wp_field_t *find_field(const wp_form_t *form, const char *name)
{
    for (const wp_field_t *field = form->def->fields; field->name; field++) {
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

static wp_value_t *add_value(wp_form_t *form, const wp_field_t *field, const char *key)
{
    wp_value_t *value = apr_pcalloc(form->pool, sizeof *value);
    value->field = field;
    value->key = key;
    value->control = key ? apr_pstrcat(form->pool, field->name, "-", wp_control_key(form->pool, key), NULL)
                         : field->name;
    apr_hash_set(form->values, slot_name(form->pool, field->name, key), APR_HASH_KEY_STRING, value);
    APR_ARRAY_PUSH(form->order, wp_value_t *) = value;
    return value;
}

static wp_value_t *value_slot(wp_form_t *form, const char *name, const char *key)
{
    wp_value_t *value = find_value(form, name, key);
    return value ? value : add_value(form, find_field(form, name), key);
}

/* The controls that every form of the portal has in addition to its own fields. */
static const char **own_control(wp_form_t *form, const char *name)
{
    if (strcmp(name, "form-key") == 0)
        return &form->key;
    if (strcmp(name, "form-token") == 0)
        return &form->token;
    return strcmp(name, "do") == 0 ? &form->button : NULL;
}

static bool take_pair(wp_form_t *form, const wp_pair_t *pair)
{
    const char *dot = strchr(pair->name, '.');
    const char *name = dot ? apr_pstrmemdup(form->pool, pair->name, (apr_size_t)(dot - pair->name)) : pair->name;
    const wp_field_t *field = find_field(form, name);

    if (!field)
        return true;
    if (field->each != (dot != NULL) || (dot && !is_each_key(dot + 1)))
        return false;
    const char *key = dot ? dot + 1 : NULL;
    if (find_value(form, name, key))
        return false;

    wp_value_t *value = add_value(form, field, key);
    wp_error_t problem;
    value->typed = pair->value;
    value->meant = wp_field_clean(form->pool, field, pair->value);
    value->value = wp_field_check(form->pool, field, pair->value, &problem);
    if (problem)
        wp_form_problem(form, name, key, problem);
    return true;
}

static void demand_required(wp_form_t *form)
{
    for (const wp_field_t *field = form->def->fields; field->name; field++) {
        if (field->required && !field->each && !find_value(form, field->name, NULL))
            wp_form_problem(form, field->name, NULL, WP_ERROR_REQUIRED);
    }
}

static void keep_as_sent(wp_form_t *form)
{
    form->sent = true;
    form->sent_values = form->order->nelts;
    form->sent_problems = form->problems;
    for (int i = 0; i < form->order->nelts; i++) {
        wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
        value->sent_problem = value->problems ? value->problems->last : NULL;
    }
}

bool wp_form_take(wp_form_t *form, const apr_array_header_t *pairs)
{
    const char *key = NULL;
    const char **own[] = {&form->token, &form->button};

    form->submitted = true;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        *own[i] = NULL;
    for (int i = 0; i < pairs->nelts; i++) {
        const wp_pair_t *pair = &APR_ARRAY_IDX(pairs, i, wp_pair_t);
        const char **control = own_control(form, pair->name);
        if (control == &form->key)
            control = &key;
        if (control && *control)
            return false;
        if (control)
            *control = pair->value;
        else if (!take_pair(form, pair))
            return false;
    }
    if (!key || !is_key(key) || wp_form_keys(form)->nelts > KEYS_MAX)
        return false;
    form->key = key;
    demand_required(form);
    keep_as_sent(form);
    return true;
}

static void remove_value(wp_form_t *form)
{
    const wp_value_t *value = *(wp_value_t **)apr_array_pop(form->order);
    apr_hash_set(form->values, slot_name(form->pool, value->field->name, value->key), APR_HASH_KEY_STRING, NULL);
}

static void remove_found(wp_value_t *value)
{
    while (value->problems && value->problems->last != value->sent_problem) {
        xmlNodePtr found = value->problems->last;
        xmlUnlinkNode(found);
        xmlFreeNode(found);
    }
}

void wp_form_rewind(wp_form_t *form)
{
    while (form->order->nelts > form->sent_values)
        remove_value(form);
    for (int i = 0; i < form->order->nelts; i++)
        remove_found(APR_ARRAY_IDX(form->order, i, wp_value_t *));
    form->problems = form->sent_problems;
    form->submitted = form->sent;
}

void wp_form_renew(wp_form_t *form)
{
    form->key = wp_random_id(form->pool);
}

const char *wp_form_tag(const wp_form_t *form, const wp_secret_t *secret)
{
    const char *text = form->def->name;
    for (int i = 0; i < form->order->nelts; i++) {
        const wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
        text = apr_pstrcat(form->pool, text, "\x1f", value->control, "\x1e", value->typed ? value->typed : "", NULL);
    }
    return wp_secret_tag(secret, WP_PURPOSE_BODY, form->pool, text);
}

bool wp_form_restore(wp_form_t *form, const apr_array_header_t *pairs)
{
    bool taken = wp_form_take(form, pairs);
    form->sent = false; /* but kept from an earlier one */
    form->sent_values = form->sent_problems = 0;
    for (int i = 0; i < form->order->nelts; i++)
        APR_ARRAY_IDX(form->order, i, wp_value_t *)->problems = NULL;
    form->problems = 0;
    return taken;
}

bool wp_form_computes(const wp_form_t *form)
{
    return form->button && strcmp(form->button, "compute") == 0;
}

const char *wp_form_value(const wp_form_t *form, const char *name, const char *key)
{
    const wp_value_t *value = find_value(form, name, key);
    return value ? value->value : NULL;
}

bool wp_form_is_blank(const wp_form_t *form, const char *name, const char *key)
{
    const wp_value_t *value = find_value(form, name, key);
    return !value || !value->meant || *value->meant == '\0';
}

bool wp_form_ticked(const wp_form_t *form, const char *name, const char *key)
{
    return wp_form_value(form, name, key) != NULL;
}

void wp_form_preset(wp_form_t *form, const char *name, const char *key, const char *value)
{
    if (!form->submitted && value)
        value_slot(form, name, key)->typed = value_slot(form, name, key)->meant = value;
}

static xmlNodePtr add_problem(wp_form_t *form, const char *name, const char *key, const char *code)
{
    wp_value_t *value = value_slot(form, name, key);
    if (!form->scratch)
        form->scratch = wp_xml_document(form->pool, "problems");
    if (!value->problems)
        value->problems = wp_xml_child(xmlDocGetRootElement(form->scratch), "field");
    xmlNodePtr problem = wp_xml_child(value->problems, "problem");
    wp_xml_attr(problem, "code", code);
    wp_xml_attr(problem, "control", value->control);
    if (value->field->max > 0)
        wp_message_arg_int(problem, "max", WP_TYPE_INT, value->field->max);
    if (value->meant)
        wp_message_arg(problem, "typed", WP_TYPE_TEXT, value->meant);
    form->problems++;
    return problem;
}

xmlNodePtr wp_form_problem(wp_form_t *form, const char *name, const char *key, wp_error_t code)
{
    return add_problem(form, name, key, wp_error_name(code));
}

xmlNodePtr wp_form_finding(wp_form_t *form, const char *name, const char *key, wp_reading_code_t code)
{
    return add_problem(form, name, key, wp_reading_code_name(code));
}

apr_array_header_t *wp_form_keys(const wp_form_t *form)
{
    apr_array_header_t *keys = apr_array_make(form->pool, 8, sizeof(const char *));
    for (int i = 0; i < form->order->nelts; i++) {
        const char *key = APR_ARRAY_IDX(form->order, i, wp_value_t *)->key;
        bool seen = key == NULL;
        for (int k = 0; !seen && k < keys->nelts; k++)
            seen = strcmp(APR_ARRAY_IDX(keys, k, const char *), key) == 0;
        if (!seen)
            APR_ARRAY_PUSH(keys, const char *) = key;
    }
    return keys;
}

static void copy_children(xmlNodePtr from, xmlNodePtr to)
{
    for (xmlNodePtr node = from ? from->children : NULL; node; node = node->next)
        xmlAddChild(to, xmlDocCopyNode(node, to->doc, 1));
}

static void write_value(const wp_value_t *value, xmlNodePtr form_node)
{
    xmlNodePtr field = wp_xml_child(form_node, "field");
    wp_xml_attr(field, "name", value->field->name);
    wp_xml_attr(field, "for", value->key);
    wp_xml_attr(field, "control", value->control);
    wp_xml_attr(field, "value", value->typed ? value->typed : "");
    copy_children(value->problems, field);
}

void wp_form_write(const wp_form_t *form, xmlNodePtr page, const char *action, const char *token)
{
    if (form->problems > 0) {
        xmlNodePtr problems = wp_xml_child(page, "problems");
        for (int i = 0; i < form->order->nelts; i++)
            copy_children(APR_ARRAY_IDX(form->order, i, wp_value_t *)->problems, problems);
    }
    xmlNodePtr node = wp_xml_child(page, "form");
    wp_xml_attr(node, "name", form->def->name);
    wp_xml_attr(node, "action", action);
    wp_xml_attr(node, "key", form->key);
    wp_xml_attr(node, "token", token);
    for (const wp_field_t *field = form->def->fields; field->name; field++) {
        const wp_value_t *single = field->each ? NULL : find_value(form, field->name, NULL);
        wp_value_t empty = {.field = field, .control = field->name};
        if (!field->each)
            write_value(single ? single : &empty, node);
    }
    for (int i = 0; i < form->order->nelts; i++) {
        const wp_value_t *value = APR_ARRAY_IDX(form->order, i, wp_value_t *);
        if (value->key)
            write_value(value, node);
    }
}
