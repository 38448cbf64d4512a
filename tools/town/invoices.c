/* SPDX-License-Identifier: Apache-2.0 */
#include "town/invoices.h"

#include <apr_strings.h>
#include <string.h>

#include "town/papers.h"
#include "domain/money.h"
#include "domain/month.h"

#include "base/banned.h"

#define MONTHS_NAMED    WP_DEMO_MONTHS_MAX
#define MONTHS_LOAD     24
#define MONTHS_BULK     3
#define NUMBER_LOAD     100 /* customers from this number on are users of the load tests */
#define ISSUE_DAY       4   /* day of the following month */
#define DAYS_TO_PAY     21
#define VAT_RATE        2100
#define PENALTY_C       250
#define CREDIT_C        2500
#define OVERBILLED_C    150 /* cents that an invoice charges above the tariff; credited on the next one */
#define OVERBILLED      3   /* the rank of that invoice */
#define CREDITED        4   /* the rank of the invoice that a credit note cancels */
#define CREDITED_L      10000
/* days before an invoice on which its prepayment arrives, or a credit note for the previous one */
#define DAYS_AHEAD      14
#define RECORDS_AT_ONCE 200

/* lengths of the records that the statements in sql/demo/demo.sql split */
#define INVOICE_SIZE 88
#define LINE_SIZE    71
#define PAYMENT_SIZE 31

/* How a contract's invoices are paid: together the named persons show every state. */
typedef enum fate_t {
    FATE_PAID,      /* on time; the newest may still be open, depending on the day */
    FATE_SETTLED,   /* everything paid */
    FATE_DUE_SOON,  /* the newest is due in three days */
    FATE_OVERDUE,   /* the one before the newest is overdue, the newest is not due yet */
    FATE_CORRECTED, /* like FATE_DUE_SOON; an older one charged more than the tariff, and the next corrects it */
    FATE_PARTLY,    /* half of each of the two newest is paid */
    FATE_LATE,      /* each paid some days or weeks after it was due */
    FATE_LEFT,      /* the last invoice of a contract that has ended was never paid */
    FATE_DEBT,      /* nothing paid for three invoices, a penalty on the newest */
    FATE_CREDIT,    /* everything paid, and 25 EUR too much */
    FATE_PREPAID,   /* everything paid; half of the newest before it was issued */
    FATE_CREDITED   /* everything paid; a credit note for an older invoice was set off against the next one */
} fate_t;

static const struct {
    const char *contract_no;
    fate_t fate;
} fates[] = {{"10-45101", FATE_CORRECTED}, {"10-45110", FATE_OVERDUE}, {"10-45111", FATE_CREDIT},
             {"10-45127", FATE_SETTLED},   {"10-45133", FATE_PARTLY},  {"10-45140", FATE_DEBT},
             {"10-45097", FATE_LEFT},      {"20-00017", FATE_LATE},    {"20-00300", FATE_DUE_SOON},
             {"20-00301", FATE_PREPAID},   {"20-00302", FATE_CREDITED}};

/* Rain water of a building: W = 10 · H · F · ψ · 0.7 m³ a year, with 671 mm on 0.25 ha, of which nine tenths run
 * off. */
#define RAIN_MONTH_L (10 * 671 * 25 * 9 * 7 / 12)

typedef struct used_t {
    int64_t litres[WP_DEMO_MONTHS_MAX + 1]; /* indexed by months before --as-of */
    const char *meter_id[WP_DEMO_MONTHS_MAX + 1];
} used_t;

typedef struct records_t {
    char *text;
    int count;
} records_t;

struct wp_demo_bill_t {
    const wp_demo_contract_t *contract;
    apr_pool_t *pool;
    wp_date_t as_of;
    wp_demo_random_t random;
    fate_t fate;
    int months, points;
    bool rain;
    bool portal; /* paid through the portal */
    used_t *used;
    records_t invoices, lines, payments;
};

typedef struct invoice_t {
    int ago, rank; /* rank: 0 is the newest */
    wp_month_t month;
    wp_date_t issued_on, due_on;
    int64_t net, vat, total, paid;
    int lines;
} invoice_t;

static fate_t fate_of(const char *contract_no)
{
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
        if (strcmp(fates[i].contract_no, contract_no) == 0)
            return fates[i].fate;
    return FATE_PAID;
}

wp_demo_bill_t *wp_demo_bill_make(const wp_demo_writer_t *writer, const wp_demo_contract_t *contract, int number)
{
    apr_pool_t *pool = wp_db_pool(writer->db);
    wp_demo_bill_t *bill = apr_pcalloc(pool, sizeof *bill);
    uint64_t stream = UINT64_C(2) << 32 | (uint64_t)number << 4 | (uint64_t)(contract->contract_no[1] - '0');

    bill->contract = contract;
    bill->pool = pool;
    bill->as_of = writer->as_of;
    bill->random = wp_demo_random_make(writer->seed, stream);
    bill->fate = fate_of(contract->contract_no);
    bill->months = number >= WP_DEMO_BULK_FIRST ? MONTHS_BULK : number >= NUMBER_LOAD ? MONTHS_LOAD : MONTHS_NAMED;
    bill->rain = wp_demo_has_rain(contract);
    bill->portal = number >= WP_DEMO_BULK_FIRST && number % 10 < 3;
    bill->used = apr_pcalloc(pool, sizeof *bill->used * (apr_size_t)contract->points);
    return bill;
}

/* The difference between two counter values; if the second is lower, the counter has passed its end. */
static int64_t moved(const wp_demo_point_t *point, int64_t from, int64_t to)
{
    int64_t turn = 1000;
    for (int i = 0; i < point->digits; i++)
        turn *= 10;
    return to >= from ? to - from : to - from + turn;
}

/* Follows billing: an estimate is billed and the next reading evens it out; a month without any value is billed with
 * the next one. */
void wp_demo_bill_point(wp_demo_bill_t *bill, const wp_demo_series_t *series, const char *const meter_ids[2])
{
    const wp_demo_point_t *point = &bill->contract->point[bill->points];
    used_t *used = &bill->used[bill->points++];
    int64_t base = 0;

    for (int i = 0; i < series->count; i++) {
        const wp_reading_t *r = &series->reading[i];
        int ago = wp_month_of(bill->as_of) - wp_month_of(r->on);
        if (r->kind == WP_READING_MISSING)
            continue;
        if (i > 0 && r->kind != WP_READING_SWAP_START && ago >= 0 && ago <= WP_DEMO_MONTHS_MAX) {
            used->litres[ago] += moved(point, base, r->litres);
            used->meter_id[ago] = meter_ids[r->device];
        }
        base = r->litres;
    }
}

/* text must be exactly size characters long. */
static void add_record(const wp_demo_bill_t *bill, records_t *records, int size, const char *text)
{
    if (!records->text)
        records->text = apr_pcalloc(bill->pool, (apr_size_t)(RECORDS_AT_ONCE * size + 1));
    memcpy(records->text + records->count++ * size, text, (size_t)size);
}

static apr_status_t flush(wp_demo_writer_t *writer, const wp_demo_bill_t *bill, records_t *records,
                          const char *statement)
{
    wp_args_t *args = wp_args_make(bill->pool, NULL);
    int count = records->count;

    records->count = 0;
    if (count == 0)
        return APR_SUCCESS;
    wp_args_text(args, "contract", bill->contract->contract_no);
    wp_args_text(args, "records", records->text);
    wp_args_int(args, "count", count);
    wp_args_int(args, "portal", bill->portal);
    return wp_db_change(writer->db, statement, args, NULL);
}

static apr_status_t flush_full(wp_demo_writer_t *writer, const wp_demo_bill_t *bill, records_t *records,
                               const char *statement)
{
    return records->count == RECORDS_AT_ONCE ? flush(writer, bill, records, statement) : APR_SUCCESS;
}

typedef struct line_t {
    const char *service, *meter_id; /* meter_id NULL: of the whole contract */
    int64_t litres, net;
    int price, vat_rate; /* price 0: a lump sum */
} line_t;

static const char *number_text(apr_pool_t *pool, int64_t number)
{
    return number > 0 ? apr_psprintf(pool, "%" APR_INT64_T_FMT, number) : "";
}

static apr_status_t add_line(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice, const line_t *line)
{
    char month[WP_MONTH_SIZE];

    wp_month_format(invoice->month, month);
    add_record(bill, &bill->lines, LINE_SIZE,
               apr_psprintf(bill->pool, "%7s%4d%-8s%-14s%12s%8s%12" APR_INT64_T_FMT "%6d", month, ++invoice->lines,
                            line->service, line->meter_id ? line->meter_id : "", number_text(bill->pool, line->litres),
                            number_text(bill->pool, line->price), line->net, line->vat_rate));
    invoice->net += line->net;
    return flush_full(writer, bill, &bill->lines, "demo_invoice_lines_insert");
}

/* The tariff on the first day of the period; prices change only at the start of a month. */
static const wp_demo_tariff_t *tariff_of(wp_month_t month)
{
    const wp_demo_tariff_t *found = wp_demo_tariffs;
    for (const wp_demo_tariff_t *tariff = found; tariff->year != 0; tariff++)
        if (wp_month_make(tariff->year, tariff->month) <= month)
            found = tariff;
    return found;
}

static apr_status_t add_use(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice, int point)
{
    const used_t *used = &bill->used[point];
    const wp_demo_tariff_t *tariff = tariff_of(invoice->month);
    line_t line = {.service = "water",
                   .meter_id = used->meter_id[invoice->ago],
                   .litres = used->litres[invoice->ago],
                   .price = tariff->water,
                   .vat_rate = VAT_RATE};

    if (line.litres <= 0)
        return APR_SUCCESS;
    line.net = wp_money_line(line.litres, line.price);
    if (bill->fate == FATE_CORRECTED && invoice->rank == OVERBILLED && invoice->lines == 0)
        line.net += OVERBILLED_C;
    apr_status_t status = add_line(writer, bill, invoice, &line);
    if (status != APR_SUCCESS || bill->contract->point[point].use == WP_DEMO_GARDEN) /* no sewage for a garden */
        return status;
    line.service = "sewage";
    line.price = tariff->sewage;
    line.net = wp_money_line(line.litres, line.price);
    return add_line(writer, bill, invoice, &line);
}

static apr_status_t add_lines(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice)
{
    apr_status_t status = APR_SUCCESS;
    int price = tariff_of(invoice->month)->sewage;

    for (int i = 0; i < bill->points && status == APR_SUCCESS; i++)
        status = add_use(writer, bill, invoice, i);
    if (bill->rain && status == APR_SUCCESS)
        status = add_line(writer, bill, invoice,
                          &(line_t){.service = "rain",
                                    .litres = RAIN_MONTH_L,
                                    .price = price,
                                    .net = wp_money_line(RAIN_MONTH_L, price),
                                    .vat_rate = VAT_RATE});
    if (bill->fate == FATE_CORRECTED && invoice->rank == OVERBILLED - 1 && status == APR_SUCCESS)
        status = add_line(writer, bill, invoice,
                          &(line_t){.service = "other", .net = -OVERBILLED_C, .vat_rate = VAT_RATE});
    invoice->vat = wp_money_vat(invoice->net, VAT_RATE);
    if (bill->fate == FATE_DEBT && invoice->rank == 0 && invoice->lines > 0 && status == APR_SUCCESS)
        status = add_line(writer, bill, invoice, &(line_t){.service = "penalty", .net = PENALTY_C});
    invoice->total = invoice->net + invoice->vat;
    return status;
}

/* month 0: a payment that no invoice asked for */
static apr_status_t add_payment(wp_demo_writer_t *writer, wp_demo_bill_t *bill, wp_month_t month, wp_date_t on,
                                int64_t cents)
{
    char name[WP_MONTH_SIZE] = "", day[WP_DATE_SIZE];

    wp_date_format_iso(on, day);
    if (month != 0)
        wp_month_format(month, name);
    add_record(bill, &bill->payments, PAYMENT_SIZE,
               apr_psprintf(bill->pool, "%7s%2d%10s%12" APR_INT64_T_FMT, name, bill->payments.count % 90, day, cents));
    return flush_full(writer, bill, &bill->payments, "demo_payments_insert");
}

static apr_status_t pay(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice, wp_date_t on, int64_t cents)
{
    if (on > bill->as_of || cents <= 0)
        return APR_SUCCESS;
    invoice->paid += cents;
    return add_payment(writer, bill, invoice->month, on, cents);
}

/* On time, now and then in two parts. */
static apr_status_t pay_in_time(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice)
{
    wp_date_t on = invoice->issued_on + (wp_date_t)wp_demo_random_between(&bill->random, 2, DAYS_TO_PAY - 4);
    int64_t left = invoice->total - invoice->paid;
    int64_t first = wp_demo_random_chance(&bill->random, 50) ? left / 2 : left;

    if (bill->fate != FATE_PAID && on > bill->as_of)
        on = bill->as_of;
    apr_status_t status = pay(writer, bill, invoice, on, first);
    if (bill->fate != FATE_PAID && on + 3 > bill->as_of)
        return status != APR_SUCCESS ? status : pay(writer, bill, invoice, on, left - first);
    return status != APR_SUCCESS ? status : pay(writer, bill, invoice, on + 3, left - first);
}

/* The amount that a credit note takes back from a month's water, with VAT. */
static int64_t credit_of(wp_month_t month)
{
    int64_t net = wp_money_line(CREDITED_L, tariff_of(month)->water);
    return net + wp_money_vat(net, VAT_RATE);
}

/* Writes what preceded the invoice: a payment, or a credit note for the previous invoice. */
static apr_status_t pay_ahead(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice)
{
    wp_date_t on = invoice->issued_on - DAYS_AHEAD;

    if (bill->fate == FATE_PREPAID && invoice->rank == 0)
        return pay(writer, bill, invoice, on, invoice->total / 2);
    if (bill->fate == FATE_CREDITED && invoice->rank == CREDITED - 1)
        return pay(writer, bill, invoice, on, credit_of(invoice->month - 1));
    return APR_SUCCESS;
}

static apr_status_t settle(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice)
{
    bool newest = invoice->rank == 0;

    switch (bill->fate) {
    case FATE_DUE_SOON:
    case FATE_CORRECTED:
        if (newest) {
            invoice->due_on = bill->as_of + 3;
            return APR_SUCCESS;
        }
        break;
    case FATE_OVERDUE:
        if (newest)
            invoice->due_on = bill->as_of + 8;
        if (invoice->rank < 2)
            return APR_SUCCESS;
        break;
    case FATE_PARTLY:
        if (newest)
            invoice->due_on = bill->as_of + 6;
        if (invoice->rank < 2)
            return pay(writer, bill, invoice, bill->as_of - 1, invoice->total / 2);
        break;
    case FATE_LEFT:
        if (newest)
            return APR_SUCCESS;
        break;
    case FATE_LATE:
        return pay(writer, bill, invoice, invoice->due_on + (wp_date_t)wp_demo_random_between(&bill->random, 3, 25),
                   invoice->total);
    case FATE_DEBT:
        if (invoice->rank < 3)
            return APR_SUCCESS;
        break;
    default:
        break;
    }
    apr_status_t status = pay_ahead(writer, bill, invoice);
    return status == APR_SUCCESS ? pay_in_time(writer, bill, invoice) : status;
}

static apr_status_t write_invoice(wp_demo_writer_t *writer, wp_demo_bill_t *bill, invoice_t *invoice)
{
    char issued[WP_DATE_SIZE], due[WP_DATE_SIZE], from[WP_DATE_SIZE], until[WP_DATE_SIZE];
    apr_status_t status = add_lines(writer, bill, invoice);

    if (status != APR_SUCCESS || invoice->lines == 0)
        return status;
    status = settle(writer, bill, invoice);
    wp_date_format_iso(invoice->issued_on, issued);
    wp_date_format_iso(invoice->due_on, due);
    wp_date_format_iso(wp_month_first_day(invoice->month), from);
    wp_date_format_iso(wp_month_last_day(invoice->month), until);
    add_record(bill, &bill->invoices, INVOICE_SIZE,
               apr_psprintf(bill->pool,
                            "%s%s%s%s%12" APR_INT64_T_FMT "%12" APR_INT64_T_FMT "%12" APR_INT64_T_FMT
                            "%12" APR_INT64_T_FMT,
                            issued, due, from, until, invoice->net, invoice->vat, invoice->total,
                            invoice->total - invoice->paid));
    return status != APR_SUCCESS ? status : flush_full(writer, bill, &bill->invoices, "demo_invoices_insert");
}

static bool is_billed(const wp_demo_bill_t *bill, int ago)
{
    for (int i = 0; i < bill->points; i++)
        if (bill->used[i].litres[ago] > 0)
            return true;
    return false;
}

/* Takes back water that was billed by mistake, on the day on which the next invoice was set off against it. */
static apr_status_t write_credit_note(wp_demo_writer_t *writer, wp_demo_bill_t *bill, wp_month_t month, wp_date_t on)
{
    wp_args_t *args = wp_args_make(bill->pool, NULL);
    int price = tariff_of(month)->water;
    int64_t net = wp_money_line(CREDITED_L, price), total = credit_of(month);
    const char *number = apr_psprintf(bill->pool, "%02d/%s-%02d", wp_month_year(month) % 100,
                                      bill->contract->contract_no, wp_month_in_year(month));
    char day[WP_DATE_SIZE];

    wp_date_format_iso(on, day);
    wp_args_text(args, "credited", number);
    wp_args_text(args, "invoice", apr_pstrcat(bill->pool, number, "-K", NULL));
    wp_args_text(args, "day", day);
    wp_args_int(args, "litres", -CREDITED_L);
    wp_args_int(args, "price", price);
    wp_args_int(args, "net", -net);
    wp_args_int(args, "vat", net - total);
    apr_status_t status = wp_db_change(writer->db, "demo_credit_note_insert", args, NULL);
    if (status == APR_SUCCESS)
        status = wp_db_change(writer->db, "demo_credit_note_line_insert", args, NULL);
    writer->tally.invoices++;
    return status == APR_SUCCESS ? wp_db_change(writer->db, "demo_credit_note_payment_insert", args, NULL) : status;
}

static apr_status_t write_credit(wp_demo_writer_t *writer, wp_demo_bill_t *bill, const invoice_t *credited)
{
    if (credited->rank != CREDITED)
        return APR_SUCCESS;
    return write_credit_note(writer, bill, credited->month,
                             wp_demo_month_day(bill->as_of, credited->ago - 2, ISSUE_DAY) - DAYS_AHEAD);
}

apr_status_t wp_demo_bill_write(wp_demo_writer_t *writer, wp_demo_bill_t *bill)
{
    apr_status_t status = APR_SUCCESS;
    invoice_t credited = {0};
    int rank = 0;

    for (int ago = 1; ago <= WP_DEMO_MONTHS_MAX && rank < bill->months && status == APR_SUCCESS; ago++) {
        wp_date_t issued_on = wp_demo_month_day(bill->as_of, ago - 1, ISSUE_DAY);
        if (issued_on > bill->as_of || !is_billed(bill, ago))
            continue;
        invoice_t invoice = {.ago = ago,
                             .rank = rank++,
                             .month = wp_month_of(bill->as_of) - ago,
                             .issued_on = issued_on,
                             .due_on = issued_on + DAYS_TO_PAY};
        status = write_invoice(writer, bill, &invoice);
        if (bill->fate == FATE_CREDITED && invoice.rank == CREDITED)
            credited = invoice;
    }
    if (status == APR_SUCCESS && bill->fate == FATE_CREDIT)
        status = add_payment(writer, bill, 0, bill->as_of - 20, CREDIT_C);
    writer->tally.invoices += rank;
    if (status == APR_SUCCESS)
        status = flush(writer, bill, &bill->invoices, "demo_invoices_insert");
    if (status == APR_SUCCESS)
        status = flush(writer, bill, &bill->lines, "demo_invoice_lines_insert");
    if (status == APR_SUCCESS)
        status = flush(writer, bill, &bill->payments, "demo_payments_insert");
    return status == APR_SUCCESS ? write_credit(writer, bill, &credited) : status;
}
