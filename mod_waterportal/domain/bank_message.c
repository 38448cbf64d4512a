/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/bank_message.h"

#include <string.h>

#include "domain/date.h"
#include "domain/money.h"

#include "base/banned.h"

#define STATEMENT_DECIMALS 5

/* --- the tables --- */

/* clang-format off */
static const wp_bank_field_t vk_order[] = {
    {"SERVICE", WP_ROLE_SERVICE, 4, true, false},    {"VERSION", WP_ROLE_VERSION, 3, true, false},
    {"SND_ID", WP_ROLE_SENDER, 15, true, false},     {"STAMP", WP_ROLE_STAMP, 20, true, false},
    {"AMOUNT", WP_ROLE_AMOUNT, 12, true, false},     {"CURR", WP_ROLE_CURRENCY, 3, true, false},
    {"REF", WP_ROLE_OTHER, 35, false, false},        {"MSG", WP_ROLE_MESSAGE, 95, false, false},
    {"RETURN", WP_ROLE_RETURN, 255, true, false},    {"CANCEL", WP_ROLE_CANCEL, 255, true, false},
    {"DATETIME", WP_ROLE_TIME, 24, true, false},     {"MAC", WP_ROLE_MAC, 700, true, true},
    {"ENCODING", WP_ROLE_CHARSET, 12, false, true},  {"LANG", WP_ROLE_LANGUAGE, 3, false, true},
    {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_field_t vk_paid[] = {
    {"SERVICE", WP_ROLE_SERVICE, 4, true, false},    {"VERSION", WP_ROLE_VERSION, 3, true, false},
    {"SND_ID", WP_ROLE_SENDER, 15, true, false},     {"REC_ID", WP_ROLE_RECEIVER, 15, true, false},
    {"STAMP", WP_ROLE_STAMP, 20, true, false},       {"T_NO", WP_ROLE_NUMBER, 20, false, false},
    {"AMOUNT", WP_ROLE_AMOUNT, 12, true, false},     {"CURR", WP_ROLE_CURRENCY, 3, true, false},
    {"REC_ACC", WP_ROLE_ACCOUNT, 34, true, false},   {"REC_NAME", WP_ROLE_NAME, 70, false, false},
    {"SND_ACC", WP_ROLE_OTHER, 34, false, false},    {"SND_NAME", WP_ROLE_OTHER, 70, false, false},
    {"REF", WP_ROLE_OTHER, 35, false, false},        {"MSG", WP_ROLE_MESSAGE, 95, false, false},
    {"T_DATETIME", WP_ROLE_DAY, 24, true, false},    {"MAC", WP_ROLE_MAC, 700, true, true},
    {"ENCODING", WP_ROLE_CHARSET, 12, false, true},  {"LANG", WP_ROLE_LANGUAGE, 3, false, true},
    {"AUTO", WP_ROLE_PUSH, 1, false, true},          {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_field_t vk_unpaid[] = {
    {"SERVICE", WP_ROLE_SERVICE, 4, true, false},    {"VERSION", WP_ROLE_VERSION, 3, true, false},
    {"SND_ID", WP_ROLE_SENDER, 15, true, false},     {"REC_ID", WP_ROLE_RECEIVER, 15, true, false},
    {"STAMP", WP_ROLE_STAMP, 20, true, false},       {"REF", WP_ROLE_OTHER, 35, false, false},
    {"MSG", WP_ROLE_MESSAGE, 95, false, false},      {"MAC", WP_ROLE_MAC, 700, true, true},
    {"ENCODING", WP_ROLE_CHARSET, 12, false, true},  {"LANG", WP_ROLE_LANGUAGE, 3, false, true},
    {"AUTO", WP_ROLE_PUSH, 1, false, true},          {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_service_t vk_services[] = {
    {"1012", WP_SERVICE_ORDER, vk_order}, {"1111", WP_SERVICE_PAID, vk_paid}, {"1911", WP_SERVICE_UNPAID, vk_unpaid},
    {NULL, WP_SERVICE_ORDER, NULL},
};

static const wp_bank_field_t seb_order[] = {
    {"SND_ID", WP_ROLE_SENDER, 10, true, false},     {"SERVICE", WP_ROLE_SERVICE, 4, true, false},
    {"VERSION", WP_ROLE_VERSION, 3, true, false},    {"AMOUNT", WP_ROLE_AMOUNT, 17, true, false},
    {"CURR", WP_ROLE_CURRENCY, 3, true, false},      {"NAME", WP_ROLE_NAME, 30, true, false},
    {"PAYMENT_ID", WP_ROLE_STAMP, 20, true, false},  {"PAYMENT_DESC", WP_ROLE_MESSAGE, 100, true, false},
    {"CRC", WP_ROLE_MAC, 700, true, true},           {"FEEDBACK", WP_ROLE_RETURN, 150, true, true},
    {"LANG", WP_ROLE_LANGUAGE, 3, false, true},      {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_field_t seb_accepted[] = {
    {"SND_ID", WP_ROLE_SENDER, 10, true, false},     {"SERVICE", WP_ROLE_SERVICE, 4, true, false},
    {"VERSION", WP_ROLE_VERSION, 3, true, false},    {"PAYMENT_ID", WP_ROLE_STAMP, 20, true, false},
    {"AMOUNT", WP_ROLE_AMOUNT, 17, true, false},     {"CURR", WP_ROLE_CURRENCY, 3, true, false},
    {"REC_ID", WP_ROLE_RECEIVER, 10, true, false},   {"REC_ACC", WP_ROLE_ACCOUNT, 34, true, false},
    {"REC_NAME", WP_ROLE_NAME, 70, false, false},    {"PAYER_ACC", WP_ROLE_OTHER, 34, false, false},
    {"PAYER_NAME", WP_ROLE_OTHER, 70, false, false}, {"PAYMENT_DESC", WP_ROLE_MESSAGE, 100, false, false},
    {"PAYMENT_DATE", WP_ROLE_DAY, 10, true, false},  {"PAYMENT_TIME", WP_ROLE_OTHER, 8, false, false},
    {"CRC", WP_ROLE_MAC, 700, true, true},           {"FROM_SERVER", WP_ROLE_PUSH, 1, false, true},
    {"LANG", WP_ROLE_LANGUAGE, 3, false, true},      {NULL, WP_ROLE_OTHER, 0, false, false},
};
/* the bank's own descriptions differ on whether FROM_SERVER is signed here: seb-elink signs it,
 * seb-elink-plain does not */
static const wp_bank_field_t seb_state[] = {
    {"SND_ID", WP_ROLE_SENDER, 10, true, false},     {"SERVICE", WP_ROLE_SERVICE, 4, true, false},
    {"VERSION", WP_ROLE_VERSION, 3, true, false},    {"REC_ID", WP_ROLE_RECEIVER, 10, true, false},
    {"PAYMENT_ID", WP_ROLE_STAMP, 20, true, false},  {"PAYMENT_DESC", WP_ROLE_MESSAGE, 100, false, false},
    {"FROM_SERVER", WP_ROLE_PUSH, 1, false, false},  {"STATUS", WP_ROLE_STATUS, 12, true, false},
    {"CRC", WP_ROLE_MAC, 700, true, true},           {"LANG", WP_ROLE_LANGUAGE, 3, false, true},
    {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_field_t seb_state_plain[] = {
    {"SND_ID", WP_ROLE_SENDER, 10, true, false},     {"SERVICE", WP_ROLE_SERVICE, 4, true, false},
    {"VERSION", WP_ROLE_VERSION, 3, true, false},    {"REC_ID", WP_ROLE_RECEIVER, 10, true, false},
    {"PAYMENT_ID", WP_ROLE_STAMP, 20, true, false},  {"PAYMENT_DESC", WP_ROLE_MESSAGE, 100, false, false},
    {"STATUS", WP_ROLE_STATUS, 12, true, false},     {"CRC", WP_ROLE_MAC, 700, true, true},
    {"FROM_SERVER", WP_ROLE_PUSH, 1, false, true},   {"LANG", WP_ROLE_LANGUAGE, 3, false, true},
    {NULL, WP_ROLE_OTHER, 0, false, false},
};
static const wp_bank_service_t seb_services[] = {
    {"0002", WP_SERVICE_ORDER, seb_order},
    {"0003", WP_SERVICE_ACCEPTED, seb_accepted},
    {"0004", WP_SERVICE_STATE, seb_state},
    {NULL, WP_SERVICE_ORDER, NULL},
};
static const wp_bank_service_t seb_plain_services[] = {
    {"0002", WP_SERVICE_ORDER, seb_order},
    {"0003", WP_SERVICE_ACCEPTED, seb_accepted},
    {"0004", WP_SERVICE_STATE, seb_state_plain},
    {NULL, WP_SERVICE_ORDER, NULL},
};

static const wp_bank_profile_t profiles[] = {
    {"vk-008", "VK_", "008", WP_DIGEST_SHA1, vk_services},
    {"vk-009", "VK_", "009", WP_DIGEST_SHA512, vk_services},
    {"seb-elink", "IB_", "001", WP_DIGEST_SHA1, seb_services},
    {"seb-elink-plain", "IB_", "001", WP_DIGEST_SHA1, seb_plain_services},
};
/* clang-format on */

const wp_bank_profile_t *wp_bank_profile_find(const char *name)
{
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        if (strcmp(profiles[i].name, name) == 0)
            return &profiles[i];
    }
    return NULL;
}

const wp_bank_service_t *wp_bank_service_find(const wp_bank_profile_t *profile, const char *code)
{
    for (const wp_bank_service_t *service = profile->services; service->code; service++) {
        if (strcmp(service->code, code) == 0)
            return service;
    }
    return NULL;
}

const wp_bank_service_t *wp_bank_service_of(const wp_bank_profile_t *profile, wp_bank_kind_t kind)
{
    for (const wp_bank_service_t *service = profile->services; service->code; service++) {
        if (service->kind == kind)
            return service;
    }
    return NULL;
}

const wp_bank_field_t *wp_bank_field_of(const wp_bank_service_t *service, wp_bank_role_t role)
{
    for (const wp_bank_field_t *field = service->fields; field->name; field++) {
        if (field->role == role)
            return field;
    }
    return NULL;
}

/* --- values --- */

wp_bank_value_t wp_bank_trim(const char *text)
{
    wp_bank_value_t value = {.begin = text ? text + strspn(text, " \t\r\n") : ""};

    value.bytes = strlen(value.begin);
    while (value.bytes > 0 && strchr(" \t\r\n", value.begin[value.bytes - 1]))
        value.bytes--;
    for (size_t i = 0; i < value.bytes; i++)
        value.characters += ((unsigned char)value.begin[i] & 0xC0) !=
                            0x80; /* continuation bytes of a character do not count */
    return value;
}

size_t wp_bank_sign_field(char *to, size_t room, const char *text)
{
    wp_bank_value_t value = wp_bank_trim(text);

    if (value.characters > 999)
        return 0;
    if (room >= 3 + value.bytes) {
        to[0] = (char)('0' + value.characters / 100);
        to[1] = (char)('0' + value.characters / 10 % 10);
        to[2] = (char)('0' + value.characters % 10);
        memcpy(to + 3, value.begin, value.bytes);
    }
    return 3 + value.bytes;
}

bool wp_bank_amount_parse(const char *text, int64_t *cents)
{
    size_t whole = strspn(text, "0123456789");
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    size_t length = whole + (text[whole] == '.' ? 1 + decimals : 0);

    *cents = 0;
    if (whole == 0 || text[length] != '\0' || decimals > 2 || (text[whole] == '.' && decimals == 0))
        return false;
    return wp_money_parse(text, length, cents) && *cents > 0;
}

bool wp_bank_statement_amount(const char *text, int64_t *cents)
{
    size_t length = strlen(text), point = strcspn(text, ".");

    *cents = 0;
    if (length > point + 1 + STATEMENT_DECIMALS)
        return false;
    while (length > point + 3 && text[length - 1] == '0')
        length--;
    if (strspn(text, "0123456789") != point || point == 0 || length > point + 3 || length == point + 1)
        return false;
    return strspn(text, "0.") == strlen(text) || (wp_money_parse(text, length, cents) && *cents > 0);
}

/* "Z" or "+02:00" behind a day, as xs:date allows. */
static bool is_zone(const char *text)
{
    if (strcmp(text, "Z") == 0)
        return true;
    return (*text == '+' || *text == '-') && strlen(text) == 6 && text[3] == ':' &&
           strspn(text + 1, "0123456789") == 2 && strspn(text + 4, "0123456789") == 2;
}

bool wp_bank_day_parse(const char *text, char day[11])
{
    char first[11] = "";
    wp_date_t date;

    memcpy(first, text, strlen(text) < 10 ? strlen(text) + 1 : 10);
    *day = '\0';
    if (strlen(first) != 10 || (text[10] != '\0' && text[10] != 'T' && !is_zone(text + 10)) ||
        !wp_date_parse(first, &date))
        return false;
    wp_date_format_iso(date, day);
    return true;
}
