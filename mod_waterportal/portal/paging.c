/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "base/banned.h"

static const char *page_link(const wp_page_t *page, int number)
{
    return apr_psprintf(page->pool, "%s%s?%spage=%d", page->request->base, page->request->path, wp_page_query(page),
                        number);
}

int wp_page_number(const wp_page_t *page)
{
    const char *typed = wp_page_input(page, "page");
    return typed ? (int)strtol(typed, NULL, 10) : 1;
}

void wp_page_paging(wp_page_t *page, int total, int size)
{
    int pages = total > size ? (total + size - 1) / size : 1;
    int number = wp_page_number(page);

    if (number > pages)
        number = pages;
    wp_args_int(page->args, "size", size);
    wp_args_int(page->args, "skip", (int64_t)(number - 1) * size);
    page->out.paging = (wp_paging_t){.number = number, .pages = pages};
}

/* The first, the last, and those around the current page; a gap in the numbers shows that some are omitted. */
static bool is_linked(const wp_paging_t *paging, int number)
{
    return number == 1 || number == paging->pages || (number >= paging->number - 1 && number <= paging->number + 1);
}

static void add_numbers(wp_page_t *page, xmlNodePtr paging)
{
    for (int number = 1; number <= page->out.paging.pages; number++) {
        if (!is_linked(&page->out.paging, number))
            continue;
        xmlNodePtr node = wp_xml_child(paging, "number");
        wp_xml_attr_int(node, "page", number);
        wp_xml_attr(node, "href", page_link(page, number));
    }
}

void wp_page_add_paging(wp_page_t *page)
{
    int number = page->out.paging.number;
    if (page->out.paging.pages < 2)
        return;
    xmlNodePtr paging = wp_xml_child(page->out.data, "paging");
    wp_xml_attr_int(paging, "page", number);
    wp_xml_attr_int(paging, "pages", page->out.paging.pages);
    if (number > 1)
        wp_xml_attr(paging, "href-previous", page_link(page, number - 1));
    if (number < page->out.paging.pages)
        wp_xml_attr(paging, "href-next", page_link(page, number + 1));
    add_numbers(page, paging);
}
