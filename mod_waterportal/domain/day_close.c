/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/day_close.h"

#include "base/banned.h"

static const struct {
    const char *code;
    bool needed;
} reasons[] = {
#define ROW(id, code, needed) [WP_CLOSE_##id] = {code, needed},
    WP_CLOSE_REASONS(ROW)
#undef ROW
};

const char *wp_close_reason_code(wp_close_reason_t reason)
{
    return reasons[reason].code;
}

bool wp_close_reason_needs_people(wp_close_reason_t reason)
{
    return reasons[reason].needed;
}

bool wp_close_agrees(const wp_close_facts_t *facts)
{
    const wp_close_sums_t *sums = &facts->sums;
    return sums->told == sums->entries && sums->entries == sums->handed && sums->handed == sums->booked &&
           sums->handed == facts->posted && !facts->review && !facts->stranger && !facts->booked_elsewhen &&
           !facts->odd;
}

static unsigned if_so(bool so, wp_close_reason_t reason)
{
    return so ? 1U << reason : 0;
}

static unsigned explain_money(const wp_close_facts_t *facts)
{
    bool less = facts->sums.entries<facts->sums.told, more = facts->sums.entries> facts->sums.told;

    return if_so(facts->review, WP_CLOSE_REVIEW) |
           if_so(less && !facts->entry_elsewhen && !facts->back_today && !facts->odd, WP_CLOSE_NOT_ON_STATEMENT) |
           if_so(less && facts->entry_elsewhen && !facts->back_today, WP_CLOSE_STATEMENT_LATER) |
           if_so(more && !facts->told_elsewhen, WP_CLOSE_NOT_TOLD) |
           if_so(more && facts->told_elsewhen, WP_CLOSE_TOLD_EARLIER) |
           if_so(facts->back_today || (facts->back && facts->posted < facts->sums.told), WP_CLOSE_TAKEN_BACK) |
           if_so(facts->odd, WP_CLOSE_ODD_ENTRY);
}

static unsigned explain_billing(const wp_close_facts_t *facts)
{
    const wp_close_sums_t *sums = &facts->sums;
    int64_t expected = facts->posted < sums->handed ? facts->posted : sums->handed;

    return if_so(facts->posted > sums->handed, WP_CLOSE_NOT_HANDED) |
           if_so(sums->booked == 0 && expected > 0, WP_CLOSE_NOT_BOOKED) |
           if_so(sums->booked != 0 && sums->booked != sums->handed, WP_CLOSE_BOOKED_OTHERWISE) |
           if_so(facts->booked_elsewhen, WP_CLOSE_BOOKED_ELSEWHEN) |
           if_so(sums->handed > facts->posted, WP_CLOSE_TO_TELL) | if_so(facts->refunded > 0, WP_CLOSE_REFUNDED);
}

unsigned wp_close_explain(const wp_close_facts_t *facts)
{
    if (facts->stranger)
        return 1U << WP_CLOSE_STRANGER;
    unsigned why = explain_money(facts) | explain_billing(facts);
    return why ? why : 1U << WP_CLOSE_OTHER;
}
