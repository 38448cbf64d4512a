/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ENGINE_EXCHANGE_H
#define WP_PORTAL_ENGINE_EXCHANGE_H

#include "portal/engine/heavy.h"
#include "portal/attach.h"
#include "portal/page.h"

/* What makes a form ours, this person's, of this route, and not too old. */
typedef enum { WP_FORM_TOKEN_GOOD, WP_FORM_TOKEN_OLD, WP_FORM_TOKEN_FOREIGN, WP_FORM_TOKEN_BAD } wp_form_token_state_t;

/* One request on its way to its answer: what the engine knows of it beside the page. A section is handed the page
 * alone. */
typedef struct wp_exchange_t {
    wp_page_t page;
    wp_answer_t *answer;
    wp_db_source_t *source; /* with this page's time; NULL: the portal has no database */
    wp_account_t account;
    apr_array_header_t *query; /* wp_pair_t */
    apr_array_header_t *body;  /* wp_pair_t, or NULL */
    wp_inputs_t inputs;
    const char *now_text, *today_text, *window_from;
    const char *body_tag;             /* keyed hash of what was typed */
    const char *settled;              /* where an earlier submission of the same form key led, or NULL */
    bool settled_same;                /* and it carried the same values */
    wp_form_token_state_t form_token; /* of the form sent */
    int write_runs;
    xmlNodePtr read_last;          /* the last element of the data when the read unit was done */
    const char *access_token_hash; /* of the access token that was sent, on a route for programs */
    int access_token_uses;         /* of that token in this minute, this request included */
    wp_instant_t again;            /* 0, or the person did this too often: from when it may be done */
    wp_heavy_turn_t *heavy;        /* of a heavy route */
    wp_attach_outcome_t attached;  /* what became of a login or a person code that was new to the account */
    bool case_missing;             /* login and person code are of two accounts, and people do not know of it yet */
    bool letters;                  /* what was asked for has letters that the database lacks */
    bool wants_xml;
    bool choose;         /* a contract must be chosen first */
    bool session_begins; /* the first page of this login */
} wp_exchange_t;

static inline bool wp_is_post(const wp_exchange_t *exchange)
{
    return exchange->page.request->method == WP_METHOD_POST;
}

/* route.c: finds section and route of the path and fills page->section, page->route and the path's inputs. */
bool wp_route_find(wp_exchange_t *exchange);
/* The address of the page that is meant when nothing but a slash at the end is too much, "/portal/home"; else NULL. */
const char *wp_route_without_slash(wp_exchange_t *exchange);
/* Checks declared inputs of path and query. False: something is there that cannot be. */
bool wp_route_take_inputs(wp_exchange_t *exchange);
bool wp_route_needs_data(const wp_route_t *route);      /* else it is there also while the database is away */
bool wp_route_is_signed(const wp_exchange_t *exchange); /* its message is read by who knows its sender's charset */
/* Is this the place of programs? Errors there are problem documents, and no login counts. */
bool wp_route_is_for_programs(const wp_exchange_t *exchange);

/* values.c: page->args anew, for a unit of work: what is known of person, account, contract and time, and the inputs.
 */
void wp_values_bind(wp_exchange_t *exchange);

/* access.c */
/* Inside a read unit: the contract that the page is about, and what the person may do with it; or a refusal, or the
 * question which contract. A delegate's look is noted. */
apr_status_t wp_access_find(wp_exchange_t *exchange);
/* May the person send the form of the page's route? */
bool wp_access_may_send(const wp_page_t *page);

/* Functions whose names end in _unit are units of work, wp_db_work_t with the exchange as baton. */
/* read_unit.c: what the page shows, and whether a form is right. db may be NULL for a route that needs no data. */
apr_status_t wp_read_unit(wp_db_t *db, void *baton);

/* write_unit.c */
apr_status_t wp_write_unit(wp_db_t *db, void *baton);  /* a right form, once per form key */
apr_status_t wp_attach_unit(wp_db_t *db, void *baton); /* a second login of a known person, or a changed person code */
apr_status_t wp_conflict_unit(wp_db_t *db, void *baton); /* login and person code of two accounts: a case for people */
apr_status_t wp_record_unit(wp_db_t *db, void *baton);   /* what the route's record() writes */
apr_status_t wp_note_unit(wp_db_t *db, void *baton);     /* page->notes into the audit log */
apr_status_t wp_limit_unit(wp_db_t *db, void *baton);    /* counts a look at a route with a limit */

/* frame.c: a fresh page document with everything that is not the section's: site, languages, person, menu, context. */
void wp_frame_begin(wp_exchange_t *exchange);
/* Puts the form and the data in place; the document is complete. */
void wp_frame_finish(wp_exchange_t *exchange);
/* What every page document begins with: the root's attributes, site, languages, person, menu, context. section: what
 * page/@section says. */
void wp_frame_head(wp_exchange_t *exchange, const char *section);
/* The address of a path below the mount: "/readings/receipt/R-1" → "/portal/readings/receipt/R-1". The section's own
 * paths stay where the section is, also when it is mounted alone. */
const char *wp_frame_place(const wp_exchange_t *exchange, const char *path);
/* The address of this request, to come back to: "/portal/readings?contract=10-45127". */
const char *wp_frame_url(const wp_exchange_t *exchange);

/* error_page.c: the page document of an error, or a program's problem document, is the answer: what happened, what was
 * typed, where to go on (href, or NULL). */
void wp_error_page(wp_exchange_t *exchange, int status, wp_page_code_t code, const char *href);
/* The same, with nowhere to go on; false, as a gate returns it. */
bool wp_refuse(wp_exchange_t *exchange, int status, wp_page_code_t code);

/* response.c: writes the document into the answer: as XML, as the route's own writer makes it, or by a stylesheet. */
void wp_response_write(wp_exchange_t *exchange);
/* Sends the person there (303): a path below the mount. */
void wp_response_go(wp_exchange_t *exchange, const char *path);
#define WP_RETRY_SECONDS 3 /* after what is over by itself in a moment */
/* When it may be tried again (Retry-After). */
void wp_response_retry(wp_exchange_t *exchange, wp_instant_t seconds);

/* session.c */
/* Inside a read unit: refuses the page to a login that was ended. */
apr_status_t wp_session_find(wp_exchange_t *exchange);
apr_status_t wp_session_unit(wp_db_t *db, void *baton); /* the row of a login that begins */

/* route_gate.c: the gates of what the address asks for; false: the request is answered. */
bool wp_path_is_known(wp_exchange_t *exchange);
bool wp_query_is_readable(wp_exchange_t *exchange);
bool wp_view_is_chosen(wp_exchange_t *exchange);
bool wp_method_is_right(wp_exchange_t *exchange);
bool wp_inputs_are_right(wp_exchange_t *exchange);

/* failed_request.c: answers a request that httpd, or a module before us, refused with this status. */
void wp_failed_request_answer(wp_exchange_t *exchange, int status);

/* body_gate.c */
bool wp_body_is_readable(wp_exchange_t *exchange); /* the gate of what is posted; false: the request is answered */
/* A form that met the end of its session, into exchange->body; NULL when it is not to be read, or cannot be. */
void wp_body_read_lost(wp_exchange_t *exchange);

/* login_gate.c: the gates of who somebody is; false: the request is answered. */
bool wp_login_is_enough(wp_exchange_t *exchange); /* as much as the route needs; fills page->identity */
bool wp_login_is_strong(wp_exchange_t *exchange); /* an eID shown just now, where the route wants it */
/* A line of the log about a page that was refused to somebody who is known. */
void wp_login_note_refusal(const wp_page_t *page);

/* form_token.c */
const char *wp_form_token_make(const wp_exchange_t *exchange, const char *form_key);
/* person: the logged-in person's tag, or NULL to accept any person's. *owner: whose form it is. */
wp_form_token_state_t wp_form_token_check(const wp_exchange_t *exchange, const wp_form_t *form, const char *person,
                                          const char **owner);

/* access_token.c: programs with a personal access token. */
/* Takes the token of the Authorization header. NULL, or why there is none: "" nothing was sent. */
const char *wp_access_token_take(wp_exchange_t *exchange);
/* WWW-Authenticate of a 401 or 403 (RFC 6750 section 3). error "" for a request without any token. */
void wp_access_token_challenge(wp_exchange_t *exchange, const char *error);
/* Units of work: whose token it is, and how often it was used in this minute; then, when it may be used, the
 * counting. */
apr_status_t wp_access_token_unit(wp_db_t *db, void *baton);
apr_status_t wp_access_token_use_unit(wp_db_t *db, void *baton);

/* problem_json.c: an error for a program (RFC 9457). */
void wp_problem_json_answer(wp_exchange_t *exchange, int status, wp_page_code_t code);

/* saved_form.c: a form that met a session's end. */
/* Keeps the form in exchange->body for its person, when its token proves that it is ours: the id, or NULL when it is
 * not, or could not be kept. */
const char *wp_saved_form_keep(wp_exchange_t *exchange);
/* The address of the same page, with parked=ID when something was kept, and without an older one. */
const char *wp_saved_form_page(const wp_exchange_t *exchange, const char *id);
/* Inside a read unit: puts back what ?parked=ID kept for this person and route, if anything. */
apr_status_t wp_saved_form_restore(wp_exchange_t *exchange);

#endif
