/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_HTTPD_GLUE_H
#define WP_HTTPD_GLUE_H

#include <stddef.h> /* before APR, which asks for offsetof: its own way is undefined behaviour that clang refuses */

#include <httpd.h>
#include <util_filter.h>

#include "httpd/config.h"
#include "portal/request.h"

/* log.c: lines go to the server's error log; between enter and leave, to the request's, with its id. */
const wp_log_t *wp_glue_log(server_rec *server, apr_pool_t *pool);
void wp_glue_log_enter(request_rec *r, const char *request_id);
void wp_glue_log_leave(void);

/* As above, for configtest: said whatever LogLevel is. */
const wp_log_t *wp_glue_test_log(server_rec *server, apr_pool_t *pool);

/* A new id of a request: "7f3a-91c2-e04b", shown on error pages and written to the log. It tells requests apart and
 * opens nothing. */
const char *wp_glue_request_id(apr_pool_t *pool);

/* dbd.c: the source of a server's portal, made in each child; NULL: the log has why. */
wp_db_source_t *wp_glue_source(const wp_config_t *config, apr_pool_t *pool);

/* shared.c: what all processes of this machine share. In the parent, before it gives up root: makes it. */
void wp_glue_share(wp_config_t *config, apr_pool_t *pool);
/* In each child: takes part in it, and makes room for heavy routes. What cannot be used is logged, and limits less. */
void wp_glue_take_part(wp_config_t *config, apr_pool_t *pool);

/* identity.c: the only file that knows mod_auth_openidc. */
void wp_glue_identity(request_rec *r, const wp_config_t *config, wp_request_t *request);
/* Before authentication: remembers which session the request came with. */
void wp_glue_note_session(request_rec *r, const wp_config_t *config);
/* Did the request bring the cookie of a session or of a login, whatever that is worth? */
bool wp_glue_knew_session(request_rec *r);
/* Before the answer to a callback leaves: binds the session that it began to this browser, or ends that. */
void wp_glue_bind_login(request_rec *r, const wp_config_t *config);

/* stepup.c: what "Require waterportal-stepup" asks. */
void wp_glue_register_stepup(apr_pool_t *pool);

/* request.c */
/* Does the address lie below the mount? uri NULL, as of a request line that httpd refused: no. */
bool wp_glue_is_ours(const wp_config_t *config, const char *uri);
/* The same of the static files, which httpd serves; only their bodies are our concern. */
bool wp_glue_is_asset(const wp_config_t *config, const char *uri);
#define WP_HANDLER "waterportal"
/* "waterportal" → NULL, all sections; "waterportal-readings" → "readings"; false when the handler is not ours. */
bool wp_glue_names_section(const char *handler, const char **section);
/* The same of the SetHandler of the request's place, before r->handler is set from it. */
bool wp_glue_is_mounted(request_rec *r, const char **section);

/* Before httpd decodes the address: ids in it may have slashes. For requests that are ours only. */
void wp_glue_keep_address(request_rec *r);
/* The path as it was sent, each segment percent-encoded by wp_urlencode(): it has the slashes that r->uri has. NULL
 * when it is not UTF-8 of XML characters. */
const char *wp_glue_address(request_rec *r);
/* The request as the portal wants it, or NULL when the path has no place in the portal. section: the only one, or
 * NULL. */
wp_request_t *wp_glue_request(request_rec *r, const wp_config_t *config, const char *section);
/* The request for the page that explains an error which this request met. */
wp_request_t *wp_glue_failed_request(request_rec *r, const wp_config_t *config, int status);

/* Is this where people are sent to a bank, or choose one? */
bool wp_glue_begins_login(const request_rec *r, const wp_config_t *config);
/* The request that is answered with 503 is about a login that would be in vain. */
void wp_glue_note_login_away(request_rec *r);

/* Errors that httpd or mod_auth_openidc make of this request are shown as pages of the portal. */
void wp_glue_own_errors(request_rec *r, const wp_config_t *config);

/* session_store.c */
/* In each child, before a request comes. */
void wp_glue_open_session_store(const wp_config_t *config, apr_pool_t *pool);
/* Would a login be in vain, because the store of sessions (WaterPortalSessionStore) does not answer? Asks it when what
 * it said last is older than some seconds, for a second at most. */
bool wp_glue_session_store_is_away(const wp_config_t *config, apr_pool_t *pool);

/* body.c */
/* In each child: places for bodies that are waited for. */
apr_status_t wp_glue_open_places(apr_pool_t *pool);
void wp_glue_register_body(void);
/* As early as possible: the body is left unread until the portal asks for it; if nobody does, the connection is
 * closed. */
void wp_glue_note_body(request_rec *r);
/* It is another module's. */
void wp_glue_leave_body(request_rec *r);
/* The body of a request that was a POST, to be read by `reader`: the request itself or its error document. NULL: it was
 * none. */
wp_body_t *wp_glue_posted(request_rec *r, request_rec *reader);
/* At the redirect address: reads the only body that has a place there, for mod_auth_openidc. DECLINED, or an error. */
int wp_glue_offer_body(request_rec *r);

/* respond.c */
int wp_glue_respond(request_rec *r, const wp_config_t *config, const wp_answer_t *answer);
/* The same from within a filter, to the next one. */
apr_status_t wp_glue_send(request_rec *r, const wp_config_t *config, const wp_answer_t *answer, ap_filter_t *to);

/* login_error.c: error pages of mod_auth_openidc's own become the portal's. */
void wp_glue_register_login_error(void);
void wp_glue_watch_login(request_rec *r);
/* Was the request, whose error document this would be, answered so? */
bool wp_glue_login_error_told(const request_rec *r);

#endif
