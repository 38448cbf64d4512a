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
#include "service/act.h"
#include "store/audit.h"

/* Who asks for the page. */
typedef struct wp_page_who_t {
    const wp_identity_t *identity; /* NULL on a public page, and for a program */
    const wp_account_t *account;   /* NULL before registration */
    const char *token;             /* the access token's id, if a program made the request */
    int token_may;                 /* wp_right_t bits that its scopes reach */
} wp_page_who_t;

/* What the page is about, if it is about one contract: the contract, and what the person may do on it. The rights are
 * those of the read unit, for showing; a service decides about them anew (wp_act_stand). */
typedef struct wp_page_on_t {
    const char *contract;     /* its number; NULL: the page is about none, or about all */
    const char *address;      /* of its premises: "Stokholmas iela 24, Rīga" */
    const char *ended;        /* its last day, if that has passed; otherwise NULL */
    int rights, whole_rights; /* wp_right_t bits: on some meters at least, on the whole contract */
    const char *delegation;   /* the delegation that gives access to somebody else's contract, or NULL */
    const char *holder;       /* the holder of the contract in that case */
    const char *basis;        /* of the rights: "customer", "representative", "delegate" */
    const wp_rows_t *row;     /* with WP_CONTRACT_FOUND, the row of the route's contract_query */
} wp_page_on_t;

/* Pages of a list. */
typedef struct wp_paging_t {
    int number, pages; /* 0: the page has no paged list */
} wp_paging_t;

/* What becomes of the page. The document is made when it is certain that the page will be shown: there is none in
 * load(), check() and save(). */
typedef struct wp_page_out_t {
    xmlDocPtr document;
    xmlNodePtr data, notices;
    xmlNodePtr filter, problems; /* of a GET form; NULL if there is none */
    wp_paging_t paging;
    const char *route_name;    /* page/@route: the route's name, or "choose", "done" … */
    int status;                /* 200 unless refused */
    wp_page_code_t code;       /* the page message of a refusal; WP_PAGE_NONE: not refused */
    const char *file;          /* file name for saving the answer, any text; NULL: the route's */
    const char *location;      /* path below the mount, after a save or to redirect a GET */
    bool same;                 /* what was to be saved was so before */
    wp_instant_t retry_at;     /* 0, or when the exhausted limit of a service allows the act again */
    apr_table_t *headers;      /* additional headers of the answer */
    apr_array_header_t *notes; /* wp_audit_t: entries by the page's person, to write before the page is shown */
} wp_page_out_t;

/* Everything that a section's functions work with. `db` and `args` belong to the running unit of work. A unit may run
 * twice, so a section stores what it read only in `state`, which is NULL at the start of each run. */
struct wp_page_t {
    apr_pool_t *pool;
    const wp_portal_t *portal;
    const wp_request_t *request;
    const wp_section_t *section;
    const wp_route_t *route;
    const char *language;
    wp_clock_t clock;
    wp_window_t window;        /* the open reading window, or the next one; never open for a contract that has ended */
    const wp_inputs_t *inputs; /* checked path and query values */
    wp_form_t *form;           /* NULL on a route without a form */
    wp_page_who_t who;
    wp_page_on_t on;
    wp_db_t *db;
    wp_act_t *act;     /* the same unit for services, once wp_page_act() was called */
    wp_args_t *args;   /* bound by name: account, person, code, issuer, subject, today, now, window_key, window_from,
                          contract, inputs */
    void *state;       /* what load() read for check(), save() and show() */
    const void *found; /* what reach() leaves for record(); NULL: there is nothing to record */
    wp_page_out_t out;
};

/* Runs a named statement with the page's values. */
apr_status_t wp_page_select(wp_page_t *page, const char *query, wp_rows_t **rows);

/* The same, and adds its rows as elements to <data>. rows may be NULL. */
apr_status_t wp_page_show(wp_page_t *page, const char *query, wp_rows_t **rows);
/* The same, but adds each row to the element of <data> with the given name whose child `key` has the same text as
 * the row's column of that name, for example a contract's seals to their meters. The column itself is not repeated,
 * and a row without a matching element is omitted. */
apr_status_t wp_page_show_within(wp_page_t *page, const char *query, const char *element, const char *key);
xmlNodePtr wp_page_add_row(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row);
/* Only its first columns. */
xmlNodePtr wp_page_add_columns(wp_page_t *page, xmlNodePtr parent, const wp_rows_t *rows, int row, int columns);

/* For a list that shows at most `max` rows and was fetched with one extra row: removes the surplus; returns true if
 * there was a surplus, so that the page can say that there are more. */
bool wp_page_cut(xmlNodePtr parent, int max);

/* The rows as <list name="" columns="a b c"> for programs: names every column, even those without values. */
xmlNodePtr wp_page_add_list(wp_page_t *page, const char *name, const char *columns);
apr_status_t wp_page_show_list(wp_page_t *page, const char *name, const char *query, wp_rows_t **rows);

/* Makes a child set of values that extends the page's own. */
wp_args_t *wp_page_args(wp_page_t *page);

/* Ends the page with an error page that has this status and message. */
void wp_page_refuse(wp_page_t *page, int status, wp_page_code_t code);

/* Was the page refused, or redirected? */
static inline bool wp_page_is_decided(const wp_page_t *page)
{
    return page->out.code || page->out.location;
}

/* Redirects (303) to a path below the mount, such as "/readings/receipt/R-1". */
void wp_page_go(wp_page_t *page, const char *location);

/* Adds a notice about the whole page; add its arguments with wp_message_arg() on the returned node. */
xmlNodePtr wp_page_notice(wp_page_t *page, wp_notice_t code);

/* Writes the page's GET form, if its route has filters: values as typed, and problems. Called in each run of the
 * read unit. */
void wp_page_filter_begin(wp_page_t *page);

/* Adds a problem that the section finds with a filter (wp_field_t.filter); the section must treat the value as not
 * given. */
void wp_page_filter_problem(wp_page_t *page, const char *name, wp_error_t code);

/* Sets what a filter shows if nothing was typed. */
void wp_page_filter_preset(wp_page_t *page, const char *name, const char *value);

/* True if the typed value is invalid; it is then treated as absent. */
bool wp_page_filter_is_wrong(const wp_page_t *page, const char *name);

/* A checked value of path or query; NULL if not given or invalid. */
const char *wp_page_input(const wp_page_t *page, const char *name);

/* All values of an input that may be given several times, in order: const char *; empty if none was given. */
const apr_array_header_t *wp_page_input_list(const wp_page_t *page, const char *name);

/* <arg name="digits" t="int">5</arg> of a notice, problem, question or choice. */
void wp_message_arg(xmlNodePtr message, const char *name, wp_type_t type, const char *text);
void wp_message_arg_int(xmlNodePtr message, const char *name, wp_type_t type, int64_t value);

/* A date as an attribute: from="2026-11-22". As a child: <on t="date">2026-11-22</on>. */
void wp_date_attr(xmlNodePtr node, const char *name, wp_date_t date);
void wp_date_child(xmlNodePtr parent, const char *name, wp_date_t date);

/* <window open= from= until= next-from= next-until= days-left=/> */
void wp_page_add_window(wp_page_t *page);

/* The query of this page, for links to other views of it: "contract=10-45127&from=2026-01&", or "". */
const char *wp_page_query(const wp_page_t *page);

/* The page of a list that was asked for: the input "page", or 1. There may be fewer. */
int wp_page_number(const wp_page_t *page);

/* Pages of a list: binds :size and :skip according to the input "page". If there is more than one page, adds
 * <paging> at the end of the data; its links keep contract and filters. */
void wp_page_paging(wp_page_t *page, int total, int size);
void wp_page_add_paging(wp_page_t *page);

/* A stored instant as Riga local time, in the form of page documents: "2026-11-22T15:42:00". */
const char *wp_page_time(const wp_page_t *page, const char *instant);

/* Adds an audit entry for a page that only shows something. It is written after the page was read; if it cannot be
 * written, the page is not shown. */
void wp_page_note(wp_page_t *page, wp_did_t action, const char *detail);
/* Writes these entries, in the running write transaction. */
apr_status_t wp_page_write_notes(wp_page_t *page);

/* Shows a text once, on the next page of this section in this browser: it is kept in a cookie, sealed for its person.
 * In a save(). */
void wp_page_flash(wp_page_t *page, const char *text);
/* In a show(): the text kept by wp_page_flash(), or NULL. Removes the cookie. */
const char *wp_page_take_flash(wp_page_t *page);

/* Logs what a known person tried: section and route, what, and the person's tag or the access token's id. Contains
 * nothing personal, and not what was requested. */
void wp_page_log_security(const wp_page_t *page, wp_event_id_t event, const char *what);

/* The page's person as an actor, in the running unit of work: what save() and record() hand to a service. */
wp_act_t *wp_page_act(wp_page_t *page);
/* Who that is, and the site's rules for it; in page->pool. */
const wp_actor_t *wp_page_actor(const wp_page_t *page);
const wp_rules_t *wp_page_rules(const wp_page_t *page);

/* Takes what a service answered to save(): a refusal becomes a problem of the form's field of that name, or, without
 * the right, a page without the right; a limit says when; what is unknown is a page that does not exist. True: it is
 * done or was so before, and the section says where the person goes. After a conflict nothing is saved, and the form is
 * shown again with the state as it is now. */
bool wp_page_is_done(wp_page_t *page, const wp_result_t *result);

#endif
