/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include <apr_strings.h>
#include <string.h>

#include "domain/person_code.h"
#include "portal/view/offered_rights.h"
#include "portal/view/reminder_fields.h"
#include "service/account.h"

#include "base/banned.h"

/* A person connects a contract to the portal; service/account.h says which. */

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

static wp_registration_t wanted_of(const wp_page_t *page)
{
    const wp_form_t *form = page->form;

    return (wp_registration_t){.contract = wp_form_value(form, "contract", NULL),
                               .person = {.email = wp_form_value(form, "email", NULL),
                                          .phone = wp_form_value(form, "phone", NULL),
                                          .language = wp_form_value(form, "language", NULL),
                                          .quiet = wp_form_value(form, "quiet", NULL)},
                               .consents = wp_reminder_fields_read(form)};
}

static void demand_contact(wp_page_t *page)
{
    const wp_registration_t wanted = wanted_of(page);

    if (wp_form_is_blank(page->form, "email", NULL))
        wp_form_problem(page->form, "email", NULL, WP_ERROR_EMAIL_REQUIRED);
    if (wp_registration_lacks_phone(&wanted) && wp_form_is_blank(page->form, "phone", NULL))
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

static apr_status_t save_registration(wp_page_t *page)
{
    const wp_registration_t wanted = wanted_of(page);
    wp_result_t result = wp_result_of(WP_OUTCOME_NONE);
    apr_status_t status = wp_account_register(wp_page_act(page), &wanted, &result);

    if (status != APR_SUCCESS)
        return status;
    if (result.field) {
        xmlNodePtr problem = wp_form_problem(page->form, result.field, NULL, result.code);
        wp_message_arg_int(problem, "tries", WP_TYPE_INT, WP_REGISTRATION_TRIES);
    } else if (wp_page_is_done(page, &result))
        wp_page_go(page, apr_pstrcat(page->pool,
                                     "/registration/done?contract=", wp_urlencode(page->pool, result.detail), NULL));
    return APR_SUCCESS;
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
