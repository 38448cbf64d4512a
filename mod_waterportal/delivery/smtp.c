/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/smtp.h"

#include <apr_strings.h>
#include <curl/curl.h>
#include <string.h>

#include "base/banned.h"

#define CONNECT_SECONDS 10L
#define ANSWER_BYTES    160
#define HIDDEN          "..."

/* How far a conversation came: the command that was said last. */
typedef enum phase_t { PHASE_GREETING, PHASE_MAIL, PHASE_RCPT, PHASE_DATA, PHASE_BODY } phase_t;

struct wp_smtp_t {
    CURL *curl;
    struct curl_slist *to;
    const wp_smtp_options_t *options;
    /* the conversation about one letter */
    phase_t phase;
    int code;     /* the last reply's; 0: none */
    bool leaving; /* QUIT was said: what the server answers to it says nothing about the letter */
    char line[ANSWER_BYTES + 1];
    apr_size_t line_length;
    const wp_envelope_t *envelope;
    apr_size_t sent;
};

static apr_status_t close_smtp(void *context)
{
    wp_smtp_t *smtp = context;
    curl_slist_free_all(smtp->to);
    curl_easy_cleanup(smtp->curl);
    return APR_SUCCESS;
}

/* An address in what a server says ("550 <anna@example.lv> unknown") is personal data. */
static bool hides(const char *word, apr_size_t length)
{
    return memchr(word, '@', length) != NULL;
}

const char *wp_answer_text(apr_pool_t *pool, const char *text, apr_size_t length)
{
    char *made = apr_palloc(pool, length * strlen(HIDDEN) + 1), *to = made;
    apr_size_t at = 0;

    while (at < length) {
        apr_size_t word = 0;
        while (at + word < length && text[at + word] > ' ' && text[at + word] < 0x7F)
            word++;
        if (hides(text + at, word)) {
            memcpy(to, HIDDEN, strlen(HIDDEN));
            to += strlen(HIDDEN);
        } else {
            memcpy(to, text + at, word);
            to += word;
        }
        at += word;
        if (at < length && to > made && to[-1] != ' ')
            *to++ = ' ';
        at++;
    }
    while (to > made && to[-1] == ' ')
        to--;
    *to = '\0';
    return apr_pstrmemdup(pool, made, (apr_size_t)(to - made < ANSWER_BYTES ? to - made : ANSWER_BYTES));
}

/* --- what libcurl calls --- */

static size_t read_letter(char *to, size_t size, size_t count, void *context)
{
    wp_smtp_t *smtp = context;
    apr_size_t left = smtp->envelope->length - smtp->sent, room = size * count;
    apr_size_t length = left < room ? left : room;

    smtp->phase = PHASE_BODY;
    memcpy(to, smtp->envelope->letter + smtp->sent, length);
    smtp->sent += length;
    return length;
}

/* A line of the server; of several lines of one reply the last one counts. */
static void take_reply(wp_smtp_t *smtp, const char *line, size_t length)
{
    if (smtp->leaving || length < 3 || line[0] < '2' || line[0] > '5')
        return;
    smtp->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    smtp->line_length = length < ANSWER_BYTES ? length : ANSWER_BYTES;
    memcpy(smtp->line, line, smtp->line_length);
}

static void take_command(wp_smtp_t *smtp, const char *line, size_t length)
{
    static const struct {
        const char *word;
        phase_t phase;
    } commands[] = {{"MAIL", PHASE_MAIL}, {"RCPT", PHASE_RCPT}, {"DATA", PHASE_DATA}};

    smtp->leaving = smtp->leaving || (length >= 4 && strncasecmp(line, "QUIT", 4) == 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (length >= 4 && strncasecmp(line, commands[i].word, 4) == 0) {
            smtp->phase = commands[i].phase;
            smtp->code = 0;
        }
    }
}

static int listen_in(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context)
{
    (void)curl;
    if (type == CURLINFO_HEADER_IN)
        take_reply(context, bytes, length);
    else if (type == CURLINFO_HEADER_OUT)
        take_command(context, bytes, length);
    return 0;
}

/* NOSIGNAL is not set: a command has one thread, and only with signals does a name that cannot be resolved end in time.
 * The proxies of the environment are for browsers. */
static void prepare(wp_smtp_t *smtp, apr_pool_t *pool)
{
    const wp_smtp_options_t *options = smtp->options;
    CURL *curl = smtp->curl;

    curl_easy_setopt(curl, CURLOPT_URL, apr_pstrcat(pool, options->url, "/", options->helo, NULL));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(options->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)options->timeout_s);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_letter);
    curl_easy_setopt(curl, CURLOPT_READDATA, smtp);
    if (options->ca_file)
        curl_easy_setopt(curl, CURLOPT_CAINFO, options->ca_file);
    if (options->login)
        curl_easy_setopt(curl, CURLOPT_USERPWD, options->login);
}

wp_smtp_t *wp_smtp_open(apr_pool_t *pool, const wp_smtp_options_t *options)
{
    wp_smtp_t *smtp = apr_pcalloc(pool, sizeof *smtp);

    smtp->curl = curl_easy_init();
    if (!smtp->curl)
        return NULL;
    apr_pool_cleanup_register(pool, smtp, close_smtp, apr_pool_cleanup_null);
    smtp->options = apr_pmemdup(pool, options, sizeof *options);
    prepare(smtp, pool);
    return smtp;
}

/* What is not this letter's fault will be no other one's either: before MAIL, and when the sender is not accepted. */
static wp_smtp_outcome_t judge(const wp_smtp_t *smtp, CURLcode code)
{
    if (code == CURLE_OK)
        return WP_SMTP_ACCEPTED;
    if (smtp->phase == PHASE_GREETING || smtp->phase == PHASE_MAIL)
        return WP_SMTP_AWAY;
    if (smtp->code / 100 == 4)
        return smtp->code == 421 ? WP_SMTP_AWAY : WP_SMTP_NOT_NOW; /* 421: closing the channel */
    if (smtp->code / 100 == 5)
        return WP_SMTP_REFUSED;
    return smtp->phase == PHASE_BODY ? WP_SMTP_CUT : WP_SMTP_AWAY;
}

wp_smtp_answer_t wp_smtp_send(wp_smtp_t *smtp, apr_pool_t *pool, const wp_envelope_t *envelope)
{
    struct curl_slist *to = curl_slist_append(NULL, envelope->to);

    smtp->phase = PHASE_GREETING;
    smtp->code = 0;
    smtp->leaving = false;
    smtp->line_length = 0;
    smtp->envelope = envelope;
    smtp->sent = 0;
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, envelope->from);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)envelope->length);
    CURLcode code = curl_easy_perform(smtp->curl);
    const char *why = curl_easy_strerror(code);
    wp_smtp_answer_t answer = {.outcome = judge(smtp, code), .text = apr_pstrdup(pool, why)};
    if (smtp->code)
        answer.text = wp_answer_text(pool, smtp->line, smtp->line_length);
    curl_slist_free_all(smtp->to); /* of the letter before: libcurl may still point to it until now */
    smtp->to = to;
    return answer;
}
