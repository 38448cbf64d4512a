/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_RIGHTS_H
#define WP_DOMAIN_RIGHTS_H

/* What somebody may do on a contract: bits of portal_access.rights. Bits stand in views of databases that are in use: a
 * bit never changes. SQL knows them by their names ({right pay}, data/query_file.h). X(member, bit, name, what it
 * allows) */
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

/* The levels of a delegation, with the rights that they give; the view portal_access does the same
 * (sql/store/portal.sql). X(name, rights) */
/* clang-format off */
#define WP_LEVELS(X) \
    X("read",   WP_RIGHT_READINGS | WP_RIGHT_INVOICES | WP_RIGHT_CONTRACT) \
    X("submit", WP_RIGHT_READINGS | WP_RIGHT_SUBMIT) \
    X("pay",    WP_RIGHT_INVOICES | WP_RIGHT_PAY) \
    X("full",   WP_RIGHT_ANY & ~WP_RIGHT_DELEGATE)
/* clang-format on */

/* "pay"; a sum: "readings+submit"; all: "any". 0: not a right. */
int wp_rights_named(const char *names);

/* The rights of a level of delegation; 0: not a level. */
int wp_level_rights(const char *level);

#endif
