/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_MESSAGE_KIND_H
#define WP_DOMAIN_MESSAGE_KIND_H

#include <stdbool.h>

/* The kinds of messages. X(name, urgency, after a crash, a code, SMS, arguments), where
 * urgency      the lower one is sent first, however long the queue is: 0 somebody is waiting for it, 1 security,
 *              2 everything else;
 * after a crash AGAIN or DROP: whether a message is sent once more if nobody knows whether the server had accepted it
 *              when a sender ended. Twice is better than never for all that protects an account;
 * a code       CODE: it contains one, which is removed when the message was handed over or has expired;
 * SMS          SMS: there is a text for it, too;
 * arguments    what the text needs, separated by spaces.
 * The words are texts "message.NAME.…" (xslt/messages). */
/* clang-format off */
#define WP_MESSAGE_KINDS(X) \
    X("contact_code",        0, AGAIN, CODE, SMS,  "code minutes") \
    X("contact_code_old",    0, AGAIN, CODE, SMS,  "code minutes") \
    X("contact_notice",      1, AGAIN, OPEN, SMS,  "channel") \
    X("contact_changed",     1, AGAIN, OPEN, SMS,  "channel") \
    X("login_added",         1, AGAIN, OPEN, SMS,  "issuer") \
    X("person_code_changed", 1, AGAIN, OPEN, SMS,  "issuer") \
    X("delegation_offered",  1, AGAIN, OPEN, MAIL, "person contract address") \
    X("delegation_changed",  1, AGAIN, OPEN, MAIL, "person contract address change") \
    X("erasure_asked",       1, AGAIN, OPEN, MAIL, "") \
    X("erasure_done",        1, AGAIN, OPEN, MAIL, "") \
    X("test",                0, DROP,  OPEN, SMS,  "")
/* clang-format on */

typedef struct wp_message_kind_t {
    const char *name;
    int urgency;
    bool again; /* after a crash */
    bool code;
    bool sms;
    const char *arguments;
} wp_message_kind_t;

/* Ends with a NULL name. */
extern const wp_message_kind_t wp_message_kinds[];

/* NULL: not a kind of this release. */
const wp_message_kind_t *wp_message_kind_find(const char *name);

/* What else happens to a right (argument "change" of delegation_changed). X(name): texts "message.change.NAME". */
#define WP_MESSAGE_CHANGES(X) X("accepted") X("refused") X("extended") X("revoked")

#endif
