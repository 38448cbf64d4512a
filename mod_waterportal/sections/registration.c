/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/contact_change.h"
#include "portal/reminders.h"

#include <apr_strings.h>
#include <string.h>

#include "base/clean.h"
#include "crypto/random.h"
#include "domain/contract_number.h"
#include "domain/person_code.h"
#include "portal/new_account.h"
#include "portal/view/offered_rights.h"

#include "data/date_text.h"

#include "base/banned.h"

/* A person connects a contract to the portal: the person code of the contract's holder in billing must be the person's,
 * or the person must be a listed representative. The number is read as it was meant (domain/contract_number.h). A
 * number that is wrong, somebody else's or unknown gets the same answer, after the same statements and writes, so that
 * nothing can be learned by trying. */

#define TRIES_AN_HOUR        5
#define PERSONS_BEFORE_ALERT 5 /* within an hour, for one contract: reported, but its owner is never locked out */
#define HOUR                 3600

static const wp_field_t fields[] = {
    {.name = "contract", .type = WP_FIELD_PLAIN, .max = 100},
    {.name = "email", .type = WP_FIELD_EMAIL},
    {.name = "phone", .type = WP_FIELD_PHONE},
    {.name = "language", .type = WP_FIELD_CHOICE, .choices = wp_contact_languages},
    WP_REMINDER_FIELDS,
    {.name = "quiet", .type = WP_FIELD_CHOICE, .choices = wp_quiet_hours},
    {.name = "declare", .type = WP_FIELD_TICK},
    {.name = NULL},
};

static apr_status_t load_registration(wp_page_t *page)
{
    xmlNodePtr identity = wp_xml_child(page->out.data, "identity");
    char masked[WP_PERSON_CODE_MASKED_SIZE];

    wp_person_code_mask(page->who.identity->person_code, masked);
    wp_xml_text(identity, "name", page->who.identity->name);
    wp_xml_text(identity, "code", masked);
    wp_xml_text(identity, "issuer", wp_issuer_text(page->who.identity->issuer->names, page->language));
    wp_xml_text(page->out.data, "mode", page->who.account ? "further" : "first");
    wp_form_preset(page->form, "language", NULL, page->language);
    return wp_offered_rights_tell(page);
}

static void demand_contact(wp_page_t *page)
{
    bool sms = false;
    for (size_t i = 0; i < WP_REMINDERS; i++)
        sms |= strcmp(wp_reminders[i].channel, "sms") == 0 && wp_form_ticked(page->form, wp_reminders[i].field, NULL);
    if (wp_form_is_blank(page->form, "email", NULL))
        wp_form_problem(page->form, "email", NULL, WP_ERROR_EMAIL_REQUIRED);
    if (sms && wp_form_is_blank(page->form, "phone", NULL))
        wp_form_problem(page->form, "phone", NULL, WP_ERROR_PHONE_FOR_SMS);
}

static apr_status_t check_registration(wp_page_t *page)
{
    if (wp_form_is_blank(page->form, "contract", NULL))
        wp_form_problem(page->form, "contract", NULL, WP_ERROR_CONTRACT_REQUIRED);
    if (!page->who.account)
        demand_contact(page);
    if (!wp_form_ticked(page->form, "declare", NULL))
        wp_form_problem(page->form, "declare", NULL, WP_ERROR_DECLARE);
    return APR_SUCCESS;
}

/* What was typed, and which of the person's own contracts it refers to. */
typedef struct number_t {
    const char *contract; /* as billing writes it; as typed if it refers to none of them */
    bool ambiguous;       /* it could be several of them */
} number_t;

/* Compares with the person's own contracts only, so that trying spellings reveals nothing about others. An identical
 * number takes precedence over similar ones. */
static apr_status_t find_number(wp_page_t *page, number_t *number)
{
    const char *typed = wp_form_value(page->form, "contract", NULL), *key = wp_clean_key(page->pool, typed);
    wp_rows_t *own;
    int alike = 0;
    apr_status_t status = wp_page_select(page, "registration_own", &own);

    *number = (number_t){.contract = typed};
    for (int i = 0; status == APR_SUCCESS && i < own->count; i++) {
        const char *contract = wp_row_text(own, i, "contract_no");
        wp_number_match_t match = wp_contract_number_match(wp_clean_key(page->pool, contract), key);
        if (match == WP_NUMBER_OTHER)
            continue;
        number->contract = contract;
        alike++;
        if (match == WP_NUMBER_SAME)
            return APR_SUCCESS;
    }
    number->ambiguous = alike > 1;
    return status;
}

/* All spellings of one number have the same tag. */
static const char *spelled(apr_pool_t *pool, const char *contract)
{
    char *key = apr_pstrdup(pool, wp_clean_key(pool, contract)), *to = key;

    for (const char *c = key; *c; c++) {
        if (!strchr("-/._", *c))
            *to++ = *c;
    }
    *to = '\0';
    return key;
}

static wp_args_t *registration_args(wp_page_t *page, const char *contract)
{
    wp_args_t *args = wp_page_args(page);
    const char *tag = wp_secret_tag(page->portal->secret, WP_PURPOSE_PERSON, page->pool, spelled(page->pool, contract));

    wp_args_text(args, "hour_ago", wp_instant_text(page->pool, page->clock.now - HOUR));
    wp_args_text(args, "contract", contract);
    wp_args_text(args, "contract_tag", tag);
    return args;
}

static apr_status_t write_try(wp_page_t *page, wp_args_t *args, const char *outcome)
{
    wp_args_text(args, "try_id", wp_random_id(page->pool));
    wp_args_text(args, "outcome", outcome);
    return wp_db_change(page->db, "registration_try_add", args, NULL);
}

static apr_status_t raise_alert(wp_page_t *page, const wp_args_t *args)
{
    wp_rows_t *rows;
    apr_status_t status = wp_db_select(page->db, "registration_persons", args, &rows);
    if (status == APR_SUCCESS && wp_row_int(rows, 0, "persons") >= PERSONS_BEFORE_ALERT)
        wp_log_event(page->portal->log, WP_EV_CONTRACT_TRIED, "contract %s", wp_args_get(args, "contract_tag"));
    return status;
}

static apr_status_t refuse(wp_page_t *page, wp_args_t *args, bool too_often)
{
    apr_status_t status = write_try(page, args, too_often ? "limited" : "refused");
    if (status == APR_SUCCESS)
        status = raise_alert(page, args);
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, too_often ? WP_DID_REGISTRATION_LIMITED : WP_DID_REGISTRATION_REFUSED, NULL,
                               wp_args_get(args, "contract_tag"));
    wp_page_log_security(page, too_often ? WP_EV_LIMITED : WP_EV_FOREIGN_ID,
                         too_often ? "contract numbers" : "a contract number that does not fit");
    xmlNodePtr node = wp_form_problem(page->form, "contract", NULL,
                                      too_often ? WP_ERROR_TOO_MANY_TRIES : WP_ERROR_CONTRACT_NOT_FOUND);
    wp_message_arg_int(node, "tries", WP_TYPE_INT, TRIES_AN_HOUR);
    return status;
}

static apr_status_t save_consents(wp_page_t *page, const wp_args_t *args)
{
    apr_status_t status = APR_SUCCESS;
    for (size_t i = 0; i < WP_REMINDERS && status == APR_SUCCESS; i++)
        status = wp_consent_add(page, args, &wp_reminders[i], wp_form_ticked(page->form, wp_reminders[i].field, NULL));
    return status;
}

/* A typed address may be a stranger's: it becomes valid when the code that is sent there is typed in on the account
 * page. */
static apr_status_t ask_proof(wp_page_t *page, const wp_args_t *args, const char *channel, const char *address)
{
    const wp_contact_change_t change = {.channel = channel,
                                        .value = address,
                                        .language = wp_args_get(args, "language")};
    bool open, may = false;
    apr_status_t status = address ? wp_contact_may_send(page, address, &may) : APR_SUCCESS;

    return status == APR_SUCCESS && may ? wp_contact_propose(page, &change, &open) : status;
}

/* WP_DB_ROLLBACK if another tab was faster; the page is then shown again. */
static apr_status_t save_account(wp_page_t *page, wp_args_t *args)
{
    const wp_form_t *form = page->form;
    const char *language = wp_form_value(form, "language", NULL);
    const wp_new_account_t account = {.email = wp_form_value(form, "email", NULL),
                                      .phone = wp_form_value(form, "phone", NULL),
                                      .language = language ? language : page->language,
                                      .quiet = wp_form_value(form, "quiet", NULL)};
    apr_status_t status = wp_account_open(page, &account);

    wp_args_text(args, "language", account.language);
    if (status == APR_SUCCESS)
        status = save_consents(page, args);
    if (status == APR_SUCCESS)
        status = ask_proof(page, args, "email", account.email);
    return status == APR_SUCCESS ? ask_proof(page, args, "sms", account.phone) : status;
}

static apr_status_t connect_contract(wp_page_t *page, wp_args_t *args, const wp_rows_t *match)
{
    const char *contract = wp_row_text(match, 0, "contract_no");
    bool others = wp_row_int(match, 0, "others") > 0;
    apr_status_t status = write_try(page, args, "matched");

    wp_args_text(args, "contract", contract);
    wp_args_text(args, "basis", wp_row_text(match, 0, "basis"));
    if (status == APR_SUCCESS && !page->who.account)
        status = save_account(page, args);
    if (status == APR_SUCCESS)
        status = wp_db_change(page->db, "account_contract_add", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, others ? WP_DID_CONTRACT_ADDED_AGAIN : WP_DID_CONTRACT_ADDED, contract,
                               page->who.identity->issuer->issuer);
    wp_page_go(page, apr_pstrcat(page->pool, "/registration/done?contract=", wp_urlencode(page->pool, contract), NULL));
    return status;
}

/* If a number could be several of the person's own contracts, none is taken. The person did not guess, so it does not
 * count as an attempt. */
static apr_status_t ask_exactly(wp_page_t *page)
{
    wp_form_problem(page->form, "contract", NULL, WP_ERROR_CONTRACT_AMBIGUOUS);
    return APR_SUCCESS;
}

static apr_status_t save_registration(wp_page_t *page)
{
    wp_args_t *args = NULL;
    wp_rows_t *tries, *match;
    number_t number;
    apr_status_t status = wp_db_change(page->db, "registration_take_turn", page->args, NULL);

    if (status == APR_SUCCESS)
        status = find_number(page, &number);
    if (status == APR_SUCCESS) {
        args = registration_args(page, number.contract);
        status = wp_db_select(page->db, "registration_tries", args, &tries);
    }
    if (status == APR_SUCCESS)
        status = wp_db_select(page->db, "registration_match", args, &match);
    if (status != APR_SUCCESS)
        return status;
    if (wp_row_int(tries, 0, "tries") >= TRIES_AN_HOUR)
        return refuse(page, args, true);
    if (number.ambiguous)
        return ask_exactly(page);
    return match->count == 0 ? refuse(page, args, false) : connect_contract(page, args, match);
}

static const wp_form_def_t form = {.name = "registration",
                                   .fields = fields,
                                   .check = check_registration,
                                   .save = save_registration};

static apr_status_t load_done(wp_page_t *page)
{
    wp_page_paging(page, 1, 1);
    apr_status_t status = wp_page_show(page, "contract_list", NULL);
    return status == APR_SUCCESS ? wp_page_show(page, "contact_waiting", NULL) : status;
}

static const wp_route_t routes[] = {
    {.name = "form", .path = "", .need = WP_NEED_IDENTITY, .show = load_registration, .form = &form},
    {.name = "done",
     .path = "/done",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_ANY,
     .show = load_done},
    {.name = NULL},
};

const wp_section_t wp_section_registration = {.name = "registration",
                                              .path = "/registration",
                                              .menu = 10,
                                              .routes = routes};
