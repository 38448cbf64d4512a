/* SPDX-License-Identifier: Apache-2.0 */
/* The named persons of the demo: together they show every state that a meter can be in. tests/rig/idp/people.json names
 * the same persons for the identity provider; a test compares the two. */
#include <apr_strings.h>

#include "town/customers.h"

#include "base/banned.h"

#define COUNT(list)     ((int)(sizeof(list) / sizeof((list)[0])))
#define POINTS(list)    .points = COUNT(list), .point = (list)
#define CONTRACTS(list) .contracts = COUNT(list), .contract = (list)

#define ANNA    "01019012345"
#define JANIS   "02028054321"
#define ILZE    "32741905518"
#define PETERIS "15067710843"
#define LIGA    "32558120376"
#define MARTINS "23115911207"

/* clang-format off */
const wp_demo_person_t wp_demo_people[] = {
    {"anna", "bank-a", "Anna", "Bērziņa", ANNA, true, {"10-45101"},
     "owns one house: three meters, one of them read remotely"},
    {"janis", "bank-a", "Jānis", "Ozols-Kalniņš", JANIS, true, {"10-45110", "10-45111", "10-45112"},
     "owns three premises: a leak that has just begun, two meters easily exchanged, a new meter, one at rest"},
    {"ilze", "bank-a", "Ilze", "Kalniņa", ILZE, false, {"10-45127"},
     "new customer: log in and register contract 10-45127"},
    {"peteris", "bank-a", "Pēteris", "Liepiņš", PETERIS, true, {"20-00300", "20-00301", "20-00302", "20-00303"},
     "property manager: represents a company with 300 meters in four houses"},
    {"liga", "bank-a", "Līga", "Šķēle", LIGA, true, {"10-45133", "20-00017"},
     "own flat and a small company she represents; a meter swap and a rollover in the history"},
    {"martins", "bank-a", "Mārtiņš", "Žagars", MARTINS, true, {"10-45140"},
     "expired verification, estimated and missing readings, a contract that ended"},
    {"mallory", "bank-a", "Mallory", "<b>M</b>, \"x\"", "32990013370", false, {NULL},
     "hostile name, no contract"},
    {"olga", "staff", "Olga", "Vītola", "08088411926", false, {NULL},
     "works at the customer desk"},
    {.login = NULL},
};

static const wp_demo_point_t anna_points[] = {
    {.place = "Ūdens ievads", .serial = "41207736", .use = WP_DEMO_HOUSE, .daily_l = 245, .digits = 5, .decimals = 3,
     .months = 40, .read_day = 29, .start_m3 = 2, .verified = 8},
    {.place = "Dārza laistīšana", .serial = "38115902", .use = WP_DEMO_GARDEN, .daily_l = 210, .digits = 5,
     .decimals = 3, .months = 50, .read_day = 29, .start_m3 = 11, .verified = -2},
    {.place = "Pirtsmāja", .serial = "50118442", .use = WP_DEMO_SAUNA, .daily_l = 70, .digits = 5, .decimals = 3,
     .remote = true, .months = 22, .start_m3 = 1048, .verified = 50},
};
static const wp_demo_contract_t anna_contracts[] = {
    {"10-45101", "Mežciema iela 7", "Rīga", "LV-1079", POINTS(anna_points), .since = 79},
};

static const wp_demo_point_t janis_house[] = {
    {.place = "Ūdens ievads", .use = WP_DEMO_HOUSE, .daily_l = 310, .digits = 5, .decimals = 3, .months = 60,
     .read_day = 27, .start_m3 = 318, .swap = 33, .leak = 3, .verified = 15},
    {.place = "Dārzs", .use = WP_DEMO_GARDEN, .daily_l = 180, .digits = 5, .decimals = 0, .months = 36, .read_day = 27,
     .start_m3 = 74, .verified = 12},
};
/* the same pipes and the same habits: the two numbers of a month are easily mixed up, and one is then below its last
 * reading */
static const wp_demo_point_t janis_flat[] = {
    {.place = "Virtuve", .serial = "44021187", .use = WP_DEMO_FLAT, .daily_l = 96, .digits = 5, .decimals = 3,
     .months = 13, .read_day = 28, .start_m3 = 0, .verified = 35},
    {.place = "Vannasistaba", .serial = "44021178", .use = WP_DEMO_FLAT, .daily_l = 99, .digits = 5, .decimals = 3,
     .months = 13, .read_day = 28, .start_m3 = 3, .verified = 35},
};
static const wp_demo_point_t janis_cottage[] = {
    {.place = "Vasarnīca", .use = WP_DEMO_UNUSED, .daily_l = 0, .digits = 5, .decimals = 2, .months = 26,
     .read_day = 25, .start_m3 = 127, .verified = 22},
    {.place = "Jaunā piebūve", .use = WP_DEMO_HOUSE, .daily_l = 120, .digits = 5, .decimals = 3, .months = 0,
     .verified = 48},
};
static const wp_demo_contract_t janis_contracts[] = {
    {"10-45110", "Čiekuru iela 3", "Rīga", "LV-1026", POINTS(janis_house), .since = 79},
    {"10-45111", "Ieriķu iela 44–12", "Rīga", "LV-1084", POINTS(janis_flat), .since = 79},
    {"10-45112", "Jūras iela 19", "Saulkrasti", "LV-2160", POINTS(janis_cottage), .since = 79},
};

static const wp_demo_point_t ilze_points[] = {
    {.place = "Ūdens ievads", .serial = "41550163", .use = WP_DEMO_HOUSE, .daily_l = 240, .digits = 5, .decimals = 3,
     .months = 7, .read_day = 29, .start_m3 = 0, .verified = 41},
    {.place = "Dārza laistīšana", .serial = "38226040", .use = WP_DEMO_GARDEN, .daily_l = 150, .digits = 5,
     .decimals = 3, .months = 7, .read_day = 29, .start_m3 = 290, .verified = 5},
};
static const wp_demo_contract_t ilze_contracts[] = {
    {"10-45127", "Stokholmas iela 24", "Rīga", "LV-1014", POINTS(ilze_points)},
};

static const wp_demo_point_t liga_flat[] = {
    {.place = "Aukstais ūdens", .use = WP_DEMO_FLAT, .daily_l = 110, .digits = 5, .decimals = 3, .months = 60,
     .read_day = 26, .start_m3 = 204, .swap = 14, .verified = 34},
    {.place = "Karstais ūdens", .use = WP_DEMO_FLAT, .daily_l = 85, .digits = 4, .decimals = 2, .months = 44,
     .read_day = 26, .rollover = 3, .verified = 4},
};
static const wp_demo_point_t liga_bakery[] = {
    {.place = "Ceptuve", .use = WP_DEMO_BUSINESS, .daily_l = 5200, .digits = 5, .decimals = 0, .months = 45,
     .read_day = 28, .rollover = 10, .verified = 3},
    {.place = "Veikals", .use = WP_DEMO_BUSINESS, .daily_l = 260, .digits = 5, .decimals = 1, .months = 30,
     .read_day = 28, .start_m3 = 13, .verified = 18},
};
static const wp_demo_contract_t liga_contracts[] = {
    {"10-45133", "Ģertrūdes iela 61–9", "Rīga", "LV-1011", POINTS(liga_flat), .since = 79},
};
static const wp_demo_contract_t bakery_contracts[] = {
    {"20-00017", "Tallinas iela 86", "Rīga", "LV-1009", POINTS(liga_bakery), .since = 79},
};

static const wp_demo_point_t martins_points[] = {
    {.place = "Ūdens ievads", .use = WP_DEMO_HOUSE, .daily_l = 190, .digits = 5, .decimals = 3, .months = 60,
     .read_day = 24, .start_m3 = 611, .verified = -14,
     .estimated = WP_DEMO_MONTH(1) | WP_DEMO_MONTH(2) | WP_DEMO_MONTH(9), .missing = WP_DEMO_MONTH(6)},
    {.place = "Kūts", .use = WP_DEMO_HOUSE, .daily_l = 60, .digits = 5, .decimals = 2, .months = 48, .read_day = 24,
     .start_m3 = 40, .verified = -1, .missing = WP_DEMO_MONTH(1) | WP_DEMO_MONTH(2)},
};
static const wp_demo_point_t martins_old_flat[] = {
    {.place = "Dzīvoklis", .use = WP_DEMO_FLAT, .daily_l = 140, .digits = 5, .decimals = 3, .months = 48, .ended = 8,
     .read_day = 22, .start_m3 = 88, .verified = 1},
};
static const wp_demo_contract_t martins_contracts[] = {
    {"10-45140", "Upmaļi 2", "Mārupe", "LV-2166", POINTS(martins_points), .since = 79},
    {"10-45097", "Avotu iela 30–5", "Rīga", "LV-1009", POINTS(martins_old_flat), .ended = 8, .since = 79},
};
/* clang-format on */

/* The buildings of the company that Pēteris represents, with two meters per flat. */
static const struct {
    const char *contract_no, *address;
    int meters;
} houses[] = {{"20-00300", "Brīvības gatve 214", 120},
              {"20-00301", "Lielvārdes iela 121", 84},
              {"20-00302", "Struktoru iela 3", 62},
              {"20-00303", "Vairoga iela 12", 34}};

static void fill_house(apr_pool_t *pool, wp_demo_point_t *points, int count, int house)
{
    wp_demo_random_t random = wp_demo_random_make(300, (uint64_t)house);

    for (int i = 0; i < count; i++) {
        bool hot = i % 2 == 1;
        points[i] = (wp_demo_point_t){
            .place = apr_psprintf(pool, "Dzīvoklis %02d, %s", i / 2 + 1, hot ? "karstais" : "aukstais"),
            .use = wp_demo_random_chance(&random, 40) ? WP_DEMO_UNUSED : WP_DEMO_FLAT,
            .daily_l = (int)wp_demo_random_between(&random, hot ? 30 : 50, hot ? 120 : 190),
            .digits = 5,
            .decimals = 3,
            .remote = wp_demo_random_chance(&random, 50),
            .months = 36,
            .start_m3 = (int)wp_demo_random_between(&random, 0, 400),
            .verified = wp_demo_random_chance(&random, 60) ? -1 : (int)wp_demo_random_between(&random, 1, 36),
            .estimated = wp_demo_random_chance(&random, 80) ? WP_DEMO_MONTH(1) : 0,
        };
    }
}

static const wp_demo_contract_t *make_houses(apr_pool_t *pool)
{
    wp_demo_contract_t *contracts = apr_pcalloc(pool, sizeof(*contracts) * COUNT(houses));

    for (int i = 0; i < COUNT(houses); i++) {
        wp_demo_point_t *points = apr_palloc(pool, sizeof(*points) * (size_t)houses[i].meters);
        fill_house(pool, points, houses[i].meters, i);
        contracts[i] = (wp_demo_contract_t){.contract_no = houses[i].contract_no,
                                            .address = houses[i].address,
                                            .locality = "Rīga",
                                            .postcode = "LV-1039",
                                            .points = houses[i].meters,
                                            .since = 79,
                                            .point = points};
    }
    return contracts;
}

const wp_demo_customer_t *wp_demo_named_customers(apr_pool_t *pool, int *count)
{
    const wp_demo_customer_t customers[] = {
        {.number = 1, .name = "Anna Bērziņa", .code = ANNA, CONTRACTS(anna_contracts)},
        {.number = 2, .name = "Jānis Ozols-Kalniņš", .code = JANIS, CONTRACTS(janis_contracts)},
        {.number = 3, .name = "Ilze Kalniņa", .code = ILZE, CONTRACTS(ilze_contracts)},
        {.number = 4, .name = "Līga Šķēle", .code = LIGA, CONTRACTS(liga_contracts)},
        {.number = 5, .name = "Mārtiņš Žagars", .code = MARTINS, CONTRACTS(martins_contracts)},
        {.number = 6, .company = true, .name = "SIA “Rīta maize”", .representative = LIGA, CONTRACTS(bakery_contracts)},
        {.number = 7,
         .company = true,
         .name = "SIA “Teikas nami”",
         .representative = PETERIS,
         .contracts = COUNT(houses),
         .contract = make_houses(pool)},
    };
    *count = COUNT(customers);
    return apr_pmemdup(pool, customers, sizeof(customers));
}

wp_demo_person_t wp_demo_load_person(apr_pool_t *pool, int index)
{
    return (wp_demo_person_t){.login = apr_psprintf(pool, "load%04d", index + 1),
                              .issuer = "bank-a",
                              .given = "Load",
                              .family = apr_psprintf(pool, "Nr. %04d", index + 1),
                              .code = apr_psprintf(pool, "3290000%04d", index + 1),
                              .registered = true,
                              .contracts = {apr_psprintf(pool, "30-%05d", index + 1)},
                              .special = "for tests/load"};
}

wp_demo_customer_t wp_demo_load_customer(apr_pool_t *pool, int index, uint64_t seed)
{
    static const char *const places[] = {"Ūdens ievads", "Dārzs", "Garāža"};
    wp_demo_random_t random = wp_demo_random_make(seed, UINT64_C(1000000) + (uint64_t)index);
    wp_demo_person_t person = wp_demo_load_person(pool, index);
    wp_demo_point_t *points = apr_pcalloc(pool, sizeof(*points) * COUNT(places));
    wp_demo_contract_t *contract = apr_pcalloc(pool, sizeof(*contract));

    for (int i = 0; i < COUNT(places); i++)
        points[i] = (wp_demo_point_t){.place = places[i],
                                      .use = WP_DEMO_HOUSE,
                                      .digits = 5,
                                      .decimals = 3,
                                      .months = 24,
                                      .daily_l = (int)wp_demo_random_between(&random, 60, 260),
                                      .verified = 24};
    *contract = (wp_demo_contract_t){.contract_no = person.contracts[0],
                                     .address = apr_psprintf(pool, "Slodzes iela %d", index + 1),
                                     .locality = "Rīga",
                                     .postcode = "LV-1002",
                                     .points = COUNT(places),
                                     .point = points};
    return (wp_demo_customer_t){.number = 100 + index,
                                .code = person.code,
                                .contracts = 1,
                                .contract = contract,
                                .name = apr_pstrcat(pool, person.given, " ", person.family, NULL)};
}
