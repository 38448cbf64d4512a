/* SPDX-License-Identifier: Apache-2.0 */
#include "service/payment_news.h"

#include <apr_strings.h>
#include <string.h>

#include "store/cases.h"
#include "store/credits.h"

#include "base/banned.h"

/* One hearing, with the payment held. */
typedef struct hearing_t {
    wp_act_t *act;
    const wp_payment_heard_t *heard;
    const wp_payment_t *payment;
    wp_payment_outcome_t *outcome;
    wp_payment_weight_t before, after; /* the order's money without and with this news */
    int64_t reversals;
    bool weighed; /* before and after are known: the news is about money that fits */
    bool told;    /* a message that tells of a payment for the first time */
} hearing_t;

static const char *day_of(const hearing_t *hearing)
{
    return hearing->heard->paid_on ? hearing->heard->paid_on : hearing->act->who->clock.today_text;
}

/* --- what it says of the money --- */

static wp_payment_difference_t compare(const hearing_t *hearing)
{
    const wp_payment_sum_t ordered = {hearing->payment->cents, "EUR", hearing->payment->iban,
                                      hearing->payment->message};
    wp_payment_news_t news = hearing->heard->news;

    if (news != WP_NEWS_PAID && news != WP_NEWS_PENDING && news != WP_NEWS_STATEMENT)
        return WP_DIFFERENCE_NONE;
    return wp_payment_compare(&ordered, &hearing->heard->sum);
}

static apr_status_t keep_told(hearing_t *hearing)
{
    const wp_payment_heard_t *heard = hearing->heard;
    const wp_payment_paid_t paid = {.payment_id = hearing->payment->payment_id,
                                    .bank_no = heard->bank_no,
                                    .fits = !hearing->outcome->why,
                                    .cents = heard->sum.cents ? heard->sum.cents : hearing->payment->cents,
                                    .paid_on = day_of(hearing),
                                    .channel = heard->channel};
    return wp_payment_paid_keep(hearing->act->db, hearing->act->args, &paid, &hearing->told);
}

/* The entry of a statement is among them already. */
static wp_payment_money_t without(wp_payment_money_t money, wp_payment_news_t news)
{
    money.credits -= news == WP_NEWS_STATEMENT;
    money.reversals -= news == WP_NEWS_REVERSED;
    return money;
}

static apr_status_t weigh(hearing_t *hearing)
{
    wp_payment_news_t news = hearing->heard->news;
    const char *id = hearing->payment->payment_id;
    wp_payment_money_t before, after;
    apr_status_t status = wp_payment_money(hearing->act->db, id, &after);

    before = without(after, news);
    if (status == APR_SUCCESS && news == WP_NEWS_PAID)
        status = keep_told(hearing);
    if (status != APR_SUCCESS || hearing->outcome->why)
        return status;
    if (hearing->told)
        status = wp_payment_money(hearing->act->db, id, &after);
    hearing->before = wp_payment_weigh(&before);
    hearing->after = wp_payment_weigh(&after);
    hearing->reversals = after.reversals;
    hearing->weighed = true;
    return status;
}

static bool is_of_money(wp_payment_news_t news)
{
    return news == WP_NEWS_PAID || news == WP_NEWS_STATEMENT || news == WP_NEWS_REVERSED;
}

/* --- what becomes of it --- */

static apr_status_t move(const hearing_t *hearing, const wp_payment_move_t *move)
{
    const wp_payment_step_t step = {.move = *move,
                                    .why = hearing->outcome->why,
                                    .paid_on = move->posts || move->to == WP_PAYMENT_REVIEW ? day_of(hearing) : NULL};
    return wp_payment_move(hearing->act->db, hearing->act->args, hearing->payment, &step);
}

static wp_payment_news_t news_of(const hearing_t *hearing)
{
    if (hearing->outcome->why)
        return WP_NEWS_PAID_OTHERWISE;
    return hearing->weighed ? hearing->after.news : hearing->heard->news;
}

/* --- the customer's credit --- */

static apr_status_t tell(const hearing_t *hearing, const char *subject, const char *reason, const char *credit)
{
    apr_pool_t *pool = wp_act_pool(hearing->act);
    const wp_payment_heard_t *heard = hearing->heard;
    int64_t cents = heard->sum.cents ? heard->sum.cents : hearing->payment->cents;
    const wp_case_fact_t facts[] = {{"day", day_of(hearing)},
                                    {"amount", apr_psprintf(pool, "%" APR_INT64_T_FMT, cents)},
                                    {"currency", heard->sum.currency ? heard->sum.currency : "EUR"},
                                    {"direction", heard->news == WP_NEWS_REVERSED ? "debit" : "credit"},
                                    {"bank_ref", heard->bank_no},
                                    {"payment", hearing->payment->payment_id},
                                    {"order", apr_pstrcat(pool, "WP", hearing->payment->stamp, NULL)},
                                    {"channel", heard->channel},
                                    {"credit", credit},
                                    {NULL, NULL}};
    const wp_case_t wanted = {.kind = WP_CASE_PAYMENT,
                              .subject = subject,
                              .account = hearing->payment->account_id,
                              .reason = reason,
                              .facts = facts};
    return wp_case_open_once(hearing->act->db, &wanted, hearing->act->who->clock.now_text);
}

static apr_status_t add_credit(hearing_t *hearing)
{
    const char *id = apr_psprintf(wp_act_pool(hearing->act), "%s-%" APR_INT64_T_FMT, hearing->payment->payment_id,
                                  hearing->after.came);
    const wp_credit_t credit = {.credit_id = id,
                                .payment_id = hearing->payment->payment_id,
                                .paid_on = day_of(hearing),
                                .channel = hearing->heard->channel,
                                .bank_ref = hearing->heard->bank_no};
    apr_status_t status = wp_credit_add(hearing->act->db, hearing->act->args, &credit);

    hearing->outcome->credit = id;
    return status == APR_SUCCESS ? tell(hearing, id, "again", id) : status;
}

/* Billing must be told that what it has is gone, and money that was given back as well is lost. */
static apr_status_t take_credit_back(hearing_t *hearing)
{
    wp_act_t *act = hearing->act;
    const wp_credit_t *credit;
    apr_status_t status = wp_credit_latest(act->db, hearing->payment->payment_id, &credit);

    if (status != APR_SUCCESS || !credit)
        return status;
    status = wp_credit_take_back(act->db, act->args, credit);
    if (status != APR_SUCCESS || !(credit->handed || credit->refunded))
        return status;
    return tell(hearing, apr_pstrcat(wp_act_pool(act), credit->credit_id, " taken_back", NULL), "taken_back",
                credit->credit_id);
}

/* It is never more than one that comes or goes with one piece of news. */
static apr_status_t keep_credits(hearing_t *hearing)
{
    if (!hearing->weighed || hearing->after.surplus == hearing->before.surplus)
        return APR_SUCCESS;
    return hearing->after.surplus > hearing->before.surplus ? add_credit(hearing) : take_credit_back(hearing);
}

static apr_status_t tell_taken_back(const hearing_t *hearing)
{
    const char *id = hearing->payment->payment_id;
    bool handed;
    apr_status_t status = wp_payment_is_handed(hearing->act->db, id, &handed);

    if (status != APR_SUCCESS || !handed)
        return status;
    return tell(hearing,
                apr_psprintf(wp_act_pool(hearing->act), "%s taken_back %" APR_INT64_T_FMT, id, hearing->reversals),
                "taken_back", NULL);
}

/* Money that differs and moves nothing would be seen by nobody before the statement shows it. */
static apr_status_t tell_otherwise(const hearing_t *hearing)
{
    const char *no = hearing->heard->bank_no ? hearing->heard->bank_no : "-";
    return tell(hearing, apr_pstrcat(wp_act_pool(hearing->act), hearing->payment->payment_id, " ", no, NULL),
                hearing->outcome->why, NULL);
}

/* --- one after the other --- */

static apr_status_t carry_out(hearing_t *hearing, const wp_payment_move_t *step)
{
    apr_status_t status = step->moves ? move(hearing, step) : APR_SUCCESS;

    if (status == APR_SUCCESS)
        status = keep_credits(hearing);
    if (status == APR_SUCCESS && step->reverses)
        status = tell_taken_back(hearing);
    if (status == APR_SUCCESS && !step->moves && hearing->told && hearing->outcome->why)
        status = tell_otherwise(hearing);
    return status;
}

static apr_status_t decide(hearing_t *hearing)
{
    wp_payment_outcome_t *outcome = hearing->outcome;
    apr_status_t status = APR_SUCCESS;

    outcome->why = wp_payment_difference_name(compare(hearing));
    if (is_of_money(hearing->heard->news))
        status = weigh(hearing);
    if (status != APR_SUCCESS)
        return status;
    wp_payment_move_t step = wp_payment_next(hearing->payment->state, news_of(hearing));
    status = carry_out(hearing, &step);
    outcome->decision = step.moves        ? WP_HEARD_MOVED
                        : outcome->credit ? WP_HEARD_AGAIN
                        : step.repeats    ? WP_HEARD_DUPLICATE
                                          : WP_HEARD_IGNORED;
    const wp_payment_name_t name = {.payment_id = hearing->payment->payment_id};
    return status == APR_SUCCESS && step.moves ? wp_payment_find(hearing->act->db, &name, &outcome->payment) : status;
}

static const char *const said[WP_NEWS_KINDS] =
    {[WP_NEWS_LEFT] = "left",           [WP_NEWS_PENDING] = "pending",     [WP_NEWS_PAID] = "paid",
     [WP_NEWS_PAID_OTHERWISE] = "paid", [WP_NEWS_CANCELLED] = "cancelled", [WP_NEWS_FAILED] = "failed",
     [WP_NEWS_EXPIRED] = "expired",     [WP_NEWS_STATEMENT] = "paid",      [WP_NEWS_REVERSED] = "reversed"};

static apr_status_t write_event(wp_act_t *act, const wp_payment_heard_t *heard, const wp_payment_outcome_t *outcome)
{
    const wp_payment_t *payment = outcome->payment;
    const wp_payment_event_t event = {.payment_id = payment ? payment->payment_id : NULL,
                                      .agreement = heard->agreement,
                                      .channel = heard->channel,
                                      .raw = heard->raw,
                                      .length = heard->length,
                                      .signature = heard->signature,
                                      .key_tag = heard->key_tag,
                                      .said = heard->silent ? "nothing" : said[heard->news],
                                      .decision = wp_heard_decision_name(outcome->decision),
                                      .state = payment ? wp_payment_state_name(payment->state) : NULL,
                                      .why = outcome->why,
                                      .repeated = outcome->decision != WP_HEARD_MOVED &&
                                                  outcome->decision != WP_HEARD_AGAIN};
    return wp_payment_event_add(act->db, act->args, &event);
}

static apr_status_t find_held(hearing_t *hearing)
{
    wp_db_t *db = hearing->act->db;

    hearing->payment = hearing->heard->held;
    if (hearing->payment)
        return APR_SUCCESS;
    apr_status_t status = wp_payment_find(db, &hearing->heard->name, &hearing->payment);
    return status == APR_SUCCESS && hearing->payment
               ? wp_payment_hold(db, hearing->payment->payment_id, &hearing->payment)
               : status;
}

apr_status_t wp_payment_hear(wp_act_t *act, const wp_payment_heard_t *heard, wp_payment_outcome_t *outcome)
{
    hearing_t hearing = {.act = act, .heard = heard, .outcome = outcome};

    *outcome = (wp_payment_outcome_t){.decision = WP_HEARD_UNKNOWN};
    apr_status_t status = find_held(&hearing);
    outcome->payment = hearing.payment;
    if (hearing.payment)
        outcome->decision = WP_HEARD_IGNORED;
    if (status == APR_SUCCESS && hearing.payment && !heard->silent)
        status = decide(&hearing);
    return status == APR_SUCCESS ? write_event(act, heard, outcome) : status;
}

const char *wp_heard_decision_name(wp_heard_decision_t decision)
{
    static const char *const names[] = {[WP_HEARD_MOVED] = "moved",
                                        [WP_HEARD_AGAIN] = "again",
                                        [WP_HEARD_DUPLICATE] = "duplicate",
                                        [WP_HEARD_IGNORED] = "ignored",
                                        [WP_HEARD_UNKNOWN] = "unknown"};
    return names[decision];
}
