/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/gateway.h"

#include <apr_escape.h>
#include <apr_strings.h>
#include <curl/curl.h>
#include <string.h>

#include "base/json_pool.h"
#include "base/translit.h"
#include "base/urlencoded.h"
#include "domain/sms_text.h"

#include "base/banned.h"

#define CONNECT_SECONDS 10L
#define TIMEOUT_DEFAULT 20
#define ANSWER_MAX      (64 * 1024)

typedef const char *(*escape_t)(apr_pool_t *pool, const char *text);

struct wp_gateway_t {
    const char *url, *method, *body, *sender, *success, *refused, *ca;
    apr_table_t *headers;
    const char *type; /* the Content-Type */
    bool translit;
    int timeout_s;
};

/* --- templates --- */

/* What stands between the quotation marks of a JSON string. */
static const char *escape_json(apr_pool_t *pool, const char *text)
{
    json_t *array = json_pack("[s]", text);
    const char *written = wp_json_text(pool, array); /* ["…"] */
    return written ? apr_pstrmemdup(pool, written + 2, strlen(written) - 4) : "";
}

static const char *escape_xml(apr_pool_t *pool, const char *text)
{
    return apr_pescape_entity(pool, text, 0);
}

static const struct {
    const char *type;
    escape_t escape;
} bodies[] = {{"application/json", escape_json},
              {"application/x-www-form-urlencoded", wp_urlencode},
              {"application/xml", escape_xml},
              {"text/xml", escape_xml}};

/* type: may have parameters. NULL: none of ours. */
static escape_t escape_for(const char *type)
{
    for (size_t i = 0; type && i < sizeof bodies / sizeof *bodies; i++) {
        size_t length = strlen(bodies[i].type);
        if (strncasecmp(type, bodies[i].type, length) == 0 && strchr("; ", type[length]))
            return bodies[i].escape;
    }
    return NULL;
}

const char *wp_gateway_fill(const wp_gateway_t *gateway, apr_pool_t *pool, const char *template, const char *kind,
                            const wp_sms_t *sms)
{
    const char *const values[][2] = {{"{to}", sms->to},
                                     {"{text}", sms->text},
                                     {"{sender}", gateway->sender},
                                     {"{id}", sms->id}};
    escape_t escape = kind ? escape_for(kind) : wp_urlencode;
    const char *made = "";

    while (*template != '\0') {
        size_t plain = strcspn(template, "{"), skipped = template[plain] != '\0';
        const char *value = template[plain] != '\0' ? "{" : "";
        for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
            if (strncmp(template + plain, values[i][0], strlen(values[i][0])) == 0) {
                value = escape(pool, values[i][1]);
                skipped = strlen(values[i][0]);
            }
        }
        made = apr_pstrcat(pool, made, apr_pstrmemdup(pool, template, plain), value, NULL);
        template += plain + skipped;
    }
    return made;
}

const char *wp_gateway_text(const wp_gateway_t *gateway, apr_pool_t *pool, const char *text)
{
    const char *plain = gateway->translit ? wp_translit(pool, text) : NULL;
    char *made, *to;

    if (!plain)
        return text;
    made = to = apr_palloc(pool, strlen(plain) + 1);
    while (*plain != '\0') {
        size_t length = 1;
        while ((plain[length] & 0xC0) == 0x80)
            length++;
        char one[5] = {0};
        memcpy(one, plain, length < sizeof one ? length : sizeof one - 1);
        bool known = wp_sms_size(one).gsm7;
        memcpy(to, known ? plain : "?", known ? length : 1);
        to += known ? length : 1;
        plain += length;
    }
    *to = '\0';
    return made;
}

/* --- the file --- */

static const char *check_url(const wp_gateway_t *gateway)
{
    static const char *const near[] = {"http://127.0.0.1:", "http://127.0.0.1/", "http://localhost:",
                                       "http://localhost/", "http://[::1]:",     "http://[::1]/"};

    if (!gateway->url)
        return "\"url\" is missing";
    if (strncmp(gateway->url, "https://", 8) == 0)
        return NULL;
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        if (strncmp(gateway->url, near[i], strlen(near[i])) == 0)
            return NULL;
    }
    return "\"url\": https, or http to 127.0.0.1 or localhost: codes must not be read on the way";
}

static const char *check_values(const wp_gateway_t *gateway, const char *encoding)
{
    const apr_array_header_t *headers = apr_table_elts(gateway->headers);
    const char *wrong = check_url(gateway);

    if (!wrong && gateway->body && !escape_for(gateway->type))
        wrong = "\"headers\": a body needs a Content-Type of application/json, application/x-www-form-urlencoded, "
                "application/xml or text/xml";
    if (!wrong && encoding && strcmp(encoding, "translit") != 0 && strcmp(encoding, "auto") != 0)
        wrong = "\"encoding\" is \"translit\" or \"auto\"";
    if (!wrong && (gateway->timeout_s < 1 || gateway->timeout_s > 300))
        wrong = "\"timeout\" is a number of seconds from 1 to 300";
    for (int i = 0; i < headers->nelts && !wrong; i++) {
        const apr_table_entry_t *header = &APR_ARRAY_IDX(headers, i, apr_table_entry_t);
        if (strpbrk(header->key, ":\r\n ") || strpbrk(header->val, "\r\n"))
            wrong = "\"headers\": a name or a value has a line end, or a name a colon";
        else if (strpbrk(header->val, "{"))
            wrong = "\"headers\" have no placeholders: put {to}, {text}, {sender} and {id} into \"url\" or \"body\"";
    }
    return wrong;
}

static const char *const members[] = {"url",     "method",  "headers",  "body", "sender",
                                      "success", "refused", "encoding", "ca",   "timeout"};

static const char *unknown_member(apr_pool_t *pool, json_t *file)
{
    const char *name;
    json_t *value;

    json_object_foreach(file, name, value)
    {
        bool known = false;
        for (size_t i = 0; i < sizeof members / sizeof *members; i++)
            known = known || strcmp(name, members[i]) == 0;
        if (!known)
            return apr_psprintf(pool, "\"%s\" is none of its members", name);
    }
    return NULL;
}

static void take_members(wp_gateway_t *gateway, apr_pool_t *pool, json_t *file)
{
    json_t *timeout = json_object_get(file, "timeout");
    const apr_table_t *texts = wp_json_texts(pool, file);

    gateway->url = apr_table_get(texts, "url");
    gateway->method = apr_table_get(texts, "method");
    gateway->body = apr_table_get(texts, "body");
    gateway->sender = apr_table_get(texts, "sender");
    gateway->success = apr_table_get(texts, "success");
    gateway->refused = apr_table_get(texts, "refused");
    gateway->ca = apr_table_get(texts, "ca");
    gateway->sender = gateway->sender ? gateway->sender : "";
    gateway->headers = wp_json_texts(pool, json_object_get(file, "headers"));
    gateway->type = apr_table_get(gateway->headers, "Content-Type");
    gateway->translit = !apr_table_get(texts, "encoding") || strcmp(apr_table_get(texts, "encoding"), "auto") != 0;
    gateway->timeout_s = timeout ? (int)json_integer_value(timeout) : TIMEOUT_DEFAULT;
}

apr_status_t wp_gateway_load(wp_gateway_t **gateway, apr_pool_t *pool, const char *file, const char **error)
{
    wp_gateway_t *made = apr_pcalloc(pool, sizeof *made);
    wp_file_t read;

    *gateway = NULL;
    apr_status_t status = wp_file_read(&read, pool, file, error);
    if (status != APR_SUCCESS)
        return status;
    json_t *json = wp_json_parse_file(pool, &read, file, error);
    if (!json)
        return APR_EINVAL;
    take_members(made, pool, json);
    const char *wrong = unknown_member(pool, json);
    if (!wrong)
        wrong = check_values(made, json_string_value(json_object_get(json, "encoding")));
    if (!wrong && (read.protection & APR_FPROT_WREAD))
        wrong = "it has access to the provider and can be read by everybody: chmod 0640 it";
    if (wrong) {
        *error = apr_psprintf(pool, "%s: %s", file, wrong);
        return APR_EINVAL;
    }
    *gateway = made;
    return APR_SUCCESS;
}

/* --- the request --- */

typedef struct receiver_t {
    apr_pool_t *pool;
    const char *text;
    size_t length;
} receiver_t;

static size_t take_answer(char *bytes, size_t size, size_t count, void *context)
{
    receiver_t *receiver = context;
    size_t length = size * count;

    if (receiver->length + length > ANSWER_MAX)
        return 0; /* aborts */
    receiver->text = apr_pstrcat(receiver->pool, receiver->text, apr_pstrmemdup(receiver->pool, bytes, length), NULL);
    receiver->length += length;
    return length;
}

static struct curl_slist *headers_of(const wp_gateway_t *gateway, apr_pool_t *pool)
{
    const apr_array_header_t *headers = apr_table_elts(gateway->headers);
    struct curl_slist *list = NULL;

    for (int i = 0; i < headers->nelts; i++) {
        const apr_table_entry_t *header = &APR_ARRAY_IDX(headers, i, apr_table_entry_t);
        list = curl_slist_append(list, apr_pstrcat(pool, header->key, ": ", header->val, NULL));
    }
    return list;
}

static void prepare(CURL *curl, const wp_gateway_t *gateway, apr_pool_t *pool, const wp_sms_t *sms, receiver_t *answer)
{
    curl_easy_setopt(curl, CURLOPT_URL, wp_gateway_fill(gateway, pool, gateway->url, NULL, sms));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (gateway->ca)
        curl_easy_setopt(curl, CURLOPT_CAINFO, gateway->ca);
    if (gateway->body)
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS,
                         wp_gateway_fill(gateway, pool, gateway->body, gateway->type, sms));
    if (gateway->method)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, gateway->method);
}

static wp_gateway_outcome_t judge_status(const wp_gateway_t *gateway, long status, const char *text)
{
    if (gateway->refused && strstr(text, gateway->refused))
        return WP_GATEWAY_REFUSED;
    if (status / 100 == 2)
        return !gateway->success || strstr(text, gateway->success) ? WP_GATEWAY_ACCEPTED : WP_GATEWAY_NOT_NOW;
    if (status == 400 || status == 410 || status == 422)
        return WP_GATEWAY_REFUSED;
    return status == 408 || status == 429 || status / 100 == 5 ? WP_GATEWAY_NOT_NOW : WP_GATEWAY_AWAY;
}

static wp_gateway_outcome_t judge_failure(CURL *curl)
{
    long sent = 0;
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
    return sent > 0 ? WP_GATEWAY_CUT : WP_GATEWAY_AWAY;
}

wp_gateway_answer_t wp_gateway_send(const wp_gateway_t *gateway, apr_pool_t *pool, const wp_sms_t *sms, int seconds)
{
    receiver_t receiver = {pool, "", 0};
    CURL *curl = curl_easy_init();
    long status = 0;

    if (!curl)
        return (wp_gateway_answer_t){WP_GATEWAY_AWAY, "libcurl cannot"};
    struct curl_slist *headers = headers_of(gateway, pool);
    prepare(curl, gateway, pool, sms, &receiver);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)(gateway->timeout_s < seconds ? gateway->timeout_s : seconds));
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    wp_gateway_answer_t answer = {judge_status(gateway, status, receiver.text), apr_psprintf(pool, "HTTP %ld", status)};
    if (code != CURLE_OK)
        answer = (wp_gateway_answer_t){judge_failure(curl), apr_pstrdup(pool, curl_easy_strerror(code))};
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
}
