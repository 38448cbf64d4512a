/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_SESSION_H
#define WP_SERVICE_SESSION_H

#include "service/act.h"

/* Ending logins: a page is shown, and a form is taken, only with a login that nobody has ended. A person ends their own
 * (wp_actor_t.person is whose they are), the utility anybody's. */

/* SAME: it had ended. UNKNOWN: it is somebody else's, or there is none. */
apr_status_t wp_session_end(wp_act_t *act, const char *session, wp_result_t *result);

/* All of the actor's but this one. *ended: how many; none: SAME. */
apr_status_t wp_session_end_others(wp_act_t *act, const char *kept, int *ended, wp_result_t *result);

/* For staff and commands: all of this person (a tag, as in the audit log), or, with NULL, everybody's. */
apr_status_t wp_session_end_all(wp_act_t *act, const char *person, int *ended, wp_result_t *result);

#endif
