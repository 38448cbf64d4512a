/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_STORE_CONTRACT_SEARCH_H
#define WP_STORE_CONTRACT_SEARCH_H

#include <apr_hash.h>

#include "data/db.h"

/* The one search of contracts, so that the same words find the same contracts on every page. It searches the contracts
 * that :account may see, by address, locality, number and holder, and by the numbers of their current meters that it
 * may see, as base/search.h describes. A contract's number is also found in every spelling that registration accepts
 * (domain/contract_number.h). args must bind account and today. typed: valid UTF-8, or NULL. *found: its keys are the
 * numbers of the contracts, in the unit's pool; NULL if nothing was typed, which matches all. */
apr_status_t wp_contract_search(wp_db_t *db, const wp_args_t *args, const char *typed, apr_hash_t **found);

/* Was this contract found? */
bool wp_contract_is_found(apr_hash_t *found, const char *contract);

#endif
