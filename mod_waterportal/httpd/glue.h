/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_HTTPD_GLUE_H
#define WP_HTTPD_GLUE_H

#include <stddef.h> /* before APR, which needs offsetof: its own definition is undefined behaviour that clang rejects */

#include <httpd.h>
#include <util_filter.h>

#include "httpd/config.h"
#include "portal/request.h"

/* log.c: lines go to the server's error log; between enter and leave, to the request's, with its id. */
const wp_log_t *wp_glue_log(server_rec *server, apr_pool_t *pool);
void wp_glue_log_enter(request_rec *r, const char *request_id);
void wp_glue_log_leave(void);

/* As above, for configtest: faults are printed whatever LogLevel is. */
const wp_log_t *wp_glue_test_log(server_rec *server, apr_pool_t *pool);

/* A new request id such as "7f3a-91c2-e04b", shown on error pages and written to the log. It identifies a request and
 * gives access to nothing. */
const char *wp_glue_request_id(apr_pool_t *pool);

/* dbd.c: the database source of a server's portal, made in each child. NULL on failure; the log says why. */
wp_db_source_t *wp_glue_source(const wp_config_t *config, apr_pool_t *pool);

/* shared.c: what all processes of this machine share. Called in the parent before it gives up root: creates it. */
void wp_glue_share(wp_config_t *config, apr_pool_t *pool);
/* Called in each child: attaches to it, and sets up the limits of heavy routes. What cannot be used is logged, and the
 * limits are then less strict. */
void wp_glue_take_part(wp_config_t *config, apr_pool_t *pool);

/* identity.c: the only file that knows mod_auth_openidc. */
void wp_glue_identity(request_rec *r, const wp_config_t *config, wp_request_t *request);
/* Before authentication: remembers the session that the request came with. */
void wp_glue_note_session(request_rec *r, const wp_config_t *config);
/* Did the request bring the cookie of a session or of a login, valid or not? */
bool wp_glue_knew_session(request_rec *r);
/* Before the answer to a callback is sent: binds the session that the callback began to this browser, or unbinds it if
 * the callback ended it. */
void wp_glue_bind_login(request_rec *r, const wp_config_t *config);

/* stepup.c: the check behind "Require waterportal-stepup". */
void wp_glue_register_stepup(apr_pool_t *pool);

/* request.c */
/* Is the address below the mount? If uri is NULL, as it is when httpd rejected the request line: no. */
bool wp_glue_is_ours(const wp_config_t *config, const char *uri);
/* The same for the static files. httpd serves them; the portal deals only with the bodies of requests for them. */
bool wp_glue_is_asset(const wp_config_t *config, const char *uri);
#define WP_HANDLER "waterportal"
/* "waterportal" → NULL, all sections; "waterportal-readings" → "readings"; false if the handler is not the portal's. */
bool wp_glue_names_section(const char *handler, const char **section);
/* The same for the SetHandler that applies to the request, before r->handler is set from it. */
bool wp_glue_is_mounted(request_rec *r, const char **section);

/* Saves the address before httpd decodes it, because ids in it may contain slashes. Only for requests to the portal. */
void wp_glue_keep_address(request_rec *r);
/* The path as the client sent it, with each segment percent-encoded by wp_urlencode(); it has the same slashes as
 * r->uri. NULL if it is not UTF-8 of XML characters. */
const char *wp_glue_address(request_rec *r);
/* Translates the request for the portal. NULL if the path does not belong to the portal. section: the only section that
 * is mounted here, or NULL. */
wp_request_t *wp_glue_request(request_rec *r, const wp_config_t *config, const char *section);
/* The request for the page that explains the error with which this request failed. */
wp_request_t *wp_glue_failed_request(request_rec *r, const wp_config_t *config, int status);

/* Does this request lead to the choice of a bank, or to a bank? */
bool wp_glue_begins_login(const request_rec *r, const wp_config_t *config);
/* Notes that the request, which is answered with 503, was about a login that could not have succeeded. */
void wp_glue_note_login_away(request_rec *r);

/* Has errors that httpd or mod_auth_openidc raise for this request shown as pages of the portal. */
void wp_glue_own_errors(request_rec *r, const wp_config_t *config);

/* session_store.c */
/* In each child, before the first request. */
void wp_glue_open_session_store(const wp_config_t *config, apr_pool_t *pool);
/* Would a login fail because the session store (WaterPortalSessionStore) does not answer? Asks the store if its last
 * answer is older than some seconds, and takes at most a second. */
bool wp_glue_session_store_is_away(const wp_config_t *config, apr_pool_t *pool);

/* body.c */
/* In each child: sets up the places of requests that wait for their bodies. */
apr_status_t wp_glue_open_places(apr_pool_t *pool);
void wp_glue_register_body(void);
/* As early as possible: leaves the body unread until the portal asks for it. If the portal never does, the connection
 * is closed. */
void wp_glue_note_body(request_rec *r);
/* Leaves the body to another module. */
void wp_glue_leave_body(request_rec *r);
/* The body of a POST request, to be read by `reader`: the request itself or its error document. NULL: it was not a
 * POST. */
wp_body_t *wp_glue_posted(request_rec *r, request_rec *reader);
/* At the redirect address: reads the only kind of body expected there, for mod_auth_openidc. Returns DECLINED, or an
 * error. */
int wp_glue_offer_body(request_rec *r);

/* respond.c */
int wp_glue_respond(request_rec *r, const wp_config_t *config, const wp_answer_t *answer);
/* The same from within a filter, to the next filter. */
apr_status_t wp_glue_send(request_rec *r, const wp_config_t *config, const wp_answer_t *answer, ap_filter_t *to);

/* login_error.c: replaces the error pages of mod_auth_openidc by the portal's. */
void wp_glue_register_login_error(void);
void wp_glue_watch_login(request_rec *r);
/* Was the answer to the failed request, of which this would be the error document, replaced like this? */
bool wp_glue_login_error_replaced(const request_rec *r);

#endif
