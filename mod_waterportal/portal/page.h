/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_PAGE_H
#define WP_PORTAL_PAGE_H

#include "base/codes.h"
#include "data/db.h"
#include "domain/date.h"
#include "portal/form.h"
#include "identity/identity.h"
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
    const char *route_name;        /* page/@route: the route's name, or "choose", "done" … */
    const wp_identity_t *identity; /* NULL on a public page */
    const wp_account_t *account;   /* NULL before registration */
    const char *address;           /* of the chosen contract's premises: "Stokholmas iela 24, Rīga" */
    const char *contract;          /* the chosen contract's number, already checked against the account */
    const char *contract_ended;    /* its last day, when that is over; else NULL */
    int rights, whole_rights;      /* wp_right_t bits on the contract: on some of its meters, and on all of it */
    const char *delegation;        /* by which delegation, when the contract is somebody else's */
    const char *holder;            /* whose it then is */
    const char *actor_kind; /* what the person is to the contract: "customer", "representative", "delegate"; "token" */
    const char *token;      /* the access token's id, when a program asks */
    const char *language;
    wp_instant_t now;
    wp_date_t today;    /* in Riga */
    wp_window_t window; /* the reading window that is open, or the next one; never open for a contract that has ended */
    const wp_inputs_t *inputs; /* checked path and query values */
    wp_form_t *form;           /* what was typed; NULL on a route without a form */

    wp_db_t *db;
    wp_args_t *args; /* account, person, code, issuer, subject, today, now, window_key, window_from, contract and every
                      * input of the route, bound by name */
    xmlDocPtr document;
    xmlNodePtr data;
    xmlNodePtr filter, problems; /* of a GET form; NULL: none */
    void *state;
    const void *found; /* by reach(), for record(); NULL: there is nothing to write down */
    struct wp_paging_t {
        int number, pages; /* 0: the page has no list in pages */
    } paging;

    /* what the section decided */
    int status;           /* 200 unless refused */
    wp_page_code_t code;  /* the page message of a refusal; WP_PAGE_NONE: it is not refused */
    const char *file;     /* what the answer is saved as, any text; NULL: as the route says */
    const char *location; /* below the mount, after a save or to redirect a GET */
    xmlNodePtr notices;
    apr_table_t *headers;      /* further headers of the answer */
    apr_array_header_t *notes; /* wp_note_t: audit entries to write before the page is shown */
};

typedef struct wp_note_t {
    const char *audit_id, *contract, *delegation, *actor_kind, *detail;
    wp_did_t action;
} wp_note_t;

/* Runs a named statement with the page's values. */
apr_status_t wp_page_select(wp_page_t *page, const char *query, wp_rows_t **rows);

/* The same, and its rows become elements of <data> rows may be NULL. */
apr_status_t wp_page_show(wp_page_t *page, const char *query, wp_rows_t **rows);
/* The same, but each row stands in the element of <data> of the given name whose child `key` has the row's value of
 * that column: a contract's seals in their meters. The column itself is not repeated; a row without its element is left
 * out. */
apr_status_t wp_page_show_within(wp_page_t *page, const char *query, const char *element, const char *key);
xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row);

/* Of one row more than may be shown the last is taken away again: true, it can be said that there is more. */
bool wp_page_cut(xmlNodePtr parent, int most);

/* The rows as <list name="" columns="a b c">: what programs get, with every column named even where it has no value. */
xmlNodePtr wp_page_add_list(wp_page_t *page, const char *name, const char *columns);
apr_status_t wp_page_show_list(wp_page_t *page, const char *name, const char *query, wp_rows_t **rows);

/* A child set of values on top of the page's own. */
wp_args_t *wp_page_args(wp_page_t *page);

/* Ends the page with an error page: status and what the page says. */
void wp_page_refuse(wp_page_t *page, int status, wp_page_code_t code);

/* Was it refused, or sent elsewhere? */
static inline bool wp_page_is_decided(const wp_page_t *page)
{
    return page->code || page->location;
}

/* Where to go (303): a path below the mount, "/readings/receipt/R-1". */
void wp_page_go(wp_page_t *page, const char *location);

/* A notice about the whole page; arguments through wp_xml_typed on the returned node's <arg>s: use wp_message_arg(). */
xmlNodePtr wp_page_notice(wp_page_t *page, wp_notice_t code);

/* The page's GET form, when its route has filters: as typed, and what is not right. With each run of the read unit. */
void wp_page_filter_begin(wp_page_t *page);

/* A problem of one filter (wp_field_t.filter) that the section finds; its value should count as not given. */
void wp_page_filter_problem(wp_page_t *page, const char *name, wp_error_t code);

/* What a filter shows when nothing was typed. */
void wp_page_filter_preset(wp_page_t *page, const char *name, const char *value);

/* Something was typed that is not right: it counts as not given. */
bool wp_page_filter_is_wrong(const wp_page_t *page, const char *name);

/* A checked value of path or query, NULL when not given or not right. */
const char *wp_page_input(const wp_page_t *page, const char *name);

/* All values of an input that may be given several times, in order: const char *; empty when none was given. */
const apr_array_header_t *wp_page_input_list(const wp_page_t *page, const char *name);

/* <arg name="digits" t="int">5</arg> of a notice, problem, question or choice. */
void wp_message_arg(xmlNodePtr message, const char *name, wp_type_t type, const char *text);
void wp_message_arg_int(xmlNodePtr message, const char *name, wp_type_t type, int64_t value);

/* <window open= from= until= next-from= next-until= days-left=/> */
void wp_page_add_window(wp_page_t *page);

/* What the page was asked for, to link to other views of the same: "contract=10-45127&from=2026-01&", or "". */
const char *wp_page_query(const wp_page_t *page);

/* Pages of a list: binds :size and :skip by the input "page"; <paging>, whose links keep contract and filters, closes
 * the data when there is more than one. */
void wp_page_paging(wp_page_t *page, int total, int size);
void wp_page_add_paging(wp_page_t *page);

/* A stored instant as the wall clock of Riga, as page documents carry it: "2026-11-22T15:42:00". */
const char *wp_page_time(const wp_page_t *page, const char *instant);

/* The same for a page that only shows: written after the page was read; what cannot be written down is not shown. Each
 * audit_id is written once; NULL makes a new one. */
void wp_page_note(wp_page_t *page, const char *audit_id, wp_did_t action, const char *detail);
/* Writes them, in the running write transaction. */
apr_status_t wp_page_write_notes(wp_page_t *page);

/* A text shown on the next page this browser opens below the same section, and never again: a cookie carries it, sealed
 * for its person. In a save(). */
void wp_page_flash(wp_page_t *page, const char *text);
/* In a load(): what was told, or NULL; the cookie is taken away. */
const char *wp_page_take_flash(wp_page_t *page);

/* Counts one of this limit for `who`, in the running write transaction. *again: 0 when it may be done; else it may not,
 * and this is the instant from which it may. */
apr_status_t wp_page_take(wp_page_t *page, wp_limit_t limit, const char *who, wp_instant_t *again);
/* Whom limits of a mailbox or a telephone count for: a keyed hash of the address, the same for all its spellings in
 * capitals and small letters, which lead to one mailbox. */
const char *wp_page_mailbox(const wp_page_t *page, const char *address);

/* A line of the log about what somebody who is known tried: section and route, what, and the person's tag, or the
 * access token's id. Nothing personal: what was asked for stays out of it. */
void wp_page_security(const wp_page_t *page, wp_event_id_t event, const char *what);

/* An entry in the audit log, in the running write transaction. No personal data in detail. */
apr_status_t wp_page_audit(wp_page_t *page, wp_did_t action, const char *contract, const char *detail);

#endif
