/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/bank_line.h"

#include <stdatomic.h>

#include "base/banned.h"

#define BANKS  64   /* one per agreement */
#define ORDERS 4096 /* orders that are asked about within seconds of each other */
#define NEAR   8    /* slots that a name may have, starting at its hash */

typedef struct bank_t {
    _Atomic uint64_t name;
    _Atomic int64_t failures; /* consecutive */
    _Atomic int64_t away_until;
    _Atomic int64_t log_again, left_out;
} bank_t;

typedef struct order_t {
    _Atomic uint64_t name;
    _Atomic int64_t full_at; /* when all questions are available again */
} order_t;

struct wp_bank_lines_t {
    bank_t banks[BANKS];
    order_t orders[ORDERS];
};

size_t wp_bank_lines_size(void)
{
    return sizeof(wp_bank_lines_t);
}

/* FNV-1a, 64 bits; never 0, which marks a free slot. */
static uint64_t hash(const char *text)
{
    uint64_t value = 14695981039346656037u;
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return value ? value : 1;
}

static bool claim(_Atomic uint64_t *place, uint64_t name)
{
    uint64_t owner = 0;
    return atomic_load(place) == name || atomic_compare_exchange_strong(place, &owner, name) || owner == name;
}

/* The bank's slot. There are more slots than a utility has agreements; if they run out, banks share one. */
static bank_t *find_bank(wp_bank_lines_t *lines, const char *bank)
{
    uint64_t name = hash(bank);
    for (uint64_t i = 0; i < BANKS; i++) {
        bank_t *place = &lines->banks[(name + i) % BANKS];
        if (claim(&place->name, name))
            return place;
    }
    return &lines->banks[name % BANKS];
}

/* The order's slot, or a slot whose order has all its questions available again: that order loses nothing. */
static order_t *find_order(wp_bank_lines_t *lines, const char *order, int64_t now)
{
    uint64_t name = hash(order);
    for (uint64_t i = 0; i < NEAR; i++) {
        order_t *place = &lines->orders[(name + i) % ORDERS];
        if (claim(&place->name, name))
            return place;
    }
    for (uint64_t i = 0; i < NEAR; i++) {
        order_t *place = &lines->orders[(name + i) % ORDERS];
        uint64_t old = atomic_load(&place->name);
        if (atomic_load(&place->full_at) <= now && atomic_compare_exchange_strong(&place->name, &old, name))
            return place;
    }
    return &lines->orders[name % ORDERS];
}

bool wp_bank_order_take(wp_bank_lines_t *lines, const char *order, int64_t now)
{
    const int64_t room = (int64_t)(WP_ORDER_AT_ONCE - 1) * WP_ORDER_STEP_MS;
    order_t *place = find_order(lines, order, now);
    int64_t full = atomic_load(&place->full_at);

    do {
        if (full > now + room)
            return false;
    } while (!atomic_compare_exchange_weak(&place->full_at, &full, (full > now ? full : now) + WP_ORDER_STEP_MS));
    return true;
}

void wp_bank_order_answered(wp_bank_lines_t *lines, const char *order, int64_t now)
{
    atomic_store(&find_order(lines, order, now)->full_at, now + (int64_t)WP_ORDER_AT_ONCE * WP_ORDER_STEP_MS);
}

bool wp_bank_line_take(wp_bank_lines_t *lines, const char *bank, int64_t now)
{
    bank_t *place = find_bank(lines, bank);
    int64_t until = atomic_load(&place->away_until);

    if (atomic_load(&place->failures) < WP_BANK_FAILURES)
        return true;
    return now >= until && atomic_compare_exchange_strong(&place->away_until, &until, now + WP_BANK_AWAY_MS);
}

void wp_bank_line_done(wp_bank_lines_t *lines, const char *bank, int64_t now, bool answered)
{
    bank_t *place = find_bank(lines, bank);

    if (answered) {
        atomic_store(&place->failures, 0);
        return;
    }
    /* the end first: whoever sees the count also sees the end */
    atomic_store(&place->away_until, now + WP_BANK_AWAY_MS);
    atomic_fetch_add(&place->failures, 1);
}

bool wp_bank_line_may_log(wp_bank_lines_t *lines, const char *bank, int64_t now, int64_t *left_out)
{
    bank_t *place = find_bank(lines, bank);
    int64_t again = atomic_load(&place->log_again);

    if (now < again || !atomic_compare_exchange_strong(&place->log_again, &again, now + WP_BANK_LOG_MS)) {
        atomic_fetch_add(&place->left_out, 1);
        return false;
    }
    *left_out = atomic_exchange(&place->left_out, 0);
    return true;
}

void wp_bank_line_well(wp_bank_lines_t *lines, const char *bank)
{
    atomic_store(&find_bank(lines, bank)->log_again, 0);
}
