/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_AGENT_H
#define WP_DOMAIN_AGENT_H

/* The User-Agent header (RFC 9110 section 10.1.5): what a browser calls itself, reduced to what lets people recognise
 * their own devices in a list. Nothing is decided by it, because anybody may send anything. agent NULL: "other". The
 * codes, all static: firefox edge opera samsung chrome safari other; android ios windows macos linux other. */
const char *wp_agent_browser(const char *agent);
const char *wp_agent_system(const char *agent);

#endif
