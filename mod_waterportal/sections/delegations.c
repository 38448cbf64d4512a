/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "domain/person_code.h"
#include "portal/delegation.h"
#include "service/account.h"

#include "base/banned.h"

/* Rights given to other persons: the list, a new one, its confirmation with an eID, extending and ending it; the
 * receiver's answer; and the log of who did what. */

#define RIGHTS_A_PAGE 20
#define EVENTS_A_PAGE 50
#define RECENT_EVENTS 5
#define OFFERS_MAX    20 /* open, for one contract: nobody should write to strangers by the hundred */

/* --- the list, and the log --- */

/* A row of the audit log. What was viewed is "section.route", which gets its own code so that the catalogue has words
 * for it. */
static void add_event(wp_page_t *page, const wp_rows_t *rows, int row)
{
    const char *action = wp_row_text(rows, row, "action"), *detail = wp_row_text(rows, row, "detail");
    const char *actor = wp_row_text(rows, row, "actor");
    xmlNodePtr event = wp_xml_child(page->out.data, "event");

    wp_xml_attr(event, "code", action);
    if (strcmp(action, "viewed") == 0 && detail) {
        char *what = apr_pstrdup(page->pool, detail);
        for (char *c = what; *c; c++)
            *c = *c == '.' ? '_' : *c;
        wp_xml_attr(event, "what", what);
    }
    wp_xml_attr(event, "kind", wp_row_text(rows, row, "kind"));
    wp_xml_typed(event, "at", "time", wp_page_time(page, wp_row_text(rows, row, "at")));
    wp_xml_text(event, "contract_no", wp_row_text(rows, row, "contract_no"));
    wp_message_arg(event, "actor", WP_TYPE_TEXT, actor ? actor : "–");
    wp_message_arg(event, "whom", WP_TYPE_TEXT, wp_row_text(rows, row, "whom"));
    wp_message_arg(event, "detail", WP_TYPE_TEXT, detail);
}

static apr_status_t show_recent(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_int(args, "size", RECENT_EVENTS);
    apr_status_t status = wp_db_select(page->db, "audit_recent", args, &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add_event(page, rows, i);
    return status;
}

static apr_status_t show_given(wp_page_t *page)
{
    wp_rows_t *counted, *rows;
    apr_status_t status = wp_page_select(page, "delegation_given_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "rights"), RIGHTS_A_PAGE);
    status = wp_page_select(page, "delegation_given", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        wp_delegation_show(page, rows, i);
    return status;
}

static apr_status_t load_list(wp_page_t *page)
{
    wp_delegation_bind(page);
    /* without this right on any contract, a person sees only what was given to him */
    wp_args_int(page->args, "right", WP_RIGHT_DELEGATE);
    if (page->who.account->rights & WP_RIGHT_DELEGATE)
        wp_xml_child(page->out.data, "may-give");
    apr_status_t status = wp_page_show(page, "offer_list", NULL);
    if (status == APR_SUCCESS)
        status = show_given(page);
    if (status == APR_SUCCESS)
        status = wp_page_show(page, "delegation_received", NULL);
    return status == APR_SUCCESS ? show_recent(page) : status;
}

static apr_status_t load_log(wp_page_t *page)
{
    wp_rows_t *counted, *rows;
    apr_status_t status = wp_page_select(page, "audit_count", &counted);

    if (status != APR_SUCCESS)
        return status;
    wp_page_paging(page, (int)wp_row_int(counted, 0, "events"), EVENTS_A_PAGE);
    status = wp_page_select(page, "audit_list", &rows);
    for (int i = 0; status == APR_SUCCESS && i < rows->count; i++)
        add_event(page, rows, i);
    return status;
}

/* --- a new delegation --- */

static const char *const how_choices[] = {"code", "link", NULL};

static const wp_field_t new_fields[] = {
    {.name = "how", .type = WP_FIELD_CHOICE, .required = true, .choices = how_choices},
    {.name = "receiver", .type = WP_FIELD_PLAIN, .max = 40},
    {.name = "who", .type = WP_FIELD_TEXT, .required = true, .max = 80},
    {.name = "level", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegation_levels},
    {.name = "point", .type = WP_FIELD_ID},
    {.name = "term", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegation_terms},
    {.name = "until", .type = WP_FIELD_DATE},
    {.name = NULL},
};

/* What load() and check() found out about the typed values. */
typedef struct offer_t {
    const wp_rows_t *points;
    const char *receiver; /* canonical person code; NULL: whoever receives the invitation */
    const char *until;
} offer_t;

static apr_status_t load_new(wp_page_t *page)
{
    offer_t *offer = apr_pcalloc(page->pool, sizeof *offer);
    wp_rows_t *points;
    apr_status_t status = wp_page_show(page, "delegation_points", &points);

    offer->points = points;
    page->state = offer;
    wp_delegation_show_terms(page);
    wp_form_preset(page->form, "how", NULL, "code");
    wp_form_preset(page->form, "level", NULL, "submit");
    wp_form_preset(page->form, "term", NULL, wp_delegation_terms[0]);
    return status;
}

static bool knows_point(const offer_t *offer, const char *point)
{
    for (int i = 0; i < offer->points->count; i++) {
        if (strcmp(wp_row_text(offer->points, i, "id"), point) == 0)
            return true;
    }
    return false;
}

static void check_receiver(wp_page_t *page, offer_t *offer)
{
    const wp_form_t *form = page->form;
    const char *how = wp_form_value(form, "how", NULL), *typed = wp_form_value(form, "receiver", NULL);
    char code[WP_PERSON_CODE_SIZE];

    if (!how || strcmp(how, "code") != 0)
        return;
    if (wp_form_is_blank(form, "receiver", NULL))
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_RECEIVER_REQUIRED);
    else if (typed && wp_person_code_parse(typed, NULL, code))
        offer->receiver = apr_pstrdup(page->pool, code);
    else if (typed)
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_PERSON_CODE);
}

/* Adds a problem for whatever in the database prevents the delegation. */
static apr_status_t check_against(wp_page_t *page, const offer_t *offer)
{
    wp_args_t *args = wp_page_args(page);
    wp_rows_t *rows;

    wp_args_text(args, "receiver", offer->receiver);
    wp_args_text(args, "point", wp_form_value(page->form, "point", NULL));
    apr_status_t status = wp_db_select(page->db, "delegation_against", args, &rows);
    if (status != APR_SUCCESS)
        return status;
    if (wp_row_int(rows, 0, "own") > 0)
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_RECEIVER_SELF);
    else if (wp_row_int(rows, 0, "entitled") > 0)
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_RECEIVER_ENTITLED);
    else if (wp_row_int(rows, 0, "same") > 0)
        wp_form_problem(page->form, "receiver", NULL, WP_ERROR_RECEIVER_HAS);
    if (wp_row_int(rows, 0, "waiting") >= OFFERS_MAX)
        wp_message_arg_int(wp_form_problem(page->form, "who", NULL, WP_ERROR_OFFERS_MANY), "most", WP_TYPE_INT,
                           OFFERS_MAX);
    return APR_SUCCESS;
}

static void check_level(wp_page_t *page)
{
    const char *level = wp_form_value(page->form, "level", NULL);

    if (!level)
        return;
    if (strcmp(level, "pay") == 0 && wp_form_value(page->form, "point", NULL))
        wp_form_problem(page->form, "point", NULL, WP_ERROR_PAY_WHOLE);
    if (wp_delegation_is_strong(level) && !wp_issuers_can_step_up(page->portal->issuers))
        wp_form_problem(page->form, "level", NULL, WP_ERROR_LEVEL_NO_EID);
}

static apr_status_t check_new(wp_page_t *page)
{
    offer_t *offer = page->state;
    const char *point = wp_form_value(page->form, "point", NULL);

    if (point && !knows_point(offer, point)) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    check_receiver(page, offer);
    check_level(page);
    offer->until = wp_delegation_check_term(page, NULL);
    return check_against(page, offer);
}

static apr_status_t save_new(wp_page_t *page)
{
    const offer_t *offer = page->state;
    const char *id = wp_random_id(page->pool), *level = wp_form_value(page->form, "level", NULL);
    bool draft = wp_delegation_is_strong(level);
    wp_args_t *args = wp_page_args(page);
    /* once more: another tab may have been faster, and this transaction waited for it */
    apr_status_t status = check_against(page, offer);

    if (status != APR_SUCCESS || page->form->problems > 0)
        return status;
    wp_args_text(args, "delegation", id);
    wp_args_text(args, "point", wp_form_value(page->form, "point", NULL));
    wp_args_text(args, "receiver", offer->receiver);
    wp_args_text(args, "who", wp_form_value(page->form, "who", NULL));
    wp_args_text(args, "level", level);
    wp_args_text(args, "until", offer->until);
    wp_args_text(args, "state", draft ? "draft" : "offered");
    wp_delegation_invite(page, args, id, !offer->receiver && !draft);
    status = wp_db_change(page->db, "delegation_add", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, draft ? WP_DID_DELEGATION_DRAFTED : WP_DID_DELEGATION_OFFERED, page->on.contract,
                               id);
    if (status == APR_SUCCESS && !draft)
        status = wp_right_tell(page, id, WP_TELL_RECEIVER, "offered");
    wp_page_go(page, apr_pstrcat(page->pool, draft ? "/delegations/confirm/" : "/delegations/given/", id, NULL));
    return status;
}

/* --- one delegation --- */

static const wp_field_t one_inputs[] = {
    {.name = "delegation", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};
static const wp_field_t no_fields[] = {{.name = NULL}};

static const char *delegation_id(const wp_page_t *page)
{
    return apr_table_get(page->inputs->values, "delegation");
}

static void go_to_given(wp_page_t *page)
{
    wp_page_go(page, apr_pstrcat(page->pool, "/delegations/given/", delegation_id(page), NULL));
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(word, *list) == 0)
            return true;
    }
    return false;
}

/* Shows the delegation if it is in one of these states (NULL: in any state); its row becomes the page's state. */
static apr_status_t load_one(wp_page_t *page, const char *const *states)
{
    wp_rows_t *rows;

    wp_delegation_bind(page);
    apr_status_t status = wp_page_select(page, "delegation_one", &rows);
    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0 || (states && !is_one_of(wp_row_text(rows, 0, "state"), states))) {
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
        return APR_SUCCESS;
    }
    wp_delegation_show(page, rows, 0);
    page->state = rows;
    return APR_SUCCESS;
}

static bool is_mine(const wp_page_t *page)
{
    return wp_row_int(page->state, 0, "mine") > 0;
}

static apr_status_t load_given(wp_page_t *page)
{
    apr_status_t status = load_one(page, NULL);
    if (status == APR_SUCCESS && page->state)
        wp_delegation_show_link(page, page->state);
    return status;
}

static apr_status_t load_confirm(wp_page_t *page)
{
    static const char *const states[] = {"draft", NULL};
    apr_status_t status = load_one(page, states);
    if (status == APR_SUCCESS && page->state && !is_mine(page))
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

static apr_status_t save_confirm(wp_page_t *page)
{
    const char *id = delegation_id(page);
    wp_args_t *args = wp_page_args(page);
    int granted = 0;

    wp_delegation_bind(page);
    wp_delegation_invite(page, args, id, wp_row_int(page->state, 0, "invited") > 0);
    apr_status_t status = wp_db_change(page->db, "delegation_grant", args, &granted);
    if (status != APR_SUCCESS || granted == 0)
        return status;
    go_to_given(page);
    status = wp_page_audit(page, WP_DID_DELEGATION_OFFERED, page->on.contract, id);
    return status == APR_SUCCESS ? wp_right_tell(page, id, WP_TELL_RECEIVER, "offered") : status;
}

static const wp_field_t term_fields[] = {
    {.name = "term", .type = WP_FIELD_CHOICE, .required = true, .choices = wp_delegation_terms},
    {.name = "until", .type = WP_FIELD_DATE},
    {.name = NULL},
};

static apr_status_t load_extend(wp_page_t *page)
{
    static const char *const states[] = {"active", "offered", NULL};
    apr_status_t status = load_one(page, states);

    if (status != APR_SUCCESS || !page->state)
        return status;
    if (!page->route->stepup && wp_delegation_is_strong(wp_row_text(page->state, 0, "level")))
        wp_page_go(page, apr_pstrcat(page->pool, "/delegations/confirm/", delegation_id(page), "/extend", NULL));
    wp_delegation_show_terms(page);
    wp_form_preset(page->form, "term", NULL, wp_delegation_terms[0]);
    return APR_SUCCESS;
}

static apr_status_t check_extend(wp_page_t *page)
{
    wp_delegation_check_term(page, wp_row_text(page->state, 0, "until"));
    return APR_SUCCESS;
}

static apr_status_t save_extend(wp_page_t *page)
{
    wp_args_t *args = wp_page_args(page);
    const char *was = wp_row_text(page->state, 0, "until");
    int extended = 0;

    wp_args_text(args, "was", was);
    wp_args_text(args, "until", wp_delegation_check_term(page, was));
    apr_status_t status = wp_db_change(page->db, "delegation_extend", args, &extended);
    if (status != APR_SUCCESS || extended == 0)
        return status;
    go_to_given(page);
    status = wp_page_audit(page, WP_DID_DELEGATION_EXTENDED, page->on.contract, delegation_id(page));
    return status == APR_SUCCESS ? wp_right_tell(page, delegation_id(page), WP_TELL_RECEIVER, "extended") : status;
}

static apr_status_t load_revoke(wp_page_t *page)
{
    static const char *const states[] = {"draft", "offered", "active", NULL};
    return load_one(page, states);
}

static apr_status_t save_revoke(wp_page_t *page)
{
    bool draft = strcmp(wp_row_text(page->state, 0, "state"), "draft") == 0;
    int revoked = 0;
    apr_status_t status = wp_db_change(page->db, "delegation_revoke", page->args, &revoked);

    if (status != APR_SUCCESS || revoked == 0)
        return status;
    go_to_given(page);
    status = wp_page_audit(page, WP_DID_DELEGATION_REVOKED, page->on.contract, delegation_id(page));
    return status == APR_SUCCESS && !draft ? wp_right_tell(page, delegation_id(page), WP_TELL_RECEIVER, "revoked")
                                           : status;
}

/* --- the receiver's answer --- */

/* offer: the id of an offer to this person, or the secret of an invitation */
static const wp_field_t offer_inputs[] = {
    {.name = "offer", .type = WP_FIELD_KEY, .required = true},
    {.name = NULL},
};
/* The fields for a person who has no account yet. */
static const wp_field_t offer_fields[] = {
    {.name = "email", .type = WP_FIELD_EMAIL},
    {.name = "language", .type = WP_FIELD_CHOICE, .choices = wp_contact_languages},
    {.name = NULL},
};

static apr_status_t find_offer(wp_page_t *page, wp_rows_t **rows)
{
    const char *offer = apr_table_get(page->inputs->values, "offer");
    wp_args_text(page->args, "offer_hash", wp_digest(page->pool, offer, strlen(offer)));
    return wp_page_select(page, "offer_find", rows);
}

static apr_status_t load_offer(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = find_offer(page, &rows);

    if (status != APR_SUCCESS)
        return status;
    if (rows->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    else if (wp_row_int(rows, 0, "own") > 0)
        wp_page_refuse(page, 409, WP_PAGE_OFFER_OWN);
    else if (wp_row_int(rows, 0, "same") > 0)
        wp_page_refuse(page, 409, WP_PAGE_OFFER_SAME);
    else
        wp_page_add_row(page, page->out.data, rows, 0);
    wp_xml_text(page->out.data, "mode", page->who.account ? "known" : "first");
    wp_form_preset(page->form, "language", NULL, page->language);
    return APR_SUCCESS;
}

static bool is_button(const wp_page_t *page, const char *button)
{
    return page->form->button && strcmp(page->form->button, button) == 0;
}

static apr_status_t check_offer(wp_page_t *page)
{
    if (!is_button(page, "accept") && !is_button(page, "refuse"))
        wp_page_refuse(page, 400, WP_PAGE_BAD_REQUEST);
    else if (is_button(page, "accept") && !page->who.account && wp_form_is_blank(page->form, "email", NULL))
        wp_form_problem(page->form, "email", NULL, WP_ERROR_EMAIL_REQUIRED);
    return APR_SUCCESS;
}

static apr_status_t settle_offer(wp_page_t *page, const char *id, bool accepted)
{
    wp_args_t *args = wp_page_args(page);
    int settled = 0;

    wp_args_text(args, "delegation", id);
    wp_args_text(args, "state", accepted ? "active" : "refused");
    wp_args_text(args, "person_name", page->who.identity->name); /* none: the name that the giver typed remains */
    apr_status_t status = wp_db_change(page->db, "offer_settle", args, &settled);
    if (status == APR_SUCCESS && settled == 0)
        return WP_DB_ROLLBACK; /* somebody else used the same invitation first */
    return status;
}

static apr_status_t save_offer(wp_page_t *page)
{
    wp_result_t opened = {.detail = page->who.account ? page->who.account->id : NULL};
    bool accepted = is_button(page, "accept");
    wp_rows_t *rows;
    apr_status_t status = find_offer(page, &rows);
    if (status != APR_SUCCESS || rows->count == 0)
        return status;
    const char *id = wp_row_text(rows, 0, "delegation_id");
    if (accepted && !page->who.account)
        status = wp_account_open(wp_page_act(page),
                                 &(wp_new_account_t){.email = wp_form_value(page->form, "email", NULL),
                                                     .language = wp_form_value(page->form, "language", NULL)},
                                 &opened);
    wp_args_text(page->args, "account", opened.detail);
    if (status == APR_SUCCESS)
        status = opened.outcome == WP_OUTCOME_CONFLICT ? WP_DB_ROLLBACK : settle_offer(page, id, accepted);
    page->on.basis = "delegate";
    page->on.delegation = id;
    if (status == APR_SUCCESS)
        status = wp_page_audit(page, accepted ? WP_DID_DELEGATION_ACCEPTED : WP_DID_DELEGATION_REFUSED,
                               wp_row_text(rows, 0, "contract_no"), id);
    if (status == APR_SUCCESS)
        status = wp_right_tell(page, id, WP_TELL_GIVER, accepted ? "accepted" : "refused");
    wp_page_go(page, apr_pstrcat(page->pool, "/delegations/settled/", id, NULL));
    return status;
}

static apr_status_t load_settled(wp_page_t *page)
{
    wp_rows_t *rows;
    apr_status_t status = wp_page_show(page, "offer_settled", &rows);
    if (status == APR_SUCCESS && rows->count == 0)
        wp_page_refuse(page, 404, WP_PAGE_NOT_FOUND);
    return status;
}

static const wp_form_def_t new_form = {.name = "delegation",
                                       .right = WP_RIGHT_DELEGATE,
                                       .limit = WP_LIMIT_OFFERS,
                                       .fields = new_fields,
                                       .check = check_new,
                                       .save = save_new};
static const wp_form_def_t confirm_form = {.name = "confirm",
                                           .right = WP_RIGHT_DELEGATE,
                                           .fields = no_fields,
                                           .save = save_confirm};
static const wp_form_def_t extend_form = {.name = "extend",
                                          .right = WP_RIGHT_DELEGATE,
                                          .limit = WP_LIMIT_OFFERS,
                                          .fields = term_fields,
                                          .check = check_extend,
                                          .save = save_extend};
static const wp_form_def_t revoke_form = {.name = "revoke",
                                          .right = WP_RIGHT_DELEGATE,
                                          .fields = no_fields,
                                          .save = save_revoke};
static const wp_form_def_t offer_form = {.name = "offer",
                                         .fields = offer_fields,
                                         .check = check_offer,
                                         .save = save_offer};

static const wp_route_t routes[] = {
    {.name = "list", .path = "", .need = WP_NEED_CUSTOMER, .show = load_list},
    {.name = "log",
     .path = "/log",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_DELEGATE,
     .whole = true,
     .show = load_log},
    {.name = "new",
     .path = "/new",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_REQUIRED,
     .right = WP_RIGHT_DELEGATE,
     .whole = true,
     .show = load_new,
     .form = &new_form},
    {.name = "given",
     .path = "/given/{delegation}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "delegation_contract",
     .right = WP_RIGHT_DELEGATE,
     .inputs = one_inputs,
     .show = load_given},
    {.name = "confirm",
     .path = "/confirm/{delegation}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "delegation_contract",
     .right = WP_RIGHT_DELEGATE,
     .stepup = true,
     .inputs = one_inputs,
     .show = load_confirm,
     .form = &confirm_form},
    {.name = "confirm_extend",
     .path = "/confirm/{delegation}/extend",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "delegation_contract",
     .right = WP_RIGHT_DELEGATE,
     .stepup = true,
     .inputs = one_inputs,
     .show = load_extend,
     .form = &extend_form},
    {.name = "extend",
     .path = "/extend/{delegation}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "delegation_contract",
     .right = WP_RIGHT_DELEGATE,
     .inputs = one_inputs,
     .show = load_extend,
     .form = &extend_form},
    {.name = "revoke",
     .path = "/revoke/{delegation}",
     .need = WP_NEED_CUSTOMER,
     .contract = WP_CONTRACT_FOUND,
     .contract_query = "delegation_contract",
     .right = WP_RIGHT_DELEGATE,
     .inputs = one_inputs,
     .show = load_revoke,
     .form = &revoke_form},
    {.name = "offer",
     .path = "/offer/{offer}",
     .need = WP_NEED_IDENTITY,
     .inputs = offer_inputs,
     .show = load_offer,
     .form = &offer_form},
    {.name = "settled",
     .path = "/settled/{delegation}",
     .need = WP_NEED_IDENTITY,
     .inputs = one_inputs,
     .show = load_settled},
    {.name = NULL},
};

const wp_section_t wp_section_delegations = {.name = "delegations",
                                             .path = "/delegations",
                                             .menu = 8,
                                             .routes = routes};
