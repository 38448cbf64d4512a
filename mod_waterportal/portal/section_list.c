/* made by build/gen-sections.sh */
#include <stddef.h>
#include "portal/section.h"
extern const wp_section_t wp_section_account;
extern const wp_section_t wp_section_acts;
extern const wp_section_t wp_section_api;
extern const wp_section_t wp_section_contracts;
extern const wp_section_t wp_section_delegations;
extern const wp_section_t wp_section_home;
extern const wp_section_t wp_section_info;
extern const wp_section_t wp_section_invoices;
extern const wp_section_t wp_section_login;
extern const wp_section_t wp_section_overview;
extern const wp_section_t wp_section_pay;
extern const wp_section_t wp_section_payments;
extern const wp_section_t wp_section_readings;
extern const wp_section_t wp_section_registration;
extern const wp_section_t wp_section_sessions;
extern const wp_section_t wp_section_start;
const wp_section_t *const wp_sections[] = {
    &wp_section_account,
    &wp_section_acts,
    &wp_section_api,
    &wp_section_contracts,
    &wp_section_delegations,
    &wp_section_home,
    &wp_section_info,
    &wp_section_invoices,
    &wp_section_login,
    &wp_section_overview,
    &wp_section_pay,
    &wp_section_payments,
    &wp_section_readings,
    &wp_section_registration,
    &wp_section_sessions,
    &wp_section_start,
    NULL,
};
