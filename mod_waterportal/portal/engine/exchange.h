/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_ENGINE_EXCHANGE_H
#define WP_PORTAL_ENGINE_EXCHANGE_H

#include "portal/engine/heavy.h"
#include "portal/page.h"
#include "service/attach.h"
#include "service/once.h"

/* Whether a form is genuine: made by the portal for this person and route, and not too long ago. */
typedef enum { WP_FORM_TOKEN_GOOD, WP_FORM_TOKEN_OLD, WP_FORM_TOKEN_FOREIGN, WP_FORM_TOKEN_BAD } wp_form_token_state_t;

/* What the read unit is to find out about a form that was sent. */
typedef enum {
    WP_FORM_CHECK,   /* is it right? If it is, no page is made */
    WP_FORM_REFUSED, /* nothing: save() refused it, and it is shown with the problems that save() found */
    WP_FORM_AGAIN    /* what is there now? Something changed since it was checked, so it is shown in any case */
} wp_form_round_t;

/* One request on its way to its answer: everything that the engine knows about it beyond the page. Sections get only
 * the page. */
typedef struct wp_exchange_t {
    wp_page_t page;
    wp_answer_t *answer;
    wp_db_source_t *source; /* with this page's time limit; NULL: the portal has no database */
    wp_account_t account;
    apr_array_header_t *query; /* wp_pair_t */
    apr_array_header_t *body;  /* wp_pair_t, or NULL */
    wp_inputs_t inputs;
    const wp_args_t *values;          /* what all units of work bind; page->args extends them */
    const char *body_tag;             /* keyed hash of everything typed */
    const char *settled;              /* location to which the form key led with other values, or NULL */
    wp_form_token_state_t form_token; /* of the submitted form */
    wp_form_round_t form_round;
    bool restored; /* the form shows what was kept when its session ended */
    int write_runs;
    xmlNodePtr read_last;          /* the last element of the data at the end of the read unit */
    const char *access_token_hash; /* of the access token sent, on a route for programs */
    const char *wrong_at;          /* where a program's JSON is wrong, a JSON Pointer (RFC 6901); or NULL */
    int access_token_uses;         /* uses of that token in this minute, including this request */
    wp_instant_t retry_at;         /* 0, or when the exhausted limit allows the act again */
    wp_heavy_turn_t *heavy;        /* of a heavy route */
    wp_attached_t attached;        /* what was new about the login and was recorded */
    wp_result_t attaching;         /* whether it could be */
    bool case_missing;             /* login and person code belong to two accounts, and no case is open yet */
    bool letters;                  /* the request contains letters that the encoding of the database lacks */
    bool wants_xml;
    bool choose;         /* a contract must be chosen first */
    bool session_begins; /* the first page of this login */
    bool knows_rights;   /* account.contracts, .rights and .whole_rights are known */
} wp_exchange_t;

static inline bool wp_is_post(const wp_exchange_t *exchange)
{
    return exchange->page.request->method == WP_METHOD_POST;
}

/* route.c: finds the section and route of the path and fills page->section, page->route and the path's inputs. */
bool wp_route_find(wp_exchange_t *exchange);
/* The address of the page if this one differs only by a trailing slash, "/portal/home"; otherwise NULL. */
const char *wp_route_without_slash(wp_exchange_t *exchange);
/* Checks the declared inputs of path and query. False: an input is invalid. */
bool wp_route_take_inputs(wp_exchange_t *exchange);
bool wp_route_needs_data(const wp_route_t *route); /* if not, it also works while the database is away */
/* Is it a bank's signed message? That is not decoded here, since only the section knows its charset. */
bool wp_route_is_signed(const wp_exchange_t *exchange);
/* Is this route for programs? Its errors are problem documents, and logins are ignored. */
bool wp_route_is_for_programs(const wp_exchange_t *exchange);

/* values.c */
/* Binds what is known before the first unit of work and stays the same: time, person, inputs. */
void wp_values_bind(wp_exchange_t *exchange);
/* At the beginning of each run of a unit of work: page->db, and page->args with the account and the contract, as far as
 * they are known. */
void wp_unit_begin(wp_exchange_t *exchange, wp_db_t *db);

/* who.c */
/* Inside a read unit: finds the account of the login; refuses the page if the login was ended, or leads to the
 * registration. */
apr_status_t wp_who_find(wp_exchange_t *exchange);
/* Leads to the registration if the route needs more than the person has, as far as that is known. */
void wp_who_register(wp_exchange_t *exchange);
/* Inside a read unit: finds what the account may do in total, unless that is known. The menu needs it. */
apr_status_t wp_who_know_rights(wp_exchange_t *exchange);
apr_status_t wp_rights_unit(wp_db_t *db, void *baton);

/* access.c */
/* Inside a read unit: finds the contract that the page is about and what the person may do with it, or refuses the
 * page, or asks which contract. Records a delegate's view. */
apr_status_t wp_access_find(wp_exchange_t *exchange);
/* Shows the contracts to choose from instead of the page. */
apr_status_t wp_access_show_choice(wp_exchange_t *exchange);
/* May the person send the form of the page's route? */
bool wp_access_may_send(const wp_page_t *page);

/* Functions whose names end in _unit are units of work, wp_db_work_t with the exchange as baton. */
/* read_unit.c: whether a form is right, and what the page shows, if it is shown. db may be NULL for a route that needs
 * no data. */
apr_status_t wp_read_unit(wp_db_t *db, void *baton);

/* write_unit.c */
/* The form that was sent, as an act that happens once. run: NULL to ask for its result only. */
wp_once_t wp_form_once(wp_exchange_t *exchange, wp_once_run_t run);
/* Saves a form that is right, once per form key. *result: DONE or SAME, detail: where the result is; CONFLICT, detail:
 * where the same key led with other values, or NULL if the state has changed; REFUSED: the form has problems; LIMITED;
 * UNKNOWN: page->out says which page is shown instead. */
apr_status_t wp_write(wp_exchange_t *exchange, wp_result_t *result);
apr_status_t wp_attach_unit(wp_db_t *db, void *baton);   /* a further login, or a changed person code */
apr_status_t wp_conflict_unit(wp_db_t *db, void *baton); /* login and code of two accounts: a case */
apr_status_t wp_record_unit(wp_db_t *db, void *baton);   /* what the route's record() writes */
apr_status_t wp_note_unit(wp_db_t *db, void *baton);     /* writes page->out.notes to the audit log */
apr_status_t wp_limit_unit(wp_db_t *db, void *baton);    /* counts a view of a route with a limit */

/* frame.c: starts a page document with everything that is not the section's: site, languages, person, menu, context. */
void wp_frame_begin(wp_exchange_t *exchange);
/* Adds the form and the data; the document is then complete. */
void wp_frame_finish(wp_exchange_t *exchange);
/* Writes the beginning of every page document: the root's attributes, site, languages, person, menu, context. section:
 * the value of page/@section. */
void wp_frame_head(wp_exchange_t *exchange, const char *section);
/* The address of a path below the mount: "/readings/receipt/R-1" → "/portal/readings/receipt/R-1". The section's own
 * paths remain below the section's location if it is mounted alone. */
const char *wp_frame_place(const wp_exchange_t *exchange, const char *path);
/* The address of this request, to return to: "/portal/readings?contract=10-45127". */
const char *wp_frame_url(const wp_exchange_t *exchange);

/* error_page.c: answers with the page document of an error, or with a problem document for a program. It says what
 * happened, what was typed, and where to continue (href, or NULL). */
void wp_error_page(wp_exchange_t *exchange, int status, wp_page_code_t code, const char *href);
/* The same without a place to continue. Returns false, as a gate does when it has answered. */
bool wp_refuse(wp_exchange_t *exchange, int status, wp_page_code_t code);

/* response.c: writes the document to the answer: as XML, through the route's own writer, or by a stylesheet. */
void wp_response_write(wp_exchange_t *exchange);
/* Redirects the person (303) to a path below the mount. */
void wp_response_go(wp_exchange_t *exchange, const char *path);
#define WP_RETRY_SECONDS 3 /* after failures that pass by themselves in a moment */
/* Tells the client when to try again (Retry-After). */
void wp_response_retry(wp_exchange_t *exchange, wp_instant_t seconds);

/* session.c */
apr_status_t wp_session_unit(wp_db_t *db, void *baton); /* inserts the row of a new login */

/* route_gate.c: the gates that check what the address asks for. False: the request has been answered. */
bool wp_path_is_known(wp_exchange_t *exchange);
bool wp_query_is_readable(wp_exchange_t *exchange);
bool wp_view_is_chosen(wp_exchange_t *exchange);
bool wp_method_is_right(wp_exchange_t *exchange);
bool wp_inputs_are_right(wp_exchange_t *exchange);

/* failed_request.c: answers a request that httpd or another module rejected with this status. */
void wp_failed_request_answer(wp_exchange_t *exchange, int status);

/* body_gate.c */
bool wp_body_is_readable(wp_exchange_t *exchange); /* the gate for bodies; false: answered */
/* Reads a form that was sent after its session ended into exchange->body; NULL if it must not or cannot be read. */
void wp_body_read_lost(wp_exchange_t *exchange);

/* login_gate.c: the gates that check who the person is. False: the request has been answered. */
bool wp_login_is_enough(wp_exchange_t *exchange); /* the login that the route needs; fills page->who.identity */
bool wp_login_is_strong(wp_exchange_t *exchange); /* an eID shown just now, if the route requires it */
/* Logs that a known person was refused a page. */
void wp_login_note_refusal(const wp_page_t *page);

/* form_token.c */
const char *wp_form_token_make(const wp_exchange_t *exchange, const char *form_key);
/* person: the logged-in person's tag, or NULL to accept any person's. *owner: the person whose form it is. */
wp_form_token_state_t wp_form_token_check(const wp_exchange_t *exchange, const wp_form_t *form, const char *person,
                                          const char **owner);

/* access_token.c: programs with a personal access token. */
/* Takes the token from the Authorization header. NULL on success; otherwise why there is none: "" if nothing was
 * sent. */
const char *wp_access_token_take(wp_exchange_t *exchange);
/* Sets WWW-Authenticate of a 401 or 403 (RFC 6750 section 3). error: "" for a request without any token. */
void wp_access_token_challenge(wp_exchange_t *exchange, const char *error);
/* Units of work. The first finds whose token it is and how often it was used in this minute; if it may be used, the
 * second counts the use. */
apr_status_t wp_access_token_unit(wp_db_t *db, void *baton);
apr_status_t wp_access_token_use_unit(wp_db_t *db, void *baton);

/* program_form.c */
bool wp_program_sends_json(const wp_request_t *request);
/* Reads the JSON of a program's form as the pairs that a browser would send, into exchange->body. False: it is no JSON,
 * or no such form; exchange->wrong_at may say where. */
bool wp_program_form_read(wp_exchange_t *exchange);

/* problem_json.c: an error for a program (RFC 9457). If it is about its form (422), the problems of the form and what
 * the page shows are in it. */
void wp_problem_json_answer(wp_exchange_t *exchange, int status, wp_page_code_t code);

/* saved_form.c: keeps a form that was sent after its session ended. */
/* Keeps the form in exchange->body for its person, if its token proves that the portal made it. Returns the id, or NULL
 * if it is not the portal's or could not be kept. */
const char *wp_saved_form_keep(wp_exchange_t *exchange);
/* The address of the same page, with parked=ID if something was kept, and without an older parked. */
const char *wp_saved_form_page(const wp_exchange_t *exchange, const char *id);
/* Inside a read unit: restores what ?parked=ID kept for this person and route, if anything. */
apr_status_t wp_saved_form_restore(wp_exchange_t *exchange);

#endif
