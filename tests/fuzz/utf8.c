/* SPDX-License-Identifier: Apache-2.0 */
/* Strict UTF-8 and the writer of page XML, which replaces what is not. The model is the Unicode Standard's table
 * 3-7. */
#include "fuzz/fuzz.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/xml.h"

#include "base/banned.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* First byte from..to, second byte from..to; all others are 80..BF. */
static const struct {
    unsigned char first[2], second[2];
    size_t length;
} well_formed[] = {{{0x00, 0x7F}, {0, 0}, 1},       {{0xC2, 0xDF}, {0x80, 0xBF}, 2}, {{0xE0, 0xE0}, {0xA0, 0xBF}, 3},
                   {{0xE1, 0xEC}, {0x80, 0xBF}, 3}, {{0xED, 0xED}, {0x80, 0x9F}, 3}, {{0xEE, 0xEF}, {0x80, 0xBF}, 3},
                   {{0xF0, 0xF0}, {0x90, 0xBF}, 4}, {{0xF1, 0xF3}, {0x80, 0xBF}, 4}, {{0xF4, 0xF4}, {0x80, 0x8F}, 4}};

static size_t model_length(const unsigned char *b, size_t left)
{
    for (size_t i = 0; left > 0 && i < sizeof well_formed / sizeof *well_formed; i++) {
        size_t length = well_formed[i].length;
        if (b[0] < well_formed[i].first[0] || b[0] > well_formed[i].first[1])
            continue;
        if (length > left || (length > 1 && (b[1] < well_formed[i].second[0] || b[1] > well_formed[i].second[1])))
            return 0;
        for (size_t k = 2; k < length; k++)
            if (b[k] < 0x80 || b[k] > 0xBF)
                return 0;
        return length;
    }
    return 0;
}

/* The characters of XML 1.0 among them. */
static size_t model_next(const unsigned char *b, size_t left)
{
    size_t length = model_length(b, left);
    if (length == 1 && b[0] < 0x20 && !memchr("\t\n\r", b[0], 3))
        return 0;
    return length == 3 && memcmp(b, "\xEF\xBF", 2) == 0 && b[2] >= 0xBE ? 0 : length;
}

static void check_document(const char *text, const char *clean)
{
    apr_pool_t *pool = fuzz_pool_open();
    apr_size_t length;
    xmlDocPtr page = wp_xml_document(pool, "page");

    wp_xml_text(xmlDocGetRootElement(page), "a", text);
    wp_xml_attr(xmlDocGetRootElement(page), "b", text);
    const char *xml = wp_xml_serialise(page, pool, &length);
    CLAIM(xml[length] == '\0' && wp_utf8_valid(xml, length));
    xmlDocPtr again = xmlReadMemory(xml, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_HUGE);
    CLAIM(again != NULL);
    xmlNodePtr root = xmlDocGetRootElement(again);
    CLAIM(root->children && !root->children->next && !xmlFirstElementChild(root->children));
    xmlChar *content = xmlNodeGetContent(root->children);
    xmlChar *value = xmlGetProp(root, BAD_CAST "b");
    CLAIM(strcmp((char *)content, clean) == 0);
    CLAIM(strcmp((char *)value, clean) == 0);
    xmlFree(content);
    xmlFree(value);
    xmlFreeDoc(again);
    fuzz_pool_close(pool);
}

/* text with U+FFFD for each byte that belongs to no character. */
static char *model_clean(const char *text, size_t *bad)
{
    size_t left = strlen(text), used = 0;
    char *clean = malloc(left * strlen(REPLACEMENT) + 1);

    if (!clean)
        abort();
    for (*bad = 0; left > 0;) {
        size_t length = model_next((const unsigned char *)text, left), step = length > 0 ? length : 1;
        memcpy(clean + used, length > 0 ? text : REPLACEMENT, length > 0 ? length : strlen(REPLACEMENT));
        used += length > 0 ? length : strlen(REPLACEMENT);
        *bad += length == 0;
        text += step;
        left -= step;
    }
    clean[used] = '\0';
    return clean;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes_t bytes = {data, size};
    bool valid = true;
    size_t bad, count = 0, at = 0;

    for (size_t i = 0; i < size; i++)
        CLAIM(wp_utf8_next((const char *)data + i, size - i) == model_next(data + i, size - i));
    for (size_t step; at < size && valid; at += step, count += step > 0) {
        step = model_next(data + at, size - at);
        valid = step > 0;
    }
    CLAIM(wp_utf8_valid((const char *)data, size) == valid);
    CLAIM(!valid || wp_utf8_count((const char *)data, size) == count);

    char *text = fuzz_text(&bytes), *clean = model_clean(text, &bad);
    unsigned long before = wp_xml_replaced();
    check_document(text, clean);
    CLAIM(wp_xml_replaced() - before == 2 * bad);
    free(text);
    free(clean);
    return 0;
}
