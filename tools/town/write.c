/* SPDX-License-Identifier: Apache-2.0 */
#include "town/papers.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "town/invoices.h"
#include "domain/reference.h"

#include "data/date_text.h"

#include "base/banned.h"

#define RECORD_SIZE   32 /* see demo_readings_insert in sql/demo/demo.sql */
#define HOUR          3600
#define PORTAL_MONTHS 3 /* for this long, readings of bulk customers have come through the portal */

/* Billing's names; it distinguishes a customer's reading from one taken by its own meter reader. */
static const char *const kind_names[] =
    {[WP_READING_READ] = "customer",     [WP_READING_STAFF] = "staff",           [WP_READING_REMOTE] = "remote",
     [WP_READING_SWAP_END] = "swap_end", [WP_READING_SWAP_START] = "swap_start", [WP_READING_ESTIMATED] = "estimated",
     [WP_READING_MISSING] = "missing"};

/* A customer while it is being written. */
typedef struct entry_t {
    wp_demo_writer_t *writer;
    const wp_demo_customer_t *customer;
    const char *customer_no;
    wp_demo_random_t random;
    apr_pool_t *pool;
    int points, meters;       /* how many have been numbered so far */
    wp_demo_placed_t *placed; /* the point that is being written */
} entry_t;

static const char *date_text(apr_pool_t *pool, wp_date_t date)
{
    return date ? wp_date_text(pool, date) : NULL;
}

/* The instant that many hours after the day began in Riga. */
static const char *time_text(apr_pool_t *pool, wp_date_t day, int hours)
{
    return wp_instant_text(pool, wp_riga_day_start(day) + (wp_instant_t)hours * HOUR);
}

static const char *customer_number(apr_pool_t *pool, const wp_demo_customer_t *customer)
{
    return apr_psprintf(pool, "DEMO-%06d", customer->number);
}

static const char *person_code(apr_pool_t *pool, const char *digits)
{
    return !digits ? NULL : apr_pstrcat(pool, "PNOLV-", digits, NULL);
}

/* Formats the device's readings as records for demo_readings_insert; returns how many. */
static int format_records(const wp_demo_series_t *series, int device, char *records)
{
    int count = 0;

    for (int i = 0; i < series->count; i++) {
        const wp_reading_t *r = &series->reading[i];
        char day[WP_DATE_SIZE], value[13] = "";
        if (r->device != device)
            continue;
        wp_date_format_iso(r->on, day);
        if (r->kind != WP_READING_MISSING)
            snprintf(value, sizeof(value), "%lld", (long long)r->litres);
        snprintf(records + (size_t)count * RECORD_SIZE, RECORD_SIZE + 1, "%s%12s%-10s", day, value,
                 kind_names[r->kind]);
        count++;
    }
    return count;
}

static apr_status_t write_readings(entry_t *e, const char *meter_id, const wp_demo_series_t *series, int device)
{
    char records[WP_DEMO_READINGS_MAX * RECORD_SIZE + 1];
    int count = format_records(series, device, records);
    wp_args_t *args = wp_args_make(e->pool, NULL);
    int minute = (int)wp_demo_random_between(&e->random, 0, 59);

    if (count == 0)
        return APR_SUCCESS;
    wp_args_text(args, "meter", meter_id);
    wp_args_text(args, "clock", apr_psprintf(e->pool, "%02d:%02d:00", minute % 12 + 6, minute));
    wp_args_text(args, "records", records);
    wp_args_int(args, "count", count);
    wp_args_text(args, "portal_from",
                 wp_demo_is_bulk(e->customer)
                     ? date_text(e->pool, wp_demo_month_day(e->writer->as_of, PORTAL_MONTHS, 1))
                     : NULL);
    e->writer->tally.readings += count;
    return wp_db_change(e->writer->db, "demo_readings_insert", args, NULL);
}

static const char *meter_serial(entry_t *e, const wp_demo_point_t *point, bool current)
{
    const char *made_up = apr_psprintf(e->pool, "%d", (int)wp_demo_random_between(&e->random, 30000000, 59999999));
    return current && point->serial ? point->serial : made_up;
}

/* The given number of years before the verification expires, but not after the meter was installed. */
static wp_date_t verified_on(const wp_demo_point_t *point, const wp_demo_device_t *device)
{
    wp_date_t on = wp_demo_month_day(device->verified_until, point->remote ? 72 : 48, 31);
    return on < device->installed_on ? on : device->installed_on - 7;
}

static apr_status_t write_meter(entry_t *e, const wp_demo_contract_t *contract, const wp_demo_point_t *point,
                                const wp_demo_series_t *series, int device)
{
    const wp_demo_device_t *d = &series->device[device];
    const char *meter_id = apr_psprintf(e->pool, "D%06d%03d", e->customer->number, ++e->meters);
    const char *serial = meter_serial(e, point, device == series->devices - 1);
    wp_args_t *args = wp_args_make(e->pool, NULL);

    wp_args_text(args, "meter", meter_id);
    wp_args_text(args, "contract", contract->contract_no);
    wp_args_text(args, "point", apr_psprintf(e->pool, "D%06dP%03d", e->customer->number, e->points));
    wp_args_int(args, "position", point - contract->point + 1); /* in the order of the contract */
    wp_args_text(args, "place", point->place);
    wp_args_text(args, "serial", serial);
    wp_args_text(args, "size", point->daily_l > 3000 ? "DN40" : point->daily_l > 1000 ? "DN25" : "DN15");
    wp_args_int(args, "digits", point->digits);
    wp_args_int(args, "decimals", point->decimals);
    wp_args_int(args, "remote", point->remote);
    wp_args_text(args, "installed", date_text(e->pool, d->installed_on));
    wp_args_text(args, "removed", date_text(e->pool, d->removed_on));
    wp_args_text(args, "verified_on", date_text(e->pool, verified_on(point, d)));
    wp_args_text(args, "verified", date_text(e->pool, d->verified_until));
    wp_args_text(args, "policy", point->remote ? "ultrasonic" : "mechanical");
    e->placed->meter_id[device] = meter_id;
    e->placed->serial[device] = serial;
    e->writer->tally.meters++;
    apr_status_t status = wp_db_change(e->writer->db, "demo_meter_insert", args, NULL);
    return status != APR_SUCCESS ? status : write_readings(e, meter_id, series, device);
}

static apr_status_t write_point(entry_t *e, const wp_demo_contract_t *contract, const wp_demo_point_t *point)
{
    wp_demo_series_t *series = apr_palloc(e->pool, sizeof(*series));
    apr_status_t status = APR_SUCCESS;

    e->points++;
    wp_demo_series_make(series, point, e->writer->as_of, &e->random);
    *e->placed = (wp_demo_placed_t){.point = point, .series = series};
    for (int i = 0; i < series->devices && status == APR_SUCCESS; i++)
        status = write_meter(e, contract, point, series, i);
    return status;
}

static apr_status_t write_premises(entry_t *e, const wp_demo_contract_t *contract, const char *premises_id)
{
    wp_args_t *args = wp_args_make(e->pool, NULL);

    wp_args_text(args, "premises", premises_id);
    wp_args_text(args, "address", contract->address);
    wp_args_text(args, "locality", contract->locality);
    wp_args_text(args, "postcode", contract->postcode);
    wp_args_text(args, "cadastre", apr_psprintf(e->pool, "0100%07d", e->customer->number));
    return wp_db_change(e->writer->db, "demo_premises_insert", args, NULL);
}

/* Signed in the month before the first reading, unless the contract says otherwise. */
static wp_date_t signed_on(const wp_demo_contract_t *contract, wp_date_t as_of)
{
    int months = 0;
    if (contract->since > 0)
        return wp_demo_month_day(as_of, contract->since, 12);
    for (int i = 0; i < contract->points; i++)
        if (contract->point[i].months > months)
            months = contract->point[i].months;
    return wp_demo_month_day(as_of, months + 1, 12);
}

static void bind_payment(entry_t *e, const wp_demo_contract_t *contract, wp_args_t *args)
{
    static const char *const deliveries[] = {"email", "paper", "e-invoice"};
    const char *delivery = deliveries[e->customer->company ? 2 : e->customer->number % 3 == 0];
    char reference[WP_RF_SIZE];
    char *body = apr_pstrdup(e->pool, contract->contract_no);
    size_t length = 0;

    for (const char *c = contract->contract_no; *c != '\0'; c++)
        if (*c != '-')
            body[length++] = *c;
    body[length] = '\0';
    wp_rf_make(body, reference);
    wp_args_text(args, "reference", apr_pstrdup(e->pool, reference));
    wp_args_text(args, "delivery", delivery);
    wp_args_text(args, "delivery_to",
                 e->customer->company             ? apr_psprintf(e->pool, "0218:40203%06d", e->customer->number)
                 : strcmp(delivery, "email") == 0 ? apr_psprintf(e->pool, "klients%d@example.org", e->customer->number)
                                                  : apr_pstrcat(e->pool, contract->address, ", ", contract->locality,
                                                                ", ", contract->postcode, NULL));
}

static apr_status_t write_papers(const entry_t *e, const wp_demo_contract_t *contract, const wp_demo_placed_t *placed)
{
    wp_date_t as_of = e->writer->as_of;
    const wp_demo_papers_t papers = {.customer = e->customer,
                                     .contract = contract,
                                     .placed = placed,
                                     .signed_on = signed_on(contract, as_of),
                                     .ended_on = contract->ended == 0 ? 0
                                                                      : wp_demo_month_day(as_of, contract->ended, 31)};
    return wp_demo_write_papers(e->writer, &papers);
}

static apr_status_t write_bills(const entry_t *e, const wp_demo_contract_t *contract, const wp_demo_placed_t *placed)
{
    wp_demo_bill_t *bill = wp_demo_bill_make(e->writer, contract, e->customer->number);
    for (int i = 0; i < contract->points; i++)
        wp_demo_bill_point(bill, placed[i].series, placed[i].meter_id);
    return wp_demo_bill_write(e->writer, bill);
}

static apr_status_t write_contract(entry_t *e, const wp_demo_contract_t *contract, int index)
{
    const char *premises_id = apr_psprintf(e->pool, "D%06dT%d", e->customer->number, index + 1);
    wp_date_t as_of = e->writer->as_of;
    wp_args_t *args = wp_args_make(e->pool, NULL);
    wp_demo_placed_t *placed = apr_pcalloc(e->pool, sizeof(*placed) * (size_t)(contract->points + 1));

    wp_args_text(args, "contract", contract->contract_no);
    wp_args_text(args, "customer", e->customer_no);
    wp_args_text(args, "premises", premises_id);
    wp_args_text(args, "signed", date_text(e->pool, signed_on(contract, as_of)));
    wp_args_text(args, "ended",
                 contract->ended == 0 ? NULL : date_text(e->pool, wp_demo_month_day(as_of, contract->ended, 31)));
    bind_payment(e, contract, args);
    e->writer->tally.contracts++;
    apr_status_t status = write_premises(e, contract, premises_id);
    if (status == APR_SUCCESS)
        status = wp_db_change(e->writer->db, "demo_contract_insert", args, NULL);
    for (int i = 0; i < contract->points && status == APR_SUCCESS; i++) {
        e->placed = &placed[i];
        status = write_point(e, contract, &contract->point[i]);
    }
    if (status == APR_SUCCESS)
        status = write_papers(e, contract, placed);
    return status == APR_SUCCESS ? write_bills(e, contract, placed) : status;
}

static apr_status_t write_representative(entry_t *e)
{
    wp_args_t *args = wp_args_make(e->pool, NULL);

    wp_args_text(args, "customer", e->customer_no);
    wp_args_text(args, "code", person_code(e->pool, e->customer->representative));
    wp_args_text(args, "since", date_text(e->pool, wp_demo_month_day(e->writer->as_of, 72, 1)));
    return wp_db_change(e->writer->db, "demo_representative_insert", args, NULL);
}

apr_status_t wp_demo_write_customer(wp_demo_writer_t *writer, const wp_demo_customer_t *customer)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    entry_t e = {.writer = writer,
                 .customer = customer,
                 .pool = pool,
                 .customer_no = customer_number(pool, customer),
                 .random = wp_demo_random_make(writer->seed, UINT64_C(1) << 32 | (uint64_t)customer->number)};
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "customer", e.customer_no);
    wp_args_text(args, "kind", customer->company ? "company" : "person");
    wp_args_text(args, "name", customer->name);
    wp_args_text(args, "code", person_code(pool, customer->code));
    wp_args_text(args, "reg_no", customer->company ? apr_psprintf(pool, "40203%06d", customer->number) : NULL);
    writer->tally.customers++;
    writer->customer_acts = 0;
    apr_status_t status = wp_db_change(writer->db, "demo_customer_insert", args, NULL);
    if (status == APR_SUCCESS && customer->representative)
        status = write_representative(&e);
    for (int i = 0; i < customer->contracts && status == APR_SUCCESS; i++)
        status = write_contract(&e, &customer->contract[i], i);
    return status;
}

/* Not random, unlike the portal's ids, but the same in each run: letters stand for the 11 digits. */
const char *wp_demo_account_id(apr_pool_t *pool, const char *code)
{
    char *id = apr_pstrcat(pool, "demoaccnt", code, NULL);
    for (char *c = id + strlen("demoaccnt"); *c != '\0'; c++)
        *c = (char)('a' + (*c - '0'));
    return id;
}

/* In a range that is not assigned to anybody. */
static const char *phone_of(apr_pool_t *pool, const char *code)
{
    return apr_pstrcat(pool, "+3710000", code + 7, NULL);
}

const char *wp_demo_name_of(apr_pool_t *pool, const char *code)
{
    for (const wp_demo_person_t *person = wp_demo_people; person->login; person++)
        if (strcmp(person->code, code) == 0)
            return apr_pstrcat(pool, person->given, " ", person->family, NULL);
    return NULL;
}

/* Everything by mail, outages also by text message. */
static apr_status_t write_consents(wp_demo_writer_t *writer, const wp_args_t *account, const char *id)
{
    static const struct {
        const char *kind, *channel, *place;
        bool given;
    } consents[] = {{"readings", "email", "a", true}, {"readings", "sms", "b", false}, {"invoices", "email", "c", true},
                    {"invoices", "sms", "d", false},  {"outages", "email", "e", true}, {"outages", "sms", "f", true}};
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < (int)(sizeof(consents) / sizeof(consents[0])) && status == APR_SUCCESS; i++) {
        wp_args_t *args = wp_args_make(wp_db_pool(writer->db), account);
        /* one letter of the account's id is replaced by the consent's */
        wp_args_text(args, "consent", apr_pstrcat(wp_db_pool(writer->db), consents[i].place, id + 1, NULL));
        wp_args_text(args, "kind", consents[i].kind);
        wp_args_text(args, "channel", consents[i].channel);
        wp_args_int(args, "given", consents[i].given);
        wp_args_text(args, "version", "2026-11");
        status = wp_db_change(writer->db, "demo_consent_insert", args, NULL);
    }
    return status;
}

static apr_status_t write_account_contracts(wp_demo_writer_t *writer, const wp_args_t *account,
                                            const wp_demo_customer_t *customer, const char *basis)
{
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < customer->contracts && status == APR_SUCCESS; i++) {
        wp_args_t *args = wp_args_make(wp_db_pool(writer->db), account);
        wp_args_text(args, "contract", customer->contract[i].contract_no);
        wp_args_text(args, "basis", basis);
        status = wp_db_change(writer->db, "demo_account_contract_insert", args, NULL);
    }
    return status;
}

static bool is_code(const char *code, const wp_demo_person_t *person)
{
    return code && strcmp(code, person->code) == 0;
}

apr_status_t wp_demo_write_account(wp_demo_writer_t *writer, const wp_demo_person_t *person,
                                   const wp_demo_customer_t *customers, int count)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    const char *id = wp_demo_account_id(pool, person->code);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "account", id);
    wp_args_text(args, "name", apr_pstrcat(pool, person->given, " ", person->family, NULL));
    wp_args_text(args, "language", "lv");
    wp_args_text(args, "email", apr_pstrcat(pool, person->login, "@example.org", NULL));
    wp_args_text(args, "phone", phone_of(pool, person->code));
    wp_args_text(args, "code", person_code(pool, person->code));
    wp_args_text(args, "at", time_text(pool, wp_demo_month_day(writer->as_of, 7, 14), 19));
    writer->tally.accounts++;
    apr_status_t status = wp_db_change(writer->db, "demo_account_insert", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(writer->db, "demo_person_code_insert", args, NULL);
    if (status == APR_SUCCESS)
        status = write_consents(writer, args, id);
    for (int i = 0; i < count && status == APR_SUCCESS; i++) {
        if (is_code(customers[i].code, person))
            status = write_account_contracts(writer, args, &customers[i], "customer");
        else if (is_code(customers[i].representative, person))
            status = write_account_contracts(writer, args, &customers[i], "representative");
    }
    return status;
}

/* What a person did in the account before: an address that was verified, access tokens in every state, a request for
 * erasure. Nobody has the tokens themselves: the hashes match nothing. */
static apr_status_t write_tokens(wp_demo_writer_t *writer, const wp_args_t *account, const char *id)
{
    static const struct {
        const char *name, *scopes, *place;
        int from_day, until_day, used_day, revoked_day; /* relative to as_of; 0: not applicable */
    } tokens[] = {{"Mājas automatizācija", "readings consumption", "g", -40, 50, -1, 0},
                  {"Grāmatvedības izklājlapa", "invoices", "h", -200, -20, -30, 0},
                  {"Vecais dators", "readings consumption invoices", "i", -100, 265, 0, -60}};
    apr_pool_t *pool = wp_db_pool(writer->db);
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < (int)(sizeof(tokens) / sizeof(tokens[0])) && status == APR_SUCCESS; i++) {
        wp_args_t *args = wp_args_make(pool, account);
        int used = tokens[i].used_day, revoked = tokens[i].revoked_day;
        wp_args_text(args, "token", apr_pstrcat(pool, tokens[i].place, id + 1, NULL));
        wp_args_text(args, "name", tokens[i].name);
        wp_args_text(args, "hash", apr_pstrcat(pool, "demo-", tokens[i].place, id + 1, NULL));
        wp_args_text(args, "scopes", tokens[i].scopes);
        wp_args_text(args, "at", time_text(pool, writer->as_of + tokens[i].from_day, 18));
        wp_args_text(args, "expires", date_text(pool, writer->as_of + tokens[i].until_day));
        wp_args_text(args, "used", used ? time_text(pool, writer->as_of + used, 6) : NULL);
        wp_args_text(args, "revoked", revoked ? time_text(pool, writer->as_of + revoked, 20) : NULL);
        status = wp_db_change(writer->db, "demo_token_insert", args, NULL);
    }
    return status;
}

static apr_status_t write_erasure(wp_demo_writer_t *writer, const wp_args_t *account, const char *id)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    wp_args_t *args = wp_args_make(pool, account);

    wp_args_text(args, "erasure", apr_pstrcat(pool, "j", id + 1, NULL));
    wp_args_text(args, "at", time_text(pool, writer->as_of - 3, 11));
    wp_args_text(args, "state", "asked");
    return wp_db_change(writer->db, "demo_erasure_insert", args, NULL);
}

static apr_status_t write_proof(wp_demo_writer_t *writer, wp_args_t *args, const char *change, const char *channel,
                                const char *value)
{
    wp_args_text(args, "change", change);
    wp_args_text(args, "channel", channel);
    wp_args_text(args, "value", value);
    return wp_db_change(writer->db, "demo_contact_insert", args, NULL);
}

apr_status_t wp_demo_write_account_history(wp_demo_writer_t *writer, const wp_demo_person_t *person)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    const char *id = wp_demo_account_id(pool, person->code);
    wp_args_t *args = wp_args_make(pool, NULL);

    wp_args_text(args, "account", id);
    wp_args_text(args, "at", time_text(pool, wp_demo_month_day(writer->as_of, 7, 14), 19));
    apr_status_t status = write_proof(writer, args, apr_pstrcat(pool, "k", id + 1, NULL), "email",
                                      apr_pstrcat(pool, person->login, "@example.org", NULL));
    if (status == APR_SUCCESS)
        status = write_proof(writer, args, apr_pstrcat(pool, "l", id + 1, NULL), "sms", phone_of(pool, person->code));
    if (status == APR_SUCCESS && strcmp(person->login, "anna") == 0)
        status = write_tokens(writer, args, id);
    if (status == APR_SUCCESS && strcmp(person->login, "martins") == 0)
        status = write_erasure(writer, args, id);
    return status;
}

typedef struct notice_t {
    const char *kind, *title, *place, *text;
    const char *contract;      /* the contract of the premises affected; NULL: none of the demo's */
    int from_day, from_hour;   /* relative to as_of, in Riga */
    int until_day, until_hour; /* until_hour 0: not known yet */
    bool ended;
} notice_t;

static const notice_t notices[] = {
    {"outage", "Avārija ūdensvadā", "Lielvārdes iela 101–125, Rīga",
     "Novēršam cauruļvada bojājumu. Dzeramo ūdeni piegādājam ar cisternu pie Lielvārdes ielas 117.", "20-00301", -1, 22,
     0, 0, false},
    {"outage", "Zems ūdens spiediens", "Teika, Rīga", "Spiediens atjaunots.", NULL, -1, 16, -1, 21, true},
    {"outage", "Avārija kanalizācijā", "Jūras iela 1–30, Saulkrasti", "Bojājums novērsts.", "10-45112", -9, 9, -8, 14,
     true},
    {"planned", "Ūdensvada aizbīdņa nomaiņa", "Stokholmas iela 12–30, Rīga",
     "Ūdens nebūs. Lūdzam sagatavot ūdens rezervi un aizvērt krānus.", "10-45127", 4, 10, 4, 12, false},
    {"planned", "Hidrantu pārbaude", "Mežciema iela, Rīga", "Ūdens var būt iekrāsots. Notecināt dažas minūtes.",
     "10-45101", 6, 9, 6, 16, false},
    {"planned", "Ūdens torņa skalošana", "Mārupe", "Darbi pabeigti.", "10-45140", -16, 22, -15, 5, true},
};

apr_status_t wp_demo_write_notices(wp_demo_writer_t *writer)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    apr_status_t status = APR_SUCCESS;

    for (int i = 0; i < (int)(sizeof(notices) / sizeof(notices[0])) && status == APR_SUCCESS; i++) {
        const notice_t *n = &notices[i];
        wp_args_t *args = wp_args_make(pool, NULL);
        wp_args_text(args, "notice", apr_psprintf(pool, "DEMO-%d", i + 1));
        wp_args_text(args, "kind", n->kind);
        wp_args_text(args, "title", n->title);
        wp_args_text(args, "place", n->place);
        wp_args_text(args, "starts", time_text(pool, writer->as_of + n->from_day, n->from_hour));
        wp_args_text(args, "ends",
                     n->until_hour == 0 ? NULL : time_text(pool, writer->as_of + n->until_day, n->until_hour));
        wp_args_text(args, "text", n->text);
        wp_args_int(args, "ended", n->ended);
        status = wp_db_change(writer->db, "demo_notice_insert", args, NULL);
        wp_args_text(args, "contract", n->contract);
        if (status == APR_SUCCESS && n->contract)
            status = wp_db_change(writer->db, "demo_notice_premises_insert", args, NULL);
    }
    return status;
}
