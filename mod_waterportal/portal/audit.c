/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/page.h"

#include "crypto/random.h"

#include "base/banned.h"

/* What a page records in the audit log. */

static wp_audit_t entry_of(const wp_page_t *page, wp_did_t action, const char *contract, const char *detail)
{
    return (wp_audit_t){.actor_kind = page->on.basis ? page->on.basis : "customer",
                        .delegation = page->on.delegation,
                        .contract = contract,
                        .action = action,
                        .detail = detail};
}

/* Who acts is known when it is written: save() may have opened the account. */
static apr_status_t write_down(wp_page_t *page, wp_audit_t entry)
{
    entry.account = wp_args_get(page->args, "account");
    entry.actor_tag = wp_args_get(page->args, "person");
    entry.actor_name = wp_args_get(page->args, "person_name");
    return wp_audit_add(page->db, &entry, wp_args_get(page->args, "now"));
}

/* The id is chosen here: writing may be tried twice. */
void wp_page_note(wp_page_t *page, wp_did_t action, const char *detail)
{
    wp_audit_t entry = entry_of(page, action, page->on.contract, detail);

    entry.id = wp_random_id(page->pool);
    APR_ARRAY_PUSH(page->out.notes, wp_audit_t) = entry;
}

apr_status_t wp_page_write_notes(wp_page_t *page)
{
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < page->out.notes->nelts && status == APR_SUCCESS; i++)
        status = write_down(page, APR_ARRAY_IDX(page->out.notes, i, wp_audit_t));
    return status;
}
