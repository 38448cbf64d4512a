/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/letter.h"

#include <apr_strings.h>
#include <gmime/gmime.h>
#include <string.h>

#include "base/banned.h"

static apr_status_t drop(void *object)
{
    g_object_unref(object);
    return APR_SUCCESS;
}

static void keep(apr_pool_t *pool, void *object)
{
    apr_pool_cleanup_register(pool, object, drop, apr_pool_cleanup_null);
}

static apr_status_t free_text(void *text)
{
    g_free(text);
    return APR_SUCCESS;
}

const char *wp_letter_domain(const char *address)
{
    const char *at = strrchr(address, '@');
    return at ? at + 1 : address;
}

/* No line end and no other control character survives in a header. */
static const char *header_text(apr_pool_t *pool, const char *text)
{
    char *line = apr_pstrdup(pool, text);
    for (char *c = line; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    }
    return line;
}

static GMimeObject *make_part(apr_pool_t *pool, const char *subtype, const char *text)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

    keep(pool, part);
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, text);
    g_mime_part_set_content_encoding((GMimePart *)part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return (GMimeObject *)part;
}

static GMimeObject *make_body(apr_pool_t *pool, const wp_letter_t *letter)
{
    GMimeMultipart *body = g_mime_multipart_new_with_subtype("alternative");

    keep(pool, body);
    g_mime_multipart_add(body, make_part(pool, "plain", letter->text));
    g_mime_multipart_add(body, make_part(pool, "html", letter->html));
    return (GMimeObject *)body;
}

/* In UTF-8: GMime would choose the smallest alphabet that fits, ISO 8859-4 for Latvian. */
static void add_address(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
    InternetAddress *mailbox = internet_address_mailbox_new(name, address);

    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
    g_object_unref(mailbox);
}

static GMimeMessage *make_message(apr_pool_t *pool, const wp_letter_t *letter)
{
    GMimeMessage *message = g_mime_message_new(FALSE);
    GDateTime *date = g_date_time_new_from_unix_utc(letter->date);

    keep(pool, message);
    add_address(message, GMIME_ADDRESS_TYPE_FROM, header_text(pool, letter->from_name), letter->from);
    add_address(message, GMIME_ADDRESS_TYPE_TO, NULL, letter->to);
    g_mime_message_set_subject(message, header_text(pool, letter->subject), "utf-8");
    g_mime_message_set_message_id(message, apr_pstrcat(pool, letter->id, "@", wp_letter_domain(letter->from), NULL));
    if (date) {
        g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
    /* RFC 3834, and what Exchange looks at instead: nobody's absence is to answer us */
    g_mime_object_set_header((GMimeObject *)message, "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header((GMimeObject *)message, "X-Auto-Response-Suppress", "All", NULL);
    g_mime_object_set_header((GMimeObject *)message, "Content-Language", header_text(pool, letter->language), NULL);
    g_mime_message_set_mime_part(message, make_body(pool, letter));
    return message;
}

const char *wp_letter_write(apr_pool_t *pool, const wp_letter_t *letter, apr_size_t *length)
{
    g_mime_init(); /* does nothing the second time */
    GMimeMessage *message = make_message(pool, letter);
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GMimeEncodingConstraint seven_bit = GMIME_ENCODING_CONSTRAINT_7BIT;
    g_mime_object_encode((GMimeObject *)message, seven_bit);
    char *text = g_mime_object_to_string((GMimeObject *)message, options);
    g_mime_format_options_free(options);
    if (!text)
        return NULL;
    apr_pool_cleanup_register(pool, text, free_text, apr_pool_cleanup_null);
    *length = strlen(text);
    return text;
}
