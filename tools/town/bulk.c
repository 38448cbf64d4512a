/* SPDX-License-Identifier: Apache-2.0 */
/* Any number of customers, mixed as in a town. Customer 17 is the same customer whatever the number. */
#include <apr_strings.h>

#include "town/customers.h"
#include "town/names.h"

#include "base/banned.h"

#define HISTORY_MONTHS 60

/* Irregularities in a bulk customer's history: some estimates, a few gaps. */
static void scatter(wp_demo_point_t *point, wp_demo_random_t *random)
{
    for (int k = 1; k < HISTORY_MONTHS; k++) {
        if (wp_demo_random_chance(random, 25))
            point->estimated |= WP_DEMO_MONTH(k);
        else if (wp_demo_random_chance(random, 4))
            point->missing |= WP_DEMO_MONTH(k);
    }
}

/* Mechanical meters are replaced after four years, so most were swapped within the history; ultrasonic ones stay for
 * six. */
static void plan_device(wp_demo_point_t *point, wp_demo_random_t *random)
{
    point->remote = wp_demo_random_chance(random, 180);
    if (point->remote) {
        point->decimals = 3;
        point->verified = (int)wp_demo_random_between(random, 1, 11);
    } else if (wp_demo_random_chance(random, 60)) {
        point->verified = -(int)wp_demo_random_between(random, 1, 10);
    } else {
        point->swap = (int)wp_demo_random_between(random, 2, 46);
        point->verified = 48 - point->swap;
    }
}

static wp_demo_point_t make_point(wp_demo_random_t *random, bool company, bool flat, int index)
{
    static const char *const flat_places[] = {"Aukstais ūdens", "Karstais ūdens", "Virtuve"};
    static const char *const house_places[] = {"Ūdens ievads", "Dārza laistīšana", "Pirtsmāja"};
    static const wp_demo_use_t house_uses[] = {WP_DEMO_HOUSE, WP_DEMO_GARDEN, WP_DEMO_SAUNA};
    wp_demo_point_t point = {.place = flat ? flat_places[index] : house_places[index],
                             .use = company ? WP_DEMO_BUSINESS
                                    : flat  ? WP_DEMO_FLAT
                                            : house_uses[index],
                             .digits = 5,
                             .decimals = (int)wp_demo_random_between(random, 1, 4),
                             .months = HISTORY_MONTHS,
                             .start_m3 = (int)wp_demo_random_between(random, 0, 900)};

    point.daily_l = (int)(company ? wp_demo_random_between(random, 150, 4000)
                                  : wp_demo_random_between(random, 40, 320));
    if (point.decimals == 4) /* most meters show litres; a few show only whole cubic metres */
        point.decimals = wp_demo_random_chance(random, 300) ? 0 : 3;
    if (wp_demo_random_chance(random, 30))
        point.use = WP_DEMO_UNUSED;
    if (wp_demo_random_chance(random, 300))
        point.digits = 4;
    plan_device(&point, random);
    if (point.use != WP_DEMO_UNUSED &&
        wp_demo_random_chance(random, 20)) /* before a swap: the counter of the old meter */
        point.rollover = (int)wp_demo_random_between(random, 47, HISTORY_MONTHS - 2);
    if (wp_demo_random_chance(random, 10))
        point.leak = 3;
    scatter(&point, random);
    return point;
}

static wp_demo_contract_t make_contract(apr_pool_t *pool, wp_demo_random_t *random, bool company,
                                        const char *contract_no)
{
    bool flat = !company && wp_demo_random_chance(random, 600);
    const wp_demo_locality_t *locality = wp_demo_locality(random);
    int64_t sort = wp_demo_random_between(random, 0, 99);
    wp_demo_contract_t contract = {.contract_no = contract_no,
                                   .address = wp_demo_address(pool, random, flat),
                                   .locality = locality->name,
                                   .postcode = locality->postcode,
                                   .points = sort < 50   ? 1
                                             : sort < 85 ? 2
                                                         : 3};
    wp_demo_point_t *points = apr_palloc(pool, sizeof(*points) * (size_t)contract.points);

    for (int i = 0; i < contract.points; i++)
        points[i] = make_point(random, company, flat, i);
    contract.point = points;
    return contract;
}

wp_demo_customer_t wp_demo_bulk_customer(apr_pool_t *pool, int index, uint64_t seed)
{
    wp_demo_random_t random = wp_demo_random_make(seed, (uint64_t)index);
    bool company = wp_demo_random_chance(&random, 150);
    int contracts = wp_demo_random_chance(&random, 100) ? 2 : 1;
    wp_demo_contract_t *contract = apr_palloc(pool, sizeof(*contract) * (size_t)contracts);
    /* 33…: no named person's code begins like this; the step is odd and prime to 10^9, so all codes differ */
    const char *code = apr_psprintf(pool, "33%09d", (int)((int64_t)(index + 1) * 48271129 % 1000000000));

    for (int i = 0; i < contracts; i++)
        contract[i] = make_contract(pool, &random, company, apr_psprintf(pool, "%d-%05d", 40 + 10 * i, index));
    return (wp_demo_customer_t){.number = WP_DEMO_BULK_FIRST + index,
                                .company = company,
                                .name = company ? wp_demo_company_name(pool, &random)
                                                : wp_demo_person_name(pool, &random),
                                .code = company ? NULL : code,
                                .representative = company ? code : NULL,
                                .contracts = contracts,
                                .contract = contract};
}
