/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PAGE_H
#define WP_PORTAL_PAGE_H

#include "data/db.h"
#include "domain/date.h"
#include "portal/form.h"
#include "portal/identity.h"
#include "portal/portal.h"
#include "portal/request.h"
#include "portal/section.h"
#include "render/xml.h"

/* Everything a section's functions have in hand. `db`, `data` and `args` belong to the running unit of work: a unit may
 * run twice, so a section keeps nothing outside `state`, which each run starts with NULL. */
struct wp_page_t {
    apr_pool_t *pool;
    const wp_portal_t *portal;
    const wp_request_t *request;
    const wp_section_t *section;
    const wp_route_t *route;
    const char *route_name;         /* page/@route: the route's name, or "choose", "done" … */
    const wp_identity_t *identity;  /* NULL on a public page */
    const wp_account_t *account;    /* NULL before registration */
    const char *address;            /* of the chosen contract's premises: "Stokholmas iela 24, Rīga" */
    const char *contract;           /* the chosen contract's number, already checked against the account */
    int rights, whole_rights;       /* wp_right_t bits on the contract: on some of its meters, and on all of it */
    const char *delegation;         /* by which delegation, when the contract is somebody else's */
    const char *holder;             /* whose it then is */
    const char *actor_kind;         /* what the person is to the contract: "customer", "representative", "delegate" */
    const char *language;
    wp_instant_t now;
    wp_date_t today;                /* in Riga */
    wp_window_t window;             /* the reading window that is open, or the next one */
    const wp_inputs_t *inputs;      /* checked path and query values */
    wp_form_t *form;                /* what was typed; NULL on a route without a form */
    wp_form_t *filter;              /* the query by route->filter; NULL on a route without one */

    wp_db_t *db;
    wp_args_t *args; /* account, person, code, issuer, subject, today, now, window_key, window_from, contract and every
                      * input and filter field of the route, bound by name */
    xmlDocPtr document;
    xmlNodePtr data;
    void *state;
    struct wp_paging_t {
        int number, pages; /* 0: the page has no list in pages */
    } paging;

    /* what the section decided */
    int status;           /* 200 unless refused */
    const char *code;     /* the page message of a refusal: "not_found" */
    const char *location; /* below the mount, after a save or to redirect a GET */
    xmlNodePtr notices;
    apr_table_t *headers; /* further headers of the answer */
};

/* Runs a named statement with the page's values. */
apr_status_t wp_page_select(wp_page_t *page, const char *query, wp_rows_t **rows);

/* The same, and its rows become elements of <data> rows may be NULL. */
apr_status_t wp_page_show(wp_page_t *page, const char *query, wp_rows_t **rows);
xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row);

/* A child set of values on top of the page's own. */
wp_args_t *wp_page_args(wp_page_t *page);

/* Ends the page with an error page: status and message code (page.CODE in the catalogue). */
void wp_page_refuse(wp_page_t *page, int status, const char *code);

/* Where to go (303): a path below the mount, "/readings/receipt/R-1". */
void wp_page_go(wp_page_t *page, const char *location);

/* A notice about the whole page; arguments through wp_xml_typed on the returned node's <arg>s: use wp_message_arg(). */
xmlNodePtr wp_page_notice(wp_page_t *page, const char *code);

/* <arg name="digits" t="int">5</arg> of a notice, problem, question or choice. */
void wp_message_arg(xmlNodePtr message, const char *name, wp_type_t type, const char *text);
void wp_message_arg_int(xmlNodePtr message, const char *name, wp_type_t type, int64_t value);

/* <window open= from= until= next-from= next-until= days-left=/> */
void wp_page_add_window(wp_page_t *page);

/* What the page was asked for, to link to other views of the same: "contract=10-45127&from=2026-01&", or "". */
const char *wp_page_query(const wp_page_t *page);

/* Pages of a list: binds :size and :skip by the input "page"; <paging> closes the data when there is more than one. */
void wp_page_paging(wp_page_t *page, int total, int size);
void wp_page_add_paging(wp_page_t *page);

/* A stored instant as the wall clock of Riga, as page documents carry it: "2026-11-22T15:42:00". */
const char *wp_page_time(const wp_page_t *page, const char *instant);

/* An entry in the audit log, in the running write transaction. action is a short code; no personal data in detail. */
apr_status_t wp_page_audit(wp_page_t *page, const char *action, const char *contract, const char *detail);

#endif
