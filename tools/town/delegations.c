/* SPDX-License-Identifier: Apache-2.0 */
/* Rights that the named persons of the demo gave each other, one in each state, and the audit log of what was done and
 * viewed with them. */
#include <apr_strings.h>
#include <string.h>

#include "data/date_text.h"
#include "store/audit.h"
#include "town/write.h"

#include "base/banned.h"

#define ANNA    "01019012345"
#define JANIS   "02028054321"
#define ILZE    "32741905518"
#define PETERIS "15067710843"
#define LIGA    "32558120376"
#define MARTINS "23115911207"

/* Days are relative to the day that counts as today for the data. */
typedef struct delegation_t {
    const char *giver, *receiver; /* 11 digits; receiver NULL: an invitation that nobody has redeemed */
    const char *who, *contract_no, *point;
    const char *level, *state;
    int made, until;
} delegation_t;

/* clang-format off */
static const delegation_t delegations[] = {
    {ANNA,    JANIS,   "Jānis Ozols-Kalniņš", "10-45101", NULL,          "full",   "active",  -60,  305},
    {ANNA,    LIGA,    "Līga Šķēle",          "10-45101", NULL,          "pay",    "active",  -356, 9},
    {ANNA,    ILZE,    "Ilze, kaimiņiene",    "10-45101", "D000001P002", "submit", "offered", -3,   181},
    {ANNA,    PETERIS, "Pēteris Liepiņš",     "10-45101", NULL,          "full",   "draft",   0,    365},
    {JANIS,   ANNA,    "Anna Bērziņa",        "10-45112", NULL,          "read",   "active",  -240, -60},
    {LIGA,    JANIS,   "Jānis Ozols-Kalniņš", "20-00017", "D000006P001", "submit", "active",  -30,  335},
    {LIGA,    MARTINS, "Mārtiņš",             "10-45133", NULL,          "read",   "refused", -20,  345},
    {MARTINS, PETERIS, "Pēteris Liepiņš",     "10-45140", NULL,          "submit", "revoked", -90,  275},
    {PETERIS, NULL,    "Īrnieks, 1. dzīvoklis", "20-00300", "D000007P001", "submit", "offered", -2, 363},
};

/* Further entries of the audit log: kind and name of who acted; day and minute of the day. */
static const struct {
    const char *contract_no, *code, *name, *kind;
    wp_did_t did;
    const char *detail;
    int day, minute;
} events[] = {
    {"10-45101", JANIS, "Jānis Ozols-Kalniņš", "delegate", WP_DID_VIEWED, "readings.history", -58, 1122},
    {"10-45101", JANIS, "Jānis Ozols-Kalniņš", "delegate", WP_DID_VIEWED, "readings.form", -28, 1201},
    {"10-45101", JANIS, "Jānis Ozols-Kalniņš", "delegate", WP_DID_READINGS_SUBMITTED, NULL, -28, 1205},
    {"10-45101", NULL,  "Olga Vītola",         "staff",    WP_DID_VIEWED, "desk.contract", -13, 665},
    {"20-00017", JANIS, "Jānis Ozols-Kalniņš", "delegate", WP_DID_VIEWED, "readings.history", -9, 554},
    {"20-00300", NULL,  "Olga Vītola",         "staff",    WP_DID_VIEWED, "desk.contract", -41, 710},
};
/* clang-format on */

static const char *minute_text(apr_pool_t *pool, wp_date_t day, int minute)
{
    return wp_instant_text(pool, wp_riga_day_start(day) + (wp_instant_t)minute * 60);
}

/* Not random, unlike the portal's ids, but the same in each run. */
static const char *row_id(apr_pool_t *pool, const char *kind, int number)
{
    return apr_psprintf(pool, "%s%c%c", kind, 'a' + number / 26, 'a' + number % 26);
}

/* The receipt number that a readings_submitted entry names. */
static const char *receipt(apr_pool_t *pool, wp_date_t day)
{
    return apr_psprintf(pool, "R-%d-48120537", wp_date_split(day).year);
}

/* What was done last to a right in this state; false: it was neither answered nor ended. */
static bool last_deed(const char *state, wp_did_t *did)
{
    static const struct {
        const char *state;
        wp_did_t did;
    } deeds[] = {{"active", WP_DID_DELEGATION_ACCEPTED},
                 {"refused", WP_DID_DELEGATION_REFUSED},
                 {"revoked", WP_DID_DELEGATION_REVOKED}};
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        if (strcmp(deeds[i].state, state) == 0) {
            *did = deeds[i].did;
            return true;
        }
    }
    return false;
}

/* at: an instant as text. */
static apr_status_t write_event(wp_demo_writer_t *writer, wp_audit_t entry, const char *at)
{
    entry.id = row_id(wp_db_pool(writer->db), "demoauditauditaudi", writer->events++);
    entry.actor_tag = "demo-data";
    return wp_audit_add(writer->db, &entry, at);
}

/* Offered by the giver, then answered by the receiver or ended by the giver. */
static apr_status_t write_story(wp_demo_writer_t *writer, const delegation_t *d, const char *id)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    wp_audit_t entry = {.account = wp_demo_account_id(pool, d->giver),
                        .actor_name = wp_demo_name_of(pool, d->giver),
                        .actor_kind = "customer",
                        .contract = d->contract_no,
                        .action = strcmp(d->state, "draft") == 0 ? WP_DID_DELEGATION_DRAFTED
                                                                 : WP_DID_DELEGATION_OFFERED,
                        .detail = id};
    apr_status_t status = write_event(writer, entry, minute_text(pool, writer->as_of + d->made, 541));

    if (status != APR_SUCCESS || !last_deed(d->state, &entry.action))
        return status;
    if (entry.action != WP_DID_DELEGATION_REVOKED) {
        entry.account = wp_demo_account_id(pool, d->receiver);
        entry.actor_name = wp_demo_name_of(pool, d->receiver);
        entry.actor_kind = "delegate";
        entry.delegation = id;
    }
    return write_event(writer, entry, minute_text(pool, writer->as_of + d->made + 1, 1130));
}

static apr_status_t write_delegation(wp_demo_writer_t *writer, int number)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    const delegation_t *d = &delegations[number];
    const char *id = row_id(pool, "demodelegationdele", number);
    wp_did_t did;
    bool settled = last_deed(d->state, &did);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "delegation", id);
    wp_args_text(args, "contract", d->contract_no);
    wp_args_text(args, "point", d->point);
    wp_args_text(args, "account", wp_demo_account_id(pool, d->giver));
    wp_args_text(args, "giver", apr_pstrcat(pool, "PNOLV-", d->giver, NULL));
    wp_args_text(args, "receiver", d->receiver ? apr_pstrcat(pool, "PNOLV-", d->receiver, NULL) : NULL);
    wp_args_text(args, "who", d->who);
    /* the hash of a secret that nobody knows */
    wp_args_text(args, "invite_hash", d->receiver ? NULL : apr_pstrcat(pool, "demo-", id, NULL));
    wp_args_text(args, "invite_until", d->receiver ? NULL : minute_text(pool, writer->as_of + d->made + 14, 541));
    wp_args_text(args, "level", d->level);
    wp_args_text(args, "since", wp_date_text(pool, writer->as_of + d->made));
    wp_args_text(args, "until", wp_date_text(pool, writer->as_of + d->until));
    wp_args_text(args, "state", d->state);
    wp_args_text(args, "created", minute_text(pool, writer->as_of + d->made, 540));
    wp_args_text(args, "settled", settled ? minute_text(pool, writer->as_of + d->made + 1, 1130) : NULL);
    apr_status_t status = wp_db_change(writer->db, "demo_delegation_insert", args, NULL);
    return status == APR_SUCCESS ? write_story(writer, d, id) : status;
}

apr_status_t wp_demo_write_delegations(wp_demo_writer_t *writer)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < (int)(sizeof(delegations) / sizeof(delegations[0])) && status == APR_SUCCESS; i++)
        status = write_delegation(writer, i);
    for (int i = 0; i < (int)(sizeof(events) / sizeof(events[0])) && status == APR_SUCCESS; i++) {
        const wp_date_t day = writer->as_of + events[i].day;
        const wp_audit_t entry = {.account = events[i].code ? wp_demo_account_id(pool, events[i].code) : NULL,
                                  .actor_name = events[i].name,
                                  .actor_kind = events[i].kind,
                                  .contract = events[i].contract_no,
                                  .action = events[i].did,
                                  .detail = events[i].detail ? events[i].detail : receipt(pool, day)};
        status = write_event(writer, entry, minute_text(pool, day, events[i].minute));
    }
    return status;
}
