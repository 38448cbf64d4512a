/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_MAIL_SERVER_H
#define WP_DOMAIN_MAIL_SERVER_H

#include <stdbool.h>

/* The address of the mail server, as WaterPortalMail gives it: smtp://host[:port] or smtps://host[:port], nothing more.
 * host: a name, an IPv4 address, or [an IPv6 address]. */
typedef struct wp_mail_server_t {
    bool tls;   /* smtps: TLS from the first byte; otherwise STARTTLS, which is required … */
    bool local; /* … except on this machine (localhost, 127.0.0.1, [::1]), where nobody listens in */
} wp_mail_server_t;

/* False and *server unchanged for anything else. */
bool wp_mail_server_parse(const char *text, wp_mail_server_t *server);

#endif
