/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_DOMAIN_CONTRACT_NUMBER_H
#define WP_DOMAIN_CONTRACT_NUMBER_H

/* Does a typed number mean this contract? Used only for contracts that the person holds or represents,
 * so nothing can be learned by trying spellings. Both texts must be without white space and in one
 * case (base/clean.h, wp_clean_key). */
typedef enum {
    WP_NUMBER_OTHER,
    WP_NUMBER_LIKE, /* the same digits, if the number consists of digits: "1045127", "nr.10-45127" for "10-45127"; or
                     * the number after a label that ends with a dot, a colon or "#": "nr.ū-1234" */
    WP_NUMBER_SAME
} wp_number_match_t;

wp_number_match_t wp_contract_number_match(const char *number, const char *typed);

#endif
