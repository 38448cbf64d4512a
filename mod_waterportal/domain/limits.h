/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_LIMITS_H
#define WP_DOMAIN_LIMITS_H

#include <stdbool.h>

/* Limits on what one person may cause: X(id, name of WaterPortalLimit, default, least, most, seconds, what it
 * counts). A guard compares docs/limits.md with this table. */
/* clang-format off */
#define WP_LIMITS(X) \
    X(WP_LIMIT_FORMS,      "forms",      300, 10, 100000, 3600,  "forms that a person sends") \
    X(WP_LIMIT_READINGS,   "readings",   600, 10, 100000, 3600, \
      "forms with readings that a person sends: a manager has hundreds of contracts") \
    X(WP_LIMIT_ORDERS,     "orders",     60,  1,  10000,  3600,  "payments that a person begins") \
    X(WP_LIMIT_OFFERS,     "offers",     20,  1,  10000,  86400, "rights that a person gives or extends") \
    X(WP_LIMIT_MESSAGES,   "messages",   10,  1,  10000,  86400, "messages that one customer causes to one other") \
    X(WP_LIMIT_MAILBOX,    "mailbox",    30,  1,  10000,  86400, \
      "messages that all customers together cause to one address") \
    X(WP_LIMIT_CODES,      "codes",      30,  1,  10000,  86400, "codes sent to one address, whoever typed it") \
    X(WP_LIMIT_TOKENS,     "tokens",     50,  1,  10000,  86400, "access tokens that a person makes") \
    X(WP_LIMIT_EXPORTS,    "exports",    50,  1,  10000,  86400, "archives of own data that a person downloads")
/* clang-format on */

#define WP_LIMIT_ID(id, name, initial, least, most, seconds, what) id,
typedef enum { WP_LIMITS(WP_LIMIT_ID) WP_LIMIT_COUNT } wp_limit_t;
#undef WP_LIMIT_ID

typedef struct wp_limit_kind_t {
    const char *name;
    int initial, least, most, seconds;
} wp_limit_kind_t;

extern const wp_limit_kind_t wp_limit_kinds[WP_LIMIT_COUNT];

/* As configured: at most so many within the seconds of each kind. */
typedef struct wp_limits_t {
    int most[WP_LIMIT_COUNT];
} wp_limits_t;

void wp_limits_default(wp_limits_t *limits);
/* By name; false if there is no such limit. */
bool wp_limit_find(const char *name, wp_limit_t *limit);

#endif
