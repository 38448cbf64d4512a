/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_CODES_H
#define WP_BASE_CODES_H

/* What the portal says to a person, as codes; the words are in xslt/l10n. Only codes of these tables can be used, and a
 * guard demands that each has words in every language and a place that uses it. The codes of the reading rules have
 * their own table (domain/reading/check.h). */

/* Beside a control: error.CODE. X(member, code) */
#define WP_ERRORS(X) \
    X(ADDRESS_TOO_OFTEN, "address_too_often") \
    X(AMOUNT_NONE, "amount_none") \
    X(BANK_NONE, "bank_none") \
    X(CHOICE, "choice") \
    X(CODE_GONE, "code_gone") \
    X(CODE_REQUIRED, "code_required") \
    X(CODE_SPENT, "code_spent") \
    X(CODE_WRONG, "code_wrong") \
    X(CONTACT_SAME, "contact_same") \
    X(CONTACT_TOO_OFTEN, "contact_too_often") \
    X(CONTRACT_AMBIGUOUS, "contract_ambiguous") \
    X(CONTRACT_NOT_FOUND, "contract_not_found") \
    X(CONTRACT_REQUIRED, "contract_required") \
    X(COUNT, "count") \
    X(DATE, "date") \
    X(DECLARE, "declare") \
    X(EMAIL, "email") \
    X(EMAIL_LETTERS, "email_letters") \
    X(EMAIL_MISSING, "email_missing") \
    X(EMAIL_REQUIRED, "email_required") \
    X(EMAIL_UNPROVED, "email_unproved") \
    X(ERASURE_UNDERSTOOD, "erasure_understood") \
    X(INVITED_ALREADY, "invited_already") \
    X(INVOICES_CHANGED, "invoices_changed") \
    X(LEVEL_NO_EID, "level_no_eid") \
    X(MONEY, "money") \
    X(MONTH, "month") \
    X(MONTHS_FUTURE, "months_future") \
    X(MONTHS_LONG, "months_long") \
    X(MONTHS_ORDER, "months_order") \
    X(NO_RIGHT, "no_right") \
    X(NOT_A_KEY, "not_a_key") \
    X(NOTHING_PICKED, "nothing_picked") \
    X(OFFERS_MANY, "offers_many") \
    X(ONE_LINE, "one_line") \
    X(ORDER_CHANGED, "order_changed") \
    X(ORDER_ENDED, "order_ended") \
    X(ORDER_UNKNOWN, "order_unknown") \
    X(PAY_WHOLE, "pay_whole") \
    X(PAYING_ALREADY, "paying_already") \
    X(PERIOD_BOTH, "period_both") \
    X(PERIOD_FUTURE, "period_future") \
    X(PERIOD_ORDER, "period_order") \
    X(PERSON_CODE, "person_code") \
    X(PHONE, "phone") \
    X(PHONE_FOR_SMS, "phone_for_sms") \
    X(PHONE_MISSING, "phone_missing") \
    X(PHONE_NONE, "phone_none") \
    X(PHONE_REQUIRED, "phone_required") \
    X(PHONE_UNPROVED, "phone_unproved") \
    X(READING_CONFIRM, "reading_confirm") \
    X(READING_WHAT, "reading_what") \
    X(READINGS_NONE, "readings_none") \
    X(READINGS_TWICE, "readings_twice") \
    X(RECEIVER_ENTITLED, "receiver_entitled") \
    X(RECEIVER_HAS, "receiver_has") \
    X(RECEIVER_REQUIRED, "receiver_required") \
    X(RECEIVER_SELF, "receiver_self") \
    X(REQUIRED, "required") \
    X(STEP_UP, "step_up") \
    X(SUM_CHANGED, "sum_changed") \
    X(SUM_TOO_MUCH, "sum_too_much") \
    X(TOKEN_MANY, "token_many") \
    X(TOKEN_NAME, "token_name") \
    X(TOKEN_SCOPE, "token_scope") \
    X(TOO_LONG, "too_long") \
    X(TOO_MANY_TRIES, "too_many_tries") \
    X(UNTIL_FAR, "until_far") \
    X(UNTIL_NOT_LATER, "until_not_later") \
    X(UNTIL_PAST, "until_past") \
    X(UNTIL_REQUIRED, "until_required")

/* At the top of a page: notice.CODE. X(member, code) */
#define WP_NOTICES(X) \
    X(ALREADY_SUBMITTED, "already_submitted") \
    X(CHANGED_MEANWHILE, "changed_meanwhile") \
    X(FORM_EXPIRED, "form_expired") \
    X(LETTERS, "letters") \
    X(OFFER_WAITING, "offer_waiting") \
    X(RESTORED, "restored") \
    X(SAVED_EMAIL, "saved_email") \
    X(SAVED_PHONE, "saved_phone") \
    X(SAVED_REMINDERS, "saved_reminders") \
    X(SAVED_REVOKED, "saved_revoked") \
    X(SAVED_SESSION, "saved_session") \
    X(SAVED_SESSIONS, "saved_sessions") \
    X(TOKEN_SHOWN_ONCE, "token_shown_once") \
    X(TOO_OFTEN, "too_often") \
    X(WITHDRAWN, "withdrawn")

/* Instead of a page: page.CODE.title and page.CODE.text for a person; urn:waterportal:problem:CODE for a program
 * (docs/api.md). X(member, audience: PERSON (a program may receive it too) or PROGRAM (only programs do), code) */
#define WP_PAGE_CODES(X) \
    X(ACCOUNT_CONFLICT, PERSON, "account_conflict") \
    X(BAD_REQUEST, PERSON, "bad_request") \
    X(BANK_AWAY, PERSON, "bank_away") \
    X(BANK_MESSAGE, PERSON, "bank_message") \
    X(BUSY, PERSON, "busy") \
    X(CONFLICT, PERSON, "conflict") \
    X(CROWDED, PERSON, "crowded") \
    X(FOREIGN_FORM, PERSON, "foreign_form") \
    X(FOREIGN_ISSUER, PERSON, "foreign_issuer") \
    X(INVALID, PROGRAM, "invalid") \
    X(KEY_MISSING, PROGRAM, "key_missing") \
    X(KEY_USED, PROGRAM, "key_used") \
    X(LOGIN_AWAY, PERSON, "login_away") \
    X(LOGIN_FAILED, PERSON, "login_failed") \
    X(METHOD, PERSON, "method") \
    X(NO_PERSON_CODE, PERSON, "no_person_code") \
    X(NO_REDELEGATION, PERSON, "no_redelegation") \
    X(NO_RIGHT, PERSON, "no_right") \
    X(NO_SUBJECT, PERSON, "no_subject") \
    X(NOT_FOUND, PERSON, "not_found") \
    X(NOT_STAFF, PERSON, "not_staff") \
    X(OFFER_OWN, PERSON, "offer_own") \
    X(OFFER_SAME, PERSON, "offer_same") \
    X(ONE_AT_A_TIME, PERSON, "one_at_a_time") \
    X(PERSON_CODE_CASE, PERSON, "person_code_case") \
    X(REFUSED, PERSON, "refused") \
    X(SESSION_CLOSED, PERSON, "session_closed") \
    X(SESSION_ENDED, PERSON, "session_ended") \
    X(SESSION_ENDED_KEPT, PERSON, "session_ended_kept") \
    X(SESSION_UNBOUND, PERSON, "session_unbound") \
    X(STAFF_NO_CUSTOMER, PERSON, "staff_no_customer") \
    X(STEP_UP, PERSON, "step_up") \
    X(TOKEN_BAD, PROGRAM, "token_bad") \
    X(TOKEN_MISSING, PROGRAM, "token_missing") \
    X(TOKEN_SCOPE, PROGRAM, "token_scope") \
    X(TOO_LARGE, PERSON, "too_large") \
    X(TOO_MANY, PROGRAM, "too_many") \
    X(TOO_OFTEN, PERSON, "too_often") \
    X(TOO_SLOW, PERSON, "too_slow") \
    X(TROUBLE, PERSON, "trouble") \
    X(UNAVAILABLE, PERSON, "unavailable") \
    X(UNSIGNED_LOGIN, PERSON, "unsigned_login") \
    X(WRONG_TYPE, PERSON, "wrong_type")

/* In the audit log: did.CODE. X(member, code) */
#define WP_DEEDS(X) \
    X(CODE_CHANGED, "code_changed") \
    X(CONTACT_ASKED, "contact_asked") \
    X(CONTACT_CHANGED, "contact_changed") \
    X(CONTACT_CODE_WRONG, "contact_code_wrong") \
    X(CONTACT_LIMITED, "contact_limited") \
    X(CONTRACT_ADDED, "contract_added") \
    X(CONTRACT_ADDED_AGAIN, "contract_added_again") \
    X(CONTRACT_ENDED, "contract_ended") \
    X(DELEGATION_ACCEPTED, "delegation_accepted") \
    X(DELEGATION_DRAFTED, "delegation_drafted") \
    X(DELEGATION_EXTENDED, "delegation_extended") \
    X(DELEGATION_OFFERED, "delegation_offered") \
    X(DELEGATION_REFUSED, "delegation_refused") \
    X(DELEGATION_REVOKED, "delegation_revoked") \
    X(ERASURE_ASKED, "erasure_asked") \
    X(ERASURE_DONE, "erasure_done") \
    X(ERASURE_WITHDRAWN, "erasure_withdrawn") \
    X(EXPORTED, "exported") \
    X(IDENTITY_ATTACHED, "identity_attached") \
    X(PAYMENT_STARTED, "payment_started") \
    X(READINGS_SUBMITTED, "readings_submitted") \
    X(READINGS_WITHDRAWN, "readings_withdrawn") \
    X(REGISTRATION_LIMITED, "registration_limited") \
    X(REGISTRATION_REFUSED, "registration_refused") \
    X(REMINDERS_CHANGED, "reminders_changed") \
    X(SESSION_ENDED, "session_ended") \
    X(TOKEN_CREATED, "token_created") \
    X(TOKEN_REVOKED, "token_revoked") \
    X(VIEWED, "viewed")

typedef enum wp_error_t {
    WP_ERROR_NONE, /* nothing is wrong */
#define WP_MEMBER(member, code) WP_ERROR_##member,
    WP_ERRORS(WP_MEMBER)
#undef WP_MEMBER
} wp_error_t;

typedef enum wp_notice_t {
#define WP_MEMBER(member, code) WP_NOTICE_##member,
    WP_NOTICES(WP_MEMBER)
#undef WP_MEMBER
} wp_notice_t;

typedef enum wp_page_code_t {
    WP_PAGE_NONE, /* the page itself is shown */
#define WP_MEMBER(member, audience, code) WP_PAGE_##member,
    WP_PAGE_CODES(WP_MEMBER)
#undef WP_MEMBER
} wp_page_code_t;

typedef enum wp_did_t {
#define WP_MEMBER(member, code) WP_DID_##member,
    WP_DEEDS(WP_MEMBER)
#undef WP_MEMBER
} wp_did_t;

/* The code as it appears in page documents, problem documents and the audit log; NULL for the …_NONE member. */
const char *wp_error_name(wp_error_t error);
const char *wp_notice_name(wp_notice_t notice);
const char *wp_page_code_name(wp_page_code_t code);
const char *wp_did_name(wp_did_t did);

#endif
