/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/wire.h"

#include <apr_strings.h>
#include <curl/curl.h>
#include <string.h>

#include "base/banned.h"

#define CONNECT_SECONDS  3L
#define TOTAL_SECONDS    8L
#define ANSWER_MAX       (256 * 1024) /* the longest answer is a list of all banks */
#define SIGNATURE_HEADER "x-jws-signature:"

typedef struct receiver_t {
    apr_pool_t *pool;
    char *bytes;
    size_t length, room;
    wp_wire_answer_t *answer;
} receiver_t;

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    receiver_t *receiver = context;
    size_t length = size * count, room = receiver->room;

    if (length > ANSWER_MAX - receiver->length)
        return 0; /* aborts the transfer */
    while (room < receiver->length + length + 1)
        room = room ? room * 2 : 4096;
    if (room > receiver->room) {
        char *grown = apr_palloc(receiver->pool, room);
        if (receiver->length)
            memcpy(grown, receiver->bytes, receiver->length);
        receiver->bytes = grown;
        receiver->room = room;
    }
    memcpy(receiver->bytes + receiver->length, bytes, length);
    receiver->length += length;
    receiver->bytes[receiver->length] = '\0';
    return length;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    receiver_t *receiver = context;
    size_t length = size * count, name = strlen(SIGNATURE_HEADER);

    if (length > name && strncasecmp(bytes, SIGNATURE_HEADER, name) == 0) {
        char *value = apr_pstrmemdup(receiver->pool, bytes + name, length - name);
        apr_collapse_spaces(value, value);
        receiver->answer->signature = value;
    }
    return length;
}

static struct curl_slist *headers_of(const wp_wire_question_t *question, apr_pool_t *pool)
{
    struct curl_slist *list = curl_slist_append(NULL,
                                                apr_pstrcat(pool, SIGNATURE_HEADER, " ", question->signature, NULL));

    list = curl_slist_append(list, "Accept: application/json");
    return question->body ? curl_slist_append(list, "Content-Type: application/json") : list;
}

/* NOSIGNAL: httpd has threads, and the time-out of name resolution must not reach them as a signal. */
static void prepare(CURL *curl, const wp_wire_question_t *question, receiver_t *receiver)
{
    curl_easy_setopt(curl, CURLOPT_URL, question->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, TOTAL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, receiver);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, receiver);
    if (question->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, question->ca_file);
    if (question->body)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, question->body);
}

void wp_wire_ask(const wp_wire_question_t *question, apr_pool_t *pool, wp_wire_answer_t *answer)
{
    receiver_t receiver = {.pool = pool, .answer = answer};
    CURL *curl = curl_easy_init();

    *answer = (wp_wire_answer_t){.body = "", .why = "libcurl cannot"};
    if (!curl)
        return;
    struct curl_slist *headers = headers_of(question, pool);
    prepare(curl, question, &receiver);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(curl);
    answer->why = code == CURLE_OK ? NULL : curl_easy_strerror(code);
    if (code == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
        answer->body = receiver.bytes ? receiver.bytes : "";
        answer->length = receiver.length;
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}
