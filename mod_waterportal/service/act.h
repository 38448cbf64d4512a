/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_SERVICE_ACT_H
#define WP_SERVICE_ACT_H

#include "bank/agreement.h"
#include "base/codes.h"
#include "base/log.h"
#include "crypto/secret.h"
#include "data/db.h"
#include "domain/limits.h"
#include "domain/reading/policy.h"
#include "domain/rights.h"
#include "domain/window.h"
#include "service/result.h"
#include "store/accounts.h"

/* What every service is handed: who acts, under which rules, and the running unit of work. A service takes an act and
 * plain arguments, decides rights, limits and exclusions by statements of that unit, writes its audit entry, and
 * answers with a wp_result_t. It knows no page, no form and no request, and it never begins a unit of work, so that one
 * unit can hold many acts. A unit may run twice: a service keeps nothing outside the act. */

/* One moment for a whole request or command, in every form in which it is needed. */
typedef struct wp_clock_t {
    wp_instant_t now;
    wp_date_t today;                   /* in Riga */
    const char *now_text, *today_text; /* as data/date_text.h writes them */
} wp_clock_t;

/* Texts in pool. */
wp_clock_t wp_clock_at(apr_pool_t *pool, wp_instant_t now);

/* In which role somebody acts. Customer, representative and delegate depend on the contract (wp_act_stand), so an actor
 * who is logged in is a customer until the contract is known. */
typedef enum wp_actor_kind_t {
    WP_ACTOR_CUSTOMER,
    WP_ACTOR_REPRESENTATIVE, /* of a company that is the customer */
    WP_ACTOR_DELEGATE,
    WP_ACTOR_TOKEN, /* a program, with an access token of a customer's */
    WP_ACTOR_STAFF,
    WP_ACTOR_SYSTEM /* a timer, a command, a bank */
} wp_actor_kind_t;

/* As in portal_audit.actor_kind: "customer", "representative", … */
const char *wp_actor_kind_name(wp_actor_kind_t kind);

typedef struct wp_actor_t {
    wp_actor_kind_t kind;
    const char *account; /* portal_account.account_id; NULL: before registration, and for staff and system */
    const char *person;  /* who it is, in the audit log and in limits: the keyed hash of a login (wp_identity_t.tag),
                            "token ID", or the name of a command; never NULL */
    const char *name;    /* what customers read in their log; or NULL */
    const wp_account_key_t *login; /* by what a person who has logged in is known; NULL for anything else */
    const char *full_name;         /* as the login's issuer gave it, to be stored; NULL: it gave none, and name is a
                                      masked code */
    const char *token;             /* the access token's id, or NULL */
    int may;     /* wp_right_t bits beyond which this way of acting does not reach, whatever the account may:
                    WP_RIGHT_ANY after a login, the scopes of a token, a staff member's role */
    bool strong; /* logged in with an eID within the last minutes (IDENTITY: step-up) */
    const char *language;
    wp_clock_t clock;
} wp_actor_t;

/* Fixed after start-up: the site's settings that services decide by. Whatever a service does not need may be NULL. */
typedef struct wp_rules_t {
    const wp_limits_t *limits;
    const wp_window_spec_t *window;
    const wp_reading_policy_t *policy;
    const wp_secret_t *secret;
    const wp_agreements_t *agreements; /* NULL: no payments here */
    const wp_log_t *log;
} wp_rules_t;

typedef struct wp_act_t {
    wp_db_t *db; /* the running write transaction */
    const wp_actor_t *who;
    const wp_rules_t *rules;
    wp_args_t *args; /* bound by name: account, person, person_name, code, issuer, subject, now, today; a missing one is
                        NULL */
} wp_act_t;

/* In the unit's pool. who and rules must outlive it. */
wp_act_t *wp_act_begin(wp_db_t *db, const wp_actor_t *who, const wp_rules_t *rules);

apr_pool_t *wp_act_pool(const wp_act_t *act);
/* A child set of values: the act's own, and what a statement needs beside them. */
wp_args_t *wp_act_args(const wp_act_t *act);

/* Staff or a command: they need no access of their own, and may act on any contract within who->may. */
bool wp_act_is_of_the_house(const wp_act_t *act);
/* For what only they do: for anybody else *result is REFUSED with WP_ERROR_NO_RIGHT. */
void wp_act_expect_house(const wp_act_t *act, wp_result_t *result);

/* An access token is looked at when its request is let in, and once more here: if it was revoked since, or has ended,
 * *result is REFUSED with WP_ERROR_NO_RIGHT. Other actors have none, and nothing is asked for them. wp_act_stand() does
 * this itself. */
apr_status_t wp_act_expect_token(wp_act_t *act, wp_result_t *result);

/* Locks the actor's account until the transaction ends, so that it is not erased between what a service decides and
 * what it leaves there. What the decision is read by comes after this. */
apr_status_t wp_act_hold_account(wp_act_t *act);

/* The actor has just got this account: from now on the act is the account's, also in the audit log. */
void wp_act_set_account(wp_act_t *act, const char *account);

/* How the actor stands to a contract. */
typedef struct wp_standing_t {
    const char *contract;
    wp_actor_kind_t kind;   /* customer, representative or delegate for somebody logged in; otherwise as the actor's */
    int rights;             /* wp_right_t bits: on some meters of it at least */
    int whole;              /* on the whole contract */
    const char *delegation; /* the delegation that gives access to somebody else's contract, or NULL */
    const char *ended_on;   /* the contract's last day, if it has passed; otherwise NULL */
} wp_standing_t;

/* Finds what the actor may do on the contract today. If the actor may do nothing there, or it does not exist, *result
 * is UNKNOWN; if the right is missing, REFUSED with WP_ERROR_NO_RIGHT; otherwise *result is left alone. right: one bit;
 * 0: any will do. A right on one meter counts: a service that needs the whole contract looks at standing->whole. Staff
 * and system act on any contract, within who->may. */
apr_status_t wp_act_stand(wp_act_t *act, const char *contract, int right, wp_standing_t *standing, wp_result_t *result);

/* The ways to a contract, as a service's own statement brought them: the first count rows have rights, point_id,
 * delegation_id, basis and ended_on, as the rows of portal_access that hold today. Several rights add up. */
typedef struct wp_ways_t {
    const char *contract;
    const wp_rows_t *rows;
    int count;
} wp_ways_t;

/* The same without a statement. */
void wp_act_stand_by(const wp_act_t *act, const wp_ways_t *ways, int right, wp_standing_t *standing,
                     wp_result_t *result);

/* Counts one use of the limit by who (NULL: the actor) in this transaction. If there is none left, *result is LIMITED;
 * otherwise *result is left alone. A rollback takes the use back. */
apr_status_t wp_act_count(wp_act_t *act, wp_limit_t limit, const char *who, wp_result_t *result);

/* Writes an entry to the audit log. standing: of the contract it is about; NULL: about none. detail: an id, a code, a
 * channel: no personal data; or NULL. */
apr_status_t wp_act_audit(wp_act_t *act, const wp_standing_t *standing, wp_did_t action, const char *detail);

/* Logs what a known person tried. what: nothing personal, and not what was typed. */
void wp_act_log_security(const wp_act_t *act, wp_event_id_t event, const char *what);

/* The `who` for limits of a mailbox or a phone number: a keyed hash of the address, the same for all its spellings in
 * upper and lower case, which lead to one mailbox. */
const char *wp_act_mailbox(const wp_act_t *act, const char *address);

#endif
