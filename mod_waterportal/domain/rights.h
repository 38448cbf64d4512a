/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_RIGHTS_H
#define WP_DOMAIN_RIGHTS_H

/* What somebody may do on a contract: bits of portal_access.rights (sql/store/portal.sql, which also defines which
 * delegation gives which rights). X(member, bit, name, what it allows) */
/* clang-format off */
#define WP_RIGHTS(X) \
    X(READINGS,     1,  "readings",     "see readings and consumption") \
    X(SUBMIT,       2,  "submit",       "submit, correct and withdraw readings") \
    X(INVOICES,     4,  "invoices",     "see invoices and payments") \
    X(PAY,          8,  "pay",          "pay invoices") \
    X(CONTRACT,     16, "contract",     "see the contract, its acts and documents") \
    X(APPLICATIONS, 32, "applications", "send and see applications") \
    X(DELEGATE,     64, "delegate",     "give rights to others: only the contract's holder")
/* clang-format on */

typedef enum wp_right_t {
#define WP_RIGHT_MEMBER(member, bit, name, what) WP_RIGHT_##member = (bit),
    WP_RIGHTS(WP_RIGHT_MEMBER)
#undef WP_RIGHT_MEMBER
#define WP_RIGHT_SUM(member, bit, name, what) | (bit)
        WP_RIGHT_ANY = 0 WP_RIGHTS(WP_RIGHT_SUM)
#undef WP_RIGHT_SUM
} wp_right_t;

#endif
